"""Where a route may turn, and the ways round what must be kept away from."""
