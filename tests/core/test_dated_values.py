"""What holds on a day, told by values with two clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.dated import (
    NOT_FOUND,
    DatedValue,
    Missing,
    NotInForce,
    Outcome,
    Settled,
    Unsettled,
    resolve,
)


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def days(*texts: str) -> tuple[dt.date, ...]:
    """Read several days."""
    return tuple(day(text) for text in texts)


def brief(outcome: Outcome) -> str:
    """Write an outcome so that a table can hold it: ``5000 text``, ``5000|5500``, ``none``."""
    if isinstance(outcome, Settled):
        return f"{outcome.value} {outcome.status}"
    if isinstance(outcome, NotInForce):
        return "none"
    found = "|".join(str(value) for value in sorted(str(candidate.value) for candidate in outcome.candidates))
    return found if outcome.exhaustive else f"{found}|?"


KUBINKA = [
    DatedValue(5000, "km", start=day("2002-01-01"), known=day("1992-03-24"), status="text"),
    DatedValue(
        5500, "km", attested=days("2012-08-13", "2016-08-01"), end=day("2021-12-18"), end_known=day("2021-06-18")
    ),
]
"""A text value, then another one that was only seen, until the Party left."""

WARSAW = [
    DatedValue(1400, "km", start=day("2002-01-01"), status="text"),
    DatedValue(1400, "km", attested=days("2014-04-07", "2017-01-01")),
]
"""A text value that was seen again."""

FIRST_DISTRIBUTION = [
    DatedValue(3, "flights", start=day("2002-01-01"), end=day("2004-01-01"), known=day("1992-03-24"), status="text"),
]
"""A term with both ends."""

DECIDED = [
    DatedValue(5, start=day("2002-01-01"), status="text"),
    DatedValue(6, start=day("2010-01-01"), known=day("2009-10-01"), status="decision"),
]
"""A later value that begins by a dated decision."""

SARAJEVO = [
    DatedValue(720, "km", attested=days("2019-05-12")),
    DatedValue(750, "km", attested=days("2024-05-13")),
]
"""Two values that were only seen."""

BELARUS = [
    DatedValue(42, start=day("2002-01-01"), end=day("2021-12-18"), status="text"),
    DatedValue(NOT_FOUND, start=day("2021-12-18"), note="not published"),
]
"""A value that exists but was not found."""

RECALLED = [DatedValue(4, start=day("2003-10-20"), status="recollection")]
"""A value nobody has checked."""

RECALLED_SIGHTING = [DatedValue(1300, "km", attested=days("2015-08-17"), status="recollection")]
"""A sighting nobody has checked."""

NAMED = {
    "Kubinka": KUBINKA,
    "Warsaw": WARSAW,
    "first distribution": FIRST_DISTRIBUTION,
    "decided": DECIDED,
    "Sarajevo": SARAJEVO,
    "Belarus": BELARUS,
    "recalled": RECALLED,
    "recalled sighting": RECALLED_SIGHTING,
}


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("Kubinka", "2001-12-31", "none"),
        ("Kubinka", "2002-01-01", "5000 text"),
        ("Kubinka", "2002-01-02", "5000|5500"),
        ("Kubinka", "2005-06-01", "5000|5500"),
        ("Kubinka", "2012-08-12", "5000|5500"),
        ("Kubinka", "2012-08-13", "5500 attested"),
        ("Kubinka", "2014-01-01", "5500 attested"),
        ("Kubinka", "2016-08-01", "5500 attested"),
        ("Kubinka", "2021-12-17", "5500 attested"),
        ("Kubinka", "2021-12-18", "none"),
        ("Warsaw", "2008-01-01", "1400 text"),
        ("Warsaw", "2014-04-07", "1400 text"),
        ("Warsaw", "2026-01-01", "1400 text"),
        ("first distribution", "2001-12-31", "none"),
        ("first distribution", "2002-01-01", "3 text"),
        ("first distribution", "2003-12-31", "3 text"),
        ("first distribution", "2004-01-01", "none"),
        ("decided", "2009-12-31", "5 text"),
        ("decided", "2010-01-01", "6 decision"),
        ("Sarajevo", "2019-05-11", "none"),
        ("Sarajevo", "2019-05-12", "720 attested"),
        ("Sarajevo", "2022-01-01", "720|750"),
        ("Sarajevo", "2024-05-13", "750 attested"),
        ("Sarajevo", "2026-01-01", "750 attested"),
        ("Belarus", "2021-12-17", "42 text"),
        ("Belarus", "2021-12-18", "|?"),
        ("Belarus", "2026-01-01", "|?"),
        ("recalled", "2010-01-01", "4 recollection"),
        ("recalled sighting", "2019-01-01", "1300 recollection"),
    ],
)
def test_what_holds_on_a_day(name: str, at: str, expected: str) -> None:
    """The table is the rule: text, sightings, gaps, ends, and values not found."""
    assert brief(resolve(NAMED[name], day(at))) == expected


@pytest.mark.parametrize(
    ("name", "at", "known", "expected"),
    [
        ("Kubinka", "2005-06-01", "2005-06-01", "5000 text"),
        ("Kubinka", "2014-01-01", "2012-08-12", "5000 text"),
        ("Kubinka", "2014-01-01", "2014-01-01", "5500 attested"),
        ("Kubinka", "2022-01-01", "2021-06-17", "5500 attested"),
        ("Kubinka", "2022-01-01", "2021-06-18", "none"),
        ("Kubinka", "2003-01-01", "1992-03-23", "none"),
        ("decided", "2011-01-01", "2009-09-30", "5 text"),
        ("decided", "2011-01-01", "2009-10-01", "6 decision"),
        ("Sarajevo", "2022-01-01", "2022-01-01", "720 attested"),
        ("first distribution", "2004-01-01", "1995-01-01", "none"),
    ],
)
def test_what_was_known_to_hold(name: str, at: str, known: str, expected: str) -> None:
    """The second clock leaves out what had not become known: later sightings, decisions and ends."""
    assert brief(resolve(NAMED[name], day(at), day(known))) == expected


def test_an_unsettled_answer_names_the_gap_and_its_candidates_with_sources() -> None:
    """Between two values the answer says when each was seen, so that a reader can look for the decision."""
    outcome = resolve(KUBINKA, day("2005-06-01"))
    assert isinstance(outcome, Unsettled)
    assert outcome.exhaustive
    assert (outcome.last_seen, outcome.next_seen) == days("2002-01-01", "2012-08-13")
    assert [candidate.to_json()["status"] for candidate in outcome.candidates] == ["text", "reported"]


def test_nothing_in_force_says_when_something_begins_or_has_ended() -> None:
    """A day before or after is not an empty answer: it names the nearest day on which there is one."""
    assert resolve(KUBINKA, day("1999-01-01")) == NotInForce(day("1999-01-01"), begins=day("2002-01-01"))
    assert resolve(KUBINKA, day("2022-01-01")) == NotInForce(day("2022-01-01"), ended=day("2021-12-18"))
    assert resolve([], day("2022-01-01")) == NotInForce(day("2022-01-01"))


def test_the_best_founded_entry_answers_and_the_others_support_it() -> None:
    """Equal entries add up; the text outranks a press note, and the sightings of all are told."""
    outcome = resolve(WARSAW, day("2020-01-01"))
    assert isinstance(outcome, Settled)
    assert [entry.status for entry in outcome.support] == ["text", "reported"]
    assert outcome.attested == days("2014-04-07", "2017-01-01")
    assert outcome.number == 1400.0


def test_a_value_seen_again_after_another_rests_on_the_new_sighting_only() -> None:
    """A text value that was given up and then seen again is attested, not text."""
    entries = [
        DatedValue(1, start=day("2002-01-01"), status="text"),
        DatedValue(2, attested=days("2010-01-01")),
        DatedValue(1, attested=days("2015-01-01")),
    ]
    assert brief(resolve(entries, day("2016-01-01"))) == "1 attested"


def test_two_values_seen_on_one_day_contradict_each_other() -> None:
    """A contradiction is not decided by the order of a file."""
    entries = [DatedValue(1, attested=days("2010-01-01")), DatedValue(2, attested=days("2010-01-01"))]
    assert brief(resolve(entries, day("2010-01-01"))) == "1|2"
    assert brief(resolve(entries, day("2012-01-01"))) == "1|2"


def test_a_value_needs_a_day() -> None:
    """Without a first day or a sighting there is nothing to place in time."""
    with pytest.raises(ValueError, match="at least one day"):
        DatedValue(1)


def test_a_word_is_not_a_number() -> None:
    """Asking a word for its number is a mistake of the caller."""
    outcome = resolve([DatedValue("film", start=day("2002-01-01"))], day("2003-01-01"))
    assert isinstance(outcome, Settled)
    with pytest.raises(TypeError, match="not a number"):
        _ = outcome.number


some_days = st.dates(dt.date(2001, 12, 20), dt.date(2002, 2, 10))


CLAIMS: list[int | Missing] = [1, 2, NOT_FOUND]


@st.composite
def entries(draw: st.DrawFn) -> DatedValue:
    """Draw a dated value: a term, a beginning, or sightings."""
    first, second = sorted(draw(st.lists(some_days, min_size=2, max_size=2, unique=True)))
    value: int | Missing = draw(st.sampled_from(CLAIMS))
    shape = draw(st.sampled_from(["term", "beginning", "sightings", "ended sightings"]))
    status = draw(st.sampled_from(["text", "decision", "reported", "recollection"]))
    if shape == "term":
        return DatedValue(value, start=first, end=second, status=status)
    if shape == "beginning":
        return DatedValue(value, start=first, attested=(second,), status=status)
    return DatedValue(value, attested=(first,), end=second if shape == "ended sightings" else None, status=status)


many = st.lists(entries(), max_size=5)


@given(many.flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))), some_days)
def test_the_order_of_entries_does_not_matter(orders: tuple[list[DatedValue], list[DatedValue]], at: dt.date) -> None:
    """A file may be written in any order."""
    written, shuffled = orders
    assert brief(resolve(written, at)) == brief(resolve(shuffled, at))


@given(many, some_days)
def test_knowing_everything_is_the_same_as_not_asking(values: list[DatedValue], at: dt.date) -> None:
    """The second clock set to the far future changes nothing."""
    assert resolve(values, at) == resolve(values, at, dt.date.max)


@given(many, some_days)
def test_an_open_answer_is_really_open(values: list[DatedValue], at: dt.date) -> None:
    """Unsettled means two candidates that differ, or one that was not found; a candidate is never a missing value."""
    outcome = resolve(values, at)
    if isinstance(outcome, Unsettled):
        claims = {candidate.claim for candidate in outcome.candidates}
        assert len(claims) == len(outcome.candidates)
        assert len(claims) >= 2 or not outcome.exhaustive
        assert NOT_FOUND not in {candidate.value for candidate in outcome.candidates}


@given(many, some_days)
def test_a_settled_answer_survives_seeing_it_once_more(values: list[DatedValue], at: dt.date) -> None:
    """A sighting of what holds anyway confirms it."""
    outcome = resolve(values, at)
    if isinstance(outcome, Settled):
        again = resolve([*values, DatedValue(outcome.value, attested=(at,))], at)
        assert isinstance(again, Settled)
        assert again.value == outcome.value


@given(many, some_days)
def test_seeing_another_value_on_the_day_unsettles_what_is_stated_for_it(values: list[DatedValue], at: dt.date) -> None:
    """No sighting silently overrides a value that is stated for the same day."""
    stated = {entry.value for entry in values if at in entry.days}
    outcome = resolve([*values, DatedValue(99, attested=(at,))], at)
    assert isinstance(outcome, Unsettled if stated else Settled)
