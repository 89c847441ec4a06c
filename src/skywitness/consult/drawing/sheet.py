"""A sheet with words, lines, bars and signs at places in points, known before anything is drawn.

Places count from the upper left corner, x to the right and y down; words are placed by their left end and their middle
height.  So what stands where, and whether two words meet, can be told without a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from skywitness.consult.drawing.measure import fitting, width_pt

__all__ = ["INK", "SOFT", "Bar", "Box", "Line", "Sheet", "Sign", "Written"]

INK: Final = "#1a1a1a"
SOFT: Final = "#5a5a5a"

Box = tuple[float, float, float, float]
"""Left, upper, right and lower end in points."""


@dataclass(frozen=True, slots=True)
class Written:
    """Words at a place; ``boxed``: on a white ground of their own, where a hatch is below them."""

    x: float
    y: float
    words: str
    size: float
    bold: bool = False
    colour: str = INK
    boxed: bool = False

    @property
    def width(self) -> float:
        """How wide the words are, in points."""
        return width_pt(self.words, self.size, self.bold)

    @property
    def box(self) -> Box:
        """The room that the words take."""
        half = self.size * 0.5
        return self.x, self.y - half, self.x + self.width, self.y + half


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one place to another; ``dash``: lengths of strokes and gaps in points, none for a whole one."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.6
    colour: str = INK
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar by its upper left corner; one that goes on beyond the sheet ends in a point (``arrow``)."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "white"
    hatch: str = ""
    edge: str = SOFT
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign by its middle: a shape that ``signs`` knows, black or white inside."""

    x: float
    y: float
    shape: str
    filled: bool
    size: float = 6.0


@dataclass(slots=True)
class Sheet:
    """What stands on a sheet so far; ``height`` grows as rooms are added below."""

    width: float
    height: float = 0.0
    words: list[Written] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        most: float | None = None,
        bold: bool = False,
        colour: str = INK,
        boxed: bool = False,
    ) -> Written:
        """Write words; ``most`` cuts them to a width in points, with an ellipsis."""
        shown = words if most is None else fitting(words, size, most, bold)
        found = Written(x, y, shown, size, bold, colour, boxed)
        self.words.append(found)
        return found
