"""The checker as a whole: every rule, in order, whole sentences, nothing silent, nothing of the planner in it."""

from __future__ import annotations

import datetime as dt
import json
import re
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    GEORGIA,
    START,
    agreement,
    check_whole,
    full_facts,
    make,
    make_plan,
    verdicts,
    with_quota,
    with_times,
)

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.law.provisions import implemented, provision
from skywitness.route.check import check
from skywitness.route.facts import Facts
from skywitness.route.rules.drafting import OPEN_TO_AGREEMENT
from skywitness.route.rules.registry import PLAN_RULES

DOCS = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


def name_of(rule: Any) -> str:
    """The full name of a rule."""
    return f"{rule.__module__}.{rule.__qualname__}"


PROVISION_OF = {name: code for code, names in implemented().items() for name in names}


def by_provision(findings: tuple[Finding, ...], code: str) -> list[str]:
    """The verdicts under one provision."""
    return verdicts(finding for finding in findings if finding.provision == code)


# ---- a lawful flight, and one of which nothing is known ----


def test_a_lawful_flight_with_all_facts(un: BorderView) -> None:
    """With all facts, borders and hazards given, a lawful flight has neither a breach nor an open question."""
    findings = check(make_plan(), full_facts(), make_plan().reading, view=un, hazards=())
    assert {finding.verdict for finding in findings} == {Verdict.OK, Verdict.NOT_APPLICABLE}
    assert overall(findings) is Verdict.OK
    for finding in findings:
        check_whole(finding)


def test_a_flight_of_which_nothing_is_known() -> None:
    """Without facts, borders and hazards no breach is found, and every open question says what would settle it."""
    plan = make_plan()
    findings = check(plan, None, plan.reading)
    assert findings == check(plan, Facts(), plan.reading)
    assert overall(findings) is Verdict.CANNOT_TELL
    assert Verdict.BREACH not in {finding.verdict for finding in findings}
    for finding in findings:
        check_whole(finding)
    for code in ("OS:VI.II.2", "OS:VI.I.9", "OS:III.I.5", "OS:VI.II.4(C)", "OS:VI.II.4(D)"):
        assert set(by_provision(findings, code)) == {"cannot_tell"}


def test_every_rule_answers() -> None:
    """No rule is silent: each gives at least one finding, under the provision it is tied to.

    Only rules about claims have nothing to say where no claim is accepted.
    """
    plan = make_plan()
    for rule in PLAN_RULES:
        if rule.__name__.startswith("claimed_"):
            continue
        found = list(rule(make(plan)))
        assert found, name_of(rule)
        assert {finding.provision for finding in found} == {PROVISION_OF[name_of(rule)]}


@pytest.mark.parametrize("day", [dt.date(1992, 6, 1), dt.date(2001, 12, 31)])
def test_before_the_treaty_nothing_else_is_judged(day: dt.date, un: BorderView) -> None:
    """On a day on which the Treaty is not in force there is one finding, a breach, that says so."""
    findings = check(make_plan(), full_facts(), Reading(at=day), view=un)
    assert [(finding.provision, finding.verdict) for finding in findings] == [("OS:XVII.2", "breach")]
    assert "No other provision is judged" in str(findings[0].why)


@pytest.mark.parametrize("day", [dt.date(2002, 1, 1), dt.date(2004, 2, 29), dt.date(2012, 7, 1), dt.date(2026, 11, 22)])
def test_every_day_since_can_be_judged(day: dt.date, un: BorderView) -> None:
    """On any day since the entry into force every rule gives whole findings."""
    for finding in check(make_plan(), full_facts(), Reading(at=day), view=un, hazards=()):
        check_whole(finding)


def test_georgia(un: BorderView) -> None:
    """A flight over Georgia, whose airfields and quota are not public, stays clear of Armenia and Azerbaijan."""
    plan = make_plan(GEORGIA, start="UGTB", end="UGKO", observing="DEU", observed="GEO", overflown=("GEO",))
    findings = check(plan, None, plan.reading, view=un)
    assert by_provision(findings, "OS:VI.II.2") == ["ok", "ok"]
    assert by_provision(findings, "OS:II.5") == ["ok"]
    assert by_provision(findings, "OS:VI.II.4(A)") == ["cannot_tell"]
    assert overall(findings) is Verdict.CANNOT_TELL


