"""The engine of clocks: from rows, events and law to states, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.clock import (
    FINAL,
    Bound,
    Case,
    Clock,
    Condition,
    Duty,
    Extension,
    Footing,
    LawTime,
    Moment,
    OnDay,
    Pause,
    Reason,
    State,
)
from skywitness.core.clock_engine import duties
from skywitness.core.event import Event
from skywitness.core.text import say

T0 = dt.datetime(2019, 9, 11, 6, tzinfo=dt.UTC)
LAW = {
    "four": LawTime(4.0, "h"),
    "week": LawTime(7.0, "d"),
    "half": LawTime(6.0, "months"),
    "day": LawTime((10, 1), ""),
}


def law(key: str, _subject: str) -> LawTime | None:
    """A law of four values."""
    return LAW.get(key)


def hours(number: float) -> dt.datetime:
    """A moment so many hours after the first."""
    return T0 + dt.timedelta(hours=number)


def clock(**fields: Any) -> Clock:
    """A duty to answer within four hours of a question, unless ``fields`` say otherwise."""
    words = say("answer")
    plain: dict[str, Any] = {"due": Bound("asked", "four"), "done_by": ("answered",)}
    return Clock("row", "OS:VI.II.6", "observed", "observing", "duty", words, **(plain | fields))


def events(**at: float) -> tuple[Event, ...]:
    """Events by kind, each so many hours after the first moment."""
    return tuple(Event(kind, hours(number)) for kind, number in at.items())


def one(row: Clock, case: Case, now: float | None) -> Duty:
    """The only duty of a clock."""
    (duty,) = duties([row], case, law, None if now is None else hours(now))
    return duty


@pytest.mark.parametrize(
    ("listed", "now", "fields", "state"),
    [
        ({}, None, {}, State.WAITING),
        ({}, 9.0, {}, State.WAITING),
        ({"asked": 0.0}, 0.0, {}, State.DUE),
        ({"asked": 0.0}, 4.0, {}, State.DUE),
        ({"asked": 0.0}, 4.01, {}, State.LATE),
        ({"asked": 0.0, "answered": 4.0}, 9.0, {}, State.DONE),
        ({"asked": 0.0, "answered": 4.01}, 9.0, {}, State.LATE),
        ({"asked": 0.0, "answered": 5.0}, 4.5, {}, State.LATE),
        ({"asked": 0.0}, 5.0, {"lapse": State.LAPSED}, State.LAPSED),
        ({"asked": 0.0}, 5.0, {"lapse": State.DEEMED}, State.DEEMED),
        ({"asked": 0.0, "answered": -1.0}, 5.0, {"opens": Bound("asked")}, State.EARLY),
        ({"answered": 1.0}, 5.0, {}, State.CANNOT_TELL),
        ({"asked": 6.0}, 5.0, {}, State.WAITING),
        ({"asked": 0.0, "storm": 1.0}, 9.0, {"suspended_by": ("storm",)}, State.DUE),
        ({"asked": 0.0, "storm": 5.0}, 9.0, {"suspended_by": ("storm",)}, State.LATE),
        ({"asked": 0.0}, 9.0, {"due": Bound("asked", "unheard")}, State.CANNOT_TELL),
        ({"asked": 0.0, "over": 3.0}, 3.0, {"opens": Bound("asked"), "due": Bound("over")}, State.DUE),
        ({"asked": 0.0, "over": 3.0}, 3.1, {"opens": Bound("asked"), "due": Bound("over")}, State.LATE),
        ({"asked": 0.0, "answered": 1.0}, 2.0, {"opens": Bound("asked"), "due": Bound("over")}, State.DONE),
    ],
)
def test_states(listed: dict[str, float], now: float | None, fields: dict[str, Any], state: State) -> None:
    """One row for each way a duty can stand."""
    assert one(clock(**fields), Case(events=events(**listed)), now).state is state


def test_an_appointment_counts_before_it_comes() -> None:
    """What is to be done before a fixed time is due at once, and late although that time has not come."""
    row = clock(due=Bound("flight", "four", before=True))
    case = Case(events=events(flight=24.0), appointments=frozenset({"flight"}))
    assert [one(row, case, now).state for now in (0.0, 20.0, 20.1)] == [State.DUE, State.DUE, State.LATE]
    assert one(row, case, 0.0).due_utc == hours(20.0)


def test_agreement_waives_only_what_was_not_kept() -> None:
    """With an agreement what is in time stays done, what is not is waived; never is it late."""
    agreed = Case(events=events(asked=0.0), agreed={"OS:VI.II.6": "exchange of notes"})
    late, kept = (replace(agreed, events=events(asked=0.0, answered=at)) for at in (5.0, 3.0))
    assert [one(clock(), case, 9.0).state for case in (agreed, late, kept)] == [State.WAIVED, State.WAIVED, State.DONE]
    assert one(clock(), late, 9.0).by_agreement == "exchange of notes"
    assert one(clock(), agreed, 3.0).state is State.DUE


def test_a_condition_that_nobody_knows() -> None:
    """A clock that runs only under a fact: ruled out, running, or open where the fact is not known."""
    row = clock(when=(Condition("provider", ("observing",)),))
    case = Case(events=events(asked=0.0))
    known = [one(row, replace(case, known={"provider": value}), 1.0).state for value in ("observed", "observing")]
    assert known == [State.NOT_APPLICABLE, State.DUE]
    open_fact = one(row, case, 1.0)
    assert (open_fact.state, open_fact.unknown) == (State.CANNOT_TELL, ("provider",))


def test_an_extension_and_who_asked_for_it() -> None:
    """Time is added under a fact; where the fact is not known nobody is late before the longer time is over."""
    row = clock(extended=(Extension("four", "demonstration", "observed"),))
    case = Case(events=events(asked=0.0))
    states = {
        who: [one(row, replace(case, known=known), now).state for now in (5.0, 8.1)]
        for who, known in (
            ("observed", {"demonstration": "observed"}),
            ("observing", {"demonstration": "x"}),
            ("?", {}),
        )
    }
    assert states == {
        "observed": [State.DUE, State.LATE],
        "observing": [State.LATE, State.LATE],
        "?": [State.CANNOT_TELL, State.LATE],
    }


def test_who_did_it_settles_a_fact() -> None:
    """An event whose author decides a fact does so from when it happened on."""
    row = clock(extended=(Extension("four", "demonstration", "observed"),))
    asked = Event("requested", hours(1.0), "FIN")
    case = Case((*events(asked=0.0), asked), settles={"requested": "demonstration"}, sides={"FIN": "observed"})
    assert one(row, case, 5.0).state is State.DUE
    assert one(row, case, 5.0).extended == ("four",)


@pytest.mark.parametrize(
    ("listed", "now", "due", "state"),
    [
        ({}, 3.0, 4.0, State.DUE),
        ({"fog": 1.0, "clear": 2.5}, 5.0, 5.5, State.DUE),
        ({"fog": 1.0, "clear": 2.5}, 5.6, 5.5, State.LATE),
        ({"fog": 1.0}, 50.0, None, State.DUE),
        ({"fog": -3.0, "clear": 1.0}, 4.9, 5.0, State.DUE),
        ({"fog": 5.0, "clear": 6.0}, 6.0, 4.0, State.LATE),
    ],
)
def test_time_that_stands_still(listed: dict[str, float], now: float, due: float | None, state: State) -> None:
    """A standstill moves the end by its length within the time; while it lasts there is no end."""
    row = clock(paused=Pause(("fog",), ("clear",), "OS:F.III.3(D)"))
    duty = one(row, Case(events=events(asked=0.0, **listed)), now)
    assert (duty.state, duty.due_utc) == (state, None if due is None else hours(due))


def test_a_standstill_that_was_agreed_away() -> None:
    """Where those concerned agreed that delays count, they count."""
    row = clock(paused=Pause(("fog",), ("clear",), "OS:F.III.3(D)"))
    case = Case(events=events(asked=0.0, fog=1.0, clear=3.0), agreed={"OS:F.III.3(D)": "note"})
    assert one(row, case, 4.5).state is State.LATE


def test_a_right_that_arises_from_another_time() -> None:
    """A right to prohibit is there from when the other's time ran out, and never when it was kept."""
    source = clock(lapse=State.LATE)
    right = replace(clock(due=Bound("flight"), lapse=State.LAPSED, arises_from="row"), id="right", done_by=("stop",))
    found = {}
    for name, listed, now in (
        ("kept", {"asked": 0.0, "answered": 1.0}, 9.0),
        ("open", {"asked": 0.0}, 2.0),
        ("there", {"asked": 0.0}, 5.0),
        ("used", {"asked": 0.0, "stop": 6.0}, 9.0),
        ("gone", {"asked": 0.0, "flight": 8.0}, 9.0),
    ):
        found[name] = duties([source, right], Case(events=events(**listed)), law, hours(now))[1].state
    assert found == {
        "kept": State.NOT_APPLICABLE,
        "open": State.WAITING,
        "there": State.DUE,
        "used": State.DONE,
        "gone": State.LAPSED,
    }


