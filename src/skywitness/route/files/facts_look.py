"""Whither a sensor of a facts file looks: what must be said together, and what must not."""

from __future__ import annotations

from skywitness.core.text import say
from skywitness.law.category import Category
from skywitness.route.facts import SensorFacts
from skywitness.route.files.fields import Fields

_PAIRS = (("near_km", "far_km"), ("from_deg", "to_deg"))


def check_look(facts: SensorFacts, table: Fields) -> None:
    """Note every fault of how a sensor's view is written."""
    given = [key for pair in _PAIRS for key in pair if table.has(key)]
    if given and not table.has("look"):
        table.wrong(given[0], say("says how far aside, but not whither: add look (down, left, right, either, both)"))
    if any(table.has(key) for key in _PAIRS[0]) and any(table.has(key) for key in _PAIRS[1]):
        table.wrong("from_deg", say("stands beside near_km and far_km; give the view in km or in degrees, not both"))
    for low, high in _PAIRS:
        near, far = getattr(facts, low), getattr(facts, high)
        if near is not None and far is not None and near >= far:
            table.wrong(low, say("is not less than {key}", key=high))
        if table.has(low) and not table.has(high):
            table.wrong(low, say("needs {key} beside it", key=high))
    if facts.look == "down":
        for low in (low for low, _ in _PAIRS if getattr(facts, low)):
            table.wrong(low, say("does not go with look = down, which sees the ground below; give the far edge only"))
    if facts.look in ("left", "right", "either", "both") and not (table.has("far_km") or table.has("to_deg")):
        table.wrong("look", say("needs near_km and far_km, or from_deg and to_deg: how far aside the sensor sees"))
    if facts.look == "both" and facts.category == Category.SAR:
        table.wrong(
            "look",
            say(
                "a radar may look from either side, but not from both at once (Article IV, paragraph 2(D)); write "
                "either, and the side is chosen leg by leg"
            ),
        )
