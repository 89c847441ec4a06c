"""Definitions of the CFE Treaty: in which category an item falls, and whether it counts, by what is told of it."""
