"""``skywitness read``: what a news article names, and what the law says to its sentences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.press.article import Article
    from skywitness.press.check import Check
    from skywitness.press.date_model import DateMention
    from skywitness.press.lists import Comparison, StateList
    from skywitness.press.mention import Mention

_MARKS = {"agrees": "✓", "differs": "✗", "cannot_tell": "?"}
_STYLES = {"agrees": "green", "differs": "bold red", "cannot_tell": "yellow"}


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "read",
        read,
        say(
            "Read a news article (text, web page or PDF; Vietnamese, English, French, German, Italian, Russian or "
            "Spanish): States, treaties, dates, weapons and organs it names, lists of States held against the law, and "
            "each sentence that the law can check: agrees, differs, cannot tell. Nothing is ever written."
        ),
        [
            words.argument("FILE", "file", say("The article: a text, HTML or PDF file.")),
            words.option(
                "--at", "DAY", say("The day of the article, where the file does not tell it."), read=values.day
            ),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.flag("--propose", say("Print only the events it tells of, as a case file for a person to judge.")),
        ],
        examples=["skywitness read article.txt", "skywitness read page.html --at 2020-05-23 --propose"],
    )


def read(face: Face, file: str, at: dt.date | None, known: dt.date | None, propose: bool) -> Answer:
    """Read a file as an article."""
    from skywitness.press.article import read_article

    article = read_article(file, at, known)
    return Answer(
        lambda: article.to_json(face.language),
        lambda page: _propose(page, face, article) if propose else _write(page, article),
    )


def _propose(page: Page, face: Face, article: Article) -> None:
    written = article.case_file(face.language)
    if written:
        page.raw(written.rstrip("\n"))
    else:
        page.paragraph(say("The article tells of no withdrawal and no joint statement that a case could hold."))


# ---- the page ----


def _write(page: Page, article: Article) -> None:
    page.paragraph(verbatim(article.title), style="bold")
    page.paragraph(_head(article))
    _write_named(page, article)
    if article.lists:
        page.heading(say("Lists of States"))
        for one in article.lists:
            _write_list(page, one)
    page.heading(say("Sentences that the law can check"))
    for check in article.checks:
        _write_check(page, check)
    if not article.checks:
        page.paragraph(say("None."), indent=2)
    if article.proposal().events:
        page.raw()
        page.paragraph(say("--propose prints the events it tells of as a case file, for a person to judge."))


def _head(article: Article) -> Text:
    if article.at is None:
        return say(
            "Language: {language}. The day of the article is not known: dates without a year stay open; give --at.",
            language=article.language.code,
        )
    ways = {
        "given": say("as given"),
        "file": say("told by the file"),
        "dateline": say("from its dateline"),
        "first full date": say("its first full date"),
    }
    told = {"language": article.language.code, "day": article.at, "way": ways[article.dated_by]}
    return say("Language: {language}. Day of the article: {day} ({way}).", **told)


def _write_named(page: Page, article: Article) -> None:
    found = article.read
    counted = [one for one in found.states if one.kind in ("name", "adjective")]
    rows = (
        (say("States"), _keys(counted)),
        (say("Governments by their seats"), _keys([one for one in found.states if one.kind == "metonym"])),
        (say("Treaties and accords"), _keys(found.instruments)),
        (say("Dates"), "; ".join(dict.fromkeys(_date(one) for one in found.dates))),
        (say("Weapons and aircraft"), _keys(found.weapons)),
        (say("Organs"), _keys(found.organs)),
        (say("Persons"), "; ".join(dict.fromkeys(f"{one.key} ({one.details['role']})" for one in found.persons))),
        (say("Numbers"), "; ".join(dict.fromkeys(one.words for one in found.quantities))),
    )
    page.raw()
    for name, words in rows:
        if words:
            page.paragraph(say("{name}: {words}", name=name, words=words), indent=2, hang=2)


def _keys(found: list[Mention] | tuple[Mention, ...]) -> str:
    """Write each thing once, with the words that name it where they are others."""
    words: dict[str, list[str]] = {}
    for one in found:
        held = words.setdefault(one.key, [])
        if one.words not in held and one.words.casefold() != one.key.casefold():
            held.append(one.words)
    return "; ".join(f"{key} ({', '.join(held)})" if held else key for key, held in words.items())


def _date(one: DateMention) -> str:
    value = one.iso or " / ".join(one.candidates)
    if one.period is not None and one.kind == "period":
        value = f"{one.period.unit} × {one.period.number or '?'}"
    return f"{one.words} = {value or '?'}" if value != one.words else one.words


def _write_list(page: Page, one: StateList) -> None:
    claimed = say("{number} claimed", number=str(one.claimed)) if one.claimed is not None else say("no number claimed")
    told = {"claimed": claimed, "counted": str(one.counted), "states": ", ".join(one.states)}
    page.marked("·", say("{claimed}, {counted} named: {states}", **told), indent=2)
    if one.unresolved:
        page.paragraph(say("Names no State known here: {words}", words=", ".join(one.unresolved)), indent=4)
    if one.repeated:
        page.paragraph(say("Named twice: {words}", words=", ".join(one.repeated)), indent=4)
    for held in one.comparisons:
        if one.against != "statement" or held.against == "statement":
            page.paragraph(_comparison(held), indent=4)


def _comparison(held: Comparison) -> Text:
    names = {
        "parties": say("Parties"),
        "signatories": say("States that signed"),
        "statement": say("signers of the statement"),
    }
    if held.unknown:
        return say("Against the {name}: cannot tell.", name=names[held.against])
    told = {
        "name": names[held.against],
        "number": str(held.number),
        "missing": ", ".join(held.missing) or "-",
        "extra": ", ".join(held.extra) or "-",
    }
    words = say("Against the {number} {name}: missing {missing}; too many {extra}.", **told)
    return say("{words} They are kept from this very article alone.", words=words) if held.itself else words


def _write_check(page: Page, check: Check) -> None:
    page.marked(_MARKS[check.verdict], check.why, _STYLES[check.verdict], indent=2)
    page.paragraph(say("“{sentence}”", sentence=_short(check.sentence)), indent=4, style="dim")
    source = "; ".join(dict.fromkeys(fact.source for fact in check.law))
    if source:
        page.paragraph(say("Source: {source}", source=source), indent=4, style="dim")


def _short(sentence: str, most: int = 160) -> str:
    return sentence if len(sentence) <= most else f"{sentence[: most - 2].rstrip()}.."
