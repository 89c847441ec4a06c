"""Read a ledger file from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.event import Event
from skywitness.core.text import quoted, say
from skywitness.inf.check import model
from skywitness.inf.check.clock_rows import EVENTS
from skywitness.inf.check.model import Elimination, Holding, Inspection, Ledger, Sighting, Stored
from skywitness.inf.fields import Fields, tables
from skywitness.inf.law import instrument
from skywitness.inf.sides import check_exists, check_holder, side_of
from skywitness.inf.types import find_type, near_names
from skywitness.law.file_fields import twice
from skywitness.law.rows import refuse_strays

__all__ = ["read_ledger"]

_TABLES: Final = ("holding", "elimination", "sighting", "stored", "inspection", "event")
_MOST: Final = 100_000
_MOST_PEOPLE: Final = 10_000
_NO_DAY: Final = dt.date(1988, 6, 1)


def read_ledger(data: Mapping[str, Any], where: str = "") -> Ledger:
    """Read a file for ``inf check``; ``docs/cli/inf.md`` explains the form.

    :raises InputError: of kind ``bad_inf`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, ("title", "at", "complete", *_TABLES), faults)
    plain = {key: value for key, value in data.items() if key in ("title", "at", "complete")}
    top = Fields(plain, "file", faults)
    ledger = Ledger(
        title=top.prose("title"),
        at=top.required_day("at"),
        complete=bool(top.flag("complete")),
        holdings=tuple(_holding(row) for row in tables(data, "holding", faults)),
        eliminations=tuple(_elimination(row) for row in tables(data, "elimination", faults)),
        sightings=tuple(_sighting(row) for row in tables(data, "sighting", faults)),
        stores=tuple(_stored(row) for row in tables(data, "stored", faults)),
        inspections=tuple(_inspection(row) for row in tables(data, "inspection", faults)),
        events=tuple(event for row in tables(data, "event", faults) if (event := _event(row)) is not None),
    )
    if not any(data.get(table) for table in _TABLES) and not faults:
        faults.add("file", say("holds none of the tables expected: {names}", names=", ".join(_TABLES)))
    for table, rows in (
        ("holding", ledger.holdings),
        ("elimination", ledger.eliminations),
        ("sighting", ledger.sightings),
        ("stored", ledger.stores),
        ("inspection", ledger.inspections),
    ):
        twice(table, (row.id for row in rows), faults)
    top.close()
    faults.raise_if_any("bad_inf", say("This ledger cannot be used as it stands."), where)
    return ledger


def _party(row: Fields, day: dt.date) -> str:
    """Read whose things they are: a State that there was on that day, on the side that has the type."""
    code, word = row.state("party"), row.anything("type")
    if day is not _NO_DAY:
        check_exists(row, "party", code, day)
    if isinstance(word, str):
        check_holder(row, "party", code, find_type(word))
    return code


def _type(row: Fields) -> str:
    """Read a type that the Treaty names, under any of its names."""
    word = row.text("type")
    if not isinstance(row.anything("type"), str):
        return ""
    known = find_type(word)
    if known is not None and known.decides:
        return known.id
    if known is not None and known.named:
        row.fault("type", say("the class of {name} is not known here, so nothing can be judged of it", name=known.name))
    else:
        row.fault(
            "type", say("{name} is no type that the Treaty names.{near}", name=quoted(word), near=near_names(word))
        )
    return ""


def _day(row: Fields, key: str) -> dt.date:
    """Read the day of an act, which must be there."""
    day = row.day_in_force(key)
    if key not in row:
        row.fault(key, say("missing: expected a day such as 2002-01-01"))
    return day or _NO_DAY


def _holding(row: Fields) -> Holding:
    as_of = _day(row, "as_of")
    found = Holding(
        id=row.name("id"),
        party=_party(row, as_of),
        type=_type(row),
        by=row.speaker("by"),
        as_of=as_of,
        said=row.day("said") or as_of,
        deployed=row.whole("deployed", 0, _MOST),
        not_deployed=row.whole("not_deployed", 0, _MOST),
        total=row.whole("total", 0, _MOST),
        launchers_deployed=row.whole("launchers_deployed", 0, _MOST),
        launchers_not_deployed=row.whole("launchers_not_deployed", 0, _MOST),
        missiles_per_launcher=row.whole("missiles_per_launcher", 0, _MOST),
        launcher_warheads=row.whole("launcher_warheads", 0, _MOST),
        source=row.prose("source"),
    )
    row.close()
    check_exists(row, "by", found.by, found.said)
    if found.said < found.as_of:
        row.fault("said", say("{said} comes before {day}, the day it tells of", said=found.said, day=found.as_of))
    return found


def _elimination(row: Fields) -> Elimination:
    number = row.whole("number", 0, _MOST)
    if "number" not in row:
        row.fault("number", say("missing: expected a whole number"))
    day = _day(row, "day")
    found = Elimination(
        id=row.name("id"),
        party=_party(row, day),
        type=_type(row),
        day=day,
        number=number or 0,
        how=row.word("how", model.HOW) or "destroyed",
        item=row.word("item", model.ITEMS) or "missile",
        inspectors=row.flag("inspectors"),
        told=row.flag("told"),
        planned=row.day("planned"),
    )
    row.prose("source")
    row.close()
    return found


def _stored(row: Fields) -> Stored:
    counted = row.whole("counted", 0, _MOST)
    if "counted" not in row:
        row.fault("counted", say("missing: expected a whole number"))
    day = _day(row, "day")
    found = Stored(
        id=row.name("id"),
        party=_party(row, day),
        type=_type(row),
        by=row.speaker("by"),
        day=day,
        counted=counted or 0,
        longest_stages=row.whole("longest_stages", 0, _MOST),
        canisters=row.whole("canisters", 0, _MOST),
        shown_empty=row.whole("shown_empty", 0, _MOST),
        assembled=row.whole("assembled", 0, _MOST),
        airframes=row.whole("airframes", 0, _MOST),
    )
    row.prose("source")
    row.close()
    if (found.shown_empty or 0) > (found.canisters or 0):
        row.fault("shown_empty", say("more canisters are shown to be empty than there are"))
    return found


def _sighting(row: Fields) -> Sighting:
    day, place = _day(row, "day"), row.text("place", among=model.PLACES)
    moved = place == "transit"  # what belongs to another kind of place stays unread and is told as unknown
    found = Sighting(
        id=row.name("id"),
        party=_party(row, day),
        type=_type(row),
        by=row.speaker("by"),
        day=day,
        place=place,
        item=row.word("item", model.ITEMS) or "missile",
        named=row.flag("named") if place in model.FACILITIES else None,
        moved_from=row.word("moved_from", model.PLACES) if moved else None,
        moved_to=row.word("moved_to", model.PLACES) if moved else None,
        training=row.flag("training") if moved else None,
        shown_empty=row.flag("shown_empty"),
    )
    row.prose("source")
    row.close()
    if found.shown_empty is not None and found.item != "canister":
        row.fault("shown_empty", say("belongs to a canister"))
    return found


def _inspection(row: Fields) -> Inspection:
    found = Inspection(
        id=row.name("id"),
        kind=row.text("kind", among=model.INSPECTIONS),
        by=row.state("by"),
        of=row.state("of"),
        country=row.name("country", "") or str(row.anything("of") or ""),
        day=_day(row, "day"),
        inspectors=row.whole("inspectors", 0, _MOST_PEOPLE),
        speaking=row.whole("speaking", 0, _MOST_PEOPLE),
        site=row.word("site", model.SITES) or "declared",
        elimination_day=row.day("elimination_day"),
    )
    row.prose("source")
    row.close()
    if "country" in row and not (len(found.country) == 3 and found.country.isascii() and found.country.isupper()):
        row.fault("country", say("{code} is no code of a State such as DEU", code=quoted(found.country)))
    if found.speaking is not None and found.inspectors is not None and found.speaking > found.inspectors:
        row.fault("speaking", say("more speak the language than there are inspectors"))
    begins = instrument().heading.entry_into_force.on
    if found.day < begins:
        row.fault(
            "day", say("{day} is before {begins}, when the Treaty entered into force", day=found.day, begins=begins)
        )
    for key, code in (("by", found.by), ("of", found.of)):
        check_exists(row, key, code, found.day)
    if found.by and found.of and found.by != found.of and side_of(found.by) == side_of(found.of):
        row.fault("of", say("{of} is on the side of {code}, which inspects the other", of=found.of, code=found.by))
    if found.by == found.of:
        row.fault("of", say("{code} cannot inspect itself", code=found.of))
    return found


def _event(row: Fields) -> Event | None:
    kind = row.text("kind", among=EVENTS)
    at_utc = row.moment("at_utc")
    if "at_utc" not in row:
        row.fault("at_utc", say("missing: expected a time such as 1988-07-01T09:00:00Z"))
    about = row.name("about", "")
    by = row.state("by") if "by" in row else None
    source = row.prose("source")
    longer = bool(row.flag("longer_agreed"))
    channel = row.word("channel", model.CHANNELS) or ""
    row.close()
    check_exists(row, "by", by or "", None if at_utc is None else at_utc.date())
    ended = instrument().heading.ended
    may_follow = kind in ("withdrawal_effective", "held_ended")
    if at_utc is not None and ended is not None and not may_follow and at_utc.date() >= ended.on:
        row.fault(
            "at_utc", say("{day} is not before {end}, when the Treaty had ended", day=at_utc.date(), end=ended.on)
        )
    if at_utc is None:
        return None
    return Event(kind, at_utc, by, source, details=(("about", about), ("longer", longer), ("channel", channel)))
