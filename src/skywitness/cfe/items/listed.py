"""The lists of existing types: which kinds a listed type, or a model of it, is of, and the paragraph that lists it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from skywitness.cfe.kinds import KINDS, TYPE_TABLES, type_key
from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import Text
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row, folder_of, read_tables, refuse_if_any

__all__ = ["Entry", "entries", "find_listed", "find_look_alike", "load_lists", "near_names"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the lists: a name, its kind, and the paragraph, such as ``TYPES.I.1``."""

    name: str
    kind: str
    ident: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists by name, and the models that only look alike by type and model, both in the form of ``type_key``."""

    types: Mapping[str, tuple[Entry, ...]]
    look_alikes: Mapping[tuple[str, str], Entry]


@cache
def entries() -> Lists:
    """Return the lists as stored.

    :raises DataError: when the file of the program is wrong.
    """
    return load_lists(folder_of("cfe") / "types.toml")


def load_lists(path: Path) -> Lists:
    """Read the lists (Protocol on Existing Types, Sections I and II).

    :raises DataError: with all its faults.
    """
    faults = Faults()
    tables = read_tables(path, TYPE_TABLES, faults)
    types: dict[str, tuple[Entry, ...]] = {}
    for row in (*tables["types"], *tables["unlimited"]):
        kind, ident = _heading(row)
        for name in row.texts("names"):
            types[type_key(name)] = (*types.get(type_key(name), ()), Entry(name, kind, ident))
        row.close()
    alike: dict[tuple[str, str], Entry] = {}
    for row in tables["look_alike"]:
        kind, ident = _heading(row)
        base = row.text("type")
        for model in row.texts("models"):
            alike[type_key(base), type_key(model)] = Entry(f"{base} {model}", kind, ident)
        row.close()
    refuse_if_any(faults, path)
    return Lists(MappingProxyType(types), MappingProxyType(alike))


def _heading(row: Row) -> tuple[str, str]:
    kind = row.text("category", among=KINDS)
    row.text("status", among=STATUSES)
    found = re.search(r"TYPES\.\S+", row.text("source"))
    return kind, found[0] if found else ""


def find_listed(name: str) -> tuple[Entry, ...]:
    """Return every place of a type in the lists; none where no list names it."""
    return entries().types.get(type_key(name), ()) if name else ()


def find_look_alike(name: str, model: str) -> Entry | None:
    """Return the place of a model in the lists of look-alikes."""
    return entries().look_alikes.get((type_key(name), type_key(model)))


def near_names(name: str) -> Text | None:
    """Name listed types that come near to one that is in no list; ``None`` where it is in one."""
    if find_listed(name):
        return None
    return did_you_mean(name, {one.name for those in entries().types.values() for one in those})
