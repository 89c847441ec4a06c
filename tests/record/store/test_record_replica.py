"""Copies of other logs: nothing that no checkpoint covers, nothing that contradicts what was seen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest

from skywitness.core.errors import InputError
from skywitness.record.audit import audit
from skywitness.record.entry.keys import generate
from skywitness.record.log import log, replica
from skywitness.record.log.replica import Batch, Flow, Leaf
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.hashing import EMPTY_ROOT, leaf_hash
from skywitness.record.merkle.tree import consistency_proof, root_of_leaves
from skywitness.record.node.node import Node, pair_signer
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.note.pair import PairKeys, Role
from skywitness.record.store.model import EntryRow, Store
from skywitness.record.trust import roster


@pytest.fixture
def source(make_node: Callable[..., Node], note_entries: Callable[..., None]) -> Node:
    """Give a node of UKR whose log has 10 entries."""
    made = make_node("UKR")
    note_entries(made, 9)
    return made


def keys(source: Node) -> PairKeys:
    """Give the keys of the log that is copied, as others know them."""
    return roster.log_keys(source.introduction())


def batch(source: Node, start: int, end: int, withheld: tuple[int, ...] = ()) -> Batch:
    """Take a stretch of a log, as its owner sends it."""
    row = log.checkpoint(source)
    with source.store.snapshot() as seen:
        leaves = tuple(
            Leaf(one.leaf_hash, None, "not for you") if one.index in withheld else Leaf(one.leaf_hash, one.envelope)
            for one in seen.entries(source.origin, start, end)
        )
        proof = () if end >= row.size or not end else consistency_proof(end, row.size, lookup(seen, source.origin))
    return Batch(row.note, start, leaves, proof)


def rows(store: Store, origin: str) -> list[EntryRow]:
    """List what a store holds of a log."""
    with store.snapshot() as seen:
        return list(seen.entries(origin))


def test_a_copy_is_the_log(store: Store, source: Node) -> None:
    """In any stretches, overlapping too, the copy becomes the log, row by row, with all its subtrees."""
    for start, end, size in ((0, 3, 3), (1, 7, 7), (2, 5, 7), (7, 10, 10), (0, 10, 10)):
        assert replica.extend(store, "UKR", keys(source), batch(source, start, end)) == size
    assert rows(store, source.origin) == rows(source.store, source.origin)
    assert audit(store) == ()
    with store.snapshot() as seen:
        assert [row.size for row in seen.checkpoints(source.origin)] == [10]


def test_withheld_entries_are_taken_later(store: Store, source: Node) -> None:
    """What is withheld is known by its leaf hash; its envelope comes in a later batch or alone, never another one."""
    replica.extend(store, "UKR", keys(source), batch(source, 0, 10, withheld=(4, 5)))
    assert [row.index for row in rows(store, source.origin) if row.envelope is None] == [4, 5]
    replica.extend(store, "UKR", keys(source), batch(source, 4, 5))
    envelope = rows(source.store, source.origin)[5].envelope
    assert envelope is not None
    with pytest.raises(InputError):
        replica.reveal(store, source.origin, 5, envelope + b" ")
    replica.reveal(store, source.origin, 5, envelope)
    assert rows(store, source.origin) == rows(source.store, source.origin)


def altered(taken: Batch, place: int, leaf: Leaf) -> Batch:
    """Put another leaf into a batch."""
    return dataclasses.replace(taken, leaves=(*taken.leaves[:place], leaf, *taken.leaves[place + 1 :]))


ATTACKS: dict[str, tuple[Callable[[Batch], Batch], str]] = {
    "another leaf": (lambda b: altered(b, 2, Leaf(leaf_hash(b"x"), b"x")), "split_view"),
    "envelope without its hash": (lambda b: altered(b, 2, Leaf(b.leaves[2].leaf_hash, b"x")), "bad_leaf"),
    "one left out": (lambda b: dataclasses.replace(b, leaves=b.leaves[1:]), "split_view"),
    "one too many": (lambda b: dataclasses.replace(b, leaves=(*b.leaves, b.leaves[0])), "not_covered"),
    "two exchanged": (lambda b: dataclasses.replace(b, leaves=(b.leaves[1], b.leaves[0], *b.leaves[2:])), "split_view"),
    "none": (lambda b: dataclasses.replace(b, leaves=()), "replica_gap"),
    "a gap": (lambda b: dataclasses.replace(b, start=3, leaves=b.leaves[3:]), "replica_gap"),
    "no proof": (lambda b: dataclasses.replace(b, leaves=b.leaves[:4]), "split_view"),
    "no signature": (lambda b: dataclasses.replace(b, checkpoint=b.checkpoint.partition("— ".encode())[0]), "bad_note"),
    "a signature turned": (lambda b: dataclasses.replace(b, checkpoint=b.checkpoint[:-9] + b"AAAAAAA=\n"), ""),
    "another size": (lambda b: dataclasses.replace(b, checkpoint=b.checkpoint.replace(b"\n10\n", b"\n11\n")), ""),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_on_a_copy(store: Store, source: Node, name: str) -> None:
    """What the checkpoint does not cover is refused whole, and nothing of it stays, not even the checkpoint."""
    attack, kind = ATTACKS[name]
    with pytest.raises(InputError) as refused:
        replica.extend(store, "UKR", keys(source), attack(batch(source, 0, 10)))
    assert refused.value.kind == kind or not kind
    with store.snapshot() as seen:
        assert seen.logs() == ()
        assert seen.checkpoints(source.origin) == ()


def test_a_second_history_is_refused(store: Store, source: Node, make_node: Callable[..., Node]) -> None:
    """A log that was shown differently before is refused, though its new checkpoint is rightly signed."""
    replica.extend(store, "UKR", keys(source), batch(source, 0, 10))
    leaves = [row.leaf_hash for row in rows(source.store, source.origin)]
    other = [*leaves[:9], leaf_hash(b"another"), leaf_hash(b"more")]
    note = sign_checkpoint(Checkpoint(source.origin, 11, root_of_leaves(other)), source.log_key, source.clock())
    with pytest.raises(InputError) as refused:
        replica.extend(
            store, "UKR", keys(source), Batch(note.encoded(), 9, tuple(Leaf(one, None, "no") for one in other[9:]))
        )
    assert refused.value.kind == "split_view"
    behind = Batch(note.encoded(), 10, (Leaf(other[10], None, "no"),))
    with pytest.raises(InputError):
        replica.extend(store, "UKR", keys(source), behind)
    assert rows(store, source.origin) == rows(source.store, source.origin)


def test_a_checkpoint_seen_before_binds(store: Store, source: Node, note_entries: Callable[..., None]) -> None:
    """A checkpoint known from elsewhere, of a size not copied yet, has to fit once the copy gets there."""
    signed = sign_checkpoint(Checkpoint(source.origin, 11, leaf_hash(b"other")), source.log_key, source.clock())
    replica.extend(store, "UKR", keys(source), batch(source, 0, 10))
    from skywitness.record.store.model import CheckpointRow

    with store.transaction() as change:
        change.add_checkpoint(CheckpointRow(source.origin, 11, leaf_hash(b"other"), signed.encoded()))
    note_entries(source, 2)
    with pytest.raises(InputError) as refused:
        replica.extend(store, "UKR", keys(source), batch(source, 10, 12))
    assert refused.value.kind == "split_view"


def test_keys_and_owners(store: Store, source: Node, fails: Callable[..., None]) -> None:
    """A log is copied under the keys of its Party and no other's; an own log is no copy."""
    taken = batch(source, 0, 10)
    foreign = pair_signer(generate("POL"), source.origin, Role.LOG).keys
    fails("note_unsigned", lambda: replica.extend(store, "UKR", foreign, taken))
    replica.extend(store, "UKR", keys(source), taken)
    fails("own_log", lambda: replica.extend(store, "POL", keys(source), taken))
    fails("own_log", lambda: replica.extend(source.store, "UKR", keys(source), taken))


