"""Read numbers from a table in which the decimal sign may be a point or a comma, without guessing.

``5,500`` is five and a half to one reader and five thousand five hundred to another.  The rest of the table mostly
tells which is meant: a coordinate is never in the thousands.  Where nothing tells, the number is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say
from skywitness.route.files.text_file import shown

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LIKE_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MINUS: Final = str.maketrans({"−": "-", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as written, where it stands, and whether it could be in the thousands at all."""

    where: str
    words: str
    large: bool


@dataclass(frozen=True, slots=True)
class Decimals:
    """How a table writes decimals: ``comma`` and ``point`` name the first place that surely has one, or are empty.

    ``by_separator``: cells are parted by commas, so that a point can only be the decimal sign.
    """

    comma: str = ""
    point: str = ""
    by_separator: bool = False

    @property
    def mixed(self) -> bool:
        """Tell whether both signs are surely used for decimals."""
        return bool(self.comma and self.point)

    def read(self, words: str, large: bool) -> float | Text:
        """Read a number, or say what is wrong with it.  ``large``: it might be in the thousands."""
        plain = words.translate(_MINUS)
        if not _NUMBER.fullmatch(plain):
            return _no_number(words)
        if large and _LIKE_THOUSANDS.fullmatch(plain) and not self._settles("," in plain):
            return say(
                "{met} may be a number with decimals or one in the thousands; write it without the sign or with "
                "another number of decimals",
                met=shown(words),
            )
        return float(plain.replace(",", "."))

    def _settles(self, comma: bool) -> bool:
        """Tell whether the table shows what the sign before three digits means."""
        if comma:
            return bool(self.comma)
        return bool(self.point) or (self.by_separator and not self.comma)


def is_number(words: str) -> bool:
    """Tell whether a cell is a plain number, with either decimal sign."""
    return bool(_NUMBER.fullmatch(words.translate(_MINUS)))


def learn_decimals(cells: Iterable[Cell], by_separator: bool) -> Decimals:
    """Find out how a table writes decimals.

    >>> learn_decimals([Cell("line 2", "24,94", False), Cell("line 2", "5,500", True)], False).comma
    'line 2'
    """
    comma = point = ""
    for cell in cells:
        plain = cell.words.translate(_MINUS)
        if not _NUMBER.fullmatch(plain) or (cell.large and _LIKE_THOUSANDS.fullmatch(plain)):
            continue
        comma = comma or (cell.where if "," in plain else "")
        point = point or (cell.where if "." in plain else "")
    return Decimals(comma, point, by_separator)


def _no_number(words: str) -> Text:
    """Say why a cell is no number, with advice for what is often met."""
    if not words:
        return say("is empty; expected a number")
    if words.lower().lstrip("+-") in ("nan", "inf", "infinity", "#n/a", "n/a", "null", "none", "-"):
        return say("{met} is no number; leave the row out if nobody knows", met=shown(words))
    if words.endswith("%"):
        return say("{met} is a percentage; write it as a share of 1", met=shown(words))
    if "," in words and "." in words:
        return say("{met} has a comma and a point; write no signs between thousands", met=shown(words))
    return say("expected a number, met {met}", met=shown(words))
