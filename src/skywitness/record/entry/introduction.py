"""The introduction of a Party: its root key and what it is reached and known by, signed with that root key.

What a signature proves rests on knowing whose key it is.  No program can prove that: people compare the fingerprint of
the root key over a way they trust, once.  All other keys follow from the root.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replace_fields
from types import MappingProxyType
from typing import Any, Final, Literal

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.entry import canonical, envelope, fields
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keys import PartyKey, PublicKey, Signer, from_base64, is_party, read_public_key, to_base64

PAYLOAD_TYPE: Final = "application/vnd.skywitness.party.v1+json"
VERSION: Final = 1
_SEALING_BYTES: Final = 32

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}(/[a-z0-9][a-z0-9.-]{0,63})+", re.ASCII)
_VKEY: Final = re.compile(r"([^\s+]{1,200})\+[0-9a-f]{8}\+([A-Za-z0-9+/]+=*)", re.ASCII)
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.\[\]:-]{1,255}(/[A-Za-z0-9._~/-]*)?", re.ASCII)
_PEM: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END CERTIFICATE-----\n", re.ASCII
)
MOST_RETIRED: Final = 40
"""Retired keys: those of log and witness renewed each year for ten years, which an envelope just holds."""

_FIELDS: Final = frozenset(
    {"version", "party", "issue", "root", "log", "witness", "retired", "tls_certificate", "address", "sealing"}
)
_KNOWN: Final = _FIELDS | {"retired_at"}


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Named:
    """A log (``name`` is its origin) or a witness, and its verifier keys as C2SP signed notes write them."""

    name: str
    vkeys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A Party, as it introduces itself.  ``issue`` counts its introductions from 1; a newer one replaces the older.

    ``retired``: verifier keys no longer used, which old notes still bear.  ``retired_at`` (as long, or empty) tells
    for each the index of the entry in the Party's own log that retired it: such a key of a log counts for checkpoints
    of at most so many entries, one of ``None`` for all.  ``tls_certificate`` (PEM), ``address`` (https) and
    ``sealing`` (X25519, 32 bytes) are ``None`` for a Party that is reached on paper and sticks only.
    """

    party: str
    issue: int
    root: PublicKey
    log: Named
    witness: Named
    retired: tuple[str, ...] = ()
    tls_certificate: str | None = None
    address: str | None = None
    sealing: bytes | None = None
    extra: Mapping[str, Any] = field(default_factory=_nothing)
    retired_at: tuple[int | None, ...] = ()

    @property
    def retirements(self) -> dict[str, int | None]:
        """Give the retired keys, and for each the index of the entry that retired it, if it is told."""
        return dict(zip(self.retired, self.retired_at or [None] * len(self.retired), strict=True))

    def to_bytes(self) -> bytes:
        """Write the payload: canonical JSON."""
        return canonical.dumps(
            {
                **self.extra,
                "version": VERSION,
                "party": self.party,
                "issue": self.issue,
                "root": self.root.to_json(),
                "log": {"origin": self.log.name, "vkeys": list(self.log.vkeys)},
                "witness": {"name": self.witness.name, "vkeys": list(self.witness.vkeys)},
                "retired": list(self.retired),
                **({"retired_at": list(self.retired_at)} if self.retired_at else {}),
                "tls_certificate": self.tls_certificate,
                "address": self.address,
                "sealing": None if self.sealing is None else to_base64(self.sealing),
            }
        )


def build(introduction: Introduction, root: PartyKey) -> Envelope:
    """Sign an introduction with the Party's root key.

    Raises ``InputError`` (``bad_introduction``) with all faults, or when ``root`` is not the Party's root key.
    """
    if (root.party, root.public) != (introduction.party, introduction.root):
        message = say("the key is not the root key that the introduction of {party} names", party=introduction.party)
        raise InputError("bad_introduction", message)
    payload = introduction.to_bytes()
    _parse(payload, "")
    return envelope.sign(PAYLOAD_TYPE, payload, [root])


