"""Who may observe whom on that day: the Treaty in force, States Parties, groups and Benelux named rightly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY, Group
from skywitness.law.party import PartyStatus, Standing
from skywitness.law.provisions import provision
from skywitness.law.words import basis_words, name_words, source_words
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, not_applicable


@provision("OS:XVII.2")
def treaty_in_force(context: Context) -> Iterator[Finding]:
    """Judge that the Treaty is in force on the day of the reading, and on every day on which the flight is flown.

    Before its entry into force nobody had a right to fly: that is certain whatever the reading.
    """
    begins, day = context.law.entry_into_force, context.reading.at
    flown, early = context.plan.commencement_utc.date(), _before_force(context)
    if not context.law.in_force():
        why = say(
            "The Treaty is not in force on {day}, as far as is known; it entered into force on {begins}. No other "
            "provision is judged.",
            day=day,
            begins=begins.on,
        )
    elif early is not None:
        why = say(
            "The flight is to be flown on {early}; the Treaty entered into force on {begins}, and before it nobody had "
            "a right to fly.",
            early=early.date(),
            begins=begins.on,
        )
    else:
        why = say("The Treaty is in force on {day}: it entered into force on {begins}.", day=day, begins=begins.on)
    if flown != day:
        why = say(
            "{why} The flight itself begins on {flown}, another day than that of the reading.", why=why, flown=flown
        )
    cited = UsedValue("entry_into_force", "", begins.on.isoformat(), "", begins.on, begins.source, begins.status)
    kept = context.law.in_force() and early is None
    yield draft(
        context,
        "OS:XVII.2",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        measured=(day if early is None else early.date()).isoformat(),
        limit=begins.on.isoformat(),
        where=None if early is None else Where(time_utc=early),
        values=(cited,),
    )


def _before_force(context: Context) -> dt.datetime | None:
    """Find the first time of the flight, if it lies before the entry into force; ``None`` when none does."""
    plan = context.plan
    first = min((plan.commencement_utc, *(leg.start_utc for leg in plan.legs)))
    return first if first.date() < context.law.entry_into_force.on else None


@provision("OS:III.I.1")
def observing_is_party(context: Context) -> Iterator[Finding]:
    """Judge that whoever observes is a State Party, or a group of them that stands."""
    observing = context.plan.observing
    refuse = Effect(context.plan.observed, "may", say("refuse a flight by a State that is not a Party"))
    yield _party(context, "OS:III.I.1", observing, None if context.law.is_party(observing) else refuse)
    acts = context.law.acts_as(observing)
    if acts == context.law.acts_as(context.plan.observed) and not _common_group(context, acts):
        why = say("{who} would observe itself; the right is one over the territory of others.", who=acts)
        yield draft(context, "OS:III.I.1", Verdict.BREACH, why, bearer=acts)


def _common_group(context: Context, code: str) -> bool:
    """Tell whether a code names a group with common quotas, which III.II.3(C) judges."""
    group = context.law.stored_group(code)
    return group is not None and group.kind == COMMON_QUOTA


@provision("OS:III.I.2")
def observed_is_party(context: Context) -> Iterator[Finding]:
    """Judge that whoever is observed, and every State overflown, is a State Party: only they must accept flights."""
    for code in dict.fromkeys((context.plan.observed, *context.plan.overflown)):
        yield _party(context, "OS:III.I.2", code, None)


def _party(context: Context, code: str, who: str, effect: Effect | None) -> Finding:
    is_party = context.law.is_party(who)
    return draft(
        context,
        code,
        Verdict.OK if is_party else Verdict.BREACH,
        _standing(context, who),
        bearer=who,
        effect=effect,
        measured=_word(context, who),
        limit=Standing.PARTY.value,
        values=context.law.cite_standing(who),
    )


def _word(context: Context, who: str) -> str:
    if context.law.is_group(who):
        return Standing.PARTY.value if context.law.is_party(who) else "no_group"
    return context.law.standing(who).status.value


def _standing(context: Context, who: str) -> Text:
    """Say what a State or group is on the day."""
    group, day = context.law.stored_group(who), context.reading.at
    if group is not None:
        if group.holds_on(day, context.reading.known):
            return say("{who} stands on {day} and is counted as one.", who=who, day=day)
        if group.end is not None and group.end <= day:
            return say("{who} does not stand on {day}: it ended on {end}.", who=who, day=day, end=group.end)
        return say("{who} does not stand on {day}.", who=who, day=day)
    return _of_state(context.law.standing(who), context)


def _of_state(state: PartyStatus, context: Context) -> Text:
    day, source = context.reading.at, state.source or "-"
    if state.status is Standing.PARTY:
        return say(
            "{name} is a Party on {day}, since {since} ({source}).",
            name=name_words(state.name),
            day=day,
            since=state.since,
            source=_founded(source, state.basis),
        )
    if state.status is Standing.WITHDRAWN:
        return say(
            "{name} is not a Party on {day}: it left on {until} ({source}).",
            name=name_words(state.name),
            day=day,
            until=state.until,
            source=source_words(source),
        )
    words = _NOT_PARTY.get(state.status, say("it never became one"))
    return say("{name} is not a Party on {day}: {words}.", name=name_words(state.name), day=day, words=words)


def _founded(source: str, basis: str) -> Text:
    """Name a source, and how well it is founded where it does not say so itself."""
    if not basis or source.startswith(basis):
        return source_words(source)
    return say("{source}, {basis}", source=source_words(source), basis=basis_words(basis))


_NOT_PARTY = {
    Standing.RATIFIED_NOT_IN_FORCE: say("its instrument is deposited, but the Treaty is not yet in force for it"),
    Standing.SIGNATORY: say("it signed, but has not ratified"),
    Standing.APPLICANT: say("it applied, but has not acceded"),
    Standing.NOT_YET: say("it became one later"),
    Standing.NEVER: say("it never became one"),
}


@provision("OS:XV.2")
def withdrawal(context: Context) -> Iterator[Finding]:
    """Judge that nobody concerned has left; a notice of withdrawal changes nothing before it takes effect."""
    concerned = [context.law.standing(code) for code in _states(context)]
    gone = [state for state in concerned if state.status is Standing.WITHDRAWN or _leaves_on_the_way(context, state)]
    day = context.reading.at
    leaving = [state for state in concerned if state.notice is not None and state.notice <= day and state not in gone]
    for state in gone:
        yield draft(
            context,
            "OS:XV.2",
            Verdict.BREACH,
            _gone(context, state),
            bearer=state.code,
            measured=day.isoformat(),
            limit=state.until.isoformat() if state.until else None,
            values=context.law.cite_standing(state.code),
        )
    for state in leaving:
        why = say(
            "{name} gave notice of withdrawal on {notice}; it stays a Party until {until}.",
            name=name_words(state.name),
            notice=state.notice,
            until=state.until or "-",
        )
        cited = context.law.cite_standing(state.code)
        yield draft(context, "OS:XV.2", Verdict.OK, why, bearer=state.code, values=cited)
    if not gone and not leaving:
        why = say("No State concerned had given notice of withdrawal by that day.")
        yield not_applicable(context, "OS:XV.2", why)


def _leaves_on_the_way(context: Context, state: PartyStatus) -> bool:
    """Tell whether a withdrawal takes effect between the commencement and the completion of the flight."""
    begins, ends, until = context.plan.commencement_utc.date(), context.plan.completion_utc.date(), state.until
    return until is not None and begins == context.reading.at < until <= ends


def _gone(context: Context, state: PartyStatus) -> Text:
    if state.status is Standing.WITHDRAWN:
        return say("The withdrawal of {name} took effect on {until}.", name=name_words(state.name), until=state.until)
    return say(
        "The withdrawal of {name} takes effect on {until}, before the flight ends at {end}.",
        name=state.name,
        until=state.until,
        end=context.plan.completion_utc,
    )


@provision("OS:XVII.6")
def later_party(context: Context) -> Iterator[Finding]:
    """Judge that 60 days have passed since the deposit of a State that joined after the entry into force."""
    begins = context.law.entry_into_force.on
    later = [
        state
        for code in _states(context)
        if (state := context.law.standing(code)).deposited is not None and state.deposited >= begins
    ]
    for state in later:
        in_force = state.since is not None and state.since <= context.reading.at
        why = say(
            "{name} deposited its instrument on {deposited} ({basis}); the Treaty is in force for it from {since} on.",
            name=name_words(state.name),
            deposited=state.deposited,
            basis=basis_words(state.basis or "reported"),
            since=state.since,
        )
        yield draft(
            context,
            "OS:XVII.6",
            Verdict.OK if in_force else Verdict.BREACH,
            why,
            bearer=state.code,
            measured=context.reading.at.isoformat(),
            limit=state.since.isoformat() if state.since else None,
            values=context.law.cite_standing(state.code),
        )
    if not later:
        why = say("No State concerned joined after the Treaty had entered into force.")
        yield not_applicable(context, "OS:XVII.6", why)


def _states(context: Context) -> tuple[str, ...]:
    """List every State concerned once: the members of both sides and those overflown."""
    plan = context.plan
    codes = [*context.law.members(plan.observing), *context.law.members(plan.observed), *plan.overflown]
    return tuple(dict.fromkeys(codes))


@provision("OS:XIV.1")
def benelux_acts_as_one(context: Context) -> Iterator[Finding]:
    """Tell that Belgium, Luxembourg and the Netherlands count as one Party, under whatever name a plan has them.

    The provision deems them one Party; nobody can break it by a name, and quotas are counted together in any case.
    """
    concerned = _concerned(context, DEEMED_PARTY)
    for side, group in concerned:
        why = (
            say("{group} is named as one.", group=group.code)
            if side == group.code
            else say("{side} is named; what it does counts as done by {group}.", side=side, group=group.code)
        )
        effect = Effect(
            group.code, "must", say("count the flight against the quotas that its members hold as one Party")
        )
        shared = _cited(context, group)
        yield draft(context, "OS:XIV.1", Verdict.OK, why, bearer=group.code, effect=effect, measured=side, **shared)
    if not concerned:
        yield not_applicable(context, "OS:XIV.1", _NO_GROUP)


@provision("OS:III.II.3(C)")
def group_acts_as_one(context: Context) -> Iterator[Finding]:
    """Judge that a member of a group with common quotas observes on behalf of the group, and never its own group.

    Over whom a flight is conducted the plan may name by the member: a flight over a member is one that the group
    accepts (III.II.3(D)).
    """
    concerned = _concerned(context, COMMON_QUOTA)
    for side, group in concerned:
        yield _on_behalf(context, side, group)
    if not concerned:
        yield not_applicable(context, "OS:III.II.3(C)", _NO_GROUP)
    own = _own_group(context)
    if own is not None:
        why = say(
            "{observing} and {observed} belong to {group}: a group does not observe itself.",
            observing=context.plan.observing,
            observed=context.plan.observed,
            group=own,
        )
        yield draft(context, "OS:III.II.3(C)", Verdict.BREACH, why, bearer=own)


_NO_GROUP = say("Neither side belongs to such a group on that day.")


def _concerned(context: Context, kind: str) -> list[tuple[str, Group]]:
    """List the sides, as named, that belong to a group of one kind that stands on the day."""
    sides = [(side, context.law.group_of(side)) for side in (context.plan.observing, context.plan.observed)]
    return [(side, group) for side, group in sides if group is not None and group.kind == kind]


def _on_behalf(context: Context, side: str, group: Group) -> Finding:
    code = "OS:III.II.3(C)"
    shared = {"bearer": group.code, "measured": side, **_cited(context, group)}
    if side == group.code:
        return draft(context, code, Verdict.OK, say("{group} is named as one.", group=group.code), **shared)
    if side == context.plan.observed and side != context.plan.observing:
        why = say(
            "{side} is named as the observed Party; a flight over it is one that {group} accepts (III.II.3(D)).",
            side=side,
            group=group.code,
        )
        return draft(context, code, Verdict.OK, why, **shared)
    why = say(
        "{side} is named as the observing Party, but its quotas are those of {group}, on behalf of which it would "
        "have to fly.",
        side=side,
        group=group.code,
    )
    return draft(context, code, Verdict.BREACH, why, **shared)


def _cited(context: Context, group: Group) -> dict[str, Any]:
    return {"limit": group.code, "values": context.law.cite_standing(group.code)}


def _own_group(context: Context) -> str | None:
    """Name the group that would observe itself or one of its members."""
    one, two = (context.law.group_of(side) for side in (context.plan.observing, context.plan.observed))
    return one.code if one is not None and one.kind == COMMON_QUOTA and one == two else None
