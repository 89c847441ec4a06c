"""``skywitness vdoc``: must an activity be notified and observed under the Vienna Document, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
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
    from collections.abc import Mapping

    from skywitness.core.finding import Finding, Verdict
    from skywitness.vdoc.activities import Outcome
    from skywitness.vdoc.answer import Answered, UnderReading


def declare(words: Words) -> click.Group:
    """Declare the group and its command."""
    known = words.option("--known", "DAY", say("Leave out accounts given after this day."), read=values.day)
    checked = words.command(
        "check",
        check,
        say(
            "Say of each military activity whether it must be notified and observed, and by when, by each reading: "
            "whose numbers are taken, and how open places are understood; judge calendars, constraints, visits and "
            "answers. Exit code 0: kept; 1: a breach by every reading; 3: it cannot be told, or the readings differ; "
            "2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Activities with who says what of them: TOML, as in examples/vdoc.")),
            words.option("--by", "WHO", say("Only the reading that takes this word: own, all, DEU, NATO, ...")),
            words.option(
                "--way",
                "PLACE=WAY",
                say("Settle an open place, such as VD:NOTIFICATION.ONE-ACTIVITY=as_claimed."),
                many=True,
            ),
            known,
            words.flag("--findings", say("Show every finding with its numbers and sources.")),
        ],
        examples=[
            "skywitness vdoc check examples/vdoc/exercise.toml",
            "skywitness vdoc check examples/vdoc/exercise.toml --by own --findings",
        ],
    )
    about = say("The Vienna Document 2011: activities to notify and observe, calendars, constraints, visits.")
    return words.group("vdoc", about, [checked])


def check(face: Face, file: str, by: str | None, way: Sequence[str], known: dt.date | None, findings: bool) -> Answer:
    """Answer a file."""
    from skywitness.core.finding import Verdict
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text
    from skywitness.vdoc.answer import answer
    from skywitness.vdoc.read import read_dossier

    where = path_words(file)
    dossier = read_dossier(parse_toml(read_text(file), where), where)
    found = answer(dossier, known, by or "", read_ways("vienna-document", way))
    codes = {Verdict.BREACH: Exit.BREACH, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
    return Answer(
        lambda: found.to_json(face.language),
        lambda page: _write(page, found, findings=findings),
        codes.get(found.verdict, Exit.DONE),
    )


# ---- the page ----


def _write(page: Page, found: Answered, *, findings: bool) -> None:
    from skywitness.cli.findings_page import write_findings

    page.paragraph(found.dossier.title or say("A file on the Vienna Document"), style="bold")
    page.paragraph(say("By the Vienna Document 2011 on {day}. It binds politically, not in law.", day=found.dossier.at))
    page.paragraph(
        say("Its thresholds, numbers and times stand here from memory (recollection): hold them against the text.")
    )
    if found.outside:
        names = ", ".join(one.id for one in found.outside)
        page.paragraph(say("Outside the zone and not judged: {names}.", names=names))
    for ident in dict.fromkeys(outcome.unit.id for one in found.by_reading for outcome in one.activities):
        _write_activity(page, found.by_reading, ident)
    _write_together(page, found.by_reading)
    if findings:
        for reading in found.by_reading:
            page.heading(say("Reading: {name}", name=_name(reading.acceptance.name, reading.ways)))
            page.paragraph(reading.acceptance.words, indent=2)
            write_findings(page, reading.findings)
    if found.findings:
        page.heading(say("Visits, questions and yearly information"))
        write_findings(page, found.findings)
    _write_list(page, say("Still to come"), _due(found))
    _write_list(page, say("Accounts that exclude one another"), _pairs(found))
    _write_list(page, say("What would settle it"), found.needs)


def _pairs(found: Answered) -> list[Text]:
    return [say("{one} and {other}", one=one.id, other=other.id) for one, other in found.disputes]


def _due(found: Answered) -> list[Text]:
    """List what must be done in times that are still running, with where it is due by some readings only."""
    every = [*found.findings, *(one for reading in found.by_reading for one in reading.findings)]
    rows = [(one, one.effect) for one in every if one.verdict.value == "not_applicable" and one.effect is not None]
    texts = [
        say("{name}: {who} must {what}.", name=one.where.name if one.where else "", who=effect.who, what=effect.what)
        for one, effect in rows
        if effect.modality == "must"
    ]
    return list(dict.fromkeys(texts))


def _write_list(page: Page, heading: Text, texts: Sequence[Text]) -> None:
    if texts:
        page.heading(heading)
    for text in texts:
        page.marked("·", text, indent=2)


def _write_activity(page: Page, readings: Sequence[UnderReading], ident: str) -> None:
    """Write one activity: each answer with the readings that give it, and what is broken or open."""
    page.heading(verbatim(ident))
    found = [(one, outcome) for one in readings for outcome in one.activities if outcome.unit.id == ident]
    rows = {id(one): _row(page, outcome) for one, outcome in found}
    gathered: dict[tuple[str, ...], list[str]] = {}
    for one, _ in found:
        alike = [(other.ways, rows.get(id(other), ())) for other in readings if other.acceptance == one.acceptance]
        named = {place: way for place, way in one.ways.items() if _matters(place, alike)}
        gathered.setdefault(rows[id(one)], []).append(page.words(_name(one.acceptance.name, named)))
    table = [["; ".join(dict.fromkeys(names)), *row] for row, names in gathered.items()]
    page.table([say("Reading"), say("Notify"), say("Observe"), say("Calendar")], table)
    _write_acts(page, [(one, finding) for one, outcome in found for finding in outcome.findings])


def _matters(place: str, answers: Iterable[tuple[Mapping[str, str], tuple[str, ...]]]) -> bool:
    """Tell whether two readings that differ only in one place give different answers here, or one gives none."""
    seen: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {}
    for ways, answer in answers:
        others = tuple((name, way) for name, way in ways.items() if name != place)
        if seen.setdefault(others, answer) != answer:
            return True
    return False


def _row(page: Page, outcome: Outcome) -> tuple[str, ...]:
    pairs = (
        (outcome.notify, outcome.notify_by),
        (outcome.observe, outcome.invite_by),
        (outcome.calendar, outcome.calendar_by),
    )
    return tuple(page.words(_answer(str(answer), day)) for answer, day in pairs)


def _answer(answer: str, day: dt.date | None) -> Text:
    if answer == "must":
        return say("must, by {day}", day=day)
    return say("need not") if answer == "need_not" else say("cannot tell; if so, by {day}", day=day)


def _name(name: str, ways: Mapping[str, str]) -> Text:
    if not ways:
        return verbatim(name)
    return say("{name} ({ways})", name=name, ways=", ".join(ways.values()))


def _write_acts(
    page: Page,
    told: Iterable[tuple[UnderReading, Finding]],
    shown: Sequence[str] = ("breach", "cannot_tell"),
    mark: str = "",
) -> None:
    """Write what is broken or cannot be told, or has other verdicts, once for the readings that say the same."""
    from skywitness.cli.findings_page import MARKS, STYLES

    gathered: dict[tuple[str, str, Verdict], list[str]] = {}
    for one, finding in told:
        if finding.verdict.value in shown:
            key = finding.provision, page.words(finding.why), finding.verdict
            gathered.setdefault(key, []).append(page.words(_name(one.acceptance.name, one.ways)))
    for (provision, why, verdict), names in gathered.items():
        readings = ", ".join(dict.fromkeys(names))
        words = say("{readings}: {provision}: {why}", readings=readings, provision=provision, why=why)
        page.marked(mark or MARKS[verdict], words, STYLES[verdict], indent=2)


def _write_together(page: Page, readings: Sequence[UnderReading]) -> None:
    told = [(one, finding) for one in readings for finding in one.together]
    if told:
        page.heading(say("Activities together"))
        _write_acts(page, told)
        _write_acts(page, told, ("ok",), "·")
