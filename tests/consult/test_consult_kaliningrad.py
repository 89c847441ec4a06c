"""The case of Kaliningrad: what the law has for the region, and how much of it a path of 500 km can see."""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pyproj import Geod
from tests.consult.consult_files import D, document, event, faults

from skywitness.consult.asking.answers import UnderReading
from skywitness.consult.catalogue import load_case
from skywitness.consult.model import Case, Question
from skywitness.consult.questions import answer
from skywitness.consult.replay import replay
from skywitness.consult.states import states
from skywitness.core.finding import Verdict
from skywitness.route.claims.journey import Journey
from skywitness.route.claims.plot import Plot
from skywitness.route.claims.sees import sight
from skywitness.route.claims.sweep import best_within, seen_shares, shortest_for

CLAIM = "rus-kaliningrad-500km"
GEOD = Geod(ellps="WGS84")
KUBINKA = 36.65, 55.61


def case() -> Case:
    """Load the case."""
    return load_case("open-skies/kaliningrad-500")


@functools.cache
def rows(key: str) -> tuple[UnderReading, ...]:
    """Answer one question of it; those with many half swaths at two of them, for time."""
    question = next(one for one in case().questions if one.key == key)
    if question.how == "sees":
        question = replace(question, data={**question.data, "half_swaths_km": [10, 50]})
    return answer(question).by_reading


def table(key: str) -> dict[str, str]:
    """Give the verdict of each reading by its name."""
    return {str(row.name): row.verdict.value for row in rows(key)}


@functools.cache
def figures() -> Any:
    """Give the figures of the question on points."""
    return rows("every-point")[0].to_json()["figures"]


@functools.cache
def plot() -> Plot:
    """Lay out the region as the question does."""
    from skywitness.geo.borders import load_view
    from skywitness.route.claims.plot import plot_of

    return plot_of(load_view("un", D(2019, 9, 17)), ("RUS",), "Kaliningrad")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "table",
            {
                "the text of 1992": "breach",
                "the Treaty and decisions that are public": "breach",
                "the claim of Russia accepted": "ok",
            },
        ),
        (
            "own-distance",
            {
                "what is in reach, (A) covers; the text of 1992": "breach",
                "what is in reach, (A) covers": "breach",
                "the Party chooses what (A) covers": "breach",
            },
        ),
        (
            "ten-kilometres",
            {
                "on the day the Treaty entered into force": "breach",
                "while the limit was held": "ok",
                "on the day of an invented flight": "ok",
            },
        ),
        ("every-point", {"each point by some flight": "ok", "all points by one flight": "breach"}),
        (
            "whole-flight",
            {
                "the text of 1992": "ok",
                "the whole path counts": "ok",
                "only the path over the territory counts": "ok",
            },
        ),
    ],
)
def test_each_argument_is_a_table_by_reading(key: str, expected: dict[str, str]) -> None:
    """What one reading keeps another does not; none is chosen, and what would settle it stands beside it."""
    assert table(key) == expected


def test_the_table_names_what_others_have() -> None:
    """Annex A has distances for portions of three territories, and 5,000 or 5,500 km from Kubinka on the two days."""
    early, late, claimed = (row.findings[0] for row in rows("table"))
    for name in ("Greenland", "Faroe Islands", "Shetland Islands", "Crete"):
        assert name in str(early.why)
    assert ("UUMB 5000 km" in str(early.why), "UUMB 5500 km" in str(late.why)) == (True, True)
    assert claimed.values[0].status == "claim"
    assert "No decision says so" in str(claimed.why)
    assert late.needs


def test_the_two_ways_to_read_what_a_covers_differ_in_their_reason() -> None:
    """Separated by 364 km and in reach: by one way that decides, by the other only that Annex A has nothing."""
    _, reach, choice = (str(row.findings[0].why) for row in rows("own-distance"))
    assert "364.4 km" in reach
    assert "subparagraph (A) covers it" in reach
    assert "decides nothing" in choice
    assert "has no distance of its own" in choice


