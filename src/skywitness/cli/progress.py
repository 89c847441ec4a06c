"""What is shown while a plan is searched for: a live line on a terminal, a plain line now and then otherwise."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from skywitness.cli.face import Face
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from rich.status import Status

    from skywitness.route.request import Step

_QUIET_S = 2.0
"""Work that is done sooner needs no words."""

_LIVE_EVERY_S = 0.2
_PLAIN_EVERY_S = 5.0
"""A log file needs no more; a new stage is told at once."""


class Progress:
    """Listens to a planner and shows its steps on ``err``; used as a context manager."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._live = face.err.isatty()
        self._status: Status | None = None
        self._began_s = time.monotonic()
        self._shown_s = -_PLAIN_EVERY_S
        self._stage = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, step: Step) -> None:
        """Show one step, unless one has just been shown."""
        now_s = time.monotonic()
        stage = self._face.words(step.stage)
        news = stage != self._stage
        every_s = _LIVE_EVERY_S if self._live else _PLAIN_EVERY_S
        if now_s - self._began_s < _QUIET_S or (now_s - self._shown_s < every_s and not news):
            return
        self._shown_s, self._stage = now_s, stage
        self._show(_line(step))

    def say(self, text: Text) -> None:
        """Tell something at once."""
        self._show(text)

    def _show(self, text: Text) -> None:
        if not self._live:
            self._face.note(text)
        elif self._status is None:
            self._status = self._open(text)
        else:
            self._status.update(self._face.words(text))

    def _open(self, text: Text) -> Status:
        from rich.console import Console
        from rich.status import Status

        console = Console(file=self._face.err, highlight=False, markup=False, emoji=False, stderr=True)
        status = Status(self._face.words(text), console=console)
        status.start()
        return status


def _line(step: Step) -> Text:
    """One line: how good, how long, since when."""
    return say(
        "{stage}: value {value:.1f}, {distance:.0f} of {limit:.0f} km, {elapsed:.0f} s",
        stage=step.stage,
        value=step.value,
        distance=step.distance_km,
        limit=step.limit_km,
        elapsed=step.elapsed_s,
    )


def watched(face: Face) -> Progress:
    """Watch a planner for ``face``."""
    sys.stdout.flush()
    return Progress(face)
