"""Tracks as Parquet, through pyarrow or fastparquet where one of them is installed."""

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


def read_parquet(data: bytes, where: str) -> Rows:
    """Read a table.  Raises ``InputError``: ``not_installed`` without a library for it, else ``bad_track``."""
    try:
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
            builder.feed([batch.column(place).to_pylist() for place in range(len(names))])
    except (OSError, ValueError, KeyError, NotImplementedError) as error:  # what pyarrow raises for broken files
        message = say("The Parquet file cannot be read: {reason}.", reason=verbatim(str(error)[:200]))
        raise InputError("bad_track", message, where) from None
    return builder.rows(where)
