"""Who claims what against whom: cases as events with sources, replayed to any day, and what follows by each reading."""
