"""What the rules on media look at: the record, the reading, the Parties, agreements; and one hand for findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where, overall
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.imagery.media.model import (
    BLACK_AND_WHITE,
    COLOUR,
    DIGITAL,
    FILM,
    OBSERVED,
    OBSERVING,
    OTHER,
    SOME_FILM,
    TAPE,
    Copy,
    MediaRecord,
    Original,
    Sensor,
)
from skywitness.law import drafting
from skywitness.law.agreement import agreement_consequences, not_on_this_day
from skywitness.law.instrument import load
from skywitness.law.legal_day import ALL, LegalDay
from skywitness.law.planning import planning_value
from skywitness.law.value import used

PARTIES: Final = "parties"
_WORDS: Final = {OBSERVING: say("the observing Party"), OBSERVED: say("the observed Party")}


@dataclass(frozen=True, slots=True)
class Output:
    """What one sensor, with the cameras that double it, recorded.  ``count``: originals; ``None``: nobody has said."""

    sensor: Sensor
    originals: tuple[Original, ...]
    copies: tuple[Copy, ...]
    count: int | None

    @property
    def is_film(self) -> bool:
        """Whether it is on film."""
        return self.sensor.kind in FILM


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement does to a provision: its source where it settles the matter, else why it does not."""

    source: str | None = None
    why_not: Text | None = None


def side_of(record: MediaRecord, word: str | None) -> str | None:
    """Bring the code of one of the two Parties, or of a member of a group that is one, to the word for its side."""
    groups = load().groups
    for code, side in ((record.observing, OBSERVING), (record.observed, OBSERVED)):
        if word is not None and code is not None:
            members = groups[code].members if code in groups else ()
            if word in (code, *members):
                return side
    return word


def other_side(side: str) -> str:
    """Name the side that is not this one."""
    return OBSERVED if side == OBSERVING else OBSERVING


@dataclass(frozen=True, slots=True)
class Desk:
    """A record and the reading it is judged under."""

    record: MediaRecord
    reading: Reading

    @property
    def day(self) -> LegalDay:
        """The day with its law."""
        return LegalDay(self.reading.at, self.reading.known)

    def side(self, word: str | None) -> str | None:
        """Bring a code to the word for its side."""
        return side_of(self.record, word)

    def code(self, side: str) -> str:
        """Return the code of a side, or the word for it where the Parties are not named."""
        codes = {OBSERVING: self.record.observing, OBSERVED: self.record.observed}
        if side == PARTIES:
            return ", ".join(self.code(one) for one in (OBSERVING, OBSERVED))
        return codes.get(side) or side

    def name(self, side: str | None) -> Text | str:
        """Name a side in a sentence."""
        if side is None:
            return say("nobody named")
        code = self.code(side)
        return _WORDS.get(code, code)

    @property
    def provider(self) -> str | None:
        """Which side brings the aircraft; that of a third State comes with the observing Party."""
        side = self.side(self.record.provider)
        return side if side in (None, OBSERVED) else OBSERVING

    @property
    def provider_code(self) -> str | None:
        """Who provides the aircraft and answers for its sensors (Article VI, Section I, paragraph 1)."""
        return None if self.provider is None else self.code(self.provider)

    @property
    def developer(self) -> str | None:
        """Which side develops the film."""
        return self.side(self.record.development.by)

    def outputs(self, *, film: bool) -> tuple[Output, ...]:
        """Return what sensors recorded on film, or on other media, in the order of their names."""
        found = (self._output(one) for one in self.record.sensors if one.duplicate_of is None and one.kind is not None)
        return tuple(sorted((one for one in found if one.is_film == film), key=lambda one: one.sensor.id))

    def _output(self, sensor: Sensor) -> Output:
        cameras = [sensor, *(one for one in self.record.sensors if one.duplicate_of == sensor.id)]
        names = {one.id for one in cameras}
        originals = sorted((one for one in self.record.originals if one.of in names), key=lambda one: one.id)
        idents = {one.id for one in originals}
        copies = sorted((one for one in self.record.copies if one.of in idents), key=lambda one: one.id)
        counts = [self._count(one) for one in cameras]
        told = [count for count in counts if count is not None]
        return Output(sensor, tuple(originals), tuple(copies), sum(told) if len(told) == len(counts) else None)

    def _count(self, sensor: Sensor) -> int | None:
        if sensor.originals is not None:
            return sensor.originals
        return sum(one.of == sensor.id for one in self.record.originals) or None

    @property
    def no_medium(self) -> tuple[str, ...]:
        """Name the sensors whose medium nobody has told."""
        return tuple(sorted(one.id for one in self.record.sensors if one.medium is None))

    def agreed(self, provision: str) -> Agreed:
        """Look for an agreement of the two Parties on a provision that gives way to one."""
        found = Agreed()
        for one in self.record.agreements:
            if one.provision != provision:
                continue
            both = (self.record.observing, self.record.observed)
            named = tuple(code for code in both if code is not None)
            asked = replace(one, involved=named) if len(named) == len(both) else one
            for consequence in agreement_consequences(asked, self.day):
                if consequence.verdict is Verdict.OK:
                    return Agreed(one.source)
                found = Agreed(None, consequence.finding.why)
        return found

    def settled_between(self, provision: str) -> str | None:
        """Return the source of an agreement by which the two do what a provision tells them to agree on."""
        both = [code for code in (self.record.observing, self.record.observed) if code is not None]
        for one in self.record.agreements:
            who = self.day.states(one.parties)
            takes_part = ALL in one.parties or all(self.day.states((code,)) <= who for code in both)
            if one.provision == provision and takes_part and not_on_this_day(one, self.day) is None:
                return one.source
        return None


