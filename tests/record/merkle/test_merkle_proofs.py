"""Proofs of trees of our own: made and checked by two ways, and against the definition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.merkle import subtree, tree
from skywitness.record.merkle.ranges import consistency_stretches, inclusion_stretches

LEAVES = [tree.leaf_hash(b"entry %d" % number) for number in range(80)]


def mth(leaves: list[bytes]) -> bytes:
    """Compute a root by the definition of RFC 6962, Section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """Make an inclusion proof by the definition of RFC 6962, Section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(start: int, end: int, leaves: list[bytes], known: bool = True) -> list[bytes]:
    """Make a consistency proof by the definition of the draft; with start 0 it is RFC 6962, Section 2.1.2."""
    if (start, end) == (0, len(leaves)):
        return [] if known else [mth(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if end <= k:
        return [*subproof(start, end, leaves[:k], known), mth(leaves[k:])]
    if start >= k:
        return [*subproof(start - k, end - k, leaves[k:], known), mth(leaves[:k])]
    return [*subproof(0, end - k, leaves[k:], False), mth(leaves[:k])]


def kept(size: int) -> tree.NodeLookup:
    """Keep the complete subtrees of a tree as a store does."""
    nodes: dict[tuple[int, int], bytes] = {}
    frontier = tree.Frontier()
    for leaf in LEAVES[:size]:
        for level, index, hashed in frontier.add(leaf):
            assert (level, index) not in nodes
            nodes[level, index] = hashed
    return lambda level, position: nodes[level, position]


ALIKE = [LEAVES[0]]
"""What stands at each level of a tree whose leaves are all the same: a real tree of any size."""
for _level in range(63):
    ALIKE.append(tree.node_hash(ALIKE[-1], ALIKE[-1]))

NODE = kept(len(LEAVES))


def refusal(call: Callable[[], None]) -> str:
    """Give the kind of the refusal; nothing when there is none."""
    try:
        call()
    except InputError as error:
        return error.kind
    return ""


@pytest.mark.parametrize("size", [*range(34), 63, 64, 65, 80])
def test_roots_are_those_of_the_definition(size: int) -> None:
    """The streamed root, the root of kept subtrees and that of a resumed frontier are the one RFC 6962 defines."""
    assert tree.root_of_leaves(LEAVES[:size]) == mth(LEAVES[:size])
    assert tree.root_at(size, NODE) == mth(LEAVES[:size])
    resumed = tree.frontier_of(size // 2, NODE)
    for leaf in LEAVES[size // 2 : size]:
        resumed.add(leaf)
    assert (resumed.size, resumed.root()) == (size, mth(LEAVES[:size]))


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64])
def test_inclusion_proofs_are_those_of_the_definition(size: int) -> None:
    """Each leaf of each small tree is proved as RFC 6962 defines, and the proof is accepted."""
    root = mth(LEAVES[:size])
    for index in range(size):
        proof = tree.inclusion_proof(index, size, NODE)
        assert list(proof) == path(index, LEAVES[:size])
        tree.check_inclusion(index, size, LEAVES[index], proof, root)


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64])
def test_consistency_proofs_are_those_of_the_definition(size: int) -> None:
    """Each pair of sizes is proved as RFC 6962 defines, and the proof is accepted."""
    root = mth(LEAVES[:size])
    for old in range(1, size + 1):
        proof = tree.consistency_proof(old, size, NODE)
        assert list(proof) == subproof(0, old, LEAVES[:size])
        tree.check_consistency(old, size, mth(LEAVES[:old]), root, proof)


@pytest.mark.parametrize("size", [*range(1, 20), 31, 32, 33])
def test_subtree_proofs_are_those_of_the_definition(size: int) -> None:
    """Each subtree of each small tree is proved as the draft defines, and the proof is accepted."""
    root = mth(LEAVES[:size])
    for end in range(1, size + 1):
        for start in range(end):
            if not subtree.is_subtree(start, end):
                continue
            part = mth(LEAVES[start:end])
            assert subtree.subtree_root(start, end, NODE) == part
            proof = subtree.consistency_proof(start, end, size, NODE)
            assert list(proof) == subproof(start, end, LEAVES[:size])
            subtree.check_consistency(start, end, size, part, root, proof)
            for index in range(start, end):
                inner = subtree.inclusion_proof(index, start, end, NODE)
                assert list(inner) == path(index - start, LEAVES[start:end])
                subtree.check_inclusion(index, start, end, LEAVES[index], inner, part)


@given(st.data())
def test_a_changed_inclusion_proof_is_refused(data: st.DataObject) -> None:
    """One bit changed, a hash dropped, added or moved, another leaf or root: each is refused by name."""
    size = data.draw(st.integers(2, 80))
    index = data.draw(st.integers(0, size - 1))
    good = list(tree.inclusion_proof(index, size, NODE))
    leaf, root = LEAVES[index], mth(LEAVES[:size])
    change = data.draw(st.sampled_from(["bit", "drop", "add", "leaf", "root", "short", "index"]))
    place = data.draw(st.integers(0, len(good) - 1))
    proof = list(good)
    if change == "bit":
        proof[place] = _one_bit(data, proof[place])
    elif change == "drop":
        del proof[place]
    elif change == "add":
        proof.insert(data.draw(st.integers(0, len(good))), data.draw(st.sampled_from([root, leaf, *good])))
    elif change == "leaf":
        leaf = _one_bit(data, leaf)
    elif change == "root":
        root = _one_bit(data, root)
    elif change == "short":
        proof[place] = proof[place][:-1]
    else:
        index = data.draw(st.integers(-1, size).filter(lambda other: other != index))
    assert refusal(lambda: tree.check_inclusion(index, size, leaf, proof, root)).startswith("proof_")


@given(st.data())
def test_a_changed_consistency_proof_is_refused(data: st.DataObject) -> None:
    """One bit changed, a hash dropped or added, another old size or root: each is refused by name."""
    size = data.draw(st.integers(3, 80))
    old = data.draw(st.integers(1, size - 1))
    proof = list(tree.consistency_proof(old, size, NODE))
    old_root, root = mth(LEAVES[:old]), mth(LEAVES[:size])
    place = data.draw(st.integers(0, len(proof) - 1))
    change = data.draw(st.sampled_from(["bit", "drop", "add", "old_root", "root", "size"]))
    if change == "bit":
        proof[place] = _one_bit(data, proof[place])
    elif change == "drop":
        del proof[place]
    elif change == "add":
        proof.insert(data.draw(st.integers(0, len(proof))), data.draw(st.sampled_from([root, old_root, *proof])))
    elif change == "old_root":
        old_root = _one_bit(data, old_root)
    elif change == "root":
        root = _one_bit(data, root)
    else:
        old = data.draw(st.integers(-1, size + 1).filter(lambda other: other != old))
    assert refusal(lambda: tree.check_consistency(old, size, old_root, root, proof)).startswith("proof_")


def _one_bit(data: st.DataObject, hashed: bytes) -> bytes:
    bit = data.draw(st.integers(0, 255))
    return (int.from_bytes(hashed) ^ 1 << bit).to_bytes(32)


@given(st.integers(1, tree.MAX_SIZE), st.data())
def test_proofs_of_huge_trees_need_few_look_ups(size: int, data: st.DataObject) -> None:
    """A proof in a tree of any size takes at most two look-ups for each of its levels, all of subtrees inside it."""
    index = data.draw(st.integers(0, size - 1))
    asked: list[tuple[int, int]] = []

    def node(level: int, position: int) -> bytes:
        asked.append((level, position))
        return ALIKE[level]

    proof = tree.inclusion_proof(index, size, node)
    assert len(asked) <= 2 * size.bit_length()
    assert all((position + 1) << level <= size for level, position in asked)
    assert len(proof) == len(inclusion_stretches(index, 0, size)) <= 63
    asked.clear()
    older = tree.consistency_proof(index + 1, size, node)
    assert len(asked) <= 3 * size.bit_length()
    assert len(older) == len(consistency_stretches(0, index + 1, size))
    tree.check_inclusion(index, size, ALIKE[0], proof, tree.root_at(size, node))
    tree.check_consistency(index + 1, size, tree.root_at(index + 1, node), tree.root_at(size, node), older)


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda: tree.check_inclusion(0, 0, LEAVES[0], [], LEAVES[0]), "proof_numbers"),
        (lambda: tree.check_inclusion(True, 2, LEAVES[0], [], LEAVES[0]), "proof_numbers"),
        (lambda: tree.check_inclusion(0, 2**63, LEAVES[0], [], LEAVES[0]), "proof_numbers"),
        (lambda: tree.check_inclusion(0, 2, LEAVES[0], [], LEAVES[0]), "proof_too_short"),
        (lambda: tree.check_inclusion(0, 1, LEAVES[0], [LEAVES[1]], LEAVES[0]), "proof_too_long"),
        (lambda: tree.check_inclusion(0, 1, LEAVES[0], [], LEAVES[1]), "proof_root"),
        (lambda: tree.check_inclusion(0, 1, b"", [], b""), "proof_hash_length"),
        (lambda: tree.check_consistency(0, 5, tree.EMPTY_ROOT, LEAVES[0], []), "proof_empty_tree"),
        (lambda: tree.check_consistency(0, 0, tree.EMPTY_ROOT, tree.EMPTY_ROOT, []), "proof_empty_tree"),
        (lambda: tree.check_consistency(3, 2, LEAVES[0], LEAVES[0], []), "proof_shrinks"),
        (lambda: tree.check_consistency(2, 2, LEAVES[0], LEAVES[1], []), "proof_root"),
        (lambda: subtree.check_inclusion(3, 3, 5, LEAVES[0], [], LEAVES[0]), "proof_subtree"),
    ],
)
def test_each_refusal_has_its_name(call: Callable[[], None], kind: str) -> None:
    """What is wrong with a proof is told by a stable name."""
    assert refusal(call) == kind


def test_another_start_of_the_log_is_refused_by_its_root() -> None:
    """A log that rewrote an old entry cannot prove that it only grew."""
    forged = [*LEAVES[:3], tree.leaf_hash(b"forged"), *LEAVES[4:9]]
    proof = subproof(0, 5, forged)
    kind = refusal(lambda: tree.check_consistency(5, 9, mth(LEAVES[:5]), mth(forged), proof))
    assert kind == "proof_old_root"
