"""Questions: the table by reading comes from the rules of the house, and the program has no verdict of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, document, event, faults, plain

from skywitness.consult.catalogue import load_case
from skywitness.consult.questions import ASKERS, Answered, answers
from skywitness.consult.replay import replay
from skywitness.core.finding import Verdict
from skywitness.inf.chronology import chronology

READING = {"name": "a day", "at": D(2020, 11, 22)}


def asked(how: str, data: dict[str, Any], **more: Any) -> Answered:
    """Answer one question in a case of one event."""
    question = {"key": "k", "proposition": "It is so", "how": how, "data": data, **more}
    (found,) = answers(replay(case(plain("one", D(2010, 1, 1)), questions=[question]), D(2024, 1, 1)))
    return found


def of(key: str, question: str, at: dt.date, known: dt.date | None = None) -> Answered:
    """Answer a question of a shipped case."""
    return next(one for one in answers(replay(load_case(key), at, known)) if one.question.key == question)


def test_the_9m729_is_a_table() -> None:
    """By the word of Russia outside, by that of the United States under the Treaty, by what nobody contradicts open."""
    found = of("inf/9m729", "class-of-9m729", D(2019, 8, 2))
    verdicts = {(str(one.name).split(" (")[0], one.verdict) for one in found.by_reading}
    assert verdicts == {
        ("what each holder says of its own types", Verdict.OK),
        ("the word of RUS", Verdict.OK),
        ("the word of USA", Verdict.BREACH),
        ("only records that nobody contradicts", Verdict.CANNOT_TELL),
    }
    assert not found.agreed
    assert any("fuel on board" in need for need in found.needs())
    provisions = {one.provision for row in found.by_reading for one in row.findings}
    assert "INF:VII.4" in provisions


def test_in_october_2018_nobody_knew_of_the_stand() -> None:
    """As known on the day of the Council's meeting the record of the long flight is not among the findings."""
    now, then = (of("inf/9m729", "class-of-9m729", D(2018, 12, 31), known) for known in (None, D(2018, 10, 25)))
    stand = [claim for one in now.by_reading for claim in one.reading.accepted_claims if claim == "us-stand"]
    assert stand
    assert not any("us-stand" in one.reading.accepted_claims for one in then.by_reading)
    assert all(one.reading.known == D(2018, 10, 25) for one in then.by_reading)
    uncontested = [one for one in then.by_reading if "contradicts" in str(one.name)]
    assert [one.verdict for one in uncontested] == [Verdict.CANNOT_TELL]


def test_the_notice_of_2020_is_answered_by_the_rules_on_withdrawal() -> None:
    """Six months and 45 days stand in findings of Article XV; what nobody told stays open."""
    found = of("open-skies/us-withdrawal-2020", "usa-leaves", D(2021, 1, 1))
    effect = found.by_reading[-1]
    by = {(one.provision, one.verdict, one.measured) for one in effect.findings}
    assert ("OS:XV.2", Verdict.OK, "2020-11-22") in by
    assert ("OS:XV.3", Verdict.OK, 45) in by
    assert ("OS:XV.2", Verdict.CANNOT_TELL, None) in by


def test_a_conference_that_had_not_come_is_not_known() -> None:
    """As known in June 2020 the conference of July is open in the finding of XV.3."""
    found = of("open-skies/us-withdrawal-2020", "usa-leaves", D(2020, 6, 1), D(2020, 6, 1))
    told = [one for row in found.by_reading for one in row.findings if one.provision == "OS:XV.3"]
    assert {one.verdict for one in told} == {Verdict.CANNOT_TELL}


def test_nobody_answers_before_somebody_asks() -> None:
    """Before the event that raises it a question has no table."""
    found = of("open-skies/us-withdrawal-2020", "russia-leaves", D(2021, 6, 17))
    assert (found.asked, found.by_reading) == (False, ())
    seen = replay(load_case("open-skies/us-withdrawal-2020"), D(2021, 6, 17), D(2021, 6, 17))
    assert "russia-leaves" not in {one.question.key for one in answers(seen)}


