"""The truth of a node: entries, trees, checkpoints and states in SQLite or PostgreSQL, and files of objects."""
