"""The ways in which open or disputed places of an instrument can be understood; a reading picks one of each.

The places of an instrument stand in ``interpretations.toml`` in its folder.  Those of the Treaty on Open Skies, which
rules pick by the names of the ways, stand in :mod:`skywitness.law.interpretations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from skywitness.core.errors import Faults
from skywitness.core.reading import Reading
from skywitness.core.text import Text, of_data, say
from skywitness.law.provisions import provision
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

__all__ = ["Interpretation", "interpretations", "load_interpretations", "way"]


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
def interpretations(instrument: str) -> Mapping[str, Interpretation]:
    """Return every open place of an instrument by its provision.

    :raises DataError: when the file of the program is wrong.
    """
    return load_interpretations(folder_of(instrument) / "interpretations.toml")


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
        name = below.text("name")
        if name in ways:
            below.fault("name", say("another way of this place has this name"))
        ways[name] = of_data(below.text("title"))
        below.text("title_vi")
        below.close()
    if "ways" in row and len(ways) < 2:
        row.fault("ways", say("an open place has two ways at least"))
    found = Interpretation(provision(row.text("provision")).id, of_data(row.text("about")), MappingProxyType(ways))
    row.text("about_vi")
    row.close()
    return found


def way(instrument: str, reading: Reading, ident: str) -> str:
    """Name the way that a reading takes at an open place of an instrument."""
    return reading.interpretation(ident, interpretations(instrument)[ident].default)
