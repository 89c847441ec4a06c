"""Reasons for withholding, read back from the words that come with a leaf hash, in the language of each reader.

A node that withholds an entry tells provision and reason in English (``OS:VI.I.5: it goes to UKR, ...``).  Words that
are none of this program's are shown as they came: another Party wrote them.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Final

from skywitness.core.text import Text, say, verbatim

KNOWN: Final[tuple[Text, ...]] = (
    say("the text gives it to some Parties only, and its author named none"),
    say("it goes to {addressees}, and not to {party}", addressees="", party=""),
    say(
        "copies are given on a request that names both Parties, the day, the sensor, the part and the medium; none of "
        "{party} is answered by this entry",
        party="",
    ),
    say(
        "of the course of a flight other Parties are given the mission report; this goes to {addressees}",
        addressees="",
    ),
    say(
        "it is laid before {addressees} to be signed; other Parties are given the report that both have signed",
        addressees="",
    ),
    say("it is addressed to {addressees}", addressees=""),
    say("{party} is no State Party on {day}", party="", day=""),
    say("the entry is addressed to {parties}", parties=""),
    say("the type {type} is not known to this version; only addressees and signers may read it", type=""),
    say("it cannot be read as an entry, so nobody can tell whom it is for"),
)
"""What this version may have said; the fields are filled from the words."""


def as_told(words: str) -> Text:
    """Make a text of the words that a withheld entry came with: a provision, and why."""
    provision, mark, why = words.partition(": ")
    if not mark:
        return verbatim(words)
    return say("{provision}: {why}", provision=provision, why=_reason(why))


def _reason(why: str) -> Text:
    for pattern, text in _patterns():
        found = pattern.fullmatch(why)
        if found:
            return Text(text.template, tuple(found.groupdict().items()))
    return verbatim(why)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Text], ...]:
    return tuple((re.compile(_pattern(text.template)), text) for text in KNOWN)


def _pattern(template: str) -> str:
    """Make a pattern of a template: its words as they are, each field a short run of anything."""
    parts = string.Formatter().parse(template)
    return "".join(re.escape(words) + (f"(?P<{name}>.{{1,300}}?)" if name else "") for words, name, _, _ in parts)
