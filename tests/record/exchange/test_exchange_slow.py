"""Callers that say nothing, or bear the name of another, do not keep a node from answering others."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
from typing import Any

import pytest

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
