"""New keys in the place of old ones."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skywitness.core.errors import InputError
from skywitness.record import importing
from skywitness.record.bundle import write
from skywitness.record.entry import entry as entries
from skywitness.record.entry import introduction, key_file
from skywitness.record.entry.keys import PartyKey, generate
from skywitness.record.evidence.judge import judge
from skywitness.record.evidence.model import Split
from skywitness.record.log import log, replica
from skywitness.record.log.replica import Batch, Leaf
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.node.keys import renew_entry_key, renew_log_key, renew_witness_key
from skywitness.record.node.node import Node, key_path, open_node
from skywitness.record.note.checkpoint import Checkpoint, check_checkpoint, sign_checkpoint, signer_of
from skywitness.record.note.pair import PairSigner, check_both
from skywitness.record.note.signed_note import parse_note
from skywitness.record.note.witness_request import AddCheckpoint, Answer
from skywitness.record.store.model import CheckpointRow
from skywitness.record.trust import introductions, roster
from skywitness.record.trust.trusted import Accepted
from skywitness.record.witness import witness


def root_of(node: Node) -> PartyKey:
    """Load the root key of a node."""
    return key_file.load(key_path(node.folder, "root"), node.party, "root")


def test_an_entry_key_is_renewed(node: Node, note_entries: Callable[..., None], fails: Callable[..., None]) -> None:
    """The new key signs, the old one no longer, and a second time only what is still good is revoked."""
    note_entries(node, 1)
    for number in (1, 2):
        new = renew_entry_key(node, root_of(node), "turn of the year")
        fails("key_not_good", lambda node=node: note_entries(node, 1))
        node.store.close()
        again = open_node(node.folder, node.clock)
        assert again.entry_key == new
        assert log.append(again, [log.Draft("flight/X", "open-skies/x", {})])[0].index == 1 + 3 * number
        node = again
    node.close()


def test_another_root_renews_nothing(node: Node, fails: Callable[..., None]) -> None:
    """Only the Party's own root key changes keys; the node runs on with the old ones."""
    fails("other_root", lambda: renew_entry_key(node, generate("DEU"), "theft"))
    fails("bad_introduction", lambda: renew_witness_key(node.folder, generate("DEU")))
    fails("bad_introduction", lambda: renew_log_key(node.folder, generate("DEU"), node.clock))
    open_node(node.folder, node.clock).close()


def test_a_witness_that_forgot_begins_anew(
    make_node: Callable[..., Node], accept: Callable[..., None], note_entries: Callable[..., None], tmp_path: Path
) -> None:
    """After a rolled back store a new witness key, introduced by the root, cosigns; the old one is told as retired."""
    node, source = make_node("DEU"), make_node("UKR")
    accept(node, source)
    node.store.close()
    shutil.copy(node.folder / "record.db", tmp_path / "copy.db")
    row = log.checkpoint(source)
    asked = AddCheckpoint(0, (), parse_note(row.note)).encoded()
    assert int(witness.answer(node, asked).outcome) == 200
    node.store.close()
    shutil.copy(tmp_path / "copy.db", node.folder / "record.db")
    with pytest.raises(InputError):
        witness.answer(node, asked)
    old = node.introduction()
    told = renew_witness_key(node.folder, root_of(node))
    assert (told.issue, told.retired) == (old.issue + 1, old.witness.vkeys)
    again = open_node(node.folder, node.clock)
    answer = witness.answer(again, asked)
    assert int(answer.outcome) == 200
    check_both(parse_note(row.note).with_signatures(answer.cosignatures), roster.witness_keys(again.introduction()))
    again.close()


