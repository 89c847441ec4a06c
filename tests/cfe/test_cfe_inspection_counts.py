"""Inspections counted together: how many have to be accepted, from whom, how many at once, and suspensions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.told_tables import outcomes

from skywitness.cfe.inspections.check import by_reading, judge
from skywitness.cfe.inspections.periods import period_of, periods
from skywitness.cfe.inspections.quotas import quota
from skywitness.cfe.inspections.read import read_record
from skywitness.cfe.inspections.stays import allowed_hours
from skywitness.cfe.told.desk import ROUNDING, START, Desk
from skywitness.core.errors import InputError
from skywitness.core.reading import Reading

READING = Reading(at=dt.date(2000, 3, 1))
PARTY = {"id": "p", "state": "UKR", "day": dt.date(2000, 1, 1), "objects": 20, "objects_on_territory": 20}


def visit(number: int, by: str = "DEU", of: str = "UKR", day: int = 0, **facts: Any) -> dict[str, Any]:
    """Tell a stay with one inspection of a declared site, in March 2000 on the day of its number."""
    arrived = dt.datetime(2000, 3, day or number, 8, tzinfo=dt.UTC)
    inspection = {"id": f"i{number}", "section": "VII", **facts}
    stay: dict[str, Any] = {"id": f"s{number}", "inspecting": by, "inspected": of, "arrived_utc": arrived}
    stay["returned_utc"] = arrived + dt.timedelta(hours=20)
    return {**stay, "inspection": [inspection]}


def last(provision: str, *visits: dict[str, Any], party: dict[str, Any] | None = None) -> list[str]:
    """Judge visits and say how a provision came out for the last of them."""
    findings = judge(
        read_record({"party": [PARTY if party is None else party], "stay": list(visits)}), READING
    ).findings
    name = visits[-1]["inspection"][0]["id"]
    kept = tuple(one for one in findings if one.where and one.where.name == name and one.provision == provision)
    effects = [f"{one.verdict.value} {one.effect.modality}" if one.effect else one.verdict.value for one in kept]
    assert len(effects) == len(outcomes(kept, provision))
    return effects


BY = ("DEU", "FRA", "GBR", "ITA", "ESP")


def test_the_quota_of_the_year_is_owed_and_no_more() -> None:
    """Of 20 objects 15 per cent are three a year: the third must be accepted, the fourth may be declined."""
    visits = [visit(number, by) for number, by in enumerate(BY[:4], 1)]
    assert last("CFE:INSP.II.10", *visits[:3]) == ["ok must"]
    assert last("CFE:INSP.II.10", *visits) == ["ok may"]
    assert last("CFE:INSP.II.10", *visits[:2], visit(3, "GBR", refused_for="quota")) == ["breach must"]
    assert last("CFE:INSP.II.10", *visits[:3], visit(4, "ITA", refused_for="quota")) == ["ok may"]


def test_challenges_use_both_quotas() -> None:
    """A challenge counts as a declared-site inspection too; of three such 23 per cent are none, so one at least."""
    challenge: dict[str, Any] = {"section": "VIII"}
    assert last("CFE:INSP.II.11", visit(1, **challenge)) == ["ok must"]
    assert last("CFE:INSP.II.11", visit(1, refused_for="challenge_quota", **challenge)) == ["breach must"]
    assert last("CFE:INSP.II.11", visit(1, **challenge), visit(2, "FRA", **challenge)) == ["ok may"]
    seen = [visit(1, **challenge), visit(2), visit(3, "FRA"), visit(4, "FRA")]
    assert last("CFE:INSP.II.10", *seen) == ["ok may"]


def test_half_of_the_quota_goes_to_one_state() -> None:
    """Of three inspections half are one and a half: a second by the same State may be declined, the first not."""
    assert last("CFE:INSP.II.23", visit(1)) == ["ok must"]
    assert last("CFE:INSP.II.23", visit(1, refused_for="half")) == ["breach must"]
    assert last("CFE:INSP.II.23", visit(1), visit(2, refused_for="half")) == ["ok may"]
    assert last("CFE:INSP.II.23", visit(1), visit(2, "FRA")) == ["ok must"]


def test_five_a_year_in_the_own_group() -> None:
    """Poland inspects Ukraine, of its own group, five times; the sixth is one too many. For others it is no matter."""
    visits = [visit(number, "POL") for number in range(1, 7)]
    assert last("CFE:INSP.II.24", *visits[:5]) == ["ok"]
    assert last("CFE:INSP.II.24", *visits) == ["breach"]
    assert last("CFE:INSP.II.24", visit(1)) == []


@pytest.mark.parametrize(
    ("provision", "reason", "facts"),
    [
        ("CFE:INSP.II.20", "teams", {}),
        ("CFE:INSP.II.21", "forces", {}),
        ("CFE:INSP.II.22", "district", {"district": "Odessa"}),
    ],
)
def test_two_teams_at_once(provision: str, reason: str, facts: dict[str, Any]) -> None:
    """A second team is accepted, a third may be declined: on the territory, of the forces, in a district."""
    two = [visit(1, "DEU", day=1, **facts), visit(2, "FRA", day=1, **facts)]
    assert last(provision, *two) == ["ok must"]
    assert last(provision, two[0], visit(2, "FRA", day=1, refused_for=reason, **facts)) == ["breach must"]
    assert last(provision, *two, visit(3, "GBR", day=1, refused_for=reason, **facts)) == ["ok may"]


def test_more_teams_where_there_are_very_many_objects() -> None:
    """Two per cent of what is to be inspected: 150 of 1,000 objects make three teams on the territory."""
    many = {**PARTY, "objects": 1000, "objects_on_territory": 1000}
    three = [visit(number, by, day=1) for number, by in enumerate(BY[:3], 1)]
    assert last("CFE:INSP.II.20", *three, party=many) == ["ok must"]
    assert last("CFE:INSP.II.20", *three, visit(4, "ITA", day=1), party=many) == ["ok may"]


def test_the_least_is_owed_to_one_state_too() -> None:
    """With one inspection a year half of it would be none; the one that is always owed (II.12) may be by anybody."""
    small = {**PARTY, "objects": 4, "objects_on_territory": 4}
    assert last("CFE:INSP.II.23", visit(1), party=small) == ["ok must"]
    assert last("CFE:INSP.II.23", visit(1, refused_for="half"), party=small) == ["breach must"]


def test_a_team_that_may_have_left_settles_nothing() -> None:
    """Refused for two other teams, of one of which only the arrival is told: nobody can tell, but with both certain."""
    two = [visit(1, "DEU", day=1), visit(2, "FRA", day=1)]
    third = visit(3, "GBR", day=1, refused_for="teams")
    assert last("CFE:INSP.II.20", *two, third) == ["ok may"]
    del two[1]["returned_utc"]
    assert last("CFE:INSP.II.20", *two, third) == ["cannot_tell"]


def test_teams_that_inspect_nothing_under_a_quota_take_no_place() -> None:
    """Teams at a reduction site, and teams that were not let in, leave room for two that inspect declared sites."""
    idle = [visit(1, day=1, section="X"), visit(2, day=1, refused_for="other")]
    assert last("CFE:INSP.II.20", *idle, visit(3, "GBR", day=1)) == ["ok must"]
    assert last("CFE:INSP.II.20", *idle, visit(3, "GBR", day=1, refused_for="teams")) == ["breach must"]


def test_inspections_are_counted_in_the_order_they_began() -> None:
    """On one day the hour decides, not the name: the fourth of three that are owed may be declined."""
    visits = [visit(number, by, day=1) for number, by in ((10, "DEU"), (9, "FRA"), (8, "GBR"), (1, "ITA"))]
    for hour, each in enumerate(visits):
        each["arrived_utc"] = each["arrived_utc"] + dt.timedelta(hours=hour)
    assert last("CFE:INSP.II.10", *visits) == ["ok may"]
    assert last("CFE:INSP.II.10", *visits[1:], visits[0]) == ["ok must"]


def test_a_challenge_uses_the_quota_of_the_territory() -> None:
    """Whoever's premises lie in the area, the challenge is counted for the State on whose territory it is."""
    challenge = visit(1, section="VIII", owner="RUS")
    assert last("CFE:INSP.II.10", challenge) == ["ok must"]


