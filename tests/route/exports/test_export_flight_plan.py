"""The ICAO flight plan, re-read by a parser of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.route.exports import flight_plan
from skywitness.route.exports.aircraft_types import designator, wake
from skywitness.route.exports.flight_plan import Filing, snapped, to_flight_plan, whole_minute
from skywitness.route.exports.words import capitals
from skywitness.route.model import AircraftUse, Plan, Waypoint

HALF_A_MINUTE_DEG = 0.5 / 60.0 + 1e-9


@dataclass(frozen=True)
class Fpl:
    """One message, taken apart by its hyphens."""

    call_sign: str
    rules: str
    aircraft: str
    departure: str
    off_block: str
    speed_level: str
    points: list[tuple[float, float]]
    changes: dict[int, str]
    destination: str
    elapsed: str
    other: str


def messages(text: str) -> list[str]:
    """Find the messages: what stands in brackets outside the notes."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return re.findall(r"\(FPL-.*?\)", body, re.DOTALL)


def read_flight_plan_route(message: str) -> Fpl:
    """Read one FPL message: items 7, 8, 9/10, 13, 15, 16, 18."""
    fields = [" ".join(field.split()) for field in message[1:-1].split("\n-")]
    _, call_sign, rules = fields[0].split("-")
    speed_level, *route = fields[3].split(" ")
    points, changes = [], {}
    for word in route:
        if word == "DCT":
            continue
        point, _, change = word.partition("/")
        match = re.fullmatch(r"(\d\d)(\d\d)([NS])(\d{3})(\d\d)([EW])", point)
        assert match, f"{word} is no point of a route"
        lat = int(match[1]) + int(match[2]) / 60.0
        lon = int(match[4]) + int(match[5]) / 60.0
        assert int(match[2]) < 60
        assert int(match[5]) < 60
        points.append((lon if match[6] == "E" else -lon, lat if match[3] == "N" else -lat))
        if change:
            changes[len(points) - 1] = change
    return Fpl(
        call_sign,
        rules,
        fields[1],
        fields[2][:4],
        fields[2][4:],
        speed_level,
        points,
        changes,
        fields[4][:4],
        fields[4][4:8],
        fields[5],
    )


def read(plan: Plan, filing: Filing = flight_plan.UNFILED) -> list[Fpl]:
    """Write and read back."""
    return [read_flight_plan_route(message) for message in messages(to_flight_plan(plan, filing))]


@pytest.mark.parametrize("name", ["georgia", "chukotka", "hostile"])
def test_the_route_comes_back_within_half_a_minute(name: str, request: pytest.FixtureRequest) -> None:
    """Turn points come back in order, each within half a minute of arc."""
    plan: Plan = request.getfixturevalue(name)
    stops = {stop.waypoint for stop in plan.stops}
    wanted = [w for n, w in enumerate(plan.waypoints[1:-1], start=2) if n not in stops]
    found = [point for message in read(plan) for point in message.points]
    assert len(found) == len(wanted)
    for (lon, lat), waypoint in zip(found, wanted, strict=True):
        assert abs(lat - waypoint.lat) <= HALF_A_MINUTE_DEG
        assert abs((lon - waypoint.lon + 180.0) % 360.0 - 180.0) <= HALF_A_MINUTE_DEG


