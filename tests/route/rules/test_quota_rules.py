"""Quotas: how often one may fly over another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    agreement,
    check_whole,
    flight,
    full_facts,
    make,
    only,
    verdicts,
    with_quota,
)

from skywitness.core.finding import Verdict
from skywitness.route.facts import Facts, Quota
from skywitness.route.rules.quotas import (
    first_distribution,
    half_of_the_smaller,
    later_distributions,
    passive_quota_left,
    quota_held,
    quota_left,
    transfer_agreed,
)

D = dt.date


@pytest.mark.parametrize(
    ("quota", "held", "left"),
    [
        ({}, ["ok", "ok"], ["ok", "ok"]),
        ({"active_individual": 0}, ["breach", "ok"], ["breach", "ok"]),
        ({"active_total": 0}, ["ok", "breach"], ["ok", "breach"]),
        ({"flown_over_observed": 1}, ["ok", "ok"], ["ok", "ok"]),
        ({"flown_over_observed": 2}, ["ok", "ok"], ["breach", "ok"]),
        ({"flown_total": 7}, ["ok", "ok"], ["ok", "breach"]),
        ({"active_individual": None}, ["cannot_tell", "ok"], ["cannot_tell", "ok"]),
        ({"flown_total": None}, ["ok", "ok"], ["ok", "cannot_tell"]),
    ],
)
def test_active_quota(quota: dict[str, int | None], held: list[str], left: list[str]) -> None:
    """III.I.5 and I.8: a quota over the observed Party and in total is held, and not used up."""
    context = make(facts=with_quota(**quota))
    assert verdicts(check_whole(one) for one in quota_held(context)) == held
    assert verdicts(check_whole(one) for one in quota_left(context)) == left


def test_quota_of_the_first_distribution() -> None:
    """III.I.5: for 2002 and 2003 the text itself gives the quotas; for later years it gives none."""
    early = flight("DEU", "UKR", D(2003, 6, 1), facts=Facts(quota=Quota(flown_over_observed=1, flown_total=1)))
    later = flight("DEU", "UKR", D(2004, 6, 1), facts=Facts(quota=Quota(flown_over_observed=1, flown_total=1)))
    individual, total = (check_whole(one) for one in quota_held(early))
    assert (individual.verdict, individual.limit, total.limit) == ("ok", 1, 4)
    assert individual.values[0].source == "OS Annex A, Section II.1"
    assert verdicts(quota_left(early)) == ["breach", "ok"]
    assert verdicts(quota_held(later)) == ["cannot_tell", "cannot_tell"]


def test_what_was_distributed_is_not_what_is_held_after_a_transfer() -> None:
    """III.I.5 and I.8: once a quota was transferred, the distribution of the text no longer says what is held."""
    quota = Quota(flown_over_observed=1, flown_total=1, transferred_from="GBR")
    context = flight("DEU", "UKR", D(2003, 6, 1), facts=Facts(quota=quota))
    assert verdicts(quota_held(context)) == ["cannot_tell", "cannot_tell"]
    assert verdicts(quota_left(context)) == ["cannot_tell", "cannot_tell"]


def test_a_flight_over_a_member_uses_the_quota_of_the_group() -> None:
    """III.I.5: the quota over Russia is the one over the group, whichever member is overflown."""
    group = flight("DEU", "BLR-RUS", D(2003, 6, 1), "BLR")
    assert next(quota_held(group)).limit == 3


@pytest.mark.parametrize(
    ("total", "passive", "flown", "verdict", "cap"),
    [
        (42, 42, 20, "ok", 21),
        (42, 42, 21, "breach", 21),
        (7, 12, 3, "ok", 4),
        (7, 12, 4, "breach", 4),
        (12, 5, 2, "ok", 3),
        (12, 5, 3, "breach", 3),
        (1, 12, 0, "ok", 1),
        (None, 12, 0, "cannot_tell", None),
        (None, 4, 2, "breach", 2),
    ],
)
def test_half_of_the_smaller_quota(total: int | None, passive: int, flown: int, verdict: str, cap: int | None) -> None:
    """III.I.10: half of the smaller quota, rounded up; what exceeds half of either is a breach already."""
    facts = with_quota(active_total=total, passive_total=passive, flown_over_observed=flown)
    finding = only(half_of_the_smaller(make(facts=facts)))
    assert (finding.verdict, finding.limit) == (verdict, cap)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 40))
def test_the_cap_never_exceeds_either_half(total: int, passive: int, flown: int) -> None:
    """III.I.10: ok means that the flights, this one included, fit into half of both quotas, rounded up."""
    facts = with_quota(active_total=total, passive_total=passive, flown_over_observed=flown)
    finding = only(half_of_the_smaller(make(facts=facts)))
    fits = flown + 1 <= -(-total // 2) and flown + 1 <= -(-passive // 2)
    assert (finding.verdict is Verdict.OK) is fits


@pytest.mark.parametrize(
    ("parties", "verdict"),
    [((), "cannot_tell"), (("FRA", "DEU"), "ok"), (("SWE", "DEU"), "cannot_tell"), (("FRA", "POL"), "cannot_tell")],
)
def test_a_transfer_needs_the_party_overflown(parties: tuple[str, ...], verdict: str) -> None:
    """III.I.9: a quota that France transferred needs an agreement with the Party overflown; silence settles nothing."""
    facts = with_quota(transferred_from="FRA")
    if parties:
        facts = replace(facts, agreements=(agreement("OS:III.I.9", *parties),))
    finding = only(transfer_agreed(make(facts=facts)))
    assert finding.verdict == verdict
    assert (finding.effect is not None and finding.effect.who == "DEU") is (verdict != "ok")
    assert only(transfer_agreed(make(facts=full_facts()))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("accepted", "passive", "verdict"),
    [(11, None, "ok"), (12, None, "breach"), (3, 4, "ok"), (4, 4, "breach"), (None, None, "cannot_tell")],
)
def test_passive_quota(accepted: int | None, passive: int | None, verdict: str) -> None:
    """III.I.4: Germany accepts twelve flights a year; beyond them it may decline."""
    finding = only(passive_quota_left(make(facts=with_quota(accepted=accepted, passive_total=passive))))
    assert finding.verdict == verdict
    assert finding.bearer == ("SWE" if verdict == "breach" else "DEU"), "who flies too often, not who need not accept"
    if verdict == "breach":
        assert finding.effect is not None
        assert finding.effect.modality == "may"


@pytest.mark.parametrize(
    ("observed", "day", "accepted", "first", "later"),
    [
        ("DEU", D(2002, 6, 1), 8, "ok", "not_applicable"),
        ("DEU", D(2003, 12, 31), 9, "breach", "not_applicable"),
        ("DEU", D(2004, 1, 1), 9, "not_applicable", "breach"),
        ("DEU", D(2005, 12, 31), 8, "not_applicable", "ok"),
        ("DEU", D(2006, 1, 1), 9, "not_applicable", "not_applicable"),
        ("POL", D(2003, 6, 1), 3, "ok", "not_applicable"),
        ("POL", D(2003, 6, 1), 4, "cannot_tell", "not_applicable"),
        ("POL", D(2003, 6, 1), 5, "breach", "not_applicable"),
        ("POL", D(2004, 6, 1), 4, "not_applicable", "breach"),
        ("DEU", D(2003, 6, 1), None, "cannot_tell", "not_applicable"),
    ],
)
def test_three_quarters_of_the_passive_quota(
    observed: str, day: dt.date, accepted: int | None, first: str, later: str
) -> None:
    """A.II.1 and II.2: to the end of 2005 no more than 75 % of the passive quota, rounded down, is accepted."""
    context = flight("FRA", observed, day, facts=with_quota(accepted=accepted, passive_total=None))
    found = only(first_distribution(context))
    assert found.verdict == first
    assert only(later_distributions(context)).verdict == later
    if observed == "POL" and first != "not_applicable":
        assert "one above the cap" in str(found.why)


def test_without_facts_quotas_are_asked_for() -> None:
    """Without facts no quota is judged, and each missing number is one need."""
    context = make(facts=Facts())
    for rule in (quota_held, quota_left, half_of_the_smaller, passive_quota_left):
        for finding in rule(context):
            assert check_whole(finding).verdict is Verdict.CANNOT_TELL
    assert len(next(quota_left(context)).needs) == 2
