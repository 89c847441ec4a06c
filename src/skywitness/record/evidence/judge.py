"""Judge evidence: does it prove what it says, by the accused Party's own signatures alone?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey, Signer, read_public_key
from skywitness.record.evidence.model import Double, Evidence, Split
from skywitness.record.merkle.tree import check_consistency
from skywitness.record.note.checkpoint import Checkpoint, parse_checkpoint, signer_of
from skywitness.record.note.pair import PairKeys


class Trusted(Protocol):
    """The keys of Parties that people have compared and accepted."""

    def root(self, party: str) -> PublicKey | None:
        """Give a Party's root key."""
        ...

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys with which a Party's log has ever signed, retired ones with what they count for."""
        ...

    def ring(self, party: str) -> Keyring:
        """Give the entry keys of a Party with what its log tells of them, as far as it is known."""
        ...


def judge(evidence: Evidence, trusted: Trusted, where: str = "") -> Text:
    """Say in one sentence what evidence proves.

    :raises InputError: of kind ``evidence_unproven`` when it proves nothing, with the reason; ``evidence_unknown_keys``
        when the keys of the accused are not known, so that nobody can tell.
    """
    return _judge_split(evidence, trusted, where) if isinstance(evidence, Split) else _double(evidence, trusted, where)


def tell(evidence: Evidence, trusted: Trusted) -> tuple[Text, bool]:
    """Say what evidence proves and that this is certain; or why it proves nothing, and that it is not."""
    try:
        return judge(evidence, trusted), True
    except InputError as error:
        return error.message, False


def _judge_split(evidence: Split, trusted: Trusted, where: str) -> Text:
    logs = trusted.logs(evidence.party)
    if not logs:
        raise _unknown_keys(evidence.party, where)
    first, second = (_signed(note, logs, evidence.party, where) for note in (evidence.first, evidence.second))
    if first.origin != second.origin:
        raise _unproven(say("The two checkpoints are of different logs."), where)
    if first.size > second.size:
        raise _unproven(say("The first checkpoint is the larger one."), where)
    if first.size == second.size:
        return _same_size(first, second, evidence, where)
    if evidence.old_root == first.root:
        raise _unproven(say("The first checkpoint is the beginning of the second."), where)
    try:
        check_consistency(first.size, second.size, evidence.old_root, second.root, evidence.proof)
    except InputError as error:
        raise _unproven(error.message, where) from error
    return say(
        "{party} has signed two histories of its log {log}: one whose first {size} entries have the root {first}, and "
        "one in which they have {second}.",
        party=evidence.party,
        log=first.origin,
        size=first.size,
        first=first.root.hex()[:16],
        second=evidence.old_root.hex()[:16],
    )


def _same_size(first: Checkpoint, second: Checkpoint, evidence: Split, where: str) -> Text:
    if first.root == second.root:
        raise _unproven(say("The two checkpoints tell of the same tree."), where)
    if evidence.old_root or evidence.proof:
        raise _unproven(say("Two checkpoints of one size need no proof beside them, and one is there."), where)
    return say(
        "{party} has signed two histories of its log {log}, both of {size} entries: their roots are {first} and "
        "{second}.",
        party=evidence.party,
        log=first.origin,
        size=first.size,
        first=first.root.hex()[:16],
        second=second.root.hex()[:16],
    )


def _signed(note: bytes, logs: Sequence[PairKeys], party: str, where: str) -> Checkpoint:
    """Read a checkpoint that one of the keys of the Party's log has signed."""
    try:
        checkpoint, parsed = parse_checkpoint(note, where)
    except InputError as error:
        raise _unproven(error.message, where) from error
    try:
        signer_of(parsed, logs, where)
    except InputError as error:
        message = say(
            "The checkpoint of {size} entries is not signed by the log of {party}: {reason}",
            size=checkpoint.size,
            party=party,
            reason=error.message,
        )
        raise _unproven(message, where) from error
    return checkpoint


def _double(evidence: Double, trusted: Trusted, where: str) -> Text:
    root = trusted.root(evidence.party)
    if root is None:
        raise _unknown_keys(evidence.party, where)
    keys = dict(_introduced(evidence, root, where))
    first, second = (_by(data, keys, evidence.party, where) for data in (evidence.first, evidence.second))
    if (first.stream, first.sequence) != (second.stream, second.sequence):
        raise _unproven(say("The two entries do not stand at one place."), where)
    if first.address == second.address:
        raise _unproven(say("The two entries are one and the same."), where)
    ring = trusted.ring(evidence.party)
    if any(_is_lost(data, ring, keys) for data in (evidence.first, evidence.second)):
        reason = say("One of the entries is signed with a key that was lost: a thief may have done it.")
        raise _unproven(reason, where)
    return say(
        "{party} has signed two entries for one place, number {sequence} of the stream {stream}: {first} and {second}.",
        party=evidence.party,
        sequence=first.sequence,
        stream=first.stream,
        first=first.address[:16],
        second=second.address[:16],
    )


def _introduced(evidence: Double, root: PublicKey, where: str) -> dict[Signer, PublicKey]:
    """Read the keys that the root key introduces."""
    found: dict[Signer, PublicKey] = {Signer(evidence.party, root.id): root}
    for data in evidence.introduced:
        envelope, entry = _read(data, where)
        if entry.kind != "key" or entry.author != evidence.party or entry.body.get("action") != "introduce":
            raise _unproven(say("An entry that should introduce a key of {party} does not.", party=entry.author), where)
        if Signer(evidence.party, root.id) not in envelopes.verify(envelope, found).valid:
            raise _unproven(say("A key of {party} is not introduced by its root key.", party=evidence.party), where)
        key = _key(entry.body)
        if key is None:
            raise _unproven(say("An entry that introduces a key holds none that can be read."), where)
        found[Signer(evidence.party, key.id)] = key
    return found


def _is_lost(data: bytes, ring: Keyring, keys: Mapping[Signer, PublicKey]) -> bool:
    """Tell whether an entry bears of its author's signatures only such by keys whose loss its log tells.

    A key that was only revoked was in its Party's hand all its life: two entries signed with it are the Party's own.
    """
    standings = {ring.standing(signer.key_id) for signer in envelopes.verify(entries.read(data)[0], keys).valid}
    return "lost" in standings and "good" not in standings


def _key(body: Mapping[str, object]) -> PublicKey | None:
    return read_public_key(body.get("key"), "body.key", Faults())


def _by(data: bytes, keys: Mapping[Signer, PublicKey], party: str, where: str) -> Entry:
    envelope, entry = _read(data, where)
    valid = envelopes.verify(envelope, keys).valid
    if entry.author != party or not any(signer.party == party for signer in valid):
        message = say("An entry of the two is not signed by {party} with a key known to be its own.", party=party)
        raise _unproven(message, where)
    return entry


def _read(data: bytes, where: str) -> tuple[Envelope, Entry]:
    try:
        return entries.read(data, where)
    except InputError as error:
        raise _unproven(error.message, where) from error


def _unproven(reason: Text, where: str) -> InputError:
    return InputError("evidence_unproven", say("This proves no fault: {reason}", reason=reason), where)


def _unknown_keys(party: str, where: str) -> InputError:
    message = say(
        "Whether this proves a fault of {party} cannot be told: its keys are not known; accept its introduction first.",
        party=party,
    )
    return InputError("evidence_unknown_keys", message, where)
