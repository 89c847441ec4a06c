"""Slips of the sources, kept as printed and marked.

The text of Open Skies has wrong references, sums and coordinates; the copy of it at hand and the airfield table have
others, and so has the copy of the CFE Treaty.  Each instrument has its own ``slips.toml``, or none.
None is mended silently: each is a row that says what stands there and what the program takes instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, of_data
from skywitness.law.numbering import OPEN_SKIES
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

SOURCES: Final = ("text", "copy", "airportsdata")
KINDS: Final = ("coordinate", "code", "cross_reference", "arithmetic", "omission", "letter", "wording", "layout")

_EARTH_HALF_KM: Final = 20_040.0  # no two places are farther apart


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: in which source, where, what is wrong, what stands there, and what is taken instead.

    ``sites`` are identifiers of sites it concerns, ``states`` codes of States; ``off_km`` is how far a printed position
    lies from the true one.  ``uncertain``: whether the text errs or only the copy at hand is not known.
    """

    id: str
    of: str
    kind: str
    where: str
    what: str
    printed: str
    taken: str
    sites: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    off_km: float | None = None
    uncertain: bool = False

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; words in the language of ``catalogue``."""
        return {
            "id": self.id,
            "of": self.of,
            "kind": self.kind,
            "where": of_data(self.where).render(catalogue),
            "what": of_data(self.what).render(catalogue),
            "printed": self.printed,
            "taken": of_data(self.taken).render(catalogue),
            "sites": list(self.sites),
            "states": list(self.states),
            "off_km": self.off_km,
            "uncertain": self.uncertain,
        }


def slips(of: str | None = None, kind: str | None = None, instrument: str = OPEN_SKIES) -> tuple[Slip, ...]:
    """Return the slips of an instrument, of one source and of one kind when these are given."""
    return tuple(slip for slip in _load(instrument) if of in (None, slip.of) and kind in (None, slip.kind))


@cache
def _load(instrument: str) -> tuple[Slip, ...]:
    path = folder_of(instrument) / "slips.toml"
    return load(path) if path.is_file() else ()


def load(path: Path) -> tuple[Slip, ...]:
    """Read a slips file.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    found = tuple(_slip(row) for row in read_tables(path, ("slip",), faults)["slip"])
    note_twice("slip", (slip.id for slip in found), faults)
    refuse_if_any(faults, path)
    return found


def _slip(row: Row) -> Slip:
    slip = Slip(
        id=row.text("id"),
        of=row.text("of", among=SOURCES),
        kind=row.text("kind", among=KINDS),
        where=row.text("where"),
        what=row.text("what"),
        printed=row.text("printed"),
        taken=row.text("taken"),
        sites=row.texts("sites", []),
        states=row.texts("states", []),
        off_km=row.optional_number("off_km", 0, _EARTH_HALF_KM),
        uncertain=bool(row.flag("uncertain")),
    )
    for field in ("where_vi", "what_vi", "taken_vi"):  # for the catalogue of the language
        row.text(field, "")
    row.close()
    return slip
