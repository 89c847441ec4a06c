"""Questions that Parties raise, and applications to accede (X.4(A) to (C), XVII.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.commission.docket import COMPLIANCE, INTERPRETATION, Application, Matter
from skywitness.law.legal_day import ALL
from skywitness.law.months import add_months
from skywitness.law.provisions import provision

_COMMISSION: Final = "commission"


@provision("OS:X.4(A)")
def compliance_considered(bench: Bench) -> Iterator[Finding]:
    """Judge that questions of compliance which a Party raised were considered."""
    yield from _dealt_with(bench, "OS:X.4(A)", COMPLIANCE)


@provision("OS:X.4(B)")
def differences_resolved(bench: Bench) -> Iterator[Finding]:
    """Judge that the Parties sought to settle differences of interpretation which a Party raised."""
    yield from _dealt_with(bench, "OS:X.4(B)", INTERPRETATION)


def _dealt_with(bench: Bench, code: str, kind: str) -> Iterator[Finding]:
    told = [one for one in bench.docket.commission.matters if one.kind == kind and one.raised <= bench.at]
    if not told:
        yield not_applicable(bench, code, say("No such question is told to have been raised ([[matter]])."))
    yield from (_one_matter(bench, code, one) for one in told)


def _one_matter(bench: Bench, code: str, matter: Matter) -> Finding:
    """Judge one.  The text sets no time: what was not yet taken up is no breach, what was refused is."""
    words = {"ident": matter.ident, "by": matter.by, "raised": matter.raised}
    done = matter.dealt_with
    if done is False:
        why = say("{by} raised {ident} on {raised}; it was kept off the agenda.", **words)
        return draft(bench, code, Verdict.BREACH, why, bearer=ALL, effect=may_raise(matter.by))
    if isinstance(done, dt.date) and done <= bench.at:
        why = say("{by} raised {ident} on {raised}, and it was dealt with on {done}.", done=done, **words)
        return draft(bench, code, Verdict.OK, why, bearer=ALL)
    why = say("{by} raised {ident} on {raised}; that it was dealt with nobody says. The text sets no time.", **words)
    need = say("the day on which it was dealt with, or false (matter.dealt_with)")
    consider = Effect(ALL, "must", say("consider it within the Commission"))
    return cannot_tell(bench, code, why, (need,), bearer=ALL, effect=consider)


@provision("OS:X.4(C)")
def applications_decided(bench: Bench) -> Iterator[Finding]:
    """Judge that applications to accede were considered and decided; the text wants it in due course."""
    told = _applications(bench)
    if not told:
        yield not_applicable(bench, "OS:X.4(C)", say("No application to accede is known."))
    for one in told:
        words = {"state": one.state, "applied": one.applied}
        decide = Effect(ALL, "must", say("consider and decide the application of {state}", state=one.state))
        if isinstance(one.decided, dt.date) and one.decided <= bench.at:
            why = say("{state} applied on {applied}; that was decided on {decided}.", decided=one.decided, **words)
            yield draft(bench, "OS:X.4(C)", Verdict.OK, why, bearer=ALL)
        elif bench.day.is_party(one.state):
            why = say("{state} applied on {applied} and is a Party by now.", **words)
            yield draft(bench, "OS:X.4(C)", Verdict.OK, why, bearer=ALL)
        elif one.decided is False:
            why = say("{state} applied on {applied}; the Commission declines to decide.", **words)
            yield draft(bench, "OS:X.4(C)", Verdict.BREACH, why, bearer=ALL, effect=decide)
        else:
            why = say("{state} applied on {applied}; a decision is not known. The text sets no time.", **words)
            need = say("the day of the decision, or false (application.decided)")
            yield cannot_tell(bench, "OS:X.4(C)", why, (need,), bearer=ALL, effect=decide)


def _applications(bench: Bench) -> tuple[Application, ...]:
    """Return the applications told, and those of the law data of which nobody tells more."""
    told = [one for one in bench.docket.commission.applications if one.applied <= bench.at]
    named = {one.state for one in bench.docket.commission.applications}
    for code, party in sorted(bench.instrument.parties.items()):
        applied = party.event("applied", bench.day.known)
        if applied is not None and applied.on <= bench.at and code not in named:
            told.append(Application(code, applied.on, applied.source))
    return tuple(told)


@provision("OS:XVII.5")
def any_state_after_six_months(bench: Bench) -> Iterator[Finding]:
    """Judge that States admitted after the first six months are held able and willing to contribute."""
    months = bench.period("accession_of_any_state")
    opens = add_months(bench.begins, months.whole or 0)
    told = [one for one in bench.docket.commission.applications if opens < one.applied <= bench.at]
    if not told:
        why = say("No application made after {day} is told ([[application]]).", day=opens)
        yield not_applicable(bench, "OS:XVII.5", why, values=months.used)
    for one in told:
        words = {"state": one.state, "applied": one.applied}
        accede = Effect(one.state, "may", say("accede by depositing its instrument (XVII.1)"))
        consider = Effect(_COMMISSION, "may", say("consider the accession of {state}", state=one.state))
        if one.admitted is None:
            why = say("{state} applied on {applied}; whether it was admitted is not told.", **words)
            need = say("the decision (application.decided, application.admitted)")
            yield cannot_tell(bench, "OS:XVII.5", why, (need,), bearer=_COMMISSION, effect=consider)
        elif not one.admitted:
            why = say("{state} applied on {applied} and was not admitted; the Commission may, it need not.", **words)
            yield draft(bench, "OS:XVII.5", Verdict.OK, why, bearer=_COMMISSION, values=months.used)
        elif one.able_and_willing is None:
            why = say("{state} was admitted; whether it was held able and willing to contribute is not told.", **words)
            need = say("how the Commission judged it (application.able_and_willing)")
            yield cannot_tell(bench, "OS:XVII.5", why, (need,), bearer=_COMMISSION)
        else:
            verdict = Verdict.OK if one.able_and_willing else Verdict.BREACH
            why = (
                say("{state} was admitted, and held able and willing to contribute.", **words)
                if one.able_and_willing
                else say("{state} was admitted, though not held able and willing to contribute.", **words)
            )
            effect = accede if one.able_and_willing else may_raise(ALL)
            yield draft(bench, "OS:XVII.5", verdict, why, bearer=_COMMISSION, effect=effect, values=months.used)
