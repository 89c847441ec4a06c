"""Whole documents of every kind, made from the forms of their items, for tests to spoil."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.law.sites import sites
from skywitness.mission.documents.check import check_document
from skywitness.mission.documents.document_file import Read, read_document
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.documents.model import Item, Kind
from skywitness.mission.documents.setting import Setting

SENT = dt.datetime(2018, 9, 20, 6, 0, tzinfo=dt.UTC)
LATER, DAY, HOUR = dt.timedelta(days=400), dt.timedelta(days=1), dt.timedelta(hours=1)

Choices = dict[str, str]
"""Which word each deciding item has."""


def sent_of(kind: Kind) -> dt.datetime:
    """Give the time at which a document of a kind is sent in time."""
    starts = {timing.start for timing in kind.timings}
    return dt.datetime(2002, 2, 1, tzinfo=dt.UTC) if "law.entry_into_force" in starts else SENT


@cache
def place_for(role: str) -> str:
    """Name a site that serves as something when the documents are sent."""
    return next(site.id for site in sites(SENT.date()) if not role or role in site.roles)


def value_of(item: Item) -> Any:
    """Give a value in the form of an item."""
    samples: dict[str, Any] = {
        "text": f"{item.id} in words",
        "prose": "First line.\nSecond line.",
        "texts": ["one", "two"],
        "party": "DEU" if item.of_sender else "FIN",
        "parties": ["FIN", "SWE"],
        "site": place_for(item.role),
        "position": "60°19'02\"N 024°57'48\"E",
        "time": SENT + LATER,
        "day": (SENT + LATER).date(),
        "year": 2019,
        "number": 2.5,
        "signed": -12.5,
        "distance_km": 1500.0,
        "count": 3,
        "quarter": 2,
        "flag": True,
        "choice": item.among[0] if item.among else "",
        "code": "OPBP" if item.code == "SENSOR" else "INT1V",
    }
    if item.form == "rows":
        return [{field.id: value_of(field) for field in item.fields} for _ in range(2)]
    return samples[item.form]


def chosen(item: Item, choices: Choices) -> Any:
    """Give the value of an item, with the word that was chosen for it."""
    word = choices.get(item.id)
    if word is None:
        return value_of(item)
    return {"true": True, "false": False}.get(word, word)


def is_due(item: Item, items: dict[str, Any]) -> bool:
    """Tell whether an item is due beside those there are."""
    decider = items.get(item.when)
    return item.need != "when" or (str(decider).lower() if isinstance(decider, bool) else decider) in item.values


def complete(name: str, choices: Choices | None = None) -> dict[str, Any]:
    """Make a whole document of a kind, as a TOML reader gives it."""
    kind = kinds()[name]
    items: dict[str, Any] = {}
    for item in kind.items:
        if is_due(item, items):
            items[item.id] = chosen(item, choices or {})
    sent = sent_of(kind)
    for timing in kind.timings:
        if timing.relation == "same":
            items[timing.start] = sent
        elif timing.end == "header.sent_utc" and timing.start in items:
            moment = sent - (2 * DAY if timing.relation == "at_least" else HOUR)
            items[timing.start] = moment.date() if (kind.item(timing.start) or _NONE).form == "day" else moment
    to = {"all": "ALL", "commission": "OSCC", "depositary": "CAN"}
    header = {
        "from": "DEU",
        "to": [to.get(role, "FIN") for role in kind.to],
        "sent_utc": sent,
        "channel": "handed_over" if kind.on_the_spot else kind.channel or "official",
    }
    return {"kind": name, "header": header, "items": items}


_NONE = Item("", "", "", "", kinds()["intent"].title)


def choices_for(kind: Kind, item: Item) -> Choices:
    """Find what must be chosen so that an item is due."""
    found: Choices = {}
    while item.when:
        found[item.when] = item.values[0]
        decider = kind.item(item.when)
        assert decider is not None
        item = decider
    return found


def judge(data: dict[str, Any], setting: Setting | None = None, *only: str) -> tuple[Read, tuple[Finding, ...]]:
    """Read and check a document by the law of the day on which it is sent, by some provisions or all."""
    read = read_document(data)
    sent = read.document.header.sent_utc
    day = sent.date() if sent else SENT.date()
    return read, check_document(read, Reading(at=day), setting, only)
