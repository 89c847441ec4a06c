"""What the papers of one flown track are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from skywitness.core.finding import Finding
from skywitness.track.model import Floats
from skywitness.track.rules.flight import Flight


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A flight with its findings.

    ``left_out``: rows of (lon, lat) of points that cleaning left out; ``track_sha256``: the hash of the track's file,
    empty where there is none.
    """

    flight: Flight
    findings: tuple[Finding, ...]
    left_out: Floats = field(default_factory=lambda: np.empty((0, 2)))
    track_sha256: str = ""