def test_what_a_refusal_may_do() -> None:
    """Beyond a quota an inspection may be declined; for teams that are there it may only be delayed (VII.1)."""
    for reason, word in (("quota", "decline"), ("teams", "delay it until")):
        visits = [visit(number, by, day=1) for number, by in enumerate(BY[:3], 1)]
        visits.append(visit(4, "ITA", day=1, refused_for=reason))
        findings = judge(read_record({"party": [PARTY], "stay": visits}), READING).findings
        site = [one for one in findings if one.provision == "CFE:INSP.VII.1"]
        assert [one.verdict.value for one in site] == ["ok"]
        assert all(one.effect and word in str(one.effect.what) for one in site)


def test_stationed_forces_get_their_share_of_inspections() -> None:
    """With 10 of 40 objects an owner gets a quarter of the six inspections: one is within, two are too many."""
    host = {**PARTY, "objects": 30, "objects_on_territory": 40, "objects_of": {"RUS": 10}}
    assert last("CFE:INSP.II.14", visit(1, owner="RUS"), party=host) == ["ok"]
    assert last("CFE:INSP.II.14", visit(1, owner="RUS"), visit(2, "FRA", owner="RUS"), party=host) == ["breach"]


# ---- suspensions: per ordered pair, and only under the reading that accepts them ----


