"""One table of a told file with the State and the day it is about, and what is judged of a whole file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from skywitness.cfe.told.facts import Told
from skywitness.core.finding import Finding

__all__ = ["Judged", "ToldTable", "judged"]


@dataclass(frozen=True, slots=True)
class ToldTable:
    """One table: its kind, its facts, who it is about, and the day whose law applies."""

    table: str
    told: Told
    state: str
    day: dt.date

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.told.id


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings on a file, and on which provisions nothing is told in each of its tables."""

    findings: tuple[Finding, ...]
    untold: Mapping[str, tuple[str, ...]]


def judged(findings: Iterable[Finding], untold: Mapping[str, tuple[str, ...]], only: Collection[str]) -> Judged:
    """Put together what is judged of a file; with ``only`` by some provisions.  Tables that tell everything go."""
    kept = tuple(one for one in findings if not only or one.provision in only)
    return Judged(kept, MappingProxyType({name: idents for name, idents in untold.items() if idents}))
