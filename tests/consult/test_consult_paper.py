"""A case on paper and its maps: two pages or one, words on them, tables whole or counted as left out."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader
from tests.consult.consult_files import D, plain
from tests.consult.consult_files import case as case_of

from skywitness.cli.language import Language
from skywitness.consult.asking.answers import UnderReading
from skywitness.consult.catalogue import find_case
from skywitness.consult.drawing import case_map
from skywitness.consult.drawing.paper import contents, to_pdf
from skywitness.consult.model import Case, Question
from skywitness.consult.prose import Prose
from skywitness.consult.questions import Answered, answers
from skywitness.consult.replay import replay
from skywitness.consult.states import states
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, say


def pages(case: Case, answered: tuple[Answered, ...], language: str = "en") -> list[str]:
    """Set a case and read the words of its pages back, without the breaks that are not seen."""
    found = replay(case, case.last)
    pdf = to_pdf(found, states(found), answered, catalogue=Language(language), language=language)
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_longest_case_is_two_pages_in_vietnamese() -> None:
    """What it is, states and clocks stand on the first page; the table by reading and the sources on the second."""
    case = find_case("9m729")
    first, second = pages(case, answers(replay(case, case.last)), "vi")
    assert case.title.render(Language("vi")) in first
    assert ("trang 1 / 2" in first, "trang 2 / 2" in second) == (True, True)
    assert "INF:XV.2" in first
    assert all(f"{ident} (" in second for ident in ("D1", "D2"))
    told = [number for number in range(1, len(case.events) + 1) if f" {number}. 201" in f"{first} {second}"]
    assert told == list(range(1, len(told) + 1))
    assert len(told) == len(case.events) or f"Còn {len(case.events) - len(told)} dòng ở trang đầy đủ" in second
    assert "\N{REPLACEMENT CHARACTER}" not in first + second


def test_a_small_case_is_one_page_and_says_both_answers() -> None:
    """Both readings stand in the table with opposite words; the addresses of sources have room."""
    case = find_case("turkey-2016")
    (whole,) = pages(case, answers(replay(case, case.last)))
    assert whole.startswith("Case open-skies/turkey-2016 A flight of Russia over Turkey")
    assert ("? cannot be told" in whole, "✗ not kept" in whole) == (True, True)
    assert "panarmenian.net/m/eng/news/205302/" in whole.replace(" ", "")
    assert ("page 1 of 1" in whole, "more line" in whole) == (True, False)


def test_nothing_later_than_the_known_day_is_on_paper() -> None:
    """On 20 June 2020 neither the conference nor the exit of Russia is told; the story's end stays untold."""
    case = find_case("us-withdrawal-2020")
    found = replay(case, D(2020, 7, 10), D(2020, 6, 20))
    words, _ = contents(found, states(found), answers(found), ENGLISH, "en")
    text = json.dumps(words, ensure_ascii=False).replace("\u200b", "")
    assert "On 2020-07-10, by what was known on 2020-06-20." in text
    assert "claim of USA" in text
    assert case.about is not None
    assert case.about.words not in text
    assert not [one.id for one in case.events if one.known > D(2020, 6, 20) and one.what.words in text]


def answered(number: int, rows: int) -> Answered:
    """Make a question with a table of many rows."""
    question = Question(f"q{number}", Prose(f"Question number {number} is so"), (), "plan", {})
    row = UnderReading(say("a reading"), Reading(at=D(2020, 1, 1)), Verdict.OK, (), say("what follows, at length"))
    return Answered(question, (row,) * rows)


def test_too_much_for_two_pages_is_counted() -> None:
    """Of far too many events and questions two pages are made; tables are whole, and lines say how many are missing."""
    case = case_of(*(plain(f"e{number}", D(2000, 1, 1 + number % 28)) for number in range(90)))
    text = pages(case, tuple(answered(number, 3) for number in range(25)))
    assert len(text) == 2
    assert "The events go on on page 2." in text[0]
    assert text[1].count("more lines are in the full page: skywitness case show open-skies/test") >= 1
    shown = [number for number in range(25) if f"Question number {number} is so" in text[1]]
    assert 0 < len(shown) < 25
    assert text[1].count("what follows, at length") == 3 * len(shown)
    left_out = sum(4 for number in range(25) if number not in shown)
    assert f"{left_out} more lines are in the full page" in text[1]


def test_every_list_has_a_sentence_for_each_number_left_out() -> None:
    """From none to all of its rows: the template never looks for a sentence that is not there."""
    found = replay(find_case("9m729"), D(2019, 8, 18))
    words, _ = contents(found, states(found), answers(found), ENGLISH, "en")
    for name in ("states", "clocks", "events", "positions", "differences", "sources", "sources_whole"):
        assert len(words[name]["more"]) == len(words[name]["rows"]) + 1
    lines = sum(1 + len(one["rows"]) + len(one["needs"]) for one in words["blocks"])
    assert len(words["more_blocks"]) == lines + 1


def test_the_map_of_a_flight_says_every_reading() -> None:
    """The plan is drawn without a verdict; the rows of the table stand below it in words."""
    case = find_case("turkey-2016")
    drawn = case_map.drawn(replay(case, case.last))
    assert drawn.png.startswith(b"\x89PNG")
    assert drawn.answered.question.key == "refusal"
    words = [str(case_map.row_words(row)) for row in drawn.answered.by_reading]
    assert words == [
        "? cannot be told by the reading: the Treaty alone",
        "✗ not kept by the reading: the claim of Turkey accepted",
    ]


def test_questions_without_a_map_are_refused() -> None:
    """One that is there but has no map, one that is not there, and a case without any: each in a sentence."""
    georgia = replay(find_case("abkhazia-south-ossetia"), D(2020, 5, 31))
    with pytest.raises(InputError, match=r"'georgia' has no map on this day; these have one: flight") as refused:
        case_map.drawn(georgia, "georgia")
    assert refused.value.kind == "no_map"
    with pytest.raises(InputError, match="no question 'other' in this case"):
        case_map.drawn(georgia, "other")
    with pytest.raises(InputError, match="No question of inf/9m729"):
        case_map.drawn(replay(find_case("9m729"), D(2019, 8, 18)))


def test_nobody_draws_what_nobody_had_asked() -> None:
    """Before the limit of 2014 the question of the flight was not raised: there is no map of it."""
    case = find_case("kaliningrad-500")
    assert case_map.mapped(replay(case, D(2013, 1, 1))) == ()
    assert {"flight", "reach"} <= {one.key for one in case_map.mapped(replay(case, D(2015, 1, 1)))}
