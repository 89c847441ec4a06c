"""Pages of ``skywitness document``: a kind with its items, a document checked item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skywitness.core.finding import Finding
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.cli.face import Face
    from skywitness.cli.page import Page
    from skywitness.mission.documents.document_file import Read
    from skywitness.mission.documents.model import Item, Kind

ROLES = {
    "observing": say("observing Party"),
    "observed": say("observed Party"),
    "provider": say("Party that provides the aircraft"),
    "parties": say("observing and observed Party"),
    "state_party": say("State Party"),
    "group": say("group of States Parties"),
    "state": say("other State"),
    "commission": say("Consultative Commission"),
    "depositary": say("Depositary"),
    "all": say("all States Parties"),
}
"""Who sends and who is told, in words."""


def kind_json(face: Face, kind: Kind) -> dict[str, Any]:
    """Write a kind as scripts get it."""
    return {
        "kind": kind.id,
        "title": face.words(kind.title),
        "provision": kind.provision,
        "from": kind.sender,
        "to": list(kind.to),
        "format": kind.format or None,
        "on_the_spot": kind.on_the_spot,
        "items": [_item_json(face, item) for item in kind.items],
    }


def _item_json(face: Face, item: Item) -> dict[str, Any]:
    return {
        "item": item.id,
        "title": face.words(item.title),
        "provision": item.provision,
        "form": item.form,
        "need": item.need,
        "when": {item.when: list(item.values)} if item.when else None,
        "among": list(item.among) or None,
        "fields": [_item_json(face, field) for field in item.fields] or None,
    }


def write_kind(page: Page, kind: Kind) -> None:
    """Write a kind with all its items."""
    page.paragraph(say("{title} ({provision})", title=kind.title, provision=kind.provision), style="bold")
    told = verbatim(", ".join(page.words(ROLES[role]) for role in kind.to))
    page.paragraph(say("From: {sender}. To: {told}.", sender=ROLES[kind.sender], told=told), indent=2)
    page.raw()
    for item in kind.items:
        page.marked("·", _item_words(item), indent=2)
        for field in item.fields:
            page.marked("–", _item_words(field), indent=4)


def _item_words(item: Item) -> Text:
    form = verbatim(f"{item.form}: {', '.join(item.among)}" if item.among else item.form)
    words = {"id": item.id, "title": item.title, "provision": item.provision, "form": form}
    if item.need == "when":
        return say("{id}: {title} ({provision}; {form}; if {when})", when=_condition(item), **words)
    if item.need == "if_applicable":
        return say("{id}: {title} ({provision}; {form}; if applicable)", **words)
    if item.need == "may":
        return say("{id}: {title} ({provision}; {form}; if wanted)", **words)
    return say("{id}: {title} ({provision}; {form})", **words)


def _condition(item: Item) -> str:
    return f"{item.when} = {', '.join(item.values)}"


def write_check(page: Page, read: Read, day: dt.date, findings: Sequence[Finding]) -> None:
    """Write what a check found."""
    from skywitness.cli.findings_page import write_findings, write_needs

    words = {"title": read.kind.title, "provision": read.kind.provision, "day": day.isoformat()}
    page.paragraph(say("{title} ({provision}), by the law of {day}.", **words), style="bold")
    write_findings(page, findings)
    write_needs(page, findings)
