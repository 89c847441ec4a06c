"""Groups of States Parties: common quotas, and quotas shared out among members."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from tests.route.rules.plans import (
    check_whole,
    flight,
    full_facts,
    make,
    make_plan,
    only,
    verdicts,
    with_quota,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION, Group
from skywitness.law.instrument import Instrument, load
from skywitness.route.facts import AirfieldFacts, Facts, MemberQuota, Quota
from skywitness.route.files.facts_file import facts_from_toml
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
from skywitness.route.rules.quotas import (
    common_total_within_passive,
    half_of_the_smaller,
    passive_quota_left,
    quota_held,
    quota_left,
    total_within_passive,
)
from skywitness.route.rules.redistribution import (
    counts_for_each,
    distance_of_each_member,
    more_over_one_member,
    sum_over_members,
)

D = dt.date


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


@pytest.mark.parametrize(
    ("party", "roles", "km", "airfield", "distance"),
    [
        ("BLR", ("open_skies_airfield",), 4000.0, "ok", "ok"),
        ("BLR-RUS", ("open_skies_airfield",), 900.0, "ok", "breach"),
        ("BLR-RUS", ("open_skies_airfield",), None, "ok", "cannot_tell"),
        ("BLR", ("refuelling_airfield",), 4000.0, "cannot_tell", "ok"),
        ("POL", ("open_skies_airfield",), 4000.0, "breach", "ok"),
    ],
)
def test_an_airfield_of_the_group_that_only_the_facts_know(
    party: str, roles: tuple[str, ...], km: float | None, airfield: str, distance: str
) -> None:
    """III.II.3(E), II.5: an airfield in Belarus of which only the facts know counts with its source."""
    told = AirfieldFacts("UMMS", "notification 12/08", party, roles=roles, maximum_flight_distance_km=km)
    plan = over_russia("UMMS", D(2020, 9, 1))
    context = make(plan, full_facts(airfields=(told,)), Reading(at=D(2020, 9, 1)))
    named = only(group_airfields(context))
    assert named.verdict == airfield
    assert only(one_mission(context)).verdict == distance
    if airfield == "ok":
        assert "notification 12/08" in str(named.why)
        assert [value.status for value in named.values] == ["claim of this facts file"]


def test_one_mission_is_measured_as_the_reading_has_it() -> None:
    """III.II.5: the distance is that of Annex A.III, so its interpretation counts here as well."""
    over_territory = Reading(at=D(2020, 9, 1), interpretations={"A.III": "over_territory"})
    blind = make(over_russia("UUMB", D(2020, 9, 1), 1.0), reading=over_territory)
    assert only(one_mission(blind)).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("member", "verdict"),
    [
        (MemberQuota("RUS", passive_total=20), "breach"),
        (MemberQuota("BLR", active_individual=1), "breach"),
        (MemberQuota("RUS", flown=3, accepted=9), "ok"),  # flights are counted over a member, no quota is its own
        (MemberQuota("POL", passive_total=6), "ok"),  # no member
    ],
)
def test_members_of_a_group_with_common_quotas_hold_none(member: MemberQuota, verdict: str) -> None:
    """III.II.3(A): who asked for common quotas has none over each member beside them."""
    finding = only(common_quota(flight("FRA", "BLR-RUS", D(2015, 6, 1), "RUS", facts=with_quota(members=(member,)))))
    assert (finding.verdict, finding.bearer) == (verdict, "BLR-RUS")


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


def after_a_group(end: dt.date, members: tuple[str, ...]) -> Instrument:
    """The Treaty with an invented group with common quotas that ended."""
    treaty = load()
    group = Group(
        "WAS", "invented", COMMON_QUOTA, members, D(2005, 1, 1), end, D(2004, 1, 1), D(2014, 1, 1), "test", "text"
    )
    return replace(treaty, groups=MappingProxyType({"WAS": group}))


@pytest.mark.parametrize(
    ("end", "day", "verdict"),
    [
        (D(2014, 9, 1), D(2014, 12, 31), "breach"),  # the review of that autumn comes first
        (D(2014, 9, 1), D(2015, 1, 1), "ok"),
        (D(2014, 10, 1), D(2015, 1, 1), "ok"),
        (D(2014, 10, 2), D(2014, 12, 31), "breach"),
        (D(2014, 10, 2), D(2015, 1, 1), "cannot_tell"),  # that review may have come before
        (D(2014, 10, 2), D(2015, 12, 31), "cannot_tell"),
        (D(2014, 10, 2), D(2016, 1, 1), "ok"),
    ],
)
@pytest.mark.parametrize("side", ["observed", "observing"])
def test_a_quota_after_a_group_begins_with_a_year(end: dt.date, day: dt.date, verdict: str, side: str) -> None:
    """III.II.7: a quota of its own counts from 1 January after the first annual review that follows the end."""
    quota = Quota(passive_total=6) if side == "observed" else Quota(own_passive_total=6)
    sides = ("FRA", "POL") if side == "observed" else ("POL", "FRA")
    former = after_a_group(end, ("POL", "UKR"))
    finding = only(new_quota_in_force(flight(*sides, day, facts=Facts(quota=quota), instrument=former)))
    assert (finding.verdict, finding.bearer, finding.measured) == (verdict, "POL", 6)
    assert (finding.effect is not None) is (verdict == "breach")
    assert "request_of_change" in [value.key for value in finding.values]


@pytest.mark.parametrize(
    ("day", "said", "verdict"),
    [
        (D(2021, 12, 20), 3, "cannot_tell"),  # Russia left the Treaty, not the group: the text is silent
        (D(2022, 6, 1), 3, "cannot_tell"),
        (D(2023, 1, 1), 3, "ok"),
        (D(2023, 1, 1), None, "cannot_tell"),
    ],
)
def test_a_quota_said_of_belarus(day: dt.date, said: int | None, verdict: str) -> None:
    """III.II.7: a quota that somebody says Belarus has counts at the latest from the second January on."""
    context = flight("FRA", "BLR", day, facts=Facts(quota=Quota(passive_total=said)))
    assert only(new_quota_in_force(context)).verdict == verdict


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


def members_have(poland: int, ukraine: int | None) -> str:
    """What a file tells of the quotas of both members over France this year (``None``: it does not)."""
    rows = [("POL", poland), *([] if ukraine is None else [("UKR", ukraine)])]
    return "\n".join(
        f'[[year_quota]]\nparty = "{party}"\nyear = 2015\nover = {{ FRA = {flights} }}\n'
        f'active_total = {flights}\nsource = "distribution for 2015"'
        for party, flights in rows
    )


def held(poland: Counts, ukraine: Counts, text: str = members_have(1, 0), **quota: Any) -> Facts:
    """Facts on the quota over each member: held, flown, passive quota, accepted; and flights in total."""
    facts = with_quota(members=(MemberQuota("POL", *poland), MemberQuota("UKR", *ukraine)), **quota)
    return replace(facts, acts=facts_from_toml(tomllib.loads(text)).acts)


PLENTY = ((3, 0, 6, 0), (3, 0, 12, 0))


def test_a_flight_over_two_members_counts_twice() -> None:
    """III.II.2(B): it counts for each member overflown, once for each against its quota and twice in total."""
    told = only(counts_for_each(over_pair()))
    assert (told.measured, told.verdict) == (2, "cannot_tell")  # how earlier ones were counted nobody has said
    assert told.effect is not None
    assert "2 flights" in str(told.effect.what)
    assert only(counts_for_each(over_pair(overflown=("UKR",)))).measured == 1
    assert only(counts_for_each(make())).verdict is Verdict.NOT_APPLICABLE
    facts = held(*PLENTY, active_total=7, flown_total=6)
    assert verdicts(quota_left(over_pair(facts))) == ["ok", "ok", "breach"]
    assert verdicts(quota_left(over_pair(facts, ("UKR",)))) == ["ok", "ok"]


@pytest.mark.parametrize(
    ("poland", "ukraine", "total", "verdict", "bearers"),
    [
        ((3, 2, 6, 2), (3, 2, 12, 5), 4, ["ok"], ["FRA"]),
        ((3, 2, 6, 2), (3, 2, 12, 5), 3, ["breach"], ["FRA"]),  # a flight over both was counted once in total
        ((3, 2, 6, 1), (3, 2, 12, 5), 4, ["breach"], ["POL"]),  # and not at all over Poland
        ((3, 2, 6, 1), (3, 2, 12, 1), 3, ["breach", "breach", "breach"], ["FRA", "POL", "UKR"]),
        ((3, 2, 6, 2), (3, 2, 12, None), 4, ["cannot_tell"], ["FRA"]),
        ((3, 2, 6, 2), (3, None, 12, 5), 4, ["cannot_tell"], ["FRA"]),
        ((3, 2, 6, 2), (3, None, 12, 5), 1, ["breach"], ["FRA"]),  # two over Poland alone
    ],
)
def test_counts_that_leave_out_a_member(
    poland: Counts, ukraine: Counts, total: int, verdict: list[str], bearers: list[str]
) -> None:
    """III.II.2(B): every member overflown is counted, by who observes and by who was observed."""
    context = over_pair(held(poland, ukraine, active_total=7, flown_total=total))
    found = [check_whole(one) for one in counts_for_each(context)]
    assert (verdicts(found), [one.bearer for one in found]) == (verdict, bearers)
    assert all(one.effect is not None and one.effect.modality == "must" for one in found)


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
    ("text", "within", "beyond", "far_beyond", "without"),
    [
        (members_have(1, 0), "ok", "ok", "breach", "ok"),  # one member is enough, whichever it is
        (members_have(0, 1), "ok", "ok", "breach", "ok"),
        (members_have(0, 0), "ok", "breach", "breach", "breach"),  # France need accept none of them: no right to more
        (members_have(0, None), "ok", "cannot_tell", "breach", "cannot_tell"),
        ("", "ok", "cannot_tell", "breach", "cannot_tell"),
    ],
)
def test_more_over_one_member_only_in_return(
    text: str, within: str, beyond: str, far_beyond: str, without: str
) -> None:
    """III.II.2(C), III.I.5, I.8: the right belongs to a Party over which members of the group hold active quotas."""
    for poland, verdict in (((2, 1), within), ((2, 2), beyond), ((2, 3), far_beyond), ((0, 0), without)):
        context = over_pair(held((*poland, 6, 0), (2, 0, 12, 0), text, active_total=7, flown_total=3), ("POL",))
        more, left = only(more_over_one_member(context)), next(iter(quota_left(context)))
        assert (more.verdict, left.verdict) == (verdict, verdict), poland
        assert next(iter(quota_held(context))).verdict == (verdict if poland == (0, 0) else "ok")
        for finding in (more, left):
            check_whole(finding)
            if verdict == "cannot_tell":
                assert "a member of POL-UKR holds an active quota over FRA" in str(finding.needs[0])
    assert ("No member of the group" in str(more.why)) is (text == members_have(0, 0))


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
