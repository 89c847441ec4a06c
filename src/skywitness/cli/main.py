"""The door: what the command ``skywitness`` starts.

It imports next to nothing, so that whoever interrupts the program in its first moments, while the rest is being loaded,
is not shown where that was.
"""

from __future__ import annotations

import signal
import sys
import time

TYPE_CHECKING = False  # the module typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

_INTERRUPTED = 128 + signal.SIGINT
"""What shells make of a program that was interrupted (``answer.Exit.INTERRUPTED``)."""

_LONGEST_WAIT_S = 2.0
_ASK_AGAIN_S = 0.02
"""An interrupt waits so long at most for a library to be loaded, and looks so often whether it is."""


def run() -> None:
    """Run the program and leave it."""
    try:
        _end_in_order()
        from skywitness.cli.dialogue import quiet_libraries

        quiet_libraries()
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    from skywitness.cli.dialogue import hold

    return hold(arguments)


def _end_in_order() -> None:
    """Let whoever ends the program from outside end it in order: half-written files are cleared away first.

    A signal that the caller has told to ignore, as ``nohup`` does, stays ignored.
    """
    for name, usual in (
        ("SIGINT", signal.default_int_handler),
        ("SIGTERM", signal.SIG_DFL),
        ("SIGHUP", signal.SIG_DFL),
    ):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is usual:
            signal.signal(number, _End(number))


class _End:
    """Ends the program on a signal, but not while a library is being loaded.

    Extensions in C take an interrupt for a failure of theirs: they print where they were and go on with another error.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._since_s: float | None = None

    def __call__(self, _number: int, frame: FrameType | None) -> None:
        now_s = time.monotonic()
        self._since_s = now_s if self._since_s is None else self._since_s
        if _is_loading(frame) and now_s - self._since_s < _LONGEST_WAIT_S and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self)
            signal.setitimer(signal.ITIMER_REAL, _ASK_AGAIN_S)
            return
        self._since_s = None
        if self._number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + self._number)


def _is_loading(frame: FrameType | None) -> bool:
    """Tell whether an import is going on somewhere above a frame."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
