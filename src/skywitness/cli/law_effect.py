"""``skywitness law effect``: what agreements, transfers, groups, suspensions and withdrawals do in law on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument_open_skies, of_open_skies
from skywitness.cli.page import Page
from skywitness.core.text import Text, of_data, say
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.core.finding import Effect
    from skywitness.law.act_effects import Answered
    from skywitness.law.acts import Acts
    from skywitness.law.consequence import Consequence
    from skywitness.law.legal_day import LegalDay

HOLDS, NOT_YET, OVER, TOOK_EFFECT, UNKNOWN = "holds", "not_yet", "over", "took_effect", "cannot_tell"
"""What an act is on the day asked for, as JSON has it."""

_WHEN = {
    NOT_YET: say("On the day asked for it has not begun."),
    OVER: say("On the day asked for it is over."),
    TOOK_EFFECT: say("On the day asked for it has taken effect."),
}


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "effect",
        effect,
        say(
            "Tell what Parties' acts do in law on a day: agreements, transfers of quota, changes of groups, suspended "
            "performance, failed reviews and withdrawals. Without --facts those known of practice are answered."
        ),
        [
            argument_open_skies(words),
            words.option("--at", "DAY", say("The day whose law is asked for."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.option("--facts", "FILE", say("What Parties did, in a file of yours (docs/acts.md).")),
            words.option("--only", "ID", say("Only the fact of this identifier.")),
            words.flag("--clauses", say("List the provisions that give way to an agreement, and who must agree.")),
        ],
        examples=[
            "skywitness law effect open-skies --at 2013-06-01 --only geo-towards-rus-2012",
            "skywitness law effect open-skies --at 2027-03-01 --facts acts.toml",
        ],
    )


def effect(
    face: Face,
    instrument: str,
    at: dt.date,
    known: dt.date | None,
    facts: str | None,
    only: str | None,
    clauses: bool,
) -> Answer:
    """Answer for every fact of the file, or of stored practice."""
    from skywitness.core.errors import InputError
    from skywitness.law.act_effects import answer_all
    from skywitness.law.acts import practice
    from skywitness.law.legal_day import LegalDay
    from skywitness.law.names import did_you_mean

    day = LegalDay(at, known, of_open_skies(instrument, say("facts of practice with an effect")))
    if clauses:
        return _clauses(face, day)
    answered = answer_all(read_acts(facts) if facts else practice(), day)
    if only is not None:
        names = [one.act.told.id for one in answered]
        if only not in names:
            near = did_you_mean(only, names)
            raise InputError("unknown_fact", say("There is no fact {id}.{near}", id=repr(only), near=near), "--only")
        answered = tuple(one for one in answered if one.act.told.id == only)
    return Answer(lambda: _document(face, day, answered), lambda page: _write(page, day, answered))


def read_acts(path: str) -> Acts:
    """Read a file of facts on what Parties did."""
    from skywitness.law.acts import acts_from_toml
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(path)
    return acts_from_toml(parse_toml(read_text(path), where), where)


def _document(face: Face, day: LegalDay, answered: tuple[Answered, ...]) -> dict[str, object]:
    return {**_head(day), "facts": [{**one.to_json(face.language), "on_the_day": _when(one)} for one in answered]}


def _head(day: LegalDay) -> dict[str, object]:
    known = day.known.isoformat() if day.known else None
    return {"instrument": day.instrument.name, "at": day.at.isoformat(), "known": known}


def _clauses(face: Face, day: LegalDay) -> Answer:
    from skywitness.law.clause import clauses

    found = clauses()
    return Answer(
        lambda: {**_head(day), "clauses": [clause.to_json(face.language) for clause in found]},
        _write_clauses,
    )


def _write_clauses(page: Page) -> None:
    from skywitness.law.clause import AMONG, KINDS, clauses
    from skywitness.law.provisions import title

    for kind, words in KINDS.items():
        found = clauses(kind)
        page.heading(say("{kind} ({count})", kind=words, count=len(found)))
        for clause in found:
            who = AMONG[clause.among] if clause.said else say("{who} (the text does not say)", who=AMONG[clause.among])
            page.marked("·", say("{id}: {title}", id=clause.provision, title=title(clause.provision)), indent=2)
            page.paragraph(say("Who must agree: {who}.", who=who), indent=6)


def _write(page: Page, day: LegalDay, answered: tuple[Answered, ...]) -> None:
    page.paragraph(say("What Parties' acts do in law on {day}.", day=day.at), style="bold")
    if day.known is not None:
        page.paragraph(say("As far as was known on {day}.", day=day.known), indent=2)
    if not answered:
        page.paragraph(say("No fact had become known by then."), indent=2)
    for one in sorted(answered, key=lambda one: _when(one) in (NOT_YET, OVER)):  # what counts on the day comes first
        _write_fact(page, one)


def _when(answered: Answered) -> str:
    """Tell whether what Parties did holds on the day; the days of a withdrawal are those of its notice."""
    from skywitness.law.act_words import act_days
    from skywitness.law.withdrawal import Withdrawal

    start, end = act_days(answered.act, answered.day)
    at = answered.day.at
    if end is not None and end <= at:
        return TOOK_EFFECT if isinstance(answered.act, Withdrawal) else OVER
    if start is None:
        return UNKNOWN
    return NOT_YET if at < start else HOLDS


def _write_fact(page: Page, answered: Answered) -> None:
    from skywitness.law.act_words import act_days, act_title
    from skywitness.law.words import source_words

    told = answered.act.told
    page.heading(say("{what} [{id}]", what=act_title(answered.act), id=told.id))
    days, then = _days(*act_days(answered.act, answered.day)), _WHEN.get(_when(answered))
    page.paragraph(say("{days} {then}", days=days, then=then) if then else days, indent=2)
    source = say("Source: {source} ({status})", source=source_words(told.source), status=basis_words(told.status))
    page.paragraph(source, indent=2)
    if told.claim_of:
        page.paragraph(say("A claim of {party}; it is no law.", party=told.claim_of), indent=2)
    if told.note:
        page.paragraph(of_data(told.note), indent=2)
    for consequence in _different(answered.consequences):
        _write_consequence(page, consequence)


def _different(consequences: Iterable[Consequence]) -> list[Consequence]:
    """Leave out what would read the same: among three States an agreement is judged for each, in one sentence."""
    found: dict[tuple[object, ...], Consequence] = {}
    for one in consequences:
        finding = one.finding
        read = str(finding.why), str(finding.effect), *map(str, finding.needs), *finding.reading.accepted_claims
        found.setdefault((finding.provision, finding.verdict, *read, str(finding.reading.interpretations)), one)
    return list(found.values())


def _days(start: dt.date | None, end: dt.date | None) -> Text:
    if start is None:
        return say("From when it holds is not known.")
    if end is None:
        return say("From {start} on.", start=start)
    return say("From {start}, no longer on {end}.", start=start, end=end)


def _write_consequence(page: Page, consequence: Consequence) -> None:
    from skywitness.cli.findings_page import MARKS, STYLES

    finding = consequence.finding
    line = say("{id}: {title}", id=finding.provision, title=finding.title)
    page.marked(MARKS[finding.verdict], line, STYLES[finding.verdict], indent=2)
    page.paragraph(finding.why, indent=6)
    reading = finding.reading
    for provision, name in reading.interpretations.items():
        page.paragraph(say("Reading: {provision} is {name}.", provision=provision, name=name), indent=6)
    for claim in reading.accepted_claims:
        page.paragraph(say("Reading: accepts the claim {claim}.", claim=claim), indent=6)
    if finding.effect is not None:
        page.paragraph(_effect_words(finding.effect), indent=6)
    for need in finding.needs:
        page.paragraph(say("Needed: {need}", need=need), indent=6)


def _effect_words(effect: Effect) -> Text:
    from skywitness.law.provisions import BEARERS

    who = BEARERS.get(effect.who) or of_data(effect.who)
    if effect.modality == "must":
        return say("{who} must {what}.", who=who, what=effect.what)
    return say("{who} may {what}.", who=who, what=effect.what)
