"""What the law has for one portion of a territory: a distance of its own, a right to one, ten kilometres beside it.

Three questions that a claim on a portion raises (Annex A, Section III; Annex E, paragraph 5(B)(3); Article VI, Section
II, paragraph 2), each answered by the law of the day, the airfields and the border view.  ``verdict`` is that of the
sentence in the function's name: kept where it is so, broken where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say, verbatim
from skywitness.geo.coast import coast_of, distances_km
from skywitness.geo.gaps import gap_between
from skywitness.geo.view import BorderView
from skywitness.law.claims import Claim
from skywitness.law.drafting import draft
from skywitness.law.provisions import title
from skywitness.route.claims.plot import Plot
from skywitness.route.reach.airfields import Field, fields_of, names
from skywitness.route.reach.model import Apart, Case
from skywitness.route.rules.claims import cite, full_name
from skywitness.route.rules.law_desk import LawDesk

__all__ = ["BY_CHOICE", "IN_REACH", "Asked", "no_party_beside", "own_distance", "own_distance_open"]

TABLE: Final = "OS:A.III"
OPEN: Final = "OS:E.5(B)(3)"
BORDER: Final = "OS:VI.II.2"

IN_REACH, BY_CHOICE = "covered_when_in_reach", "covered_by_choice"
"""E.5(B)(3), a portion that (A) does not cover: one out of reach of the airfields, or any for which the Party has not
chosen the way of (A)."""

_BOX_DEG: Final = 0.6
"""Farther than this from a portion no State is looked for: over 30 km up to 60 degrees."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim on a portion under a reading, with the law of the day and the borders."""

    claim: Claim
    law: LawDesk
    view: BorderView
    reading: Reading
    plot: Plot

    @property
    def party(self) -> str:
        """Whose territory it is."""
        return self.claim.areas[0].state

    @property
    def name(self) -> Text:
        """The name of the portion."""
        return self.plot.portion.words

    @property
    def accepted(self) -> bool:
        """Tell whether the reading accepts the claim, and it was held on the day."""
        taken = {full_name(one) for one in self.reading.accepted_claims}
        return self.claim.id in taken and self.claim.holds(self.reading.at, self.reading.known)


def own_distance(asked: Asked) -> Finding:
    """Tell whether a distance of its own stands for the portion beside the maximum flight distance."""
    law, claim = asked.law, asked.claim
    if asked.accepted and claim.km is not None:
        why = say(
            "By the claim {claim} {limit:g} km are allowed over {portion}. No decision says so.",
            claim=claim.id,
            limit=claim.km,
            portion=asked.name,
        )
        cited = (cite(claim, claim.km, "km"),)
        return draft(asked, TABLE, Verdict.OK, why, bearer=asked.party, limit=claim.km, unit="km", values=cited)
    fields = fields_of(law, asked.party)
    own = [figure for field in fields for name, figure in field.separate.items() if names(name, asked.plot.portion)]
    if own:
        why = say("Annex A, Section III has a distance of its own for {portion}.", portion=asked.name)
        return draft(asked, TABLE, Verdict.OK, why, bearer=asked.party, values=own[0].used, unit="km")
    plain = [field for field in fields if field.is_known]
    figures = ", ".join(f"{field.ident} {_numbers(field)} km" for field in plain)
    why = say(
        "In the table of Annex A, Section III, with the decisions that are public, {portion} has no distance of its "
        "own. {others} From airfields of {party} it has {figures}, whatever is flown over.",
        portion=asked.name,
        others=_others(law),
        party=law.acts_as(asked.party),
        figures=figures or "-",
    )
    needs = (say("decisions of the Commission on {portion} that are not public", portion=asked.name),)
    values = tuple(value for field in plain for value in field.plain.used)
    return draft(asked, TABLE, Verdict.BREACH, why, bearer=asked.party, values=values, needs=needs)


def _numbers(field: Field) -> str:
    """Write a distance, or all that may hold."""
    return " / ".join(f"{km:g}" for km in sorted(set(field.plain.candidates)))


def _others(law: LawDesk) -> Text:
    """Name the portions of other territories that have a distance of their own on the day."""
    airfields = law.instrument.subjects("maximum_flight_distance")
    held = {name for ident in airfields for name in law.maximum_distances(ident) if name}
    if not held:
        return say("No portion of any territory has one.")
    return say("Portions of other territories have one: {names}.", names=verbatim("; ".join(sorted(held))))


def own_distance_open(asked: Asked, case: Case) -> Finding:
    """Tell whether Annex E lets a distance of its own be specified for the portion, and Annex A has it.

    Three things are asked: separated by less than 600 km; not covered by (A), in one of two ways to read that; and the
    distance specified in Annex A.
    """
    way = asked.reading.interpretation("E.5(B)(3)", IN_REACH)
    verdicts = [_near_enough(case), _uncovered(case, way), _specified(case)]
    worst = Verdict.BREACH if Verdict.BREACH in verdicts else Verdict.OK
    if worst is Verdict.OK and Verdict.CANNOT_TELL in verdicts:
        worst = Verdict.CANNOT_TELL
    why = say(
        "{apart} {covered} {specified}",
        apart=_apart_words(asked, case),
        covered=_covered_words(case, way),
        specified=_specified_words(case),
    )
    shown = case.worst
    measured: dict[str, Any] = (
        {} if shown is None else {"measured": shown.distance_km, "uncertainty": shown.uncertainty_km}
    )
    values = (*case.terms.separated_used, *case.terms.share_used, *(shown.used if shown else ()))
    return Finding(
        OPEN,
        title(OPEN),
        worst,
        why,
        asked.reading,
        bearer=asked.party,
        limit=None if shown is None else shown.limit_km,
        unit=None if shown is None else "km",
        values=values,
        needs=(say("what the Parties understand by a portion that subparagraph (A) does not cover"),),
        **measured,
    )


