"""A sheet of annotations: all codes of a sensor's rolls or media, one line for each place where they are annotated.

::

    LEADER REF OS9027; DATE 2019-09-12; SENSOR OPBP; CONFIG INT1V; FOCAL 152.4
    MARK TIME 2019-09-12 08:31Z; HEIGHT 01850M; PLACE 55.61N 036.65E; HEADING 045; SCAN 70
    FRAME NUMBER 1; TIME 2019-09-12 08:31Z; ROLL 2L

The codes are those of Annex B; the lines around them are this program's own, as Annex B sets none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.imagery.annotation.blocks import BLOCKS, LINES
from skywitness.imagery.annotation.scan import Miss, shown

MOST_LINES: Final = 200_000
"""Three thousand frames of a flight from each of a dozen cameras, with room."""

LONGEST_LINE: Final = 500
MOST_FAULTS: Final = 1_000
"""More are counted, not listed: such a file is something else."""

NOTE: Final = "#"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: its kind and its values by label.  ``where`` says where it was read and does not compare.

    ``wrong`` holds what is amiss with blocks that are there but say nothing.
    """

    kind: str
    values: Mapping[str, Any]
    where: str = field(default="", compare=False)
    wrong: Mapping[str, tuple[Miss, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, label: str) -> Any:
        """Return a value, ``None`` where it is not there or cannot be read."""
        return self.values.get(label)

    def has(self, label: str) -> bool:
        """Tell whether a block is there: readable, or wrong in a form that a paragraph of its own judges."""
        return label in self.values or (label in self.wrong and BLOCKS[label].has_own_form)


@dataclass(frozen=True, slots=True)
class Respelt:
    """A code that was read, but that this program writes in another way; the value is the same."""

    where: str
    met: str
    written: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The annotations of one sensor on one flight, in the order of their lines.

    ``faults`` are those of a sheet that was read to be judged; ``is_sound`` tells whether all of them are of codes, so
    that it can be.  Neither they nor ``respelt`` compare.
    """

    lines: tuple[Line, ...]
    respelt: tuple[Respelt, ...] = field(default=(), compare=False)
    faults: Faults = field(default_factory=Faults, compare=False)
    is_sound: bool = field(default=True, compare=False)

    def of(self, kind: str) -> tuple[Line, ...]:
        """Return the lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)


def write_sheet(sheet: Sheet) -> str:
    """Write a sheet; ``read_sheet`` gives the same again.

    :raises InputError: of kind ``bad_annotation`` for a value that no code can hold.
    """
    return "".join(f"{_written(line)}\n" for line in sheet.lines)


def _written(line: Line) -> str:
    blocks = "; ".join(
        f"{label} {BLOCKS[label].write(line.values[label])}" for label in LINES[line.kind] if label in line.values
    )
    return f"{line.kind} {blocks}".rstrip()


def read_sheet(text: str, where: str = "") -> Sheet:
    """Read a sheet.

    :raises InputError: of kind ``bad_annotation`` with all faults.
    """
    sheet = scan_sheet(text, where)
    sheet.faults.raise_if_any("bad_annotation", say("The annotations cannot be read as they stand."), where)
    return sheet


def scan_sheet(text: str, where: str = "") -> Sheet:
    """Read a sheet to judge it: codes that are not as Annex B has them are kept as faults, none is passed over.

    :raises InputError: of kind ``bad_annotation`` for what is no sheet at all.
    """
    rows = text.split("\n")
    if len(rows) > MOST_LINES:
        message = say("A sheet of more than {most:,} lines is not read.", most=MOST_LINES)
        raise InputError("bad_annotation", message, where)
    reader = _Reader()
    lines = [reader.line(number, row.rstrip("\r")) for number, row in enumerate(rows, 1)]
    found = tuple(line for line in lines if line is not None)
    if not found and not reader.faults:
        raise InputError("bad_annotation", say("The sheet has no line of annotations."), where)
    if found and found[0].kind != "LEADER":
        reader.fault(found[0].where, say("the first line is a LEADER; met {kind}", kind=found[0].kind))
    return Sheet(tuple(_in_order(found)), tuple(reader.respelt), reader.faults, reader.is_sound)


def _in_order(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Put marks, frames and motions of each roll side by side: what stands between them says nothing."""
    kinds = tuple(LINES)
    roll = 0
    numbered: list[tuple[int, int, Line]] = []
    for line in lines:
        roll += line.kind == "LEADER"
        numbered.append((roll, kinds.index(line.kind), line))
    return (line for _, _, line in sorted(numbered, key=lambda one: one[:2]))


@dataclass(slots=True)
class _Reader:
    faults: Faults = field(default_factory=Faults)
    respelt: list[Respelt] = field(default_factory=list)
    is_sound: bool = True

    def fault(self, where: str, message: Text, *, of_code: bool = False) -> None:
        self.is_sound = self.is_sound and of_code
        if len(self.faults) < MOST_FAULTS:
            self.faults.add(where, message)
        elif len(self.faults) == MOST_FAULTS:
            self.faults.add("...", say("more faults are not listed"))

    def line(self, number: int, row: str) -> Line | None:
        """Read one line; ``None`` for an empty one, a note, or what cannot be one."""
        where = f"line {number}"
        if len(row) > LONGEST_LINE:
            self.fault(where, say("a line of more than {most} characters is not read", most=str(LONGEST_LINE)))
            return None
        if not row.strip() or row.lstrip().startswith(NOTE):
            return None
        kind, _, rest = row.strip().partition(" ")
        if kind not in LINES:
            known = ", ".join(LINES)
            self.fault(where, say("met {kind}, expected one of {known}", kind=shown(kind), known=known))
            return None
        values: dict[str, Any] = {}
        wrong: dict[str, tuple[Miss, ...]] = {}
        for label, code in self._blocks(kind, rest, where):
            at = f"{where}, {label}"
            if label in values or label in wrong:
                self.fault(at, say("stands twice in this line"))
                continue
            value, misses = BLOCKS[label].read(code)
            if misses:
                wrong[label] = misses
                for miss in misses:
                    self.fault(at, miss.message, of_code=True)
            else:
                values[label] = value
                self._note_spelling(at, label, value, code)
        return Line(kind, MappingProxyType(values), where, MappingProxyType(wrong))

    def _blocks(self, kind: str, rest: str, where: str) -> Iterator[tuple[str, str]]:
        if not rest.strip():
            self.fault(
                where, say("{kind} stands alone; blocks such as {label} follow it", kind=kind, label=LINES[kind][0])
            )
            return
        for part in rest.split(";"):
            label, _, code = part.strip().partition(" ")
            if label in LINES[kind]:
                yield label, code.strip()
            else:
                known = ", ".join(LINES[kind])
                words = {"label": shown(label), "kind": kind, "known": known}
                self.fault(where, say("met {label}; {kind} has {known}", **words))

    def _note_spelling(self, where: str, label: str, value: Any, code: str) -> None:
        written = BLOCKS[label].encode(value)
        if written != code:
            self.respelt.append(Respelt(where, code, written))
