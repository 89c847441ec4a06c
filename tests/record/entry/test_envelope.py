"""Envelopes: what is signed, and that nothing in one can be changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import envelope
from skywitness.record.entry.envelope import Envelope, SignatureState
from skywitness.record.entry.keys import PartyKey

MakeKey = Callable[..., PartyKey]
TYPE = "application/vnd.example.v1+json"


@pytest.fixture(scope="session")
def deu(make_key: MakeKey) -> PartyKey:
    """A key of Germany."""
    return make_key("DEU")


@pytest.fixture(scope="session")
def ukr(make_key: MakeKey) -> PartyKey:
    """A key of Ukraine."""
    return make_key("UKR")


@pytest.fixture(scope="session")
def signed(deu: PartyKey, ukr: PartyKey) -> Envelope:
    """An envelope signed by both."""
    return envelope.sign(TYPE, b'{"sky":"open"}', [ukr, deu])


def test_the_vector_of_the_protocol() -> None:
    """The pre-authentication encoding is that of the DSSE protocol's own example; lengths count bytes."""
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert envelope.pae("http://example.com/HelloWorld", b"hello world") == expected
    assert envelope.pae("\u00e9", b"") == "DSSEv1 2 \u00e9 0 ".encode()


def test_an_envelope_comes_back(signed: Envelope) -> None:
    """An envelope is read from what it writes, and its bytes are canonical JSON."""
    data = signed.to_bytes()
    assert envelope.from_bytes(data) == signed
    assert rfc8785.dumps(json.loads(data)) == data


def test_who_signed(signed: Envelope, deu: PartyKey, ukr: PartyKey) -> None:
    """Each signer's state is told, whoever else is known; there is no answer for all together."""
    both = {deu.signer: deu.public, ukr.signer: ukr.public}
    assert set(envelope.verify(signed, both).valid) == {deu.signer, ukr.signer}
    one = envelope.verify(signed, {deu.signer: deu.public})
    assert one.valid == (deu.signer,)
    assert one.others == ((ukr.signer, SignatureState.UNKNOWN_KEY),)


def test_a_key_under_another_name_is_unknown(signed: Envelope, deu: PartyKey, ukr: PartyKey) -> None:
    """A key stored under an identifier that is not its own verifies nothing."""
    checked = envelope.verify(signed, {deu.signer: ukr.public})
    assert set(checked.states) == {(s, SignatureState.UNKNOWN_KEY) for s in (deu.signer, ukr.signer)}


@pytest.mark.parametrize("left_out", ["ed25519", "ml-dsa-44"])
def test_one_algorithm_is_not_enough(signed: Envelope, deu: PartyKey, left_out: str) -> None:
    """A signer without both signatures has not signed."""
    kept = tuple(one for one in signed.signatures if one.keyid != deu.signer.keyid(left_out))
    half = envelope.from_bytes(Envelope(signed.payload_type, signed.payload, kept).to_bytes())
    assert (deu.signer, SignatureState.HALF) in envelope.verify(half, {deu.signer: deu.public}).states


@pytest.mark.parametrize("change", [(TYPE + "x", b'{"sky":"open"}'), (TYPE, b'{"sky":"shut"}')])
def test_type_and_payload_are_signed(signed: Envelope, deu: PartyKey, ukr: PartyKey, change: tuple[str, bytes]) -> None:
    """Under another type or over another payload both signatures are wrong."""
    other = Envelope(*change, signed.signatures)
    checked = envelope.verify(other, {deu.signer: deu.public, ukr.signer: ukr.public})
    assert {state for _, state in checked.states} == {SignatureState.WRONG}


def is_whole(data: bytes, deu: PartyKey) -> bool:
    """Tell whether bytes are an envelope with a good signature of Germany, and nothing but it."""
    try:
        opened = envelope.from_bytes(data)
    except InputError:
        return False
    checked = envelope.verify(opened, {deu.signer: deu.public})
    return checked.valid == (deu.signer,) and not checked.others


def test_every_changed_byte_is_noticed(deu: PartyKey) -> None:
    """Each byte of an envelope, changed in one bit, taken out or doubled, makes it refused."""
    data = envelope.sign(TYPE, b"{}", [deu]).to_bytes()
    assert is_whole(data, deu)
    for at in range(len(data)):
        assert not is_whole(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :], deu), at
    for at in range(0, len(data), 7):
        assert not is_whole(data[:at] + data[at + 1 :], deu), at
        assert not is_whole(data[:at] + data[at : at + 1] + data[at:], deu), at


@given(st.data())
def test_any_other_bytes_are_refused(deu: PartyKey, data: st.DataObject) -> None:
    """Any change of some bytes to any others makes it refused."""
    whole = envelope.sign(TYPE, b"{}", [deu]).to_bytes()
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 4))
    new = data.draw(st.binary(max_size=4).filter(lambda new: new != whole[at : at + length]))
    changed = whole[:at] + new + whole[at + length :]
    assert changed == whole or not is_whole(changed, deu)


