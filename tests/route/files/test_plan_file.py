"""Plans made by hand: what is left out is computed or assumed, and every assumption is told."""

from __future__ import annotations

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from pyproj import Geod

from skywitness.core.errors import InputError
from skywitness.core.text import verbatim
from skywitness.route.files.plan_file import PLAN_FORMAT, plan_from_json, plan_text, read_plan, read_plan_json
from skywitness.route.model import LegKind, Plan, StopKind, TurnType

GEOD = Geod(ellps="WGS84")
START = dt.datetime(2019, 9, 12, 8, 0, tzinfo=dt.UTC)

BARE: dict[str, Any] = {
    "format": PLAN_FORMAT,
    "observing": "SWE",
    "observed": "RUS",
    "commencement_utc": "2019-09-12T08:00:00Z",
    "waypoints": [
        {"airfield": "UUMB", "lon": 36.65, "lat": 55.61},
        {"ident": "WP01", "lon": "033-00-00E", "lat": "N 57 30 00"},
        {"ident": "UUMB", "airfield": True, "position": "5536.6N03639E"},
    ],
}


def bare(**changes: Any) -> dict[str, Any]:
    """Change the shortest plan that there is."""
    return copy.deepcopy(BARE) | changes


def warnings(document: dict[str, Any]) -> list[str]:
    """List what the reader has to tell."""
    return [str(warning) for warning in read_plan_json(document).warnings]


def refusal(document: Any) -> str:
    """Read a plan that must be refused."""
    with pytest.raises(InputError) as caught:
        read_plan_json(document, "plan.json")
    assert caught.value.kind == "bad_plan"
    return str(caught.value)


def test_the_shortest_plan_is_completed() -> None:
    """Legs are geodesics flown at the speed of the nominal aircraft; the States flown over are the observed one."""
    found = read_plan_json(bare())
    plan = found.plan
    out_deg, back_deg, length_m = GEOD.inv(36.65, 55.61, 33.0, 57.5)
    first, second = plan.legs
    assert (first.number, second.number) == (1, 2)
    assert first.distance_km == pytest.approx(length_m / 1000, abs=1e-6)
    assert first.course_start_deg == pytest.approx(out_deg % 360, abs=1e-9)
    assert first.course_end_deg == pytest.approx((back_deg + 180) % 360, abs=1e-9)
    assert (first.start_utc, second.start_utc) == (START, first.end_utc)
    flown = (first.end_utc - START).total_seconds()
    assert flown == pytest.approx(length_m / 1000 / plan.aircraft.speed_km_h * 3600, abs=0.5)
    assert (first.height_m_agl, first.height_m_amsl) == (None, None)
    assert plan.overflown == ("RUS",)
    assert plan.reading.at == START.date()
    assert [waypoint.ident for waypoint in plan.waypoints] == ["UUMB", "WP01", "UUMB"]
    assert [waypoint.airfield for waypoint in plan.waypoints] == [True, False, True]
    assert plan.waypoints[2].lat == pytest.approx(55.61)
    (said,) = map(str, found.warnings)
    assert "nominal" in said
    assert f"{plan.aircraft.speed_km_h:.0f} km/h" in said


def test_an_airfield_of_the_regime_needs_no_position() -> None:
    """A code alone is enough where the list of sites knows the place; the plan says where that came from."""
    document = bare(waypoints=[{"airfield": "UUMB"}, BARE["waypoints"][1]], aircraft={"speed_km_h": 430})
    found = read_plan_json(document)
    assert found.plan.waypoints[0].lon == pytest.approx(36.65, abs=0.02)
    assert found.plan.waypoints[0].lat == pytest.approx(55.61, abs=0.02)
    assert any("list of the regime's sites: UUMB" in str(warning) for warning in found.warnings)


