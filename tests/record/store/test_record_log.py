"""A Party's own log: what may be appended, and what is never signed."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry import key_file
from skywitness.record.entry.entry import ObjectReference, Reference
from skywitness.record.entry.envelope import SignatureState
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import generate
from skywitness.record.log import log
from skywitness.record.log.log import Draft
from skywitness.record.merkle.tree import root_of_leaves
from skywitness.record.node.node import Node, key_path, mark_file
from skywitness.record.node.seen import Mark
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.note.signed_note import parse_note

STREAM = "flight/DEU-2019-031"


def plain(number: int = 0, **changes: Any) -> Draft:
    """Make a draft of a plain entry."""
    return Draft(**{"stream": STREAM, "type": "open-skies/mission-plan", "body": {"n": number}, **changes})


def size(node: Node) -> int:
    """Tell how many entries a node's log has."""
    with node.store.snapshot() as seen:
        found = seen.log(node.origin)
    assert found is not None
    return found.size


def test_entries_are_placed_signed_and_hashed(node: Node) -> None:
    """Sequence and previous entry follow from the log; both signatures hold; the tree is that of the leaves."""
    one = log.append(node, [plain(0)])[0]
    two, three = log.append(node, [plain(1), plain(2, stream="flight/other")])
    assert [made.index for made in (one, two, three)] == [1, 2, 3]
    assert [(made.entry.sequence, made.entry.previous) for made in (one, two, three)] == [
        (0, None),
        (1, one.entry.address),
        (0, None),
    ]
    opened, made = entries.read(two.envelope)
    assert made.body == {"n": 1}
    checked = envelopes.verify(opened, {node.entry_key.signer: node.entry_key.public})
    assert checked.states == ((node.entry_key.signer, SignatureState.VALID),)
    with node.store.snapshot() as seen:
        rows = list(seen.entries(node.origin))
        assert [row.address for row in rows[1:]] == [made.entry.address for made in (one, two, three)]
    assert log.checkpoint(node).root == root_of_leaves(row.leaf_hash for row in rows)
    assert audit(node.store) == ()


def test_a_checkpoint_is_the_logs_and_is_made_once(node: Node, clock: Any) -> None:
    """The same log gives the same checkpoint, signed with both keys of the log; a longer one a new one."""
    first = log.checkpoint(node)
    clock.move(60)
    assert log.checkpoint(node) == first
    log.append(node, [plain()])
    second = log.checkpoint(node)
    assert (first.size, second.size) == (1, 2)
    for row in (first, second):
        checkpoint, note = parse_checkpoint(row.note)
        assert check_checkpoint(note, node.log_key.keys).checkpoint == checkpoint
        assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (node.origin, row.size, row.root)


def test_a_clock_set_back_writes_nothing(node: Node, clock: Any) -> None:
    """An entry is not earlier than the last of the log; what is refused leaves no trace, and one sentence."""
    log.append(node, [plain()])
    clock.move(-1)
    with pytest.raises(InputError) as refused:
        log.append(node, [plain(1)])
    assert refused.value.kind == "clock_set_back"
    assert str(refused.value).count("\n") == 0
    assert size(node) == 2
    with pytest.raises(InputError) as unsigned:
        log.checkpoint(node)
    assert unsigned.value.kind == "clock_set_back"
    clock.move(1)
    assert log.append(node, [plain(1)])[0].index == 2


def test_several_entries_or_none(node: Node, fails: Callable[..., None]) -> None:
    """One bad draft among several keeps all of them out."""
    assert log.append(node, []) == ()
    fails("bad_entry", lambda: log.append(node, [plain(0), plain(1, type="no type")]))
    assert size(node) == 1
    with node.store.snapshot() as seen:
        assert len(list(seen.entries(node.origin))) == 1
        assert seen.nodes(node.origin, [(0, 1), (1, 0)]) == {}


def test_objects_come_before_the_entries_that_name_them(node: Node, fails: Callable[..., None]) -> None:
    """An entry cannot speak of an object that is not on the disk, or has another size."""
    words = b"frame 1"
    name = hashlib.sha256(words).hexdigest()
    draft = plain(objects=(ObjectReference("frame", name, len(words), "image/tiff"),))
    fails("no_object", lambda: log.append(node, [draft]))
    node.objects.put(io.BytesIO(words))
    log.append(node, [draft])
    fails("no_object", lambda: log.append(node, [plain(objects=(ObjectReference("f", name, 3, "image/tiff"),))]))
    assert size(node) == 2


