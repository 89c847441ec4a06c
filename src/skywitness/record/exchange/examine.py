"""Judge a packet before anything of it is kept: signatures, trees, hashes, and whose they are.

Three ends: it *holds* and is kept; it *cannot be told* here (a Party or key not known, entries missing in between) and
is left out with a remark; it is *wrong*, and then the whole packet is refused, naming who sent it.  What proves two
histories of a log is the fault of that log's Party and not of the sender, who is heard all the more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.remark import Remark
from skywitness.record.evidence.judge import judge
from skywitness.record.evidence.model import Evidence, Split, from_bytes, id_of, to_bytes
from skywitness.record.exchange.packet import CarriedObject, Cosigned, Packet, Stretch
from skywitness.record.exchange.trust import Introduced, Judging, Trust, take_introductions, trust_of
from skywitness.record.log import drafts
from skywitness.record.log.checkpoints import believed_s
from skywitness.record.log.replica import Batch
from skywitness.record.log.tree import frontier_of_log, lookup
from skywitness.record.merkle.hashing import HASH_SIZE, leaf_hash
from skywitness.record.merkle.tree import check_consistency, root_at
from skywitness.record.note.checkpoint import Checkpoint, parse_checkpoint, signer_of
from skywitness.record.note.pair import PairKeys, check_both
from skywitness.record.note.signed_note import Note, SignatureLine, parse_signature_lines
from skywitness.record.store.model import CheckpointRow, CosignatureRow, EvidenceRow, LogRow, Reader

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

_Head = tuple[str, int, bytes]


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch of a log that holds: whose it is, with which keys, and what it reveals of withheld entries."""

    origin: str
    party: str
    keys: PairKeys
    batch: Batch
    revealed: tuple[tuple[int, bytes], ...]


@dataclass(slots=True)
class Plan:
    """What of a packet is to be kept; ``left`` says what was left out and why."""

    introduced: Introduced
    trust: Trust
    checkpoints: dict[_Head, CheckpointRow] = field(default_factory=dict)
    stretches: list[Taken] = field(default_factory=list)
    cosignatures: list[CosignatureRow] = field(default_factory=list)
    evidence: dict[str, tuple[EvidenceRow, Evidence]] = field(default_factory=dict)
    objects: list[CarriedObject] = field(default_factory=list)
    drafts: list[Envelope] = field(default_factory=list)
    left: list[Remark] = field(default_factory=list)

    def prove(self, found: Evidence) -> None:
        """Take evidence to be kept."""
        body = to_bytes(found)
        self.evidence[id_of(body)] = EvidenceRow(id_of(body), found.kind, body), found


def examine(node: Node, seen: Reader, packet: Packet) -> Plan:
    """Judge all of a packet; nothing is written.

    :raises InputError: ``packet_refused`` when something in it is wrong, naming the sender and what it is.
    """
    trust = trust_of(seen)
    try:
        introduced = take_introductions(trust, node.party, packet.introductions, seen)
        plan = Plan(introduced, trust)
        examiner = _Examiner(node, seen, packet, plan)
        examiner.run()
    except InputError as wrong:
        faults = "; ".join(f"{fault.where}: {fault.message}" for fault in wrong.faults)
        message = say(
            "The packet of {party} is refused, and nothing of it was kept: {what}",
            party=packet.sender,
            what=say("{message} ({faults})", message=wrong.message, faults=faults) if faults else wrong.message,
        )
        raise InputError("packet_refused", message, wrong.where, wrong.faults) from wrong
    return plan


