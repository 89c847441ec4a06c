"""Times and inspections under the INF Treaty: notices, quotas, teams, windows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.inf.inf_files import judged, verdicts

from skywitness.core.dated import Settled
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.inf.check.clock_rows import rows
from skywitness.inf.check.inspections import judge_country, year_of
from skywitness.inf.check.read import read_ledger
from skywitness.inf.law import instrument, law_of
from skywitness.law.value import outcome_of

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
START = dt.datetime(1988, 6, 1, tzinfo=dt.UTC)
ANCHOR = dt.datetime(1989, 6, 1, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def event(kind: str, at_utc: dt.datetime, **more: Any) -> dict[str, Any]:
    """Tell of an event of the matter M."""
    return {"kind": kind, "at_utc": at_utc, "about": "M", **more}


TIMES = [
    # provision, anchor, act, how long after the anchor (before: negative) it is just kept
    ("IX.4", "data_interval_ended", "periodic_data_given", 30 * DAY),
    ("IX.5(A)", "place_given_up", "place_notified", -30 * DAY),
    ("IX.5(B)", "facility_changed", "facility_notified", -30 * DAY),
    ("IX.5(C)", "elimination_begun", "elimination_notified", -30 * DAY),
    ("IX.5(D)", "launch_to_eliminate", "launch_notified", -10 * DAY),
    ("IX.5(E)", "eliminated", "result_told", 48 * HOUR),
    ("IX.5(F)", "transit_ended", "transit_told", 48 * HOUR),
    ("VIII.4", "transit_begun", "transit_ended", 25 * DAY),
    ("IX.6", "booster_launched", "booster_notified", -10 * DAY),
    ("INSP.IV.1(A)", "inspectors_arrived", "inspection_notified", -16 * HOUR),
    ("INSP.IV.1(B)", "elimination_inspectors_arrived", "elimination_inspection_notified", -72 * HOUR),
    ("INSP.IV.1", "inspection_notified", "receipt_confirmed", HOUR),
    ("INSP.IV.1", "elimination_inspection_notified", "receipt_confirmed", HOUR),
    ("INSP.IV.2", "inspectors_arrived", "site_named", 24 * HOUR),
    ("INSP.V", "site_named", "at_site", 9 * HOUR),
    ("INSP.VII", "at_site", "left_site", 24 * HOUR),
    ("XII.3", "display_requested", "display_open", 6 * HOUR),
]


def only(findings: tuple[Finding, ...], provision: str) -> Finding:
    """Return the one finding of a provision."""
    (finding,) = (one for one in findings if one.provision == f"INF:{provision}")
    return finding


def timed(findings: tuple[Finding, ...], provision: str) -> Finding:
    """Return the one finding of a provision on the matter M."""
    return only(tuple(one for one in findings if one.where is not None and one.where.name == "M"), provision)


@pytest.mark.parametrize(("provision", "anchor", "act", "limit"), TIMES, ids=[row[0] for row in TIMES])
def test_the_last_moment(provision: str, anchor: str, act: str, limit: dt.timedelta) -> None:
    """An act at the last moment keeps its time, a second later it is a breach; the numbers are those of digest 1.6."""
    for late, verdict in ((dt.timedelta(), OK), (dt.timedelta(seconds=1), BREACH)):
        told = [event(anchor, ANCHOR), event(act, ANCHOR + limit + late)]
        finding = timed(judged(event=told), provision)
        assert finding.verdict is verdict
        assert finding.margin is not None
        assert (finding.margin >= 0) is (verdict is OK)


@pytest.mark.parametrize(("provision", "anchor", "act", "limit"), TIMES, ids=[row[0] for row in TIMES])
def test_what_nobody_lists(provision: str, anchor: str, act: str, limit: dt.timedelta) -> None:
    """What a list does not hold cannot be told; where it says that it is whole, it is a breach with what is due."""
    told = [event(anchor, ANCHOR)]
    assert timed(judged(event=told), provision).verdict is OPEN
    assert timed(judged(event=told), provision).needs
    finding = timed(judged(event=told, complete=True), provision)
    assert finding.verdict is BREACH
    assert finding.effect is not None
    assert act in {kind for clock in rows().clocks for kind in clock.done_by}


def test_a_site_may_not_be_named_at_once() -> None:
    """The site is named no sooner than four hours after arrival."""
    told = [event("inspectors_arrived", ANCHOR), event("site_named", ANCHOR + 4 * HOUR)]
    assert only(judged(event=told), "INSP.IV.2").verdict is OK
    early = [told[0], event("site_named", ANCHOR + 4 * HOUR - dt.timedelta(seconds=1))]
    assert only(judged(event=early), "INSP.IV.2").verdict is BREACH


def test_a_stay_agreed_to_be_longer() -> None:
    """By agreement a team stays up to eight hours longer, and no more."""
    for hours, agreed, verdict in ((25, False, BREACH), (32, True, OK), (33, True, BREACH)):
        told = [event("at_site", ANCHOR, longer_agreed=agreed), event("left_site", ANCHOR + hours * HOUR)]
        assert only(judged(event=told), "INSP.VII").verdict is verdict


@pytest.mark.parametrize(("at_utc", "verdict"), [(START + 31 * DAY - HOUR, OK), (START + 31 * DAY + HOUR, BREACH)])
def test_updated_data_after_entry_into_force(at_utc: dt.datetime, verdict: Verdict) -> None:
    """Updated data were due by 1 July 1988 (digest 1.6), a day that ends at midnight."""
    told = [{"kind": "updated_data_given", "at_utc": at_utc}]
    assert only(judged(event=told), "IX.3").verdict is verdict
    assert verdicts(judged(event=told, complete=True), "IX.3") == [verdict]


def test_v_08_six_months_are_months_of_the_calendar() -> None:
    """Notice of 2 February 2019 takes effect on 2 August 2019, 181 days later and not 180 (digest, V-08)."""
    effect = dt.datetime(2019, 8, 2, tzinfo=dt.UTC)
    notice = dt.datetime(2019, 2, 2, tzinfo=dt.UTC)
    assert (effect - notice).days == 181
    told = [event("withdrawal_effective", effect), event("withdrawal_notified", notice, by="USA")]
    finding = only(judged(dt.date(2019, 3, 1), event=told), "XV.2")
    assert finding.verdict is OK
    assert finding.bearer == "USA"
    late = [told[0], event("withdrawal_notified", notice + DAY, by="USA")]
    assert only(judged(dt.date(2019, 3, 1), event=late), "XV.2").verdict is BREACH


def test_what_runs_is_due() -> None:
    """A time that still runs is no breach: it says what must be done by when."""
    told = [event("eliminated", dt.datetime(1990, 11, 30, 12, tzinfo=dt.UTC))]
    finding = only(judged(event=told), "IX.5(E)")
    assert finding.verdict is NO
    assert finding.effect is not None


# ---- inspections ----


def inspection(ident: str = "i", **fields: Any) -> dict[str, Any]:
    """Tell of an inspection of the Soviet Union by the United States."""
    told = {
        "kind": "short_notice",
        "by": "USA",
        "of": "SUN",
        "day": dt.date(1990, 7, 1),
        "inspectors": 10,
        "speaking": 2,
    }
    return {"id": ident, **told, **fields}


def test_v_04_the_numbers_of_thirteen_years() -> None:
    """Three years of 20, five of 15 and five of 10 are 185 (digest, V-04)."""
    begins, rows = instrument().heading.entry_into_force.on, instrument().of("short_notice_quota")
    found = [outcome_of(rows, begins.replace(year=begins.year + number)) for number in range(13)]
    assert sum(one.number for one in found if isinstance(one, Settled)) == 3 * 20 + 5 * 15 + 5 * 10 == 185
    ended = outcome_of(rows, begins.replace(year=begins.year + 13))
    assert not isinstance(ended, Settled)


@pytest.mark.parametrize(
    ("day", "most"),
    [(dt.date(1988, 9, 1), 20), (dt.date(1991, 5, 31), 20), (dt.date(1991, 6, 1), 15), (dt.date(1996, 6, 1), 10)],
)
def test_the_number_of_a_year(day: dt.date, most: int) -> None:
    """One inspection more than the year's number is a breach, and the next year has its own."""
    of = "RUS" if day >= dt.date(1991, 12, 26) else "SUN"
    rows_ = [inspection(f"i{number}", day=day, of=of) for number in range(most)]
    assert verdicts(judged(dt.date(1997, 1, 1), inspection=rows_), "XI.5(A)") == [OK]
    more = [*rows_, inspection("more", day=day, of=of)]
    findings = judged(dt.date(1997, 1, 1), inspection=more)
    assert verdicts(findings, "XI.5(A)") == [BREACH]
    finding = only(findings, "XI.5(A)")
    assert (finding.measured, finding.limit, finding.effect is not None) == (most + 1, most, True)