def test_what_several_must_sign_waits_for_all(node: Node, fails: Callable[..., None]) -> None:
    """An opening of two Parties is kept unsigned, appended with both signatures only, and forgotten then."""
    opening = plain(kind="opening", type="record/opening", parties=("DEU", "UKR"))
    fails("needs_others", lambda: log.append(node, [opening]))
    bare = log.draft(node, opening)
    assert bare.signatures == ()
    fails("needs_others", lambda: log.append_signed(node, bare))
    with node.store.snapshot() as seen:
        assert [row.envelope for row in seen.drafts()] == [bare.to_bytes()]
    half = envelopes.add_signature(bare, generate("UKR"))
    whole = envelopes.add_signature(half, node.entry_key)
    made = log.append_signed(node, half)
    assert made.index == 1
    assert envelopes.from_bytes(made.envelope).signers() == whole.signers()
    with node.store.snapshot() as seen:
        assert seen.drafts() == ()
    fails("draft_stale", lambda: log.append_signed(node, whole))
    fails("draft_stale", lambda: log.append_signed(node, half))
    assert size(node) == 2


def test_forged_and_stale_drafts_are_refused(node: Node, clock: Any, fails: Callable[..., None]) -> None:
    """A draft whose own signature does not hold, or that the log has overtaken, does not come in."""
    opening = plain(kind="opening", type="record/opening", parties=("DEU", "UKR"))
    half = envelopes.add_signature(log.draft(node, opening), generate("UKR"))
    whole = envelopes.add_signature(half, node.entry_key)
    turned = tuple(
        dataclasses.replace(one, sig=bytes(len(one.sig))) if one.keyid.startswith("DEU") else one
        for one in whole.signatures
    )
    fails("signature_wrong", lambda: log.append_signed(node, dataclasses.replace(whole, signatures=turned)))
    fails(
        "signature_half", lambda: log.append_signed(node, dataclasses.replace(whole, signatures=whole.signatures[1:]))
    )
    foreign = entries.sign(entries.parse(whole.payload), [generate("DEU"), generate("UKR")])
    fails("key_unknown", lambda: log.append_signed(node, foreign))
    clock.move(5)
    log.append(node, [plain(stream="flight/other")])
    fails("draft_stale", lambda: log.append_signed(node, whole))


def test_a_stream_is_opened_and_closed_once(node: Node, fails: Callable[..., None]) -> None:
    """After the closing only what refers to another entry follows; nothing is opened late or twice."""
    opening = plain(kind="opening", type="record/opening", parties=("DEU",))
    first = log.append(node, [opening, plain(1)])[0]
    fails("stream_opened", lambda: log.append(node, [opening]))
    closing = plain(kind="closing", type="record/closing")
    made = log.append(node, [closing])[0].entry
    assert (made.counts, made.heads) == ({"DEU": 3}, {"DEU": made.previous})
    fails("stream_closed", lambda: log.append(node, [plain(3)]))
    fails("stream_closed", lambda: log.append(node, [closing]))
    log.append(node, [plain(4, refers_to=(Reference("corrects", first.entry.address),))])
    log.append(node, [plain(0, stream="flight/late")])
    fails("stream_opened", lambda: log.append(node, [dataclasses.replace(opening, stream="flight/late")]))


def test_keys_come_and_go_by_the_root_alone(node: Node, fails: Callable[..., None]) -> None:
    """A revoked entry key signs nothing more; only the Party's root key changes keys, and signs nothing else."""
    root = key_file.load(key_path(node.folder, "root"), "DEU", "root")
    new = generate("DEU")
    introduce = Draft("keys", "record/key", KeyChange("introduce", new.public).to_json(), "key")
    revoke = Draft("keys", "record/key", KeyChange("revoke", node.entry_key.public).to_json(), "key")
    fails("root_did_not_sign", lambda: log.append(node, [introduce]))
    fails("other_root", lambda: log.append_by_root(node, [introduce], generate("DEU")))
    fails("root_signs_entry", lambda: log.append_by_root(node, [plain()], root))
    changed = dataclasses.replace(node, entry_key=new)
    fails("key_not_good", lambda: log.append(changed, [plain()]))
    log.append_by_root(node, [introduce, revoke], root)
    fails("key_not_good", lambda: log.append(node, [plain()]))
    fails("key_introduced_twice", lambda: log.append_by_root(node, [introduce], root))
    assert log.append(changed, [plain()])[0].index == 3


