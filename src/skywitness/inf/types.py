"""Missiles and launchers that have names here: the lists of Article III, others in dispute, and every alias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.finding import UsedValue
from skywitness.core.text import ENGLISH, Catalogue, of_data, say
from skywitness.inf.law import instrument
from skywitness.law.names import did_you_mean, folded
from skywitness.law.provisions import provision
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

__all__ = ["KINDS", "KnownType", "find_type", "load_types", "types"]

KINDS: Final = ("ballistic", "cruise", "launcher")
CLASSES: Final = MappingProxyType({"SR": "shorter_range", "IR": "intermediate_range"})
_LONGEST_KM: Final = 20_000.0


@dataclass(frozen=True, slots=True)
class KnownType:
    """A type with its names.  ``listed``: the paragraph of Article III, ``named`` the memorandum, that names it.

    ``missile_class`` is ``shorter_range`` or ``intermediate_range`` where one of them says so.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    holder: str
    source: str
    status: str
    listed: str = ""
    named: str = ""
    missile_class: str = ""
    told_range_km: float | None = None
    note: str = ""
    all_names: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def decides(self) -> bool:
        """Whether its class is named, so that no range is asked for."""
        return bool(self.missile_class)

    def used(self) -> UsedValue:
        """Cite the list as a value of the law."""
        begins = instrument().heading.entry_into_force.on
        return UsedValue("listed_type", self.id, self.missile_class, "", begins, self.source, self.status)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "id": self.id,
            "name": self.name,
            "names": list(self.names),
            "kind": self.kind,
            "holder": self.holder,
            "listed": self.listed or None,
            "named": self.named or None,
            "class": self.missile_class or None,
            "told_range_km": self.told_range_km,
            "source": self.source,
            "status": self.status,
            "note": of_data(self.note).render(catalogue) if self.note else "",
        }


@cache
def types() -> Mapping[str, KnownType]:
    """Return every type by its identifier, in the order of the file.

    :raises DataError: when the file of the program is wrong.
    """
    return load_types(folder_of("inf") / "types.toml")


def load_types(path: Path) -> Mapping[str, KnownType]:
    """Read a file of types.

    :raises DataError: with all its faults.
    """
    faults = Faults()
    found = [_type(row) for row in read_tables(path, ("type",), faults)["type"]]
    note_twice("type", (one.id for one in found), faults)
    note_twice("name", (name for one in found for name in one.all_names), faults)
    refuse_if_any(faults, path)
    return MappingProxyType({one.id: one for one in found})


def _type(row: Row) -> KnownType:
    name, names = row.text("name"), row.texts("names", [])
    word = row.text("class", "", (*CLASSES, ""))
    listed, named = row.text("listed", ""), row.text("named", "")
    known = KnownType(
        id=row.text("id"),
        name=name,
        names=names,
        kind=row.text("kind", among=KINDS),
        holder=row.text("holder", among=tuple(instrument().parties)),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        listed=listed,
        named=named,
        missile_class=CLASSES.get(word, ""),
        told_range_km=row.optional_number("told_range_km", 1.0, _LONGEST_KM),
        note=row.text("note", ""),
        all_names=frozenset(folded(one) for one in (row.text("id"), name, *names)),
    )
    row.text("note_vi", "")
    row.close()
    for ident in filter(None, (listed, named)):
        provision(ident)
    if word and not (listed or named):
        row.fault("class", say("only what the Treaty names has a class here"))
    return known


def find_type(name: str) -> KnownType | None:
    """Return the type that a name or alias belongs to; ``None`` for a name that nobody wrote down.

    >>> find_type("SSC-8").name, find_type("oka").id, find_type("Zircon")
    ('9M729', 'otr-23', None)
    """
    wanted = folded(name)
    return next((one for one in types().values() if wanted in one.all_names), None)


def near_names(name: str) -> Any:
    """Say which names come near to one that is not known."""
    return did_you_mean(name, {one for known in types().values() for one in (known.name, *known.names)})