def test_years_run_from_june_to_june() -> None:
    """The first year begins with entry into force; the thirteenth ends on 31 May 2001."""
    days = {dt.date(1988, 6, 1): 1, dt.date(1989, 5, 31): 1, dt.date(1989, 6, 1): 2, dt.date(2001, 5, 31): 13}
    assert {day: year_of(day) for day in days} == days


@pytest.mark.parametrize(("abroad", "verdict"), [(10, OK), (11, BREACH)])
def test_half_of_a_year_in_one_basing_country(abroad: int, verdict: Verdict) -> None:
    """No more than half of the year's 20 may be in one basing country."""
    rows_ = [inspection(f"i{number}", country="DEU", by="SUN", of="USA") for number in range(abroad)]
    assert verdicts(judged(inspection=rows_), "XI.5") == [verdict]


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (dt.date(1988, 6, 30), BREACH),
        (dt.date(1988, 7, 1), OK),
        (dt.date(1988, 8, 30), OK),
        (dt.date(1988, 8, 31), BREACH),
    ],
)
def test_v_06_the_baseline_window(day: dt.date, verdict: Verdict) -> None:
    """Baseline inspections ran from 1 July to 30 August 1988, sixty days (digest, V-06)."""
    assert verdicts(judged(inspection=[inspection(kind="baseline", day=day)]), "XI.3") == [verdict]
    assert (dt.date(1988, 8, 30) - dt.date(1988, 7, 1)).days == 60


