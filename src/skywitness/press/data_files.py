"""The tables of words this room reads by, kept as TOML beside the code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.kept_toml import read

__all__ = ["LANGUAGES", "table"]

LANGUAGES: Final = ("vi", "en", "fr", "de", "it", "ru", "es")
"""The languages that are read, by their two letters."""

_FOLDER: Final = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """Read one table; it is read once."""
    return read((_FOLDER / f"{name}.toml").read_bytes())
