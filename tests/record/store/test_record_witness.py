"""The witness: what it cosigns, in which order it refuses, and that it never forgets."""

from __future__ import annotations

import dataclasses
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.entry.keys import generate
from skywitness.record.log import log
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.hashing import EMPTY_ROOT, leaf_hash
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.node.node import Node, open_node, pair_signer
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.note.pair import Role, check_both
from skywitness.record.note.signed_note import Note, parse_note
from skywitness.record.note.witness_request import AddCheckpoint, Answer
from skywitness.record.store.model import Head
from skywitness.record.witness import witness


@pytest.fixture
def source(
    node: Node, make_node: Callable[..., Node], note_entries: Callable[..., None], accept: Callable[..., None]
) -> Node:
    """Give a node of UKR whose log has 10 entries, and whom DEU accepted."""
    made = make_node("UKR")
    note_entries(made, 9)
    accept(node, made)
    return made


def ask(node: Node, source: Node, old_size: int, proof: tuple[bytes, ...] | None = None) -> Answer:
    """Ask a witness for the newest checkpoint of a log, with the right proof from ``old_size``."""
    row = log.checkpoint(source)
    if proof is None:
        with source.store.snapshot() as seen:
            proof = consistency_proof(old_size, row.size, lookup(seen, source.origin)) if old_size else ()
    return witness.answer(node, AddCheckpoint(old_size, proof, parse_note(row.note)).encoded())


def forged(source: Node, size: int, root: bytes) -> Note:
    """Have a log sign what is not its tree."""
    return sign_checkpoint(Checkpoint(source.origin, size, root), source.log_key, source.clock())


def state(node: Node, source: Node) -> Head | None:
    """Tell what a witness remembers of a log."""
    with node.store.snapshot() as seen:
        return seen.witness_state(source.origin)


def test_a_log_is_followed(node: Node, source: Node, note_entries: Callable[..., None]) -> None:
    """From nothing, on, and again at the same size: both keys cosign, and the head is remembered and kept."""
    for old, new, more in ((0, 10, 3), (10, 13, 0), (13, 13, 1), (13, 14, 0)):
        answer = ask(node, source, old)
        assert (int(answer.outcome), len(answer.cosignatures)) == (200, 2)
        row = log.checkpoint(source)
        note = parse_note(row.note).with_signatures(answer.cosignatures)
        assert check_both(note, node.witness_key.keys).time_s == int(node.clock().timestamp())
        assert state(node, source) == Head(new, row.root)
        with node.store.snapshot() as seen:
            assert seen.checkpoint(source.origin) == row
            lines = {line.line + "\n" for line in seen.cosignatures(source.origin, new, row.root)}
        assert len(lines) == 2
        assert old == new or lines == {line.line() for line in answer.cosignatures}
        note_entries(source, more) if more else None
    assert node.witness_mark.read().number == 3


def test_refusals_in_their_order(node: Node, source: Node, make_node: Callable[..., Node]) -> None:
    """404, 403, 400, 409 with the size, 422: each with everything later wrong too, so that the order shows."""
    stranger = make_node("POL")
    assert int(ask(node, stranger, 0, (b"\1" * 32,)).outcome) == 404
    assert int(ask(node, stranger, 11, (b"\1" * 32,)).outcome) == 404
    row = parse_note(log.checkpoint(source).note)
    unsigned = sign_checkpoint(
        Checkpoint(source.origin, 10, leaf_hash(b"x")),
        pair_signer(generate("UKR"), source.origin, Role.LOG),
        node.clock(),
    )
    head = Checkpoint(source.origin, 10, leaf_hash(b"x"))
    assert int(witness.cosign(node, AddCheckpoint(11, (), unsigned), head).outcome) == 403
    half = Note(row.text, row.signatures[:1])
    assert int(witness.answer(node, AddCheckpoint(0, (), half).encoded()).outcome) == 403
    assert int(witness.answer(node, AddCheckpoint(11, (), half).encoded()).outcome) == 403
    assert int(witness.answer(node, AddCheckpoint(11, (), row).encoded()).outcome) == 400
    assert int(witness.cosign(node, AddCheckpoint(11, (), row), head).outcome) == 400
    assert int(witness.answer(node, b"old 0\n").outcome) == 400
    conflict = ask(node, source, 3, (b"\1" * 32,))
    assert (int(conflict.outcome), conflict.body(), conflict.content_type()) == (409, b"0\n", "text/x.tlog.size")
    assert int(ask(node, source, 0, (b"\1" * 32,)).outcome) == 422
    assert state(node, source) is None
    assert node.witness_mark.read().number == 0


def test_another_history_is_never_cosigned(node: Node, source: Node) -> None:
    """Neither at the same size nor further on is a log cosigned that does not go on as it was; both are kept."""
    assert int(ask(node, source, 0).outcome) == 200
    before = state(node, source)
    same = witness.answer(node, AddCheckpoint(10, (), forged(source, 10, leaf_hash(b"x"))).encoded())
    assert (int(same.outcome), same.known_size) == (409, 10)
    for proof in ((), (b"\1" * 32,), (b"\1" * 32,) * 4):
        longer = witness.answer(node, AddCheckpoint(10, proof, forged(source, 12, leaf_hash(b"y"))).encoded())
        assert int(longer.outcome) == 422
    shorter = witness.answer(node, AddCheckpoint(0, (), forged(source, 0, EMPTY_ROOT)).encoded())
    assert (int(shorter.outcome), shorter.known_size) == (409, 10)
    assert state(node, source) == before
    with node.store.snapshot() as seen:
        assert [row.size for row in seen.checkpoints(source.origin)] == [0, 10, 10, 12]


