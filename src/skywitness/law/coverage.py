"""How much of the law is implemented: the public scoreboard.

A provision counts as implemented only when the tests hold a case in which it is kept (``ok``) *and* one in which it is
broken or gives somebody a right or a duty (``breach``, ``effect``).  ``cases.toml`` in the folder of each instrument
names those tests; without that file no case is held.  It is never typed: ``scripts/held_cases.py`` runs the tests,
takes the verdict of each provision away from them, and notes which of them then fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.law.numbering import OPEN_SKIES
from skywitness.law.provisions import KINDS, Provision, provisions
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

OUTCOMES: Final = ("ok", "breach", "effect")

_PAPER: Final = "tests/mission/documents/"
"""Where the tests stand that judge a document by its items."""


@dataclass(frozen=True, slots=True)
class Case:
    """A test that holds one outcome of a provision: ``ok``, ``breach``, or the ``effect`` it has for somebody.

    ``declared``: the test says so itself and was seen to run what implements the provision; else it was found out.
    """

    provision: str
    outcome: str
    test: str
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """Some provisions, and the cases the tests hold for them, by provision and outcome."""

    rows: tuple[Provision, ...]
    cases: Mapping[str, Mapping[str, Case]]

    @property
    def people(self) -> tuple[Provision, ...]:
        """What no software can check."""
        return tuple(row for row in self.rows if row.kind == "people")

    @property
    def implemented(self) -> tuple[Provision, ...]:
        """What software checks: an ok case, and a breach or an effect."""
        return tuple(row for row in self.rows if row.kind != "people" and self._held(row.id))

    @property
    def on_paper(self) -> tuple[Provision, ...]:
        """Of what is implemented, what tests of documents alone hold.

        There a notification or report has, in its form, what the provision speaks of; whether that is true, or was
        done, nobody judges.
        """
        return tuple(
            row for row in self.implemented if all(case.test.startswith(_PAPER) for case in self.cases[row.id].values())
        )

    @property
    def missing(self) -> tuple[Provision, ...]:
        """What software could check and does not, or not with tests for both outcomes."""
        return tuple(row for row in self.rows if row.kind != "people" and not self._held(row.id))

    @property
    def parts(self) -> Mapping[str, Coverage]:
        """The same for each article and annex, in the order of the Treaty."""
        found: dict[str, list[Provision]] = {}
        for row in self.rows:
            found.setdefault(row.part, []).append(row)
        return MappingProxyType({name: Coverage(tuple(rows), self.cases) for name, rows in found.items()})

    def by_kind(self) -> dict[str, int]:
        """Count the provisions of each kind."""
        return {kind: sum(row.kind == kind for row in self.rows) for kind in KINDS}

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it; reasons in the language of ``catalogue``."""
        return {
            "total": len(self.rows),
            "by_kind": self.by_kind(),
            "implemented": len(self.implemented),
            "on_paper": [row.id for row in self.on_paper],
            "missing": [row.id for row in self.missing],
            "people": [{"id": row.id, "why": row.why.render(catalogue)} for row in self.people if row.why],
            "cases": {row.id: self._tests(row.id) for row in self.implemented},
            "parts": {name: part._counts() for name, part in self.parts.items()},
        }

    def _held(self, ident: str) -> bool:
        held = self.cases.get(ident, {})
        return "ok" in held and not held.keys().isdisjoint(("breach", "effect"))

    def _tests(self, ident: str) -> dict[str, str]:
        return {outcome: case.test for outcome, case in self.cases[ident].items()}

    def _counts(self) -> dict[str, int]:
        return {"total": len(self.rows), "implemented": len(self.implemented), "people": len(self.people)}


def coverage(
    rows: Iterable[Provision] | None = None, path: Path | None = None, instrument: str = OPEN_SKIES
) -> Coverage:
    """Hold the provisions of an instrument (all of them) against the cases that tests hold.

    :raises DataError: when the file of cases is broken.
    """
    found: dict[str, dict[str, Case]] = {}
    for case in _own_cases(instrument) if path is None else read_cases(path, instrument):
        found.setdefault(case.provision, {})[case.outcome] = case
    own = provisions(instrument=instrument) if rows is None else tuple(rows)
    return Coverage(own, MappingProxyType(found))


def cases_of(instrument: str) -> Path:
    """Say where the cases of an instrument are written."""
    return folder_of(instrument) / "cases.toml"


@cache
def _own_cases(instrument: str) -> tuple[Case, ...]:
    return read_cases(instrument=instrument)


def read_cases(path: Path | None = None, instrument: str = OPEN_SKIES) -> tuple[Case, ...]:
    """Read the file of cases of an instrument; one that has no such file yet has no cases.

    :raises DataError: with all faults of the file.
    """
    own = cases_of(instrument)
    if path is None and not own.is_file():
        return ()
    faults, place = Faults(), path or own
    known = {row.id for row in provisions(instrument=instrument)}
    cases = [_case(row, known) for row in read_tables(place, ("case",), faults)["case"]]
    note_twice("case", (f"{case.provision} {case.outcome}" for case in cases), faults)
    refuse_if_any(faults, place)
    return tuple(cases)


def _case(row: Row, known: set[str]) -> Case:
    case = Case(
        provision=row.text("provision"),
        outcome=row.text("outcome", among=OUTCOMES),
        test=row.text("test"),
        declared=bool(row.flag("declared")),
    )
    row.close()
    if case.provision not in known:
        row.fault("provision", say("there is no provision {ident}", ident=repr(case.provision)))
    return case
