"""Clouds: what a site is worth under its chance of a clear sky, skies that hang together, and what a plan sees then."""
