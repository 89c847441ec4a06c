"""What a store refuses, in one sentence each, whichever database it is."""

from __future__ import annotations

import errno

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def full(where: str) -> InputError:
    """No room: nothing of the transaction was kept."""
    return InputError(
        "store_full", say("There is no room left for the store. Nothing was kept; make room first."), where
    )


def read_only(where: str) -> InputError:
    """The store cannot be written."""
    return InputError(
        "store_read_only", say("The store can only be read here. Nothing was kept; it needs the right to write."), where
    )


def of_system(error: OSError, where: str) -> InputError:
    """Tell what the system refused when a file was written."""
    if error.errno in _NO_ROOM:
        return full(where)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return read_only(where)
    return damaged(where, error.strerror or type(error).__name__)


def busy(where: str) -> InputError:
    """Another writer did not end in time."""
    return InputError(
        "store_busy", say("Another writer held the store for too long. Nothing was kept; try again."), where
    )


def damaged(where: str, words: object) -> InputError:
    """The database says its files are not whole, or they are none of its."""
    return InputError(
        "store_damaged",
        say("This is no store of Skywitness, or it is damaged ({words}): restore it from a copy.", words=words),
        where,
    )


def conflict(where: str, words: object) -> InputError:
    """A row is there already, or breaks a rule of the tables."""
    return InputError("store_conflict", say("The store refused a row ({words}). Nothing was kept.", words=words), where)


def unreachable(where: str, words: object) -> InputError:
    """The server does not answer, or no longer."""
    return InputError(
        "store_unreachable",
        say(
            "The database does not answer ({words}). Look whether the last change was kept before it is repeated.",
            words=words,
        ),
        where,
    )


def missing(where: str) -> InputError:
    """There is no store at this place."""
    return InputError("store_missing", say("There is no store here. A node is made with `init`, once."), where)


def swapped(where: str) -> InputError:
    """The store that was opened is no longer at its place."""
    return InputError(
        "store_swapped",
        say(
            "The store was removed, or another one put in its place, since it was opened: nothing is read from it or "
            "written to it. End the program, see what happened, and open the node again."
        ),
        where,
    )


def exists(where: str) -> InputError:
    """There is a store at this place already."""
    return InputError("store_exists", say("There is a store here already: nothing is written over it."), where)


def too_new(where: str, found: str, known: int) -> InputError:
    """A newer program wrote the store."""
    return InputError(
        "store_too_new",
        say(
            "This store has version {found}, and this program knows versions up to {known}: use a newer Skywitness.",
            found=quoted(found, 20),
            known=known,
        ),
        where,
    )
