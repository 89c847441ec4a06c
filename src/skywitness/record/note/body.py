"""What a checkpoint says: origin, size and root of a log (C2SP tlog-checkpoint v1.0.0, Note text)."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.record.base64_text import to_base64
from skywitness.record.merkle.hashing import EMPTY_ROOT, HASH_SIZE, MAX_SIZE
from skywitness.record.note.lines import decode_decimal, decode_hash


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log's tree: ``size`` leaves under ``root``.  ``extensions`` are lines that nobody here reads."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the text that is signed.  Raises ``InputError`` (``bad_checkpoint``) for what cannot be written."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        text = "".join(f"{line}\n" for line in lines)
        parse_body(text)
        return text


def parse_body(text: str, where: str = "") -> Checkpoint:
    """Read the text of a checkpoint.  Raises ``InputError`` (``bad_checkpoint``) that tells all faults."""
    faults = Faults()
    *lines, rest = text.split("\n")
    if rest:
        faults.add(f"line {len(lines) + 1}", say("The last line of the text is not ended by a newline."))
    if len(lines) < 3:
        faults.add("", say("The text has {met} whole lines; a checkpoint has at least 3.", met=len(lines)))
    for number, line in enumerate(lines, start=1):
        if not line:
            faults.add(f"line {number}", say("The line is empty."))
    origin, size_word, root_word, *extensions = [*lines, "", "", ""][: max(3, len(lines))]
    size, root = decode_decimal(size_word), decode_hash(root_word)
    if size is None and size_word:
        message = say(
            "{met} is no size: a whole number up to {most} in digits, without leading zeros.",
            met=quoted(size_word, 40),
            most=MAX_SIZE,
        )
        faults.add("line 2", message)
    if root is None and root_word:
        faults.add("line 3", say("{met} is no root: {bytes} bytes in base64.", met=quoted(root_word), bytes=HASH_SIZE))
    if size == 0 and root is not None and root != EMPTY_ROOT:
        faults.add("line 3", say("The root is not that of a log without entries, which the size 0 tells of."))
    faults.raise_if_any("bad_checkpoint", say("This is no checkpoint of a log."), where)
    assert size is not None
    assert root is not None
    return Checkpoint(origin, size, root, tuple(extensions))
