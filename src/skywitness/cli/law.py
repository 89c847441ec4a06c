"""``skywitness law``: what the law says on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from skywitness.cli import (
    law_aircraft,
    law_decisions,
    law_diff,
    law_judge,
    law_pages,
    law_provisions,
    law_reach,
    law_sites,
    law_slips,
    law_values,
    law_views,
    values,
)
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument
from skywitness.cli.page import Page
from skywitness.core.text import Text, of_data, say, say_n
from skywitness.law.words import basis_with_numbers, basis_words

if TYPE_CHECKING:
    from skywitness.core.dated import DatedValue, Settled
    from skywitness.law.key import Key
    from skywitness.law.party import PartyStatus, Standing
    from skywitness.law.show import InstrumentStatus
    from skywitness.law.suspension import Suspension
    from skywitness.law.value import ValueAnswer


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "law",
        say("Read the law as it is on a day."),
        [
            _declare_show(words),
            _declare_value(words),
            law_values.declare_values(words),
            law_provisions.declare_provisions(words),
            law_provisions.declare_coverage(words),
            law_pages.declare_pages(words),
            law_decisions.declare_decisions(words),
            law_slips.declare_slips(words),
            law_sites.declare_sites(words),
            law_aircraft.declare_aircraft(words),
            law_reach.declare(words),
            law_views.declare_views(words),
            *law_diff.declare_all(words),
            law_judge.declare(words),
        ],
    )


def _days(words: Words) -> list[click.Parameter]:
    return [
        words.option("--at", "DAY", say("The day whose law is asked for."), read=values.day, required=True),
        words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
    ]


def _declare_show(words: Words) -> click.Command:
    return words.command(
        "show",
        show,
        say("Tell whether a treaty is in force on a day, and what every State is to it."),
        [argument(words), *_days(words)],
        examples=["skywitness law show open-skies --at 2019-09-12", "skywitness law show cfe --at 2020-01-01"],
    )


def _declare_value(words: Words) -> click.Command:
    return words.command(
        "value",
        value,
        say(
            "Look up one value of the law on a day, with its source. Where no dated decision settles it, all "
            "candidates are shown and none is chosen."
        ),
        [
            argument(words),
            words.argument(
                "KEY", "key", say("What to look up: passive_quota, active_quota, maximum_flight_distance, ...")
            ),
            words.option(
                "--subject", "S", say("Whose value: a State or group, an airfield, DEU>UKR for one Party over another.")
            ),
            words.option("--qualifier", "Q", say("Which of several values of one subject, where there are several.")),
            *_days(words),
        ],
        examples=[
            "skywitness law value open-skies maximum_flight_distance --subject UUMB --at 2019-09-12",
            "skywitness law value open-skies active_quota --subject 'DEU>BLR-RUS' --at 2003-06-01",
        ],
    )


def show(face: Face, instrument: str, at: dt.date, known: dt.date | None) -> Answer:
    """Tell what a treaty and every State are to each other on a day."""
    from skywitness.law.show import law_show

    status = law_show(instrument, at, known)
    return Answer(
        lambda: status.to_json(face.language), lambda page: _write_status(page, status, _names(face, status.instrument))
    )


def value(
    face: Face,
    instrument: str,
    key: str,
    subject: str | None,
    qualifier: str | None,
    at: dt.date,
    known: dt.date | None,
) -> Answer:
    """Look up one value."""
    from skywitness.law.value import law_value

    with values.naming_a_party("--subject"):
        found = law_value(instrument, key, subject or "", at, known, qualifier or "")
    return Answer(lambda: found.to_json(face.language), lambda page: _write_value(page, found))


def _names(face: Face, instrument: str) -> Callable[[str, str], str]:
    """Give the name of a State in the language spoken, where the law data have it."""
    from skywitness.law.instrument import load

    parties = load(instrument).parties

    def name(code: str, english: str) -> str:
        return parties[code].names.get(face.language.code, english) if code in parties else english

    return name


def _standing_words(standing: Standing) -> Text:
    from skywitness.law.party import Standing

    return {
        Standing.PARTY: say("Parties"),
        Standing.RATIFIED_NOT_IN_FORCE: say("Ratified, not yet in force for them"),
        Standing.SIGNATORY: say("Signatories that have not ratified"),
        Standing.APPLICANT: say("Applicants"),
        Standing.NOT_YET: say("Not yet Parties; they join later"),
        Standing.WITHDRAWN: say("Withdrawn"),
        Standing.NEVER: say("Never Parties"),
        Standing.ENDED: say("Parties until the end"),
    }[standing]


def _write_status(page: Page, status: InstrumentStatus, name: Callable[[str, str], str]) -> None:
    from skywitness.law.party import Standing

    page.paragraph(_headline(status), style="bold")
    page.paragraph(_dates(status), indent=2)
    if status.note:
        page.paragraph(of_data(status.note), indent=2)
    if status.known is not None:
        page.paragraph(say("As far as was known on {day}.", day=status.known), indent=2)
    for group in status.groups:
        page.paragraph(
            say("{code}: {members}", code=group.code, members=", ".join(group.members)),
            indent=2,
        )
    for standing in Standing:
        those = [party for party in status.parties if party.status is standing]
        if those:
            page.heading(say("{standing} ({count})", standing=_standing_words(standing), count=status.count(standing)))
            _write_parties(page, those, name)
    _write_gone(page, status)
    _write_suspensions(page, status.suspensions)


def _headline(status: InstrumentStatus) -> Text:
    title = of_data(status.title)
    if status.in_force:
        return say("{title} on {day}: in force, {parties}.", title=title, day=status.at, parties=_parties(status))
    if status.applied_provisionally:
        return say("{title} on {day}: applied provisionally, not yet in force.", title=title, day=status.at)
    if status.ended is not None and status.ended <= status.at:
        return say("{title} on {day}: ended, no longer in force.", title=title, day=status.at)
    return say("{title} on {day}: not in force.", title=title, day=status.at)


def _parties(status: InstrumentStatus) -> Text:
    from skywitness.law.party import Standing

    return say_n("{count} Party", "{count} Parties", status.count(Standing.PARTY))


def _dates(status: InstrumentStatus) -> Text:
    words = say("Signed on {signed}.", signed=status.signed)
    if status.entered_into_force is not None:
        words = say(
            "Signed on {signed}; entry into force on {day}.", signed=status.signed, day=status.entered_into_force
        )
    if status.applied_from is not None:
        words = say("{dates} Applied provisionally from {day}.", dates=words, day=status.applied_from)
    if status.ended is not None:
        words = say("{dates} Ended on {day}.", dates=words, day=status.ended)
    return words


def _write_parties(page: Page, parties: list[PartyStatus], name: Callable[[str, str], str]) -> None:
    """Write a table of States; a column that would be empty is left out."""
    columns: list[tuple[Text, Callable[[PartyStatus], str]]] = [
        (say("Code"), lambda party: party.code),
        (say("State"), lambda party: name(party.code, party.name)),
        (say("Party from"), lambda party: _day(party.since)),
        (say("until"), lambda party: _day(party.until)),
        (say("Notice"), lambda party: _day(party.notice)),
        (
            say("Known by"),
            lambda party: page.words(basis_with_numbers(party.basis, party.source)) if party.basis else "",
        ),
    ]
    shown = [(heading, cell) for heading, cell in columns if any(cell(party) for party in parties)]
    page.table([heading for heading, _ in shown], [[cell(party) for _, cell in shown] for party in parties])


def _write_gone(page: Page, status: InstrumentStatus) -> None:
    """Tell which States had ended by the day, and who came after them."""
    if status.gone:
        page.heading(say("Ended, with their successors"))
    for state in status.gone:
        page.paragraph(
            say(
                "{name} ended on {end}; its successors are {successors}.",
                name=of_data(state.name),
                end=state.exists.end,
                successors=", ".join(state.successors),
            ),
            indent=2,
        )


def _write_suspensions(page: Page, suspensions: Sequence[Suspension]) -> None:
    """Tell who suspends what towards whom; that is told, and no verdict on its right."""
    if suspensions:
        page.heading(say("Suspended, as told ({count})", count=len(suspensions)))
    for one in suspensions:
        words = say(
            "{by} towards {towards}: {duties}, from {start}.",
            by=", ".join(one.by),
            towards=_all_or(one.towards, say("all other Parties")),
            duties=_all_or(one.duties, say("all duties")),
            start=one.start,
        )
        page.marked("·", say("Only announced: {what}", what=words) if one.announced else words, indent=2)
        if one.note:
            page.paragraph(of_data(one.note), indent=6)
        page.paragraph(_source(one.source, one.status), indent=6)


def _all_or(codes: Sequence[str], everything: Text) -> Text:
    from skywitness.law.suspension import ALL, duty_words

    if ALL in codes:
        return everything
    template = ", ".join(f"{{w{number}}}" for number in range(len(codes)))
    return Text(template, tuple((f"w{number}", duty_words(code)) for number, code in enumerate(codes)))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _write_value(page: Page, answer: ValueAnswer) -> None:
    from skywitness.core.dated import Settled

    page.paragraph(answer.why, style="bold")
    if isinstance(answer.outcome, Settled):
        _write_settled(page, answer.key, answer.outcome)
    else:
        _write_candidates(page, answer.key, answer.outcome.candidates)
    for detail in answer.details:
        page.paragraph(detail, indent=2)
    if answer.qualifiers:
        others = ", ".join(repr(word) for word in answer.qualifiers)
        page.paragraph(say("There are other values, qualified: {others} (see --qualifier).", others=others), indent=2)


def _write_settled(page: Page, key: Key, outcome: Settled) -> None:
    page.paragraph(_span(outcome.start, outcome.end, a_day=key.form == "day"), indent=2)
    if outcome.attested:
        days = ", ".join(day.isoformat() for day in outcome.attested)
        page.paragraph(say("Seen in use: {days}", days=days), indent=2)
    page.paragraph(_source(outcome.source, outcome.status), indent=2)
    if outcome.note:
        page.paragraph(of_data(outcome.note), indent=2)


def _source(source: str, status: str) -> Text:
    from skywitness.law.words import source_words

    return say("Source: {source} ({status})", source=source_words(source), status=basis_words(status))


def _write_candidates(page: Page, key: Key, candidates: Sequence[DatedValue]) -> None:
    page.marked("?", say("CANNOT TELL"), "yellow", indent=2)
    for candidate in candidates:
        page.marked("·", _candidate(key, candidate), indent=4)


def _candidate(key: Key, candidate: DatedValue) -> Text:
    from skywitness.law.why import candidate_shown

    days = ", ".join(day.isoformat() for day in candidate.attested)
    return say(
        "{value}. {since} {source}",
        value=candidate_shown(key, candidate),
        since=say("Seen in use: {days}.", days=days) if days else _span(candidate.start, candidate.end),
        source=_source(candidate.source, candidate.status),
    )


def _span(start: dt.date | None, end: dt.date | None, *, a_day: bool = False) -> Text:
    """Write the days of a value; what is itself a day is fixed from then on, and in force on its own day only."""
    if start is None:
        return say("No dated decision is known.")
    if a_day and end is None:
        return say("Fixed since {start}.", start=start)
    if end is None:
        return say("In force from {start}.", start=start)
    return say("In force from {start}, no longer on {end}.", start=start, end=end)
