"""Mi-24R and Mi-24K helicopters that eight States may hold outside the limits, up to a number for all together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.cfe.kinds import SCOUT, SPECIALISED
from skywitness.cfe.law import Law
from skywitness.cfe.model import EXCEPTIONS
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.tally import Cell, Tally
from skywitness.law.provisions import provision

__all__ = ["EIGHT", "scouts_held", "with_scouts"]

EIGHT: Final = ("ARM", "AZE", "BLR", "GEO", "KAZ", "MDA", "RUS", "UKR")
"""The States of Section I.3 of the Protocol on helicopters."""


def scouts_held(tally: Tally) -> Span:
    """Add up what the eight States hold; one of them that declares nothing leaves it without an upper end."""
    cells = (span for cell, span in tally.cells.items() if _is_scout(cell) and cell.owner in EIGHT)
    found = sum(cells, NONE)
    return Span(found.low, None) if found != NONE and not tally.unknown.isdisjoint(EIGHT) else found


def _is_scout(cell: Cell) -> bool:
    return cell.kind == SCOUT and cell.status not in EXCEPTIONS


@provision("CFE:HELI.I.3")
def with_scouts(tally: Tally, law: Law) -> Iterator[tuple[Cell, Span]]:
    """Go through an account with the scouts that count: all of other States, and those of the eight beyond the number.

    Which of them are the ones beyond the Treaty does not say, so each place has a span.
    """
    free, held = law.most("scout_helicopters")[0], scouts_held(tally)
    beyond = None if held.high is None else max(0, held.high - free)
    for cell, span in tally.cells.items():
        if cell.kind == SCOUT:
            own = span
            if cell.owner in EIGHT:
                ends = [end for end in (span.high, beyond) if end is not None]
                own = Span(max(0, span.low - free), min(ends) if ends else None)
            yield cell._replace(kind=SPECIALISED), own
        else:
            yield cell, span
