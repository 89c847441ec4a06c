"""A case in words: what a face shows of states, clocks, differences and answers, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from skywitness.consult.against_law import Difference
from skywitness.consult.clock_model import DONE, OVER, RUNNING, WAITING, Clock, counting_words
from skywitness.consult.model import ASSERTS, DENIES, WITHHOLDS, Source
from skywitness.consult.performing import Pause
from skywitness.consult.states import ClaimState, Position, TreatyState
from skywitness.consult.vocabulary import SIDES
from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say, say_n
from skywitness.law.party import Standing
from skywitness.law.provisions import BEARERS
from skywitness.law.suspension import ALL
from skywitness.law.words import value_words

__all__ = [
    "VERDICTS",
    "claim_words",
    "clock_words",
    "difference_words",
    "pause_words",
    "position_words",
    "source_line",
    "standing_words",
    "treaty_words",
]

VERDICTS: Final = {
    Verdict.OK: say("kept"),
    Verdict.BREACH: say("not kept"),
    Verdict.CANNOT_TELL: say("cannot be told"),
    Verdict.NOT_APPLICABLE: say("does not apply"),
}
"""What follows under one reading: a verdict of that reading, none of this program."""

_POLARITIES: Final = {
    ASSERTS: say("asserts: {who}"),
    DENIES: say("denies: {who}"),
    WITHHOLDS: say("says neither: {who}"),
}


def treaty_words(state: TreatyState) -> Text:
    """Say whether a treaty is in force, and for how many."""
    count = say_n("{count} Party", "{count} Parties", state.parties)
    if state.in_force:
        return say("{treaty}: in force, {count}", treaty=state.treaty, count=count)
    return say("{treaty}: not in force", treaty=state.treaty)


def standing_words(state: TreatyState) -> tuple[Text, ...]:
    """Say what the States of the case are to a treaty, one line for each standing."""
    found = []
    for standing in Standing:
        those = [one for one in state.standings if one.status is standing]
        codes = ", ".join(
            f"{one.code} ({one.until})" if _leaving(standing) and one.until else one.code for one in those
        )
        if codes:
            found.append(say("{standing}: {codes}", standing=value_words(standing.value), codes=codes))
    return tuple(found)


def _leaving(standing: Standing) -> bool:
    return standing in (Standing.PARTY, Standing.WITHDRAWN, Standing.ENDED)


def pause_words(one: Pause) -> Text:
    """Say who does not perform which duties towards whom, as told."""
    told = {
        "by": _codes(one.by),
        "towards": _codes(one.towards),
        "duties": say("all duties") if ALL in one.duties else ", ".join(one.duties),
        "start": one.start,
    }
    if one.agreed and ALL in one.by and ALL in one.towards:
        return say("among all Parties: {duties}, paused by agreement from {start}", **told)
    if one.agreed:
        return say("{by} and {towards}: {duties}, paused by agreement from {start}", **told)
    words = say("{by} towards {towards}: {duties}, not performed from {start}, as told", **told)
    return say("only announced: {what}", what=words) if one.announced else words


def _codes(codes: tuple[str, ...]) -> Text | str:
    return say("all Parties") if ALL in codes else ", ".join(codes)


def claim_words(one: ClaimState) -> Text:
    """Say what stands open: who claims it, and what was answered; an answer does not close it."""
    event = one.event
    head = say("{who} ({event}, {on})", who=", ".join(event.actors), event=event.id, on=str(event.when))
    if one.closed_by is not None:
        told = {"outcome": _OUTCOMES[one.closed_by.outcome], "on": str(one.closed_by.when)}
        return say("{claim}: {outcome} on {on}", claim=head, **told)
    if one.answered_by or one.opposed_by:
        refs = ", ".join((*one.answered_by, *one.opposed_by))
        return say("{claim}: open; answered or opposed by {refs}", claim=head, refs=refs)
    return say("{claim}: open; no answer is told", claim=head)


_OUTCOMES: Final = {"resolved": say("resolved"), "withdrawn": say("withdrawn"), "moot": say("moot")}


def position_words(those: Iterable[Position]) -> tuple[Text, ...]:
    """Say who asserts, who denies and who says neither, of one proposition."""
    told = tuple(those)
    found = []
    for polarity, words in _POLARITIES.items():
        who = ", ".join(one.by for one in told if one.polarity == polarity)
        if who:
            found.append(Text(words.template, (("who", who),)))
    return tuple(found)


_UNDATED: Final = {
    WAITING: say("waits for others"),
    RUNNING: say("open"),
    DONE: say("done ({by})"),
    OVER: say("over"),
}
"""States of a time for which the text sets no day."""

_STATES: Final = {
    WAITING: say("opens on {opens}, over on {due}"),
    RUNNING: say("runs until {due}, {left} left"),
    DONE: say("done ({by}); the day was {due}"),
    OVER: say("over; the day was {due}"),
}


def clock_words(one: Clock) -> Text:
    """Say what a clock waits for, from when on and until when."""
    left = say_n("{count} day", "{count} days", one.days_left)
    by = ", ".join(one.done_by) or say("its time has come")
    template = (_STATES if one.due else _UNDATED)[one.state].template
    state = Text(template, (("opens", one.opens), ("due", one.due), ("left", left), ("by", by)))
    counting = counting_words(one)
    if counting is not None:
        state = say("{state}; {counting}", state=state, counting=counting)
    who = BEARERS[one.who[0]] if one.who[0] in BEARERS else ", ".join(one.who)
    if one.provision:
        return say("{who}: {what} ({provision}): {state}", who=who, what=one.what, provision=one.provision, state=state)
    return say("{who}: {what}: {state}", who=who, what=one.what, state=state)


def difference_words(one: Difference) -> Text:
    """Say on what a case and the law data, or two sources, differ; neither is chosen."""
    told = {"event": one.event, "what": one.what, "case": one.case or say("nothing")}
    if one.other is None:
        return say("{event}: {what}; the case has {case}", **told)
    return say("{event}: {what}: {case}, and {other}", other=one.other, **told)


def source_line(one: Source) -> Text:
    """Write a source: whose it is stands before what it says."""
    side: Text = SIDES[one.side]
    if one.of:
        side = say("{side}, {of}", side=side, of=one.of)
    publisher = "" if one.side == "recollection" else one.publisher
    more = ", ".join(word for word in (publisher, str(one.date or ""), one.language, one.address) if word)
    if not more:
        return say("{id} ({side})", id=one.id, side=side)
    return say("{id} ({side}): {more}", id=one.id, side=side, more=more)