def test_one_message_for_each_stage(georgia: Plan) -> None:
    """A landing on the way ends one flight plan and begins the next, with the day and time of continuation."""
    first, second = read(georgia)
    assert (first.departure, first.off_block, first.destination) == ("UGTB", "0700", "ZZZZ")
    assert (second.departure, second.destination) == ("ZZZZ", "UGKO")
    stop = georgia.stops[0]
    assert second.off_block == f"{stop.depart_utc:%H%M}"
    minutes = (stop.arrive_utc - georgia.commencement_utc).total_seconds() / 60.0
    assert int(first.elapsed[:2]) * 60 + int(first.elapsed[2:]) == -(-minutes // 1)
    assert "DEST/WP02 4206N04412E" in first.other
    assert "DEP/WP02 4206N04412E" in second.other
    assert "DOF/190912" in first.other


def test_items_of_the_message(georgia: Plan) -> None:
    """Type, wake category, speed, level and remarks stand where Doc 4444 has them."""
    message = read(georgia, Filing(call_sign="OSY11F", equipment="SDFGRY/S", alternates=("UBBB",)))[0]
    assert message.call_sign == "OSY11F"
    assert message.rules == "IX"
    assert message.aircraft == "AN30/M-SDFGRY/S"
    assert message.speed_level == "K0430F100"
    assert message.other.startswith("STS/STATE ")
    assert "RMK/TREATY ON OPEN SKIES OBSERVATION FLIGHT DEU OVER GEO STAGE 1 OF 2" in message.other
    assert "0023 UBBB" in to_flight_plan(georgia, Filing(alternates=("UBBB",)))


@pytest.mark.parametrize(("level", "first"), [("F", "F100"), ("A", "A100"), ("S", "S0305"), ("M", "M0305")])
def test_levels_are_never_lower_than_planned(georgia: Plan, level: flight_plan.Level, first: str) -> None:
    """3,048 m are 10,000 ft exactly; in tens of metres they round up to 3,050."""
    assert read(georgia, Filing(level=level))[0].speed_level == f"K0430{first}"


def test_changes_of_level_stand_at_their_point(make_plan: Callable[..., Plan]) -> None:
    """Where the ground is not known there is no level: VFR from that point, and the level again after it."""
    points = [(20.0, 50.0), (21.0, 50.5), (22.0, 50.0), (23.0, 50.5), (24.0, 50.0)]
    plan = make_plan(points, unknown_ground=(2, 3))
    (message,) = read(plan)
    assert message.rules == "VX"
    assert message.speed_level == "K0430F100"
    assert message.changes == {0: "K0430VFR", 2: "K0430F100"}
    assert any("2 of 4 legs" in str(gap) for gap in flight_plan.gaps(plan))


def test_one_leg_is_direct(make_plan: Callable[..., Plan]) -> None:
    """A flight of one leg goes direct."""
    (message,) = read(make_plan([(27.3, 53.9), (30.2, 52.5)], idents=("UMMS", "UMGG")))
    assert message.points == []
    assert message.departure == "UMMS"


def test_only_what_the_network_carries(hostile: Plan) -> None:
    """Messages have capitals, digits and the allowed signs, in lines of at most 69 characters."""
    for message in messages(to_flight_plan(hostile)):
        assert re.fullmatch(r"[A-Z0-9 ().,'=+/?:\n-]+", message)
        assert max(map(len, message.splitlines())) <= flight_plan.LINE_LENGTH
        fields = message[1:-1].split("\n-")
        assert len(fields) == 6  # no name brings a hyphen at the start of a line
        indicators = re.findall(r"(\w+)/", " ".join(fields[5].split()))
        assert indicators == ["STS", "DEP", "DEST", "DOF", "TYP", "RMK"]  # in the order of Doc 4444


def test_a_message_too_long_for_the_network_is_told(make_plan: Callable[..., Plan]) -> None:
    """A route of 300 legs does not fit the 1,800 characters of one message: said, not cut."""
    plan = make_plan([(20.0 + 0.1 * i, 50.0 + 0.1 * (i % 2)) for i in range(301)])
    assert len(read(plan)[0].points) == 299
    assert any("more than the 1800" in str(gap) for gap in flight_plan.gaps(plan))


def test_snapped_waypoints_are_filed_exactly(make_plan: Callable[..., Plan]) -> None:
    """A plan on whole minutes loses nothing; any other says by how much its positions move."""
    points = [(20.123, 50.0), whole_minute(21.2501, 50.4999), (22.0, 50.456)]
    on_minutes = make_plan(points)
    assert snapped(on_minutes.waypoints)
    assert any("lose nothing" in str(gap) for gap in flight_plan.gaps(on_minutes))
    off = make_plan([(20.0, 50.0), (21.255, 50.0), (22.0, 50.0)])
    assert not snapped(off.waypoints)
    assert any("up to 0.36 km" in str(gap) for gap in flight_plan.gaps(off))


@settings(deadline=None)
@given(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0))
def test_whole_minutes_are_near_and_stay(lon: float, lat: float) -> None:
    """The nearest whole minute is at most half a minute away, and is its own nearest."""
    near = whole_minute(lon, lat)
    assert abs(near[0] - lon) <= HALF_A_MINUTE_DEG
    assert abs(near[1] - lat) <= HALF_A_MINUTE_DEG
    assert whole_minute(*near) == near
    assert snapped([Waypoint("WP", *near)])