def test_a_clock_that_arises_from_none() -> None:
    """A source that is not there, or a clock that waits for itself, is a mistake of the tables."""
    with pytest.raises(ValueError, match="which is none"):
        one(clock(arises_from="nothing"), Case(), 0.0)
    with pytest.raises(ValueError, match="itself"):
        one(clock(arises_from="row"), Case(), 0.0)


def test_a_clock_that_repeats() -> None:
    """Each question has its own time, and the first answer after it settles it."""
    asked = tuple(Event("asked", hours(at)) for at in (0.0, 10.0, 20.0))
    answered = tuple(Event("answered", hours(at)) for at in (2.0, 15.0))
    found = duties([clock(repeats=True)], Case((*asked, *answered)), law, hours(21.0))
    assert [(duty.id, duty.state) for duty in found] == [
        ("row", State.DONE),
        ("row-2", State.LATE),
        ("row-3", State.DUE),
    ]


def test_what_law_and_calendar_start_is_not_presumed_listed() -> None:
    """Nobody lists what was done in 1992: past its day it cannot be told, unless the list says that it is whole."""
    row = clock(due=OnDay("day"))
    case = Case(year=2018)
    assert one(row, case, 0.0).reason is Reason.NOT_LISTED
    assert one(row, replace(case, complete_until=hours(0.0)), 0.0).state is State.LATE
    assert one(row, replace(case, events=(Event("answered", T0.replace(year=2018)),)), 0.0).state is State.DONE


