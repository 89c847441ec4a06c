"""What commands on inspections and exchanges are asked: the reading, the files, and how findings are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.ways import read_ways
from skywitness.core.errors import InputError
from skywitness.core.reading import Reading
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.cfe.told.table import Judged
    from skywitness.core.finding import Finding

__all__ = ["answer", "document", "only", "parsed", "reading", "way_option", "write_untold"]

_SHOWN = 6


def way_option(words: Words) -> click.Option:
    """Declare the option for disputed places."""
    explanation = say("Settle a disputed place, such as CFE:IX.1(B)=round_up.")
    return words.option("--way", "PLACE=WAY", explanation, many=True)


def reading(at: dt.date, way: Sequence[str], claims: Sequence[str] = (), known: dt.date | None = None) -> Reading:
    """Put a reading together.

    :raises InputError: for a place, a way or a suspension that there is none of.
    """
    from skywitness.law.instrument import load

    there = [one.id for one in load("cfe").suspensions]
    for claim in claims:
        if claim not in there:
            told = {"claim": repr(claim), "known": ", ".join(there)}
            raise InputError(
                "unknown_suspension", say("No suspension is called {claim}; there are {known}.", **told), "--accept"
            )
    return Reading(at=at, known=known, interpretations=read_ways("cfe", way), accepted_claims=tuple(claims))


def parsed(file: str) -> tuple[dict[str, Any], str]:
    """Read a TOML file; return it with its name for people."""
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    return parse_toml(read_text(file), where), where


def only(provision: Sequence[str]) -> set[str]:
    """Return the provisions asked for.

    :raises InputError: for one that there is not.
    """
    from skywitness.law.provisions import find_provision

    return {find_provision(ident, "cfe").id for ident in provision}


def answer(face: Face, found: Judged) -> Answer:
    """Answer with findings, and below them what is not told."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs

    def write(page: Page) -> None:
        write_findings(page, found.findings)
        write_needs(page, found.findings)
        write_untold(page, found.untold)

    return Answer(lambda: document(face, found.findings, found.untold), write, exit_code(found.findings))


def document(face: Face, findings: Sequence[Finding], untold: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Write findings, and on which provisions nothing is told, for scripts."""
    from skywitness.core.finding import overall

    return {
        "verdict": overall(findings).value,
        "findings": [finding.to_json(face.language) for finding in findings],
        "not_told": {name: list(idents) for name, idents in untold.items()},
    }


def write_untold(page: Page, untold: Mapping[str, Sequence[str]]) -> None:
    """Write on how many provisions each table tells nothing: what is not told is not judged, and not kept either."""
    if not untold:
        return
    page.heading(say("Not told, and so not judged"))
    for name, idents in untold.items():
        shown, more = ", ".join(idents[:_SHOWN]), len(idents) - _SHOWN
        line = say("{name}: {shown}", name=name, shown=shown)
        if more > 0:
            line = say("{name}: {shown} and {more} more", name=name, shown=shown, more=more)
        page.marked("·", line, indent=2)
