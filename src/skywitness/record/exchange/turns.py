"""Few packets are read at once: each takes hundreds of mebibytes, and a Party has one in hand at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say

MOST_AT_ONCE: Final = 2
WAIT_S: Final = 20.0
"""How long a packet waits for its turn before its Party is asked to come again."""

WAIT_OWN_S: Final = 2.0
"""The same where the turn is held by the Party itself: it must not hold up the threads of all others."""


class Turns:
    """Who may hand a packet over now."""

    def __init__(self, most: int = MOST_AT_ONCE, wait_s: float = WAIT_S, wait_own_s: float = WAIT_OWN_S) -> None:
        self._most, self._wait_s, self._wait_own_s = most, wait_s, wait_own_s
        self._changed = threading.Condition()
        self._busy: set[str] = set()

    @contextmanager
    def turn(self, party: str) -> Iterator[None]:
        """Wait for a turn of a Party and hold it.

        :raises InputError: ``busy`` when none came in time.
        """
        with self._changed:
            own = self._changed.wait_for(lambda: party not in self._busy, self._wait_own_s)
            if not own or not self._changed.wait_for(lambda: self._is_free(party), self._wait_s):
                raise InputError("busy", say("The node is busy with other packets: ask again later."), party)
            self._busy.add(party)
        try:
            yield
        finally:
            with self._changed:
                self._busy.discard(party)
                self._changed.notify_all()

    def _is_free(self, party: str) -> bool:
        return party not in self._busy and len(self._busy) < self._most
