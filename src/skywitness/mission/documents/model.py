"""Kinds of documents and documents of a kind: plain data.

A kind says who tells whom what (``kinds/*.toml``); a document is what somebody wrote.  Values are texts, numbers, truth
values, days, aware UTC times, lists and tables, as TOML and JSON know them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from skywitness.core.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a document says.

    ``form``: what its value must look like (``forms.FORMS``); ``among`` the words of a choice, ``role`` what a site
    serves as, ``code`` the label of a code of Annex B, ``must`` a flag that has to be true,
    ``of_sender`` a Party that has to be the sender or a member of it.
    ``need``: ``always``, ``if_applicable``, ``when`` the item ``when`` has one of the values ``values``, or ``may``.
    ``source``: the word under which a plan or facts may know it; ``fields``: those of each row.
    """

    id: str
    provision: str
    form: str
    need: str
    title: Text
    among: tuple[str, ...] = ()
    role: str = ""
    code: str = ""
    must: bool = False
    of_sender: bool = False
    when: str = ""
    values: tuple[str, ...] = ()
    source: str = ""
    fields: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one time lies before another: ``relation`` is ``at_least``, ``at_most``, ``within`` or ``same``.

    ``within``: the provision is about that time alone, and later it does not apply.

    ``start`` and ``end`` name items, ``header.sent_utc`` or ``law.entry_into_force``; ``key`` is the value of the law.
    """

    provision: str
    relation: str
    start: str
    end: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ByDay:
    """A day of the year before the one that the item ``year`` names, by which a document is sent."""

    provision: str
    key: str
    year: str


@dataclass(frozen=True, slots=True)
class Limit:
    """How many rows, or how large a count, the item ``of`` may have at most."""

    provision: str
    key: str
    of: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    ``sender`` and ``to`` are roles (``observing``, ``observed``, ``state_party``, ``all``, ``commission`` ...).
    ``on_the_spot``: it is handed over, not sent.  ``channel``: the only one that its provision
    names.  ``format``: its number in the Commission's formats, 0 where that is
    not public.  ``sums``: provisions that the items below them fulfil; ``also``: provisions that all items fulfil.
    """

    id: str
    title: Text
    provision: str
    sender: str
    to: tuple[str, ...]
    items: tuple[Item, ...]
    on_the_spot: bool = False
    channel: str = ""
    format: int = 0
    timings: tuple[Timing, ...] = ()
    by_days: tuple[ByDay, ...] = ()
    limits: tuple[Limit, ...] = ()
    sums: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def item(self, ident: str) -> Item | None:
        """Return an item by its name."""
        return next((item for item in self.items if item.id == ident), None)

    def provisions(self) -> tuple[str, ...]:
        """Name every provision the kind is about, each once."""
        items = (one.provision for item in self.items for one in (item, *item.fields))
        clocks = (*(one.provision for one in self.timings), *(one.provision for one in self.by_days))
        limits = (one.provision for one in self.limits)
        return tuple(dict.fromkeys((self.provision, *items, *clocks, *limits, *self.sums, *self.also)))


@dataclass(frozen=True, slots=True)
class Header:
    """Head of a message: who tells whom, when, under which number; in the order of the Commission's formats.

    ``to`` holds Parties, ``ALL`` and ``OSCC``; ``channel``: ``diplomatic``, ``official``, ``handed_over`` or ``other``.
    """

    sender: str = ""
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    subject: str = ""
    number: str = ""
    sent_utc: dt.datetime | None = None
    references: tuple[str, ...] = ()
    precedence: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a kind.  ``not_applicable``: items of which its author says that they do not apply."""

    kind: str
    header: Header = field(default_factory=Header)
    items: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    not_applicable: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a document: its path, the provision that asks for it, and what is wrong."""

    where: str
    provision: str
    message: Text


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Walk items and the fields of their rows."""
    for item in items:
        yield item
        yield from walk(item.fields)
