"""A remark: one thing found wrong, or that cannot be told: what reasons of a verification are made of."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.core.text import Text


@dataclass(frozen=True, slots=True)
class Remark:
    """What was found: a stable ``code`` for scripts, the sentence, and the place it is about.

    ``certain`` is false where it may be as it should, and what is at hand does not show it: *cannot tell*.
    """

    code: str
    text: Text
    where: str
    certain: bool = True
