"""What a node answers over HTTPS, as a WSGI application; who asks is told by the connection (``server``)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry.fields import is_address
from skywitness.record.entry.payload_types import OWN, Grant, Refusal, Registry
from skywitness.record.exchange import packet_reader, refusals
from skywitness.record.exchange.audience import decide, decide_object
from skywitness.record.exchange.certificate import require_own
from skywitness.record.exchange.doubtful import accused
from skywitness.record.exchange.packet import MEDIA_TYPE, MOST_PACKED_BYTES, to_bytes
from skywitness.record.exchange.receive import receive
from skywitness.record.exchange.send import Asked, make_packet
from skywitness.record.exchange.turns import Turns
from skywitness.record.log import log, proving
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tiles import HEIGHT, WIDTH, Tile, bundle_bytes, parse_path, tile_bytes
from skywitness.record.node.current import require_current
from skywitness.record.note import witness_request
from skywitness.record.note.signed_note import MOST_BYTES
from skywitness.record.note.witness_request import TEXT_TYPE, Outcome, parse_request
from skywitness.record.trust import introductions, roster
from skywitness.record.witness import witness

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from skywitness.record.node.node import Node

PARTY: Final = "skywitness.party"
"""The key of the environment under which the server says who asks."""

BYTES: Final = "application/octet-stream"
_STATUS: Final = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    411: "Length Required",
    413: "Content Too Large",
    422: "Unprocessable Content",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
_REFUSED: Final = {"packet_refused", "bad_packet", "bad_json", "packet_too_large", "bad_tile_path", "bad_request"}
_FORBIDDEN: Final = {"not_for_us", "unknown_party"}


def keep_silent(error: BaseException) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: status, body and what it is."""

    status: int
    body: Iterable[bytes]
    content_type: str = "application/json"
    length: int | None = None


