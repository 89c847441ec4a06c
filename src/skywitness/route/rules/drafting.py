"""Writing findings: one hand for all rules, so that titles, readings, rights and agreements are treated alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say, say_n
from skywitness.law.provisions import title
from skywitness.route.facts import Agreement
from skywitness.route.rules.context import Context

OPEN_TO_AGREEMENT = frozenset(
    {
        "OS:III.I.9",  # a transfer, by agreement with the State Party overflown
        "OS:IV.9",
        "OS:VI.I.3",  # nobody is obliged to accept a second flight, but may
        "OS:VI.I.9",
        "OS:VI.I.11",
        "OS:VI.I.20",
        "OS:VI.II.1",
        "OS:VI.II.4(E)",
        "OS:VI.II.4(G)",
        "OS:VI.III.1",
        "OS:VI.III.2",
        "OS:VI.III.4",
        "OS:VI.III.5",
        "OS:VII.2",
        "OS:VIII.I.2",
        "OS:XVIII.II.2",
        "OS:E.1",
    }
)
"""Provisions whose text yields to an agreement of the Parties; an agreement on any other provision changes nothing."""

NEED_VIEW = say("a border view")
NEED_PROVIDER = say("who provides the observation aircraft (aircraft.provided_by)")


def draft(context: Context, provision: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
    """Make a finding of ``provision`` with its title and the reading it was made under."""
    return Finding(provision, title(provision), verdict, why, context.reading, **fields)


def cannot_tell(context: Context, provision: str, why: Text, needs: Iterable[Text], **fields: Any) -> Finding:
    """Make a finding that the provision cannot be judged, with the facts that would settle it."""
    return draft(context, provision, Verdict.CANNOT_TELL, why, needs=tuple(needs), **fields)


def not_applicable(context: Context, provision: str, why: Text, **fields: Any) -> Finding:
    """Make a finding that the provision has nothing to say here, and why."""
    return draft(context, provision, Verdict.NOT_APPLICABLE, why, **fields)


def unless_agreed(
    context: Context,
    finding: Finding,
    legs: Iterable[int] = (),
    states: Iterable[str] = (),
    between: tuple[str, str] | None = None,
) -> Finding:
    """Turn what is not ``ok`` into ``ok`` where the two Parties agreed on just this provision.

    The two are the observing and the observed Party, or those ``between`` whom the text wants the agreement.

    ``legs`` and ``states`` are what the finding concerns; an agreement limited to legs or States must cover all of
    them.  The words of its scope are shown, for people to judge.
    """
    if finding.verdict in (Verdict.OK, Verdict.NOT_APPLICABLE):
        return finding
    agreement = agreed(context, finding.provision, legs, states, between)
    return finding if agreement is None else settled_by(finding, agreement)


def agreed(
    context: Context,
    provision: str,
    legs: Iterable[int] = (),
    states: Iterable[str] = (),
    between: tuple[str, str] | None = None,
) -> Agreement | None:
    """Find an agreement of the observing and the observed Party (or of others) that covers these legs and States."""
    if provision not in OPEN_TO_AGREEMENT:
        return None
    concerned = between or (context.plan.observing, context.plan.observed)
    return next((found for found in context.agreements(provision, concerned) if _covers(found, legs, states)), None)


def settled_by(finding: Finding, agreement: Agreement) -> Finding:
    """Make a finding ``ok`` by an agreement; what was measured stays in it."""
    why = say(
        "{why} The Parties agreed otherwise ({source}): {scope}.",
        why=finding.why,
        source=agreement.source,
        scope=agreement.scope.rstrip(". "),
    )
    return replace(finding, verdict=Verdict.OK, why=why, by_agreement=agreement.source, effect=None, needs=())


def _covers(agreement: Agreement, legs: Iterable[int], states: Iterable[str]) -> bool:
    in_legs = not agreement.legs or set(legs) <= set(agreement.legs)
    return in_legs and (not agreement.states or set(states) <= set(agreement.states))


def may_prohibit(context: Context) -> Effect:
    """The right of the observed Party over a flight that is not in compliance."""
    return Effect(context.plan.observed, "may", say("prohibit the observation flight (VIII.I.1)"))


def may_propose_changes(context: Context) -> Effect:
    """The right of the observed Party over a mission plan inconsistent with VI.II.2 or VI.II.4."""
    return Effect(
        context.plan.observed,
        "may",
        say("propose changes to the mission plan (VIII.I.4(C)), or prohibit a flight not in compliance (VIII.I.1)"),
    )


def listed(texts: Sequence[Text]) -> Text:
    """Write several things in a row: one, one and another, or one, another and a third.

    >>> from skywitness.core.text import verbatim
    >>> str(listed([verbatim("a"), verbatim("b"), verbatim("c")]))
    'a, b and c'
    """
    if not texts:
        return say("more facts")
    *before, last = texts
    if not before:
        return last
    row = before[0]
    for text in before[1:]:
        row = say("{row}, {next}", row=row, next=text)
    return say("{row} and {last}", row=row, last=last)


def legs_words(legs: Collection[int]) -> Text:
    """Name legs by their numbers.

    >>> str(legs_words([3])), str(legs_words([3, 7]))
    ('leg 3', 'legs 3, 7')
    """
    return say_n("leg {legs}", "legs {legs}", len(legs), legs=", ".join(str(leg) for leg in legs))


def hours_between(earlier: dt.datetime, later: dt.datetime) -> float:
    """Measure a span of time in hours; negative when ``later`` is the earlier of the two."""
    return (later - earlier) / dt.timedelta(hours=1)