def _near_enough(case: Case) -> Verdict:
    return {Apart.LESS: Verdict.OK, Apart.MORE: Verdict.BREACH, Apart.CANNOT_TELL: Verdict.CANNOT_TELL}[case.apart]


def _uncovered(case: Case, way: str) -> Verdict:
    if way == BY_CHOICE:
        return Verdict.OK
    if case.worst is None:
        return Verdict.CANNOT_TELL
    in_reach = {Verdict.OK: Verdict.BREACH, Verdict.BREACH: Verdict.OK}
    return in_reach.get(case.worst.verdict, Verdict.CANNOT_TELL)


def _specified(case: Case) -> Verdict:
    return Verdict.OK if case.separate is not None else Verdict.BREACH


def _apart_words(asked: Asked, case: Case) -> Text:
    apart, limit = case.separation, case.terms.separated_km
    if apart is None:
        return say("{portion} is not separated from the mainland.", portion=asked.name)
    return say(
        "{portion} is separated from the mainland by {km:.1f} km (±{band:.1f} km), of which less than {limit:g} km are "
        "asked.",
        portion=asked.name,
        km=apart.km,
        band=apart.uncertainty_km,
        limit=limit,
    )


def _covered_words(case: Case, way: str) -> Text:
    worst = case.worst
    if worst is None:
        return say("How far it is from the airfields is not known.")
    words = {
        "distance": worst.distance_km,
        "airfield": worst.airfield.ident,
        "limit": worst.limit_km,
        "maximum": worst.maximum_km,
    }
    if way == BY_CHOICE:
        return say(
            "Its worst placed point is {distance:,.0f} km from {airfield}, for {limit:,.0f} km (of {maximum:,.0f} km); "
            "by this reading that decides nothing, as the Party chooses the way.",
            **words,
        )
    if worst.verdict is Verdict.OK:
        return say(
            "Its worst placed point is {distance:,.0f} km from {airfield}, for {limit:,.0f} km (of {maximum:,.0f} km), "
            "so that by this reading subparagraph (A) covers it.",
            **words,
        )
    return say(
        "Its worst placed point is {distance:,.0f} km from {airfield}, for {limit:,.0f} km (of {maximum:,.0f} km), so "
        "that by this reading subparagraph (A) does not cover it.",
        **words,
    )


def _specified_words(case: Case) -> Text:
    if case.separate is not None:
        return say("Annex A has a distance of its own for it ({qualifier}).", qualifier=verbatim(case.qualifier))
    return say("Annex A, as far as it is public, has no distance of its own for it.")


def no_party_beside(asked: Asked) -> Iterator[Finding]:
    """Tell of each State beside the portion whether it is a Party, so that the ten kilometres are not kept from it."""
    figure = asked.law.planning("border_distance")
    found = False
    for state, km, share in _neighbours(asked, figure.number):
        found = True
        words = {
            "state": state,
            "portion": asked.name,
            "day": asked.reading.at,
            "limit": figure.number,
            "share": 100.0 * share,
            "km": km,
        }
        values = (*figure.used, *asked.law.cite_standing(state))
        if asked.law.is_party(state):
            why = say(
                "{state} lies {km:.1f} km from {portion} and is a Party on {day}, so that the {limit:g} km are not "
                "kept from its border; {share:.1f} % of the land of {portion} lie within {limit:g} km of its land.",
                **words,
            )
        else:
            why = say(
                "{state} lies {km:.1f} km from {portion} and is no Party on {day}, so that a path keeps "
                "{limit:g} km from its border; {share:.1f} % of the land of {portion} lie nearer to its land.",
                **words,
            )
        verdict = Verdict.OK if asked.law.is_party(state) else Verdict.BREACH
        yield draft(
            asked,
            BORDER,
            verdict,
            why,
            measured=km,
            limit=figure.number,
            unit="km",
            values=values,
            where=Where(name=state),
        )
    if not found:
        why = say("No other State lies within {limit:g} km of {portion}.", limit=figure.number, portion=asked.name)
        yield draft(asked, BORDER, Verdict.OK, why, limit=figure.number, unit="km", values=figure.used)


def _neighbours(asked: Asked, within_km: float) -> Iterator[tuple[str, float, float]]:
    """List the States so near: how far their land is, and what share of the portion's land is as near to it."""
    coast, plot = coast_of(asked.view), asked.plot
    west, south, east, north = plot.land.bounds
    near = coast.tree.query(
        shapely.box(west - 2.0 * _BOX_DEG, south - _BOX_DEG, east + 2.0 * _BOX_DEG, north + _BOX_DEG)
    )
    own = set(asked.law.members(asked.law.acts_as(asked.party)))
    for state in sorted({str(coast.states[piece]) for piece in near} - own):
        pieces = np.array([piece for piece in near if coast.states[piece] == state])
        gap = gap_between(coast, np.array(plot.portion.pieces), pieces, within_km)
        if gap is None or gap.km > within_km:
            continue
        theirs = np.zeros(len(coast.areas), np.bool_)
        theirs[pieces] = True
        kms, _ = distances_km(coast, theirs, plot.spots.lons_deg, plot.spots.lats_deg)
        yield state, gap.km, float((kms <= within_km).mean())
