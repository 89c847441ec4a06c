"""How far the worst placed point of a territory is from its airfields (Annex E.5)."""
