"""From a request to a flight, and questions about it."""
