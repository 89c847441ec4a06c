"""Two histories of one log: found by whoever meets both, told to everybody, and held against nobody else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from skywitness.record.evidence.judge import judge
from skywitness.record.evidence.model import Split, from_bytes
from skywitness.record.exchange import doubtful
from skywitness.record.log import log
from skywitness.record.node.node import open_node
from skywitness.record.trust.trusted import Accepted


def twin(nodes: Any, party: str) -> Any:
    """Open a second copy of all that a Party has: what makes two histories."""
    source = nodes.opened[party]
    place = source.folder.with_name(f"{party}-twin")
    source.close()
    shutil.copytree(source.folder, place)
    nodes.opened[party] = open_node(source.folder, nodes.clock)
    nodes.opened[f"{party}-twin"] = open_node(place, nodes.clock)
    return nodes.opened[f"{party}-twin"]


@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (1, 3), (3, 1), (2, 5)])
def test_two_histories_are_found_by_two_that_meet(nodes: Any, ours: int, theirs: int) -> None:
    """Whichever history is longer, both honest Parties end with evidence that proves the fault of the third."""
    _, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.talk(nodes.opened["DEU"], ukr)
    other = twin(nodes, "DEU")
    deu = nodes.opened["DEU"]
    nodes.note(deu, ours)
    nodes.note(other, theirs, stream="flight/Y")
    nodes.talk(deu, ukr)
    nodes.talk(other, bel)
    assert nodes.accused(ukr) == nodes.accused(bel) == set()
    nodes.talk(ukr, bel)
    for node in (ukr, bel):
        assert nodes.accused(node) == {"DEU"}
        with node.store.snapshot() as seen:
            for row in seen.evidence():
                found = from_bytes(row.body)
                assert isinstance(found, Split)
                judge(found, Accepted(seen))


def test_who_had_nothing_of_the_log_before(nodes: Any) -> None:
    """A Party that first meets the one history and then the other finds the contradiction by itself."""
    nodes.make("DEU", "UKR")
    other = twin(nodes, "DEU")
    deu, ukr = nodes.opened["DEU"], nodes.opened["UKR"]
    nodes.note(deu, 4)
    nodes.note(other, 2, stream="flight/Y")
    nodes.hand(deu, ukr)
    before = nodes.roots(ukr)
    got = nodes.hand(other, ukr)
    assert nodes.accused(ukr) == {"DEU"}
    assert got.accused == {"DEU"}
    assert nodes.roots(ukr) == before


def test_an_accused_log_is_not_cosigned_any_more(nodes: Any) -> None:
    """Entries of an accused Party still come in; its checkpoints get no cosignature."""
    nodes.make("DEU", "UKR")
    other = twin(nodes, "DEU")
    deu, ukr = nodes.opened["DEU"], nodes.opened["UKR"]
    nodes.note(deu, 4)
    nodes.note(other, 2, stream="flight/Y")
    assert nodes.hand(deu, ukr).cosigned == ("deu/record",)
    nodes.hand(other, ukr)
    nodes.note(deu, 1)
    got = nodes.hand(deu, ukr)
    assert got.entries == {"deu/record": 1}
    assert got.cosigned == ()


def test_evidence_travels_to_who_met_one_history_only(nodes: Any) -> None:
    """A Party that never saw the second history is told, and judges the evidence itself."""
    _, ukr, bel, pol = nodes.make("DEU", "UKR", "BEL", "POL")
    other = twin(nodes, "DEU")
    nodes.note(nodes.opened["DEU"], 2)
    nodes.note(other, 2, stream="flight/Y")
    nodes.hand(nodes.opened["DEU"], ukr)
    nodes.hand(other, bel)
    nodes.talk(ukr, bel)
    assert nodes.accused(pol) == set()
    got = nodes.hand(bel, pol)
    assert nodes.accused(pol) == {"DEU"}
    assert got.evidence


def test_a_checkpoint_ahead_of_the_copy_is_compared_when_the_copy_gets_there(nodes: Any) -> None:
    """A contradiction that gossip brought before the entries is proved when entries of the other history come."""
    nodes.make("DEU", "UKR", "BEL")
    other = twin(nodes, "DEU")
    deu, ukr, bel = nodes.opened["DEU"], nodes.opened["UKR"], nodes.opened["BEL"]
    nodes.note(other, 2, stream="flight/Y")
    nodes.hand(other, bel)
    row = log.checkpoint(other)
    with ukr.store.transaction() as change:
        change.add_checkpoint(row)
    nodes.note(deu, 4)
    got = nodes.hand(deu, ukr)
    assert nodes.accused(ukr) == {"DEU"}
    assert got.entries.get("deu/record", 0) == 0


def test_two_entries_at_one_place(nodes: Any) -> None:
    """Two entries of one author at one place of a stream, in one log, prove a fault, and it is passed on."""
    _, ukr = nodes.make("DEU", "UKR")
    other = twin(nodes, "DEU")
    deu = nodes.opened["DEU"]
    nodes.note(deu, 1)
    nodes.note(other, 1)
    with other.store.snapshot() as seen:
        wrong = seen.entry("deu/record", 1)
    assert wrong is not None
    # The author puts both into one log, past its own program.
    from skywitness.record.log.tree import add_leaves, frontier_of_log

    with deu.store.transaction() as change:
        import dataclasses

        add_leaves(
            change,
            frontier_of_log(change, "deu/record", 2),
            "deu/record",
            [dataclasses.replace(wrong, index=2)],
        )
    got = nodes.hand(deu, ukr)
    assert got.accused == {"DEU"}
    assert nodes.accused(ukr) == {"DEU"}
    nodes.make("BEL")
    nodes.talk(ukr, nodes.opened["BEL"])
    assert nodes.accused(nodes.opened["BEL"]) == {"DEU"}


def test_probing_keeps_nothing(nodes: Any, tmp_path: Path) -> None:
    """Looking whether a stretch contradicts leaves the store as it was."""
    from skywitness.record.exchange.packet import Stretch
    from skywitness.record.exchange.send import make_packet
    from skywitness.record.log.replica import Batch

    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 3)
    nodes.hand(deu, ukr)
    nodes.note(deu, 3)
    stretch: Stretch = make_packet(deu, "UKR", nodes.types).logs[0]
    before = nodes.roots(ukr)
    batch = Batch(stretch.checkpoint, stretch.start, stretch.leaves, stretch.proof)
    assert doubtful.probe(ukr.store, "DEU", batch) == ()
    assert nodes.roots(ukr) == before
