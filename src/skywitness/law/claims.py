"""Claims of single Parties: what somebody holds or refuses without its standing in the Treaty or in a decision.

A claim belongs to who makes it and is no law.  It is stored with its holders, its days, its ground, what others answer
and its source; whether a verdict follows it is for a reading to say (``accepted_claims``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.box import Box
from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.provisions import provision
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any

__all__ = ["KINDS", "Area", "Claim", "Span", "claims", "load_claims", "state_codes"]

KINDS: Final = (
    "state",
    "distance",
    "restriction",
    "refusal",
    "prohibition",
    "stop",
    "certificate",
    "site",
    "no_distribution",
    "conduct",
)
"""What accepting a claim changes.  ``conduct``: nothing that a mission plan shows."""

PLACED: Final = ("state", "distance", "site")
"""Kinds of claims that are about a place."""

_FILE: Final = FOLDER / "claims.toml"


@dataclass(frozen=True, slots=True)
class Area:
    """A place a claim is about: boxes that hold all of it (``outer``), and boxes wholly in it (``core``, may be none).

    ``state``: whose land it is for those who do not accept the claim; ``code``: its own where a line of it is at hand;
    ``portion``: the name of the portion of that State's territory that it is.  Boxes stand only for what has neither.
    """

    name: str
    state: str
    outer: tuple[Box, ...]
    core: tuple[Box, ...] = ()
    code: str = ""
    portion: str = ""

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a position may lie in the place."""
        return any(box.holds(lon, lat) for box in self.outer)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a claim was held, ``[start, end)``; ``None``: no source gives that end."""

    start: dt.date | None
    end: dt.date | None

    def holds(self, at: dt.date) -> bool:
        """Tell whether a day lies in the span."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.  ``observed``, ``observing``, ``aircraft``: whom it concerns, anybody where empty.

    ``basis`` is what the holders give as its ground, ``answer`` what others say; ``provision`` is the one whose verdict
    it bears on.  Without ``spans`` no source gives a day, and it counts on any.
    """

    id: str
    title: Text
    holders: tuple[str, ...]
    kind: str
    provision: str
    basis: Text
    answer: Text
    source: str
    status: str
    spans: tuple[Span, ...] = ()
    known: dt.date | None = None
    observed: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()
    aircraft: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    beside: str = ""
    km: float | None = None
    airfields: tuple[str, ...] = ()
    overnight: bool = False
    note: str = ""

    @property
    def short(self) -> str:
        """The name without who claims it, which a reading may write instead."""
        return self.id.split("-", maxsplit=1)[1]

    @property
    def start(self) -> dt.date | None:
        """The first day on which it was held, where a source gives one."""
        return self.spans[0].start if self.spans else None

    def holds(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether the claim was held on the day ``at``, as far as was public on the day ``known``."""
        public = self.known or self.start
        if known is not None and public is not None and public > known:
            return False
        return not self.spans or any(span.holds(at) for span in self.spans)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write what a reader needs to judge the claim by."""
        return {
            "id": self.id,
            "title": self.title.render(catalogue),
            "holders": list(self.holders),
            "kind": self.kind,
            "provision": self.provision,
            "spans": [{"from": _iso(span.start), "to": _iso(span.end)} for span in self.spans],
            "basis": self.basis.render(catalogue),
            "answer": self.answer.render(catalogue),
            "source": self.source,
            "status": self.status,
            "note": of_data(self.note).render(catalogue) if self.note else "",
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def claims() -> Mapping[str, Claim]:
    """Return every claim by its id, in the order of the file."""
    return _load()


def state_codes(
    accepted: Iterable[str], at: dt.date, known: dt.date | None, observed: Collection[str]
) -> tuple[str, ...]:
    """List the codes of the areas that count as States on the day ``at`` for who accepts these claims, by any name.

    ``observed``: whose territory is flown over.  The code of an area (``X-...``) is itself a claim that it is a State.
    """
    names = set(accepted)
    held = (
        claim
        for claim in claims().values()
        if claim.kind == "state"
        and names & {claim.id, claim.short}
        and claim.holds(at, known)
        and (not claim.observed or set(claim.observed) & set(observed))
    )
    codes = {area.code for claim in held for area in claim.areas if area.code}
    return tuple(sorted(codes | {name for name in names if name.startswith("X-") and name.isupper()}))


@cache
def _load() -> Mapping[str, Claim]:
    return load_claims(_FILE)


def load_claims(path: Path) -> Mapping[str, Claim]:
    """Read a file of claims.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    found = [_claim(row) for row in read_tables(path, ("claim",), faults)["claim"]]
    note_twice("claim", (claim.id for claim in found), faults)
    note_twice("claim", (claim.short for claim in found), faults)
    refuse_if_any(faults, path)
    return MappingProxyType({claim.id: claim for claim in found})


