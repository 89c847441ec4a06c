"""How the Treaty began and goes on: deposits, provisional application, phases, reviews (XVI.3, XVII.1, XVIII)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.interpretations import IN_THAT_YEAR, INTERPRETATIONS
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.caps import later_cap
from skywitness.law.judge.commission.consensus import barring
from skywitness.law.judge.commission.decisions import adopted_by, proposals
from skywitness.law.judge.commission.docket import PROVISIONAL_APPLICATION, Proposal
from skywitness.law.legal_day import ALL
from skywitness.law.months import add_months
from skywitness.law.provisions import provision

_DEPOSITARIES: Final = "depositary"


@provision("OS:XVI.3")
def reviewed_in_time(bench: Bench) -> Iterator[Finding]:
    """Judge that a review conference met three years after the entry into force and every five years from then."""
    held = _conferences(bench)
    due, number = _first_due(bench), 0
    if bench.at < dt.date(due.year, 1, 1):
        convene = Effect(_DEPOSITARIES, "must", say("convene a review conference on {day}", day=due))
        why = say("The first review is due on {day}.", day=due)
        yield not_applicable(bench, "OS:XVI.3", why, effect=convene, bearer=_DEPOSITARIES)
    while dt.date(due.year, 1, 1) <= bench.at:
        yield _review(bench, due, held[number] if number < len(held) else None)
        due, number = add_months(due, 12 * (bench.period("review_interval").whole or 5)), number + 1


def _first_due(bench: Bench) -> dt.date:
    return add_months(bench.begins, 12 * (bench.period("first_review").whole or 0))


def _conferences(bench: Bench) -> list[UsedValue]:
    """Return the review conferences known to have met by the day, in the order of the data."""
    law = bench.instrument
    rows = (bench.outcome("review_conference", one) for one in law.subjects("review_conference"))
    subjects = law.subjects("review_conference")
    return [
        value
        for subject, outcome in zip(subjects, rows, strict=True)
        if isinstance(outcome, Settled)
        for value in bench.cite("review_conference", subject)
    ]


def _review(bench: Bench, due: dt.date, met: UsedValue | None) -> Finding:
    way = bench.reading.interpretations.get("XVI.3", INTERPRETATIONS["XVI.3"][0])
    fields: dict[str, Any] = {
        "bearer": _DEPOSITARIES,
        "limit": due.isoformat(),
        "values": (*bench.period("first_review").used, *bench.period("review_interval").used),
    }
    convene = Effect(_DEPOSITARIES, "must", say("convene a review conference"))
    if met is None:
        why = say("A review was due on {due}; that a conference met nobody says.", due=due)
        need = say("the day on which it met")
        return cannot_tell(bench, "OS:XVI.3", why, (need,), effect=convene, **fields)
    words = {"due": due, "met": str(met.value)}
    fields |= {"measured": str(met.value), "values": (*fields["values"], met)}
    if way == IN_THAT_YEAR:
        why = say("A review was due on {due}; the conference met in {met}, in that year or before it.", **words)
        if int(str(met.value)[:4]) <= due.year:
            return draft(bench, "OS:XVI.3", Verdict.OK, why, **fields)
        why = say("A review was due on {due}; the conference met in {met}, in a later year.", **words)
        return draft(bench, "OS:XVI.3", Verdict.BREACH, why, effect=may_raise(ALL), **fields)
    late = str(met.value) > due.isoformat()
    why = say("A review was due on {due}, understood to the day; the conference met in {met}.", **words)
    effect = may_raise(ALL) if late else None
    return draft(bench, "OS:XVI.3", Verdict.BREACH if late else Verdict.OK, why, effect=effect, **fields)


@provision("OS:XVII.1")
def deposited_with_depositaries(bench: Bench) -> Iterator[Finding]:
    """Judge that instruments were deposited with Canada, Hungary, or both."""
    names = bench.instrument.heading.depositaries
    told = [one for one in bench.docket.commission.deposits if one.day <= bench.at]
    if not told:
        yield not_applicable(bench, "OS:XVII.1", say("With whom a State deposited is not told ([[deposit]])."))
    for one in told:
        right = [code for code in one.depositaries if code in names]
        words = {"state": one.state, "day": one.day, "whom": ", ".join(one.depositaries), "names": ", ".join(names)}
        why = say("{state} deposited its instrument on {day} with {whom}; Depositaries: {names}.", **words)
        again = Effect(one.state, "must", say("deposit it with one of the Depositaries, or it is not bound (XVII.6)"))
        verdict = Verdict.OK if right else Verdict.BREACH
        yield draft(bench, "OS:XVII.1", verdict, why, bearer=one.state, effect=None if right else again)


@provision("OS:XVIII.I.2")
def provisional_application(bench: Bench) -> Iterator[Finding]:
    """Judge whether the Treaty is applied provisionally: for twelve months, longer if all signatories decide so."""
    code, months = "OS:XVIII.I.2", bench.on(bench.instrument.heading.signed).number("provisional_application")
    ends = add_months(bench.instrument.heading.signed, months.whole or 0)
    fields: dict[str, Any] = {"bearer": "state_party", "limit": ends.isoformat(), "values": months.used}
    apply = Effect("state_party", "must", say("apply provisionally what Article XVIII, Section I lists"))
    extensions = proposals(bench, PROVISIONAL_APPLICATION)
    for one in extensions:
        yield _extension(bench, one, _carried(bench, one, ends))
    if bench.at >= bench.begins:
        why = say("The Treaty is in force since {day}; with that the provisional application ended.", day=bench.begins)
        yield draft(bench, code, Verdict.OK, why, **fields)
    elif bench.at < ends:
        why = say("Signed on {signed}; applied provisionally until {ends}.", **_signed(bench, ends))
        yield draft(bench, code, Verdict.OK, why, effect=apply, **fields)
    elif not any(adopted_by(bench, one) for one in extensions):
        why = say(
            "Signed on {signed}; the twelve months ended on {ends}, and no extension is told.", **_signed(bench, ends)
        )
        need = say('the decision of all signatories to extend it ([[proposal]] about = "provisional_application")')
        yield cannot_tell(bench, code, why, (need,), **fields)


def _signed(bench: Bench, ends: dt.date) -> dict[str, dt.date]:
    return {"signed": bench.instrument.heading.signed, "ends": ends}


def _carried(bench: Bench, proposal: Proposal, ends: dt.date) -> dt.date:
    """Return from when on a decision comes too late: never, where an earlier one of the told ones was in time."""
    days = [one.adopted for one in proposals(bench, PROVISIONAL_APPLICATION) if one is not proposal]
    return bench.begins if any(isinstance(day, dt.date) and day < ends for day in days) else ends


def _extension(bench: Bench, proposal: Proposal, ends: dt.date) -> Finding:
    """Judge one extension: all signatories have to decide it."""
    adopted, code = adopted_by(bench, proposal), "OS:XVIII.I.2"
    day = proposal.adopted if isinstance(proposal.adopted, dt.date) else bench.at
    against, _strangers = barring(proposal.objected or (), bench.day.on(day))
    words = {"ident": proposal.ident, "who": ", ".join(against)}
    apply = Effect("state_party", "must", say("go on applying it provisionally"))
    if adopted is None or (adopted and proposal.objected is None):
        why = say("Whether all signatories decided the extension {ident} is not told.", **words)
        need = say("whether it was adopted, and who objected (proposal.adopted, proposal.objected)")
        return cannot_tell(bench, code, why, (need,), bearer="state_party")
    if not adopted:
        why = say("The extension {ident} was not decided: the provisional application ends with its time.", **words)
        return draft(bench, code, Verdict.OK, why, bearer="state_party")
    if isinstance(proposal.adopted, dt.date) and ends <= day < bench.begins:
        return _too_late(bench, proposal, day, ends)
    if against:
        why = say("The extension {ident} was taken as decided although {who} objected; all have to decide it.", **words)
        return draft(bench, code, Verdict.BREACH, why, bearer="state_party", effect=may_raise(words["who"]))
    why = say("All signatories decided the extension {ident}.", **words)
    effect = apply if bench.at < bench.begins else None  # it ends in any event with the entry into force
    return draft(bench, code, Verdict.OK, why, bearer="state_party", effect=effect)


def _too_late(bench: Bench, proposal: Proposal, day: dt.date, ends: dt.date) -> Finding:
    """Leave open what was extended only after it had ended: the text speaks of what has not expired yet."""
    why = say(
        "The extension {ident} was decided on {day}; the twelve months ended on {ends}.",
        ident=proposal.ident,
        day=day,
        ends=ends,
    )
    need = say("an earlier decision that carried it so far, or an agreement of all signatories to begin it again")
    return cannot_tell(bench, "OS:XVIII.I.2", why, (need,), bearer="state_party")


@provision("OS:XVIII.II.1")
def first_phase(bench: Bench) -> Iterator[Finding]:
    """Judge that the data end the first phase with the third year after that of the entry into force."""
    years = bench.period("phase_years")
    full = dt.date(bench.begins.year + (years.whole or 0) + 1, 1, 1)
    stored = bench.full_implementation
    less = Effect(ALL, "may", say("do with the sensors, data and quotas of the first phase (XVIII.II.2 to 6)"))
    why = say("In force on {begins}; the first phase lasts through {last}.", begins=bench.begins,
              last=full - dt.timedelta(days=1))  # fmt: skip
    fields: dict[str, Any] = {"measured": stored.isoformat(), "limit": full.isoformat(), "values": years.used}
    effect = less if bench.at < full else None
    verdict = Verdict.OK if stored == full else Verdict.BREACH
    yield draft(bench, "OS:XVIII.II.1", verdict, why, effect=effect, **fields)


@provision("OS:XVIII.II.6")
def quotas_of_the_phase(bench: Bench) -> Iterator[Finding]:
    """Judge that the distributions of the first phase keep to three quarters of each passive quota (A.II.2)."""
    code = "OS:XVIII.II.6"
    if not bench.first_distribution_ends < bench.at < bench.full_implementation:
        why = say("Such distributions are those from the end of the first to full implementation.")
        yield not_applicable(bench, code, why)
        return
    judged = list(later_cap(bench))
    over = [one for one in judged if one.verdict is Verdict.BREACH]
    open_ones = [one for one in judged if one.verdict is Verdict.CANNOT_TELL]
    fields: dict[str, Any] = {"bearer": "commission", "measured": len(over), "limit": 0, "unit": "Parties"}
    fields["values"] = bench.number("first_distribution_share").used
    if over:
        who = ", ".join(dict.fromkeys(_over_whom(one) for one in over))
        why = say("More than three quarters were given over {who} in {year}.", who=who, year=str(bench.at.year))
        yield draft(bench, code, Verdict.BREACH, why, effect=may_raise(who), **fields)
    elif open_ones:
        why = say("Whether three quarters were kept in {year} is not known.", year=str(bench.at.year))
        yield cannot_tell(bench, code, why, dict.fromkeys(need for one in open_ones for need in one.needs), **fields)
    else:
        why = say("Over nobody more than three quarters were given in {year}.", year=str(bench.at.year))
        yield draft(bench, code, Verdict.OK, why, **fields)


def _over_whom(finding: Finding) -> str:
    """Name over whom too many flights were given: the finding is the Commission's, the right is that Party's."""
    return finding.effect.who if finding.effect is not None else str(finding.bearer)
