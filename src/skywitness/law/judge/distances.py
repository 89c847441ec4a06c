"""Maximum flight distances from Open Skies airfields (Article III, Section I, paragraph 11; Annex A, Section III)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.dated import NotInForce, Outcome, Settled
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.distance import maximum_flight_distance
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.provisions import provision
from skywitness.law.sites import Site, sites
from skywitness.law.slips import Slip, slips
from skywitness.law.value import used

_KEY: Final = "maximum_flight_distance"
_ROLE: Final = "open_skies_airfield"


@provision("OS:III.I.11")
def every_party_has_distances(bench: Bench) -> Iterator[Finding]:
    """Judge for each Party how many of its Open Skies airfields have a maximum flight distance."""
    known = _airfields(bench)
    for holder in bench.holders():
        members = set(bench.day.members(holder))
        places = [one for one in known if one.party in members or one.listed_under == holder]
        if places:
            yield _counted(bench, holder, places)
        else:
            why = say("No Open Skies airfield of {holder} is known, and so no distance.", holder=holder)
            need = say("the Open Skies airfields of {holder} and the distances from them", holder=holder)
            yield cannot_tell(bench, "OS:III.I.11", why, (need,), bearer=holder)


def _airfields(bench: Bench) -> tuple[Site, ...]:
    return sites(bench.at, role=_ROLE, known=bench.day.known)


def _counted(bench: Bench, holder: str, places: list[Site]) -> Finding:
    outcomes = {one.id: _distance(bench, one.id) for one in places}
    open_ones = [ident for ident, outcome in outcomes.items() if not isinstance(outcome, Settled)]
    bare = [ident for ident in open_ones if _left_out(ident) is not None or isinstance(outcomes[ident], NotInForce)]
    have = len(places) - len(open_ones)
    fields: dict[str, Any] = {"bearer": holder, "measured": have, "limit": len(places)}
    fields["margin"] = float(have - len(places))
    fields["values"] = tuple(used(one, _KEY, ident) for ident, one in outcomes.items() if isinstance(one, Settled))
    words = {"holder": holder, "have": have, "count": len(places)}
    if bare:
        why = say(
            "Of {holder} {have} of {count} Open Skies airfields have a maximum flight distance; for {bare} none is "
            "set.",
            bare=", ".join(bare),
            **words,
        )
        return draft(bench, "OS:III.I.11", Verdict.BREACH, why, **{**fields, "bearer": None})
    if open_ones:
        why = say(
            "Of {holder} {have} of {count} Open Skies airfields have a known distance; that of {open_ones} is not "
            "settled.",
            open_ones=", ".join(open_ones),
            **words,
        )
        needs = [say("the maximum flight distance from {ident} on that day", ident=ident) for ident in open_ones]
        return cannot_tell(bench, "OS:III.I.11", why, needs, **fields)
    why = say("All Open Skies airfields of {holder} ({count}) have a maximum flight distance.", **words)
    return draft(bench, "OS:III.I.11", Verdict.OK, why, **fields)


@provision("OS:A.III")
def distance_from_each_airfield(bench: Bench) -> Iterator[Finding]:
    """Judge each Open Skies airfield of a Party: its maximum flight distance on the day, with what the text omits."""
    found = [one for one in _airfields(bench) if bench.day.is_party(one.party)]
    for place in found:
        yield _of_airfield(bench, place)
    if not found:
        yield not_applicable(bench, "OS:A.III", say("No Open Skies airfield is known on that day."))


def _of_airfield(bench: Bench, place: Site) -> Finding:
    outcome, slip = _distance(bench, place.id), _left_out(place.id)
    fields: dict[str, Any] = {"bearer": bench.holder(place.party), "unit": "km"}
    if isinstance(outcome, Settled):
        why = say(
            "From {name} ({ident}) a flight may go {km:g} km at most.",
            name=place.name,
            ident=place.id,
            km=outcome.number,
        )
        cited = (used(outcome, _KEY, place.id),)
        return draft(bench, "OS:A.III", Verdict.OK, why, limit=outcome.number, values=cited, **fields)
    if slip is not None or isinstance(outcome, NotInForce):
        why = say(
            "{name} ({ident}) is an Open Skies airfield, but no maximum flight distance from there is set.",
            name=place.name,
            ident=place.id,
        )
        if slip is not None:
            why = say("{why} The text leaves it out (slip {slip}).", why=why, slip=slip.id)
        return draft(bench, "OS:A.III", Verdict.BREACH, why, **{**fields, "bearer": None})
    known = ", ".join(f"{candidate.value}" for candidate in outcome.candidates)
    why = say(
        "The maximum flight distance from {name} ({ident}) is not settled; named are: {known}.",
        name=place.name,
        ident=place.id,
        known=known or "-",
    )
    need = say("the maximum flight distance from {ident} on that day", ident=place.id)
    return cannot_tell(bench, "OS:A.III", why, (need,), **fields)


def _distance(bench: Bench, ident: str) -> Outcome:
    return maximum_flight_distance(ident, bench.at, bench.day.known, instrument=bench.instrument)


def _left_out(ident: str) -> Slip | None:
    """Return the slip by which the text sets no distance for an airfield of its own list."""
    return next((one for one in slips("text", "omission") if "OS:A.III" in one.where and one.sites == (ident,)), None)
