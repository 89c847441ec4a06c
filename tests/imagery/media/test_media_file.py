"""Media records that are wrong, hostile or of another flight are refused with every fault at its place."""

from __future__ import annotations

import contextlib
import datetime as dt
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.reading import Reading
from skywitness.imagery.media.beside import completed
from skywitness.imagery.media.check import judge
from skywitness.imagery.media.model import MediaRecord
from skywitness.imagery.media.read import read_record

GOOD = """\
observing = "SWE"
observed = "FIN"
day = 2019-09-12
[development]
by = "observing"
[[sensor]]
id = "camera"
category = "optical"
medium = "film-panchromatic"
[[sensor]]
id = "radar"
category = "sar"
medium = "tape"
[[original]]
id = "negative"
of = "camera"
[[copy]]
id = "copy"
of = "negative"
to = "observed"
[[roll]]
id = "roll"
of = "camera"
[[official]]
id = "Berg"
"""

FAULTS = [
    ('medium = "tape"', 'medium = "tap"', "sensor[radar].medium"),
    ('category = "sar"', 'category = "sonar"', "sensor[radar].category"),
    ('category = "sar"', 'category = "sar"\nduplicate_of = "camera"', "sensor[radar].duplicate_of"),
    ('category = "optical"', 'category = "optical"\nduplicate_of = "camera"', "sensor[camera].duplicate_of"),
    ('category = "optical"', 'category = "optical"\nduplicate_of = "camra"', "sensor[camera].duplicate_of"),
    ('category = "optical"', 'category = "optical"\noriginals = 0', "sensor[camera].originals"),
    ('category = "optical"', 'category = "optical"\noriginals = -1', "sensor[camera].originals"),
    ('category = "optical"', 'category = "optical"\nhandeld = true', "sensor[camera].handeld"),
    ('id = "radar"', 'id = "camera"', "sensor[camera]"),
    ('id = "radar"', 'id = ""', "sensor[2].id"),
    ('id = "radar"', 'id = "ra\\u202edar"', "sensor[2].id"),
    ('id = "negative"\nof = "camera"', 'id = "negative"\nof = "camra"', "original[negative].of"),
    ('of = "negative"', 'of = "camera"', "copy[copy].of"),
    ('id = "roll"\nof = "camera"', 'id = "roll"\nof = "radar"', "roll[roll].of"),
    ('id = "roll"', 'id = "roll"\ndeveloped_utc = 2019-09-13T10:00:00', "roll[roll].developed_utc"),
    ('id = "roll"', 'id = "roll"\ndeveloped_utc = 0001-01-01T00:00:00Z', "roll[roll].developed_utc"),
    ('id = "roll"', 'id = "roll"\ndeveloped = false\ndeveloped_utc = 2019-09-13T10:00:00Z', "roll[roll].developed"),
    ('id = "Berg"', 'id = "Berg"\nkept_from = ["tea"]', "official[Berg].kept_from"),
    ('by = "observing"', 'by = "observing"\nofficials_sent = 0', "development.officials_sent"),
    ('by = "observing"', 'by = "XXX"', "development.by"),
    ('by = "observing"', "by = 3", "development.by"),
    ('to = "observed"', "", "copy[copy].to"),
    ('to = "observed"', 'to = "observed"\ngiven_up = true\nreceived = true', "copy[copy].given_up"),
    ('to = "observed"', 'to = "observed"\nfilm_size_mm = inf', "copy[copy].film_size_mm"),
    ('of = "camera"\n[[copy]]', 'of = "camera"\nasked_by = ["nobody"]\n[[copy]]', "original[negative].asked_by"),
    ('observed = "FIN"', 'observed = "SWE"', "record.observed"),
    ('observed = "FIN"', 'observed = "FINLAND"', "record.observed"),
    ("day = 2019-09-12", 'day = "2019-09-31"', "record.day"),
    ("[[official]]", "[official]", "official"),
    ("[development]", "[[development]]", "development"),
    ("[[official]]", "[[offical]]", "offical"),
    ('of = "negative"', 'of = ""', "copy[copy].of"),
    ('id = "roll"', 'id = "roll"\ndeveloped_utc = 2019-09-11T10:00:00Z', "roll[roll].developed_utc"),
    (
        "[development]",
        "arrival_at_exit_utc = 2019-09-12T12:00:00Z\n"
        "departure_from_territory_utc = 2019-09-12T11:00:00Z\n[development]",
        "record.departure_from_territory_utc",
    ),
]

