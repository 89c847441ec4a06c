"""Step 15: did anybody sign two histories, or two entries for one place?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey
from skywitness.record.evidence import model
from skywitness.record.evidence.judge import judge
from skywitness.record.note.checkpoint import Checkpoint, parse_checkpoint, signer_of
from skywitness.record.note.pair import PairKeys
from skywitness.record.note.signed_note import Note
from skywitness.record.verify.case import Case


def read_notes(case: Case) -> None:
    """Read the earlier checkpoints that lie in the bundle, as far as their logs signed them."""
    for path in case.bundle.under("evidence/"):
        if path.endswith(".note"):
            try:
                checkpoint, note = parse_checkpoint(case.bundle.read(path), path)
                if checkpoint.extensions:
                    raise InputError("bad_checkpoint", say("A checkpoint of this record has three lines."), path)
                _require_signed(case, checkpoint, note, path)
                case.notes.append((path, checkpoint, note))
            except InputError as error:
                _unproven(case, path, error.message)


def _require_signed(case: Case, checkpoint: Checkpoint, note: Note, path: str) -> None:
    """Refuse a checkpoint that its log has not signed with both kinds of its keys."""
    member = next((one for one in case.members.values() if one.log.name == checkpoint.origin), None)
    if member is None:
        raise InputError("other_log", say("It is of a log that no Party introduced here has."), path)
    signer_of(note, member.logs, path)


@dataclass(frozen=True, slots=True)
class _Trusted:
    """The keys by which evidence is judged: those of the bundle's Parties, which step 3 compares."""

    case: Case

    def root(self, party: str) -> PublicKey | None:
        member = self.case.members.get(party)
        return member.introduction.root if member else None

    def logs(self, party: str) -> Sequence[PairKeys]:
        member = self.case.members.get(party)
        return member.logs if member else ()

    def ring(self, party: str) -> Keyring:
        member = self.case.members.get(party)
        return member.ring if member else Keyring(party, None)


def judge_history(case: Case) -> None:
    """Hold earlier checkpoints against the logs that are here, and judge the evidence that lies in the bundle."""
    proved = [log for log in case.logs if log.proved]
    roots = {(log.checkpoint.origin, size): root for log in proved for size, root in log.roots.items()}
    sizes = {log.checkpoint.origin: log.checkpoint.size for log in case.logs}
    for path, one, _ in case.notes:
        if one.size > sizes.get(one.origin, -1):
            text = say("The checkpoint is of a log of {size} entries, and fewer are here.", size=one.size)
            case.report.doubt(15, "later_checkpoint", path, text)
        if roots.setdefault((one.origin, one.size), one.root) != one.root:
            text = say("The log {origin} has signed two histories of {size} entries.", origin=one.origin, size=one.size)
            case.report.fail(15, "split_history", path, text)
    for path in case.bundle.under("evidence/"):
        if case.bundle.members[path].sha256 != path.removeprefix("evidence/").split(".")[0]:
            text = say("The file was altered: it has another SHA-256 than its name.")
            case.report.fail(15, "evidence_altered", path, text)
        if path.endswith(".json"):
            _judge(case, path)


def _judge(case: Case, path: str) -> None:
    try:
        evidence = model.from_bytes(case.bundle.read(path), path)
        proved = judge(evidence, _Trusted(case), path)
    except InputError as error:
        _unproven(case, path, error.faults[0].message if error.faults else error.message)
        return
    code = "double_entry" if isinstance(evidence, model.Double) else "split_history"
    case.report.fail(15, code, path, proved)


def _unproven(case: Case, path: str, why: Text) -> None:
    text = say("The file proves nothing by itself: {why}", why=why)
    case.report.doubt(15, "evidence_unproven", path, text)
