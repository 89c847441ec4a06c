"""Talk to the node of another Party: HTTPS with the certificates of both introductions, and no others."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry.payload_types import OWN, Registry
from skywitness.record.exchange import held, packet_reader
from skywitness.record.exchange.audience import entry_of
from skywitness.record.exchange.certificate import context, fingerprint, own_pair
from skywitness.record.exchange.packet import MEDIA_TYPE, MOST_PACKED_BYTES, Lack, Packet, to_bytes
from skywitness.record.exchange.receive import Received, receive
from skywitness.record.exchange.send import Asked, Limits, make_greeting, make_packet
from skywitness.record.store.objects import CHUNK_BYTES
from skywitness.record.trust import roster

if TYPE_CHECKING:
    from urllib3 import HTTPSConnectionPool
    from urllib3.response import BaseHTTPResponse

    from skywitness.record.node.node import Node

MOST_ROUNDS: Final = 10_000
CONNECT_S, READ_S = 10.0, 120.0
_LONGEST_ANSWER: Final = 65_536
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class RefusedObject:
    """A file that the other node did not give, by which provision and why."""

    sha256: str
    provision: str
    why: str


@dataclass(slots=True)
class Synced:
    """What a conversation brought: each answer as it was taken, and files that were fetched, refused or not there."""

    party: str
    rounds: int = 0
    received: list[Received] = field(default_factory=list)
    objects: int = 0
    refused: list[RefusedObject] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """Count the new entries of all logs."""
        return sum(sum(one.entries.values()) for one in self.received)

    @property
    def accused(self) -> frozenset[str]:
        """Name the Parties against whom evidence came."""
        return frozenset().union(*(one.accused for one in self.received))


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection to one Party's node."""

    party: str
    pool: HTTPSConnectionPool

    def exchange(self, packet: Packet) -> Packet:
        """Hand a packet over and get one back; asking twice is harmless, so what was cut off is asked again."""
        answer = self._ask("POST", "/exchange", to_bytes(packet), MOST_PACKED_BYTES)
        return packet_reader.from_bytes(answer, self.party)

    def introduction(self) -> bytes:
        """Get the introduction of the other Party, as it is now."""
        return self._ask("GET", "/party", None, _LONGEST_ANSWER)

    def fetch(self, node: Node, lack: Lack, size_bytes: int) -> RefusedObject | bool:
        """Fetch a file and keep it, true; or tell why it was refused, or that it is not there (false)."""
        path = f"/object/{lack.sha256}?entry={lack.entry}"
        with _told(self.party):
            answer = self.pool.request("GET", path, preload_content=False, decode_content=False)
            try:
                if answer.status == 200:
                    node.objects.put(answer.stream(CHUNK_BYTES), lack.sha256, size_bytes)
                    return True
                if answer.status == 404:
                    return False
                value = _words(answer)
            finally:
                answer.release_conn()
        if "provision" not in value:
            raise self._refused(answer.status, value)
        return RefusedObject(lack.sha256, value["provision"], value.get("why", ""))

    def _ask(self, method: str, path: str, body: bytes | None, most: int) -> bytes:
        headers = {"Content-Type": MEDIA_TYPE} if body is not None else {}
        with _told(self.party):
            answer = self.pool.request(
                method, path, body=body, headers=headers, preload_content=False, decode_content=False
            )
            try:
                if answer.status != 200:
                    raise self._refused(answer.status, _words(answer))
                data = answer.read(most + 1)
            finally:
                answer.release_conn()
        if len(data) > most:
            raise InputError("peer_failed", say("The answer of {party} is too large.", party=self.party), self.party)
        return data

    def _refused(self, status: int, value: dict[str, str]) -> InputError:
        message = say(
            "The node of {party} answers {status}: {words}",
            party=self.party,
            status=status,
            words=quoted(value.get("message", ""), 400),
        )
        return InputError("peer_refused", message, self.party)


