"""Ways in and out: entry and exit fixes (E.2), the Turkish Straits (J.2), and wreckage (VIII.III.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.route.hosting.told import told
from tests.route.rules.plans import START, full_facts, hours, make, only, verdicts

from skywitness.core.finding import Finding, Verdict
from skywitness.route.facts import AirfieldFacts
from skywitness.route.host_facts import Accident, Fixes, Hosting, Straits
from skywitness.route.hosting.passage import fixes_on_the_way, through_the_straits
from skywitness.route.hosting.wreckage import wreckage_returned

ROLES = ("entry_fix", "exit_fix")
FIX = AirfieldFacts("de-ruegen-fix", "note of 2014", "DEU", roles=ROLES, lon=13.5, lat=54.6)  # between the two
SOUTH = AirfieldFacts("de-alps-fix", "note of 2014", "DEU", roles=ROLES, lon=10.9, lat=47.5)  # behind the airfield
POLISH = AirfieldFacts("pl-fix", "note of 2014", "POL", roles=ROLES, lon=14.5, lat=54.2)
HOME = AirfieldFacts("ESSA", "AIP", "SWE", lon=17.92, lat=59.65)
WHOLE = Fixes("de-ruegen-fix", eases=True, by_rules=True)


def fixed(fixes: Fixes) -> list[Finding]:
    """What is found of fixes on a flight from Arlanda to Wunstorf."""
    facts = full_facts(hosting=Hosting(fixes=fixes), airfields=(FIX, SOUTH, POLISH, HOME))
    return list(fixes_on_the_way(make(facts=facts)))


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "designated de-ruegen-fix"),
        ({"eases": None, "home": "ESSA"}, "ok", "on the way"),  # nearer to both than they are to each other
        ({"eases": None, "home": "ESSA", "entry": "de-alps-fix"}, "cannot_tell", "as it should be"),
        ({"eases": None}, "cannot_tell", "as it should be"),
        ({"by_rules": None}, "cannot_tell", "as it should be"),
        ({"eases": False}, "breach", "harder"),
        ({"by_rules": False}, "breach", "published rules"),
        ({"entry": "pl-fix"}, "cannot_tell", "not known as a fix"),
        ({"entry": "ETNW"}, "cannot_tell", "not known as a fix"),
        ({"entry": "GOGLA", "eases": False}, "cannot_tell", "not known as a fix"),
    ],
)
def test_fixes(change: dict[str, Any], verdict: str, says: str) -> None:
    """E.2: a Party may designate fixes that make the way easier; the way by them is flown by the published rules."""
    finding = only(fixed(replace(WHOLE, **change)))
    assert (finding.provision, finding.verdict) == ("OS:E.2", verdict)
    assert says in str(finding.why)
    if verdict == "ok":
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
        assert [value.status for value in finding.values] == ["claim of this facts file"]


def test_who_answers_for_a_fix() -> None:
    """A fix that is no help is the matter of who designated it, a way planned against the rules of who plans it."""
    assert only(fixed(replace(WHOLE, eases=False))).bearer == "DEU"
    assert only(fixed(replace(WHOLE, by_rules=False))).bearer == "SWE"


def test_both_fixes_are_judged_each_by_its_own_place() -> None:
    """The entry fix belongs to the point of entry, the exit fix to the point of exit (Landsberg, in the south)."""
    both = Fixes("de-ruegen-fix", "de-alps-fix", "ESSA", by_rules=True)
    assert verdicts(fixed(both)) == ["ok", "cannot_tell"]


PASSAGE = Straits(between_seas=True, civil=True, notified_utc=START - hours(72), passage_utc=START, on_routes=True)


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "3.0 days ahead"),
        ({"regular": False}, "ok", "3.0 days"),
        ({"regular": True, "notified_utc": START - hours(1)}, "ok", "0.0 days"),
        ({"regular": False, "notified_utc": START - hours(71)}, "breach", "an occasional flight takes 3 days"),
        ({"notified_utc": START + hours(1)}, "breach", "Turkey was notified"),
        ({"on_routes": False}, "breach", "leaves the routes"),
        ({"notified_utc": START - hours(71)}, "cannot_tell", "not known"),  # enough for a regular flight
        ({"on_routes": None}, "cannot_tell", "not known"),
        ({"civil": None, "on_routes": False}, "cannot_tell", "not known"),
        ({"between_seas": None}, "cannot_tell", "not known"),
        ({"passage_utc": None}, "cannot_tell", "not known"),
        ({"between_seas": False, "on_routes": False}, "not_applicable", "does not pass"),
        ({"civil": False, "on_routes": False}, "not_applicable", "not civil"),
    ],
)
def test_the_straits(change: dict[str, Any], verdict: str, says: str) -> None:
    """J.2: Article 23 of the Montreux Convention: indicated routes, three days of notice, for civil flights."""
    finding = only(through_the_straits(told(straits=replace(PASSAGE, **change))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:J.2", verdict, "SWE")
    assert says in str(finding.why)
    if verdict in ("ok", "breach"):
        assert "Montreux" in finding.values[0].source


@given(st.integers(-200, 2000), st.sampled_from([None, True, False]))
def test_notice_is_judged_to_the_hour(ahead_h: int, regular: bool | None) -> None:
    """An occasional flight is notified in time from 72 hours on, a regular one at any time before the passage."""
    straits = replace(PASSAGE, notified_utc=START - hours(ahead_h), regular=regular)
    finding = only(through_the_straits(told(straits=straits)))
    verdict = {True: ahead_h > 0, False: ahead_h >= 72, None: ahead_h >= 72 or (None if ahead_h > 0 else False)}
    expected = {True: Verdict.OK, False: Verdict.BREACH, None: Verdict.CANNOT_TELL}
    assert finding.verdict is expected[verdict[regular]]
    assert "-" not in str(finding.why)


def test_notice_after_the_passage_is_called_so() -> None:
    """Nobody reads of a notice minus a day before."""
    late = replace(PASSAGE, notified_utc=START + hours(24), regular=False)
    assert "only after the passage" in str(only(through_the_straits(told(straits=late))).why)


WRECK = Accident("SWE", "SWE", recovered=True, concluded=True, requested_by="SWE", returned=True, returned_to="SWE")


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "given back to SWE"),
        ({"owner": "NOR", "registered": "NOR", "requested_by": "NOR", "returned_to": "NOR"}, "ok", "to NOR"),
        ({"owner": "NOR", "registered": "NOR", "requested_by": "NOR"}, "ok", "to SWE"),
        ({"returned": False, "returned_to": None}, "breach", "did not get it back"),
        ({"returned_to": "POL"}, "breach", "neither observing nor the owner"),
        ({"returned_to": "POL", "owner": None}, "cannot_tell", "whether that is the owner"),
        ({"requested_by": "POL"}, "not_applicable", "neither observing nor the owner"),
        ({"requested_by": "POL", "owner": None}, "cannot_tell", "depends on the owner"),
        ({"owner": None}, "ok", "given back to SWE"),
        ({"registered": "DEU", "returned": False, "returned_to": None}, "not_applicable", "with the observed Party"),
        ({"concluded": False, "returned": False, "returned_to": None}, "not_applicable", "not over"),
        ({"recovered": False, "returned": False, "returned_to": None}, "not_applicable", "No wreckage"),
        ({"concluded": None, "returned": False, "returned_to": None}, "cannot_tell", "has to be given back"),
        ({"requested_by": None}, "cannot_tell", "has to be given back"),
        ({"returned": None, "returned_to": None}, "cannot_tell", "got it back"),
        ({"returned_to": None}, "cannot_tell", "got it back"),
    ],
)
def test_wreckage(change: dict[str, Any], verdict: str, says: str) -> None:
    """VIII.III.5: after the investigation wreckage goes back to the observing Party or the owner, if asked for."""
    finding = only(wreckage_returned(told(accident=replace(WRECK, **change))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:VIII.III.5", verdict, "DEU")
    assert says in str(finding.why)
