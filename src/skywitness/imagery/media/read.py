"""Read a media record from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.imagery.media.links import check_links
from skywitness.imagery.media.model import (
    MEDIA,
    OBSERVED,
    OBSERVING,
    RADAR_FORMS,
    STEPS,
    Copy,
    Development,
    MediaRecord,
    Official,
    Original,
    Roll,
    Sensor,
    ToldDecision,
)
from skywitness.law.act_rows import FIRST_YEAR, LAST_YEAR, ActRow, act_rows
from skywitness.law.acts import read_acts
from skywitness.law.category import Category
from skywitness.law.instrument import load
from skywitness.law.rows import Row, refuse_strays

_MOST_ORIGINALS: Final = 20
_MOST_GENERATIONS: Final = 20
_MOST_STEPS: Final = 100
_MOST_OFFICIALS: Final = 100
_WIDEST_FILM_MM: Final = 1_000.0
_EXTENTS: Final = ("whole", "part")
_TONES: Final = ("positive", "negative")
_TOP: Final = (
    "observing",
    "observed",
    "day",
    "provider",
    "arrival_at_exit_utc",
    "departure_from_territory_utc",
    "development",
    "sensor",
    "original",
    "copy",
    "roll",
    "official",
    "decision",
    "agreement",
)

T = TypeVar("T")


def read_record(data: Mapping[str, Any], where: str = "") -> MediaRecord:
    """Read a media record; ``docs/cli/media.md`` explains the form.

    :raises InputError: of kind ``bad_media`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, _TOP, faults)
    tables = ("development", "sensor", "original", "copy", "roll", "official", "decision", "agreement")
    plain = {key: value for key, value in data.items() if key not in tables}
    top = ActRow(Row({}, "record", faults), plain, load())
    record = MediaRecord(
        observing=_party(top, "observing"),
        observed=_party(top, "observed"),
        day=top.day("day"),
        provider=_side(top, "provider"),
        arrival_at_exit_utc=_time(top, "arrival_at_exit_utc"),
        departure_from_territory_utc=_time(top, "departure_from_territory_utc"),
        sensors=_rows(data, "sensor", _sensor, faults),
        originals=_rows(data, "original", _original, faults),
        copies=_rows(data, "copy", _copy, faults),
        rolls=_rows(data, "roll", _roll, faults),
        officials=_rows(data, "official", _official, faults),
        development=_development(data.get("development", {}), faults),
        decisions=_rows(data, "decision", _decision, faults),
        agreements=read_acts({"agreement": data.get("agreement", [])}, faults, load()).agreements,
    )
    check_links(record, faults)
    faults.raise_if_any("bad_media", say("The media record cannot be used as it stands."), where)
    return record


def _rows(data: Mapping[str, Any], table: str, reader: Callable[[ActRow], T], faults: Faults) -> tuple[T, ...]:
    found = []
    for row in act_rows(data.get(table, []), table, faults, load()):
        found.append(reader(row))
        row.close()
    return tuple(found)


def _sensor(row: ActRow) -> Sensor:
    category = row.text("category", among=tuple(Category))
    return Sensor(
        id=_name(row),
        category=Category(category) if category in tuple(Category) else Category.OPTICAL,
        medium=_word(row, "medium", tuple(MEDIA)),
        originals=_count(row, "originals", _MOST_ORIGINALS),
        duplicate_of=_prose(row, "duplicate_of"),
        exchanged=row.flag("exchanged"),
        camera_type=_prose(row, "camera_type"),
        film_type=_prose(row, "film_type"),
        processing=_prose(row, "processing"),
        handled=row.flag("handled"),
        procedures=row.flag("procedures"),
        as_decided=row.flag("as_decided"),
    )


def _original(row: ActRow) -> Original:
    return Original(
        id=_name(row),
        of=_name(row, "of"),
        to=_side(row, "to"),
        chosen_by=_side(row, "chosen_by"),
        asked_by=_sides(row, "asked_by"),
        given_up_by=_sides(row, "given_up_by"),
        frame_format=_prose(row, "frame_format"),
        film_size_mm=row.optional_number("film_size_mm", 1.0, _WIDEST_FILM_MM),
        form=_word(row, "form", RADAR_FORMS),
        asked_form=_word(row, "asked_form", RADAR_FORMS),
    )


def _copy(row: ActRow) -> Copy:
    copy = Copy(
        id=_name(row),
        of=_name(row, "of"),
        to=_side(row, "to") or "",
        generation=row.whole("generation", 1, _MOST_GENERATIONS),
        received=row.flag("received"),
        given_up=bool(row.flag("given_up")),
        extent=_word(row, "extent", _EXTENTS),
        asked_extent=_word(row, "asked_extent", _EXTENTS),
        tone=_word(row, "tone", _TONES),
        asked_tone=_word(row, "asked_tone", _TONES),
        frame_format=_prose(row, "frame_format"),
        film_size_mm=row.optional_number("film_size_mm", 1.0, _WIDEST_FILM_MM),
        form=_word(row, "form", RADAR_FORMS),
        asked_form=_word(row, "asked_form", RADAR_FORMS),
    )
    if "to" not in row:
        row.fault("to", say("missing: expected who asked for the copy: observing, observed or the code of a State"))
    if copy.given_up and copy.received:
        row.fault("given_up", say("says that nobody wanted the copy, but received says that it was handed over"))
    return copy


def _roll(row: ActRow) -> Roll:
    roll = Roll(
        id=_name(row),
        of=_name(row, "of"),
        developed_utc=_time(row, "developed_utc"),
        developed=row.flag("developed"),
        strip_steps=row.whole("strip_steps", 0, _MOST_STEPS),
        strip_film_type=_prose(row, "strip_film_type"),
    )
    if roll.developed is False and roll.developed_utc is not None:
        row.fault("developed", say("says that the roll was never developed, but developed_utc gives a time"))
    return roll


def _official(row: ActRow) -> Official:
    return Official(_name(row), row.flag("listed"), row.flag("admitted"), row.texts("kept_from", [], among=STEPS))


def _decision(row: ActRow) -> ToldDecision:
    return ToldDecision(
        number=row.prose("number", needed=True),
        category=row.text("category", among=("optical", "video", "infrared", "sar")),
        kind=MEDIA.get(row.text("medium", among=tuple(MEDIA)), ""),
        start=row.needed_day("from"),
        source=row.prose("source", needed=True),
    )


def _development(table: Any, faults: Faults) -> Development:
    if not isinstance(table, dict):
        faults.add("development", say("one table is expected: [development]"))
        return Development()
    row = ActRow(Row({}, "development", faults), table, load())
    found = Development(
        by=_side(row, "by"),
        facility_of=_side(row, "facility_of"),
        good=row.flag("good"),
        answered_by=_side(row, "answered_by"),
        officials_sent=_count(row, "officials_sent", _MOST_OFFICIALS),
    )
    row.close()
    return found


def _count(row: ActRow, key: str, most: int) -> int | None:
    """Read a number that rows of the record are held against; one that cannot be read is held against nothing."""
    number = row.whole(key, 0, most)
    return None if isinstance(row.anything(key), bool) or number != row.anything(key) else number


def _name(row: ActRow, key: str = "id") -> str:
    """Read the name by which other tables and findings call a row; empty where it cannot be read, which is told."""
    name, given = row.prose(key, needed=True), row.anything(key)
    if isinstance(given, str) and not name and (not given or given.strip()):  # blank ones are told already
        row.fault(key, say("is empty"))
    return name


def _prose(row: ActRow, key: str) -> str | None:
    return row.prose(key) or None if key in row else None


def _word(row: ActRow, key: str, among: tuple[str, ...]) -> str | None:
    """Read one of several words; what is none of them is noted and stands for nothing told."""
    word = row.text(key, among=among) if key in row else None
    return word if word in among else None


def _party(row: ActRow, key: str) -> str | None:
    return row.party(key) or None if key in row else None


def _side(row: ActRow, key: str) -> str | None:
    """Read one of the two sides, or the code of a State."""
    if key not in row:
        return None
    if row.anything(key) in (OBSERVING, OBSERVED):
        return row.text(key)
    return row.party(key) or None


def _sides(row: ActRow, key: str) -> tuple[str, ...]:
    words = row.texts(key, [])
    given = row.raw(key)  # what is no text is told already
    known = {OBSERVING, OBSERVED, *load().parties, *load().groups}
    for word in (word for word in words if word in given and word not in known):
        row.fault(key, say("{word} is neither observing, observed nor the code of a State", word=quoted(word)))
    return words


def _met(value: Any) -> str:
    """Write a value as the file has it, where Python would write it otherwise."""
    return value.isoformat() if isinstance(value, dt.date | dt.time) else quoted(value, 40)


def _time(row: ActRow, key: str) -> dt.datetime | None:
    """Read a time with its zone, within the years allowed."""
    value = row.anything(key)
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        row.fault(key, say("expected a time such as 2019-09-12T08:31:00Z, met {met}", met=_met(value)))
        return None
    if value.tzinfo is None:
        naive = value.isoformat()
        row.fault(
            key,
            say(
                "{met} does not say in which time zone; write {naive}Z if it is UTC, or its offset as in {naive}+03:00",
                met=naive,
                naive=naive,
            ),
        )
        return None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        row.fault(key, say("{day} is not from {first} to {last}", day=value.date(), **years))
        return None
    return value.astimezone(dt.UTC)
