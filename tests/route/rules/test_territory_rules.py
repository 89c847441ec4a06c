"""Over whose territory a flight runs, and transit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.route.rules.plans import (
    DAY,
    GEOD,
    KUBINKA,
    LANDSBERG,
    WUNSTORF,
    agreement,
    drawn,
    full_facts,
    make,
    make_plan,
    only,
    to_kaliningrad,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.route.rules.territory import over_observed_territory, transit_legs_coordinated
from skywitness.route.rules.transit import (
    sensors_inhibited_in_transit,
    sensors_off_in_transit,
    transit_begins_with_a_party,
    transit_routes,
)

Point = tuple[float, float]
OVER_TERRITORY = Reading(at=DAY, interpretations={"A.III": "over_territory"})


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    """A time on a day."""
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def test_legs_over_another_state(un: BorderView) -> None:
    """II.5, II.8: a leg deep over Poland on a flight over Germany is a breach, with the leg and the place."""
    plan = make_plan((WUNSTORF, (13.0, 52.6), (17.0, 52.5), (13.2, 51.6), (11.5, 50.8), LANDSBERG))
    finding = only(over_observed_territory(make(plan, view=un)))
    assert finding.verdict is Verdict.BREACH
    assert finding.where is not None
    assert finding.where.name == "POL"
    assert finding.where.leg in (2, 3)
    assert isinstance(finding.measured, float)
    assert finding.measured > 50.0


@pytest.mark.parametrize(("depth_km", "verdict"), [(0.5, "cannot_tell"), (6.0, "breach")])
def test_a_border_crossed_within_its_band(depth_km: float, verdict: str) -> None:
    """II.5, II.8: a leg that strays over a border by less than the border is known cannot be told to be abroad."""
    view = drawn(2.0, DEU=(5.0, 45.0, 12.0, 55.0), POL=(12.0, 45.0, 15.0, 55.0))
    inside = GEOD.fwd(12.0, 51.0, 90.0, 2000.0 * depth_km)[:2]
    plan = make_plan(((11.0, 50.8), inside, (11.0, 51.2)))
    finding = only(over_observed_territory(make(plan, view=view)))
    assert finding.verdict == verdict


def test_high_sea_and_foreign_coasts(un: BorderView) -> None:
    """II.5, II.8: the high sea is nobody's; waters off a foreign coast are foreign; off one's own coast all is well."""
    north_sea = make_plan((WUNSTORF, (7.6, 54.3), (6.0, 54.6), (8.3, 53.8), LANDSBERG))
    danish = make_plan((WUNSTORF, (7.9, 54.6), (7.9, 55.6), (8.3, 53.8), LANDSBERG))
    assert only(over_observed_territory(make(north_sea, view=un))).verdict is Verdict.OK
    finding = only(over_observed_territory(make(danish, view=un)))
    assert finding.verdict is Verdict.BREACH
    assert finding.where is not None
    assert finding.where.name == "DNK"


def test_transit_legs_need_coordination(un: BorderView) -> None:
    """Decision 22/02: a transit leg over Lithuania needs co-ordination with it; an observation leg is a breach."""
    plan = to_kaliningrad((3,))
    blank = only(transit_legs_coordinated(make(plan, view=un)))
    assert blank.verdict is Verdict.BREACH
    assert blank.effect is not None
    assert blank.effect.who == "LTU"
    agreed = full_facts(agreements=(agreement("DEC:22-02", "DEU", "LTU", legs=(3,)),))
    assert only(transit_legs_coordinated(make(plan, agreed, view=un))).by_agreement == "exchange of notes"
    other_leg = full_facts(agreements=(agreement("DEC:22-02", "DEU", "LTU", legs=(2,)),))
    other_state = full_facts(agreements=(agreement("DEC:22-02", "DEU", "POL"),))
    for facts in (other_leg, other_state):
        assert only(transit_legs_coordinated(make(plan, facts, view=un))).verdict is Verdict.BREACH
    assert only(transit_legs_coordinated(make(plan))).verdict is Verdict.CANNOT_TELL
    observed = only(over_observed_territory(make(to_kaliningrad(()), agreed, view=un)))
    assert observed.verdict is Verdict.BREACH
    assert only(over_observed_territory(make(plan, view=un))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("day", "verdict"), [(dt.date(2002, 12, 15), "cannot_tell"), (dt.date(2002, 12, 16), "breach")]
)
def test_transit_before_the_decision(day: dt.date, verdict: str, un: BorderView) -> None:
    """Decision 22/02: before its day the text says nothing of transit within a flight; an agreement settles it."""
    plan = to_kaliningrad((3,))
    finding = only(transit_legs_coordinated(make(plan, reading=Reading(at=day), view=un)))
    assert finding.verdict == verdict
    agreed = full_facts(agreements=(agreement("DEC:22/02", "DEU", "LTU"),))
    assert only(transit_legs_coordinated(make(plan, agreed, Reading(at=day), view=un))).verdict is Verdict.OK


def test_transit_beside_a_foreign_coast(un: BorderView) -> None:
    """Decision 22/02: a transit leg 12 nautical miles off Denmark may cross its waters, unless co-ordinated."""
    plan = make_plan((WUNSTORF, (7.5, 54.6), (7.74, 55.55), (7.5, 53.8), LANDSBERG), transit=(2, 3))
    finding = only(transit_legs_coordinated(make(plan, view=un)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.where is not None
    assert finding.where.name == "DNK"
    agreed = full_facts(agreements=(agreement("DEC:22/02", "SWE", "DNK"),))
    assert only(transit_legs_coordinated(make(plan, agreed, view=un))).by_agreement == "exchange of notes"
    offshore = make_plan((WUNSTORF, (7.6, 54.3), (6.0, 54.6), (8.3, 53.8), LANDSBERG), transit=(2, 3))
    assert only(transit_legs_coordinated(make(offshore, view=un))).verdict is Verdict.OK


def test_a_member_of_the_group_is_own_territory(un: BorderView) -> None:
    """III.II.3(D): a flight over the group may cross Belarus though only Russia is named."""
    only_russia = make_plan(
        (KUBINKA, (31.5, 55.6), (28.0, 54.4), (33.0, 54.6)),
        start="UUMB",
        end="UUMB",
        at=at(dt.date(2019, 9, 12)),
        observed="BLR-RUS",
        overflown=("RUS",),
    )
    assert only(over_observed_territory(make(only_russia, view=un))).verdict is Verdict.OK


@pytest.mark.parametrize("rule", [sensors_off_in_transit, sensors_inhibited_in_transit])
def test_sensors_are_off_in_transit(rule: object) -> None:
    """VII.3 and IV.4: a transit leg that names a sensor or an observation period is a breach."""
    assert callable(rule)
    quiet = make_plan(transit=(2, 3))
    assert only(rule(make(make_plan()))).verdict is Verdict.NOT_APPLICABLE
    assert only(rule(make(quiet))).verdict is Verdict.OK
    for change in ({"sensors": ("CAM",)}, {"observe_from_km": 1.0}):
        legs = tuple(replace(leg, **change) if leg.number == 3 else leg for leg in quiet.legs)
        finding = only(rule(make(replace(quiet, legs=legs))))
        assert finding.verdict is Verdict.BREACH
        assert finding.where is not None
        assert finding.where.leg == 3


def test_flights_to_and_from_are_not_in_the_plan(un: BorderView) -> None:
    """VII.1 and VII.2 are asked only where a leg of the plan crosses a third State."""
    home = make(view=un)
    assert only(transit_begins_with_a_party(home)).verdict is Verdict.NOT_APPLICABLE
    assert only(transit_routes(home)).verdict is Verdict.NOT_APPLICABLE
    plan = to_kaliningrad((3,))
    assert only(transit_begins_with_a_party(make(plan, view=un))).verdict is Verdict.OK
    asked = only(transit_routes(make(plan, view=un)))
    assert asked.verdict is Verdict.CANNOT_TELL
    assert asked.effect is not None
    assert (asked.effect.who, asked.effect.modality) == ("DEU", "must")
    assert "LTU" in str(asked.effect.what)
    left = replace(plan, reading=Reading(at=dt.date(2022, 5, 5)), observed="RUS")
    assert only(transit_begins_with_a_party(make(left, view=un))).verdict is Verdict.BREACH
    for other, verdict in (("LTU", "ok"), ("BLR-RUS", "cannot_tell")):
        agreed = full_facts(agreements=(agreement("OS:VII.2", "DEU", other, states=("LTU",)),))
        assert only(transit_routes(make(plan, agreed, view=un))).verdict == verdict, "agreed with the State crossed"
    unknown = replace(plan, waypoints=(replace(plan.waypoints[0], ident="XXXX"), *plan.waypoints[1:]))
    assert only(transit_begins_with_a_party(make(unknown, view=un))).verdict is Verdict.CANNOT_TELL