ONE_FAULT = [
    ('observing = "SWE"', "observing = 5", "record.observing", "5 is not a text"),
    ("day = 2019-09-12", 'day = "x"', "record.day", "'x' is not a day"),
    ("day = 2019-09-12", "day = 2019-09-12T08:00:00Z", "record.day", "a day is expected, without a time"),
    ('by = "observing"', "by = true", "development.by", "True is not a text"),
    ('by = "observing"', 'by = "observing"\nofficials_sent = -3', "development.officials_sent", "no whole number"),
    ('by = "observing"', 'by = "observing"\nofficials_sent = false', "development.officials_sent", "no whole number"),
    ('of = "negative"', "", "copy[copy].of", "missing"),
    ('of = "camera"\n[[copy]]', 'of = "camera"\nasked_by = [3]\n[[copy]]', "original[negative].asked_by", "not a text"),
    (
        'id = "roll"',
        'id = "roll"\ndeveloped_utc = 2019-09-13T10:00:00',
        "roll[roll].developed_utc",
        "2019-09-13T10:00:00 does not say in which time zone; write 2019-09-13T10:00:00Z",
    ),
    ('id = "roll"', 'id = "roll"\ndeveloped_utc = 2019-09-13', "roll[roll].developed_utc", "met 2019-09-13"),
]
"""What is wrong in one way is told once: nothing follows from what could not be read."""


def test_the_good_record_is_read() -> None:
    """The record that the cases below spoil is sound."""
    record = read_record(tomllib.loads(GOOD))
    assert [one.id for one in record.sensors] == ["camera", "radar"]
    assert record.copies[0].generation is None


@pytest.mark.parametrize(("cut", "put", "where"), FAULTS)
def test_each_fault_has_its_place(cut: str, put: str, where: str) -> None:
    """One wrong word is refused at the field in which it stands."""
    assert cut in GOOD
    with pytest.raises(InputError) as refused:
        read_record(tomllib.loads(GOOD.replace(cut, put, 1)), "record.toml")
    assert refused.value.kind == "bad_media"
    assert where in {fault.where for fault in refused.value.faults}


@pytest.mark.parametrize(("cut", "put", "where", "says"), ONE_FAULT)
def test_one_fault_is_told_once(cut: str, put: str, where: str, says: str) -> None:
    """A field that cannot be read makes no second fault of what stands in for it."""
    assert cut in GOOD
    with pytest.raises(InputError) as refused:
        read_record(tomllib.loads(GOOD.replace(cut, put, 1)))
    (fault,) = refused.value.faults
    assert fault.where == where
    assert says in str(fault.message)


def test_both_sides_unreadable_are_not_one_party() -> None:
    """Two codes that are no text are two faults, and not the same Party twice."""
    with pytest.raises(InputError) as refused:
        read_record({"observing": 5, "observed": []})
    assert [fault.where for fault in refused.value.faults] == ["record.observing", "record.observed"]


def test_a_group_is_a_side_everywhere() -> None:
    """Who asked may be a group, as whose aircraft it was may."""
    record = read_record(
        {"observing": "BLR-RUS", "observed": "DEU", "provider": "BLR-RUS", "sensor": [{"id": "s", "category": "sar"}]}
        | {"original": [{"id": "o", "of": "s", "asked_by": ["BLR-RUS"]}]}
    )
    assert record.originals[0].asked_by == ("BLR-RUS",)


