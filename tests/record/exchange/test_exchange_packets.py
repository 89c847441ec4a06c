"""Packets: who gets what, any order and twice, and everything changed in them."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import canonical
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.exchange import packet as packets
from skywitness.record.exchange import packet_reader
from skywitness.record.exchange.packet import Packet, to_bytes, unpack
from skywitness.record.exchange.receive import receive
from skywitness.record.exchange.send import Asked, Limits, make_packet
from skywitness.record.log import log
from skywitness.record.log.replica import Leaf
from skywitness.record.note.checkpoint import parse_checkpoint


def test_a_packet_is_read_as_it_was_written(nodes: Any) -> None:
    """Reading and writing are inverse, and the bytes are the same twice."""
    deu, _ = nodes.make("DEU", "UKR")
    nodes.note(deu, 3, ["UKR"], "test/closed")
    made = make_packet(deu, "UKR", nodes.types)
    data = to_bytes(made)
    assert packet_reader.from_bytes(data) == made
    assert to_bytes(made) == data


def test_who_gets_what(nodes: Any) -> None:
    """An addressee gets the entry, another Party its leaf hash with provision and reason, and the same tree."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.note(deu, 2)
    nodes.note(deu, 2, ["UKR"], "test/closed", stream="flight/Z")
    nodes.talk(deu, ukr)
    nodes.talk(deu, bel)
    assert nodes.withheld(ukr, "deu/record") == {}
    assert nodes.withheld(bel, "deu/record") == dict.fromkeys((3, 4), "TEST:1: it is not addressed to BEL")
    assert nodes.roots(bel)["deu/record"] == nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    closed = json.dumps(make_packet(deu, "BEL", nodes.types, Asked(packets.Have())).to_json())
    assert "TEST:1" in closed
    with deu.store.snapshot() as seen:
        rows = list(seen.entries("deu/record", 3))
    assert not any(row.envelope[:200].hex() in closed for row in rows)


def test_a_relay_asks_for_every_entry_whom_it_is_for(nodes: Any) -> None:
    """What one Party could read it passes on only to Parties that may read it, and what it could not as a hash."""
    deu, ukr, bel, pol = nodes.make("DEU", "UKR", "BEL", "POL")
    nodes.note(deu, 1, ["UKR", "POL"], "test/closed")
    nodes.talk(deu, ukr)
    nodes.talk(ukr, bel)
    nodes.talk(ukr, pol)
    assert list(nodes.withheld(bel, "deu/record")) == [1]
    assert nodes.withheld(pol, "deu/record") == {}


def test_what_a_relay_could_not_read_is_revealed_later(nodes: Any) -> None:
    """An addressee that got a leaf hash from a relay gets the entry from its author, and the hash must be the same."""
    deu, bel, pol = nodes.make("DEU", "BEL", "POL")
    nodes.note(deu, 1, ["POL"], "test/closed")
    nodes.talk(deu, bel)
    nodes.talk(bel, pol)
    assert nodes.withheld(pol, "deu/record") == {1: "TEST:1: it is not addressed to BEL"}
    nodes.hand(pol, deu)
    got = nodes.hand(deu, pol)
    assert got.revealed == 1
    assert nodes.withheld(pol, "deu/record") == {}


def test_the_same_packet_again_changes_nothing(nodes: Any) -> None:
    """A packet twice, and an old one after a new one, leave what is there."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 2)
    first = make_packet(deu, "UKR", nodes.types)
    assert receive(ukr, first, "DEU").changed
    assert not receive(ukr, first, "DEU").changed
    nodes.note(deu, 2)
    second = make_packet(deu, "UKR", nodes.types)
    assert receive(ukr, second, "DEU").changed
    after = nodes.roots(ukr)
    for packet in (first, second, first):
        assert not receive(ukr, packet, "DEU").changed
    assert nodes.roots(ukr) == after


def test_a_gap_waits_for_what_is_between(nodes: Any) -> None:
    """A packet whose forerunner was lost is left out with a remark, and the next conversation brings all."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.hand(deu, ukr)
    nodes.note(deu, 2)
    lost = make_packet(deu, "UKR", nodes.types)
    with deu.store.transaction() as change:
        from skywitness.record.exchange.held import remember

        told = {"deu/record": packets.Held(3, 3)}
        remember(change, "UKR", packets.Have(told), nodes.clock())
    nodes.note(deu, 2)
    got = nodes.hand(deu, ukr)
    assert [one.code for one in got.remarks] == ["replica_gap"]
    assert nodes.roots(ukr)["deu/record"][0] == 1
    nodes.hand(ukr, deu)
    nodes.hand(deu, ukr)
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]
    assert not any(receive(ukr, lost, "DEU").entries.values())
    assert nodes.roots(ukr)["deu/record"] == nodes.roots(deu)["deu/record"]


