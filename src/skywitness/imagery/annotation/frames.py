"""Which number names a frame whose film carries one or two numbers (Annex B, Appendix 1, paragraph 16)."""

from __future__ import annotations

from collections.abc import Mapping

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.imagery.annotation.tables import number
from skywitness.law.provisions import provision


@provision("OS:B.APP1.16")
def frame_of(printed: Mapping[int, float]) -> int:
    """Name a frame by the number nearest to its centre; of two equally near ones by the smaller.

    ``printed``: distance from the centre of the frame (mm) of each number that is printed for it.

    >>> frame_of({17: 12.0, 18: 8.0}), frame_of({17: 10.0, 18: -10.0})
    (18, 17)

    :raises InputError: of kind ``bad_annotation`` for none, or for more than the two that the Treaty knows.
    """
    most = int(number("frame_numbers"))
    if not 1 <= len(printed) <= most:
        message = say(
            "A frame carries one number or at most {most}, not {count}.", most=str(most), count=str(len(printed))
        )
        raise InputError("bad_annotation", message)
    return min(printed, key=lambda one: (abs(printed[one]), one))