@pytest.mark.parametrize(("days", "verdict"), [(0, OK), (60, OK), (61, BREACH), (-1, BREACH), (None, OPEN)])
def test_close_out(days: int | None, verdict: Verdict) -> None:
    """A close-out inspection comes within sixty days of the scheduled elimination of the place."""
    scheduled = dt.date(1990, 3, 1)
    told: dict[str, Any] = {} if days is None else {"elimination_day": scheduled}
    row = inspection(kind="close_out", day=scheduled + dt.timedelta(days=days or 0), **told)
    assert verdicts(judged(inspection=[row]), "XI.4") == [verdict]


@pytest.mark.parametrize(
    ("kind", "inspectors", "speaking", "wanted"),
    [
        ("short_notice", 10, 2, [OK, OK]),
        ("short_notice", 11, 2, [BREACH, OK]),
        ("short_notice", 10, 1, [OK, BREACH]),
        ("elimination", 20, 2, [OK, OK]),
        ("elimination", 21, 2, [BREACH, OK]),
        ("portal", 30, None, [OK]),
        ("portal", 31, None, [BREACH]),
        ("short_notice", None, None, [OPEN, OPEN]),
    ],
)
def test_teams(kind: str, inspectors: int | None, speaking: int | None, wanted: list[Verdict]) -> None:
    """Ten inspectors, twenty at an elimination, thirty at a gate; two speak the language of the host."""
    row = {key: value for key, value in inspection().items() if key not in ("inspectors", "speaking")}
    told = {"inspectors": inspectors, "speaking": speaking}
    row |= {"kind": kind, **{key: value for key, value in told.items() if value is not None}}
    assert verdicts(judged(inspection=[row]), "INSP.VI") == wanted


@pytest.mark.parametrize(
    ("site", "day", "provision", "wanted"),
    [
        ("declared", dt.date(1990, 7, 1), "INSP.VII.1", [OK]),
        ("former_production", dt.date(1990, 7, 1), "INSP.VII.1", [NO]),
        ("former", dt.date(2001, 5, 31), "XI.5(B)", [OK]),
        ("former", dt.date(2001, 6, 1), "XI.5(B)", [BREACH]),
    ],
)
def test_places_open_to_short_notice(site: str, day: dt.date, provision: str, wanted: list[Verdict]) -> None:
    """Former places stay open for thirteen years; former production facilities may refuse."""
    of = "SUN" if day.year < 1992 else "RUS"
    findings = judged(dt.date(2001, 12, 1), inspection=[inspection(site=site, day=day, of=of)])
    assert verdicts(findings, provision) == wanted
    if wanted == [NO]:
        assert only(findings, provision).effect is not None


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (dt.date(1988, 6, 30), BREACH),
        (dt.date(1988, 7, 1), OK),
        (dt.date(2001, 5, 31), OK),
        (dt.date(2001, 6, 1), BREACH),
    ],
)
def test_the_watch_at_the_gates(day: dt.date, verdict: Verdict) -> None:
    """Gates are watched from day 30 on, for thirteen years."""
    row = inspection(kind="portal", day=day, inspectors=30, of="SUN" if day.year < 1991 else "RUS")
    assert verdicts(judged(dt.date(2002, 1, 1), inspection=[row]), "XI.6") == [verdict]


