"""Must an activity be notified, observed and announced, and when: thresholds, times, alerts, readings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vdoc.vdoc_files import (
    BREACH,
    MUST,
    NEED_NOT,
    NO,
    NONE,
    OK,
    OPEN,
    UNTOLD,
    account,
    activity,
    answered,
    findings_of,
    names,
    only_finding,
    outcome,
    sized,
    verdicts,
)

from skywitness.core.finding import Verdict
from skywitness.vdoc.activities import Outcome
from skywitness.vdoc.count import Count, merged

START = dt.date(2024, 6, 1)

# ---- thresholds (digest section 3) ----


@pytest.mark.parametrize(
    ("counts", "notify", "observe"),
    [
        ({"troops": 8_999}, NEED_NOT, NEED_NOT),
        ({"troops": 9_000}, MUST, NEED_NOT),
        ({"troops": 12_999}, MUST, NEED_NOT),
        ({"troops": 13_000}, MUST, MUST),
        ({"tanks": 249}, NEED_NOT, NEED_NOT),
        ({"tanks": 250}, MUST, NEED_NOT),
        ({"tanks": 299}, MUST, NEED_NOT),
        ({"tanks": 300}, MUST, MUST),
        ({"acvs": 499}, NEED_NOT, NEED_NOT),
        ({"acvs": 500}, MUST, MUST),
        ({"artillery": 249}, NEED_NOT, NEED_NOT),
        ({"artillery": 250}, MUST, MUST),
        ({"sorties": 500}, NEED_NOT, NEED_NOT),
        ({"troops": 8_999, "tanks": 249, "acvs": 499, "artillery": 249}, NEED_NOT, NEED_NOT),
    ],
)
def test_one_threshold_is_enough(counts: dict[str, Any], notify: str, observe: str) -> None:
    """Each threshold is met by its own number, not only passed; numbers below do not add up."""
    found = outcome(sized(**counts))
    assert (found.notify, found.observe) == (notify, observe)
    assert verdicts(found, "NOTIFICATION.LAND") == verdicts(found, "OBSERVATION.LAND") == [OK]
    assert (only_finding(found, "NOTIFICATION.LAND").effect is not None) is (notify == MUST)
    assert (only_finding(found, "OBSERVATION.LAND").effect is not None) is (observe == MUST)
    assert only_finding(found, "NOTIFICATION.LAND").values[0].status == "recollection"


@pytest.mark.parametrize("kind", ["amphibious", "heliborne", "parachute"])
@pytest.mark.parametrize(
    ("troops", "notify", "observe"),
    [(2_999, NEED_NOT, NEED_NOT), (3_000, MUST, NEED_NOT), (3_499, MUST, NEED_NOT), (3_500, MUST, MUST)],
)
def test_landings_have_lower_thresholds(kind: str, troops: int, notify: str, observe: str) -> None:
    """Landings from sea and air and parachute assaults are notified from 3,000 and observed from 3,500 troops."""
    found = outcome(sized(kind=kind, troops=troops))
    assert (found.notify, found.observe) == (notify, observe)
    assert verdicts(found, "NOTIFICATION.LANDING") == verdicts(found, "OBSERVATION.LANDING") == [OK]
    for ident, answer in (("NOTIFICATION.LANDING", notify), ("OBSERVATION.LANDING", observe)):
        assert (only_finding(found, ident).effect is not None) is (answer == MUST)


@pytest.mark.parametrize(
    ("counts", "notify", "open_"),
    [
        ({"troops": {"at_least": 8_000, "at_most": 10_000}}, UNTOLD, "9,000"),
        ({"troops": {"at_least": 9_000}}, MUST, ""),
        ({"troops": {"at_most": 8_999}}, NEED_NOT, ""),
        ({"troops": {"at_most": 9_000}}, UNTOLD, "9,000"),
        ({"tanks": {"at_least": 200, "at_most": 260}, "troops": 9_000}, MUST, ""),
    ],
)
def test_a_range_astride_a_threshold_cannot_be_told(counts: dict[str, Any], notify: str, open_: str) -> None:
    """A range astride a threshold is open and says which count would settle it, unless another one is reached."""
    found = outcome(sized(**counts))
    assert found.notify == notify
    needs = [str(need) for need in only_finding(found, "NOTIFICATION.LAND").needs]
    assert bool(needs) is (notify == UNTOLD)
    assert all(open_ in need for need in needs)


@pytest.mark.parametrize("missing", ["troops", "tanks", "acvs", "artillery"])
def test_a_missing_number_is_never_small(missing: str) -> None:
    """With one number not told an activity is not proved small; with another threshold reached that does not matter."""
    counts: dict[str, Any] = {what: 0 for what in NONE if what != missing}
    found = outcome(activity("x", account(**counts)))
    assert (found.notify, found.observe) == (UNTOLD, UNTOLD)
    assert verdicts(found, "NOTIFICATION.LAND") == [OPEN]
    other = "tanks" if missing == "troops" else "troops"
    assert outcome(activity("x", account(**{**counts, other: 20_000}))).notify == MUST


def test_a_landing_settled_on_land_needs_no_more() -> None:
    """Where the thresholds on land are reached those of landings that are open ask for nothing more."""
    found = outcome(activity("x", account(tanks=400), kind="amphibious"))
    assert (found.notify, found.observe) == (MUST, MUST)
    assert verdicts(found, "NOTIFICATION.LANDING") == [NO]


# ---- when ----


@pytest.mark.parametrize(
    ("notified", "at", "verdict"),
    [
        (dt.date(2024, 4, 20), "2024-12-31", OK),
        (dt.date(2024, 4, 21), "2024-12-31", BREACH),
        (False, "2024-12-31", BREACH),
        (False, "2024-04-20", NO),
        (None, "2024-04-20", NO),
        (None, "2024-04-21", OPEN),
    ],
)
def test_six_weeks_of_notice(notified: Any, at: str, verdict: Verdict) -> None:
    """Forty-two days before 1 June is 20 April: until then it is due, after it a breach, untold it is open."""
    row = sized(troops=10_000, notified=notified, invited=None, calendar=None)
    found = outcome(row, at=dt.date.fromisoformat(at))
    assert found.notify_by == dt.date(2024, 4, 20) == START - dt.timedelta(days=42)
    finding = only_finding(found, "NOTIFICATION.TIME")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict in (NO, BREACH))


@pytest.mark.parametrize(
    ("notified", "verdict"), [(START, OK), (dt.date(2024, 6, 2), BREACH), (None, OPEN), (False, BREACH)]
)
def test_what_surprises_its_troops_is_notified_when_it_begins(notified: Any, verdict: Verdict) -> None:
    """An alert is notified on its first day and needs no calendar."""
    found = outcome(sized(troops=10_000, alert=True, notified=notified, calendar=False))
    assert (found.notify_by, found.calendar) == (START, NEED_NOT)
    finding = only_finding(found, "NOTIFICATION.ALERT")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is BREACH)
    assert not findings_of(found, "NOTIFICATION.TIME") + findings_of(found, "CALENDAR.YEARLY")


def test_whether_it_was_an_alert_may_be_untold() -> None:
    """Late for an exercise but in time for an alert: open until somebody tells whether the troops knew."""
    found = outcome(sized(troops=10_000, alert=None, notified=START))
    assert verdicts(found, "NOTIFICATION.TIME") == [OPEN]
    assert verdicts(outcome(sized(troops=10_000, alert=None, notified=dt.date(2024, 6, 3))), "NOTIFICATION.TIME") == [
        BREACH
    ]
    assert verdicts(outcome(sized(troops=10_000, alert=None)), "NOTIFICATION.TIME") == [OK]
    assert found.calendar == UNTOLD


def test_late_but_perhaps_not_needed_is_open() -> None:
    """A late notification of an activity that may be too small is no breach."""
    row = sized(troops={"at_least": 8_000, "at_most": 9_500}, notified=False, calendar=False)
    found = outcome(row)
    assert verdicts(found, "NOTIFICATION.TIME") == verdicts(found, "CALENDAR.YEARLY") == [OPEN]
    assert not findings_of(outcome(sized(troops=8_000, notified=False)), "NOTIFICATION.TIME")


@pytest.mark.parametrize(
    ("sorties", "told", "verdict"),
    [
        (199, False, OK),
        (200, True, OK),
        (200, False, BREACH),
        (200, None, OPEN),
        ({"at_least": 150, "at_most": 250}, False, OPEN),
    ],
)
def test_the_air_part(sorties: Any, told: bool | None, verdict: Verdict) -> None:
    """From 200 sorties on the notification tells of air forces."""
    row = sized(troops=9_000, sorties=sorties, air_told=told, alert=True, notified=START)
    finding = only_finding(outcome(row), "NOTIFICATION.AIR")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (sorties == 200 and not told)


# ---- observation ----


@pytest.mark.parametrize(
    ("end", "observe", "verdict"),
    [
        (dt.date(2024, 6, 3), NEED_NOT, OK),
        (dt.date(2024, 6, 4), UNTOLD, OPEN),
        (dt.date(2024, 6, 6), MUST, OK),
        (None, UNTOLD, OPEN),
    ],
)
def test_alerts_are_observed_only_when_they_last(end: Any, observe: str, verdict: Verdict) -> None:
    """Three days are at most 72 hours, six are more; four days may be either, until times are told."""
    found = outcome(sized(troops=14_000, alert=True, notified=START, invited=START, end=end))
    finding = only_finding(found, "OBSERVATION.ALERT")
    assert (found.observe, finding.verdict) == (observe, verdict)
    assert (finding.effect is not None) is (observe == MUST)


def test_alerts_with_times() -> None:
    """Exactly 72 hours need no observers; a minute more does, from the end of the 72 hours on."""
    start = dt.datetime(2024, 6, 1, 6, tzinfo=dt.UTC)
    row = sized(troops=14_000, alert=True, notified=START, invited=START, start=start)
    assert outcome({**row, "end": start + dt.timedelta(hours=72)}).observe == NEED_NOT
    longer = outcome({**row, "end": start + dt.timedelta(hours=72, minutes=1)})
    assert (longer.observe, longer.observe_from) == (MUST, dt.date(2024, 6, 4))


def test_an_alert_that_may_be_none() -> None:
    """Whether an exercise of two days surprised its troops decides whether it is observed."""
    short = outcome(sized(troops=14_000, alert=None, end=dt.date(2024, 6, 2)))
    assert (short.observe, verdicts(short, "OBSERVATION.ALERT")) == (UNTOLD, [OPEN])
    assert outcome(sized(troops=14_000, alert=None, end=dt.date(2024, 6, 20))).observe == MUST


@pytest.mark.parametrize(("invited", "verdict"), [(dt.date(2024, 4, 20), OK), (False, BREACH), (None, OPEN)])
def test_invitations_come_with_the_notification(invited: Any, verdict: Verdict) -> None:
    """Observers are invited by the day of the notification."""
    found = outcome(sized(troops=14_000, invited=invited))
    assert (found.invite_by, found.observe_from) == (dt.date(2024, 4, 20), START)
    finding = only_finding(found, "OBSERVATION.INVITATION")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is BREACH)


def test_two_observers_a_state() -> None:
    """A third observer of one State is one too many."""
    found = findings_of(outcome(sized(troops=14_000, observers={"POL": 2, "AUT": 3})), "OBSERVATION.OBSERVERS")
    assert [(one.bearer, one.verdict) for one in found] == [("AUT", BREACH), ("POL", OK)]


# ---- calendars ----


@pytest.mark.parametrize(
    ("troops", "calendar", "yearly", "large"),
    [
        (10_000, dt.date(2023, 11, 15), [OK], []),
        (10_000, dt.date(2023, 11, 16), [BREACH], []),
        (40_000, dt.date(2023, 11, 15), [OK], []),
        (40_001, dt.date(2023, 11, 15), [OK], [BREACH]),
        (40_001, dt.date(2022, 11, 15), [OK], [OK]),
        (40_001, False, [BREACH], [BREACH]),
        (10_000, None, [OPEN], []),
        ({"at_least": 30_000, "at_most": 50_000}, dt.date(2023, 11, 15), [OK], [OPEN]),
    ],
)
def test_calendars(troops: Any, calendar: Any, yearly: list[Verdict], large: list[Verdict]) -> None:
    """By 15 November of the year before; above 40,000 troops a year earlier."""
    found = outcome(sized(troops=troops, calendar=calendar))
    assert verdicts(found, "CALENDAR.YEARLY") == yearly
    assert verdicts(found, "CALENDAR.LARGE") == large
    assert found.calendar_by == dt.date(2023, 11, 15)


# ---- whose word ----


def test_a_dispute_is_a_table_of_readings() -> None:
    """12,700 declared and far more claimed: notified by every word, observed only by that of the claimant."""
    full: dict[str, Any] = {**NONE, "tanks": 180, "acvs": 310}
    row = activity(
        "x",
        account("DEU", **{**full, "troops": 12_700}),
        account("POL", "claimed", troops={"at_least": 60_000, "at_most": 100_000}),
        invited=False,
    )
    found = answered(row)
    assert names(found) == ["own", "POL", "all"]
    answers = {one.acceptance.name: one.activities[0] for one in found.by_reading}
    assert {one.notify for one in answers.values()} == {MUST}
    assert {name: str(one.observe) for name, one in answers.items()} == {"own": NEED_NOT, "POL": MUST, "all": UNTOLD}
    assert found.verdict is OPEN
    assert [[one.by, other.by] for one, other in found.disputes] == [["DEU", "POL"]]
    assert answered(row, only="POL").verdict is BREACH


def test_own_words_alone_leave_gaps_open() -> None:
    """Under a State's own word numbers of others count for nothing, and what it does not tell is not known."""
    row = activity("x", account("DEU", troops=5_000), account("OSCE", "observed", tanks=10, acvs=10, artillery=10))
    assert {one.acceptance.name: str(one.activities[0].notify) for one in answered(row).by_reading} == {
        "own": UNTOLD,
        "OSCE": NEED_NOT,
        "all": NEED_NOT,
    }