# ---- order, JSON, reading ----


def test_findings_come_in_the_order_of_the_rules(un: BorderView) -> None:
    """The order is that of the registered rules, and the same every time."""
    plan = make_plan()
    first = check(plan, full_facts(), plan.reading, view=un)
    again = check(plan, full_facts(), plan.reading, view=un)
    assert first == again
    order = {PROVISION_OF[name_of(rule)]: place for place, rule in reversed(list(enumerate(PLAN_RULES)))}
    seen = list(dict.fromkeys(finding.provision for finding in first))
    assert seen == sorted(order, key=order.__getitem__)


def test_findings_survive_json(un: BorderView) -> None:
    """Every finding can be written as JSON, with the keys of the interface, and read back equal."""
    keys = {
        "provision", "title", "verdict", "bearer", "effect", "measured", "uncertainty", "limit", "margin", "unit",
        "where", "why", "by_agreement", "values", "reading", "needs",
    }  # fmt: skip
    for facts in (None, full_facts(), with_times(plan_submitted_utc=START)):
        for finding in check(make_plan(), facts, make_plan().reading, view=un):
            written = finding.to_json()
            assert json.loads(json.dumps(written, allow_nan=False)) == written
            assert set(written) == keys


def test_a_finding_shows_what_it_depends_on(un: BorderView) -> None:
    """The reading in a finding names the view that was used and the interpretations taken by default."""
    finding = check(make_plan(), None, replace(make_plan().reading, view="natural_earth"), view=un)[-1]
    assert finding.reading.view == "un"
    assert finding.reading.to_json()["interpretations"] == {"VI.II.4(G)": "any_crossing", "A.III": "whole_path"}


def test_limits_carry_their_source(un: BorderView) -> None:
    """A finding that holds a number of the law against a measured one cites that number with its source."""
    for finding in check(make_plan(), full_facts(), make_plan().reading, view=un):
        if finding.unit in ("h", "kg") and finding.limit not in (None, 0.0):
            assert finding.values, finding.provision
            assert all(value.source for value in finding.values)


# ---- agreements ----


CODES = (*sorted(OPEN_TO_AGREEMENT), "OS:VI.II.4(A)", "OS:VI.II.2", "OS:III.I.1")
ALL_AGREED = tuple(agreement(code) for code in CODES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(-100, 200),
    st.integers(-10, 60),
    st.sampled_from([None, "none", "observed", "observing"]),
    st.sets(st.integers(0, len(ALL_AGREED) - 1)),
    st.booleans(),
)
def test_more_agreements_never_make_a_breach(
    arrival_h: int, submitted_h: int, requested: str | None, chosen: set[int], crossed: bool
) -> None:
    """Whatever is known, agreements only ever turn what is not ok into ok by agreement."""
    hour = dt.timedelta(hours=1)
    facts = replace(
        with_times(estimated_arrival_utc=START - hour * arrival_h, plan_submitted_utc=START - hour * submitted_h),
        demonstration_requested_by=requested,
        quota=with_quota(transferred_from="FRA").quota,
    )
    points = ((9.4, 52.4), (11.5, 51.5), (10.0, 50.2), (11.5, 50.2), (10.0, 51.5), (10.9, 48.1))
    plan = make_plan(points) if crossed else make_plan()
    agreed = replace(facts, agreements=tuple(ALL_AGREED[i] for i in sorted(chosen)))
    for before, after in zip(check(plan, facts, plan.reading), check(plan, agreed, plan.reading), strict=True):
        assert before.provision == after.provision
        if before.verdict is not after.verdict:
            assert after.verdict is Verdict.OK
            assert after.by_agreement is not None
            assert before.provision in OPEN_TO_AGREEMENT | {"OS:VI.II.3", "OS:F.III.5"}


