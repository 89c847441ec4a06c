"""All that is stored of each provision, side by side: what judges it, the cases held, values, slips, agreements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.core.dated import DatedValue, Missing, NotInForce, Settled
from skywitness.law.cited import cited
from skywitness.law.clause import Clause, clauses
from skywitness.law.coverage import Case, coverage
from skywitness.law.entry import Entry
from skywitness.law.instrument import Instrument
from skywitness.law.key import Key
from skywitness.law.listing import Elsewhere, elsewhere
from skywitness.law.numbering import OPEN_SKIES
from skywitness.law.provisions import Provision, provisions
from skywitness.law.sites import Designation, Site, sites
from skywitness.law.slips import Slip, slips
from skywitness.law.value import outcome_of

__all__ = ["STANDINGS", "Dossier", "Place", "Stored", "dossiers"]

IMPLEMENTED: Final = "implemented"
BEGUN: Final = "begun"
MISSING: Final = "missing"
PEOPLE: Final = "people"
STANDINGS: Final = (IMPLEMENTED, BEGUN, MISSING, PEOPLE)
"""How far a provision is judged.  ``begun``: something judges it, but tests do not hold both sides of it yet."""

SITES_OF_TEXT: Final = "OS:E.APP1.II"
"""Where the text lists its sites; a slip of another source about sites is told there."""

_IDENT: Final = re.compile(r"[A-Z]{2,3}:[A-Z\d][\w.()/-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of a value that belongs to a provision.

    ``doubtful``: on the day asked for nobody can say whether this row or another holds.
    """

    key: Key
    entry: Entry
    doubtful: bool = False

    @property
    def dated(self) -> DatedValue:
        """The value with its days and its source."""
        return self.entry.dated


@dataclass(frozen=True, slots=True)
class Place:
    """A site, and one designation of it."""

    site: Site
    designation: Designation


@dataclass(frozen=True, slots=True)
class Dossier:
    """One provision with everything that is stored of it.

    ``standing`` is one of ``STANDINGS``; ``rules`` are the full names of what judges it; ``elsewhere`` says where a
    value stands that is none of the values here.
    """

    provision: Provision
    standing: str
    rules: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    values: tuple[Stored, ...] = ()
    places: tuple[Place, ...] = ()
    slips: tuple[Slip, ...] = ()
    clauses: tuple[Clause, ...] = ()
    elsewhere: Elsewhere | None = None


def dossiers(
    instrument: Instrument, tied: Mapping[str, tuple[str, ...]], at: dt.date | None = None
) -> tuple[Dossier, ...]:
    """Bring together what is stored of every provision, in the order of the Treaty.

    ``tied`` says what judges which provision (see ``provisions.implemented``).  Without a day every value is there,
    with the days on which it holds; ``at`` leaves those that hold on that day, or may hold.
    """
    name = instrument.name
    found = coverage(instrument=name)
    done = {row.id for row in found.implemented}
    values, places, faults = _values(instrument, at), _places(name, at), _slips(name)
    others = {ident: other for other in elsewhere(name) for ident in other.provisions}

    def dossier(row: Provision) -> Dossier:
        cases, rules = tuple(found.cases.get(row.id, {}).values()), tied.get(row.id, ())
        return Dossier(
            provision=row,
            standing=_standing(row, row.id in done, bool(rules or cases)),
            rules=rules,
            cases=cases,
            values=values.get(row.id, ()),
            places=places.get(row.id, ()),
            slips=faults.get(row.id, ()),
            clauses=tuple(clause for clause in clauses() if clause.provision == row.id),
            elsewhere=others.get(row.id),
        )

    return tuple(dossier(row) for row in found.rows)


def _standing(row: Provision, done: bool, begun: bool) -> str:
    if row.kind == PEOPLE:
        return PEOPLE
    if done:
        return IMPLEMENTED
    return BEGUN if begun else MISSING


def _values(instrument: Instrument, at: dt.date | None) -> Mapping[str, tuple[Stored, ...]]:
    """Sort the values by provision: those a row names, and those its source names."""
    found: dict[str, list[Stored]] = {}
    for (name, _), rows in instrument.entries.items():
        key = instrument.keys[name]
        for stored in (Stored(key, row) for row in rows) if at is None else _held(key, rows, at):
            named = (*stored.entry.provisions, *(row.id for row in cited(stored.dated.source)))
            for ident in dict.fromkeys(named):
                found.setdefault(ident, []).append(stored)
    return MappingProxyType({ident: tuple(rows) for ident, rows in found.items()})


def _held(key: Key, rows: tuple[Entry, ...], at: dt.date) -> Iterator[Stored]:
    """Give the rows that hold on a day: one for each qualifier, or all between which nobody can decide."""
    for qualifier in dict.fromkeys(row.qualifier for row in rows):
        family = [row for row in rows if row.qualifier == qualifier]
        outcome = outcome_of(family, at, qualifier=qualifier)
        if isinstance(outcome, NotInForce):
            continue
        if isinstance(outcome, Settled):
            yield from (Stored(key, row) for row in family if row.dated is outcome.best)
        else:
            yield from (Stored(key, row, True) for row in family if _may_hold(row.dated, outcome.candidates, at))


def _may_hold(dated: DatedValue, candidates: Iterable[DatedValue], at: dt.date) -> bool:
    """Tell whether a row is a candidate; one whose value no source gives counts as long as it has not ended."""
    if isinstance(dated.value, Missing):
        return (dated.start is None or dated.start <= at) and not dated.ended_by(at)
    return any(dated is candidate for candidate in candidates)


def _places(instrument: str, at: dt.date | None) -> Mapping[str, tuple[Place, ...]]:
    """Sort the designations of sites by the provision that their source names; only Open Skies has sites here."""
    found: dict[str, list[Place]] = {}
    for site in sites(at) if instrument == OPEN_SKIES else ():
        for designation in site.designations:
            for row in cited(designation.source):
                found.setdefault(row.id, []).append(Place(site, designation))
    return MappingProxyType({ident: tuple(rows) for ident, rows in found.items()})


def _slips(instrument: str) -> Mapping[str, tuple[Slip, ...]]:
    """Sort the slips by the provisions they touch."""
    found: dict[str, list[Slip]] = {}
    known = {row.id for row in provisions(instrument=instrument)}
    for slip in slips(instrument=instrument):
        for ident in _touched(slip, known):
            found.setdefault(ident, []).append(slip)
    return MappingProxyType({ident: tuple(rows) for ident, rows in found.items()})


def _touched(slip: Slip, known: Collection[str]) -> tuple[str, ...]:
    """Name the provisions a slip touches: by identifier, or by the place as sources name it."""
    named = [ident for ident in _IDENT.findall(slip.where) if ident in known]
    for place in slip.where.split(";"):
        words = place.strip()
        if "Annex" in words and not words.startswith("OS:"):
            named += [row.id for row in cited(f"OS {words.removeprefix('OS ')}")]
    if not named and slip.sites:
        named = [SITES_OF_TEXT]
    return tuple(dict.fromkeys(named))
