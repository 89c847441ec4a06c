"""Discrepancies and the report of them: plain data."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, Text
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import write_time


class Kind(enum.StrEnum):
    """What is discrepant.

    ``missing``: recorded as sent to a Party, and not recorded by it as received in time.  ``late``: received after the
    time allowed.  ``different``: received with other files.  ``account``: two Parties record one matter otherwise.
    ``reference``: somebody answers, receives or corrects an entry that its author's log does not hold.
    ``stream``: a stream with a gap, two entries for one number, a count that is not right, or not signed by all.
    ``doubtful``: an entry tells what by the meaning of its payload cannot be as told, or what was told before.
    ``split``: a log with two histories.  ``double``: two entries signed for one place.
    """

    MISSING = "missing"
    LATE = "late"
    DIFFERENT = "different"
    ACCOUNT = "account"
    REFERENCE = "reference"
    STREAM = "stream"
    DOUBTFUL = "doubtful"
    SPLIT = "split"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing as the first Party recorded it and as the second did; ``None`` where it did not."""

    name: str
    recorded: str | None
    received: str | None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One row of the report.

    ``certain`` is false where the logs at hand do not reach far enough to tell: *cannot tell*.  ``recorded_by`` and
    ``received_by`` are the two Parties, ``entries`` addresses, ``late_by_h`` hours beyond what is allowed, ``evidence``
    the id of what proves it by the accused's own signatures.
    """

    kind: Kind
    why: Text
    stream: str
    recorded_by: str
    received_by: str | None = None
    certain: bool = True
    entries: tuple[str, ...] = ()
    type: str = ""
    recorded_utc: dt.datetime | None = None
    received_utc: dt.datetime | None = None
    late_by_h: float | None = None
    differences: tuple[Pair, ...] = ()
    evidence: str | None = None

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "kind": self.kind.value,
            "verdict": "discrepancy" if self.certain else "cannot_tell",
            "why": self.why.render(catalogue),
            "stream": self.stream,
            "recorded_by": self.recorded_by,
            "received_by": self.received_by,
            "entries": list(self.entries),
            "type": self.type,
            "recorded_utc": _time(self.recorded_utc),
            "received_utc": _time(self.received_utc),
            "late_by_h": self.late_by_h,
            "differences": [
                {"name": one.name, "recorded": one.recorded, "received": one.received} for one in self.differences
            ],
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class Known:
    """How far the log of a Party is held: ``entries`` of it, ``withheld`` of these, and until when it speaks.

    ``until_utc`` is the time its last head held was signed last; ``None`` when none is, or for a time to come.
    """

    party: str
    entries: int
    withheld: int
    until_utc: dt.datetime | None

    def to_json(self) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "party": self.party,
            "entries": self.entries,
            "withheld": self.withheld,
            "until_utc": _time(self.until_utc),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All discrepancies that the logs at hand show, and how far each log is held."""

    rows: tuple[Discrepancy, ...]
    logs: tuple[Known, ...]
    compared: int
    """Entries sent to somebody, with their receipts, or without."""

    @property
    def certain(self) -> tuple[Discrepancy, ...]:
        """Those that the logs at hand prove."""
        return tuple(row for row in self.rows if row.certain)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "discrepancies": [row.to_json(catalogue) for row in self.rows],
            "logs": [one.to_json() for one in self.logs],
            "compared": self.compared,
        }


@dataclass(frozen=True, slots=True)
class Matter:
    """What an entry gives an account of: one ``key`` for all who speak of the same, and what it says, by field."""

    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What those who know the meaning of payloads say about them.

    ``allowed`` gives how long after an entry its receipt may come, ``None`` where no receipt is asked for;
    ``matter`` what an entry gives an account of, ``None`` where it is none that two Parties give.
    """

    allowed: Callable[[Entry], dt.timedelta | None]
    matter: Callable[[Entry], Matter | None] = field(default=lambda _: None)


def _time(at_utc: dt.datetime | None) -> str | None:
    return None if at_utc is None else write_time(at_utc.replace(microsecond=0))
