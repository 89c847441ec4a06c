"""Files written to mislead or to stall: nobody acts for another, nothing is lost, and no file takes minutes."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from tests.consult.consult_files import D, case, document, event, faults, notice, plain

from skywitness.cli.main import main
from skywitness.consult.replay import replay
from skywitness.consult.states import States, states
from skywitness.consult.words import loaded_words

SUSPENSION = plain("stop", D(2010, 1, 1), "suspension", actors=["RUS"], addressees=["GEO"], legal_basis="political")
CLOSED = D(2011, 1, 1)
CLAIM = event("claim", actors=["RUS"])


def closure(on: Any = CLOSED, **fields: Any) -> dict[str, Any]:
    """Make a closure of ``claim``."""
    return plain("end", on, "closure", **{"closes": ["claim"], "outcome": "withdrawn", **fields})


def on_day(at: dt.date, *events: dict[str, Any]) -> States:
    """Derive what follows from some events on a day."""
    return states(replay(case(*events), at))


@pytest.mark.parametrize(
    ("events", "where", "words"),
    [
        (
            [notice(), plain("left", D(2021, 1, 1), "effect", actors=["USA", "DEU"], follows=["notice"])],
            "events[1].follows",
            "a notice of DEU",
        ),
        (
            [SUSPENSION, plain("go", D(2011, 1, 1), "resumption", follows=["stop"], addressees=["FRA"])],
            "events[1].follows",
            "a suspension of DEU",
        ),
        ([CLAIM, closure(actors=["USA"], capacity="organ")], "events[1].closes", "is a claim of RUS"),
        ([CLAIM, closure(actors=["PRESS"], capacity="organ")], "events[1].closes", "is a claim of RUS"),
        (
            [
                event("found", step="finding", assessor="DEU"),
                event("over", on=D(2011, 1, 1), actors=["RUS"], supersedes=["found"]),
            ],
            "events[1].supersedes",
            "a finding of DEU",
        ),
        ([{**SUSPENSION, "effective_to": D(2009, 1, 1)}], "events[0].effective_to", "does not come after 2010-01-01"),
        (
            [event(conflicts=[{"field": "on", "value": "\x1b[2J", "source": "s"}])],
            "events[0].conflicts[0].value",
            "without control characters",
        ),
        ([event(subjects=["\u202e"])], "events[0].subjects", "without control characters"),
    ],
)
def test_nobody_acts_for_another(events: list[dict[str, Any]], where: str, words: str) -> None:
    """An act that only one can take, taken by another, is one fault with its path; so is what cannot be shown."""
    found = faults(document(*events))
    assert list(found) == [where]
    assert words in found[where]


def test_a_notice_counts_for_its_own_treaty() -> None:
    """An effect under one treaty follows from no notice under another, however long that one ran."""
    rows = [notice(treaty="cfe"), plain("left", D(2022, 1, 1), "effect", actors=["USA"], follows=["notice"])]
    assert list(faults(document(*rows, treaties=("open-skies", "cfe")))) == ["events[1].follows"]


@pytest.mark.parametrize("code", ["USA", "NATO", "BENELUX", "ALL"])
def test_a_file_cannot_make_somebody_known_into_something_else(code: str) -> None:
    """A body of the file takes no code of a State, a body or a group: an invented organ would close any claim."""
    rows = [event(), {"code": code, "name": "A court", "kind": "organ"}]
    assert list(faults(document(rows[0], bodies=rows[1:]))) == ["bodies[0].code"]


def test_a_claim_of_two_stays_open_until_both_have_closed_it() -> None:
    """Each author closes for itself; an organ closes for all."""
    claim = event("claim", actors=["DEU", "POL"])
    own = closure()
    other = {**closure(D(2012, 1, 1), actors=["POL"]), "id": "later"}
    organ = {**closure(actors=["OSCC"], capacity="organ"), "id": "organ"}
    assert on_day(D(2013, 1, 1), claim, own).claims[0].open
    both = on_day(D(2013, 1, 1), claim, own, other).claims[0].closed_by
    assert both is not None
    assert both.id == "later"
    assert not on_day(D(2013, 1, 1), claim, organ).claims[0].open


def test_what_may_not_have_come_closes_and_displaces_nothing() -> None:
    """A closure, a finding or a word of which only the year is known undoes no earlier one before that year is over."""
    first = event("first", step="finding", assessor="DEU")
    second = event("second", on="2011", step="finding", assessor="DEU", supersedes=["first"], asserts=[], denies=["p"])
    rows = [event("claim"), closure("2011"), first, second]
    half, whole = (on_day(day, *rows) for day in (D(2011, 6, 1), D(2011, 12, 31)))
    assert (half.claims[0].open, whole.claims[0].open) == (True, False)
    assert [one.id for one in half.findings] == ["first", "second"]
    assert [one.id for one in whole.findings] == ["second"]
    assert {one.polarity for one in half.positions} == {"asserts", "denies"}
    assert {one.polarity for one in whole.positions} == {"denies"}


@pytest.mark.parametrize("words", ["a viоlation", "a ｖｉｏｌａｔｉｏｎ", "a vio\u00adlation"])
def test_a_word_that_takes_a_side_is_seen_in_other_letters(words: str) -> None:
    """Cyrillic letters that look alike, wide letters and signs nobody sees hide no verdict."""
    assert loaded_words(words) == ("violation",)
    assert not loaded_words("Россия сообщает о полёте, Sea of Azov")


@pytest.mark.parametrize(
    "rows",
    [
        [plain(f"e{i}", D(2010, 1, 1), follows=[f"e{j}" for j in range(300) if j != i]) for i in range(300)],
        [event(f"e{i}", asserts=[f"x{j}" for j in range(100 * i, 100 * i + 100)]) for i in range(200)],
        [event(provisions=[f"OS:{i}" for i in range(20_000)])],
        [event(f"e{i}", asserts=["p", "q"]) for i in range(2_000)],
    ],
    ids=["rings", "propositions", "provisions", "positions"],
)
def test_no_file_takes_minutes(rows: list[dict[str, Any]]) -> None:
    """Rings, words near to none and thousands of acts of one actor take seconds, not minutes."""
    begun = time.process_time()
    if not faults(document(*rows)):
        on_day(D(2020, 1, 1), *rows)
    assert time.process_time() - begun < 20


def test_the_first_day_of_the_calendar_can_be_drawn(tmp_path: Any) -> None:
    """A picture of a day before every event is one, even where nothing in the calendar comes before it."""
    place = tmp_path / "first.png"
    assert main(["case", "show", "9m729", "--at", "0001-01-01", "--png", str(place)]) == 0
    assert place.stat().st_size > 1000
