"""Take in a packet, whichever way it came: judged first, then kept, one transaction for each log, then cosigned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record import following
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.remark import Remark
from skywitness.record.evidence.judge import tell
from skywitness.record.evidence.model import MOST_PROOFS, Evidence, id_of, to_bytes
from skywitness.record.exchange import countersign, doubtful, witnessing
from skywitness.record.exchange.audience import entry_of
from skywitness.record.exchange.examine import Plan, Taken, examine
from skywitness.record.exchange.held import remember
from skywitness.record.exchange.packet import CarriedObject, Lack, Packet
from skywitness.record.exchange.trust import Judging
from skywitness.record.log import replica
from skywitness.record.store.model import EntryRow, EvidenceRow

if TYPE_CHECKING:
    from skywitness.record.node.node import Node


@dataclass(slots=True)
class Received:
    """What became of a packet: counts of what is new here, and remarks on what was left out or does not hold.

    ``entries``: new entries of each log; ``accused``: Parties against whom evidence came or was found now; ``offered``:
    Parties whose introductions wait for people to compare fingerprints; ``lacking``: files that new entries name.
    """

    sender: str
    entries: dict[str, int] = field(default_factory=dict)
    revealed: int = 0
    checkpoints: int = 0
    cosignatures: int = 0
    cosigned: tuple[str, ...] = ()
    introductions: int = 0
    drafts: int = 0
    objects: int = 0
    evidence: list[str] = field(default_factory=list)
    accused: set[str] = field(default_factory=set)
    offered: tuple[str, ...] = ()
    lacking: list[Lack] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Tell whether anything is known now that was not before."""
        counts = (self.revealed, self.checkpoints, self.cosignatures, self.introductions, self.drafts, self.objects)
        return any((*counts, *self.entries.values(), self.cosigned, self.evidence))


def receive(node: Node, packet: Packet, sender: str) -> Received:
    """Take in a packet that came from ``sender``, as the connection or the seal shows.

    The same packet again changes nothing; packets may come in any order, twice, or never.

    :raises InputError: ``packet_refused``: something in it is wrong, and nothing was kept; ``not_for_us``;
        ``unknown_party``; and what the store refuses.
    """
    if (packet.sender, packet.to) != (sender, node.party):
        message = say(
            "The packet came from {sender}, and says that it is from {met} to {to}.",
            sender=sender,
            met=packet.sender,
            to=packet.to,
        )
        raise InputError("not_for_us", message, sender)
    with node.store.snapshot() as seen:
        plan = examine(node, seen, packet)
    if sender not in plan.trust.known:
        raise InputError("unknown_party", say("The introduction of {party} was not accepted.", party=sender), sender)
    done = Received(sender, offered=plan.introduced.offered, remarks=list(plan.left))
    keeper = _Keeper(node, plan, done)
    keeper.begin(packet)
    for one in plan.stretches:
        keeper.grow(one)
    keeper.finish(packet)
    keeper.look_for_strays()
    done.cosigned = witnessing.cosign_all(node, plan.trust, done.remarks)
    return done


