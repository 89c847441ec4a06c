"""Callers that say nothing do not keep a node from answering others."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

import pytest

from skywitness.record import exchange
from skywitness.record.entry import key_file
from skywitness.record.exchange import certificate, client, server
from skywitness.record.node import key_path

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
