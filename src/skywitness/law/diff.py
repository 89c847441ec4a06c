"""What changed in the law between two days: every Party, group, quota, distance, airfield, sensor, rule and decision.

Nothing that is open on either day is passed over as equal: it is told as *cannot tell*, with what may have held.  What
came and went between the two days is told as well.  Where the data themselves have a hole, a gap says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from skywitness.core.dated import NotInForce
from skywitness.core.errors import InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.act_words import act_days, act_title
from skywitness.law.acts import Acts, practice
from skywitness.law.aftermath import Flight
from skywitness.law.change import SECTIONS, Change, Gap
from skywitness.law.claims import Claim, claims
from skywitness.law.diff_parts import (
    Span,
    airfield_changes,
    decision_changes,
    group_changes,
    party_changes,
    treaty_changes,
    value_changes,
)
from skywitness.law.instrument import Instrument, load
from skywitness.law.quota import active_quotas
from skywitness.law.side import Held, Side, What, sides_between, what_happened
from skywitness.law.sites import sites

__all__ = ["LawDiff", "law_diff"]

OPEN_SKIES: Final = "open-skies"
"""The one instrument whose sites, decisions and practice are stored."""

_AIRFIELD: Final = "open_skies_airfield"


@dataclass(frozen=True, slots=True)
class LawDiff:
    """What changed from the day ``first`` to the day ``last``, as far as was known on the day ``known``."""

    instrument: str
    title: str
    first: dt.date
    last: dt.date
    known: dt.date | None
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]

    def of(self, section: str) -> tuple[Change, ...]:
        """Return the changes of one section."""
        return tuple(change for change in self.changes if change.section == section)

    def count(self, what: What) -> int:
        """Count the changes of one kind."""
        return sum(change.what is what for change in self.changes)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as scripts get it; keys never change with the language."""
        return {
            "instrument": self.instrument,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "counts": {what.value: self.count(what) for what in What},
            "changes": [change.to_json(catalogue) for change in self.changes],
            "gaps": [gap.to_json(catalogue) for gap in self.gaps],
        }


def law_diff(
    instrument: Instrument | str,
    first: dt.date,
    last: dt.date,
    known: dt.date | None = None,
    acts: Acts | None = None,
    sections: tuple[str, ...] = (),
) -> LawDiff:
    """Compare the law of two days; ``acts`` are facts beside those of stored practice, ``sections`` all by default.

    :raises InputError: for an unknown instrument or section, or when the first day is not before the last.
    """
    source = load(instrument) if isinstance(instrument, str) else instrument
    if first >= last:
        message = say("{first} is not before {last}; the earlier day comes first.", first=first, last=last)
        raise InputError("usage", message, "first")
    for section in sections:
        if section not in SECTIONS:
            message = say(
                "There is no section {section}; sections are {known}.", section=repr(section), known=", ".join(SECTIONS)
            )
            raise InputError("usage", message, "sections")
    span = Span(source, first, last, known)
    wanted = frozenset(sections or SECTIONS)
    order = list(SECTIONS)
    return LawDiff(
        instrument=source.name,
        title=source.heading.title,
        first=first,
        last=last,
        known=known,
        changes=tuple(sorted(_changes(span, acts or Acts(), wanted), key=lambda change: order.index(change.section))),
        gaps=tuple(gap for gap in _gaps(span) if gap.section in wanted),
    )


def _changes(span: Span, told: Acts, wanted: frozenset[str]) -> Iterator[Change]:
    for section, changes in _GENERAL.items():
        if section in wanted:
            yield from changes(span)
    yield from value_changes(span, wanted)
    if span.instrument.name != OPEN_SKIES:
        return
    for section, changes in _OF_OPEN_SKIES.items():
        if section in wanted:
            yield from changes(span)
    acts = practice().with_(told)
    if "facts" in wanted:
        yield from _act_changes(span, acts)
    if "claims" in wanted:
        yield from _claim_changes(span, {act.told.id for act in acts.all()})


_Part = Callable[[Span], Iterator[Change]]
_GENERAL: Final[dict[str, _Part]] = {"treaty": treaty_changes, "parties": party_changes, "groups": group_changes}
_OF_OPEN_SKIES: Final[dict[str, _Part]] = {"airfields": airfield_changes, "decisions": decision_changes}


