"""Maximum levels for holdings as States notify them (Article VII), and forces stationed abroad (Article IV.5)."""
