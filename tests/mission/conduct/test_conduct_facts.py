"""Tables of conduct in a file of facts: what is read, and every fault of a hostile file at once."""

from __future__ import annotations

import contextlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import Faults, InputError
from skywitness.law.fact_tables import READERS, TIMELINE
from skywitness.mission.conduct.facts import read_conduct
from skywitness.mission.conduct.model import Conduct
from skywitness.route.files.facts_file import facts_from_toml, facts_with
from skywitness.route.files.fields import Fields

TABLES = [name for name, commands in READERS.items() if commands == (TIMELINE,)]
OWN = ["inspection", "inventory", "equipment", "demonstration", "aboard"]


def read(text: str) -> Conduct:
    """What is told in the words of a file."""
    return facts_with(tomllib.loads(text), read_conduct)[1]


def faults(text: str) -> dict[str, str]:
    """All faults of a file, by their places."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.kind == "bad_facts"
    return {fault.where: str(fault.message) for fault in caught.value.faults}


def test_nothing_is_told() -> None:
    """A file without these tables tells nothing of the conduct."""
    assert not read("said_by = 'nobody'\n")
    assert not Conduct()


@pytest.mark.parametrize("text", ["[inspection]\n", "[demonstration]\n", "[[aboard]]\nrole = 'representative'\n"])
def test_an_empty_table_tells_that_it_happened(text: str) -> None:
    """A table that holds nothing is judged, and what it lacks is asked for."""
    assert read(text)


HOSTILE = """
no_inspection = true
demonstration_requested_by = "none"
[inspection]
permitted = false
removal_shown = true
mismatch = false
conformity_shown = true
followed = "eaten"
counted = 1
escorts = 2
[[equipment]]
name = "tube"
for = "inspection"
kind = "x_rays"
film_mm = 0
checked = true
[[equipment]]
name = "tube"
for = "inspection"
kind = "computer"
film_mm = 35
[[equipment]]
for = "dinner"
approved_by = "the cook"
[[inventory]]
for = "flight"
present = ["Sweden"]
[[inventory]]
for = "flight"
permitted = "yes"
[demonstration]
flown = false
targets_provided = false
[[demonstration.pass]]
line = "under"
[[demonstration.target]]
category = "sar"
black_bars = 2
contrast = 5
[[demonstration.target]]
[[demonstration.delay]]
cause = "fog"
hours = -1
[[demonstration.cost]]
of = "fuel"
borne_percent = 101
decided_percent = 50
[demonstration.processing]
by = "sweden"
[[aboard]]
role = "cook"
number = 0
[[aboard]]
role = "representative"
name = "A. B."
number = 2
boarded_utc = 2019-09-12T09:00:00Z
left_utc = 2019-09-12T08:00:00Z
[[aboard]]
"""


def test_all_faults_at_once() -> None:
    """A file with every kind of fault is read to its end, each fault noted at its place."""
    found = Faults()
    read_conduct(Fields(tomllib.loads(HOSTILE), "", found))
    assert sorted(fault.where for fault in found) == sorted(
        [
            "no_inspection",
            "demonstration_requested_by",
            "inspection.permitted",
            "inspection.conformity_shown",
            "inspection.followed",
            "inspection.counted",
            "inspection.escorts",
            "equipment[0].kind",
            "equipment[0].film_mm",
            "equipment[0].checked",
            "equipment[1].name",
            "equipment[1].film_mm",
            "equipment[2].name",
            "equipment[2].for",
            "equipment[2].approved_by",
            "inventory[0].present[0]",
            "inventory[1].for",
            "inventory[1].permitted",
            "demonstration.flown",
            "demonstration.targets_provided",
            "demonstration.pass[0].sensor",
            "demonstration.pass[0].line",
            "demonstration.target[0].black_bars",
            "demonstration.target[0].contrast",
            "demonstration.target[1].category",
            "demonstration.delay[0].cause",
            "demonstration.delay[0].hours",
            "demonstration.cost[0].of",
            "demonstration.cost[0].borne_percent",
            "demonstration.cost[0].decision",
            "demonstration.processing.by",
            "aboard[0].role",
            "aboard[0].number",
            "aboard[1].number",
            "aboard[1].left_utc",
            "aboard[2].role",
        ]
    )


def test_faults_of_the_flight_come_with_them() -> None:
    """What is wrong with the other facts of a flight is told in the same refusal."""
    found = faults("[aircraft]\nprovided_by = 'nobody'\n[inspection]\npermitted = 'no'\n")
    assert sorted(found) == ["aircraft.provided_by", "inspection.permitted"]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("value", [3, "text", True, [1], [["x"]], [{"banana": 3}]])
def test_no_table_takes_what_it_cannot(name: str, value: object) -> None:
    """Each table is refused when it is no table, or holds what it does not know."""
    with pytest.raises(InputError) as caught:
        facts_with({name: value}, read_conduct)
    assert all(fault.where.startswith(name) for fault in caught.value.faults)


@pytest.mark.parametrize("name", OWN)
def test_a_plan_is_not_judged_by_them(name: str) -> None:
    """``check`` lets these tables stand: no plan is judged by them."""
    assert name in TABLES
    assert facts_from_toml({name: [{"banana": 3}]}) == facts_from_toml({})


def test_too_many_tables() -> None:
    """A list beyond any mission is refused, not read."""
    assert list(faults("[[aboard]]\nrole = 'representative'\n" * 1_001)) == ["aboard"]


def test_an_inspection_that_nobody_made() -> None:
    """Equipment of inspectors contradicts that nobody inspects; what is brought for the flight does not."""
    own = "no_inspection = true\n[[equipment]]\nname = 'map'\nkind = 'map'\nfor = "
    assert list(faults(f"{own}'inspection'\n")) == ["no_inspection"]
    assert read(f"{own}'flight'\n")


KEYS = ["for", "name", "kind", "role", "present", "permitted", "target", "pass", "hours", "cause", "number", "flown"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(OWN), ANYTHING))
def test_whatever_stands_there_is_read_or_refused(data: dict[str, object]) -> None:
    """No value of any kind ends in anything but facts or a refusal."""
    with contextlib.suppress(InputError):
        assert isinstance(facts_with(data, read_conduct)[1], Conduct)
