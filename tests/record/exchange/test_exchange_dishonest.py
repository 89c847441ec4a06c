"""A Party that puts into its own log, packets and introductions what it likes: it binds and accuses nobody else."""

from __future__ import annotations

import dataclasses
import shutil
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record import evidence_held, streams
from skywitness.record.audit import audit
from skywitness.record.discrepancy.model import Rules
from skywitness.record.discrepancy.report import discrepancies
from skywitness.record.entry import entry as entries
from skywitness.record.entry import introduction, key_file
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.entry.introduction import Named
from skywitness.record.evidence import find
from skywitness.record.evidence.model import MOST_PROOFS
from skywitness.record.exporting import export_bundle
from skywitness.record.log import log
from skywitness.record.log.tree import add_leaves, frontier_of_log, row_of
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.node.node import Node, key_path
from skywitness.record.store.model import EntryRow
from skywitness.record.trust.trusted import Accepted

STREAM = "flight/X"


def say_as(node: Node, author: str, **fields: Any) -> entries.Entry:
    """Put an entry that names ``author`` into a node's own log, signed with the node's own key."""
    given: dict[str, Any] = {
        "stream": STREAM,
        "sequence": 0,
        "previous": None,
        "kind": "entry",
        "type": "test/note",
        "time_utc": node.clock().replace(microsecond=0),
        "salt": entries.new_salt(),
    }
    made = entries.build(author=author, **(given | fields))
    with node.store.transaction() as change:
        held = change.log(node.origin)
        assert held is not None
        row = row_of(node.origin, held.size, made, entries.sign(made, [node.entry_key]).to_bytes())
        add_leaves(change, frontier_of_log(change, node.origin, held.size), node.origin, [row])
    return made


def accuse_for_real(nodes: Any, node: Node) -> None:
    """Put two entries for one place into a node's own log, both signed by it."""
    for number in range(2):
        say_as(node, node.party, body={"n": number})


def test_an_entry_in_the_name_of_another_accuses_nobody(nodes: Any) -> None:
    """A log that holds an entry "of DEU" at a place that DEU has filled proves nothing against DEU."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu)
    nodes.hand(deu, ukr)
    say_as(bel, "DEU")
    got = nodes.hand(bel, ukr)
    assert got.accused == set()
    assert nodes.accused(ukr) == set()
    nodes.note(deu)
    assert "deu/record" in nodes.hand(deu, ukr).cosigned


def test_nobody_speaks_for_another(nodes: Any) -> None:
    """An entry in another's name is kept with the log, is remarked, and stands in no stream and at no address."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    made = say_as(bel, "DEU")
    got = nodes.hand(bel, ukr)
    assert "author_not_of_log" in {one.code for one in got.remarks}
    with ukr.store.snapshot() as seen:
        row = seen.entry("bel/record", 1)
        assert row is not None
        assert row.envelope is not None
        assert list(seen.of_stream(STREAM)) == []
        assert seen.by_address(made.address) == ()
    assert audit(ukr.store) == ()
    assert nodes.roots(ukr)["bel/record"] == nodes.roots(bel)["bel/record"]
    assert deu.party == "DEU"


def test_what_is_no_entry_stops_no_report(nodes: Any) -> None:
    """A leaf that is no entry, and one in another's name, let discrepancies be told, and are laid at nobody's door."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu)
    nodes.hand(deu, ukr)
    say_as(bel, "DEU", sequence=7, previous="0" * 64)
    with bel.store.transaction() as change:
        junk = EntryRow(bel.origin, 2, leaf_hash(b"junk"), b"junk")
        add_leaves(change, frontier_of_log(change, bel.origin, 2), bel.origin, [junk])
    nodes.hand(bel, ukr)
    with ukr.store.snapshot() as seen:
        report = discrepancies(seen, Accepted(seen), Rules(lambda _: None), nodes.clock())
    assert report.certain == ()
    export_bundle(ukr, ukr.folder / "all.tar", b"quorum none\n", None, with_objects=True)


def test_a_forged_entry_hides_no_proof(nodes: Any) -> None:
    """Two entries of DEU at one place prove its fault though BEL has put a third one there in its name."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    say_as(bel, "DEU")
    nodes.hand(bel, ukr)
    accuse_for_real(nodes, deu)
    assert nodes.hand(deu, ukr).accused == {"DEU"}
    with ukr.store.snapshot() as seen:
        assert {one.party for one in find.doubles(seen, STREAM)} == {"DEU"}


