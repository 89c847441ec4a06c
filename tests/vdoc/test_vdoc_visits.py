"""Inspections, evaluation visits, questions on unusual activities, yearly information."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.vdoc.vdoc_files import BREACH, NO, OK, OPEN, answered, findings_of, only_finding, utc, verdicts

from skywitness.core.finding import Verdict
from skywitness.vdoc.answer import Answered


def visit(ident: str = "v", **fields: Any) -> dict[str, Any]:
    """Make a visit that was asked for on 1 June 2024 two days before entry, taken, and kept within every limit."""
    told = {
        "by": "POL",
        "of": "DEU",
        "requested_utc": utc(1, 8),
        "answered_utc": fields.get("requested_utc", utc(1, 8)) + dt.timedelta(hours=12),
        "accepted": True,
        "entry_utc": utc(3, 8),
        "began_utc": utc(3, 10),
        "ended_utc": utc(5, 10),
        "team": 4,
    }
    return {key: value for key, value in {"id": ident, **told, **fields}.items() if value is not None}


def evaluation(ident: str = "v", **fields: Any) -> dict[str, Any]:
    """Make an evaluation visit asked for six days before entry."""
    told = {"entry_utc": utc(7, 8), "began_utc": utc(7, 9), "ended_utc": utc(7, 21), "team": 3, "answered_utc": None}
    return visit(ident, **{**told, **fields})


def inspected(*visits: dict[str, Any], complete: bool = True, at: dt.date = dt.date(2024, 12, 31)) -> Answered:
    """Judge inspections."""
    return answered(inspection=list(visits), complete=complete, at=at)


def evaluated(*visits: dict[str, Any], units: int | None = None, complete: bool = True) -> Answered:
    """Judge evaluation visits of a State that reported so many units."""
    reported = [] if units is None else [{"state": "DEU", "year": 2024, "units": units}]
    return answered(evaluation=list(visits), complete=complete, reported=reported)


STATES = ["POL", "FRA", "ITA", "ESP", "AUT", "CHE"]


def earlier(number: int, kind: Any = visit, **fields: Any) -> list[dict[str, Any]]:
    """Make visits of different States that came before."""
    return [kind(f"v{at}", by=STATES[at], requested_utc=utc(1, at), **fields) for at in range(number)]


# ---- inspections ----


@pytest.mark.parametrize(
    ("before", "accepted", "verdict", "effect"),
    [
        (0, True, OK, "must"),
        (2, True, OK, "must"),
        (2, False, BREACH, "must"),
        (3, False, OK, "may"),
        (3, None, OK, "may"),
        (3, True, OK, "may"),
    ],
)
def test_three_inspections_a_year(before: int, accepted: bool | None, verdict: Verdict, effect: str) -> None:
    """A State takes three inspections a year; it may decline the fourth and not the third."""
    told = {"began_utc": None, "ended_utc": None} if accepted is False else {}
    last = visit("last", by="NOR", requested_utc=utc(1, 19), accepted=accepted, **told)
    found = findings_of(inspected(*earlier(before), last), "INSPECTION.NUMBER")
    (finding,) = (one for one in found if one.where is not None and one.where.name == "last")
    assert (finding.verdict, finding.effect and finding.effect.modality) == (verdict, effect)
    assert finding.measured == before


def test_one_inspection_of_the_same_state() -> None:
    """A second inspection of the same State in a year may be declined, one in the next year may not."""
    second = visit("second", requested_utc=utc(2), accepted=False, began_utc=None, ended_utc=None)
    found = inspected(visit("first"), second)
    effects = {one.where.name: one.effect for one in findings_of(found, "INSPECTION.SAME-STATE") if one.where}
    assert effects["first"] is None
    assert effects["second"] is not None
    assert verdicts(found, "INSPECTION.SAME-STATE") == [OK, OK]
    assert BREACH not in verdicts(found, "INSPECTION.NUMBER")
    january: dict[str, Any] = {"requested_utc": utc(1, month=12) + dt.timedelta(days=40), "answered_utc": False}
    january["entry_utc"] = january["requested_utc"] + dt.timedelta(hours=36)
    again = visit("again", accepted=False, began_utc=None, ended_utc=None, **january)
    next_year = inspected(visit("first"), again, at=dt.date(2025, 6, 1))
    assert verdicts(next_year, "INSPECTION.NUMBER") == [OK, BREACH]


def test_a_refusal_in_a_file_with_gaps_is_open() -> None:
    """Without ``complete`` nobody knows which visits came before; what is told can still reach the number."""
    refused = visit("x", accepted=False, began_utc=None, ended_utc=None, requested_utc=utc(2), by="NOR")
    assert verdicts(inspected(refused, complete=False), "INSPECTION.NUMBER") == [OPEN]
    assert verdicts(inspected(*earlier(3), refused, complete=False), "INSPECTION.NUMBER")[-1] is OK
    untold = [visit(f"u{at}", by=STATES[at], requested_utc=utc(1, at), accepted=None, began_utc=None, ended_utc=None)
              for at in range(3)]  # fmt: skip
    assert verdicts(inspected(*untold, refused), "INSPECTION.NUMBER")[-1] is OPEN


@pytest.mark.parametrize(("hours", "verdict"), [(35.9, BREACH), (36, OK), (120, OK), (120.1, BREACH), (None, OPEN)])
def test_requests_of_inspections(hours: float | None, verdict: Verdict) -> None:
    """A request comes 36 hours to five days before entry."""
    entry = None if hours is None else utc(1, 8) + dt.timedelta(hours=hours)
    row = visit(entry_utc=entry, began_utc=utc(9), ended_utc=utc(10))
    assert verdicts(inspected(row), "INSPECTION.REQUEST") == [verdict]


@pytest.mark.parametrize(
    ("answer", "day", "verdict", "effect"),
    [
        (utc(2, 8), 9, OK, False),
        (utc(2, 9), 9, BREACH, False),
        (False, 9, BREACH, True),
        (None, 9, OPEN, False),
        (None, 1, NO, True),
    ],
)
def test_answers_to_requests(answer: Any, day: int, verdict: Verdict, effect: bool) -> None:
    """A request is answered within 24 hours; until they are over the answer is due."""
    later: dict[str, Any] = {} if day == 9 else {"began_utc": None, "ended_utc": None}
    row = visit(answered_utc=answer, **later)
    finding = only_finding(inspected(row, at=dt.date(2024, 6, day)), "INSPECTION.ANSWER")
    assert (finding.verdict, finding.effect is not None) == (verdict, effect)


@pytest.mark.parametrize(("team", "verdict"), [(4, OK), (5, BREACH), (None, OPEN)])
def test_inspectors(team: int | None, verdict: Verdict) -> None:
    """Four inspectors may come."""
    assert verdicts(inspected(visit(team=team)), "INSPECTION.TEAM") == [verdict]


@pytest.mark.parametrize(("ended", "verdict"), [(utc(5, 10), OK), (utc(5, 11), BREACH), (None, OPEN)])
def test_two_days_on_the_spot(ended: Any, verdict: Verdict) -> None:
    """An inspection ends within 48 hours."""
    assert verdicts(inspected(visit(ended_utc=ended)), "INSPECTION.DURATION") == [verdict]
    assert verdicts(inspected(visit(began_utc=None, ended_utc=None)), "INSPECTION.DURATION") == [OPEN]


def test_the_first_of_a_state_gives_no_ground() -> None:
    """That a State comes for the first time in a year is kept, and no ground to decline."""
    bare: dict[str, Any] = dict.fromkeys(("answered_utc", "entry_utc", "began_utc", "ended_utc", "team"))
    refused = inspected(visit(accepted=False, **bare))
    finding = only_finding(refused, "INSPECTION.SAME-STATE")
    assert (finding.verdict, finding.effect, finding.measured, finding.limit) == (OK, None, 0, 1)


# ---- evaluation visits ----


@pytest.mark.parametrize(
    ("units", "number"), [(0, 0), (1, 1), (60, 1), (61, 2), (240, 4), (241, 5), (900, 15), (1_000, 15)]
)
def test_one_visit_for_sixty_units(units: int, number: int) -> None:
    """One visit for each sixty units or part of them, fifteen at most."""
    finding = only_finding(evaluated(evaluation(), units=units), "EVALUATION.NUMBER")
    assert finding.limit == number
    assert finding.effect is not None
    assert finding.effect.modality == ("may" if number == 0 else "must")


@pytest.mark.parametrize(("units", "complete", "verdict"), [(300, True, BREACH), (60, True, OK), (None, True, OPEN)])
def test_refused_evaluations(units: int | None, complete: bool, verdict: Verdict) -> None:
    """With units for five a second visit is not refused, with units for one it may be; without units it is open."""
    refused = evaluation("x", by="NOR", accepted=False, began_utc=None, ended_utc=None, requested_utc=utc(2))
    found = evaluated(*earlier(1, evaluation), refused, units=units, complete=complete)
    assert verdicts(found, "EVALUATION.NUMBER")[-1] is verdict


def test_two_visits_a_month() -> None:
    """A third visit in one month may be declined, one in the next month not."""
    found = findings_of(evaluated(*earlier(3, evaluation), units=900), "EVALUATION.MONTH")
    assert [one.effect is not None for one in found] == [False, False, True]
    july = evaluation("x", by="NOR", requested_utc=utc(28), entry_utc=utc(4, month=7), began_utc=None, ended_utc=None)
    later = findings_of(evaluated(*earlier(2, evaluation), july, units=900), "EVALUATION.MONTH")
    assert [one.effect is not None for one in later] == [False, False, False]
    assert {one.verdict for one in (*found, *later)} == {OK}


@pytest.mark.parametrize(("units", "may"), [(60, True), (540, True), (600, False), (None, None)])
def test_a_fifth_from_one_state(units: int | None, may: bool | None) -> None:
    """A fifth of ten is two visits of one State; of fewer it is one at least."""
    second = evaluation("y", requested_utc=utc(1, 9), accepted=None, began_utc=None, ended_utc=None)
    finding = findings_of(evaluated(evaluation("x"), second, units=units), "EVALUATION.SAME-STATE")[-1]
    if may is None:
        assert finding.verdict is OPEN
        assert finding.needs
    else:
        assert (finding.verdict, finding.effect is not None) == (OK, may)


@pytest.mark.parametrize(("hours", "verdict"), [(119, BREACH), (120, OK), (168, OK), (169, BREACH)])
def test_requests_of_evaluations(hours: int, verdict: Verdict) -> None:
    """A request comes five to seven days before entry."""
    row = evaluation(entry_utc=utc(1, 8 + hours), began_utc=None, ended_utc=None)
    assert verdicts(evaluated(row, units=60), "EVALUATION.REQUEST") == [verdict]


@pytest.mark.parametrize(("team", "hour", "wanted"), [(3, 21, (OK, OK)), (4, 22, (BREACH, OPEN))])
def test_team_and_day_of_an_evaluation(team: int, hour: int, wanted: tuple[Verdict, Verdict]) -> None:
    """Three members, twelve hours."""
    found = evaluated(evaluation(team=team, ended_utc=utc(7, hour)), units=60)
    assert (*verdicts(found, "EVALUATION.TEAM"), *verdicts(found, "EVALUATION.DURATION")) == wanted


@pytest.mark.parametrize(("team", "verdict"), [(3, OK), (4, BREACH), (None, OPEN)])
def test_members_of_an_evaluation_team(team: int | None, verdict: Verdict) -> None:
    """Three may come; how many came may not be told."""
    bare: dict[str, Any] = dict.fromkeys(("entry_utc", "began_utc", "ended_utc"))
    found = evaluated(evaluation(team=team, **bare), complete=False)
    assert verdicts(found, "EVALUATION.TEAM") == [verdict]
    assert verdicts(found, "EVALUATION.MONTH") == [OK]


# ---- questions and information ----


@pytest.mark.parametrize(
    ("answer", "at", "verdict", "effect"),
    [
        (utc(3, 9), 20, OK, False),
        (utc(3, 10), 20, BREACH, True),
        (False, 20, BREACH, True),
        (None, 20, OPEN, False),
        (None, 2, NO, True),
    ],
)
def test_answers_on_unusual_activities(answer: Any, at: int, verdict: Verdict, effect: bool) -> None:
    """A question is answered within 48 hours; who got no answer may ask for a meeting."""
    row = {"id": "q", "by": "LTU", "to": "BLR", "asked_utc": utc(1, 9)}
    row |= {} if answer is None else {"answered_utc": answer}
    finding = only_finding(answered(unusual=[row], at=dt.date(2024, 6, at)), "RISK.ANSWER")
    assert (finding.verdict, finding.effect is not None) == (verdict, effect)


@pytest.mark.parametrize(
    ("held", "verdict", "effect"), [(utc(6), OK, False), (utc(6, 1), BREACH, False), (False, BREACH, True)]
)
def test_meetings_on_unusual_activities(held: Any, verdict: Verdict, effect: bool) -> None:
    """A meeting is held within 48 hours of the request for it."""
    row = {"id": "q", "by": "LTU", "to": "BLR", "asked_utc": utc(1), "meeting_asked_utc": utc(4)}
    finding = only_finding(answered(unusual=[{**row, "meeting_held_utc": held}]), "RISK.MEETING")
    assert (finding.verdict, finding.effect is not None) == (verdict, effect)


@pytest.mark.parametrize(
    ("given", "at", "verdict", "effect"),
    [
        (dt.date(2024, 12, 15), dt.date(2025, 2, 1), OK, False),
        (dt.date(2024, 12, 16), dt.date(2025, 2, 1), BREACH, False),
        (False, dt.date(2025, 2, 1), BREACH, True),
        (None, dt.date(2025, 2, 1), OPEN, False),
        (None, dt.date(2024, 12, 15), NO, True),
    ],
)
def test_yearly_information(given: Any, at: dt.date, verdict: Verdict, effect: bool) -> None:
    """Information for 2025 is given by 15 December 2024; that it is yearly reports tell."""
    row = {"state": "DEU", "year": 2025} | ({} if given is None else {"given": given})
    finding = only_finding(answered(information=[row], at=at), "INFORMATION.YEARLY")
    assert (finding.verdict, finding.effect is not None) == (verdict, effect)
    assert finding.values[0].status == "reported"
