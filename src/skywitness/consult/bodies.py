"""Organs, alliances and unions: who belongs to them on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.consult.model import Body
from skywitness.consult.prose import Prose
from skywitness.consult.vocabulary import BODY_KINDS, STATUSES
from skywitness.core.days import Days
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.instrument import instruments, load
from skywitness.law.parties import parties_on
from skywitness.law.rows import Row, note_twice, read_tables, refuse_if_any

__all__ = ["Membership", "bodies", "every_state", "load_bodies", "members_on"]

_FILE: Final = Path(__file__).parent / "bodies.toml"


@dataclass(frozen=True, slots=True)
class Membership:
    """A body and its members: States with their days, the Parties of ``treaty``, or the members of body ``of``.

    None of the three: nobody has told them here.
    """

    body: Body
    states: tuple[tuple[str, Days], ...] = ()
    treaty: str = ""
    of: str = ""
    status: str = "reported"

    @property
    def told(self) -> bool:
        """Tell whether its members are known here."""
        return bool(self.states or self.treaty or self.of)


def members_on(code: str, at: dt.date, known: dt.date | None = None) -> frozenset[str] | None:
    """Return the members of a body on a day; ``None`` where they are not told, so that nobody takes that for none.

    >>> import datetime as dt
    >>> "FIN" in members_on("NAC", dt.date(2020, 5, 22)), members_on("PRESS", dt.date(2020, 5, 22))
    (False, None)
    """
    found = bodies().get(code)
    if found is None or not found.told:
        return None
    if found.of:
        return members_on(found.of, at, known)
    if found.treaty:
        return parties_on(at, known, instrument=load(found.treaty))
    return frozenset(state for state, days in found.states if at in days)


@cache
def bodies() -> Mapping[str, Membership]:
    """Return every body of the program's own file by its code."""
    return load_bodies(_FILE)


@cache
def every_state() -> frozenset[str]:
    """Return the codes of all States that any treaty here, or any body, knows."""
    treaties = frozenset(code for name in instruments() for code in load(name).parties)
    return treaties | {state for one in bodies().values() for state, _ in one.states}


def load_bodies(path: Path) -> Mapping[str, Membership]:
    """Read a file of bodies.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    found = [_body(row) for row in read_tables(path, ("body",), faults)["body"]]
    note_twice("body", (one.body.code for one in found), faults)
    known = {one.body.code for one in found}
    for one in found:
        if one.of and one.of not in known:
            faults.add(f"body[{one.body.code}].of", say("there is no body {code}", code=repr(one.of)))
    refuse_if_any(faults, path)
    return MappingProxyType({one.body.code: one for one in found})


def _body(row: Row) -> Membership:
    names = tuple(sorted(row.words("names").items()))
    found = Membership(
        body=Body(row.text("code"), Prose(row.text("name"), names), row.text("kind", among=BODY_KINDS)),
        states=tuple(pair for below in row.rows("members") for pair in _members(below)),
        treaty=row.text("treaty", "", (*instruments(), "")),
        of=row.text("of", ""),
        status=row.text("status", "reported", STATUSES),
    )
    row.close()
    return found


def _members(row: Row) -> tuple[tuple[str, Days], ...]:
    start, end = row.required_day("from"), row.day("to")
    states = row.texts("states")
    row.close()
    if end is not None and end <= start:
        row.fault("to", say("the end is not after the start"))
        return ()
    return tuple((state, Days(start, end)) for state in states)
