"""``skywitness annotate``: the codes of Annex B, written, read and judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.imagery.annotation.description import Rounded
    from skywitness.imagery.annotation.sheet import Sheet


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "annotate",
        say("Codes that Annex B has on films and tapes: write, read and judge them."),
        [_declare_encode(words), _declare_decode(words), _declare_check(words), _declare_blocks(words)],
    )


def _declare_encode(words: Words) -> click.Command:
    return words.command(
        "encode",
        encode,
        say("Write a description (TOML or JSON) in the codes of Annex B. What a code cannot hold is rounded and told."),
        [
            words.argument("FILE", "file", say("The description: rolls with their marks, frames and motions.")),
            words.option("--out", "FILE", say("Write to this file instead of to the terminal.")),
        ],
        examples=["skywitness annotate encode roll.toml --out roll.txt"],
    )


def _declare_decode(words: Words) -> click.Command:
    sheet = words.argument("FILE", "file", say("The sheet of codes; may be left out with --code."))
    sheet.required = False
    return words.command(
        "decode",
        decode,
        say("Read codes of Annex B back into values: a sheet, or single codes. All faults are told with their place."),
        [
            sheet,
            words.option("--code", "CODE", say('One code after its label, such as "HEIGHT 01850M".'), many=True),
        ],
        examples=["skywitness annotate decode roll.txt", 'skywitness annotate decode --code "PLACE 55.61N 036.65E"'],
    )


def _declare_check(words: Words) -> click.Command:
    return words.command(
        "check",
        check,
        say(
            "Judge annotations, codes or a description, by Annex B. Exit code 0: kept; 1: a breach; 3: no breach, but "
            "something cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("A sheet of codes, or a description (.toml, .json).")),
            words.option("--facts", "FILE", say("What the codes do not show: tilt, observation periods, prints.")),
            words.option("--at", "DAY", say("The day whose law applies, if not that of the flight."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=["skywitness annotate check roll.txt", "skywitness annotate check roll.txt --facts facts.toml"],
    )


def _declare_blocks(words: Words) -> click.Command:
    return words.command(
        "blocks",
        blocks,
        say("List the codes: label, form and the paragraph of Annex B."),
        examples=["skywitness annotate blocks"],
    )


# ---- encode ----


def encode(_face: Face, file: str, out: str | None) -> Answer:
    """Write a description in codes."""
    from skywitness.imagery.annotation.sheet import write_sheet

    sheet, rounded = _described(file)
    codes = write_sheet(sheet)
    if out:
        _write(out, codes, file)

    def document() -> dict[str, Any]:
        return {
            "codes": codes.splitlines(),
            "rounded": [{"where": one.where, "given": one.given, "written": one.written} for one in rounded],
            "out": out,
        }

    def write(page: Page) -> None:
        page.raw(f"# {out}" if out else codes.rstrip("\n"))
        for one in rounded:
            page.raw(f"# {page.words(_rounded(one))}")

    return Answer(document, write)


def _rounded(one: Rounded) -> Text:
    return say("{where}: {given} is written as {written}", where=one.where, given=one.given, written=one.written)


def _write(out: str, words: str, read: str) -> None:
    """Write a file whole or not at all, and never over the one that was read."""
    from skywitness.cli.whole_files import places, write_whole

    write_whole({"--out": (places({"--out": out}, (read,))["--out"], words.encode())})


# ---- decode ----


def decode(_face: Face, file: str | None, code: Sequence[str]) -> Answer:
    """Read a sheet, or single codes."""
    from skywitness.core.toml_text import write_toml
    from skywitness.imagery.annotation.description import write_description
    from skywitness.imagery.annotation.sheet import read_sheet
    from skywitness.route.files.text_file import path_words, read_text

    if bool(file) == bool(code):
        raise InputError("usage", say("Give a sheet, or single codes with --code, not both."), "FILE")
    if not file:
        return _decode_codes(code)
    sheet = read_sheet(read_text(file), path_words(file))
    described = write_description(sheet)

    def document() -> dict[str, Any]:
        respelt = [{"where": one.where, "met": one.met, "written": one.written} for one in sheet.respelt]
        return {**described, "respelt": respelt}

    def write(page: Page) -> None:
        page.raw(write_toml(described).rstrip("\n"))
        for one in sheet.respelt:
            words = {"where": one.where, "met": one.met, "written": one.written}
            page.raw(f"# {page.words(say('{where}: {met} is usually written {written}', **words))}")

    return Answer(document, write)


def _decode_codes(codes: Sequence[str]) -> Answer:
    """Read codes that stand alone."""
    from skywitness.core.errors import Faults
    from skywitness.core.toml_text import write_value
    from skywitness.imagery.annotation import blocks as known
    from skywitness.imagery.annotation.description import fields_of

    faults = Faults()
    rows: list[tuple[str, dict[str, Any]]] = []
    for number, words in enumerate(codes, 1):
        label, _, code = words.strip().partition(" ")
        try:
            value = known.decode(label, code.strip())
        except InputError as error:
            faults.add(f"--code {number}", error.message)
        else:
            rows.append((words.strip(), dict(fields_of(label, value))))
    faults.raise_if_any("bad_annotation", say("The codes cannot be read as they stand."), "--code")

    def document() -> dict[str, Any]:
        return {"codes": [{"code": words, "values": fields} for words, fields in rows]}

    def write(page: Page) -> None:
        for words, fields in rows:
            page.raw(words)
            for name, value in fields.items():
                page.raw(f"  {name} = {write_value(value)}")

    return Answer(document, write)


# ---- check ----


def check(face: Face, file: str, facts: str | None, at: dt.date | None, provision: Sequence[str]) -> Answer:
    """Judge a sheet or a description."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.core.reading import Reading
    from skywitness.imagery.annotation.check import day_of, judge, read_known, refuse_unsound
    from skywitness.law.provisions import find_provision
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    sheet = _sheet(file)
    refuse_unsound(sheet, path_words(file))
    day = at or day_of(sheet)
    if day is None:
        message = say("The sheet does not say on which day the flight was; give the day with --at.")
        raise InputError("usage", message, "--at")
    known = read_known(parse_toml(read_text(facts), path_words(facts)), path_words(facts)) if facts else None
    only = {find_provision(ident).id for ident in provision}
    findings = judge(sheet, Reading(at=day), known, only)

    def document() -> dict[str, Any]:
        return {
            "at": day.isoformat(),
            "verdict": overall(findings).value,
            "findings": [finding.to_json(face.language) for finding in findings],
            "faults": [{"where": one.where, "message": face.words(one.message)} for one in sheet.faults],
        }

    def write(page: Page) -> None:
        page.paragraph(say("Annotations, judged by the law of {day}.", day=day.isoformat()), style="bold")
        if sheet.faults:
            page.heading(say("Codes that are not as they should be"))
            for one in sheet.faults:
                page.marked("·", f"{one.where}: {page.words(one.message)}", indent=2)
        write_findings(page, findings)
        write_needs(page, findings)

    return Answer(document, write, exit_code(findings))


