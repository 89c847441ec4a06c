"""Tracks as Parquet, through pyarrow where it is installed (``skywitness[scale]``)."""

from __future__ import annotations

import importlib
import io
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say, verbatim
from skywitness.track.columns import layout
from skywitness.track.rows import Rows
from skywitness.track.table import TableBuilder

_PIECE: Final = 50_000
_PER_SECOND: Final = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}


def read_parquet(data: bytes, where: str) -> Rows:
    """Read a table.  Raises ``InputError``: ``not_installed`` without a library for it, else ``bad_track``."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        message = say(
            "Parquet needs pyarrow, which is not installed: install skywitness[scale], or save the track as CSV."
        )
        raise InputError("not_installed", message, where) from None
    faults = Faults()
    try:
        file: Any = parquet.ParquetFile(io.BytesIO(data))
        names = [str(name) for name in file.schema_arrow.names]
        plan = layout(names, faults)
        faults.raise_if_any("bad_track", say("The table is no track that can be read."), where)
        builder = TableBuilder("Parquet", names, plan)
        for batch in file.iter_batches(batch_size=_PIECE):
            builder.feed([_cells(arrow, batch.column(place)) for place in range(len(names))])
    except (arrow.ArrowException, OSError, ValueError, KeyError, NotImplementedError) as error:
        message = say("The Parquet file cannot be read: {reason}.", reason=verbatim(str(error)[:200]))
        raise InputError("bad_track", message, where) from None
    return builder.rows(where)


def _cells(arrow: Any, column: Any) -> list[Any]:
    """Give the cells of a column.

    Times in a zone become seconds since 1970: their nanoseconds, as pandas writes them, fit no time of Python's.  Those
    without a zone become words, which are refused as such words are in any table.
    """
    if not arrow.types.is_timestamp(column.type):
        return list(column.to_pylist())
    if column.type.tz is None:
        return list(column.cast(arrow.timestamp("us"), safe=False).cast(arrow.string()).to_pylist())
    per_second = _PER_SECOND[column.type.unit]
    return [None if ticks is None else ticks / per_second for ticks in column.cast(arrow.int64()).to_pylist()]
