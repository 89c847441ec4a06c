"""``skywitness inf classify``: the class of every type in a file of records, by reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.ways import read_ways
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.core.finding import Finding
    from skywitness.inf.classify.answer import Answered, UnderReading


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "classify",
        classify,
        say(
            "Say which class each missile type has by each reading: whose word is taken, and how disputed places are "
            "understood. Exit code 0: no reading finds anything against the Treaty; 1: every reading does; 3: it "
            "cannot be told, or the readings differ; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Records with who says them: TOML, as in examples/inf.")),
            words.option("--by", "WHO", say("Only the reading that takes this word: own, uncontested, USA, RUS, ...")),
            words.option(
                "--way", "PLACE=WAY", say("Settle a disputed place, such as INF:VII.11=kept_by_launch."), many=True
            ),
            words.option("--known", "DAY", say("Leave out what was said after this day."), read=values.day),
            words.flag("--steps", say("Show every step with its article, also where nothing is in doubt.")),
        ],
        examples=[
            "skywitness inf classify examples/inf/9m729.toml",
            "skywitness inf classify examples/inf/9m729.toml --by USA --steps",
        ],
    )


def classify(face: Face, file: str, by: str | None, way: Sequence[str], known: dt.date | None, steps: bool) -> Answer:
    """Answer a file of records."""
    from skywitness.core.finding import Verdict
    from skywitness.inf.classify.answer import answer
    from skywitness.inf.classify.read import read_case
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    case = read_case(parse_toml(read_text(file), where), where)
    found = answer(case, known, by or "", read_ways("inf", way))
    codes = {Verdict.BREACH: Exit.BREACH, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
    return Answer(
        lambda: found.to_json(face.language),
        lambda page: write_answer(page, found, steps=steps),
        codes.get(found.verdict, Exit.DONE),
    )


# ---- the page ----


def write_answer(page: Page, found: Answered, *, steps: bool) -> None:
    """Write an answer: types, launchers, acts, disputes, and what would settle them."""
    from skywitness.cli.inf.records import write_acts, write_disputes, write_missing

    title = found.case.title or say("Records on missile types")
    page.paragraph(title, style="bold")
    page.paragraph(say("By the law of {day}. Whose records are right this program does not say.", day=found.case.at))
    for number, subject in enumerate(found.by_reading[0].types if found.by_reading else ()):
        answers = [(one, page.words(one.types[number].words())) for one in found.by_reading]
        _write_answers(page, subject.subject.id, answers)
    _write_launchers(page, found)
    write_acts(page, found)
    if steps:
        _write_steps(page, found)
    write_disputes(page, found)
    write_missing(page, found)


def _write_answers(page: Page, name: str, answers: Sequence[tuple[UnderReading, str]]) -> None:
    """Write one type or launcher: each answer with the readings that give it."""
    page.heading(verbatim(name))
    page.table([say("Answer"), say("Reading")], [[answer, names] for answer, names in _gathered(page, answers).items()])


def _gathered(page: Page, answers: Sequence[tuple[UnderReading, str]]) -> dict[str, str]:
    """Gather readings by what they answer; a reading's ways are named only where they make a difference here."""
    alike: dict[str, list[tuple[UnderReading, str]]] = {}
    for one, answer in answers:
        alike.setdefault(one.acceptance.name, []).append((one, answer))
    matter = {name: {way for way in those[0][0].ways if _matters(way, those)} for name, those in alike.items()}
    found: dict[str, list[str]] = {}
    for one, answer in answers:
        named = {place: way for place, way in one.ways.items() if place in matter[one.acceptance.name]}
        found.setdefault(answer, []).append(page.words(_name(one.acceptance.name, named)))
    return {answer: "; ".join(dict.fromkeys(names)) for answer, names in found.items()}


def _matters(place: str, answers: Sequence[tuple[UnderReading, str]]) -> bool:
    """Tell whether two readings that differ only in one place give different answers."""
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for one, answer in answers:
        others = tuple((name, way) for name, way in one.ways.items() if name != place)
        if seen.setdefault(others, answer) != answer:
            return True
    return False


def _name(name: str, ways: Mapping[str, str]) -> Text:
    if not ways:
        return verbatim(name)
    told = ", ".join(f"{place.removeprefix('INF:')} {way}" for place, way in ways.items())
    return say("{name} ({ways})", name=name, ways=told)


def _write_launchers(page: Page, found: Answered) -> None:
    names = sorted({launcher.launcher for one in found.by_reading for launcher in one.launchers})
    for name in names:
        answers = [(one, page.words(_launcher(one, name))) for one in found.by_reading]
        _write_answers(page, name, answers)


def _launcher(one: UnderReading, name: str) -> Text:
    types = next((launcher.types for launcher in one.launchers if launcher.launcher == name), ())
    return say("launcher of {types}", types=", ".join(types)) if types else say("launcher of none of these types")


def _write_steps(page: Page, found: Answered) -> None:
    """Write every step, once for the readings that take the same ones."""
    gathered: dict[tuple[tuple[str, str, str], ...], list[UnderReading]] = {}
    for one in found.by_reading:
        gathered.setdefault(tuple(_steps(page, one)), []).append(one)
    for steps, ones in gathered.items():
        page.heading(
            say(
                "Steps: {readings}",
                readings="; ".join(page.words(_name(one.acceptance.name, one.ways)) for one in ones),
            )
        )
        before = ""
        for name, step, style in steps:
            if name != before:
                page.paragraph(name, indent=2, style="bold")
                before = name
            page.marked(step[0], step[2:], style, indent=4)


def _steps(page: Page, one: UnderReading) -> list[tuple[str, str, str]]:
    """List each step of a reading: what it is about, its mark and words, its style."""
    from skywitness.cli.findings_page import MARKS, STYLES

    about = [(outcome.subject.id, step) for outcome in one.types for step in outcome.steps]
    about += [(launcher.launcher, step) for launcher in one.launchers for step in launcher.steps]
    return [(name, f"{MARKS[step.verdict]} {page.words(_step(step))}", STYLES[step.verdict]) for name, step in about]


def _step(step: Finding) -> Text:
    """Write a step with how well its provision is known: nearly all of Article VII is recollection."""
    from skywitness.law.provisions import provision
    from skywitness.law.words import basis_words

    basis = basis_words(provision(step.provision).status)
    return say("{provision} ({basis}): {why}", provision=step.provision, basis=basis, why=step.why)
