"""The Consultative Commission held against Article X and Annex L: sessions, decisions, questions, applications."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.judge.benches import D, agreement, bench, naming, only, verdicts, whole

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.decision import decisions as every_decision
from skywitness.law.judge.commission import decisions, matters, rules_of_its_own, sessions
from skywitness.law.judge.commission.docket import Application, CommissionDocket, Matter, Proposal, Session
from skywitness.law.judge.commission.order import is_in_order, next_after, orders
from skywitness.law.judge.docket import Docket
from skywitness.law.judge.judgement import PROVISIONAL, judge

DAY = D(2010, 6, 1)
NO = False


def docket(**tables: Any) -> Docket:
    """A docket of which only the Commission tells something."""
    return Docket(commission=CommissionDocket(**tables))


def met(opened: dt.date, kind: str = "regular", **more: Any) -> Session:
    """A session."""
    return Session(kind, opened, "journal", **more)


def put(about: str = "costs", **more: Any) -> Proposal:
    """A proposal put to the Commission on 1 March 2010."""
    return Proposal("P1", about, "journal", D(2010, 3, 1), **more)


def effect_of(finding: Finding) -> tuple[str, str] | None:
    """Who may or must, if anybody."""
    return None if finding.effect is None else (finding.effect.who, finding.effect.modality)


# ---- sessions: Annex L, Section I ----


@pytest.mark.parametrize(
    ("opened", "chair", "expected"),
    [
        (D(1992, 4, 2), "CAN", ["ok", "ok"]),
        (D(1992, 5, 23), "CAN", ["ok", "ok"]),  # the sixtieth day after 24 March
        (D(1992, 5, 24), "CAN", ["breach", "ok"]),
        (D(1992, 4, 2), "HUN", ["ok", "breach"]),
        (D(1992, 4, 2), "", ["ok", "cannot_tell"]),
        (D(2002, 1, 21), "CAN", ["cannot_tell"]),  # not the first: the Treaty was in force by then
    ],
)
def test_the_first_session(opened: dt.date, chair: str, expected: list[str]) -> None:
    """L.I.2: the first session opens within 60 days of signature, and Canada presides."""
    found = list(sessions.first_session(bench(DAY, docket(sessions=(met(opened, chair=chair),)))))
    assert verdicts(found) == expected
    if expected[0] != "cannot_tell":
        assert found[0].measured == (opened - D(1992, 3, 24)).days
        assert found[0].limit == 60


@pytest.mark.parametrize(
    ("count", "complete", "at", "verdict", "must"),
    [
        (4, True, D(2010, 6, 1), "ok", False),
        (5, False, D(2010, 6, 1), "ok", False),
        (3, True, D(2010, 6, 1), "breach", True),
        (3, False, D(2010, 6, 1), "cannot_tell", False),
        (3, True, D(2009, 12, 31), "not_applicable", True),  # the year has not ended
    ],
)
def test_four_sessions_a_year(count: int, complete: bool, at: dt.date, verdict: str, must: bool) -> None:
    """L.I.3: four regular sessions a calendar year; fewer are a breach only in a year that is over and told."""
    held = tuple(met(D(2009, month, 5)) for month in (1, 4, 7, 10, 11)[:count])
    told = docket(sessions=held, complete_years=frozenset({2009} if complete else ()))
    finding = only(sessions.often_enough(bench(at, told)))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, count, 4)
    assert (finding.effect is not None) is must


def test_the_commission_may_decide_otherwise() -> None:
    """L.I.3 and L.I.4: fewer or longer sessions are kept by a decision of the Commission, of all Parties."""
    held = (met(D(2009, 1, 5), closed=D(2009, 3, 5)),)
    told = CommissionDocket(sessions=held, complete_years=frozenset({2009}))
    for code, rule in (("OS:L.I.3", sessions.often_enough), ("OS:L.I.4", sessions.short_enough)):
        assert only(rule(bench(DAY, Docket(commission=told)))).verdict is Verdict.BREACH
        some = Docket(commission=told, agreements=(agreement(code, "DEU", "FRA"),))
        assert only(rule(bench(DAY, some))).verdict is Verdict.BREACH
        everybody = Docket(commission=told, agreements=(agreement(code, "ALL"),))
        kept = only(rule(bench(DAY, everybody)))
        assert (kept.verdict, kept.by_agreement) == ("ok", "exchange of notes")


@pytest.mark.parametrize(
    ("asked", "told", "verdict", "days"),
    [
        (D(2010, 3, 1), True, "ok", 15),
        (D(2010, 2, 28), True, "breach", 16),
        (D(2010, 3, 1), False, "breach", 15),
        (D(2010, 3, 1), None, "cannot_tell", 15),
        (None, True, "cannot_tell", None),
    ],
)
def test_an_extraordinary_session(asked: dt.date | None, told: bool | None, verdict: str, days: int | None) -> None:
    """L.I.3: it opens within fifteen days of the request, and all others are told of the request."""
    one = met(D(2010, 3, 16), "extraordinary", asked=asked, told=told)
    finding = only(naming(sessions.often_enough(bench(DAY, docket(sessions=(one,)))), "extraordinary session"))
    assert (finding.verdict, finding.measured) == (verdict, days)
    assert (finding.effect is not None) is (verdict == "breach")


@pytest.mark.parametrize(
    ("closed", "verdict", "days"),
    [(D(2010, 2, 7), "ok", 28), (D(2010, 2, 8), "breach", 29), (None, "cannot_tell", None)],
)
def test_a_session_lasts_four_weeks(closed: dt.date | None, verdict: str, days: int | None) -> None:
    """L.I.4: four weeks at most, the first and the last day counted; an open end cannot be judged."""
    finding = only(sessions.short_enough(bench(DAY, docket(sessions=(met(D(2010, 1, 11), closed=closed),)))))
    assert (finding.verdict, finding.measured) == (verdict, days)
    assert (finding.effect is not None) is (verdict == "breach")


@pytest.mark.parametrize(
    ("before", "after", "complete", "agreed", "verdict"),
    [
        ("FRA", "GEO", True, False, "ok"),  # France, Géorgie
        ("FRA", "DEU", True, False, "breach"),
        ("FRA", "DEU", False, False, "cannot_tell"),  # a session may be left out
        ("FRA", "DEU", True, True, "ok"),
        ("UKR", "DEU", True, False, "ok"),  # from the last to the first: Ukraine, Allemagne
        ("DEU", "BEL", True, False, "cannot_tell"),  # the United States may stand second, as Amérique
        ("DEU", "USA", True, False, "cannot_tell"),
    ],
)
def test_the_chair_rotates(before: str, after: str, complete: bool, agreed: bool, verdict: str) -> None:
    """L.I.5: the chair passes in the French order of names; where that hangs on a name nobody can tell."""
    held = (met(D(2010, 1, 11), chair=before), met(D(2010, 4, 12), chair=after, chair_agreed=agreed))
    told = docket(sessions=held, complete_years=frozenset({2010} if complete else ()))
    finding = only(sessions.chair_rotates(bench(DAY, told)))
    assert (finding.verdict, finding.bearer, finding.by_agreement is not None) == (verdict, after, agreed)
    assert effect_of(finding) == (("GEO", "must") if verdict == "breach" else None)


@pytest.mark.parametrize(
    ("seated", "right"),
    [
        (("DEU", "BEL", "CAN", "ESP", "FRA", "GRC"), True),
        (("BEL", "CAN", "FRA", "DEU"), False),  # that is the English order
        (("DEU", "USA", "BEL"), True),  # Amérique (États-Unis d')
        (("DEU", "BEL", "USA"), True),  # États-Unis
        (("DEU", "BEL", "USA", "DNK"), False),
        (("SWE", "CZE"), True),  # Suède, Tchéquie
        (("CZE", "SWE"), True),  # République tchèque, Suède
    ],
)
def test_seats_stand_in_the_french_order(seated: tuple[str, ...], right: bool) -> None:
    """L.I.6: Parties sit in the alphabetical order of their French names, under any name practice knows."""
    finding = only(sessions.seats_in_order(bench(DAY, docket(sessions=(met(D(2010, 1, 11), seated=seated),)))))
    assert (finding.verdict is Verdict.OK) is right
    assert effect_of(finding) == (None if right else ("ALL", "must"))


@given(st.sets(st.sampled_from(["DEU", "BEL", "CAN", "DNK", "ESP", "USA", "CZE", "RUS", "GBR", "UKR"]), min_size=2))
def test_the_chair_comes_back_after_everybody(codes: set[str]) -> None:
    """L.I.5: in each order there is everybody presides once before anybody presides again."""
    for order in orders(codes):
        assert sorted(order) == sorted(codes)
        assert is_in_order(order)
        assert all(after in next_after(before, codes) for before, after in itertools.pairwise((*order, order[0])))


def test_nothing_ahead_of_the_day_is_looked_at() -> None:
    """A session, a proposal or a question of tomorrow is not judged today."""
    told = docket(
        sessions=(met(D(2010, 6, 2), chair="DEU"),),
        proposals=(Proposal("P2", "costs", "journal", D(2010, 6, 2), adopted=D(2010, 6, 3), objected=("DEU",)),),
        matters=(Matter("M2", "compliance", "USA", D(2010, 6, 2), "note", NO),),
    )
    today = bench(DAY, told)
    for rule in (sessions.often_enough, sessions.short_enough, decisions.by_consensus, matters.compliance_considered):
        assert verdicts(rule(today)) == ["not_applicable"]


# ---- decisions: Article X, paragraphs 2, 4(D) and 5 ----


@pytest.mark.parametrize(
    ("adopted", "objected", "verdict", "effect"),
    [
        (D(2010, 4, 1), (), "ok", None),
        (D(2010, 4, 1), ("GEO",), "breach", ("GEO", "may")),
        (D(2010, 4, 1), ("CYP",), "ok", None),  # an applicant is no Party
        (D(2010, 4, 1), ("CYP", "TUR"), "breach", ("TUR", "may")),
        (D(2010, 4, 1), None, "cannot_tell", None),
        (NO, ("TUR",), "ok", ("ALL", "may")),
        (NO, (), "ok", ("ALL", "may")),
        (None, (), "cannot_tell", None),
        (D(2010, 7, 1), ("GEO",), "ok", ("ALL", "may")),  # not yet adopted on the day
    ],
)
def test_consensus_is_that_no_party_objects(
    adopted: dt.date | bool | None, objected: tuple[str, ...] | None, verdict: str, effect: tuple[str, str] | None
) -> None:
    """X.2: what a State Party objected to is not decided; who is no Party cannot hinder, and silence is consent."""
    finding = only(decisions.by_consensus(bench(DAY, docket(proposals=(put(adopted=adopted, objected=objected),)))))
    assert (finding.verdict, effect_of(finding)) == (verdict, effect)


def test_before_the_entry_into_force_signatories_decide() -> None:
    """X.2 with XVIII.I.1(B): while the Treaty is applied provisionally the objection of a signatory counts."""
    one = Proposal("formats", "administrative", "journal", D(1992, 11, 1), adopted=D(1992, 12, 20), objected=("KGZ",))
    assert only(decisions.by_consensus(bench(D(1993, 1, 1), docket(proposals=(one,))))).verdict is Verdict.BREACH
    later = Proposal("quotas", "active_quotas", "journal", D(2009, 10, 1), adopted=D(2009, 11, 1), objected=("KGZ",))
    assert only(decisions.by_consensus(bench(DAY, docket(proposals=(later,))))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("about", "changes_text", "verdict", "effect"),
    [
        ("active_quotas", None, "ok", None),
        ("sensors", True, "ok", None),  # X.5 says that this is no amendment
        ("costs", None, "ok", None),
        ("data_sharing", None, "ok", None),
        ("mission_reports", None, "ok", None),
        ("administrative", None, "ok", None),
        ("improvement", NO, "ok", None),
        ("improvement", True, "breach", ("ALL", "may")),
        ("improvement", None, "cannot_tell", None),
        ("amendment", None, "ok", ("ALL", "must")),
    ],
)
def test_what_is_no_amendment(
    about: str, changes_text: bool | None, verdict: str, effect: tuple[str, str] | None
) -> None:
    """X.5: five matters and minor ones may be agreed; what else changes the text needs Article XVI."""
    told = docket(proposals=(put(about, adopted=D(2010, 4, 1), objected=(), changes_text=changes_text),))
    finding = only(decisions.no_amendment(bench(DAY, told)))
    assert (finding.verdict, effect_of(finding)) == (verdict, effect)


@pytest.mark.parametrize(("adopted", "verdict"), [(D(2003, 7, 21), "ok"), (NO, "breach"), (None, "cannot_tell")])
def test_measures_after_an_accession(adopted: dt.date | bool | None, verdict: str) -> None:
    """X.4(D): what an accession makes necessary is agreed, as the active quota of Sweden was on 21 July 2003."""
    one = Proposal("quota", "accession_measures", "journal", D(2003, 1, 1), adopted=adopted, state="SWE")
    finding = only(naming(decisions.measures_after_accession(bench(D(2003, 8, 1), docket(proposals=(one,)))), "SWE"))
    assert finding.verdict == verdict
    assert effect_of(finding) == (("SWE", "may") if verdict == "breach" else None)


def test_newcomers_of_whom_nothing_is_told() -> None:
    """X.4(D): for a State that joined this year or last the measures are asked for; long after nobody asks."""
    joined = list(decisions.measures_after_accession(bench(D(2003, 8, 1))))
    assert naming(joined, "SWE")
    assert set(verdicts(joined)) == {"cannot_tell"}
    assert verdicts(decisions.measures_after_accession(bench(DAY))) == ["not_applicable"]


@pytest.mark.parametrize(
    ("adopted", "verdict", "effect"),
    [(D(2010, 4, 1), "ok", ("ALL", "may")), (NO, "ok", None), (None, "cannot_tell", None)],
)
def test_further_sensors_and_fields_need_a_decision(
    adopted: dt.date | bool | None, verdict: str, effect: tuple[str, str] | None
) -> None:
    """XVIII.II.7 and L.IV.2: further phases of sensors and further fields of use are the Commission's to decide."""
    for about, rule in (
        ("sensor_phase", decisions.sensors_by_decision),
        ("further_field", decisions.further_fields),
    ):
        finding = only(rule(bench(DAY, docket(proposals=(put(about, adopted=adopted),)))))
        assert (finding.verdict, effect_of(finding)) == (verdict, effect)


