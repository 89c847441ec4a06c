"""``skywitness media``: what sensors recorded on, how film was developed, who gets which original and copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.core.finding import Effect, Finding
    from skywitness.core.reading import Reading
    from skywitness.imagery.media.model import MediaRecord
    from skywitness.route.facts import Facts


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "media",
        say("Films, tapes and other media of a flight: who records, develops and gets what (Article IX)."),
        [_declare_check(words), _declare_rights(words), _declare_example(words)],
    )


def _declare_check(words: Words) -> click.Command:
    return words.command(
        "check",
        check,
        say(
            "Judge a media record by Article IX, Sections I to III. Exit code 0: kept; 1: a breach; 3: no breach, but "
            "something cannot be told; 2: the file cannot be read."
        ),
        _parameters(words),
        examples=[
            "skywitness media check record.toml",
            "skywitness media check record.toml --plan out/plan.json --facts facts.toml",
        ],
    )


def _declare_rights(words: Words) -> click.Command:
    return words.command(
        "rights",
        rights,
        say(
            "Say who may get, and who must do what, by sensors, media, numbers of originals and aircraft alone, as if "
            "nothing had happened yet. Exit code 0."
        ),
        _parameters(words),
        examples=["skywitness media rights record.toml"],
    )


def _declare_example(words: Words) -> click.Command:
    return words.command(
        "example",
        example,
        say("Print a media record of an invented flight, to be changed into your own."),
        examples=["skywitness media example > record.toml"],
    )


def _parameters(words: Words) -> list[click.Parameter]:
    return [
        words.argument("FILE", "file", say("The media record: TOML, as media example prints one.")),
        words.option("--plan", "FILE", say("The plan of the flight (plan.json): the Parties and the day.")),
        words.option(
            "--facts", "FILE", say("What is known beside the plan (facts.toml): whose aircraft, events, agreements.")
        ),
        words.option("--reading", "FILE", say("Whose law on which day (reading.toml).")),
        words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
    ]


# ---- check ----


def check(face: Face, file: str, provision: Sequence[str], **options: Any) -> Answer:
    """Judge a media record."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.imagery.media.check import judge

    record, reading = _given(file, options)
    findings = judge(record, reading, _only(provision))

    def document() -> dict[str, Any]:
        return {
            "at": reading.at.isoformat(),
            "verdict": overall(findings).value,
            "findings": [finding.to_json(face.language) for finding in findings],
        }

    def write(page: Page) -> None:
        page.paragraph(say("Media record, judged by the law of {day}.", day=reading.at.isoformat()), style="bold")
        write_findings(page, findings)
        write_needs(page, findings)

    return Answer(document, write, exit_code(findings))


# ---- rights ----


def rights(face: Face, file: str, provision: Sequence[str], **options: Any) -> Answer:
    """Say who may get what before anything happened."""
    from skywitness.imagery.media.check import rights as told

    record, reading = _given(file, options)
    found = told(record, reading, _only(provision))

    def document() -> dict[str, Any]:
        return {
            "at": reading.at.isoformat(),
            "rights": [_right(face, finding) for finding in found.findings],
            "needs": [face.words(need) for need in found.needs],
        }

    def write(page: Page) -> None:
        day = reading.at.isoformat()
        page.paragraph(say("Rights and duties by the law of {day}, as the record begins.", day=day), style="bold")
        for finding in found.findings:
            if finding.effect is not None:
                page.marked("→", _right_words(finding.provision, finding.effect), indent=2)
        if found.needs:
            page.heading(say("What has to be told before more can be said"))
            for need in found.needs:
                page.marked("·", need, indent=2)

    return Answer(document, write)


def _right_words(ident: str, effect: Effect) -> Text:
    words = {"who": effect.who, "what": effect.what, "provision": ident}
    if effect.modality == "may":
        return say("{who} may: {what} ({provision})", **words)
    return say("{who} must: {what} ({provision})", **words)


def _right(face: Face, finding: Finding) -> dict[str, Any]:
    whole = finding.to_json(face.language)
    return {key: whole[key] for key in ("provision", "title", "effect", "where", "values", "needs")}


# ---- example ----


def example(_face: Face) -> Answer:
    """Print the example."""
    from importlib.resources import files

    text = files("skywitness.imagery.media").joinpath("example.toml").read_text(encoding="utf-8")
    return Answer(lambda: {"toml": text}, lambda page: page.raw(text.rstrip("\n")))


# ---- files ----


def _only(provision: Sequence[str]) -> set[str]:
    """Return the provisions asked for.

    :raises InputError: for one that this command does not judge.
    """
    from skywitness.imagery.media.check import RULES
    from skywitness.law.provisions import find_provision

    only = {find_provision(ident).id for ident in provision}
    if strange := sorted(only - set(RULES)):
        message = say("{names}: not judged here, but only {first} to {last}.", names=", ".join(strange), **_ends(RULES))
        raise InputError("usage", message, "--provision")
    return only


def _ends(idents: Any) -> dict[str, str]:
    names = list(idents)
    return {"first": names[0], "last": names[-1]}


def _given(file: str, options: dict[str, Any]) -> tuple[MediaRecord, Reading]:
    """Read the record and what stands beside it, and put the reading together."""
    from skywitness.imagery.media.beside import completed
    from skywitness.imagery.media.links import refuse_unnamed_sides
    from skywitness.imagery.media.read import read_record
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.plan_file import read_plan
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    record = read_record(parse_toml(read_text(file), where), where)
    plan = read_plan(options["plan"]).plan if options["plan"] else None
    facts = inputs.facts(options)
    told: dict[str, Any] = {} if facts is None else _told(facts)
    if plan is not None:
        told |= {"observing": plan.observing, "observed": plan.observed, "day": plan.commencement_utc.date()}
    record = completed(record, told, facts.agreements if facts is not None else (), where)
    refuse_unnamed_sides(record, where)
    if record.day is None:
        message = say("The record does not say on which day the flight was; write day = 2019-09-12, or give the plan.")
        raise InputError("bad_media", message, where)
    before = plan.reading if plan is not None else None
    return record, inputs.reading({**options, "view": None}, record.day, before, facts)


def _told(facts: Facts) -> dict[str, Any]:
    """Return what facts tell of a media record."""
    kinds = {"arrival_at_exit": "arrival_at_exit_utc", "departure_from_territory": "departure_from_territory_utc"}
    times = {kinds[event.kind]: event.at_utc for event in facts.events if event.kind in kinds}
    return {"provider": facts.aircraft.provided_by, **times}
