"""Which provision of an instrument a source names: ``OS Annex A, Section II.1`` is ``OS:A.II.1``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from skywitness.law.numbering import numbering_of
from skywitness.law.provisions import Provision, provisions

_PLACE: Final = re.compile(
    r"""\bArt\.\ (?P<article>[IVX]+[\w.()]*)
      | \bAnnex\ (?P<annex>[A-L])(?P<below>[\w.()]*)
        (?:,\ Appendix\ (?P<appendix>\d)(?P<under>\.[\w.()]*)?)?
        (?:,\ Section\ (?P<section>[IVX]+[\w.()]*))?
      | ,\ (?P<again>[A-L])(?P<more>\.[IVX\d][\w.()]*)
      | \bProtocol\ (?P<protocol>[A-Z]+[\w.()]*)""",
    re.VERBOSE,
)


@cache
def cited(source: str) -> tuple[Provision, ...]:
    """Return the provisions that a source of ours names, in its order.

    A section without a row of its own stands for the values below it.  Sources that name no article, such as a report
    of practice, name no provision.

    >>> [row.id for row in cited("OS Annex A, Section I; the end by practice S9")]
    ['OS:A.I.1']
    >>> [row.id for row in cited("OS Annex B, Appendix 1.1(A)")]
    ['OS:B.APP1.1(A)']
    """
    prefix = source.partition(" ")[0]
    numbering = numbering_of(f"{prefix}:")
    if numbering is None or numbering.prefixes[0] != prefix:
        return ()
    found = [row for place in _places(source, prefix) for row in _rows(place, numbering.instrument)]
    return tuple(dict.fromkeys(found))


def _places(source: str, prefix: str) -> Iterator[str]:
    for match in _PLACE.finditer(source):
        if match["article"] or match["protocol"]:
            yield f"{prefix}:" + (match["article"] or match["protocol"]).rstrip(".")
            continue
        letter = match["annex"] or match["again"]
        annex = "ANNEX-I" if letter == "I" else letter
        appendix = f".APP{match['appendix']}{match['under'] or ''}".rstrip(".") if match["appendix"] else ""
        section = f".{match['section']}" if match["section"] else ""
        yield f"{prefix}:{annex}{match['below'] or match['more'] or ''}{appendix}{section}".rstrip(".")


def _rows(place: str, instrument: str) -> Iterator[Provision]:
    rows = {row.id: row for row in provisions(instrument=instrument)}
    if place in rows:
        yield rows[place]
    else:
        below = provisions("value", instrument=instrument)
        yield from (row for row in below if row.id.startswith((f"{place}.", f"{place}(")))
