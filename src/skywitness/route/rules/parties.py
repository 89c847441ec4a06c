"""Who may observe whom on that day: the Treaty in force, States Parties, groups and Benelux named rightly."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY, Group
from skywitness.law.party import PartyStatus, Standing
from skywitness.law.provisions import provision
from skywitness.route.context import Context
from skywitness.route.rules.drafting import draft, not_applicable


@provision("OS:XVII.2")
def treaty_in_force(context: Context) -> Iterator[Finding]:
    """Judge that the Treaty is in force on the day of the reading."""
    begins, day = context.law.entry_into_force, context.reading.at
    flown = context.plan.commencement_utc.date()
    if context.law.in_force():
        why = say("The Treaty is in force on {day}: it entered into force on {begins}.", day=day, begins=begins.on)
        verdict = Verdict.OK
    else:
        why = say(
            "The Treaty is not in force on {day}, as far as is known; it entered into force on {begins}. No other "
            "provision is judged.",
            day=day,
            begins=begins.on,
        )
        verdict = Verdict.BREACH
    if flown != day:
        why = say(
            "{why} The flight itself begins on {flown}, another day than that of the reading.", why=why, flown=flown
        )
    cited = UsedValue("entry_into_force", "", begins.on.isoformat(), "", begins.on, begins.source, begins.status)
    yield draft(
        context, "OS:XVII.2", verdict, why, measured=day.isoformat(), limit=begins.on.isoformat(), values=(cited,)
    )


@provision("OS:III.I.1")
def observing_is_party(context: Context) -> Iterator[Finding]:
    """Judge that whoever observes is a State Party, or a group of them that stands."""
    observing = context.plan.observing
    refuse = Effect(context.plan.observed, "may", say("refuse a flight by a State that is not a Party"))
    yield _party(context, "OS:III.I.1", observing, None if context.law.is_party(observing) else refuse)
    if observing == context.plan.observed and not context.law.is_group(observing):
        why = say("{who} would observe itself; the right is one over the territory of others.", who=observing)
        yield draft(context, "OS:III.I.1", Verdict.BREACH, why, bearer=observing)


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
            "{name} is a Party on {day}, since {since} ({source}, {basis}).",
            name=state.name,
            day=day,
            since=state.since,
            source=source,
            basis=state.basis,
        )
    if state.status is Standing.WITHDRAWN:
        return say(
            "{name} is not a Party on {day}: it left on {until} ({source}).",
            name=state.name,
            day=day,
            until=state.until,
            source=source,
        )
    words = _NOT_PARTY.get(state.status, say("it never became one"))
    return say("{name} is not a Party on {day}: {words}.", name=state.name, day=day, words=words)


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
    gone = [state for state in concerned if state.status is Standing.WITHDRAWN]
    day = context.reading.at
    leaving = [state for state in concerned if state.notice is not None and state.notice <= day and state not in gone]
    for state in gone:
        yield draft(
            context,
            "OS:XV.2",
            Verdict.BREACH,
            say("The withdrawal of {name} took effect on {until}.", name=state.name, until=state.until),
            bearer=state.code,
            measured=day.isoformat(),
            limit=state.until.isoformat() if state.until else None,
            values=context.law.cite_standing(state.code),
        )
    for state in leaving:
        why = say(
            "{name} gave notice of withdrawal on {notice}; it stays a Party until {until}.",
            name=state.name,
            notice=state.notice,
            until=state.until or "-",
        )
        cited = context.law.cite_standing(state.code)
        yield draft(context, "OS:XV.2", Verdict.OK, why, bearer=state.code, values=cited)
    if not gone and not leaving:
        why = say("No State concerned had given notice of withdrawal by that day.")
        yield not_applicable(context, "OS:XV.2", why)


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
            name=state.name,
            deposited=state.deposited,
            basis=state.basis or "reported",
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
    """Judge that Belgium, Luxembourg and the Netherlands are named as Benelux, while it stands."""
    yield from _named_as_one(context, "OS:XIV.1", DEEMED_PARTY)


@provision("OS:III.II.3(C)")
def group_acts_as_one(context: Context) -> Iterator[Finding]:
    """Judge that a member of a group with common quotas observes in the name of the group, and never its own group."""
    yield from _named_as_one(context, "OS:III.II.3(C)", COMMON_QUOTA)
    own = _own_group(context)
    if own is not None:
        why = say(
            "{observing} and {observed} belong to {group}: a group does not observe itself.",
            observing=context.plan.observing,
            observed=context.plan.observed,
            group=own,
        )
        yield draft(context, "OS:III.II.3(C)", Verdict.BREACH, why, bearer=own)


def _named_as_one(context: Context, code: str, kind: str) -> Iterator[Finding]:
    """Judge the names of both sides against the groups of one kind that stand on the day."""
    sides = [(side, context.law.group_of(side)) for side in (context.plan.observing, context.plan.observed)]
    concerned = [(side, group) for side, group in sides if group is not None and group.kind == kind]
    for side, group in concerned:
        yield _named(context, code, side, group)
    if not concerned:
        why = say("Neither side belongs to such a group on that day.")
        yield not_applicable(context, code, why)


def _named(context: Context, code: str, side: str, group: Group) -> Finding:
    rightly = side == group.code
    why = (
        say("{group} is named as one.", group=group.code)
        if rightly
        else say(
            "{side} is named, but it acts as part of {group}, which holds its quotas in common.",
            side=side,
            group=group.code,
        )
    )
    verdict = Verdict.OK if rightly else Verdict.BREACH
    cited = context.law.cite_standing(group.code)
    return draft(context, code, verdict, why, bearer=group.code, measured=side, limit=group.code, values=cited)


def _own_group(context: Context) -> str | None:
    """Name the group that would observe itself or one of its members."""
    one, two = (context.law.group_of(side) for side in (context.plan.observing, context.plan.observed))
    return one.code if one is not None and one.kind == COMMON_QUOTA and one == two else None
