"""``skywitness cfe check``: for each limit what is declared, observed and allowed, and what that proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.ways import read_ways
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.cfe.check import Answered
    from skywitness.cfe.line import Line
    from skywitness.cfe.model import Book

_MOST_VISITS = 5
_MOST_SHOWN = 10


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "check",
        check,
        say(
            "Hold declared, observed and claimed holdings against every limit. Exit code 0: kept; 1: a breach; 3: no "
            "breach, but something cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Holdings: CSV or TOML, as in examples/cfe.")),
            words.option(
                "--at",
                "DAY",
                say("The day judged, and of rows without one; else the last in the file."),
                read=values.day,
            ),
            words.option("--by", "WHO", say("Take this word: combined, declared, or whoever claims something.")),
            asking.way_option(words),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.flag("--complete", say("What is not in the file is not there.")),
            words.flag("--all", say("Show limits that are kept, too.")),
        ],
        examples=[
            "skywitness cfe check examples/cfe/residual_1995.csv",
            "skywitness cfe check examples/cfe/observed.toml --by RUS",
        ],
    )


def check(
    face: Face,
    file: str,
    at: dt.date | None,
    by: str | None,
    way: Sequence[str],
    known: dt.date | None,
    complete: bool,
    all: bool,  # noqa: A002  the name of the option
) -> Answer:
    """Judge a file of holdings."""
    from skywitness.cfe.check import judge
    from skywitness.core.reading import Reading

    book = _book(file, at, complete=complete)
    reading = Reading(at=book.at, known=known, interpretations=read_ways("cfe", way))
    found = judge(book, reading, _word(by, book))
    codes = {Verdict.BREACH: Exit.BREACH, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
    return Answer(
        lambda: found.to_json(face.language),
        lambda page: _write(page, found, everything=all),
        codes.get(found.verdict, Exit.DONE),
    )


def _book(file: str, at: dt.date | None, *, complete: bool) -> Book:
    from skywitness.cfe.read import book_from_csv, book_from_toml
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where, text = path_words(file), read_text(file)
    if file.lower().endswith(".toml"):
        return book_from_toml(parse_toml(text, where), where, at, complete=complete)
    return book_from_csv(text, where, at, complete=complete)


def _word(by: str | None, book: Book) -> str:
    """Find the word that ``--by`` names.

    :raises InputError: when nobody of that name claims anything.
    """
    from skywitness.cfe.model import CLAIMED, DECLARED
    from skywitness.cfe.tally import COMBINED
    from skywitness.law.names import did_you_mean

    if by is None:
        return COMBINED
    words = (COMBINED, DECLARED, *sorted({row.by for row in book.rows if row.basis == CLAIMED and row.day <= book.at}))
    known = {word.casefold(): word for word in words}
    if by.casefold() in known:
        return known[by.casefold()]
    told = {"by": repr(by), "known": ", ".join(words), "near": did_you_mean(by, words)}
    raise InputError("unknown_word", say("{by} claims nothing in this file; there are {known}.{near}", **told), "--by")


# ---- the page ----


def _write(page: Page, found: Answered, *, everything: bool) -> None:
    page.paragraph(found.book.title or say("Holdings under the CFE Treaty"), style="bold")
    page.paragraph(say("By the law of {day}; {basis}", day=found.book.at, basis=_basis(found)))
    if not found.law.binding:
        day = found.law.after("months_to_limits")[0]
        page.paragraph(say("The limits bind from {day} on; the numbers are shown, not judged.", day=day))
    if found.book.rows:
        _write_limits(page, found, everything=everything)
    _write_other(page, found, everything=everything)
    _write_visits(page, found)
    _write_accounts(page, found)
    _write_notes(page, found)


def _basis(found: Answered) -> Text:
    from skywitness.cfe.tally import COMBINED

    word = found.lines[0].word
    if word == COMBINED:
        return say("declarations, with what was observed in its place.")
    return say("the word taken is {word}.", word=word)


def _write_limits(page: Page, found: Answered, *, everything: bool) -> None:
    told = [line for line in found.lines if not line.idle]
    shown = [line for line in told if everything or line.verdict is not Verdict.OK]
    page.heading(say("Limits"))
    order = (Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE, Verdict.OK)
    for line in sorted(shown, key=lambda one: order.index(one.verdict)):
        _write_line(page, line)
    kept = sum(line.verdict is Verdict.OK for line in told)
    idle = len(found.lines) - len(told)
    page.paragraph(say("{kept} limits are kept; of {idle} nothing is told.", kept=kept, idle=idle), indent=2)


def _write_line(page: Page, line: Line) -> None:
    """Write one limit: what it is, then declared, observed, known and allowed, then what that proves."""
    from skywitness.cfe.check import span_words
    from skywitness.cfe.model import DECLARED
    from skywitness.cli.findings_page import MARKS, STYLES

    told = {"what": line.limit.words(), "provision": line.limit.provision, "verdict": _over(line.verdict)}
    words = say("{provision} {what}: {verdict}", **told)
    page.marked(MARKS[line.verdict], words, STYLES[line.verdict], indent=2)
    numbers = {
        "declared": span_words(line.by_word[DECLARED].span),
        "observed": span_words(line.observed) if line.observed else say("nothing"),
        "known": span_words(line.measured.span),
        "allowed": line.limit.allowed,
    }
    page.paragraph(
        say("declared {declared} · observed {observed} · known {known} · allowed {allowed:,}", **numbers), indent=4
    )


def _write_other(page: Page, found: Answered, *, everything: bool) -> None:
    """Write the findings beside the limits: exceptions, caps, storage, rights."""
    from skywitness.cli.findings_page import MARKS, STYLES, effect_words

    limits = {line.limit.provision for line in found.lines}
    limits |= {provision.partition("(")[0] for provision in limits}  # their paragraphs only sum them up
    limits -= {"CFE:IV.1"}
    worth = [
        one
        for one in found.findings
        if one.provision not in limits and (everything or _matters(one.verdict, one.effect is not None))
    ]
    if not worth:
        return
    page.heading(say("Exceptions, storage, reduction and rights"))
    for one in worth:
        words = say("{provision}: {why}", provision=one.provision, why=one.why)
        page.marked(MARKS[one.verdict], words, STYLES[one.verdict], indent=2)
        if one.effect is not None and one.verdict is not Verdict.OK:
            page.marked("→", effect_words(one.effect), indent=4)


def _matters(verdict: Verdict, effect: bool) -> bool:
    return verdict in (Verdict.BREACH, Verdict.CANNOT_TELL) or (verdict is Verdict.NOT_APPLICABLE and effect)


def _write_visits(page: Page, found: Answered) -> None:
    if found.visits:
        page.heading(say("An inspection or flight that counted exactly would settle, best first"))
        for number, visit in enumerate(found.visits[:_MOST_VISITS], 1):
            page.marked(f"{number}.", visit.words, indent=2)
    if found.unknown and found.book.rows:
        page.heading(say("States that declare nothing in this file"))
        page.paragraph(", ".join(found.unknown), indent=2)
        page.paragraph(say("What they hold is unknown, not zero; --complete says that they hold nothing."), indent=2)


def _write_accounts(page: Page, found: Answered) -> None:
    """Write where accounts exclude one another, and what the words of claims would change."""
    from skywitness.cfe.check import conflict_words

    if found.conflicts:
        page.heading(say("Accounts that do not agree; none is put right"))
        for one in found.conflicts[:_MOST_SHOWN]:
            page.marked("·", conflict_words(one), indent=2)
    others = [
        (word, line)
        for line in found.lines
        for word in line.by_word
        if not line.idle and line.verdict_by(word) is not line.verdict
    ]
    if others:
        page.heading(say("By another word"))
        for word, line in others[:_MOST_SHOWN]:
            told = {"word": word, "what": line.limit.words(), "verdict": _over(line.verdict_by(word))}
            page.marked("·", say("{word}: {what}: {verdict}", **told), indent=2)


def _over(verdict: Verdict) -> Text:
    return {
        Verdict.BREACH: say("over: proved"),
        Verdict.CANNOT_TELL: say("over: possible"),
        Verdict.OK: say("over: excluded"),
        Verdict.NOT_APPLICABLE: say("not yet binding"),
    }[verdict]


def _write_notes(page: Page, found: Answered) -> None:
    notes = [one.what for one in found.doubts]
    notes += [
        say("{first} and {other} are alike; both are counted", first=a, other=b) for a, b in found.alike[:_MOST_SHOWN]
    ]
    if found.replaced:
        notes.append(say("rows replaced by later ones and not counted: {count}", count=len(found.replaced)))
    if found.consent_not_told:
        pairs = ", ".join(f"{owner} in {host}" for owner, host in found.consent_not_told[:_MOST_SHOWN])
        notes.append(
            say("whether the State agreed that forces are stationed in is not told (IV.5): {pairs}", pairs=pairs)
        )
    if found.out_of_force:
        count = len(found.out_of_force)
        notes.append(say("rows of States that withdrew or are gone by that day, not counted: {count}", count=count))
    for row in found.suspended:
        told = {"by": ", ".join(row.by), "towards": ", ".join(row.towards), "start": row.start}
        notes.append(
            say("{by} announced a suspension towards {towards} on {start}", **told)
            if row.announced
            else say("{by} suspended the Treaty or part of it towards {towards} from {start}", **told)
        )
    if found.suspended:
        notes.append(say("the text knows no suspension: these verdicts are by the text, whoever performs it"))
    if notes:
        page.heading(say("To be known beside"))
        for note in notes:
            page.marked("·", note, indent=2)
