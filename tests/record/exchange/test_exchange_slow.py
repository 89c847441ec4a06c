"""Callers that say nothing or bear the name of another, and nodes that answer too much, keep no node from its work."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import http.server
import socket
import threading
from typing import Any

import pytest
import urllib3

from skywitness.record import exchange
from skywitness.record.entry import introduction, key_file
from skywitness.record.entry.keys import generate
from skywitness.record.exchange import certificate, client, server
from skywitness.record.node.node import key_path
from skywitness.record.store.model import IntroductionRow

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_silent_callers_hold_up_nobody(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With callers that never shake hands, fewer than the threads, a Party is answered all the same."""
    monkeypatch.setattr(server, "HANDSHAKE_S", 3_600.0)
    monkeypatch.setattr(client, "CONNECT_S", 5.0)
    monkeypatch.setattr(client, "READ_S", 5.0)
    nodes.make("DEU", "UKR")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = nodes.opened["DEU"].folder
    root = key_file.load(key_path(folder, "root"), "DEU", "root")
    certificate.reintroduce(folder, root, nodes.clock, address=f"https://127.0.0.1:{port}")
    node = nodes.reopen("DEU")
    nodes.introduce(nodes.opened["UKR"], node)
    base = exchange.serve(node, "127.0.0.1", port, nodes.types)
    thread = threading.Thread(target=base.run)
    thread.start()
    try:
        with contextlib.ExitStack() as silent:
            for _ in range(3):
                silent.enter_context(socket.create_connection(("127.0.0.1", port)))
            with client.connect(nodes.opened["UKR"], "DEU") as peer:
                assert peer.introduction()
    finally:
        base.stop()
        thread.join()


def test_a_certificate_with_the_name_of_another_locks_nobody_out(nodes: Any) -> None:
    """A Party whose certificate bears the subject of another one's keeps that one from nothing."""
    nodes.make("DEU", "UKR", "BEL")
    bel, ukr = nodes.opened["BEL"], nodes.opened["UKR"]
    pem = certificate.make(generate("UKR"), nodes.clock())
    told = dataclasses.replace(bel.introduction(), issue=2, tls_certificate=pem)
    signed = introduction.build(told, key_file.load(key_path(bel.folder, "root"), "BEL", "root")).to_bytes()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = nodes.opened["DEU"].folder
    root = key_file.load(key_path(folder, "root"), "DEU", "root")
    certificate.reintroduce(folder, root, nodes.clock, address=f"https://127.0.0.1:{port}")
    node = nodes.reopen("DEU")
    nodes.introduce(ukr, node)
    with node.store.transaction() as change:
        change.put_introduction(IntroductionRow("BEL", 2, signed, accepted=True))
    base = exchange.serve(node, "127.0.0.1", port, nodes.types)
    thread = threading.Thread(target=base.run)
    thread.start()
    try:
        with client.connect(ukr, "DEU") as peer:
            assert peer.introduction()
    finally:
        base.stop()
        thread.join()


class _Packing(http.server.BaseHTTPRequestHandler):
    """Answers with much in little: megabytes of zeros within gzip, as an encoding of the answer."""

    packed = gzip.compress(bytes(8 << 20))

    def do_GET(self) -> None:
        """Answer one request."""
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(self.packed)))
        self.end_headers()
        self.wfile.write(self.packed)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def test_an_answer_is_not_unpacked_by_the_way() -> None:
    """What another node calls packed stays as it came: only packets are unpacked, and these within bounds."""
    with http.server.HTTPServer(("127.0.0.1", 0), _Packing) as base:
        thread = threading.Thread(target=base.serve_forever)
        thread.start()
        try:
            pool: Any = urllib3.HTTPConnectionPool("127.0.0.1", base.server_port)
            assert client.Connection("DEU", pool).introduction() == _Packing.packed
            pool.close()
        finally:
            base.shutdown()
            thread.join()


def test_another_node_does_not_say_how_long_to_wait(nodes: Any) -> None:
    """A busy node is asked again when this one thinks it fit, and not by its ``Retry-After``: that may be a year."""
    nodes.make("DEU", "UKR")
    folder = nodes.opened["DEU"].folder
    root = key_file.load(key_path(folder, "root"), "DEU", "root")
    certificate.reintroduce(folder, root, nodes.clock, address="https://127.0.0.1:9")
    nodes.introduce(nodes.opened["UKR"], nodes.reopen("DEU"))
    with client.connect(nodes.opened["UKR"], "DEU") as peer:
        busy = urllib3.HTTPResponse(status=503, headers={"Retry-After": "31536000"})
        retries: Any = peer.pool.retries
        assert not retries.respect_retry_after_header
        assert not retries.is_retry("GET", 429, has_retry_after=True)
        assert retries.is_retry("GET", busy.status)