@pytest.mark.parametrize("entries", [1, 2, 7])
def test_small_packets_bring_the_same(nodes: Any, entries: int) -> None:
    """However little fits into one packet, a conversation brings all of it."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 9, ["UKR"], "test/closed")
    limits = Limits(entries=entries, lines=1)
    for _ in range(12):
        asked = Asked(None)
        receive(ukr, make_packet(deu, "UKR", nodes.types, asked, limits=limits), "DEU")
        receive(deu, make_packet(ukr, "DEU", nodes.types, asked, limits=limits), "UKR")
    assert nodes.roots(ukr) == nodes.roots(deu)
    assert make_packet(deu, "UKR", nodes.types, limits=limits).whole


def test_small_files_come_with_their_entries(nodes: Any) -> None:
    """A file is carried to a Party that may read an entry naming it, and to no other."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    kept = deu.objects.put([b"frame"])
    frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
    log.append(deu, [log.Draft("flight/X", "test/closed", {}, to=("UKR",), objects=(frame,))])
    nodes.talk(deu, ukr)
    nodes.talk(deu, bel)
    assert ukr.objects.check(kept.sha256).size_bytes == 5
    assert not bel.objects.has(kept.sha256)
    ukr.objects.path(kept.sha256).unlink()
    from skywitness.record.exchange.held import lacking

    with ukr.store.snapshot() as seen:
        lacks = tuple(lacking(seen, ukr.objects))
    answer = make_packet(deu, "UKR", nodes.types, Asked(None, lacks))
    receive(ukr, answer, "DEU")
    assert ukr.objects.has(kept.sha256)
    assert not make_packet(deu, "BEL", nodes.types, Asked(None, lacks)).objects


def test_newer_introductions_come_by_relay(nodes: Any) -> None:
    """A newer issue signed by the root key people compared is taken; a Party nobody compared is only told of."""
    from skywitness.record.entry import key_file
    from skywitness.record.exchange import certificate
    from skywitness.record.node.node import key_path

    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    root = key_file.load(key_path(deu.folder, "root"), "DEU", "root")
    told = certificate.reintroduce(deu.folder, root, nodes.clock, address="https://deu.example:8443")
    assert (told.issue, told.address) == (2, "https://deu.example:8443")
    nodes.talk(nodes.reopen("DEU"), ukr)
    got = nodes.hand(ukr, bel)
    assert got.introductions == 1
    pol = nodes.make("POL")[0]
    with bel.store.transaction() as change:
        change.put_introduction(dataclasses.replace(change.introductions("POL")[0], accepted=False))
    assert nodes.hand(ukr, bel).offered == ("POL",)
    with pytest.raises(InputError) as refused:
        nodes.hand(pol, bel)
    assert refused.value.kind == "unknown_party"


