"""A node's server: TLS 1.3 with the certificate of its introduction, for Parties that show theirs."""

from __future__ import annotations

import io
import os
import re
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cheroot import errors
from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import HTTPConnection
from cheroot.ssl import Adapter
from cheroot.wsgi import Server as WsgiServer

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.payload_types import OWN, Registry
from skywitness.record.exchange.app import PARTY, App, keep_silent
from skywitness.record.exchange.certificate import context, own_pair
from skywitness.record.exchange.packet import MOST_PACKED_BYTES
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

THREADS: Final = 8
WAITING: Final = 32
"""Connections that wait to be taken, and requests that wait for a thread; more are turned away."""

HANDSHAKE_S: Final = 5.0
IDLE_S: Final = 30
_MOST_HEADER_BYTES: Final = 16_384


class _Pinned(Adapter):
    """Lets in who shows the certificate of an accepted introduction, as it stands at that moment.

    While the store or the own certificate cannot be read, those are let in who were before: the application refuses
    them all, and tells them so.
    """

    def __init__(self, node: Node, report: Callable[[BaseException], None]) -> None:
        self.node, self.report = node, report
        self.context: ssl.SSLContext | None = None
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()
        self._made: tuple[tuple[str, ...], ssl.SSLContext] | None = None

    def make_ready(self) -> None:
        """Read once whom to let in, so that a store that fails later is told of over connections that still stand."""
        self._context(tuple(sorted(self._certificates().values())))

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, Any]]:
        """Make ready for a handshake; this thread takes all connections, and waits for nobody."""
        try:
            trusted = tuple(sorted(self._certificates().values()))
            made = self._context(trusted).wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        except (OSError, InputError) as error:
            sock.close()
            raise errors.FatalSSLAlert(str(error)) from error
        return made, {}

    def shake(self, sock: ssl.SSLSocket) -> dict[str, Any] | None:
        """Shake hands within a bounded time and tell which Party it is, or nothing."""
        try:
            sock.settimeout(HANDSHAKE_S)
            sock.do_handshake()
            sock.settimeout(IDLE_S)
            shown = sock.getpeercert(binary_form=True) or b""
            pinned = self._certificates()
        except (OSError, ValueError, InputError):
            return None
        party = next((one for one, pem in pinned.items() if ssl.PEM_cert_to_DER_cert(pem) == shown), None)
        return None if party is None else {PARTY: party, **self.get_environ()}

    def get_environ(self) -> dict[str, Any]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: socket.socket, mode: str = "r", bufsize: int = io.DEFAULT_BUFFER_SIZE) -> Any:
        kind = StreamReader if "r" in mode else StreamWriter
        return kind(sock, mode, bufsize)

    def _certificates(self) -> dict[str, str]:
        try:
            with self.node.store.snapshot() as seen:
                found = roster.accepted(seen)
        except InputError:
            return self._known  # the application meets the same, and reports it
        self._known = {
            party: one.tls_certificate
            for party, one in found.items()
            if one.tls_certificate is not None and party != self.node.party
        }
        return self._known

    def _context(self, trusted: tuple[str, ...]) -> ssl.SSLContext:
        with self._lock:
            try:
                pem, key = own_pair(self.node)
                asked = (pem, *trusted)
                if self._made is None or self._made[0] != asked:
                    self._made = asked, context(ssl.PROTOCOL_TLS_SERVER, pem, key, list(trusted))
            except InputError as refused:
                if self._made is None:
                    self.report(refused)
                    raise
            return self._made[1]


class _Connection(HTTPConnection):  # type: ignore[misc, unused-ignore]
    """Shakes hands in the thread that answers, so that a silent caller holds up one thread and not the door."""

    def communicate(self) -> bool:
        """Answer one request."""
        if not self.ssl_env:
            self.ssl_env = self.server.ssl_adapter.shake(self.socket)
        return bool(self.ssl_env and super().communicate())  # type: ignore[no-untyped-call, unused-ignore]


class _Quiet(WsgiServer):  # type: ignore[misc, unused-ignore]
    """Writes nothing on its own: faults go to ``report``.  It may be given a socket that is bound already."""

    bound: socket.socket | None = None

    def bind(self, family: int, kind: int, proto: int = 0) -> socket.socket:
        """Bind a socket, or take the one given."""
        if self.bound is None:
            made: socket.socket = super().bind(family, kind, proto)  # type: ignore[no-untyped-call, unused-ignore]
            return made
        self.socket, self.bind_addr = self.bound, self.bound.getsockname()[:2]
        return self.bound

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Tell nobody of what a peer's connection did."""


@dataclass(frozen=True, slots=True)
class Server:
    """A bound server; ``port`` is the one it listens at."""

    base: WsgiServer
    host: str
    port: int

    def run(self) -> None:
        """Serve until ``stop`` is called: from another thread, or from this one after an interrupt (Ctrl-C).

        The door is kept by a thread of its own: an interrupt that fell between two steps of its queue would leave a
        worker asleep for ever, and ``stop`` waiting for it.
        """
        pool = ThreadPoolExecutor(1, "door")
        door = pool.submit(self.base.serve)
        pool.shutdown(wait=False)
        door.result()

    def stop(self) -> None:
        """End serving and give back threads and sockets."""
        self.base.stop()


def make(
    node: Node,
    host: str,
    port: int,
    registry: Registry = OWN,
    report: Callable[[BaseException], None] = keep_silent,
    bound: socket.socket | None = None,
) -> Server:
    """Bind a server of a node; ``port`` 0 takes any.  ``report`` learns of faults here.

    ``bound`` is a socket that is bound already: whose address must be known first keeps it for nobody else to take.

    :raises InputError: ``no_certificate``; ``no_port`` when the address cannot be used.
    """
    adapter = _Pinned(node, report)
    adapter.make_ready()
    base = _Quiet(
        (host, port),
        App(node, registry, report),
        numthreads=THREADS,
        server_name="skywitness",
        max=THREADS,
        request_queue_size=WAITING,
        timeout=IDLE_S,
        accepted_queue_size=WAITING,
        accepted_queue_timeout=IDLE_S,
    )
    base.bound = bound
    base.ssl_adapter = adapter
    base.ConnectionClass = _Connection
    base.max_request_body_size = MOST_PACKED_BYTES
    base.max_request_header_size = _MOST_HEADER_BYTES
    base.keep_alive_conn_limit = THREADS
    try:
        base.prepare()
    except OSError as error:
        number = re.search(r"\[Errno (\d+)\]", str(error))  # the library words the system's error anew
        why = os.strerror(int(number[1])) if number else error.strerror or str(error)
        raise InputError("no_port", say("The address cannot be used: {why}.", why=why), f"{host}:{port}") from error
    return Server(base, host, int(base.bind_addr[1]))
