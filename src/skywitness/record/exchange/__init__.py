"""How nodes exchange what they hold: one packet both ways, over HTTPS or on a stick, and the same judgement of both.

:func:`sync` talks to a Party's node until neither has anything new; :func:`serve` lets others talk to this one;
:func:`make_packet` and :func:`receive` are what both are made of; :func:`write_sealed` and :func:`read_sealed` go
without a network.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from skywitness.record.entry.payload_types import Registry
    from skywitness.record.exchange.client import Synced
    from skywitness.record.exchange.packet import Packet
    from skywitness.record.exchange.receive import Received
    from skywitness.record.exchange.seal import Sealed
    from skywitness.record.exchange.server import Server
    from skywitness.record.node.node import Node


def sync(node: Node, party: str, registry: Registry) -> Synced:
    """Exchange packets with a Party's node at the address of its introduction until nothing is new."""
    from skywitness.record.exchange import client

    return client.sync(node, party, registry)


def serve(
    node: Node,
    host: str,
    port: int,
    registry: Registry,
    report: Callable[[BaseException], None] | None = None,
    bound: socket.socket | None = None,
) -> Server:
    """Make a server of this node, bound to ``host`` and ``port`` (0: any); ``run`` serves until ``stop`` is called.

    ``report`` is told of faults inside, from any thread; who asked learns nothing of them.  ``bound``: a socket that is
    bound there already, and is the server's from now on.
    """
    from skywitness.record.exchange import app, server

    return server.make(node, host, port, registry, report or app.keep_silent, bound)


def make_packet(node: Node, party: str, registry: Registry) -> Packet:
    """Make a packet for a Party, by what it last said it holds."""
    from skywitness.record.exchange import send

    return send.make_packet(node, party, registry)


def receive(node: Node, packet: Packet, sender: str) -> Received:
    """Take in a packet that came from ``sender``."""
    from skywitness.record.exchange import receive as receiving

    return receiving.receive(node, packet, sender)


def write_sealed(node: Node, party: str, path: Path, registry: Registry) -> Sealed:
    """Write a packet for a Party into a sealed file."""
    from skywitness.record.exchange import seal

    return seal.write_file(node, party, path, registry)


def read_sealed(node: Node, path: Path) -> Received:
    """Take in a sealed file."""
    from skywitness.record.exchange import seal

    return seal.read_file(node, path)
