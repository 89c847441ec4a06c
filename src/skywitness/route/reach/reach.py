"""Which point of each Party's territory is worst placed for its airfields, and whether that is within the law.

Law and geometry meet here: the airfields and distances of a day (``reach.airfields``), the portions of a territory
with its waters (``geo.portions``, ``geo.waters``), the search for the worst placed point (``geo.farthest``), and the
rules of Annex E, paragraph 5 (``reach.rules``).
"""

from __future__ import annotations

import datetime as dt
import math
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.geo import parts, territory
from skywitness.geo.coast import coast_of
from skywitness.geo.farthest import WITHIN_KM, Farthest, Ground
from skywitness.geo.joined_land import joined_land
from skywitness.geo.portions import Portion, portions_of
from skywitness.geo.view import Assignment, BorderView
from skywitness.geo.waters import BREADTH_KM, MEASURED_KM, Region, places
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY
from skywitness.law.instrument import load
from skywitness.law.parties import parse_party, parties_on
from skywitness.law.sites import Site
from skywitness.route.reach.airfields import (
    REFUELLING,
    Field,
    Ranges,
    fields_of,
    lying_in,
    plain_ranges,
    separate_ranges,
    sites_of,
)
from skywitness.route.reach.model import Case, Row, Separation, Terms, Worst
from skywitness.route.reach.rules import judge
from skywitness.route.reach.whole import whole
from skywitness.route.rules.law_desk import LawDesk


