"""Groups of both kinds: six months' notice, and quotas from 1 January after the next annual review."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.finding import Verdict
from skywitness.law.act_words import act_days
from skywitness.law.acts import practice
from skywitness.law.formation import (
    GroupChange,
    benelux_ends,
    change_consequences,
    earliest_day,
    quota_days,
    takes_effect,
)
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION
from skywitness.law.legal_day import LegalDay
from skywitness.law.months import add_months
from skywitness.law.told import Told

OK, BREACH, OPEN, NOTHING = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
TOLD = Told("g", "notice", "reported", dt.date(2010, 1, 1))


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


ON = LegalDay(dt.date(2026, 3, 1))


def of_benelux(notified: str, effective: str | None = None) -> GroupChange:
    """Make the end of Benelux as one Party."""
    return GroupChange(
        TOLD,
        "BENELUX",
        "end_benelux",
        "deemed_party",
        ("BEL", "LUX", "NLD"),
        notified=day(notified),
        effective=day(effective) if effective else None,
    )


def change(what: str, kind: str, members: str, notified: str | None = "2026-03-15", **more: object) -> GroupChange:
    """Make a change of a group."""
    return GroupChange(
        TOLD,
        "NORDIC",
        what,
        kind,
        tuple(members.split()),
        notified=day(notified) if notified else None,
        **more,  # type: ignore[arg-type]
    )


def answers(made: GroupChange, at: str) -> dict[str, list[str]]:
    """List the verdicts of a change by provision."""
    found: dict[str, list[str]] = {}
    for one in change_consequences(made, LegalDay(day(at))):
        found.setdefault(one.finding.provision.removeprefix("OS:"), []).append(one.verdict.value)
    return found


@pytest.mark.parametrize(
    ("notice", "six_months", "quotas"),
    [
        # six months end before 1 October: the review of that autumn is the first after them
        ("2026-01-10", "2026-07-10", ["2027-01-01"]),
        ("2026-04-01", "2026-10-01", ["2027-01-01"]),
        # they end after it: that review may have come before, and then the next one counts
        ("2026-04-02", "2026-10-02", ["2027-01-01", "2028-01-01"]),
        ("2021-06-18", "2021-12-18", ["2022-01-01", "2023-01-01"]),
        ("2026-08-31", "2027-02-28", ["2028-01-01"]),
    ],
)
def test_when_notice_ends_and_quotas_follow(notice: str, six_months: str, quotas: list[str]) -> None:
    """III.II.6 and III.II.7: six months, then 1 January after the first annual review that follows."""
    ends = add_months(day(notice), 6)
    assert ends == day(six_months)
    assert [one.isoformat() for one in quota_days(ends, LegalDay(ends))] == quotas


@pytest.mark.parametrize(
    ("reviewed", "quotas"),
    [("2021-12-20", ["2022-01-01"]), ("2022-10-15", ["2023-01-01"]), ("2021-10-12", ["2022-01-01", "2023-01-01"])],
)
def test_a_known_review_settles_the_day(reviewed: str, quotas: list[str]) -> None:
    """The day of the review decides; one that came before the six months ended is not the first after them."""
    assert [one.isoformat() for one in quota_days(day("2021-12-18"), ON, day(reviewed))] == quotas


@given(st.dates(dt.date(1992, 1, 1), dt.date(2190, 1, 1)))
def test_six_months_are_six_calendar_months(start: dt.date) -> None:
    """The day of the month stays, or the month is too short for it; twice six months are a year but for leap days."""
    end = add_months(start, 6)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == 6
    assert end.day == start.day or (end + dt.timedelta(days=1)).day == 1
    assert 181 <= (end - start).days <= 184
    assert [one for one in quota_days(end, ON) if one < end] == []


@pytest.mark.parametrize(
    ("what", "kind", "at", "expected"),
    [
        # before and after the six months of a notice of 15 March 2026
        ("form", REDISTRIBUTION, "2026-09-14", {"III.II.1(A)": ["ok", "ok", "not_applicable"]}),
        ("form", REDISTRIBUTION, "2026-09-15", {"III.II.1(A)": ["ok", "ok", "ok"]}),
        ("form", COMMON_QUOTA, "2026-09-15", {"III.II.1(A)": ["ok", "ok", "ok"], "III.II.7": ["not_applicable"]}),
        ("form", COMMON_QUOTA, "2027-01-01", {"III.II.1(A)": ["ok", "ok", "ok"], "III.II.7": ["ok"]}),
        # a change of kind: paragraph 7 does not name it
        ("to_common", COMMON_QUOTA, "2026-09-15", {"III.II.6(A)": ["ok"], "III.II.7": ["cannot_tell"]}),
        ("to_redistribution", REDISTRIBUTION, "2026-09-15", {"III.II.6(B)": ["ok"], "III.II.7": ["cannot_tell"]}),
    ],
)
def test_what_a_change_of_a_group_does(what: str, kind: str, at: str, expected: dict[str, list[str]]) -> None:
    """Who forms a group, from when it holds, and from when common quotas do."""
    assert answers(change(what, kind, "DNK SWE"), at) == expected


@pytest.mark.parametrize(
    ("effective", "verdict", "holds_from"),
    [("2026-09-15", OK, "2026-09-15"), ("2026-09-14", BREACH, "2026-09-15"), ("2027-01-01", OK, "2027-01-01")],
)
def test_an_announced_day_must_leave_six_months(effective: str, verdict: Verdict, holds_from: str) -> None:
    """A day announced too early is a breach, and the change holds from the end of the six months on."""
    made = change("admit", REDISTRIBUTION, "DNK SWE NOR", states=("NOR",), effective=day(effective))
    found = change_consequences(made, LegalDay(day("2026-12-01")))[-1]
    assert (found.verdict, found.start) == (verdict, day(holds_from))
    assert takes_effect(made, LegalDay(day("2026-12-01"))) == day(holds_from)


@pytest.mark.parametrize(
    ("members", "verdicts"),
    [
        ("DNK SWE", ["ok", "ok", "ok"]),
        ("DNK CHE", ["ok", "breach", "ok"]),  # no Party
        ("DNK RUS", ["ok", "breach", "ok"]),  # no Party any more
        ("DNK BLR", ["ok", "ok", "ok"]),  # a quota that nobody knows is one all the same
        ("DNK", ["breach", "ok"]),  # no group of one
    ],
)
def test_members_are_parties_that_hold_quotas(members: str, verdicts: list[str]) -> None:
    """III.II.1(A): two or more States Parties which hold quotas."""
    assert answers(change("form", REDISTRIBUTION, members), "2026-10-01") == {"III.II.1(A)": verdicts}


def test_without_the_day_of_notice_nothing_can_be_told() -> None:
    """The six months are counted from a day that the facts must give."""
    made = change("form", COMMON_QUOTA, "DNK SWE", notified=None)
    found = answers(made, "2026-10-01")
    assert found["III.II.1(A)"][-1] == "cannot_tell"
    assert found["III.II.7"] == ["cannot_tell"]
    assert earliest_day(made, LegalDay(day("2026-10-01"))) is None


@pytest.mark.parametrize(
    ("notified", "ends"),
    [
        ("2026-10-15", ["2026-12-31"]),
        ("2026-10-31", ["2026-12-31"]),
        ("2026-11-01", ["2026-12-31", "2027-12-31"]),  # the sixtieth day is a 31 December itself
        ("2026-11-02", ["2027-12-31"]),
        ("2026-01-01", ["2026-12-31"]),
    ],
)
def test_when_benelux_ends(notified: str, ends: list[str]) -> None:
    """XIV.2: the next 31 December after sixty days; where the sixtieth is one, the text leaves it open."""
    assert [one.isoformat() for one in benelux_ends(day(notified), ON)] == ends
    made = of_benelux(notified)
    first, quota = change_consequences(made, LegalDay(day("2028-06-01")))
    assert first.verdict is (OPEN if len(ends) > 1 else OK)
    assert (quota.silent, quota.verdict, quota.finding.provision) == (True, OPEN, "OS:A.I.1")


@pytest.mark.parametrize(
    ("notified", "effective", "verdict"),
    [
        ("2026-10-15", "2026-12-31", OK),
        ("2026-10-15", "2027-01-01", BREACH),  # only a 31 December
        ("2026-11-15", "2026-12-31", BREACH),  # fewer than sixty days after the notice
        ("2026-11-15", "2027-12-31", OK),
        ("2026-11-01", "2026-12-31", OPEN),  # the sixtieth day itself
    ],
)
def test_the_day_announced_for_the_end_of_benelux(notified: str, effective: str, verdict: Verdict) -> None:
    """XIV.2: a day announced that is no 31 December after the sixty days is no end of Benelux."""
    found = change_consequences(of_benelux(notified, effective), LegalDay(day("2028-06-01")))[0]
    assert (found.finding.provision, found.verdict) == ("OS:XIV.2", verdict)
    assert {value.key for value in found.finding.values} == {"benelux_termination", "benelux_termination_day"}


@pytest.mark.parametrize(
    ("what", "code", "kind", "members"),
    [
        ("to_common", "OS:III.II.6(A)", COMMON_QUOTA, "DNK SWE"),
        ("to_redistribution", "OS:III.II.6(B)", REDISTRIBUTION, "DNK SWE"),
        ("leave", "OS:III.II.6(C)", REDISTRIBUTION, "DNK SWE"),
        ("admit", "OS:III.II.6(D)", REDISTRIBUTION, "DNK SWE NOR"),
    ],
)
@pytest.mark.parametrize(
    ("effective", "verdict"),
    [
        pytest.param("2026-09-15", OK, marks=pytest.mark.covers("OS:III.II.6", "ok")),
        pytest.param("2026-09-14", BREACH, marks=pytest.mark.covers("OS:III.II.6", "breach")),
    ],
)
def test_every_change_needs_six_months(
    what: str, code: str, kind: str, members: str, effective: str, verdict: Verdict
) -> None:
    """III.II.6(A) to (D): none of the four changes may be announced for less than six months after the notice."""
    states = ("NOR",) if what in ("admit", "leave") else ()
    made = change(what, kind, members, states=states, effective=day(effective))
    found = [one for one in change_consequences(made, LegalDay(day("2026-12-01"))) if one.finding.provision == code]
    assert [one.verdict for one in found][-1] is verdict
    assert found[-1].finding.bearer == ("NOR" if what == "leave" else made.group)  # leaving is the member's own act


def of_practice(ident: str) -> GroupChange:
    """Find a change of a group in stored practice."""
    return next(one for one in practice().changes if one.told.id == ident)


def test_belarus_and_russia_formed_their_group_at_signature() -> None:
    """No notice was needed: it stands from entry into force, and Annex A gives it its quotas."""
    made = of_practice("blr-rus-formed")
    assert takes_effect(made, LegalDay(day("2010-01-01"))) == day("2002-01-01")
    assert answers(made, "2010-01-01") == {"III.II.1(A)": ["ok", "ok", "ok"], "III.II.7": ["not_applicable"]}


def test_the_group_of_belarus_and_russia_has_one_last_day() -> None:
    """Its end, told without a notice, begins on the day from which the stored group is no more: not an unknown one."""
    made, ended = of_practice("blr-rus-formed"), of_practice("blr-rus-ended")
    on = LegalDay(day("1990-01-01"))
    assert act_days(ended, on) == (day("2021-12-18"), None)
    assert act_days(made, on)[1] == act_days(ended, on)[0]
    (none_left,) = [one for one in change_consequences(ended, LegalDay(day("2022-06-01"))) if not one.silent][-1:]
    assert (none_left.finding.provision, none_left.verdict) == ("OS:II.3", Verdict.OK)


def test_an_announced_day_without_a_notice_stays_open() -> None:
    """Where the law as stored ends the group on another day, or on none, only the notice can tell the day."""
    ended = of_practice("blr-rus-ended")
    other = replace(ended, effective=day("2021-12-19"))
    assert takes_effect(other, LegalDay(day("2022-06-01"))) is None
    assert takes_effect(replace(ended, group="DNK-SWE"), LegalDay(day("2022-06-01"))) is None


def test_the_end_of_their_group_leaves_the_quota_of_belarus_open() -> None:
    """On 18 December 2021 Russia left; no notice of leaving the group is known, and one member is no group."""
    made = of_practice("blr-rus-ended")
    found = change_consequences(made, LegalDay(day("2022-06-01")))
    by_code = {one.finding.provision: one for one in found}
    assert by_code["OS:III.II.6(C)"].verdict is OPEN
    assert by_code["OS:III.II.7"].silent
    assert "BLR" in str(by_code["OS:III.II.7"].finding.why)


@pytest.mark.parametrize(
    ("reviewed", "told", "verdict"),
    [
        ("2026-06-30", True, NOTHING),
        ("2026-07-01", False, NOTHING),
        ("2026-12-31", False, NOTHING),
        (None, False, NOTHING),
    ],
)
def test_a_review_within_the_six_months_is_said_not_to_count(
    reviewed: str | None, told: bool, verdict: Verdict
) -> None:
    """Notice on 1 January runs out on 1 July: a review told for an earlier day moves nothing, and that is said."""
    told_of = day(reviewed) if reviewed else None
    change = GroupChange(
        TOLD, "DNK-SWE", "form", COMMON_QUOTA, ("DNK", "SWE"), notified=day("2026-01-01"), reviewed=told_of
    )
    (quotas,) = [one for one in change_consequences(change, ON) if one.finding.provision == "OS:III.II.7"]
    assert quotas.verdict is verdict
    assert ("does not count" in str(quotas.finding.why)) == told
    assert ("2026-06-30" in str(quotas.finding.why)) == told