def test_the_speed_given_is_flown() -> None:
    """An aircraft described in part is completed from the table, and the parts are named."""
    found = read_plan_json(bare(aircraft={"ident": "OS-100", "speed_km_h": 430}))
    aircraft = found.plan.aircraft
    assert (aircraft.ident, aircraft.name, aircraft.speed_km_h) == ("OS-100", "OS-100", 430.0)
    leg = found.plan.legs[0]
    assert (leg.end_utc - leg.start_utc).total_seconds() == pytest.approx(leg.distance_km / 430 * 3600, abs=0.5)
    assert [str(warning) for warning in found.warnings] == [
        "aircraft: name, range_km not given and taken from the aircraft nominal of the table."
    ]


def test_an_aircraft_can_be_named() -> None:
    """The identifier of an aircraft of the table stands for its figures, which the plan then holds."""
    found = read_plan_json(bare(aircraft="saab-340b-os-100"))
    assert found.plan.aircraft.designated_by == "SWE"
    assert found.plan.aircraft.source
    assert "saab-340b-os-100" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("height", "agl", "amsl"),
    [
        ({"height_m_agl": 1200}, 1200.0, None),
        ({"height_m_amsl": 2500.5}, None, 2500.5),
        ({"height_m_agl": 0, "height_m_amsl": 150}, 0.0, 150.0),
        ({"height": "1200 m AGL"}, 1200.0, None),
        ({"height": "4000 ft amsl"}, None, 1219.2),
        ({"height": "FL330"}, None, 10058.4),
        ({"height": "fl 40"}, None, 1219.2),
        ({}, 900.0, None),
    ],
)
def test_heights_say_what_they_are_above(height: dict[str, Any], agl: float | None, amsl: float | None) -> None:
    """A leg's own height goes before the height of the whole plan; feet and flight levels become metres."""
    plan = plan_from_json(bare(height_m_agl=900, legs=[height, {}]))
    assert (plan.legs[0].height_m_agl, plan.legs[0].height_m_amsl) == (agl, amsl)
    assert (plan.legs[1].height_m_agl, plan.legs[1].height_m_amsl) == (900.0, None)


def test_a_flight_level_is_told_to_be_a_pressure_height() -> None:
    """A flight level is not a height above the sea, and the plan says how it was taken."""
    said = warnings(bare(height="FL330", aircraft="nominal"))
    assert any("FL330 is a pressure height; it is taken as 10058 m" in words and "(height)" in words for words in said)


@pytest.mark.parametrize("height", [1200, 1200.0, "1200", "1200 m", "1200 m QNH", "FL", "FL3300", "-5 m AGL", True, []])
def test_a_height_without_reference_is_refused_with_a_lesson(height: Any) -> None:
    """Whoever writes a bare height is told the three ways to write one."""
    said = refusal(bare(legs=[{"height": height}, {}]))
    assert "legs[0].height: height" in said
    assert "has no reference. Write height_m_agl" in said
    assert "height_m_amsl" in said
    assert '"FL040"' in said


def test_stops_shift_what_comes_after() -> None:
    """The leg after a stop starts at its departure; the arrival is computed when it is not given."""
    stop = {"waypoint": 2, "kind": "refuelling", "depart_utc": "2019-09-12T14:00:00+03:00"}
    plan = plan_from_json(bare(stops=[stop], aircraft="nominal"))
    (made,) = plan.stops
    assert made.kind is StopKind.REFUELLING
    assert made.arrive_utc == plan.legs[0].end_utc
    assert made.depart_utc == plan.legs[1].start_utc == dt.datetime(2019, 9, 12, 11, 0, tzinfo=dt.UTC)


