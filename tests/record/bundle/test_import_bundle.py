"""A node takes the logs of a bundle as far as they hold, and refuses each of the others with a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.programs import load_program

from skywitness.core.errors import InputError
from skywitness.record.bundle.withheld import read_withheld, write_withheld
from skywitness.record.importing import import_bundle
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node
from skywitness.record.store.model import IntroductionRow

made: ModuleType = load_program("benchmarks/record_world.py")
WORLD = made.honest(4)


def now() -> dt.datetime:
    """Tell the time of the importing node."""
    return dt.datetime(2019, 4, 5, tzinfo=dt.UTC)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give the node of a Party that took no part and has accepted the others."""
    node_make.init(tmp_path / "CAN", node_make.Wanted("CAN"), now)
    opened = open_node(tmp_path / "CAN", now)
    with opened.store.transaction() as change:
        for side in WORLD.sides.values():
            change.put_introduction(IntroductionRow(side.code, 1, side.introduction(), accepted=True))
    yield opened
    opened.close()


def test_logs_and_files_come_in_once(node: Node, tmp_path: Path) -> None:
    """Every log comes in whole with the files its entries name, and a second time nothing is new."""
    path = tmp_path / "flight.tar"
    path.write_bytes(WORLD.bundle(WORLD.files()))
    first = import_bundle(node, path)
    assert [(one.size, one.new) for one in first.logs] == [(n, n) for n in map(len, leaves())]
    assert first.objects == len(WORLD.objects) > 0
    again = import_bundle(node, path)
    assert ({one.new for one in again.logs}, again.objects) == ({0}, 0)


def leaves() -> list[list[bytes]]:
    """Give the leaves of all logs, in the order of the bundle."""
    return [side.leaves for side in WORLD.sides.values()]


def test_a_withheld_entry_comes_as_its_hash_and_its_reason(node: Node, tmp_path: Path) -> None:
    """Of an entry that a bundle withholds the node keeps why, and the log is as long as with it."""
    path = tmp_path / "flight.tar"
    path.write_bytes(WORLD.bundle(WORLD.files() | WORLD.log_files(0, "DEU", {2: "OS:IX.IV.1"})))
    assert import_bundle(node, path).logs[0].size == len(WORLD.sides["DEU"].leaves)
    with node.store.snapshot() as seen:
        rows = list(seen.entries("deu/record"))
    assert [(row.index, row.withheld) for row in rows if row.envelope is None] == [(2, "OS:IX.IV.1")]


WRONG = [b"", b"[]", b"{", b"null", b'{"01":"why"}', b'{"-1":"why"}', b'{"x":"why"}', b'{"0":7}', b'{"0":""}', b"\xff"]


@pytest.mark.parametrize("data", WRONG)
def test_a_log_whose_file_of_what_is_withheld_is_wrong_is_refused_alone(
    node: Node, tmp_path: Path, data: bytes
) -> None:
    """A file that is no JSON, or says something else, refuses its own log with a sentence; the others come in."""
    path = tmp_path / "flight.tar"
    path.write_bytes(WORLD.bundle(WORLD.files() | {"logs/0/withheld.json": data}))
    taken = import_bundle(node, path).logs
    assert [one.refused is None for one in taken] == [False, True, True]
    assert [one.new for one in taken] == [0, len(leaves()[1]), len(leaves()[2])]


def test_what_is_withheld_comes_back() -> None:
    """The file is read as it was written; anything else of it is refused with its place."""
    told = {10: "OS:IX.IV.1", 2: "for DEU only"}
    assert read_withheld(write_withheld(told)) == told
    with pytest.raises(InputError) as refused:
        read_withheld(b'{"1":[]}', "logs/0/withheld.json")
    assert (refused.value.kind, refused.value.where) == ("bad_withheld", "logs/0/withheld.json")