@dataclass(frozen=True, slots=True)
class App:
    """Answers for one node; ``report`` is told of what went wrong here, which nobody outside learns."""

    node: Node
    registry: Registry = OWN
    report: Callable[[BaseException], None] = keep_silent
    _recording: threading.Lock = field(default_factory=threading.Lock)
    _turns: Turns = field(default_factory=Turns)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; whatever goes wrong, no inner state leaves."""
        try:
            response = self._answer(environ)
        except InputError as refused:
            response = self._of_refusal(refused)
        except Exception as error:  # noqa: BLE001 - the last door: nobody outside sees a traceback
            self.report(error)
            response = _told(500, "internal", say("The node failed; its people can see why."))
        headers = [("Content-Type", response.content_type), ("Cache-Control", "no-store")]
        if response.length is not None:
            headers.append(("Content-Length", str(response.length)))
        start_response(f"{response.status} {_STATUS[response.status]}", headers)
        return response.body

    def _answer(self, environ: WSGIEnvironment) -> Response:
        party = str(environ.get(PARTY, ""))
        with self.node.store.snapshot() as seen:
            if party == self.node.party or party not in roster.accepted(seen):
                return _told(403, "unknown_party", say("Only Parties whose introductions were accepted are answered."))
            require_current(self.node, seen)
            require_own(self.node, seen)
        method, path = str(environ.get("REQUEST_METHOD")), str(environ.get("PATH_INFO"))
        posts = {"/exchange": self._exchange, "/witness/add-checkpoint": self._witness}
        if path in posts:
            most = MOST_PACKED_BYTES if path == "/exchange" else MOST_BYTES
            body = _body(environ, most) if method == "POST" else _told(405, "bad_method", say("This takes POST only."))
            return body if isinstance(body, Response) else posts[path](party, body)
        if method != "GET":
            return _told(405, "bad_method", say("This takes GET only."))
        return self._get(party, path, str(environ.get("QUERY_STRING", "")))

    def _get(self, party: str, path: str, query: str) -> Response:
        if path == "/party":
            with self.node.store.snapshot() as seen:
                return _whole(introductions.own(seen, self.node.party), "application/json")
        if path == "/log/checkpoint":
            return self._checkpoint()
        if path.startswith("/log/tile/"):
            return self._tile(party, path.removeprefix("/log/"))
        name = path.removeprefix("/object/")
        if path.startswith("/object/") and is_address(name):
            return self._object(party, name, query)
        return _not_found()

    def _exchange(self, party: str, body: bytes) -> Response:
        with self._turns.turn(party):
            packet = packet_reader.from_bytes(body, party)
            receive(self.node, packet, party)
            answer = make_packet(self.node, party, self.registry, Asked(packet.have, packet.lacking))
            return _whole(to_bytes(answer), MEDIA_TYPE)

    def _witness(self, party: str, body: bytes) -> Response:  # noqa: ARG002 - every Party is answered alike
        """Answer as C2SP tlog-witness says; the log of an accused Party is not cosigned any more."""
        with self.node.store.snapshot() as seen:
            bad = accused(seen)
            try:
                owner = roster.of_log(seen, parse_request(body)[1].origin)
            except InputError:
                owner = None
        if owner is not None and owner.party in bad:
            words = say("There is evidence against the Party of this log: it is not cosigned.")
            answer = witness_request.refused(Outcome.UNSIGNED, words)
        else:
            answer = witness.answer(self.node, body)
        return _whole(answer.body(), answer.content_type(), int(answer.outcome))

    def _checkpoint(self) -> Response:
        row = log.checkpoint(self.node)
        with self.node.store.snapshot() as seen:
            return _whole(proving.cosigned_note(seen, row).encoded(), TEXT_TYPE)

    def _tile(self, party: str, path: str) -> Response:
        try:
            tile, is_entries = parse_path(path)
        except InputError:
            return _not_found()
        size = log.checkpoint(self.node).size
        if not tile.width or tile.index * WIDTH + tile.width > size >> HEIGHT * tile.level:
            return _not_found()
        if is_entries:
            return self._entries(party, tile)
        with self.node.store.snapshot() as seen:
            return _whole(tile_bytes(tile, lookup(seen, self.node.origin)), BYTES)

    def _entries(self, party: str, tile: Tile) -> Response:
        """Give a bundle of entries if the Party may read all of them; a bundle has no place for a leaf hash."""
        first, given = tile.index * WIDTH, []
        with self.node.store.snapshot() as seen:
            for row in seen.entries(self.node.origin, first, first + tile.width):
                decided = decide(self.registry, row, party)
                if isinstance(decided, Refusal):
                    return _refusal(decided, index=row.index)
                given.append(row.envelope or b"")
        return _whole(bundle_bytes(given), BYTES)

    def _object(self, party: str, name: str, query: str) -> Response:
        """Give a file to a Party that may read an entry naming it; a refusal is told, and recorded once a day."""
        hint = parse_qs(query[:200]).get("entry", [""])[0]
        with self.node.store.snapshot() as seen:
            found = decide_object(seen, self.registry, name, party, hint if is_address(hint) else None)
        if found is None:
            return _not_found()
        decided, row = found
        if isinstance(decided, Grant):
            if not self.node.objects.has(name):
                if row.origin == self.node.origin:  # it was here when the entry was made
                    self.report(InputError("no_object", say("The object is not here."), name))
                return _not_found()
            return self._file(name)
        with self._recording:
            refusals.record(self.node, party, name, row, decided)
        return _refusal(decided)

    def _file(self, name: str) -> Response:
        """Give a file a piece behind the reading: one that was altered here is cut off, and never given whole."""
        pieces = self.node.objects.read(name)
        size = self.node.objects.size(name)
        first = next(pieces, b"")
        second = next(pieces, None)  # a file of one piece is judged here, and refused in words
        return Response(200, self._told_of(first, second, pieces), BYTES, size)

    def _told_of(self, first: bytes, second: bytes | None, rest: Iterator[bytes]) -> Iterator[bytes]:
        held = first
        try:
            for piece in () if second is None else chain([second], rest):
                yield held
                held = piece
        except Exception as error:
            self.report(error)
            raise
        yield held

    def _of_refusal(self, refused: InputError) -> Response:
        """Say what is wrong with what came; what is wrong here is told in general words."""
        if refused.kind in _REFUSED:
            return _told(400, refused.kind, refused.message)
        if refused.kind in _FORBIDDEN:
            return _told(403, refused.kind, refused.message)
        if refused.kind == "busy":
            return _told(503, refused.kind, refused.message)
        self.report(refused)
        return _told(503, refused.kind, say("The node cannot answer now; its people can see why."))


def _body(environ: WSGIEnvironment, most: int) -> bytes | Response:
    try:
        length = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        length = -1
    if length < 0:
        return _told(411, "bad_request", say("The length of the body must be told."))
    if length > most:
        return _told(413, "packet_too_large", say("The body is larger than {most} bytes.", most=most))
    data: bytes = environ["wsgi.input"].read(length)
    if len(data) != length:
        return _told(400, "bad_request", say("The body was cut off."))
    return data


def _whole(body: bytes, content_type: str, status: int = 200) -> Response:
    return Response(status, [body], content_type, len(body))


def _told(status: int, kind: str, message: Text) -> Response:
    return _json(status, {"kind": kind, "message": str(message)})


def _refusal(decided: Refusal | Grant, **more: int) -> Response:
    return _json(403, {"provision": decided.provision, "why": str(decided.why), **more})


def _not_found() -> Response:
    return _told(404, "not_found", say("There is nothing here under this name."))


def _json(status: int, value: dict[str, Any]) -> Response:
    return _whole(json.dumps(value, sort_keys=True).encode(), "application/json", status)
