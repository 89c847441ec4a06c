"""Tables of airfields are held against one another in bounded time and memory."""

from __future__ import annotations

import tomllib

import pytest

from skywitness.core.errors import InputError
from skywitness.route.files.facts_airfields import MOST_AIRFIELDS
from skywitness.route.files.facts_file import facts_from_toml

TABLE = '[[airfield]]\nident = "{ident}"\nparty = "FIN"\nmaximum_flight_distance_km = 1400\nsource = "note"\n'


def refused(text: str) -> InputError:
    """Read facts that must be refused."""
    with pytest.raises(InputError) as found:
        facts_from_toml(tomllib.loads(text))
    return found.value


def test_too_many_are_refused_at_once() -> None:
    """One fault, not one for every pair of tables."""
    (fault,) = refused(TABLE.format(ident="X") * (MOST_AIRFIELDS + 1)).faults
    assert fault.where == "airfield"
    assert "1,000" in str(fault.message)


def test_codes_that_are_none_are_not_taken_for_the_same_airfield() -> None:
    """Tables whose code is wrong have that fault alone; two about one place have one fault in the later table."""
    wrong = refused("".join(TABLE.format(ident=f"no code {number}") for number in range(15)))
    assert {fault.where.rpartition(".")[2] for fault in wrong.faults} == {"ident"}
    assert len(wrong.faults) == 15
    twice = refused(TABLE.format(ident="EFTU") * 15)
    assert [fault.where for fault in twice.faults][:2] == [
        "airfield[1].maximum_flight_distance_km",
        "airfield[2].maximum_flight_distance_km",
    ]
    assert len(twice.faults) == 14
