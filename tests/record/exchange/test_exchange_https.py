"""Nodes over loopback: TLS 1.3 with pinned certificates, and sticks that bring the same."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from skywitness.core.errors import InputError
from skywitness.record import exchange
from skywitness.record.entry import key_file
from skywitness.record.entry import keys as party_keys
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.entry.introduction import read as read_introduction
from skywitness.record.exchange import certificate, client, refusals, seal
from skywitness.record.log import log
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tiles import parse_bundle, parse_tile
from skywitness.record.merkle.tree import consistency_proof, root_of_leaves
from skywitness.record.node.node import Node, key_path
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.note.signed_note import parse_note
from skywitness.record.note.witness_request import AddCheckpoint, Outcome, parse_answer
from skywitness.record.trust import roster

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@contextlib.contextmanager
def served(nodes: Any, party: str) -> Iterator[Node]:
    """Serve a node on a port of loopback, and tell all others its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = nodes.opened[party].folder
    root = key_file.load(key_path(folder, "root"), party, "root")
    certificate.reintroduce(folder, root, nodes.clock, address=f"https://127.0.0.1:{port}")
    node: Node = nodes.reopen(party)
    for other in nodes.opened.values():
        nodes.introduce(other, node)
    server = exchange.serve(node, "127.0.0.1", port, nodes.types)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield node
    finally:
        server.stop()
        thread.join()


@contextlib.contextmanager
def asking(node: Node, party: str) -> Iterator[urllib3.HTTPSConnectionPool]:
    """Ask a Party's node as another one would."""
    with client.connect(node, party) as peer:
        yield peer.pool


def test_two_nodes_over_tls(nodes: Any) -> None:
    """A conversation leaves both with the same trees, cosigned by both, in TLS 1.3."""
    _, ukr = nodes.make("DEU", "UKR")
    nodes.note(ukr, 4)
    with served(nodes, "DEU") as deu:
        nodes.note(deu, 30)
        done = exchange.sync(ukr, "DEU", nodes.types)
        assert done.entries == 31
        assert nodes.roots(ukr) == nodes.roots(deu)
        again = exchange.sync(ukr, "DEU", nodes.types)
        assert (again.entries, again.rounds) == (0, 1)
    for node in (deu, ukr):
        with node.store.snapshot() as seen:
            for origin, (size, root) in nodes.roots(node).items():
                names = {one.witness for one in seen.cosignatures(origin, size, root)}
                assert names == {"deu/witness", "ukr/witness"}, origin


def test_a_stick_equals_https(nodes: Any, tmp_path: Path) -> None:
    """The same entries go to one Party over HTTPS and to another on sticks, and both hold the same in the end."""
    _, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    big = bytes(range(256)) * 2000
    with served(nodes, "DEU") as deu:
        kept = [deu.objects.put([words]) for words in (b"small", big)]
        files = tuple(ObjectReference(one.sha256[:4], one.sha256, one.size_bytes, "image/tiff") for one in kept)
        log.append(deu, [log.Draft("flight/X", "test/note", {}, objects=files)])
        nodes.note(deu, 3, ["UKR", "BEL"], "test/closed", stream="flight/Z")
        done = exchange.sync(ukr, "DEU", nodes.types)
        assert done.objects == 1
    for number in range(3):
        there, back = tmp_path / f"{number}.to", tmp_path / f"{number}.back"
        told = exchange.write_sealed(deu, "BEL", there, nodes.types)
        assert (told.encrypted, told.whole) == (True, True)
        assert b"small" not in there.read_bytes()
        exchange.read_sealed(bel, there)
        exchange.write_sealed(bel, "DEU", back, nodes.types)
        exchange.read_sealed(deu, back)
    held = []
    for node in (ukr, bel):
        with node.store.snapshot() as seen:
            rows = list(seen.entries("deu/record"))
            held.append((rows, sorted(node.objects.names()), seen.checkpoint("deu/record")))
    assert held[0] == held[1]
    assert sorted(node.objects.names()) == sorted(one.sha256 for one in kept)


