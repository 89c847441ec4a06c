"""Steps 8 to 12: entry after entry, log after log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.withheld import read_withheld
from skywitness.record.entry import entry as entry_form
from skywitness.record.entry import envelope
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Checked, Envelope
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keyring import signature_remarks, signed_by
from skywitness.record.entry.keys import Signer
from skywitness.record.entry.remark import Remark
from skywitness.record.entry.stream import CODES
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.verify.case import Case, Log

_OF_KEYS_NOT_SHOWN: Final = ("author_unsigned", "key_never_introduced", "key_unknown")


def learn_keys(case: Case, log: Log) -> None:
    """Learn the keys of a Party before anything is judged by them: entries of other logs may be signed by them too.

    Only key entries that name the Party's root key among their signers are read; others change nothing.
    """
    member = log.member
    root = Signer(member.code, member.introduction.root.id)
    mark = f"{root}/".encode()
    for index, raw, _ in case.entries(log):
        log.withheld = log.withheld or not raw
        if mark not in raw:
            continue
        try:
            signed, entry = entry_form.read(raw)
        except InputError:
            continue
        if entry.kind == "key":
            checked = envelope.verify(signed, {root: member.introduction.root})
            case.report.remark(9, _told(log, member.ring.learn(index, entry, checked)))
    case.keys.update(member.ring.known)


def walk(case: Case, log: Log) -> None:
    """Judge every entry of a log, and what is withheld of it."""
    withheld, log.withheld = _withheld(case, log), False
    for index, raw, leaf in case.entries(log, tell=True):
        where = f"{log.member.code} {index}"
        if bool(raw) == (index in withheld):
            text = say("The entry is missing and not told to be withheld, or the other way round.")
            case.report.fail(6, "withheld_differs", where, text)
        withheld.discard(index)
        if not raw:
            case.rules.withheld(log.member.code)
            case.withheld = log.withheld = True
            case.report.doubt(8, "withheld", where, say("The entry is withheld: only its hash is here."))
            if index in log.member.introduction.retired_at:
                text = say("Whether this entry retires the keys that the introduction says it does cannot be told.")
                case.report.doubt(9, "key_unretired", where, text)
            continue
        if leaf_hash(raw) != leaf:
            case.report.fail(6, "leaf_differs", where, say("It is not the entry under this leaf of the tree."))
        try:
            signed, entry = entry_form.read(raw, where)
        except InputError as error:
            case.report.refused(8, "entry_form", where, error)
            continue
        _judge(case, log, index, signed, entry)
    for index in sorted(withheld):
        text = say("The entry is told to be withheld, and the log has none of this number.")
        case.report.fail(6, "withheld_differs", f"{log.member.code} {index}", text)


def _withheld(case: Case, log: Log) -> set[int]:
    """Read which entries are withheld."""
    path = f"{log.folder}/withheld.json"
    try:
        return set(read_withheld(case.bundle.read(path), path))
    except InputError as error:
        case.report.refused(6, "withheld_form", path, error)
        return set()


def _judge_retiring(case: Case, log: Log, where: str, entry: Entry, checked: Checked) -> None:
    """Hold the number at which an introduction retired keys against the log: there the Party must have said so."""
    root = Signer(log.member.code, log.member.introduction.root.id)
    if entry.kind != "introduction" or entry.author != log.member.code or root not in checked.valid:
        text = say("The introduction says that this entry retires keys, and it is no introduction by the root key.")
        case.report.fail(9, "key_unretired", where, text)


def _judge(case: Case, log: Log, index: int, signed: Envelope, entry: Entry) -> None:
    member, where = log.member, f"{log.member.code} {index}"
    checked = envelope.verify(signed, case.keys)
    if index in member.introduction.retired_at:
        _judge_retiring(case, log, where, entry, checked)
    case.report.remark(8, _told(log, signature_remarks(checked, entry.author, where)))
    case.report.remark(9, _told(log, member.ring.judge(index, entry, checked)))
    if entry.author != member.code:
        return
    case.index.learn(entry)
    if log.last is not None and entry.time_utc < log.last:
        text = say(
            "Its time {time} is before {last}, the time of the entry before it.",
            time=write_time(entry.time_utc),
            last=write_time(log.last),
        )
        case.report.fail(14, "time_backwards", where, text)
    log.last = entry.time_utc
    if log.latest is None or entry.time_utc > log.latest[0]:
        log.latest = entry.time_utc, where
    _feed(case, entry, checked)


def _told(log: Log, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Doubt what a withheld entry before may explain: it may have introduced a key, and others chose to withhold it."""
    for one in remarks:
        yield replace(one, certain=one.certain and not (log.withheld and one.code in _OF_KEYS_NOT_SHOWN))


def _feed(case: Case, entry: Entry, checked: Checked) -> None:
    """Hand an entry to the rules of streams."""
    good, doubtful = signed_by(checked, {code: one.ring for code, one in case.members.items()})
    for one in case.rules.feed(entry, good, doubtful):
        case.report.remark(CODES[one.code], (one,))
    if entry.kind not in ("key", "introduction"):
        case.streams.add(entry.stream)


def finish(case: Case) -> None:
    """Say what only the end of all logs shows."""
    case.absent = frozenset({*case.members, *case.rules.named} - {log.member.code for log in case.logs})
    seen = {log.member.code: (log.seen[0], log.seen[-1]) if log.enough else None for log in case.logs}
    for one in case.rules.finish(case.absent, seen):
        case.report.remark(CODES[one.code], (one,))
    if not case.streams:
        case.report.idle(11)
    if not case.index.referring:
        case.report.idle(12)