def test_a_log_that_was_altered_signs_nothing(node: Node, fails: Callable[..., None]) -> None:
    """When the tree no longer is what was signed, no checkpoint is given; the audit names the place."""
    log.append(node, [plain(n) for n in range(6)])
    log.checkpoint(node)
    assert audit(node.store) == ()
    with node.store.transaction() as change:
        change._run("UPDATE node SET hash = ? WHERE level = 1 AND idx = 1", (bytes(32),))  # type: ignore[attr-defined]
    assert [found.code for found in audit(node.store)] == ["node_differs"]
    log_row = log.checkpoint  # the root of 7 leaves rests on subtrees above, which still stand
    with node.store.transaction() as change:
        change._run("UPDATE node SET hash = ? WHERE level = 2 AND idx = 0", (bytes(32),))  # type: ignore[attr-defined]
    fails("store_rolled_back", lambda: log_row(node))
    mark_file(node.folder, "log").write(Mark(identity(node), 0))
    fails("log_contradicts", lambda: log_row(node))


def test_the_list_of_files_named_is_audited(node: Node) -> None:
    """An entry missing from the list, and a place in it whose entry names no such file, are each complained of."""
    stored = node.objects.put([b"frames"])
    file = ObjectReference("frames.csv", stored.sha256, stored.size_bytes, "text/csv")
    log.append(node, [plain(objects=(file,)), plain(1), plain(2, objects=(file,))])
    assert audit(node.store) == ()
    with node.store.transaction() as change:
        change._run("DELETE FROM named WHERE idx = 3")  # type: ignore[attr-defined]
    assert [(found.code, found.where) for found in audit(node.store)] == [("not_listed", f"{node.origin} 3")]
    with node.store.transaction() as change:
        change._run("INSERT INTO named VALUES (?, ?, 2)", (stored.sha256, node.origin))  # type: ignore[attr-defined]
    assert {found.code for found in audit(node.store)} == {"not_listed", "listed_too_many"}


def identity(node: Node) -> str:
    """Tell which store a node has."""
    with node.store.snapshot() as seen:
        return str(seen.meta("identity"))


def test_altered_entries_are_found(node: Node) -> None:
    """An envelope exchanged in the database, a number of entries cut, or a row lost: the audit says which."""
    log.append(node, [plain(n) for n in range(3)])
    for statement, code in (
        ("UPDATE entry SET envelope = ? WHERE idx = 2", "leaf_differs"),
        ("UPDATE entry SET address = 'ab' WHERE idx = 1 AND ? IS NOT NULL", "row_differs"),
        ("UPDATE log SET size = 3 WHERE ? IS NOT NULL", "size_differs"),
    ):
        with node.store.transaction() as change:
            change._run(statement, (b"{}",))  # type: ignore[attr-defined]
        assert code in {found.code for found in audit(node.store)}


def test_a_store_behind_its_mark_is_not_used(node: Node, fails: Callable[..., None]) -> None:
    """An own log shorter than what its key has signed neither grows nor signs: it would fork."""
    log.append(node, [plain()])
    row = log.checkpoint(node)
    assert node.log_mark.read() == Mark(identity(node), 2, row.root.hex())
    node.log_mark.write(Mark(identity(node), 3, bytes(32).hex()))
    fails("store_rolled_back", lambda: log.append(node, [plain()]))
    fails("store_rolled_back", lambda: log.checkpoint(node))
    node.log_mark.write(Mark("another store", 0))
    fails("store_rolled_back", lambda: log.append(node, [plain()]))
    node.log_mark.path.unlink()
    fails("no_mark", lambda: log.append(node, [plain()]))


def test_notes_are_what_was_signed(node: Node) -> None:
    """A checkpoint is kept as the bytes that were signed."""
    row = log.checkpoint(node)
    with node.store.snapshot() as seen:
        assert seen.checkpoint(node.origin) == row
        found = seen.log(node.origin)
    assert parse_note(row.note).encoded() == row.note
    assert found is not None
    assert found.signed is not None
    assert (found.signed.size, found.signed.root) == (row.size, row.root)
