"""Take what a bundle holds into a node: logs of Parties that are known, proofs, and the files that entries name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final, Literal

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record import evidence_held, following, histories
from skywitness.record.bundle.container import FIRST, PIECE, ContainerError
from skywitness.record.bundle.logs import BundledLog, read_log
from skywitness.record.bundle.read import BundleFile, open_bundle
from skywitness.record.entry import entry as entries
from skywitness.record.entry import introduction
from skywitness.record.evidence.model import from_bytes
from skywitness.record.exchange import doubtful
from skywitness.record.exchange.trust import take_introductions, trust_of
from skywitness.record.log import replica
from skywitness.record.log.checkpoints import believed_s
from skywitness.record.log.replica import Flow, Leaf
from skywitness.record.node import taking_back
from skywitness.record.node.node import Node
from skywitness.record.note.checkpoint import Checkpoint, check_checkpoint, parse_checkpoint, signer_of
from skywitness.record.note.pair import PairKeys
from skywitness.record.note.signed_note import Note
from skywitness.record.store.model import CheckpointRow, Reader

State = Literal["first", "longer", "equal", "shorter", "split", "unknown", "refused", "own", "own_ahead"]

_UNKNOWN: Final = ("note_unsigned", "other_log")
_HIDDEN_AT_ONCE: Final = 4096


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one log.

    ``state``: how the log in the bundle stands to the copy held before, or that nothing of it was taken and ``refused``
    says why.  ``told``: entries of the log in the bundle; ``size``: held now; ``new``: of these came now;
    ``revealed``: came now where only the leaf hash was held.  ``evidence``: ids of proofs kept because of this log.
    """

    origin: str
    state: State
    party: str | None = None
    told: int = 0
    size: int = 0
    new: int = 0
    revealed: int = 0
    refused: Text | None = None
    evidence: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        """Count the entries of the log in the bundle that were held before."""
        return 0 if self.refused is not None else self.told - self.new


@dataclass(frozen=True, slots=True)
class Import:
    """What was taken, and what was left out.

    ``evidence``: ids of all proofs that came or were made, with whether each is new here.  ``introductions``: Parties
    whose introductions wait for people to compare fingerprints; ``issues``: of whom a newer one was taken.  ``left``:
    what else was left out, its path in the bundle and why.
    """

    logs: tuple[Taken, ...]
    objects: int
    known_objects: int
    evidence: dict[str, bool]
    introductions: tuple[str, ...]
    issues: tuple[str, ...]
    left: tuple[tuple[str, Text], ...]

    @property
    def changed(self) -> bool:
        """Tell whether anything is held now that was not before."""
        return bool(
            self.objects
            or self.issues
            or any(self.evidence.values())
            or any(one.new or one.revealed for one in self.logs)
        )


def import_bundle(node: Node, path: Path, *, own: bool = False) -> Import:
    """Take the logs of a bundle, each as far as its checkpoint, its signatures and its tree hold.

    Nothing is believed because of the bundle: each log comes in as a copy that its own Party signed.  ``own``: this
    node's own log is taken back too, where the bundle holds more of it (:mod:`skywitness.record.node.taking_back`).

    :raises InputError: ``bundle_...`` for a file that is no bundle, naming it.
    """
    with open_bundle(path) as stream:
        try:
            bundle = BundleFile(stream)
        except ContainerError as wrong:
            text = say("{file} is no bundle as `record export` writes it: {why}", file=path.name, why=wrong.message)
            raise InputError(wrong.kind, text, f"{path}: {wrong.where}" if wrong.where else str(path)) from wrong
        if FIRST not in bundle.members:
            text = say(
                "{file} is no bundle as `record export` writes it: {why}", file=path.name, why=say("it is empty")
            )
            raise InputError("bundle_missing", text, str(path))
        return _Importer(node, bundle, stream, own).run()


