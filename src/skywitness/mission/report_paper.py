"""The draft of the mission report on paper (VI.I.21): items, map, profile, room to sign.

What nobody has told is a named line to write on.  Verdicts of a program are no part of what both Parties sign; they
stand in the comparison (:mod:`skywitness.track.exports.comparison_paper`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import Catalogue, Text, say
from skywitness.mission.documents.choices import spoken
from skywitness.mission.documents.model import Item
from skywitness.mission.report import Report, ReportItem, draft_report, remarks
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.mission_tables import LONGEST_SIGNED_TITLE
from skywitness.route.exports.page_words import PageWords, moment_words
from skywitness.route.exports.parties import party
from skywitness.track.exports.flight_paper import Block, Paper, aircraft_name, drawings, frame, picture_blocks
from skywitness.track.exports.shown import Shown

SIGNED: Final = frozenset({"signed_observing", "signed_observed"})
"""Items that stand as room to sign."""

MOST_ROWS: Final = 120
ABREAST_FROM: Final = 12
"""A list of few columns and more rows stands in two parts beside each other."""

LINES_OF_PROSE: Final = 2

TELLERS: Final = MappingProxyType(
    {
        "plan": say("From the mission plan."),
        "track": say("From the track."),
        "flight_log": say("From the flight log."),
        "facts": say("From the facts."),
    }
)


def gaps() -> tuple[Text, ...]:
    """Say what the draft on paper cannot carry."""
    return (
        say("A draft: it becomes a mission report when it is complete and both Parties have signed it."),
        say("Findings are no part of it; they stand in comparison.pdf."),
    )


def parts(shown: Shown, catalogue: Catalogue, language: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Collect the words and the drawings."""
    words = PageWords(catalogue, language)
    report = draft_report(shown, catalogue)
    drawn = drawings(replace_findings(shown), catalogue, language)
    blocks: list[Block] = [
        {"type": "rows", "left": 52, "rows": [[words.text(label), value] for label, value in _head(report, words)]},
        {
            "type": "words",
            "words": words.text(
                say("A draft. What nobody has told yet is a line to write on; nothing has been put in its place.")
            ),
        },
        {"type": "items", "items": list(_items(report, words))},
        {
            "type": "lines",
            "heading": words.text(say("Remarks")),
            "lines": [words.text(text) for text in remarks(report)],
        },
        _signatures(report, words),
        *picture_blocks(replace_findings(shown), drawn, words),
    ]
    kind = say("Mission report (draft)")
    treaty = say("Treaty on Open Skies, Article VI, Section I, paragraph 21")
    return {**frame(shown, kind, treaty, words), "blocks": blocks}, drawn


def replace_findings(shown: Shown) -> Shown:
    """Take the findings away: marks of one side's verdicts have no place on what both Parties sign."""
    return Shown(shown.flight, (), shown.left_out, shown.track_sha256)


def _head(report: Report, words: PageWords) -> Iterator[tuple[Text, str]]:
    plan = report.shown.flight.context.plan
    yield say("Compiled by the observing Party"), words.text(party(plan.observing, words.language))
    yield say("To"), words.text(say("all other States Parties"))
    yield say("Aircraft"), aircraft_name(report.shown, words)
    yield say("Aircraft in the track"), words.name(report.shown.flight.seen.track.ident, 60) or "–"
    if report.shown.track_sha256:
        yield say("Track file (SHA-256)"), words.name(report.shown.track_sha256)