def test_a_field_may_be_left_to_a_review() -> None:
    """L.IV.2: what is not decided may be referred to a review conference, which the Depositaries convene."""
    finding = only(decisions.further_fields(bench(DAY, docket(proposals=(put("further_field", referred=True),)))))
    assert (finding.verdict, effect_of(finding)) == ("ok", ("depositary", "must"))


# ---- questions and applications ----


@pytest.mark.parametrize(
    ("done", "verdict", "effect"),
    [
        (D(2010, 5, 1), "ok", None),
        (NO, "breach", ("USA", "may")),
        (None, "cannot_tell", ("ALL", "must")),
        (D(2010, 7, 1), "cannot_tell", ("ALL", "must")),
    ],
)
def test_questions_are_dealt_with(done: dt.date | bool | None, verdict: str, effect: tuple[str, str] | None) -> None:
    """X.4(A) and (B): what a Party raises is considered; the text sets no time, so that waiting is no breach."""
    rules = (("compliance", matters.compliance_considered), ("interpretation", matters.differences_resolved))
    for kind, rule in rules:
        one = Matter("M1", kind, "USA", D(2010, 3, 1), "note verbale", done)
        finding = only(rule(bench(DAY, docket(matters=(one,)))))
        assert (finding.verdict, effect_of(finding)) == (verdict, effect)
        others = [other for _, other in rules if other is not rule]
        assert verdicts(others[0](bench(DAY, docket(matters=(one,))))) == ["not_applicable"]


