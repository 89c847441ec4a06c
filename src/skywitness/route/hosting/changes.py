"""What the observed Party answers to a plan: changes with their grounds, a prohibition, what it does about hazards.

Article VIII, Section I, paragraphs 1 and 4; Article VI, Section II, paragraph 5(B).  A ground that lies in the plan is
held against the findings on the plan itself: who prohibits for a breach has to have one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say, verbatim
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Change, HazardAnswer
from skywitness.route.hosting.places import same_place
from skywitness.route.hosting.sides import is_observed
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, listed, not_applicable
from skywitness.route.rules.told_sites import public

PROHIBITED: Final = "OS:VIII.I.1"
LATE: Final = "OS:VIII.I.2"
WEATHER: Final = "OS:VIII.I.4(A)"
AIRFIELD: Final = "OS:VIII.I.4(B)"
PLAN: Final = "OS:VIII.I.4(C)"
ACTIVITY: Final = "OS:VI.II.5(B)"


def _right(context: Context, code: str, why: Text, letter: str, where: Where | None = None) -> Finding:
    """Make the finding that there is a ground for a change."""
    what = say("propose changes to the mission plan (VIII.I.4({letter}))", letter=letter)
    bearer = context.plan.observed
    return draft(context, code, Verdict.OK, why, bearer=bearer, effect=Effect(bearer, "may", what), where=where)


def _no_ground(context: Context, code: str, why: Text, where: Where | None = None) -> Finding:
    """Make the finding that there is none."""
    what = say("submit alternatives to the proposed changes, or insist on its plan (VIII.I.5)")
    effect = Effect(context.plan.observing, "may", what)
    return draft(context, code, Verdict.BREACH, why, bearer=context.plan.observed, effect=effect, where=where)


@provision(WEATHER)
def changes_for_weather(context: Context) -> Iterator[Finding]:
    """Judge that weather which is a ground for changes affects flight safety: below minima, or by the Parties' word."""
    for change in context.facts.hosting.changes:
        if change.ground == "weather":
            yield _weather(context, change)


def _weather(context: Context, change: Change) -> Finding:
    pairs = (
        (change.visibility_m, change.minimum_visibility_m, say("visibility")),
        (change.ceiling_m, change.minimum_ceiling_m, say("ceiling")),
    )
    whole = [(have, least, what) for have, least, what in pairs if have is not None and least is not None]
    below = [(have, least, what) for have, least, what in whole if have < least]
    names = {"change": change.ident}
    if below and change.affects_safety is not False:
        have, least, what = below[0]
        words = {"what": what, "have": have, "least": least, **names}
        why = say("{change}: the {what} is {have:,.0f} m, below the minimum of {least:,.0f} m.", **words)
        return _right(context, WEATHER, why, "A")
    if change.affects_safety:  # ice, storms and crosswind are in neither of the two figures
        return _right(context, WEATHER, say("{change}: the weather affects flight safety, as told.", **names), "A")
    if change.affects_safety is False and not below:
        why = say("{change}: the weather does not affect flight safety, as told.", **names)
        return _no_ground(context, WEATHER, why)
    why = say("{change}: whether the weather affects flight safety cannot be told.", **names)
    need = say("visibility and ceiling beside their minima, or what both Parties say (change.affects_safety)")
    if len(whole) == len(pairs) and not below:
        why = say(
            "{change}: visibility and ceiling are not below the minima; of other weather nothing is told.", **names
        )
        need = say("whether other weather affects flight safety (change.affects_safety)")
    elif below:
        why = say(
            "{change}: the figures are below the minima, and yet flight safety is told not to be affected.", **names
        )
        need = say("which of the two holds, the figures or the word (change.affects_safety)")
    return cannot_tell(context, WEATHER, why, (need,), bearer=context.plan.observed)


@provision(AIRFIELD)
def changes_for_airfield(context: Context) -> Iterator[Finding]:
    """Judge that an airfield which is a ground for changes is one of this flight and cannot be used."""
    for change in context.facts.hosting.changes:
        if change.ground == "airfield":
            yield _airfield(context, change)


