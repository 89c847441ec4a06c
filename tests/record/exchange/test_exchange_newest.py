"""A head that its log signed again, later, goes to all who hold the head; nothing else of it changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from skywitness.record.bundle.write import Wanted, write_bundle
from skywitness.record.discrepancy.model import Discrepancy, Kind, Rules
from skywitness.record.discrepancy.report import discrepancies
from skywitness.record.exchange import packet_reader
from skywitness.record.exchange.packet import Packet, to_bytes
from skywitness.record.exchange.receive import Received, receive
from skywitness.record.exchange.send import make_packet
from skywitness.record.importing import import_bundle
from skywitness.record.log import log
from skywitness.record.log.checkpoints import AHEAD_S
from skywitness.record.node.node import Node
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.store.model import CheckpointRow
from skywitness.record.trust.trusted import Accepted

HOUR_S = 3600


def head_of(node: Node, origin: str) -> CheckpointRow:
    """Give the largest checkpoint that a node holds of a log."""
    with node.store.snapshot() as seen:
        row = seen.checkpoint(origin)
    assert row is not None
    return row


def signed_at(node: Node, at_utc: dt.datetime, row: CheckpointRow) -> bytes:
    """Sign a head of a node's log for any time, as a dishonest Party could."""
    return sign_checkpoint(Checkpoint(row.origin, row.size, row.root), node.log_key, at_utc).encoded()


def hand_notes(sender: Node, to: Node, notes: Sequence[bytes]) -> Received:
    """Hand a packet over that holds nothing but checkpoints."""
    packet = Packet(sender.party, to.party, sender.clock(), checkpoints=tuple(notes))
    return receive(to, packet_reader.from_bytes(to_bytes(packet)), sender.party)


def test_a_newer_time_reaches_who_knows_the_head(nodes: Any, clock: Any) -> None:
    """Over a relay too; then all are still again, and the packet that follows brings no checkpoint."""
    deu, ukr, pol = nodes.make("DEU", "UKR", "POL")
    nodes.note(ukr, 2)
    for one, other in ((deu, ukr), (deu, pol), (ukr, pol), (deu, ukr)):
        nodes.talk(one, other)
    before = head_of(pol, "ukr/record")
    clock.move(5 * HOUR_S)
    nodes.talk(deu, ukr)
    assert head_of(deu, "ukr/record").time_s == before.time_s + 5 * HOUR_S
    assert nodes.hand(deu, pol).checkpoints >= 1
    after = head_of(pol, "ukr/record")
    assert (after.note, after.time_s) == (before.note, before.time_s + 5 * HOUR_S)
    assert after.newest is not None
    nodes.talk(deu, pol)
    assert make_packet(deu, "POL").checkpoints == ()
    assert not nodes.hand(deu, pol).changed


def test_who_comes_later_gets_the_newest(nodes: Any, clock: Any) -> None:
    """A Party that holds nothing yet gets the note signed last, once, and is not told again."""
    deu, ukr = nodes.make("DEU", "UKR")
    log.checkpoint(deu)
    clock.move(2 * HOUR_S)
    nodes.talk(deu, ukr)
    row = head_of(ukr, "deu/record")
    assert (row.time_s, row.newest) == (int(clock().timestamp()), None)
    assert make_packet(deu, "UKR").checkpoints == ()


def test_a_dishonest_party_fills_no_store(nodes: Any) -> None:
    """A thousand signatures over one head leave two notes; one for a time to come is none, and hinders no true one."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    first = head_of(ukr, "deu/record")
    now = nodes.clock()
    ahead = signed_at(deu, now + dt.timedelta(seconds=AHEAD_S + 60), first)
    got = hand_notes(deu, ukr, [ahead])
    assert [one.code for one in got.remarks] == ["checkpoint_ahead"]
    assert head_of(ukr, "deu/record") == first
    notes = [signed_at(deu, now + dt.timedelta(seconds=number), first) for number in range(1, 40)]
    assert hand_notes(deu, ukr, notes).checkpoints == 1
    assert hand_notes(deu, ukr, notes).checkpoints == 0
    row = head_of(ukr, "deu/record")
    assert (row.note, row.newest, row.time_s) == (first.note, notes[-1], first.time_s + 39)
    with ukr.store.snapshot() as seen:
        assert len(seen.checkpoints("deu/record")) == 1


def test_a_head_first_signed_for_a_time_to_come(nodes: Any, clock: Any) -> None:
    """It is kept, as it may prove two histories; its time is believed when it has come, or when a true one comes."""
    deu, ukr = nodes.make("DEU", "UKR")
    clock.move(10 * HOUR_S)
    log.checkpoint(deu)
    clock.move(-10 * HOUR_S)
    nodes.hand(deu, ukr)
    assert head_of(ukr, "deu/record").time_s == 0
    clock.move(10 * HOUR_S)
    nodes.talk(deu, ukr)
    assert head_of(ukr, "deu/record").time_s == int(clock().timestamp())


def test_a_stolen_retired_key_gives_no_newer_time(nodes: Any, clock: Any) -> None:
    """What a log's old key signs counts up to its end; but that the log had not grown since, it cannot say."""
    from skywitness.record.entry import key_file
    from skywitness.record.node import keys as node_keys
    from skywitness.record.node.node import key_path

    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    old = head_of(ukr, "deu/record")
    root = key_file.load(key_path(deu.folder, "root"), "DEU", "root")
    node_keys.renew_log_key(deu.folder, root, clock)
    thief, renewed = dataclasses.replace(deu), nodes.reopen("DEU")
    nodes.introduce(ukr, renewed)
    clock.move(HOUR_S)
    got = hand_notes(renewed, ukr, [signed_at(thief, clock(), old)])
    assert (got.checkpoints, got.remarks) == (0, [])
    assert head_of(ukr, "deu/record") == old