def test_an_application_waits_since_2002() -> None:
    """X.4(C): Cyprus applied in 2002; no decision is known, and the text sets no time for one."""
    finding = only(naming(matters.applications_decided(bench(DAY)), "CYP"))
    assert (finding.verdict, effect_of(finding)) == ("cannot_tell", ("ALL", "must"))
    assert verdicts(matters.applications_decided(bench(D(2002, 2, 1)))) == ["not_applicable"]


@pytest.mark.parametrize(
    ("decided", "verdict", "effect"),
    [
        (D(2010, 5, 1), "ok", None),
        (NO, "breach", ("ALL", "must")),
        (None, "cannot_tell", ("ALL", "must")),
    ],
)
def test_applications_are_decided(decided: dt.date | bool | None, verdict: str, effect: tuple[str, str] | None) -> None:
    """X.4(C): an application is considered and decided; that the Commission declines to decide is a breach."""
    told = docket(applications=(Application("SRB", D(2010, 1, 4), "note", decided),))
    finding = only(naming(matters.applications_decided(bench(DAY, told)), "SRB"))
    assert (finding.verdict, effect_of(finding)) == (verdict, effect)


@pytest.mark.parametrize(
    ("applied", "admitted", "able", "verdict", "effect"),
    [
        (D(2010, 1, 4), True, True, "ok", ("SRB", "may")),
        (D(2010, 1, 4), True, NO, "breach", ("ALL", "may")),
        (D(2010, 1, 4), True, None, "cannot_tell", None),
        (D(2010, 1, 4), NO, None, "ok", None),
        (D(2010, 1, 4), None, None, "cannot_tell", ("commission", "may")),
        (D(2002, 7, 1), True, NO, "not_applicable", None),  # within six months: XVII.4
        (D(2002, 7, 2), True, NO, "breach", ("ALL", "may")),
    ],
)
def test_after_six_months_the_commission_may_admit_anybody(
    applied: dt.date, admitted: bool | None, able: bool | None, verdict: str, effect: tuple[str, str] | None
) -> None:
    """XVII.5: after 1 July 2002 the Commission may admit who it holds able and willing to contribute, and need not."""
    one = Application("SRB", applied, "note", D(2010, 5, 1) if admitted is not None else None, admitted, able)
    finding = only(matters.any_state_after_six_months(bench(DAY, docket(applications=(one,)))))
    assert (finding.verdict, effect_of(finding)) == (verdict, effect)


