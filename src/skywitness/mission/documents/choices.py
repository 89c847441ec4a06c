"""The words of choices on paper: in the file a document has codes, for people it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import Text, of_data, say
from skywitness.mission.documents.model import Item
from skywitness.route.exports.words import SENSOR_WORDS

CHOICES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "observing": say("the observing Party"),
        "observed": say("the observed Party"),
        "third": say("a third Party"),
        "weather": say("weather"),
        "airfield": say("state of an airfield"),
        "plan": say("the mission plan itself"),
        "separate": say("separate quotas"),
        "common": say("common quotas"),
        "to_common": say("from separate to common quotas"),
        "to_separate": say("from common to separate quotas"),
        "withdrawal": say("withdrawal"),
        "admission": say("admission"),
        "add": say("add"),
        "amend": say("amend"),
        "remove": say("remove"),
        "replace": say("replace"),
        "refuelling": say("refuelling"),
        "rest": say("rest period"),
        "ratification": say("ratification"),
        "application": say("application"),
        "accession": say("accession"),
        "conference": say("conference"),
        "amendment": say("amendment"),
        "other": say("other"),
        "prohibited": say("prohibited"),
        "cancelled": say("cancelled"),
        "point_of_entry": say("point of entry"),
        "point_of_exit": say("point of exit"),
        "open_skies_airfield": say("Open Skies airfield"),
        "refuelling_airfield": say("refuelling airfield"),
        "calibration_target": say("calibration target"),
        "entry_fix": say("entry fix"),
        "exit_fix": say("exit fix"),
        "other_sensors": say("other sensors"),
        "other_height": say("another minimum height"),
        "as_planned": say("as planned"),
        "original_plan": say("the original plan"),
        "delay": say("delay"),
        "cancel": say("cancel"),
        "prohibit_sensor": say("prohibit the sensor"),
        "prohibit_flight": say("prohibit the flight"),
        "flight_monitor": say("flight monitor"),
        "flight_representative": say("flight representative"),
        "representative": say("representative"),
        "no": say("no"),
        "sensor_malfunction": say("yes: a sensor failed (VIII.II.4)"),
        "aircraft_safety": say("yes: technical trouble that touches the safety of the aircraft (VIII.II.4)"),
        "deviation": say("yes: a deviation that VIII.II.1 permits led to it"),
        "none": say("none of those of VIII.II"),
    }
)
"""Words for the codes of choices; paragraphs and measures are the same in every language."""


def spoken(item: Item, value: Any) -> Text | None:
    """Give the words of a code, or of a name that the law data have in several languages; ``None`` for all else."""
    if not isinstance(value, str):
        return None
    if item.form == "choice":
        return CHOICES.get(value)
    if item.id == "category":
        return SENSOR_WORDS.get(value)
    return of_data(value) if item.source == "aircraft_name" else None
