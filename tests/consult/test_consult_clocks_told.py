"""Clocks of several events: accession, amendments in force, quota reviews, early reviews; which day counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, plain

from skywitness.consult.clocks import DONE, OVER, RUNNING, WAITING, Clock, clocks
from skywitness.consult.replay import replay
from skywitness.consult.told import clock_words
from skywitness.law.instrument import load
from skywitness.law.parties import parties_on


def run(at: dt.date, *events: dict[str, Any], treaty: str = "open-skies", known: dt.date | None = None) -> Any:
    """Return the clocks of a day by their names; of two of one name the later one."""
    found: dict[str, Clock] = {one.id: one for one in clocks(replay(case(*events, treaties=(treaty,)), at, known))}
    return found


def application(on: dt.date, who: str = "CYP") -> dict[str, Any]:
    """Make an application to accede."""
    return plain("apply", on, "application", actors=[who], capacity="third_state")


def session(on: dt.date, ident: str = "session", **fields: Any) -> dict[str, Any]:
    """Make a session of the Commission."""
    return plain(ident, on, "session", actors=["OSCC"], capacity="organ", **fields)


def amendment() -> dict[str, Any]:
    """Make an amendment that was circulated on 1 March 2010."""
    return plain("amend", D(2010, 3, 1), "amendment", provisions=["OS:XVI.1"])


def test_an_early_application_waits_for_the_next_regular_session() -> None:
    """XVII.4: the session after it considers it; the decision (X.4(C)) has no day; a decision settles it."""
    asked, opened = application(D(2002, 3, 1)), session(D(2002, 4, 22))
    found = run(D(2002, 3, 2), asked)
    assert (found["application_considered"].state, found["application_considered"].due) == (RUNNING, None)
    assert (found["application_considered"].provision, found["application"].provision) == ("OS:XVII.4", "OS:X.4(C)")
    found = run(D(2002, 4, 22), asked, opened)
    assert (found["application_considered"].state, found["application_considered"].done_by) == (DONE, ("session",))
    assert (found["application"].state, found["application"].due) == (RUNNING, None)
    decided = plain("d", D(2002, 7, 22), "decision", actors=["OSCC"], capacity="organ", follows=["apply"])
    assert run(D(2002, 7, 22), asked, decided)["application"].done_by == ("d",)


def test_an_extraordinary_session_is_not_the_next_regular_one() -> None:
    """What a session that somebody asked for takes up is not what XVII.4 speaks of."""
    asked = plain("ask", D(2002, 3, 2), "session_request")
    opened = session(D(2002, 3, 10), follows=["ask"])
    assert run(D(2002, 3, 11), application(D(2002, 3, 1)), asked, opened)["application_considered"].state == RUNNING


@pytest.mark.parametrize(
    ("on", "provision", "considered"),
    [(D(2002, 7, 1), "OS:X.4(C)", True), (D(2002, 7, 2), "OS:XVII.5", False), (D(2001, 12, 1), "OS:XVII.5", False)],
)
def test_six_months_after_entry_into_force_part_the_two_ways_to_apply(
    on: dt.date, provision: str, considered: bool
) -> None:
    """1 July 2002 is the last of the six months of XVII.4; before and after them XVII.5 alone is left."""
    found = run(on, application(on))
    assert found["application"].provision == provision
    assert ("application_considered" in found) is considered


def test_the_time_in_which_other_states_can_apply_ends_after_six_months() -> None:
    """From 1 January 2002, in force, through 1 July."""
    quiet = plain("x", D(1992, 4, 1))
    assert run(D(2002, 7, 1), quiet)["accession_window"].due == D(2002, 7, 1)
    assert "accession_window" not in run(D(2002, 7, 2), quiet)
    assert "accession_window" not in run(D(2001, 12, 31), quiet)


def test_an_instrument_deposited_before_the_entry_into_force_waits_for_the_others() -> None:
    """XVII.2 and not XVII.6: the day is that of the Treaty, and nobody knew it before it was known."""
    row = plain("d", D(1994, 1, 1), "deposit", actors=["DEU"], capacity="signatory")
    assert "accession" not in run(D(1994, 1, 2), row)
    told = run(D(1994, 1, 2), row)["entry_into_force"]
    assert (told.due, told.state, told.provision) == (D(2002, 1, 1), RUNNING, "OS:XVII.2")
    assert run(D(1994, 1, 2), row, known=D(1994, 1, 2))["entry_into_force"].due is None
    assert run(D(2002, 1, 1), row)["entry_into_force"].state == DONE


def test_after_a_deposit_quotas_are_for_the_next_regular_session() -> None:
    """Annex A, Section I, paragraph 2; the Treaty is in force for the State sixty days after the deposit."""
    row = plain("d", D(2003, 11, 1), "deposit", actors=["EST"], capacity="third_state")
    found = run(D(2003, 12, 31), row, session(D(2004, 1, 26)))
    assert (found["accession"].state, found["accession"].due) == (DONE, D(2003, 12, 31))
    assert found["newcomer_quota"].state == RUNNING
    found = run(D(2004, 1, 26), row, session(D(2004, 1, 26)))
    assert (found["newcomer_quota"].state, found["newcomer_quota"].due) == (DONE, D(2004, 1, 26))


def test_an_amendment_is_in_force_sixty_days_after_the_last_party_deposits() -> None:
    """XVI.2: while one Party is missing nothing is counted; then sixty days from its deposit, no accession."""
    every = sorted(parties_on(D(2010, 6, 1)))
    most = plain("most", D(2010, 5, 1), "deposit", actors=every[1:], follows=["amend"])
    last = plain("last", D(2010, 6, 1), "deposit", actors=every[:1], follows=["amend"])
    found = run(D(2010, 5, 31), amendment(), most, last)
    assert (found["amendment_in_force"].state, found["amendment_in_force"].due) == (WAITING, None)
    assert "accession" not in found
    found = run(D(2010, 6, 1), amendment(), most, last)["amendment_in_force"]
    assert (found.state, found.begins, found.begun_by, found.due) == (RUNNING, D(2010, 6, 1), "last", D(2010, 7, 31))
    assert found.provision == "OS:XVI.2"
    assert run(D(2010, 7, 31), amendment(), most, last)["amendment_in_force"].state == DONE


def test_a_cfe_amendment_is_in_force_ten_days_after_the_last_deposit() -> None:
    """CFE Articles XX.2 and XXII.2."""
    every = sorted(parties_on(D(2000, 6, 1), instrument=load("cfe")))
    rows = [plain("amend", D(2000, 3, 1), "amendment"), plain("all", D(2000, 6, 1), "deposit", actors=every)]
    rows[1]["follows"] = ["amend"]
    assert run(D(2000, 6, 2), *rows, treaty="cfe")["amendment_in_force"].due == D(2000, 6, 11)


def request(number: int, on: dt.date, who: str, **fields: Any) -> dict[str, Any]:
    """Make a request for a conference."""
    return plain(f"ask{number}", on, "conference_request", **{"actors": [who], "follows": ["amend"], **fields})


def test_requests_count_only_in_ninety_days_and_of_parties() -> None:
    """XVI.1: the ninetieth day is the last; a signatory asks for nothing, Benelux is three States (Article XIV)."""
    two = [request(1, D(2010, 4, 1), "DEU"), request(2, D(2010, 4, 2), "FRA")]
    last, late = (request(3, day, "POL") for day in (D(2010, 5, 30), D(2010, 5, 31)))
    assert run(D(2010, 6, 1), amendment(), *two, last)["amendment_conference"].begins == D(2010, 5, 30)
    assert "amendment_conference" not in run(D(2010, 6, 1), amendment(), *two, late)
    assert "amendment_conference" not in run(D(2010, 6, 1), amendment(), *two, request(3, D(2010, 5, 1), "KGZ"))
    found = run(D(2010, 6, 1), amendment(), request(1, D(2010, 5, 1), "BENELUX"))
    assert found["amendment_conference"].begun_by == "ask1"
    assert found["amendment_requests"].state == DONE


def test_a_request_that_is_about_an_amendment_asks_for_no_extraordinary_conference() -> None:
    """CFE XXI.3 and XXI.2 are two conferences; the extraordinary one lasts three weeks, its first day counted."""
    rows = [plain("amend", D(2000, 3, 1), "amendment"), request(1, D(2000, 3, 5), "DEU")]
    assert "extraordinary_conference" not in run(D(2000, 3, 6), *rows, treaty="cfe")
    asked = request(1, D(2000, 3, 5), "DEU", follows=[])
    held = plain("held", D(2000, 3, 15), "conference", actors=["DEPOSITARY"], capacity="organ", follows=["ask1"])
    found = run(D(2000, 3, 15), asked, held, treaty="cfe")
    assert (found["extraordinary_conference"].due, found["extraordinary_conference"].state) == (D(2000, 3, 20), DONE)
    assert found["extraordinary_length"].due == D(2000, 4, 4)


def test_a_session_of_the_joint_group_on_request_opens_in_fifteen_days() -> None:
    """CFE, Protocol on the Joint Consultative Group, paragraph 4."""
    told = run(D(2000, 3, 6), plain("ask", D(2000, 3, 5), "session_request"), treaty="cfe")["extraordinary_session"]
    assert (told.due, told.provision) == (D(2000, 3, 20), "CFE:JCG.4")


def test_three_parties_can_have_a_review_earlier_without_a_day() -> None:
    """XVI.3: two do not suffice; the text sets no day for it; a conference settles it."""
    early: dict[str, Any] = {"follows": [], "provisions": ["OS:XVI.3"]}
    asked = [request(number, D(2010, 4, number), who, **early) for number, who in enumerate(("DEU", "FRA"), 1)]
    assert "review_requested" not in run(D(2010, 5, 1), *asked)
    asked.append(request(3, D(2010, 4, 3), "POL", **early))
    told = run(D(2010, 5, 1), *asked)["review_requested"]
    assert (told.state, told.due, told.begun_by) == (RUNNING, None, "ask3")
    held = plain("held", D(2010, 9, 1), "conference", actors=["DEPOSITARY"], capacity="organ", follows=["ask3"])
    assert run(D(2010, 9, 1), *asked, held)["review_requested"].state == DONE


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (D(2002, 12, 31), None),
        (D(2003, 9, 30), D(2003, 10, 1)),
        (D(2003, 10, 1), D(2003, 10, 1)),
        (D(2003, 10, 2), D(2004, 10, 1)),
    ],
)
def test_wishes_for_quotas_are_told_by_the_first_of_october(at: dt.date, due: dt.date | None) -> None:
    """Annex L, Section II, paragraph 1; none while the first distribution stands (A.II.1)."""
    told = run(at, plain("x", D(2002, 1, 1))).get("quota_wishes")
    assert (told.due if told else None) == due


def test_the_yearly_review_has_three_weeks() -> None:
    """III.I.7: three weeks to agree; what was not agreed by then stays as it was the year before."""
    opened = plain("review", D(2017, 10, 2), "quota_review", actors=["OSCC"], capacity="organ")
    assert run(D(2017, 10, 23), opened)["quota_review"].state == RUNNING
    told = run(D(2017, 10, 24), opened)["quota_review"]
    assert (told.state, told.due, told.provision) == (OVER, D(2017, 10, 23), "OS:III.I.7")
    agreed = plain("d", D(2017, 10, 20), "decision", actors=["OSCC"], capacity="organ", follows=["review"])
    assert run(D(2017, 10, 24), opened, agreed)["quota_review"].state == DONE


@pytest.mark.parametrize(
    ("at", "first", "applied"),
    [
        (D(1992, 3, 23), None, None),
        (D(1992, 5, 23), RUNNING, RUNNING),
        (D(1992, 5, 24), OVER, RUNNING),
        (D(1993, 3, 23), OVER, RUNNING),
        (D(1993, 3, 24), OVER, OVER),
        (D(2002, 1, 1), None, None),
    ],
)
def test_signature_starts_the_provisional_application(at: dt.date, first: str | None, applied: str | None) -> None:
    """Twelve months from 24 March 1992 (XVIII.I.2), sixty days for the first session (L.I.2), none once in force."""
    found = run(at, plain("x", D(1992, 1, 1)))
    assert [found[name].state if name in found else None for name in ("first_session", "provisional_application")] == [
        first,
        applied,
    ]


def test_a_decision_of_all_extends_the_provisional_application() -> None:
    """The day is that of the decision that was told; a decision on something else extends nothing."""
    fields: dict[str, Any] = {"actors": ["OSCC"], "capacity": "organ", "effective_to": D(1994, 3, 24)}
    longer = plain("d", D(1993, 3, 1), "decision", provisions=["OS:XVIII.I.2"], **fields)
    told = run(D(1993, 6, 1), longer)["provisional_application"]
    assert (told.state, told.due, told.event) == (RUNNING, D(1994, 3, 24), "d")
    assert run(D(1993, 2, 1), longer)["provisional_application"].due == D(1993, 3, 24)
    other = plain("d", D(1993, 3, 1), "decision", provisions=["OS:X.2"], **fields)
    assert run(D(1993, 6, 1), other)["provisional_application"].state == OVER


def test_every_time_says_from_which_day_it_is_counted() -> None:
    """Days after an act do not count its day; the length of a session counts its first day."""
    asked, opened = plain("ask", D(2010, 1, 1), "session_request"), session(D(2010, 1, 10), follows=["ask"])
    words = {ident: str(clock_words(one)) for ident, one in run(D(2010, 1, 11), asked, opened).items()}
    assert "15 days from 2010-01-01 (ask), that day not counted" in words["extraordinary_session"]
    assert "4 weeks from 2010-01-10 (session), that day counted as the first" in words["session"]
    assert "runs until 2010-02-06" in words["session"]
