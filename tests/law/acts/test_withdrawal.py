"""Withdrawal: notice, conference, and what becomes of quotas, flights, reports and data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest

from skywitness.core.finding import Verdict
from skywitness.law.acts import practice
from skywitness.law.aftermath import Flight, withdrawal_consequences
from skywitness.law.consequence import Consequence
from skywitness.law.ledger import YearQuota, ledger_of
from skywitness.law.legal_day import LegalDay
from skywitness.law.parties import party_status
from skywitness.law.told import Told
from skywitness.law.withdrawal import (
    Withdrawal,
    bound,
    conference_days,
    conference_in_time,
    notice_long_enough,
    others_told,
)

USA = next(one for one in practice().withdrawals if one.state == "USA")
RUS = next(one for one in practice().withdrawals if one.state == "RUS")
TOLD = Told("f", "mission report", "reported", dt.date(2020, 1, 1))


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def withdrawal(notified: str, effective: str, **more: object) -> Withdrawal:
    """Make a notice of a State."""
    told = Told("w", "note", "reported", day(notified))
    return Withdrawal(told, "DEU", day(notified), day(effective), **more)  # type: ignore[arg-type]


def everything(made: Withdrawal, at: str, quotas: tuple[YearQuota, ...] = (), *flights: Flight) -> list[Consequence]:
    """Give every answer on a day."""
    on = LegalDay(day(at))
    ledger = ledger_of(on.on(made.takes_effect(on)), quotas)
    return list(withdrawal_consequences(made, on, ledger, flights))


@pytest.mark.parametrize(
    ("notified", "effective", "verdict", "margin", "takes_effect"),
    [
        ("2020-05-22", "2020-11-22", "ok", 0, "2020-11-22"),  # United States
        ("2021-06-18", "2021-12-18", "ok", 0, "2021-12-18"),  # Russia
        ("2026-05-22", "2026-11-21", "breach", -1, "2026-11-22"),
        ("2026-05-22", "2027-05-22", "ok", 181, "2027-05-22"),
        ("2026-08-31", "2027-02-28", "ok", 0, "2027-02-28"),  # February has no 31st day
    ],
)
def test_notice_of_six_months(notified: str, effective: str, verdict: str, margin: float, takes_effect: str) -> None:
    """XV.2: at least six months ahead; a State that names an earlier day stays bound until they have passed."""
    made, on = withdrawal(notified, effective), LegalDay(day(effective))
    finding = notice_long_enough(made, on).finding
    assert (finding.verdict.value, finding.margin) == (verdict, margin)
    assert made.takes_effect(on) == day(takes_effect)
    assert [value.key for value in finding.values] == ["withdrawal_notice"]


@pytest.mark.parametrize(
    ("told_all", "verdict"),
    [
        (None, "cannot_tell"),
        ("2020-05-22", "ok"),
        ("2020-05-23", "cannot_tell"),  # whether the six months run for them too the words leave open
        ("2020-11-21", "cannot_tell"),
        ("2020-11-22", "breach"),
    ],
)
def test_the_others_have_notice_as_well(told_all: str | None, verdict: str) -> None:
    """XV.2: notice to a Depositary alone is not all that the text asks for; it comes before the day in any case."""
    made = replace(USA, told_all=day(told_all) if told_all else None)
    found = others_told(made, LegalDay(day("2020-12-01")))
    assert found.verdict.value == verdict
    assert found.silent is (told_all is not None and verdict == "cannot_tell")


@pytest.mark.parametrize(
    ("state", "conference", "verdict", "after"),
    [
        (USA, "2020-07-06", "ok", 45),
        (RUS, "2021-07-20", "ok", 32),
        (USA, "2020-06-20", "breach", 29),
        (USA, "2020-06-21", "ok", 30),
        (USA, "2020-07-21", "ok", 60),
        (USA, "2020-07-22", "breach", 61),
    ],
)
def test_a_conference_after_thirty_to_sixty_days(state: Withdrawal, conference: str, verdict: str, after: int) -> None:
    """XV.3, counted from the day on which the Depositaries had the notice."""
    found = conference_in_time(replace(state, conference=day(conference)), LegalDay(day("2022-01-01"))).finding
    assert (found.verdict.value, found.measured) == (verdict, after)
    assert (found.effect is not None) is (verdict == "breach")


def test_the_stored_conferences_are_those_of_practice() -> None:
    """6 July 2020 and 20 July 2021; the answer names where the day of the second was read."""
    assert (USA.conference, RUS.conference) == (day("2020-07-06"), day("2021-07-20"))
    assert "press of 20 July 2021" in str(conference_in_time(RUS, LegalDay(day("2022-01-01"))).finding.why)


@pytest.mark.parametrize(("at", "verdict"), [("2020-07-21", "not_applicable"), ("2020-07-22", "cannot_tell")])
def test_a_conference_nobody_tells_of(at: str, verdict: str) -> None:
    """As long as it may still be held nothing is missing; afterwards whether it was cannot be told."""
    made = replace(USA, conference=None)
    assert conference_in_time(made, LegalDay(day(at))).verdict.value == verdict
    assert conference_days(made, LegalDay(day(at))) == (day("2020-06-21"), day("2020-07-21"))


@pytest.mark.parametrize("made", [USA, RUS], ids=["USA", "RUS"])
def test_a_state_is_bound_to_its_last_day(made: Withdrawal) -> None:
    """Up to the day before, it owes everything; what the law says of its standing agrees."""
    last = made.effective - dt.timedelta(days=1)
    before, after = bound(made, LegalDay(last)), bound(made, LegalDay(made.effective))
    assert (before.verdict.value, after.verdict.value) == ("ok", "not_applicable")
    assert before.finding.effect is not None
    assert party_status("open-skies", made.state, last).status.value == "party"
    assert party_status("open-skies", made.state, made.effective).status.value == "withdrawn"


FOLLOWS_FROM_THE_TEXT = {
    "OS:III.I.5": "its own quota lapses",
    "OS:III.I.2": "it accepts no flight",
    "OS:VI.II.2": "the strip along its border begins",
    "OS:VII.1": "it accepts no transit",
    "OS:VI.I.1": "its designations end",
    "OS:X.2": "its objection bars nothing",
    "OS:XIII.II.2": "privileges for earlier acts last",
}
LEFT_OPEN = {
    "OS:III.I.7": "freed quotas in mid-year",
    "OS:VI.I.9": "a mission under way",
    "OS:VI.I.21": "reports that fall due later",
    "OS:IX.I.4": "data already held",
    "OS:L.I.9": "costs of the year",
    "OS:XII": "earlier damage",
}


@pytest.mark.parametrize("code", FOLLOWS_FROM_THE_TEXT)
@pytest.mark.parametrize(("at", "verdict"), [("2020-11-21", "not_applicable"), ("2020-11-22", "ok")])
def test_what_follows_from_the_text(code: str, at: str, verdict: str) -> None:
    """These begin with the day of withdrawal, and not a day before."""
    found = [one for one in everything(USA, at) if one.finding.provision == code and not one.silent]
    assert [one.verdict.value for one in found] == [verdict]
    assert found[0].start == day("2020-11-22")


@pytest.mark.parametrize("code", LEFT_OPEN)
def test_where_the_text_is_silent_it_is_said(code: str) -> None:
    """No verdict is made up: the answer is cannot tell, and says that the Treaty has no rule."""
    found = [one for one in everything(USA, "2020-12-01") if one.finding.provision == code and one.silent]
    assert len(found) == 1
    assert found[0].verdict is Verdict.CANNOT_TELL
    assert "The Treaty does not say" in str(found[0].finding.why)
    assert found[0].finding.needs


def test_requests_for_data_end_and_older_ones_are_open() -> None:
    """A former Party can request no copies; whether it gets those requested before, the text leaves open."""
    found = [one for one in everything(USA, "2020-12-01") if one.finding.provision == "OS:IX.IV.1"]
    assert [(one.verdict.value, one.silent) for one in found] == [("ok", False), ("cannot_tell", True)]


def test_the_others_lose_quota_in_mid_year() -> None:
    """Canada held 2 of its 6 flights over the United States: 4 are left, and half of them is 2 instead of 3."""
    canada = YearQuota(TOLD, "CAN", 2020, MappingProxyType({"USA": 2, "BLR-RUS": 4}), 6, 12)
    found = [one.finding for one in everything(USA, "2020-12-01", (canada,)) if one.finding.bearer == "CAN"]
    assert [(one.provision, one.measured) for one in found] == [("OS:III.I.10", 4)]
    assert "2 instead of 3" in str(found[0].why)


def test_the_group_ends_with_russia_and_not_with_the_united_states() -> None:
    """One member is no group; what Belarus must accept alone is open from that day on."""
    of_russia = [one for one in everything(RUS, "2022-01-01") if one.finding.provision in ("OS:II.3", "OS:III.II.7")]
    assert [(one.verdict.value, one.silent, one.start) for one in of_russia] == [
        ("ok", False, day("2021-12-18")),
        ("cannot_tell", True, day("2021-12-18")),
    ]
    assert "2022-01-01 / 2023-01-01" in str(of_russia[1].finding.why)
    assert not [one for one in everything(USA, "2022-01-01") if one.finding.provision == "OS:II.3"]


def flight(observing: str, observed: str, arrival: str, departure: str | None = None, **more: str) -> Flight:
    """Make a mission."""
    days = {name: day(text) for name, text in more.items()}
    return Flight(TOLD, observing, observed, day(arrival), day(departure) if departure else None, **days)


@pytest.mark.parametrize(
    ("mission", "expected"),
    [
        # wholly before, across, on and after 22 November 2020
        (
            flight("USA", "UKR", "2020-10-01", "2020-10-05", report_sent="2020-10-12"),
            {"III.I.1": "ok", "VI.I.21": "ok"},
        ),
        (
            flight("USA", "UKR", "2020-10-01", "2020-10-05", report_sent="2020-10-13"),
            {"III.I.1": "ok", "VI.I.21": "breach"},
        ),
        (flight("USA", "UKR", "2020-11-20"), {"VI.I.9": "cannot_tell"}),
        (flight("USA", "UKR", "2020-11-17"), {"III.I.1": "ok"}),
        (flight("USA", "UKR", "2020-11-18"), {"VI.I.9": "cannot_tell"}),
        (flight("UKR", "USA", "2020-11-22"), {"III.I.1": "breach"}),
        # the report of a mission of the State that leaves falls due after its day; that of another Party does not lapse
        (flight("USA", "UKR", "2020-11-14", "2020-11-18"), {"III.I.1": "ok", "VI.I.21": "cannot_tell"}),
        (flight("UKR", "USA", "2020-11-14", "2020-11-18"), {"III.I.1": "ok", "VI.I.21": "breach"}),
        # data
        (
            flight("USA", "UKR", "2020-10-01", "2020-10-05", report_sent="2020-10-12", data_requested="2020-10-20"),
            {"III.I.1": "ok", "VI.I.21": "ok", "IX.IV.1": "cannot_tell"},
        ),
        (
            flight(
                "USA", "UKR", "2020-10-01", "2020-10-05", report_sent="2020-10-12", data_requested="2020-10-20",
                data_sent="2020-11-01",
            ),
            {"III.I.1": "ok", "VI.I.21": "ok", "IX.IV.1": "ok"},
        ),
    ],
)  # fmt: skip
def test_missions_around_the_day(mission: Flight, expected: dict[str, str]) -> None:
    """Flown before it is as any other; what reaches over the day of withdrawal has no rule in the text."""
    found = [one for one in everything(USA, "2020-12-15", (), mission) if one.told.id == "f"]
    assert {one.finding.provision.removeprefix("OS:"): one.verdict.value for one in found} == expected
    assert all(one.silent for one in found if one.finding.provision == "OS:VI.I.9")


def test_missions_of_others_are_none_of_its_business() -> None:
    """A flight of Sweden over Ukraine is not touched by a withdrawal of the United States."""
    mission = flight("SWE", "UKR", "2020-11-20")
    assert not [one for one in everything(USA, "2020-12-15", (), mission) if one.told.id == "f"]
