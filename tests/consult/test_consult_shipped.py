"""The cases that come with the program: disputes of the regime, each answered by reading, from its sources alone."""

from __future__ import annotations

import datetime as dt
import functools

import pytest
from tests.consult.consult_files import D

from skywitness.cli.language import Language
from skywitness.consult.catalogue import load_case
from skywitness.consult.performing import in_force, performing
from skywitness.consult.questions import Answered, answer
from skywitness.law.instrument import load

SHIPPED = (
    "open-skies/us-withdrawal-2020",
    "open-skies/kaliningrad-500",
    "open-skies/abkhazia-south-ossetia",
    "open-skies/tsentr-2019",
    "open-skies/turkey-2016",
    "open-skies/distribution-2018",
    "inf/9m729",
    "cfe/suspensions-2007-2024",
)


@functools.cache
def answered(key: str, question: str) -> Answered:
    """Answer a question of a shipped case as all that is known today has it."""
    return answer(next(one for one in load_case(key).questions if one.key == question))


def table(key: str, question: str) -> dict[str, str]:
    """Give the verdict of each reading by its name."""
    return {str(row.name): row.verdict.value for row in answered(key, question).by_reading}


@pytest.mark.parametrize("key", SHIPPED)
def test_every_case_is_sourced_and_in_two_languages(key: str) -> None:
    """Each event has a source whose publisher's side is named, and each sentence its Vietnamese."""
    case = load_case(key)
    assert case.events
    assert all(event.sources for event in case.events)
    told = [case.title, *(event.what for event in case.events), *(one.words for one in case.questions)]
    assert all(dict(words.others).get("vi") for words in told)


@pytest.mark.parametrize(
    ("key", "question", "expected"),
    [
        (
            "open-skies/kaliningrad-500",
            "flight",
            {
                "the Treaty and decisions that are public": "ok",
                "the whole path counts, the claim accepted": "breach",
                "only the path over the territory counts": "ok",
            },
        ),
        ("open-skies/kaliningrad-500", "reach", {"from the airfields of the day": "ok"}),
        (
            "open-skies/abkhazia-south-ossetia",
            "flight",
            {"borders as organs of the United Nations have them": "ok", "the claim of Russia accepted": "breach"},
        ),
        (
            "open-skies/turkey-2016",
            "refusal",
            {"the Treaty alone": "cannot_tell", "the claim of Turkey accepted": "breach"},
        ),
        (
            "open-skies/tsentr-2019",
            "refusal",
            {"the Treaty alone": "cannot_tell", "the claim of Russia accepted": "cannot_tell"},
        ),
        ("open-skies/distribution-2018", "consensus", {"the law of 1 January 2018": "ok"}),
        ("cfe/suspensions-2007-2024", "russia-leaves", {"the law of that day": "ok"}),
    ],
)
def test_the_answer_is_a_table_by_reading(key: str, question: str, expected: dict[str, str]) -> None:
    """The same facts are kept under one reading and not under another; nothing is settled by the program."""
    assert table(key, question) == expected


def test_the_distance_over_kaliningrad_is_measured() -> None:
    """The claim allows 500 km; the path is measured over the region, with its error, and told in the table."""
    row = next(one for one in answered("open-skies/kaliningrad-500", "flight").by_reading if one.verdict == "breach")
    (finding,) = [one for one in row.findings if one.verdict == "breach"]
    assert finding.limit == 500
    assert isinstance(finding.measured, float)
    assert 640 < finding.measured < 740
    assert row.answer is not None
    assert "rus-kaliningrad-500km" in str(row.answer)


def test_both_ways_to_read_the_fallback_of_2018() -> None:
    """III.I.7: under one way the quotas of 2017 go on for those concerned, under the other nobody has any."""
    rows = answered("open-skies/distribution-2018", "fallback").by_reading
    told = {str(row.name).rsplit(" ", 1)[-1]: str(row.answer) for row in rows}
    assert "stay as they were" in told["frozen_for_state"]
    assert "nobody holds an active quota" in told["nothing_adopted"]


@pytest.mark.parametrize(
    ("day", "by", "towards", "status"),
    [
        (D(2007, 12, 11), "RUS", "USA", "no_pause_told"),
        (D(2007, 12, 12), "RUS", "USA", "paused"),
        (D(2011, 11, 21), "USA", "RUS", "no_pause_told"),
        (D(2011, 11, 22), "USA", "RUS", "paused"),
        (D(2011, 11, 22), "USA", "BLR", "no_pause_told"),
        (D(2023, 5, 1), "CZE", "BLR", "paused"),
        (D(2023, 5, 1), "BLR", "CZE", "no_pause_told"),
        (D(2023, 11, 7), "BLR", "CZE", "paused"),
        (D(2023, 11, 7), "DEU", "BLR", "announced"),
    ],
)
def test_who_performs_the_cfe_treaty_towards_whom(day: dt.date, by: str, towards: str, status: str) -> None:
    """A suspension is towards somebody, from a day; the other direction and membership stay what they are."""
    assert performing("cfe", by, towards, "ALL", day)[0] == status
    assert in_force("cfe", by, day)


def test_the_case_and_the_law_data_tell_the_same_suspensions() -> None:
    """Each suspension of the case stands in the data of the law with its Party and day, and the other way round."""
    case = load_case("cfe/suspensions-2007-2024")
    told = {(one.actors, one.legal.effective_from) for one in case.events if one.step == "suspension"}
    stored = {(one.by, one.start) for one in load("cfe").suspensions if not one.announced}
    assert told == stored


def test_names_of_readings_follow_the_language() -> None:
    """A reading is named in the words of the file, in the language of who reads it."""
    row = answered("open-skies/turkey-2016", "refusal").by_reading[0]
    assert row.name.render(Language("vi")) == "chỉ theo Hiệp ước"
    assert str(row.name) == "the Treaty alone"
