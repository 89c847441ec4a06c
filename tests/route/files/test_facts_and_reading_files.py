"""Facts and readings as TOML: what is said is read, what is not said stays unknown, what is misspelt is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.reading import Reading
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.law.told import Told
from skywitness.route.facts import (
    Agreement,
    AircraftFacts,
    AirfieldFacts,
    Facts,
    MemberQuota,
    OtherFlight,
    Quota,
    SensorFacts,
    Times,
)
from skywitness.route.files.document import parse_toml
from skywitness.route.files.facts_file import facts_from_toml, read_facts
from skywitness.route.files.reading_file import read_reading

DAY = dt.date(2019, 9, 12)

WHOLE = """
said_by = "Embassy of Sweden"
demonstration_requested_by = "none"
hazards_considered = true
accepted_claims = ["rus-kaliningrad-500km"]
point_of_entry = "UUEE"
no_inspection = false
extra = { weather = "clear" }

[quota]
active_individual = 2
active_total = 7
flown_over_observed = 1
flown_total = 3
passive_total = 42
accepted = 20
transferred_from = "BLR-RUS"
source = "Distribution of active quotas for 2019"
own_passive_total = 7

[[quota.member]]
state = "RUS"
active_individual = 2
flown = 1
passive_total = 30
accepted = 15

[times]
notification_utc = 2019-09-09T06:30:00Z
estimated_arrival_utc = 2019-09-12T06:00:00Z
arrival_utc = 2019-09-12T09:05:00+03:00
inspection_end_utc = 2019-09-12T14:00:00Z
plan_submitted_utc = 2019-09-12T12:00:00Z
plan_answered_utc = 2019-09-12T15:00:00.5Z
plan_agreed_utc = "2019-09-12T16:00:00Z"
airfield_arrival_utc = 2019-09-12T08:00:00Z

[aircraft]
ident = "OS-100"
provided_by = "observing"
designated = true
certified = true
max_takeoff_mass_kg = 13155
unrefuelled_range_km = 2000.5
notified_distance_km = 5500
flight_monitors = 2
interpreters = 1
sensor_control_stations = 3
type = "Saab 340B"
from = 2004-06-01
notified = 2004-04-01
informed = true
to = 2020-01-01
to_notified = 2019-06-01
offered = true
seats = 20
crew = 5
lent = false

[[sensor]]
ident = "cam"
category = "optical_panoramic"
certified = false
h_min_m_agl = 920
ground_resolution_m = 0.3
method = "film"
half_swath_km = 2.5
source = "certificate 7"
object_separation_m = 5
kind = "panoramic_camera"
available = true
real_time_display = false
decision = "Decision 1"

[[sensor]]
ident = "radar"
category = "sar"
look = "either"
near_km = 8
far_km = 30.5

[[sensor]]
ident = "oblique"
category = "optical_framing_oblique"
look = "both"
from_deg = 40
to_deg = 70

[[agreement]]
parties = ["SWE", "BLR-RUS"]
provision = "OS:VI.II.4(G)"
scope = "the path may cross itself near Kubinka"
source = "mission plan, annex"
from = 2019-09-01
to = 2019-10-01
involved = ["SWE"]
legs = [3, 4]
states = ["RUS"]

[[other_flight]]
observing = "USA"
start_utc = 2019-09-01T00:00:00Z
end_utc = 2019-09-05T00:00:00Z
demonstration = true