@pytest.mark.parametrize("place", ["start", "head", "middle", "end", "cut", "more"])
def test_a_stick_that_was_changed(nodes: Any, tmp_path: Path, place: str) -> None:
    """A byte changed anywhere, a file cut off or made longer is refused, and nothing is kept."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.note(deu, 2)
    path = tmp_path / "sealed"
    exchange.write_sealed(deu, "UKR", path, nodes.types)
    data = path.read_bytes()
    at = {"start": 3, "head": 40, "middle": len(data) // 2, "end": len(data) - 1}.get(place, 0)
    turned = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    path.write_bytes({"cut": data[:-1], "more": data + b"x"}.get(place, turned))
    before = nodes.roots(ukr)
    with pytest.raises(InputError) as refused:
        exchange.read_sealed(ukr, path)
    assert refused.value.kind in ("bad_seal", "bad_json")
    assert nodes.roots(ukr) == before


def test_a_stick_for_others_or_from_others(nodes: Any, tmp_path: Path) -> None:
    """Only the Party it is for can open it, and only a good key of its sender can have sealed it."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    path = tmp_path / "sealed"
    exchange.write_sealed(deu, "UKR", path, nodes.types)
    for node in (bel, deu):
        with pytest.raises(InputError) as refused:
            exchange.read_sealed(node, path)
        assert refused.value.kind == "bad_seal"
    forger = dataclasses.replace(deu, entry_key=party_keys.generate("DEU"))
    exchange.write_sealed(forger, "UKR", path, nodes.types)
    with pytest.raises(InputError) as refused:
        exchange.read_sealed(ukr, path)
    assert refused.value.kind == "bad_seal"


def test_a_party_without_a_sealing_key_gets_a_signed_file(nodes: Any, tmp_path: Path) -> None:
    """Where the introduction has no sealing key the file is signed and plain, and says so."""
    from skywitness.record.entry import introduction
    from skywitness.record.store.model import IntroductionRow

    deu, ukr = nodes.make("DEU", "UKR")
    root = key_file.load(key_path(ukr.folder, "root"), "UKR", "root")
    bare = dataclasses.replace(ukr.introduction(), issue=2, sealing=None)
    row = IntroductionRow("UKR", 2, introduction.build(bare, root).to_bytes(), accepted=True)
    with deu.store.transaction() as change:
        change.put_introduction(row)
    path = tmp_path / "plain"
    assert not exchange.write_sealed(deu, "UKR", path, nodes.types).encrypted
    assert not seal.open_sealed(ukr, path.read_bytes()).encrypted
    assert exchange.read_sealed(ukr, path).entries == {"deu/record": 1}


# ---- who may connect ----


def _contexts(nodes: Any) -> dict[str, ssl.SSLContext]:
    """Make ways to connect that are all wrong."""
    deu = nodes.opened["DEU"].introduction().tls_certificate
    stranger = party_keys.generate("UKR")
    same_name = certificate.make(stranger, nodes.clock())
    old = certificate.context(ssl.PROTOCOL_TLS_CLIENT, *certificate.own_pair(nodes.opened["UKR"]), [deu])
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    without = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    without.check_hostname = False
    without.load_verify_locations(cadata=deu)
    without.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return {
        "stranger": certificate.context(ssl.PROTOCOL_TLS_CLIENT, same_name, stranger, [deu]),
        "none": without,
        "tls 1.2": old,
        "not accepted": certificate.context(ssl.PROTOCOL_TLS_CLIENT, *certificate.own_pair(nodes.opened["POL"]), [deu]),
    }


@pytest.mark.parametrize("who", ["stranger", "none", "tls 1.2", "not accepted"])
def test_wrong_certificates_are_refused(nodes: Any, who: str) -> None:
    """Nobody gets an answer who does not show the certificate of an accepted introduction, in TLS 1.3."""
    nodes.make("DEU", "UKR", "POL")
    with nodes.opened["DEU"].store.transaction() as change:
        change.put_introduction(dataclasses.replace(change.introductions("POL")[0], accepted=False))
    with served(nodes, "DEU") as deu:
        with deu.store.transaction() as change:
            change.put_introduction(dataclasses.replace(change.introductions("POL")[0], accepted=False))
        address = deu.introduction().address
        assert address is not None
        pool = urllib3.HTTPSConnectionPool(
            "127.0.0.1", int(address.rsplit(":")[-1]), ssl_context=_contexts(nodes)[who], assert_hostname=False
        )
        with pytest.raises((urllib3.exceptions.HTTPError, OSError)):
            pool.request("GET", "/party", retries=False)
        pool.close()


def test_another_server_at_the_address_is_refused(nodes: Any) -> None:
    """A node that shows another certificate than the Party's introduction gets nothing, not even a greeting."""
    nodes.make("DEU", "UKR", "BEL")
    with served(nodes, "DEU") as deu:
        bel, ukr = nodes.opened["BEL"], nodes.opened["UKR"]
        root = key_file.load(key_path(bel.folder, "root"), "BEL", "root")
        certificate.reintroduce(bel.folder, root, nodes.clock, address=deu.introduction().address)
        nodes.introduce(ukr, nodes.reopen("BEL"))
        with pytest.raises(InputError) as refused:
            exchange.sync(ukr, "BEL", nodes.types)
        assert refused.value.kind == "peer_failed"


# ---- what is answered ----


