"""The map and the height profile: projection, frame, labels, and pictures that are the same every time."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyproj import Geod

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH
from skywitness.route.exports import height_profile, paper
from skywitness.route.exports.chart import Chart, centre_of, frame, round_length_km, route_points
from skywitness.route.exports.graticule import grid_lines
from skywitness.route.exports.labels import Labels
from skywitness.route.exports.map_legend import entries
from skywitness.route.exports.map_names import write_names
from skywitness.route.exports.png_map import PICTURE_ASPECTS, to_png, to_svg
from skywitness.route.exports.scene import make_scene, view_of
from skywitness.route.model import Plan, Site

GEOD = Geod(ellps="WGS84")


def colours(png: bytes) -> set[tuple[int, int, int]]:
    """Collect the colours of a picture."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    found = image.getcolors(maxcolors=2**24)
    assert found is not None
    return {(colour[0], colour[1], colour[2]) for _, colour in found if isinstance(colour, tuple)}


def rgb(code: str) -> tuple[int, int, int]:
    """Read #rrggbb."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def test_the_projection_keeps_distance_and_direction() -> None:
    """Distances and azimuths from the centre are those of the ellipsoid, across 180 degrees too."""
    chart = Chart((179.0, 66.0))
    for target in ((-178.0, 67.0), (175.0, 65.0), (-170.0, 80.0)):
        (x, y) = chart.project([target])[0]
        azimuth, _, metres = GEOD.inv(*chart.centre, *target)
        assert np.hypot(x, y) == pytest.approx(metres / 1000.0, abs=1e-3)
        assert np.degrees(np.arctan2(x, y)) == pytest.approx(azimuth, abs=1e-6)
        assert chart.unproject(np.array([[x, y]]))[0] == pytest.approx(target, abs=1e-9)


def test_the_centre_is_among_the_points() -> None:
    """The middle of points on both sides of 180 degrees lies between them, not on the other side of the globe."""
    lon, lat = centre_of([(178.0, 66.0), (-178.0, 66.0)])
    assert abs(lon) == pytest.approx(180.0)
    assert lat == pytest.approx(66.0, abs=0.1)


@pytest.mark.parametrize("name", ["georgia", "chukotka", "hostile"])
def test_the_frame_holds_the_route(name: str, request: pytest.FixtureRequest) -> None:
    """All of the route is inside the frame, whose shape fits the page."""
    plan: Plan = request.getfixturevalue(name)
    points = route_points(plan)
    chart = Chart(centre_of(points))
    box = frame(chart.project(points), chart.project([(0.0, 10.0)]), *PICTURE_ASPECTS)
    assert box.holds(chart.project(points)).all()
    assert PICTURE_ASPECTS[0] - 1e-9 <= box.height / box.width <= PICTURE_ASPECTS[1] + 1e-9


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.text("abcdefgh", min_size=1, max_size=12), st.floats(-20.0, 520.0), st.floats(-20.0, 320.0)),
        max_size=40,
    )
)
def test_labels_never_overlap(wanted: list[tuple[str, float, float]]) -> None:
    """No label lies on another, on a mark, or beyond the frame."""
    places = Labels(500.0, 300.0)
    marks = np.array([[100.0, 100.0], [250.0, 150.0]])
    places.keep_free(marks, 5.0)
    placed = [label for words, x, y in wanted if (label := places.place(words, (x, y), 7.0)) is not None]
    boxes = []
    for label in placed:
        from skywitness.route.exports.glyphs import size_pt

        width, height = size_pt(label.words, label.size)
        boxes.append((label.x_pt - width / 2, label.y_pt - height / 2, label.x_pt + width / 2, label.y_pt + height / 2))
    for index, (left, low, right, high) in enumerate(boxes):
        assert left >= 0.0
        assert low >= 0.0
        assert right <= 500.0
        assert high <= 300.0
        assert not any(left < x < right and low < y < high for x, y in marks)
        for other in boxes[:index]:
            assert left >= other[2] or other[0] >= right or low >= other[3] or other[1] >= high


@settings(deadline=None)
@given(st.floats(1e-3, 1e5))
def test_scale_bars_have_round_lengths(most_km: float) -> None:
    """The bar is the largest of 1, 2, 5 times a power of ten that fits."""
    length = round_length_km(most_km)
    assert length <= most_km * (1 + 1e-12)
    assert length * 2.5 > most_km
    assert round(length / 10 ** np.floor(np.log10(length * 1.0000001)), 6) in (1.0, 2.0, 5.0)


def test_grid_lines_are_named_at_the_frame(chukotka: Plan) -> None:
    """Some meridians and parallels are named, 180 degrees among them where it is crossed."""
    scene = make_scene(chukotka, (), view_of(chukotka), PICTURE_ASPECTS)
    names = [str(line.name) for line in grid_lines(scene.chart, scene.box) if line.x is not None or line.y is not None]
    assert "180°" in names
    assert "66°N" in names
    assert "175°W" in names


def test_the_scene_has_land_strip_and_sites(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """Over Georgia in 2019 the neighbours show, the observed territory is known, and a strip runs along non-Parties."""
    scene = make_scene(georgia, judged, view_of(georgia), PICTURE_ASPECTS)
    assert {"GEO", "TUR", "RUS", "ARM", "AZE"} <= {one.code for one in scene.territories}
    assert scene.observed_areas == {"GEO"}
    assert scene.strip is not None  # Armenia and Azerbaijan are not Parties
    words = [str(entry.words) for entry in entries(scene)]
    assert "10 km from a State not party" in words
    assert f"site observed ({len(georgia.observed_sites)})" in words


@pytest.mark.parametrize(
    "changes",
    [
        {"instrument": "no-such-treaty"},
        {"reading": Reading(dt.date(2001, 12, 31))},  # a day before the Treaty
        {"overflown": ("DEU",)},  # nobody but Parties around
    ],
)
def test_no_strip_without_a_distance_in_force(georgia: Plan, changes: dict[str, Any]) -> None:
    """Where no law says how far to keep, or nobody is to be kept from, no strip is drawn."""
    scene = make_scene(replace(georgia, **changes), (), view_of(georgia), PICTURE_ASPECTS)
    assert scene.territories
    assert scene.strip is None


def test_the_strip_is_as_wide_as_the_law_says(georgia: Plan) -> None:
    """All of it lies on the observed territory and within the distance of a State that is not a Party."""
    scene = make_scene(georgia, (), view_of(georgia), PICTURE_ASPECTS)
    assert scene.strip is not None
    assert scene.strip.width_km == 10.0
    strangers = shapely.union_all([one.area for one in scene.territories if one.code in ("ARM", "AZE")])
    farthest = max(strangers.distance(shapely.Point(corner)) for corner in shapely.get_coordinates(scene.strip.area))
    assert 9.9 < farthest <= 10.0 + 1e-6


def test_legs_with_findings_are_numbered_with_a_sign(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """The breach and what cannot be told stand on the map as signs beside the number, not as a colour alone."""
    scene = make_scene(georgia, judged, view_of(georgia), PICTURE_ASPECTS)
    words = [written.label.words for written in write_names(scene, 500.0, "en")]
    assert "1 ?" in words
    assert "5 ✗" in words
    assert "UGTB Tbilisi" in words
    assert "Georgia" in words


def test_the_picture_is_the_same_every_time(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """The same plan gives the same bytes, of the width of A4 print, with the colours of what it shows."""
    png = to_png(georgia, judged)
    assert png == to_png(georgia, judged)
    image = Image.open(io.BytesIO(png))
    assert image.width == 1496
    assert image.height <= 1.45 * image.width
    assert {rgb(code) for code in (paper.OBSERVED_LAND, paper.LAND, paper.GREEN, paper.BLUE)} <= colours(png)


def test_without_borders_the_map_says_so(georgia: Plan) -> None:
    """A view that is not at hand leaves the map without land, and the foot tells which view it was."""
    plan = replace(georgia, reading=Reading(georgia.reading.at, view="my own lines"))
    scene = make_scene(plan, (), view_of(plan), PICTURE_ASPECTS)
    assert scene.territories == ()
    found = colours(to_png(plan))
    assert rgb(paper.LAND) not in found
    assert rgb(paper.BLUE) in found


def test_hostile_names_are_drawn(hostile: Plan) -> None:
    """No name is read as a formula, and no letter without a glyph makes the drawing fail."""
    assert b"<svg" in to_svg(hostile)


@pytest.mark.parametrize(
    ("settings", "has"),
    [({}, True), ({"amsl_m": None}, True), ({"unknown_ground": (1,)}, True), ({"amsl_m": None, "agl_m": None}, False)],
)
def test_profiles_are_drawn_where_there_are_heights(
    make_plan: Callable[..., Plan], settings: dict[str, object], has: bool
) -> None:
    """Known, partly known and unknown ground all give a profile, the same every time; no heights give none."""
    plan = make_plan([(20.0, 50.0), (21.0, 50.5), (22.0, 50.0)], **settings)
    assert height_profile.has_heights(plan) is has
    if has:
        assert height_profile.to_svg(plan, catalogue=ENGLISH) == height_profile.to_svg(plan)


def test_heavy_libraries_are_imported_late() -> None:
    """Importing the exports does not import what draws and sets: the command line starts without them."""
    code = (
        "import sys; import skywitness.route.exports.bundle;"
        "print(sorted({'matplotlib', 'typst', 'gpxpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_global_state_of_matplotlib_is_used(georgia: Plan) -> None:
    """Drawing neither needs pyplot nor leaves the settings of others changed."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    height_profile.to_svg(georgia)
    assert dict(mpl.rcParams) == before


def test_an_airfield_of_the_route_is_named_once(make_plan: Callable[..., Plan]) -> None:
    """A site that is the airfield of the flight gets no second name beside that of the airfield."""
    sites = (Site("UGTB Tbilisi International", 44.96, 41.67), Site("UGKO Kopitnari", 42.48, 42.18))
    plan = make_plan(
        [(44.9547, 41.6692), (42.5, 42.1), (44.9547, 41.6692)],
        idents=("UGTB", "WP01", "UGTB"),
        names=("Tbilisi", "", "Tbilisi"),
        sites=sites,
        observed_sites=(0, 1),
    )
    scene = make_scene(plan, (), None, PICTURE_ASPECTS)
    named = [written.label.words for written in write_names(scene, 500.0, "en")]
    assert [words for words in named if "UGTB" in words] == ["UGTB Tbilisi"]
    assert "UGKO Kopitnari" in named