[[airfield]]
ident = "UHHH"
source = "notification of 1 March 2016"
party = "RUS"
name = "Khabarovsk"
roles = ["open_skies_airfield", "refuelling_airfield"]
lon = 135.188
lat = '48-31-41N'
maximum_flight_distance_km = 6500
from = 2016-06-01
to = 2021-12-18
known = 2016-03-01
"""


def at(hour: int, minute: int = 0, day: int = 12, microsecond: int = 0) -> dt.datetime:
    """Make a time of the September in question."""
    return dt.datetime(2019, 9, day, hour, minute, 0, microsecond, tzinfo=dt.UTC)


def facts(text: str) -> Facts:
    """Read facts from text."""
    return facts_from_toml(parse_toml(text, "facts.toml"), "facts.toml")


def test_every_fact_is_read(tmp_path: Path) -> None:
    """Each key goes to the field of its name; times come in UTC; the file lists every field there is."""
    file = tmp_path / "facts.toml"
    file.write_text(WHOLE, encoding="utf-8")
    assert read_facts(file) == Facts(
        quota=Quota(
            *(2, 7, 1, 3, 42, 20),
            transferred_from="BLR-RUS",
            source="Distribution of active quotas for 2019",
            own_passive_total=7,
            members=(MemberQuota("RUS", 2, 1, 30, 15),),
        ),
        times=Times(at(6, 30, 9), at(6), at(6, 5), at(14), at(12), at(15, microsecond=500_000), at(16), at(8)),
        aircraft=AircraftFacts(
            *("OS-100", "observing", True, True, 13155.0, 2000.5, 5500.0, 2, 1, 3, "Saab 340B"),
            *(dt.date(2004, 6, 1), dt.date(2004, 4, 1), True, dt.date(2020, 1, 1), dt.date(2019, 6, 1)),
            *(True, 20, 5, False),
        ),
        sensors=(
            SensorFacts(
                *("cam", "optical_panoramic", False, 920.0, 0.3, "film", 2.5, "certificate 7", 5.0),
                *("panoramic_camera", True, False, "Decision 1"),
            ),
            SensorFacts("radar", "sar", look="either", near_km=8.0, far_km=30.5),
            SensorFacts("oblique", "optical_framing_oblique", look="both", from_deg=40.0, to_deg=70.0),
        ),
        agreements=(
            Agreement(
                Told("agreement[1]", "mission plan, annex", "reported", dt.date(2019, 9, 1)),
                ("SWE", "BLR-RUS"),
                "OS:VI.II.4(G)",
                "the path may cross itself near Kubinka",
                *(dt.date(2019, 9, 1), dt.date(2019, 10, 1), ("SWE",), (3, 4), ("RUS",)),
            ),
        ),
        other_flights=(OtherFlight("USA", at(0, day=1), at(0, day=5), True),),
        demonstration_requested_by="none",
        hazards_considered=True,
        accepted_claims=("rus-kaliningrad-500km",),
        said_by="Embassy of Sweden",
        airfields=(
            AirfieldFacts(
                ident="UHHH",
                source="notification of 1 March 2016",
                party="RUS",
                name="Khabarovsk",
                roles=("open_skies_airfield", "refuelling_airfield"),
                lon=135.188,
                lat=48.0 + 31.0 / 60.0 + 41.0 / 3600.0,
                maximum_flight_distance_km=6500.0,
                start=dt.date(2016, 6, 1),
                end=dt.date(2021, 12, 18),
                known=dt.date(2016, 3, 1),
            ),
        ),
        point_of_entry="UUEE",
        no_inspection=False,
        extra={"weather": "clear"},
    )


KEYS = {"start": "from", "end": "to", "end_notified": "to_notified", "told": "source"}
TABLES = {"members": "[[quota.member]]"}


@pytest.mark.parametrize(
    "part", [Quota, MemberQuota, Times, AircraftFacts, SensorFacts, Agreement, OtherFlight, AirfieldFacts]
)
def test_no_field_of_the_facts_is_forgotten(part: type[Any]) -> None:
    """A field that is added to the facts must be added to the file; the whole example above names all of them."""
    written = [TABLES.get(field.name, f"{KEYS.get(field.name, field.name)} = ") for field in dataclasses.fields(part)]
    assert [words for words in written if words not in WHOLE] == []


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        ("from = 2017-01-01\nmaximum_flight_distance_km = 2", False),  # the first ends when the second begins
        ("from = 2016-12-31\nmaximum_flight_distance_km = 2", True),
        ("maximum_flight_distance_km = 2", True),
        ("roles = ['point_of_exit']", False),
    ],
)
def test_an_airfield_has_one_distance_on_a_day(second: str, refused: bool) -> None:
    """Several tables may be about one airfield, but not with two distances for the same day."""
    first = "[[airfield]]\nident = 'UHHH'\nsource = 'x'\nto = 2017-01-01\nmaximum_flight_distance_km = 1\n"
    text = f"{first}[[airfield]]\nident = 'UHHH'\nsource = 'y'\n{second}\n"
    if refused:
        with pytest.raises(InputError, match="for the same days"):
            facts(text)
    else:
        assert [one.source for one in facts(text).airfields] == ["x", "y"]


def test_nothing_said_is_nothing_known() -> None:
    """An empty document leaves every fact unknown."""
    assert facts("# nothing yet\n") == Facts()
    assert facts("[quota]\n[times]\n[aircraft]\n") == Facts()


def test_an_agreement_may_concern_a_decision() -> None:
    """Decisions of the commission are numbered with a slash, as in DEC:22/02."""
    text = "[[agreement]]\nprovision = 'DEC:22/02'\nscope = 'x'\nsource = 'x'\nparties = ['DEU', 'POL']\n"
    assert facts(text).agreements[0].provision == "DEC:22/02"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), ("no_other_flights = true\n", ()), ("no_other_flights = false\n", None)],
)
def test_no_other_flight_differs_from_nobody_has_said(text: str, expected: tuple[OtherFlight, ...] | None) -> None:
    """That there is no other flight must be said; silence leaves it open."""
    assert facts(text + "said_by = 'x'\n").other_flights == expected


@given(hours=st.integers(-12, 14), time=st.datetimes(dt.datetime(1992, 1, 2), dt.datetime(2100, 1, 1)))  # noqa: DTZ001
def test_times_of_any_offset_come_in_utc(hours: int, time: dt.datetime) -> None:
    """A time with an offset is the same moment in UTC."""
    local = time.replace(fold=0, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    found = facts(f"[times]\narrival_utc = {local.isoformat()}\n").times.arrival_utc
    assert found == local
    assert found is not None
    assert found.tzinfo is dt.UTC


def reading(tmp_path: Path, text: str) -> Reading:
    """Read a reading from text."""
    file = tmp_path / "reading.toml"
    file.write_text(text, encoding="utf-8")
    return read_reading(file, DAY)


def test_a_whole_reading_is_read(tmp_path: Path) -> None:
    """Every field of a reading can be given."""
    text = """
    at = 2018-05-01
    known = 2020-01-01
    view = "natural_earth"
    accepted_claims = ["rus-kaliningrad-500km"]
    [interpretations]
    "VI.II.4(G)" = "second_pass"
    "OS:A.III" = "over_territory"
    III.I.7 = "nothing_adopted"
    """
    expected = {"VI.II.4(G)": "second_pass", "A.III": "over_territory", "III.I.7": "nothing_adopted"}
    assert reading(tmp_path, text) == Reading(
        dt.date(2018, 5, 1), dt.date(2020, 1, 1), "natural_earth", expected, ("rus-kaliningrad-500km",)
    )


def test_a_reading_has_defaults(tmp_path: Path) -> None:
    """What is not said is the day asked for, everything known, the borders of the United Nations, no claim."""
    assert reading(tmp_path, "# as it is\n") == Reading(DAY)


@pytest.mark.parametrize("provision", INTERPRETATIONS)
def test_every_interpretation_is_accepted_by_its_name(tmp_path: Path, provision: str) -> None:
    """Each name is read, quoted or as TOML splits it; another one is refused with the list."""
    for name in INTERPRETATIONS[provision]:
        text = f'[interpretations]\n"{provision}" = "{name}"\n'
        assert reading(tmp_path, text).interpretation(provision, "") == name
    with pytest.raises(InputError, match=", ".join(INTERPRETATIONS[provision])):
        reading(tmp_path, f'[interpretations]\n"{provision}" = "strict"\n')


def test_defaults_of_a_flight_are_the_strictest() -> None:
    """The first name is the default: for the path of a flight it is the one that allows least."""
    assert INTERPRETATIONS["VI.II.4(G)"][0] == "any_crossing"
    assert INTERPRETATIONS["A.III"][0] == "whole_path"
    assert INTERPRETATIONS["III.I.7"][0] == "frozen_for_state"
