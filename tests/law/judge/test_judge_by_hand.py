"""Situations before the Commission worked by hand from Articles X, XVI to XVIII and Annex L: as a lawyer reads them."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.law.judge.benches import D, bench, naming, only, verdicts
from tests.law.judge.test_judge_commission import DAY, NO, docket, met

from skywitness.law.judge.commission import beginnings, decisions, flights, matters, sessions
from skywitness.law.judge.commission.docket import Application, BesideQuotas, Deposit, Proposal


def put(about: str, proposed: dt.date, adopted: dt.date | bool | None, objected: tuple[str, ...] = ()) -> Proposal:
    """A proposal, what became of it, and who objected."""
    return Proposal("P1", about, "journal", proposed, adopted=adopted, objected=objected)


@pytest.mark.parametrize(
    ("who", "day", "verdict"),
    [
        ("CSK", D(1992, 7, 1), "breach"),  # it signed on 24 March 1992
        ("CZE", D(1992, 7, 1), "ok"),  # there is no such State yet
        ("CSK", D(1995, 2, 1), "ok"),  # there is no such State any more
        ("CZE", D(1995, 2, 1), "breach"),  # it succeeded on 1 January 1993
        ("KGZ", D(1992, 5, 1), "ok"),  # it signs in December
        ("KGZ", D(1995, 2, 1), "breach"),  # it has signed; the Treaty is not in force yet
        ("KGZ", D(2010, 2, 1), "ok"),  # it never ratified
        ("USA", D(2020, 11, 21), "breach"),  # the last day as a Party
        ("USA", D(2020, 11, 22), "ok"),
    ],
)
def test_whose_objection_bars_a_decision(who: str, day: dt.date, verdict: str) -> None:
    """X.2: any State Party can object; before the entry into force who had signed and existed (XVIII.I.1)."""
    told = docket(proposals=(put("costs", day, day, (who,)),))
    assert verdicts(decisions.by_consensus(bench(day, told))) == [verdict]


@pytest.mark.parametrize(
    ("complete", "expected"), [({2009}, ["ok"]), ({2009, 2010}, ["ok", "breach"]), ({2010, 2012}, ["ok", "breach"])]
)
def test_a_year_without_any_session(complete: set[int], expected: list[str]) -> None:
    """L.I.3: a year of which all sessions are told, and there were none, is short of four; no later year is judged."""
    held = tuple(met(D(2009, month, 5)) for month in (1, 4, 7, 10))
    told = docket(sessions=held, complete_years=frozenset(complete))
    assert verdicts(sessions.often_enough(bench(D(2011, 6, 1), told))) == expected


@pytest.mark.parametrize(
    ("at", "closed", "verdict"),
    [
        (D(2010, 1, 20), D(2010, 2, 15), "not_applicable"),  # day 10, it goes on: nothing is broken yet
        (D(2010, 2, 7), None, "not_applicable"),  # day 28
        (D(2010, 2, 8), D(2010, 2, 15), "breach"),  # day 29, and known to go on
        (D(2010, 2, 8), None, "cannot_tell"),  # it may have closed in time
        (D(2010, 3, 1), D(2010, 2, 7), "ok"),
    ],
)
def test_a_session_that_goes_on(at: dt.date, closed: dt.date | None, verdict: str) -> None:
    """L.I.4: four weeks, judged on a day: what still runs breaks nothing before its time is over."""
    told = docket(sessions=(met(D(2010, 1, 11), closed=closed),))
    assert only(sessions.short_enough(bench(at, told))).verdict == verdict


@pytest.mark.parametrize(
    ("before", "after", "day", "verdict"),
    [
        ("CAN", "DNK", D(1992, 9, 1), "ok"),  # Canada, Danemark
        ("RUS", "CSK", D(1992, 11, 2), "cannot_tell"),  # Russie, Tchécoslovaquie; or République fédérative ...
        ("RUS", "SVK", D(1992, 11, 2), "breach"),  # there is no such State yet
        ("ITA", "KGZ", D(1993, 9, 1), "ok"),  # Italie, Kirghizstan, which signed in December 1992
        ("ITA", "LUX", D(1992, 9, 1), "ok"),  # before that Luxembourg comes next
        ("ITA", "LUX", D(2010, 9, 1), "breach"),  # now Lettonie stands between them
    ],
)
def test_the_chair_before_the_entry_into_force(before: str, after: str, day: dt.date, verdict: str) -> None:
    """L.I.5 is applied provisionally (XVIII.I.1(F)): the chair goes round among those that have signed by the day."""
    held = (met(day - dt.timedelta(days=90), chair=before), met(day, chair=after))
    told = docket(sessions=held, complete_years=frozenset({day.year}))
    assert only(sessions.chair_rotates(bench(D(2011, 1, 1), told))).verdict == verdict


@pytest.mark.parametrize(
    ("at", "decided", "objected", "verdict", "must"),
    [
        (D(1994, 1, 1), D(1993, 3, 23), (), "ok", True),  # on the last of the twelve months
        (D(1994, 1, 1), D(1993, 4, 1), (), "cannot_tell", False),  # what has ended cannot be extended
        (D(1994, 1, 1), D(1993, 3, 1), ("POL",), "breach", True),
        (D(1994, 1, 1), D(1993, 3, 1), ("ARM",), "ok", True),  # it may sign (XVII.3), and has not
        (D(2010, 1, 1), D(1993, 3, 1), (), "ok", False),  # the entry into force ended it in any event
    ],
)
def test_an_extension_of_the_provisional_application(
    at: dt.date, decided: dt.date, objected: tuple[str, ...], verdict: str, must: bool
) -> None:
    """XVIII.I.2: all signatory States decide it, before the period ends, and it ends with the entry into force."""
    told = docket(proposals=(put("provisional_application", D(1993, 1, 10), decided, objected),))
    first = next(iter(beginnings.provisional_application(bench(at, told))))
    assert first.verdict == verdict
    assert (first.effect is not None) is must


@pytest.mark.parametrize(("applied", "verdict"), [(D(2002, 7, 1), "not_applicable"), (D(2002, 7, 2), "cannot_tell")])
def test_an_application_after_six_months(applied: dt.date, verdict: str) -> None:
    """XVII.4 and XVII.5: six months from 1 January 2002; from then on the Commission judges who is able and willing."""
    told = docket(applications=(Application("CYP", applied, "note", D(2002, 9, 1), True, None),))
    assert only(matters.any_state_after_six_months(bench(DAY, told))).verdict == verdict


def test_what_is_kept_and_broken_elsewhere() -> None:
    """XVII.1, L.III.4, L.IV.2 and X.5: a wrong Depositary, a flight counted, a field referred, an amendment."""
    deposit = docket(deposits=(Deposit("EST", D(2005, 3, 18), ("RUS",), "note"),))
    assert verdicts(beginnings.deposited_with_depositaries(bench(DAY, deposit))) == ["breach"]
    flight = docket(beside_quotas=(BesideQuotas("f", "voluntary", "HUN", "BIH", D(2010, 5, 1), "note", counted=True),))
    assert verdicts(flights.counted_against_nobody(bench(DAY, flight))) == ["breach"]
    field = Proposal("P1", "further_field", "note", D(2010, 3, 1), adopted=NO, objected=("TUR",), referred=True)
    assert verdicts(decisions.further_fields(bench(DAY, docket(proposals=(field,))))) == ["ok"]
    told = docket(proposals=(put("amendment", D(2010, 3, 1), D(2010, 4, 1)),))
    (finding,) = naming(decisions.no_amendment(bench(DAY, told)), "amendment")
    assert (finding.verdict, finding.effect and finding.effect.who) == ("ok", "ALL")