@dataclass(slots=True)
class _Keeper:
    node: Node
    plan: Plan
    done: Received

    def begin(self, packet: Packet) -> None:
        """Keep what concerns no entries yet: introductions, evidence, what the sender says it holds."""
        with self.node.store.transaction() as change:
            remember(change, packet.sender, packet.have, packet.made_utc)
            for row in self.plan.introduced.rows:
                change.put_introduction(row)
                self.done.introductions += 1
        for party in self.plan.introduced.contradicting:
            text = say(
                "An introduction of {party} exists with two contents, or retires keys otherwise than the one before: "
                "ask the Party.",
                party=party,
            )
            self.done.remarks.append(Remark("contradicting_introduction", text, party))
        self._accuse(found for _, found in self.plan.evidence.values())

    def grow(self, one: Taken) -> None:
        """Add a stretch to the copy of its log, all of it or nothing."""
        store = self.node.store
        with store.snapshot() as seen:
            log = seen.log(one.origin)
        before = 0 if log is None else log.size
        hidden = self._hidden(one, before)
        try:
            size = replica.extend(store, one.party, one.keys, one.batch)
            for index, envelope in one.revealed:
                self._reveal(one.origin, index, envelope)
        except InputError as refused:
            if refused.kind != "split_view":
                raise
            self.done.remarks.append(Remark(refused.kind, refused.message, one.origin))
            self._accuse(doubtful.probe(store, one.party, one.batch))
            return
        self.done.entries[one.origin] = self.done.entries.get(one.origin, 0) + max(0, size - before)
        self._look_at(one, before, size, hidden)

    def _hidden(self, one: Taken, size: int) -> list[int]:
        """List the entries that are withheld here and that the stretch brings whole."""
        known = [index for index, leaf in enumerate(one.batch.leaves, one.batch.start) if leaf.envelope is not None]
        wanted = {index for index in known if index < size} | {index for index, _ in one.revealed}
        with self.node.store.snapshot() as seen:
            rows = [seen.entry(one.origin, index) for index in sorted(wanted)]
        return [row.index for row in rows if row is not None and row.envelope is None]

    def _reveal(self, origin: str, index: int, envelope: bytes) -> None:
        try:
            replica.reveal(self.node.store, origin, index, envelope)
        except InputError as refused:
            if refused.kind != "not_withheld":
                raise

    def _look_at(self, one: Taken, before: int, size: int, hidden: list[int]) -> None:
        """Look at the new entries: places filled twice, signatures, files they name, drafts they end."""
        with self.node.store.snapshot() as seen:
            shown = [row for row in (seen.entry(one.origin, index) for index in hidden) if row and row.envelope]
            rows = [*shown, *(seen.entries(one.origin, before, size) if before < size else ())]
            self.done.revealed += len(shown)
            found = list(doubtful.doubles(seen, rows))
            new = [row for row in rows if row.index >= before]
            self.done.remarks += doubtful.signatures(seen, one.party, self.plan.trust.root(one.party), new)
        for row in rows:
            entry = entry_of(row)
            for named in entry.objects if entry else ():
                if not self.node.objects.has(named.sha256):
                    self.done.lacking.append(Lack(str(row.address), named.sha256))
        countersign.forget(self.node)
        self._accuse(found)

    def finish(self, packet: Packet) -> None:
        """Keep checkpoints and cosignatures, compare them, and take files and drafts."""
        rows = list(self.plan.checkpoints.values())
        with self.node.store.transaction() as change:
            kept = [row for origin in {one.origin for one in rows} for row in change.checkpoints(origin)]
            times_s = {(row.origin, row.size, row.root): row.time_s for row in kept}
            new = [row for row in rows if (row.origin, row.size, row.root) not in times_s]
            again = [row for row in rows if 0 < times_s.get((row.origin, row.size, row.root), 0) < row.time_s]
            for row in rows:
                change.add_checkpoint(row)
            for line in self.plan.cosignatures:
                change.add_cosignature(line)
            found = list(doubtful.contradictions(change, new))
        self.done.checkpoints += len(new) + len(again)
        self.done.cosignatures += len(self.plan.cosignatures)
        self._accuse(found)
        for carried in self.plan.objects:
            self._keep(carried)
        self.done.lacking = [one for one in self.done.lacking if not self.node.objects.has(one.sha256)]
        self.done.drafts = countersign.take(self.node, packet.sender, self.plan.drafts, self.done.remarks)

    def look_for_strays(self) -> None:
        """Tell of copies that only retired keys vouch for, of Parties whose keys or histories came up just now."""
        named = {row.party for row in self.plan.introduced.rows}
        doubtful_logs = {one.where for one in self.done.remarks if one.code in ("split_view", "key_retired")}
        with self.node.store.snapshot() as seen:
            for party in sorted(named | {self.plan.trust.of_origin(origin) or "" for origin in doubtful_logs}):
                lost = following.astray(seen, party)
                if lost is not None:
                    self.done.remarks.append(Remark("copy_astray", lost.told(party), lost.origin))

    def _keep(self, carried: CarriedObject) -> None:
        """Keep a file that an entry held here names, and no other."""
        if self.node.objects.has(carried.sha256):
            return
        with self.node.store.snapshot() as seen:
            named = _is_named(seen.by_address(carried.entry), carried)
        if named:
            self.node.objects.put([carried.data], carried.sha256, len(carried.data))
            self.done.objects += 1

    def _accuse(self, found: Iterable[Evidence]) -> None:
        """Keep evidence that proves a fault by the accused's own signatures, once; of one Party so much and no more."""
        bodies = {id_of(body): (body, one) for one in found for body in [to_bytes(one)]}
        if not bodies:
            return
        with self.node.store.transaction() as change:
            judging = Judging(self.plan.trust, change)
            proved = {ident: made for ident, made in bodies.items() if tell(made[1], judging)[1]}
            known, counts = {row.id for row in change.evidence()}, doubtful.proofs(change)
            for ident, (body, one) in proved.items():
                self.done.accused.add(one.party)
                if ident not in known and counts[one.party] < MOST_PROOFS:
                    counts[one.party] += 1
                    change.add_evidence(EvidenceRow(ident, one.kind, body))
                    self.done.evidence.append(ident)


def _is_named(rows: Iterable[EntryRow], carried: CarriedObject) -> bool:
    named: list[Entry] = [entry for row in rows if (entry := entry_of(row)) is not None]
    size = len(carried.data)
    return any((one.sha256, one.size) == (carried.sha256, size) for entry in named for one in entry.objects)
