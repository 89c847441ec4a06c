"""Witnesses: every Party cosigns the logs of the others, each only if it continues the last checkpoint."""
