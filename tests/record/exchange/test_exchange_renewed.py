"""Renewed keys of a log among nodes: the new ones go round in packets, and the old ones move no copy from then on."""

from __future__ import annotations

import dataclasses
import shutil
from typing import Any

import pytest

from skywitness.record.entry import introduction, key_file
from skywitness.record.entry.keys import PartyKey
from skywitness.record.exchange.receive import Received, receive
from skywitness.record.exchange.send import make_packet
from skywitness.record.node.keys import renew_log_key
from skywitness.record.node.node import Node, key_path, open_node
from skywitness.record.note.checkpoint import parse_checkpoint, sign_checkpoint
from skywitness.record.store.model import IntroductionRow


def root_of(node: Node) -> PartyKey:
    """Load the root key of a node."""
    return key_file.load(key_path(node.folder, "root"), node.party, "root")


def renewed(nodes: Any, party: str) -> Node:
    """Renew the log key of a Party and open its node anew."""
    node: Node = nodes.opened[party]
    renew_log_key(node.folder, root_of(node), nodes.clock)
    again: Node = nodes.reopen(party)
    return again


def copied(nodes: Any, party: str) -> Node:
    """Open a second copy of all that a Party has, as a thief of its folder would."""
    node: Node = nodes.reopen(party)
    place = node.folder.with_name(f"{party}-thief")
    node.close()
    shutil.copytree(node.folder, place)
    nodes.opened[party] = open_node(node.folder, nodes.clock)
    thief = nodes.opened[place.name] = open_node(place, nodes.clock)
    return thief


def codes(got: Received) -> set[str]:
    """Give the kinds of the remarks."""
    return {one.code for one in got.remarks}


def test_an_honest_renewal_goes_round(nodes: Any) -> None:
    """Whoever has the copy up to the renewal goes on, whoever has nothing of it begins, and all come to the same."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    deu = renewed(nodes, "DEU")
    nodes.note(deu, 1)
    got = nodes.hand(deu, ukr)
    assert (got.introductions, got.entries, codes(got)) == (1, {"deu/record": 2}, set())
    nodes.talk(deu, ukr)
    nodes.talk(ukr, bel)
    nodes.talk(deu, bel)
    assert nodes.roots(deu)["deu/record"] == nodes.roots(ukr)["deu/record"] == nodes.roots(bel)["deu/record"]
    for _ in range(2):
        deu = renewed(nodes, "DEU")
    nodes.talk(deu, ukr)
    assert nodes.roots(deu) == nodes.roots(ukr)
    assert not nodes.accused(ukr) | nodes.accused(bel)


@pytest.mark.parametrize("ahead", [0, 1, 5])
def test_a_stolen_old_key_moves_no_copy(nodes: Any, ahead: int) -> None:
    """What it signs beyond its end is left out with a remark, whoever brings it; nobody is accused."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    thief = copied(nodes, "DEU")
    deu = renewed(nodes, "DEU")
    nodes.note(deu, 1)
    nodes.talk(deu, ukr)
    before = nodes.roots(ukr)["deu/record"]
    nodes.note(thief, before[0] - nodes.roots(thief)["deu/record"][0] + ahead, stream="flight/Y")
    nodes.hand(thief, bel)
    assert nodes.roots(bel)["deu/record"] == nodes.roots(thief)["deu/record"] != before
    for sender in (thief, bel):
        got = nodes.hand(sender, ukr)
        assert codes(got) == {"key_retired"}
        assert (got.entries.get("deu/record", 0), got.accused) == (0, set())
        assert nodes.roots(ukr)["deu/record"] == before
    assert not nodes.accused(ukr)


def test_the_head_of_one_signature_vouches_for_no_other(nodes: Any) -> None:
    """A stretch under a head that the present key signed elsewhere in the packet is left out if its own note is not."""
    deu, ukr = nodes.make("DEU", "UKR")
    stolen = deu.log_key
    deu = renewed(nodes, "DEU")
    nodes.introduce(ukr, deu)
    made = make_packet(deu, "UKR", nodes.types)
    honest = made.logs[0].checkpoint
    forged = sign_checkpoint(parse_checkpoint(honest)[0], stolen, nodes.clock()).encoded()
    worse = dataclasses.replace(
        made, checkpoints=(honest,), logs=(dataclasses.replace(made.logs[0], checkpoint=forged),)
    )
    got = receive(ukr, worse, "DEU")
    assert (got.entries, codes(got), got.checkpoints) == ({}, {"key_retired"}, 1)
    assert receive(ukr, made, "DEU").entries == {"deu/record": 2}


def test_a_checkpoint_kept_before_is_judged_anew(nodes: Any) -> None:
    """What a thief's checkpoint was before the renewal came, known and kept, it is not afterwards; people are told."""
    _, ukr = nodes.make("DEU", "UKR")
    thief = copied(nodes, "DEU")
    nodes.note(thief, 3)
    made = make_packet(thief, "UKR", nodes.types)
    assert receive(ukr, made, "DEU").entries == {"deu/record": 4}
    nodes.introduce(ukr, renewed(nodes, "DEU"))
    assert codes(receive(ukr, made, "DEU")) == {"key_retired", "copy_astray"}


def test_who_retires_keys_otherwise_is_told_of(nodes: Any) -> None:
    """An issue that disowns more of what a key signed than the one before is not taken, and the remark says why."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 2)
    deu = renewed(nodes, "DEU")
    nodes.talk(deu, ukr)
    told = deu.introduction()
    other = dataclasses.replace(told, issue=3, retired_at=tuple(0 for _ in told.retired_at))
    signed = introduction.build(other, root_of(deu)).to_bytes()
    with deu.store.transaction() as change:
        change.put_introduction(IntroductionRow("DEU", 3, signed, accepted=True))
    got = nodes.hand(deu, ukr)
    assert (got.introductions, codes(got)) == (0, {"contradicting_introduction"})
    assert "retires keys otherwise" in str(got.remarks[0].text)


def test_a_false_introduction_blocks_no_true_one(nodes: Any) -> None:
    """One that waits unaccepted under the number of the next issue gives way to what the Party signed."""
    deu, ukr = nodes.make("DEU", "UKR")
    with ukr.store.transaction() as change:
        change.put_introduction(IntroductionRow("DEU", 2, b"made up", accepted=False))
    deu = renewed(nodes, "DEU")
    got = nodes.hand(deu, ukr)
    assert (got.introductions, codes(got)) == (1, set())
    with deu.store.snapshot() as ours, ukr.store.snapshot() as theirs:
        assert theirs.introductions("DEU") == ours.introductions("DEU")
