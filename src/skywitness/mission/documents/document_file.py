"""Read and write documents: TOML for people, JSON for machines, one lossless form.

What the file says that nobody knows is refused with all faults.  What an item lacks or says in another form is not: it
is kept and judged item by item.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say
from skywitness.core.toml_text import write_toml
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row
from skywitness.mission.documents.forms import take
from skywitness.mission.documents.kinds import kind as find_kind
from skywitness.mission.documents.model import Document, Fault, Header, Item, Kind
from skywitness.route.files.fields import read_time, text_problem

CHANNELS: Final = ("diplomatic", "official", "handed_over", "other")
SPANS: Final = (("from_utc", "to_utc"), ("arrive_utc", "depart_utc"), ("begins", "ends"))
"""Items, or fields of a row, that begin and end something."""

_MOST: Final = 200
"""Receivers, references: a message has fewer."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read, and what is wrong with the form of its items."""

    kind: Kind
    document: Document
    faults: tuple[Fault, ...] = field(default=())

    def fault_of(self, where: str) -> Text | None:
        """Return what is wrong with one value, by its path."""
        return next((fault.message for fault in self.faults if fault.where == where), None)


def read_document(data: Mapping[str, Any], where: str = "") -> Read:
    """Read a document from what the TOML or JSON reader gave.

    :raises InputError: of kind ``bad_document`` with all faults, or ``unknown_document``.
    """
    faults = Faults()
    top = Row(data, "document", faults)
    name = top.text("kind")
    faults.raise_if_any("bad_document", say("The document does not say of which kind it is."), where)
    kind = find_kind(name, where or "kind")
    header = _header(_table(top, "header"))
    wrong: list[Fault] = []
    items = _items(kind.items, _table(top, "items"), "items", wrong)
    known = [item.id for item in kind.items]
    document = Document(
        kind=kind.id,
        header=header,
        items=MappingProxyType(items),
        not_applicable=top.texts("not_applicable", (), known),
        remarks=_words(top, "remarks", prose=True),
    )
    for ident in document.not_applicable:
        if ident in items:
            top.fault("not_applicable", say("{item} is given, and so it applies", item=ident))
    top.close()
    faults.raise_if_any("bad_document", say("The document cannot be used as it stands."), where)
    return Read(kind, document, tuple(wrong))


def _table(row: Row, key: str) -> Row:
    value = row.anything(key)
    if value is not None and not isinstance(value, Mapping):
        row.fault(key, say("a table is expected"))
        value = None
    return Row(value or {}, key, row.faults)


def _header(row: Row) -> Header:
    sent = row.anything("sent_utc")
    time = None if sent is None else read_time(sent)
    if isinstance(time, Text):
        row.fault("sent_utc", time)
        time = None
    header = Header(
        sender=_words(row, "from"),
        to=_several(row, "to"),
        info=_several(row, "info"),
        subject=_words(row, "subject"),
        number=_words(row, "number"),
        sent_utc=time,
        references=_several(row, "references"),
        precedence=_words(row, "precedence"),
        channel=row.text("channel", "", CHANNELS),
    )
    row.close()
    return header


def _words(row: Row, key: str, *, prose: bool = False) -> str:
    words = row.text(key, "")
    problem = text_problem(words, prose)
    if problem:
        row.fault(key, problem)
        return ""
    return words


def _several(row: Row, key: str) -> tuple[str, ...]:
    words = row.texts(key, ())
    problem = next((found for one in words[:_MOST] if (found := text_problem(one))), None)
    if len(words) > _MOST:
        problem = say("has {count} entries; at most {most} are read", count=str(len(words)), most=str(_MOST))
    if problem:
        row.fault(key, problem)
        return ()
    return words


def _items(items: tuple[Item, ...], row: Row, path: str, wrong: list[Fault]) -> dict[str, Any]:
    """Take the values that are given; one in another form is kept as it stands, and its fault noted."""
    found: dict[str, Any] = {}
    for item in items:
        value = row.anything(item.id)
        if value is None:
            continue
        where = f"{path}.{item.id}"
        taken = take(item, value)
        if isinstance(taken, Text):
            wrong.append(Fault(where, item.provision, taken))
            found[item.id] = _frozen(value)
        elif item.form == "rows":
            found[item.id] = tuple(
                MappingProxyType(
                    _items(item.fields, Row(one, f"{where}[{number}]", row.faults), f"{where}[{number}]", wrong)
                )
                for number, one in enumerate(taken)
            )
        else:
            found[item.id] = taken
    _refuse_unknown(items, row)
    _note_reversed(items, found, path, wrong)
    return found


def _note_reversed(items: tuple[Item, ...], found: Mapping[str, Any], path: str, wrong: list[Fault]) -> None:
    """Note an end that lies before its begin: one of the two is not what happened."""
    forms = {item.id: item for item in items}
    unsound = {fault.where for fault in wrong}
    for begin, end in SPANS:
        if not {begin, end} <= found.keys() & forms.keys() or not unsound.isdisjoint(
            (f"{path}.{begin}", f"{path}.{end}")
        ):
            continue
        if forms[begin].form == forms[end].form and found[end] < found[begin]:
            wrong.append(Fault(f"{path}.{end}", forms[end].provision, say("lies before {begin}", begin=begin)))


def _refuse_unknown(items: tuple[Item, ...], row: Row) -> None:
    """Note fields that the kind does not have: a misspelt item would otherwise be a missing one."""
    known = [item.id for item in items]
    for key in row.unread():
        row.fault(key, say("is no item of this document.{near}", near=did_you_mean(key, known)))


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): _frozen(held) for key, held in value.items()})
    if isinstance(value, list | tuple):
        return tuple(_frozen(held) for held in value)
    return value


# ---- and back ----


def to_plain(document: Document) -> dict[str, Any]:
    """Write a document as tables, lists and plain values; ``read_document`` gives the same again."""
    header = document.header
    head: dict[str, Any] = {
        "precedence": header.precedence,
        "from": header.sender,
        "to": list(header.to),
        "info": list(header.info),
        "subject": header.subject,
        "number": header.number,
        "sent_utc": header.sent_utc,
        "references": list(header.references),
        "channel": header.channel,
    }
    plain: dict[str, Any] = {
        "kind": document.kind,
        "not_applicable": list(document.not_applicable),
        "remarks": document.remarks,
        "header": {key: value for key, value in head.items() if value},
        "items": _thawed(document.items),
    }
    return {key: value for key, value in plain.items() if value or key == "items"}


def to_toml(document: Document) -> str:
    """Write a document as TOML."""
    return write_toml(to_plain(document))


def to_json(document: Document) -> dict[str, Any]:
    """Write a document as JSON has it: days and times are texts."""
    written: dict[str, Any] = _as_json(to_plain(document))
    return written


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [_thawed(held) for held in value]
    return value


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_as_json(held) for held in value]
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # a fault of its item already; JSON has no word for it
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
