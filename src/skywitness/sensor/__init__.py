"""What a camera resolves and covers: ground resolution, minimum heights, swaths."""
