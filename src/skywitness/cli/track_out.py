"""``skywitness track --out DIR``: the papers of a judged track, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from skywitness.cli import inputs
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.finding import Finding
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.route.exports.bundle import Form, Written
    from skywitness.track.exports.shown import Shown
    from skywitness.track.rules.flight import Flight

SUSPECT: Final = frozenset({"jump", "spoofed", "stale"})
"""Steps of cleaning whose points are worth a look on the map."""


def option(words: Words) -> click.Option:
    """Declare ``--out``."""
    return words.option(
        "--out",
        "DIR",
        say("Write here: map and profile (PNG), comparison (PDF), draft mission report (PDF, JSON, TOML), GeoJSON."),
    )


def folder(options: dict[str, Any]) -> Path | None:
    """Read ``--out`` before anything is judged, and refuse a place that cannot be written."""
    return inputs.writable_folder(options["out"], "--out") if options["out"] else None


def write(face: Face, flight: Flight, findings: Sequence[Finding], out: Path | None) -> tuple[Written, ...]:
    """Write all papers into ``out``; none when there is no folder.

    Raises ``InputError`` of kind ``cannot_write`` when the folder cannot be written; then nothing has changed.
    """
    if out is None:
        return ()
    from skywitness.route.exports.bundle import write_forms

    return write_forms(forms(_shown(flight, findings), face), out)


def forms(shown: Shown, face: Face) -> tuple[Form, ...]:
    """List the papers of a flight, each with what it cannot carry; no report on another flight than the planned one."""
    from skywitness.mission import report, report_paper
    from skywitness.route.exports.bundle import Form
    from skywitness.track.exports import comparison_paper, flown_height, flown_map, track_geojson
    from skywitness.track.rules import belonging

    language = face.language
    spoken: dict[str, Any] = {"catalogue": language, "language": language.code}
    flight, findings = shown.flight, shown.findings

    def geojson() -> bytes:
        made = track_geojson.to_geojson(shown, **spoken)
        return (json.dumps(made, ensure_ascii=False, allow_nan=False) + "\n").encode()

    def report_json() -> bytes:
        made = report.to_json(report.draft_report(shown, language), language)
        return (json.dumps(made, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()

    def report_toml() -> bytes:
        return report.to_toml(report.draft_report(shown, language), language).encode()

    picture = (say("A picture carries no numbers that can be read back."),)
    of_another = any(finding.provision == belonging.CODE for finding in findings)
    reports = (
        Form("report", "report.pdf", lambda: report_paper.to_pdf(shown, **spoken), report_paper.gaps()),
        Form("report_json", "report.json", report_json, ()),
        Form("report_document", "report.toml", report_toml, ()),
    )
    unreported = (say("No mission report is drafted: the track is not that of the planned flight."),)
    return (
        Form("map", "map.png", lambda: flown_map.to_png(flight, findings, left_out=shown.left_out, **spoken), picture),
        Form("profile", "profile.png", lambda: flown_height.to_png(flight, findings, **spoken), picture),
        Form(
            "comparison",
            "comparison.pdf",
            lambda: comparison_paper.to_pdf(shown, **spoken),
            (*comparison_paper.gaps(), *(unreported if of_another else ())),
        ),
        *(() if of_another else reports),
        Form("geojson", "track.geojson", geojson, track_geojson.gaps()),
    )


def _shown(flight: Flight, findings: Sequence[Finding]) -> Shown:
    """Collect what the papers show, and the points that were left out, if there are any worth a look."""
    from skywitness.track.exports.left_out import left_out
    from skywitness.track.exports.shown import Shown

    cleaned = flight.seen.cleaned
    if not any(one.step in SUSPECT for one in cleaned.dropped):
        return Shown(flight, tuple(findings), track_sha256=cleaned.sha256)
    return Shown(flight, tuple(findings), left_out(cleaned), cleaned.sha256)


def files(face: Face, written: Sequence[Written]) -> list[dict[str, Any]]:
    """List the papers for scripts."""
    return [
        {
            "path": str(one.path),
            "kind": one.kind,
            "cannot_carry": [face.words(text) for text in one.cannot_carry],
        }
        for one in written
    ]


def write_files(page: Page, written: Sequence[Written]) -> None:
    """List the papers for people, each with what it cannot carry."""
    if not written:
        return
    page.heading(say("Files written"))
    for one in written:
        page.raw(f"  {one.path}")
        if one.cannot_carry:
            lost = " ".join(page.words(text) for text in one.cannot_carry)
            message: Text = say("Cannot carry: {lost}", lost=lost)
            page.paragraph(message, indent=4, style="dim")
