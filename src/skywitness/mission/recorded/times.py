"""Times as bodies of entries hold them."""

from __future__ import annotations

import datetime as dt


def read_time(value: object) -> dt.datetime | None:
    """Read a time with its zone, as UTC; ``None`` for anything else."""
    try:
        at = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.astimezone(dt.UTC) if at is not None and at.tzinfo is not None else None