def suspended_file() -> dict[str, Any]:
    """Tell that Russia did not meet a German team in 2010, and that Germany did not meet a Ukrainian one."""
    at = dt.datetime(2010, 3, 1, 8, tzinfo=dt.UTC)
    facts = {"arrived_utc": at, "escort_met_team": False, "crew": 11}
    return {
        "stay": [
            {"id": "there", "inspecting": "DEU", "inspected": "RUS", **facts},
            {"id": "here", "inspecting": "UKR", "inspected": "DEU", **facts},
        ]
    }


@pytest.mark.parametrize(("claims", "there"), [((), "breach"), (("rus-2007",), "not_applicable")])
def test_a_suspension_counts_only_where_it_is_accepted(claims: tuple[str, ...], there: str) -> None:
    """The duty of the suspending State falls away under one reading and stands under the other; others' duties stay."""
    findings = judge(read_record(suspended_file()), replace(READING, accepted_claims=claims)).findings
    verdicts = {(one.where.name, one.provision): one.verdict.value for one in findings if one.where}
    assert verdicts["there", "CFE:INSP.V.1"] == there
    assert verdicts["here", "CFE:INSP.V.1"] == "breach"
    assert verdicts["there", "CFE:INSP.VI.5"] == "breach"


def test_what_depends_on_the_reading_is_listed() -> None:
    """Only the suspended State's duty differs between readings, and both answers are told."""
    differing = by_reading(read_record(suspended_file()), READING)
    assert set(differing) == {("there", "CFE:INSP.V.1")}
    assert {verdict.value for verdict in differing["there", "CFE:INSP.V.1"].values()} == {"breach", "not_applicable"}


# ---- periods and numbers by themselves ----


def test_a_team_makes_six_inspections_in_228_hours() -> None:
    """48 h and 36 h for each more: the sixth brings 228 h; a seventh would be past the 240 h of ten days (digest)."""
    desk = Desk(READING)
    assert [allowed_hours(desk, number) for number in (1, 2, 6, 7)] == [48.0, 84.0, 228.0, 240.0]


