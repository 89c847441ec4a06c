"""A plan written and read back is the same plan, whatever it holds; its hash stands for all of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import DataError
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say, say_n, verbatim
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.route.files.canonical import canonical_json
from skywitness.route.files.plan_file import plan_from_json, plan_hash, plan_text, plan_to_json, read_plan_json
from skywitness.route.files.text_file import unfit_sign
from skywitness.route.model import (
    AircraftUse,
    Leg,
    LegKind,
    Plan,
    SensorUse,
    SetAside,
    Site,
    Stop,
    StopKind,
    TurnType,
    Waypoint,
)

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12).filter(
    lambda words: not unfit_sign(words)
)
NAMES = WORDS.filter(lambda words: bool(words.strip()))
IDENTS = st.text("ABCDEFGH0123456789", min_size=1, max_size=5)
LON, LAT = st.floats(-180.0, 180.0), st.floats(-90.0, 90.0)
HEIGHTS = st.none() | st.floats(0.0, 20_000.0)
STATES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
TIMES = st.datetimes(dt.datetime(1992, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(fold=0)  # which of two equal clock times is meant: in UTC there are none
)
DAYS = st.dates(dt.date(1992, 1, 1), dt.date(2100, 1, 1))
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def inner_texts() -> st.SearchStrategy[Text]:
    """Make texts with values of every kind that texts may have."""
    return st.one_of(
        st.builds(verbatim, WORDS),
        st.builds(lambda leg, km: say("leg {leg} is {km:.1f} km off", leg=leg, km=km), st.integers(0, 99), st.floats()),
        st.builds(lambda at, day: say("at {at:%H:%M} on {day}", at=at, day=day), TIMES, DAYS),
        st.builds(
            lambda n, name: say_n("{count} of {name}", "{count} by {name}", n, name=name), st.integers(0, 9), WORDS
        ),
        st.builds(lambda flag: say("100% {flag} {{kept}}", flag=flag), st.booleans()),
    )


TEXTS = inner_texts() | st.builds(lambda why: say("left out: {why}", why=why), inner_texts())
SITES = st.builds(Site, NAMES, LON, LAT, st.floats(0.0, 1e9), st.none() | st.floats(0.0, 1.0))
WAYPOINTS = st.builds(Waypoint, NAMES, LON, LAT, st.booleans(), st.none() | st.sampled_from(TurnType), WORDS)
SENSORS = st.builds(
    SensorUse,
    IDENTS,
    st.sampled_from(["optical_panoramic", "sar", "infrared"]),
    st.floats(0.001, 100.0),
    st.floats(0.0, 20_000.0),
    HEIGHTS,
    WORDS,
    WORDS,
)
AIRCRAFT = st.builds(
    AircraftUse,
    NAMES,
    WORDS,
    st.none() | STATES,
    st.floats(50.0, 3000.0),
    st.floats(0.0, 20_000.0),
    st.none() | st.floats(1.0, 400_000.0),
    WORDS,
    WORDS,
)
READINGS = st.builds(
    Reading,
    DAYS,
    st.none() | DAYS,
    st.sampled_from(["un", "natural_earth"]),
    st.fixed_dictionaries({}, optional={key: st.sampled_from(names) for key, names in INTERPRETATIONS.items()}).map(
        MappingProxyType
    ),
    st.lists(NAMES, max_size=3, unique=True).map(tuple),
)


@st.composite
def legs_and_stops(draw: st.DrawFn, start: dt.datetime, count: int, sensors: list[str]) -> tuple[Any, Any]:
    """Draw legs whose times follow one another, with stops on the way."""
    legs: list[Leg] = []
    stops: list[Stop] = []
    clock = start
    gap = st.integers(0, 10**10).map(lambda count: dt.timedelta(microseconds=count))
    for number in range(1, count + 1):
        if number > 1 and draw(st.booleans()):
            arrive = clock + draw(gap)
            depart = arrive + draw(gap) + dt.timedelta(microseconds=1)
            stops.append(Stop(number, draw(st.sampled_from(StopKind)), arrive, depart))
            clock = depart
        begin = clock + draw(gap)
        end = begin + draw(gap)
        length = draw(st.floats(0.0, 20_000.0))
        period = sorted(draw(st.lists(st.floats(0.0, length), min_size=2, max_size=2))) if draw(st.booleans()) else None
        legs.append(
            Leg(
                number=number,
                distance_km=length,
                course_start_deg=draw(st.floats(0.0, 360.0)),
                course_end_deg=draw(st.floats(0.0, 360.0)),
                start_utc=begin,
                end_utc=end,
                height_m_agl=draw(HEIGHTS),
                height_m_amsl=draw(HEIGHTS),
                kind=draw(st.sampled_from(LegKind)),
                sensors=tuple(draw(st.lists(st.sampled_from(sensors), unique=True))) if sensors else (),
                observe_from_km=period[0] if period else None,
                observe_to_km=period[1] if period else None,
            )
        )
        clock = end
    return tuple(legs), tuple(stops)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan in which every field may be anything it is allowed to be."""
    waypoints = draw(st.lists(WAYPOINTS, min_size=2, max_size=4))
    sensors = draw(st.lists(SENSORS, max_size=2, unique_by=lambda sensor: sensor.ident))
    sites = draw(st.lists(SITES, max_size=3))
    start = draw(TIMES)
    legs, stops = draw(legs_and_stops(start, len(waypoints) - 1, [sensor.ident for sensor in sensors]))
    return Plan(
        observing=draw(STATES),
        observed=draw(STATES | st.sampled_from(["BLR-RUS", "BENELUX"])),
        overflown=tuple(draw(st.lists(STATES, max_size=2, unique=True))),
        commencement_utc=start,
        waypoints=tuple(waypoints),
        legs=legs,
        aircraft=draw(AIRCRAFT),
        sensors=tuple(sensors),
        reading=draw(READINGS),
        stops=stops,
        sites=tuple(sites),
        observed_sites=tuple(draw(st.lists(st.integers(0, len(sites) - 1), unique=True))) if sites else (),
        set_aside=tuple(draw(st.lists(st.builds(SetAside, SITES, TEXTS), max_size=2))),
        bound=draw(st.none() | st.floats(0.0, 1e12)),
        bound_reason=draw(st.none() | TEXTS),
        instrument=draw(st.sampled_from(["open-skies", "inf"])),
        title=draw(WORDS),
        notes=tuple(draw(st.lists(TEXTS, max_size=2))),
        planner=MappingProxyType(draw(st.dictionaries(WORDS, JSON, max_size=3))),
        extra=MappingProxyType(draw(st.dictionaries(WORDS.map(lambda words: "x_" + words), JSON, max_size=2))),
    )