@pytest.mark.parametrize(
    ("filing", "words"),
    [
        (Filing(call_sign="open sky"), "item 7"),
        (Filing(call_sign="TOOLONG8"), "item 7"),
        (Filing(alternates=("UBBB", "UDYZ", "LTCG")), "item 16"),
        (Filing(alternates=("ub1",)), "item 16"),
    ],
)
def test_what_no_flight_plan_can_hold_is_refused(georgia: Plan, filing: Filing, words: str) -> None:
    """A field that cannot be written is refused with the item it belongs to."""
    with pytest.raises(InputError, match=words) as refused:
        to_flight_plan(georgia, filing)
    assert refused.value.kind == "cannot_export"


def test_a_speed_beyond_four_digits_is_refused(make_plan: Callable[..., Plan]) -> None:
    """Item 15 has four digits for the speed."""
    rocket = AircraftUse("X-1", "rocket", None, 12000.0, 5000.0)
    with pytest.raises(InputError, match="four digits"):
        to_flight_plan(make_plan([(20.0, 50.0), (21.0, 50.5)], aircraft=rocket))


def test_stand_ins_are_named(make_plan: Callable[..., Plan]) -> None:
    """Every field that holds a stand-in is named in the notes; a field that is known is not."""
    unknown = AircraftUse("X-1", "nominal jet", None, 700.0, 5000.0)
    plan = make_plan([(20.0, 50.0), (21.0, 50.5)], aircraft=unknown)
    notes = to_flight_plan(plan)
    for words in ("Item 7: OPENSKY", "Item 10: S/C", "ZZZZ is filed", "Item 9: M stands in"):
        assert words in notes
    assert "TYP/NOMINAL JET" in notes
    known = to_flight_plan(plan, Filing(call_sign="OSY1", equipment="S/C"))
    assert "OPENSKY" not in known
    assert "Item 10" not in known


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("An-30B", "AN30"),
        ("Ан-30", None),
        ("Tu-154M LK-1", "T154"),
        ("OC-135B", "C135"),
        ("C-130H", "C130"),
        ("CN-235", "CN35"),
        ("Saab 340B", "SF34"),
        ("Airbus A319-133X", "A319"),
        ("An-300", None),
        ("Jan30", None),
        ("", None),
    ],
)
def test_type_designators(name: str, code: str | None) -> None:
    """Known types are found by their common names, and nothing that only looks like one."""
    assert designator(name) == code


@pytest.mark.parametrize(
    ("code", "mass_kg", "category"),
    [("AN30", None, "M"), ("C135", None, "H"), (None, None, None), (None, 6500.0, "L"), ("AN30", 140_000.0, "H")],
)
def test_wake_categories(code: str | None, mass_kg: float | None, category: str | None) -> None:
    """The mass decides; without one the type; without either nothing is claimed."""
    assert wake(code, mass_kg) == category


@settings(deadline=None)
@given(st.text(max_size=60))
def test_capitals_hold_nothing_else(name: str) -> None:
    """Any name comes out in the letters of a flight plan."""
    assert re.fullmatch("[A-Z0-9. ]*", capitals(name))
