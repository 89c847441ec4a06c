"""What sensors recorded on, how film was developed, and who got which original and copy (Article IX)."""