def test_tiles_and_checkpoint_make_the_log(nodes: Any) -> None:
    """What C2SP clients get is the log: tiles and bundles that make the root of a checkpoint signed by both keys."""
    nodes.make("DEU", "UKR")
    with served(nodes, "DEU") as deu, asking(nodes.opened["UKR"], "DEU") as pool:
        nodes.note(deu, 299)
        told = pool.request("GET", "/log/checkpoint").data
        checkpoint, signed = parse_checkpoint(told)
        with nodes.opened["UKR"].store.snapshot() as seen:
            check_checkpoint(signed, roster.log_keys(roster.accepted(seen)["DEU"]))
        assert checkpoint.size == 300
        leaves: list[bytes] = []
        packed: list[bytes] = []
        for path, width in (("000", 256), ("001.p/44", 44)):
            leaves += parse_tile(pool.request("GET", f"/log/tile/0/{path}").data, width)
            packed += parse_bundle(pool.request("GET", f"/log/tile/entries/{path}").data, width)
        assert root_of_leaves(leaves) == checkpoint.root
        assert [leaf_hash(one) for one in packed] == leaves
        assert len(pool.request("GET", "/log/tile/1/000.p/1").data) == 32
        for wrong in ("0/002", "0/001", "0/001.p/45", "1/000", "x", "entries/001.p/45", "0/000.p/256"):
            assert pool.request("GET", f"/log/tile/{wrong}").status == 404


def test_bundles_with_closed_entries_are_refused(nodes: Any) -> None:
    """A bundle with an entry the asker may not read is refused with the provision; its hashes are given."""
    nodes.make("DEU", "UKR", "BEL")
    with served(nodes, "DEU") as deu, asking(nodes.opened["BEL"], "DEU") as pool:
        nodes.note(deu, 1, ["UKR"], "test/closed")
        answer = pool.request("GET", "/log/tile/entries/000.p/2")
        assert answer.status == 403
        assert answer.json() == {"provision": "TEST:1", "why": "it is not addressed to BEL", "index": 1}
        assert len(pool.request("GET", "/log/tile/0/000.p/2").data) == 64
        with asking(nodes.opened["UKR"], "DEU") as other:
            assert other.request("GET", "/log/tile/entries/000.p/2").status == 200


def test_a_refused_file_is_on_record_once_a_day(nodes: Any) -> None:
    """Who may not read a file is told why; the refusal is an entry for both, once for each file and day."""
    nodes.make("DEU", "UKR", "BEL")
    with served(nodes, "DEU") as deu, asking(nodes.opened["BEL"], "DEU") as pool:
        kept = deu.objects.put([b"frame"])
        frame = ObjectReference("frame", kept.sha256, kept.size_bytes, "image/tiff")
        made = log.append(deu, [log.Draft("flight/X", "test/closed", {}, to=("UKR",), objects=(frame,))])[0]
        for _ in range(3):
            answer = pool.request("GET", f"/object/{kept.sha256}")
            assert (answer.status, answer.json()["provision"]) == (403, "TEST:1")
        with deu.store.snapshot() as seen:
            rows = list(seen.of_stream(refusals.stream_for("BEL")))
        assert len(rows) == 1
        from skywitness.record.entry import entry as entries

        told = entries.read(rows[0].envelope or b"")[1]
        assert (told.type, told.to, told.body["provision"]) == ("record/refusal", ("BEL",), "TEST:1")
        assert told.refers_to[0].entry == made.entry.address
        assert list(nodes.types.check(told)) == []
        nodes.clock.move(86_400)
        pool.request("GET", f"/object/{kept.sha256}")
        with deu.store.snapshot() as seen:
            assert len(list(seen.of_stream(refusals.stream_for("BEL")))) == 2
        assert pool.request("GET", f"/object/{'0' * 64}").status == 404
        done = exchange.sync(nodes.opened["BEL"], "DEU", nodes.types)
        assert (done.objects, done.refused) == (0, [])
        with asking(nodes.opened["UKR"], "DEU") as other:
            assert other.request("GET", f"/object/{kept.sha256}?entry={made.entry.address}").data == b"frame"


