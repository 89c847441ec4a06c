"""The comparison on paper and as GeoJSON: every figure is that of the comparison, and nothing is half said."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from tests.route.exports.test_export_pdf import Paper
from tests.track.exports.drawn_flights import detour, flown
from tests.track.exports.test_flown_map import chukotka, hostile

from skywitness.cli.language import Language
from skywitness.core.finding import Verdict
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.route.exports.page_words import PageWords
from skywitness.route.exports.words import STAND_IN
from skywitness.track.exports import comparison_paper, flown_tables
from skywitness.track.exports.shown import Shown
from skywitness.track.exports.track_geojson import to_geojson
from skywitness.track.flight_log import FlightLog, NotedDeviation

LANGUAGES: list[tuple[Catalogue, str]] = [(ENGLISH, "en"), (Language("vi"), "vi")]
WORDS = PageWords(ENGLISH, "en")


def shown(**how: Any) -> Shown:
    """Fly, judge, and take what papers show."""
    flight, found = flown(**how)
    return Shown(flight, found, track_sha256="0123456789abcdef" * 4)


def off_path() -> Shown:
    """A flight that leaves its path by more than the limit, with a gap."""
    return shown(aside=detour(200.0, 500.0, 75.0), gaps=((85.0, 91.0),))


def test_the_table_of_deviations_has_the_figures_of_the_comparison() -> None:
    """Each deviation has a row: its number, leg, times, distance with its side, the part beyond, the way added."""
    seen = off_path().flight.seen
    rows = flown_tables.deviations(seen, WORDS)["rows"]
    assert len(rows) == len(seen.deviations) == 1
    (one,) = seen.deviations
    assert rows[0][0] == "D1"
    assert rows[0][1] == str(one.leg)
    assert rows[0][2] == f"{seen.track.time_utc(one.stretch.first):%H:%M:%S}"
    assert rows[0][4].startswith(f"{abs(one.farthest_km):.1f} ")
    assert ("right" in rows[0][4]) == (one.farthest_km > 0.0)
    assert f"{seen.track.time_utc(one.beyond[0].first):%H:%M:%S}" in rows[0][5]
    assert rows[0][6] == f"{one.extra_km:,.1f}"
    assert rows[0][7] == "not known"


@pytest.mark.parametrize("reason", sorted(flown_tables.REASON_WORDS))
def test_every_reason_has_words_and_its_paragraph(reason: str) -> None:
    """What the log tells of a deviation stands in the table in words that name the paragraph, if there is one."""
    plan = shown().flight.context.plan
    note = NotedDeviation(plan.commencement_utc, plan.completion_utc, reason)
    seen = shown(aside=detour(200.0, 500.0, 30.0), log=FlightLog(deviations=(note,))).flight.seen
    told = flown_tables.deviations(seen, WORDS)["rows"][0][7]
    assert ("VIII.II." in told) == (reason != "none")


def test_every_point_that_was_read_is_accounted_for() -> None:
    """The rows of what was left out and the points kept add up to the points read."""
    seen = shown(strays=(30.0, 44.0)).flight.seen
    block = flown_tables.dropped(seen, WORDS)
    assert sum(int(row[1].replace(",", "")) for row in block["rows"]) + len(seen.track) == seen.cleaned.read
    assert f"{seen.cleaned.read:,}" in block["note"]


def test_gaps_and_fixes_are_listed() -> None:
    """Gaps stand with their bounds; every fix of a short plan has a row, passed or not."""
    seen = off_path().flight.seen
    assert len(flown_tables.gaps(seen, WORDS)["rows"]) == len(seen.gaps)
    rows = flown_tables.fixes(seen, WORDS)["rows"]
    assert [row[0] for row in rows] == [fix.fix.ident for fix in seen.fixes]
    assert [row[3] == "–" for row in rows] == [fix.passed_utc is None or "pass" not in row[6] or row[6] == "not passed"
                                               for fix, row in zip(seen.fixes, rows, strict=True)]  # fmt: skip


def test_every_breach_is_printed_and_what_is_not_is_counted() -> None:
    """Findings alike are printed up to a number; breaches all; printed and counted ones add up."""
    one = off_path()
    many = Shown(one.flight, one.findings * 9)
    words, _ = comparison_paper.parts(many, ENGLISH, "en")
    block = next(block for block in words["blocks"] if block["type"] == "findings")
    breaches = [finding for finding in many.findings if finding.verdict is Verdict.BREACH]
    assert sum(row["verdict"]["key"] == "breach" for row in block["rows"]) == len(breaches)
    told = sum(int(part.split(" ")[0]) for part in block["note"].removeprefix("Not printed: ").split("; "))
    applied = [finding for finding in many.findings if finding.verdict is not Verdict.NOT_APPLICABLE]
    assert len(block["rows"]) + told == len(applied)


@pytest.mark.parametrize(("catalogue", "language"), LANGUAGES)
def test_the_paper_is_set_in_both_languages(catalogue: Catalogue, language: str) -> None:
    """The PDF holds title, hash of the track, numbers of the comparison and the reading on every word's own page."""
    one = off_path()
    paper = Paper(comparison_paper.to_pdf(one, catalogue=catalogue, language=language))
    assert 2 <= len(paper.pages) <= 6
    text = paper.text.replace("\u200b", "")
    assert "0123456789abcdef" in text
    assert catalogue.number(one.flight.seen.distance_km, ",.1f") in text
    assert "OS:VIII.II.3" in text
    assert STAND_IN not in text
    assert "{" not in text