def test_garbage_signed_into_a_log_is_kept(store: Store, source: Node) -> None:
    """Bytes that are no entry, yet signed into the log, are kept as they are: they tell about their Party."""
    junk = b"no entry"
    note = sign_checkpoint(Checkpoint(source.origin, 1, leaf_hash(junk)), source.log_key, source.clock())
    replica.extend(store, "UKR", keys(source), Batch(note.encoded(), 0, (Leaf(leaf_hash(junk), junk),)))
    assert [(row.envelope, row.address) for row in rows(store, source.origin)] == [(junk, None)]
    assert audit(store) == ()


def test_an_empty_log_has_a_checkpoint(store: Store, source: Node) -> None:
    """The checkpoint of a log without entries is taken, and leads to nothing."""
    note = sign_checkpoint(Checkpoint(source.origin, 0, EMPTY_ROOT), source.log_key, source.clock())
    assert replica.extend(store, "UKR", keys(source), Batch(note.encoded(), 0, ())) == 0


def test_leaves_are_read_once_and_nothing_shows_before_the_end(store: Store, source: Node) -> None:
    """Leaves may come one after the other; nobody sees any of them before they lead to the checkpoint."""
    taken, seen_at = batch(source, 0, 10), list[int]()

    def leaves() -> Iterator[Leaf]:
        for leaf in taken.leaves:
            with store.snapshot() as seen:
                seen_at.append(len(seen.logs()))
            yield leaf

    assert replica.extend(store, "UKR", keys(source), Flow(taken.checkpoint, 0, leaves())) == 10
    assert seen_at == [0] * 10
    assert rows(store, source.origin) == rows(source.store, source.origin)
    with pytest.raises(InputError) as refused:
        replica.extend(store, "UKR", keys(source), Flow(taken.checkpoint, 0, iter([*taken.leaves, taken.leaves[0]])))
    assert refused.value.kind == "not_covered"