def missing(node: Node, clock: Any) -> list[Discrepancy]:
    """Report what was sent and not received within a day."""
    with node.store.snapshot() as seen:
        report = discrepancies(seen, Accepted(seen), Rules(lambda _: dt.timedelta(hours=24)), clock())
    return [row for row in report.rows if row.kind is Kind.MISSING]


@pytest.mark.parametrize("relayed", [False, True])
def test_a_party_that_stays_silent_is_found_out(nodes: Any, clock: Any, relayed: bool) -> None:
    """UKR takes a notice and writes nothing; when it signs its unchanged log after the time, the receipt is missing."""
    deu, ukr, pol = nodes.make("DEU", "UKR", "POL")
    nodes.note(deu, 1, ["UKR"])
    nodes.talk(deu, ukr)
    nodes.talk(ukr, pol)
    assert [row.certain for row in missing(deu, clock)] == [False]
    clock.move(25 * HOUR_S)
    assert [row.certain for row in missing(deu, clock)] == [False]
    if relayed:
        nodes.talk(pol, ukr)
        nodes.talk(deu, pol)
    else:
        nodes.talk(deu, ukr)
    assert [row.certain for row in missing(deu, clock)] == [True]
    assert "UKR recorded no receipt by" in str(missing(deu, clock)[0].why)


def test_both_readers_take_the_newest(nodes: Any, clock: Any, tmp_path: Path) -> None:
    """A bundle brings the note signed last; the package and the lone program find nothing against it."""
    from skywitness.record.verify import standalone
    from skywitness.record.verify.run import verify
    from skywitness.record.verify.trust import Trust

    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    clock.move(2 * HOUR_S)
    nodes.talk(deu, ukr)
    row = head_of(deu, "ukr/record")
    assert row.newest is not None
    path = tmp_path / "bundle.tar"
    policy = "".join(f"log {key}\n" for one in (deu, ukr) for key in one.log_key.keys.vkeys()) + "quorum none\n"
    write_bundle(path, deu.store, deu.objects, Wanted(deu.entry_key, policy.encode(), clock()))
    assert row.newest.rpartition(b"\n\n")[2].splitlines()[1] in path.read_bytes()
    roots = {one.party: one.root.id for one in (deu, ukr)}
    steps = verify(path, Trust(roots), clock())
    found = {step.number: (str(step.verdict), sorted(reason.code for reason in step.reasons)) for step in steps}
    alone = standalone.verify(str(path), {"roots": roots}, int(clock().timestamp()))
    told = {one["number"]: (one["verdict"], sorted(reason["code"] for reason in one["reasons"])) for one in alone}
    assert found == told
    assert "failed" not in {verdict for verdict, _ in found.values()}
    assert found[5][0] == "passed"


def test_a_bundle_brings_the_newer_time_of_a_head_too(nodes: Any, clock: Any, tmp_path: Path) -> None:
    """A known head signed again later counts as of then; one signed for a time to come brings no time."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    before = head_of(ukr, "deu/record")
    clock.move(5 * HOUR_S)
    log.checkpoint(deu)
    head = head_of(deu, "deu/record")
    for ahead_s, told_s in ((0, before.time_s + 5 * HOUR_S), (10 * HOUR_S, before.time_s + 5 * HOUR_S)):
        at_utc = clock() + dt.timedelta(seconds=ahead_s)
        with deu.store.transaction() as change:
            row = CheckpointRow(head.origin, head.size, head.root, signed_at(deu, at_utc, head))
            change.add_checkpoint(dataclasses.replace(row, time_s=int(at_utc.timestamp())))
        place = tmp_path / f"{ahead_s}.tar"
        write_bundle(place, deu.store, deu.objects, Wanted(deu.entry_key, b"quorum none\n", clock(), ["deu/record"]))
        assert import_bundle(ukr, place).logs[0].state == "equal"
        assert (head_of(ukr, "deu/record").size, head_of(ukr, "deu/record").time_s) == (before.size, told_s)