def _airfield(context: Context, change: Change) -> Finding:
    names, bearer = {"change": change.ident, "airfield": change.airfield}, context.plan.observed
    if change.airfield is None:
        why = say("{change}: which airfield it is about is not known.", **names)
        return cannot_tell(context, AIRFIELD, why, (say("the airfield (change.airfield)"),), bearer=bearer)
    where = Where(name=change.airfield)
    in_plan = any(point.airfield and same_place(point.ident, change.airfield) for point in context.plan.waypoints)
    if not in_plan and change.alternate is False:
        why = say("{change}: {airfield} is no airfield of the plan, and no alternate of it.", **names)
        return _no_ground(context, AIRFIELD, why, where)
    closed = _closed(context, change.airfield) if change.usable is None else not change.usable
    if closed is False:
        return _no_ground(context, AIRFIELD, say("{change}: {airfield} can be used.", **names), where)
    if closed and (in_plan or change.alternate):
        return _right(context, AIRFIELD, say("{change}: {airfield} cannot be used.", **names), "B", where)
    needs = [] if closed else [say("whether {airfield} can be used (change.usable)", **names)]
    if not in_plan and change.alternate is None:
        needs.append(say("whether {airfield} is an alternate of this flight (change.alternate)", **names))
    why = say("{change}: whether {airfield} is a ground for changes is not known.", **names)
    return cannot_tell(context, AIRFIELD, why, needs, bearer=bearer, where=where)


def _closed(context: Context, ident: str) -> bool | None:
    """Tell whether the public data know that no runway is in use there any more; else nobody has said."""
    site = public(ident)
    shut = site is not None and site.closed_year is not None and site.closed_year <= context.reading.at.year
    return True if shut else None


