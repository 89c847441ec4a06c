"""The discrepancy report of a mission: what logs show, which frames stand in none, and what cannot be as told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.mission.recorded import counters, doubts, names, signed_report, told
from skywitness.mission.recorded.summary import summarised
from skywitness.record.discrepancy.model import Report, Rules
from skywitness.record.discrepancy.report import discrepancies
from skywitness.record.entry.entry import Entry
from skywitness.record.store.model import Store
from skywitness.record.trust.trusted import Accepted

WITHIN: Final = dt.timedelta(hours=24)
"""How long a receipt may take where nobody says otherwise."""


def rules(within: dt.timedelta = WITHIN) -> Rules:
    """Make the rules: a receipt of everything sent to a Party by name, and both Parties' accounts of one event.

    Of an event no receipt is asked for: each Party records it itself.
    """

    def allowed(entry: Entry) -> dt.timedelta | None:
        return within if entry.kind == "entry" and entry.type != names.EVENT else None

    return Rules(allowed, told.matter)


def report(store: Store, now_utc: dt.datetime, only: str | None = None, within: dt.timedelta = WITHIN) -> Report:
    """Compare what the logs in a store say, in all streams or the one named ``only``.

    :raises InputError: ``no_stream`` when no log holds it: of what is not there nothing could be found.
    """
    with store.snapshot() as reader:
        known = [name for name, _ in reader.streams()]
        if only is not None and only not in known:
            message = say(
                "No log held here has a stream {stream}; held are {known}.", stream=only, known=", ".join(sorted(known))
            )
            raise InputError("no_stream", message, "stream")
        found = discrepancies(reader, Accepted(reader), rules(within), now_utc, only)
        all_rows = (*found.rows, *counters.discrepancies(reader, only), *doubts.discrepancies(reader, only))
        all_rows += tuple(signed_report.discrepancies(reader, found.logs, only))
    rows = summarised(all_rows, found.logs)
    return replace(found, rows=tuple(sorted(rows, key=lambda row: row.stream)))
