"""Parties of a flight are those whom an opening names that all of them signed; a stranger's opening changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.mission.recorded import counters, names, slips
from skywitness.mission.recorded.flight_stream import opened_by, parties_of
from skywitness.mission.recorded.saying import Wish, draft_of
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference
from skywitness.record.log.model import Draft
from skywitness.record.log.tree import add_leaves, frontier_of_log, row_of
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node
from skywitness.record.store.model import LogRow
from skywitness.record.trust import introductions

STREAM = "flight/DEU-2019-031"
FILE = ObjectReference("frames.csv", "a" * 64, 10, "text/csv")


def now() -> dt.datetime:
    """Tell the time of all nodes."""
    return dt.datetime(2019, 4, 15, tzinfo=dt.UTC)


@pytest.fixture
def all_nodes(tmp_path: Path) -> Iterator[dict[str, Node]]:
    """Make three nodes; the one of Germany has accepted the others and holds their logs as far as their first keys."""
    nodes = {}
    for party in ("DEU", "UKR", "POL"):
        node_make.init(tmp_path / party, node_make.Wanted(party), now)
        nodes[party] = open_node(tmp_path / party, now)
    deu = nodes["DEU"]
    for party in ("UKR", "POL"):
        with deu.store.snapshot() as seen:
            offer = introductions.read_offer(nodes[party], introductions.own(seen, "DEU"))
        introductions.accept(nodes[party].store, offer, offer.fingerprint)
        with nodes[party].store.snapshot() as seen:
            offer = introductions.read_offer(deu, introductions.own(seen, party))
            rows = list(seen.entries(nodes[party].origin))
        introductions.accept(deu.store, offer, offer.fingerprint)
        with deu.store.transaction() as change:
            change.add_log(LogRow(nodes[party].origin, party, own=False))
            add_leaves(change, frontier_of_log(change, nodes[party].origin, 0), nodes[party].origin, rows)
    yield nodes
    for node in nodes.values():
        node.close()


def put(nodes: dict[str, Node], author: str, signers: list[str], sequence: int = 0, **fields: Any) -> Entry:
    """Put an entry into the copy that Germany holds of a log, signed by some, past all that would refuse it."""
    store, origin = nodes["DEU"].store, nodes[author].origin
    made = entries.build(
        **{
            "stream": STREAM,
            "author": author,
            "sequence": sequence,
            "previous": "c" * 64 if sequence else None,
            "kind": "opening",
            "type": "record/opening",
            "time_utc": now(),
            "salt": entries.new_salt(),
            **fields,
        }
    )
    signed = entries.sign(made, [nodes[one].entry_key for one in signers]).to_bytes()
    with store.transaction() as change:
        log = change.log(origin)
        assert log is not None
        row = row_of(origin, log.size, made, signed)
        add_leaves(change, frontier_of_log(change, origin, log.size), origin, [row])
    return made


def test_a_strangers_opening_makes_nobody_a_party(all_nodes: dict[str, Node]) -> None:
    """Poland names itself beside Germany, who did not sign: an event goes to those who did, and data to no other."""
    deu = all_nodes["DEU"]
    put(all_nodes, "POL", ["POL"], parties=["DEU", "POL"])
    put(all_nodes, "POL", ["POL"], 1, parties=["POL"])
    assert parties_of(deu.store, STREAM, "DEU") == ()
    put(all_nodes, "UKR", ["DEU", "UKR"], parties=["DEU", "UKR"])
    assert parties_of(deu.store, STREAM, "DEU") == ("DEU", "UKR")
    event = {"kind": "arrival", "at_utc": "2019-04-15T00:00:00Z"}
    assert draft_of(deu, Wish(STREAM, names.EVENT, event=event)).to == ("UKR",)
    wish = names.SENSOR_DATA
    draft = Draft(STREAM, wish, {"sensor": "OP-F", "first": 1, "last": 9}, to=("POL",), objects=(FILE,))
    with pytest.raises(InputError) as refused:
        slips.require_data_right(deu, draft, [])
    assert refused.value.kind == "data_not_asked"


def test_an_opening_that_names_others_without_their_signature_shuts_nobody_out(all_nodes: dict[str, Node]) -> None:
    """Ukraine and Poland may open a flight among themselves; what Poland claims alone keeps Germany from nothing."""
    deu = all_nodes["DEU"]
    put(all_nodes, "POL", ["POL"], parties=["POL", "UKR"])
    slips.require_place(deu, STREAM, alone=False)
    with deu.store.snapshot() as seen:
        assert opened_by(seen, STREAM) == ()
    put(all_nodes, "UKR", ["POL", "UKR"], parties=["POL", "UKR"])
    with pytest.raises(InputError) as refused:
        slips.require_place(deu, STREAM, alone=False)
    assert refused.value.kind == "author_not_named"


def test_a_strangers_counters_count_nothing(all_nodes: dict[str, Node]) -> None:
    """Frames are held against the counters that both Parties of the flight signed, not against those of a third."""
    deu = all_nodes["DEU"]
    put(all_nodes, "POL", ["POL"], parties=["DEU", "POL"], body=counters.body_of({"OP-F": -9}))
    put(all_nodes, "DEU", ["DEU", "UKR"], parties=["DEU", "UKR"], body=counters.body_of({"OP-F": 1}))
    body = {"sensor": "OP-F", "first": 1, "last": 9}
    put(all_nodes, "DEU", ["DEU"], 1, kind="entry", type=names.SENSOR_DATA, body=body, to=["UKR"], objects=[FILE])
    with deu.store.snapshot() as seen:
        assert list(counters.discrepancies(seen)) == []
    for author, named in (("POL", ["DEU", "POL"]), ("POL", ["POL"]), ("UKR", ["DEU", "UKR"])):
        last = {"OP-F": 99 if author == "POL" else 12}
        fields = {"counts": dict.fromkeys(named, 2), "heads": dict.fromkeys(named, "c" * 64)}
        closing = {"kind": "closing", "type": "record/closing", "body": counters.body_of(last), **fields}
        put(all_nodes, author, named if "UKR" in named else ["POL"], 1, **closing)
    with deu.store.snapshot() as seen:
        assert [str(row.why) for row in counters.discrepancies(seen) if row.recorded_by == "DEU"] == [
            "flight/DEU-2019-031 DEU: frames 10 to 12 of OP-F are in no entry (IX.I.3, IX.I.4)"
        ]
