"""Named, versioned methods for minimum heights, each with its source and how well it is known.

The Treaty leaves the methods to the Consultative Commission (Annex D, Appendix 1, Section III).  The decision for video
cameras is public; of the one for infra-red scanners every variable is public but not the formula; those for film and
digital cameras were not found.  What is assumed is a record like any other, replaceable, and marked.
"""

from __future__ import annotations

import enum
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.sensor.resolution import GroundResolution

__all__ = [
    "CONTRAST_IGNORED",
    "HIGHEST",
    "HIGHEST_DIRECTION_MEAN",
    "INFRARED_15",
    "METHODS",
    "MODULATION_HIGHEST",
    "MODULATION_LOWEST",
    "OPTICAL_DIGITAL",
    "OPTICAL_FILM",
    "VIDEO_14",
    "CombineRule",
    "ContrastTransfer",
    "MethodStatus",
    "Methodology",
    "fingerprint",
    "gaussian_mtf",
    "weakest",
]

MODULATION_LOWEST: Final = 0.23
MODULATION_HIGHEST: Final = 0.6
"""Bounds of the contrast to calculate with, 1.6:1 and 4:1 (Annex D, Appendix 1, Section III, paragraph 2)."""


class MethodStatus(enum.StrEnum):
    """How well a method is known."""

    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    ASSUMED = "assumed"


_STRENGTH: Final = {MethodStatus.PUBLISHED: 2, MethodStatus.RECONSTRUCTED: 1, MethodStatus.ASSUMED: 0}


def weakest(statuses: Iterable[MethodStatus]) -> MethodStatus:
    """Return the weakest of several statuses: a result is known no better than its weakest part."""
    return min(statuses, key=_STRENGTH.__getitem__)


@dataclass(frozen=True, slots=True)
class Methodology:
    """A method to find a minimum height.  ``agreed`` is the ground resolution it must not be better than.

    ``least_passes``: images from so many different passes over the target are needed.
    """

    ident: str
    version: int
    category: str
    status: MethodStatus
    citation: str
    formula: str
    agreed: GroundResolution
    least_passes: int

    def to_json(self) -> dict[str, Any]:
        """Write every field; the resolution in metres of bar width."""
        return {
            "ident": self.ident,
            "version": self.version,
            "category": self.category,
            "status": self.status.value,
            "citation": self.citation,
            "formula": self.formula,
            "agreed_bar_width_m": self.agreed.bar_width_m,
            "least_passes": self.least_passes,
        }


Groups = Mapping[str, Sequence[float]]
"""Heights found per pass, grouped by the direction of the bars (one group where there is only one)."""


@dataclass(frozen=True, slots=True)
class CombineRule:
    """How the heights of single passes become one.  The source of Decision 14 breaks off before its rule."""

    ident: str
    status: MethodStatus
    citation: str
    combine: Callable[[Groups], float] = field(repr=False)

    def to_json(self) -> dict[str, str]:
        """Write what names the rule."""
        return {"ident": self.ident, "status": self.status.value, "citation": self.citation}


@dataclass(frozen=True, slots=True)
class ContrastTransfer:
    """How a resolved bar changes with contrast: a factor on height from target to reference modulation."""

    ident: str
    status: MethodStatus
    citation: str
    factor: Callable[[float, float], float] = field(repr=False)

    def to_json(self) -> dict[str, str]:
        """Write what names the function."""
        return {"ident": self.ident, "status": self.status.value, "citation": self.citation}


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of what a result rests on, written as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _highest_direction_mean(groups: Groups) -> float:
    return max(math.fsum(values) / len(values) for values in groups.values())


def _highest(groups: Groups) -> float:
    return max(max(values) for values in groups.values())


def gaussian_mtf(threshold: float) -> ContrastTransfer:
    """Return the transfer of a camera with a Gaussian modulation transfer function.

    Bars are resolved where target modulation times transfer falls to ``threshold``, so the resolved frequency goes with
    the square root of ln(modulation / threshold).  Lower reference contrast makes a camera look worse, and lets it fly
    lower.

    :raises ValueError: unless 0 < threshold < 0.23, the lowest reference modulation.
    """
    if not 0 < threshold < MODULATION_LOWEST:
        raise ValueError(f"a threshold lies above 0 and below {MODULATION_LOWEST}, got {threshold!r}")

    def factor(target: float, reference: float) -> float:
        return math.sqrt(math.log(reference / threshold) / math.log(target / threshold))

    return ContrastTransfer(
        f"gaussian-mtf-{threshold:g}", MethodStatus.ASSUMED, "general optics; threshold chosen", factor
    )


CONTRAST_IGNORED: Final = ContrastTransfer(
    "ignored", MethodStatus.ASSUMED, "no correction from target to reference contrast", lambda _target, _reference: 1.0
)
HIGHEST_DIRECTION_MEAN: Final = CombineRule(
    "highest-direction-mean",
    MethodStatus.ASSUMED,
    "mean over passes for each direction of bars, then the higher; rule of Decision 14 not readable",
    _highest_direction_mean,
)
HIGHEST: Final = CombineRule("highest", MethodStatus.ASSUMED, "highest single pass: the strictest reading", _highest)

VIDEO_14: Final = Methodology(
    ident="video-decision-14",
    version=1,
    category="video",
    status=MethodStatus.PUBLISHED,
    citation="OSCC Decision 14, in Czech treaty notice 38/2008",
    formula="H_min(i,j) = H_i * L_a / L(i,j)",
    agreed=GroundResolution(0.30),
    least_passes=5,
)
INFRARED_15: Final = Methodology(
    ident="infrared-decision-15",
    version=1,
    category="infrared",
    status=MethodStatus.RECONSTRUCTED,
    citation="OSCC Decision 15, revised as 4/07: variables and constants; the formula itself was not readable",
    formula="H_min = mean_i( H_i * (L_a/L_i) * (dT_a * tau_a(H_min) / dt_i)^m )",
    agreed=GroundResolution(0.50),
    least_passes=1,
)
OPTICAL_FILM: Final = Methodology(
    ident="optical-film",
    version=1,
    category="optical",
    status=MethodStatus.ASSUMED,
    citation="OSCC Decision 3 was not found",
    formula="H_min = combine_i( H_i * (L_a/L_i) * g(M_i, M_a) )",
    agreed=GroundResolution(0.30),
    least_passes=1,
)
OPTICAL_DIGITAL: Final = Methodology(
    ident="optical-digital",
    version=1,
    category="optical",
    status=MethodStatus.ASSUMED,
    citation="no decision on digital cameras was found",
    formula="H_min = combine_i( H_i * (L_a/L_i) * g(M_i, M_a) )",
    agreed=GroundResolution(0.30),
    least_passes=1,
)
METHODS: Final = {method.ident: method for method in (VIDEO_14, INFRARED_15, OPTICAL_FILM, OPTICAL_DIGITAL)}