def test_what_was_said_later_is_left_out() -> None:
    """With a day of knowledge later accounts count for nothing."""
    later = account("POL", "claimed", troops=20_000, said=dt.date(2024, 7, 1))
    row = activity("x", account(**{**NONE, "troops": 10_000}), later)
    assert names(answered(row)) == ["own", "POL", "all"]
    assert names(answered(row, known=dt.date(2024, 6, 30))) == ["own"]


# ---- several that may be one ----

TWO = (sized("a", troops=6_000), sized("b", troops=5_000, start=dt.date(2024, 6, 5)))
SAID = {"id": "ab", "activities": ["a", "b"], "by": ["POL"]}


def test_whether_several_are_one_is_understood_in_two_ways() -> None:
    """Below each by itself, notified as one; a State's own word settles it for every reading."""
    apart = answered(*TWO, together=[SAID], only="POL")
    assert [str(one.notify) for one in apart.by_reading[0].activities] == [NEED_NOT, NEED_NOT]
    said = only_finding(apart, "NOTIFICATION.ONE-ACTIVITY")
    assert (said.verdict, said.effect) == (OK, None)
    ways = {"VD:NOTIFICATION.ONE-ACTIVITY": "as_claimed"}
    one = answered(*TWO, together=[SAID], only="POL", ways=ways)
    (unit,) = one.by_reading[0].activities
    assert (unit.unit.id, str(unit.notify), unit.unit.counts["troops"]) == ("ab", MUST, Count(11_000, 11_000))
    assert unit.notify_by == dt.date(2024, 4, 20)
    assert only_finding(one, "NOTIFICATION.ONE-ACTIVITY").effect is not None
    own = answered(*TWO, together=[SAID], only="own", ways=ways)
    assert len(own.by_reading[0].activities) == 2
    declared = answered(*TWO, together=[{**SAID, "by": ["DEU"]}])
    assert [str(unit.notify) for unit in declared.by_reading[0].activities] == [MUST]


