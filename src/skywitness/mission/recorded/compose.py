"""What is to be said in the record, put together from documents, events and files, and checked before it is signed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.mission.documents.document_file import read_document
from skywitness.mission.documents.document_file import to_json as document_to_json
from skywitness.mission.recorded import names
from skywitness.mission.recorded.types import registry
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.keys import is_party
from skywitness.record.log import log
from skywitness.record.log.model import Appended, Draft
from skywitness.record.node.node import Node
from skywitness.record.streams import require_no_opening_waits
from skywitness.route.files.document import parse_json, parse_toml
from skywitness.route.files.text_file import path_words, read_text

RECEIPT: Final = "record/receipt"
CORRECTION: Final = "record/correction"
_FIRST: Final = "0" * 64
"""Stands for the entry before, where an entry is only checked and its place not known yet."""


def body_of_file(path: Path) -> dict[str, Any]:
    """Read a body from JSON, or from TOML, whose days and times become texts.

    :raises InputError: for a file that cannot be read, or that is no table.
    """
    where = path_words(path)
    parse = parse_json if path.suffix.lower() == ".json" else parse_toml
    data = parse(read_text(path), where)
    if not isinstance(data, dict):
        raise InputError("bad_body", say("The body of an entry is a table of named fields."), where)
    written: dict[str, Any] = json.loads(json.dumps(data, default=_as_text))
    return written


def document_of_file(path: Path) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Read a document: the type of its entry, its body, and the Parties that its header names (none: all).

    :raises InputError: for a file that is no document of a kind that is known.
    """
    data = body_of_file(path)
    held = data.get("document")  # what document new and document show print with --json
    read = read_document(held if isinstance(held, dict) and "kind" not in data else data, path_words(path))
    to = read.document.header.to
    return names.of_document(read.kind.id), document_to_json(read.document), tuple(filter(_is_addressee, to))


def _is_addressee(code: str) -> bool:
    return is_party(code) and code not in ("ALL", "OSCC")


def event_body(kind: str, at_utc: dt.datetime, by: str | None, note: str | None) -> dict[str, Any]:
    """Write the body of an event of a mission."""
    body: dict[str, Any] = {"kind": kind, "at_utc": at_utc.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")}
    return body | {name: given for name, given in (("by", by), ("note", note)) if given}


def append(node: Node, drafts: Sequence[Draft]) -> tuple[Appended, ...]:
    """Check what is to be said by the rules of its type, then sign and append it: all, or nothing.

    :raises InputError: ``bad_payload`` with all faults at once, and what appending refuses.
    """
    for draft in drafts:
        require_no_opening_waits(node, draft.stream)
        check(node.party, draft, node.clock())
    return log.append(node, drafts)


def check(party: str, draft: Draft, now_utc: dt.datetime) -> None:
    """Refuse what a type does not allow, with all faults.

    :raises InputError: ``bad_payload``, ``unknown_type``.
    """
    made = _as_entry(party, draft, now_utc)
    if not registry().knows(made):
        message = say("No type of payload is called {type}; nobody could check such an entry.", type=made.type)
        near = names.near(made.type, registry().types)
        if near:
            message = say("No type of payload is called {type}; near to it is {near}.", type=made.type, near=near)
        raise InputError("unknown_type", message, "type")
    faults = registry().check(made)
    if faults:
        raise InputError("bad_payload", say("This cannot stand in the record as {type}.", type=made.type), "", faults)


def _as_entry(party: str, draft: Draft, now_utc: dt.datetime) -> Entry:
    """Make the entry as it would be at the beginning of its stream, to be looked at only."""
    first = draft.kind == "opening"
    own: Mapping[str, int] = {party: 2} if draft.kind == "closing" else {}
    return entries.build(
        stream=draft.stream,
        author=party,
        sequence=0 if first else 1,
        previous=None if first else _FIRST,
        kind=draft.kind,
        type=draft.type,
        time_utc=now_utc.replace(microsecond=0),
        salt=entries.new_salt(),
        to=draft.to,
        body=draft.body,
        objects=draft.objects,
        refers_to=draft.refers_to,
        parties=draft.parties,
        counts={**draft.counts, **own} if draft.kind == "closing" else None,
        heads={**draft.heads, party: _FIRST} if draft.kind == "closing" else None,
    )


def _as_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
