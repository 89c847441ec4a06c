"""Case events that an article tells of, for a person to judge; nothing is ever taken over by itself.

An event is proposed where the article tells who and when; where either is not known a note says so instead.  Whether
a withdrawal was an intention, a notice or its effect is told by the days of the law, never by the words of the article.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.consult.bodies import every_state
from skywitness.core.text import Text, say
from skywitness.law.party import Standing
from skywitness.press.check import Check
from skywitness.press.clauses import Said, actors, dated, denied, said
from skywitness.press.date_model import PERIOD, DateMention
from skywitness.press.facts import known_instrument, notice_of, status_of, steps_of, title_of
from skywitness.press.reading import Read, inside
from skywitness.press.states import state_name

__all__ = ["SOURCE", "Proposal", "ProposedEvent", "propose"]

SOURCE: Final = "article"
"""The identifier of the article among the sources of the file."""

_CAPACITIES: Final[Mapping[Standing, str]] = {
    Standing.PARTY: "party",
    Standing.SIGNATORY: "signatory",
    Standing.RATIFIED_NOT_IN_FORCE: "signatory",
}
_LEFT: Final = {"withdrawn": "effect", "notice": "notice"}


@dataclass(frozen=True, slots=True)
class ProposedEvent:
    """One event as a case file has it: ``fields`` are those of ``[[events]]``, ``judge`` what a person must look at."""

    fields: Mapping[str, Any]
    judge: tuple[Text, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the fields with days as texts."""
        return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in self.fields.items()}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The events an article tells of, and why other sentences propose none."""

    events: tuple[ProposedEvent, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that tells of an event: which word, of whom, on which day, and whether it says the day itself."""

    number: int
    word: Said
    instrument: str
    who: tuple[str, ...]
    on: dt.date | str | None
    own_day: bool
    date: DateMention | None


def propose(read: Read, checks: Sequence[Check]) -> Proposal:
    """Propose the events of an article: withdrawals announced or done, and joint statements."""
    events: dict[tuple[str, tuple[str, ...], str], ProposedEvent] = {}
    notes: list[Text] = []
    of_sentence: dict[int, list[Check]] = {}
    for check in checks:
        of_sentence.setdefault(check.number, []).append(check)
    for told in _told(read, of_sentence):
        if not told.who or told.on is None:
            notes.append(_unknown(read, told))
            continue
        step, follows = _step(told, list(events.values()))
        if not step:
            notes.append(_no_notice(read, told))
            continue
        key = (step, told.who, str(told.on))
        if key not in events:
            made = _event(read, told, step, f"{step}-{len(events) + 1}", follows)
            events[key] = ProposedEvent(made, tuple(_judge(told, step, of_sentence.get(told.number, []))))
    return Proposal(tuple(events.values()), tuple(dict.fromkeys(notes)))


def _told(read: Read, checks: Mapping[int, list[Check]]) -> Iterator[_Told]:
    """Find the sentences that tell of an event, the first such word of each."""
    for number, span in enumerate(read.tokens.sentences):
        instrument = read.instrument_of(span)
        if not known_instrument(instrument):
            continue
        word = next((one for one in said(read, number, "withdrawal", "statement") if _done(read, number, one)), None)
        if word is None:
            continue
        listed = next((one.states for one in checks.get(number, []) if one.kind == "list"), ())
        who = listed or _joint(read, number, word) if word.meaning == "statement" else actors(read, number, word)
        date = _date(read, number, word)
        on = _on(date) if date is not None else read.at
        acting = tuple(code for code in dict.fromkeys(who) if code in every_state())
        yield _Told(number, word, instrument, acting, on, date is not None, date)


def _joint(read: Read, number: int, word: Said) -> tuple[str, ...]:
    """Return the States named in a row before a joint statement; one alone makes none."""
    who = actors(read, number, word)
    return who if len(who) > 1 else ()


def _done(read: Read, number: int, word: Said) -> bool:
    """Tell whether a withdrawal is told as announced or done, and not wished for, feared or denied."""
    if word.meaning != "withdrawal":
        return True
    return not denied(read, word) and bool(said(read, number, "announced", "effective"))


def _date(read: Read, number: int, word: Said) -> DateMention | None:
    """Return the date that belongs to the event; one that lies after the day of the article is of no event yet."""
    words = [word, *said(read, number, "announced", "signed")]
    near = {held.meaning: date for held, date in dated(read, number, words)}
    for_signing = near.get("signed")
    choice = [near.get("announced"), near.get(word.meaning)]
    rest = (one for one in inside(read.dates, read.tokens.sentences[number]) if one is not for_signing)
    for date in (*choice, *rest):
        first = date.first_day if date is not None and date.kind != PERIOD and date.iso is not None else None
        if first is not None and date is not None and (read.at is None or first <= read.at) and _exact(date):
            return date
    return None


