"""Which facts can be told, and which provision each of them is held against: rows of ``asked.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.rows import Row, read_tables, refuse_if_any

__all__ = ["CHECKS", "SECTIONS", "Asked", "asked_of", "load"]

CHECKS: Final = ("yes", "no", "right", "use", "most", "least", "item", "all")
SECTIONS: Final = ("VII", "VIII", "IX", "X")
"""Sections of the Protocol on Inspection: declared sites, challenges, certification, reduction."""

_WORDS: Final = ("fact", "since", "until", "value", "item", "below", "unless", "by")
_FLAGS: Final = ("either_way", "early", "asks", "whole")

_ROOM: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact of a table ``scope`` and how ``provision`` judges it.

    ``check``: ``yes`` and ``no`` for what must and must not be so; ``right`` where somebody's right was respected;
    ``use`` where a right was used; ``most`` and ``least`` for the number ``fact``, or the time from ``since`` until
    ``until`` (``either_way``: in either direction), against the value ``value`` of the law; ``item`` for something in
    the list ``fact``; ``all`` for everything in that list that the provisions ``below`` ask for.

    ``unless``: a fact that excuses what would be a breach; ``asks``: where it is not told, nobody can tell.  ``by``:
    the role of who breaks it, where that is not the bearer of the provision.  ``early``: ``until`` may come first.
    ``whole``: a number of persons or things.
    """

    provision: str
    scope: str
    check: str
    fact: str = ""
    since: str = ""
    until: str = ""
    value: str = ""
    item: str = ""
    below: str = ""
    either_way: bool = False
    early: bool = False
    unless: str = ""
    asks: bool = False
    whole: bool = False
    by: str = ""
    sections: tuple[str, ...] = ()

    def concerns(self, section: str) -> bool:
        """Tell whether it is asked of an inspection under a section; one without a section is asked everything."""
        return not self.sections or not section or section in self.sections

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the fields it reads, each with its kind: ``flag``, ``number``, ``whole``, ``time`` or ``items``."""
        if self.since:
            return {self.since: "time", self.until: "time"}
        number = "whole" if self.whole else "number"
        kind = {"most": number, "least": number, "item": "items", "all": "items"}.get(self.check, "flag")
        return {self.fact: kind}

    @property
    def told_fields(self) -> Mapping[str, str]:
        """Return the fields a file can tell for it: those it reads, and the fact that excuses it."""
        return {**self.fields, **({self.unless: "flag"} if self.unless else {})}


@cache
def asked_of(room: str, scope: str, section: str = "") -> tuple[Asked, ...]:
    """Return the rows of a room that a table is asked, under a section where it has one."""
    return tuple(one for one in load(room) if one.scope == scope and one.concerns(section))


@cache
def load(room: str) -> tuple[Asked, ...]:
    """Read the rows of a room (``inspections``, ``information``).

    :raises DataError: when the file of the program is wrong.
    """
    path = _ROOM / room / "asked.toml"
    faults = Faults()
    found = tuple(_asked(row) for row in read_tables(path, ("asked",), faults)["asked"])
    refuse_if_any(faults, path)
    return found


def _asked(row: Row) -> Asked:
    given: dict[str, Any] = {name: row.text(name, "") for name in _WORDS}
    given |= {name: bool(row.flag(name)) for name in _FLAGS}
    found = Asked(
        provision=row.text("provision"),
        scope=row.text("scope"),
        check=row.text("check", among=CHECKS),
        sections=row.texts("sections", [], among=SECTIONS),
        **given,
    )
    row.close()
    if found.asks and not found.unless:
        row.fault("asks", say("needs unless"))
    if bool(found.since) != bool(found.until) or bool(found.fact) == bool(found.since):
        row.fault("fact", say("a fact, or since and until"))
    return found