def test_what_a_leg_says_is_kept() -> None:
    """Lengths, times and sensors that are given are not replaced by computed ones."""
    leg = {
        "kind": "transit",
        "distance_km": 400.0,
        "start_utc": "2019-09-12T08:10:00Z",
        "sensors": ["a"],
        "observe_from_km": 10,
        "observe_to_km": 400.005,
    }
    found = read_plan_json(bare(legs=[leg, {"course_start_deg": 360}], aircraft="nominal"))
    first, second = found.plan.legs
    assert (first.kind, first.distance_km, first.sensors) == (LegKind.TRANSIT, 400.0, ("a",))
    assert first.start_utc == START + dt.timedelta(minutes=10)
    assert first.end_utc - first.start_utc == dt.timedelta(seconds=round(400 / found.plan.aircraft.speed_km_h * 3600))
    assert second.start_utc == first.end_utc
    assert second.course_start_deg == 360.0
    assert second.distance_km == pytest.approx(GEOD.inv(33.0, 57.5, 36.65, 55.61)[2] / 1000, abs=1e-6)
    assert any("sensors that the plan does not describe: a" in str(warning) for warning in found.warnings)


def test_rounded_times_are_no_contradiction() -> None:
    """Times in whole seconds may overlap by one; two seconds are a fault."""
    times = {"start_utc": "2019-09-12T08:00:00Z", "end_utc": "2019-09-12T08:30:00.9Z"}
    plan_from_json(bare(legs=[times, {"start_utc": "2019-09-12T08:30:00Z"}]))
    assert "legs[1].start_utc" in refusal(bare(legs=[times, {"start_utc": "2019-09-12T08:29:59Z"}]))


@pytest.mark.parametrize(
    ("observed", "overflown"), [("RUS", ("RUS",)), ("BLR-RUS", ("BLR", "RUS")), ("BENELUX", ("BEL", "LUX", "NLD"))]
)
def test_states_flown_over_follow_the_observed_party(observed: str, overflown: tuple[str, ...]) -> None:
    """A group means its members, which is said; what is given goes before."""
    found = read_plan_json(bare(observed=observed, aircraft="nominal"))
    assert found.plan.overflown == overflown
    assert any("overflown is not given" in str(warning) for warning in found.warnings) is (len(overflown) > 1)
    assert plan_from_json(bare(observed=observed, overflown=["RUS"])).overflown == ("RUS",)


def test_words_of_people_are_kept_as_they_are() -> None:
    """Notes may be plain words, and braces in them are no template."""
    plan = plan_from_json(bare(notes=["Keep {clear} of 100% of it"], bound_reason="none yet"))
    assert plan.notes == (verbatim("Keep {clear} of 100% of it"),)
    assert str(plan.bound_reason) == "none yet"


def test_turns_and_names_are_read() -> None:
    """A waypoint can say how the course changes there."""
    waypoints = copy.deepcopy(BARE["waypoints"])
    waypoints[1] |= {"turn": "overflight_turn", "name": "Ржев"}
    waypoint = plan_from_json(bare(waypoints=waypoints)).waypoints[1]
    assert (waypoint.turn, waypoint.name) == (TurnType.OVERFLIGHT, "Ржев")


def test_misspelt_fields_are_told() -> None:
    """A field that nobody reads is kept, and a likely slip is named."""
    found = read_plan_json(bare(aircraft="nominal", legs=[{"hieght_m_agl": 900}, {}], weather="clear"))
    said = [str(warning) for warning in found.warnings]
    assert "legs[0].hieght_m_agl is not read; did you mean height_m_agl?" in said
    assert "Not read, and kept as it is: weather." in said
    assert found.plan.extra == {"weather": "clear", "legs": {"0": {"hieght_m_agl": 900}}}


def test_what_the_plan_command_prints_is_a_plan(tmp_path: Path) -> None:
    """The document with scores and findings around the plan is read; faults are named by their path in it."""
    plan = plan_from_json(bare())
    file = tmp_path / "printed.json"
    file.write_text(json.dumps({"plan": json.loads(plan_text(plan)), "score": 3, "findings": []}), encoding="utf-8")
    assert read_plan(file).plan == plan
    assert "plan.waypoints[0].lat" in refusal({"plan": bare(waypoints=[{"ident": "A", "lon": 1, "lat": 100}] * 2)})


def test_values_whose_sum_is_no_number_are_refused() -> None:
    """A site of 1e300 makes sums endless; the largest that merged rows of a sites file can have is read."""
    sites = [{"name": "A", "lon": 37, "lat": 55, "value": 1e300}]
    assert "sites[0].value" in refusal(bare(sites=sites))
    assert plan_from_json(bare(sites=[{**sites[0], "value": 2e16}])).sites[0].value == 2e16