@pytest.mark.parametrize(
    ("way", "days"),
    [
        ("from_application", ["1992-07-17", "1992-11-14", "1993-11-14", "1994-11-14", "1995-11-14", "1996-03-13"]),
        ("from_entry_into_force", ["1992-11-09", "1993-03-09", "1994-03-09", "1995-03-09", "1996-03-09", "1996-07-07"]),
    ],
)
def test_periods_follow_one_another(way: str, days: list[str]) -> None:
    """120 days, three years, 120 days, then years without end, counted from either day."""
    desk = Desk(replace(READING, interpretations=MappingProxyType({START: way})))
    starts = [str(one.start) for one, _ in zip(periods(desk), days, strict=False)]
    assert starts == days
    assert period_of(desk, desk.start - dt.timedelta(days=1)) is None


@pytest.mark.parametrize(("way", "own"), [("round_down", 1), ("round_nearest", 2), ("round_up", 2)])
def test_rounding_is_the_readings(way: str, own: int) -> None:
    """15 per cent of 11 objects are 1.65: one or two, as the reading rounds; the text has no rule."""
    desk = Desk(replace(READING, interpretations=MappingProxyType({ROUNDING: way})))
    period = period_of(desk, READING.at)
    assert period is not None
    assert quota(desk, "UKR", 11, None, period).own == own


@given(objects=st.integers(0, 3000), more=st.integers(0, 500))
def test_more_objects_never_lower_a_quota(objects: int, more: int) -> None:
    """Quotas grow with the objects, never fall below one, and the minimum alone can exceed the percentage."""
    desk = Desk(READING)
    period = period_of(desk, READING.at)
    assert period is not None
    few, many = (quota(desk, "UKR", number, None, period) for number in (objects, objects + more))
    assert few.own <= many.own
    assert few.challenges <= many.challenges
    assert few.own <= max(few.raw_own, 1.0)
    assert few.challenges >= 1


def test_nobody_challenges_a_state_without_territory_in_the_area() -> None:
    """The United States has objects abroad and no territory in the area."""
    desk = Desk(READING)
    period = period_of(desk, READING.at)
    assert period is not None
    found = quota(desk, "USA", 100, 0, period)
    assert (found.own, found.territory, found.challenges) == (15, 0, 0)


# ---- hostile files ----

BAD = [
    ({}, "nothing is told"),
    ({"stays": []}, "unknown table"),
    ({"stay": [{"id": "s", "inspecting": "DEU", "inspected": "DEU", "notice_utc": "x"}]}, "expected a time"),
    ({"stay": [{"id": "s", "inspecting": "DEU", "inspected": "UKR"}]}, "tells the day"),
    ({"stay": [{"id": "s", "inspecting": "DEU", "inspected": "XYZ"}]}, "no State or group"),
    ({"stay": [{"id": "s", "inspecting": "EAST", "inspected": "DEU"}]}, "is a group"),
    ({"stay": [{"id": "s", "inspecting": "DEU", "inspected": "UKR", "escort_meets": True}]}, "escort_met_team"),
    ({"unit": [{"id": "u", "kind": "navy", "counted": True}]}, "is none of"),
    ({"unit": [{"id": "u"}]}, "are needed"),
    (
        {"unit": [{"id": "u", "kind": "storage", "counted": True, "limited_items": 3, "most_of_one_category": 4}]},
        "is more than all 3",
    ),
    (
        {
            "stay": [
                {
                    "id": "s",
                    "inspecting": "DEU",
                    "inspected": "UKR",
                    "notice_utc": dt.datetime(2000, 3, 2, tzinfo=dt.UTC),
                    "confirmed_utc": dt.datetime(2000, 3, 1, tzinfo=dt.UTC),
                }
            ]
        },
        "comes before notice_utc",
    ),
    ({"party": [{"id": "p", "state": "UKR", "objects": -1}]}, "no whole number"),
    ({"party": [{"id": "p", "state": "UKR", "day": dt.date(1980, 1, 1)}]}, "is not from 1990"),
]


