"""The key below a picture: every event by its number with its sources, and every source with whose publisher it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from skywitness.consult.as_json import sources_of
from skywitness.consult.drawing.lanes import Mark, when_words, who_words
from skywitness.consult.drawing.signs import short_words
from skywitness.consult.model import Source
from skywitness.consult.replay import Replay
from skywitness.consult.vocabulary import SIDES
from skywitness.core.text import Text, say

__all__ = ["event_words", "key_texts", "source_words"]

_MOST_TO: Final = 3

Words = Callable[[Text], str]


def key_texts(found: Replay, told: Sequence[Mark]) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    """Give the headings of the key, and what stands under each."""
    left_out = len(found.events) - len(told)
    heading = say("Events")
    if left_out:
        heading = say(
            "Events (earlier ones without room here: {count}; the page of case show has them)", count=left_out
        )
    if told:
        yield heading, tuple(map(event_words, told))
    sources = sources_of(found)
    if sources:
        yield say("Sources, with whose publisher each is"), tuple(map(source_words, sources))


def event_words(mark: Mark) -> Text:
    """Write an event: number, day, who to whom, what it is, and the keys of its sources."""
    event = mark.event
    who: Text | str = who_words(event)
    if event.addressees:
        to = ", ".join(event.addressees[:_MOST_TO]) + (", …" if len(event.addressees) > _MOST_TO else "")
        who = say("{who} → {to}", who=who, to=to)
    told = {"number": mark.number, "on": when_words(event.when), "who": who, "step": short_words(event.step)}
    told |= {"what": event.what.text, "sources": ", ".join(event.sources)}
    return say("{number}. {on} {who}: {step}: {what} [{sources}]", **told)


def source_words(one: Source) -> Text:
    """Write a source: its key, whose publisher it is, what and when; its address stands in the page of the case."""
    side: Text = SIDES[one.side]
    if one.of:
        side = say("{side}, {of}", side=side, of=one.of)
    publisher = "" if one.side == "recollection" else one.publisher
    more = ", ".join(word for word in (publisher, str(one.date or ""), one.language) if word)
    told = {"id": one.id, "side": side, "title": one.title.text}
    if not more:
        return say("{id} ({side}): {title}", **told)
    return say("{id} ({side}): {title}; {more}", more=more, **told)