def test_both_neighbours_are_parties_while_the_limit_was_held() -> None:
    """Lithuania was no Party in 2002, so a path kept ten kilometres away; Poland was one all the time."""
    told = [{(one.where.name, one.verdict) for one in row.findings if one.where} for row in rows("ten-kilometres")]
    assert told == [
        {("LTU", Verdict.BREACH), ("POL", Verdict.OK)},
        {("LTU", Verdict.OK), ("POL", Verdict.OK)},
        {("LTU", Verdict.OK), ("POL", Verdict.OK)},
    ]
    assert all(one.measured == 0.0 for row in rows("ten-kilometres") for one in row.findings)


def test_the_size_of_the_region_against_geodesics() -> None:
    """Its land has some 13,300 square km without the lagoons; the axis is the geodesic between its own two ends."""
    found = figures()
    assert found["land_km2"] == pytest.approx(13_300, rel=0.03)
    (west, south), (east, north) = found["axis"]
    assert GEOD.inv(west, south, east, north)[2] / 1000.0 == pytest.approx(found["longest_axis_km"], abs=0.02)
    corners = np.concatenate([np.array(part.exterior.coords) for part in plot().land.geoms])
    far = max(
        float(np.max(GEOD.inv(*np.broadcast_to(one[:, None], (2, len(corners))), *corners.T)[2])) for one in corners
    )
    assert far / 1000.0 == pytest.approx(found["longest_axis_km"], abs=0.01)
    assert 0.8 * found["land_km2"] < found["land_at_least_km2"] < found["land_km2"]
    assert found["land_km2"] < found["land_and_waters_km2"] < 1.5 * found["land_km2"]
    assert found["longest_axis_km"] < found["across_land_and_waters_km"] < 500


def test_the_way_there_against_geodesics() -> None:
    """The straight way is the least of all geodesics to the outline, and crosses Belarus and Lithuania."""
    way = figures()["journey"]
    corners = np.concatenate([np.array(part.exterior.coords) for part in plot().land.geoms])
    kms = GEOD.inv(*np.broadcast_to(np.array(KUBINKA)[:, None], (2, len(corners))), *corners.T)[2] / 1000.0
    assert kms.min() - 2.0 < way["straight"]["km"] <= kms.min() + 0.01 + 1.0
    assert {"RUS", "LTU"} <= set(way["straight"]["over"])
    assert sum(way["straight"]["over"].values()) == pytest.approx(way["straight"]["km"], abs=0.5)
    points = way["by"]["points"]
    km = sum(GEOD.inv(*one, *two)[2] for one, two in itertools.pairwise(points)) / 1000.0
    assert km == pytest.approx(way["by"]["km"], abs=0.1)
    assert not {"LTU", "LVA", "EST", "POL"} & set(way["by"]["over"])


@pytest.mark.parametrize("half_swath_km", [10.0, 50.0])
def test_a_path_found_never_sees_more_than_area_allows(half_swath_km: float) -> None:
    """The path within 500 km is no longer, its length is that of its geodesics, its share lies below the bound."""
    one = next(row for row in figures()["sights"] if row["half_swath_km"] == half_swath_km)
    within, whole = one["within_limit"], one["whole"]
    assert within["found"]["km"] <= 500.1
    assert within["found"]["share_with_turns"] <= within["found"]["share"] <= within["share_at_most"] + 1e-9
    assert within["share_at_most"] == pytest.approx(
        min(1.0, 1000.0 * half_swath_km / figures()["land_at_least_km2"]), rel=0.003
    )
    assert whole["least_km"] <= whole["found"]["km"]
    assert whole["found"]["share"] == pytest.approx(1.0, abs=1e-9)
    assert one["most"]["found"]["km"] <= whole["found"]["km"]
    points = within["found"]["points"]
    km = sum(GEOD.inv(*a, *b)[2] for a, b in itertools.pairwise(points)) / 1000.0
    assert km == pytest.approx(within["found"]["km"], abs=0.3)


def test_what_a_straight_leg_sees_by_hand() -> None:
    """One leg along the axis with 5 km to either side sees what lies within 5 km of it: about length times ten."""
    axis = plot().axis
    (share,) = seen_shares(plot(), (axis.start, axis.end), 5.0, (0.0,))
    _, _, kms = _across(axis.start, axis.end)
    assert share == pytest.approx(float((np.abs(kms) <= 5.0).mean()), abs=0.002)
    assert 0.7 < share * plot().land_km2 / (10.0 * axis.km) <= 1.001


