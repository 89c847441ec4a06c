"""A flown track beside its plan, for people: map, profile, paper, GeoJSON."""
