"""Judging a signed checkpoint by a policy: which log signed it, which witnesses saw it, whether they are enough."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.core.errors import Fault, InputError
from skywitness.core.text import quoted, say
from skywitness.record.note.body import Checkpoint, parse_body
from skywitness.record.note.cosignature import verifier_of
from skywitness.record.note.policy import Policy, Standing, evaluate
from skywitness.record.note.signed_note import Note, Verified, open_note


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint signed by a log that the policy knows, the cosignatures that fit, and how the quorum stands."""

    checkpoint: Checkpoint
    log: tuple[Verified, ...]
    cosignatures: tuple[Verified, ...]
    standing: Standing


def witnessed(note: Note, policy: Policy, where: str = "") -> Witnessed:
    """Verify a checkpoint against a policy; whether the quorum holds is told in the standing.

    Stricter than the format asks: a log must have signed with each kind of key that the policy lists for it, and a
    cosignature without a time counts for nothing.  Raises ``InputError``: ``policy_log`` when the policy does not know
    the log, ``note_unsigned``, ``note_signature``.
    """
    checkpoint = log_of(note, policy, where)
    log = signed_by_log(note, policy, where)
    keys = [witness.key for witness in policy.witnesses]
    known = {key.label for key in keys}
    fitting: tuple[Verified, ...] = ()
    if any(line.label in known for line in note.signatures):
        fitting = tuple(one for one in open_note(note, [verifier_of(key) for key in keys], where) if one.time_s)
    return Witnessed(checkpoint, log, fitting, evaluate(policy, {one.key for one in fitting}))


def log_of(note: Note, policy: Policy, where: str = "") -> Checkpoint:
    """Read the checkpoint and find its log in the policy (``bad_checkpoint``, ``policy_log``)."""
    checkpoint = parse_body(note.text, where)
    if all(log.key.name != checkpoint.origin for log in policy.logs):
        message = say("The policy does not know the log {origin}.", origin=quoted(checkpoint.origin))
        raise InputError("policy_log", message, where)
    return checkpoint


def signed_by_log(note: Note, policy: Policy, where: str = "") -> tuple[Verified, ...]:
    """Check that the log has signed with each kind of key listed for it (``note_unsigned``, ``note_signature``)."""
    origin = parse_body(note.text, where).origin
    keys = [log.key for log in policy.logs if log.key.name == origin]
    verified = open_note(note, [verifier_of(key) for key in keys], where)
    lacking = {key.kind for key in keys} - {one.key.kind for one in verified}
    if lacking:
        message = say(
            "The log {origin} has not signed with its key of type {kind}.",
            origin=quoted(origin),
            kind=f"{int(min(lacking)):#04x}",
        )
        raise InputError("note_unsigned", message, where)
    return verified


def check_witnessed(note: Note, policy: Policy, where: str = "") -> Witnessed:
    """Verify a checkpoint against a policy; too few cosignatures raise ``policy_quorum`` and name those missing."""
    judged = witnessed(note, policy, where)
    if not judged.standing.holds:
        faults = tuple(Fault(name, say("There is no cosignature.")) for name in judged.standing.missing())
        raise InputError("policy_quorum", judged.standing.sentence(), where, faults)
    return judged
