"""The fifteen steps of a verification: number, name, what each proves, and its codes of reasons.

The one source for the package, its pages and the documentation; the standalone verifier has its own table, and a test
compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say
from skywitness.record.entry import keyring, stream


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A step as people read of it: ``proves`` says what follows when it passes; ``codes`` are all of its reasons."""

    id: str
    title: Text
    proves: Text
    codes: tuple[str, ...]


_CONTAINER: Final = ("end", "header", "missing", "order", "padding", "path", "trailing", "truncated", "unknown")

STEPS: Final[dict[int, StepInfo]] = {
    1: StepInfo(
        "container",
        say("The file is a bundle, byte for byte"),
        say("No byte lies outside the files that the seal covers, and none of the files a bundle needs is missing."),
        _CONTAINER,
    ),
    2: StepInfo(
        "seal",
        say("The exporter sealed exactly these files"),
        say(
            "The Party that made the bundle answers for every file in it; nothing was added, left out or altered since."
        ),
        (
            "file_altered",
            "file_missing",
            "file_unlisted",
            "seal_form",
            "seal_key_ended",
            "seal_key_unknown",
            "seal_signature",
        ),
    ),
    3: StepInfo(
        "parties",
        say("The Parties are those you know"),
        say("The root keys, from which all other keys follow, are those whose fingerprints you compared yourself."),
        ("no_trust", "party_form", "party_name", "root_differs", "root_not_given"),
    ),
    4: StepInfo(
        "policy",
        say("The policy is the one agreed on"),
        say("How many witnesses are enough was not chosen by the Party that made the bundle."),
        ("policy_differs", "policy_form", "policy_log", "policy_not_given", "policy_stranger"),
    ),
    5: StepInfo(
        "checkpoints",
        say("Each log signed its size and root"),
        say("The Party of each log committed itself to this number of entries and to their contents."),
        (
            "checkpoint_form",
            "checkpoint_origin",
            "checkpoint_retired",
            "checkpoint_signature",
            "checkpoint_unsigned",
            "log_unknown",
        ),
    ),
    6: StepInfo(
        "tree",
        say("The entries are those under the root"),
        say("Not one entry was altered, added, left out or moved since the checkpoint was signed."),
        ("leaf_differs", "tile_form", "tree_files", "tree_root", "withheld_differs", "withheld_form"),
    ),
    7: StepInfo(
        "witnesses",
        say("Enough witnesses saw the same log"),
        say("Others were shown this very log, so nobody can later be shown another one unnoticed."),
        ("cosignature_wrong", "no_quorum", "quorum"),
    ),
    8: StepInfo(
        "envelopes",
        say("Each entry is whole and its signatures hold"),
        say("Every entry has its one possible form, and both signatures of each signer are over exactly it."),
        ("entry_form", *keyring.SIGNATURE_CODES, "withheld"),
    ),
    9: StepInfo(
        "keys",
        say("Each entry is signed by a good key of its author"),
        say("The keys were introduced by the Party's root key before they signed, and not revoked or lost by then."),
        keyring.CODES,
    ),
    10: StepInfo(
        "sequence",
        say("No entry of an author is missing or doubled"),
        say("Each author's entries in a stream are numbered without gaps, and each names the one before it."),
        stream.SEQUENCE_CODES,
    ),
    11: StepInfo(
        "opening_closing",
        say("Streams were opened and closed by all their Parties"),
        say("All Parties to a stream signed its beginning and its end, and the end counts what is here."),
        stream.OPENING_CLOSING_CODES,
    ),
    12: StepInfo(
        "references",
        say("What entries refer to is here"),
        say("Entries that receive, correct or answer others name entries of this bundle, and correct their own only."),
        stream.REFERENCE_CODES,
    ),
    13: StepInfo(
        "objects",
        say("The files that entries name are here and unaltered"),
        say("Images and documents are bit for bit those that were recorded."),
        ("object_absent", "object_altered", "object_size", "object_unnamed"),
    ),
    14: StepInfo(
        "times",
        say("Times do not contradict one another"),
        say("No entry is dated after others saw it, or before the entry that precedes it."),
        (
            "after_cosignature",
            "after_token",
            "between_cosignatures",
            "in_future",
            "time_backwards",
            "token_unchecked",
            "token_unknown",
            "token_wrong",
        ),
    ),
    15: StepInfo(
        "one_history",
        say("Nobody signed two histories"),
        say("Nothing in the bundle proves that a Party signed two logs, or two entries, that contradict each other."),
        ("double_entry", "evidence_altered", "evidence_unproven", "later_checkpoint", "split_history"),
    ),
}

NOT_RUN: Final = "not_run"
"""The code of steps 2 to 14 where what they rest on is wrong in a step before; always *cannot tell*."""