@pytest.mark.parametrize(("data", "words"), BAD)
def test_faults_are_told(data: dict[str, Any], words: str) -> None:
    """Each fault has one clear sentence."""
    with pytest.raises(InputError) as caught:
        read_record(data, "told.toml")
    assert caught.value.kind == "bad_inspections"
    assert words in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    """A file with many faults is refused once, with all of them."""
    at = dt.datetime(2024, 3, 1, 8, tzinfo=dt.UTC)
    inspection = {"id": "i", "section": "X", "challenge_refused": True, "outline": [[1, 2]], "tie": 3}
    stay = {"id": "i", "inspecting": "DEU", "inspected": "RUS", "arrived_utc": at, "agreed": ["INSP.IV.2", "INSP.Z"]}
    with pytest.raises(InputError) as caught:
        read_record({"stay": [{**stay, "returned_utc": at.replace(tzinfo=None), "inspection": [inspection]}]})
    text = str(caught.value)
    for words in (
        "RUS is no Party on 2024-03-01",
        "belongs to Section VIII",
        "three corners",
        "is not a text",
        "does not say in which time zone",
        "does not say that anything else may be agreed",
        "no provision CFE:INSP.Z",
        "stands 2 times",
    ):
        assert words in text


# ---- the same numbers by counting one by one ----


def counted(percent: int, objects: int, way: str) -> int:
    """Share out ``percent`` of a hundred points for each object, and count whole inspections of a hundred points."""
    points, whole = 0, 0
    for _ in range(objects):
        points += percent
        while points >= 100:
            points, whole = points - 100, whole + 1
    more = {"exact": False, "round_down": False, "round_up": points > 0, "round_nearest": points >= 50}[way]
    return whole + more


YEARS = [("1992-09-01", 20, 15), ("1994-09-01", 10, 15), ("1996-01-01", 20, 15), ("2001-01-01", 15, 23)]


@pytest.mark.parametrize("way", ["exact", "round_down", "round_up", "round_nearest"])
@pytest.mark.parametrize(("day", "percent", "share"), YEARS)
def test_quotas_by_counting(day: str, percent: int, share: int, way: str) -> None:
    """For 0 to 400 objects, own and others' on the territory, the quotas are those that counting gives."""
    desk = Desk(replace(READING, interpretations=MappingProxyType({ROUNDING: way})))
    period = period_of(desk, dt.date.fromisoformat(day))
    assert period is not None
    for objects in range(401):
        there = objects + objects % 7 * 5
        found = quota(desk, "UKR", objects, there, period)
        own, on_territory = (counted(percent, number, way) for number in (objects, there))
        assert found.own == (max(own, 1) if objects else 0)
        assert found.territory == (max(on_territory, 1) if there else 0)
        assert found.challenges == max(counted(share, found.territory, way), 1)


def test_counts_by_going_through_every_pair() -> None:
    """Sixty visits in disorder: the place of each in its year, from one State, and the teams at once, pair by pair."""
    start = dt.datetime(2000, 4, 1, tzinfo=dt.UTC)
    visits = []
    for number in range(60):
        one = visit(number, BY[number % 4], section="VIII" if number % 5 == 0 else "VII", day=1)
        one["arrived_utc"] = start + dt.timedelta(hours=37 * (number * 23 % 60))
        one["returned_utc"] = one["arrived_utc"] + dt.timedelta(hours=40 + number % 3 * 40)
        visits.append(one)
    many = {**PARTY, "objects": 4000, "objects_on_territory": 4000}
    findings = judge(read_record({"party": [many], "stay": visits}), READING).findings
    measured = {(one.where.name, one.provision): one.measured for one in findings if one.where}
    for one in visits:
        at, name = one["arrived_utc"], one["inspection"][0]["id"]
        earlier = [other for other in visits if other["arrived_utc"] <= at]
        present = [other for other in earlier if at < other["returned_utc"]]
        same = [other for other in earlier if other["inspecting"] == one["inspecting"]]
        assert measured[name, "CFE:INSP.II.10"] == len(earlier)
        assert measured[name, "CFE:INSP.II.23"] == len(same)
        assert measured[name, "CFE:INSP.II.20"] == len(present)
