"""Whom a reader of a bundle trusts: root keys compared by people, the agreed policy, time-stamping authorities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say, verbatim
from skywitness.record.entry.introduction import read_fingerprint
from skywitness.record.entry.keys import is_party
from skywitness.record.ordinary import read_small

_LARGEST: Final = 1 << 24


def _nobody() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Trust:
    """``roots``: identifiers of root keys by Party.  ``policy``: the bytes agreed on.  Certificates are PEM texts.

    What is empty or ``None`` was not given, and what rests on it cannot be told.
    """

    roots: Mapping[str, str] = field(default_factory=_nobody)
    policy: bytes | None = None
    time_authorities: tuple[str, ...] = ()


def read_trust(path: Path) -> Trust:
    """Read a file of trust: ``{"version":1,"roots":{"DEU":"..."},"policy":"...","time_authorities":["PEM"]}``.

    Raises ``InputError``: ``bad_trust`` with all faults; ``unreadable_file``, ``file_too_big``.
    """
    try:
        value: Any = json.loads(read_small(path, _LARGEST).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        why = verbatim(getattr(error, "strerror", None) or error)
        raise InputError("bad_trust", say("The file cannot be read: {why}", why=why), str(path)) from error
    faults = Faults()
    if not isinstance(value, dict) or value.get("version") != 1:
        raise InputError("bad_trust", say("The file of trust is an object with the version 1."), str(path))
    roots = value.get("roots", {})
    found: dict[str, str] = {}
    for party, words in roots.items() if isinstance(roots, dict) else [("", roots)]:
        key = read_fingerprint(words) if isinstance(words, str) else None
        if not is_party(party) or key is None:
            message = say(
                "A Party and the 32 hexadecimal digits of its root key belong here, not {met}.", met=quoted(words)
            )
            faults.add(f"roots.{party}", message)
        else:
            found[party] = key
    policy, authorities = value.get("policy"), value.get("time_authorities", [])
    if policy is not None and not isinstance(policy, str):
        faults.add("policy", say("The text of the agreed policy belongs here."))
    if not isinstance(authorities, list) or not all(isinstance(one, str) for one in authorities):
        faults.add("time_authorities", say("A list of certificates in PEM belongs here."))
    faults.raise_if_any("bad_trust", say("The file of trust cannot be used."), str(path))
    return Trust(found, None if policy is None else policy.encode("utf-8", "surrogateescape"), tuple(authorities))
