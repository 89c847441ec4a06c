"""The kinds of event that the clock of a mission knows (``events.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import Faults
from skywitness.core.text import Text, of_data, say
from skywitness.law.rows import Row, note_twice, read_toml, refuse_if_any, refuse_strays, rows_of

_FILE: Final = Path(__file__).parent / "events.toml"
_ACTORS: Final = ("observing", "observed", "provider", "commission")
_FACTS: Final = ("demonstration", "film")
LIST_COMPLETE: Final = "list_complete"
"""Says of the list itself that nothing is missing in it up to a moment."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: what happens, who can do it, and how it stands to other kinds.

    ``fixed``: an appointment.  ``law``: a day of the law.  ``times``: the field of the facts' times that says the same.
    ``after``: kinds that come before it.  ``excluded_by``: kinds after which it can no longer happen.  ``details``:
    what else may be told of it.
    """

    name: str
    title: Text
    actor: str = ""
    fixed: bool = False
    law: bool = False
    repeats: bool = False
    times: str = ""
    after: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    settles: str = ""
    details: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its word, in the order of the file.

    :raises DataError: when the file of the program is wrong.
    """
    return load(_FILE)


def load(path: Path) -> Mapping[str, Kind]:
    """Read a file of kinds.

    :raises DataError: with all faults of the file.
    """
    faults, document = Faults(), read_toml(path)
    refuse_strays(document, ("kind",), faults)
    rows = rows_of(document.get("kind", []), "kind", faults, named_by="kind")
    found = [_kind(row) for row in rows]
    note_twice("kind", (kind.name for kind in found), faults)
    names = {kind.name for kind in found}
    for kind in found:
        for other in (*kind.after, *kind.excluded_by):
            if other not in names:
                faults.add(f"kind[{kind.name}]", say("there is no kind {other}", other=repr(other)))
    refuse_if_any(faults, path)
    return MappingProxyType({kind.name: kind for kind in found})


def _kind(row: Row) -> Kind:
    found = Kind(
        name=row.text("kind"),
        title=of_data(row.text("title")),
        actor=row.text("actor", "", _ACTORS),
        fixed=bool(row.flag("fixed")),
        law=bool(row.flag("law")),
        repeats=bool(row.flag("repeats")),
        times=row.text("times", ""),
        after=row.texts("after", []),
        excluded_by=row.texts("excluded_by", []),
        settles=row.text("settles", "", _FACTS),
        details=row.texts("details", []),
    )
    row.text("title_vi")
    row.close()
    return found


def title_of(name: str) -> Text:
    """Say what happens in an event of a kind."""
    return kinds()[name].title