def test_small_ones_count_by_themselves() -> None:
    """That others call small exercises one activity changes nothing by the way that takes each by itself."""
    row: dict[str, Any] = {"alert": True, "notified": None, "invited": None, "calendar": None, "air_told": None}
    found = answered(sized("a", **row), sized("b", **row), together=[SAID], only="POL")
    assert verdicts(found, "NOTIFICATION.ONE-ACTIVITY") == [OK]


def test_both_ways_are_answered() -> None:
    """Without a settled way every speaker's reading is given in both."""
    found = answered(*TWO, together=[SAID], only="all", ways=None)
    assert [one.ways["VD:NOTIFICATION.ONE-ACTIVITY"] for one in found.by_reading] == ["as_conducted", "as_claimed"]
    assert found.to_json()["readings"][1]["activities"][0]["activities"] == ["a", "b"]


def test_an_account_of_the_whole() -> None:
    """An account of the whole counts in place of the sum for who gave it, and beside the sum for all."""
    group = {**SAID, "account": [account("POL", "claimed", troops=45_000)]}
    ways = {"VD:NOTIFICATION.ONE-ACTIVITY": "as_claimed"}
    found = answered(*TWO, together=[group], ways=ways)
    troops = {one.acceptance.name: one.activities[0].unit.counts["troops"] for one in found.by_reading}
    assert troops["POL"] == Count(45_000, 45_000)
    assert troops["all"] == Count(11_000, 45_000)


