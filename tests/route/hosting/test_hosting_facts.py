"""The tables told around a flight: what is said is read, what cannot be is refused, all of it at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.route.rules.plans import full_facts, make_plan

from skywitness.core.errors import Fault, InputError
from skywitness.core.toml_text import write_toml
from skywitness.route.check import check
from skywitness.route.facts import Facts
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.host_facts import (
    Accident,
    Change,
    Cost,
    Fixes,
    Ground,
    HazardAnswer,
    Hosting,
    Person,
    Prohibition,
    Service,
    Straits,
    Target,
    Transport,
)

WHOLE = """
[hosting]
inspection_at = "ETNW"
targets_complete = true
fuelling = true
meals = true
accommodation = false

[[hosting.target]]
ident = "range"
sensors = ["CAM"]
suitable = true
near = true
lon = 9.6
lat = "N52.5"

[[hosting.service]]
what = "a laboratory"
requested = true
agreed = true
provided = false

[[cost]]
what = "fuel"
amount = 1200
currency = "EUR"
paid_by = "DEU"
borne_by = "BENELUX"
reimbursed = 1000.5
refused = true
because = "deviation"

[[person]]
ident = "Anna"
designated_by = "NOR"
accepted = true
visa = "agreed"
documents = true
visa_agreed_utc = 2019-09-01T12:00:00Z
visa_given_utc = 2019-09-01T14:00:00+02:00

[transport]
by = "transport_aircraft"
registered = "SWE"
point_of_exit = "ETSA"
after = "to_exit"
permitted = true
exit_arrival_utc = 2019-09-13T00:00:00Z
exit_departure_utc = 2019-09-13T12:00:00Z
rest_h = 10
late_by = "observing"
own_to_airfield = false
carried_to_airfield = true
carried_to_exit = true

[fixes]
entry = "GOGLA"
exit = "de-ruegen-fix"
home = "ESSA"
eases = true
by_rules = false

[straits]
between_seas = true
civil = true
regular = false
notified_utc = 2019-09-01T00:00:00Z
passage_utc = 2019-09-04T00:00:00Z
on_routes = true

[accident]
registered = "NOR"
owner = "NOR"
recovered = true
concluded = true
requested_by = "SWE"
returned = true
returned_to = "SWE"

[[hazard_answer]]
area = "ED-R 1"
activity = "goes_on"
other_way = true

[[change]]
ident = "fog"
ground = "weather"
affects_safety = true
visibility_m = 400
minimum_visibility_m = 800
ceiling_m = 50
minimum_ceiling_m = 60

[[change]]
ident = "shut"
ground = "airfield"
airfield = "ETSA"
alternate = false
usable = false