def test_an_estimate_never_makes_anybody_late() -> None:
    """What is counted from an event that has not happened waits, however far the estimate lies back."""
    estimate = Moment("asked", hours(-100.0), Footing.EXPECTED)
    duty = one(clock(), Case(expected={"asked": estimate}), 9.0)
    assert (duty.state, duty.estimated, duty.due_utc) == (State.WAITING, True, hours(-96.0))
    sure = replace(estimate, at=hours(0.0), not_earlier=True)
    answered = Case(events=events(answered=3.0), expected={"asked": sure})
    assert one(clock(), answered, 9.0).state is State.DONE  # asked no earlier, so answered in time
    assert one(clock(), replace(answered, events=events(answered=5.0)), 9.0).state is State.CANNOT_TELL


def test_what_can_no_longer_happen() -> None:
    """A duty that waits for what is ruled out by something else does not apply any more."""
    case = Case(events=events(flown=1.0), excluded={"asked": ("flown",)})
    assert one(clock(), case, 2.0).state is State.NOT_APPLICABLE


KINDS = ("asked", "answered", "fog", "clear", "storm", "flown", "over")
LISTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-10, 30)), max_size=8)
ROWS = st.sampled_from(
    [
        clock(),
        clock(opens=Bound("asked"), due=Bound("over")),
        clock(lapse=State.DEEMED),
        clock(suspended_by=("storm",)),
        clock(paused=Pause(("fog",), ("clear",))),
        clock(due=OnDay("day")),
        clock(opens=Bound("flown", "four"), due=None),
    ]
)
RANK = {State.WAITING: 0, State.DUE: 1, State.CANNOT_TELL: 2, State.NOT_APPLICABLE: 3, **dict.fromkeys(FINAL, 3)}


