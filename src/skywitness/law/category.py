"""Sensor categories of Article IV, paragraph 1, as plans, facts and data files write them."""

from __future__ import annotations

import enum


class Category(enum.StrEnum):
    """A category of sensors; optical cameras split by mounting, ``optical`` where that is not published."""

    OPTICAL_PANORAMIC = "optical_panoramic"
    OPTICAL_FRAMING_VERTICAL = "optical_framing_vertical"
    OPTICAL_FRAMING_OBLIQUE = "optical_framing_oblique"
    OPTICAL = "optical"
    VIDEO = "video"
    INFRARED = "infrared"
    SAR = "sar"

    @property
    def limit_subject(self) -> str:
        """Subject under which the law keeps the limits of a category: ``optical``, ``video``, ``infrared``, ``sar``."""
        return limit_subject(self)


def limit_subject(category: str) -> str:
    """Name the subject of a category's limits: its first word.

    >>> limit_subject("optical_panoramic"), limit_subject("sar")
    ('optical', 'sar')
    """
    return category.split("_", maxsplit=1)[0]