@dataclass(frozen=True, slots=True)
class Reach:
    """The answer for one day and view: a row for each Party, portion and open distance that matters."""

    reading: Reading
    view: BorderView
    rows: tuple[Row, ...]

    def of(self, verdict: Verdict) -> tuple[Row, ...]:
        """Keep the rows of one verdict."""
        return tuple(row for row in self.rows if row.finding.verdict is verdict)

    def by_party(self) -> dict[str, tuple[Finding, ...]]:
        """Sum up for each Party: its separated portions, if there are any, and its whole territory."""
        parties = dict.fromkeys(row.case.party for row in self.rows)
        return {party: tuple(whole([row for row in self.rows if row.case.party == party])) for party in parties}

    def positions(self) -> tuple[Assignment, ...]:
        """Name the positions of the view by which disputed areas are land of a Party that is answered for, or not."""
        codes = {code for row in self.rows for code in row.case.party.split("-")}
        drawn_in = {code: part.of for code, part in parts.known().items()}
        return tuple(one for one in self.view.assignments if one.to in codes or drawn_in.get(one.area) in codes)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it."""
        return {
            "at": self.reading.at.isoformat(),
            "known": self.reading.known.isoformat() if self.reading.known else None,
            "view": self.view.name,
            "error_band_km": self.view.error_band_km,
            "waters_km": BREADTH_KM,
            "positions": [one.to_json() for one in self.positions()],
            "rows": [row.to_json(catalogue) for row in self.rows],
            "parties": [
                {"party": party, "findings": [finding.to_json(catalogue) for finding in findings]}
                for party, findings in self.by_party().items()
            ],
        }


def reach(
    view: BorderView, at: dt.date, party: str | None = None, known: dt.date | None = None, *, portion: str = ""
) -> Reach:
    """Find the worst placed point of every portion of every Party's territory, or of one Party's, on a day.

    ``party``: a State, by code or name; a member of Benelux stands for Benelux, which is one Party here (Article XIV);
    ``BLR-RUS`` for both members, each with the airfields of the group.  ``portion``: only portions of that name.

    :raises NotInForceError: when the Treaty is not in force on the day.
    :raises InputError: for a State that is no Party on the day.
    """
    law = LawDesk(load("open-skies"), at, known)
    if not law.in_force():
        raise NotInForceError(
            "not_in_force",
            say(
                "the Treaty on Open Skies is not in force on {day}: it entered into force on {start}; "
                "choose a day from then on",
                day=at.isoformat(),
                start=law.entry_into_force.on.isoformat(),
            ),
            "at",
        )
    reading = Reading(at=at, known=known, view=view.name)
    rows = [row for code in _holders(law, party) for row in _rows_of(law, view, reading, code, portion)]
    return Reach(reading, view, tuple(rows))


def _holders(law: LawDesk, party: str | None) -> tuple[str, ...]:
    """List whose territory is asked about, by code: Benelux is one, the members of a group are several."""
    if party is None:
        return tuple(sorted({_deemed(law, code) for code in parties_on(law.at, law.known)}))
    try:
        code = parse_party(party, law.at)
    except InputError as error:
        raise InputError(error.kind, error.message, "party", error.faults) from error
    group = law.group_of(code)
    if group is not None and group.code == code and group.kind == COMMON_QUOTA:
        return tuple(sorted(group.members))
    if not law.is_party(code):
        day = law.at.isoformat()
        raise InputError("not_a_party", say("{code} is not a Party on {day}", code=code, day=day), "party")
    return (_deemed(law, code),)


def _deemed(law: LawDesk, code: str) -> str:
    group = law.group_of(code)
    return group.code if group is not None and group.kind == DEEMED_PARTY else code


def _rows_of(law: LawDesk, view: BorderView, reading: Reading, party: str, only: str) -> Iterator[Row]:
    """Answer for one Party, or for one of its portions alone."""
    party_law = _PartyLaw(party, reading, _terms(law), fields_of(law, party), sites_of(law, party))
    for portion in portions_of(view, law.members(party)):
        if only and portion.name != only:
            continue
        yield from _merged([_row(case) for case in _cases(view, portion, party_law)])


@dataclass(frozen=True, slots=True)
class _PartyLaw:
    """What the law of the day says of one Party."""

    party: str
    reading: Reading
    terms: Terms
    fields: tuple[Field, ...]
    sites: tuple[Site, ...]


def _terms(law: LawDesk) -> Terms:
    """Ask the law for its share and its separation."""
    share, separated = law.planning("reach_share"), law.planning("separated_portion")
    return Terms(share.number / 100.0, separated.number, share.used, separated.used)


def _cases(view: BorderView, portion: Portion, law: _PartyLaw) -> Iterator[Case]:
    """Measure one portion under every set of distances that may hold."""
    region = Region.of(view, portion.pieces)
    there = lying_in(region, law.sites)
    base = Case(
        law.party,
        portion,
        law.reading,
        law.terms,
        _separation(view, portion),
        None,
        None,
        unmeasured=tuple(field.ident for field in law.fields if not field.is_known or not field.plain.exhaustive),
        refuelling=tuple(site.id for site in there if REFUELLING in site.roles),
        closed=tuple(field.ident for field in law.fields if field.closed_year is not None),
    )
    gauge = _Gauge(view, portion, region, law.terms.share)
    found = False
    for ranges in plain_ranges(law.fields):
        found = True
        case = replace(
            base,
            worst=gauge.worst(ranges),
            on_land=gauge.worst(ranges, 0.0),
            chosen=ranges.chosen,
            reaches=gauge.reaches(ranges),
        )
        other = separate_ranges(ranges, law.fields, portion, there)
        if other is not None:
            case = replace(
                case,
                separate=gauge.worst(other),
                separate_on_land=gauge.worst(other, 0.0),
                qualifier=other.separate,
                separate_reaches=gauge.reaches(other),
            )
        yield case
    if not found:
        yield base


def _row(case: Case) -> Row:
    """Judge a case, and choose the points that are shown for it: those that its verdict rests on."""
    finding = judge(case)
    in_reach = case.worst is not None and case.worst.verdict is Verdict.OK
    if case.separate is None or in_reach:
        return Row(case, finding, case.worst, case.on_land, _held_for((case,)))
    return Row(case, finding, case.separate, case.separate_on_land, _held_for((case,)))


def _merged(rows: Sequence[Row]) -> Iterator[Row]:
    """Join rows that differ in nothing but an assumption that does not matter."""
    groups: list[list[Row]] = []
    for row in rows:
        alike = next((group for group in groups if _are_alike(group[0], row)), None)
        if alike is None:
            groups.append([row])
        else:
            alike.append(row)
    everything = _held_for([row.case for row in rows])
    for group in groups:
        held = _held_for([row.case for row in group])
        yield replace(group[0], assumed={ident: kms for ident, kms in held.items() if kms != everything[ident]})


def _are_alike(one: Row, two: Row) -> bool:
    """Tell whether two rows say the same; points are found within some metres only."""
    if (one.finding.provision, one.finding.verdict) != (two.finding.provision, two.finding.verdict):
        return False
    if one.worst is None or two.worst is None:
        return one.worst is two.worst
    first, second = one.worst, two.worst
    same = (first.airfield.ident, first.maximum_km) == (second.airfield.ident, second.maximum_km)
    return same and abs(first.distance_km - second.distance_km) <= 2.0 * WITHIN_KM


def _held_for(cases: Iterable[Case]) -> Mapping[str, tuple[float, ...]]:
    """List the candidates that some cases take, by airfield."""
    found: dict[str, set[float]] = {}
    for case in cases:
        for ident, km in case.chosen.items():
            found.setdefault(ident, set()).add(km)
    return MappingProxyType({ident: tuple(sorted(kms)) for ident, kms in found.items()})


def _separation(view: BorderView, portion: Portion) -> Separation | None:
    """Say how far a portion is from the mainland; both coasts may be wrong by their band."""
    if portion.separation is None:
        return None
    areas = {coast_of(view).areas[piece] for piece in portion.pieces}
    return Separation(portion.separation.km, 2.0 * view.band_km(areas) + MEASURED_KM)


_GROUNDS: weakref.WeakKeyDictionary[BorderView, dict[object, Ground]] = weakref.WeakKeyDictionary()


class _Gauge:
    """Measures one portion."""

    def __init__(self, view: BorderView, portion: Portion, region: Region, share: float) -> None:
        self._view = view
        self._portion = portion
        self._region = region
        self._share = share

    def reaches(self, ranges: Ranges) -> tuple[tuple[Field, float], ...]:
        """Pair the airfields with their share in km."""
        return tuple((field, self._share * km) for field, km in zip(ranges.fields, ranges.kms, strict=True))

    def worst(self, ranges: Ranges, breadth_km: float = BREADTH_KM) -> Worst:
        """Find the worst placed point for one set of distances, of land and waters or of land alone."""
        limits = [km for _, km in self.reaches(ranges)]
        found = self._ground(ranges.fields).farthest(limits, breadth_km)
        band_km = self._band_km(found, breadth_km)
        kms, reach_km = np.array(found.kms), np.array(limits)
        at = found.base
        return Worst(
            lon=found.lon,
            lat=found.lat,
            at_sea=found.own_km > 0.0,
            airfield=ranges.fields[at],
            distance_km=found.distance_km,
            uncertainty_km=band_km,
            maximum_km=ranges.kms[at],
            limit_km=limits[at],
            ratio=found.ratio,
            least_ratio=float(((kms - band_km) / reach_km).min()),
            most_ratio=float(((kms + band_km) / reach_km).min()),
            nearest=ranges.fields[found.nearest],
            nearest_km=found.kms[found.nearest],
            used=ranges.used[at],
            beside=joined_land(self._view, self._portion, found.lon, found.lat),
        )

    def _ground(self, fields: Sequence[Field]) -> Ground:
        """Give the ground of the portion and these airfields, measured once for a view."""
        known = _GROUNDS.setdefault(self._view, {})
        key = self._portion.pieces, tuple(field.position for field in fields)
        if key not in known:
            known[key] = Ground(self._region, [field.position for field in fields])
        return known[key]

    def _band_km(self, found: Farthest, breadth_km: float) -> float:
        """Bound how far the point may truly lie from where it was found."""
        areas = {self._region.coast.areas[piece] for piece in self._portion.pieces}
        if math.isfinite(found.other_km):
            place = places(self._view, [found.lon], [found.lat])[0]  # on a border either side may be told to hold it
            beside = [state for state in (place.state, place.rival) if state is not None]
            areas |= set(territory.areas_of(self._view, beside))
        limit_km = self._region.with_breadth(breadth_km).limit_band_km(found.lon, found.lat, self._view.band_km(areas))
        return limit_km + MEASURED_KM + WITHIN_KM
