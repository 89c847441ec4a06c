"""Finding a row by what people type: without regard to case, accents or the letters a keyboard lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from skywitness.core.text import Text, say

_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "æ": "ae", "đ": "d", "ß": "ss"})
"""Letters that Unicode does not take apart into a plain letter and a mark."""


def folded(words: str) -> str:
    """Bring a name into the form in which names are compared.

    >>> folded("Værløse"), folded("  Tromsø-Langnes ")
    ('vaerlose', 'tromso-langnes')
    """
    parts = unicodedata.normalize("NFKD", " ".join(words.split()).casefold().translate(_PLAIN))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def near(words: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of the ``known`` names that look like ``words``, nearest first.

    A part that begins a known name counts as near, so that ``"Vaer"`` leads to ``"vaerlose"``.
    """
    import difflib  # only when a name is not found

    wanted, names = folded(words), sorted(known)
    begins = [name for name in names if wanted and name.startswith(wanted)]
    alike = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    return tuple(dict.fromkeys([*begins, *alike]))[:3]


SHORTEST_PART: Final = 4
"""Letters that a part of a name must have to stand for it."""


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Write which known words come near to ``word``, as a sentence with a space before it; nothing when none does.

    Where none does, such as hold it (``Khrabrovo`` for ``UMKK Khrabrovo Airport``) are named, three at most.
    """
    names = {folded(one): one for one in known}
    asked = folded(word)
    close = [names[name] for name in near(word, names)]
    if not close and len(asked) >= SHORTEST_PART:
        close = [one for name, one in names.items() if asked in name][:3]
    return say(" Did you mean {words}?", words=", ".join(close)) if close else say("")
