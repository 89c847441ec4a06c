"""Types of payloads: what bodies must hold, who may read them, who signs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skywitness.core.errors import Fault, InputError
from skywitness.core.text import verbatim
from skywitness.record.entry.entry import Entry, Reference
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import PartyKey
from skywitness.record.entry.payload_types import OWN, OWN_TYPES, Grant, PayloadType, Refusal, Registry

MakeKey = Callable[..., PartyKey]
MakeEntry = Callable[..., Entry]
ADDRESS = "ab" * 32

GOOD: dict[str, dict[str, Any]] = {
    "record/introduction": {"kind": "introduction", "stream": "keys"},
    "record/opening": {"kind": "opening", "parties": ["DEU", "UKR"]},
    "record/closing": {
        "kind": "closing",
        "sequence": 1,
        "counts": {"DEU": 2, "UKR": 0},
        "heads": {"DEU": "0" * 64},
    },
    "record/receipt": {"refers_to": [Reference("receives", ADDRESS)]},
    "record/correction": {"refers_to": [Reference("corrects", ADDRESS)], "body": {"reason": "a wrong height"}},
    "record/refusal": {
        "refers_to": [Reference("answers", ADDRESS)],
        "body": {"provision": "IX.II.2", "reason": "it is not due"},
    },
}


@pytest.fixture(scope="session")
def good(make_entry: MakeEntry, make_key: MakeKey) -> dict[str, Entry]:
    """An entry of each of the record's own types, as it should be."""
    key = {"kind": "key", "stream": "keys", "body": KeyChange("introduce", make_key("DEU").public).to_json()}
    return {name: make_entry(type=name, **given) for name, given in {**GOOD, "record/key": key}.items()}


def test_the_records_own_types_are_registered(good: dict[str, Entry]) -> None:
    """Each own type is registered and finds nothing wrong with an entry as it should be."""
    assert {one.name for one in OWN_TYPES} == OWN.types.keys() == good.keys()
    for made in good.values():
        assert OWN.knows(made)
        assert OWN.check(made) == ()


@pytest.mark.parametrize(
    ("name", "change", "places"),
    [
        ("record/receipt", {"refers_to": []}, ["refers_to"]),
        ("record/receipt", {"refers_to": [Reference("answers", ADDRESS)]}, ["refers_to"]),
        ("record/correction", {"body": {}}, ["body.reason"]),
        ("record/correction", {"body": {"reason": "two\nlines"}}, ["body.reason"]),
        ("record/refusal", {"body": {}, "refers_to": []}, ["refers_to", "body.provision", "body.reason"]),
        ("record/opening", {"kind": "entry", "parties": []}, ["kind"]),
        ("record/closing", {"kind": "entry", "counts": None, "heads": None}, ["kind"]),
        ("record/introduction", {"kind": "entry", "stream": "flight/x"}, ["kind"]),
        ("record/key", {"kind": "entry", "stream": "flight/x"}, ["body.action", "body.key", "kind"]),
    ],
)
def test_faults_of_own_types(make_entry: MakeEntry, name: str, change: dict[str, Any], places: list[str]) -> None:
    """What a type asks for and is not there is named."""
    made = make_entry(type=name, **{**GOOD.get(name, {}), **change})
    assert [fault.where for fault in OWN.check(made)] == places


def test_keys_are_for_all(good: dict[str, Entry], make_entry: MakeEntry) -> None:
    """Keys and introductions are never withheld, though they be addressed to one."""
    addressed = make_entry(type="record/introduction", to=["UKR"], **GOOD["record/introduction"])
    for made in (good["record/key"], good["record/introduction"], addressed):
        assert isinstance(OWN.may_read(made, "GBR"), Grant)


@pytest.mark.parametrize(
    ("to", "party", "signed", "granted"),
    [
        ([], "GBR", [], True),
        (["UKR"], "UKR", [], True),
        (["UKR"], "GBR", [], False),
        (["UKR"], "GBR", ["DEU", "GBR"], True),
        (["UKR"], "DEU", [], True),
    ],
)
def test_who_may_read(make_entry: MakeEntry, to: list[str], party: str, signed: list[str], granted: bool) -> None:
    """Addressees, the author and signers may read; all may where it is addressed to all."""
    made = make_entry(type="record/receipt", to=to, **GOOD["record/receipt"])
    decision = OWN.may_read(made, party, signed)
    assert isinstance(decision, Grant if granted else Refusal)
    assert decision.provision
    assert str(decision.why)


@pytest.mark.parametrize(
    ("to", "party", "signed", "granted"),
    [([], "GBR", [], False), ([], "UKR", ["UKR"], True), (["GBR"], "GBR", [], True), ([], "DEU", [], True)],
)
def test_unknown_types(make_entry: MakeEntry, to: list[str], party: str, signed: list[str], granted: bool) -> None:
    """A type of a newer program has no faults that could be told, and is read by addressees and signers only."""
    made = make_entry(type="newer/thing", to=to)
    assert not OWN.knows(made)
    assert OWN.check(made) == ()
    decision = OWN.may_read(made, party, signed)
    assert isinstance(decision, Grant if granted else Refusal)
    assert granted or "newer/thing" in str(decision.why)


def test_types_from_above(make_entry: MakeEntry) -> None:
    """A treaty's types are added to a new registry, with their own checks, readers and signers; the old one stays."""
    never = PayloadType(
        "test/anything",
        lambda entry: [Fault("body.x", verbatim("wrong"))] if "x" in entry.body else [],
        lambda entry, party: Refusal("IX.IV.1", verbatim(f"{entry.author} told {party} nothing")),
        lambda entry: frozenset({"UKR"}),
    )
    larger = OWN.with_types([never])
    made = make_entry(body={"x": 1})
    assert [fault.where for fault in larger.check(made)] == ["body.x"]
    assert larger.may_read(made, "GBR") == Refusal("IX.IV.1", verbatim("DEU told GBR nothing"))
    assert larger.signers(made) == {"DEU", "UKR"}
    assert not OWN.knows(made)
    with pytest.raises(InputError, match="registered twice"):
        larger.with_types([never])
    with pytest.raises(InputError, match="registered twice"):
        Registry([never, never])


def test_who_signs(good: dict[str, Entry], make_entry: MakeEntry) -> None:
    """An entry is signed by its author; openings and closings, of known types or not, by all Parties."""
    assert OWN.signers(good["record/receipt"]) == {"DEU"}
    assert OWN.signers(good["record/opening"]) == OWN.signers(good["record/closing"]) == {"DEU", "UKR"}
    assert OWN.signers(make_entry(kind="opening", parties=["DEU", "GBR"])) == {"DEU", "GBR"}
