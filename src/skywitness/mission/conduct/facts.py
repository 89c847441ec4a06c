"""Read what a file of facts tells of the conduct of a mission; every fault goes where those of the facts go.

Each table may be left out, and so may each key but those that say what a table is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.text import say
from skywitness.mission.conduct.kinds import KINDS
from skywitness.mission.conduct.model import (
    Aboard,
    Checked,
    Conduct,
    Cost,
    Delay,
    Demonstration,
    Followed,
    Inspection,
    Inventory,
    Item,
    Line,
    Pass,
    Processing,
    Target,
)
from skywitness.mission.conduct.targets import CATEGORY_WORDS
from skywitness.route.files.fields import Fields, Form, Range
from skywitness.route.files.forms import DISTANCE_KM, MOST_PEOPLE, PARTY

PURPOSES: Final = ("inspection", "flight")
APPROVERS: Final = ("provider", "commission")
CATEGORIES: Final = tuple(CATEGORY_WORDS)
CAUSES: Final = ("weather", "aircraft", "sensors", "other")
COSTS: Final = ("flight", "media", "processing", "other")
ROLES: Final = ("flight_monitor", "flight_representative", "representative")
MOST_TABLES: Final = 1_000
"""Of items and people; no inspection has a tenth of them."""

SIDE: Final = Form(
    rf"observing|observed|{PARTY.pattern}", say("observing, observed or the code of a Party such as SWE")
)
_FILM_MM: Final = Range(0.0, 1_000.0, above=True)
_HOURS: Final = Range(0.0, 1_000.0, above=True)
_PERCENT: Final = Range(0.0, 100.0)
_CONTRAST: Final = Range(1.0, 1_000_000.0)


def read_conduct(fields: Fields) -> Conduct:
    """Read all tables of conduct from the top of a file of facts."""
    conduct = Conduct(
        inspection=_inspection(fields.table("inspection")) if fields.has("inspection") else None,
        items=_items(fields),
        inventories=_inventories(fields),
        demonstration=_demonstration(fields.table("demonstration")) if fields.has("demonstration") else None,
        aboard=_aboard(fields),
    )
    _refuse_contradictions(fields)
    return conduct


def _refuse_contradictions(fields: Fields) -> None:
    """Note what cannot be true beside the tables: that nobody inspects, that nobody asked for a demonstration."""
    inspects = fields.has("inspection") or any(
        table.raw("for") == "inspection" for table in _peeked(fields, "equipment")
    )
    if fields.raw("no_inspection") is True and inspects:
        fields.wrong("no_inspection", say("says that nobody inspects, but facts of an inspection are given"))
    if fields.raw("demonstration_requested_by") == "none" and fields.has("demonstration"):
        words = say("says that nobody requested a demonstration flight, but [demonstration] tells of one")
        fields.wrong("demonstration_requested_by", words)


def _peeked(fields: Fields, key: str) -> Iterator[Fields]:
    """Look at tables again without noting their faults twice."""
    listed = fields.raw(key)
    for value in listed if isinstance(listed, list) else ():
        if isinstance(value, dict):
            yield Fields(value, key, fields.faults)


def _inspection(table: Fields) -> Inspection:
    followed = table.choice("followed", tuple(Followed))
    found = Inspection(
        permitted=table.flag("permitted"),
        removal_shown=table.flag("removal_shown"),
        mismatch=table.flag("mismatch"),
        conformity_shown=table.flag("conformity_shown"),
        followed=Followed(followed) if followed else None,
        counted=table.flag("counted"),
        source=table.text("source", prose=True),
    )
    if found.conformity_shown is not None and found.mismatch is False:
        table.wrong("conformity_shown", say("is about a mismatch, and mismatch is false"))
    if found.permitted is False and (found.mismatch is not None or found.removal_shown is not None):
        table.wrong("permitted", say("is false, but what the inspection found is given"))
    table.refuse_unknown()
    return found


def _items(fields: Fields) -> tuple[Item, ...]:
    found: dict[tuple[bool, str], Item] = {}
    for table in fields.tables("equipment", MOST_TABLES):
        checked = table.choice("checked", tuple(Checked))
        item = Item(
            name=table.need_text("name", say("what the item is called")),
            on_flight=table.need_choice("for", PURPOSES) == "flight",
            kind=table.choice("kind", KINDS),
            film_mm=table.number("film_mm", _FILM_MM),
            approved_by=table.choice("approved_by", APPROVERS),
            checked=Checked(checked) if checked else None,
            denied=table.flag("denied"),
            source=table.text("source", prose=True),
        )
        if item.film_mm is not None and table.sound("kind") and item.kind != "film_camera":
            table.wrong("film_mm", say("belongs to a film_camera, not to a {kind}", kind=item.kind))
        if table.sound("name") and (item.on_flight, item.name) in found:
            table.wrong("name", say("another item has the same name; number them"))
        found[item.on_flight, item.name] = item
        table.refuse_unknown()
    return tuple(found.values())


def _inventories(fields: Fields) -> tuple[Inventory, ...]:
    found: dict[bool, Inventory] = {}
    for table in fields.tables("inventory", MOST_TABLES):
        one = Inventory(
            on_flight=table.need_choice("for", PURPOSES) == "flight",
            permitted=table.flag("permitted"),
            present=_sides(table, "present"),
            source=table.text("source", prose=True),
        )
        if table.sound("for") and one.on_flight in found:
            table.wrong("for", say("another inventory is of the same items; there is one of each"))
        found[one.on_flight] = one
        table.refuse_unknown()
    return tuple(found.values())


def _sides(table: Fields, key: str) -> tuple[str, ...] | None:
    """Take a list of sides; an empty one says that nobody was there, none at all that nobody has said."""
    return table.texts(key, SIDE) if table.has(key) else None


def _demonstration(table: Fields) -> Demonstration:
    found = Demonstration(
        flown=table.flag("flown"),
        briefed=table.flag("briefed"),
        clear_daylight=table.flag("clear_daylight"),
        weather_given=table.flag("weather_given"),
        sensors_watched=table.flag("sensors_watched"),
        passes=tuple(_pass(one) for one in table.tables("pass", MOST_TABLES)),
        targets_provided=table.flag("targets_provided"),
        targets=tuple(_target(one) for one in table.tables("target", MOST_TABLES)),
        delays=tuple(_delay(one) for one in table.tables("delay", MOST_TABLES)),
        processing=_processing(table.table("processing")) if table.has("processing") else None,
        costs=tuple(_cost(one) for one in table.tables("cost", MOST_TABLES)),
        source=table.text("source", prose=True),
    )
    if found.targets and found.targets_provided is False:
        table.wrong("targets_provided", say("is false, but targets are listed"))
    if found.flown is False and (found.passes or found.processing is not None):
        table.wrong("flown", say("is false, but its passes or the processing of its data are given"))
    table.refuse_unknown()
    return found


def _pass(table: Fields) -> Pass:
    found = Pass(
        sensor=table.need_text("sensor", say("the identifier of a sensor")),
        line=Line(table.need_choice("line", tuple(Line))),
    )
    table.refuse_unknown()
    return found


def _target(table: Fields) -> Target:
    found = Target(
        category=table.need_choice("category", CATEGORIES),
        near=table.flag("near"),
        distance_km=table.number("distance_km", DISTANCE_KM),
        black_bars=table.whole("black_bars", 0, 1_000),
        contrast=table.number("contrast", _CONTRAST),
        to_standard=table.flag("to_standard"),
    )
    if found.category != "optical" and table.sound("category"):
        for key in ("black_bars", "contrast"):
            if table.has(key):
                table.wrong(key, say("belongs to an optical target"))
    table.refuse_unknown()
    return found


def _delay(table: Fields) -> Delay:
    found = Delay(
        cause=table.need_choice("cause", CAUSES),
        hours=table.need_number("hours", _HOURS),
        counted=table.flag("counted"),
    )
    table.refuse_unknown()
    return found


def _processing(table: Fields) -> Processing:
    found = Processing(
        by=table.matching("by", SIDE),
        near=table.flag("near"),
        present=_sides(table, "present"),
        by_article_ix=table.flag("by_article_ix"),
    )
    table.refuse_unknown()
    return found


def _cost(table: Fields) -> Cost:
    found = Cost(
        of=table.need_choice("of", COSTS),
        borne_percent=table.number("borne_percent", _PERCENT),
        decided_percent=table.number("decided_percent", _PERCENT),
        decision=table.text("decision", prose=True),
    )
    if found.decided_percent is not None and not found.decision:
        table.wrong("decision", say("is missing: the Commission decides the shares, and its decision must be named"))
    table.refuse_unknown()
    return found


def _aboard(fields: Fields) -> tuple[Aboard, ...]:
    found = []
    for table in fields.tables("aboard", MOST_TABLES):
        number = table.whole("number", 1, MOST_PEOPLE)
        one = Aboard(
            role=table.need_choice("role", ROLES),
            number=1 if number is None else number,
            name=table.text("name"),
            designated=table.flag("designated"),
            refused=table.flag("refused"),
            boarded_utc=table.time("boarded_utc"),
            left_utc=table.time("left_utc"),
        )
        if one.name and one.number > 1:
            table.wrong("number", say("is {number}, but name is one person", number=one.number))
        if one.boarded_utc and one.left_utc and one.left_utc <= one.boarded_utc:
            table.wrong("left_utc", say("is not after boarded_utc"))
        table.refuse_unknown()
        found.append(one)
    return tuple(found)