@contextmanager
def connect(node: Node, party: str) -> Iterator[Connection]:
    """Connect to the address of a Party's accepted introduction; only its certificate is taken.

    :raises InputError: ``unknown_party``, ``no_address``, ``no_certificate``.
    """
    import urllib3

    with node.store.snapshot() as seen:
        found = roster.accepted(seen).get(party)
    if found is None:
        raise InputError("unknown_party", say("The introduction of {party} was not accepted.", party=party), party)
    if found.address is None or found.tls_certificate is None:
        message = say("The introduction of {party} has no address: it is reached by sealed packets only.", party=party)
        raise InputError("no_address", message, party)
    parts = urlsplit(found.address)
    pool = urllib3.HTTPSConnectionPool(
        parts.hostname or "",
        parts.port or 443,
        ssl_context=context(ssl.PROTOCOL_TLS_CLIENT, *own_pair(node), [found.tls_certificate]),
        assert_hostname=False,
        assert_fingerprint=fingerprint(found.tls_certificate),
        timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S),
        retries=urllib3.Retry(
            _TRIES,
            allowed_methods=None,
            backoff_factor=0.2,
            redirect=0,
            status_forcelist=(503,),
            raise_on_status=False,
            respect_retry_after_header=False,
        ),
        maxsize=1,
    )
    try:
        yield Connection(party, pool)
    finally:
        pool.close()


def sync(
    node: Node, party: str, registry: Registry = OWN, limits: Limits | None = None, *, files: bool = True
) -> Synced:
    """Exchange packets with a Party's node until neither has anything new, and fetch the files that entries name.

    :raises InputError: as ``connect``; ``peer_refused`` with what the other node says; ``peer_failed`` when it cannot
        be reached or shows another certificate; ``packet_refused`` for what it sends.
    """
    with connect(node, party) as peer:
        done = Synced(party)
        converse(node, peer, registry, done, limits)
        if files:
            _fetch_files(node, peer, done)
    return done


def converse(node: Node, peer: Connection, registry: Registry, done: Synced, limits: Limits | None = None) -> None:
    """Exchange packets until nothing is new; each packet is answered by one made of what the other said it holds."""
    with node.store.snapshot() as seen:
        is_known = held.recall(seen, peer.party) is not None
    packet = make_packet(node, peer.party, registry, limits=limits) if is_known else make_greeting(node, peer.party)
    while done.rounds < MOST_ROUNDS:
        reply = peer.exchange(packet)
        got = receive(node, reply, peer.party)
        done.rounds += 1
        done.received.append(got)
        following = make_packet(node, peer.party, registry, Asked(reply.have, reply.lacking), limits=limits)
        same = following.news() == packet.news()
        told = following.checkpoints == packet.checkpoints and not following.brings
        if not got.changed and (same or (told and reply.whole)):
            return
        packet = following


def _fetch_files(node: Node, peer: Connection, done: Synced) -> None:
    """Fetch what entries held here name and what was not carried in packets."""
    with node.store.snapshot() as seen:
        wanted = [(one, _size(node, one)) for one in held.lacking(seen, node.objects)]
    for lack, size_bytes in wanted:
        answer = peer.fetch(node, lack, size_bytes)
        if isinstance(answer, RefusedObject):
            done.refused.append(answer)
        elif answer:
            done.objects += 1
        else:
            done.absent.append(lack.sha256)


def _size(node: Node, lack: Lack) -> int:
    with node.store.snapshot() as seen:
        for row in seen.by_address(lack.entry):
            entry = entry_of(row)
            for one in entry.objects if entry is not None else ():
                if one.sha256 == lack.sha256:
                    return one.size
    return 0


def _words(answer: BaseHTTPResponse) -> dict[str, str]:
    """Read what the other node says in JSON; anything else is nothing."""
    try:
        value = json.loads(answer.read(_LONGEST_ANSWER))
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(one) for name, one in value.items()} if isinstance(value, dict) else {}


@contextmanager
def _told(party: str) -> Iterator[None]:
    """Say in one sentence why a connection failed."""
    import urllib3

    try:
        yield
    except (urllib3.exceptions.HTTPError, OSError) as error:
        message = say("The node of {party} cannot be reached: {why}", party=party, why=quoted(_why(error), 300))
        raise InputError("peer_failed", message, party) from error


def _why(error: BaseException) -> str:
    """Give what the system said at the bottom of an error of a connection, without the names of our own parts."""
    found: BaseException | None = getattr(error, "reason", None) or error
    told = str(found)
    while isinstance(found, BaseException):
        if isinstance(found, OSError) and found.strerror:
            told = found.strerror
        found = found.__cause__ or found.__context__
    return told
