"""Whether every point of a Party's territory is within reach of its airfields (Annex E, paragraph 5).

On the mainland no point may lie beyond 35 per cent of some airfield's maximum flight distance (A).  For a portion
separated from it a Party has three ways (B).  It keeps the same (1).  Or, where the portion is separated by more than
600 km, or the observing Party agrees, or Annex A says so, it provides special procedures, such as refuelling (2).  Or,
where it is separated by less, Annex A has a distance of its own for it, for which no share is set (3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say, verbatim
from skywitness.law.provisions import provision, title
from skywitness.route.reach.model import OWN_DISTANCE, SPECIAL, Apart, Case, Worst

MAINLAND, SEPARATED = "OS:E.5(A)", "OS:E.5(B)"
SAME = "OS:E.5(B)(1)"


def judge(case: Case) -> Finding:
    """Judge one portion by the subparagraph that applies to it."""
    if case.portion.is_mainland:
        return mainland_in_reach(case)
    if case.worst is not None and case.worst.verdict is Verdict.OK:
        return same_as_mainland(case)
    if case.apart is Apart.MORE:
        return special_procedures(case)
    if case.separate is not None:
        return distance_of_its_own(case)
    return none_of_three_ways(case) if case.apart is Apart.LESS else special_procedures(case)


@provision(MAINLAND)
def mainland_in_reach(case: Case) -> Finding:
    """Judge the worst placed point of the mainland."""
    return _in_reach(case, MAINLAND)


@provision(SAME)
def same_as_mainland(case: Case) -> Finding:
    """Say of a separated portion that it is in reach like the mainland."""
    what = say("keep {portion} within the same share as the mainland", portion=case.portion.words)
    return replace(_in_reach(case, SAME), effect=Effect(case.party, "may", what))


@provision(SPECIAL)
def special_procedures(case: Case) -> Finding:
    """Judge a portion out of reach that is separated by more than 600 km, or perhaps by more.

    That special procedures are provided shows in a refuelling airfield on the portion, or in a distance that Annex A
    has for it; what else a Party provides is not public.
    """
    shown = case.separate or case.worst
    far = case.apart is Apart.MORE
    provided = bool(case.refuelling) or case.separate is not None
    verdict = Verdict.OK if far and provided else Verdict.CANNOT_TELL
    why = say("{measured} {apart} {means}", measured=_measured(case, shown), apart=_apart(case), means=_means(case))
    found = _finding(case, SPECIAL, verdict, why, shown, () if verdict is Verdict.OK else _needs_procedures(case))
    if not far:
        return found
    what = say("provide special procedures for observing {portion}", portion=case.portion.words)
    return replace(found, effect=Effect(case.party, "must", what))


@provision(OWN_DISTANCE)
def distance_of_its_own(case: Case) -> Finding:
    """Judge a portion out of reach, separated by less than 600 km, for which Annex A has a distance of its own."""
    shown = case.separate
    near = case.apart is Apart.LESS
    why = say(
        "{measured} {apart} Annex A has a distance of its own for it ({qualifier}), and the paragraph sets no share of "
        "such a distance.",
        measured=_measured(case, shown),
        apart=_apart(case),
        qualifier=verbatim(case.qualifier),
    )
    verdict = Verdict.OK if near else Verdict.CANNOT_TELL
    found = _finding(case, OWN_DISTANCE, verdict, why, shown, () if near else (_NEED_SEPARATION,))
    what = say("have a maximum flight distance of its own in Annex A for {portion}", portion=case.portion.words)
    return replace(found, effect=Effect(case.party, "may", what)) if near else found


@provision(SEPARATED)
def none_of_three_ways(case: Case) -> Finding:
    """Judge a portion out of reach, too near for special procedures, and without a distance of its own."""
    found = _in_reach(case, SEPARATED)
    if case.worst is None:
        return found
    why = say(
        "{why} {apart} Annex A has no distance of its own for it; only special procedures agreed with the observing "
        "Party could take the place of the share.",
        why=found.why,
        apart=_apart(case),
    )
    return replace(found, why=why)


_NEED_SEPARATION = say("the separation from the mainland, better than now")


def _in_reach(case: Case, code: str) -> Finding:
    """Judge the worst placed point against 35 per cent."""
    worst = case.worst
    if worst is None:
        return _finding(case, code, Verdict.CANNOT_TELL, _no_airfield(case), None, _needs_airfields(case))
    verdict = worst.verdict
    needs: tuple[Text, ...] = ()
    if verdict is Verdict.CANNOT_TELL:
        needs = (say("borders and coasts, better than within {band:.1f} km", band=worst.uncertainty_km),)
    if verdict is not Verdict.OK and case.unmeasured:
        verdict, needs = Verdict.CANNOT_TELL, _needs_airfields(case)
    return _finding(case, code, verdict, _measured(case, worst), worst, needs)


def _measured(case: Case, worst: Worst | None) -> Text:
    """Say where the worst placed point lies and how far that is."""
    if worst is None:
        return _no_airfield(case)
    place = say("in its waters") if worst.at_sea else say("on land")
    first = say(
        "{party}, {portion}: the worst placed point lies {place}, {distance:.1f} km (±{band:.1f} km) from {airfield}; "
        "{share:.0f} % of the {maximum:,.0f} km from there are {limit:.1f} km.",
        portion=case.portion.words,
        party=case.party,
        place=place,
        distance=worst.distance_km,
        band=worst.uncertainty_km,
        airfield=worst.airfield.ident,
        share=100.0 * case.terms.share,
        maximum=worst.maximum_km,
        limit=worst.limit_km,
    )
    more = [_joined(case, worst), _on_land(case, worst), _nearer(worst), _without(case, worst), _closed(case, worst)]
    return say("{first}{more}", first=first, more=sentences(more))


def sentences(texts: Iterable[Text | None]) -> Text:
    """Put sentences one after the other, each after a blank."""
    found = say("")
    for text in texts:
        if text is not None:
            found = say("{before} {text}", before=found, text=text)
    return found


def _joined(case: Case, worst: Worst) -> Text | None:
    """Say to which land the point belongs, where that is mainland only through waters."""
    land = worst.beside
    if land is None:
        return None
    if land.km <= 0.0:
        return say(
            "That is on {land}, which waters of {party} join to the mainland.", land=land.words, party=case.party
        )
    return say(
        "The land of the mainland nearest to it is {land}, {km:.1f} km away, which waters of {party} join to the rest.",
        land=land.words,
        km=land.km,
        party=case.party,
    )


def _on_land(case: Case, worst: Worst) -> Text | None:
    """Say how land alone fares, where the worst point lies in waters."""
    land = case.separate_on_land if worst is case.separate else case.on_land
    if land is None or not worst.at_sea:
        return None
    return say(
        "The waters are taken as 12 nautical miles broad, up to the median line; on land alone the worst placed point "
        "is {distance:.1f} km from {airfield}, for {limit:.1f} km.",
        distance=land.distance_km,
        airfield=land.airfield.ident,
        limit=land.limit_km,
    )


def _nearer(worst: Worst) -> Text | None:
    if worst.nearest.ident == worst.airfield.ident:
        return None
    return say(
        "{nearest} is nearer, {distance:.1f} km, but a flight from there may go less far.",
        nearest=worst.nearest.ident,
        distance=worst.nearest_km,
    )


def _without(case: Case, worst: Worst) -> Text | None:
    if not case.unmeasured or worst.verdict is Verdict.OK:
        return None
    return say(
        "{airfields} also served, from which no source gives a distance, so that the point may be in reach after all.",
        airfields=", ".join(case.unmeasured),
    )


def _closed(case: Case, worst: Worst) -> Text | None:
    if worst.airfield.ident not in case.closed:
        return None
    return say(
        "{ident} is still listed, but no runway has been in use there since {year}.",
        ident=worst.airfield.ident,
        year=str(worst.airfield.closed_year),
    )


def _no_airfield(case: Case) -> Text:
    if case.unmeasured:
        return say(
            "No source gives a distance for any Open Skies airfield of {party} on that day ({airfields}).",
            party=case.party,
            airfields=", ".join(case.unmeasured),
        )
    return say("No Open Skies airfield of {party} is known on that day.", party=case.party)


def _needs_airfields(case: Case) -> tuple[Text, ...]:
    if case.unmeasured:
        airfields = ", ".join(case.unmeasured)
        return (say("the maximum flight distance from {airfields} in force on that day", airfields=airfields),)
    return (say("the Open Skies airfields that {party} has notified, and their distances", party=case.party),)


def _needs_procedures(case: Case) -> tuple[Text, ...]:
    special = say(
        "the special procedures that {party} provides for {portion}, if any",
        party=case.party,
        portion=case.portion.words,
    )
    return (special,) if case.apart is Apart.MORE else (_NEED_SEPARATION, special)


def _apart(case: Case) -> Text:
    """Say how far the portion is separated."""
    if case.separation is None:
        return say("How far it is from the mainland is not known.")
    limit = case.terms.separated_km
    compared = {
        Apart.LESS: say("less than {limit:g} km", limit=limit),
        Apart.MORE: say("more than {limit:g} km", limit=limit),
        Apart.CANNOT_TELL: say("which may be more or less than {limit:g} km", limit=limit),
    }[case.apart]
    return say(
        "It is separated from the mainland by {km:.1f} km (±{band:.1f} km), {compared}.",
        km=case.separation.km,
        band=case.separation.uncertainty_km,
        compared=compared,
    )


def _means(case: Case) -> Text:
    """Say what special procedures are known."""
    if case.separate is not None and case.refuelling:
        return say(
            "Annex A has a distance of its own for it ({qualifier}), and {airfields} serves for refuelling there.",
            qualifier=verbatim(case.qualifier),
            airfields=", ".join(case.refuelling),
        )
    if case.separate is not None:
        return say("Annex A has a distance of its own for it ({qualifier}).", qualifier=verbatim(case.qualifier))
    if case.refuelling:
        return say("{airfields} serves for refuelling there.", airfields=", ".join(case.refuelling))
    return say("Which special procedures are provided no source says.")


def _finding(
    case: Case, code: str, verdict: Verdict, why: Text, shown: Worst | None, needs: tuple[Text, ...]
) -> Finding:
    """Write the finding."""
    fields: dict[str, Any] = {}
    values: tuple[UsedValue, ...] = ()
    if shown is not None:
        fields = {
            "measured": shown.distance_km,
            "uncertainty": shown.uncertainty_km,
            "limit": shown.limit_km,
            "margin": shown.limit_km - shown.distance_km,
            "unit": "km",
            "where": Where(lon=shown.lon, lat=shown.lat, name=case.portion.name),
        }
        values = (*case.terms.share_used, *shown.used)
        if code not in (MAINLAND, SAME):
            values = (*values, *case.terms.separated_used)
    return Finding(
        code, title(code), verdict, why, case.reading, bearer=case.party, values=values, needs=needs, **fields
    )
