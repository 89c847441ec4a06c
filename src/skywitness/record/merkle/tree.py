"""Inclusion and consistency in the whole tree: proofs made and checked (RFC 9162, Section 2.1; RFC 6962, Section 2.1).

A check returns nothing when the proof holds and raises ``InputError`` otherwise, so that no result can be forgotten.
``InputError.kind`` names what is wrong: ``proof_numbers`` (index, sizes), ``proof_empty_tree``, ``proof_shrinks``,
``proof_hash_length``, ``proof_too_short``, ``proof_too_long``, ``proof_old_root``, ``proof_root``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.merkle.frontier import Frontier, frontier_of, join, root_of_leaves
from skywitness.record.merkle.hashing import (
    EMPTY_ROOT,
    HASH_SIZE,
    MAX_SIZE,
    NodeLookup,
    TreeNode,
    leaf_hash,
    node_hash,
)
from skywitness.record.merkle.ranges import Stretch, complete_subtrees, consistency_stretches, inclusion_stretches

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "MAX_SIZE",
    "Frontier",
    "NodeLookup",
    "TreeNode",
    "check_consistency",
    "check_inclusion",
    "consistency_proof",
    "frontier_of",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root_at",
    "root_of_leaves",
]


def root_at(size: int, node: NodeLookup) -> bytes:
    """Compute the root of the first ``size`` leaves from kept subtrees."""
    require_numbers(size)
    return hash_of(Stretch(0, size), node)


def inclusion_proof(index: int, size: int, node: NodeLookup) -> tuple[bytes, ...]:
    """Prove that leaf ``index`` is in the tree of ``size`` leaves: hashes from the leaf's sibling upward.

    The look-ups grow with the logarithm of ``size``.  Raises ``InputError`` (``proof_numbers``) when there is no such
    leaf.
    """
    require_index(index, 0, size)
    return tuple(hash_of(stretch, node) for stretch in inclusion_stretches(index, 0, size))


def consistency_proof(old_size: int, size: int, node: NodeLookup) -> tuple[bytes, ...]:
    """Prove that the tree of ``size`` leaves begins with the one of ``old_size``; empty when they are the same.

    Raises ``InputError`` (``proof_empty_tree``, ``proof_shrinks``) where no proof exists.
    """
    _require_growth(old_size, size)
    return tuple(hash_of(stretch, node) for stretch in consistency_stretches(0, old_size, size))


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf (its hash) stands at ``index`` under the root of ``size`` leaves (RFC 9162, 2.1.3.2)."""
    require_index(index, 0, size)
    climb(index, size - 1, leaf, proof, root)


def climb(index: int, last: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Walk from leaf ``index`` of the leaves 0 to ``last`` up to the root, or raise what hinders."""
    require_hashes([leaf, *proof])
    here, right, hashed = index, last, leaf
    for sibling in proof:
        if right == 0:
            raise too_long()
        if here & 1 or here == right:
            hashed = node_hash(sibling, hashed)
            while not here & 1 and here:
                here, right = here >> 1, right >> 1
        else:
            hashed = node_hash(hashed, sibling)
        here, right = here >> 1, right >> 1
    if right:
        raise too_short()
    require_same(hashed, root)


def check_consistency(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree under ``root`` begins with the leaves under ``old_root`` (RFC 9162, Section 2.1.4.2).

    An old size of 0 is refused (``proof_empty_tree``): every tree begins with the empty one, so it would prove nothing.
    """
    _require_growth(old_size, size)
    if old_size == size:
        if proof:
            raise too_long()
        require_same(old_root, root)
        return
    if not proof:
        raise too_short()
    complete = old_size & (old_size - 1) == 0
    first, *others = [old_root, *proof] if complete else proof
    require_hashes([first, *others])
    here, right = old_size - 1, size - 1
    while here & 1:
        here, right = here >> 1, right >> 1
    old_hashed = hashed = first
    for sibling in others:
        if right == 0:
            raise too_long()
        if here & 1 or here == right:
            old_hashed, hashed = node_hash(sibling, old_hashed), node_hash(sibling, hashed)
            while not here & 1 and here:
                here, right = here >> 1, right >> 1
        else:
            hashed = node_hash(hashed, sibling)
        here, right = here >> 1, right >> 1
    if right:
        raise too_short()
    require_same_old(old_hashed, old_root)
    require_same(hashed, root)


def hash_of(stretch: Stretch, node: NodeLookup) -> bytes:
    """Compute the hash over a stretch from kept subtrees."""
    return join([node(level, position) for level, position in complete_subtrees(*stretch)])


def require_numbers(*numbers: int) -> None:
    """Refuse what is no whole number from 0 to ``MAX_SIZE``."""
    for number in numbers:
        if type(number) is not int or not 0 <= number <= MAX_SIZE:
            message = say(
                "A position or size in a tree is a whole number from 0 to {most}, not {met}.", met=number, most=MAX_SIZE
            )
            raise InputError("proof_numbers", message)


def require_index(index: int, start: int, end: int) -> None:
    """Refuse a leaf that is not in ``[start, end)``."""
    require_numbers(index, start, end)
    if not start <= index < end:
        message = say(
            "Leaf {index} is not among the leaves {start} to {end} (excluded).", index=index, start=start, end=end
        )
        raise InputError("proof_numbers", message)


def require_hashes(hashes: Iterable[bytes]) -> None:
    """Refuse what is not as long as a hash."""
    for hashed in hashes:
        if len(hashed) != HASH_SIZE:
            message = say(
                "A hash in the proof has {met} bytes instead of {expected}.", met=len(hashed), expected=HASH_SIZE
            )
            raise InputError("proof_hash_length", message)


def require_same(computed: bytes, root: bytes) -> None:
    """Refuse a proof that leads to another root."""
    if computed != root:
        message = say(
            "The proof leads to the root {computed}, but the root of the tree is {root}.",
            computed=computed.hex(),
            root=root.hex(),
        )
        raise InputError("proof_root", message)


def require_same_old(computed: bytes, root: bytes) -> None:
    """Refuse a proof that starts from another smaller tree."""
    if computed != root:
        message = say(
            "The proof is of a smaller tree with the root {computed}, but the root known for it is {root}.",
            computed=computed.hex(),
            root=root.hex(),
        )
        raise InputError("proof_old_root", message)


def too_long() -> InputError:
    """Say that hashes are left over."""
    return InputError("proof_too_long", say("The proof has more hashes than the way to the root has steps."))


def too_short() -> InputError:
    """Say that hashes are lacking."""
    return InputError("proof_too_short", say("The proof ends before it reaches the root."))


def _require_growth(old_size: int, size: int) -> None:
    require_numbers(old_size, size)
    if old_size == 0:
        message = say("The older tree is empty; every tree begins with the empty one, so nothing would be proved.")
        raise InputError("proof_empty_tree", message)
    if old_size > size:
        message = say("The older tree has {old} leaves, more than the newer one with {new}.", old=old_size, new=size)
        raise InputError("proof_shrinks", message)
