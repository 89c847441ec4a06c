"""Option ``--way``: which way of understanding an open or disputed place a reading takes."""

from __future__ import annotations

from collections.abc import Sequence

from skywitness.core.errors import InputError
from skywitness.core.text import say

__all__ = ["read_ways"]


def read_ways(instrument: str, given: Sequence[str]) -> dict[str, str]:
    """Read ``PLACE=WAY`` once or more for an instrument; the letters before the colon may be left out.

    :raises InputError: for a place or a way that there is none of.
    """
    from skywitness.law.names import did_you_mean
    from skywitness.law.numbering import NUMBERINGS
    from skywitness.law.ways import interpretations

    places, prefix = interpretations(instrument), NUMBERINGS[instrument].prefix
    found: dict[str, str] = {}
    for words in given:
        place, _, name = (part.strip() for part in words.partition("="))
        ident = prefix + place.upper().removeprefix(prefix)
        if ident not in places:
            told = {"place": repr(place), "known": ", ".join(places), "near": did_you_mean(ident, places)}
            message = say("There is no disputed place {place}; there are {known}.{near}", **told)
            raise InputError("unknown_way", message, "--way")
        ways = places[ident].ways
        if name not in ways:
            told = {"place": ident, "name": repr(name), "known": ", ".join(ways), "near": did_you_mean(name, ways)}
            raise InputError("unknown_way", say("{place} has no way {name}; there are {known}.{near}", **told), "--way")
        found[ident] = name
    return found