def _act_changes(span: Span, told: Acts) -> Iterator[Change]:
    """Tell what Parties began or ceased to do; a claim names whose it is, and none of it is law."""
    for act in told.all():
        if isinstance(act, Flight) or not act.told.known_by(span.known):
            continue
        start, end = act_days(act, span.day(span.last))
        if start is None:
            continue
        edges = [day for day in (start, end) if day]
        if not span.touches(edges):
            continue
        ask = partial(_told_on, start, end, act.told.source, act.told.status, act.told.note)
        sides = sides_between(ask, edges, span.first, span.last)
        what = what_happened(sides)
        if what:
            yield Change("facts", act.told.id, act_title(act), what, sides, claim_of=act.told.claim_of)


def _claim_changes(span: Span, told: set[str]) -> Iterator[Change]:
    """Tell which dated claims were raised or dropped; those told among the facts already are left out."""
    for claim in claims().values():
        if claim.id in told or not claim.spans:
            continue
        edges = [day for one in claim.spans for day in (one.start, one.end) if day]
        if not span.touches(edges):
            continue
        sides = sides_between(partial(_claimed, claim, span.known), edges, span.first, span.last)
        what = what_happened(sides)
        if what:
            holders = ", ".join(claim.holders)
            yield Change("claims", claim.id, claim.title, what, sides, claim_of=holders)


def _claimed(claim: Claim, known: dt.date | None, on: dt.date) -> Side:
    if not claim.holds(on, known):
        return Side(on, Held.NOTHING, source=claim.source, status=claim.status, note=claim.note)
    return Side(
        on, Held.SETTLED, "claimed", source=claim.source, status=claim.status, start=claim.start, note=claim.note
    )


def _told_on(start: dt.date, end: dt.date | None, source: str, status: str, note: str, on: dt.date) -> Side:
    if on < start or (end is not None and on >= end):
        return Side(on, Held.NOTHING, source=source, status=status, note=note)
    return Side(on, Held.SETTLED, "holds", source=source, status=status, start=start, note=note)


def _gaps(span: Span) -> Iterator[Gap]:
    """Tell what no data here can tell of the two days."""
    if span.instrument.name != OPEN_SKIES:
        return
    days = [on for on in (span.first, span.last) if span.instrument.in_force(on, span.known)]
    without = [on for on in days if not active_quotas(on, span.known, instrument=span.instrument)]
    if without:
        yield Gap("active_quotas", _no_distribution(without))
    for on in days:
        codes = _without_distance(span, on)
        if codes:
            why = say(
                "For these Parties no maximum flight distance is known on {day}: {codes}.",
                day=on,
                codes=", ".join(codes),
            )
            yield Gap("distances", why)
    yield Gap(
        "airfields",
        say("Changes to the lists of airfields are notified and not published; later ones were seen in use."),
    )
    undated = sum(not claim.spans for claim in claims().values())
    if undated:
        yield Gap("claims", say("Of {count} claims no source gives a day.", count=undated))
    yield Gap(
        "decisions", say("Decisions are confidential unless published (L.I.8); those told here are the public ones.")
    )


def _no_distribution(days: list[dt.date]) -> Text:
    return say(
        "Distributions after the first are confidential: who might fly how often over whom on {days} cannot be told.",
        days=", ".join(day.isoformat() for day in days),
    )


def _without_distance(span: Span, on: dt.date) -> list[str]:
    """Name the Parties of which no airfield, nor any of their group's, has a distance on a day."""
    rows = [(place, span.instrument.of("maximum_flight_distance", place.id)) for place in sites(on, role=_AIRFIELD)]
    holders = {
        code
        for place, told in rows
        if any(not isinstance(told.outcome(on, span.known, name), NotInForce) for name in told.qualifiers)
        for code in (place.party, place.listed_under)
    }
    day = span.day(on)
    groups = {code: day.group_of(code) for code in sorted(day.parties())}
    return [code for code, group in groups.items() if holders.isdisjoint((code, group.code) if group else (code,))]