_MEDIA: Final = {
    BLACK_AND_WHITE: say("black and white film"),
    COLOUR: say("colour film"),
    SOME_FILM: say("film"),
    TAPE: say("magnetic tape"),
    DIGITAL: say("digital"),
    OTHER: say("other medium"),
}


def medium_words(kind: str | None) -> Text:
    """Name a medium in a sentence."""
    return say("none told") if kind is None else _MEDIA[kind]


Rule = Callable[[Desk], Iterator[Finding]]
"""A rule: one small function for each provision."""


def draft(desk: Desk, ident: str, verdict: Verdict, why: Text, name: str = "", **fields: Any) -> Finding:
    """Make a finding with its title and reading; ``name``: the sensor, original, copy or roll it is about."""
    return drafting.draft(desk, ident, verdict, why, where=Where(name=name) if name else None, **fields)


def may(desk: Desk, side: str, what: Text) -> Effect:
    """Say what a side has a right to."""
    return Effect(desk.code(side), "may", what)


def must(desk: Desk, side: str, what: Text) -> Effect:
    """Say what a side owes."""
    return Effect(desk.code(side), "must", what)


def idle(desk: Desk, ident: str, why: Text) -> Finding:
    """Make a finding that a provision has nothing to say here."""
    return draft(desk, ident, Verdict.NOT_APPLICABLE, why)


def unless_agreed(desk: Desk, breach: Finding, on: str = "") -> Finding:
    """Turn a breach into what is kept where the two Parties agreed otherwise; say why an agreement changes nothing.

    ``on``: the provision agreed upon, where it is not that of the finding.
    """
    agreed = desk.agreed(on or breach.provision)
    if agreed.source is not None:
        why = say("{why} The Parties agreed otherwise.", why=breach.why)
        return replace(breach, verdict=Verdict.OK, why=why, by_agreement=agreed.source, effect=None)
    if agreed.why_not is None:
        return breach
    why = say("{why} An agreement on it changes nothing: {reason}", why=breach.why, reason=agreed.why_not)
    return replace(breach, why=why)


def together(desk: Desk, ident: str, found: Iterable[Finding], none: Text) -> Finding:
    """Sum up the paragraphs below one: it is kept when all that apply are, broken when one is."""
    parts = [one for one in found if one.verdict is not Verdict.NOT_APPLICABLE]
    if not parts:
        return idle(desk, ident, none)
    verdict = overall(parts)
    decisive = sorted({one.provision for one in parts if one.verdict is verdict})
    names = ", ".join(decisive)
    needs = tuple(dict.fromkeys(need for one in parts for need in one.needs)) if verdict is Verdict.CANNOT_TELL else ()
    values: tuple[UsedValue, ...] = tuple(dict.fromkeys(value for one in parts for value in one.values))
    why = {
        Verdict.OK: say("All that applies below it is kept: {names}.", names=names),
        Verdict.BREACH: say("Broken below it: {names}.", names=names),
        Verdict.CANNOT_TELL: say("Cannot be told below it: {names}.", names=names),
    }[verdict]
    bearer = next((one.bearer for one in parts if one.verdict is verdict), None)
    return draft(desk, ident, verdict, why, bearer=bearer, values=values, needs=needs)


def number_of(desk: Desk, key: str) -> tuple[float, tuple[UsedValue, ...], Settled]:
    """Return a number of the law on the day of the reading, with what it rests on."""
    found = planning_value(key, desk.reading.at, desk.reading.known)
    return found.number, (used(found, key),), found


NO_FILM: Final = say("No sensor recorded on film.")
NO_OTHER: Final = say("No sensor recorded on another medium than film.")
NEED_MEDIUM: Final = say("on which medium each sensor recorded (sensor.medium)")
NEED_PROVIDER: Final = say("whose aircraft it was (provider)")
NEED_DEVELOPER: Final = say("which Party develops the film (development.by)")


def unknown_medium(desk: Desk, ident: str) -> Iterator[Finding]:
    """Say that a sensor may or may not fall under a provision, where nobody has told its medium."""
    if desk.no_medium:
        why = say("Nobody has told on which medium {names} recorded.", names=", ".join(desk.no_medium))
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, needs=(NEED_MEDIUM,))


def none_recorded(desk: Desk, ident: str, none: Text) -> Iterator[Finding]:
    """Answer where no sensor is known to have recorded on film, or on another medium: open while a medium is."""
    yield from unknown_medium(desk, ident)
    if not desk.no_medium:
        yield idle(desk, ident, none)