def read(data: bytes, where: str = "") -> tuple[Envelope, Introduction]:
    """Read a signed introduction and check that the root key in it signed it, alone.

    That shows the Party of this root key said it, not that the root key is whose it says: compare ``fingerprint``.
    Raises ``InputError``: ``bad_introduction`` with all faults, ``bad_envelope`` or ``bad_json``.
    """
    opened = envelope.from_bytes(data, where)
    if opened.payload_type != PAYLOAD_TYPE:
        text = say(
            "the envelope holds {met} and no introduction ({expected})", met=opened.payload_type, expected=PAYLOAD_TYPE
        )
        raise InputError("bad_introduction", text, where)
    found = _parse(opened.payload, where)
    signer = Signer(found.party, found.root.id)
    if opened.signers() != {signer}:
        text = say("an introduction is signed by its root key {signer} and by no other", signer=str(signer))
        raise InputError("bad_introduction", text, where)
    if envelope.verify(opened, {signer: found.root}).valid != (signer,):
        text = say("the root key {signer} did not sign this introduction", signer=str(signer))
        raise InputError("bad_introduction", text, where)
    return opened, found


def _parse(payload: bytes, where: str) -> Introduction:
    value = canonical.loads(payload, where)
    faults = Faults()
    if not isinstance(value, dict):
        raise InputError("bad_introduction", say("an introduction is an object"), where)
    for name in sorted(_FIELDS - value.keys()):
        faults.add(name, say("it is missing"))
    faults.raise_if_any("bad_introduction", say("this is no introduction of a Party"), where)
    root = read_public_key(value["root"], "root", faults)
    log, witness = (_named(value[name], name, key, faults) for name, key in (("log", "origin"), ("witness", "name")))
    _check_plain(value, faults)
    _check_retired(value, {*log.vkeys, *witness.vkeys}, faults)
    faults.raise_if_any("bad_introduction", say("this is no introduction of a Party"), where)
    assert root is not None
    return Introduction(
        value["party"],
        value["issue"],
        root,
        log,
        witness,
        tuple(value["retired"]),
        value["tls_certificate"],
        value["address"],
        from_base64(value["sealing"]),
        MappingProxyType({name: kept for name, kept in value.items() if name not in _KNOWN}),
        tuple(value.get("retired_at", ())),
    )


def require_address(address: str | None) -> None:
    """Refuse what cannot be the address of a node, before anything is made of it (``InputError``, ``bad_address``)."""
    if not _null_or(_ADDRESS, address):
        message = say(
            "{met} is no address at which others could reach a node; it begins with https:// and names a computer, "
            "such as https://node.example:8443.",
            met=quoted(address, 60),
        )
        raise InputError("bad_address", message, "address")


def _check_plain(value: dict[str, Any], faults: Faults) -> None:
    """Check the fields that hold one value."""
    issue, sealing = value["issue"], from_base64(value["sealing"])
    rules: tuple[tuple[str, bool, Text], ...] = (
        (
            "version",
            type(value["version"]) is int and value["version"] == VERSION,
            say("1; a newer program may read it"),
        ),
        ("party", is_party(value["party"]), say("the code of a Party, such as DEU")),
        ("issue", fields.is_whole(issue) and issue >= 1, say("a whole number from 1 on")),
        ("tls_certificate", _null_or(_PEM, value["tls_certificate"]), say("null or one certificate in PEM")),
        ("address", _null_or(_ADDRESS, value["address"]), say("null or an address that begins with https://")),
        (
            "sealing",
            value["sealing"] is None or (sealing is not None and len(sealing) == _SEALING_BYTES),
            say("null or a key of 32 bytes in base64"),
        ),
    )
    for name, is_right, expected in rules:
        if not is_right:
            met = quoted(value[name], 40)
            faults.add(name, say("{met} stands where {expected} belongs", met=met, expected=expected))


def _check_retired(value: dict[str, Any], present: set[str], faults: Faults) -> None:
    """Check the list of retired keys, and where the log retired each of them."""
    retired = value["retired"]
    if not _are_vkeys(retired, None):
        met, expected = quoted(retired, 40), say("a list of verifier keys, none twice")
        faults.add("retired", say("{met} stands where {expected} belongs", met=met, expected=expected))
        return
    if len(retired) > MOST_RETIRED:
        text = say("{met} keys are retired; at most {most} are read", met=len(retired), most=MOST_RETIRED)
        faults.add("retired", text)
        return
    if present & set(retired):
        faults.add("retired", say("a key that is in use is among the retired ones; a key never comes back"))
    numbers = value.get("retired_at", [None] * len(retired))
    if not (
        isinstance(numbers, list)
        and len(numbers) == len(retired)
        and all(one is None or fields.is_whole(one) for one in numbers)
    ):
        text = say("for each retired key the number of the entry that retired it, or null, belongs here")
        faults.add("retired_at", text)


def _null_or(pattern: re.Pattern[str], value: object) -> bool:
    return value is None or (isinstance(value, str) and pattern.fullmatch(value) is not None)