def alter(value: dict[str, Any], change: str) -> None:
    """Change an envelope in a way that is JSON still."""
    first, *rest = value["signatures"]
    changes: dict[str, dict[str, Any]] = {
        "another field": {"note": 1},
        "no signatures": {"signatures": []},
        "signatures no list": {"signatures": {}},
        "unsorted": {"signatures": [*rest, first]},
        "one twice": {"signatures": [first, first, *rest]},
        "loose payload": {"payload": value["payload"].rstrip("=")},
        "payload with an end too many": {"payload": "e30K="},
        "payload no text": {"payload": 5},
        "type no text": {"payloadType": None},
        "type with a quote": {"payloadType": 'a/"'},
        "short signature": {"signatures": [{**first, "sig": "AAAA"}, *rest]},
        "keyid of nobody": {"signatures": [{**first, "keyid": "x"}, *rest]},
        "keyid no text": {"signatures": [{**first, "keyid": 1}, *rest]},
        "signature with a field": {"signatures": [{**first, "cert": ""}, *rest]},
        "signature no object": {"signatures": [1, *rest]},
    }
    value |= changes[change]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("another field", "envelope"),
        ("no signatures", "signatures"),
        ("signatures no list", "signatures"),
        ("unsorted", "signatures"),
        ("one twice", "signatures"),
        ("loose payload", "payload"),
        ("payload with an end too many", "payload"),
        ("payload no text", "payload"),
        ("type no text", "payloadType"),
        ("type with a quote", "payloadType"),
        ("short signature", "signatures[0].sig"),
        ("keyid of nobody", "signatures[0].keyid"),
        ("keyid no text", "signatures[0].keyid"),
        ("signature with a field", "signatures[0]"),
        ("signature no object", "signatures[0]"),
    ],
)
def test_other_envelopes_are_refused(signed: Envelope, change: str, place: str) -> None:
    """JSON that is no envelope of this record is refused with the place of the fault."""
    value = json.loads(signed.to_bytes())
    alter(value, change)
    with pytest.raises(InputError) as caught:
        envelope.from_bytes(rfc8785.dumps(value), "leaf 3")
    assert (caught.value.kind, caught.value.where) == ("bad_envelope", "leaf 3")
    assert place in [fault.where for fault in caught.value.faults]


@pytest.mark.parametrize("form", [{"indent": 1}, {"separators": (", ", ":")}, {"separators": (",", ": ")}])
def test_other_forms_of_the_same_envelope_are_refused(signed: Envelope, form: dict[str, Any]) -> None:
    """White space that JSON allows makes other bytes of the same envelope, which are refused."""
    with pytest.raises(InputError) as caught:
        envelope.from_bytes(json.dumps(json.loads(signed.to_bytes()), **form).encode())
    assert caught.value.kind == "bad_json"


@pytest.mark.parametrize("written", ["\\u0044EU", "DE\\u0055"])
def test_escapes_are_another_form(signed: Envelope, written: str) -> None:
    """A name written with an escape reads the same and is refused: the leaf would have another hash."""
    changed = signed.to_bytes().replace(b'"DEU/', f'"{written}/'.encode(), 1)
    assert json.loads(changed) == json.loads(signed.to_bytes())
    with pytest.raises(InputError) as caught:
        envelope.from_bytes(changed)
    assert caught.value.kind == "bad_json"


def test_sizes(deu: PartyKey) -> None:
    """An envelope of more than 65,535 bytes is neither made nor read, unless more is asked for."""
    fits = envelope.sign(TYPE, b"x" * 46_000, [deu])
    assert len(fits.to_bytes()) <= envelope.LARGEST_ENVELOPE
    with pytest.raises(InputError, match="at most 65535"):
        envelope.sign(TYPE, b"x" * 47_000, [deu])
    with pytest.raises(InputError, match="at most 65535"):
        envelope.from_bytes(b" " * 65_536)
    longer = envelope.sign(TYPE, b"x" * 47_000, [deu], most=100_000)
    assert envelope.from_bytes(longer.to_bytes(100_000), most=100_000) == longer
    with pytest.raises(InputError, match="at most 65535"):
        longer.to_bytes()


def test_signatures_are_added_one_by_one(deu: PartyKey, ukr: PartyKey) -> None:
    """Signing in turn, in any order, ends in one set of names in one order; nobody signs twice."""
    first = envelope.add_signature(envelope.sign(TYPE, b"{}", [deu]), ukr)
    second = envelope.add_signature(envelope.sign(TYPE, b"{}", [ukr]), deu)
    names = [one.keyid for one in first.signatures]
    assert names == [one.keyid for one in second.signatures] == sorted(names)
    with pytest.raises(InputError, match="has signed already"):
        envelope.add_signature(first, deu)
    with pytest.raises(InputError, match="at least one key"):
        envelope.sign(TYPE, b"{}", [])


def test_merging(deu: PartyKey, ukr: PartyKey) -> None:
    """Two copies signed apart are joined; another payload, or another signature of one key, is not."""
    one, other = envelope.sign(TYPE, b"{}", [deu]), envelope.sign(TYPE, b"{}", [ukr])
    joined = envelope.merge(one, other)
    assert set(envelope.verify(joined, {k.signer: k.public for k in (deu, ukr)}).valid) == {deu.signer, ukr.signer}
    assert envelope.merge(joined, one) == joined
    with pytest.raises(InputError, match="same payload"):
        envelope.merge(one, envelope.sign(TYPE, b"[]", [ukr]))
    with pytest.raises(InputError, match="different signatures"):
        # ML-DSA signs with fresh randomness: two signatures of one payload differ.
        envelope.merge(one, envelope.sign(TYPE, b"{}", [deu]))
