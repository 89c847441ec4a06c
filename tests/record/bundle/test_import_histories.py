"""How a log in a bundle stands to the copy held is told rightly, and another history leaves its proof."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program

from skywitness.core.errors import InputError
from skywitness.record import evidence_held
from skywitness.record.audit import audit
from skywitness.record.entry import introduction
from skywitness.record.evidence.model import id_of
from skywitness.record.importing import Import, Taken, import_bundle
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node
from skywitness.record.note.pair import Role
from skywitness.record.store.model import IntroductionRow
from skywitness.record.trust import roster

made: ModuleType = load_program("benchmarks/record_world.py")
WORLD = made.honest(4)
SIZE = len(WORLD.sides["DEU"].leaves)


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


def grown(count: int, words: str = "more", code: str = "DEU") -> Any:
    """Let the log of a Party go on by so many entries, or be cut by so many."""
    world = copy.deepcopy(WORLD)
    side = world.sides[code]
    if count < 0:
        del side.leaves[count:]
    for number in range(count):
        world.append(code, "statement/X-1", body={"number": number, "words": words})
    return world


def forked(at: int, count: int) -> Any:
    """Let the log of DEU go on otherwise after its first ``at`` entries, with ``count`` others."""
    world = grown(at - SIZE) if at < SIZE else copy.deepcopy(WORLD)
    for number in range(count):
        world.append("DEU", "statement/Y-1", body={"number": number})
    return world


def take(node: Node, world: Any, files: dict[str, bytes] | None = None) -> Import:
    """Import what a world shows, with some files put otherwise."""
    path = node.folder.with_name("flight.tar")
    path.write_bytes(world.bundle(world.files() | (files or {})))
    return import_bundle(node, path)


def of_deu(done: Import) -> Taken:
    """Give what became of the log of DEU."""
    return next(one for one in done.logs if one.origin == "deu/record")


@pytest.mark.parametrize(
    ("held", "brought", "state", "size", "new", "known"),
    [
        (None, 0, "first", SIZE, SIZE, 0),
        (0, 0, "equal", SIZE, 0, SIZE),
        (0, 3, "longer", SIZE + 3, 3, SIZE),
        (-2, 0, "longer", SIZE, 2, SIZE - 2),
        (0, -2, "shorter", SIZE, 0, SIZE - 2),
    ],
)
def test_one_history(node: Node, held: int | None, brought: int, state: str, size: int, new: int, known: int) -> None:
    """Bundles of one history come in whatever their length, and what is told of them is how long they are."""
    if held is not None:
        take(node, grown(held))
    world = copy.deepcopy(WORLD)
    world = grown(brought) if brought <= 0 else _onward(world, brought)
    done = of_deu(take(node, world))
    assert (done.state, done.size, done.new, done.known) == (state, size, new, known)
    assert (done.refused, done.evidence, audit(node.store)) == (None, (), ())


def _onward(world: Any, count: int) -> Any:
    for number in range(count):
        world.append("DEU", "statement/X-1", body={"number": number})
    return world


@pytest.mark.parametrize(("at", "count"), [(2, 1), (2, SIZE - 2), (2, SIZE + 3), (SIZE - 1, 1), (1, 1), (SIZE - 1, 9)])
def test_another_history_is_refused_and_proved(node: Node, at: int, count: int) -> None:
    """A log that the bundle shows otherwise, shorter, as long or longer, is not taken; its proof is kept and named."""
    take(node, WORLD)
    done = take(node, forked(at, count))
    deu = of_deu(done)
    assert (deu.state, deu.size, deu.new) == ("split", SIZE, 0)
    (held,) = evidence_held.all_of(node)
    assert (held.party, held.kind, held.certain) == ("DEU", "split", True)
    assert deu.evidence == (held.id,)
    assert held.id[:16] in str(deu.refused)
    assert done.evidence == {held.id: True}
    assert done.changed
    again = take(node, forked(at, count))
    assert of_deu(again).state == "split"
    assert [one.state for one in done.logs if one.origin != "deu/record"] == ["equal", "equal"]


def test_another_history_of_a_checkpoint_seen_elsewhere(node: Node) -> None:
    """A checkpoint that only was told of, ahead of the copy, binds the bundle too."""
    take(node, grown(-3))
    ahead = forked(SIZE - 1, 1)
    note = ahead.checkpoint("DEU")
    done = take(node, grown(-3), {f"evidence/{'0' * 64}.note": note})
    assert ([path for path, _ in done.left if "evidence" in path], of_deu(done).state) == ([], "equal")
    refused = of_deu(take(node, _onward(copy.deepcopy(WORLD), 2)))
    assert (refused.state, refused.size) == ("split", SIZE - 3)
    assert len(refused.evidence) == 1


def hostile(name: str) -> dict[str, bytes]:
    """Put one file of the log of DEU otherwise."""
    tile, entries = f"logs/0/tile/0/000.p/{SIZE}", f"logs/0/tile/entries/000.p/{SIZE}"
    files = WORLD.files()
    other = made.honest(4).files()
    changed: dict[str, dict[str, bytes]] = {
        "another leaf": {tile: files[tile][:32] + bytes(32) + files[tile][64:]},
        "leaves of another log": {tile: other[tile], entries: other[entries]},
        "other entries": {entries: other[entries]},
        "cut": {entries: files[entries][:-1]},
        "short": {tile: files[tile][:-32]},
        "no note": {"logs/0/checkpoint": b"deu/record\n"},
        "signed by another": {"logs/0/checkpoint": WORLD.checkpoint("DEU", signer=made.signer_of("DEU", Role.LOG, 7))},
        "signed for more": {"logs/0/checkpoint": WORLD.checkpoint("DEU", [*WORLD.sides["DEU"].leaves, b"x"] * 300)},
    }
    return changed[name]


REFUSED = {
    "another leaf": "refused",
    "leaves of another log": "refused",
    "other entries": "refused",
    "cut": "refused",
    "short": "refused",
    "no note": "refused",
    "signed by another": "unknown",
    "signed for more": "refused",
}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("name", REFUSED)
def test_what_was_altered_accuses_nobody(node: Node, name: str, before: bool) -> None:
    """What the Party did not sign is refused with a sentence, nothing of it stays, and it is no fault of the Party."""
    if before:
        take(node, WORLD)
    done = take(node, WORLD, hostile(name))
    refused = done.logs[0]
    assert (refused.state, refused.new, bool(refused.refused)) == (REFUSED[name], 0, True)
    assert evidence_held.all_of(node) == ()
    assert [one.refused for one in done.logs[1:]] == [None, None]
    with node.store.snapshot() as seen:
        log = seen.log("deu/record")
        assert (log.size if log else None) == (SIZE if before else None)
    assert audit(node.store) == ()


def test_an_unknown_party_is_told_with_what_to_do(node: Node) -> None:
    """The log of a Party that was not accepted is left out; its introduction is named, with the command that helps."""
    world = copy.deepcopy(WORLD)
    files = world.files()
    third = made.Side("POL", list(world.sides["USA"].leaves))
    world.sides["POL"] = third
    files |= {"parties/POL.json": third.introduction(), **world.log_files(3, "POL")}
    node.folder.with_name("flight.tar").write_bytes(world.bundle(files))
    done = import_bundle(node, node.folder.with_name("flight.tar"))
    left = done.logs[3]
    assert (left.origin, left.state, done.introductions) == ("pol/record", "unknown", ("POL",))
    assert "parties/POL.json" in str(left.refused)
    assert "record introduce" in str(left.refused)
    del files["parties/POL.json"]
    node.folder.with_name("flight.tar").write_bytes(world.bundle(files))
    assert "record introduce" in str(import_bundle(node, node.folder.with_name("flight.tar")).logs[3].refused)


def test_a_newer_introduction_brings_the_renewed_key(node: Node) -> None:
    """A log that renewed its key comes in by the introduction in the bundle, for the root key is the one compared."""
    take(node, WORLD)
    world = copy.deepcopy(WORLD)
    world.renew_log("DEU")
    world.append("DEU", "statement/X-1", body={})
    done = take(node, world)
    assert (done.issues, of_deu(done).state, of_deu(done).new) == (("DEU",), "longer", 2)
    assert of_deu(take(node, WORLD)).state == "shorter"


def test_a_key_dropped_in_silence_still_counts(node: Node) -> None:
    """A bundle under a key that a newer introduction neither names nor retires is taken, as packets would be."""
    side = WORLD.sides["DEU"]
    told = introduction.read(side.introduction())[1]
    other = made.signer_of("DEU", Role.LOG, 5).keys
    again = introduction.Introduction(
        told.party, 2, told.root, introduction.Named(told.log.name, other.vkeys()), told.witness
    )
    with node.store.transaction() as change:
        change.put_introduction(
            IntroductionRow("DEU", 2, introduction.build(again, side.root).to_bytes(), accepted=True)
        )
    with node.store.snapshot() as seen:
        assert roster.log_keys(roster.accepted(seen)["DEU"]).ed25519 == other.ed25519
    assert of_deu(take(node, WORLD)).state == "first"


def test_proofs_come_along(node: Node) -> None:
    """Evidence that holds is kept with its id; what proves nothing, or is none, is left out with a reason."""
    other = Node(**{name: getattr(node, name) for name in Node.__slots__})
    take(other, WORLD)
    body = evidence_body(forked(2, 9))
    done = take(node, WORLD, {f"evidence/{id_of(body)}.json": body, f"evidence/{'1' * 64}.json": b"{}"})
    assert done.evidence == {id_of(body): True}
    assert [path for path, _ in done.left] == [f"evidence/{'1' * 64}.json"]
    assert take(node, WORLD, {f"evidence/{id_of(body)}.json": body}).evidence == {id_of(body): False}


def evidence_body(world: Any) -> bytes:
    """Write the proof that two worlds of one size differ."""
    from skywitness.record.evidence.model import Split, to_bytes

    leaves = world.sides["DEU"].leaves
    longer = [*WORLD.sides["DEU"].leaves, *leaves][: len(leaves)]
    return to_bytes(Split("DEU", WORLD.checkpoint("DEU", longer), WORLD.checkpoint("DEU", leaves)))


def test_files_that_nothing_names_stay_outside(node: Node) -> None:
    """A file that no entry names is not kept, and one that is not what its name says refuses only itself."""
    name = sorted(WORLD.objects)[0]
    done = take(node, WORLD, {f"objects/{'a' * 64}": b"stuffing", f"objects/{name}": b"another"})
    assert (done.objects, sorted(path for path, _ in done.left)) == (
        len(WORLD.objects) - 1,
        sorted([f"objects/{'a' * 64}", f"objects/{name}"]),
    )
    assert not node.objects.has("a" * 64)


@pytest.mark.parametrize("data", [b"", b"no bundle", bytes(1024), WORLD.bundle(WORLD.files())[:-1]])
def test_a_file_that_is_no_bundle_is_named(node: Node, tmp_path: Path, data: bytes) -> None:
    """What is no bundle is refused with the name of the file."""
    path = tmp_path / "holiday.tar"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"holiday\.tar") as refused:
        import_bundle(node, path)
    assert refused.value.kind.startswith("bundle_")
    assert refused.value.where.startswith(str(path))
