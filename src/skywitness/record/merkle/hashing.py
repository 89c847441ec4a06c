"""The two hashes of the tree, and the limits of its numbers (RFC 6962, Section 2.1; RFC 9162, Section 2.1.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

HASH_SIZE = 32
MAX_SIZE = 2**63 - 1
"""No tree has more leaves; numbers above are refused wherever they come from outside."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

NodeLookup = Callable[[int, int], bytes]
"""Gives the hash of a complete subtree: ``node(level, position)``, over 2**level leaves from position * 2**level on."""


class TreeNode(NamedTuple):
    """One complete subtree and its hash, as a store keeps it."""

    level: int
    position: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry to the leaf that stands for it (RFC 9162, Section 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees to the one above them (RFC 9162, Section 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()
