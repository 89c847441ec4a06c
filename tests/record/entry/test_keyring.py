"""The keys of a Party through its log: which was good when, and who signed what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skywitness.core.errors import Faults
from skywitness.record.entry import entry, envelope, keyring
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.keyring import KeyChange, Keyring
from skywitness.record.entry.keys import PartyKey, PublicKey, Signer

MakeKey = Callable[..., PartyKey]
MakeEntry = Callable[..., Entry]


class Log:
    """A log of Germany that is written and read back entry by entry."""

    def __init__(self, make_key: MakeKey, make_entry: MakeEntry, root: PublicKey | None) -> None:
        self.make_key, self.make_entry = make_key, make_entry
        self.ring = Keyring("DEU", root)
        self.index = 0

    def change(self, action: Any, name: str, *, by: str = "root", **given: Any) -> list[tuple[str, bool]]:
        """Append a key entry about the key ``name``, signed by the key ``by``."""
        body = KeyChange(action, self.make_key("DEU", name).public).to_json()
        return self.write(
            self.make_entry(**{"kind": "key", "stream": "keys", "type": "record/key", "body": body, **given}), [by]
        )

    def plain(self, *by: str, **given: Any) -> list[tuple[str, bool]]:
        """Append an ordinary entry signed by the keys ``by``."""
        return self.write(self.make_entry(**given), by)

    def write(self, made: Entry, by: Any) -> list[tuple[str, bool]]:
        """Sign an entry, feed it as it would be read, and give the codes of the remarks with their certainty."""
        opened = entry.sign(made, [self.make_key("DEU", name) for name in by])
        remarks = self.ring.feed(self.index, made, envelope.verify(opened, self.ring.known))
        self.index += 1
        assert {one.code for one in remarks} <= set(keyring.CODES)
        return [(one.code, one.certain) for one in remarks]


@pytest.fixture
def log(make_key: MakeKey, make_entry: MakeEntry) -> Log:
    """A log whose root key is known."""
    return Log(make_key, make_entry, make_key("DEU", "root").public)


def test_a_life_of_keys(log: Log) -> None:
    """A key is good from the entry after its introduction up to its end; a rotation leaves no gap."""
    assert log.change("introduce", "a") == []
    assert log.plain("a") == []
    assert log.change("introduce", "b") == []
    assert log.plain("b") == log.plain("a") == []
    assert log.change("revoke", "a") == []
    assert log.plain("a") == [("key_revoked", True), ("author_unsigned", True)]
    assert log.plain("b") == []
    assert log.change("lose", "b") == []
    assert log.plain("b") == [("key_lost", True), ("author_unsigned", True)]
    a = log.make_key("DEU", "a").id
    assert [log.ring.is_good(a, index) for index in range(8)] == [False, *[True] * 4, False, False, False]
    assert log.ring.good_keys() == ()


def test_a_whole_log_is_judged_again_with_what_it_taught(log: Log) -> None:
    """After the whole log was read, an entry before the introduction of its key is told to be too early."""
    log.change("introduce", "a")
    log.change("introduce", "b")
    made = log.make_entry()
    checked = envelope.verify(entry.sign(made, [log.make_key("DEU", "b")]), log.ring.known)
    assert [one.code for one in log.ring.judge(1, made, checked)] == ["key_too_early", "author_unsigned"]
    assert log.ring.judge(2, made, checked) == ()


CASES: list[tuple[str, list[tuple[str, ...]], list[tuple[str, bool]]]] = [
    ("never introduced", [("plain", "z")], [("key_unknown", True), ("author_unsigned", True)]),
    ("introduced twice", [("introduce", "a")], [("key_introduced_twice", True)]),
    ("comes back", [("revoke", "a"), ("introduce", "a")], [("key_introduced_twice", True)]),
    ("ends unknown", [("revoke", "z")], [("key_never_introduced", True)]),
    ("ends twice", [("revoke", "a"), ("revoke", "a")], [("key_ended_twice", True)]),
    ("lost, then revoked", [("lose", "a"), ("revoke", "a")], [("key_ended_twice", True)]),
    ("revoked, then lost", [("revoke", "a"), ("lose", "a")], []),
    ("root introduced", [("introduce", "root")], [("root_as_entry_key", True)]),
    ("root signs an entry", [("plain", "root")], [("root_signs_entry", True), ("author_unsigned", True)]),
    ("two keys, one unknown", [("plain", "a", "z")], [("key_unknown", True)]),
]


@pytest.mark.parametrize(("steps", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_keys_may_not_do(log: Log, steps: list[tuple[str, ...]], expected: list[tuple[str, bool]]) -> None:
    """After the first key each row of steps ends with these remarks, and with none before its last step."""
    log.change("introduce", "a")
    results = [log.plain(*names) if what == "plain" else log.change(what, *names) for what, *names in steps]
    assert results == [*[[] for _ in steps[1:]], expected]


def test_a_key_entry_without_the_root_counts_for_nothing(log: Log) -> None:
    """A thief of an entry key cannot introduce another, nor end one."""
    log.change("introduce", "a")
    assert log.change("introduce", "thief", by="a") == [("root_did_not_sign", True)]
    assert log.change("revoke", "a", by="a") == [("root_did_not_sign", True)]
    assert log.plain("thief") == [("key_unknown", True), ("author_unsigned", True)]
    assert log.plain("a") == []


def test_a_log_begins_with_a_key(log: Log) -> None:
    """The first entry introduces the first key, or it is remarked."""
    assert ("log_begins_without_key", True) in log.plain("a")


def test_the_log_of_one_party_holds_its_entries(log: Log) -> None:
    """An entry of another author does not belong into the log."""
    assert log.plain("a", author="UKR") == [("author_not_of_log", True)]


def test_an_introduction_may_bear_the_root_signature(log: Log) -> None:
    """An entry of the kind introduction is signed by the root key or by a good one."""
    log.change("introduce", "a")
    given = {"kind": "introduction", "stream": "keys", "type": "record/introduction"}
    assert log.plain("root", **given) == log.plain("a", **given) == []


def test_without_a_root_nobody_can_tell(make_key: MakeKey, make_entry: MakeEntry) -> None:
    """Where the root key is not known, the keys of the log hold together, and who made them cannot be told."""
    log = Log(make_key, make_entry, None)
    assert log.change("introduce", "a") == [("root_unknown", False)]
    assert log.plain("a") == []


@pytest.mark.parametrize(
    "body", [{}, {"action": "introduce"}, {"action": "sell", "key": 5}, {"action": "lose", "reason": ""}]
)
def test_a_damaged_key_entry_changes_nothing(log: Log, body: dict[str, Any]) -> None:
    """A key entry that is not understood is remarked and changes nothing."""
    log.change("introduce", "a")
    made = log.make_entry(kind="key", stream="keys", type="record/key", body=body)
    assert {code for code, _ in log.write(made, ["root"])} == {"key_entry_wrong"}
    assert log.plain("a") == []


def test_a_change_comes_back(make_key: MakeKey) -> None:
    """The body of a key entry is read as it was written, its reason too."""
    for reason in (None, "the card was left in a taxi"):
        change = KeyChange("lose", make_key("DEU").public, reason)
        assert keyring.read_change(change.to_json(), faults := Faults()) == change
        assert not faults


def test_signatures_of_others(log: Log, make_key: MakeKey) -> None:
    """Good, revoked, lost, unknown and forged: a signature of another Party stands, does not, or cannot be told."""
    for name in ("good", "old", "gone"):
        log.change("introduce", name)
    log.change("revoke", "old")
    log.change("lose", "gone")
    made = log.make_entry(author="UKR")

    def told(name: str, *complete: str, forged: bool = False) -> tuple[set[str], set[str]]:
        opened = entry.sign(made, [make_key("UKR"), make_key("DEU", name)])
        if forged:
            opened = envelope.Envelope(opened.payload_type, opened.payload + b" ", opened.signatures)
        checked = envelope.verify(opened, log.ring.known)
        good, doubtful = keyring.signed_by(checked, {"DEU": log.ring}, complete)
        return set(good), set(doubtful)

    assert told("good") == told("old") == ({"DEU"}, {"UKR"})
    assert told("gone") == (set(), {"DEU", "UKR"})
    assert told("unheard of") == (set(), {"DEU", "UKR"})
    assert told("unheard of", "DEU") == (set(), {"UKR"})
    assert told("good", "DEU", forged=True) == (set(), {"UKR"})
    assert told("root") == (set(), {"UKR"})


def test_remarks_on_signatures(make_key: MakeKey, make_entry: MakeEntry) -> None:
    """Wrong and half signatures are certain faults; an unknown key is one of the author's own only."""
    deu, ukr, gbr = (make_key(party) for party in ("DEU", "UKR", "GBR"))
    opened = entry.sign(make_entry(), [deu, ukr, gbr])
    kept = [one for one in opened.signatures if one.keyid != gbr.signer.keyid("ed25519")]
    opened = envelope.Envelope(opened.payload_type, opened.payload + b" ", tuple(kept))
    known = {one.signer: one.public for one in (ukr, gbr)}
    remarks = keyring.signature_remarks(envelope.verify(opened, known), "DEU", "DEU 4")
    found = {(one.code, one.certain) for one in remarks}
    assert found == {("key_unknown", True), ("signature_wrong", True), ("signature_half", True)}
    assert {one.code for one in remarks} <= set(keyring.SIGNATURE_CODES)
    other = keyring.signature_remarks(envelope.verify(opened, known), "UKR", "UKR 4")
    assert ("key_unknown", False) in {(one.code, one.certain) for one in other}


def test_signers_are_known_by_party_and_key(log: Log) -> None:
    """The keys to verify with are named by Party and key, the root and ended ones among them."""
    log.change("introduce", "a")
    log.change("revoke", "a")
    names = {Signer("DEU", log.make_key("DEU", name).id) for name in ("root", "a")}
    assert log.ring.known.keys() == names