# ---- what the Commission settled for itself ----


def test_its_own_rules_are_public_in_part() -> None:
    """L.I.9 to L.I.11: costs by a decision nobody dates; formats of 10 December 1992; rules of procedure."""
    today = bench(DAY)
    costs = only(rules_of_its_own.costs_settled(today))
    assert (costs.verdict, costs.limit) == ("cannot_tell", "1992-06-30")
    formats = only(rules_of_its_own.formats_laid_down(today))
    assert (formats.verdict, effect_of(formats)) == ("ok", ("state_party", "must"))
    procedure = only(rules_of_its_own.rules_of_procedure(today))
    assert (procedure.verdict, effect_of(procedure)) == ("ok", ("commission", "must"))


def test_what_was_not_yet_decided() -> None:
    """L.I.10 and L.I.11: before the day of a decision it is not there, and a time still running is no breach."""
    early = bench(D(1992, 12, 9))
    assert verdicts(rules_of_its_own.formats_laid_down(early)) == ["not_applicable"]
    assert verdicts(rules_of_its_own.rules_of_procedure(early)) == ["cannot_tell"]


@pytest.mark.parametrize(("day", "verdict"), [(D(1992, 6, 29), "ok"), (D(1992, 6, 30), "breach")])
def test_costs_are_settled_before_a_day(monkeypatch: pytest.MonkeyPatch, day: dt.date, verdict: str) -> None:
    """L.I.9: costs are settled before 30 June 1992; a decision of that day comes too late."""
    dated = tuple(replace(one, adopted=day) if one.number == "1" else one for one in every_decision())
    monkeypatch.setattr(rules_of_its_own, "decisions", lambda: dated)
    finding = only(rules_of_its_own.costs_settled(bench(DAY)))
    assert (finding.verdict, finding.measured) == (verdict, day.isoformat())


def test_the_commission_is_judged_before_the_treaty_is_in_force() -> None:
    """XVIII.I.1(B), (F): on a day of 1995 the Commission is judged and nothing else is; before signature nothing is."""
    found = judge(Reading(at=D(1995, 1, 1)))
    assert next(one.provision for one in found) == "OS:XVII.2"
    codes = {one.provision for one in found[1:]}
    assert {"OS:X.2", "OS:L.I.2", "OS:XVIII.I.2"} <= codes
    assert len(found) - 1 >= len(PROVISIONAL)
    assert len(judge(Reading(at=D(1992, 3, 23)))) == 1
    for finding in found:
        whole(finding)