@pytest.mark.parametrize("taken", ["log", "witness", "tls_certificate"])
def test_nobody_takes_the_names_of_another(nodes: Any, taken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer introduction with another name of the log or witness, or another's certificate, waits for people."""
    from skywitness.record.entry import introduction, key_file
    from skywitness.record.node.node import key_path
    from skywitness.record.store.model import IntroductionRow

    for module in ("log.log", "witness.witness"):  # a dishonest Party does not ask itself
        monkeypatch.setattr(f"skywitness.record.{module}.require_current", lambda *_: None)
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    other, own = deu.introduction(), bel.introduction()
    told = dataclasses.replace(own, issue=2, **{taken: getattr(other, taken)})
    root = key_file.load(key_path(bel.folder, "root"), "BEL", "root")
    signed = introduction.build(told, root).to_bytes()
    with bel.store.transaction() as change:
        change.put_introduction(IntroductionRow("BEL", 2, signed, accepted=True))
    got = nodes.hand(bel, ukr)
    assert (got.introductions, got.offered) == (0, ("BEL",))
    nodes.note(deu, 1)
    assert nodes.hand(deu, ukr).entries == {"deu/record": 2}


def test_a_witness_that_lost_its_state_refuses(nodes: Any) -> None:
    """A fresh store with an old witness key takes entries in and cosigns nothing; the reason is told."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    nodes.note(deu, 1)
    with ukr.store.transaction() as change:
        change.set_meta("witnessed", "0")
    got = nodes.hand(deu, ukr)
    assert (got.entries, got.cosigned) == ({"deu/record": 1}, ())
    assert "witness_state_lost" in [one.code for one in got.remarks]


@pytest.mark.parametrize(("sender", "to"), [("UKR", "DEU"), ("DEU", "BEL"), ("BEL", "UKR")])
def test_packets_of_others_and_for_others(nodes: Any, sender: str, to: str) -> None:
    """A packet must be from whom the connection shows, and for the node that gets it."""
    deu, ukr, _ = nodes.make("DEU", "UKR", "BEL")
    made = dataclasses.replace(make_packet(deu, "UKR", nodes.types), sender=sender, to=to)
    with pytest.raises(InputError) as refused:
        receive(ukr, made, "DEU")
    assert refused.value.kind == "not_for_us"


# ---- hostile packets ----


def test_bombs_and_cuts() -> None:
    """Gzip that grows without end, is cut off, doubled or followed by something is refused without being read."""
    bomb = gzip.compress(bytes(packets.MOST_BYTES + 2), 9)
    assert len(bomb) < 1 << 20
    with pytest.raises(InputError) as refused:
        unpack(bomb)
    assert refused.value.kind == "packet_too_large"
    good = gzip.compress(b"{}")
    for data in (good[:-1], good + b"x", good + good, b"", b"{}", zlib.compress(b"{}"), good[:-8] + bytes(8)):
        with pytest.raises(InputError) as refused:
            unpack(data)
        assert refused.value.kind == "bad_packet"


def test_all_faults_of_the_form_at_once() -> None:
    """Every fault is told with its place."""
    value = {"version": 2, "from": "deu", "to": 3, "logs": [{"origin": ""}], "have": [], "whole": 1, "extra": 0}
    with pytest.raises(InputError) as refused:
        packet_reader.from_bytes(gzip.compress(canonical.dumps(value)))
    assert refused.value.kind == "bad_packet"
    places = {fault.where for fault in refused.value.faults}
    assert {"packet", "version", "from", "to", "made_utc", "whole", "have", "logs[0]", "objects"} <= places


def _full(nodes: Any) -> tuple[Any, Packet]:
    """Make a node and a packet for it that has something of everything."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    kept = deu.objects.put([b"frame"])
    frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
    nodes.talk(deu, ukr)
    nodes.talk(bel, deu)
    log.append(deu, [log.Draft("flight/X", "test/note", {"n": 1}, objects=(frame,))])
    nodes.note(deu, 2, ["BEL"], "test/closed", stream="flight/Z")
    return ukr, make_packet(deu, "UKR", nodes.types)


def _claims(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the places of all single values."""
    if isinstance(value, dict):
        return [place for name, one in value.items() for place in _claims(one, (*path, name))]
    if isinstance(value, list):
        return [place for number, one in enumerate(value) for place in _claims(one, (*path, number))]
    return [path]


def _changed(value: Any, path: tuple[Any, ...]) -> Any:
    """Change one value a little: a sign of a text, a number by one."""
    copy = json.loads(json.dumps(value))
    here = copy
    for step in path[:-1]:
        here = here[step]
    old = here[path[-1]]
    if isinstance(old, bool):
        here[path[-1]] = not old
    elif isinstance(old, int):
        here[path[-1]] = old + 1
    elif isinstance(old, str):
        middle = len(old) // 2
        other = "B" if old[middle : middle + 1] == "A" else "A"
        here[path[-1]] = old[:middle] + other + old[middle + 1 :]
    else:
        here[path[-1]] = 0
    return copy


_VOUCHED = ("have", "made_utc", "whole", "lacking")
"""What the sender vouches for itself."""


def test_every_field_changed_is_refused_or_without_effect(nodes: Any) -> None:
    """Whatever value is changed, nothing is believed that its signer did not say, and nobody is accused."""
    ukr, packet = _full(nodes)
    value = packet.to_json()
    fair = _believed(nodes, ukr)
    refused = 0
    truth = nodes.roots(nodes.opened["DEU"])
    places = [path for path in _claims(value) if path[0] not in _VOUCHED]
    assert len(places) > 30
    for path in places:
        data = gzip.compress(canonical.dumps(_changed(value, path)), mtime=0)
        try:
            receive(ukr, packet_reader.from_bytes(data), "DEU")
        except InputError:
            refused += 1
            assert _believed(nodes, ukr) == fair, path
            continue
        now = _believed(nodes, ukr)
        assert now["accused"] == set(), path
        for origin, head in now["roots"].items():
            assert head in (fair["roots"].get(origin), truth.get(origin)), path
        fair = now
    assert refused > len(places) / 2
    receive(ukr, packet, "DEU")
    assert _believed(nodes, ukr)["roots"]["deu/record"] == truth["deu/record"]


def _believed(nodes: Any, node: Any) -> dict[str, Any]:
    """Give all that a packet could change, and check every signature that is kept."""
    with node.store.snapshot() as seen:
        rows = [row for one in seen.logs() for row in seen.checkpoints(one.origin)]
        lines = [line for row in rows for line in seen.cosignatures(row.origin, row.size, row.root)]
        for row in rows:
            checkpoint, _ = parse_checkpoint(row.note)
            assert (checkpoint.size, checkpoint.root) == (row.size, row.root)
        return {
            "roots": nodes.roots(node),
            "accused": nodes.accused(node),
            "checkpoints": [(row.origin, row.size, row.root) for row in rows],
            "cosignatures": [(line.witness, line.line) for line in lines],
            "introductions": seen.introductions(),
            "drafts": seen.drafts(),
            "objects": sorted(node.objects.names()),
        }


def test_every_byte_changed_is_refused_or_the_same(nodes: Any) -> None:
    """A byte changed anywhere in the gzip is refused, or it stands where gzip says nothing of the content."""
    _, packet = _full(nodes)
    data = to_bytes(packet)
    places = [*range(40), *range(40, len(data) - 10, max(1, len(data) // 200)), *range(len(data) - 10, len(data))]
    passed = []
    for place in places:
        turned = data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]
        try:
            assert packet_reader.from_bytes(turned) == packet
        except InputError:
            continue
        passed.append(place)
    # Flags, time and system in the header of gzip (RFC 1952), and the bits that fill up its last byte of content.
    assert set(passed) <= {3, 4, 5, 6, 7, 8, 9, len(data) - 9}


@settings(max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5), st.lists, max_leaves=5))
def test_any_value_in_the_place_of_a_field(value: Any) -> None:
    """Whatever stands in a field, reading ends with a packet or one refusal."""
    import datetime as dt

    good = Packet("DEU", "UKR", dt.datetime(2019, 4, 3, tzinfo=dt.UTC)).to_json()
    for name in good:
        data = gzip.compress(canonical.dumps({**good, name: value}))
        kinds = []
        try:
            packet_reader.from_bytes(data)
        except InputError as refused:
            kinds.append(refused.kind)
        assert set(kinds) <= {"bad_packet", "bad_json"}


def test_leaves_that_are_not_of_the_log(nodes: Any) -> None:
    """An entry exchanged, left out or put in is refused, naming who sent it, and nothing of the packet is kept."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.hand(deu, ukr)
    nodes.hand(ukr, deu)
    nodes.note(deu, 4)
    packet = make_packet(deu, "UKR", nodes.types)
    stretch = next(one for one in packet.logs if one.origin == "deu/record")
    other = b"something else"
    from skywitness.record.merkle.hashing import leaf_hash

    fakes = [
        (stretch.leaves[1], stretch.leaves[0], *stretch.leaves[2:]),
        stretch.leaves[1:],
        (*stretch.leaves[:-1], Leaf(leaf_hash(other), other)),
        (*stretch.leaves, Leaf(leaf_hash(other), other)),
        (*stretch.leaves[:-1], dataclasses.replace(stretch.leaves[-1], envelope=other)),
        (*stretch.leaves[:-1], Leaf(hashlib.sha256(other).digest(), None, "X: y")),
    ]
    before = _believed(nodes, ukr)
    for leaves in fakes:
        assert stretch.since == stretch.start
        fake = dataclasses.replace(packet, logs=(dataclasses.replace(stretch, leaves=leaves),))
        with pytest.raises(InputError) as refused:
            receive(ukr, fake, "DEU")
        assert refused.value.kind == "packet_refused"
        assert "DEU" in str(refused.value)
        assert str(refused.value).count("\n") == 0
        assert _believed(nodes, ukr) == before
    receive(ukr, packet, "DEU")
    assert nodes.roots(ukr)["deu/record"][0] == 5