def test_landings_inside_a_larger_activity() -> None:
    """Of activities that count as one the troops landed are counted apart."""
    rows = (sized("a", troops=3_100, kind="parachute"), sized("b", troops=2_000))
    found = answered(*rows, together=[{**SAID, "by": ["DEU"]}])
    (unit,) = found.by_reading[0].activities
    assert unit.because["notify"] == ("landing_troops",)


def test_outside_the_zone() -> None:
    """What lies outside the zone is named and not judged."""
    found = answered(sized(troops=20_000, in_zone=False))
    assert [one.id for one in found.outside] == ["x"]
    assert not found.by_reading[0].activities
    assert found.verdict is OK


# ---- properties ----

NUMBERS = st.integers(0, 50_000)
RANGES = st.one_of(NUMBERS, st.tuples(NUMBERS, NUMBERS).map(lambda pair: {"at_least": min(pair), "at_most": max(pair)}))


def more(count: Any, by: int) -> Any:
    """Add to a number or to both ends of a range."""
    return {end: number + by for end, number in count.items()} if isinstance(count, dict) else count + by


@given(st.fixed_dictionaries(dict.fromkeys(NONE, RANGES)), st.sampled_from(sorted(NONE)), st.integers(1, 30_000))
def test_more_never_turns_must_into_need_not(counts: dict[str, Any], what: str, extra: int) -> None:
    """One account: what must be notified or observed still must when a number grows."""
    before, after = outcome(sized(**counts)), outcome(sized(**{**counts, what: more(counts[what], extra)}))
    rank = {NEED_NOT: 0, UNTOLD: 1, MUST: 2}
    assert rank[after.notify] >= rank[before.notify]
    assert rank[after.observe] >= rank[before.observe]


