"""What the reader of a plan has to tell: what was assumed or looked up, and what nobody read.

Said once each, however many parts it concerns, with the first places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.text import Text, say, verbatim
from skywitness.route.files.fields import Fields

_SHOWN_PLACES = 3


@dataclass(slots=True)
class Notes:
    """Gathers warnings while a plan is read, and the parts whose unknown fields are kept."""

    warnings: list[Text] = field(default_factory=list)
    parts: list[Fields] = field(default_factory=list)
    looked_up: dict[str, None] = field(default_factory=dict)
    levels: dict[tuple[str, float], list[str]] = field(default_factory=dict)

    def keep(self, part: Fields) -> Fields:
        """Remember a part, and pass it on."""
        self.parts.append(part)
        return part

    def level(self, words: str, height_m_amsl: float, path: str) -> None:
        """Remember a flight level that was taken for a height above mean sea level."""
        self.levels.setdefault((words, height_m_amsl), []).append(path)

    def all(self) -> tuple[Text, ...]:
        """Write every warning."""
        return (*self.warnings, *self._assumed(), *self._unread())

    def _assumed(self) -> Iterator[Text]:
        if self.looked_up:
            codes = ", ".join(self.looked_up)
            yield say("Positions are taken from the list of the regime's sites: {codes}.", codes=codes)
        for (level, height_m_amsl), paths in self.levels.items():
            yield say(
                "{level} is a pressure height; it is taken as {amsl:.0f} m above mean sea level, as in the standard "
                "atmosphere, which the weather of the day changes by some hundred metres ({places}).",
                level=level,
                amsl=height_m_amsl,
                places=_places(paths),
            )

    def _unread(self) -> Iterator[Text]:
        """Warn of fields that nobody read: a likely slip by name, the rest together."""
        slips: dict[tuple[str, str], list[str]] = {}
        others: list[str] = []
        for part in self.parts:
            for key in part.unknown():
                near = part.nearest(key)
                if near:
                    slips.setdefault((key, near), []).append(part.at(key))
                else:
                    others.append(part.at(key))
        for (_, near), paths in slips.items():
            yield say("{places} is not read; did you mean {near}?", places=_places(paths), near=near)
        if others:
            yield say("Not read, and kept as it is: {places}.", places=_places(others))

    def unread_fields(self, base: str) -> dict[str, Any]:
        """Collect the fields that nobody read under the names and positions of their parts, for ``Plan.extra``.

        ``base`` is the path to the plan in its document.
        """
        extra: dict[str, Any] = {}
        for part in self.parts:
            unknown = part.unknown()
            if not unknown:
                continue
            here = extra
            for name, position in re.findall(r"(\w+)|\[(\d+)\]", part.path.removeprefix(base)):
                here = here.setdefault(name or position, {})
            here.update(unknown)
        return extra


def _places(paths: list[str]) -> Text:
    """Name the first places, and count the rest."""
    first = ", ".join(paths[:_SHOWN_PLACES])
    more = len(paths) - _SHOWN_PLACES
    return say("{first} and {more} more", first=first, more=more) if more > 0 else verbatim(first)
