"""One small function for each provision that a flown track can keep or break."""
