"""Numbered sources: where a fact was read that the text itself does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.law.rows import note_twice, refuse_strays, rows_of

__all__ = ["Source", "read_sources", "source_numbers"]

_NUMBERED: Final = re.compile(r"(?:practice|certifications|source) ([A-Z]\d+[a-z]?(?:, [A-Z]\d+[a-z]?)*)")
"""Numbered sources, such as those of the practice after 1992, as ``sources.toml`` lists them."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a source number stands for."""

    number: str
    address: str
    about: str


def read_sources(content: Mapping[str, Any], faults: Faults) -> dict[str, Source]:
    """Read ``sources.toml``."""
    refuse_strays(content, ("source",), faults)
    sources: dict[str, Source] = {}
    rows = rows_of(content.get("source", []), "source", faults, "number")
    for row in rows:
        source = Source(row.text("number"), row.text("address"), row.text("about"))
        row.text("about_vi")  # for the catalogue of the language
        row.close()
        sources[source.number] = source
    note_twice("source", (row.text("number") for row in rows), faults)
    return sources


def source_numbers(source: str) -> tuple[str, ...]:
    """Name the numbered sources in a source: what stands behind ``practice`` or ``source``.

    >>> source_numbers("OS Annex A, Section I; the end by practice S9, S10"), source_numbers("source C4")
    (('S9', 'S10'), ('C4',))
    """
    return tuple(number for numbers in _NUMBERED.findall(source) for number in numbers.split(", "))
