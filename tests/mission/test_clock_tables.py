"""The tables of the clock: every time the Treaty names has a row, and no number is typed beside the law."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programs import load_program

from skywitness.core.clock import Bound, Case, Clock, OnDay, State
from skywitness.core.clock_engine import duties
from skywitness.core.errors import DataError
from skywitness.core.event import Event
from skywitness.core.periods import shifted
from skywitness.core.reading import Reading
from skywitness.law.clause import clauses_of
from skywitness.law.instrument import load as load_instrument
from skywitness.law.provisions import provision
from skywitness.mission import kinds as kinds_room
from skywitness.mission import tables
from skywitness.mission.kinds import kinds
from skywitness.mission.law_times import law_times
from skywitness.mission.tables import clocks, without_clock

SCRIPT = load_program("scripts/enumerate_clocks.py")
LISTED = {
    line.split()[0]: tuple(line.split()[1:])
    for line in SCRIPT.WRITTEN.read_text(encoding="utf-8").splitlines()
    if line.startswith("OS:")
}
ROWS = {ident: [clock.id for clock in clocks() if ident in (clock.provision, *clock.also)] for ident in LISTED}


def test_the_list_is_that_of_the_text(shared: Path) -> None:
    """Enumerated anew from the text, the list of provisions that name a time is the one that stands here."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    assert SCRIPT.listing(SCRIPT.times(text)) == SCRIPT.WRITTEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("ident", sorted(LISTED))
def test_every_time_has_a_clock_or_a_reason(ident: str) -> None:
    """Each provision that names a time has a row, or a named reason why it has none, and not both."""
    assert bool(ROWS[ident]) != (ident in without_clock()), ident


def test_no_reason_is_idle() -> None:
    """A reason is only given for what the text was found to name, and every reason says something."""
    assert set(without_clock()) <= set(LISTED)
    assert all(len(why) > 20 for why in without_clock().values())


def test_clocks_beside_the_list_are_known() -> None:
    """Rows whose provision names no time by number or date are these few, from parts beside the list."""
    beside = {clock.provision for clock in clocks()} - set(LISTED)
    assert beside == {"OS:F.I.7", "OS:ANNEX-I.1", "OS:ANNEX-I.3", "OS:L.II.1"}


def bounds(clock: Clock) -> list[Bound]:
    """The moments of a clock that are counted from an event by a period of the law."""
    return [bound for bound in (clock.opens, clock.due) if isinstance(bound, Bound) and bound.key]


ANCHORS = {
    "aircraft_designation": "designation_effective",
    "aircraft_deletion": "deletion_effective",
    "sensor_change": "sensor_change_effective",
    "airfield_change_notice": "site_change_effective",
    "inspection_end_before_flight": "scheduled_commencement",
    "certification_participation": "certification_notice_received",
    "airspace_information": "airspace_requested",
    "film_samples": "samples_requested",
    "visa_on_arrival": "arrival_without_visa",
}
"""Where the law names its moment more generally than the list of events does."""


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: clock.id)
def test_counted_as_the_law_counts(clock: Clock) -> None:
    """Direction, moment and provision of each period are those that the law data have for the same value."""
    keys = load_instrument().keys
    for bound in bounds(clock):
        key = keys[bound.key]
        assert {clock.provision, *clock.also} & set(key.provisions), f"{clock.id}: {bound.key} belongs elsewhere"
        if not key.counted or (bound.key == "plan_before_commencement" and bound.before):
            continue  # that one the law counts from the other of its two ends
        assert bound.before == (key.counted == "before")
        assert bound.anchor == ANCHORS.get(bound.key, key.anchor)


def test_every_time_of_the_law_is_used() -> None:
    """Each value of the named articles that is counted from a moment stands in some clock."""
    used = {bound.key for clock in clocks() for bound in bounds(clock)}
    parts = ("IV", "V", "VI", "VII", "VIII", "IX", "XI", "XIII", "B", "C", "D", "E", "F", "G", "H", "K")
    counted = {
        name
        for name, key in load_instrument().keys.items()
        if key.counted and any(provision(ident).part in parts for ident in key.provisions)
    }
    assert counted <= used


