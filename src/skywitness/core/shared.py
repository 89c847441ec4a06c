"""A part of an answer that stands in it many times, made once and written once."""

from __future__ import annotations

from typing import Any

__all__ = ["Shared"]


class Shared(dict[str, Any]):
    """A dictionary whose content no longer changes, so that who writes it may keep what was written.

    ``written``: the words by the beginning of their lines.
    """

    __slots__ = ("written",)

    written: dict[str, str]

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content)
        self.written = {}
