"""Read a code group by group, and note everything in it that is not as Annex B has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from skywitness.core.text import Text, say

LONGEST_SHOWN = 24
"""What is met is quoted up to this length."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing wrong in a code.

    ``column`` counts characters of the code from 1; ``met`` and ``expected`` say what stands there and what should;
    ``provision`` is the row of the law that asks for it.
    """

    column: int
    met: str
    expected: Text
    provision: str

    @property
    def message(self) -> Text:
        """Say it in one sentence."""
        if not self.met:
            return say(
                "character {column}: the code ends; expected {expected} ({provision})",
                column=str(self.column),
                expected=self.expected,
                provision=self.provision,
            )
        return say(
            "character {column}: met {met}, expected {expected} ({provision})",
            column=str(self.column),
            met=shown(self.met),
            expected=self.expected,
            provision=self.provision,
        )


def shown(words: str) -> str:
    r"""Quote what was met: on one line, never long; a sign that only looks like one of a code is named by its number.

    >>> shown("a" * 40)
    "'aaaaaaaaaaaaaaaaaaaaaa..'"
    >>> shown("\u041eS")
    "'\u041eS' (U+041E)"
    """
    quoted = repr(words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 2] + "..")
    foreign = next((sign for sign in words[:LONGEST_SHOWN] if not sign.isascii()), None)
    return quoted if foreign is None else f"{quoted} (U+{ord(foreign):04X})"


@dataclass(slots=True)
class Scan:
    """A code and how far it has been read.  ``provision``: what asks for the code as a whole."""

    code: str
    provision: str
    at: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def left(self) -> str:
        """What has not been read yet."""
        return self.code[self.at :]

    def fixed(self, width: int, pattern: str, expected: Text, provision: str = "") -> str | None:
        """Take a group of a fixed number of characters; a wrong one is noted and passed over."""
        group = self.left[:width]
        column = self.at + 1
        self.at += len(group)
        if re.fullmatch(pattern, group, re.ASCII):
            return group
        self.misses.append(Miss(column, group, expected, provision or self.provision))
        return None

    def take(self, pattern: str, expected: Text, provision: str = "") -> str | None:
        """Take a group of any length; where there is none that is noted, and nothing is passed over."""
        found = re.compile(pattern, re.ASCII).match(self.code, self.at)
        if found is None or not found.group():
            self.miss(expected, provision)
            return None
        self.at = found.end()
        return found.group()

    def miss(self, expected: Text, provision: str = "") -> None:
        """Note that what comes next is not what is expected."""
        self.misses.append(Miss(self.at + 1, self.left, expected, provision or self.provision))

    def wrong(self, group: str, expected: Text, provision: str = "") -> None:
        """Note that a group just taken has a value that cannot be."""
        self.misses.append(Miss(self.at - len(group) + 1, group, expected, provision or self.provision))

    def end(self) -> None:
        """Note a tail that nobody asked for: nothing of a code is passed over in silence."""
        if self.left and not self.misses:
            self.miss(say("nothing more"))
            self.at = len(self.code)