def _claim(row: Row) -> Claim:
    claim = Claim(
        id=_ident(row),
        title=_words(row, "title"),
        holders=row.texts("holders"),
        kind=row.text("kind", among=KINDS),
        provision=_provision(row),
        basis=_words(row, "basis"),
        answer=_words(row, "answer"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        spans=tuple(_span(below) for below in row.rows("span")),
        known=row.day("known"),
        observed=row.texts("observed", []),
        observing=row.texts("observing", []),
        aircraft=row.texts("aircraft", []),
        areas=tuple(_area(below) for below in row.rows("area")),
        beside=row.text("beside", ""),
        km=row.optional_number("km", 1, 20_000),
        airfields=row.texts("airfields", []),
        overnight=row.flag("overnight") or False,
        note=row.text("note", ""),
    )
    for translation in ("note_vi", "source_vi"):  # for the catalogue of the language
        if row.text(translation, "") == "" and translation == "note_vi" and claim.note:
            row.fault(translation, say("missing: a note has a translation beside it"))
    row.close()
    if claim.kind in PLACED and not claim.areas:
        row.fault("area", say("a claim of this kind is about a place"))
    return claim


def _ident(row: Row) -> str:
    ident = row.text("id")
    if "-" not in ident:
        row.fault("id", say("{id} does not begin with who claims and a hyphen", id=repr(ident)))
        return f"{ident}-"
    return ident


def _words(row: Row, key: str) -> Text:
    """Read words in English; the translation beside them is for the catalogue, and must be there."""
    row.text(f"{key}_vi")
    return of_data(row.text(key))


def _provision(row: Row) -> str:
    """Read which provision a claim bears on; there must be such a row."""
    ident = row.text("provision")
    return provision(ident).id if ident else ident


def _span(row: Row) -> Span:
    span = Span(row.day("from"), row.day("to"))
    row.close()
    if span.start is not None and span.end is not None and span.end <= span.start:
        row.fault("to", say("the end is not after the start"))
    return span


def _area(row: Row) -> Area:
    area = Area(
        name=row.text("name"),
        state=row.text("state"),
        outer=_boxes(row, "outer"),
        core=_boxes(row, "core"),
        code=row.text("code", ""),
        portion=row.text("portion", ""),
    )
    row.words("names")  # for the catalogue of the language
    row.close()
    if not area.outer:
        row.fault("outer", say("missing: at least one box that holds the place"))
    return area


def _boxes(row: Row, key: str) -> tuple[Box, ...]:
    """Read boxes, each west, south, east, north in degrees."""
    found = []
    for values in row.raw(key):
        sound = isinstance(values, list) and len(values) == 4 and all(isinstance(one, int | float) for one in values)
        box = Box(*map(float, values)) if sound else Box(0.0, 0.0, 0.0, 0.0)
        if not (-180.0 <= box.west < box.east <= 180.0 and -90.0 <= box.south < box.north <= 90.0):
            row.fault(key, say("{value} is no box of west, south, east and north", value=repr(values)))
        found.append(box)
    return tuple(found)