@pytest.mark.parametrize(
    "code", ["OS:VI.II.4(A)", "OS:VI.II.4(D)", "OS:VI.I.5", "OS:III.I.8", "OS:III.I.10", "OS:VI.II.4(F)", "OS:VII.3"]
)
def test_what_no_agreement_changes(code: str, un: BorderView) -> None:
    """A provision whose text does not yield to an agreement is judged the same with and without one."""
    plan = replace(make_plan(transit=(2,), height_m_agl=1000.0), legs=make_plan(height_m_agl=1000.0).legs)
    plan = replace(plan, legs=tuple(replace(leg, distance_km=leg.distance_km + 9.0) for leg in plan.legs))
    facts = replace(with_times(notification_utc=START), quota=with_quota(flown_over_observed=40).quota)
    agreed = replace(facts, agreements=(agreement(code),))
    assert code not in OPEN_TO_AGREEMENT
    assert check(plan, facts, plan.reading, view=un) == check(plan, agreed, plan.reading, view=un)


# ---- the rules and their page ----


def test_every_rule_is_tied_to_a_row_and_registered() -> None:
    """Each registered rule is tied to a provision, and each rule of this room that is tied is registered once."""
    names = [name_of(rule) for rule in PLAN_RULES]
    tied = {name for name in PROVISION_OF if name.startswith("skywitness.route.rules.")}
    assert len(names) == len(set(names))
    assert set(names) == tied


def rows() -> dict[str, list[str]]:
    """The rows of the page, by the name of the rule."""
    found: dict[str, list[str]] = {}
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        match = re.fullmatch(r"`(\w+\.\w+)`", cells[1]) if line.startswith("|") and len(cells) == 6 else None
        if match:
            assert match[1] not in found, match[1]
            found[match[1]] = cells
    return found


def test_the_page_has_one_row_for_each_rule() -> None:
    """docs/rules.md says of every rule which provision it is of, and of no rule that does not exist."""
    page = rows()
    short = {name_of(rule).removeprefix("skywitness.route.rules."): rule for rule in PLAN_RULES}
    assert set(page) == set(short)
    for name, cells in page.items():
        assert cells[0] == PROVISION_OF[f"skywitness.route.rules.{name}"].removeprefix("OS:"), name
        assert all(cells), name


def test_the_page_names_what_yields_to_an_agreement() -> None:
    """docs/rules.md lists the provisions that yield to an agreement."""
    text = DOCS.read_text(encoding="utf-8")
    for code in OPEN_TO_AGREEMENT:
        assert provision(code)
        assert f"`{code}`" in text, code


# ---- hostile plans ----


@pytest.mark.parametrize(
    "change",
    [
        {"observed": ""},
        {"observing": "{x}"},
        {"overflown": ()},
        {"overflown": ("ZZZ",)},
        {"sensors": ()},
        {"sites": ()},
    ],
)
def test_strange_plans_are_judged_not_crashed(change: dict[str, Any], un: BorderView) -> None:
    """A plan with unknown codes, or without sensors, gets findings, not a traceback."""
    findings = check(replace(make_plan(), **change), full_facts(), make_plan().reading, view=un, hazards=())
    assert findings
    json.dumps([finding.to_json() for finding in findings], allow_nan=False)


@pytest.mark.parametrize("speed", [0.0, -5.0, float("nan"), float("inf")])
def test_strange_speeds_are_judged_not_crashed(speed: float) -> None:
    """An aircraft without a sensible speed makes no rule fail, and no rule ok that needs it."""
    plan = make_plan()
    plan = replace(plan, aircraft=replace(plan.aircraft, speed_km_h=speed))
    findings = check(plan, full_facts(), plan.reading)
    assert "ok" not in by_provision(findings, "OS:E.1")


def test_a_plan_for_another_treaty_is_refused() -> None:
    """A plan for an instrument that is not stored is refused with one sentence."""
    with pytest.raises(InputError, match=r"(?i)no instrument"):
        check(make_plan(instrument="treaty-of-westphalia"), None, make_plan().reading)


def test_rules_never_change_what_they_are_given(un: BorderView) -> None:
    """Plan, facts and reading are the same after a check as before."""
    plan, facts = make_plan(), full_facts(extra=types.MappingProxyType({}))
    before = repr((plan, facts))
    check(plan, facts, plan.reading, view=un)
    assert repr((plan, facts)) == before