class _Importer:
    """One import under way."""

    def __init__(self, node: Node, bundle: BundleFile, stream: IO[bytes], own: bool) -> None:
        self._node, self._bundle, self._stream, self._own = node, bundle, stream, own
        self._left: list[tuple[str, Text]] = []
        self._evidence: dict[str, bool] = {}
        with node.store.snapshot() as seen:
            self._trust = trust_of(seen)

    def run(self) -> Import:
        """Take keys first, then logs, then what names them."""
        issues, waiting = self._introductions()
        logs = tuple(self._log(number) for number in self._bundle.numbers())
        self._proofs()
        new, known = self._objects({one.origin for one in logs if one.size})
        return Import(logs, new, known, self._evidence, waiting, issues, tuple(self._left))

    def _introductions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Take newer issues that a root key signed which people compared; of all others only the Party is named.

        The bundle could hold one that somebody made up, in the place of the true one.
        """
        issues: list[str] = []
        waiting: list[str] = []
        for name in self._bundle.under("parties/"):
            try:
                with self._node.store.snapshot() as seen:
                    done = take_introductions(self._trust, self._node.party, [self._bundle.read(name)], seen)
                if done.rows:
                    with self._node.store.transaction() as change:
                        for row in done.rows:
                            change.put_introduction(row)
                            issues.append(row.party)
            except InputError as wrong:
                self._left.append((name, wrong.message))
                continue
            waiting += done.offered
            self._left += [(name, _contradicting(party)) for party in done.contradicting]
        return tuple(issues), tuple(waiting)

    def _log(self, number: str) -> Taken:
        """Take one log, or say why not; what is wrong with one log is not the fault of the others."""
        origin = f"logs/{number}"
        try:
            found = read_log(self._bundle, number)
            party = self._trust.of_origin(found.origin)
            taken = Taken(found.origin, "refused", party, found.checkpoint.size)
            origin = found.origin
            if party is None:
                return replace(taken, state="unknown", refused=self._unknown(found))
            keys = signer_of(found.signed, self._trust.logs(party), found.folder)
            if party == self._node.party:
                return self._own_log(found, taken, keys)
            return self._copy(found, taken, party, keys)
        except InputError as refused:
            unknown = refused.kind in _UNKNOWN
            text = _unknown_key(refused.message) if unknown else refused.message
            return Taken(origin, "unknown" if unknown else "refused", self._trust.of_origin(origin), refused=text)

    def _copy(self, found: BundledLog, taken: Taken, party: str, keys: PairKeys) -> Taken:
        store = self._node.store
        with store.snapshot() as seen:
            log = seen.log(found.origin)
            before = log.size if log else 0
            hidden = count_withheld(seen, found.origin)
            compared = histories.compare(seen, party, found)
        taken = replace(taken, size=before)
        if compared.differs:
            kept = evidence_held.keep(store, compared.splits)
            self._evidence |= kept
            with store.snapshot() as seen:
                lost = following.astray(seen, party)
            return replace(taken, state="split", refused=_split(party, kept, lost), evidence=tuple(kept))
        size = replica.extend(store, party, keys, _flow(found))
        with store.transaction() as change:
            change.add_checkpoint(self._signed(party, keys, found.checkpoint, found.signed, found.note))
        with store.snapshot() as seen:
            revealed = hidden - count_withheld(seen, found.origin, before)
        state: State = "first" if not before else "longer" if size > before else "equal"
        state = "shorter" if found.checkpoint.size < before else state
        return replace(taken, state=state, size=size, new=max(0, size - before), revealed=revealed)

    def _own_log(self, found: BundledLog, taken: Taken, keys: PairKeys) -> Taken:
        """Judge what others hold of this node's own log, and take it back when people say so."""
        with self._node.store.snapshot() as seen:
            log = seen.log(found.origin)
            before = log.size if log else 0
            hidden = count_withheld(seen, found.origin)
            compared = histories.compare(seen, self._node.party, found)
        taken = replace(taken, size=before)
        if compared.differs:
            return replace(taken, state="split", refused=taking_back.other_history(found.checkpoint.size))
        if not self._own:
            if found.checkpoint.size <= before:
                return replace(taken, state="own", new=0)
            with self._node.store.transaction() as change:
                change.add_checkpoint(_row(found))
            return replace(taken, state="own_ahead", refused=taking_back.ahead_of(found.checkpoint.size, before))
        size = taking_back.take_back(self._node, keys, _flow(found))
        with self._node.store.snapshot() as seen:
            revealed = hidden - count_withheld(seen, found.origin, before)
        return replace(taken, state="own", size=size, new=size - before, revealed=revealed)

    def _unknown(self, found: BundledLog) -> Text:
        """Say what to do about a log whose Party is not known here."""
        for name in self._bundle.under("parties/"):
            try:
                told = introduction.read(self._bundle.read(name))[1]
            except InputError:
                continue
            if told.log.name == found.origin:
                return say(
                    "The introduction of {party} was not accepted here. It is in the bundle, a tar file, as {name}: "
                    "take it out, ask the people of {party} for their fingerprint, accept it with `record introduce`, "
                    "and import the bundle again.",
                    party=told.party,
                    name=name,
                )
        return say(
            "No introduction of a Party with this log was accepted, and none is in the bundle: ask who made it for "
            "one, accept it with `record introduce`, and import the bundle again."
        )

    def _proofs(self) -> None:
        """Keep the proofs in the bundle that hold, and checkpoints of the logs that contradict what is held."""
        for name in list(self._bundle.under("evidence/")):
            try:
                data = self._bundle.read(name)
                if name.endswith(".json"):
                    kept = evidence_held.keep(self._node.store, [from_bytes(data, name)])
                    if not kept:
                        self._left.append((name, say("It proves no fault by the keys that are known here.")))
                    self._evidence |= kept
                else:
                    self._note(data, name)
            except InputError as wrong:
                self._left.append((name, wrong.message))

    def _note(self, data: bytes, name: str) -> None:
        """Keep another checkpoint that a log has signed, for it may contradict."""
        checkpoint, note = parse_checkpoint(data, name)
        party = self._trust.of_origin(checkpoint.origin)
        if party is None:
            return
        keys = signer_of(note, self._trust.logs(party), name)
        row = self._signed(party, keys, checkpoint, note, data)
        with self._node.store.transaction() as change:
            change.add_checkpoint(row)
            found = list(doubtful.contradictions(change, [row]))
        self._evidence |= evidence_held.keep(self._node.store, found)

    def _signed(self, party: str, keys: PairKeys, checkpoint: Checkpoint, note: Note, data: bytes) -> CheckpointRow:
        """Make the row of a checkpoint, with the time of its signature where a present key of the log made it.

        Who stole a retired key must not speak for the log of today, and nobody signs for a time to come.
        """
        row = CheckpointRow(checkpoint.origin, checkpoint.size, checkpoint.root, data)
        if keys != self._trust.logs(party)[0]:
            return row
        return replace(row, time_s=believed_s(check_checkpoint(note, keys).time_s, self._node.clock()))

    def _objects(self, origins: set[str]) -> tuple[int, int]:
        """Keep the files that entries of the logs held name; gives how many are new, and how many were known."""
        names = {name.removeprefix("objects/"): name for name in self._bundle.under("objects/")}
        wanted = {sha256: name for sha256, name in names.items() if not self._node.objects.has(sha256)}
        known, new = len(names) - len(wanted), 0
        for sha256 in _named(self._node, origins, set(wanted)):
            try:
                self._object(wanted.pop(sha256), sha256)
                new += 1
            except InputError as wrong:
                if wrong.kind != "bad_object":
                    raise
                self._left.append((names[sha256], wrong.message))
        self._left += [(name, say("No entry held here names this file.")) for name in wanted.values()]
        return new, known

    def _object(self, name: str, sha256: str) -> None:
        member = self._bundle.members[name]
        self._stream.seek(member.offset)
        self._node.objects.put(_pieces(self._stream, member.size), sha256, member.size)