def test_two_at_once_cannot_both_move_it(node: Node, source: Node) -> None:
    """Of many requests for different continuations at one time exactly one is cosigned: check and store are one."""
    asked = [AddCheckpoint(0, (), forged(source, 5, leaf_hash(b"%d" % n))).encoded() for n in range(6)]
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(int(witness.answer(node, one).outcome))) for one in asked
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]
    with node.store.snapshot() as seen:
        cosigned = [row for row in seen.checkpoints(source.origin) if seen.cosignatures(row.origin, 5, row.root)]
    assert len(cosigned) == 1


def test_a_failure_to_mark_gives_no_signature(node: Node, source: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the mark cannot be written nothing is given away; later the same checkpoint is cosigned."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    log.checkpoint(source)  # its own mark is written before
    with monkeypatch.context() as patch:
        patch.setattr("skywitness.record.node.seen.write_durably", full)
        with pytest.raises(InputError) as refused:
            ask(node, source, 0)
    assert refused.value.kind == "store_full"
    with node.store.snapshot() as seen:
        assert seen.cosignatures(source.origin, 10, log.checkpoint(source).root) == ()
    assert int(ask(node, source, 10).outcome) == 200


LOST = "retire this witness key and introduce a new one"


def test_a_rolled_back_store_is_noticed(
    make_node: Callable[..., Node],
    accept: Callable[..., None],
    note_entries: Callable[..., None],
    clock: Callable[[], object],
    tmp_path: Path,
) -> None:
    """A store file put back from a copy, before one cosignature or many, never cosigns again with this key."""
    node, source = make_node("DEU"), make_node("UKR")
    accept(node, source)
    node.store.close()
    shutil.copy(node.folder / "record.db", tmp_path / "copy.db")
    assert int(ask(node, source, 0).outcome) == 200
    note_entries(source, 1)
    assert int(ask(node, source, 1).outcome) == 200
    node.store.close()
    shutil.copy(tmp_path / "copy.db", node.folder / "record.db")
    again = open_node(node.folder, node.clock)
    for _ in range(2):
        with pytest.raises(InputError) as refused:
            ask(again, source, 0)
        assert refused.value.kind == "witness_state_lost"
        assert LOST in str(refused.value)
    with pytest.raises(InputError):
        witness.require_state(again)
    assert state(again, source) is None
    again.close()


def test_a_fresh_store_with_an_old_key_is_noticed(
    make_node: Callable[..., Node], accept: Callable[..., None], fails: Callable[..., None]
) -> None:
    """A key brought to another store, with its mark or without, is refused."""
    node, fresh, source = make_node("DEU"), make_node("POL"), make_node("UKR")
    accept(node, source)
    accept(fresh, source)
    assert int(ask(node, source, 0).outcome) == 200
    moved = dataclasses.replace(fresh, witness_key=node.witness_key, witness_mark=node.witness_mark)
    fails("witness_state_lost", lambda: ask(moved, source, 0))
    node.witness_mark.path.unlink()
    fails("no_mark", lambda: ask(moved, source, 0))
    fails("no_mark", lambda: ask(node, source, 1))


def test_a_folder_put_back_whole_is_noticed_by_our_own_signature(
    make_node: Callable[..., Node], accept: Callable[..., None], tmp_path: Path, fails: Callable[..., None]
) -> None:
    """Even when the marks were put back too: a checkpoint that bears our own cosignature is one we should remember."""
    node, source = make_node("DEU"), make_node("UKR")
    accept(node, source)
    node.store.close()
    shutil.copytree(node.folder, tmp_path / "back")
    cosignatures = ask(node, source, 0).cosignatures
    back = open_node(tmp_path / "back", node.clock)
    note = parse_note(log.checkpoint(source).note).with_signatures(cosignatures)
    fails("witness_state_lost", lambda: witness.answer(back, AddCheckpoint(0, (), note).encoded()))
    back.close()


def test_checkpoints_of_others_stay_as_they_were_signed(node: Node, source: Node) -> None:
    """What is kept of a checkpoint are the bytes that came."""
    row = log.checkpoint(source)
    ask(node, source, 0)
    with node.store.snapshot() as seen:
        assert seen.checkpoint(source.origin, 10) == row


def test_no_time_before_its_own_log_is_signed(
    node: Node, source: Node, clock: Any, note_entries: Callable[..., None], fails: Callable[..., None]
) -> None:
    """A witness whose clock is before the last entry of its own log does not tell that time to others."""
    log.checkpoint(source)
    clock.move(60)
    note_entries(node, 1)
    clock.move(-1)
    fails("clock_set_back", lambda: ask(node, source, 0))
    assert state(node, source) is None
    clock.move(1)
    assert int(ask(node, source, 0).outcome) == 200


def test_a_partys_witness_cosigns_its_own_log_as_any_other(node: Node, note_entries: Callable[..., None]) -> None:
    """A checkpoint of the own log bears the Party's own cosignature, each continuing the last, once for each head."""
    for more in (2, 0, 3):
        note_entries(node, more) if more else None
        row = log.checkpoint(node)
        with node.store.snapshot() as seen:
            lines = seen.cosignatures(node.origin, row.size, row.root)
        assert {line.witness for line in lines} == {node.witness_key.name}
        assert len(lines) == 2
        assert state(node, node) == Head(row.size, row.root)


def test_a_log_goes_on_without_its_lost_witness(node: Node, note_entries: Callable[..., None]) -> None:
    """A Party whose witness key was lost with its mark still signs its log; what lacks is the cosignature alone."""
    node.witness_mark.path.unlink()
    note_entries(node, 1)
    row = log.checkpoint(node)
    with node.store.snapshot() as seen:
        assert seen.cosignatures(node.origin, row.size, row.root) == ()
