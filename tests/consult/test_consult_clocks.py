"""Clocks of a case: from notices, amendments, requests, deposits, ultimatums and reviews, on the day of a replay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, effect, notice, plain

from skywitness.consult.clocks import DONE, OVER, RUNNING, WAITING, Clock, clocks
from skywitness.consult.replay import replay
from skywitness.law.parties import parties_on


def run(at: dt.date, *events: dict[str, Any], treaty: str = "open-skies") -> dict[str, Clock]:
    """Return the clocks of a day by their names; of two of one name the later one."""
    return {one.id: one for one in clocks(replay(case(*events, treaties=(treaty,)), at))}


def conference(on: dt.date, follows: str = "notice") -> dict[str, Any]:
    """Make a conference of the Depositaries."""
    return plain("conference", on, "conference", actors=["DEPOSITARY"], capacity="organ", follows=[follows])


@pytest.mark.parametrize(
    ("at", "withdrawal", "held"),
    [
        (D(2020, 5, 22), RUNNING, WAITING),
        (D(2020, 6, 20), RUNNING, WAITING),
        (D(2020, 6, 21), RUNNING, RUNNING),
        (D(2020, 7, 5), RUNNING, RUNNING),
        (D(2020, 7, 6), RUNNING, DONE),
        (D(2020, 11, 21), RUNNING, DONE),
        (D(2020, 11, 22), DONE, DONE),
    ],
)
def test_a_notice_sets_two_clocks_running(at: dt.date, withdrawal: str, held: str) -> None:
    """Six months until the effect, and 30 to 60 days for the conference (Article XV)."""
    found = run(at, notice(), conference(D(2020, 7, 6)), effect(D(2020, 11, 22)))
    assert (found["withdrawal"].state, found["withdrawal"].due) == (withdrawal, D(2020, 11, 22))
    told = found["withdrawal_conference"]
    assert (told.state, told.opens, told.due) == (held, D(2020, 6, 21), D(2020, 7, 21))
    assert (found["withdrawal"].provision, told.provision) == ("OS:XV.2", "OS:XV.3")


def test_a_conference_that_nobody_held_is_over_after_its_last_day() -> None:
    """On the sixtieth day it can still be held, on the next no more."""
    assert run(D(2020, 7, 21), notice())["withdrawal_conference"].state == RUNNING
    assert run(D(2020, 7, 22), notice())["withdrawal_conference"].state == OVER


@pytest.mark.parametrize(
    ("treaty", "who", "on", "due"),
    [("inf", "USA", D(2019, 2, 2), D(2019, 8, 2)), ("cfe", "RUS", D(2023, 6, 9), D(2023, 11, 6))],
)
def test_other_treaties_have_their_own_notice(treaty: str, who: str, on: dt.date, due: dt.date) -> None:
    """INF counts six months of the calendar, CFE 150 days; only the CFE knows a conference, within 21 days."""
    found = run(on, notice(on=on, who=who), treaty=treaty)
    assert found["withdrawal"].due == due
    assert ("withdrawal_conference" in found) is (treaty == "cfe")
    if treaty == "cfe":
        assert found["withdrawal_conference"].due == D(2023, 6, 30)


def test_a_notice_of_which_only_the_month_is_known_has_two_ends() -> None:
    """The clock is counted from the last day that is possible, and says when it could be over at the earliest."""
    found = run(D(2020, 6, 1), notice(on="2020-05"))["withdrawal"]
    assert (found.earlier, found.due) == (D(2020, 11, 1), D(2020, 11, 30))


def test_an_amendment_runs_to_approval_and_to_a_conference_on_the_third_request() -> None:
    """90 days from circulation; the conference 30 to 60 days after the third State has asked (Article XVI)."""
    amendment = plain("amend", D(2010, 3, 1), "amendment", provisions=["OS:XVI.1"])
    asked = [
        plain(f"ask{number}", D(2010, 4, number), "conference_request", actors=[who], follows=["amend"])
        for number, who in enumerate(("DEU", "FRA", "POL"), 1)
    ]
    found = run(D(2010, 4, 2), amendment, *asked)
    assert found["amendment_requests"].state == RUNNING
    assert "amendment_conference" not in found
    found = run(D(2010, 4, 3), amendment, *asked)
    assert (found["amendment_requests"].state, found["amendment_requests"].due) == (DONE, D(2010, 5, 30))
    held = found["amendment_conference"]
    assert (held.opens, held.due, held.provision) == (D(2010, 5, 3), D(2010, 6, 2), "OS:XVI.1")
    assert found["amendment_approval"].due == D(2010, 5, 30)


def test_an_amendment_is_approved_once_every_party_has() -> None:
    """One Party less and its time runs out; with all of them it is done."""
    amendment = plain("amend", D(2010, 3, 1), "amendment")
    parties = sorted(parties_on(D(2010, 3, 1)))

    def approved(by: list[str]) -> str:
        every = plain("all", D(2010, 4, 1), "approval", actors=by, follows=["amend"])
        return run(D(2010, 6, 1), amendment, every)["amendment_approval"].state

    assert approved(parties) == DONE
    assert approved(parties[1:]) == OVER


def test_a_later_party_is_bound_sixty_days_after_its_deposit() -> None:
    """Article XVII, paragraph 6."""
    found = run(D(2010, 1, 2), plain("d", D(2010, 1, 1), "deposit", actors=["CYP"], capacity="third_state"))
    told = found["accession"]
    assert (told.due, told.provision, told.days_left) == (D(2010, 3, 2), "OS:XVII.6", 59)


def test_an_extraordinary_session_opens_in_fifteen_days_and_lasts_four_weeks() -> None:
    """Annex L, Section I, paragraphs 3 and 4."""
    asked = plain("ask", D(2010, 1, 1), "session_request")
    opened = plain("open", D(2010, 1, 10), "session", actors=["OSCC"], capacity="organ", follows=["ask"])
    assert run(D(2010, 1, 5), asked, opened)["extraordinary_session"].due == D(2010, 1, 16)
    found = run(D(2010, 1, 10), asked, opened)
    assert found["extraordinary_session"].done_by == ("open",)
    assert (found["session"].due, found["session"].inclusive) == (D(2010, 2, 6), True)


def test_an_ultimatum_is_its_authors_own_time() -> None:
    """Sixty days from 4 December 2018 end on 2 February 2019; no provision of the treaty has them."""
    row = plain("u", D(2018, 12, 4), "ultimatum", period={"number": 60, "unit": "d", "leads_to": D(2019, 2, 2)})
    found = run(D(2019, 1, 3), row)["ultimatum"]
    assert (found.due, found.provision, found.days_left, found.state) == (D(2019, 2, 2), "", 30, RUNNING)


@pytest.mark.parametrize(
    ("at", "due", "state"),
    [
        (D(2004, 12, 31), D(2005, 1, 1), RUNNING),
        (D(2005, 1, 15), D(2005, 1, 1), OVER),
        (D(2019, 1, 1), D(2020, 1, 1), RUNNING),
        (D(2020, 6, 1), D(2020, 1, 1), OVER),
        (D(2020, 10, 7), D(2025, 1, 1), RUNNING),
    ],
)
def test_reviews_are_due_three_years_after_entry_into_force_and_every_five(
    at: dt.date, due: dt.date, state: str
) -> None:
    """One that is due and was not held yet stays the next one (Article XVI, paragraph 3)."""
    found = run(at, plain("x", D(2003, 1, 1)))["review"]
    assert (found.due, found.state) == (due, state)
