"""The clock as a calendar and on paper: read back by a parser that shares nothing with the writer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from skywitness.cli.language import Language
from skywitness.core.clock import FINAL, State
from skywitness.core.event import Event
from skywitness.core.text import say
from skywitness.mission.axis import axis_of
from skywitness.mission.ics import to_ics
from skywitness.mission.paper import MOST_DAYS, MOST_ROWS, contents, to_pages, to_pdf
from skywitness.mission.timeline import Timeline, timeline
from skywitness.route.check import make_context
from skywitness.route.facts import Facts
from skywitness.route.files.facts_file import read_facts
from skywitness.route.files.plan_file import read_plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
T0 = dt.datetime(2019, 9, 11, 6, tzinfo=dt.UTC)


@cache
def whole() -> Timeline:
    """The mission of the examples."""
    plan = read_plan(EXAMPLES / "plan.json").plan
    return timeline(make_context(plan, read_facts(EXAMPLES / "mission-facts.toml"), plan.reading))


@cache
def planned() -> Timeline:
    """The same plan, nothing listed."""
    plan = read_plan(EXAMPLES / "plan.json").plan
    return timeline(make_context(plan, Facts(), plan.reading))


def parsed(content: bytes) -> list[dict[str, str]]:
    """Read the events of a calendar as RFC 5545 says: lines end in CRLF, folded lines are joined, texts unescaped."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    inside: list[str] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert inside.pop() == value
        elif inside == ["VEVENT"]:
            assert name not in found[-1], name
            found[-1][name] = re.sub(r"\\(.)", lambda hit: "\n" if hit[1] in "nN" else hit[1], value)
        elif inside == ["VEVENT", "VALARM"]:
            found[-1][f"VALARM {name}"] = f"{found[-1].get(f'VALARM {name}', '')} {value}".strip()
    assert not inside
    return found


def test_what_is_due_rings_a_day_and_an_hour_before() -> None:
    """Each duty with a deadline that is not settled has two alarms, as RFC 5545 has them; what is done has none."""
    line = planned()
    duties = {duty.id: duty for duty in line.duties}
    events = {event["UID"].split(".")[0]: event for event in parsed(to_ics(line))}
    ringing = {name for name, event in events.items() if "VALARM TRIGGER" in event}
    assert ringing == {name for name in events if duties[name].due_utc is not None and duties[name].state not in FINAL}
    assert len(ringing) > 10
    for name in ringing:
        assert events[name]["VALARM TRIGGER"] == "-P1D -PT1H"
        assert events[name]["VALARM ACTION"] == "DISPLAY DISPLAY"
        assert events[name]["VALARM DESCRIPTION"]
    done = {duty.id for duty in whole().duties if duty.state is State.DONE}
    late = {event["UID"].split(".")[0]: event for event in parsed(to_ics(whole()))}
    assert done & late.keys()
    assert not any("VALARM TRIGGER" in late[name] for name in done & late.keys())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_calendar_is_read_back(language: str) -> None:
    """Every line fits, every event has what the standard asks for, and its time is that of the duty."""
    content = to_ics(whole(), catalogue=Language(language))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    events = parsed(content)
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTART"])
        assert event["DTSTAMP"] == "20190912T080000Z"
    assert len({event["UID"] for event in events}) == len(events)
    by_name = {event["UID"].split(".")[0]: event for event in events}
    assert by_name["mission_report"]["DTSTART"] == "20190919T153000Z"
    assert "OS:VI.I.21" in by_name["mission_report"]["SUMMARY"]
    assert by_name["acknowledgement"]["STATUS"] == "CONFIRMED"


def test_the_calendar_speaks_one_language_of_the_law() -> None:
    """Where a time stands in the law, and how well it is founded, is said in the language of the calendar."""
    english, vietnamese = (parsed(to_ics(whole(), catalogue=Language(code))) for code in ("en", "vi"))
    assert any("(treaty text)" in event["DESCRIPTION"] for event in english)
    assert not any(word in event["DESCRIPTION"] for event in vietnamese for word in ("(text)", "OS Art.", "Annex"))


def test_what_stands_in_the_calendar() -> None:
    """Duties with a time that apply; none of 1992, none that waits for what nobody expects."""
    names = {event["UID"].split(".")[0] for event in parsed(to_ics(whole()))}
    assert {"notice_of_flight", "plan_answer", "mission_period", "notice_of_plans"} <= names
    assert not names & {"clearance_and_languages", "methods_for_cameras", "prohibition_explained", "sequence_q1"}


def test_the_calendar_is_the_same_again_and_an_event_keeps_its_name() -> None:
    """The same mission gives the same bytes; when a time moves the event keeps its UID, and estimates say so."""
    assert to_ics(whole()) == to_ics(whole())
    early, late = ({event["UID"]: event for event in parsed(to_ics(line))} for line in (planned(), whole()))
    both = early.keys() & late.keys()
    assert any(early[uid]["DTSTART"] != late[uid]["DTSTART"] for uid in both)
    assert {event["STATUS"] for event in early.values()} == {"TENTATIVE", "CONFIRMED"}


def test_signs_that_mean_something_are_escaped() -> None:
    """Commas, semicolons, backslashes and new lines in a text come back as they were; controls do not stand there."""
    line = whole()
    odd = "a, b; c \\ d\nê " + "ữ" * 90
    duty = next(duty for duty in line.duties if duty.id == "departure")
    changed = replace(duty, clock=replace(duty.clock, what=say("{words}", words=odd + "\x07")))
    content = to_ics(replace(line, duties=(changed,)))
    assert max(len(one) for one in content.split(b"\r\n")) <= 75
    (event,) = parsed(content)
    assert odd in event["SUMMARY"]
    assert "\x07" not in event["SUMMARY"]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("line", [whole, planned])
