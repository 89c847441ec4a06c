"""What a log asks of a witness and what it answers: ``add-checkpoint`` (C2SP tlog-witness v1.0.0)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.base64_text import to_base64
from skywitness.record.note.checkpoint import Checkpoint, parse_checkpoint
from skywitness.record.note.lines import decode_decimal, decode_hash
from skywitness.record.note.signed_note import MOST_BYTES, Note, SignatureLine, parse_signature_lines

MOST_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


class Outcome(enum.IntEnum):
    """How a witness answers, as the status of HTTP."""

    COSIGNED = 200
    BAD_REQUEST = 400
    UNSIGNED = 403
    UNKNOWN_LOG = 404
    OTHER_STATE = 409
    NOT_CONSISTENT = 422


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A checkpoint for a witness, and the proof that it follows the one of ``old_size``; nothing is verified yet."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note

    def encoded(self) -> bytes:
        """Write the body of the request."""
        hashes = "".join(f"{to_base64(hashed)}\n" for hashed in self.proof)
        return f"old {self.old_size}\n{hashes}\n".encode() + self.note.encoded()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answers: cosignatures, the size it knows, or one sentence."""

    outcome: Outcome
    cosignatures: tuple[SignatureLine, ...] = ()
    known_size: int | None = None
    message: Text | None = None

    def body(self) -> bytes:
        """Write the body of the answer."""
        if self.outcome is Outcome.COSIGNED:
            return "".join(line.line() for line in self.cosignatures).encode()
        if self.outcome is Outcome.OTHER_STATE:
            return f"{self.known_size}\n".encode()
        return f"{self.message}\n".encode()

    def content_type(self) -> str:
        """Name the type of the body."""
        return SIZE_TYPE if self.outcome is Outcome.OTHER_STATE else TEXT_TYPE


def cosigned(lines: Sequence[SignatureLine]) -> Answer:
    """Answer with cosignatures."""
    if not lines:
        raise InputError("bad_answer", say("A witness that agrees answers with at least one cosignature."))
    return Answer(Outcome.COSIGNED, cosignatures=tuple(lines))


def other_state(known_size: int) -> Answer:
    """Answer that the witness knows another size, or at this size another root."""
    return Answer(Outcome.OTHER_STATE, known_size=known_size)


def refused(outcome: Outcome, message: Text) -> Answer:
    """Answer with a refusal and one sentence."""
    if outcome in (Outcome.COSIGNED, Outcome.OTHER_STATE):
        raise InputError("bad_answer", say("The answer {status} is no plain refusal.", status=int(outcome)))
    return Answer(outcome, message=message)


def parse_request(data: bytes, where: str = "") -> tuple[AddCheckpoint, Checkpoint]:
    """Read a request and the checkpoint in it.

    Raises ``InputError`` (``bad_request``, ``bad_note``, ``bad_checkpoint``): all of them are answered with 400.
    An old size above that of the checkpoint is judged by the witness, after the log and its signature (404, 403).
    """
    head, gap, tail = data.partition(b"\n\n")
    if not gap or len(data) > MOST_BYTES:
        message = say(
            "The request is no lines, an empty line and a checkpoint, or larger than {most} bytes.", most=MOST_BYTES
        )
        raise InputError("bad_request", message, where)
    faults = Faults()
    first, *words = head.decode("utf-8", errors="replace").split("\n")
    old_size = decode_decimal(first.removeprefix("old ")) if first.startswith("old ") else None
    if old_size is None:
        faults.add("line 1", say("{met} is not the word old and a size.", met=quoted(first)))
    if len(words) > MOST_HASHES:
        faults.add("", say("The proof has {met} hashes; at most {most} are allowed.", met=len(words), most=MOST_HASHES))
    proof = _hashes(words[: MOST_HASHES + 1], 2, faults)
    faults.raise_if_any("bad_request", say("This is no request to a witness."), where)
    checkpoint, note = parse_checkpoint(tail, where)
    assert old_size is not None
    return AddCheckpoint(old_size, proof, note), checkpoint


def parse_answer(status: int, content_type: str, body: bytes, where: str = "") -> Answer:
    """Read what a witness answered.  Raises ``InputError`` (``bad_answer``, ``bad_note``) for anything else."""
    try:
        outcome = Outcome(status)
    except ValueError:
        raise InputError("bad_answer", say("A witness does not answer with {status}.", status=status), where) from None
    if outcome is Outcome.COSIGNED:
        return Answer(outcome, cosignatures=parse_signature_lines(body, where))
    words = body[:1000].decode("utf-8", errors="replace")
    if outcome is not Outcome.OTHER_STATE:
        return Answer(outcome, message=say("The witness says {words}.", words=quoted(words.strip())))
    known = decode_decimal(words.removesuffix("\n"))
    if known is None or content_type != SIZE_TYPE or not words.endswith("\n"):
        message = say("A witness that knows another state must answer with its size, not {met}.", met=quoted(words))
        raise InputError("bad_answer", message, where)
    return Answer(outcome, known_size=known)


def _hashes(words: Sequence[str], first: int, faults: Faults) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for number, word in enumerate(words, start=first):
        hashed = decode_hash(word)
        if hashed is None:
            faults.add(f"line {number}", say("{met} is no hash of 32 bytes in base64.", met=quoted(word)))
        else:
            found.append(hashed)
    return tuple(found)
