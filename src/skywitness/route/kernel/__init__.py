"""The search for routes whose legs see, compiled."""
