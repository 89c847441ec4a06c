"""Proof files: one entry, its place in a log, and who saw the log (C2SP tlog-proof, as of 2026).

A ``.tlog-proof`` is checked offline against the entry itself and a policy, step by step; each step tells its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.base64_text import from_base64, to_base64
from skywitness.record.merkle.tree import check_inclusion
from skywitness.record.note.body import parse_body
from skywitness.record.note.lines import decode_decimal, decode_hash
from skywitness.record.note.policy import Policy
from skywitness.record.note.policy_check import check_witnessed, log_of, signed_by_log
from skywitness.record.note.signed_note import MOST_BYTES, Note, parse_note

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class ProofFile:
    """The proof of one entry; ``extra`` are bytes that nothing here vouches for."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    def encoded(self) -> bytes:
        """Write the file."""
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [to_base64(hashed) for hashed in self.hashes]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.note.encoded()


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One step of the check: ``reason`` is the kind of the refusal, empty where the step holds."""

    id: str
    holds: bool
    text: Text
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """All steps; the proof holds when each of them does."""

    steps: tuple[ProofStep, ...]

    @property
    def holds(self) -> bool:
        """Tell whether every step holds."""
        return all(step.holds for step in self.steps)


def parse_proof(data: bytes, where: str = "") -> ProofFile:
    """Read a proof file.  Raises ``InputError`` (``bad_proof``, ``bad_note``) that tells all faults."""
    head, gap, tail = data.partition(b"\n\n")
    if not gap or len(data) > 2 * MOST_BYTES:
        message = say(
            "The file is no proof: lines, an empty line and a checkpoint, {most} bytes at most.", most=2 * MOST_BYTES
        )
        raise InputError("bad_proof", message, where)
    faults = Faults()
    lines = head.decode("utf-8", errors="replace").split("\n")
    if lines[0] != HEADER:
        faults.add("line 1", say("{met} is not the header {expected}.", met=quoted(lines[0]), expected=HEADER))
    at = 1
    extra: bytes | None = None
    if lines[at : at + 1] and lines[at].startswith("extra "):
        extra = from_base64(lines[at].removeprefix("extra "))
        if not extra:
            faults.add("line 2", say("There is no base64 behind the word extra."))
        at += 1
    word = lines[at] if at < len(lines) else ""
    index = decode_decimal(word.removeprefix("index ")) if word.startswith("index ") else None
    if index is None:
        faults.add(f"line {at + 1}", say("{met} is not the word index and a number.", met=quoted(word)))
    hashes = _hashes(lines[at + 1 :], at + 2, faults)
    faults.raise_if_any("bad_proof", say("This is no proof of an entry."), where)
    assert index is not None
    return ProofFile(index, hashes, parse_note(tail, where), extra)


def verify_proof(proof: ProofFile, leaf: bytes, policy: Policy) -> ProofVerdict:
    """Check a proof for the leaf hash of an entry: the log, its signatures, the witnesses, the place in the tree.

    A step that fails hides none of the others, except that nothing more is looked at in what is no checkpoint.
    """

    def log() -> Text:
        origin = log_of(proof.note, policy).origin
        return say("The checkpoint is of the log {origin}, which the policy knows.", origin=quoted(origin))

    def signed() -> Text:
        verified = signed_by_log(proof.note, policy)
        return say("The log has signed the checkpoint with {count} keys.", count=len({one.key for one in verified}))

    def witnesses() -> Text:
        return check_witnessed(proof.note, policy).standing.sentence()

    def included() -> Text:
        checkpoint = parse_body(proof.note.text)
        check_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root)
        return say("The entry is number {index} of the {size} of the log.", index=proof.index, size=checkpoint.size)

    steps = [_step("log", log)]
    if steps[0].reason != "bad_checkpoint":
        steps += [_step("signed", signed), _step("witnesses", witnesses), _step("included", included)]
    return ProofVerdict(tuple(steps))


def _step(name: str, check: Callable[[], Text]) -> ProofStep:
    try:
        return ProofStep(name, True, check())
    except InputError as error:
        return ProofStep(name, False, error.message, error.kind)


def _hashes(words: list[str], first: int, faults: Faults) -> tuple[bytes, ...]:
    if len(words) > MOST_HASHES:
        faults.add("", say("The proof has {met} hashes; at most {most} are allowed.", met=len(words), most=MOST_HASHES))
        return ()
    found: list[bytes] = []
    for number, word in enumerate(words, start=first):
        hashed = decode_hash(word)
        if hashed is None:
            faults.add(f"line {number}", say("{met} is no hash of 32 bytes in base64.", met=quoted(word)))
        else:
            found.append(hashed)
    return tuple(found)
