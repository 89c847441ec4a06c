"""Who provides the aircraft: a side, a member of it, or a third State."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.route.rules.plans import agreement, full_facts, make, make_plan, only, with_aircraft

from skywitness.core.finding import Verdict
from skywitness.route.model import AircraftUse
from skywitness.route.rules.aircraft import aircraft_of_another_party, designated


def test_the_observed_party_insists_on_its_own_aircraft_only() -> None:
    """VI.I.1 and I.2: the observed Party's right is one to its own aircraft; another's needs an arrangement."""
    plan = make_plan(aircraft=AircraftUse("x", "x", "ROU", 480.0, 1800.0))
    facts = with_aircraft(provided_by="observed")
    finding = only(designated(make(plan, facts)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.effect is not None
    assert finding.effect.who == "SWE"
    own = make_plan(aircraft=AircraftUse("x", "x", "DEU", 480.0, 1800.0))
    assert only(designated(make(own, facts))).verdict is Verdict.OK
    for parties, verdict in ((("DEU", "ROU"), "ok"), (("SWE", "ROU"), "cannot_tell")):
        agreed = replace(facts, agreements=(agreement("OS:VI.I.2", *parties),))
        arranged = only(aircraft_of_another_party(make(plan, agreed)))
        assert (arranged.verdict, arranged.bearer) == (verdict, "DEU")


@pytest.mark.parametrize(
    ("provided_by", "designated_by", "agreed", "verdict"),
    [
        ("observing", "SWE", False, "not_applicable"),
        ("observing", "DEU", False, "cannot_tell"),
        ("observing", "DEU", True, "ok"),
        ("observed", "DEU", False, "not_applicable"),
        (None, "DEU", False, "not_applicable"),
    ],
)
def test_the_aircraft_of_the_observed_party_is_borrowed_too(
    provided_by: str | None, designated_by: str, agreed: bool, verdict: str
) -> None:
    """VI.I.2: an observing Party that brings an aircraft of the observed one needs an arrangement with it."""
    plan = make_plan(aircraft=AircraftUse("x", "x", designated_by, 480.0, 1800.0))
    facts = with_aircraft(provided_by=provided_by)
    if agreed:
        facts = replace(facts, agreements=(agreement("OS:VI.I.2", "SWE", "DEU"),))
    assert only(aircraft_of_another_party(make(plan, facts))).verdict == verdict


def test_a_member_provides_for_its_group() -> None:
    """VI.I.1 and IV.9: an aircraft that a member of the observed group brings is one of the observed Party."""
    plan = replace(make_plan(), observed="BLR-RUS", overflown=("RUS",))
    for provided_by in ("RUS", "BLR", "BLR-RUS", "observed"):
        context = make(plan, with_aircraft(provided_by=provided_by))
        assert (context.provider, context.provider_code) == ("observed", "BLR-RUS")
    assert make(plan, with_aircraft(provided_by="ROU")).provider == "ROU"
    assert make(plan, full_facts(demonstration_requested_by="RUS")).demonstration == "observed"
