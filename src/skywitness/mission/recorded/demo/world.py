"""Five nodes with one clock that the story sets: who says what, who receives it, what travels between them."""

from __future__ import annotations

import datetime as dt
import itertools
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from skywitness.core.text import Text, say
from skywitness.mission.recorded import compose, names
from skywitness.mission.recorded.demo.papers import FAILED_FRAME, SENSOR, STREAM, frames_csv
from skywitness.mission.recorded.demo.telling import Scene, Told
from skywitness.mission.recorded.types import registry
from skywitness.record import exchange, streams
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.exchange.server import Server
from skywitness.record.log.model import Draft
from skywitness.record.node.node import Node, open_node

HOST: Final = "127.0.0.1"


@dataclass(slots=True)
class Clock:
    """The clock of all nodes: it stands until the story sets it, as nobody waits for days."""

    time_utc: dt.datetime = dt.datetime(2019, 4, 10, 8, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Tell the time that the story has come to."""
        return self.time_utc


@dataclass(slots=True)
class World:
    """Nodes by Party, the clock, and the scene that is told."""

    clock: Clock
    nodes: dict[str, Node]
    scene: Scene
    said: list[Entry] = field(default_factory=list)
    servers: dict[str, Server] = field(default_factory=dict)
    doors: dict[str, socket.socket] = field(default_factory=dict)

    def at(self, moment_utc: str) -> None:
        """Set the clock."""
        self.clock.time_utc = dt.datetime.fromisoformat(moment_utc)

    def now(self) -> dt.datetime:
        """Read the clock."""
        return self.clock.time_utc

    def node(self, party: str) -> Node:
        """Give the node of a Party."""
        return self.nodes[party]

    def door(self, party: str) -> str:
        """Find an address for a Party's server, and keep it for as long as the world stands, served or not."""
        kept = self.doors[party] = socket.create_server((HOST, 0))
        return f"https://{HOST}:{kept.getsockname()[1]}"

    def open(self, party: str, folder: Path) -> Node:
        """Open a node and let its server answer at the address of its introduction."""
        node = self.nodes[party] = open_node(folder, self.clock)
        door = self.doors[party].dup()
        server = self.servers[party] = exchange.serve(node, HOST, door.getsockname()[1], registry(), bound=door)
        threading.Thread(target=server.run, name=f"demo {party}", daemon=True).start()
        return node

    def close(self, party: str) -> None:
        """Stop the server of a Party and close its node."""
        self.servers.pop(party).stop()
        self.nodes.pop(party).close()

    def end(self) -> None:
        """Close everything."""
        for party in tuple(self.nodes):
            self.close(party)
        for door in self.doors.values():
            door.close()

    def tell(self, who: str, text: Text, address: str = "", *, lie: bool = False) -> None:
        """Tell a step of the story."""
        self.scene.tell(Told(self.now(), who, text, address, lie))

    # ---- what Parties say ----

    def keep(self, party: str, name: str, data: bytes, media_type: str = "text/csv") -> ObjectReference:
        """Keep a file of a Party."""
        stored = self.node(party).objects.put([data])
        return ObjectReference(name, stored.sha256, stored.size_bytes, media_type)

    def record(self, party: str, draft: Draft, text: Text, *, lie: bool = False) -> Entry:
        """Let a Party say something, checked as every entry is."""
        made = compose.append(self.node(party), [draft])[0].entry
        self.said.append(made)
        self.tell(party, text, made.address, lie=lie)
        return made

    def document(
        self,
        party: str,
        body: Mapping[str, Any],
        to: tuple[str, ...],
        text: Text,
        objects: tuple[ObjectReference, ...] = (),
    ) -> Entry:
        """Let a Party send a document in the stream of the flight."""
        return self.record(party, Draft(STREAM, names.of_document(body["kind"]), body, to=to, objects=objects), text)

    def event(self, party: str, kind: str, at_utc: str, text: Text) -> Entry:
        """Let a Party record an event of the flight."""
        body = {"kind": kind, "at_utc": at_utc}
        return self.record(party, Draft(STREAM, names.EVENT, body), text)

    def frames(self, party: str, first: int, last: int, to: str, stream: str = STREAM) -> Entry:
        """Let the observing Party record which frames it has, by a list of their hashes."""
        file = self.keep(party, f"frames-{first:04}-{last:04}.csv", frames_csv(first, last))
        failed = [FAILED_FRAME] if first <= FAILED_FRAME <= last else []
        body = {"sensor": SENSOR, "first": first, "last": last, "not_exposed": failed}
        text = say(
            "Records frames {first} to {last} of {sensor} by their hashes.", first=first, last=last, sensor=SENSOR
        )
        return self.record(party, Draft(stream, names.SENSOR_DATA, body, to=(to,), objects=(file,)), text)

    def copy(self, party: str, asked: Entry) -> Entry:
        """Let the observing Party give a copy of all frames to who asked for it."""
        data = [one for one in self.said if one.type == names.SENSOR_DATA]
        files = tuple(itertools.chain.from_iterable(entry.objects for entry in data))
        draft = Draft(
            asked.stream,
            names.COPY,
            {"sensor": SENSOR},
            to=(asked.author,),
            objects=files,
            refers_to=(Reference("answers", asked.address),),
        )
        return self.record(party, draft, say("Gives the copy that {party} asked for.", party=asked.author))

    def receive(self, party: str, sent: Entry, text: Text) -> Entry:
        """Let a Party fetch what was sent to it and record the receipt: what came, by its hashes as they are here."""
        self.bring(party, sent.author)
        node = self.node(party)
        for one in sent.objects:
            node.objects.check(one.sha256)
        return self.record(party, receipt_of(party, sent, sent.objects), text)

    # ---- what travels ----

    def bring(self, sender: str, receiver: str) -> None:
        """Let a Party exchange with the node of another, over HTTPS, until neither has anything new."""
        exchange.sync(self.node(sender), receiver, registry())

    def exchange(self) -> None:
        """Let all exchange with all."""
        for one, other in itertools.combinations(self.nodes, 2):
            self.bring(one, other)

    def sign_together(self, author: str, other: str, address: str) -> Entry:
        """Let the other Party sign a draft, and its author append it."""
        self.bring(author, other)
        streams.countersign(self.node(other), address)
        self.tell(other, say("Signs it too."), address)
        self.bring(author, other)
        done = streams.countersign(self.node(author), address)
        text = say("Appends it: entry {index} of its log, signed by both.", index=done.index)
        self.tell(author, text, address)
        return done.entry


def receipt_of(party: str, sent: Entry, files: tuple[ObjectReference, ...]) -> Draft:
    """Draft the receipt of an entry; it goes to its author and to everybody else it was sent to."""
    return Draft(
        sent.stream,
        compose.RECEIPT,
        {},
        to=tuple(code for code in (sent.author, *sent.to) if code != party),
        objects=files,
        refers_to=(Reference("receives", sent.address),),
    )
