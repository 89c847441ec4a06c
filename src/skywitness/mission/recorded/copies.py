"""Copies of sensor data, held against the requests they are given on (IX.IV.1).

Any Party may ask the observing Party for copies, telling the observed one; a copy goes to who asked, from who was
asked.  Nobody has a right to the duplicate of the observed Party; data go to Parties as Article IX has it (IX.I.4), so
such a copy is told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from skywitness.core.text import Text, say
from skywitness.law.parties import is_party
from skywitness.mission.recorded import names
from skywitness.mission.recorded.whom import reaches
from skywitness.record.entry.entry import Entry

REQUEST: Final = names.of_document("data_request")
_PROVISION: Final = "OS:IX.IV.1"


def objections(author: str, to: Sequence[str], answered: Sequence[Entry], copy: Entry | None = None) -> Iterator[Text]:
    """Say what speaks against giving a copy to ``to``, by the entries that it answers, as far as they can be read."""
    requests = [one for one in answered if one.type == REQUEST]
    if not requests:
        yield say("it answers no request for copies (IX.IV.1)")
        return
    for code in to:
        if not any(_asked(one, code) for one in requests):
            yield say("{party} has asked for no copy by the request that it answers (IX.IV.1)", party=code)
    for request in requests:
        yield from _of_request(author, request, copy)


def _asked(request: Entry, code: str) -> bool:
    return reaches((request.author,), code, request.time_utc.date(), _PROVISION)


def _of_request(author: str, request: Entry, copy: Entry | None) -> Iterator[Text]:
    items = request.body.get("items")
    observing = items.get("observing") if isinstance(items, Mapping) else None
    day = request.time_utc.date()
    if not is_party(request.author, day):
        yield say(
            "{party} was no State Party on {day}, when it asked (IX.IV.1)", party=request.author, day=day.isoformat()
        )
    if isinstance(observing, str) and not reaches((observing,), author, day, _PROVISION):
        yield say(
            "copies come from the observing Party, which the request says is {observing} (IX.IV.1), not from {author}",
            observing=observing,
            author=author,
        )
    if copy is not None and copy.time_utc < request.time_utc:
        yield say("it is older than the request that it answers")
