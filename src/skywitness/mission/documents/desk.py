"""What the checks of documents look at, and one hand to write their findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law.agreement import not_on_this_day
from skywitness.law.clause import clauses_of
from skywitness.law.legal_day import LegalDay
from skywitness.law.provisions import title
from skywitness.mission.documents.document_file import Read
from skywitness.mission.documents.model import Document, Kind
from skywitness.mission.documents.setting import Setting


@dataclass(frozen=True, slots=True)
class Desk:
    """A document that was read, what is known beside it, and the day whose law applies.

    ``only``: the provisions that are judged; all where it is empty.
    """

    read: Read
    setting: Setting
    reading: Reading
    day: LegalDay = field(repr=False)
    only: frozenset[str] = frozenset()

    def wants(self, *provisions: str) -> bool:
        """Tell whether any of these provisions is to be judged: all are, unless ``only`` names some."""
        return not self.only or not self.only.isdisjoint(provisions)

    @property
    def kind(self) -> Kind:
        """The kind of the document."""
        return self.read.kind

    @property
    def document(self) -> Document:
        """The document."""
        return self.read.document

    def sound(self, name: str) -> Any:
        """Return the value of an item that is given in its form; ``None`` otherwise."""
        if self.read.fault_of(f"items.{name}") is not None:
            return None
        return self.document.items.get(name)

    def moment(self, name: str) -> dt.date | dt.datetime | None:
        """Return a day or time by the name that a timing uses."""
        if name == "header.sent_utc":
            return self.document.header.sent_utc
        if name.startswith("law."):
            heading = self.day.instrument.heading
            return heading.signed if name == "law.signed" else heading.entry_into_force.on
        value = self.sound(name)
        return value if isinstance(value, dt.date) else None

    def agreed(self, provision: str) -> str | None:
        """Return the source of an agreement of the sender that holds on the day and that the text leaves room for."""
        sender = self.document.header.sender
        parties = self.day.states((sender,)) if sender else frozenset()
        for one in self.setting.facts.agreements if self.setting.facts else ():
            fits = one.provision == provision and bool(clauses_of(provision)) and not_on_this_day(one, self.day) is None
            if fits and parties <= self.day.states(one.parties):
                return one.source or one.scope
        return None


def draft(desk: Desk, provision: str, verdict: Verdict, why: Text, where: str = "", **fields: Any) -> Finding:
    """Make a finding of ``provision`` with its title and the reading it was made under."""
    place = Where(name=where) if where else None
    bearer = desk.document.header.sender or None
    return Finding(provision, title(provision), verdict, why, desk.reading, bearer, where=place, **fields)


def cannot_tell(
    desk: Desk, provision: str, why: Text, needs: Iterable[Text], where: str = "", **fields: Any
) -> Finding:
    """Make a finding that the provision cannot be judged, with the facts that would settle it."""
    return draft(desk, provision, Verdict.CANNOT_TELL, why, where, needs=tuple(needs), **fields)


def need_item(name: str) -> Text:
    """Ask for an item of the document."""
    return say("{item} in the document", item=name)
