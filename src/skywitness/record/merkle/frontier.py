"""A tree that only grows, held as the roots of its complete subtrees: memory grows with the logarithm of its size.

The roots are one for each binary digit of the size, from the largest (left) to the smallest (right); other programs
call this a compact range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.merkle.hashing import EMPTY_ROOT, HASH_SIZE, MAX_SIZE, NodeLookup, TreeNode, node_hash
from skywitness.record.merkle.ranges import complete_subtrees


@dataclass(slots=True)
class Frontier:
    """A tree of ``size`` leaves to which leaves can be added.

    >>> from skywitness.record.merkle.hashing import leaf_hash
    >>> frontier = Frontier()
    >>> [[node.level for node in frontier.add(leaf_hash(entry))] for entry in (b"one", b"two", b"three")]
    [[0], [0, 1], [0]]
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[TreeNode]:
        """Add the hash of a leaf; give every subtree this completes, the leaf first."""
        if len(leaf) != HASH_SIZE:
            raise InputError("bad_leaf", _wrong_length(len(leaf)))
        if self.size >= MAX_SIZE:
            raise InputError("tree_full", say("The tree has {size} leaves, the most that are allowed.", size=MAX_SIZE))
        level, position, hashed = 0, self.size, leaf
        completed = [TreeNode(level, position, hashed)]
        while position & 1:
            hashed = node_hash(self.peaks.pop(), hashed)
            level, position = level + 1, position >> 1
            completed.append(TreeNode(level, position, hashed))
        self.peaks.append(hashed)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Give the root of the tree as it is (RFC 9162, Section 2.1.1)."""
        return join(self.peaks)


def frontier_of(size: int, node: NodeLookup) -> Frontier:
    """Take up a tree of ``size`` leaves from its kept subtrees, with one look-up for each binary digit that is set."""
    return Frontier(size, [node(level, position) for level, position in complete_subtrees(0, size)])


def root_of_leaves(leaves: Iterable[bytes]) -> bytes:
    """Compute the root over the hashes of all leaves, one after the other."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def join(peaks: list[bytes]) -> bytes:
    """Compute one root over complete subtrees that stand side by side, the largest first."""
    if not peaks:
        return EMPTY_ROOT
    hashed = peaks[-1]
    for peak in reversed(peaks[:-1]):
        hashed = node_hash(peak, hashed)
    return hashed


def _wrong_length(met: int) -> Text:
    return say("The hash of a leaf has {met} bytes; it must have {expected}.", met=met, expected=HASH_SIZE)
