"""Checkpoints: notes by which a log tells its size and root, signed with both of its keys (C2SP tlog-checkpoint)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.note.body import Checkpoint, parse_body
from skywitness.record.note.pair import PairKeys, PairSigner, Role, check_both
from skywitness.record.note.signed_note import Note, parse_note

__all__ = [
    "Checkpoint",
    "SignedCheckpoint",
    "check_checkpoint",
    "parse_body",
    "parse_checkpoint",
    "sign_checkpoint",
    "signer_of",
]


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that its log has signed with both keys; ``time_s`` is the log's own time (seconds since 1970)."""

    checkpoint: Checkpoint
    note: Note
    time_s: int


def sign_checkpoint(checkpoint: Checkpoint, signer: PairSigner, now: dt.datetime) -> Note:
    """Sign a checkpoint as its log.

    Extension lines are refused: the ML-DSA-44 signature would not cover them.
    """
    _require_log(checkpoint.origin, signer.keys)
    if checkpoint.extensions:
        raise InputError(
            "bad_checkpoint", say("A log signs no extension lines: one of its signatures cannot cover them.")
        )
    text = checkpoint.text()
    return Note(text, signer.sign(text, now))


def parse_checkpoint(data: bytes, where: str = "") -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint; nothing is verified (``bad_note``, ``bad_checkpoint``)."""
    note = parse_note(data, where)
    return parse_body(note.text, where), note


def check_checkpoint(note: Note, log: PairKeys, where: str = "") -> SignedCheckpoint:
    """Check that a note is a checkpoint of a log, signed with both keys of that log.

    Raises ``InputError``: ``bad_checkpoint``, ``other_log``, ``note_unsigned``, ``note_signature``, and ``key_retired``
    for one beyond those that keys since retired may sign.
    """
    checkpoint = parse_body(note.text, where)
    _require_log(checkpoint.origin, log, where)
    signed = check_both(note, log, where)
    if not log.counts_for(checkpoint.size):
        raise _retired(checkpoint, where)
    return SignedCheckpoint(checkpoint, note, signed.time_s)


def signer_of(note: Note, logs: Sequence[PairKeys], where: str = "") -> PairKeys:
    """Give the first of the pairs of keys of one log, the present one first, that has signed a checkpoint and counts.

    :raises InputError: ``key_retired`` when only keys have that were retired before; else what the first pair lacks, as
        ``check_checkpoint``.
    """
    refused: list[InputError] = []
    for keys in logs:
        try:
            check_checkpoint(note, keys, where)
        except InputError as error:
            refused.append(error)
        else:
            return keys
    raise next((error for error in refused if error.kind == "key_retired"), refused[0])


def _retired(checkpoint: Checkpoint, where: str) -> InputError:
    message = say(
        "The checkpoint of {size} entries is signed with keys that {origin} retired before: they count for fewer only.",
        size=checkpoint.size,
        origin=quoted(checkpoint.origin),
    )
    return InputError("key_retired", message, where)


def _require_log(origin: str, keys: PairKeys, where: str = "") -> None:
    if keys.role is not Role.LOG or keys.name != origin:
        message = say(
            "The checkpoint is of the log {met}, not of {expected}.", met=quoted(origin), expected=quoted(keys.name)
        )
        raise InputError("other_log", message, where)
