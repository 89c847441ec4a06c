"""Who imports whom inside the record: what judges knows nothing of what made, and forms know nothing of stores."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import skywitness

HOUSE = Path(skywitness.__file__).parent
RECORD = HOUSE / "record"

ALLOWED = {
    "base64_text": set[str](),
    "merkle": set[str](),
    "entry": {"base64_text"},
    "note": {"base64_text", "merkle"},
    "store": {"merkle"},
}
"""The rooms that hold forms and bytes, and all that each may know of the record."""

WRITERS = {"node", "log.log", "log.writer", "log.replica", "witness", "streams", "exchange"}
"""What makes and changes logs."""


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """Walk the names a module imports from this package, without the package itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("skywitness."):
            module = tuple((node.module or "").split(".")[1:])
            yield from ((*module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (tuple(one.name.split(".")[1:]) for one in node.names if one.name.startswith("skywitness."))


def rooms_known(room: str) -> set[str]:
    """Name what of the record a room or module of it imports: rooms, and modules in them as ``room.module``."""
    paths = [RECORD / f"{room}.py"] if (RECORD / f"{room}.py").is_file() else sorted((RECORD / room).rglob("*.py"))
    assert paths
    found = [names[1:] for path in paths for names in imported(path) if names[0] == "record" and len(names) > 1]
    return {".".join(names[:depth]) for names in found if names[0] != room for depth in (1, 2)}


@pytest.mark.parametrize("room", ALLOWED)
def test_rooms_of_forms_know_little(room: str) -> None:
    """Entries, trees, notes and stores can be read, and trusted, each by itself."""
    assert {name.split(".")[0] for name in rooms_known(room)} <= ALLOWED[room]


def test_every_writer_stands_where_it_is_looked_for() -> None:
    """A writer that moves away must be found here again."""
    assert all((RECORD / f"{name.replace('.', '/')}.py").is_file() or (RECORD / name).is_dir() for name in WRITERS)


@pytest.mark.parametrize("room", ["verify", "evidence", "discrepancy"])
def test_who_judges_opens_no_log(room: str) -> None:
    """What judges a record takes what it is given; it writes no log, opens no node and talks to nobody."""
    known = rooms_known(room)
    assert "entry" in known
    assert not known & WRITERS


def test_the_record_needs_core_only() -> None:
    """No law, no geometry: what payloads mean is registered from above."""
    others = {names[0] for path in RECORD.rglob("*.py") for names in imported(path)}
    assert others == {"core", "record"}