def without_nan(plan: Plan) -> str:
    """Write a plan for comparison: NaN in a text is not equal to itself, its words are."""
    return repr(plan)


@given(plan=plans())
@settings(max_examples=60)
def test_a_plan_written_is_the_plan_read(plan: Plan) -> None:
    """Every field comes back, to the last digit and microsecond, through text and through JSON values."""
    text = plan_text(plan)
    found = read_plan_json(json.loads(text))
    assert without_nan(found.plan) == without_nan(plan)
    assert plan_text(found.plan) == text
    assert plan_hash(found.plan) == plan_hash(plan)
    unread = [words for words in map(str, found.warnings) if words.startswith("Not read")]
    assert list(map(str, found.warnings)) == unread[: 1 if plan.extra else 0]


@given(plan=plans())
@settings(max_examples=15)
def test_anybody_can_compute_the_hash(plan: Plan) -> None:
    """The hash is SHA-256 of the canonical JSON of the file without its field ``hash``."""
    document = json.loads(plan_text(plan))
    stored = document.pop("hash")
    assert stored == "sha256:" + hashlib.sha256(canonical_json(document)).hexdigest() == f"sha256:{plan_hash(plan)}"


def example() -> Plan:
    """Make one plan that fills every field."""
    start = dt.datetime(2019, 9, 12, 8, 0, tzinfo=dt.UTC)
    half = start + dt.timedelta(minutes=30)
    legs = (
        Leg(1, 200.0, 10.0, 11.0, start, half, 1200.0, 1500.0, LegKind.OBSERVATION, ("cam",), 10.0, 190.0),
        Leg(2, 100.0, 190.0, 191.0, start + dt.timedelta(hours=3), start + dt.timedelta(hours=4), kind=LegKind.TRANSIT),
    )
    site = Site("Ржев", 34.3, 56.2, 2.0, 0.5)
    return Plan(
        observing="SWE",
        observed="BLR-RUS",
        overflown=("RUS",),
        commencement_utc=start,
        waypoints=(
            Waypoint("UUMB", 36.65, 55.61, True, None, "Kubinka"),
            Waypoint("WP01", 33.0, 57.0, False, TurnType.TURN_SHORT),
            Waypoint("UUMB", 36.65, 55.61, True),
        ),
        legs=legs,
        aircraft=AircraftUse("os-100", "OS-100", "SWE", 430.0, 2000.0, 13000.0, "reported", "a book"),
        sensors=(SensorUse("cam", "optical_panoramic", 5.0, 1200.0, 900.0, "certificate", "forward"),),
        reading=Reading(dt.date(2019, 9, 12), dt.date(2020, 1, 1), "un", {"A.III": "over_territory"}, ("x",)),
        stops=(Stop(2, StopKind.REST, half, start + dt.timedelta(hours=3)),),
        sites=(site, Site("B", 1.0, 2.0)),
        observed_sites=(0,),
        set_aside=(SetAside(site, say("too near the border, {km:.1f} km", km=9.0)),),
        bound=3.5,
        bound_reason=verbatim("search ended"),
        instrument="open-skies",
        title="Test",
        notes=(say_n("{count} site", "{count} sites", 2),),
        planner={"seed": 1},
        extra={"later": True},
    )


