"""Which stretches of leaves a proof is made of: the recursion of RFC 9162 without its hashes.

A stretch is ``[start, end)``.  Those that occur in proofs begin at a multiple of the power of two that holds them,
so each is a row of complete subtrees, which is what a store keeps.  Proofs are made by these stretches and checked
by walking bits (``tree``, ``subtree``): two ways that know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Stretch(NamedTuple):
    """Leaves ``start`` (included) to ``end`` (excluded)."""

    start: int
    end: int


def complete_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give (level, position) of the complete subtrees that make up a stretch, the largest (leftmost) first.

    ``start`` must be a multiple of the smallest power of two that is not below ``end - start``.
    """
    width = end - start
    for level in reversed(range(width.bit_length())):
        if width >> level & 1:
            yield level, start >> level
            start += 1 << level


def split(width: int) -> int:
    """Give the largest power of two below ``width`` (2 or more): where a tree of that width is cut in two."""
    return 1 << (width - 1).bit_length() - 1


def inclusion_stretches(index: int, start: int, end: int) -> list[Stretch]:
    """List the siblings on the way from a leaf up to the root of ``[start, end)`` (RFC 9162, Section 2.1.3.1)."""
    downward: list[Stretch] = []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            downward.append(Stretch(middle, end))
            end = middle
        else:
            downward.append(Stretch(start, middle))
            start = middle
    return downward[::-1]


def consistency_stretches(start: int, end: int, size: int) -> list[Stretch]:
    """List what ties ``[start, end)`` to the tree of ``size`` leaves, lowest first.

    With ``start`` 0 this is the consistency proof of RFC 9162, Section 2.1.4.1; otherwise that of a subtree
    (draft-ietf-plants-merkle-tree-certs, Subtree Consistency Proofs).
    """
    downward: list[Stretch] = []
    low, high, known = 0, size, True
    while (start, end) != (low, high):
        middle = low + split(high - low)
        if end <= middle:
            downward.append(Stretch(middle, high))
            high = middle
        elif start >= middle:
            downward.append(Stretch(low, middle))
            low = middle
        else:
            # The stretch reaches over the cut: its left part is complete and goes into the proof, the right is left.
            downward.append(Stretch(low, middle))
            start = low = middle
            known = False
    if not known:
        downward.append(Stretch(low, high))
    return downward[::-1]
