"""The picture of a case: what stands where, told without drawing it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consult.consult_files import D, effect, event, notice, plain
from tests.consult.consult_files import case as case_of

from skywitness.cli.language import Language
from skywitness.consult.catalogue import find_case, shipped
from skywitness.consult.drawing.axis import axis_of, ticks
from skywitness.consult.drawing.lanes import MOST_EVENTS, lanes, marks
from skywitness.consult.drawing.pack import Wanted, packed
from skywitness.consult.drawing.picture import PAGE_WIDTH_PT, WIDTH_PT, sheet_of
from skywitness.consult.drawing.sheet import Sheet
from skywitness.consult.drawing.signs import legend_words, shape_of
from skywitness.consult.drawing.spans import Span, spans
from skywitness.consult.model import Case
from skywitness.consult.replay import Replay, replay
from skywitness.consult.states import states
from skywitness.consult.vocabulary import STEPS

KEYS = [one.key for one in shipped()]
DAYS = st.dates(D(1990, 1, 1), D(2030, 1, 1))


def drawn(found: Replay, language: str = "en", *, width: float = WIDTH_PT, whole: bool = True) -> Sheet:
    """Lay a picture out."""
    return sheet_of(found, states(found), Language(language), language, width=width, whole=whole)


def at_end(case: Case) -> Replay:
    """Replay a case to its last day."""
    return replay(case, case.last)


def faults(sheet: Sheet) -> Iterator[str]:
    """Name words that meet others or leave the sheet."""
    boxed = [(one.words, *one.box) for one in sheet.words]
    for words, left, upper, right, lower in boxed:
        if left < 0.0 or upper < 0.0 or right > sheet.width or lower > sheet.height:
            yield f"beyond the sheet: {words}"
    boxed.sort(key=lambda one: one[2])
    for number, (words, left, _, right, lower) in enumerate(boxed):
        for other, west, north, east, _ in itertools.islice(boxed, number + 1, None):
            if north >= lower:
                break
            if left < east and west < right:
                yield f"{words} | {other}"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("key", KEYS)
def test_no_words_meet_in_any_shipped_case(key: str, language: str) -> None:
    """Title, names of lanes and days, labels, bars, legend, key: no two share room, none leaves the sheet."""
    found = at_end(find_case(key))
    assert list(faults(drawn(found, language))) == []
    assert list(faults(drawn(found, language, width=PAGE_WIDTH_PT, whole=False))) == []


@pytest.mark.parametrize("key", KEYS)
def test_every_event_and_source_is_told(key: str) -> None:
    """Each event has one sign in a lane and a line in the key with its sources; each source has a line."""
    case = find_case(key)
    found = at_end(case)
    told = marks(found)
    assert sorted(one.number for lane in lanes(found, told, "en") for one in lane.marks) == [one.number for one in told]
    words = [one.words for one in drawn(found).words]
    for mark in told:
        assert any(re.match(rf"{mark.number}\. ", line) for line in words), mark.event.id
    for ident in {source for one in case.events for source in one.sources}:
        assert any(line.startswith(f"{ident} (") for line in words), ident


def test_the_known_day_hides_what_came_later() -> None:
    """On 20 June 2020 nothing of the later events is on the sheet, neither as words nor as the end of a bar."""
    case = find_case("us-withdrawal-2020")
    found = replay(case, D(2020, 7, 10), D(2020, 6, 20))
    words = " ".join(one.words for one in drawn(found).words)
    assert "known by 2020-06-20" in words
    assert "day shown 2020-07-10" in words
    later = [one for one in case.events if one.known > D(2020, 6, 20)]
    assert len(later) > 10
    assert not [one.id for one in later if one.what.words in words]
    assert not [span for span in spans_of(found) if span.kind == "party" or span.done is not None]


def test_a_day_before_everything_is_drawn_too() -> None:
    """Nothing has happened and the treaty is not in force: the sheet says so and still has its reading."""
    sheet = drawn(replay(find_case("turkey-2016"), D(1999, 1, 1)))
    assert "nothing yet" in [one.words for one in sheet.words]
    assert not sheet.signs
    assert list(faults(sheet)) == []


def test_no_colour_stands_for_anybody() -> None:
    """Every fill, edge, line and letter is a grey: the picture tells the same in black and white."""
    sheet = drawn(at_end(find_case("9m729")))
    colours = {one.colour for one in sheet.words} | {one.colour for one in sheet.lines}
    colours |= {colour for one in sheet.bars for colour in (one.fill, one.edge)} - {"none", "white"}
    assert colours
    assert all(len({colour[1:3], colour[3:5], colour[5:7]}) == 1 for colour in colours)


def test_kinds_are_told_apart_by_their_signs() -> None:
    """Two steps have one sign only where the legend says so: both are called alike."""
    by_shape: dict[tuple[str, bool], set[str]] = {}
    for step in STEPS:
        by_shape.setdefault(shape_of(step), set()).add(str(legend_words(step)))
    assert all(len(words) == 1 for words in by_shape.values())
    assert len(by_shape) >= 20


def spans_of(found: Replay) -> tuple[Span, ...]:
    """Derive the bars."""
    return spans(found, states(found), marks(found))


def test_a_claim_is_disputed_from_its_first_answer_until_it_is_closed() -> None:
    """It is claimed from its day, disputed from the answer on, and ends with the closure and its outcome."""
    events = (
        event("one"),
        plain("answer", D(2011, 2, 1), "response", actors=["POL"], responds_to=["one"]),
        plain("end", D(2012, 3, 1), "closure", closes=["one"], outcome="withdrawn"),
    )
    case = case_of(*events)
    (open_then,) = [one for one in spans_of(replay(case, D(2010, 6, 1))) if one.kind == "claimed"]
    assert (open_then.start, open_then.end, open_then.parts) == (D(2010, 1, 1), None, ())
    (closed,) = [one for one in spans_of(at_end(case)) if one.kind == "claimed"]
    assert (closed.end, closed.parts) == (D(2012, 3, 1), ((D(2011, 2, 1), "disputed"),))
    assert str(closed.words) == "DEU (1): withdrawn"


def test_a_withdrawal_runs_from_notice_to_its_day() -> None:
    """The clock runs from the notice to six months after it, and the State is a Party until then."""
    case = case_of(notice(), effect(D(2020, 11, 22)))
    running = [one for one in spans_of(replay(case, D(2020, 7, 1))) if one.end == D(2020, 11, 22)]
    assert [(one.kind, one.start, one.done) for one in running] == [("running", D(2020, 5, 22), None)]
    found = spans_of(at_end(case))
    assert [(one.end, str(one.words)) for one in found if one.kind == "party"] == [(D(2020, 11, 22), "USA")]
    assert [one.done for one in found if one.end == D(2020, 11, 22) and one.kind == "running"] == [D(2020, 11, 22)]


def test_suspensions_are_told_towards_whom_and_end_with_membership() -> None:
    """CFE: Russia towards all from 2007 until it left; what is only announced is another kind of bar."""
    found = spans_of(at_end(find_case("cfe/suspensions-2007-2024")))
    told = {str(one.words): (one.kind, one.start, one.end) for one in found if one.kind in ("paused", "meant")}
    assert told["RUS → all Parties"] == ("paused", D(2007, 12, 12), D(2023, 11, 7))
    assert told["USA → RUS"][2] == D(2023, 11, 7)
    assert told["TUR → all Parties"] == ("paused", D(2024, 4, 8), None)
    assert told["POL → all Parties, only announced"][0] == "meant"


def test_very_many_events_are_cut_with_a_word() -> None:
    """Of 300 events the latest are drawn; the key says how many have no room, and nothing meets."""
    days = [D(2010, 1, 1) + dt.timedelta(days=7 * number) for number in range(300)]
    case = case_of(*(plain(f"e{number}", day) for number, day in enumerate(days)))
    sheet = drawn(at_end(case))
    assert any(f"earlier ones without room here: {300 - MOST_EVENTS}" in one.words for one in sheet.words)
    assert any(one.words.startswith("300. ") for one in sheet.words)
    assert list(faults(sheet)) == []


@given(st.lists(DAYS, min_size=1, max_size=12), st.booleans())
@settings(max_examples=30, deadline=None)
def test_the_axis_keeps_the_order_of_days(days: list[dt.date], even: bool) -> None:
    """Later days stand farther right, all within the ends; names of days stand apart."""
    axis = axis_of(days, 50.0, 500.0, even=even)
    places = [axis.place(day) for day in sorted(set(days))]
    assert places == sorted(set(places))
    assert all(50.0 <= place <= 500.0 + 1e-6 for place in places)
    named = sorted((x, x + 2.0 + 5.0 * len(words)) for x, words in ticks(axis, 5.0))
    assert all(high < low for (_, high), (low, _) in itertools.pairwise(named))


@given(st.lists(st.tuples(st.floats(0, 380), st.floats(0, 100), st.floats(5, 180)), max_size=25), st.floats(0, 400))
@settings(max_examples=50, deadline=None)
def test_packed_rows_never_meet(told: list[tuple[float, float, float]], line: float) -> None:
    """In each row things with their words stand apart, and words within their bounds."""
    wanted = [Wanted(left, min(left + wide, 400.0), words, left) for left, wide, words in told]
    places = packed(wanted, 0.0, 400.0, line=line)
    rows: dict[int, list[tuple[float, float]]] = {}
    for one, place in zip(wanted, places, strict=True):
        assert 0.0 <= place.words_x <= 400.0 - one.words + 1e-6
        low, high = min(one.left, place.words_x), max(one.right, place.words_x + one.words)
        rows.setdefault(place.row, []).append((low, high))
    for taken in rows.values():
        taken.sort()
        assert all(high < low for (_, high), (low, _) in itertools.pairwise(taken))
