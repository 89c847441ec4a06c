"""Introductions: signed by the root key they name, and replaced by newer ones only."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import canonical, envelope, introduction
from skywitness.record.entry.introduction import PAYLOAD_TYPE, Introduction, Named
from skywitness.record.entry.keys import PartyKey, to_base64

MakeKey = Callable[..., PartyKey]
VKEYS = ("deu/record+0a0b0c0d+AQID", "deu/record+01020304+BgID")
PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


@pytest.fixture(scope="session")
def root(make_key: MakeKey) -> PartyKey:
    """The root key of Germany."""
    return make_key("DEU", "root")


@pytest.fixture(scope="session")
def first(root: PartyKey) -> Introduction:
    """The first introduction of Germany."""
    return Introduction(
        "DEU",
        1,
        root.public,
        Named("deu/record", VKEYS),
        Named("deu/witness", ("deu/witness+0a0b0c0d+BAID",)),
        ("deu/record+11111111+AQID",),
        PEM,
        "https://record.example:8443/deu",
        bytes(32),
    )


def test_an_introduction_comes_back(first: Introduction, root: PartyKey) -> None:
    """An introduction is read from its signed bytes as it was written."""
    opened = introduction.build(first, root)
    assert introduction.read(opened.to_bytes()) == (opened, first)


def test_a_party_on_paper(first: Introduction, root: PartyKey) -> None:
    """A Party without an address, a certificate and a sealing key is introduced too."""
    bare = dataclasses.replace(first, retired=(), tls_certificate=None, address=None, sealing=None)
    assert introduction.read(introduction.build(bare, root).to_bytes())[1] == bare


def test_unknown_fields_are_kept(first: Introduction, root: PartyKey) -> None:
    """What a newer program adds is kept."""
    newer = dataclasses.replace(first, extra=MappingProxyType({"fax": "+49"}))
    assert dict(introduction.read(introduction.build(newer, root).to_bytes())[1].extra) == {"fax": "+49"}


def test_only_the_root_key_introduces(first: Introduction, root: PartyKey, make_key: MakeKey) -> None:
    """Another key, another Party's, a second signature or a forged one are refused."""
    for other in (make_key("DEU", "entry"), PartyKey("UKR", root.ed25519_seed, root.ml_dsa_44_seed)):
        with pytest.raises(InputError, match="not the root key"):
            introduction.build(first, other)
        forged = envelope.sign(PAYLOAD_TYPE, first.to_bytes(), [other])
        with pytest.raises(InputError, match="signed by its root key"):
            introduction.read(forged.to_bytes())
    both = envelope.sign(PAYLOAD_TYPE, first.to_bytes(), [root, make_key("UKR")])
    with pytest.raises(InputError, match="by no other"):
        introduction.read(both.to_bytes())
    later = dataclasses.replace(first, issue=2).to_bytes()
    moved = envelope.Envelope(PAYLOAD_TYPE, later, introduction.build(first, root).signatures)
    with pytest.raises(InputError, match="did not sign"):
        introduction.read(moved.to_bytes())
    with pytest.raises(InputError, match="no introduction"):
        introduction.read(envelope.sign("application/vnd.other+json", first.to_bytes(), [root]).to_bytes())


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"version": 2}, ["version"]),
        ({"party": "deu"}, ["party"]),
        ({"issue": 0}, ["issue"]),
        ({"issue": "1"}, ["issue"]),
        ({"root": 5}, ["root"]),
        ({"log": []}, ["log"]),
        ({"log": {"origin": "DEU record", "vkeys": []}}, ["log.origin"]),
        ({"log": {"origin": "deu/record", "vkeys": []}}, ["log.vkeys"]),
        ({"log": {"origin": "ukr/record", "vkeys": list(VKEYS)}}, ["log.vkeys"]),
        ({"log": {"origin": "deu/record", "vkeys": [VKEYS[0]] * 2}}, ["log.vkeys"]),
        ({"log": {"origin": "deu/record", "vkeys": ["deu/record+0a0b0c0d+AR=="]}}, ["log.vkeys"]),
        ({"witness": {"name": "deu/witness", "vkeys": [4]}}, ["witness.vkeys"]),
        ({"retired": "x"}, ["retired"]),
        ({"tls_certificate": "x"}, ["tls_certificate"]),
        ({"address": "http://record.example"}, ["address"]),
        ({"address": "https://record.example/a b"}, ["address"]),
        ({"address": "https://user@record.example/"}, ["address"]),
        ({"sealing": "AAAA"}, ["sealing"]),
        ({"sealing": 4, "party": None, "root": None}, ["root", "party", "sealing"]),
    ],
    ids=lambda value: str(value)[:60],
)
def test_faults_are_named(first: Introduction, root: PartyKey, change: dict[str, Any], places: list[str]) -> None:
    """Every fault is named with its place, though the root key signed it."""
    payload = canonical.dumps({**json.loads(first.to_bytes()), **change})
    with pytest.raises(InputError) as caught:
        introduction.read(envelope.sign(PAYLOAD_TYPE, payload, [root]).to_bytes(), "deu.json")
    assert (caught.value.kind, caught.value.where) == ("bad_introduction", "deu.json")
    assert [fault.where for fault in caught.value.faults] == places


