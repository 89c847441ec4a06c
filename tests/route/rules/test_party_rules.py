"""Parties, groups and quotas: who may fly over whom, and how often."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import agreement, check_whole, full_facts, make, make_plan, only, verdicts, with_quota

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.law.group import REDISTRIBUTION, Group
from skywitness.law.instrument import Instrument, load
from skywitness.route.check import check
from skywitness.route.facts import Facts, MemberQuota, Quota
from skywitness.route.model import Plan
from skywitness.route.rules.context import Context
from skywitness.route.rules.distance import within_maximum_distance
from skywitness.route.rules.groups import (
    common_quota,
    group_airfields,
    members_overflown,
    new_quota_in_force,
    one_mission,
)
from skywitness.route.rules.parties import (
    benelux_acts_as_one,
    group_acts_as_one,
    later_party,
    observed_is_party,
    observing_is_party,
    treaty_in_force,
    withdrawal,
)
from skywitness.route.rules.quotas import (
    common_total_within_passive,
    first_distribution,
    half_of_the_smaller,
    later_distributions,
    passive_quota_left,
    quota_held,
    quota_left,
    total_within_passive,
    transfer_agreed,
)
from skywitness.route.rules.redistribution import (
    counts_for_each,
    distance_of_each_member,
    more_over_one_member,
    sum_over_members,
)

D = dt.date


def flight(observing: str, observed: str, day: dt.date, *overflown: str, **more: Any) -> Context:
    """The context of a flight of one over another on a day."""
    plan = replace(make_plan(), observing=observing, observed=observed, overflown=overflown or (observed,))
    return make(plan, reading=Reading(at=day), **more)


# ---- parties ----


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(D(1992, 3, 24), "breach"), (D(2001, 12, 31), "breach"), (D(2002, 1, 1), "ok"), (D(2030, 1, 1), "ok")],
)
def test_treaty_in_force(day: dt.date, verdict: str) -> None:
    """XVII.2: the Treaty is in force from 1 January 2002 on."""
    finding = only(treaty_in_force(flight("SWE", "DEU", day)))
    assert finding.verdict == verdict
    assert ("another day" in str(finding.why)) is True


def test_a_reading_of_the_day_itself_says_nothing_of_another() -> None:
    """XVII.2: only a reading of another day than that of the flight is remarked on."""
    assert "another day" not in str(only(treaty_in_force(make())).why)


@pytest.mark.parametrize(
    ("who", "day", "verdict", "says"),
    [
        ("DEU", D(2015, 1, 1), "ok", "is a Party"),
        ("USA", D(2020, 11, 21), "ok", "is a Party"),
        ("USA", D(2020, 11, 22), "breach", "left on 2020-11-22"),
        ("RUS", D(2021, 12, 18), "breach", "left on 2021-12-18"),
        ("EST", D(2005, 1, 1), "breach", "became one later"),
        ("KGZ", D(2015, 1, 1), "breach", "has not ratified"),
        ("CYP", D(2015, 1, 1), "breach", "has not acceded"),
        ("CHE", D(2015, 1, 1), "breach", "never"),
        ("BLR-RUS", D(2021, 12, 17), "ok", "counted as one"),
        ("BLR-RUS", D(2021, 12, 18), "breach", "ended on 2021-12-18"),
        ("BENELUX", D(2015, 1, 1), "ok", "counted as one"),
        ("XXX", D(2015, 1, 1), "breach", "never"),
    ],
)
def test_who_is_a_party(who: str, day: dt.date, verdict: str, says: str) -> None:
    """III.I.1 and III.I.2: only a State that is a Party on the day observes, or has to accept a flight."""
    observing = only(observing_is_party(flight(who, "DEU" if who != "DEU" else "FRA", day)))
    observed = only(observed_is_party(flight("FRA", who, day, who)))
    assert (observing.verdict, observed.verdict) == (verdict, verdict)
    assert says in str(observing.why)
    assert bool(observing.values) is (who not in ("CHE", "XXX"))
    assert all(value.source for value in observing.values)
    if verdict == "breach":
        assert observing.effect is not None


def test_every_state_overflown_is_judged() -> None:
    """III.I.2: a State overflown beside the observed Party has to be a Party too."""
    found = [check_whole(one) for one in observed_is_party(flight("FRA", "POL", D(2015, 1, 1), "POL", "UKR", "ARM"))]
    assert verdicts(found) == ["ok", "ok", "breach"]


def test_nobody_observes_himself() -> None:
    """III.I.1, III.II.3(C): neither a State nor a group observes itself."""
    assert verdicts(observing_is_party(flight("DEU", "DEU", D(2015, 1, 1)))) == ["ok", "breach"]
    own = verdicts(group_acts_as_one(flight("BLR-RUS", "BLR-RUS", D(2015, 1, 1), "RUS")))
    assert own == ["ok", "ok", "breach"]
    member = verdicts(group_acts_as_one(flight("RUS", "BLR", D(2015, 1, 1))))
    assert member == ["breach", "ok", "breach"]
    deemed = only(list(observing_is_party(flight("BEL", "NLD", D(2015, 1, 1))))[1:])
    assert (deemed.verdict, deemed.bearer) == (Verdict.BREACH, "BENELUX")


@pytest.mark.parametrize(
    ("observing", "observed", "day", "verdict"),
    [
        ("DEU", "POL", D(2015, 1, 1), ["not_applicable"]),
        ("USA", "DEU", D(2020, 5, 21), ["not_applicable"]),
        ("USA", "DEU", D(2020, 5, 22), ["ok"]),
        ("USA", "DEU", D(2020, 11, 22), ["breach"]),
        ("DEU", "BLR-RUS", D(2021, 7, 1), ["ok"]),
        ("DEU", "RUS", D(2021, 12, 18), ["breach"]),
    ],
)
def test_withdrawal(observing: str, observed: str, day: dt.date, verdict: list[str]) -> None:
    """XV.2: a notice changes nothing until it takes effect six months later."""
    found = [check_whole(one) for one in withdrawal(flight(observing, observed, day))]
    assert verdicts(found) == verdict


@pytest.mark.parametrize(
    ("day", "hour", "reading", "verdict"),
    [
        (D(2021, 12, 17), 8, None, "ok"),  # ends the same day
        (D(2021, 12, 17), 23, None, "breach"),  # ends on the day of the withdrawal
        (D(2021, 12, 17), 23, D(2021, 11, 1), "ok"),  # a reading of another day says nothing of that night
    ],
)
def test_a_withdrawal_on_the_way(day: dt.date, hour: int, reading: dt.date | None, verdict: str) -> None:
    """XV.2: a flight that is still in the air when a withdrawal takes effect is over, or by, no Party at its end."""
    plan = make_plan(at=dt.datetime.combine(day, dt.time(hour), dt.UTC), observing="DEU", observed="BLR-RUS")
    plan = replace(plan, overflown=("RUS",))
    assert only(withdrawal(make(plan, reading=Reading(at=reading or day)))).verdict == verdict


@pytest.mark.parametrize(
    ("commences", "legs", "verdict"),
    [
        (dt.datetime(1900, 1, 1, tzinfo=dt.UTC), None, "breach"),
        (dt.datetime(2001, 12, 31, 20, tzinfo=dt.UTC), None, "breach"),
        (dt.datetime(2002, 1, 1, 8, tzinfo=dt.UTC), None, "ok"),
        (dt.datetime(2019, 6, 1, 8, tzinfo=dt.UTC), dt.datetime(1999, 6, 1, 8, tzinfo=dt.UTC), "breach"),
    ],
)
def test_nobody_flew_before_the_treaty(commences: dt.datetime, legs: dt.datetime | None, verdict: str) -> None:
    """XVII.2: a flight, or a leg of it, before the entry into force is a breach under a reading of any day."""
    plan = replace(make_plan(at=legs or commences), commencement_utc=commences)
    finding = only(treaty_in_force(make(plan, reading=Reading(at=D(2019, 6, 1)))))
    assert finding.verdict == verdict
    assert (finding.where is not None) is (verdict == "breach")


def test_a_plan_with_a_century_in_it_passes_nowhere() -> None:
    """XVII.2, VI.II.4(F): a commencement in 1900 with legs in 2019 is a breach, not an open question."""
    plan = replace(make_plan(), commencement_utc=dt.datetime(1900, 1, 1, tzinfo=dt.UTC))
    found = {one.provision for one in check(plan, None, Reading(at=D(2019, 6, 1))) if one.verdict is Verdict.BREACH}
    assert {"OS:XVII.2", "OS:VI.II.4(F)"} <= found


def test_what_was_known_then() -> None:
    """XV.2: on what was known in January 2020 nobody had given notice."""
    plan = replace(make_plan(), observing="USA")
    context = make(plan, reading=Reading(at=D(2020, 11, 23), known=D(2020, 1, 31)))
    assert verdicts(withdrawal(context)) == ["not_applicable"]
    assert only(observing_is_party(context)).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("day", "verdict"), [(D(2002, 8, 26), "breach"), (D(2002, 8, 27), "ok"), (D(2015, 1, 1), "ok")]
)
def test_a_later_party(day: dt.date, verdict: str) -> None:
    """XVII.6: for Sweden the Treaty is in force 60 days after its deposit."""
    assert only(later_party(flight("SWE", "DEU", day))).verdict == verdict
    assert only(later_party(flight("FRA", "DEU", day))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("observing", "observed", "benelux", "group"),
    [
        ("BENELUX", "UKR", ["ok"], ["not_applicable"]),
        ("NLD", "UKR", ["ok"], ["not_applicable"]),  # deemed one Party, under whatever name
        ("DEU", "BEL", ["ok"], ["not_applicable"]),
        ("DEU", "BLR-RUS", ["not_applicable"], ["ok"]),
        ("DEU", "RUS", ["not_applicable"], ["ok"]),  # III.II.3(D): over a member
        ("RUS", "DEU", ["not_applicable"], ["breach"]),  # III.II.3(C): on behalf of the group
        ("BLR-RUS", "BENELUX", ["ok"], ["ok"]),
    ],
)
def test_groups_are_named_rightly(observing: str, observed: str, benelux: list[str], group: list[str]) -> None:
    """XIV.1, III.II.3(C): Benelux counts as one Party by any name; a common quota is flown on behalf of the group."""
    context = flight(observing, observed, D(2015, 6, 1))
    assert verdicts(benelux_acts_as_one(context)) == benelux
    assert verdicts(group_acts_as_one(context)) == group


def test_after_the_group_its_members_act_alone() -> None:
    """III.II.3(C): from 18 December 2021 on Belarus acts in its own name."""
    assert verdicts(group_acts_as_one(flight("BLR", "DEU", D(2021, 12, 18)))) == ["not_applicable"]


# ---- a group with common quotas ----


@pytest.mark.parametrize(
    ("observed", "overflown", "day", "verdict"),
    [
        ("BLR-RUS", ("RUS",), D(2015, 6, 1), ["ok"]),
        ("BLR-RUS", ("BLR", "RUS"), D(2015, 6, 1), ["ok"]),
        ("RUS", ("RUS",), D(2015, 6, 1), ["ok"]),
        ("RUS", ("BLR", "RUS"), D(2015, 6, 1), ["ok"]),  # the group accepts it, not the member alone
        ("RUS", ("BLR", "RUS"), D(2021, 12, 18), ["breach"]),
        ("BEL", ("BEL", "NLD"), D(2015, 6, 1), ["ok"]),
        ("BEL", ("BEL", "FRA"), D(2015, 6, 1), ["breach"]),
        ("BLR-RUS", ("RUS", "KAZ"), D(2015, 6, 1), ["breach"]),
        ("BENELUX", ("BEL", "LUX"), D(2015, 6, 1), ["ok"]),
        ("DEU", ("DEU",), D(2015, 6, 1), ["not_applicable"]),
        ("DEU", ("DEU", "POL"), D(2015, 6, 1), ["breach"]),
    ],
)
def test_members_overflown(observed: str, overflown: tuple[str, ...], day: dt.date, verdict: list[str]) -> None:
    """III.II.3(D): a flight over a group covers one member or several, and nobody else."""
    found = [check_whole(one) for one in members_overflown(flight("FRA", observed, day, *overflown))]
    assert verdicts(found) == verdict


def over_russia(start: str, day: dt.date, km_scale: float = 1.0) -> Plan:
    """A flight over Russia from an airfield, some 3,000 km long at scale one."""
    points = tuple((36.65 + x * km_scale, 55.6 + y) for x, y in ((0, 0), (12, 3), (22, 0), (12, -2), (2, -1)))
    return make_plan(points, start=start, end=start, observing="FRA", observed="BLR-RUS", overflown=("RUS",))


@pytest.mark.parametrize(
    ("start", "scale", "distance", "airfield"),
    [
        ("UUMB", 1.0, "ok", "ok"),
        ("UUMB", 3.0, "breach", "ok"),
        ("EDDK", 1.0, "breach", "breach"),
        ("EDDH", 1.0, "cannot_tell", "cannot_tell"),
    ],
)
def test_one_mission_over_a_group(start: str, scale: float, distance: str, airfield: str) -> None:
    """III.II.5 and II.3(E): in all no farther than the distance of the first airfield, which the group has named."""
    context = make(over_russia(start, D(2020, 9, 1), scale), reading=Reading(at=D(2020, 9, 1)))
    assert only(one_mission(context)).verdict == distance
    assert only(group_airfields(context)).verdict == airfield
    assert only(common_quota(context)).verdict is Verdict.OK


def test_one_mission_is_measured_as_the_reading_has_it() -> None:
    """III.II.5: the distance is that of Annex A.III, so its interpretation counts here as well."""
    over_territory = Reading(at=D(2020, 9, 1), interpretations={"A.III": "over_territory"})
    blind = make(over_russia("UUMB", D(2020, 9, 1), 1.0), reading=over_territory)
    assert only(one_mission(blind)).verdict is Verdict.CANNOT_TELL


def test_rules_for_groups_do_not_bind_single_states() -> None:
    """III.II.3 and II.5 say nothing of a flight over a single State."""
    for rule in (one_mission, group_airfields, common_quota):
        assert only(rule(make())).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("observed", "day", "verdict"),
    [
        ("DEU", D(2022, 6, 1), "not_applicable"),
        ("BLR-RUS", D(2021, 6, 1), "not_applicable"),
        ("BLR", D(2022, 6, 1), "cannot_tell"),
    ],
)
def test_the_quota_after_a_group(observed: str, day: dt.date, verdict: str) -> None:
    """III.II.7: what quota Belarus holds alone since its group ended is not known."""
    assert only(new_quota_in_force(flight("FRA", observed, day))).verdict == verdict


# ---- a group that shares out its quotas ----


def with_group() -> Instrument:
    """The Treaty with an invented group of Poland and Ukraine that keep their own passive quotas."""
    treaty = load()
    group = Group(
        "POL-UKR", "invented", REDISTRIBUTION, ("POL", "UKR"), D(2010, 1, 1), None, D(2009, 1, 1), None, "test", "text"
    )
    return replace(treaty, groups=MappingProxyType({**treaty.groups, "POL-UKR": group}))


def over_pair(facts: Facts | None = None, overflown: tuple[str, ...] = ("POL", "UKR"), **changes: Any) -> Context:
    """A flight of France over the invented group."""
    view = changes.pop("view", None)
    plan = replace(make_plan(**changes), observing="FRA", observed="POL-UKR", overflown=overflown)
    return make(plan, facts, instrument=with_group(), view=view)


Counts = tuple[int | None, ...]


def held(poland: Counts, ukraine: Counts, **quota: Any) -> Facts:
    """Facts on the quota over each member: held, flown, passive quota, accepted; and flights in total."""
    return with_quota(members=(MemberQuota("POL", *poland), MemberQuota("UKR", *ukraine)), **quota)


PLENTY = ((3, 0, 6, 0), (3, 0, 12, 0))


def test_a_flight_over_two_members_counts_twice() -> None:
    """III.II.2(B): it counts for each member overflown, once for each against its quota and twice in total."""
    assert only(counts_for_each(over_pair())).measured == 2
    assert only(counts_for_each(over_pair(overflown=("UKR",)))).measured == 1
    assert only(counts_for_each(make())).verdict is Verdict.NOT_APPLICABLE
    facts = held(*PLENTY, active_total=7, flown_total=6)
    assert verdicts(quota_left(over_pair(facts))) == ["ok", "ok", "breach"]
    assert verdicts(quota_left(over_pair(facts, ("UKR",)))) == ["ok", "ok"]


BOTH = ["ok", "ok"]


@pytest.mark.parametrize(
    ("poland", "ukraine", "more", "held_over", "left", "half", "accepts"),
    [
        ((2, 2, 6, 0), (2, 0, 12, 0), BOTH, BOTH, BOTH, BOTH, BOTH),
        ((2, 3, 6, 0), (2, 0, 12, 0), ["breach", "ok"], BOTH, ["breach", "ok"], ["breach", "ok"], BOTH),
        ((3, 4, 20, 0), (2, 0, 12, 0), BOTH, BOTH, BOTH, ["breach", "ok"], BOTH),
        ((0, 1, 6, 0), (2, 0, 12, 12), BOTH, BOTH, BOTH, BOTH, ["ok", "breach"]),
        ((0, 2, 6, 6), (2, 0, 12, 0), ["breach", "ok"], BOTH, ["breach", "ok"], BOTH, ["breach", "ok"]),
        (
            (None, 2, 6, 0),
            (2, None, 12, 0),
            ["cannot_tell", "cannot_tell"],
            ["cannot_tell", "ok"],
            ["cannot_tell", "cannot_tell"],
            ["ok", "cannot_tell"],
            BOTH,
        ),
    ],
)
def test_quotas_over_each_member(
    poland: Counts,
    ukraine: Counts,
    more: list[str],
    held_over: list[str],
    left: list[str],
    half: list[str],
    accepts: list[str],
) -> None:
    """III.II.2(C), III.I.4, I.5, I.8, I.10: half as many again over one member, or two without a quota for it.

    Half of the smaller of seven flights in total and the passive quota of the member bounds it all the same.
    """
    context = over_pair(held(poland, ukraine, active_total=7, flown_total=3))
    assert verdicts(more_over_one_member(context)) == more
    assert verdicts(quota_held(context)) == [*held_over, "ok"]
    assert verdicts(quota_left(context)) == [*left, "ok"]
    assert verdicts(half_of_the_smaller(context)) == half
    assert verdicts(passive_quota_left(context)) == accepts
    for finding in (*more_over_one_member(context), *quota_left(context), *passive_quota_left(context)):
        check_whole(finding)


@pytest.mark.parametrize(
    ("poland", "ukraine", "verdict", "after", "most"),
    [
        ((2, 1, 6, 0), (2, 1, 12, 0), "ok", 4, 4),  # one more over Poland, one fewer over Ukraine
        ((2, 2, 6, 0), (2, 1, 12, 0), "breach", 5, 4),
        ((2, 2, 6, 0), (2, None, 12, 0), "cannot_tell", None, None),
    ],
)
def test_the_sum_over_all_members(
    poland: Counts, ukraine: Counts, verdict: str, after: int | None, most: int | None
) -> None:
    """III.II.2(D): what is flown more over one member is taken from the others."""
    finding = only(sum_over_members(over_pair(held(poland, ukraine))))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, after, most)


def test_what_a_shared_out_quota_needs() -> None:
    """III.II.2(C) and (D): without the quotas nothing is judged, and the table that would hold them is named."""
    assert verdicts(more_over_one_member(over_pair())) == ["cannot_tell", "cannot_tell"]
    sums = only(sum_over_members(over_pair()))
    assert sums.verdict is Verdict.CANNOT_TELL
    assert all("[[quota.member]]" in str(need) for need in sums.needs)
    for rule in (more_over_one_member, sum_over_members, distance_of_each_member):
        assert only(rule(make())).verdict is Verdict.NOT_APPLICABLE


WARSAW, KYIV = (20.967, 52.166), (30.895, 50.345)
ACROSS = (WARSAW, (21.5, 51.5), (23.0, 51.0), (25.5, 50.5), (28.0, 49.5), KYIV)
"""From Warsaw over Poland, across the border on the third leg, and over Ukraine."""


@pytest.mark.parametrize(
    ("transit", "verdict", "limits"),
    [
        ((), ["breach"], [None]),
        ((3,), ["ok", "ok"], [1400.0, 2100.0]),
        ((2,), ["ok", "breach"], [1400.0, None]),  # the third leg observes both
    ],
)
def test_each_member_has_its_own_distance(
    transit: tuple[int, ...], verdict: list[str], limits: list[float | None], un: BorderView
) -> None:
    """III.II.2(E): sensors are off between members, and each part keeps to the distance of its nearest airfield."""
    context = over_pair(points=ACROSS, start="EPWA", end="UKBB", transit=transit, view=un)
    found = [check_whole(one) for one in distance_of_each_member(context)]
    assert verdicts(found) == verdict
    assert [one.limit for one in found] == limits
    assert only(within_maximum_distance(context)).verdict is Verdict.NOT_APPLICABLE


def test_a_part_that_is_too_long(un: BorderView) -> None:
    """III.II.2(E): more than 2,100 km over Ukraine are too far, however short the part over Poland was."""
    loop = ((28.0, 49.5), (36.0, 48.5), (27.0, 48.9), (36.5, 49.2), (30.0, 50.2))
    context = over_pair(points=(*ACROSS[:4], *loop, KYIV), start="EPWA", end="UKBB", transit=(3,), view=un)
    assert verdicts(distance_of_each_member(context)) == ["ok", "breach"]


def test_between_members_sensors_are_off() -> None:
    """III.II.2(E): from one member to the next a transit leg is needed; which part is where, borders tell."""
    assert only(distance_of_each_member(over_pair())).verdict is Verdict.BREACH
    assert only(distance_of_each_member(over_pair(transit=(3,)))).verdict is Verdict.CANNOT_TELL
    assert only(distance_of_each_member(over_pair(overflown=("POL",)))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("observing", "total", "own", "transferred", "single", "group"),
    [
        ("SWE", 7, 7, None, "ok", "not_applicable"),
        ("SWE", 8, 7, None, "breach", "not_applicable"),
        ("SWE", 8, 7, "FRA", "not_applicable", "not_applicable"),
        ("SWE", 8, None, None, "cannot_tell", "not_applicable"),  # seven by recollection only
        ("FRA", 12, None, None, "ok", "not_applicable"),
        ("FRA", 13, None, None, "breach", "not_applicable"),
        ("BLR-RUS", 42, None, None, "not_applicable", "ok"),
        ("RUS", 43, None, None, "not_applicable", "breach"),
        ("FRA", None, None, None, "cannot_tell", "not_applicable"),
    ],
)
def test_nobody_may_fly_more_than_it_accepts(
    observing: str, total: int | None, own: int | None, transferred: str | None, single: str, group: str
) -> None:
    """III.I.5, III.II.3(B): the total active quota does not exceed the passive one, transfers apart (III.I.9)."""
    quota = Quota(active_total=total, own_passive_total=own, transferred_from=transferred)
    context = flight(observing, "DEU", D(2015, 6, 1), facts=Facts(quota=quota))
    assert only(total_within_passive(context)).verdict == single
    assert only(common_total_within_passive(context)).verdict == group


def test_the_first_distribution_keeps_its_own_bound() -> None:
    """III.I.5: nobody got more flights for 2002 and 2003 than it has to accept."""
    holders = {subject.split(">")[0] for subject in load().subjects("active_quota")}
    assert len(holders) > 15
    for holder in holders:
        context = flight(holder, "DEU" if holder != "DEU" else "UKR", D(2003, 6, 1))
        found = [*total_within_passive(context), *common_total_within_passive(context)]
        assert "breach" not in verdicts(found), holder


# ---- quotas ----


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
