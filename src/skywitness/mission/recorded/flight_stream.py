"""The stream of a flight out of a node's store: its entries, without any key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.event import Event
from skywitness.core.text import Text, say
from skywitness.mission.recorded import doubts, told
from skywitness.mission.recorded.standing import standing
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.log.marks import counting
from skywitness.record.node.node import read_settings
from skywitness.record.store.model import Reader, Store
from skywitness.record.store.open import open_store

PREFIX = "flight/"


@dataclass(frozen=True, slots=True)
class Course:
    """What a record tells of the course of a flight: of which ``stream``, its ``events``, and doubts about entries."""

    stream: str
    events: tuple[Event, ...]
    remarks: tuple[Text, ...] = ()


def course(folder: Path, stream: str | None, observing: str, observed: str) -> Course:
    """Read the course of a flight out of the record in a node's folder.

    Without ``stream`` the only flight of the record is meant.

    :raises InputError: ``no_stream`` when the record does not hold it, ``several_streams`` when one must be chosen.
    """
    settings = read_settings(folder)
    store = open_store(settings.address(folder), settings.party)
    try:
        with store.snapshot() as reader:
            name = _stream(reader, stream, str(folder))
            held = entries_of(reader, name)
            remarks = (*_of_others(name, opened_by(reader, name), observing, observed), *_remarks(held))
            return Course(name, told.events_of(held, observing, observed), remarks)
    finally:
        store.close()


def parties_of(store: Store, stream: str, party: str) -> tuple[str, ...]:
    """Name the Parties of a stream as ``party`` has it: by the openings that it signed; none where there is none."""
    with store.snapshot() as seen:
        named = [one for one in opened_by(seen, stream) if party in one]
    return tuple(dict.fromkeys(code for one in named for code in one))


def opened_by(reader: Reader, stream: str) -> tuple[tuple[str, ...], ...]:
    """Name the Parties of each opening of a stream that all of them signed.

    Names belong to nobody: what a stranger opens under the name of a flight makes nobody a Party of it.
    """
    found = (entries.read(row.envelope or b"")[1] for row in counting(reader, stream) if row.kind == "opening")
    return tuple(one.parties for one in found)


def _of_others(stream: str, openings: tuple[tuple[str, ...], ...], observing: str, observed: str) -> Iterator[Text]:
    """Say that the openings of a stream name nobody of the observing or of the observed Party: it is another flight."""
    named = {code for parties in openings for code in parties}
    for party in (observing, observed):
        if named and not named & {party, *party.split("-")}:
            yield say(
                "The opening of {stream} names {parties}, and the plan is of {observing} over {observed}: what the "
                "record tells of other Parties is not counted.",
                stream=stream,
                parties=", ".join(sorted(named)),
                observing=observing,
                observed=observed,
            )
            return


def _remarks(held: tuple[Entry, ...]) -> Iterator[Text]:
    """Say which entries tell as done what was still to come when they were signed; the clock takes them as they are."""
    for entry in standing(held):
        why = doubts.early(entry)
        if why is not None:
            yield say("{place}: {why}", place=told.where_of(entry), why=why)


def entries_of(reader: Reader, stream: str) -> tuple[Entry, ...]:
    """Read the entries of a stream from all logs, each once; what is withheld is not there."""
    found: dict[str, Entry] = {}
    for row in reader.of_stream(stream):
        if row.envelope is not None:
            made = entries.read(row.envelope)[1]
            found.setdefault(made.address, made)
    return tuple(found.values())


def _stream(reader: Reader, wanted: str | None, where: str) -> str:
    known = [name for name, _ in reader.streams()]
    flights = [name for name in known if name.startswith(PREFIX)]
    if wanted is not None and wanted not in known:
        message = say(
            "The record holds no stream {stream}; it holds {known}.", stream=wanted, known=", ".join(flights) or "-"
        )
        raise InputError("no_stream", message, "stream")
    if wanted is not None:
        return wanted
    if len(flights) != 1:
        kind = "several_streams" if flights else "no_stream"
        message = say(
            "The record holds {count} flights ({known}); name one.", count=len(flights), known=", ".join(flights)
        )
        raise InputError(kind, message, "stream" if flights else where)
    return flights[0]
