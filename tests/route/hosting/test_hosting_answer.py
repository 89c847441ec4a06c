"""What the observed Party answers to a plan: VIII.I.1, VIII.I.4(A) to (C), VI.II.5(B)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from shapely import MultiPolygon, box
from tests.route.hosting.told import told
from tests.route.rules.plans import (
    START,
    agreement,
    check_whole,
    full_facts,
    hours,
    make_plan,
    only,
    verdicts,
    with_aircraft,
    with_times,
)

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.geo.airspace import HazardArea
from skywitness.geo.view import BorderView
from skywitness.route.check import check
from skywitness.route.facts import Facts
from skywitness.route.host_facts import Change, HazardAnswer, Hosting, Prohibition
from skywitness.route.hosting.changes import changes_for_airfield, changes_for_weather
from skywitness.route.model import Plan

FOG = Change("fog", "weather")
SHUT = Change("shut", "airfield", airfield="ETSA")
ONLY_PLAN = Hosting(changes=(Change("c", "plan"),))


def may(effect: Effect | None) -> tuple[str, str] | None:
    """Who may what, shortly."""
    return None if effect is None else (effect.who, effect.modality)


RIGHT = {"ok": ("DEU", "may"), "breach": ("SWE", "may"), "cannot_tell": None}
"""A ground lets the observed Party propose; without one the observing Party may insist."""


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({"visibility_m": 400.0, "minimum_visibility_m": 800.0}, "ok", "visibility is 400 m"),
        ({"ceiling_m": 50.0, "minimum_ceiling_m": 60.0}, "ok", "ceiling is 50 m"),
        ({"affects_safety": True}, "ok", "affects flight safety"),
        ({"affects_safety": False}, "breach", "does not affect"),
        (
            {"visibility_m": 9000.0, "minimum_visibility_m": 800.0, "ceiling_m": 900.0, "minimum_ceiling_m": 60.0},
            "cannot_tell",
            "of other weather nothing is told",
        ),
        ({"visibility_m": 9000.0, "minimum_visibility_m": 800.0}, "cannot_tell", "cannot be told"),
        ({"visibility_m": 400.0}, "cannot_tell", "cannot be told"),
        # the word of one against the figures of the other
        ({"visibility_m": 400.0, "minimum_visibility_m": 800.0, "affects_safety": False}, "cannot_tell", "and yet"),
        # weather that neither figure is about, such as ice
        (
            {
                "visibility_m": 9000.0,
                "minimum_visibility_m": 800.0,
                "ceiling_m": 900.0,
                "minimum_ceiling_m": 60.0,
                "affects_safety": True,
            },
            "ok",
            "affects flight safety",
        ),
        ({}, "cannot_tell", "cannot be told"),
    ],
)
def test_weather(change: dict[str, Any], verdict: str, says: str) -> None:
    """VIII.I.4(A): changes for weather need weather that affects flight safety."""
    finding = only(changes_for_weather(told(changes=(replace(FOG, **change), SHUT))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:VIII.I.4(A)", verdict, "DEU")
    assert says in str(finding.why)
    assert may(finding.effect) == RIGHT[verdict]


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({"usable": False}, "ok", "ETSA cannot be used"),
        ({"usable": False, "airfield": "EDNW"}, "ok", "EDNW cannot be used"),  # Wunstorf by its other code
        ({"usable": False, "airfield": "EDDH", "alternate": True}, "ok", "cannot be used"),
        ({"usable": True}, "breach", "ETSA can be used"),
        ({"usable": False, "airfield": "EDDH", "alternate": False}, "breach", "no airfield of the plan"),
        ({"usable": False, "airfield": "EDDH"}, "cannot_tell", "not known"),
        ({}, "cannot_tell", "not known"),
        ({"airfield": None, "usable": False}, "cannot_tell", "which airfield"),
    ],
)
def test_airfields(change: dict[str, Any], verdict: str, says: str) -> None:
    """VIII.I.4(B): changes for an airfield need one of this flight, or an alternate of it, that cannot be used."""
    finding = only(changes_for_airfield(told(changes=(FOG, replace(SHUT, **change)))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:VIII.I.4(B)", verdict, "DEU")
    assert says in str(finding.why)
    assert may(finding.effect) == RIGHT[verdict]


def of(code: str, plan: Plan, facts: Facts, hosting: Hosting, un: BorderView | None, **more: Any) -> list[Finding]:
    """What ``check`` finds on one provision."""
    findings = check(plan, replace(facts, hosting=hosting), plan.reading, view=un, **more)
    return [check_whole(finding) for finding in findings if finding.provision == code]


LOW = make_plan(height_m_agl=1000.0)
"""Below the least height of its camera (VI.II.4(D))."""

LATE = START - hours(50 - 25)
"""An hour later than the day after the estimated arrival (VIII.I.2)."""
LATE_AS_AGREED = replace(with_times(arrival_utc=LATE), agreements=(agreement("OS:VIII.I.2"),))


def test_changes_for_the_plan(un: BorderView) -> None:
    """VIII.I.4(C): what the findings on the plan say decides whether it is inconsistent with VI.II.2 or VI.II.4."""
    code = "OS:VIII.I.4(C)"
    low = only(of(code, LOW, full_facts(), ONLY_PLAN, un, hazards=()))
    assert (low.verdict, may(low.effect)) == ("ok", ("DEU", "may"))
    assert "inconsistent with VI.II.4(D)" in str(low.why)
    lawful = only(of(code, make_plan(), full_facts(), ONLY_PLAN, un, hazards=()))
    assert (lawful.verdict, may(lawful.effect), lawful.bearer) == ("breach", ("SWE", "may"), "DEU")
    open_ = only(of(code, make_plan(), full_facts(), ONLY_PLAN, None, hazards=()))
    assert open_.verdict is Verdict.CANNOT_TELL
    assert "VI.II.2" in str(open_.why)


@pytest.mark.parametrize(
    ("plan", "facts", "grounds", "verdict", "says"),
    [
        (LOW, full_facts(), ("OS:VI.II.4(D)",), "ok", "does not comply with VI.II.4(D)"),
        (LOW, full_facts(), ("OS:VI.II.2", "OS:VI.II.4(D)"), "ok", "does not comply with VI.II.4(D)"),
        # the wrong ground (VIII.I.3), of a flight that does not comply: the right rests on the flight
        (LOW, full_facts(), ("OS:VI.II.2",), "ok", "does not comply with VI.II.4(D)"),
        (LOW, full_facts(), ("OS:F.I.8",), "ok", "F.I.8 is broken is not shown"),
        (LOW, full_facts(), (), "cannot_tell", "cannot be told"),
        (LOW, full_facts(), ("OS:VI.II.4",), "ok", "does not comply with VI.II.4(D)"),  # of which (D) is a part
        (make_plan(), full_facts(), ("OS:VI.II.4",), "breach", "prohibited for VI.II.4"),
        # a late arrival is a ground of its own, but for an agreement
        (make_plan(), with_times(arrival_utc=LATE), ("OS:VIII.I.2",), "ok", "came so late"),
        (make_plan(), LATE_AS_AGREED, ("OS:VIII.I.2",), "breach", "prohibited for VIII.I.2"),
        (make_plan(), full_facts(), ("OS:VIII.I.2",), "breach", "prohibited for VIII.I.2"),
        (make_plan(), with_times(arrival_utc=None), ("OS:VIII.I.2",), "cannot_tell", "cannot be told"),
        (make_plan(), full_facts(), ("OS:VI.II.4(D)", "OS:VI.II.4(G)"), "breach", "VI.II.4(D) and VI.II.4(G)"),
        (make_plan(), full_facts(), (), "cannot_tell", "cannot be told"),
        (make_plan(), full_facts(), ("OS:F.I.8",), "cannot_tell", "cannot be told"),
        (make_plan(), full_facts(), ("OS:VI.II.2", "OS:F.I.8"), "cannot_tell", "cannot be told"),
        (make_plan(), with_times(notification_utc=None), ("OS:VI.I.5",), "cannot_tell", "cannot be told"),
        (make_plan(), with_times(notification_utc=START - hours(60)), ("OS:VI.I.5",), "ok", "VI.I.5"),
        (
            make_plan(),
            with_aircraft(provided_by="observed", certified=False),
            ("OS:IV.11",),
            "cannot_tell",
            "itself owes",
        ),
    ],
)
def test_prohibitions(
    plan: Plan, facts: Facts, grounds: tuple[str, ...], verdict: str, says: str, un: BorderView
) -> None:
    """VIII.I.1: a flight may be prohibited for a provision that it does not comply with, and for no other reason."""
    hosting = Hosting(prohibition=Prohibition(grounds))
    finding = only(of("OS:VIII.I.1", plan, facts, hosting, un, hazards=()))
    assert (finding.verdict, finding.bearer) == (verdict, "DEU")
    assert says in str(finding.why)
    assert may(finding.effect) == RIGHT[verdict]


RANGE = HazardArea("ED-R 1", MultiPolygon([box(10.5, 50.2, 12.0, 51.0)]))


@pytest.mark.parametrize(
    ("activity", "other_way", "verdict", "says"),
    [
        ("suspended", None, "ok", "suspended for the flight"),
        ("coordinated", None, "ok", "co-ordinated with"),
        ("suspended", True, "ok", "suspended"),
        ("goes_on", False, "breach", "no other way"),
        ("goes_on", True, "not_applicable", "VI.II.5(C)"),
        (None, True, "not_applicable", "VI.II.5(C)"),
        ("goes_on", None, "cannot_tell", "not known"),
        (None, False, "cannot_tell", "not known"),
        (None, None, "cannot_tell", "not known"),
    ],
)
def test_hazardous_activity(activity: str | None, other_way: bool | None, verdict: str, says: str) -> None:
    """VI.II.5(B): the activity on the way is co-ordinated or suspended, unless another way is proposed."""
    hosting = Hosting(hazards=(HazardAnswer("ED-R 1", activity, other_way),))
    finding = only(of("OS:VI.II.5(B)", make_plan(), full_facts(), hosting, None))
    assert (finding.verdict, finding.bearer) == (verdict, "DEU")
    assert says in str(finding.why)
    assert (finding.effect is not None) == (verdict in ("breach", "cannot_tell"))


def test_areas_that_are_given_say_what_is_on_the_way() -> None:
    """An answer about an area beside the way is none; an area on the way without an answer is asked for."""
    hosting = Hosting(hazards=(HazardAnswer("ED-R 9", "goes_on", other_way=False),))
    code = "OS:VI.II.5(B)"
    beside, missing = of(code, make_plan(), full_facts(), hosting, None, hazards=(RANGE,))
    assert verdicts((beside, missing)) == ["not_applicable", "cannot_tell"]
    assert [one.where.name for one in (beside, missing) if one.where] == ["ED-R 9", "ED-R 1"]
    clear = only(of(code, make_plan(), full_facts(), hosting, None, hazards=()))
    assert clear.verdict is Verdict.NOT_APPLICABLE
    assert not of(code, make_plan(), full_facts(), Hosting(), None, hazards=(RANGE,))
