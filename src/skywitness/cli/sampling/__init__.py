"""``skywitness sampling``: how much inspection is enough."""
