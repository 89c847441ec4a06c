"""A copy that a thief of the log's key led astray lets go of it when people say so, and follows the true log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.record.exchange.test_exchange_renewed import codes, copied, renewed

from skywitness.core.errors import InputError
from skywitness.record import evidence_held, following
from skywitness.record.audit import audit
from skywitness.record.exporting import export_bundle
from skywitness.record.importing import Taken, import_bundle
from skywitness.record.log import log
from skywitness.record.node.node import Node


def astray(node: Node, party: str = "DEU") -> following.Astray | None:
    """Tell what of a node's copy only retired keys vouch for."""
    with node.store.snapshot() as seen:
        return following.astray(seen, party)


def bundle(node: Node, place: Path) -> Path:
    """Write a bundle of all that a node holds."""
    log.checkpoint(node)
    export_bundle(node, place, b"quorum none\n", None, with_objects=False)
    return place


def of_deu(node: Node, place: Path) -> Taken:
    """Import a bundle, and give what became of the log of DEU."""
    return next(one for one in import_bundle(node, place).logs if one.origin == "deu/record")


@pytest.mark.parametrize(("before", "stolen", "true"), [(2, 4, 1), (0, 3, 5), (3, 1, 0), (2, 9, 3)])
def test_a_copy_beyond_the_end_of_the_old_key_follows_the_true_log(
    nodes: Any, before: int, stolen: int, true: int
) -> None:
    """What the stolen key signed beyond its end goes aside, is kept, and the next packets bring the true log."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, before)
    nodes.talk(deu, ukr)
    thief = copied(nodes, "DEU")
    nodes.note(thief, stolen, stream="flight/THIEF")
    nodes.hand(thief, ukr)
    deu = renewed(nodes, "DEU")
    nodes.note(deu, true)
    got = nodes.hand(deu, ukr)
    assert "copy_astray" in codes(got)
    (told,) = [one for one in got.remarks if one.code == "copy_astray"]
    assert "record follow DIR DEU" in str(told.text)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(thief)["deu/record"]
    done = following.follow(ukr, "DEU")
    assert (done.start, done.end, done.number) == (before + 1, before + 1 + stolen, 1)
    assert audit(ukr.store) == ()
    nodes.talk(deu, ukr)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    with thief.store.snapshot() as theirs, ukr.store.snapshot() as seen:
        gone = [(row.index, row.envelope) for row in theirs.entries("deu/record", done.start)]
        assert [(row.index, row.body) for row in seen.aside("deu/record", "entry")] == gone
        assert all(json.dumps(one) for one in following.documents(seen, "deu/record"))
    assert (astray(ukr), nodes.accused(ukr)) == (None, set())
    with pytest.raises(InputError) as refused:
        following.follow(ukr, "DEU")
    assert refused.value.kind == "nothing_astray"


def test_a_copy_that_differs_within_what_the_old_key_counts_for(nodes: Any, tmp_path: Path) -> None:
    """Where a thief's head still counts, the proof is kept, and people can let the copy follow the present key."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    thief = copied(nodes, "DEU")
    nodes.note(thief, 1, stream="flight/THIEF")
    nodes.hand(thief, ukr)
    nodes.note(deu, 4)
    deu = renewed(nodes, "DEU")
    nodes.note(deu, 1)
    nodes.talk(deu, ukr)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(thief)["deu/record"]
    place = bundle(deu, tmp_path / "true.tar")
    refused = of_deu(ukr, place)
    assert refused.state == "split"
    assert "record follow DIR DEU" in str(refused.refused)
    assert nodes.accused(ukr) == {"DEU"}
    done = following.follow(ukr, "DEU")
    assert (done.start, done.end) == (0, 4)
    taken = of_deu(ukr, place)
    assert (taken.state, taken.size) == ("first", nodes.roots(deu)["deu/record"][0])
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    assert (audit(ukr.store), astray(ukr)) == ((), None)
    nodes.hand(thief, ukr)
    nodes.note(deu, 1)
    nodes.talk(deu, ukr)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    assert {one.certain for one in evidence_held.all_of(ukr)} == {True}


def test_nothing_that_the_present_key_signed_is_let_go(nodes: Any) -> None:
    """A Party cannot have its own history set aside: nothing is without a retired key, or of what one is good for."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 3)
    nodes.talk(deu, ukr)
    for party, kind in (("DEU", "nothing_astray"), ("UKR", "unknown_party"), ("POL", "unknown_party")):
        with pytest.raises(InputError) as refused:
            following.follow(ukr, party)
        assert refused.value.kind == kind
    deu = renewed(nodes, "DEU")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    assert astray(ukr) is None
    before = nodes.roots(ukr)
    with pytest.raises(InputError):
        following.follow(ukr, "DEU")
    assert nodes.roots(ukr) == before


def test_a_thief_s_checkpoint_told_of_before_binds_no_copy(nodes: Any) -> None:
    """A head of the stolen key that was only heard of, ahead of the copy, does not stop the true log."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu, 2)
    nodes.talk(deu, ukr)
    thief = copied(nodes, "DEU")
    nodes.note(thief, 3, stream="flight/THIEF")
    row = log.checkpoint(thief)
    with ukr.store.transaction() as change:
        change.add_checkpoint(row)
    deu = renewed(nodes, "DEU")
    nodes.note(deu, 9)
    nodes.talk(deu, ukr)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    nodes.talk(ukr, bel)
    assert nodes.roots(bel)["deu/record"] == nodes.roots(deu)["deu/record"]
