"""A Party's node: its folder, its keys, and the marks that show a store was set back."""
