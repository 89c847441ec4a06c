"""Read ``[[event]]`` of a facts file: what happened, when, and who says so.

Which words are kinds of event the room ``mission`` knows; here a kind is only a word.  The same event twice is refused:
one of the two is a slip, or both are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.event import Event
from skywitness.core.text import say
from skywitness.route.files.fields import Fields, Form
from skywitness.route.files.forms import PARTY

KIND = Form(r"[a-z][a-z0-9_]{1,60}", say("the word for a kind of event such as plan_submitted"))
BY = Form(
    rf"observing|observed|commission|depositary|{PARTY.pattern}",
    say("observing, observed, commission, depositary or the code of a Party such as SWE"),
)
REASON = Form(r"[a-z][a-z_]{1,40}", say("the word for a reason such as weather"))
FLAGS = ("permitted", "permission_required", "in_place")
"""What may be told of some kinds of event with yes or no."""


def read_events(fields: Fields) -> tuple[Event, ...]:
    """Read the events in the order of the file; faults go where those of ``fields`` go."""
    found: dict[tuple[str, object, str | None], Event] = {}
    for table in fields.tables("event"):
        event = Event(
            kind=table.need_matching("kind", KIND),
            at_utc=table.need_time("at_utc"),
            by=table.matching("by", BY),
            source=table.text("source", prose=True),
            note=table.text("note", prose=True),
            details=tuple(_details(table)),
        )
        key = (event.kind, event.at_utc, event.by)
        if table.sound("kind") and table.sound("at_utc") and key in found:
            table.wrong("kind", say("another event has the same kind, time and author; leave one out"))
        found[key] = event
        table.refuse_unknown()
    return tuple(found.values())


def _details(table: Fields) -> Iterator[tuple[str, str | bool]]:
    """Take what else is told of an event; which kinds have which of it the room ``mission`` knows."""
    reason = table.matching("reason", REASON)
    if reason is not None:
        yield "reason", reason
    for name in FLAGS:
        flag = table.flag(name)
        if flag is not None:
            yield name, flag
