"""A document for people: its lines in order, as text and for the page.

The head follows the order of the Commission's message formats as far as that is public (practice S83): precedence,
from, to, information, subject, number, date and time, treaty reference, referenced messages, content, remarks, end.
The order of the content in each format is not public: items stand in the order of the Treaty's letters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.text import Catalogue, Text, say, verbatim
from skywitness.mission.documents.choices import spoken
from skywitness.mission.documents.document_file import Read
from skywitness.mission.documents.model import Item
from skywitness.route.files.text_file import shown

NOT_SAID: Final = "–"
NOTES: Final = (
    say(
        "The head follows the order of the Commission's formats of 1992 as far as it is public (source S83); the "
        "order of the content is that of the Treaty."
    ),
    say("The Commission's number for this format is not public."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a label, what is said, and the provision that asks for it (empty in the head).

    ``rows``: the rows of a list, each a line of its own.
    """

    label: Text
    value: Text
    provision: str = ""
    rows: tuple[tuple[tuple[Text, Text], ...], ...] = ()


def head(read: Read) -> Iterator[Line]:
    """Give the head of a message."""
    header, kind = read.document.header, read.kind
    reference = verbatim(kind.provision) if not kind.format else _with_format(kind.provision, kind.format)
    yield Line(say("Precedence"), _said(header.precedence))
    yield Line(say("From"), _said(header.sender))
    yield Line(say("To"), _said(", ".join(header.to)))
    yield Line(say("Information"), _said(", ".join(header.info)))
    yield Line(say("Subject of the message"), _said(header.subject) if header.subject else kind.title)
    yield Line(say("Message number"), _said(header.number))
    yield Line(say("Date and time"), _said("" if header.sent_utc is None else plain(header.sent_utc)))
    yield Line(say("Treaty reference"), reference)
    yield Line(say("Referenced messages"), _said(", ".join(header.references)))


def _with_format(provision: str, number: int) -> Text:
    return say("{provision}, Format {number}", provision=provision, number=str(number))


def content(read: Read) -> Iterator[Line]:
    """Give the items that a document has, and of those that it lacks the needed ones."""
    for item in read.kind.items:
        value = read.document.items.get(item.id)
        if value is not None:
            yield _line(item, value, read)
        elif item.id in read.document.not_applicable:
            yield Line(item.title, say("does not apply"), item.provision)
        elif item.need == "always":
            yield Line(item.title, verbatim(NOT_SAID), item.provision)


def _line(item: Item, value: Any, read: Read) -> Line:
    where = f"items.{item.id}"
    if item.form != "rows" or read.fault_of(where) is not None:
        return Line(item.title, _value(item, value, read, where), item.provision)
    rows = tuple(
        tuple(
            (field.title, _value(field, row[field.id], read, f"{where}[{number}].{field.id}"))
            for field in item.fields
            if field.id in row
        )
        for number, row in enumerate(value)
    )
    return Line(item.title, verbatim(len(rows)), item.provision, rows)


def _value(item: Item, value: Any, read: Read, where: str) -> Text:
    """Write a value, codes in words; one in another form than asked for is quoted, as it may hold anything."""
    if read.fault_of(where) is not None:
        return verbatim(shown(plain(value)))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return spoken(item, value) or verbatim(plain(value))


def plain(value: Any) -> str:
    """Write a value the same in every language.

    >>> plain(("a", "b")), plain(dt.date(2019, 9, 12))
    ('a; b', '2019-09-12')
    """
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%SZ}" if value.second else f"{value:%Y-%m-%d %H:%MZ}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {plain(held)}" for key, held in value.items())
    if isinstance(value, tuple | list):
        return "; ".join(plain(held) for held in value)
    return str(value)


def _said(words: str) -> Text:
    return verbatim(words or NOT_SAID)


def notes(read: Read) -> tuple[Text, ...]:
    """Say what is not known of the order and the number of the format."""
    return NOTES[:1] if read.kind.format else NOTES


def to_text(read: Read, catalogue: Catalogue) -> str:
    """Write a document as plain text."""
    lines = [read.kind.title.render(catalogue).upper(), ""]
    lines += [f"{line.label.render(catalogue)}: {line.value.render(catalogue)}" for line in head(read)]
    lines += ["", f"{say('Content').render(catalogue)}:"]
    for number, line in enumerate(content(read), 1):
        lines += _numbered(number, line, catalogue)
    remarks = read.document.remarks or NOT_SAID
    lines += ["", f"{say('Remarks').render(catalogue)}: {remarks}", "", say("End of message").render(catalogue), ""]
    lines += [f"({note.render(catalogue)})" for note in notes(read)]
    return "\n".join(lines) + "\n"


def _numbered(number: int, line: Line, catalogue: Catalogue) -> Iterator[str]:
    yield f"{number}. {line.label.render(catalogue)} ({line.provision}): {line.value.render(catalogue)}"
    for place, row in enumerate(line.rows, 1):
        yield f"   {number}.{place} " + "; ".join(
            f"{label.render(catalogue)}: {value.render(catalogue)}" for label, value in row
        )
