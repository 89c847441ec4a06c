"""The papers of the demo's mission: documents as ``document new`` begins them, with what is invented filled in."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from skywitness.mission.documents.document_file import to_json
from skywitness.mission.documents.draft import begin
from skywitness.mission.documents.kinds import kind
from skywitness.mission.documents.setting import Setting
from skywitness.route.facts import Facts
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.model import Plan

OBSERVING, OBSERVED, ASKING = "DEU", "UKR", "CAN"
WITNESSES: Final = ("CAN", "FRA", "POL")
STREAM: Final = "flight/DEU-2019-031"
REQUEST: Final = "request/CAN-2019-004"
SENSOR: Final = "OP-F"
FIRST_FRAME, LAST_FRAME, FAILED_FRAME = 1, 360, 211

PERSON: Final = MappingProxyType(
    {
        "name": "A. Example",
        "gender": "f",
        "birth": dt.date(1980, 1, 1),
        "birthplace": "Bonn",
        "passport": "X0000000",
        "issued_by": OBSERVING,
        "function": "chief of the mission",
    }
)
INTENT: Final = MappingProxyType(
    {
        "inspection_site": "UKBB",
        "inspection_utc": dt.datetime(2019, 4, 16, 5, 0, tzinfo=dt.UTC),
        "clearance_number": "UKR 2019/0417 (invented)",
        "personnel": (PERSON,),
    }
)
REPORT: Final = MappingProxyType(
    {
        "weather": "clear, visibility above 10 km",
        "data_amount": "359 frames of one sensor",
        "covers": "in place and sealed whenever inspected",
        "departure_utc": "2019-04-18T06:00:00Z",
        "signed_observing": "A. Example",
        "signed_observed": "B. Example",
    }
)


@dataclass(frozen=True)
class Papers:
    """The plan and the facts that come with the program, and documents made of them."""

    @cached_property
    def plan_file(self) -> bytes:
        """Give the plan as the file it is."""
        return resources.files(__package__).joinpath("plan.json").read_bytes()

    @cached_property
    def plan(self) -> Plan:
        """Read the plan."""
        return plan_from_json(json.loads(self.plan_file), "plan.json")

    @cached_property
    def facts(self) -> Facts:
        """Read the facts."""
        text = resources.files(__package__).joinpath("facts.toml").read_text(encoding="utf-8")
        return facts_from_toml(tomllib.loads(text), "facts.toml")

    def document(self, name: str, sender: str, to: tuple[str, ...], number: str, **items: Any) -> dict[str, Any]:
        """Begin a document of a kind and fill in ``items``; gives it as an entry holds it."""
        made = begin(kind(name), Setting(self.plan, self.facts)).document
        header = replace(made.header, sender=sender, to=to, number=number, subject="DEU-2019-031")
        filled = replace(made, header=header, items=MappingProxyType({**made.items, **items}))
        return to_json(filled)


def report_body(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what the track could not tell in the draft of the mission report, and who signed it."""
    return {**draft, "items": {**draft["items"], **REPORT}}


def frames_csv(first: int, last: int) -> bytes:
    """Write the list of frames as a sensor's recorder would: number and SHA-256 of each that was exposed."""
    import hashlib

    lines = ["frame,sha256"]
    for number in range(first, last + 1):
        if number != FAILED_FRAME:
            lines.append(f"{number},{hashlib.sha256(f'{SENSOR} frame {number} (invented)'.encode()).hexdigest()}")
    return ("\n".join(lines) + "\n").encode()