def test_no_number_is_typed() -> None:
    """The tables hold no figure but counts of years: every period and every day comes from the dated law."""
    for path in sorted(tables.ROOM.glob("*.toml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith(("#", "what", "note", "consequence", "id", "provision", "also")):
                continue
            bare = re.sub(r'"[^"]*"', "", line)
            assert re.fullmatch(r"[^0-9]*(years = -?\d[^0-9]*)?", bare), f"{path.name}: {line}"


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: clock.id)
def test_a_lawyer_can_read_it(clock: Clock) -> None:
    """A row says what in a phrase, ends no sentence twice, and its provision is a duty, right or power as it says."""
    for text in (clock.what, clock.consequence):
        if text is not None:
            assert str(text)[0].islower()
            assert not str(text).endswith(".")
    if clock.note is not None:
        assert str(clock.note)[0].isupper()
        assert str(clock.note).endswith(".")
    assert clock.done_by or clock.lapse.value == "lapsed" or isinstance(clock.opens, Bound)


def test_pauses_and_agreements_are_those_of_the_text() -> None:
    """What agreement can set aside a standstill is one that the text leaves room for."""
    for clock in clocks():
        if clock.paused is not None:
            assert clauses_of(clock.paused.agreement)


def test_every_kind_is_of_use() -> None:
    """Each kind of event starts, ends or stops some clock, or is one of these that order or decide things."""
    used = {bound.anchor for clock in clocks() for bound in (clock.opens, clock.due) if isinstance(bound, Bound)}
    used |= {kind for clock in clocks() for kind in (*clock.done_by, *clock.suspended_by)}
    used |= {kind for clock in clocks() if clock.paused for kind in (*clock.paused.begins, *clock.paused.ends)}
    idle = {name for name, kind in kinds().items() if name not in used and not kind.settles}
    assert idle == {
        "equipment_doubted",
        "alternatives_submitted",
        "consultations_begun",
        "list_complete",
    }


def test_fields_of_times_are_those_of_the_facts() -> None:
    """Every time of the facts is one kind of event, and no kind names a field that is not there."""
    from dataclasses import fields

    from skywitness.route.facts import Times

    named = Counter(kind.times for kind in kinds().values() if kind.times)
    assert named == {one.name: 1 for one in fields(Times)}


BROKEN = """
[[clock]]
id = "one"
provision = "OS:VI.I.99"
bearer = "observer"
beneficiary = "observed"
modality = "duty"
what = "do it"
due = { anchor = "arival", period = "acknowlegement" }
done_by = ["arrivall"]
when = { provider = ["nobody"] }
laps = "late"
"""


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    """Unknown provision, role, event, value of the law, fact and field, and a missing translation: one refusal."""
    path = tmp_path / "broken.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tables.load([path])
    told = "\n".join(f"{fault.where}: {fault.message}" for fault in caught.value.faults)
    for words in (
        "OS:VI.I.99",
        "observer",
        "Did you mean arrival",
        "Did you mean acknowledgement",
        "arrivall",
        "nobody",
        "laps",
        "what_vi",
    ):
        assert words in told, told


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('due = { on = "notice_of_planes" }', "Did you mean notice_of_plans"),
        ('due = { on = "notice_of_plans", years = "last" }', "whole number of years"),
        ("due = 4", "table with named fields"),
        ('arises_from = "two"', "no clock 'two'"),
        ("", "opens, due or arises_from"),
        ('due = { anchor = "arrival" }\npaused = { begins = ["storm"], ends = [] }', "storm"),
        ('due = { anchor = "arrival" }\nextended = { period = "rest", provider = "observing" }', "no value 'rest'"),
    ],
)
def test_a_broken_row(tmp_path: Path, row: str, words: str) -> None:
    """Each thing that can be wrong with a row is told in words."""
    path = tmp_path / "broken.toml"
    head = 'id = "one"\nprovision = "OS:VI.I.5"\nbearer = "observing"\nbeneficiary = "observed"\nmodality = "duty"\n'
    path.write_text(f'[[clock]]\n{head}what = "do it"\nwhat_vi = "làm"\n{row}\n', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tables.load([path])
    assert words in "\n".join(str(fault.message) for fault in caught.value.faults)


def test_two_rows_of_one_name_and_unknown_kinds(tmp_path: Path) -> None:
    """A clock twice, and a kind of event that follows one that is not there, are refused."""
    twice = tables.ROOM / "annex_e.toml"
    with pytest.raises(DataError, match="another clock"):
        tables.load([twice, twice])
    path = tmp_path / "events.toml"
    path.write_text('[[kind]]\nkind = "a"\ntitle = "a"\ntitle_vi = "a"\nafter = ["b"]\n', encoding="utf-8")
    with pytest.raises(DataError, match="no kind 'b'"):
        kinds_room.load(path)


def test_days_of_the_calendar() -> None:
    """1 October, 1 November and the four quarters stand in the calendar and hang on no event."""
    days = {clock.id: clock.due for clock in clocks() if isinstance(clock.due, OnDay)}
    assert {"request_of_change", "notice_of_plans", "consultations_q2", "sequence_q1", "sequence_q4"} <= set(days)
    assert days["request_of_change"] == OnDay("request_of_change", years=-1)


READ: Final = Path(__file__).with_name("clocks_as_read.txt")
"""Every row as a reader of the text has it; a row that is changed is to be read against the text anew."""


def edge(bound: Bound | OnDay | None) -> str:
    """Write one end of a time in a word: ``plan_submitted+plan_agreement`` or ``day:notice_of_plans``."""
    if bound is None:
        return "-"
    if isinstance(bound, OnDay):
        return f"{'before:' if bound.before else 'day:'}{bound.key}:{bound.subject}{bound.years or ''}".rstrip(":")
    sign = "-" if bound.before else "+"
    return f"{bound.anchor}{sign}{bound.key}" if bound.key else bound.anchor


def row_of(clock: Clock) -> str:
    """Write a row in one line: who owes what to whom, from when, until when, what settles it, what follows."""
    when = ",".join(f"{one.fact}={'/'.join(one.allowed)}" for one in clock.when)
    longer = ",".join(f"{one.key}:{one.fact}={one.value}" for one in clock.extended)
    stops = f"{'/'.join(clock.paused.begins)}:{'/'.join(clock.paused.ends)}" if clock.paused else ""
    follows = "silent" if clock.silent else "says"
    flags = ("at_once", clock.at_once), ("repeats", clock.repeats)
    words = (
        clock.id,
        "/".join((clock.provision, *clock.also)),
        f"{clock.bearer}>{clock.beneficiary}",
        clock.modality,
        f"[{edge(clock.opens)}..{edge(clock.due)}]",
        "/".join(clock.done_by) or "-",
        f"{clock.lapse.value}:{follows}",
        *(f"{name}({value})" for name, value in (("when", when), ("longer", longer), ("stops", stops)) if value),
        *(f"from({clock.arises_from})" for _ in "1" if clock.arises_from),
        *(f"until({kind})" for kind in clock.suspended_by),
        *(name for name, is_set in flags if is_set),
    )
    return " ".join(words)


def test_rows_are_as_they_were_read() -> None:
    """Each row has the bearer, moments, conditions and lapse that it was read to have in the text."""
    assert [row_of(clock) for clock in clocks()] == READ.read_text(encoding="utf-8").splitlines()


def test_bearers_fit_their_powers() -> None:
    """What nobody owes is never late, and what is late is owed: only a duty runs out into lateness."""
    for clock in clocks():
        assert clock.modality == "duty" or clock.lapse is not State.LATE or clock.due is None, clock.id


LAW: Final = law_times(load_instrument(), Reading(at=dt.date(2019, 9, 12)))


def ends_of(clock: Clock, at: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Both ends of a clock when each event it is counted from happens, or is fixed, at one moment."""
    kinds_ = {bound.anchor for bound in (clock.opens, clock.due) if isinstance(bound, Bound)}
    bare = replace(clock, when=(), arises_from="")
    case = Case(events=tuple(Event(kind, at) for kind in sorted(kinds_)), appointments=frozenset(kinds_), year=2019)
    (duty,) = duties([bare], case, LAW, None)
    return duty.not_before_utc, duty.due_utc


@settings(max_examples=10, deadline=None)
@given(days=st.integers(0, 36_500), minutes=st.integers(-2_000_000, 2_000_000))
def test_every_clock_shifts_with_its_anchor(days: int, minutes: int) -> None:
    """Hours and days move exactly as far as their event, months by the calendar, and days of the calendar never."""
    at = dt.datetime(2002, 1, 31, 12, tzinfo=dt.UTC) + dt.timedelta(days=days)
    shift = dt.timedelta(minutes=minutes)
    for clock in clocks():
        bounds_ = (clock.opens, clock.due)
        for bound, before, after in zip(bounds_, ends_of(clock, at), ends_of(clock, at + shift), strict=True):
            if bound is None:
                assert before is after is None, clock.id
            elif isinstance(bound, OnDay):
                assert before == after, clock.id
                assert before is not None, clock.id
            else:
                period = LAW(bound.key, "") if bound.key else None
                number = period.value if period and isinstance(period.value, float) else 0.0
                unit = period.unit if period else "h"
                signed = -number if bound.before else number
                assert (before, after) == (shifted(at, signed, unit), shifted(at + shift, signed, unit)), clock.id


def test_every_kind_is_documented() -> None:
    """The page of the command lists each kind of event that somebody can write, with its title."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "cli" / "timeline.md").read_text(encoding="utf-8")
    assert f" {len(clocks())} clocks stand in tables" in page
    for kind in kinds().values():
        assert (f"| `{kind.name}` | {kind.title}" in page) != kind.law, kind.name
