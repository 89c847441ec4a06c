"""Tracks as tables of text: one row for each point, names of columns in the first one."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from typing import Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.track.columns import layout
from skywitness.track.rows import Rows
from skywitness.track.table import TableBuilder

_PIECE: Final = 20_000
_SEPARATORS: Final = (";", "\t", "|", ",")
_WIDEST: Final = 400


def read_csv(text: str, where: str) -> Rows:
    """Read a table.  Raises ``InputError`` of kind ``bad_track`` with all faults of its head, or of its shape."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        names = [name.strip() for name in next(reader, [])]
        faults = Faults()
        if len(names) > _WIDEST:
            faults.add("-", say("has {count} columns, more than any track", count=len(names)))
        else:
            for name in sorted(name for name, count in Counter(names).items() if name and count > 1):
                faults.add(name[:60], say("stands twice among the names of columns"))
        faults.raise_if_any("bad_track", _NO_TABLE, where)
        plan = layout(names, faults)
        faults.raise_if_any("bad_track", _NO_TABLE, where)
        builder = TableBuilder("csv", names, plan, comma=separator != ",")
        _feed(reader, builder, where)
    except csv.Error as error:
        message = say("The table is broken near line {line}: {reason}.", line=str(reader.line_num), reason=str(error))
        raise InputError("bad_track", message, where) from None
    return builder.rows(where)


_NO_TABLE: Final = say("The table is no track that can be read.")


def _separator(text: str) -> str:
    """Take the sign that parts the first line most often; a comma only where there is no other."""
    first = text[:4096].lstrip("\n\r").split("\n", 1)[0]
    return max(_SEPARATORS, key=lambda sign: (first.count(sign) > 0, first.count(sign)))


def _feed(reader: object, builder: TableBuilder, where: str) -> None:
    """Hand rows over in pieces; a row with another number of cells is a fault of the table, told with its line."""
    width, faults, done = len(builder.names), Faults(), 1
    rows = iter(reader)  # type: ignore[call-overload]
    while piece := list(itertools.islice(rows, _PIECE)):
        full = []
        for number, row in enumerate(piece, done + 1):
            if len(row) == width:
                full.append(row)
            elif row and (len(row) != 1 or row[0].strip()) and len(faults) < 20:
                faults.add(
                    f"row {number}",
                    say("has {met} cells instead of {expected}; a decimal comma in a table parted by commas, or a "
                        "broken line?", met=len(row), expected=width),
                )  # fmt: skip
        done += len(piece)
        if full and not faults:
            builder.feed(list(zip(*full, strict=True)))
    faults.raise_if_any("bad_track", _NO_TABLE, where)