def test_hostile_names_are_printed() -> None:
    """Names nobody is ready for do not break the page; letters that are lacking become a stand-in."""
    paper = Paper(comparison_paper.to_pdf(shown(plan=hostile(), aside=detour(150.0, 350.0, 30.0))))
    assert STAND_IN in paper.text
    assert "\u202e" not in paper.text


def test_the_same_flight_gives_the_same_paper() -> None:
    """No clock and no chance is in the paper."""
    one = shown(step_s=60.0)
    assert comparison_paper.to_pdf(one) == comparison_paper.to_pdf(one)


def features(one: Shown, kind: str) -> list[dict[str, Any]]:
    """List the features of a kind."""
    return [found for found in to_geojson(one)["features"] if found["properties"]["kind"] == kind]


def test_geojson_has_every_part_of_the_comparison() -> None:
    """Legs, runs, gaps, deviations, parts beyond the limit, fixes: as many as the comparison has, with its figures."""
    one = off_path()
    seen = one.flight.seen
    assert len(features(one, "planned_leg")) == len(seen.legs)
    assert len(features(one, "flown")) == len(seen.gaps) + 1
    assert len(features(one, "gap")) == len(seen.gaps)
    assert len(features(one, "fix")) == len(seen.fixes)
    (deviation,) = features(one, "deviation")
    assert deviation["properties"]["farthest_km"] == round(seen.deviations[0].farthest_km, 3)
    assert deviation["properties"]["reason"] is None
    assert len(features(one, "beyond_limit")) == len(seen.deviations[0].beyond) == 1
    assert len(features(one, "finding")) == sum(
        finding.where is not None and finding.where.lon is not None for finding in one.findings
    )
    json.dumps(to_geojson(one), allow_nan=False)


def positions(value: Any) -> list[tuple[float, float]]:
    """Collect all positions of a geometry."""
    if value and isinstance(value[0], int | float):
        return [(value[0], value[1])]
    return [found for part in value for found in positions(part)]


def test_geojson_is_cut_at_180_degrees() -> None:
    """No line jumps over the map, and no longitude runs past 180."""
    one = shown(plan=chukotka(), aside=detour(150.0, 350.0, 30.0))
    found = to_geojson(one)["features"]
    for feature in found:
        assert all(abs(lon) <= 180.0 for lon, _ in positions(feature["geometry"]["coordinates"]))
        lines = feature["geometry"]["coordinates"]
        parts = [lines] if feature["geometry"]["type"] == "LineString" else lines
        if feature["geometry"]["type"].endswith("LineString"):
            for part in parts:
                assert all(abs(one[0] - two[0]) < 90.0 for one, two in pairwise(part))
    assert any(feature["geometry"]["type"] == "MultiLineString" for feature in found)