ACCOUNTS = st.lists(st.tuples(st.sampled_from(["DEU", "POL", "NATO"]), RANGES, RANGES), min_size=1, max_size=4)


@given(ACCOUNTS, st.randoms(use_true_random=False), st.integers(1, 30_000))
def test_order_of_accounts_does_not_matter(told: list[tuple[str, Any, Any]], random: Any, extra: int) -> None:
    """Accounts in another order give the same answers; more troops in all of them never give *need not* for *must*."""
    rows = [account(by, id=str(at), troops=troops, tanks=tanks) for at, (by, troops, tanks) in enumerate(told)]
    shuffled = random.sample(rows, len(rows))
    first, second = answered(activity("x", *rows)), answered(activity("x", *shuffled))
    assert first.to_json() == second.to_json()
    grown = answered(activity("x", *({**row, "troops": more(row["troops"], extra)} for row in rows)))
    for before, after in zip(first.by_reading, grown.by_reading, strict=True):
        assert (str(before.activities[0].notify), str(after.activities[0].notify)) != (MUST, NEED_NOT)


@given(st.sampled_from(sorted(NONE)), st.fixed_dictionaries(dict.fromkeys(NONE, RANGES)))
def test_what_is_not_told_never_helps(missing: str, counts: dict[str, Any]) -> None:
    """Leaving a number out never turns *must* or *cannot tell* into *need not*, nor a breach into kept."""
    whole = sized(**counts, notified=False)
    gap = activity("x", account(**{what: count for what, count in counts.items() if what != missing}), notified=False)
    if missing != "sorties":
        assert outcome(gap).notify != NEED_NOT
    before, after = outcome(whole), outcome(gap)
    for one in (before, after):
        assert isinstance(one, Outcome)
    assert not (before.notify != NEED_NOT and after.notify == NEED_NOT)
    if before.findings and OPEN in verdicts(before, "NOTIFICATION.TIME"):
        assert OK not in verdicts(after, "NOTIFICATION.TIME")


def test_merged_accounts() -> None:
    """What fits all accounts is taken; accounts that exclude one another span everything between them."""
    assert merged([Count(8, 20), Count(10, 12)]) == Count(10, 12)
    assert merged([Count(60, None), Count(12, 12)]) == Count(12, None)