@pytest.mark.parametrize(
    ("of", "country", "day", "verdict"),
    [
        ("SUN", "SUN", dt.date(1990, 7, 1), OK),
        ("SUN", "DDR", dt.date(1990, 7, 1), OK),
        ("SUN", "DEU", dt.date(1990, 7, 1), BREACH),
        ("SUN", "DEU", dt.date(1990, 11, 1), OK),
        ("SUN", "POL", dt.date(1990, 7, 1), BREACH),
        ("RUS", "UKR", dt.date(1995, 7, 1), OK),
        ("RUS", "CSK", dt.date(1995, 7, 1), BREACH),
        ("USA", "GBR", dt.date(1990, 7, 1), OK),
        ("USA", "FRA", dt.date(1990, 7, 1), BREACH),
    ],
)
def test_where_inspections_may_be(of: str, country: str, day: dt.date, verdict: Verdict) -> None:
    """Inspections are on the territory of the other side or where it had based missiles, as the map was that day."""
    by = "SUN" if of == "USA" else "USA"
    rows_ = [inspection(by=by, of=of, country=country, day=day)]
    read = read_ledger({"at": dt.date(1997, 1, 1), "inspection": rows_})
    finding = judge_country(read.inspections[0], law_of(Reading(at=read.at)))
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is BREACH)


def test_the_country_of_each_inspection_is_judged() -> None:
    """Among the findings of a ledger stands one on the country of every inspection."""
    rows_ = [inspection("a"), inspection("b", country="POL")]
    assert verdicts(judged(inspection=rows_), "XI.2") == [OK, BREACH]


@pytest.mark.parametrize(("days", "verdict"), [(0, OK), (20, OK), (-1, BREACH), (None, OPEN)])
def test_completion(days: int | None, verdict: Verdict) -> None:
    """That an elimination is complete is confirmed once it was done, not before."""
    done = dt.date(1990, 3, 1)
    told: dict[str, Any] = {} if days is None else {"elimination_day": done}
    row = inspection(kind="completion", day=done + dt.timedelta(days=days or 0), **told)
    finding = only(judged(inspection=[row]), "XI.8")
    assert (finding.verdict, finding.effect is not None) == (verdict, verdict is BREACH)


# ---- how the Parties deal with one another ----


@pytest.mark.parametrize(
    ("channel", "verdict"), [("risk_reduction_centre", OK), ("diplomatic", BREACH), ("other", BREACH)]
)
def test_channels(channel: str, verdict: Verdict) -> None:
    """Notifications go through the risk reduction centres; on another way they are to be sent again."""
    finding = only(judged(event=[event("result_told", ANCHOR, channel=channel)]), "IX.2")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is BREACH)


@pytest.mark.parametrize(("slip", "verdict"), [(0, OK), (5, OK), (-5, OK), (6, NO), (-6, NO)])
def test_dates_that_move(slip: int, verdict: Verdict) -> None:
    """A date may move by five days without more; beyond that the agreed memorandum asks for more."""
    day = dt.date(1990, 3, 10)
    row = {"id": "e", "party": "SUN", "type": "SS-20", "day": day + slip * DAY, "number": 1, "planned": day}
    finding = only(judged(elimination=[row]), "MOA")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is NO)


def test_the_commission_meets_when_asked() -> None:
    """A session asked for and not held leaves a duty to meet; the Treaty names no time."""
    asked = event("meeting_requested", ANCHOR, by="USA")
    finding = only(judged(event=[asked]), "XIII.1")
    assert (finding.verdict, finding.effect is not None) == (NO, True)
    finding = only(judged(event=[asked, event("meeting_held", ANCHOR + 90 * DAY)]), "XIII.1")
    assert (finding.verdict, finding.effect is None) == (OK, True)


