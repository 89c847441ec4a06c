"""Groups of States Parties and maximum flight distances as the law data have them (III.I.11, III.II.1, A.III)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.law.judge.benches import D, about, bench, held, naming, only, told, verdicts, whole, with_groups

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION, Group
from skywitness.law.judge.distances import distance_from_each_airfield, every_party_has_distances
from skywitness.law.judge.groups import formed_in_time, one_of_two_ways
from skywitness.law.judge.judgement import make_bench

DAY = D(2015, 6, 1)


def group(code: str, notified: dt.date, start: dt.date, kind: str = REDISTRIBUTION) -> Group:
    """An invented group of the States in its code."""
    return Group(code, code, kind, tuple(code.split("-")), start, None, notified, None, "test", "reported")


# ---- III.II.1(A): who forms a group, and when it begins ----


@pytest.mark.parametrize(
    ("notified", "start", "verdict", "margin"),
    [
        (D(2009, 12, 31), D(2010, 7, 1), "ok", 1.0),
        (D(2009, 12, 31), D(2010, 6, 30), "ok", 0.0),
        (D(2009, 12, 31), D(2010, 6, 29), "breach", -1.0),
        (D(2010, 3, 1), D(2010, 3, 1), "breach", -184.0),
    ],
)
def test_six_months_from_notice(notified: dt.date, start: dt.date, verdict: str, margin: float) -> None:
    """III.II.1(A): a group formed after signature begins six months after notice at the earliest."""
    found = formed_in_time(with_groups(DAY, group("NOR-SWE", notified, start)))
    finding = only(about(found, "NOR-SWE"))
    assert (finding.verdict, finding.margin) == (verdict, margin)
    assert (finding.effect is not None) is (verdict == "breach")
    assert [value.key for value in finding.values] == ["group", "group_notice"]


@pytest.mark.parametrize(
    ("member", "start", "verdict"),
    [("NOR", D(2010, 7, 1), "ok"), ("CYP", D(2010, 7, 1), "breach"), ("USA", D(2021, 1, 1), "breach")],
)
def test_members_hold_quotas_when_the_group_begins(member: str, start: dt.date, verdict: str) -> None:
    """III.II.1(A): only Parties, who hold quotas, form a group: not Cyprus, and not the United States in 2021."""
    one = group(f"{member}-SWE", D(2009, 1, 1), start)
    assert only(about(formed_in_time(with_groups(D(2021, 6, 1), one)), member)).verdict == verdict


def test_a_group_formed_at_signature_needs_no_notice() -> None:
    """III.II.1(A): Belarus and Russia formed theirs at signature; Benelux is no group."""
    found = [whole(one) for one in formed_in_time(bench(DAY))]
    assert [(one.bearer, one.verdict) for one in found] == [("BLR-RUS", "ok"), ("BLR", "ok"), ("RUS", "ok")]
    assert "at signature" in str(found[0].why)


# ---- III.II.1(B): one of two ways to keep quotas ----


@pytest.mark.parametrize(
    ("kind", "row", "verdict", "wrong"),
    [
        (REDISTRIBUTION, None, "ok", 0),
        (REDISTRIBUTION, "NOR", "ok", 0),
        (REDISTRIBUTION, "NOR-SWE", "breach", 1),
        (COMMON_QUOTA, "NOR-SWE", "breach", 2),
    ],
)
def test_one_way_and_not_the_other(kind: str, row: str | None, verdict: str, wrong: int) -> None:
    """III.II.1(B): a quota of the whole and one of a member do not go together, told or stored.

    The law data give Norway and Sweden quotas of their own, so that a group of theirs cannot hold them in common.
    """
    one = group("NOR-SWE", D(2009, 1, 1), D(2010, 7, 1), kind)
    docket = told(2015, held(row, 2015, {"UKR": 1})) if row else None
    finding = only(about(one_of_two_ways(with_groups(DAY, one, docket=docket)), "NOR-SWE"))
    assert (finding.verdict, finding.measured) == (verdict, wrong)


def test_the_group_of_belarus_and_russia() -> None:
    """III.II.1(B): it held everything in common, no member anything of its own; it ended on 18 December 2021."""
    assert verdicts(one_of_two_ways(bench(DAY))) == ["ok"]
    docket = told(2015, held("RUS", 2015, {"DEU": 3}))
    finding = only(one_of_two_ways(bench(DAY, docket)))
    assert finding.verdict is Verdict.BREACH
    assert "RUS" in str(finding.why)
    assert verdicts(one_of_two_ways(bench(D(2021, 12, 18)))) == ["not_applicable"]


def test_before_it_was_known_there_is_no_group() -> None:
    """III.II.1(A): what was not yet known on a day is not judged on it."""
    one = with_groups(DAY, group("NOR-SWE", D(2012, 1, 1), D(2013, 1, 1)))
    early = make_bench(Reading(at=DAY, known=D(2010, 1, 1)), instrument=one.instrument)
    assert not about(formed_in_time(early), "NOR-SWE")


# ---- III.I.11 and A.III: maximum flight distances ----


@pytest.mark.parametrize(
    ("day", "ident", "verdict", "km"),
    [
        (D(2002, 6, 1), "ETNW", "ok", 1200.0),
        (D(2002, 6, 1), "UUYW", "ok", 6500.0),
        (D(2002, 6, 1), "UUMB", "cannot_tell", None),
        (D(2019, 9, 12), "UUMB", "ok", 5500.0),
        (D(2019, 9, 12), "UHHH", "cannot_tell", None),
        (D(2019, 9, 12), "EGVN", "ok", 2400.0),
        (D(2002, 6, 1), "LHTL", "breach", None),
        (D(2002, 6, 1), "LPPT", "ok", 1200.0),
    ],
)
def test_distances_from_airfields(day: dt.date, ident: str, verdict: str, km: float | None) -> None:
    """A.III: the distance from each Open Skies airfield; none is set from Tokol, which Annex E lists all the same."""
    finding = only(naming(distance_from_each_airfield(bench(day)), f"({ident})"))
    assert (finding.verdict, finding.limit) == (verdict, km)
    if verdict == "breach":
        assert "tokol-no-distance" in str(finding.why)
        assert finding.bearer is None
    if verdict == "ok":
        assert finding.values[0].value == km


@pytest.mark.parametrize(
    ("day", "holder", "verdict", "have", "count"),
    [
        (D(2002, 6, 1), "DEU", "ok", 2, 2),
        (D(2002, 6, 1), "TUR", "ok", 2, 2),
        (D(2002, 6, 1), "HUN", "breach", 1, 2),
        (D(2002, 6, 1), "BLR-RUS", "cannot_tell", 3, 4),
        (D(2002, 6, 1), "GEO", "cannot_tell", None, None),
        (D(2022, 6, 1), "BLR", "cannot_tell", None, None),
    ],
)
def test_airfields_with_a_distance(
    day: dt.date, holder: str, verdict: str, have: int | None, count: int | None
) -> None:
    """III.I.11: how many of the Open Skies airfields of each Party have a maximum flight distance."""
    found = every_party_has_distances(bench(day))
    finding = only(one for one in found if f"of {holder.casefold()} " in str(one.why).casefold())
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, have, count)
