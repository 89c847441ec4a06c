"""The people who come: from other Parties too (Article VI, Section I, paragraph 7), with visas (Article XIII)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.facts import Agreement
from skywitness.route.host_facts import Person
from skywitness.route.hosting.sides import is_observing
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import agreed, cannot_tell, draft, hours_between, not_applicable, unless_agreed

OF_OTHERS: Final = "OS:VI.I.7"
DOCUMENTS: Final = "OS:XIII.I.3"
AT_AGREED_TIME: Final = "OS:XIII.I.3(C)"


def _need_accepted(person: Person) -> Text:
    return say(
        "whether {person} was accepted, or not objected to within 30 days of the list (person.accepted)",
        person=person.ident,
    )


def _need_given(person: Person) -> Text:
    return say("when {person} was given the visa (person.visa_given_utc)", person=person.ident)


@provision(OF_OTHERS)
def people_of_other_parties(context: Context) -> Iterator[Finding]:
    """Judge that those whom another State designated come from a Party and were accepted."""
    for person in context.facts.hosting.people:
        if person.designated_by is None or not is_observing(context, person.designated_by):
            yield _of_another(context, person)


def _of_another(context: Context, person: Person) -> Finding:
    bearer, state = context.plan.observing, person.designated_by
    names = {"person": person.ident, "state": state}
    if state is None:
        why = say("Who designated {person} is not known.", **names)
        need = say("the Party on whose list {person} is (person.designated_by)", **names)
        return cannot_tell(context, OF_OTHERS, why, (need,), bearer=bearer)
    standing = context.law.cite_standing(state)
    if not context.law.is_party(state):
        why = say("{person} was designated by {state}, which is no Party on that day.", **names)
        return draft(context, OF_OTHERS, Verdict.BREACH, why, bearer=bearer, values=standing)
    if person.accepted is None:
        why = say("{person} was designated by {state}, a Party; whether accepted is not known.", **names)
        return cannot_tell(context, OF_OTHERS, why, (_need_accepted(person),), bearer=bearer, values=standing)
    if not person.accepted:
        why = say("{person}, designated by {state}, was not accepted and so is on no list (XIII.I.2).", **names)
        return draft(context, OF_OTHERS, Verdict.BREACH, why, bearer=bearer, values=standing)
    why = say("{person} was designated by {state}, a Party, and accepted.", **names)
    effect = Effect(bearer, "may", say("have {person} among its personnel", **names))
    return draft(context, OF_OTHERS, Verdict.OK, why, bearer=bearer, effect=effect, values=standing)


@provision(DOCUMENTS)
def entry_documents(context: Context) -> Iterator[Finding]:
    """Judge that everybody accepted has what is needed to enter and to remain."""
    for person in context.facts.hosting.people:
        yield _documents(context, person)


def _documents(context: Context, person: Person) -> Finding:
    bearer, names = context.plan.observed, {"person": person.ident}
    if person.accepted is False:
        return not_applicable(context, DOCUMENTS, say("{person} was not accepted (XIII.I.2).", **names), bearer=bearer)
    refused = person.visa == "refused"
    if person.accepted and (refused or person.documents is False):
        why = (
            say("{person} was accepted and is refused a visa.", **names)
            if refused
            else say("{person} was accepted and lacks documents to enter or remain.", **names)
        )
        effect = may_raise(context.plan.observing)
        return draft(context, DOCUMENTS, Verdict.BREACH, why, bearer=bearer, effect=effect)
    needs = [] if person.accepted else [_need_accepted(person)]
    if person.visa is None:
        needs.append(say("how {person} came by a visa, or that none is required (person.visa)", **names))
    if person.visa == "agreed" and person.visa_given_utc is None:
        needs.append(_need_given(person))
    if person.documents is None:
        needs.append(say("whether {person} has all documents to enter and remain (person.documents)", **names))
    if needs:
        why = say("Whether {person}, if accepted, may enter and remain is not known.", **names)
        must = Effect(bearer, "must", say("give {person} what is needed to enter and remain, once accepted", **names))
        return cannot_tell(context, DOCUMENTS, why, needs, bearer=bearer, effect=must)
    why = say("{person} was accepted and has a visa, where one is required, and all other documents.", **names)
    return draft(context, DOCUMENTS, Verdict.OK, why, bearer=bearer)


@provision(AT_AGREED_TIME)
def visas_at_agreed_time(context: Context) -> Iterator[Finding]:
    """Judge visas that come at another time than the text sets: agreed by the Parties involved, and by that time."""
    for person in context.facts.hosting.people:
        if person.visa == "agreed":
            between = dict.fromkeys((context.plan.observing, context.plan.observed, person.designated_by))
            who = tuple(code for code in between if code is not None)
            yield _at_agreed_time(context, person, who, agreed(context, AT_AGREED_TIME, between=who))


def _at_agreed_time(context: Context, person: Person, who: tuple[str, ...], agreement: Agreement | None) -> Finding:
    bearer, names = context.plan.observed, {"person": person.ident, "due": person.visa_agreed_utc}
    if agreement is None:
        why = say("{person} is to have a visa at an agreed time; no agreement that holds is told.", **names)
        need = say("the agreement on the visa of {person} ([[agreement]] on OS:XIII.I.3(C))", **names)
        found = cannot_tell(context, AT_AGREED_TIME, why, (need,), bearer=bearer)
        return unless_agreed(context, found, between=who)
    source, given, due = agreement.source, person.visa_given_utc, person.visa_agreed_utc
    if given is None:
        why = say("A visa for {person} is agreed upon; whether it was given is not known.", **names)
        need = _need_given(person)
        must = Effect(bearer, "must", say("give {person} the visa as agreed", **names))
        return cannot_tell(context, AT_AGREED_TIME, why, (need,), bearer=bearer, effect=must, by_agreement=source)
    if due is None:
        why = say("{person} was given a visa; the time agreed upon is not known.", **names)
        need = say("the time agreed upon for the visa of {person} (person.visa_agreed_utc)", **names)
        return cannot_tell(context, AT_AGREED_TIME, why, (need,), bearer=bearer, by_agreement=source)
    late_h = hours_between(due, given)
    verdict = Verdict.BREACH if late_h > 0.0 else Verdict.OK
    return draft(
        context,
        AT_AGREED_TIME,
        verdict,
        say("The visa of {person} was given at {given}; agreed upon was {due}.", given=given, **names),
        bearer=bearer,
        effect=may_raise(context.plan.observing) if verdict is Verdict.BREACH else None,
        measured=late_h,
        limit=0.0,
        margin=-late_h,
        unit="h",
        where=Where(time_utc=given),
        by_agreement=source,
    )
