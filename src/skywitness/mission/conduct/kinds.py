"""Kinds of equipment, and where the text lists each: for whom an item of it is authorized.

Annex F, I.7 lists what the observed Party may use on an aircraft that is brought; Annex D, II.5, to which F.I.2 and E.8
refer, what examiners may use on any; Annex G, I.4 what flight representatives may bring.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.text import Text, say

TESTING: Final[Mapping[str, tuple[str, Text]]] = MappingProxyType(
    {
        "video_probe": ("OS:F.I.7(A)", say("video probes")),
        "x_ray": ("OS:F.I.7(B)", say("X-ray imaging, also backscattered")),
        "ultrasonic": ("OS:F.I.7(C)", say("ultrasonic imaging")),
        "logic_analyser": ("OS:F.I.7(D)", say("analysers of logic or data")),
        "passive_infrared": ("OS:F.I.7(E)", say("passive infra-red sensors")),
        "film_camera": ("OS:F.I.7(F)", say("cameras for 35 mm film")),
    }
)
"""Testing equipment by its word: the row of the text, and what it is."""

EXAMINATION: Final = ("video_camera", "sound_recorder", "computer")
"""Annex D, II.5."""

ON_BOARD: Final = ("map", "flight_chart", "publication", "operations_manual", "notepad")
"""Annex G, I.4(B) and (F)."""

OTHER: Final = "other"
KINDS: Final = (*TESTING, *EXAMINATION, *ON_BOARD, OTHER)
