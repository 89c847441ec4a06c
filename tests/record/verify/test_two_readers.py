"""What the package and the standalone verifier read is the same, piece by piece: they accept the same bytes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.programs import load_program

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.base64_text import from_base64, to_base64
from skywitness.record.entry import canonical, introduction
from skywitness.record.entry import entry as entries
from skywitness.record.merkle.tree import check_consistency
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.note.policy_file import parse_policy
from skywitness.record.note.vkey import parse_vkey
from skywitness.record.verify import standalone

made: ModuleType = load_program("benchmarks/record_world.py")
WORLD = made.honest(4)
RENEWED = made.honest(4)
RENEWED.renew_log("UKR")
LEAVES = [leaf for side in WORLD.sides.values() for leaf in side.leaves]
PAYLOADS = [entries.read(leaf)[0].payload for leaf in LEAVES]
ODD: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    7,
    2**53 - 1,
    1.5,
    "",
    "x",
    "keys",
    "DEU",
    "key",
    "entry",
    "closing",
    "a" * 300,
    [],
    {},
    ["UKR"],
    ["UKR", "DEU"],
    ["DEU", "DEU"],
    {"DEU": 1},
    {"DEU": 2, "UKR": 0},
    {"UKR": "0" * 64},
    "0" * 64,
    "0" * 32,
    "a/b",
    "flight/..",
    "flight/x",
    "2019-02-30T10:00:00Z",
    "2019-04-03T24:00:00Z",
    "2019-04-03T10:00:60Z",
    "0000-01-01T00:00:00Z",
    "2019-04-03T10:00:00+00:00",
    [{"relation": "receives", "entry": "0" * 64}] * 2,
    [{"relation": "x", "entry": "0" * 64}],
    [{"name": "a", "sha256": "0" * 64, "size": 1, "media_type": "image/tiff", "more": 1}],
    [{"name": "a\u2028"}],
    [7],
    [{"name": "a", "sha256": "0" * 64, "size": True, "media_type": "image/tiff"}],
    "\u00e4",
    "record/key",
    "record/introduction",
]


def both(one: Callable[[], object], other: Callable[[], object]) -> tuple[Any, Any]:
    """Read with both: what each made, or ``None`` where it refused."""
    found: list[Any] = [None, None]
    with contextlib.suppress(InputError):
        found[0] = (one(),)
    with contextlib.suppress(standalone.Refused):
        found[1] = (other(),)
    assert (found[0] is None) == (found[1] is None)
    return found[0], found[1]


@given(st.binary(max_size=9), st.integers(0, 12), st.text(st.sampled_from("AQgw=+ \n-"), max_size=4))
def test_base64(data: bytes, at: int, more: str) -> None:
    """Both read base64 in its one spelling, and nothing that other readers would let pass."""
    right = to_base64(data)
    text = right[:at] + more + right[at:]
    one, other = both(lambda: as_read(from_base64(text)), lambda: standalone.unbase64(text))
    assert one == other


def as_read(data: bytes | None) -> bytes:
    """Refuse what was not read."""
    if data is None:
        raise InputError("bad_base64", say("This is no base64."))
    return data


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


@given(JSON)
def test_canonical_json_written_by_anybody(value: Any) -> None:
    """Values written canonically by the package, or as Python does, are taken or refused by both alike."""
    texts = [json.dumps(value, ensure_ascii=False), json.dumps(value, sort_keys=True, separators=(",", ":"))]
    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    with contextlib.suppress(InputError):
        data.append(canonical.dumps(value))
    for one in data:
        first, second = both(partial(canonical.loads, one), partial(standalone.read_json, one))
        assert first == second


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_alike(value: float) -> None:
    """The standalone verifier writes numbers as the library of RFC 8785 does."""
    import rfc8785

    assert standalone.es6_number(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nul",
        b"1e400",
        b"NaN",
        b"-0",
        b"-0.0",
        b"1.0",
        b"1e21",
        b"1e+21",
        b"1E2",
        b"01",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b"[" * 32 + b"]" * 32,
        b"[" * 33 + b"]" * 33,
        b"[" * 9000,
        b"9007199254740992",
        b" 1",
        '{"\U0001f600":1,"\ufb33":2}'.encode(),
        '{"\ufb33":1,"\U0001f600":2}'.encode(),
        b'"\x7f"',
        b'"\\u001f"',
        b'"\\u001F"',
        b"1\n",
    ],
)
def test_canonical_json_of_hostile_writers(data: bytes) -> None:
    """Known traps of JSON are refused by both, or by none."""
    first, second = both(lambda: canonical.loads(data), lambda: standalone.read_json(data))
    assert first == second


@given(st.sampled_from(PAYLOADS), st.data())
def test_entries(payload: bytes, data: st.DataObject) -> None:
    """Entries with fields left out, added, or put otherwise are taken or refused by both alike."""
    value = json.loads(payload)
    for _ in range(data.draw(st.integers(1, 2))):
        name = data.draw(st.sampled_from([*value, "parties", "counts", "heads", "more", "objects", "refers_to"]))
        if data.draw(st.booleans()) and data.draw(st.booleans()):
            value.pop(name, None)
        else:
            value[name] = data.draw(st.sampled_from(ODD))
    changed = canonical.dumps(value)
    first, second = both(lambda: entries.parse(changed), lambda: standalone.check_entry(changed))
    if first:
        assert first[0].address == second[0]["address"]
        assert first[0].place == second[0]["place"]


@given(st.sampled_from(LEAVES), st.data())
def test_envelopes(leaf: bytes, data: st.DataObject) -> None:
    """Envelopes with signatures left out, doubled, moved or altered are taken or refused by both alike."""
    value = json.loads(leaf)
    signatures = value["signatures"]
    deed = data.draw(st.sampled_from(["drop", "double", "swap", "keyid", "sig", "field", "type", "payload", "bytes"]))
    if deed == "drop":
        del signatures[data.draw(st.integers(0, len(signatures) - 1)) :]
    elif deed == "double":
        signatures.append(signatures[0])
    elif deed == "swap":
        signatures.reverse()
    elif deed in ("keyid", "sig"):
        text = signatures[0][deed]
        at = data.draw(st.integers(0, len(text) - 1))
        signatures[0][deed] = text[:at] + data.draw(st.sampled_from(["", "=", "A", "Z/", "\u00e4"])) + text[at + 1 :]
    elif deed == "field":
        data.draw(st.sampled_from([value, signatures[0]]))["more"] = 1
    elif deed == "type":
        value["payloadType"] = data.draw(st.sampled_from(["", "a/b", None, value["payloadType"] + "x"]))
    elif deed == "payload":
        value["payload"] = value["payload"][: data.draw(st.integers(0, 9))]
    changed = bytearray(canonical.dumps(value))
    if deed == "bytes":
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    def alone() -> object:
        return standalone.check_entry(standalone.Envelope(bytes(changed), "entry").payload)

    both(lambda: entries.read(bytes(changed)), alone)


@given(st.data())
def test_introductions(data: st.DataObject) -> None:
    """Introductions with fields put otherwise, signed by the root key, are taken or refused by both alike."""
    from skywitness.record.entry import envelope
    from skywitness.record.trust import roster

    side = data.draw(st.sampled_from([WORLD, RENEWED])).sides["UKR"]
    value = json.loads(envelope.from_bytes(side.introduction()).payload)
    name = data.draw(st.sampled_from([*value, "more", "retired_at"]))
    keys = [*value["log"]["vkeys"], *value["witness"]["vkeys"]]
    odd = [
        *ODD,
        keys,
        keys[:2],
        [3, None],
        [3, True],
        [3, 3, 3],
        "https://a.example/x",
        "https://a b",
        {"origin": "ukr/record", "vkeys": keys[:1]},
        {"origin": "ukr/record", "vkeys": keys[2:]},
        {"name": "ukr/witness", "vkeys": keys[2:]},
        [keys[0], keys[0]],
        ["a+b"],
        ["a+00000000+AAAA"],
        "AAAA",
        "A" * 43 + "=",
        {"origin": "ukr", "vkeys": keys[:2]},
    ]
    value[name] = data.draw(st.sampled_from(odd))
    if data.draw(st.booleans()) and name == "more":
        del value["sealing"]
    signed = envelope.sign(introduction.PAYLOAD_TYPE, canonical.dumps(value), [side.root]).to_bytes()

    def package() -> object:
        found = introduction.read(signed)[1]
        return roster.logs(found), roster.witness_keys(found)

    both(package, lambda: standalone.Party(signed))


@given(st.data())
def test_checkpoints_policies_and_keys(data: st.DataObject) -> None:
    """Texts of notes, policies and verifier keys, altered at random, are taken or refused by both alike."""
    words = st.sampled_from(
        ["", " ", "\n", "+", "0", "9" * 20, "=", "A", "\u2014 ", "\t", "\x00", "#", "all", "\u00a0", "group X 1 UKR\n"]
    )

    def altered(text: bytes) -> bytes:
        plain = text.decode()
        for _ in range(data.draw(st.integers(1, 2))):
            at = data.draw(st.integers(0, len(plain)))
            plain = plain[:at] + data.draw(words) + plain[at + data.draw(st.integers(0, 2)) :]
        return plain.encode()

    def package(note: bytes) -> object:
        found = parse_checkpoint(note)[0]
        if found.extensions:
            raise InputError("bad_checkpoint", say("more lines"))
        return found

    note, policy = altered(NOTE), altered(POLICY)
    both(lambda: package(note), lambda: standalone.Checkpoint(note))
    both(lambda: parse_policy(policy), lambda: standalone.Policy(policy))
    key = altered(WORLD.sides["DEU"].log.keys.vkeys()[0].encode()).decode()
    both(lambda: parse_vkey(key), lambda: standalone.NoteKey(key))


NOTE, POLICY = WORLD.checkpoint("DEU"), WORLD.policy()


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_consistency_proofs(one: int, other: int, data: st.DataObject) -> None:
    """Proofs that hold, and those altered, are taken or refused by both alike."""
    from skywitness.record.merkle.frontier import root_of_leaves
    from skywitness.record.merkle.tree import consistency_proof

    first, second = sorted((one, other))
    if first == second:
        second += 1
    leaves = [made.leaf_hash(bytes([number])) for number in range(second)]
    proof = list(
        consistency_proof(first, second, lambda level, at: root_of_leaves(leaves[at << level : (at + 1) << level]))
    )
    deed = data.draw(st.sampled_from(["none", "drop", "more", "swap", "other"]))
    if deed == "drop":
        proof = proof[1:]
    elif deed == "more":
        proof.append(leaves[0])
    elif deed == "swap":
        proof.reverse()
    elif deed == "other" and proof:
        proof[data.draw(st.integers(0, len(proof) - 1))] = leaves[0]
    old, new = root_of_leaves(leaves[:first]), root_of_leaves(leaves)
    holds = standalone.is_consistent(first, second, old, new, proof)
    refused = False
    try:
        check_consistency(first, second, old, new, proof)
    except InputError:
        refused = True
    assert holds is not refused
    assert holds or deed != "none"