def test_add_checkpoint(nodes: Any) -> None:
    """A Party may ask the witness as C2SP says; the log of an accused Party is answered with 403."""
    _, ukr = nodes.make("DEU", "UKR")
    with served(nodes, "DEU") as deu, asking(ukr, "DEU") as pool:
        row = log.checkpoint(ukr)
        asked = AddCheckpoint(0, (), parse_note(row.note)).encoded()
        answer = pool.request("POST", "/witness/add-checkpoint", body=asked)
        told = parse_answer(answer.status, answer.headers["Content-Type"], answer.data)
        assert (told.outcome, len(told.cosignatures)) == (Outcome.COSIGNED, 2)
        nodes.note(ukr, 2)
        row = log.checkpoint(ukr)
        with ukr.store.snapshot() as seen:
            proof = consistency_proof(1, 3, lookup(seen, ukr.origin))
        late = pool.request(
            "POST", "/witness/add-checkpoint", body=AddCheckpoint(0, (), parse_note(row.note)).encoded()
        )
        assert (late.status, late.data, late.headers["Content-Type"]) == (409, b"1\n", "text/x.tlog.size")
        good = AddCheckpoint(1, proof, parse_note(row.note)).encoded()
        assert pool.request("POST", "/witness/add-checkpoint", body=good).status == 200
        assert pool.request("POST", "/witness/add-checkpoint", body=b"old x\n\n").status == 400
        from skywitness.record.evidence.model import Split, id_of, to_bytes
        from skywitness.record.store.model import EvidenceRow

        body = to_bytes(Split("UKR", row.note, row.note))
        with deu.store.transaction() as change:
            change.add_evidence(EvidenceRow(id_of(body), "split", body))
        assert pool.request("POST", "/witness/add-checkpoint", body=good).status == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/exchange", b"no packet", 400),
        ("POST", "/exchange", b"", 400),
        ("GET", "/exchange", None, 405),
        ("POST", "/party", b"", 405),
        ("GET", "/", None, 404),
        ("GET", "/object/../keys/entry.json", None, 404),
        ("GET", "/keys/entry.json", None, 404),
        ("DELETE", "/party", None, 405),
    ],
)
def test_wrong_requests(nodes: Any, method: str, path: str, body: bytes | None, status: int) -> None:
    """Anything wrong is answered in one JSON object, without a word of the inside."""
    nodes.make("DEU", "UKR")
    with served(nodes, "DEU"), asking(nodes.opened["UKR"], "DEU") as pool:
        answer = pool.request(method, path, body=body)
        assert answer.status == status
        assert set(answer.json()) == {"kind", "message"}
        assert b"Traceback" not in answer.data
        assert b"/" not in answer.data.replace(b"application/", b"")


def test_a_fault_inside_shows_nothing_outside(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the node is one sentence for who asks, and is reported to its own people."""
    from skywitness.record.exchange import app

    nodes.make("DEU", "UKR")
    reported: list[BaseException] = []

    def fail(*_: object) -> None:
        raise RuntimeError("secret place")

    monkeypatch.setattr("skywitness.record.log.log.checkpoint", fail)
    made = app.App(nodes.opened["DEU"], nodes.types, reported.append)
    status: list[str] = []
    environ = {app.PARTY: "UKR", "REQUEST_METHOD": "GET", "PATH_INFO": "/log/checkpoint"}
    answer = b"".join(made(environ, lambda line, headers: status.append(line)))  # type: ignore[arg-type]
    assert status == ["500 Internal Server Error"]
    assert b"secret" not in answer
    assert [str(one) for one in reported] == ["secret place"]
    assert json.loads(answer)["kind"] == "internal"


def test_bodies_too_large_are_not_read(nodes: Any) -> None:
    """A body announced larger than any packet is refused before it is read; so is one without a length."""
    from skywitness.record.exchange import app

    nodes.make("DEU", "UKR")
    made = app.App(nodes.opened["DEU"], nodes.types)
    for length, expected in ((str(1 << 40), 413), ("", 411), ("x", 411), ("-5", 411)):
        status: list[str] = []
        environ = {
            app.PARTY: "UKR",
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/exchange",
            "CONTENT_LENGTH": length,
            "wsgi.input": None,
        }
        made(environ, lambda line, headers: status.append(line))  # type: ignore[arg-type]  # noqa: B023
        assert status[0].startswith(str(expected))


def test_who_is_not_known_is_not_answered(nodes: Any) -> None:
    """Whoever the connection names, only Parties of the roster are answered; the Party itself is none."""
    from skywitness.record.exchange import app

    nodes.make("DEU", "UKR")
    made = app.App(nodes.opened["DEU"], nodes.types)
    for party in ("", "POL", "DEU"):
        status: list[str] = []
        environ = {app.PARTY: party, "REQUEST_METHOD": "GET", "PATH_INFO": "/party"}
        made(environ, lambda line, headers: status.append(line))  # type: ignore[arg-type]  # noqa: B023
        assert status == ["403 Forbidden"]


def test_the_introduction_is_told(nodes: Any) -> None:
    """A node tells its newest introduction, signed by its root key."""
    nodes.make("DEU", "UKR")
    with served(nodes, "DEU") as deu, client.connect(nodes.opened["UKR"], "DEU") as peer:
        assert read_introduction(peer.introduction())[1] == deu.introduction()


def test_who_has_no_address_is_not_reached(nodes: Any) -> None:
    """A Party without an address, or one whose introduction was not accepted, is refused in one sentence."""
    _, ukr = nodes.make("DEU", "UKR")
    for party, kind in (("DEU", "no_address"), ("POL", "unknown_party")):
        with pytest.raises(InputError) as refused:
            exchange.sync(ukr, party, nodes.types)
        assert refused.value.kind == kind
