"""The file in a bundle that tells people what it is and how to check it, whatever program made it."""

from __future__ import annotations

from typing import Final

_TEMPLATE: Final = """\
A record of cooperative aerial observation, as one Party exports it
===================================================================

{whose}This file is an ordinary tar archive.  It holds, for one or more Parties, the
whole log of what each of them has recorded: every entry signed by its author,
all entries of a log bound together by one number (the root of a hash tree),
and that number signed by the log and by witnesses of other Parties.

You need not trust the Party that gave it to you.  To check it you need Python
3.9 or newer and the package "cryptography", version 48 or newer:

    pip install cryptography
    python verify.py THIS-FILE.tar --trust trust.json

Take verify.py from somebody other than the Party that gave you this file if
you can: the copy inside could have been changed.  It is one readable program
without any other parts.  trust.json says whom you trust, in your own words:

    {"version": 1,
     "roots": {"DEU": "0123456789abcdef0123456789abcdef", ...},
     "policy": "the text of the policy the Parties agreed on"}

The digits are the fingerprints of the Parties' root keys.  Compare them with
the Parties themselves, in person or by telephone.  Without them the program
still finds alterations, but cannot tell whose keys these are.

Fifteen steps are told as passed, failed, cannot_tell or not_applicable.  The
program ends with 0 when all passed, 1 when one failed, 3 when none failed but
something cannot be told from what is here.

    seal.json            list of all files, signed by the exporter
    parties/CODE.json    each Party's root key and the keys of its log, signed
    policy.txt           which witnesses are enough (C2SP tlog-policy)
    logs/N/checkpoint    size and root of a log, with signatures (C2SP)
    logs/N/tile/0/       hashes of all entries (C2SP tlog-tiles)
    logs/N/tile/entries/ the entries themselves, DSSE envelopes of JSON
    logs/N/withheld.json entries that are only here as a hash, and why
    objects/             files that entries name, under their SHA-256
    tokens/              time stamps of third parties (RFC 3161)
    evidence/            earlier checkpoints, and proofs of contradictions

What no such check can show: that a camera pointed where it should, that an
image was not exchanged before it was recorded, that witnesses did not agree to
deceive.  Seals on the equipment and crews of both sides are there for that.
"""

_OWN: Final = """\
*** THIS IS THE OWN ARCHIVE OF {exporter}: ALL THAT IT HOLDS CAN BE READ IN IT. ***
Whoever gets this file reads what was meant for {exporter} alone, and what it was
told in confidence.  A bundle for another Party is exported with --for: in that
one, entries which that Party may not read are withheld.

"""

_GIVEN: Final = """\
This bundle is for {party}.  Entries that {party} may not read are in it by their
hashes only; logs/N/withheld.json says of each by which provision.

"""

README: Final = _TEMPLATE.replace("{whose}", "")
"""What a bundle says of itself where nobody says whom it is for."""


def of_archive(exporter: str) -> str:
    """Say that a bundle holds everything that its exporter may read."""
    return _TEMPLATE.replace("{whose}", _OWN.format(exporter=exporter))


def of_party(party: str) -> str:
    """Say that a bundle is for a Party, and that others' entries are withheld."""
    return _TEMPLATE.replace("{whose}", _GIVEN.format(party=party))
