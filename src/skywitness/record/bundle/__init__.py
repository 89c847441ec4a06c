"""A bundle: whole logs with everything needed to verify them offline, in one file of which every byte is determined."""