@pytest.mark.parametrize(
    ("count", "at_utc", "verdict"), [(6, ANCHOR, OK), (7, ANCHOR, BREACH), (1, START.replace(year=1991), BREACH)]
)
def test_open_display_six_times_a_year(count: int, at_utc: dt.datetime, verdict: Verdict) -> None:
    """Six requests a year for open display, for three years."""
    asked = [event("display_requested", at_utc + number * HOUR, by="USA") for number in range(count)]
    findings = judged(dt.date(1991, 12, 1), event=asked)
    named = [one for one in findings if one.provision == "INF:XII.3" and one.where and one.where.name != "M"]
    assert [one.verdict for one in named] == [verdict]


# ---- what goes on for a while ----


@pytest.mark.parametrize(
    ("days", "positions", "complete", "verdict"),
    [
        (4, [], False, OK),
        (8, [4], True, OK),
        (9, [4], False, OPEN),
        (9, [4], True, BREACH),
        (5, [], True, BREACH),
        (12, [4, 8], True, OK),
        (8, [4, 20], True, OK),
    ],
)
def test_positions_on_the_way(days: int, positions: list[int], complete: bool, verdict: Verdict) -> None:
    """Of a transit a position is told at least every four days; what nobody lists may have been told."""
    told = [event("transit_begun", ANCHOR, by="SUN"), event("transit_ended", ANCHOR + days * DAY)]
    told += [event("transit_position", ANCHOR + number * DAY) for number in positions]
    told.append(event("transit_told", ANCHOR + days * DAY + HOUR))
    findings = judged(event=told, complete=complete)
    (finding,) = (one for one in findings if one.provision == "INF:IX.5(F)" and one.unit == "d")
    assert finding.verdict is verdict
    assert (finding.effect is not None, bool(finding.needs)) == (verdict is BREACH, verdict is OPEN)


@pytest.mark.parametrize(("hours", "verdict"), [(6, OK), (7, OK), (5.9, OPEN)])
def test_how_long_a_display_stays_open(hours: float, verdict: Verdict) -> None:
    """A display of six hours is all that can be asked for; whether less was enough the other side has to say."""
    told = [event("display_open", ANCHOR), event("display_closed", ANCHOR + hours * HOUR)]
    finding = only(tuple(one for one in judged(event=told) if one.measured is not None), "XII.3")
    assert finding.verdict is verdict
    assert bool(finding.needs) is (verdict is OPEN)


# ---- the Treaty as a whole ----

EARLY, LATE = dt.datetime(2019, 2, 2, tzinfo=dt.UTC), dt.datetime(2019, 8, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "at_utc", "verdict", "effect"),
    [
        ("performance_suspended", EARLY, OK, True),
        ("held_ended", EARLY, BREACH, True),
        ("held_ended", LATE, OK, False),
    ],
)
def test_the_treaty_runs_without_end(kind: str, at_utc: dt.datetime, verdict: Verdict, effect: bool) -> None:
    """A suspension leaves the Treaty in force; only a withdrawal that took effect ended it (digest 1.8)."""
    finding = only(judged(dt.date(2019, 3, 1), event=[event(kind, at_utc, by="USA")]), "XV.1")
    assert (finding.verdict, finding.effect is not None) == (verdict, effect)


AGREED, EXCHANGED = event("amendment_agreed", ANCHOR), event("instruments_exchanged", ANCHOR + DAY)


@pytest.mark.parametrize(
    ("others", "complete", "verdict"),
    [
        ([AGREED, EXCHANGED], False, OK),
        ([AGREED], False, OPEN),
        ([AGREED], True, BREACH),
        ([AGREED, event("instruments_exchanged", ANCHOR + 9 * DAY)], False, BREACH),
        ([], False, OPEN),
    ],
)
def test_amendments(others: list[dict[str, Any]], complete: bool, verdict: Verdict) -> None:
    """An amendment is agreed and enters into force as the Treaty did, when instruments have been exchanged."""
    told = [*others, event("amendment_in_force", ANCHOR + 2 * DAY, by="USA")]
    finding = only(judged(event=told, complete=complete), "XVI")
    assert finding.verdict is verdict
    assert (finding.effect is not None, bool(finding.needs)) == (verdict is BREACH, verdict is OPEN)


@pytest.mark.parametrize(("day", "verdict"), [(START, OK), (START + DAY, OPEN)])
def test_entry_into_force(day: dt.datetime, verdict: Verdict) -> None:
    """Instruments were exchanged on 1 June 1988 (digest 1.1); another day is held against that report."""
    finding = only(judged(event=[event("instruments_exchanged", day)]), "XVII")
    assert (finding.verdict, finding.effect is not None) == (verdict, verdict is OK)