def _exact(date: DateMention) -> bool:
    return date.precision in ("day", "month") and _on(date) is not None


def _on(date: DateMention) -> dt.date | str | None:
    """Write a date as exactly as it is known: a day, or the text of a month."""
    if date.iso is None:
        return None
    return dt.date.fromisoformat(date.iso) if date.precision == "day" else date.iso


def _step(told: _Told, before: Sequence[ProposedEvent]) -> tuple[str, str]:
    """Tell what an event is, and the notice that an effect follows from; no step where that notice is not proposed."""
    if told.word.meaning == "statement":
        return "statement", ""
    held = {
        _LEFT[fact.what]
        for code in told.who
        for fact in steps_of(told.instrument, code)
        if fact.what in _LEFT and fact.day is not None and told.date is not None and told.date.holds(fact.day)
    }
    if "notice" in held and _capacity(told) == "party":
        return "notice", ""
    if "effect" not in held:
        return "intent", ""
    notices = (one.fields for one in before if one.fields["step"] == "notice")
    follows = next((str(one["id"]) for one in notices if tuple(one["actors"]) == told.who), "")
    return ("effect", follows) if follows else ("", "")


def _capacity(told: _Told) -> str:
    """Say as what the actors act on the day; where they are not all the same, as the least of them."""
    words = _capacities(told)
    return words.pop() if len(words) == 1 else "third_state"


def _capacities(told: _Told) -> set[str]:
    """Say what each actor is on the day; those that left are former Parties, others third States."""
    day = told.on if isinstance(told.on, dt.date) else told.date.first_day if told.date else None
    if day is None:
        return set()
    found = [status_of(told.instrument, code, day, None).status for code in told.who]
    return {_CAPACITIES.get(one, "former_party" if one is Standing.WITHDRAWN else "third_state") for one in found}


def _event(read: Read, told: _Told, step: str, ident: str, follows: str) -> dict[str, Any]:
    """Write the fields of an event in the order of the example file."""
    notice = notice_of(told.instrument) if step in ("notice", "effect") else None
    names = ", ".join(state_name(code, "en") for code in told.who)
    found: dict[str, Any] = {
        "id": ident,
        "on": told.on,
        "step": step,
        "actors": list(told.who),
        "capacity": _capacity(told),
        "treaty": told.instrument,
        "what": _WHAT[step].format(names=names, title=title_of(told.instrument)),
        "quote": read.sentence(told.number),
    }
    if notice is not None and notice.provision:
        found["provisions"] = [notice.provision]
    else:
        found["no_provision"] = "Proposed from an article; a person names the provision."
    if step == "statement" and len(told.who) > 1:
        found["signers"] = list(told.who)
    if follows:
        found["follows"] = [follows]
    return {**found, "sources": [SOURCE], "status": "reported"}


# Case files are written in English, with other languages beside.
_WHAT: Final = {
    "intent": "The article tells that a withdrawal from the {title} is announced: {names}.",
    "notice": "The article tells of the notice of withdrawal from the {title}: {names}.",
    "effect": "The article tells that a withdrawal from the {title} takes effect: {names}.",
    "statement": "The article tells of a joint statement on the {title}: {names}.",
}


# ---- what a person is told ----


def _judge(told: _Told, step: str, checks: Sequence[Check]) -> Iterator[Text]:
    """Say what a person has to look at before taking an event over."""
    yield say("Judge: do the words in quote say who acts, and is it this treaty?")
    if not told.own_day:
        yield say("Judge the day: the sentence tells none that is certain, so the day of the article stands here.")
    elif not isinstance(told.on, dt.date):
        yield say("Judge the day: the article tells the month only.")
    if step == "intent":
        yield say("Judge the step: an intention, or a notice given? The law holds no notice of this day.")
    if len(_capacities(told)) > 1:
        yield say("Judge the capacity: the States named are not all the same to this treaty.")
    if step == "statement":
        yield say("Judge who signed: the names are those of the sentence.")
    for one in checks:
        if one.verdict != "agrees":
            yield one.why


def _unknown(read: Read, told: _Told) -> Text:
    if not told.who:
        return say("Not proposed, as the sentence does not tell who: {sentence}", sentence=read.sentence(told.number))
    return say(
        "Not proposed, as nobody can say on which day (give --at): {sentence}", sentence=read.sentence(told.number)
    )


def _no_notice(read: Read, told: _Told) -> Text:
    return say(
        "Not proposed, as a withdrawal takes effect only after a notice, which the article does not tell: {sentence}",
        sentence=read.sentence(told.number),
    )