def test_a_crash_in_between_is_healed_by_doing_it_again(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the files could not be exchanged after the introduction, the node says so, and a second try opens it."""
    with monkeypatch.context() as patch:
        patch.setattr("skywitness.record.node.keys._put_in_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            renew_witness_key(node.folder, root_of(node))
    with pytest.raises(InputError) as refused:
        open_node(node.folder, node.clock)
    assert [fault.where for fault in refused.value.faults] == ["keys/witness.json"]
    renew_witness_key(node.folder, root_of(node))
    again = open_node(node.folder, node.clock)
    assert again.introduction().issue == 3
    again.close()


def renewed(node: Node) -> Node:
    """Renew the log key of a node, and open it anew."""
    told = renew_log_key(node.folder, root_of(node), node.clock)
    node.store.close()
    again = open_node(node.folder, node.clock)
    assert again.introduction() == told
    return again


def ask(node: Node, source: Node, row: CheckpointRow, old_size: int) -> Answer:
    """Ask a witness for a checkpoint of a log that it saw at ``old_size``."""
    with source.store.snapshot() as seen:
        proof = consistency_proof(old_size, row.size, lookup(seen, source.origin)) if old_size else ()
    return witness.answer(node, AddCheckpoint(old_size, proof, parse_note(row.note)).encoded())


def signed(source: Node, row: CheckpointRow, signer: PairSigner, root: bytes | None = None) -> CheckpointRow:
    """Have another key sign the head of a log, or another root of the same size."""
    note = sign_checkpoint(Checkpoint(row.origin, row.size, root or row.root), signer, source.clock())
    return CheckpointRow(row.origin, row.size, root or row.root, note.encoded())


def test_a_log_key_is_renewed(node: Node, note_entries: Callable[..., None]) -> None:
    """The log says itself which keys it retired, goes on, and signs with the new key; the old one counts so far."""
    note_entries(node, 3)
    old, before, mark = node.introduction(), log.checkpoint(node), node.log_mark.read()
    again = renewed(node)
    told = again.introduction()
    assert (told.issue, told.log.name, told.retired) == (2, old.log.name, old.log.vkeys)
    assert (told.witness, told.retired_at, again.log_mark.read()) == (old.witness, (4, 4), mark)
    with again.store.snapshot() as seen:
        row = seen.entry(again.origin, 4)
        envelope = next(one.envelope for one in seen.introductions("DEU") if one.issue == 2)
    assert row is not None
    signers, made = entries.read(row.envelope or b"")
    assert [str(one) for one in signers.signers()] == [f"DEU/{told.root.id}"]
    payload = introduction.read(envelope)[0].payload
    assert (made.kind, made.body["issue"], made.body["retired"]) == ("introduction", 2, list(old.log.vkeys))
    assert made.body["sha256"] == hashlib.sha256(payload).hexdigest()
    after = log.checkpoint(again)
    assert (after.size, again.log_mark.read().number) == (5, 5)
    check_checkpoint(parse_note(after.note), roster.log_keys(told))
    assert signer_of(parse_note(before.note), roster.logs(told)).until == 4
    note_entries(again, 1)
    assert log.checkpoint(again).size == 6
    again.close()


def test_a_lost_log_key_is_renewed_more_than_once(node: Node, note_entries: Callable[..., None]) -> None:
    """No old key has to be at hand; each renewal keeps what was retired before, with its number."""
    for number in (1, 2, 3):
        key_path(node.folder, "log").unlink()
        node = renewed(node)
        note_entries(node, 1)
        assert node.introduction().retired_at == tuple(at for one in range(number) for at in [1 + 2 * one] * 2)
        assert log.checkpoint(node).size == 1 + 2 * number
    node.close()


def test_a_log_key_is_not_renewed_over_a_lost_log(
    make_node: Callable[..., Node], tmp_path: Path, fails: Callable[..., None]
) -> None:
    """Where the store is older than what the key signed, the number would disown it: the log comes first."""
    node = make_node("DEU")
    node.store.close()
    shutil.copy(node.folder / "record.db", tmp_path / "copy.db")
    again = open_node(node.folder, node.clock)
    log.append(again, [log.Draft("flight/X", "open-skies/x", {})])
    log.checkpoint(again)
    again.store.close()
    shutil.copy(tmp_path / "copy.db", node.folder / "record.db")
    root = root_of(node)
    fails("store_rolled_back", lambda: renew_log_key(node.folder, root, node.clock))


def test_a_crash_while_renewing_a_log_key_is_healed(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """The node says which file is not the one introduced; a second renewal opens it, and the log has both."""
    with monkeypatch.context() as patch:
        patch.setattr("skywitness.record.node.keys._put_in_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            renew_log_key(node.folder, root_of(node), node.clock)
    with pytest.raises(InputError) as refused:
        open_node(node.folder, node.clock)
    assert [fault.where for fault in refused.value.faults] == ["keys/log.json"]
    again = renewed(node)
    assert (again.introduction().issue, again.introduction().retired_at) == (3, (1, 1, 2, 2))
    assert log.checkpoint(again).size == 3
    again.close()


def test_others_demand_the_new_key_from_then_on(
    make_node: Callable[..., Node], accept: Callable[..., None], note_entries: Callable[..., None]
) -> None:
    """Witness, copy and judge follow the newer introduction; a stolen key signs no new head, and accuses nobody."""
    node, source = make_node("DEU"), make_node("UKR")
    accept(node, source)
    note_entries(source, 2)
    stolen, before = source.log_key, log.checkpoint(source)
    assert int(ask(node, source, before, 0).outcome) == 200
    source = renewed(source)
    with source.store.snapshot() as seen:
        told = introductions.own(seen, "UKR")
        leaves = tuple(Leaf(row.leaf_hash, row.envelope) for row in seen.entries(source.origin))
    offer = introductions.read_offer(node, told)
    assert not offer.must_compare
    introductions.accept(node.store, offer, None)
    after = log.checkpoint(source)
    forged = signed(source, after, stolen)
    assert int(ask(node, source, forged, 3).outcome) == 403
    assert int(ask(node, source, after, 3).outcome) == 200
    keys = roster.logs(offer.introduction)
    for row in (forged, signed(source, after, stolen, leaf_hash(b"x"))):
        for one in keys:
            with pytest.raises(InputError) as refused:
                replica.extend(node.store, "UKR", one, Batch(row.note, 0, leaves))
            assert refused.value.kind in ("note_unsigned", "key_retired")
    assert replica.extend(node.store, "UKR", keys[1], Batch(before.note, 0, leaves[:3])) == 3
    assert replica.extend(node.store, "UKR", keys[0], Batch(after.note, 0, leaves)) == 4
    with node.store.snapshot() as seen:
        trusted = Accepted(seen)
        with pytest.raises(InputError) as unproven:
            judge(Split("UKR", signed(source, after, stolen, leaf_hash(b"x")).note, after.note), trusted)
        assert "retired before" in str(unproven.value.message)
        assert judge(Split("UKR", signed(source, before, stolen, leaf_hash(b"x")).note, before.note), trusted)
    source.close()


def test_a_bundle_of_before_is_imported_after(
    make_node: Callable[..., Node], accept: Callable[..., None], note_entries: Callable[..., None], tmp_path: Path
) -> None:
    """What the old key has signed up to its end is taken from an older bundle, though the newer keys are known."""
    node, source = make_node("DEU"), make_node("UKR")
    note_entries(source, 2)
    log.checkpoint(source)
    wanted = write.Wanted(source.entry_key, b"quorum none\n", source.clock())
    write.write_bundle(tmp_path / "old.tar", source.store, source.objects, wanted)
    source = renewed(source)
    accept(node, source)
    done = importing.import_bundle(node, tmp_path / "old.tar")
    assert [(one.size, one.refused) for one in done.logs] == [(3, None)]
    source.close()
