"""Skywitness: a regime of cooperative aerial observation, with its law, its geometry and its findings."""

__version__ = "0.1.0"