def _named(node: Node, origins: set[str], wanted: set[str]) -> Iterator[str]:
    """Walk those of some files that an entry of these logs names, each once."""
    left = set(wanted)
    with node.store.snapshot() as seen:
        for origin in sorted(origins):
            for row in seen.entries(origin) if left else ():
                if row.envelope is None or row.address is None:
                    continue
                for one in entries.read(row.envelope)[1].objects:
                    if one.sha256 in left:
                        left.remove(one.sha256)
                        yield one.sha256


def _flow(found: BundledLog) -> Flow:
    leaves = (Leaf(hashed, entry or None, None if entry else why) for hashed, entry, why in found.entries())
    return Flow(found.note, 0, leaves)


def _row(found: BundledLog) -> CheckpointRow:
    return CheckpointRow(found.origin, found.checkpoint.size, found.checkpoint.root, found.note)


def count_withheld(reader: Reader, origin: str, end: int = 1 << 62) -> int:
    """Count the entries of a log, before ``end``, of which only the leaf hash is held."""
    count, start = 0, 0
    while some := reader.withheld(origin, start, _HIDDEN_AT_ONCE):
        count += sum(index < end for index in some)
        start = some[-1] + 1
    return count


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _contradicting(party: str) -> Text:
    return say(
        "An introduction of {party} exists with two contents, or retires keys otherwise than the one before: ask the "
        "Party.",
        party=party,
    )


def _unknown_key(why: Text) -> Text:
    return say(
        "{why} If the Party has renewed the key of its log, accept its newer introduction with `record introduce`, and "
        "import the bundle again.",
        why=why,
    )


def _split(party: str, kept: dict[str, bool], lost: following.Astray | None) -> Text:
    """Say that a log is shown with another history, what proves it, and what people can do about it."""
    told = say("No two signatures that count prove a fault of {party}.", party=party)
    if kept:
        proofs = ", ".join(ident[:16] for ident in kept)
        told = say("{party} has signed both; the proof is kept: see `record evidence` ({id}).", party=party, id=proofs)
    text = say(
        "The bundle shows another history of this log than the one held, and nothing of it was taken. {told}", told=told
    )
    return text if lost is None else say("{text} {more}", text=text, more=lost.told(party))