CHANGES: list[Callable[[Plan], Any]] = [
    lambda plan: {"observing": "FIN"},
    lambda plan: {"observed": "RUS"},
    lambda plan: {"overflown": ("BLR",)},
    lambda plan: {"commencement_utc": plan.commencement_utc - dt.timedelta(microseconds=1)},
    lambda plan: {"waypoints": (dataclasses.replace(plan.waypoints[0], lon=36.65000000000001), *plan.waypoints[1:])},
    lambda plan: {"legs": (dataclasses.replace(plan.legs[0], height_m_agl=None), plan.legs[1])},
    lambda plan: {"aircraft": dataclasses.replace(plan.aircraft, source="")},
    lambda plan: {"sensors": ()},
    lambda plan: {"reading": dataclasses.replace(plan.reading, accepted_claims=())},
    lambda plan: {"stops": ()},
    lambda plan: {"sites": plan.sites[:1]},
    lambda plan: {"observed_sites": (1,)},
    lambda plan: {"set_aside": ()},
    lambda plan: {"bound": None},
    lambda plan: {"bound_reason": None},
    lambda plan: {"instrument": "inf"},
    lambda plan: {"title": "test"},
    lambda plan: {"notes": ()},
    lambda plan: {"planner": {"seed": 2}},
    lambda plan: {"extra": {}},
]


def test_every_field_of_a_plan_is_tried() -> None:
    """The list of changes below leaves no field of the plan out."""
    tried = {key for change in CHANGES for key in change(example())}
    assert tried == {field.name for field in dataclasses.fields(Plan)}


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_sees_every_change(change: Callable[[Plan], Any]) -> None:
    """No field can be changed without changing the hash."""
    plan = example()
    changed = dataclasses.replace(plan, **change(plan))
    assert plan_hash(changed) != plan_hash(plan)


def test_the_file_is_stable() -> None:
    """The order of fields is fixed, numbers are short, times are UTC with Z, letters are letters."""
    text = plan_text(example())
    fields = list(json.loads(text))
    assert fields[:8] == [
        "format", "hash", "title", "instrument", "observing", "observed", "overflown", "commencement_utc",
    ]  # fmt: skip
    assert '\n  "commencement_utc": "2019-09-12T08:00:00Z",\n' in text
    assert '"lon": 36.65,' in text
    assert "Ржев" in text
    assert text.endswith("}\n")


def test_the_hash_of_a_known_plan_does_not_drift() -> None:
    """Hashes are quoted in documents, so the way they are made must not change between releases."""
    assert plan_hash(example()) == HASH_OF_EXAMPLE


HASH_OF_EXAMPLE = "0e0f3bfeb798e473ca05671251d2cd8348786065594cb775b03a9a24bc8098a7"


def test_numbers_of_other_libraries_are_numbers() -> None:
    """A planner's NumPy numbers, tuples and times are written as JSON knows them."""
    leg = example().legs[0]
    strange: dict[Any, Any] = {
        "count": np.int64(3),
        "values": (np.float32(0.5), {2, 1}),
        "array": [np.bool_(True)],
        "at": dt.datetime(2019, 9, 12, tzinfo=dt.UTC),
        "day": dt.date(2019, 9, 12),
        "nan": float("nan"),
        "why": say("because {n}", n=np.int64(4)),
        5: None,
    }
    plan = dataclasses.replace(
        example(), legs=(dataclasses.replace(leg, distance_km=np.float64(200.0)), example().legs[1]), planner=strange
    )
    document = json.loads(plan_text(plan))
    assert document["planner"] == {
        "count": 3,
        "values": [0.5, [1, 2]],
        "array": [True],
        "at": "2019-09-12T00:00:00Z",
        "day": "2019-09-12",
        "nan": "nan",
        "why": {"text": "because 4", "template": "because {n}", "values": {"n": 4}},
        "5": None,
    }
    assert plan_from_json(document).legs == plan.legs


@pytest.mark.parametrize(
    "change",
    [
        {"bound": float("nan")},
        {"commencement_utc": dt.datetime(2019, 9, 12)},  # noqa: DTZ001 - naive on purpose
        {"title": "\ud800"},
    ],
)
def test_a_plan_that_json_cannot_hold_is_not_written(change: dict[str, Any]) -> None:
    """A number that is none, a naive time and half a character never reach a file."""
    with pytest.raises(DataError, match="cannot be written"):
        plan_to_json(dataclasses.replace(example(), **change))


def test_fields_that_were_kept_never_overwrite() -> None:
    """What a plan keeps of a newer one goes beside what is known, never over it, and never beyond a list."""
    extra = {"observing": "XXX", "legs": {"0": {"wind": 5, "number": 9}, "7": {"wind": 6}, "x": 1}, "hash": "y"}
    document = plan_to_json(dataclasses.replace(example(), extra=extra))
    assert document["observing"] == "SWE"
    assert document["hash"] != "y"
    assert (document["legs"][0]["wind"], document["legs"][0]["number"]) == (5, 1)
    assert len(document["legs"]) == 2