def test_a_long_log_is_added_in_pieces(
    store: Store, source: Node, note_entries: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the pieces fall, the copy is the log; what is wrong in a late one leaves nothing of the earlier ones."""
    monkeypatch.setattr(replica, "_AT_ONCE", 3)
    replica.extend(store, "UKR", keys(source), batch(source, 0, 4))
    whole = batch(source, 0, 10)
    with pytest.raises(InputError) as refused:
        replica.extend(store, "UKR", keys(source), altered(whole, 9, Leaf(leaf_hash(b"x"), b"x")))
    assert refused.value.kind == "split_view"
    assert len(rows(store, source.origin)) == 4
    assert replica.extend(store, "UKR", keys(source), whole) == 10
    assert rows(store, source.origin) == rows(source.store, source.origin)
    assert audit(store) == ()


def test_what_was_set_aside_is_kept_and_the_copy_grows_again(store: Store, source: Node) -> None:
    """A stretch moved aside is there with its checkpoints; the rest is a whole log, to which all can be added again."""
    replica.extend(store, "UKR", keys(source), batch(source, 0, 10, withheld=(7,)))
    gone = rows(store, source.origin)[6:]
    with store.transaction() as change:
        (row,) = change.checkpoints(source.origin)
        assert change.put_aside(source.origin, 6, [row]) == 1
    with store.snapshot() as seen:
        kept = list(seen.aside(source.origin))
        log = seen.log(source.origin)
        assert log is not None
        assert (log.size, seen.checkpoints(source.origin)) == (6, ())
        assert [one.kind for one in seen.aside(source.origin, "checkpoint")] == ["checkpoint"]
    told = [(one.index, one.hash, one.body) for one in kept if one.kind == "entry"]
    assert told == [(one.index, one.leaf_hash, one.envelope) for one in gone]
    assert [(one.index, one.hash, one.body) for one in kept if one.kind == "checkpoint"] == [(10, row.root, row.note)]
    assert audit(store) == ()
    assert replica.extend(store, "UKR", keys(source), batch(source, 6, 10)) == 10
    assert rows(store, source.origin) == rows(source.store, source.origin)
    with store.transaction() as change:
        assert change.put_aside(source.origin, 0, []) == 2
    with store.snapshot() as seen:
        assert len(list(seen.aside(source.origin, "entry"))) == 14
    assert audit(store) == ()