def _across(start: tuple[float, float], end: tuple[float, float]) -> tuple[Any, Any, Any]:
    """Measure all positions of the region from a line, by the sine rule on a sphere of the mean radius."""
    spots = plot().spots
    course, _, _ = GEOD.inv(*start, *end)
    towards, _, metres = GEOD.inv(
        np.full(spots.lons_deg.shape, start[0]), np.full(spots.lons_deg.shape, start[1]), spots.lons_deg, spots.lats_deg
    )
    arc = metres / 6_371_008.8
    return course, towards, 6371.0088 * np.arcsin(np.sin(arc) * np.sin(np.radians(towards - course)))


def test_more_length_or_a_wider_swath_sees_no_less() -> None:
    """Shares grow with the length of the path, and all is seen by a shorter path the wider the swath."""
    shares = [best_within(plot(), 20.0, km, 0.0).share for km in (100.0, 400.0)]
    assert shares == sorted(shares)
    lengths = [shortest_for(plot(), half, 1.0, 0.0).km for half in (20.0, 60.0)]
    assert lengths == sorted(lengths, reverse=True)


def test_what_is_left_of_a_flight_adds_up() -> None:
    """The way there and back, the path, and what is left make the maximum flight distance."""
    found = figures()
    for one in found["sights"]:
        path = one["within_limit"]["found"]
        whole = path["there_and_back_km"] + path["km"] + path["left_km"]
        assert whole == pytest.approx(found["maximum_flight_distance_km"], abs=0.3)
    room = found["maximum_flight_distance_km"] - 2.0 * found["journey"]["straight"]["km"]
    assert f"{room:,.0f} of 5,500 km" in str(rows("whole-flight")[1].answer)


def test_only_land_of_ones_own_may_count() -> None:
    """Where only the path over the territory counts, the way is shorter, and nothing bounds it from below."""
    journey = Journey.to(plot(), plot_view(), "UUMB", KUBINKA, ((29.0, 59.95), (20.2, 58.3), (19.75, 55.2)))
    own = journey.counting(("BLR", "RUS"))
    ends = (plot().axis.start, plot().axis.end)
    assert 0.0 < own.both_km(ends) < journey.both_km(ends)
    assert own.least_both_km() == 0.0
    assert journey.least_both_km(1e6) == 0.0


def plot_view() -> Any:
    """Give the border view of the plot."""
    from skywitness.geo.borders import load_view

    return load_view("un", D(2019, 9, 17))


def test_a_bound_is_told_apart_from_what_was_found() -> None:
    """10 km: by area impossible; 20 km: neither shown nor excluded; 50 km: a path does it."""
    assert [one.verdict for one in rows("every-point")[1].findings] == [Verdict.BREACH, Verdict.OK]
    assert sight(plot(), 20.0, 500.0, 0.95, 800.0).whole_within is Verdict.CANNOT_TELL
    wide = sight(plot(), 30.0, 10.0, 0.95, 800.0)
    assert wide.least_km() > wide.limit_km
    assert wide.whole_within is Verdict.CANNOT_TELL  # it sees land from the sea beyond the waters
    assert math.isclose(wide.at_most(1e6), 1.0)


def test_the_ground_of_a_change_follows_the_reading() -> None:
    """VIII.I.4: by the text a plan that keeps to VI.II is no ground, by the claim it is one; weather stays open."""
    question = next(one for one in case().questions if one.key == "safety")
    verdicts = [{one.provision: one.verdict for one in row.findings} for row in answer(question).by_reading]
    assert [one["OS:VIII.I.4(C)"] for one in verdicts] == [Verdict.BREACH, Verdict.OK]
    assert {one["OS:VIII.I.4(A)"] for one in verdicts} == {Verdict.CANNOT_TELL}