@pytest.mark.parametrize("kind", ["opening", "closing"])
def test_nobody_opens_or_closes_a_stream_for_others(nodes: Any, kind: str) -> None:
    """An opening or closing in another's log that this Party did not sign keeps it from nothing."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    made = streams.draft_opening(deu, STREAM, ("UKR",), {})
    nodes.talk(deu, ukr)
    fields = {"parties": ["BEL"]} if kind == "opening" else {"counts": {"BEL": 1}, "heads": {}}
    say_as(bel, "BEL", kind=kind, type=f"record/{kind}", **fields)
    nodes.hand(bel, ukr)
    nodes.hand(bel, deu)
    streams.countersign(ukr, made.entry.address)
    nodes.talk(deu, ukr)
    streams.countersign(deu, made.entry.address)
    nodes.note(deu)
    nodes.talk(deu, ukr)
    nodes.note(ukr)
    nodes.talk(deu, ukr)
    closing = streams.draft_closing(deu, STREAM, {})
    assert closing.entry.counts == {"DEU": 3, "UKR": 1}


def test_drafts_of_others_stay(nodes: Any) -> None:
    """An entry "of DEU" in the log of BEL drops no draft of DEU, and lets none be passed over."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    made = streams.draft_opening(deu, STREAM, ("UKR",), {})
    say_as(bel, "DEU", sequence=9, previous="0" * 64, kind="opening", type="record/opening", parties=["DEU"])
    nodes.hand(bel, deu)
    nodes.hand(bel, ukr)
    nodes.talk(deu, ukr)
    assert [one.entry.address for one in streams.waiting(deu)] == [made.entry.address]
    assert [one.entry.address for one in streams.waiting(ukr)] == [made.entry.address]


def test_accusing_oneself_floods_nobody(nodes: Any) -> None:
    """A Party can prove its own faults without end; what is kept and passed on of it is bounded."""
    _, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    for number in range(MOST_PROOFS + 5):
        say_as(bel, "BEL", body={"n": number})
    assert nodes.hand(bel, ukr).accused == {"BEL"}
    assert len(evidence_held.all_of(ukr)) > MOST_PROOFS
    with ukr.store.snapshot() as seen:
        assert len(seen.evidence()) == MOST_PROOFS


def test_who_names_a_file_gets_none(nodes: Any) -> None:
    """A Party that knows the hash of a file it may not have does not get it by naming it in an entry of its own."""
    from skywitness.record.exchange import packet_reader
    from skywitness.record.exchange.audience import decide_object
    from skywitness.record.exchange.packet import Lack, to_bytes
    from skywitness.record.exchange.send import Asked, make_packet

    deu, bel = nodes.make("DEU", "BEL")
    kept = deu.objects.put([b"frame"])
    frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
    log.append(deu, [log.Draft(STREAM, "test/closed", {}, to=("UKR",), objects=(frame,))])
    own = say_as(bel, "BEL", objects=(frame,))
    nodes.hand(bel, deu)
    with deu.store.snapshot() as seen:
        for hint in (None, own.address):
            found = decide_object(seen, nodes.types, kept.sha256, "BEL", hint)
            assert found is not None
            assert found[0].provision == "TEST:1"
    asked = make_packet(deu, "BEL", nodes.types, Asked(lacking=(Lack(own.address, kept.sha256),)))
    assert packet_reader.from_bytes(to_bytes(asked)).objects == ()


