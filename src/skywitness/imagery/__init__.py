"""Imagery: frames and what is annotated on them; rules of what a recording medium must say."""
