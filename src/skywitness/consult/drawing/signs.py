"""The sign of each step, told apart by shape and by being black or white: no colour stands for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skywitness.consult.vocabulary import STEPS
from skywitness.core.text import Text, say

__all__ = ["MARKERS", "SHAPES", "legend_words", "shape_of", "short_words"]

MARKERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "up": "^",
        "down": "v",
        "left": "<",
        "right": ">",
        "square": "s",
        "round": "o",
        "diamond": "D",
        "thin_diamond": "d",
        "cross": "X",
        "plus": "P",
        "pentagon": "p",
        "hexagon": "h",
        "star": "*",
        "octagon": "8",
        "dot": ".",
    }
)
"""Names of shapes, and how matplotlib calls them."""

SHAPES: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType(
    {
        "claim": ("up", True),
        "counter_claim": ("down", True),
        "evidence": ("square", False),
        "finding": ("square", True),
        "consultation": ("round", False),
        "session": ("round", False),
        "conference": ("hexagon", False),
        "response": ("left", False),
        "statement": ("round", True),
        "ultimatum": ("diamond", True),
        "intent": ("diamond", False),
        "suspension": ("plus", True),
        "resumption": ("plus", False),
        "notice": ("right", True),
        "effect": ("cross", True),
        "legal_act": ("pentagon", True),
        "forum": ("hexagon", True),
        "decision": ("star", True),
        "proposal": ("star", False),
        "objection": ("down", False),
        "objection_lifted": ("up", False),
        "closure": ("octagon", True),
        "approval": ("thin_diamond", True),
    }
)
"""Shape, and whether it is black inside; a step that is not here has the sign of the others."""

_OTHER: Final = ("thin_diamond", False)

_SHORT: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "finding": say("finding"),
        "effect": say("withdrawal effective"),
        "legal_act": say("act of a legislature"),
        "forum": say("another forum"),
    }
)


def short_words(step: str) -> Text:
    """Say what an event is, in as few words as a picture has room for."""
    return _SHORT.get(step, STEPS[step])


def shape_of(step: str) -> tuple[str, bool]:
    """Return the shape of a step, and whether it is black inside."""
    return SHAPES.get(step, _OTHER)


_GROUPED: Final[Mapping[tuple[str, bool], Text]] = MappingProxyType(
    {
        SHAPES["consultation"]: say("consultation, session"),
        _OTHER: say("other events"),
    }
)


def legend_words(step: str) -> Text:
    """Say what the sign of a step stands for."""
    shape = shape_of(step)
    return _GROUPED.get(shape) or short_words(step)