def _named(value: Any, where: str, key: str, faults: Faults) -> Named:
    if not isinstance(value, dict) or value.keys() != {key, "vkeys"}:
        faults.add(where, say("{name} has the fields {fields}, and no other", name=where, fields=f"{key}, vkeys"))
        return Named("", ())
    name = value[key]
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        faults.add(f"{where}.{key}", say("{met} is no name such as deu/record", met=quoted(name, 40)))
    elif not _are_vkeys(value["vkeys"], name) or not value["vkeys"]:
        faults.add(f"{where}.vkeys", say("a list of verifier keys of {name}, none twice, belongs here", name=name))
    else:
        return Named(name, tuple(value["vkeys"]))
    return Named("", ())


def _are_vkeys(value: object, name: str | None) -> bool:
    """Tell whether a value is a list of different verifier keys, all of ``name`` where one is given."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return False
    found = [_VKEY.fullmatch(one) for one in value]
    right = all(one and from_base64(one[2]) and (name is None or one[1] == name) for one in found)
    return right and len(set(value)) == len(value)


def retire(introduction: Introduction, vkeys: tuple[str, ...], at: int | None) -> Introduction:
    """Put keys among the retired ones, retired by the entry ``at`` of the Party's log (``None``: by none).

    The next issue still has to be numbered and to name the new keys.
    """
    known = introduction.retirements | dict.fromkeys(vkeys, at)
    numbers = () if all(one is None for one in known.values()) else tuple(known.values())
    return replace_fields(introduction, retired=tuple(known), retired_at=numbers)


Succession = Literal["newer", "same", "older", "contradiction"]


def succession(accepted: Introduction | None, other: Introduction) -> Succession:
    """Tell what ``other`` is to the introduction of the same Party that was accepted before (``None``: none was).

    A ``newer`` issue may replace the accepted one; an ``older`` one is refused.  A ``contradiction`` proves itself: two
    contents under one issue and one root key, or a key that was retired otherwise before: nobody disowns afterwards
    what a key has signed.  A new root key is ``newer`` too, and for people to compare.
    """
    if accepted is None:
        return "newer"
    if accepted.party != other.party:
        raise InputError(
            "bad_introduction",
            say("{other} cannot follow {party}: they are two Parties", other=other.party, party=accepted.party),
        )
    if other.issue < accepted.issue:
        return "older"
    if other.issue > accepted.issue:
        kept = accepted.root != other.root or accepted.retirements.items() <= other.retirements.items()
        return "newer" if kept else "contradiction"
    return "same" if other.to_bytes() == accepted.to_bytes() else "contradiction"


def replace(accepted: Introduction | None, other: Introduction, where: str = "") -> Introduction:
    """Take ``other`` in the place of the accepted introduction, as far as the rule of issues goes.

    Raises ``InputError``: ``old_introduction`` or ``contradicting_introduction``.  Whether its root key is the one
    that people compared is asked by the caller (``is_same_root``).
    """
    follows = succession(accepted, other)
    if accepted is None or follows in ("newer", "same"):
        return other
    if follows == "older":
        text = say(
            "issue {met} of the introduction of {party} is older than the accepted issue {known}",
            met=other.issue,
            party=other.party,
            known=accepted.issue,
        )
        raise InputError("old_introduction", text, where)
    text = say(
        "issue {issue} of the introduction of {party} exists with two contents: ask the Party, and keep both",
        issue=other.issue,
        party=other.party,
    )
    if other.issue > accepted.issue:
        text = say(
            "issue {issue} of the introduction of {party} retires keys otherwise than issue {known} did: ask the "
            "Party, and keep both",
            issue=other.issue,
            party=other.party,
            known=accepted.issue,
        )
    raise InputError("contradicting_introduction", text, where)


def is_same_root(accepted: Introduction, other: Introduction) -> bool:
    """Tell whether two introductions rest on one root key, so that nobody has to compare fingerprints again."""
    return accepted.root == other.root


def fingerprint(key: PublicKey) -> str:
    """Write the identifier of a root key for people to compare aloud: eight groups of four hexadecimal digits.

    128 bits cannot be met by trying keys.  What is compared is the whole of it.
    """
    return " ".join(key.id[at : at + 4] for at in range(0, len(key.id), 4))


def read_fingerprint(words: str) -> str | None:
    """Read a fingerprint as people type it, with or without spaces and capitals: the key's identifier, or ``None``."""
    plain = re.sub(r"[\s:-]", "", words).lower()
    return plain if re.fullmatch(r"[0-9a-f]{32}", plain, re.ASCII) else None
