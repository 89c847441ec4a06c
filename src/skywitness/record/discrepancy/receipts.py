"""What was sent to a Party by name, against what that Party recorded as received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say
from skywitness.record.discrepancy.model import Discrepancy, Kind, Known, Pair, Rules
from skywitness.record.entry.entry import Entry

RECEIVES = "receives"


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry sent to ``receiver`` by name, what came back, and how long that may take."""

    entry: Entry
    receiver: str
    allowed: dt.timedelta
    receipt: Entry | None


def sent_of(entries: Mapping[str, Entry], rules: Rules) -> Iterator[Sent]:
    """Go through what the entries of one stream (by address) send to somebody, with the first receipt of each."""
    receipts: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries.values(), key=lambda one: one.time_utc):
        for reference in entry.refers_to:
            if reference.relation == RECEIVES:
                receipts.setdefault((reference.entry, entry.author), entry)
    for entry in entries.values():
        allowed = rules.allowed(entry)
        if allowed is None or any(reference.relation == RECEIVES for reference in entry.refers_to):
            continue
        for receiver in entry.to:
            if receiver != entry.author:
                yield Sent(entry, receiver, allowed, receipts.get((entry.address, receiver)))


CLOCKS: Final = dt.timedelta(minutes=5)
"""How far clocks may be apart before one signature is held against another."""


def judge_sent(sent: Sent, known: Mapping[str, Known], without_utc: dt.datetime | None = None) -> Iterator[Discrepancy]:
    """Say what is discrepant about one thing sent: nothing, or rows.

    ``without_utc``: when the receiver last signed its log without the receipt.
    """
    if sent.receipt is None:
        row = _missing(sent, known.get(sent.receiver))
        if row is not None:
            yield row
        return
    late = sent.receipt.time_utc - sent.entry.time_utc - sent.allowed
    if late > dt.timedelta():
        yield _row(
            sent,
            Kind.LATE,
            say(
                "{receiver} recorded as received at {received} what {sender} recorded as sent at {sent}: "
                "{hours:.1f} h later than the {allowed:.0f} h allowed.",
                receiver=sent.receiver,
                received=_time(sent.receipt.time_utc),
                sender=sent.entry.author,
                sent=_time(sent.entry.time_utc),
                hours=_hours(late),
                allowed=_hours(sent.allowed),
            ),
            late_by_h=round(_hours(late), 3),
        )
    elif without_utc is not None and (beyond := without_utc - sent.entry.time_utc - sent.allowed) > CLOCKS:
        yield _row(
            sent,
            Kind.LATE,
            say(
                "{receiver} dated {received} its receipt of what {sender} sent at {sent}, and at {signed} signed its "
                "log without it: {hours:.1f} h after the {allowed:.0f} h allowed it was not recorded yet.",
                receiver=sent.receiver,
                received=_time(sent.receipt.time_utc),
                sender=sent.entry.author,
                sent=_time(sent.entry.time_utc),
                signed=_time(without_utc),
                hours=_hours(beyond),
                allowed=_hours(sent.allowed),
            ),
            late_by_h=round(_hours(beyond), 3),
        )
    if sent.entry.objects and not sent.receipt.objects:
        why = say("The receipt by {receiver} does not say which files came.", receiver=sent.receiver)
        yield _row(sent, Kind.DIFFERENT, why, certain=False)
    elif differences := _differences(sent.entry, sent.receipt):
        yield _row(
            sent,
            Kind.DIFFERENT,
            say(
                "{receiver} recorded other files as received than {sender} recorded as sent.",
                receiver=sent.receiver,
                sender=sent.entry.author,
            ),
            differences=differences,
        )


def _missing(sent: Sent, receiver: Known | None) -> Discrepancy | None:
    """Judge a receipt that is not there: it may still come, or stand where nobody here can look."""
    due = sent.entry.time_utc + sent.allowed
    until = receiver.until_utc if receiver else None
    words = {
        "receiver": sent.receiver,
        "sender": sent.entry.author,
        "sent": _time(sent.entry.time_utc),
        "due": _time(due),
    }
    if until is None and receiver is not None and receiver.entries:
        why = say(
            "Whether {receiver} received what {sender} sent at {sent} cannot be told: no signature over its log as it "
            "is held here has a time that can be believed, and the receipt is due at {due}.",
            **words,
        )
        return _row(sent, Kind.MISSING, why, certain=False)
    if until is None:
        why = say(
            "Whether {receiver} received what {sender} sent at {sent} cannot be told: nothing of its log is held here, "
            "and the receipt is due at {due}.",
            **words,
        )
        return _row(sent, Kind.MISSING, why, certain=False)
    if until < due:
        why = say(
            "Whether {receiver} received what {sender} sent at {sent} cannot be told: its log is held until {until}, "
            "and the receipt may come until {due}.",
            until=_time(until),
            **words,
        )
        return _row(sent, Kind.MISSING, why, certain=False)
    if receiver is not None and receiver.withheld:
        why = say(
            "No receipt by {receiver} of what {sender} sent at {sent} is among what can be read; {withheld} entries of "
            "its log are withheld.",
            withheld=receiver.withheld,
            **words,
        )
        return _row(sent, Kind.MISSING, why, certain=False)
    why = say("{receiver} recorded no receipt by {due} of what {sender} recorded as sent at {sent}.", **words)
    return _row(sent, Kind.MISSING, why)


def _differences(entry: Entry, receipt: Entry) -> tuple[Pair, ...]:
    """Compare the files of an entry with those of its receipt, by name."""
    sent = {one.name: one.sha256 for one in entry.objects}
    received = {one.name: one.sha256 for one in receipt.objects}
    names = sorted(sent.keys() | received.keys())
    return tuple(
        Pair(name, sent.get(name), received.get(name)) for name in names if sent.get(name) != received.get(name)
    )


def _row(
    sent: Sent,
    kind: Kind,
    why: Text,
    *,
    certain: bool = True,
    late_by_h: float | None = None,
    differences: tuple[Pair, ...] = (),
) -> Discrepancy:
    receipt = sent.receipt
    return Discrepancy(
        kind,
        why,
        sent.entry.stream,
        sent.entry.author,
        sent.receiver,
        certain,
        (sent.entry.address,) if receipt is None else (sent.entry.address, receipt.address),
        sent.entry.type,
        sent.entry.time_utc,
        receipt.time_utc if receipt else None,
        late_by_h,
        differences,
    )


def _hours(span: dt.timedelta) -> float:
    return span.total_seconds() / 3600


def _time(at_utc: dt.datetime) -> str:
    return at_utc.strftime("%Y-%m-%d %H:%M:%SZ")
