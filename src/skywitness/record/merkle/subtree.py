"""Inclusion and consistency of a subtree ``[start, end)`` (draft-ietf-plants-merkle-tree-certs, section Subtrees).

Checks raise ``InputError`` with the kinds of ``tree``, and ``proof_subtree`` for a stretch that is no subtree.
"""

from __future__ import annotations

from collections.abc import Sequence

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.merkle import tree
from skywitness.record.merkle.hashing import EMPTY_ROOT, NodeLookup, node_hash
from skywitness.record.merkle.ranges import Stretch, consistency_stretches, inclusion_stretches


def is_subtree(start: int, end: int) -> bool:
    """Tell whether ``[start, end)`` is a subtree: it begins at a multiple of the power of two that holds it.

    >>> is_subtree(4, 7), is_subtree(3, 5), is_subtree(2, 2)
    (True, False, False)
    """
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def subtree_root(start: int, end: int, node: NodeLookup) -> bytes:
    """Compute the root of a subtree from kept complete subtrees."""
    _require_subtree(start, end)
    return tree.hash_of(Stretch(start, end), node)


def inclusion_proof(index: int, start: int, end: int, node: NodeLookup) -> tuple[bytes, ...]:
    """Prove that leaf ``index`` of the log is in the subtree."""
    _require_subtree(start, end)
    tree.require_index(index, start, end)
    return tuple(tree.hash_of(stretch, node) for stretch in inclusion_stretches(index, start, end))


def consistency_proof(start: int, end: int, size: int, node: NodeLookup) -> tuple[bytes, ...]:
    """Prove that the tree of ``size`` leaves holds the subtree."""
    _require_subtree(start, end)
    _require_within(end, size)
    return tuple(tree.hash_of(stretch, node) for stretch in consistency_stretches(start, end, size))


def check_inclusion(index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf (its hash) stands at ``index`` of the log, in the subtree under ``root``."""
    tree.require_index(index, start, end)
    _require_subtree(start, end)
    tree.climb(index - start, end - start - 1, leaf, proof, root)


def check_consistency(
    start: int, end: int, size: int, subtree_root: bytes, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of ``size`` leaves under ``root`` holds the subtree under ``subtree_root``.

    An empty stretch within the tree is one with the empty root and an empty proof, as the draft has it; it says nothing
    about the tree.
    """
    tree.require_numbers(start, end, size)
    _require_within(end, size)
    if start == end:
        if proof:
            raise tree.too_long()
        tree.require_same_old(EMPTY_ROOT, subtree_root)
        return
    _require_subtree(start, end)
    if (start, end) == (0, size):
        if proof:
            raise tree.too_long()
        tree.require_same(subtree_root, root)
        return
    _climb_both(start, end, size, subtree_root, root, proof)


def _climb_both(start: int, end: int, size: int, subtree_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    first, last, right = start, end - 1, size - 1
    while first != last and (last == right or last & 1):
        first, last, right = first >> 1, last >> 1, right >> 1
    # Where the subtree is one complete node of the tree, its own root is where the way up begins.
    values = list(proof) if first != last else [subtree_root, *proof]
    if not values:
        raise tree.too_short()
    tree.require_hashes(values)
    low = high = values[0]
    for sibling in values[1:]:
        if right == 0:
            raise tree.too_long()
        if last & 1 or last == right:
            if first < last:
                low = node_hash(sibling, low)
            high = node_hash(sibling, high)
            while last and not last & 1:
                first, last, right = first >> 1, last >> 1, right >> 1
        else:
            high = node_hash(high, sibling)
        first, last, right = first >> 1, last >> 1, right >> 1
    if right:
        raise tree.too_short()
    tree.require_same_old(low, subtree_root)
    tree.require_same(high, root)


def _require_subtree(start: int, end: int) -> None:
    tree.require_numbers(start, end)
    if not is_subtree(start, end):
        message = say("The leaves {start} to {end} (excluded) are no subtree of a log.", start=start, end=end)
        raise InputError("proof_subtree", message)


def _require_within(end: int, size: int) -> None:
    tree.require_numbers(end, size)
    if end > size:
        message = say("The subtree ends at leaf {end}, but the tree has only {size} leaves.", end=end, size=size)
        raise InputError("proof_shrinks", message)
