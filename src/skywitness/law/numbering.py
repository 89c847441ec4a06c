"""How each instrument of law numbers its provisions: the letters it begins with, the form, and its protocols.

An identifier leads to its instrument by what stands before the colon: ``OS:VI.II.4(A)``, ``CFE:INSP.VI.18(A)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

OPEN_SKIES: Final = "open-skies"
"""The instrument that is meant where none is named."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one instrument numbers its provisions.

    ``prefixes`` stand before the colon, the first for the instrument itself; ``form`` is what a whole identifier looks
    like, ``example`` shows one; ``protocols`` are parts of their own beside articles and annexes.
    """

    instrument: str
    prefixes: tuple[str, ...]
    form: str
    example: str
    protocols: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What stands before its identifiers, with the colon: ``OS:``."""
        return f"{self.prefixes[0]}:"

    @property
    def shape(self) -> re.Pattern[str]:
        """The form of its identifiers to match with."""
        return _shape(self.form)


@cache
def _shape(form: str) -> re.Pattern[str]:
    """Make a pattern of a form when it is first asked for: most commands need that of one instrument only."""
    return re.compile(form, re.ASCII)


_BELOW: Final = r"(\.[IVX]+)?(\.\d+)?"
"""Section and paragraph."""

_CFE: Final = ("TYPES", "RECLASS", "REDUCTION", "HELI", "INFO", "INSP", "JCG", "PROV", "DECL")
_INF: Final = ("MOU", "ELIM", "INSP", "MOA")


def _treaty(name: str, prefix: str, protocols: tuple[str, ...], example: str) -> Numbering:
    """Number a treaty of articles with protocols, which may have an annex, each of sections or paragraphs."""
    parts = rf"([IVX]+|({'|'.join(protocols)})(\.ANNEX)?)"
    form = rf"{prefix}:{parts}{_BELOW}(\([A-Z]{{1,2}}\)(\((\d+|[IVX]+)\))?)?"
    return Numbering(name, (prefix,), form, example, protocols)


_ALL: Final = (
    Numbering(
        OPEN_SKIES,
        ("OS", "DEC"),
        # Article or annex, appendix, section, paragraph, subparagraph, its number.  Annex I is no I: that is Article I.
        r"OS:(ANNEX-I|[A-Z]+)(\.APP\d)?(\.[IVX]+)?(\.\d+)?(\([A-Z]\)(\(\d\))?)?|DEC:\d+/\d\d",
        "OS:VI.II.4(A)",
    ),
    _treaty("cfe", "CFE", _CFE, "CFE:INSP.VI.18(A)"),
    _treaty("inf", "INF", _INF, "INF:IX.5(A)"),
    Numbering(
        "vienna-document",
        ("VD",),
        # Chapters and paragraphs where they are sure, else the subject in words.
        r"VD:([A-Z]+(-[A-Z]+)*|\d+)(\.(\d+|[A-Z]+(-[A-Z]+)*))*",
        "VD:NOTIFICATION.LAND",
    ),
)

NUMBERINGS: Final = MappingProxyType({one.instrument: one for one in _ALL})
"""The numbering of each instrument whose provisions can have rows, by its name."""

_BY_PREFIX: Final = MappingProxyType({prefix: one for one in _ALL for prefix in one.prefixes})


def numbering_of(ident: str) -> Numbering | None:
    """Return the numbering that an identifier belongs to by its first letters; ``None`` where none begins so.

    >>> numbering_of("cfe:iv.1").instrument, numbering_of("DEC:16/02").instrument, numbering_of("VI.I.1")
    ('cfe', 'open-skies', None)
    """
    return _BY_PREFIX.get(ident.partition(":")[0].strip().upper()) if ":" in ident else None


def is_identifier(ident: str) -> bool:
    """Tell whether a word is built as an identifier of its instrument; whether there is such a row is not asked.

    >>> is_identifier("CFE:INSP.VI.18(A)"), is_identifier("OS:VI.II.4(1)"), is_identifier("VI.I.1")
    (True, False, False)
    """
    numbering = numbering_of(ident)
    return numbering is not None and numbering.shape.fullmatch(ident) is not None


def part_of(ident: str) -> str:
    """Name the article, annex, protocol or chapter of an identifier; ``DEC`` of a decision of the Commission.

    >>> part_of("OS:ANNEX-I.1(A)"), part_of("CFE:INSP.VI.18(A)"), part_of("DEC:16/02")
    ('ANNEX-I', 'INSP', 'DEC')
    """
    return "DEC" if ident.startswith("DEC:") else re.split(r"[.(]", ident.rpartition(":")[2])[0]


def is_annex(part: str) -> bool:
    """Tell an annex from an article: annexes are letters, but ``I``, ``V`` and ``X`` are articles."""
    return part == "ANNEX-I" or (len(part) == 1 and part in "ABCDEFGHJKL")


def is_article(part: str) -> bool:
    """Tell whether a part is an article, or a chapter with a number: ``XIX``."""
    return re.fullmatch(r"[IVX]+", part) is not None
