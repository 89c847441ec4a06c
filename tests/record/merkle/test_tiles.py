"""Tiles and bundles: the published names and counts, strict reading, and roots out of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.merkle import tree
from skywitness.record.merkle.tiles import (
    WIDTH,
    Tile,
    bundle_bytes,
    parse_bundle,
    parse_path,
    parse_tile,
    root_of_tiles,
    tile_bytes,
    tiles_of,
)

SIZE = 70_000
NODES: dict[tuple[int, int], bytes] = {}
LEAVES = [tree.leaf_hash(b"%d" % number) for number in range(SIZE)]


@pytest.fixture(scope="module")
def node() -> tree.NodeLookup:
    """Keep the subtrees of a log of 70,000 entries."""
    frontier = tree.Frontier()
    for leaf in LEAVES:
        for level, position, hashed in frontier.add(leaf):
            NODES[level, position] = hashed
    return lambda level, position: NODES[level, position]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(1, 0, 17), "tile/1/000.p/17"),
        (Tile(0, 999, 255), "tile/0/999.p/255"),
        (Tile(2, 1000), "tile/2/x001/000"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    """Paths are written in groups of three digits and read back to the same tile."""
    assert tile.path() == path
    assert parse_path(path) == (tile, False)
    leaves = Tile(0, tile.index, tile.width)
    assert parse_path(leaves.entries_path()) == (leaves, True)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/300",
        "tile/0/001/000",
        "tile/0/../000",
        "tile/-1/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "/tile/0/000",
        "tile/entries/000/",
        "tile/0/" + "x999/" * 30 + "999",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    """A path that no tile is written to is refused."""
    with pytest.raises(InputError) as raised:
        parse_path(path)
    assert raised.value.kind == "bad_tile_path"


def test_tiles_of_the_published_example() -> None:
    """70,000 entries are 273 full tiles and one of 112, one full of level 1 and one of 17, and one of width 1."""
    tiles = list(tiles_of(SIZE))
    assert [sum(tile.level == level for tile in tiles) for level in range(4)] == [274, 2, 1, 0]
    assert [tile for tile in tiles if tile.width < WIDTH] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_what_is_new_is_what_is_wider(first: int, second: int) -> None:
    """The tiles listed since a smaller tree are those that it has not, at the width it has not."""
    before, size = sorted((first, second))
    assert set(tiles_of(size, before)) == set(tiles_of(size)) - set(tiles_of(before))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 65_537, SIZE])
def test_roots_come_out_of_tiles(node: tree.NodeLookup, size: int) -> None:
    """From the tiles alone the root is computed."""
    files = {tile.path(): tile_bytes(tile, node) for tile in tiles_of(size)}
    root = tree.root_at(size, node)
    assert root_of_tiles(size, lambda tile: files[tile.path()]) == root


def test_a_tile_that_those_below_do_not_make_is_refused(node: tree.NodeLookup) -> None:
    """A hash changed in a tile above the leaves is named with the tile, on every level."""
    files = {tile: tile_bytes(tile, node) for tile in tiles_of(SIZE)}
    for spoilt in (Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)):
        changed = {**files, spoilt: bytes([files[spoilt][0] ^ 1]) + files[spoilt][1:]}
        with pytest.raises(InputError) as raised:
            root_of_tiles(SIZE, lambda tile, of=changed: of[tile])  # type: ignore[misc]
        assert (raised.value.kind, raised.value.where) == ("bad_tile", spoilt.path())


@pytest.mark.parametrize(("length", "width"), [(0, 1), (31, 1), (33, 1), (64, 1), (8192, 255), (8191, 256)])
def test_tiles_of_another_length_are_refused(length: int, width: int) -> None:
    """A tile is exactly as long as its width says."""
    with pytest.raises(InputError) as raised:
        parse_tile(bytes(length), width)
    assert raised.value.kind == "bad_tile"


def test_a_changed_leaf_changes_the_root(node: tree.NodeLookup) -> None:
    """One bit changed in one tile gives another root."""
    files = {tile: bytearray(tile_bytes(tile, node)) for tile in tiles_of(200)}
    files[Tile(0, 0, 200)][77] ^= 1
    assert root_of_tiles(200, lambda tile: bytes(files[tile])) != tree.root_at(200, node)


@given(st.lists(st.binary(max_size=40), max_size=WIDTH))
def test_bundles_are_read_as_written(entries: list[bytes]) -> None:
    """Entries come out of a bundle as they went in, empty ones included."""
    assert parse_bundle(bundle_bytes(entries), len(entries)) == tuple(entries)


@given(st.binary(max_size=60), st.integers(0, 5))
def test_any_bytes_are_a_bundle_or_refused(data: bytes, width: int) -> None:
    """Arbitrary bytes are a bundle that is written back the same, or refused."""
    kind, back = "", b""
    try:
        back = bundle_bytes(parse_bundle(data, width))
    except InputError as error:
        kind = error.kind
    assert (kind, back) in {("bad_bundle", b""), ("", data)}


def test_what_does_not_fit_a_bundle_is_refused() -> None:
    """Neither an entry of 65,536 bytes nor a 257th entry goes into a bundle; the largest entry does."""
    largest = bytes(65_535)
    assert parse_bundle(bundle_bytes([largest]), 1) == (largest,)
    for entries in ([bytes(65_536)], [b""] * 257):
        with pytest.raises(InputError):
            bundle_bytes(entries)