def _items(report: Report, words: PageWords) -> Iterator[Block]:
    shown = [one for one in report.items if one.item.id not in SIGNED and _is_asked(one, report)]
    for number, one in enumerate(shown, 1):
        rows, columns = _abreast(list(_rows(one, words)), [words.text(field.title) for field in one.item.fields])
        hidden = max(len(one.value) - MOST_ROWS, 0) if rows else 0
        told = words.text(TELLERS[one.told_by]) if one.told_by else ""
        if one.item.id == "route" and rows and report.shown.flight.seen.deviations:
            told = words.text(say("{told} D1, D2 ... are the places farthest off the planned path.", told=told))
        if hidden:
            told = words.text(say("{told} {count} more rows are in report.toml.", told=told, count=hidden))
        yield {
            "number": str(number),
            "title": words.text(one.item.title),
            "provision": one.item.provision.removeprefix("OS:"),
            "value": "" if one.is_open or rows else _value(one.item, one.value, words),
            "columns": columns if rows else [],
            "widths": ["1fr"] * len(columns),
            "rows": rows,
            "missing": words.text(_missing(one.item)),
            "lines": LINES_OF_PROSE if one.item.form in ("prose", "rows") else 1,
            "from": told,
        }


def _abreast(rows: list[list[str]], columns: list[str]) -> tuple[list[list[str]], list[str]]:
    """Lay a long list of few columns in two parts beside each other."""
    if len(rows) <= ABREAST_FROM or len(columns) > 3:
        return rows, columns
    half = (len(rows) + 1) // 2
    nothing = ["\u00a0"] * len(columns)
    return [[*one, *two] for one, two in zip_longest(rows[:half], rows[half:], fillvalue=nothing)], columns * 2


def _is_asked(one: ReportItem, report: Report) -> bool:
    """Tell whether an item stands in this report: what has no condition, what is told, or what its condition asks."""
    if one.item.need != "when" or not one.is_open:
        return True
    condition = report.draft.document.items.get(one.item.when)
    return condition is None or condition in one.item.values


def _missing(item: Item) -> Text:
    if item.need == "always":
        return say("Not told by plan, track, flight log or facts.")
    return say("Not told by plan, track, flight log or facts; to be filled in if it applies.")


def _rows(one: ReportItem, words: PageWords) -> Iterator[list[str]]:
    if one.is_open or one.item.form != "rows":
        return
    for row in one.value[:MOST_ROWS]:
        yield [_cell(field, row, words) for field in one.item.fields]


def _cell(field: Item, row: Mapping[str, Any], words: PageWords) -> str:
    """Write a field of a row; one that nobody has told is empty, and the page draws a line."""
    return _value(field, row[field.id], words) if field.id in row else ""


def _value(item: Item, value: Any, words: PageWords) -> str:
    if isinstance(value, bool):
        return words.text(say("yes") if value else say("no"))
    if isinstance(value, dt.datetime):
        return moment_words(value)
    if item.form == "party":
        return words.text(party(value, words.language))
    if isinstance(value, str):
        said = spoken(item, value)
        return words.name(value, 6_000) if said is None else words.text(said)
    spec = ",.1f" if item.form == "distance_km" else "g" if item.form == "number" else ".5f"
    return words.number(value, spec)


def _signatures(report: Report, words: PageWords) -> Block:
    """Make the two blocks to sign in, at the point of exit."""
    flight = report.shown.flight
    plan, track = flight.context.plan, flight.seen.track
    sides = (
        say("For the observing Party: {name}", name=party(plan.observing, words.language)),
        say("For the observed Party: {name}", name=party(plan.observed, words.language)),
    )
    what = say(
        "{title}: flown {start} to {end}, {distance:,.1f} km.",
        title=words.name(plan_title(plan, words.language).render(words.catalogue), LONGEST_SIGNED_TITLE),
        start=moment_words(track.time_utc(0)),
        end=moment_words(track.time_utc(len(track) - 1)),
        distance=flight.seen.distance_km,
    )
    fields = (say("Name and function"), say("Date and time, UTC"), say("Signature"))
    return {
        "type": "signatures",
        "heading": words.text(say("Signatures at the point of exit")),
        "what": words.text(what),
        "note": words.text(say("Both Parties sign; what is still open is to be filled in before.")),
        "blocks": [{"title": words.text(side)} for side in sides],
        "fields": [words.text(field) for field in fields],
    }


to_pdf, to_pages = Paper(parts).to_pdf, Paper(parts).to_pages
"""The draft as a PDF, and its pages as pictures."""