def _sheet(file: str) -> Sheet:
    """Read codes, or a description: the name tells which."""
    from skywitness.imagery.annotation.sheet import scan_sheet
    from skywitness.route.files.text_file import path_words, read_text

    if Path(file).suffix.lower() in (".toml", ".json"):
        return _described(file)[0]
    return scan_sheet(read_text(file), path_words(file))


def _described(file: str) -> tuple[Sheet, tuple[Rounded, ...]]:
    """Read a description in TOML, or in JSON where the name says so."""
    from skywitness.imagery.annotation.description import read_description
    from skywitness.route.files.document import parse_json, parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    read = parse_json if Path(file).suffix.lower() == ".json" else parse_toml
    data = read(read_text(file), where)
    if not isinstance(data, dict):
        raise InputError("bad_annotation", say("The description is no table of named fields."), where)
    data.pop("respelt", None)  # what decode --json tells beside the values
    found = read_description(data, where)
    return found.sheet, found.rounded


# ---- blocks ----


def blocks(face: Face) -> Answer:
    """List the codes."""
    from skywitness.imagery.annotation.blocks import BLOCKS, LINES

    rows = [(kind, BLOCKS[label]) for kind, labels in LINES.items() for label in labels]

    def document() -> dict[str, Any]:
        return {
            "blocks": [
                {
                    "line": kind,
                    "label": block.label,
                    "field": block.field,
                    "provision": block.asked_by,
                    "form": face.words(block.form),
                }
                for kind, block in rows
            ]
        }

    def write(page: Page) -> None:
        for kind in LINES:
            page.raw()
            page.raw(kind)
            for other, block in rows:
                if other == kind:
                    words = f"{block.label}: {page.words(block.form)} ({block.asked_by})"
                    page.paragraph(words, indent=2, hang=2)

    return Answer(document, write)