@provision(PLAN)
def changes_for_plan(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Judge that a plan that is itself the ground for changes is inconsistent with VI.II.2 or VI.II.4."""
    for change in context.facts.hosting.changes:
        if change.ground == "plan":
            about = [one for one in findings if one.provision == "OS:VI.II.2" or _is_letter(one.provision)]
            yield _plan(context, change, about)


def _is_letter(code: str) -> bool:
    return code == "OS:VI.II.4" or code.startswith("OS:VI.II.4(")


def _plan(context: Context, change: Change, about: Sequence[Finding]) -> Finding:
    names = {"change": change.ident, "codes": _codes(about, Verdict.BREACH), "open": _codes(about, Verdict.CANNOT_TELL)}
    if names["codes"]:
        return _right(context, PLAN, say("{change}: the plan is inconsistent with {codes}.", **names), "C")
    if names["open"]:
        why = say("{change}: whether the plan is consistent with {open} cannot be told.", **names)
        needs = dict.fromkeys(need for one in about for need in one.needs)
        return cannot_tell(context, PLAN, why, needs, bearer=context.plan.observed)
    why = say("{change}: the plan is consistent with VI.II.2 and VI.II.4.", **names)
    return _no_ground(context, PLAN, why)


def _codes(findings: Sequence[Finding], verdict: Verdict) -> str:
    found = (one.provision.removeprefix("OS:") for one in findings if one.verdict is verdict)
    return ", ".join(dict.fromkeys(found))


@provision(PROHIBITED)
def prohibited_for_a_reason(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Judge that a prohibited flight does not comply with a provision named as ground; nothing where none is told."""
    prohibition = context.facts.hosting.prohibition
    if prohibition is None:
        return
    observed = context.plan.observed
    about = [one for one in findings if _is_under(one.provision, prohibition.grounds)]
    broken = [one for one in about if one.verdict is Verdict.BREACH]
    may = _may_prohibit(context, prohibition.grounds, about, findings)
    if may is not None:
        effect = Effect(observed, "may", say("prohibit the observation flight"))
        yield draft(context, PROHIBITED, Verdict.OK, may, bearer=observed, effect=effect)
        return
    needs = _open_grounds(prohibition.grounds, about)
    if broken:
        needs = (*needs, say("what the Parties say of a ground that the observed Party itself has brought about"))
    if needs:
        why = (
            say("The flight is prohibited for what the observed Party itself owes; whether it may is not said.")
            if broken
            else say("The flight is prohibited; whether it fails to comply cannot be told.")
        )
        yield cannot_tell(context, PROHIBITED, why, needs, bearer=observed)
        return
    codes = _short(prohibition.grounds)
    why = say("The flight is prohibited for {codes}, which it keeps or which does not apply.", codes=codes)
    effect = Effect(
        context.plan.observing, "may", say("ask for the facts of the prohibition (VIII.I.3), or raise it (X.3)")
    )
    yield draft(context, PROHIBITED, Verdict.BREACH, why, bearer=observed, effect=effect)


def _may_prohibit(
    context: Context, grounds: Sequence[str], about: Sequence[Finding], findings: Sequence[Finding]
) -> Text | None:
    """Say why the flight may be prohibited: a ground is broken, a late arrival, or else another provision is broken.

    The right rests on the flight alone; that the facts stated for it are the right ones is VIII.I.3.
    """
    broken = [one for one in about if _is_broken_by_others(context, one)]
    if broken:
        return say("The flight does not comply with {codes}.", codes=_codes(broken, Verdict.BREACH))
    if any(one.provision == LATE and one.effect is not None for one in about):
        return say("The observing Party came so late that the flight may be prohibited (VIII.I.2).")
    elsewhere = [one for one in findings if one.bearer is not None and _is_broken_by_others(context, one)]
    if not grounds or not elsewhere:
        return None
    words = {"grounds": _short(grounds), "codes": _codes(elsewhere, Verdict.BREACH)}
    return say("That {grounds} is broken is not shown, but the flight does not comply with {codes}.", **words)


def _is_broken_by_others(context: Context, finding: Finding) -> bool:
    return finding.verdict is Verdict.BREACH and not is_observed(context, finding.bearer)


def _is_under(code: str, grounds: Sequence[str]) -> bool:
    """Tell whether a provision is one of the grounds, or a subparagraph of one."""
    return any(code == ground or code.startswith(f"{ground}(") for ground in grounds)


def _short(codes: Sequence[str]) -> Text:
    return listed([verbatim(code.removeprefix("OS:")) for code in codes])


def _open_grounds(grounds: Sequence[str], about: Sequence[Finding]) -> tuple[Text, ...]:
    """List what is wanted to judge the grounds: what their findings want, and grounds that no finding is about."""
    if not grounds:
        return (say("the provisions that the flight is said not to comply with (prohibition.grounds)"),)
    judged = {one.provision for one in about}
    needs = [need for one in about if one.verdict is Verdict.CANNOT_TELL for need in one.needs]
    needs += [
        say("a judgement on {code}, which this command does not make", code=code.removeprefix("OS:"))
        for code in grounds
        if not any(_is_under(one, (code,)) for one in judged)
    ]
    return tuple(dict.fromkeys(needs))


@provision(ACTIVITY)
def hazardous_activity(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Judge that hazardous activity on the way is co-ordinated or suspended, where no other way is proposed.

    Which areas lie on the way the findings on VI.II.5 say; where no areas are given, the answers count as they stand.
    """
    answers = context.facts.hosting.hazards
    crossed = [one.where.name for one in findings if one.provision == "OS:VI.II.5" and one.where and one.where.name]
    for answer in answers:
        if context.hazards is not None and answer.area not in crossed:
            why = say("The plan does not pass through {area}.", area=answer.area)
            yield not_applicable(context, ACTIVITY, why, where=Where(name=answer.area))
        else:
            yield _activity(context, answer)
    if answers:
        for area in dict.fromkeys(crossed):
            if area not in {answer.area for answer in answers}:
                yield _activity(context, HazardAnswer(area))


def _activity(context: Context, answer: HazardAnswer) -> Finding:
    names, where, bearer = {"area": answer.area}, Where(name=answer.area), context.plan.observed
    must = Effect(bearer, "must", say("co-ordinate or suspend the activity in {area}, or propose another way", **names))
    if answer.activity in ("coordinated", "suspended"):
        why = (
            say("The activity in {area} is suspended for the flight.", **names)
            if answer.activity == "suspended"
            else say("The activity in {area} is co-ordinated with the flight.", **names)
        )
        return draft(context, ACTIVITY, Verdict.OK, why, bearer=bearer, where=where)
    if answer.other_way:
        why = say("For {area} another height, route or time is proposed (VI.II.5(C)).", **names)
        return not_applicable(context, ACTIVITY, why, bearer=bearer, where=where)
    if answer.activity == "goes_on" and answer.other_way is False:
        why = say("The activity in {area} goes on, and no other way is proposed.", **names)
        return draft(context, ACTIVITY, Verdict.BREACH, why, bearer=bearer, effect=must, where=where)
    needs = []
    if answer.activity is None:
        needs.append(say("what becomes of the activity in {area} (hazard_answer.activity)", **names))
    if answer.other_way is None:
        needs.append(say("whether another way is proposed for {area} (hazard_answer.other_way)", **names))
    why = say("What is done about the hazard in {area} is not known.", **names)
    return cannot_tell(context, ACTIVITY, why, needs, bearer=bearer, effect=must, where=where)
