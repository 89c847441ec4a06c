"""What entries of a flight tell that cannot be as told, or is told twice: reported with its reason, never refused.

An entry is signed at its own time, so what it tells as done cannot lie after that, but for the clocks of two machines.
One thing is received once: of two receipts the first counts, and whoever erred corrects it.  And copies of data are
given on a request (IX.IV.1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from skywitness.core.text import Text, say
from skywitness.mission.kinds import kinds
from skywitness.mission.recorded import copies, names, told
from skywitness.mission.recorded.standing import standing
from skywitness.mission.recorded.times import read_time
from skywitness.record.discrepancy.model import Discrepancy, Kind
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.store.model import Reader

TOLERANCE: Final = dt.timedelta(minutes=10)
"""How far the clocks of two machines may differ before an entry speaks of its own future."""


def discrepancies(reader: Reader, only: str | None = None) -> Iterator[Discrepancy]:
    """Go through the streams and say which entries tell of what was still to come, are received twice, or unasked."""
    for stream, _ in reader.streams():
        if only in (None, stream):
            rows = (row for row in reader.of_stream(stream) if row.envelope is not None)
            held = {one.address: one for one in (entries.read(row.envelope or b"")[1] for row in rows)}
            yield from of_stream(held.values(), lambda address: _at(reader, address))


def _at(reader: Reader, address: str) -> Entry | None:
    return next((entries.read(row.envelope)[1] for row in reader.by_address(address) if row.envelope), None)


def of_stream(held: Iterable[Entry], find: Callable[[str], Entry | None]) -> Iterator[Discrepancy]:
    """Go through the entries of one stream; ``find`` gives an entry of any stream that can be read here."""
    left = standing(held)
    for entry in left:
        why = early(entry)
        if why is not None:
            yield _row(entry, why, "event_in_future")
        if entry.type == names.COPY:
            yield from _unasked(entry, find)
    yield from _twice(left)


def early(entry: Entry) -> Text | None:
    """Say that an entry tells as done what is later than itself; ``None`` where it does not.

    Appointments (``fixed`` events, such as an estimated arrival) lie ahead by their nature.
    """
    at = _moment(entry)
    if at is None or at <= entry.time_utc + TOLERANCE:
        return None
    return say(
        "{author} signed at {signed} what it tells of {told}, {minutes:.0f} minutes later; clocks explain "
        "{tolerance:.0f}.",
        author=entry.author,
        signed=_time(entry.time_utc),
        told=_time(at),
        minutes=(at - entry.time_utc).total_seconds() / 60,
        tolerance=TOLERANCE.total_seconds() / 60,
    )


def _moment(entry: Entry) -> dt.datetime | None:
    """Read the moment of what an entry tells as done: an event, or the sending of a document."""
    if entry.type == names.EVENT:
        known = kinds().get(str(entry.body.get("kind")))
        return None if known is None or known.fixed else read_time(entry.body.get("at_utc"))
    return told.sent_utc(entry) if entry.type.startswith(names.PREFIX) else None


def _twice(left: list[Entry]) -> Iterator[Discrepancy]:
    """Name receipts of what their author has received before; certain only where the two name other files."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in sorted(left, key=lambda one: (one.time_utc, one.author, one.sequence)):
        for address in {one.entry for one in entry.refers_to if one.relation == "receives"}:
            before = first.setdefault((entry.author, address), entry)
            if before is not entry:
                yield _second(entry, before, address)


def _second(entry: Entry, before: Entry, address: str) -> Discrepancy:
    other = {(one.name, one.sha256) for one in entry.objects} != {(one.name, one.sha256) for one in before.objects}
    words = {"author": entry.author, "first": _time(before.time_utc), "second": _time(entry.time_utc)}
    if other:
        why = say(
            "{author} recorded one thing as received at {first}, and again with other files at {second}; the first "
            "counts until its author corrects one of the two.",
            **words,
        )
    else:
        why = say(
            "{author} recorded one thing as received at {first} and again at {second}; the first counts.", **words
        )
    return _row(entry, why, "receipt_twice", certain=other, entries=(address, before.address, entry.address))


def _unasked(entry: Entry, find: Callable[[str], Entry | None]) -> Iterator[Discrepancy]:
    """Hold a copy against its request; where that cannot be read here, it cannot be told."""
    wanted = {one.entry for one in entry.refers_to if one.relation == "answers"}
    found = [one for one in map(find, sorted(wanted)) if one is not None]
    certain = len(found) == len(wanted)
    for why in copies.objections(entry.author, entry.to, found, entry):
        yield _row(
            entry,
            say("{author} gave a copy of data: {why}", author=entry.author, why=why),
            "copy_not_asked",
            certain=certain,
        )


def _row(
    entry: Entry, why: Text, code: str, *, certain: bool = True, entries: tuple[str, ...] | None = None
) -> Discrepancy:
    return Discrepancy(
        Kind.DOUBTFUL,
        why,
        entry.stream,
        entry.author,
        certain=certain,
        entries=entries or (entry.address,),
        type=code,
        recorded_utc=entry.time_utc,
    )


def _time(at_utc: dt.datetime) -> str:
    return at_utc.strftime("%Y-%m-%d %H:%M:%SZ")
