"""Airfields, stops and hazardous airspace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from shapely import MultiPolygon, box
from tests.route.rules.plans import (
    GERMANY,
    LANDSBERG,
    START,
    agreement,
    check_whole,
    drawn,
    full_facts,
    hours,
    make,
    make_plan,
    only,
    verdicts,
    with_times,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.airspace import HazardArea
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.model import Plan, Stop, StopKind
from skywitness.route.rules.airfields import (
    designated_ends,
    designated_stops,
)
from skywitness.route.rules.entry import five_hours_to_airfield
from skywitness.route.rules.hazards import duty_of_observed, hazards_considered
from skywitness.route.rules.stops import stops_in_plan

D = dt.date
COLOGNE = (7.14361, 50.86722)


# ---- Annex E ----


@pytest.mark.parametrize(
    ("start", "end", "day", "verdict", "says"),
    [
        ("ETNW", "ETSA", D(2015, 6, 10), ["ok", "ok"], "Open Skies airfield"),
        ("EDNW", "ETSA", D(2015, 6, 10), ["ok", "ok"], "Wunstorf"),
        ("EDDK", "ETSA", D(2015, 6, 10), ["ok", "ok"], "as point of entry"),  # II.5: it may begin there
        ("EDDH", "ETSA", D(2015, 6, 10), ["cannot_tell", "ok"], "no site"),
        ("EPWA", "ETSA", D(2015, 6, 10), ["breach", "ok"], "not of the observed Party"),
        ("ETNW", "EPWA", D(2015, 6, 10), ["ok", "breach"], "ETNW"),
    ],
)
def test_ends_of_the_flight(start: str, end: str, day: dt.date, verdict: list[str], says: str) -> None:
    """E.3: the flight begins and ends at Open Skies airfields of the observed Party, as far as is known on that day.

    A place that is listed for something else may have been designated since: notices are not public.
    """
    plan = make_plan((COLOGNE, *GERMANY[1:]) if start == "EDDK" else GERMANY, start=start, end=end)
    found = [check_whole(one) for one in designated_ends(make(plan, reading=Reading(at=day)))]
    assert verdicts(found) == verdict
    assert says in str(found[0].why)
    for one in found:
        assert bool(one.values) is (one.verdict is Verdict.OK)


def test_an_airfield_seen_in_use_counts_from_then_on() -> None:
    """E.3: Cologne was a point of entry from the start and is known as an Open Skies airfield from 2019 on."""
    plan = make_plan((COLOGNE, *GERMANY[1:]), start="EDDK")
    before = next(designated_ends(make(plan, reading=Reading(at=D(2018, 1, 1)))))
    after = next(designated_ends(make(plan, reading=Reading(at=D(2020, 1, 1)))))
    assert "as point of entry" in str(before.why)
    assert "as Open Skies airfield" in str(after.why)


@pytest.mark.parametrize(
    ("ident", "at", "begins", "ends"),
    [
        ("EDDK", COLOGNE, "ok", "ok"),  # point of entry and of exit
        ("LTBS", (28.7925, 36.7131), "cannot_tell", "cannot_tell"),  # nothing known of it
    ],
)
def test_a_flight_runs_from_entry_to_exit(ident: str, at: tuple[float, float], begins: str, ends: str) -> None:
    """II.5, E.3: a flight may begin at a point of entry and end at a point of exit that are no Open Skies airfields."""
    there = make_plan((*GERMANY[:-1], at), end=ident)
    back = make_plan((at, *GERMANY[1:]), start=ident)
    day = Reading(at=D(2015, 6, 10))
    assert verdicts(designated_ends(make(back, reading=day)))[0] == begins
    assert verdicts(designated_ends(make(there, reading=day)))[-1] == ends
    assert verdicts(designated_ends(make(make_plan((at, GERMANY[1], at), start=ident, end=ident), reading=day))) == [
        begins,
        ends,
    ]


@pytest.mark.parametrize(("day", "verdict"), [(D(2003, 12, 31), "ok"), (D(2004, 1, 1), "cannot_tell")])
def test_a_place_without_a_runway(day: dt.date, verdict: str) -> None:
    """E.3: Vaerloese is still listed, but has had no runway since 2004: its notice of change is not public."""
    from skywitness.law.sites import site

    at = site("EKVL").position
    plan = make_plan((at, (9.5, 56.2), (9.0, 55.5), at), start="EKVL", end="EKVL", observed="DNK", overflown=("DNK",))
    assert only(designated_ends(make(plan, reading=Reading(at=day)))).verdict == verdict


def test_the_waypoint_is_at_the_airfield() -> None:
    """E.3: a waypoint called Wunstorf that lies elsewhere is another place."""
    plan = make_plan(((9.9, 52.4), *GERMANY[1:]))
    found = next(designated_ends(make(plan)))
    assert found.verdict is Verdict.BREACH
    assert isinstance(found.measured, float)
    assert found.measured > 30.0


def test_a_round_trip_names_its_airfield_once() -> None:
    """E.3: one airfield at both ends is judged once."""
    plan = make_plan((*GERMANY[:-1], GERMANY[0]), end="ETNW")
    assert verdicts(designated_ends(make(plan))) == ["ok"]


@pytest.mark.parametrize(
    ("told", "day", "known", "verdict", "says"),
    [
        ({}, D(2015, 6, 10), None, "ok", "as this facts file has it (a note)"),
        ({"start": D(2015, 6, 11)}, D(2015, 6, 10), None, "cannot_tell", "no site"),
        ({"end": D(2015, 6, 10)}, D(2015, 6, 10), None, "cannot_tell", "no site"),
        ({"known": D(2016, 1, 1)}, D(2015, 6, 10), D(2015, 6, 10), "cannot_tell", "no site"),
        ({"roles": ("refuelling_airfield",)}, D(2015, 6, 10), None, "cannot_tell", "known as refuelling airfield"),
        ({"party": "POL"}, D(2015, 6, 10), None, "breach", "a site of POL"),
        ({"lon": 12.0, "lat": 52.4}, D(2015, 6, 10), None, "breach", "from the position"),
    ],
)
def test_an_airfield_that_only_the_facts_know(
    told: dict[str, Any], day: dt.date, known: dt.date | None, verdict: str, says: str
) -> None:
    """E.3: a place of the facts counts on its days, for its Party, in its role and at its position, with its source."""
    place = AirfieldFacts("EDVE", "a note", **{"party": "DEU", "roles": ("open_skies_airfield",), **told})
    plan = make_plan(start="EDVE")
    context = make(plan, full_facts(airfields=(place,)), Reading(at=day, known=known))
    finding = check_whole(next(designated_ends(context)))
    assert finding.verdict == verdict
    assert says in str(finding.why)
    assert [value.status for value in finding.values] == (["claim of this facts file"] if verdict == "ok" else [])


def test_what_is_public_comes_first() -> None:
    """E.3: a role that is public as well is cited as such, not as a claim of the facts."""
    told = (AirfieldFacts("ETNW", "a note", roles=("open_skies_airfield",)),)
    finding = next(designated_ends(make(make_plan(), full_facts(airfields=told))))
    assert [value.status for value in finding.values] == ["text"]


@pytest.mark.parametrize(("observed", "verdict"), [("NLD", "ok"), ("BENELUX", "ok"), ("FRA", "breach")])
def test_an_airfield_of_benelux(observed: str, verdict: str) -> None:
    """XIV.1, E.3: Brussels is the airfield of all three, by whichever name the plan has the observed Party."""
    at = (4.48444, 50.90139)
    plan = make_plan((at, (5.3, 51.6), at), start="EBBR", end="EBBR", observed=observed, overflown=("NLD",))
    assert only(designated_ends(make(plan))).verdict == verdict


@pytest.mark.parametrize(
    ("at", "state", "verdict"),
    [((9.43, 52.46), "DEU", "ok"), ((21.0, 52.2), "DEU", "breach"), ((21.0, 52.2), "POL", "ok")],
)
def test_a_party_designates_places_on_its_own_land(at: tuple[float, float], state: str, verdict: str) -> None:
    """E.1, E.3: a place that the facts give to Germany lies on land of Germany in the view, or is none."""
    view = drawn(0.0, DEU=(5.0, 45.0, 15.0, 55.0), POL=(15.0, 45.0, 24.0, 55.0))
    place = AirfieldFacts("EDVE", "a note", state, roles=("open_skies_airfield",))
    plan = make_plan((at, (10.0, 50.0), LANDSBERG), start="EDVE", observed=state, overflown=(state,))
    finding = next(designated_ends(make(plan, full_facts(airfields=(place,)), view=view)))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert "on land of POL" in str(finding.why)


@pytest.mark.parametrize(
    ("where", "verdict"), [("EDDK", "ok"), ("ETSA", "ok"), ("EDDC", "cannot_tell"), ("EPWA", "breach")]
)
def test_stops_are_at_designated_places(where: str, verdict: str) -> None:
    """E.3: a stop is at an Open Skies airfield, a refuelling airfield or a point of entry or exit."""
    from skywitness.law.sites import site

    at = {"EDDC": (13.77, 51.13)}.get(where) or site(where).position
    points = (*GERMANY[:3], at, *GERMANY[4:])
    plan = make_plan(points, airfields={4: where}, pauses={4: 2.0})
    assert only(designated_stops(make(plan))).verdict == verdict


@pytest.mark.parametrize(
    ("start", "speed_km_h", "verdict"),
    [
        ("ETNW", 480.0, "ok"),
        ("ETNW", 30.0, "cannot_tell"),  # the observed Party may have provided other transport
        ("EDDK", 480.0, "not_applicable"),
        ("UUEE", 480.0, "ok"),
    ],
)
def test_five_hours_from_the_point_of_entry(start: str, speed_km_h: float, verdict: str) -> None:
    """E.1: the airfield is reached within five hours from every point of entry, in the aircraft itself or otherwise."""
    plan = make_plan(start=start)
    plan = replace(plan, aircraft=replace(plan.aircraft, speed_km_h=speed_km_h))
    finding = only(five_hours_to_airfield(make(plan)))
    assert finding.verdict == verdict
    assert finding.bearer in (None, "DEU")


def test_five_hours_not_even_in_an_airliner() -> None:
    """E.1: an airfield 6,000 km from every point of entry breaks the provision, unless it was agreed."""
    plan = make_plan()
    first = replace(plan.waypoints[0], lon=-40.0, lat=10.0)
    plan = replace(plan, waypoints=(first, *plan.waypoints[1:]))
    finding = only(five_hours_to_airfield(make(plan)))
    assert finding.verdict is Verdict.BREACH
    assert finding.bearer == "DEU"
    agreed = full_facts(agreements=(agreement("OS:E.1"),))
    assert only(five_hours_to_airfield(make(plan, agreed))).verdict is Verdict.OK


def over_magadan() -> Plan:
    """A flight of France from Magadan, 5,900 km from Moscow."""
    return make_plan(
        ((150.72, 59.91), (148.0, 61.0), (150.72, 59.91)),
        start="UHMM",
        end="UHMM",
        observing="FRA",
        observed="BLR-RUS",
        overflown=("RUS",),
    )


@pytest.mark.parametrize(
    ("entry", "speed_km_h", "verdict"),
    [
        ("UUMB", 850.0, "breach"),  # no airliner makes it in five hours
        ("UHMM", 430.0, "not_applicable"),
        ("UHHH", 430.0, "cannot_tell"),  # no point of entry, as far as is public
    ],
)
def test_five_hours_from_the_point_of_entry_used(entry: str, speed_km_h: float, verdict: str) -> None:
    """E.1: the point of entry that is used decides, and is cited; the facts may know one that is not public."""
    plan = replace(over_magadan(), aircraft=replace(over_magadan().aircraft, speed_km_h=speed_km_h))
    told = (AirfieldFacts("UHMM", "a note", roles=("point_of_entry",)),) if entry == "UHMM" else ()
    finding = only(five_hours_to_airfield(make(plan, full_facts(point_of_entry=entry, airfields=told))))
    assert finding.verdict == verdict
    if entry == "UUMB":
        assert [value.subject for value in finding.values if value.key == "site"] == ["UUMB"]


def test_five_hours_from_which_point_of_entry() -> None:
    """E.1: where some points of entry are too far and others are not, the one used has to be known."""
    near = (AirfieldFacts("UHMP", "a note", "RUS", roles=("point_of_entry",), lon=170.6, lat=69.78),)
    finding = only(five_hours_to_airfield(make(over_magadan(), full_facts(airfields=near))))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "(point_of_entry)" in str(finding.needs[0])
    nowhere = make_plan(observed="CHE", overflown=("CHE",))
    assert only(five_hours_to_airfield(make(nowhere))).verdict is Verdict.CANNOT_TELL


# ---- VI.II.3 ----


def with_stop(arrive_h: float = 0.0, leave_h: float = 2.0) -> Plan:
    """A flight with a landing at Cologne after three legs."""
    points = (*GERMANY[:3], COLOGNE, *GERMANY[4:])
    plan = make_plan(points, airfields={4: "EDDK"}, pauses={4: leave_h})
    stop = replace(plan.stops[0], arrive_utc=plan.stops[0].arrive_utc + hours(arrive_h))
    return replace(plan, stops=(stop,))


def test_a_flight_without_a_stop() -> None:
    """VI.II.3: a flight may end elsewhere than it began."""
    finding = only(stops_in_plan(make()))
    assert finding.verdict is Verdict.OK
    assert "ETNW" in str(finding.why)
    assert "ETSA" in str(finding.why)


@pytest.mark.parametrize(
    ("eta_before_h", "requested", "agreed", "verdict"),
    [
        (50.0, "none", False, "ok"),
        (95.0, "none", False, "breach"),
        (95.0, "none", True, "ok"),
        (95.0, "observed", False, "ok"),
        (95.0, None, False, "cannot_tell"),
        (150.0, None, False, "breach"),
        (-6.0, "none", False, "cannot_tell"),  # nobody goes on before he has come
        (None, "none", False, "cannot_tell"),
    ],
)
def test_stops_fall_into_the_96_hours(
    eta_before_h: float | None, requested: str | None, agreed: bool, verdict: str
) -> None:
    """VI.II.3: the flight goes on after a stop within the time of the mission; each stop is listed with its times."""
    plan = with_stop()
    arrival = None if eta_before_h is None else START - hours(eta_before_h)
    facts = replace(
        with_times(estimated_arrival_utc=arrival),
        demonstration_requested_by=requested,
        agreements=(agreement("OS:VI.I.9"),) if agreed else (),
    )
    finding = only(stops_in_plan(make(plan, facts)))
    assert finding.verdict == verdict
    assert "Stop at EDDK" in str(finding.why)
    assert finding.where is not None
    assert finding.where.time_utc == plan.stops[0].depart_utc


def drop_stop(plan: Plan) -> Plan:
    """The same plan without its stop declared."""
    return replace(plan, stops=())


def move_stop(plan: Plan) -> Plan:
    """The same plan with the stop at a turn point."""
    return replace(plan, stops=(replace(plan.stops[0], waypoint=3),))


def far_stop(plan: Plan) -> Plan:
    """The same plan with a stop at a waypoint that is not there."""
    return replace(plan, stops=(replace(plan.stops[0], waypoint=99),))


def late_stop(plan: Plan) -> Plan:
    """The same plan with a stop that ends after the flight has gone on."""
    return replace(plan, stops=(replace(plan.stops[0], depart_utc=plan.stops[0].depart_utc + hours(1)),))


def turned_stop(plan: Plan) -> Plan:
    """The same plan with a stop that ends before it begins."""
    stop = plan.stops[0]
    return replace(plan, stops=(Stop(4, StopKind.REST, stop.depart_utc, stop.arrive_utc),))


@pytest.mark.parametrize("change", [drop_stop, move_stop, far_stop, late_stop, turned_stop])
def test_stops_that_are_not_as_declared(change: Any) -> None:
    """VI.II.3: a landing that is not declared, a stop where nothing lands, or times that do not fit are a breach."""
    found = [check_whole(one) for one in stops_in_plan(make(change(with_stop()), full_facts()))]
    assert set(verdicts(found)) == {"breach"}


# ---- hazardous airspace ----


def area(west: float, south: float, east: float, north: float, **bounds: Any) -> HazardArea:
    """A hazardous area in the form of a box."""
    return HazardArea("ED-R 1", MultiPolygon([box(west, south, east, north)]), **bounds)


ON_THE_WAY = (11.0, 51.0, 12.5, 51.8)
ELSEWHERE = (7.0, 53.0, 7.5, 53.5)


@pytest.mark.parametrize(
    ("areas", "considered", "verdict", "duty"),
    [
        (None, None, "cannot_tell", "cannot_tell"),
        (None, True, "ok", "cannot_tell"),
        (None, False, "breach", "cannot_tell"),
        ((), None, "ok", "not_applicable"),
        ((area(*ELSEWHERE),), None, "ok", "not_applicable"),
        ((area(*ON_THE_WAY),), None, "cannot_tell", "ok"),
        ((area(*ON_THE_WAY),), True, "ok", "ok"),
        ((area(*ON_THE_WAY),), False, "breach", "ok"),
    ],
)
def test_hazardous_airspace(
    areas: tuple[HazardArea, ...] | None, considered: bool | None, verdict: str, duty: str
) -> None:
    """VI.II.4(C), VI.II.5: a flight through hazardous airspace is allowed and gives the observed Party a duty."""
    context = make(facts=full_facts(hazards_considered=considered), hazards=areas)
    assert only(hazards_considered(context)).verdict == verdict
    found = only(duty_of_observed(context))
    assert found.verdict == duty
    if duty == "ok":
        assert found.effect is not None
        assert (found.effect.who, found.effect.modality) == ("DEU", "must")
        assert "ED-R 1" in str(found.effect.what)
        assert found.where is not None
        assert found.where.leg in (1, 2, 3)


@pytest.mark.parametrize(
    ("bounds", "passes"),
    [
        ({}, True),
        ({"floor_m_amsl": 4000.0}, False),
        ({"ceiling_m_amsl": 2000.0}, False),
        ({"floor_m_amsl": 1000.0, "ceiling_m_amsl": 5000.0}, True),
        ({"from_utc": START + hours(10)}, False),
        ({"to_utc": START - hours(1)}, False),
        ({"from_utc": START - hours(1), "to_utc": START + hours(10)}, True),
    ],
)
def test_height_and_time_of_an_area(bounds: dict[str, Any], passes: bool) -> None:
    """VI.II.5: an area above, below, before or after the flight is not passed."""
    plan = make_plan()
    plan = replace(plan, legs=tuple(replace(leg, height_m_amsl=3100.0) for leg in plan.legs))
    finding = only(duty_of_observed(make(plan, Facts(), hazards=(area(*ON_THE_WAY, **bounds),))))
    assert (finding.verdict is Verdict.OK) is passes


def test_an_unknown_height_passes_through() -> None:
    """VI.II.5: where the height above sea level is not known, a leg is taken to pass through."""
    finding = only(duty_of_observed(make(hazards=(area(*ON_THE_WAY, floor_m_amsl=8000.0),))))
    assert finding.verdict is Verdict.OK
