"""Letters of the font that the figures are drawn with: which it has, and how wide a word is."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.core.text import Text, say
from skywitness.route.exports.words import STAND_IN, clean, names
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that figures are the same on every machine; has Vietnamese, Greek and Cyrillic."""

_LEGEND_EXTRA_EM = 2.0 + 0.8 + 1.4
"""Width of a sign, the gap behind it and the gap between columns, as matplotlib lays legends out, in letter heights."""

Width = float
Height = float


@functools.cache
def font(size_pt: float, bold: bool = False, italic: bool = False) -> FontProperties:
    """Give the font at one size."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=FAMILY, size=size_pt, weight="bold" if bold else "normal", style="italic" if italic else "normal"
    )


@functools.cache
def _known_letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont(font(8.0))).get_charmap())


def drawable(words: str) -> str:
    """Replace letters that the font lacks by a stand-in, so that nothing is drawn as an empty box unsaid."""
    known = _known_letters()
    return "".join(letter if ord(letter) in known else STAND_IN for letter in clean(words))


@functools.lru_cache(maxsize=4096)  # the same words are tried in many places
def size_pt(words: str, size: float, bold: bool = False) -> tuple[Width, Height]:
    """Measure drawn words, in points; the height is that of the tallest letters with room below the line."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(words, font(size, bold), ismath=False)
    return float(width), size * 1.15


def fitting(words: str, size: float, width_pt: float, bold: bool = False) -> str:
    """Cut words with an ellipsis so that they are at most ``width_pt`` points wide."""
    if size_pt(words, size, bold)[0] <= width_pt:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if size_pt(words[:middle].rstrip() + "…", size, bold)[0] <= width_pt:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + "…"


def wrapped(words: str, size: float, width_pt: float) -> list[str]:
    """Break words at blanks into lines at most ``width_pt`` points wide; a longer word is cut."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and size_pt(longer, size)[0] <= width_pt:
            lines[-1] = longer
        else:
            lines.append(fitting(word, size, width_pt))
    return lines


def shrunk(words: str, size: float, least: float, width_pt: float, *, bold: bool = False) -> tuple[str, float]:
    """Make words fit a width: smaller letters down to ``least``, then an ellipsis.  Gives words and size."""
    while size > least and size_pt(words, size, bold)[0] > width_pt:
        size -= 0.5
    return fitting(words, size, width_pt, bold), size


def legend_columns(words: Sequence[str], size: float, room_pt: float) -> int:
    """Choose the most columns of legend, five at most, whose widest words fit into ``room_pt`` points."""
    widths = [size_pt(word, size)[0] + _LEGEND_EXTRA_EM * size for word in words]
    for columns in (5, 4, 3, 2):
        most = math.ceil(len(widths) / columns)
        parts = [widths[start : start + most] for start in range(0, len(widths), most)]
        if len(parts) == columns and sum(map(max, parts)) <= room_pt:
            return columns
    return 1


def changed_by_font(plan: Plan) -> tuple[Text, ...]:
    """Say how many names are shown changed because the font lacks their letters, if any."""
    count = sum(drawable(name) != " ".join(name.split()) for name in names(plan))
    if not count:
        return ()
    return (
        say(
            "Names with letters that the fonts here lack: {count}; each such letter is shown as {mark}.",
            count=count,
            mark=STAND_IN,
        ),
    )
