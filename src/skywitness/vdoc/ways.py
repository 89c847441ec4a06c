"""The ways in which open places of the Vienna Document can be understood; a reading picks one of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType

from skywitness.core.errors import Faults
from skywitness.core.reading import Reading
from skywitness.core.text import Text, of_data
from skywitness.law.provisions import provision
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

__all__ = ["Interpretation", "every_way", "interpretations", "load_interpretations", "way"]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One open place: what it is about, and the ways by name with their words, the default first."""

    provision: str
    about: Text
    ways: Mapping[str, Text]

    @property
    def default(self) -> str:
        """The way that is taken unless a reading says otherwise."""
        return next(iter(self.ways))


@cache
def interpretations() -> Mapping[str, Interpretation]:
    """Return every open place by its provision.

    :raises DataError: when the file of the program is wrong.
    """
    return load_interpretations(folder_of("vienna-document") / "interpretations.toml")


def load_interpretations(path: Path) -> Mapping[str, Interpretation]:
    """Read a file of interpretations.

    :raises DataError: with all its faults.
    """
    faults = Faults()
    found = [_interpretation(row) for row in read_tables(path, ("interpretation",), faults)["interpretation"]]
    note_twice("interpretation", (one.provision for one in found), faults)
    refuse_if_any(faults, path)
    return MappingProxyType({one.provision: one for one in found})


def _interpretation(row: Row) -> Interpretation:
    ways: dict[str, Text] = {}
    for below in row.rows("ways"):
        ways[below.text("name")] = of_data(below.text("title"))
        below.text("title_vi")
        below.close()
    found = Interpretation(provision(row.text("provision")).id, of_data(row.text("about")), MappingProxyType(ways))
    row.text("about_vi")
    row.close()
    return found


def way(reading: Reading, ident: str) -> str:
    """Name the way that a reading takes."""
    return reading.interpretation(ident, interpretations()[ident].default)


def every_way() -> Iterator[Mapping[str, str]]:
    """Go through all combinations of ways, the defaults first."""
    names = tuple(interpretations())
    for chosen in product(*(interpretations()[name].ways for name in names)):
        yield MappingProxyType(dict(zip(names, chosen, strict=True)))