[prohibition]
grounds = ["OS:VI.II.2", "OS:VI.II.4(D)"]
"""
NOON = dt.datetime(2019, 9, 1, 12, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2019, 9, 13, tzinfo=dt.UTC)


def test_a_whole_file() -> None:
    """Every field of every table is read, times in UTC, coordinates in degrees."""
    hosting = facts_from_toml(tomllib.loads(WHOLE)).hosting
    target = Target("range", ("CAM",), suitable=True, near=True, lon=9.6, lat=52.5)
    assert hosting.ground == Ground(
        "ETNW", True, True, True, False, (target,), (Service("a laboratory", True, True, False),)
    )
    assert hosting.costs == (Cost("fuel", 1200.0, "EUR", "DEU", "BENELUX", 1000.5, True, "deviation"),)
    assert hosting.people == (Person("Anna", "NOR", True, "agreed", True, NOON, NOON),)
    assert hosting.transport == Transport(
        "transport_aircraft", "SWE", "ETSA", "to_exit", True, MIDNIGHT, MIDNIGHT + dt.timedelta(hours=12), 10.0,
        "observing", own_to_airfield=False, carried_to_airfield=True, carried_to_exit=True,
    )  # fmt: skip
    assert hosting.fixes == Fixes("GOGLA", "de-ruegen-fix", "ESSA", eases=True, by_rules=False)
    first = dt.datetime(2019, 9, 1, tzinfo=dt.UTC)
    assert hosting.straits == Straits(True, True, False, first, first + dt.timedelta(days=3), True)
    assert hosting.accident == Accident("NOR", "NOR", True, True, "SWE", True, "SWE")
    assert hosting.hazards == (HazardAnswer("ED-R 1", "goes_on", other_way=True),)
    assert hosting.changes == (
        Change("fog", "weather", True, 400.0, 800.0, 50.0, 60.0),
        Change("shut", "airfield", airfield="ETSA", alternate=False, usable=False),
    )
    assert hosting.prohibition == Prohibition(("OS:VI.II.2", "OS:VI.II.4(D)"))


def test_nothing_told_is_nothing_known() -> None:
    """A file without these tables leaves everything unknown, and so does one that says nothing in them."""
    assert facts_from_toml({}).hosting == Facts().hosting == Hosting()
    empty = facts_from_toml({"hosting": {}, "transport": {}, "straits": {}, "accident": {}}).hosting
    assert empty == Hosting(Ground(), transport=Transport(), straits=Straits(), accident=Accident())


def test_a_plan_alone_is_judged_as_before() -> None:
    """Without these tables no finding is added; with empty ones nothing is ever kept or broken."""
    plan, facts = make_plan(), full_facts()
    before = check(plan, facts, plan.reading)
    told = facts_from_toml({"hosting": {}, "transport": {}, "straits": {}, "accident": {}, "prohibition": {}}).hosting
    after = check(plan, dataclasses.replace(facts, hosting=told), plan.reading)
    assert after[: len(before)] == before
    added = after[len(before) :]
    assert len(added) > 4
    assert {finding.verdict.value for finding in added} <= {"cannot_tell", "not_applicable"}


HOSTILE = """
[hosting]
inspection_at = "Wunstorf"
meals = "yes"
banana = 1
[[hosting.target]]
lon = 300
[[hosting.service]]
what = " "
[[cost]]
what = "fuel"
amount = 100
reimbursed = 200
[[cost]]
what = "oil"
amount = 100
reimbursed = 100
refused = true
currency = "euro"
because = "greed"
[[person]]
ident = "Anna"
visa = "refused"
visa_given_utc = 2019-09-01T12:00:00
[[person]]
ident = "Anna"
visa = "on_arrival"
visa_agreed_utc = 2019-09-01T12:00:00Z
[[person]]
ident = "Berit"
visa = "not_required"
visa_given_utc = 2019-09-01T12:00:00Z
[transport]
by = "sea"
registered = "SWE"
permitted = true
rest_h = 1e9
exit_arrival_utc = 2019-09-02T00:00:00Z
exit_departure_utc = 2019-09-01T00:00:00Z
[fixes]
home = "ESSA"
[straits]
civil = 1
[accident]
returned = false
returned_to = "SWE"
[[hazard_answer]]
activity = "explodes"
[[change]]
ident = "a"
ground = "weather"
airfield = "ETSA"
[[change]]
ident = "a"
[[change]]
ident = "b"
ground = "moon"
[prohibition]
grounds = ["OS:VI.II.99", "OS:VI.II.2"]
"""
EXPECTED = {
    "hosting.inspection_at", "hosting.meals", "hosting.banana", "hosting.target[0].ident", "hosting.target[0].lon",
    "hosting.target[0].lat", "hosting.service[0].what", "cost[0].reimbursed", "cost[0].currency", "cost[1].refused",
    "cost[1].currency", "cost[1].because", "person[0].visa_given_utc", "person[1].ident", "person[1].visa_agreed_utc",
    "person[2].visa_given_utc", "transport.registered", "transport.after", "transport.rest_h",
    "transport.exit_departure_utc", "fixes.entry", "straits.civil", "accident.returned_to", "hazard_answer[0].area",
    "hazard_answer[0].activity", "change[0].airfield", "change[1].ident", "change[1].ground", "change[2].ground",
    "prohibition.grounds",
}  # fmt: skip


@pytest.mark.parametrize("given_back", ["returned = true", 'returned_to = "SWE"'])
def test_what_was_never_found_is_not_given_back(given_back: str) -> None:
    """Wreckage that was not recovered and yet given back is two stories; neither is believed."""
    with pytest.raises(InputError) as refused:
        facts_from_toml(tomllib.loads(f"[accident]\nrecovered = false\n{given_back}\n"))
    assert [fault.where for fault in refused.value.faults] == ["accident.recovered"]


def test_all_faults_come_together() -> None:
    """A file wrong in every table is refused once, with every fault counted; each table shows each at its place."""
    whole = tomllib.loads(HOSTILE)
    *shown, more = faults_of(whole)
    assert set(shown) < EXPECTED
    assert more == "..."  # no more than twenty are listed
    found = [fault for name, table in whole.items() for fault in faults_of({name: table})]
    assert sorted(found) == sorted(EXPECTED)


def faults_of(tables: dict[str, object]) -> list[str]:
    """The places of the faults for which tables are refused."""
    with pytest.raises(InputError) as refused:
        facts_from_toml(tables)
    assert refused.value.kind == "bad_facts"
    return [fault.where for fault in refused.value.faults]


@pytest.mark.parametrize(
    "tables",
    [
        {"hosting": 3},
        {"cost": {}},
        {"person": [3]},
        {"transport": []},
        {"fixes": "GOGLA"},
        {"prohibition": {"grounds": "OS:VI.II.2"}},
        {"change": [{"ident": "x" * 1000, "ground": "plan"}]},
        {"hazard_answer": [{"area": "A\u0000B"}]},
        {"cost": [{"what": "fuel"}] * 1001},
    ],
)
def test_what_is_no_table_is_refused(tables: dict[str, object]) -> None:
    """Lists for tables, tables for lists, control characters and endless lists are faults, no accidents."""
    with pytest.raises(InputError):
        facts_from_toml(tables)


names = st.sampled_from(sorted(tomllib.loads(WHOLE)))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(names, anything, max_size=4))
def test_nonsense_is_refused_or_read(tables: dict[str, object]) -> None:
    """Whatever stands in these tables: it is read, or refused with faults that name the table."""
    faults: tuple[Fault, ...] | None = None
    try:
        facts_from_toml(tables)
    except InputError as refused:
        faults = refused.faults
    assert faults is None or faults
    assert all(fault.where.split("[")[0].split(".")[0] in tables for fault in faults or ())


@given(st.sets(st.sampled_from(sorted(tomllib.loads(WHOLE))), max_size=6))
def test_any_part_of_a_file_can_be_judged(parts: set[str]) -> None:
    """Any of the tables alone or together gives whole findings, and never changes those on the plan."""
    whole = tomllib.loads(WHOLE)
    tables = tomllib.loads(write_toml({name: whole[name] for name in sorted(parts)}) if parts else "")
    plan, facts = make_plan(), full_facts()
    before = check(plan, facts, plan.reading)
    after = check(plan, dataclasses.replace(facts, hosting=facts_from_toml(tables).hosting), plan.reading)
    assert after[: len(before)] == before
    assert (len(after) > len(before)) == bool(parts)
    assert all(str(finding.why) and finding.title for finding in after)
