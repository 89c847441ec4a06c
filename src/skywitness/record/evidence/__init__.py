"""What proves a Party's fault by itself: two histories under its own signatures, two entries at one place."""
