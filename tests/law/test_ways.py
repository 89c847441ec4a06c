"""Open places of instruments and the ways in which they can be understood."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import MappingProxyType

import pytest

from skywitness.core.errors import DataError
from skywitness.core.reading import Reading
from skywitness.law.ways import interpretations, load_interpretations, way

PLACE = """
[[interpretation]]
provision = "VD:CONSTRAINTS.LARGEST"
about = "years"
about_vi = "năm"
ways = [{ways}]
"""
ONE = '{ name = "one", title = "first", title_vi = "một" }'
TWO = '{ name = "two", title = "second", title_vi = "hai" }'


@pytest.mark.parametrize("instrument", ["inf", "cfe", "vienna-document"])
def test_every_place_has_ways_and_a_reading_takes_one(instrument: str) -> None:
    """A reading that says nothing takes the first way, one that names another takes that."""
    day = dt.date(1990, 1, 1)
    for ident, place in interpretations(instrument).items():
        assert way(instrument, Reading(at=day), ident) == place.default == next(iter(place.ways))
        last = list(place.ways)[-1]
        assert (
            way(instrument, Reading(at=day, interpretations=MappingProxyType({ident: last})), ident)
            == last
            != place.default
        )


@pytest.mark.parametrize(
    ("ways", "word"),
    [(f"{ONE}, {ONE}", "another way of this place"), (ONE, "two ways at least"), ("", "two ways at least")],
)
def test_a_place_without_a_choice_is_refused(tmp_path: Path, ways: str, word: str) -> None:
    """Two ways of one name, one way or none are faults of the file."""
    path = tmp_path / "interpretations.toml"
    path.write_text(PLACE.format(ways=ways), encoding="utf-8")
    with pytest.raises(DataError, match=word):
        load_interpretations(path)


def test_all_places_are_told_once(tmp_path: Path) -> None:
    """A place with two ways is read; twice the same place is refused."""
    path = tmp_path / "interpretations.toml"
    path.write_text(PLACE.format(ways=f"{ONE}, {TWO}"), encoding="utf-8")
    assert list(load_interpretations(path)["VD:CONSTRAINTS.LARGEST"].ways) == ["one", "two"]
    path.write_text(PLACE.format(ways=f"{ONE}, {TWO}") * 2, encoding="utf-8")
    with pytest.raises(DataError):
        load_interpretations(path)