def test_who_said_what_and_when() -> None:
    """Each side's arguments stand as events of their own, with their paragraph; in 2016 Russia's were not public."""
    told = {one.id: one for one in case().events}
    assert told["usa-counter-2015"].provisions[0] == "OS:A.III"
    assert told["usa-whole-2015"].provisions == ("OS:VI.II.2",)
    assert told["rus-safety-2017"].provisions == ("OS:VI.II.4(B)",)
    assert told["rus-answer-2017"].asserts == ("total-unchanged",)
    then = states(replay(case(), D(2016, 1, 1), D(2016, 1, 1)))
    assert {(one.by, one.proposition) for one in then.positions} >= {
        ("RUS", "limit-500"),
        ("USA", "whole-territory"),
    }
    assert not [one for one in then.positions if one.proposition in ("safety", "total-unchanged")]


READINGS = [{"name": "a day", "at": D(2019, 9, 17), "interpretations": {"VI.II.6": "each_point"}}]
SEES = {"claim": CLAIM, "airfield": "UUMB", "aircraft": "oc-135b", "half_swaths_km": [5], "most_share": 0.9}


@pytest.mark.parametrize(
    ("how", "data", "more", "where"),
    [
        ("portion", {}, {}, "data.claim"),
        ("portion", {"claim": 5}, {}, "data.claim"),
        ("portion", {"claim": ["x"]}, {}, "data.claim"),
        ("sees", {**SEES, "by": "x"}, {}, "data.by"),
        ("sees", {**SEES, "by": [[math.nan, 1.0]]}, {}, "data.by[0]"),
        ("sees", {**SEES, "most_share": math.nan}, {}, "data.most_share"),
        ("portion", {"claim": "rus-kaliningrad-600km"}, {}, "data.claim"),
        ("portion", {"claim": "usa-alaska-range"}, {}, "data.claim"),
        ("portion", {"claim": CLAIM, "airfield": "UUMB"}, {}, "data.airfield"),
        ("portion", {"claim": CLAIM}, {"readings": []}, "data.readings"),
        ("portion", {"claim": CLAIM}, {"provisions": ["OS:VI.II.6"]}, "data.provisions"),
        ("sees", {**SEES, "half_swaths_km": []}, {}, "data.half_swaths_km"),
        ("sees", {**SEES, "half_swaths_km": [0.1]}, {}, "data.half_swaths_km"),
        ("sees", {**SEES, "half_swaths_km": ["5"]}, {}, "data.half_swaths_km"),
        ("sees", {**SEES, "half_swaths_km": [math.nan]}, {}, "data.half_swaths_km"),
        ("sees", {**SEES, "half_swaths_km": 5}, {}, "data.half_swaths_km"),
        ("sees", {**SEES, "most_share": 2}, {}, "data.most_share"),
        ("sees", {**SEES, "aircraft": "nothing"}, {}, "data.aircraft"),
        ("sees", {**SEES, "airfield": "ZZZZ"}, {}, "data.airfield"),
        ("sees", {**SEES, "by": [[200.0, 1.0]]}, {}, "data.by[0]"),
        ("sees", {**SEES, "by": [[1.0]]}, {}, "data.by[0]"),
        ("sees", SEES, {"readings": [{"name": "x", "at": D(2019, 9, 17)}]}, "data.readings"),
        (
            "sees",
            SEES,
            {"readings": [{"name": "x", "at": D(2019, 9, 17), "interpretations": {"VI.II.6": "half"}}]},
            "data.readings",
        ),
        (
            "sees",
            SEES,
            {"readings": [{**READINGS[0], "accepted_claims": ["rus-nothing"]}]},
            "data.readings",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(how: str, data: dict[str, Any], more: dict[str, Any], where: str) -> None:
    """Data and readings that an asker cannot use are faults with their paths."""
    codes = ["OS:VI.II.6"] if how == "sees" else ["OS:A.III"]
    question = {"key": "k", "proposition": "It is so", "how": how, "data": data, "readings": READINGS}
    found = faults(document(event(), questions=[{**question, "provisions": codes, **more}]))
    assert f"questions[0].{where}" in found, found


def test_questions_are_plain_data() -> None:
    """Every asker of the case is in the registry, and each question names the provisions that it is about."""
    questions: tuple[Question, ...] = case().questions
    assert {one.how for one in questions} == {"plan", "reach", "portion", "sees"}
    assert all(one.provisions and one.raised_by for one in questions)
