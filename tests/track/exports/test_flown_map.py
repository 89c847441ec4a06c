"""The map of a flown track: what the comparison found is drawn, nothing else, and all of it on the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import make_plan
from tests.track.exports.drawn_flights import detour, flown

from skywitness.cli.language import Language
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH
from skywitness.geo.borders import load_view
from skywitness.route.exports import paper
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.png_map import PICTURE_ASPECTS
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Plan, Site
from skywitness.track.comparison import Stretch
from skywitness.track.exports import flown_layers, flown_map
from skywitness.track.exports.flown_legend import entries
from skywitness.track.exports.flown_scene import FlownScene, make_flown_scene
from skywitness.track.exports.left_out import left_out
from skywitness.track.exports.thin import between_gaps, extremes, thinned
from skywitness.track.flight_log import FlightLog, SensorOn
from skywitness.track.model import Floats
from skywitness.track.rules.flight import Flight

NONE = np.empty((0, 2))
CHUKOTKA = ((177.74, 64.73), (179.2, 65.6), (-179.0, 66.6), (-176.2, 66.9), (-174.0, 65.6), (177.74, 64.73))


def scene_of(flight: Flight, found: Any = (), out: Floats = NONE) -> FlownScene:
    """Lay a flight out for a picture."""
    return make_flown_scene(flight, found, out, PICTURE_ASPECTS)


def chukotka(**changes: Any) -> Plan:
    """A plan that crosses 180 degrees twice."""
    at = dt.datetime(2019, 7, 2, 1, tzinfo=dt.UTC)
    return make_plan(CHUKOTKA, start="UHMA", end="UHMA", at=at, observing="DEU", observed="RUS", overflown=("RUS",),
                     **changes)  # fmt: skip


def ids(svg: bytes, kind: str) -> list[str]:
    """List the names of the drawn lines of a kind."""
    return re.findall(rf'id="({kind}-?\d*)"', svg.decode())


@pytest.mark.parametrize(("far_km", "beyond"), [(20.0, 0), (75.0, 1)])
def test_every_deviation_is_highlighted(far_km: float, beyond: int) -> None:
    """Each deviation of the comparison has its path on the map, and each part beyond the limit one of its own."""
    flight, found = flown(aside=detour(200.0, 500.0, far_km))
    drawn = flown_map.to_svg(flight, found)
    assert len(flight.seen.deviations) == 1
    assert set(ids(drawn, "deviation")) == {"deviation-1"}
    assert set(ids(drawn, "beyond")) == ({"beyond-1"} if beyond else set())


def test_a_highlighted_path_is_where_the_comparison_has_it() -> None:
    """The line of a deviation begins and ends with its stretch and goes through its farthest point."""
    flight, found = flown(aside=detour(200.0, 500.0, -60.0))
    scene = scene_of(flight, found)
    (one,) = scene.deviations
    track = flight.seen.track
    ends = scene.base.chart.project([track.at(one.deviation.stretch.first), track.at(one.deviation.stretch.last)])
    assert one.parts[0][0] == pytest.approx(ends[0])
    assert one.parts[-1][-1] == pytest.approx(ends[1])
    line = shapely.linestrings(one.parts[0])
    assert shapely.distance(line, shapely.points(*one.worst)) * 1000.0 <= scene.close_m


def test_a_flight_as_planned_has_nothing_highlighted() -> None:
    """Without deviation, gap and log neither the map nor its legend speaks of them."""
    flight, found = flown()
    drawn, legend = flown_map.to_svg(flight, found), [str(entry.words) for entry in entries(scene_of(flight, found))]
    assert not ids(drawn, "deviation")
    assert not ids(drawn, "gap")
    assert "when sensors ran is not known" in legend
    assert not [words for words in legend if "off the planned path" in words or "gap" in words]


def test_what_nobody_saw_is_not_drawn_as_flown() -> None:
    """The track is cut at every gap; the gap is a line of its own between the ends."""
    flight, found = flown(aside=detour(100.0, 600.0, 40.0), gaps=((20.0, 26.0), (50.0, 55.0)))
    scene = scene_of(flight, found)
    assert len(flight.seen.gaps) == len(scene.gaps) >= 2
    assert len(scene.runs) == len(scene.gaps) + 1
    for gap, before, after in zip(scene.gaps, scene.runs, scene.runs[1:], strict=False):
        assert gap.points[0] == pytest.approx(before[-1])
        assert gap.points[1] == pytest.approx(after[0])
    seen = [shapely.linestrings(gap.points) for gap in scene.gaps]
    for one in scene.deviations:
        for part in one.parts:
            assert not any(shapely.linestrings(part).covers(gap) for gap in seen)


def test_the_line_stays_near_every_point() -> None:
    """Thinning loses no shape: every point of the track lies within what the foot of the map says."""
    flight, _ = flown(aside=lambda km: 12.0 * float(np.sin(km / 15.0)), step_s=4.0)
    scene = scene_of(flight)
    track = flight.seen.track
    places = scene.base.chart.project(np.column_stack((track.lon_deg, track.lat_deg)))
    line = shapely.multilinestrings([shapely.linestrings(run) for run in scene.runs])
    assert shapely.distance(shapely.points(places), line).max() * 1000.0 <= scene.close_m
    assert scene.drawn < len(track)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(3, 60_000), st.floats(0.01, 3.0))
def test_thinned_lines_are_close(seed: int, count: int, close: float) -> None:
    """A thinned random walk, in one piece or several, has both ends and no point farther off than asked."""
    points = np.cumsum(np.random.default_rng(seed).normal(size=(count, 2)), axis=0)
    kept = thinned(points, close)
    assert (kept[0] == points[0]).all()
    assert (kept[-1] == points[-1]).all()
    sample = points[:: max(1, count // 500)]
    assert shapely.distance(shapely.points(sample), shapely.linestrings(kept)).max() <= close + 1e-9


@settings(deadline=None)
@given(st.lists(st.one_of(st.floats(-1e4, 1e4), st.just(float("nan"))), min_size=1, max_size=60), st.integers(1, 9))
def test_extremes_lose_no_dip(heights: list[float], width: int) -> None:
    """Of every bin its lowest and its highest value are kept; a value that is not known never is."""
    values, bins = np.array(heights), np.arange(len(heights)) // width
    kept = extremes(values, bins)
    assert np.isfinite(values[kept]).all()
    for one in np.unique(bins):
        mine = values[(bins == one) & np.isfinite(values)]
        if len(mine):
            shown = values[kept[bins[kept] == one]]
            assert shown.min() == mine.min()
            assert shown.max() == mine.max()


def test_a_stretch_is_cut_at_the_gaps_inside_it_only() -> None:
    """Gaps before and behind a stretch leave it whole."""
    flight, _ = flown(gaps=((20.0, 26.0), (50.0, 55.0)))
    first, second = (gap.index for gap in flight.seen.gaps)
    assert list(between_gaps(flight.seen, Stretch(first + 1, second))) == [Stretch(first + 1, second)]
    parts = list(between_gaps(flight.seen, Stretch(0, len(flight.seen.track) - 1)))
    assert [(part.first, part.last) for part in parts] == [
        (0, first),
        (first + 1, second),
        (second + 1, len(flight.seen.track) - 1),
    ]


def test_across_180_degrees_all_is_on_one_map() -> None:
    """A track over 180 degrees is not torn apart: all of it in the frame, and no piece of line across the map."""
    flight, found = flown(chukotka(), aside=detour(150.0, 350.0, 30.0))
    scene = scene_of(flight, found)
    track = flight.seen.track
    assert scene.base.box.holds(scene.base.chart.project(np.column_stack((track.lon_deg, track.lat_deg)))).all()
    assert scene.base.box.width < 1_000.0
    longest = max(float(np.hypot(*np.diff(run, axis=0).T).max()) for run in scene.runs)
    assert longest < max(leg.distance_km for leg in flight.seen.legs) + 1.0


def test_the_corridor_has_the_width_of_the_law() -> None:
    """The belt of VIII.II.3 lies 50 km from the planned path, and goes where nothing is in force."""
    flight, _ = flown()
    scene = scene_of(flight)
    assert scene.corridor is not None
    path = shapely.multilinestrings([shapely.linestrings(leg.points) for leg in scene.base.legs])
    edge = shapely.points(shapely.get_coordinates(shapely.boundary(scene.corridor)))
    assert shapely.distance(edge, path) == pytest.approx(50.0, abs=0.5)
    early = make_plan(at=dt.datetime(1995, 6, 10, 8, tzinfo=dt.UTC), reading=Reading(at=dt.date(1995, 6, 10)))
    assert scene_of(flown(early)[0]).corridor is None


def test_sensors_thicken_the_track_while_they_ran() -> None:
    """A period of the log is a thicker line of its time; with an empty log nothing is, and nothing is unknown."""
    start = make_plan().commencement_utc
    period = SensorOn("CAM", start + dt.timedelta(minutes=30), start + dt.timedelta(minutes=60))
    flight, _ = flown(log=FlightLog(sensors_on=(period,)))
    (line,) = scene_of(flight).sensors_on
    track = flight.seen.track
    inside = (track.time_s >= period.start_utc.timestamp()) & (track.time_s <= period.end_utc.timestamp())
    ends = np.flatnonzero(inside)[[0, -1]]
    chart = scene_of(flight).base.chart
    assert line[[0, -1]] == pytest.approx(chart.project([track.at(int(ends[0])), track.at(int(ends[1]))]))
    quiet, _ = flown(log=FlightLog(sensors_on=()))
    legend = [str(entry.words) for entry in entries(scene_of(quiet))]
    assert not [words for words in legend if "sensor" in words]


def test_points_left_out_are_those_that_cannot_have_been_flown() -> None:
    """A stray point is found again by its place; a point that stands twice in the file is not called left out."""
    from tests.track.exports.drawn_flights import fly

    plan = make_plan()
    records = fly(plan, strays=(40.0,))
    records.insert(30, dict(records[30]))
    flight, _ = flown(plan, records)
    stray = next(one for one in records if one["latitude"] > 52.6)
    ((lon, lat),) = left_out(flight.seen.cleaned).tolist()
    assert (lon, lat) == pytest.approx((stray["longitude"], stray["latitude"]))


def test_what_differs_in_meaning_differs_without_colour() -> None:
    """Each line of the map differs from every other in width or dash, so that grey print tells them apart."""
    styles = [
        (flown_layers.PLANNED_PT, flown_layers.PLANNED_DASHES),
        (flown_layers.PLANNED_PT, flown_layers.TRANSIT_DASHES),
        (flown_layers.FLOWN_PT, None),
        (flown_layers.FLOWN_PT, flown_layers.GAP_DOTS),
        (flown_layers.SENSORS_PT, None),
        (flown_layers.DEVIATION_PT, None),
        (flown_layers.BEYOND_PT, None),
        (0.6, flown_layers.CORRIDOR_DASHES),
    ]
    assert len(set(styles)) == len(styles)


def hostile() -> Plan:
    """A plan with names nobody is ready for."""
    plan = chukotka()
    names = ["مطار اختبار طويل " * 6, "<b>&\"'$x_1$", "‮evil\u0000", "Ж" * 300, "", "🛰️" * 20]
    fixes = tuple(
        replace(fix, ident=name[:40] or "X", name=name) for fix, name in zip(plan.waypoints, names, strict=True)
    )
    return replace(plan, waypoints=fixes, title="Ω" * 400)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_word_leaves_the_page(language: str) -> None:
    """Long, foreign and hostile names stay on the page, in both languages, with borders drawn."""
    catalogue = ENGLISH if language == "en" else Language(language)
    plan = hostile()
    flight, found = flown(plan, aside=detour(150.0, 350.0, 70.0), gaps=((60.0, 66.0),),
                          view=load_view("un", plan.reading.at))  # fmt: skip
    with paper.plain_style():
        drawing = flown_map.FlownMap(scene_of(flight, found), catalogue, language, titled=True)
        drawing.title(plan_title(plan, language), flown_map.about(flight, found))
        figure = drawing.finish()
        figure.draw_without_rendering()  # lays out the legend
        page = figure.bbox
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        for words in figure.findobj(match=lambda one: hasattr(one, "get_text") and bool(one.get_text())):
            box = words.get_window_extent(renderer)
            assert page.x0 - 1 <= box.x0, words.get_text()  # type: ignore[attr-defined]
            assert box.x1 <= page.x1 + 1, words.get_text()  # type: ignore[attr-defined]
            assert page.y0 - 1 <= box.y0, words.get_text()  # type: ignore[attr-defined]
            assert box.y1 <= page.y1 + 1, words.get_text()  # type: ignore[attr-defined]


def test_the_map_names_the_plan_that_was_read() -> None:
    """The hash below the map is that of the plan in the file, which the map draws without its sites."""
    flight, found = flown(chukotka(sites=(Site("one", 178.0, 65.0, 1.0),)))
    drawing = flown_map.FlownMap(scene_of(flight, found), ENGLISH, "en", titled=True)
    assert plan_hash(flight.context.plan) in " ".join(str(line) for line in drawing.told())


def test_the_same_flight_gives_the_same_picture() -> None:
    """No clock and no chance is in a picture."""
    flight, found = flown(aside=detour(200.0, 500.0, 30.0), step_s=60.0)
    assert flown_map.to_png(flight, found) == flown_map.to_png(flight, found)
    assert flown_map.to_svg(flight, found) == flown_map.to_svg(flight, found)
