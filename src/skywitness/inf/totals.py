"""What was declared and what was eliminated, added up: by class, by side, and where figures do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import NOT_FOUND, DatedValue
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.inf.law import INTERMEDIATE, SHORTER, instrument
from skywitness.inf.types import types

__all__ = ["Disagreement", "Line", "Totals", "totals"]

SIDES: Final = ("USA", "SUN")


@dataclass(frozen=True, slots=True)
class Line:
    """One type: declared deployed and not, eliminated in the end; ``None`` where no source at hand gives it."""

    type: str
    name: str
    side: str
    missile_class: str
    deployed: int | None
    not_deployed: int | None
    eliminated: int | None
    status: str

    @property
    def declared(self) -> int | None:
        """Deployed and not together."""
        return None if self.deployed is None or self.not_deployed is None else self.deployed + self.not_deployed

    def to_json(self) -> dict[str, Any]:
        """Write the figures."""
        return {
            "type": self.type,
            "name": self.name,
            "side": self.side,
            "class": self.missile_class or None,
            "deployed": self.deployed,
            "not_deployed": self.not_deployed,
            "declared": self.declared,
            "eliminated": self.eliminated,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two figures that could be expected to be equal and are not; neither is put right."""

    what: Text
    one: int
    other: int

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write both figures and their difference."""
        return {
            "what": self.what.render(catalogue),
            "one": self.one,
            "other": self.other,
            "difference": self.other - self.one,
        }


@dataclass(frozen=True, slots=True)
class Totals:
    """All lines, in the order of the types, and what does not agree."""

    lines: tuple[Line, ...]
    disagreements: tuple[Disagreement, ...]

    def eliminated(self, side: str = "", missile_class: str = "") -> int:
        """Add up what was eliminated, of one side or class where it is named."""
        return sum(line.eliminated or 0 for line in self.chosen(side, missile_class))

    def declared(self, side: str = "", missile_class: str = "") -> int:
        """Add up what was declared."""
        return sum(line.declared or 0 for line in self.chosen(side, missile_class))

    def chosen(self, side: str = "", missile_class: str = "") -> tuple[Line, ...]:
        """Return the lines of one side or class, of all where none is named."""
        return tuple(
            line for line in self.lines if side in ("", line.side) and missile_class in ("", line.missile_class)
        )

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write lines, sums and what does not agree."""
        return {
            "lines": [line.to_json() for line in self.lines],
            "sums": [
                {
                    "side": side or None,
                    "class": name or None,
                    "declared": self.declared(side, name),
                    "eliminated": self.eliminated(side, name),
                }
                for side in (*SIDES, "")
                for name in (SHORTER, INTERMEDIATE, "")
            ],
            "disagreements": [one.to_json(catalogue) for one in self.disagreements],
        }


def totals() -> Totals:
    """Add up what is stored of the declared and the eliminated missiles."""
    lines = tuple(_lines())
    bare = Totals(lines, ())
    return Totals(lines, (*_of_sums(bare), *_of_types(lines)))


def _lines() -> Iterator[Line]:
    for known in types().values():
        gone = _figure("missiles_eliminated", known.id)
        if gone is None:
            continue
        deployed, other = (_figure("missiles_declared", known.id, word) for word in ("deployed", "not deployed"))
        yield Line(
            type=known.id,
            name=known.name,
            side=known.holder,
            missile_class=known.missile_class,
            deployed=_number(deployed),
            not_deployed=_number(other),
            eliminated=_number(gone),
            status="recollection" if deployed is not None else gone.status,
        )


def _figure(key: str, subject: str, qualifier: str = "") -> DatedValue | None:
    """Return the one figure that is stored; ``None`` where none is."""
    rows = (row.dated for row in instrument().of(key, subject) if row.qualifier == qualifier)
    return next(rows, None)


def _number(value: DatedValue | None) -> int | None:
    if value is None or value.value is NOT_FOUND or not isinstance(value.value, int | float):
        return None
    return int(value.value)


def _of_sums(found: Totals) -> Iterator[Disagreement]:
    """Hold what the lines add up to against the totals that sources give, and the two totals against each other."""
    for side in SIDES:
        stated = _number(_figure("missiles_declared_in_all", side))
        gone = _number(_figure("missiles_eliminated_in_all", side))
        for what, sum_, total in (
            (say("{side}: declared by types, and in all", side=side), found.declared(side), stated),
            (say("{side}: eliminated by types, and in all", side=side), found.eliminated(side), gone),
            (say("{side}: declared in all, and eliminated in all", side=side), stated, gone),
        ):
            if sum_ is not None and total is not None and sum_ != total:
                yield Disagreement(what, sum_, total)


def _of_types(lines: Iterable[Line]) -> Iterator[Disagreement]:
    for line in lines:
        if line.declared is not None and line.eliminated is not None and line.declared != line.eliminated:
            yield Disagreement(say("{name}: declared, and eliminated", name=line.name), line.declared, line.eliminated)