def test_times_that_facts_tell_fit_the_record() -> None:
    """A departure of the facts before the arrival at the exit of the record is refused."""
    record = read_record(tomllib.loads(GOOD) | {"arrival_at_exit_utc": dt.datetime(2019, 9, 12, 12, tzinfo=dt.UTC)})
    early = {"departure_from_territory_utc": dt.datetime(2019, 9, 12, 11, tzinfo=dt.UTC)}
    with pytest.raises(InputError, match="comes before arrival_at_exit_utc"):
        completed(record, early)
    late = {"departure_from_territory_utc": dt.datetime(2019, 9, 12, 13, tzinfo=dt.UTC)}
    assert completed(record, late).departure_from_territory_utc == late["departure_from_territory_utc"]


def test_all_faults_are_told_at_once() -> None:
    """Faults of several tables stand in one refusal."""
    text = GOOD.replace('medium = "tape"', 'medium = "tap"').replace('of = "negative"', 'of = "none"')
    with pytest.raises(InputError) as refused:
        read_record(tomllib.loads(text.replace('by = "observing"', "by = true")))
    assert {fault.where for fault in refused.value.faults} == {
        "sensor[radar].medium",
        "copy[copy].of",
        "development.by",
    }


def test_a_wrong_word_does_not_hide_a_wrong_name() -> None:
    """A medium that nobody knows and a roll of that sensor are told in one refusal."""
    spoilt = GOOD.replace('medium = "film-panchromatic"', 'medium = "flim"').replace('of = "negative"', 'of = "none"')
    with pytest.raises(InputError) as refused:
        read_record(tomllib.loads(spoilt))
    assert {fault.where for fault in refused.value.faults} == {"sensor[camera].medium", "copy[copy].of"}


def test_many_tables_are_refused() -> None:
    """A file of thousands of sensors is no record of a flight."""
    with pytest.raises(InputError, match=r"5,000 tables"):
        read_record({"sensor": [{"id": str(number), "category": "sar"} for number in range(5000)]})


def test_a_decision_and_its_fields_are_checked() -> None:
    """A decision that is told needs its number, category, medium, day and source."""
    with pytest.raises(InputError) as refused:
        read_record({"decision": [{"number": "1"}]})
    fields = {fault.where.rsplit(".", 1)[-1] for fault in refused.value.faults}
    assert fields == {"category", "medium", "from", "source"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates() | st.datetimes(),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=5), below, max_size=2),
    max_leaves=5,
)
TABLES = ("observing", "day", "provider", "development", "sensor", "original", "copy", "roll", "official", "decision")
FIELDS = ("id", "of", "to", "category", "medium", "duplicate_of", "asked_by", "kept_from", "developed_utc", "number")


@given(st.dictionaries(st.sampled_from(TABLES), VALUES | st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES))))
def test_nothing_but_refusals(data: dict[str, Any]) -> None:
    """Whatever a file holds, it is read or refused in words."""
    with contextlib.suppress(InputError):
        judge(read_record(data), Reading(at=dt.date(2019, 9, 12)))


# ---- beside a plan and facts ----


def test_plan_and_facts_fill_what_is_open() -> None:
    """What the record leaves open is taken from beside it."""
    record = completed(MediaRecord(), {"observing": "SWE", "observed": "FIN", "provider": "observing"})
    assert (record.observing, record.observed, record.provider) == ("SWE", "FIN", "observing")


def test_a_side_and_its_code_are_the_same() -> None:
    """A record that names the provider by code does not contradict facts that name the side."""
    record = read_record(tomllib.loads('provider = "SWE"\n' + GOOD))
    assert completed(record, {"provider": "observing"}).provider == "SWE"


def test_another_flight_is_refused() -> None:
    """Every field in which record and plan differ is told."""
    record = read_record(tomllib.loads('provider = "SWE"\n' + GOOD))
    told = {"observing": "NOR", "day": dt.date(2019, 9, 13), "provider": "observed"}
    with pytest.raises(InputError) as refused:
        completed(record, told)
    assert {fault.where for fault in refused.value.faults} == {"record.observing", "record.day", "record.provider"}