@given(ROWS, LISTS, st.integers(-12, 32), st.integers(0, 20))
def test_states_only_move_on(row: Clock, listed: list[tuple[str, int]], now: int, later: int) -> None:
    """With the same list a later moment never takes a state back: waiting, due, and then for good."""
    case = Case(tuple(Event(kind, hours(at)) for kind, at in listed), year=2018)
    first, second = one(row, case, now), one(row, case, now + later)
    if first.state in FINAL:
        assert second.state is first.state
    elif first.done is second.done:
        assert RANK[second.state] >= RANK[first.state] or first.reason is Reason.UNKNOWN_ANCHOR


@given(LISTS, st.integers(-12, 32), st.integers(-10_000, 10_000))
def test_everything_shifts_together(listed: list[tuple[str, int]], now: int, shift: int) -> None:
    """Moved by any time, the same events give the same states and times moved as far; days of the calendar stay."""
    rows = [clock(), replace(clock(opens=Bound("asked"), due=Bound("over", "week")), id="week")]
    fixed = replace(clock(due=OnDay("day")), id="calendar")
    plain = duties([*rows, fixed], Case(tuple(Event(kind, hours(at)) for kind, at in listed)), law, hours(now))
    events_then = tuple(Event(kind, hours(at + shift)) for kind, at in listed)
    moved = duties([*rows, fixed], Case(events_then), law, hours(now + shift))
    for before, after in zip(plain[:2], moved[:2], strict=True):
        assert before.state is after.state
        if before.due_utc is not None:
            assert after.due_utc == before.due_utc + dt.timedelta(hours=shift)
    assert plain[2].due_utc == moved[2].due_utc == dt.datetime(2002, 10, 1, 23, 59, 59, tzinfo=dt.UTC)


def test_prior_to_a_day_and_by_a_day() -> None:
    """What is due by a day can be done until that day ends, what is due prior to it only until it begins."""
    ends = [one(clock(due=OnDay("day", before=before)), Case(year=2019), 0.0).due_utc for before in (False, True)]
    assert ends == [
        dt.datetime(2019, 10, 1, 23, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2019, 9, 30, 23, 59, 59, tzinfo=dt.UTC),
    ]


@pytest.mark.parametrize(
    ("answered", "state"), [(3.0, State.CANNOT_TELL), (6.0, State.LATE), (None, State.LATE), (5.0, State.CANNOT_TELL)]
)
def test_what_was_to_precede_a_moment_that_has_passed(answered: float | None, state: State) -> None:
    """Before a moment known only to lie no later than the fifth hour: late after it, open before it."""
    latest = Moment("over", hours(5.0), Footing.EXPECTED, not_later=True)
    listed = {"asked": 0.0} if answered is None else {"asked": 0.0, "answered": answered}
    row = clock(opens=Bound("asked"), due=Bound("over"))
    case = Case(events=events(**listed), expected={"over": latest})
    assert one(row, case, 9.0).state is state


def test_an_act_is_no_answer_to_what_can_no_longer_begin() -> None:
    """What began nothing that is listed, and can no longer begin, is no duty, whoever did what looks like its end."""
    row = clock(opens=Bound("asked"), due=None)
    case = Case(events=events(over=1.0, answered=2.0), excluded={"asked": ("over",)})
    assert [one(row, case, now).state for now in (1.5, 9.0)] == [State.NOT_APPLICABLE] * 2
    assert one(row, replace(case, excluded={}), 9.0).state is State.CANNOT_TELL
