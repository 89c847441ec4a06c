"""The mission report drafts itself: what is told is taken over as it is, what is not is open, nothing is invented."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from tests.route.exports.test_export_pdf import Paper
from tests.route.rules.plans import make_plan
from tests.track.exports.drawn_flights import detour, flown, fly

from skywitness.cli.language import Language
from skywitness.core.event import Event
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.law.provisions import provisions
from skywitness.mission import report_paper
from skywitness.mission.documents.document_file import read_document
from skywitness.mission.report import Report, draft_report, remarks, to_json, to_toml
from skywitness.mission.report_flown import CURTAILED_BY, GROUND_OF_REASON
from skywitness.route.exports.words import STAND_IN
from skywitness.route.facts import Facts
from skywitness.track.exports.shown import Shown
from skywitness.track.flight_log import CURTAILED_BY as NOTED_CAUSES
from skywitness.track.flight_log import REASONS, Curtailment, FlightLog, NotedDeviation, SensorOn

PLAN = make_plan()
START = PLAN.commencement_utc
VI = Language("vi")


def minutes(count: float) -> dt.datetime:
    """Give a time so many minutes into the flight."""
    return START + dt.timedelta(minutes=count)


def report(**how: Any) -> Report:
    """Fly, judge and draft."""
    flight, found = flown(**how)
    return draft_report(Shown(flight, found, track_sha256="ab" * 32))


def value(drafted: Report, ident: str) -> Any:
    """Return the value of an item."""
    return next(one.value for one in drafted.items if one.item.id == ident)


def told_by(drafted: Report, ident: str) -> str:
    """Return who told an item."""
    return next(one.told_by for one in drafted.items if one.item.id == ident)


def test_what_the_treaty_asks_for_is_all_there() -> None:
    """Date and time, route and profile, weather, periods, data and covers have an item each, with its provision."""
    drafted = report()
    items = {one.item.id: one.item.provision for one in drafted.items}
    assert items.keys() >= {"from_utc", "to_utc", "route", "profile", "weather", "periods", "data_amount", "covers"}
    assert set(items.values()) <= {found.id for found in provisions()}


def test_figures_are_those_of_the_comparison() -> None:
    """Times, distance and deviations of the report are what the comparison found."""
    drafted = report(aside=detour(200.0, 500.0, 75.0))
    seen = drafted.shown.flight.seen
    assert value(drafted, "observed") == PLAN.observed
    assert value(drafted, "from_utc") == seen.track.time_utc(0)
    assert value(drafted, "to_utc") == seen.track.time_utc(len(seen.track) - 1).replace(microsecond=0)
    assert value(drafted, "distance_km") == round(seen.distance_km, 1)
    (row,) = value(drafted, "deviations")
    (one,) = seen.deviations
    assert row["farthest_km"] == round(abs(one.farthest_km), 1)
    assert row["distance_km"] == round(one.extra_km, 1)
    assert row["from_utc"] == seen.track.time_utc(one.stretch.first)
    assert [found["fix"] for found in value(drafted, "route")].count("D1") == 1


def test_the_route_holds_only_fixes_that_were_passed() -> None:
    """A fix that was missed is no part of the route flown; the remarks name it."""
    drafted = report(aside=detour(200.0, 500.0, 75.0))
    passed = [fix.fix.ident for fix in drafted.shown.flight.seen.fixes if fix.state == "passed"]
    left = [fix.fix.ident for fix in drafted.shown.flight.seen.fixes if fix.state != "passed"]
    assert left
    route = [row["fix"] for row in value(drafted, "route")]
    assert sorted(route) == sorted([*passed, "D1"])
    assert all(any(ident in str(text) for text in remarks(drafted)) for ident in left)


def test_what_nobody_told_is_open() -> None:
    """Weather, amount of data, covers, departure, signatures and periods without a log have no value and no teller."""
    drafted = report()
    unknown = {"weather", "data_amount", "covers", "covers_at_exit", "departure_utc", "periods", "signed_observing",
               "signed_observed"}  # fmt: skip
    assert {one.item.id for one in drafted.items if one.is_open} >= unknown
    assert all(one.told_by == "" for one in drafted.items if one.is_open)
    assert {one.where for one in drafted.draft.open} >= {f"items.{ident}" for ident in unknown}
    assert drafted.due_utc is None


def test_a_track_that_begins_or_ends_in_the_air_tells_no_times_of_the_flight() -> None:
    """When the track does not show take-off or landing, begin and end of the flight stay open."""
    records = fly(PLAN)[60:-60]
    drafted = report(plan=PLAN, records=records)
    assert value(drafted, "from_utc") is None
    assert value(drafted, "to_utc") is None
    assert value(drafted, "curtailed") is None


def test_periods_are_those_of_the_log() -> None:
    """Each period of the log is a row with its times; its place is told only where the track shows both ends."""
    seen, hidden = SensorOn("CAM", minutes(20), minutes(40)), SensorOn("CAM", minutes(62), minutes(80))
    drafted = report(log=FlightLog(sensors_on=(seen, hidden)), gaps=((60.0, 66.0),))
    first, second = value(drafted, "periods")
    assert (first["from_utc"], first["to_utc"]) == (seen.start_utc, seen.end_utc)
    assert "°" in first["place"]
    assert "place" not in second
    assert told_by(drafted, "periods") == "flight_log"
    assert "items.periods[1].place" in {one.where for one in drafted.draft.open}


@pytest.mark.parametrize("reason", REASONS)
def test_the_ground_of_a_deviation_is_what_was_told(reason: str) -> None:
    """A reason of the log becomes its paragraph; every reason has one."""
    note = NotedDeviation(minutes(20), minutes(80), reason)
    drafted = report(aside=detour(200.0, 500.0, 30.0), log=FlightLog(deviations=(note,)))
    (row,) = value(drafted, "deviations")
    assert row["reason"] == GROUND_OF_REASON[reason]


@pytest.mark.parametrize("log", [FlightLog(), FlightLog(deviations=())])
def test_a_reason_that_nobody_told_is_left_to_be_written(log: FlightLog) -> None:
    """Neither a missing log nor one without that deviation makes up a ground for it."""
    drafted = report(aside=detour(200.0, 500.0, 30.0), log=log)
    (row,) = value(drafted, "deviations")
    assert "reason" not in row


@pytest.mark.parametrize("cause", NOTED_CAUSES)
def test_a_flight_cut_short_is_reported_with_its_cause(cause: str) -> None:
    """Every cause that the text knows becomes a word of the report; another one leaves the item open."""
    half = fly(PLAN)[:150]
    half[-1] |= {"groundspeed": 0.0, "altitude": 0.0, "onground": True}
    flight, found = flown(PLAN, half, log=FlightLog(curtailment=Curtailment(cause, "other")))
    flight = replace(flight, seen=replace(flight.seen, covers_end=True))
    drafted = draft_report(Shown(flight, found))
    assert flight.seen.curtailed
    assert value(drafted, "curtailed") == CURTAILED_BY.get(cause)


@pytest.mark.parametrize("teller", ["flight_log", "facts"])
def test_the_seven_days_run_from_the_departure(teller: str) -> None:
    """The report is due seven days after the observing Party left, whoever told when that was."""
    left = minutes(60 * 20)
    log = FlightLog(departure_utc=left) if teller == "flight_log" else None
    facts = Facts(events=(Event("departure_from_exit", left),)) if teller == "facts" else None
    drafted = report(log=log, facts=facts)
    assert value(drafted, "departure_utc") == left
    assert told_by(drafted, "departure_utc") == teller
    assert drafted.due_utc == left + dt.timedelta(days=7)


def test_inspections_of_the_covers_are_told_by_events() -> None:
    """Those before the flight and those on the way out are two items; without a result nothing is said."""
    found = (("covers_inspected_on_arrival", -300, True), ("covers_inspected_on_departure", 900, False))
    events = tuple(Event(kind, minutes(at), details=(("in_place", there),)) for kind, at, there in found)
    drafted = report(facts=Facts(events=events))
    assert value(drafted, "covers").endswith("sensor covers are inspected on arrival: in their position.")
    assert value(drafted, "covers_at_exit").endswith(": not in their position.")
    assert told_by(drafted, "covers") == told_by(drafted, "covers_at_exit") == "facts"
    silent = report(facts=Facts(events=tuple(replace(one, details=()) for one in events)))
    assert value(silent, "covers") is None
    assert value(silent, "covers_at_exit") is None


def test_a_track_without_heights_leaves_the_profile_open() -> None:
    """No profile is made up; with heights it names their kind and the band of each leg."""
    assert value(report(height_ft=None), "profile") is None
    told = value(report(), "profile")
    assert "pressure altitudes" in told
    assert "legs 1 to 6:" in told


def test_the_profile_names_every_leg_with_its_heights() -> None:
    """Legs at nearly the same heights are told together, others apart; none is left out."""
    records = fly(PLAN)
    third = PLAN.legs[2]
    for record in records:
        if third.start_utc.timestamp() * 1000 < record["timestamp"] < third.end_utc.timestamp() * 1000:
            record["altitude"] = 8_000.0
    flight, found = flown(PLAN, records)
    told = draft_report(Shown(flight, found)).draft.document.items["profile"]
    legs = flight.seen.alignment.leg
    low, high = (flight.altitudes.amsl_m[legs == 3].min(), flight.altitudes.amsl_m[legs == 3].max())
    assert f"leg 3: {low:,.0f} to {high:,.0f} m" in told
    named = [int(number) for number in re.findall(r"legs? (\d+)(?: to \d+)?:", told)]
    ends = [int(number) for number in re.findall(r"(\d+): [\d,]+ to", told)]
    assert named[0] == 1
    assert ends[-1] == len(PLAN.legs)
    assert [end + 1 for end in ends[:-1]] == named[1:]


@pytest.mark.parametrize(("catalogue", "language", "name"), [(ENGLISH, "en", "Czech"), (VI, "vi", "Séc")])
def test_the_aircraft_is_named_in_the_language_of_the_page(catalogue: Catalogue, language: str, name: str) -> None:
    """What the law data call an aircraft in two languages is not left in English on a Vietnamese page."""
    plan = replace(PLAN, aircraft=replace(PLAN.aircraft, name="Antonov An-30 (Czech Republic)"))
    flight, found = flown(plan)
    page, _ = report_paper.parts(Shown(flight, found), catalogue, language)
    values = [value for _, value in page["blocks"][0]["rows"]]
    assert any(value.startswith("Antonov An-30") and name in value for value in values)


@pytest.mark.parametrize("catalogue", [ENGLISH, VI])
def test_the_document_is_read_back_as_it_is(catalogue: Catalogue) -> None:
    """``report.toml`` is a document without a fault of form, and holds the same values as the draft."""
    log = FlightLog(sensors_on=(SensorOn("CAM", minutes(20), minutes(40)),), departure_utc=minutes(1_000))
    flight, found = flown(aside=detour(200.0, 500.0, 75.0), log=log)
    drafted = draft_report(Shown(flight, found), catalogue)
    read = read_document(tomllib.loads(to_toml(drafted, catalogue)))
    assert not read.faults
    assert dict(read.document.items) == dict(drafted.draft.document.items)
    assert read.document.header.sender == PLAN.observing


def test_the_json_names_the_provision_of_each_item() -> None:
    """Each item stands once, with provision, value and teller; open ones are marked, and the hashes are there."""
    drafted = report(aside=detour(200.0, 500.0, 75.0))
    written = json.loads(json.dumps(to_json(drafted), allow_nan=False))
    assert [one["id"] for one in written["items"]] == [one.item.id for one in drafted.items]
    assert all(one["provision"].startswith("OS:") for one in written["items"])
    assert all((one["value"] is None) == one["open"] for one in written["items"])
    assert written["track_sha256"] == "ab" * 32
    assert len(written["plan_sha256"]) == 64


@pytest.mark.parametrize(("catalogue", "language"), [(ENGLISH, "en"), (VI, "vi")])
def test_the_paper_has_room_for_what_is_open_and_for_both_to_sign(catalogue: Catalogue, language: str) -> None:
    """Every item but the signatures is on the paper by its title; both Parties have a place; no verdict is on it."""
    flight, found = flown(aside=detour(200.0, 500.0, 75.0))
    shown = Shown(flight, found, track_sha256="ab" * 32)
    text = " ".join(Paper(report_paper.to_pdf(shown, catalogue=catalogue, language=language)).text.split())
    drafted = draft_report(shown, catalogue)
    for one in drafted.items:
        if one.item.need != "when" and one.item.id not in report_paper.SIGNED:
            assert one.item.title.render(catalogue) in text
    for code in (PLAN.observing, PLAN.observed):
        assert f"({code})" in text
    assert STAND_IN not in text
    assert "✗" not in text


def test_findings_do_not_change_what_both_sign() -> None:
    """The report of the same flight is the same, whatever the program found."""
    flight, found = flown(aside=detour(200.0, 500.0, 30.0), step_s=60.0)
    assert report_paper.to_pdf(Shown(flight, found)) == report_paper.to_pdf(Shown(flight, ()))