def test_asking_fills_no_log(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files a Party asks for that it may not have, its refusals take a bounded part of the log a day."""
    from skywitness.record.entry.payload_types import Refusal
    from skywitness.record.exchange import refusals

    monkeypatch.setattr(refusals, "MOST_A_DAY", 3)
    deu, _ = nodes.make("DEU", "BEL")
    nodes.note(deu, 1, ["UKR"], "test/closed")
    with deu.store.snapshot() as seen:
        row = seen.entry("deu/record", 1)
    assert row is not None
    no = Refusal("TEST:1", say("no"))
    recorded = [refusals.record(deu, "BEL", f"{number:064x}", row, no) for number in range(5)]
    assert recorded == [True, True, True, False, False]
    nodes.clock.move(86_400)
    assert refusals.record(deu, "BEL", "f" * 64, row, no)


def test_who_lost_its_file_gets_it_back(nodes: Any) -> None:
    """A file that only the asker's own entries name is given back to it."""
    from skywitness.record.entry.payload_types import Grant
    from skywitness.record.exchange.audience import decide_object

    deu, bel = nodes.make("DEU", "BEL")
    kept = bel.objects.put([b"frame"])
    frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
    made = log.append(bel, [log.Draft(STREAM, "test/closed", {}, to=("DEU",), objects=(frame,))])[0]
    nodes.hand(bel, deu)
    with deu.store.snapshot() as seen:
        found = decide_object(seen, nodes.types, kept.sha256, "BEL", made.entry.address)
    assert found is not None
    assert isinstance(found[0], Grant)


def test_a_revealed_entry_with_other_bytes_is_refused(nodes: Any) -> None:
    """An envelope that has not the leaf hash it is revealed for refuses the packet before anything is kept."""
    from skywitness.record.exchange.receive import receive
    from skywitness.record.exchange.send import make_packet

    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu, 1, ["UKR"], "test/closed")
    nodes.hand(deu, bel)
    nodes.note(deu)
    packet = make_packet(deu, "BEL", nodes.types)
    with deu.store.snapshot() as seen:
        other = seen.entry("deu/record", 0)
    assert other is not None
    assert other.envelope is not None
    for index in (1, 99):
        wrong = dataclasses.replace(packet.logs[0], revealed=((index, other.envelope),))
        with pytest.raises(InputError) as refused:
            receive(bel, dataclasses.replace(packet, logs=(wrong,)), "DEU")
        assert refused.value.kind == "packet_refused"
    assert nodes.roots(bel)["deu/record"][0] == 2
    assert ukr.party == "UKR"


def _reissued(node: Node, **changed: Any) -> bytes:
    root = key_file.load(key_path(node.folder, "root"), node.party, "root")
    own = node.introduction()
    return introduction.build(dataclasses.replace(own, issue=own.issue + 1, **changed), root).to_bytes()


_NO_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "changed",
    [
        {"tls_certificate": _NO_CERTIFICATE},
        {"tls_certificate": _NO_CERTIFICATE.replace("AAAA", "A")},
        {"address": "https://[::1"},
        {"address": "https://host:99999"},
        {"address": "https://:1"},
        {"log": Named("bel/record", ("bel/record+00000000+AQ==",))},
    ],
)
def test_an_introduction_that_breaks_a_node_is_not_taken(nodes: Any, changed: dict[str, Any]) -> None:
    """A certificate, key or address that no program can use is refused by hand, and left out or refused in a packet."""
    from skywitness.record.exchange.receive import receive
    from skywitness.record.exchange.send import make_packet
    from skywitness.record.trust import introductions

    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    told = _reissued(bel, **changed)
    with pytest.raises(InputError) as refused:
        introductions.read_offer(ukr, told)
    assert refused.value.kind == "bad_introduction"
    packet = dataclasses.replace(make_packet(bel, "UKR", nodes.types), introductions=(told,))
    assert receive(ukr, packet, "BEL").introductions == 0
    nodes.note(deu)
    assert nodes.hand(deu, ukr).entries == {"deu/record": 2}


@pytest.mark.parametrize("taken", ["log", "witness", "tls_certificate"])
def test_people_accept_no_names_of_another(nodes: Any, taken: str) -> None:
    """An introduction handed over on paper that takes a name or the certificate of another Party is refused."""
    from skywitness.record.trust import introductions

    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    told = _reissued(bel, **{taken: getattr(deu.introduction(), taken)})
    with pytest.raises(InputError, match="DEU") as refused:
        introductions.read_offer(ukr, told)
    assert refused.value.kind == "bad_introduction"


@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (1, 4), (4, 1)])
def test_a_bundle_of_another_history_is_proof(nodes: Any, ours: int, theirs: int) -> None:
    """A bundle that shows another history of a log is refused and leaves the proof against that log's Party."""
    from skywitness.record.importing import import_bundle
    from skywitness.record.node.node import open_node

    deu, ukr = nodes.make("DEU", "UKR")
    place = deu.folder.with_name("other")
    deu.close()
    shutil.copytree(deu.folder, place)
    nodes.opened["DEU"], nodes.opened["other"] = open_node(deu.folder, nodes.clock), open_node(place, nodes.clock)
    nodes.note(nodes.opened["DEU"], ours)
    nodes.hand(nodes.opened["DEU"], ukr)
    nodes.note(nodes.opened["other"], theirs)
    log.checkpoint(nodes.opened["other"])
    export_bundle(nodes.opened["other"], place / "all.tar", b"quorum none\n", None, with_objects=False)
    taken = import_bundle(ukr, place / "all.tar")
    assert any(one.origin == "deu/record" and one.refused for one in taken.logs)
    assert nodes.accused(ukr) == {"DEU"}
