"""Whom a node trusts: introductions that people accepted, and the keys of Parties as their logs tell them."""
