"""People of the other side on board: designated personnel, and no more at one time than VI.III allows (Annex G)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say, say_n, verbatim
from skywitness.law.provisions import provision
from skywitness.mission.conduct.case import Case, missing
from skywitness.mission.conduct.model import Aboard
from skywitness.route.rules import people
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, listed, not_applicable, unless_agreed

Rule = Callable[[Context], Iterable[Finding]]
_FROM = dt.datetime.min.replace(tzinfo=dt.UTC)
_UNTIL = dt.datetime.max.replace(tzinfo=dt.UTC)


@provision("OS:G.I.1")
def monitors_and_flight_representatives(case: Case) -> Iterator[Finding]:
    """Judge flight monitors and flight representatives: designated, and in the number of VI.III at any one time."""
    yield from _judged(case, "OS:G.I.1", "flight_monitor", (people.flight_monitors, people.few_on_light_aircraft))
    yield from _judged(case, "OS:G.I.1", "flight_representative", (people.flight_representatives,))


@provision("OS:G.II.1")
def representatives(case: Case) -> Iterator[Finding]:
    """Judge representatives on the aircraft of a third Party: designated, and in the number of VI.III.5."""
    yield from _judged(case, "OS:G.II.1", "representative", (people.representatives,))


def _judged(case: Case, code: str, role: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Judge the people of one role by the right that the rules on VI.III give on this aircraft."""
    group = [one for one in case.told.aboard if one.role == role]
    if not group:
        return
    # The right alone is asked for: whom the facts name for the plan is judged there.
    aircraft = replace(case.context.facts.aircraft, flight_monitors=None, interpreters=None)
    context = replace(case.context, facts=replace(case.context.facts, aircraft=aircraft))
    rights = [finding for rule in rules for finding in rule(context)]
    right = next((one for one in rights if one.verdict is not Verdict.NOT_APPLICABLE), rights[0])
    if right.verdict is Verdict.NOT_APPLICABLE:
        yield not_applicable(case, code, right.why, bearer=right.bearer)
    else:
        yield _by_right(case, code, group, right)


def _by_right(case: Case, code: str, group: Sequence[Aboard], right: Finding) -> Finding:
    """Judge a group against the right to have it on board: designated first, then the number, then who was refused."""
    common = {"bearer": right.bearer, "values": right.values, "effect": right.effect}
    strangers = [one for one in group if one.designated is False and not one.refused]
    if strangers:
        why = say("On board without being designated personnel: {people}.", people=_people(strangers))
        return draft(case, code, Verdict.BREACH, why, **common)
    entitled = [one for one in group if one.designated is not False]
    asked = [one for one in entitled if one.designated is None]
    needs = [say("whether these are designated personnel: {people} (aboard.designated)", people=_people(asked))]
    needs = [*(needs if asked else ()), *right.needs]
    if needs:
        return missing(case, code, needs, right.bearer)
    return _by_number(case, code, group, right)


def _by_number(case: Case, code: str, group: Sequence[Aboard], right: Finding) -> Finding:
    entitled = [one for one in group if one.designated]
    refused = [one for one in entitled if one.refused]
    aboard = most_at_once([one for one in entitled if not one.refused])
    if right.by_agreement:
        why = say("How many may be on board the Parties agreed ({source}).", source=right.by_agreement)
        return draft(case, code, Verdict.OK, why, bearer=right.bearer, by_agreement=right.by_agreement)
    most = int(right.limit or 0)
    numbers = {"measured": aboard, "limit": most, "margin": float(most - aboard), "unit": "persons"}
    common = {"bearer": right.bearer, "values": right.values, "effect": right.effect, **numbers}
    if aboard > most:
        why = say("At one time {aboard} are on board; the right is to {most}.", aboard=aboard, most=most)
        return unless_agreed(case.context, draft(case, code, Verdict.BREACH, why, **common), on=right.provision)
    if refused and most_at_once(entitled) <= most:
        why = say("Refused on board, though designated and within the number: {people}.", people=_people(refused))
        finding = draft(case, code, Verdict.BREACH, why, **common)
        return unless_agreed(case.context, finding, on=right.provision)
    template = {"aboard": aboard, "most": most}
    why = say("At one time no more than {aboard} are on board, all designated; the right is to {most}.", **template)
    return draft(case, code, Verdict.OK, why, **common)


def most_at_once(group: Sequence[Aboard]) -> int:
    """Count the most people of a group that are on board at one moment; who leaves as another boards is off."""
    spans = [(one.boarded_utc or _FROM, one.left_utc or _UNTIL, one.number) for one in group]
    return max((sum(n for begins, ends, n in spans if begins <= at < ends) for at, _, _ in spans), default=0)


def _people(group: Iterable[Aboard]) -> Text:
    """Name people, or give their number where they have no names."""
    return listed([verbatim(one.name) if one.name else _nameless(one.number) for one in group])


def _nameless(number: int) -> Text:
    return say_n("{count} person not named", "{count} people not named", number)
