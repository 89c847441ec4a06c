"""Fifteen numbered steps that say whether a bundle of the record is complete, unaltered and seen by others."""
