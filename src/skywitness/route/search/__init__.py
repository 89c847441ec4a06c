"""Searches for one route: afresh, from routes at hand, by the clock."""
