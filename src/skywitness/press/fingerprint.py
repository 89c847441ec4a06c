"""Whether an article is the very report that a source of a case is: by hashes of runs of words, not by its words.

A source that was read keeps some hashes of its text.  An article that has most of them is that report, or a copy of it,
however it was saved; what it says is then no second word on what the case has from it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final

__all__ = ["KEPT", "RUN", "fingerprint", "is_copy"]

RUN: Final = 5
"""Words in a run."""

KEPT: Final = 24
"""Hashes that are kept: those that come first by their value, so that any copy keeps the same ones."""

_SHARE: Final = 0.5
"""A copy may be shortened; two reports of one event in other words share hardly any run."""

_WORD: Final = re.compile(r"\w+")


def fingerprint(text: str) -> tuple[str, ...]:
    """Return the hashes that tell a text again; none of a text that is shorter than one run of words.

    >>> fingerprint("too short"), len(fingerprint("One two three four five six"))
    ((), 2)
    """
    return tuple(sorted(_runs(text))[:KEPT])


def is_copy(text: str, told: Iterable[str]) -> bool:
    """Tell whether a text has most of the runs of which a source keeps the hashes; without hashes nobody can tell.

    >>> is_copy("ONE two, three four five six!", fingerprint("One two three four five six"))
    True
    """
    wanted = frozenset(told)
    return bool(wanted) and len(wanted & _runs(text)) >= _SHARE * len(wanted)


def _runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return frozenset(hashlib.blake2b(one.encode(), digest_size=6).hexdigest() for one in runs)
