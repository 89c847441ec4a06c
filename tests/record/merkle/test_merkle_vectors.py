"""The published vectors of Merkle proofs, hostile ones included."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from skywitness.core.errors import InputError
from skywitness.record.merkle import subtree, tree

Vector = dict[str, Any]


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _proof(vector: Vector) -> list[bytes]:
    return [_bytes(one) for one in vector["proof"] or []]


def _inclusion(v: Vector) -> None:
    tree.check_inclusion(v["leafIdx"], v["treeSize"], _bytes(v["leafHash"]), _proof(v), _bytes(v["root"]))


def _consistency(v: Vector) -> None:
    tree.check_consistency(v["size1"], v["size2"], _bytes(v["root1"]), _bytes(v["root2"]), _proof(v))


def _subtree_inclusion(v: Vector) -> None:
    subtree.check_inclusion(v["leafIdx"], v["start"], v["end"], _bytes(v["leafHash"]), _proof(v), _bytes(v["root"]))


def _subtree_consistency(v: Vector) -> None:
    subtree.check_consistency(v["start"], v["end"], v["size"], _bytes(v["root1"]), _bytes(v["root2"]), _proof(v))


CHECKS: dict[str, Callable[[Vector], None]] = {
    "inclusion": _inclusion,
    "consistency": _consistency,
    "subtreeinclusion": _subtree_inclusion,
    "subtreeconsistency": _subtree_consistency,
}


def _refusal(check: Callable[[Vector], None], vector: Vector) -> str:
    try:
        check(vector)
    except InputError as error:
        return error.kind
    return ""


def test_every_published_vector_is_judged_as_published(shared: Path) -> None:
    """All vectors of the four kinds, good and hostile, end as their authors say they must."""
    folder = shared / "vectors" / "merkle" / "testdata"
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    for file in sorted(folder.rglob("*.json")):
        kind = file.relative_to(folder).parts[0]
        vector = json.loads(file.read_text(encoding="utf-8"))
        counted[kind] += 1
        refusal = _refusal(CHECKS[kind], vector)
        if refusal.startswith("proof_") is not vector["wantErr"]:
            wrong.append(f"{file.relative_to(folder)}: {vector['desc']}")
    assert not wrong
    assert set(counted) == set(CHECKS)
    assert min(counted.values()) >= 90
    assert counted.total() >= 518
