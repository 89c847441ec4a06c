"""What a claim on a portion of a territory comes to."""
