"""The payload types that Open Skies registers with the record.

Every kind of document is a type.  So are an event of a mission's clock, the plan (as a file), sensor data (by their
hashes and frame numbers, with no number left out), a copy given on request, a statement, and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Fault, InputError
from skywitness.core.text import quoted, say
from skywitness.mission import kinds as events
from skywitness.mission.documents.document_file import read_document
from skywitness.mission.documents.kinds import kinds as documents
from skywitness.mission.documents.model import Kind
from skywitness.mission.recorded import audience, names
from skywitness.mission.recorded.frames import check_frames
from skywitness.mission.recorded.times import read_time
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import OWN, PayloadType, Registry

GIVEN_BY: Final[Mapping[str, str]] = MappingProxyType({"certification_report": "OS:D.IV.3"})
"""The provision that gives a document to others, where it is not the one that asks for the document to be made."""

NEVER_WITHHELD: Final = frozenset({"record/key", "record/introduction"})
"""What all trust rests on is read by everybody, Party or not."""

RECORDS: Final[Mapping[str, str]] = MappingProxyType({"record/opening": "OS:VI.I.8", "record/closing": "OS:VI.I.8"})
"""What a flight's opening and closing show, that there is such a flight, all Parties are told by this provision."""


@cache
def registry() -> Registry:
    """Give the record's own types, kept among the Parties, and those of Open Skies."""
    return Registry([*_own(), *_documents(), *_others()])


def _own() -> Iterable[PayloadType]:
    for one in OWN.types.values():
        if one.name in NEVER_WITHHELD:
            yield one
        else:
            yield replace(one, may_read=audience.among_parties(RECORDS.get(one.name, audience.WRITTEN)))


def _documents() -> Iterable[PayloadType]:
    for kind in documents().values():
        yield PayloadType(names.of_document(kind.id), _DocumentCheck(kind), _rule(kind))


def _rule(kind: Kind) -> audience.Rule:
    """Choose who reads a document of a kind: by whom the text names as its receivers."""
    given_by = GIVEN_BY.get(kind.id, kind.provision)
    if kind.id == "voluntary_flight":  # two Parties agree; that the Commission learns of it is theirs to decide
        return audience.for_addressees_or_all(given_by, audience.COMMISSION)
    if kind.id == "mission_report":
        return audience.report
    if "all" in kind.to:
        return audience.for_all(given_by)
    if "commission" in kind.to:
        return audience.for_all(given_by, audience.COMMISSION)
    return audience.for_states(given_by) if "state" in kind.to else audience.for_addressees(given_by)


def _others() -> Iterable[PayloadType]:
    yield PayloadType(names.EVENT, check_event, audience.course)
    yield PayloadType(names.PLAN, _check_file, audience.for_addressees("OS:VI.II.1"))
    yield PayloadType(names.SENSOR_DATA, _check_data, audience.data)
    yield PayloadType(names.COPY, _check_copy, audience.copy)
    yield PayloadType(names.STATEMENT, _check_statement, audience.public)
    yield PayloadType(names.FINDINGS, _check_file, audience.course)


class _DocumentCheck:
    """Checks that the body is a document of its kind, from its author.  What it lacks is a finding, no fault here."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, entry: Entry) -> Iterable[Fault]:
        try:
            read = read_document(_thawed(entry.body))
        except InputError as error:
            yield Fault("body", error.message)
            yield from (Fault(f"body.{fault.where.removeprefix('document.')}", fault.message) for fault in error.faults)
            return
        if read.kind.id != self.kind.id:
            text = say("the document is of the kind {met}, the type of {kind}", met=read.kind.id, kind=self.kind.id)
            yield Fault("body.kind", text)
        sender = read.document.header.sender
        if sender and sender != entry.author:
            text = say("the document is from {sender}, the entry of {author}", sender=sender, author=entry.author)
            yield Fault("body.header.from", text)
        if not {"all", "commission"} & set(self.kind.to):
            yield from check_addressed(entry)


def check_addressed(entry: Entry) -> Iterable[Fault]:
    """Ask for addressees: without them an entry is for all, and this one is for some."""
    if not entry.to:
        yield Fault("to", say("it is not meant for all: the Parties it goes to belong here"))


def _check_data(entry: Entry) -> Iterable[Fault]:
    yield from check_frames(entry)
    yield from check_addressed(entry)


def check_event(entry: Entry) -> Iterable[Fault]:
    """Check an event: ``kind`` of the clock's words, ``at_utc``, perhaps ``by``, ``note`` and its kind's details."""
    kind = entry.body.get("kind")
    known = events.kinds().get(kind) if isinstance(kind, str) else None
    if known is None or known.law:
        near = names.near(str(kind), (name for name, one in events.kinds().items() if not one.law))
        text = say("{met} is no event of a mission", met=quoted(kind))
        if near:
            text = say("{met} is no event of a mission; near to it is {near}", met=quoted(kind), near=near)
        yield Fault("body.kind", text)
    if read_time(entry.body.get("at_utc")) is None:
        yield Fault("body.at_utc", say("a time such as 2019-04-03T10:00:00Z belongs here"))
    for name in ("by", "note"):
        if name in entry.body and not isinstance(entry.body[name], str):
            yield Fault(f"body.{name}", say("a text belongs here"))
    details = set(known.details) if known else set()
    for name in sorted(entry.body.keys() - {"kind", "at_utc", "by", "note"} - details):
        yield Fault(f"body.{name}", say("an event has no such field"))


def _check_file(entry: Entry) -> Iterable[Fault]:
    """Ask for one file, and for whom it is: plan and findings are for the Parties of a flight."""
    yield from check_addressed(entry)
    if len(entry.objects) != 1:
        yield Fault("objects", say("one file belongs here, not {met}", met=len(entry.objects)))


def _check_copy(entry: Entry) -> Iterable[Fault]:
    if not any(one.relation == "answers" for one in entry.refers_to):
        yield Fault("refers_to", say("a copy answers the request that it is given on"))
    if not entry.objects:
        yield Fault("objects", say("the files of the copy belong here"))
    if not entry.to:
        yield Fault("to", say("a copy is given to the Party that asked, which belongs here"))


def _check_statement(entry: Entry) -> Iterable[Fault]:
    for name in ("text", "language"):
        if not isinstance(entry.body.get(name), str) or not entry.body[name].strip():
            yield Fault(f"body.{name}", say("a text belongs here"))


def _thawed(value: Any) -> Any:
    """Make plain tables of what an entry holds."""
    if hasattr(value, "items"):
        return {key: _thawed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(one) for one in value]
    return value