def test_acts_of_a_file_are_answered_under_both_readings_of_a_claim() -> None:
    """Performance suspended towards one Party: kept by who accepts the claim, not by who does not."""
    act = {
        "id": "n",
        "by": ["GEO"],
        "towards": ["RUS"],
        "duties": ["OS:III.I.2"],
        "from": D(2012, 4, 6),
        "source": "a note",
        "claim_of": "GEO",
    }
    found = asked("acts", {"non_performance": [act]}, readings=[{"name": "a day", "at": D(2015, 1, 1)}])
    by = {
        row.reading.accepted_claims: {one.verdict for one in row.findings if one.provision == "OS:III.I.2"}
        for row in found.by_reading
    }
    assert by == {("n",): {Verdict.OK}, (): {Verdict.BREACH}}
    assert not found.agreed


def test_quotas_are_judged_by_the_law_of_the_day() -> None:
    """The first distribution breaks its own cap for Poland, as the finding on it says."""
    found = asked("judge", {}, provisions=["OS:A.II.1"], readings=[{"name": "2003", "at": D(2003, 6, 1)}])
    assert {one.provision for row in found.by_reading for one in row.findings} == {"OS:A.II.1"}


def test_reach_is_asked_by_view_and_day() -> None:
    """The worst point of Kaliningrad is within 35 per cent of the distance of Kubinka, by geometry and law."""
    data = {"party": "SVN"}
    found = asked("reach", data, readings=[{"name": "a day", "at": D(2020, 11, 22), "view": "un"}])
    (row,) = found.by_reading
    assert row.reading.view == "un"
    assert row.findings
    assert row.findings[0].provision.startswith("OS:E.5")


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ({"how": "acts", "data": {}}, "questions[0].data.readings"),
        ({"how": "acts", "data": {"practice": ["nothing"]}, "readings": [READING]}, "questions[0].data.practice"),
        ({"how": "acts", "data": {"practice": [["usa-2020"]]}, "readings": [READING]}, "questions[0].data.practice"),
        ({"how": "acts", "data": {"practice": "usa-2020"}, "readings": [READING]}, "questions[0].data.practice"),
        ({"how": "acts", "data": {"withdrawal": [{}]}, "readings": [READING]}, "questions[0].data.withdrawal[1].id"),
        ({"how": "judge", "data": {"planned": [{}]}, "readings": [READING]}, "questions[0].data.planned[1].observing"),
        ({"how": "judge", "data": {"moon": 1}, "readings": [READING]}, "questions[0].data.moon"),
        ({"how": "reach", "data": {"party": "XYZ"}, "readings": [READING]}, "questions[0].data"),
        ({"how": "reach", "data": {"land": "SVN"}, "readings": [READING]}, "questions[0].data.land"),
        ({"how": "inf", "data": {}}, "questions[0].data.file.at"),
        ({"how": "inf", "data": 7}, "questions[0].data"),
        ({"how": "inf", "data": {}, "readings": [{"name": "x"}]}, "questions[0].readings[0].at"),
        ({"how": "acts", "data": {}, "raised_by": ["none"]}, "questions[0].raised_by"),
        ({"how": "vote", "data": {}}, "questions[0].how"),
    ],
)
def test_what_an_asker_cannot_use_is_told(question: dict[str, Any], where: str) -> None:
    """Each asker reads its data with the case, so that all faults come at once."""
    found = faults(document(event(), questions=[{"key": "k", "proposition": "It is so", **question}]))
    assert where in found, found


def test_the_registry_is_open() -> None:
    """Another way to ask is another entry of a plain dictionary."""
    assert {"inf", "acts", "judge", "reach"} <= ASKERS.keys()
    assert isinstance(ASKERS, dict)


def test_the_9m729_tells_what_the_chronology_tells() -> None:
    """Every act of the chronology of the INF room is an event of the case, on its days and by its sources."""
    told = {one.id: one for one in load_case("inf/9m729").events}
    assert set(told) >= {one.id for one in chronology()}
    for act in chronology():
        event_ = told[act.id]
        assert act.on.first <= event_.when.first <= event_.when.last <= act.on.last
        numbers = {word.strip(",") for word in act.source.split() if word.strip(",")[1:].isdigit()}
        assert numbers <= set(event_.sources)
        assert act.vote is None or event_.vote is not None
        running = event_.legal.running
        assert act.period is None or (running is not None and running.stated == act.period.leads_to)
