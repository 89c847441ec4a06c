"""Openings and closings that not all their Parties signed bind no node, and those that a node has signed do."""

from __future__ import annotations

from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record import streams
from skywitness.record.discrepancy.model import Rules
from skywitness.record.discrepancy.report import discrepancies
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Reference
from skywitness.record.log import log
from skywitness.record.log.tree import add_leaves, frontier_of_log, row_of
from skywitness.record.node.node import Node
from skywitness.record.trust.trusted import Accepted

STREAM = "flight/X"


def put(node: Node, kind: str, signers: list[Node], sequence: int = 0, **fields: Any) -> entries.Entry:
    """Put an opening or closing into a node's own log with the signatures of some, past all that would refuse it."""
    made = entries.build(
        stream=STREAM,
        author=node.party,
        sequence=sequence,
        kind=kind,  # type: ignore[arg-type]
        type=f"record/{kind}",
        time_utc=node.clock().replace(microsecond=0),
        salt=entries.new_salt(),
        **{"previous": None, **fields},
    )
    with node.store.transaction() as change:
        held = change.log(node.origin)
        assert held is not None
        signed = entries.sign(made, [one.entry_key for one in signers]).to_bytes()
        row = row_of(node.origin, held.size, made, signed)
        add_leaves(change, frontier_of_log(change, node.origin, held.size), node.origin, [row])
    return made


def report(node: Node, clock: Any) -> set[tuple[str, str | None]]:
    """Tell for certain what breaks the rules of streams, and who is named."""
    with node.store.snapshot() as seen:
        found = discrepancies(seen, Accepted(seen), Rules(lambda _: None), clock())
    return {(row.type, row.recorded_by) for row in found.certain}


def open_with(nodes: Any, one: Node, other: Node) -> None:
    """Open the stream for two."""
    made = streams.draft_opening(one, STREAM, (other.party,), {})
    nodes.talk(one, other)
    streams.countersign(other, made.entry.address)
    nodes.talk(one, other)
    streams.countersign(one, made.entry.address)
    nodes.talk(one, other)


def test_an_opening_that_a_third_did_not_sign_binds_nobody(nodes: Any) -> None:
    """DEU appends an opening for three that UKR signed and BEL did not: UKR and BEL open the stream all the same."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    for one, other in ((deu, ukr), (deu, bel), (ukr, bel)):
        nodes.talk(one, other)
    put(deu, "opening", [deu, ukr], parties=["BEL", "DEU", "UKR"])
    nodes.talk(deu, ukr)
    nodes.talk(deu, bel)
    open_with(nodes, ukr, bel)
    nodes.note(bel)
    nodes.talk(ukr, bel)
    for node in (ukr, bel):
        assert report(node, nodes.clock) == {("opening_unsigned", "DEU")}


def test_a_closing_that_a_third_did_not_sign_closes_nothing(nodes: Any) -> None:
    """BEL closes the flight of the two others, alone or with one of them: they write on, and only BEL is named."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    for one, other in ((deu, ukr), (deu, bel), (ukr, bel)):
        nodes.talk(one, other)
    open_with(nodes, deu, ukr)
    with deu.store.snapshot() as seen:
        first = seen.last_of(deu.origin, STREAM, "DEU")
    assert first is not None
    put(bel, "closing", [bel, deu], counts={"BEL": 1, "DEU": 1, "UKR": 0}, heads={"DEU": str(first.address)})
    nodes.talk(bel, ukr)
    nodes.talk(bel, deu)
    nodes.note(deu)
    nodes.note(ukr)
    nodes.talk(deu, ukr)
    assert report(ukr, nodes.clock) == {("closing_unsigned", "BEL")}


def test_who_signed_a_closing_writes_no_more(nodes: Any) -> None:
    """UKR signs the closing that DEU drafts: what its count leaves out is refused before DEU has appended it, too."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    open_with(nodes, deu, ukr)
    nodes.note(ukr)
    nodes.talk(deu, ukr)
    closing = streams.draft_closing(deu, STREAM, {})
    nodes.talk(deu, ukr)
    nodes.note(ukr, 0)
    streams.countersign(ukr, closing.entry.address)
    with pytest.raises(InputError) as refused:
        nodes.note(ukr)
    assert refused.value.kind == "stream_closed"
    with deu.store.snapshot() as seen:
        first = seen.last_of(deu.origin, STREAM, "DEU")
    assert first is not None
    log.append(ukr, [log.Draft(STREAM, "test/note", {}, refers_to=(Reference("receives", str(first.address)),))])
    nodes.talk(deu, ukr)
    streams.countersign(deu, closing.entry.address)
    nodes.talk(deu, ukr)
    assert report(deu, nodes.clock) == report(ukr, nodes.clock) == set()


def test_a_closing_that_never_came_can_be_dropped(nodes: Any) -> None:
    """A signed closing that its author never appends keeps nobody for ever: dropped, it binds no more."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    open_with(nodes, deu, ukr)
    closing = streams.draft_closing(deu, STREAM, {})
    nodes.talk(deu, ukr)
    streams.countersign(ukr, closing.entry.address)
    streams.drop(ukr, closing.entry.address)
    nodes.note(ukr)
    nodes.talk(deu, ukr)
    assert report(ukr, nodes.clock) == set()
