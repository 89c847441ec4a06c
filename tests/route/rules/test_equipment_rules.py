"""Aircraft, and the people on board."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.route.rules.plans import (
    agreement,
    make,
    make_plan,
    only,
    verdicts,
    with_aircraft,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.route.model import AircraftUse
from skywitness.route.rules.aircraft import (
    aircraft_of_another_party,
    designated,
    designated_by_a_party,
    provided_range,
)
from skywitness.route.rules.people import (
    few_on_light_aircraft,
    flight_monitors,
    flight_representatives,
    representatives,
)

# ---- the aircraft ----


@pytest.mark.parametrize(
    ("ident", "said", "verdict"),
    [
        ("saab-340b-os-100", True, "ok"),
        ("saab-340b-os-100", False, "breach"),
        ("a319oh", None, "cannot_tell"),
        ("nominal", None, "cannot_tell"),
        ("my own", None, "cannot_tell"),
        ("saab-340b-os-100", None, "ok"),
    ],
)
def test_designated_aircraft(ident: str, said: bool | None, verdict: str) -> None:
    """VI.I.1: the facts say whether an aircraft is designated; else public reports of its use on that day do."""
    plan = make_plan(aircraft=AircraftUse(ident, ident, "SWE", 480.0, 1800.0))
    assert only(designated(make(plan, with_aircraft(designated=said)))).verdict == verdict


@pytest.mark.parametrize(
    ("by", "day", "verdict"),
    [
        ("SWE", dt.date(2015, 6, 10), "ok"),
        ("USA", dt.date(2020, 11, 21), "ok"),
        ("USA", dt.date(2020, 11, 22), "breach"),
        (None, dt.date(2015, 6, 10), "cannot_tell"),
    ],
)
def test_who_designated_it_is_a_party(by: str | None, day: dt.date, verdict: str) -> None:
    """V.1: an aircraft is designated by a State that is a Party on that day."""
    plan = make_plan(aircraft=AircraftUse("x", "x", by, 480.0, 1800.0))
    assert only(designated_by_a_party(make(plan, reading=Reading(at=day)))).verdict == verdict


@pytest.mark.parametrize(
    ("provided_by", "range_km", "notified_km", "day", "verdict"),
    [
        ("observed", 500.0, 1000.0, dt.date(2015, 6, 10), "ok"),
        ("observed", 499.0, 1000.0, dt.date(2015, 6, 10), "breach"),
        ("observed", None, 1000.0, dt.date(2015, 6, 10), "cannot_tell"),
        ("observed", 500.0, None, dt.date(2015, 6, 10), "cannot_tell"),
        ("observed", 10.0, 1000.0, dt.date(2005, 12, 31), "not_applicable"),
        ("observing", 10.0, 1000.0, dt.date(2015, 6, 10), "not_applicable"),
        (None, 10.0, 1000.0, dt.date(2015, 6, 10), "cannot_tell"),
    ],
)
def test_range_of_a_provided_aircraft(
    provided_by: str | None, range_km: float | None, notified_km: float | None, day: dt.date, verdict: str
) -> None:
    """VI.I.1: an aircraft of the observed Party reaches half of the notified distance, from 2006 on."""
    facts = with_aircraft(provided_by=provided_by, unrefuelled_range_km=range_km, notified_distance_km=notified_km)
    finding = only(provided_range(make(facts=facts, reading=Reading(at=day))))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert (finding.measured, finding.limit, finding.margin) == (499.0, 500.0, -1.0)
        assert finding.effect is not None
        assert finding.effect.who == "SWE"


@pytest.mark.parametrize(
    ("by", "provided_by", "agreed", "verdict"),
    [
        ("SWE", "observing", False, "not_applicable"),
        ("DEU", "observed", False, "not_applicable"),
        ("ROU", "observing", True, "ok"),
        ("ROU", "observing", False, "cannot_tell"),
        ("SWE", "ROU", False, "cannot_tell"),
        ("CHE", "observing", True, "breach"),
        (None, None, False, "cannot_tell"),
    ],
)
def test_aircraft_of_another_party(by: str | None, provided_by: str | None, agreed: bool, verdict: str) -> None:
    """VI.I.2: a third State's aircraft needs an arrangement with that State, which is a Party."""
    plan = make_plan(aircraft=AircraftUse("x", "x", by, 480.0, 1800.0))
    facts = with_aircraft(provided_by=provided_by)
    if agreed:
        facts = replace(facts, agreements=(agreement("OS:VI.I.2", "SWE", by or "ROU"),))
    assert only(aircraft_of_another_party(make(plan, facts))).verdict == verdict