def test_a_newer_version_is_kept() -> None:
    """What a newer program wrote survives this one: unknown fields, and the name of the format."""
    document = bare(format="skywitness-plan/7", aircraft={"ident": "x", "name": "x", "speed_km_h": 400, "range_km": 1})
    document |= {"weather": {"cloud": [1, 2]}, "legs": [{"wind": {"kt": 20}}, {}]}
    found = read_plan_json(document)
    assert "newer version, skywitness-plan/7" in str(found.warnings[0])
    written = json.loads(plan_text(found.plan))
    assert written["format"] == "skywitness-plan/7"
    assert written["weather"] == {"cloud": [1, 2]}
    assert written["legs"][0]["wind"] == {"kt": 20}
    assert read_plan_json(written).plan == found.plan


def test_an_edited_plan_is_read_with_a_word() -> None:
    """A plan that was changed by hand after it was written is usable, and its reader hears of it."""
    plan = plan_from_json(bare(height_m_agl=1200))
    document = json.loads(plan_text(plan))
    assert read_plan_json(document).warnings == ()
    document["legs"][0]["height_m_agl"] = 1200.0000001
    assert ["changed after it was written" in words for words in warnings(document)] == [True]


def test_spelling_is_no_change() -> None:
    """Another order of fields, other spaces and 1200 for 1200.0 leave the hash as it was."""
    document = json.loads(plan_text(plan_from_json(bare(height_m_agl=1200))))
    turned = dict(reversed(document.items()))
    turned["legs"] = [leg | {"height_m_agl": 1200} for leg in turned["legs"]]
    assert read_plan_json(json.loads(json.dumps(turned, indent=7))).warnings == ()


@pytest.mark.parametrize("value", [None, True, 5, "x", [1], float("nan"), 10**30, -1, {"a": {}}, []])
@pytest.mark.parametrize("key", sorted(json.loads(plan_text(plan_from_json(BARE)))))
def test_no_value_of_any_field_breaks_the_reader(key: str, value: Any) -> None:
    """Whatever stands in a field, reading ends in a plan or in one refusal that names the field."""
    document = json.loads(plan_text(plan_from_json(BARE))) | {key: value}
    try:
        plan = read_plan_json(document).plan
    except InputError as error:
        said = str(error)
    else:
        assert isinstance(plan, Plan)
        return
    assert key in said


@pytest.mark.parametrize("part", ["waypoints", "legs"])
@pytest.mark.parametrize(
    "value",
    [True, "x", [1], float("nan"), float("inf"), 10**30, 10**400, -1e300, {"a": {}}],
    ids=lambda value: str(value)[:9],
)
def test_no_value_in_a_part_breaks_the_reader(part: str, value: Any) -> None:
    """The same holds for every field of the first waypoint and the first leg."""
    whole = json.loads(plan_text(plan_from_json(bare(height_m_agl=900))))
    for key in whole[part][0]:
        document = copy.deepcopy(whole)
        document[part][0][key] = value
        try:
            read_plan_json(document)
        except InputError as error:
            assert f"{part}[0].{key}" in str(error), str(error)  # noqa: PT017 - some values are sound


def test_one_thing_is_told_once() -> None:
    """A hundred legs at one flight level, or with one slip of the pen, give one warning each."""
    waypoints = [{"ident": f"WP{at:03d}", "lon": 30 + at / 10, "lat": 57} for at in range(101)]
    said = warnings(bare(waypoints=waypoints, legs=[{"height": "FL100", "sensor": []}] * 100, aircraft="nominal"))
    assert len(said) == 3
    assert "(legs[0].height, legs[1].height, legs[2].height and 97 more)" in said[1]
    assert said[2].startswith("legs[0].sensor, legs[1].sensor, legs[2].sensor and 97 more is not read; did you mean")
