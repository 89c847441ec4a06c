"""How the observing Party comes, waits and goes: E.9 with its letters, and E.10."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.route.hosting.told import told
from tests.route.rules.plans import AIRCRAFT, START, check_whole, full_facts, hours, make, only, verdicts

from skywitness.core.finding import Verdict
from skywitness.route.host_facts import SIDES, WAYS_ON, Hosting, Transport
from skywitness.route.hosting.transport import (
    carried_to_airfield_and_exit,
    may_depart,
    may_go_to_exit,
    may_wait,
    three_ways_on,
)
from skywitness.route.rules.context import Context

HERE = Transport("transport_aircraft", "SWE", point_of_exit="EDDK")
AWAY = replace(HERE, point_of_exit="ETSA")
REST: dict[str, Any] = {"exit_arrival_utc": START, "exit_departure_utc": START + hours(12), "rest_h": 10.0}


def by(transport: Transport, entry: str | None = "EDDK") -> Context:
    """A flight to whose point of entry (Cologne) the observing Party comes by this transport."""
    return told(entry=entry, transport=transport)


@pytest.mark.parametrize(
    ("transport", "entry", "verdict", "says"),
    [
        (HERE, "EDDK", "ok", "wait at the point of entry"),
        (AWAY, "EDDK", "ok", "fly to another point of exit"),
        (replace(HERE, registered="NOR"), "EDDK", "ok", "wait"),
        (replace(HERE, after="departs", permitted=True), "EDDK", "ok", "leave"),
        (replace(HERE, after="departs", permitted=False), "EDDK", "breach", "leave the territory"),
        (replace(HERE, after="waits", permitted=False), "EDDK", "breach", "wait at the point of entry"),
        (replace(AWAY, after="to_exit", permitted=False), "EDDK", "breach", "fly to another point of exit"),
        (replace(AWAY, after="waits", permitted=False), "EDDK", "ok", "fly to"),  # it may be refused what is no right
        (replace(HERE, after="to_exit", permitted=False), "EDDK", "ok", "wait"),
        (HERE, None, "cannot_tell", "not known"),
        (replace(HERE, registered=None), "EDDK", "cannot_tell", "aircraft of a Party"),
        (replace(HERE, registered="CHE"), "EDDK", "not_applicable", "no Party"),
        (replace(HERE, by="sea", registered=None), "EDDK", "not_applicable", "does not come by"),
    ],
)
def test_the_ways_on(transport: Transport, entry: str | None, verdict: str, says: str) -> None:
    """E.9: a transport aircraft of a Party has ways on, by where entry and exit are; to bar one is a breach."""
    finding = only(three_ways_on(by(transport, entry)))
    assert (finding.provision, finding.verdict) == ("OS:E.9", verdict)
    what = str(finding.effect.what) if finding.effect and verdict == "ok" else str(finding.why)
    assert says in what
    assert (finding.effect is not None) == (verdict in ("ok", "breach"))


@pytest.mark.parametrize(
    ("transport", "verdict"),
    [
        (HERE, ["ok"]),
        (replace(HERE, after="departs"), ["ok"]),
        (replace(HERE, after="departs", permitted=True), ["ok"]),
        (replace(HERE, after="departs", permitted=False), ["breach"]),
        (replace(HERE, after="waits"), []),  # it does something else
        (replace(HERE, registered="CHE"), []),
    ],
)
def test_leaving_the_territory(transport: Transport, verdict: list[str]) -> None:
    """E.9(A): the aircraft may leave again; to hold it back is a breach of the observed Party."""
    findings = list(may_depart(by(transport)))
    assert verdicts(findings) == verdict
    for finding in findings:
        assert (finding.provision, finding.bearer) == ("OS:E.9(A)", "DEU")
        assert check_whole(finding).effect is not None


@pytest.mark.parametrize(
    ("transport", "entry", "verdict"),
    [
        (HERE, "EDDK", ["ok"]),
        (replace(HERE, after="waits"), "EDDK", ["ok"]),
        (replace(HERE, after="waits", permitted=False), "EDDK", ["breach"]),
        (replace(AWAY, after="waits", permitted=False), "EDDK", ["not_applicable"]),
        (AWAY, "EDDK", ["not_applicable"]),
        (HERE, None, ["cannot_tell"]),
        (replace(HERE, after="departs"), "EDDK", []),
    ],
)
def test_waiting_at_the_point_of_entry(transport: Transport, entry: str | None, verdict: list[str]) -> None:
    """E.9(B): the aircraft may wait where entry and exit are one place, and nowhere else."""
    findings = list(may_wait(by(transport, entry)))
    assert verdicts(findings) == verdict
    for finding in findings:
        assert finding.provision == "OS:E.9(B)"
        assert (finding.effect is not None) == (verdict[0] in ("ok", "breach"))


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "may fly there"),
        ({"after": "to_exit"}, "ok", "may fly there"),
        ({"after": "to_exit", "permitted": True, **REST}, "ok", "12.0 h are left"),
        ({"after": "to_exit", "permitted": True, **REST, "rest_h": 12.0}, "ok", "needs 12 h"),
        ({"after": "to_exit", "permitted": False}, "breach", "does not let"),
        ({"after": "to_exit", "permitted": True, **REST, "rest_h": 13.0, "late_by": "observed"}, "breach", "needs"),
        ({"after": "to_exit", "permitted": True, **REST, "rest_h": 13.0}, "cannot_tell", "needs 13 h"),
        ({"after": "to_exit", "permitted": True, **REST, "rest_h": 13.0, "late_by": "observing"}, "not_applicable", ""),
        ({"after": "to_exit", "permitted": True}, "cannot_tell", "in time"),
        # an aircraft whose arrival is told was let go: its rest is judged without the word
        ({"after": "to_exit", **REST}, "ok", "12.0 h are left"),
        ({"after": "to_exit", **REST, "rest_h": 13.0, "late_by": "observed"}, "breach", "needs"),
        ({"after": "to_exit", **REST, "rest_h": None}, "cannot_tell", "in time"),
        ({"point_of_exit": "EDDK"}, "not_applicable", "one place"),
        ({"point_of_exit": None}, "cannot_tell", "not known"),
    ],
)  # fmt: skip
def test_going_to_another_point_of_exit(change: dict[str, Any], verdict: str, says: str) -> None:
    """E.9(C): the aircraft may go to another point of exit early enough for its crew to rest."""
    finding = only(may_go_to_exit(by(replace(AWAY, **change))))
    assert (finding.provision, finding.verdict) == ("OS:E.9(C)", verdict)
    assert says in str(finding.why)
    assert (finding.effect is not None) == (verdict in ("ok", "breach"))


def test_the_rest_is_measured() -> None:
    """The margin is what is left beyond the rest that the crew needs."""
    finding = only(may_go_to_exit(by(replace(AWAY, after="to_exit", permitted=True, **REST))))
    assert (finding.measured, finding.limit, finding.margin, finding.unit) == (12.0, 10.0, 2.0, "h")


def provided(side: str | None, entry: str | None, **fields: Any) -> Context:
    """The flight on an aircraft provided by a side, with this transport of people."""
    hosting = Hosting(transport=Transport(**fields))
    return make(facts=full_facts(aircraft=replace(AIRCRAFT, provided_by=side), hosting=hosting, point_of_entry=entry))


@pytest.mark.parametrize(
    ("side", "there", "back", "own", "verdict", "says"),
    [
        ("observed", True, True, False, "ok", "both ways"),
        ("observed", False, True, False, "breach", "to the airfield"),
        ("observed", True, False, False, "breach", "to the point of exit"),
        ("observed", None, False, False, "breach", "to the point of exit"),
        ("observed", True, None, False, "cannot_tell", "not known"),
        ("observed", False, True, None, "cannot_tell", "not known"),
        ("observed", False, False, True, "not_applicable", "its own transport"),
        ("observing", False, False, False, "not_applicable", "does not provide"),
        (None, True, True, False, "cannot_tell", "provides"),
    ],
)
def test_carriage_of_people(
    side: str | None, there: bool | None, back: bool | None, own: bool | None, verdict: str, says: str
) -> None:
    """E.10: an observed Party that provides the aircraft carries both ways people who have no transport."""
    context = provided(side, "EDDK", own_to_airfield=own, carried_to_airfield=there, carried_to_exit=back)
    finding = only(carried_to_airfield_and_exit(context))
    assert (finding.provision, finding.verdict) == ("OS:E.10", verdict)
    assert says in str(finding.why)
    if verdict == "breach":
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("DEU", "must")


def test_where_there_is_no_way_nobody_is_carried() -> None:
    """Where the airfields are themselves the points of entry and exit, nothing is owed that nobody did."""
    context = provided("observed", "EDNW", own_to_airfield=False, point_of_exit="ETSA")  # EDNW is Wunstorf too
    assert only(carried_to_airfield_and_exit(context)).verdict is Verdict.OK


flags = st.sampled_from([None, True, False])


@given(
    st.sampled_from(["SWE", "NOR", "CHE", None]),
    st.sampled_from([None, "EDDK", "ETSA"]),
    st.sampled_from([None, *WAYS_ON]),
    flags,
    st.sampled_from([None, *SIDES]),
)
def test_a_breach_is_only_ever_of_what_is_barred_or_late(
    registered: str | None, leave: str | None, after: str | None, permitted: bool | None, late_by: str | None
) -> None:
    """Whatever is told of a transport aircraft: no breach without a permission refused or a crew held up."""
    permitted = permitted if after else None
    transport = Transport(None, registered, leave, after, permitted, late_by=late_by, **{**REST, "rest_h": 20.0})
    for rule in (three_ways_on, may_depart, may_wait, may_go_to_exit):
        for finding in rule(by(transport)):
            check_whole(finding)
            if finding.verdict is Verdict.BREACH:
                assert registered in ("SWE", "NOR")
                assert permitted is False or late_by == "observed"
