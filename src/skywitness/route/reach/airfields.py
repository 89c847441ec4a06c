"""From which airfields a Party's territory is to be within reach on a day, and how far a flight from each may go.

These are its designated Open Skies airfields, and those for which Annex A, Section III has a distance (Gando is listed
as a point of entry only).  Annex A also has distances for portions: *with* some islands from the same airfields, and
for the Faroe Islands and Greenland without naming an airfield; the latter are measured from the sites that lie there,
which are refuelling airfields.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from skywitness.core.finding import UsedValue
from skywitness.core.geodesy import Position
from skywitness.geo.portions import Portion
from skywitness.geo.waters import Region
from skywitness.law.sites import Site
from skywitness.route.rules.law_desk import Figure, LawDesk

AIRFIELD, REFUELLING = "open_skies_airfield", "refuelling_airfield"
_WITH = "with "


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """An airfield: where it lies, its maximum flight distance, and its distances for portions by their qualifier."""

    ident: str
    name: str
    position: Position
    plain: Figure
    separate: Mapping[str, Figure]
    closed_year: int | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether any distance is known for it."""
        return bool(self.plain.candidates)


@dataclass(frozen=True, slots=True)
class Ranges:
    """One set of distances that may hold: km for each of some airfields, with the entries of the law behind each.

    ``chosen`` maps the airfields whose distance is open to the candidate taken here.
    """

    fields: tuple[Field, ...]
    kms: tuple[float, ...]
    used: tuple[tuple[UsedValue, ...], ...]
    chosen: Mapping[str, float]
    separate: str = ""


def fields_of(law: LawDesk, code: str) -> tuple[Field, ...]:
    """List the airfields of a Party, or of the group that it belongs to, with a usable position."""
    holder = law.acts_as(code)
    designated = {site.id: site for site in law.sites_of(holder, AIRFIELD)}
    named = {site.id: site for role in ("point_of_entry", REFUELLING) for site in law.sites_of(holder, role)}
    found = []
    for ident, site in {**named, **designated}.items():
        figures = law.maximum_distances(ident)
        if site.lon is None or (ident not in designated and not figures[""].in_force):
            continue
        separate = MappingProxyType({name: figure for name, figure in figures.items() if name})
        closed = site.closed_year if site.closed_year is not None and site.closed_year <= law.at.year else None
        found.append(Field(ident, site.name, site.position, figures[""], separate, closed))
    return tuple(sorted(found, key=lambda field: field.ident))


def plain_ranges(fields: Sequence[Field]) -> Iterator[Ranges]:
    """Give every set of plain distances that may hold; nothing when no distance is known."""
    known = tuple(field for field in fields if field.is_known)
    if known:
        for kms in itertools.product(*(sorted(set(field.plain.candidates)) for field in known)):
            yield Ranges(known, kms, tuple(field.plain.used for field in known), _chosen(known, kms))


def separate_ranges(ranges: Ranges, fields: Sequence[Field], portion: Portion, there: Sequence[Site]) -> Ranges | None:
    """Give the distances to reach a portion by, where Annex A has separate ones for it; ``None`` where it has none.

    *With* a portion the longer distance counts from the airfields themselves; a distance for a portion alone counts
    from the sites ``there``.
    """
    lengthened = {field.ident: figure for field in fields if (figure := _for_portion(field, portion, joined=True))}
    alone = next((figure for field in fields if (figure := _for_portion(field, portion, joined=False))), None)
    here = there if alone is not None else ()
    if not lengthened and not here:
        return None
    kms = [max(km, min(lengthened[field.ident].candidates)) if field.ident in lengthened else km
           for field, km in zip(ranges.fields, ranges.kms, strict=True)]  # fmt: skip
    used = [(*own, *lengthened[field.ident].used) if field.ident in lengthened else own
            for field, own in zip(ranges.fields, ranges.used, strict=True)]  # fmt: skip
    extra = [field for field in fields if field.ident in lengthened and field not in ranges.fields]
    every = (*ranges.fields, *extra)
    kms += [min(lengthened[field.ident].candidates) for field in extra]
    used += [lengthened[field.ident].used for field in extra]
    if alone is not None:
        every = (*every, *(_on_portion(site, alone) for site in here))
        kms += [min(alone.candidates)] * len(here)
        used += [alone.used] * len(here)
    qualifier = next((name for field in fields for name in field.separate if names(name, portion)), "")
    return Ranges(every, tuple(kms), tuple(used), ranges.chosen, qualifier)


def sites_of(law: LawDesk, code: str) -> tuple[Site, ...]:
    """List the sites of a Party, or of its group, where aircraft can land, with a usable position."""
    roles = (AIRFIELD, REFUELLING, "point_of_entry", "point_of_exit")
    found = {site.id: site for role in roles for site in law.sites_of(law.acts_as(code), role) if site.lon is not None}
    return tuple(found.values())


def lying_in(region: Region, sites: Sequence[Site]) -> tuple[Site, ...]:
    """Keep the sites that lie in a region."""
    if not sites:
        return ()
    lons, lats = zip(*(site.position for site in sites), strict=True)
    return tuple(site for site, inside in zip(sites, region.holds(lons, lats), strict=True) if inside)


def names(qualifier: str, portion: Portion) -> bool:
    """Tell whether the qualifier of a distance names a portion: ``with Crete, Karpathos, ...`` names Crete.

    >>> from skywitness.geo.portions import Portion
    >>> names("with Shetland Islands", Portion("Shetland Islands", True, (), 0.0, 0.0, None, (), True))
    True
    """
    if not portion.in_annex_a:
        return False
    wanted = _plain(portion.name)
    return any(_plain(word) == wanted for word in qualifier.removeprefix(_WITH).split(","))


def _for_portion(field: Field, portion: Portion, *, joined: bool) -> Figure | None:
    """Find the distance of an airfield for a portion: one *with* it, or one for it alone."""
    found = (figure for name, figure in field.separate.items()
             if name.startswith(_WITH) == joined and names(name, portion) and figure.candidates)  # fmt: skip
    return next(found, None)


def _on_portion(site: Site, figure: Figure) -> Field:
    return Field(site.id, site.name, site.position, figure, MappingProxyType({}))


def _chosen(fields: Sequence[Field], kms: Sequence[float]) -> Mapping[str, float]:
    open_ones = {field.ident: km for field, km in zip(fields, kms, strict=True) if len(set(field.plain.candidates)) > 1}
    return MappingProxyType(open_ones)


def _plain(words: str) -> str:
    """Bring a name to letters without marks, and leave out the word Islands."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(word for word in bare.split() if word not in ("island", "islands"))
