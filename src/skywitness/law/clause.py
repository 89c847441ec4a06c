"""Provisions that give way to an agreement of the Parties, or that only an agreement brings about.

An agreement changes nothing where the text leaves no room for one.  Where it does, the text names who must agree, or
names nobody; then those stand here whom the provision binds, and ``said`` is false.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.law.provisions import provisions, title
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any

UNLESS: Final = "unless"
ONLY_BY: Final = "only_by"
WAIVER: Final = "waiver"
COMMISSION: Final = "commission"
KINDS: Final = MappingProxyType(
    {
        UNLESS: say("holds unless agreed otherwise"),
        ONLY_BY: say("comes about by agreement alone"),
        WAIVER: say("obliges nobody, so that consent suffices"),
    }
)
"""What a clause says of its provision, as the data and as people say it."""

AMONG: Final = MappingProxyType(
    {
        "observing_observed": say("the observing and the observed Party"),
        "involved": say("every State Party concerned"),
        "certifying": say("the Party that certifies and those taking part"),
        COMMISSION: say("all Parties, by consensus in the Consultative Commission"),
        "overflown": say("the State Party to be overflown"),
        "observed": say("the observed Party"),
        "signatories": say("all signatory States"),
    }
)
"""Who must agree, as the data and as people say it."""

_FILE: Final = FOLDER / "clauses.toml"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause on agreement: its provision, its ``kind`` (a key of ``KINDS``) and who must agree (of ``AMONG``).

    ``said``: the text itself names who must agree.
    """

    provision: str
    kind: str
    among: str
    said: bool

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field, with the title of the provision and who must agree in the language of ``catalogue``."""
        return {
            "provision": self.provision,
            "title": title(self.provision).render(catalogue),
            "kind": self.kind,
            "among": self.among,
            "who": AMONG[self.among].render(catalogue),
            "said": self.said,
        }


def clauses(kind: str | None = None) -> tuple[Clause, ...]:
    """Return all clauses on agreement of Open Skies in the order of the data, of one kind when it is given."""
    return tuple(clause for clause in _load() if kind in (None, clause.kind))


def clauses_of(provision: str) -> tuple[Clause, ...]:
    """Return the clauses of one provision; none where the text leaves no room for an agreement."""
    return tuple(clause for clause in _load() if clause.provision == provision)


@cache
def _load() -> tuple[Clause, ...]:
    return load(_FILE, (row.id for row in provisions()))


def load(path: Path, known: Iterable[str]) -> tuple[Clause, ...]:
    """Read a file of clauses; ``known`` are the provisions there are.

    :raises DataError: with all faults of the file.
    """
    faults, names = Faults(), frozenset(known)
    found = tuple(_clause(row, names) for row in read_tables(path, ("clause",), faults)["clause"])
    note_twice("clause", (f"{clause.provision} {clause.kind}" for clause in found), faults)
    refuse_if_any(faults, path)
    return found


def _clause(row: Row, known: frozenset[str]) -> Clause:
    clause = Clause(
        provision=row.text("provision"),
        kind=row.text("kind", among=tuple(KINDS)),
        among=row.text("among", among=tuple(AMONG)),
        said=bool(row.flag("said")),
    )
    if "said" not in row:
        row.fault("said", say("missing: expected true or false"))
    if clause.provision not in known:
        row.fault("provision", say("there is no provision {ident}", ident=repr(clause.provision)))
    row.close()
    return clause