@pytest.mark.parametrize("payload", [b"[]", b"{}", b'{"version":1}'])
def test_other_payloads_are_refused(root: PartyKey, payload: bytes) -> None:
    """What is no introduction is refused."""
    with pytest.raises(InputError) as caught:
        introduction.read(envelope.sign(PAYLOAD_TYPE, payload, [root]).to_bytes())
    assert caught.value.kind == "bad_introduction"


def test_issues(first: Introduction, make_key: MakeKey) -> None:
    """A newer issue replaces, the same says nothing new, an older one and a second content of one are refused."""
    second, other = (dataclasses.replace(first, issue=issue, address=None) for issue in (2, 1))
    assert introduction.succession(None, second) == introduction.succession(first, second) == "newer"
    assert introduction.replace(None, first) == introduction.replace(first, first) == first
    assert introduction.replace(first, second) == second
    for accepted, offered, kind in ((second, first, "old_introduction"), (first, other, "contradicting_introduction")):
        with pytest.raises(InputError) as caught:
            introduction.replace(accepted, offered)
        assert caught.value.kind == kind
    with pytest.raises(InputError, match="two Parties"):
        introduction.replace(first, dataclasses.replace(first, party="UKR"))
    moved = dataclasses.replace(second, root=make_key("DEU", "new root").public)
    assert introduction.succession(first, moved) == "newer"
    assert introduction.is_same_root(first, second)
    assert not introduction.is_same_root(first, moved)


def test_what_was_retired_stays_as_it_was(first: Introduction) -> None:
    """A newer issue adds retired keys; it neither drops one nor moves its number, which would disown what it signed."""
    old = first.log.vkeys
    second = introduction.retire(dataclasses.replace(first, issue=2), old, 17)
    assert [second.retirements[vkey] for vkey in old] == [17] * len(old)
    assert introduction.retire(first, ("later",), None).retired_at == ()
    assert introduction.succession(first, second) == "newer"
    fourth = introduction.retire(dataclasses.replace(second, issue=4), first.witness.vkeys, None)
    assert introduction.succession(second, fourth) == introduction.succession(first, fourth) == "newer"
    for changed in (
        dataclasses.replace(fourth, retired=(), retired_at=()),
        dataclasses.replace(fourth, retired_at=(*fourth.retired_at[:-3], 16, *fourth.retired_at[-2:])),
        dataclasses.replace(fourth, retired_at=()),
    ):
        assert introduction.succession(second, changed) == "contradiction"
        with pytest.raises(InputError, match="retires keys otherwise") as caught:
            introduction.replace(second, changed)
        assert caught.value.kind == "contradicting_introduction"


def test_fingerprints_are_for_people(root: PartyKey) -> None:
    """A fingerprint is the whole identifier in eight groups of four, and is read as people type it."""
    words = introduction.fingerprint(root.public)
    assert [len(group) for group in words.split(" ")] == [4] * 8
    assert words.replace(" ", "") == root.id
    for typed in (words, words.upper(), words.replace(" ", ""), words.replace(" ", ":"), f" {words}\n"):
        assert introduction.read_fingerprint(typed) == root.id


@given(st.text(max_size=40))
def test_other_words_are_no_fingerprint(words: str) -> None:
    """What is read as a fingerprint has 32 hexadecimal digits."""
    found = introduction.read_fingerprint(words)
    assert found is None or len(bytes.fromhex(found)) == 16


def test_every_changed_field_breaks_the_signature(first: Introduction, root: PartyKey) -> None:
    """An introduction with any one field changed in its signed bytes is refused."""
    opened = introduction.build(first, root)
    value = json.loads(opened.payload)
    for name in sorted(value):
        changed = canonical.dumps({**value, name: to_base64(b"another")})
        with pytest.raises(InputError):
            introduction.read(envelope.Envelope(PAYLOAD_TYPE, changed, opened.signatures).to_bytes())
