"""The report: everything the logs at hand show, against one another and against the rules of streams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.discrepancy import accounts, receipts
from skywitness.record.discrepancy.model import Discrepancy, Kind, Known, Report, Rules
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keyring import signed_by
from skywitness.record.entry.remark import Remark
from skywitness.record.entry.stream import StreamRules
from skywitness.record.evidence import find
from skywitness.record.evidence.judge import Trusted, tell
from skywitness.record.evidence.model import Evidence, from_bytes, id_of, to_bytes
from skywitness.record.log.checkpoints import believed_s
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tree import root_at
from skywitness.record.note.checkpoint import check_checkpoint, parse_checkpoint
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Reader
from skywitness.record.trust.rings import ring_of

_OPEN: frozenset[str] = frozenset({"no_closing", "no_opening"})
"""Remarks that say no more than that a stream is still open."""


def discrepancies(
    reader: Reader, trusted: Trusted, rules: Rules, now_utc: dt.datetime, only: str | None = None
) -> Report:
    """Compare what the logs in a store say, in all streams or the one named ``only``.

    ``now_utc`` is until when the node's own log is known.  Rows come by stream, then by time.
    """
    known = {log.party: _known(reader, log, trusted, now_utc) for log in reader.logs()}
    rows = list(_histories(reader, trusted))
    compared = 0
    for stream, _ in reader.streams():
        if only in (None, stream):
            places = {row.address: row for row in reader.of_stream(stream) if row.envelope}
            held = [entries.read(row.envelope or b"")[1] for row in places.values()]
            named = {entry.address: entry for entry in held}
            for sent in receipts.sent_of(named, rules):
                compared += 1
                receipt = None if sent.receipt is None else places.get(sent.receipt.address)
                without = None if receipt is None else _signed_without(reader, receipt, sent.receiver, trusted, now_utc)
                rows += receipts.judge_sent(sent, known, without)
            rows += accounts.compare(named, rules)
    rows += [row for row in _streams(reader, trusted, _behind(reader, known)) if only in (None, row.stream)]
    rows.sort(key=lambda row: (row.stream, row.recorded_utc or now_utc, row.kind, row.recorded_by, row.entries))
    return Report(tuple(rows), tuple(known[party] for party in sorted(known)), compared)


def _known(reader: Reader, log: LogRow, trusted: Trusted, now_utc: dt.datetime) -> Known:
    """Tell how far a log is held, and until when what is held speaks."""
    withheld = sum(row.envelope is None for row in reader.entries(log.origin))
    if log.own:
        return Known(log.party, log.size, withheld, now_utc)
    node = lookup(reader, log.origin)
    heads = [row for row in reader.checkpoints(log.origin, log.size) if row.size == log.size]
    true = [row for row in heads if root_at(row.size, node) == row.root]
    return Known(log.party, log.size, withheld, _latest(true, log.party, trusted, now_utc))


def _signed_without(
    reader: Reader, row: EntryRow, party: str, trusted: Trusted, now_utc: dt.datetime
) -> dt.datetime | None:
    """Tell when a log was last signed without an entry that stands in it now: it came later, whatever it says."""
    rows = [one for one in reader.checkpoints(row.origin) if one.size <= row.index and one.time_s]
    last = max(rows, key=lambda one: one.time_s, default=None)
    return None if last is None else _latest([last], party, trusted, now_utc)


def _latest(rows: Sequence[CheckpointRow], party: str, trusted: Trusted, now_utc: dt.datetime) -> dt.datetime | None:
    """Give the latest time at which a log signed one of these checkpoints that can be believed."""
    times = [at for row in rows for at in _signed_at(row, party, trusted)]
    return max((at for at in times if believed_s(int(at.timestamp()), now_utc)), default=None)


def _signed_at(row: CheckpointRow, party: str, trusted: Trusted) -> Iterator[dt.datetime]:
    """Read when a log signed its head first, by any of its keys, and last, by those it has now."""
    keys = trusted.logs(party)
    for data, allowed in ((row.note, keys), (row.newest, keys[:1])):
        if data is None:
            continue
        note = parse_checkpoint(data)[1]
        for one in allowed:
            with suppress(InputError, ValueError, OverflowError):  # another of its keys may have signed it
                yield dt.datetime.fromtimestamp(check_checkpoint(note, one).time_s, dt.UTC)
                break


def _histories(reader: Reader, trusted: Trusted) -> Iterator[Discrepancy]:
    """Go through what proves two histories or two entries: what is kept as evidence, and what the store shows."""
    seen: dict[str, Evidence] = {row.id: from_bytes(row.body) for row in reader.evidence()}
    seen |= {id_of(to_bytes(one)): one for one in find.all_of(reader)}
    for ident, evidence in sorted(seen.items()):
        why, certain = tell(evidence, trusted)
        yield Discrepancy(Kind(evidence.kind), why, "", evidence.party, certain=certain, evidence=ident)


def _behind(reader: Reader, known: Mapping[str, Known]) -> frozenset[str]:
    """Name the Parties whose logs are not held up to the time of the last entry of any: more may come from them."""
    ends = [reader.entry(log.origin, log.size - 1) for log in reader.logs() if log.size]
    last = max((row.time_utc for row in ends if row and row.time_utc), default="")
    return frozenset(
        party
        for party, one in known.items()
        if one.until_utc is None or write_time(one.until_utc.replace(microsecond=0)) < last
    )


def _streams(reader: Reader, trusted: Trusted, behind: frozenset[str]) -> Iterator[Discrepancy]:
    """Go through what breaks the rules of streams."""
    logs = reader.logs()
    rings = {log.party: ring_of(reader, log.origin, log.party, trusted.root(log.party)) for log in logs}
    known = {signer: key for ring in rings.values() for signer, key in ring.known.items()}
    rules = StreamRules(lambda address: next((row.author for row in reader.by_address(address)), None))
    for log in logs:
        for row in reader.entries(log.origin):
            if row.envelope is None:
                rules.withheld(log.party)
                continue
            if row.address is None:
                continue  # no entry of the log's Party: verification tells
            envelope, entry = entries.read(row.envelope)
            signed = doubtful = frozenset[str]()
            if entry.kind in ("opening", "closing"):
                checked = envelopes.verify(envelope, known)
                signed, doubtful = signed_by(checked, rings)
            yield from (_of_remark(remark, entry) for remark in rules.feed(entry, signed, doubtful))
    yield from (_of_remark(remark, None) for remark in rules.finish(behind) if remark.code not in _OPEN)


def _of_remark(remark: Remark, entry: Entry | None) -> Discrepancy:
    """Make a row of a remark; its place reads ``stream author sequence``, or only the stream."""
    stream, _, rest = remark.where.partition(" ")
    kind = Kind.REFERENCE if remark.code in ("unknown_reference", "corrects_other") else Kind.STREAM
    return Discrepancy(
        kind,
        say("{where}: {what}", where=remark.where, what=remark.text),
        stream,
        rest.split(" ")[0],
        certain=remark.certain,
        entries=(entry.address,) if entry else (),
        type=remark.code,
        recorded_utc=entry.time_utc if entry else None,
    )
