"""Step 14: do the times that Parties, witnesses and authorities tell contradict one another?"""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.fields import write_time
from skywitness.record.note.checkpoint import Checkpoint
from skywitness.record.tokens import Stamped, command, read_token
from skywitness.record.verify.case import Case, Log


def judge_times(case: Case) -> None:
    """Compare the latest entry of each log with the cosignatures, the tokens and the reader's clock."""
    for log in case.logs:
        _judge_log(case, log)
    for path in case.bundle.under("tokens/"):
        _judge_token(case, path)


def _judge_log(case: Case, log: Log) -> None:
    latest, where = log.latest or (None, log.folder)
    seen = log.seen
    if max([*seen, *([latest] if latest else [])], default=case.now) > case.now:
        text = say("A time in it is after now: one of the clocks is wrong, perhaps this one.")
        case.report.doubt(14, "in_future", where, text)
    if latest is None or not seen:
        return
    if latest > seen[-1] and log.enough:  # of fewer witnesses than enough the exporter could choose those that lie
        text = say(
            "{time} is after all witnesses saw the log, at {seen}.", time=write_time(latest), seen=write_time(seen[-1])
        )
        case.report.fail(14, "after_cosignature", where, text)
    elif latest > seen[0]:
        text = say(
            "{time} is after one of the witnesses saw the log, at {seen}.",
            time=write_time(latest),
            seen=write_time(seen[0]),
        )
        case.report.doubt(14, "between_cosignatures", where, text)


def _judge_token(case: Case, path: str) -> None:
    """Check a time-stamp token over a checkpoint of a log that is here."""
    _, number, name = path.split("/")
    log = next((one for one in case.logs if one.folder == f"logs/{number}"), None)
    if log is None:
        return
    heads = [log.checkpoint, *(one for _, one, _ in case.notes if one.origin == log.checkpoint.origin)]
    size = name.split("-")[0]
    head = next((one for one in heads if str(one.size) == size and log.roots.get(one.size) == one.root), None)
    if head is None:
        case.report.fail(14, "token_unknown", path, say("No checkpoint of this size is here that it could be over."))
        return
    if not case.trust.time_authorities:
        text = say(
            "No certificate of a time-stamping authority was given; ask openssl: {command}",
            command=command(path, head.text().encode(), _token(case, path)),
        )
        case.report.doubt(14, "token_unchecked", path, text)
        return
    try:
        stamped = read_token(case.bundle.read(path), head.text().encode(), case.trust.time_authorities, path)
    except InputError as error:
        case.report.refused(14, "token_wrong", path, error)
        return
    _compare(case, log, head, stamped, path)


def _token(case: Case, path: str) -> bytes:
    try:
        return case.bundle.read(path)
    except InputError:  # too large to be a token: there is no digest to be found in it
        return b""


def _compare(case: Case, log: Log, head: Checkpoint, stamped: Stamped, path: str) -> None:
    """Entries of the log cannot be younger than a token over all of it."""
    if log.latest is None or head.size != log.checkpoint.size or log.latest[0] <= stamped.time_utc:
        return
    text = say(
        "{where} tells the time {time}, which is after the token of {stamped} over it.",
        where=log.latest[1],
        time=write_time(log.latest[0]),
        stamped=write_time(stamped.time_utc),
    )
    case.report.fail(14, "after_token", path, text)
