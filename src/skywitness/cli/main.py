"""The door: what the command ``skywitness`` starts.

It imports next to nothing, so that whoever interrupts the program in its first moments, while the rest is being loaded,
is not shown where that was.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

_INTERRUPTED = 128 + signal.SIGINT
"""What shells make of a program that was interrupted (``answer.Exit.INTERRUPTED``)."""


def run() -> None:
    """Run the program and leave it."""
    try:
        _leave_in_order()
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


def _leave_in_order() -> None:
    """Let those who end the program from outside end it in order: half-written files are cleared away first."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored: that stays
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
