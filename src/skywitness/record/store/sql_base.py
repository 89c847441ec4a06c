"""What statements are run on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Runner(Protocol):
    """The part of a connection that statements need."""

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give all its rows."""
        ...

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows of values."""
        ...


class Statements:
    """A group of statements on one connection."""

    def __init__(self, runner: Runner) -> None:
        self._run = runner.run
        self._run_many = runner.run_many