def test_one_page(line: object, language: str) -> None:
    """The printed clock is one page in each language, with and without events."""
    found = whole() if line is whole else planned()
    pages = to_pages(found, catalogue=Language(language), language=language)
    assert len(pages) == 1
    assert pages[0].startswith(b"\x89PNG")


def test_the_page_is_the_same_again() -> None:
    """The same mission gives the same bytes of PDF, of one page."""
    once = to_pdf(planned())
    assert once.startswith(b"%PDF")
    assert to_pdf(planned()) == once


def test_what_stands_on_the_page() -> None:
    """Deadlines come before what is to follow at once; every place is on the axis; what is late is marked."""
    data = contents(whole())
    rows = data["rows"]
    assert len(rows) <= MOST_ROWS
    assert {row["provision"] for row in rows} >= {"VI.I.5", "VI.I.9", "VI.I.20", "VI.I.21", "VI.II.6", "IX.II.3(B)"}
    for row in rows:
        assert 0.0 <= row["from"] <= 1.0
        assert row["to"] is None or row["from"] <= row["to"] <= 1.0
    (late,) = [row for row in rows if row["state"] == State.LATE.value]
    assert (late["provision"], late["side"]) == ("VI.I.21", "observing")
    assert any("H.1" in line["provision"] for line in data["calendar"]["lines"])
    assert data["axis"]["now"] is not None


def test_the_axis_keeps_the_order_of_time() -> None:
    """Later moments lie farther right through all three stretches, and what lies beyond is put at the end."""
    hours = [dt.timedelta(hours=number) for number in range(-400, 900, 7)]
    axis = axis_of([T0, T0 + hours[-100]], [T0 + hours[30], T0 + hours[-10]])
    places = [axis.place(T0 + step) for step in hours]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert axis.beyond(T0 + hours[-1])
    assert not axis.beyond(T0)
    assert [at for at, _ in axis.days()] == sorted(at for at, _ in axis.days())
    assert list(axis.hours())


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("line", [whole, planned])
def test_labels_of_days_do_not_meet(line: object, language: str) -> None:
    """No two labels of days stand nearer than one is wide, none runs off the axis, and the mission has its own."""
    found = whole() if line is whole else planned()
    axis = contents(found, Language(language), language)["axis"]
    labelled = sorted(day["at"] for day in axis["days"] if day["label"])
    assert all(later - earlier >= 0.115 for earlier, later in pairwise(labelled))
    assert labelled[-1] <= 0.885
    assert sum(day["core"] and bool(day["label"]) for day in axis["days"]) >= 2


def crowded(kind: str, number: int, apart: dt.timedelta) -> Timeline:
    """The timeline of the example plan with one kind of event many times over."""
    events = tuple(Event(kind, T0 - apart * step) for step in range(number))
    plan = read_plan(EXAMPLES / "plan.json").plan
    return timeline(make_context(plan, Facts(events=events), plan.reading), T0)


@pytest.mark.parametrize(
    ("kind", "apart"), [("list_received", dt.timedelta(days=1)), ("samples_requested", dt.timedelta(hours=1))]
)
def test_many_lines_stay_on_one_page(kind: str, apart: dt.timedelta) -> None:
    """However many times there are the page is one, and says how many lines have no room."""
    found = crowded(kind, 90, apart)
    data = contents(found)
    assert len(data["rows"]) <= MOST_ROWS
    assert len(data["calendar"]["lines"]) <= MOST_DAYS
    shown = len(data["rows"]) + len(data["calendar"]["lines"])
    left_out = len(parsed(to_ics(found))) - shown
    assert any(note.startswith(f"{left_out} more lines") for note in data["notes"])
    assert len(to_pages(found)) == 1


def test_what_was_not_kept_is_never_left_out() -> None:
    """Among more lines than fit, those that were not kept stand on the page."""
    found = whole()
    many = replace(found, duties=tuple(replace(duty, number=n) for n in range(1, 9) for duty in found.duties))
    rows = contents(many)["rows"]
    assert [row["provision"] for row in rows if row["state"] == "late"] == ["VI.I.21"] * 8


def test_an_event_far_off_does_not_stretch_the_axis() -> None:
    """An arrival listed years before the flight leaves the axis around the flight and its marks readable."""
    plan = read_plan(EXAMPLES / "plan.json").plan
    events = (Event("arrival", T0 - dt.timedelta(days=2_000)),)
    data = contents(timeline(make_context(plan, Facts(events=events), plan.reading), T0))
    assert len(data["axis"]["hours"]) <= 14
    assert len(data["axis"]["days"]) < 60


def test_a_later_calendar_replaces_an_earlier_one() -> None:
    """Events carry a number that grows with what has happened, so that a calendar takes the newer of two."""
    numbers = [{int(event["SEQUENCE"]) for event in parsed(to_ics(line))} for line in (planned(), whole())]
    assert [len(number) for number in numbers] == [1, 1]
    assert max(numbers[0]) < max(numbers[1])


def test_blanks_of_every_kind_stay_blanks() -> None:
    """A blank that no line can hold becomes a plain one and does not join two words."""
    line = whole()
    duty = next(duty for duty in line.duties if duty.id == "departure")
    changed = replace(duty, clock=replace(duty.clock, what=say("{words}", words="a\u00a0b\u2028c\td")))
    (event,) = parsed(to_ics(replace(line, duties=(changed,))))
    assert "a b c d" in event["SUMMARY"]
