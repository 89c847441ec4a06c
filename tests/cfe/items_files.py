"""Small files of items for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skywitness.cfe.items.answer import Answered, Outcome, answer
from skywitness.cfe.items.read import read_items
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

AT = dt.date(1996, 6, 1)

VEHICLE: dict[str, Any] = {
    "self_propelled": True,
    "armoured": True,
    "cross_country": True,
    "ambulance": False,
    "carries_bridge": False,
    "lays_bridge": False,
    "looks_like": "neither",
    "indirect_capability": False,
    "entered_service": 1985,
}
"""What all armoured vehicles of the tests have in common."""

TANK: dict[str, Any] = {
    **VEHICLE,
    "running_gear": "tracked",
    "carries_squad": False,
    "fires_from_inside": False,
    "traverse_360": True,
    "main_fire": "direct",
    "system": "gun",
    "calibre_mm": 105,
    "unladen_weight_t": 40,
}
CARRIER: dict[str, Any] = {
    **VEHICLE,
    "running_gear": "wheeled",
    "carries_squad": True,
    "fires_from_inside": False,
    "traverse_360": True,
    "main_fire": "direct",
    "system": "other",
    "calibre_mm": 12.7,
    "unladen_weight_t": 9,
}
PLANE: dict[str, Any] = {"wing": "fixed", "armed": True, "armed_version": True, "primary_trainer": False}
HELICOPTER: dict[str, Any] = {
    "wing": "rotary",
    "armed": True,
    "guided_weapons": True,
    "integrated_fire_control": True,
    "mainly_guided": False,
    "other_military_functions": False,
    "primary_trainer": False,
}


def without(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    """Leave facts out."""
    return {name: value for name, value in facts.items() if name not in names}


def asked(*records: dict[str, Any], by: str = "", at: dt.date = AT, medium: str = "land", **item: Any) -> Answered:
    """Answer one item of which some records tell, each by its State unless it says otherwise."""
    subject = {"id": "x", "state": "POL", "medium": medium, "located": "POL", **item}
    subject = {name: value for name, value in subject.items() if value != ""}
    told = [{"of": "x", "by": subject["state"], **one} for one in records if one]
    return answer(read_items({"at": at, "item": [subject], "record": told}), Reading(at=at), by)


def one(*records: dict[str, Any], **item: Any) -> Outcome:
    """Return what is answered on the only item."""
    return asked(*records, **item).outcomes[0]


def of(outcome: Outcome, provision: str) -> list[Finding]:
    """Return the steps of one provision."""
    return [step for step in outcome.steps if step.provision == f"CFE:{provision}"]
