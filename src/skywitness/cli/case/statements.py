"""``skywitness case statements`` and ``consensus``: who signed, what two statements share, what became of proposals."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.case.opening import argument, day_options, replayed
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.consult.consensus import Outcome
    from skywitness.consult.model import Event
    from skywitness.consult.replay import Replay
    from skywitness.consult.statements import Comparison, Signed


def declare_all(words: Words) -> list[click.Command]:
    """Declare the commands."""
    return [
        words.command(
            "statements",
            statements,
            say(
                "Show who signed each statement of a case and who did not, held against the Parties of the day and the "
                "members of alliances; with --compare twice, what two events share and where they differ."
            ),
            [
                argument(words),
                *day_options(words),
                words.option("--compare", "EVENT", say("An event to compare; given twice."), many=True),
                words.option("--group", "GROUP", say("Members of this body; may be given again."), many=True),
            ],
            examples=[
                "skywitness case statements us-withdrawal-2020",
                "skywitness case statements us-withdrawal-2020 --compare eleven-2020 --compare rus-response-2020",
            ],
        ),
        words.command(
            "consensus",
            consensus,
            say("Say what became of every proposal in a case: adopted, not adopted or open, and by whose objection."),
            [argument(words), *day_options(words)],
            examples=["skywitness case consensus my-case.toml --at 2027-03-01"],
        ),
    ]


def statements(
    face: Face,
    case: str,
    at: dt.date | None,
    known: dt.date | None,
    compare: tuple[str, ...],
    group: tuple[str, ...],
) -> Answer:
    """Hold statements against Parties and groups, or two of them against one another."""
    from skywitness.consult import statements as room

    found = replayed(case, at, known)
    if compare:
        one, other = _two(found, compare)
        pair = room.compare(one, other)
        return Answer(lambda: {"case": found.case.key, **pair.to_json()}, lambda page: _write_pair(page, found, pair))
    groups = _groups(group, found)
    rows = tuple(room.signed(one, groups, known) for one in room.statements(found))

    def document() -> dict[str, Any]:
        return {
            "case": found.case.key,
            "at": found.at.isoformat(),
            "statements": [
                {**row.to_json(), "what": row.event.what.render(face.language), "sources": list(row.event.sources)}
                for row in rows
            ],
        }

    return Answer(document, lambda page: _write_signed(page, found, rows))


def _two(found: Replay, idents: tuple[str, ...]) -> tuple[Event, Event]:
    """Return the two events named.

    :raises InputError: for another number of them, and for one that there is none of on the day.
    """
    there = {one.id: one for one in found.events}
    if len(idents) != 2:
        raise InputError("usage", say("Two events are compared; give --compare twice."), "--compare")
    for ident in idents:
        if ident not in there:
            known = ", ".join(there) or "-"
            message = say("There is no event {ident} by this day; there are {known}.", ident=repr(ident), known=known)
            raise InputError("unknown_event", message, "--compare")
    return there[idents[0]], there[idents[1]]


def _groups(given: tuple[str, ...], found: Replay) -> tuple[str, ...]:
    from skywitness.consult.bodies import bodies, members_on
    from skywitness.consult.statements import groups_known

    for code in given:
        if members_on(code, found.at, found.known) is None:
            known = ", ".join(one for one, told in bodies().items() if told.told)
            message = say("The members of {code} are not known here; known are {known}.", code=repr(code), known=known)
            raise InputError("unknown_group", message, "--group")
    return given or groups_known(found)


def _write_signed(page: Page, found: Replay, rows: tuple[Signed, ...]) -> None:
    page.paragraph(found.case.title.render(page.language), style="bold")
    if not rows:
        page.paragraph(say("No statement is told by this day."), indent=2)
    for row in rows:
        page.heading(say("{event}, {on}", event=row.event.id, on=str(row.event.when)))
        page.paragraph(row.event.what.shown(page.language), indent=2)
        for line in _signed_lines(row):
            page.marked("·", line, indent=2)


def _signed_lines(row: Signed) -> list[Text]:
    """Say who signed as what, and who did not; lists that are empty are left out, but not that nobody did."""
    lines = [say("signed or spoke: {codes}", codes=_codes(row.signers))]
    if row.signatories:
        lines.append(say("of these signatories that are no Parties: {codes}", codes=_codes(row.signatories)))
    if row.others:
        lines.append(say("of these neither: {codes}", codes=_codes(row.others)))
    lines.append(say("Parties that did not: {codes}", codes=_codes(row.not_signed)))
    for group, those, rest in row.of_groups:
        if those:
            told = {"group": group, "those": _codes(those), "rest": _codes(rest)}
            lines.append(say("members of {group}: {those}; not: {rest}", **told))
    return lines


def _codes(codes: tuple[str, ...]) -> Text | str:
    return ", ".join(codes) if codes else say("none")


def _write_pair(page: Page, found: Replay, pair: Comparison) -> None:
    """Write what two events share and where they differ, proposition by proposition."""
    one, other = pair.one, pair.other
    for event in (one, other):
        told = {"event": event.id, "on": str(event.when), "what": event.what.shown(page.language)}
        page.marked("·", say("{event}, {on}: {what}", **told))
    if pair.both_signed:
        page.paragraph(say("Spoke in both: {codes}", codes=_codes(pair.both_signed)))
    parts = (
        (say("Both say the same"), [(ident, (polarity, polarity)) for ident, polarity in pair.shared]),
        (say("They differ"), [(ident, (own, their)) for ident, own, their in pair.differing]),
        (say("Only {event}", event=one.id), [(ident, (polarity, "")) for ident, polarity in pair.only_one]),
        (say("Only {event}", event=other.id), [(ident, ("", polarity)) for ident, polarity in pair.only_other]),
    )
    for title, those in parts:
        page.heading(title)
        if not those:
            page.paragraph(say("nothing"), indent=2)
        for ident, sides in those:
            words = found.case.propositions[ident].words.shown(page.language)
            said = " / ".join(page.words(_SAID[side]) for side in dict.fromkeys(sides) if side)
            page.marked("·", say("{words} ({said})", words=words, said=said), indent=2)


_SAID = {"asserts": say("asserts"), "denies": say("denies"), "withholds": say("says neither")}


def consensus(face: Face, case: str, at: dt.date | None, known: dt.date | None) -> Answer:
    """Say what became of proposals."""
    from skywitness.consult.consensus import consensus as outcomes

    found = replayed(case, at, known)
    rows = outcomes(found)

    def document() -> dict[str, Any]:
        told = [one.to_json(face.language) for one in rows]
        return {"case": found.case.key, "at": found.at.isoformat(), "proposals": told}

    return Answer(document, lambda page: _write_outcomes(page, found, rows))


def _write_outcomes(page: Page, found: Replay, rows: tuple[Outcome, ...]) -> None:
    from skywitness.cli.case.page import write_outcomes

    page.paragraph(found.case.title.render(page.language), style="bold")
    if not rows:
        page.paragraph(say("No proposal is told by this day."), indent=2)
    write_outcomes(page, rows)