@dataclass(slots=True)
class _Examiner:
    node: Node
    seen: Reader
    packet: Packet
    plan: Plan
    witnesses: dict[str, list[PairKeys]] = field(init=False)
    checked: dict[bytes, PairKeys] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.witnesses = self.plan.trust.witnesses()

    def run(self) -> None:
        """Look at one kind of thing after the other."""
        for number, note in enumerate(self.packet.checkpoints):
            self._checkpoint(note, f"checkpoints[{number}]")
        for number, one in enumerate(self.packet.logs):
            self._stretch(one, f"logs[{number}]")
        for number, lines in enumerate(self.packet.cosignatures):
            self._cosigned(lines, f"cosignatures[{number}]")
        for number, body in enumerate(self.packet.evidence):
            self._evidence(body, f"evidence[{number}]")
        for number, carried in enumerate(self.packet.objects):
            if hashlib.sha256(carried.data).hexdigest() != carried.sha256:
                raise _wrong(say("The file does not have the SHA-256 it is given with."), f"objects[{number}]")
            self.plan.objects.append(carried)
        for number, data in enumerate(self.packet.drafts):
            self.plan.drafts.append(drafts.read(data, f"drafts[{number}]")[0])

    def leave(self, code: str, text: Text, where: str) -> None:
        """Leave something out that cannot be told here."""
        self.plan.left.append(Remark(code, text, where, certain=False))

    def _checkpoint(self, data: bytes, where: str) -> tuple[str, PairKeys, Checkpoint] | None:
        """Check who signed a checkpoint; a key that is not known here is no fault of the sender."""
        kept = self._kept(data)
        if kept is not None:
            return kept
        checkpoint, note = parse_checkpoint(data, where)
        party = self.plan.trust.of_origin(checkpoint.origin)
        if party is None:
            self.leave("unknown_log", say("No introduction of a Party with this log was accepted."), checkpoint.origin)
            return None
        keys = self.checked.get(data) or self._signer(note, party, checkpoint, where)
        if keys is None:
            return None
        if data not in self.checked:
            self.checked[data] = keys
            self._take(party, keys, checkpoint, note, data)
        return party, keys, checkpoint

    def _take(self, party: str, keys: PairKeys, checkpoint: Checkpoint, note: Note, data: bytes) -> None:
        """Have a checkpoint kept; of one head in one packet the one signed last."""
        head, time_s = (checkpoint.origin, checkpoint.size, checkpoint.root), 0
        if keys == self.plan.trust.logs(party)[0]:  # who stole a retired key must not speak for the log of today
            told_s = check_both(note, keys).time_s
            time_s = believed_s(told_s, self.node.clock())
            if told_s > time_s:
                text = say("The checkpoint of {party} is signed for a time that has not come.", party=party)
                self.leave("checkpoint_ahead", text, checkpoint.origin)
        other = self.plan.checkpoints.get(head)
        if other is None or other.time_s < time_s:
            self.plan.checkpoints[head] = CheckpointRow(*head, data, time_s)

    def _signer(self, note: Note, party: str, checkpoint: Checkpoint, where: str) -> PairKeys | None:
        """Give the keys that signed a checkpoint and count for it; who relays it may not know yet that they do not."""
        try:
            return signer_of(note, self.plan.trust.logs(party), where)
        except InputError as refused:
            if refused.kind == "key_retired":
                self.leave("key_retired", refused.message, checkpoint.origin)
            elif refused.kind in ("note_unsigned", "other_log"):
                text = say("The checkpoint is not signed with a key of {party} that is known here.", party=party)
                self.leave("unknown_key", text, checkpoint.origin)
            else:
                raise
        return None

    def _kept(self, data: bytes) -> tuple[str, PairKeys, Checkpoint] | None:
        """Give a checkpoint whose very bytes were checked before, by a key that is still known."""
        origin, _, rest = data[:1_000].partition(b"\n")
        size = rest.partition(b"\n")[0]
        if not size.isdigit() or len(size) > 15:
            return None
        name = origin.decode("utf-8", errors="replace")
        row, party = self.seen.checkpoint(name, int(size)), self.plan.trust.of_origin(name)
        keys = self.plan.trust.logs(party) if party is not None else ()
        if row is None or not row.time_s or data not in (row.note, row.newest) or party is None or len(keys) != 1:
            return None
        return party, keys[0], Checkpoint(name, row.size, row.root)

    def _stretch(self, one: Stretch, where: str) -> None:
        """Judge a part of a log against the copy that is here."""
        signed = self._checkpoint(one.checkpoint, f"{where}.checkpoint")
        if signed is None:
            return
        party, keys, checkpoint = signed
        if checkpoint.origin != one.origin:
            raise _wrong(say("The checkpoint is of another log than it is said to be."), where)
        if party == self.node.party:
            return
        _require_form(one, checkpoint, where)
        log = self.seen.log(one.origin) or LogRow(one.origin, party, own=False)
        if log.size < one.start:
            text = say("The entries begin at {start}, and the copy ends at {size}.", start=one.start, size=log.size)
            self.leave("replica_gap", text, one.origin)
        elif self._is_one_history(one, log, party, checkpoint) and self._leads_to(one, log, checkpoint):
            self._require_revealed(one, log, where)
            batch = Batch(one.checkpoint, one.start, one.leaves, one.proof)
            self.plan.stretches.append(Taken(one.origin, party, keys, batch, one.revealed))

    def _require_revealed(self, one: Stretch, log: LogRow, where: str) -> None:
        """Refuse an envelope for a leaf hash that is not its own."""
        for index, envelope in one.revealed:
            known = next(self.seen.leaf_hashes(one.origin, index, index + 1), None) if index < log.size else None
            if known != leaf_hash(envelope):
                raise _wrong(say("Entry {index} does not have its leaf hash.", index=index), where)

    def _is_one_history(self, one: Stretch, log: LogRow, party: str, checkpoint: Checkpoint) -> bool:
        """Compare what is here with what the sender holds; where both are signed and differ, that is a split."""
        node = lookup(self.seen, log.origin)
        if 0 < one.since <= log.size and (ours := root_at(one.since, node)) != one.old_root:
            rows = [row for row in self.seen.checkpoints(log.origin, one.since) if row.size == one.since]
            first = next((row for row in rows if row.root == ours), None)
            if first is not None:
                same = one.since == checkpoint.size
                apart = (b"", ()) if same else (one.old_root, one.since_proof)
                self.plan.prove(Split(party, first.note, one.checkpoint, *apart))
            self._contradicts(log.origin, party)
            return False
        end = min(log.size, one.start + len(one.leaves))
        known = self.seen.leaf_hashes(log.origin, one.start, end) if one.start < end else iter(())
        if any(leaf.leaf_hash != there for leaf, there in zip(one.leaves, known, strict=False)):
            self._contradicts(log.origin, party)
            return False
        return True

    def _contradicts(self, origin: str, party: str) -> None:
        text = say("The log of {party} is shown here as another one than was seen before.", party=party)
        self.leave("split_view", text, origin)

    def _leads_to(self, one: Stretch, log: LogRow, checkpoint: Checkpoint) -> bool:
        """Check that what is here and the new leaves lead to the checkpoint."""
        end = one.start + len(one.leaves)
        if end == 0 and checkpoint.size:
            return False
        if end <= log.size:
            root = root_at(end, lookup(self.seen, log.origin))
        else:
            frontier = frontier_of_log(self.seen, log.origin, log.size)
            for leaf in one.leaves[log.size - one.start :]:
                frontier.add(leaf.leaf_hash)
            root = frontier.root()
        try:
            if end == checkpoint.size == 0:
                return True
            check_consistency(end, checkpoint.size, root, checkpoint.root, one.proof)
        except InputError:
            if one.since == one.start:
                # All before the leaves is signed and the same, so the leaves or the proof are not of this log.
                raise
            self._contradicts(log.origin, log.party)
            return False
        return True

    def _cosigned(self, one: Cosigned, where: str) -> None:
        """Check lines of witnesses that are known, under a checkpoint that is known."""
        head = (one.origin, one.size, one.root)
        kept = self.seen.checkpoints(one.origin, one.size) if head not in self.plan.checkpoints else ()
        if head not in self.plan.checkpoints and not any((row.size, row.root) == head[1:] for row in kept):
            return
        rows = self.seen.cosignatures(*head)
        here, known = {row.line for row in rows}, {(row.witness, row.key_hash) for row in rows}
        brought = [line for line in one.lines if line not in here]
        if not brought:
            return
        lines = parse_signature_lines("".join(f"{line}\n" for line in brought).encode(), where)
        by_witness: dict[str, list[SignatureLine]] = {}
        for line in lines:
            if (line.name, line.key_id.hex()) not in known:
                by_witness.setdefault(line.name, []).append(line)
        for name, some in by_witness.items():
            for line in self._verified(Checkpoint(*head).text(), name, some, where):
                self.plan.cosignatures.append(
                    CosignatureRow(*head, line.name, line.key_id.hex(), line.line().rstrip("\n"))
                )

    def _verified(self, text: str, name: str, lines: list[SignatureLine], where: str) -> Iterator[SignatureLine]:
        for keys in self.witnesses.get(name, ()):
            try:
                yield from check_both(Note(text, tuple(lines)), keys, where).lines
            except InputError as unsigned:
                if unsigned.kind != "note_unsigned":
                    raise

    def _evidence(self, body: bytes, where: str) -> None:
        """Judge evidence; what proves nothing by the keys known here is not kept, and accuses nobody."""
        if any(row.id == id_of(body) for row in self.seen.evidence()):
            return
        found = from_bytes(body, where)
        try:
            judge(found, Judging(self.plan.trust, self.seen), where)
        except InputError as unproven:
            self.leave(unproven.kind, unproven.message, where)
            return
        self.plan.prove(found)


def _require_form(one: Stretch, checkpoint: Checkpoint, where: str) -> None:
    """Check what can be told of a stretch without the copy that is here."""
    if one.start + len(one.leaves) > checkpoint.size:
        message = say("The checkpoint covers {size} entries, and more are brought.", size=checkpoint.size)
        raise _wrong(message, where)
    for number, leaf in enumerate(one.leaves, start=one.start):
        if leaf.envelope is not None and leaf_hash(leaf.envelope) != leaf.leaf_hash:
            raise _wrong(say("Entry {index} does not have its leaf hash.", index=number), where)
    if not one.since:
        if one.old_root or one.since_proof:
            raise _wrong(say("There is a proof from no checkpoint."), where)
        return
    if len(one.old_root) != HASH_SIZE:
        raise _wrong(say("The root at {size} entries is missing.", size=one.since), where)
    check_consistency(one.since, checkpoint.size, one.old_root, checkpoint.root, one.since_proof)


def _wrong(message: Text, where: str) -> InputError:
    return InputError("packet_wrong", message, where)
