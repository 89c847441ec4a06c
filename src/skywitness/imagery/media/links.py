"""What holds a media record together: every table names others that are there, and nothing is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from skywitness.core.errors import Faults
from skywitness.core.text import Text, quoted, say
from skywitness.imagery.media.model import FILM, OBSERVED, OBSERVING, MediaRecord, Sensor
from skywitness.law.names import did_you_mean
from skywitness.law.rows import note_twice

_OPTICAL = "optical"


def check_links(record: MediaRecord, faults: Faults) -> None:
    """Note every name that leads nowhere or stands twice, and every number that its rows contradict."""
    sensors = {one.id: one for one in record.sensors}
    originals = {one.id for one in record.originals}
    for table, rows in _tables(record):
        note_twice(table, filter(None, rows), faults)
    for one in record.sensors:
        if why := _wrong_double(one, sensors):
            faults.add(f"sensor[{one.id}].duplicate_of", why)
    for table, ident, of, known in _references(record, set(sensors), originals):
        if of and of not in known:
            near = did_you_mean(of, known)
            faults.add(f"{table}[{ident}].of", say("{name} is not in this record.{near}", name=quoted(of), near=near))
    for roll in record.rolls:
        medium = sensors[roll.of].kind if roll.of in sensors else None
        if medium is not None and medium not in FILM:
            faults.add(f"roll[{roll.id}].of", say("sensor {name} records on no film", name=quoted(roll.of)))
    _check_numbers(record, faults)
    check_times(record, faults)
    if record.observing is not None and record.observing == record.observed:
        faults.add("record.observed", say("is the observing Party itself, {party}", party=record.observing))


def _tables(record: MediaRecord) -> Iterator[tuple[str, Iterable[str]]]:
    yield "sensor", (one.id for one in record.sensors)
    yield "original", (one.id for one in record.originals)
    yield "copy", (one.id for one in record.copies)
    yield "roll", (one.id for one in record.rolls)
    yield "official", (one.id for one in record.officials)


def _references(
    record: MediaRecord, sensors: set[str], originals: set[str]
) -> Iterator[tuple[str, str, str, set[str]]]:
    yield from (("original", one.id, one.of, sensors) for one in record.originals)
    yield from (("copy", one.id, one.of, originals) for one in record.copies)
    yield from (("roll", one.id, one.of, sensors) for one in record.rolls)


def _wrong_double(sensor: Sensor, sensors: dict[str, Sensor]) -> Text | None:
    """Say what is wrong with the camera that a sensor doubles."""
    if sensor.duplicate_of is None:
        return None
    first = sensors.get(sensor.duplicate_of)
    if first is None:
        near = did_you_mean(sensor.duplicate_of, sensors)
        return say("{name} is not in this record.{near}", name=quoted(sensor.duplicate_of), near=near)
    if first.id == sensor.id:
        return say("a sensor does not double itself")
    if first.duplicate_of is not None:
        return say("{name} doubles another one itself; name that one", name=quoted(first.id))
    if {sensor.subject, first.subject} != {_OPTICAL}:
        return say("only optical cameras are duplicate cameras")
    return None


def _check_numbers(record: MediaRecord, faults: Faults) -> None:
    rows = Counter(one.of for one in record.originals)
    for sensor in record.sensors:
        if sensor.originals is not None and rows[sensor.id] > sensor.originals:
            words = {"rows": rows[sensor.id], "number": sensor.originals}
            faults.add(
                f"sensor[{sensor.id}].originals", say("is {number}, but originals listed of it: {rows}", **words)
            )
    sent = record.development.officials_sent
    if sent is not None and len(record.officials) > sent:
        words = {"rows": len(record.officials), "number": sent}
        faults.add("development.officials_sent", say("is {number}, but officials listed: {rows}", **words))


def check_times(record: MediaRecord, faults: Faults) -> None:
    """Note what would have happened before the flight, and a territory left before the point of exit was reached."""
    arrival, departure = record.arrival_at_exit_utc, record.departure_from_territory_utc
    times = {"record.arrival_at_exit_utc": arrival, "record.departure_from_territory_utc": departure}
    times |= {f"roll[{roll.id}].developed_utc": roll.developed_utc for roll in record.rolls}
    for place, at in times.items():
        if record.day is not None and at is not None and at.date() < record.day:
            faults.add(place, say("{at} comes before the day of the flight, {day}", at=at, day=record.day.isoformat()))
    if arrival is not None and departure is not None and departure < arrival:
        message = say("{at} comes before arrival_at_exit_utc, {arrival}", at=departure, arrival=arrival)
        faults.add("record.departure_from_territory_utc", message)


def refuse_unnamed_sides(record: MediaRecord, where: str = "") -> None:
    """Refuse codes of States where the Parties are not named: nobody could tell which side they stand for.

    :raises InputError: of kind ``bad_media`` with all faults.
    """
    faults = Faults()
    if record.observing is None or record.observed is None:
        for place, word in _sides(record):
            if word not in (OBSERVING, OBSERVED):
                message = say(
                    "{word} may be either Party; name both (observing, observed), or give the plan", word=word
                )
                faults.add(place, message)
    faults.raise_if_any("bad_media", say("The media record does not tell who the two Parties are."), where)


def _sides(record: MediaRecord) -> Iterator[tuple[str, str]]:
    """Name every side that the record mentions, with its place."""
    told = record.development
    single = {"provider": record.provider, "development.by": told.by, "development.facility_of": told.facility_of}
    single["development.answered_by"] = told.answered_by
    yield from ((place, word) for place, word in single.items() if word is not None)
    for original in record.originals:
        named: Iterable[str | None] = (original.to, original.chosen_by, *original.asked_by, *original.given_up_by)
        yield from ((f"original[{original.id}]", word) for word in named if word is not None)
    yield from ((f"copy[{copy.id}].to", copy.to) for copy in record.copies)