# ---- people on board ----


@pytest.mark.parametrize(
    ("provided_by", "notified_km", "stations", "monitors", "few", "many"),
    [
        ("observing", 1000.0, 3, 2, "ok", "not_applicable"),
        ("observing", 1000.0, 3, 3, "breach", "not_applicable"),
        ("observing", 1600.0, 3, 5, "not_applicable", "ok"),
        ("observing", 1600.0, 3, 6, "not_applicable", "breach"),
        ("observing", 1600.0, None, 5, "not_applicable", "cannot_tell"),
        ("observing", None, 3, 5, "cannot_tell", "cannot_tell"),
        ("observed", 1000.0, 3, 2, "not_applicable", "not_applicable"),
        (None, 1000.0, 3, 2, "cannot_tell", "cannot_tell"),
    ],
)
def test_flight_monitors(
    provided_by: str | None, notified_km: float | None, stations: int | None, monitors: int, few: str, many: str
) -> None:
    """VI.III.1 and III.2: two monitors and one per station; only two on a light aircraft up to 1,500 km."""
    facts = with_aircraft(
        provided_by=provided_by,
        notified_distance_km=notified_km,
        sensor_control_stations=stations,
        flight_monitors=monitors,
    )
    context = make(facts=facts)
    assert only(few_on_light_aircraft(context)).verdict == few
    assert only(flight_monitors(context)).verdict == many
    agreed = make(facts=replace(facts, agreements=(agreement("OS:VI.III.1"), agreement("OS:VI.III.2"))))
    assert only(few_on_light_aircraft(agreed)).verdict is not Verdict.BREACH
    assert only(flight_monitors(agreed)).verdict is not Verdict.BREACH


@pytest.mark.parametrize(
    ("provided_by", "notified_km", "interpreters", "rule", "verdict"),
    [
        ("observing", 1000.0, 1, few_on_light_aircraft, "ok"),
        ("observing", 1000.0, 2, few_on_light_aircraft, "breach"),
        ("observing", 1600.0, 2, flight_monitors, "breach"),
        ("observing", 1600.0, 0, flight_monitors, "ok"),
        ("observed", 1000.0, 2, flight_representatives, "breach"),
        ("observed", 1000.0, None, flight_representatives, "ok"),
    ],
)
def test_one_interpreter(
    provided_by: str, notified_km: float, interpreters: int | None, rule: Any, verdict: str
) -> None:
    """VI.III.1, III.2, III.4: the right to people on board is one to one interpreter beside them."""
    facts = with_aircraft(provided_by=provided_by, notified_distance_km=notified_km, interpreters=interpreters)
    finding = only(rule(make(facts=facts)))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert "interpreters are to be on board" in str(finding.why)
        agreed = replace(facts, agreements=(agreement(finding.provision),))
        assert only(rule(make(facts=agreed))).verdict is Verdict.OK


def test_a_heavy_aircraft_is_not_light() -> None:
    """VI.III.2: above 35,000 kg the exception does not apply, however short the flight."""
    facts = with_aircraft(max_takeoff_mass_kg=35000.1)
    assert only(few_on_light_aircraft(make(facts=facts))).verdict is Verdict.NOT_APPLICABLE
    assert only(few_on_light_aircraft(make(facts=with_aircraft(max_takeoff_mass_kg=35000.0)))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("provided_by", "on_observed", "on_third"),
    [
        ("observed", "ok", "not_applicable"),
        ("ROU", "not_applicable", "ok"),
        ("observing", "not_applicable", "not_applicable"),
        (None, "cannot_tell", "cannot_tell"),
    ],
)
def test_people_of_the_observing_party(provided_by: str | None, on_observed: str, on_third: str) -> None:
    """VI.III.4 and III.5: two and one per station, on the observed Party's aircraft or on a third State's."""
    context = make(facts=with_aircraft(provided_by=provided_by))
    first, second = only(flight_representatives(context)), only(representatives(context))
    assert (first.verdict, second.verdict) == (on_observed, on_third)
    for finding in (first, second):
        if finding.verdict is Verdict.OK:
            assert finding.limit == 3
            assert finding.effect is not None
            assert finding.effect.who == "SWE"
    third = make_plan(aircraft=AircraftUse("x", "x", "ROU", 480.0, 1800.0))
    if provided_by == "observing":
        assert only(representatives(make(third, with_aircraft(provided_by="observing")))).verdict is Verdict.OK
    unknown = make(facts=with_aircraft(provided_by=provided_by, sensor_control_stations=None))
    assert "ok" not in verdicts([*flight_representatives(unknown), *representatives(unknown)])
