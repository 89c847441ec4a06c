"""Article IX, Section II, paragraphs 1, 2 and 5: duplicate cameras, who answers for the film, test strips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.imagery.media.desk import (
    NEED_DEVELOPER,
    NO_FILM,
    Desk,
    draft,
    idle,
    must,
    none_recorded,
    number_of,
    unknown_medium,
)
from skywitness.imagery.media.model import FILM, OBSERVED, OBSERVING, Roll, Sensor
from skywitness.law.provisions import provision

_ALIKE: Final = (
    ("kind", say("on which medium each of the two recorded (sensor.medium)")),
    ("camera_type", say("the type of camera (sensor.camera_type)")),
    ("film_type", say("the type of film (sensor.film_type)")),
    ("processing", say("the way the film is processed (sensor.processing)")),
)


@provision("OS:IX.II.1")
def duplicate_cameras(desk: Desk) -> Iterator[Finding]:
    """Judge that duplicate cameras whose output is exchanged, their film and its processing are of one type."""
    ident = "OS:IX.II.1"
    sensors = {one.id: one for one in desk.record.sensors}
    doubles = sorted((one for one in desk.record.sensors if one.duplicate_of in sensors), key=lambda one: one.id)
    if not doubles:
        yield idle(desk, ident, say("No camera doubles another."))
    for double in doubles:
        yield _pair(desk, ident, sensors[double.duplicate_of or ""], double)


def _pair(desk: Desk, ident: str, first: Sensor, double: Sensor) -> Finding:
    """Judge one pair of cameras by what both are told to be."""
    words: dict[str, object] = {"first": first.id, "double": double.id}
    if not {first.kind, double.kind} & {*FILM, None}:
        return idle(desk, ident, say("Cameras {first} and {double} record on no film.", **words))
    pairs = [(key, need, getattr(first, key), getattr(double, key)) for key, need in _ALIKE]
    differ = [key for key, _, one, other in pairs if None not in (one, other) and one.casefold() != other.casefold()]
    open_ = tuple(need for _, need, one, other in pairs if None in (one, other))
    fields: dict[str, Any] = {"name": double.id, "bearer": desk.provider_code}
    if double.exchanged is False:
        return idle(desk, ident, say("The output of cameras {first} and {double} is not exchanged.", **words))
    if differ and double.exchanged is None:
        why = say(
            "Cameras {first} and {double} differ ({what}); nobody has told whether their output is exchanged.",
            what=_named(differ),
            **words,
        )
        need = say("whether the output of both cameras is exchanged (sensor.exchanged)")
        return draft(desk, ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    if differ:
        why = say("Cameras {first} and {double} are not of one type: {what}.", what=_named(differ), **words)
        return draft(desk, ident, Verdict.BREACH, why, measured=_named(differ), **fields)
    if open_:
        why = say("Whether cameras {first} and {double} are of one type has not been told in full.", **words)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, needs=open_, **fields)
    why = say("Cameras {first} and {double}, their film and its processing are of one type.", **words)
    return draft(desk, ident, Verdict.OK, why, **fields)


def _named(keys: list[str]) -> str:
    """Name what differs by the fields of the file."""
    return ", ".join("medium" if key == "kind" else key for key in keys)


@provision("OS:IX.II.2")
def quality(desk: Desk) -> Iterator[Finding]:
    """Judge who answers for the quality of processing and duplicates, and whether it was delivered."""
    ident = "OS:IX.II.2"
    if not desk.outputs(film=True):
        yield from none_recorded(desk, ident, NO_FILM)
        return
    yield from unknown_medium(desk, ident)
    developer, told = desk.developer, desk.record.development
    if developer is None:
        why = say("Nobody has told which Party develops the film and so answers for its quality.")
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, needs=(NEED_DEVELOPER,))
        return
    duty = must(desk, developer, say("answer for the quality of the processing and of the duplicates"))
    answers = desk.side(told.answered_by)
    by = desk.agreed(ident).source if (developer, desk.provider) == (OBSERVING, OBSERVED) else None
    fields: dict[str, Any] = {"bearer": desk.code(developer), "by_agreement": by}
    words = {"who": desk.name(developer), "other": desk.name(answers)}
    if answers not in (None, developer):
        why = say("{who} develops the film and answers for its quality, but {other} is held to answer for it.", **words)
        yield draft(desk, ident, Verdict.BREACH, why, effect=duty, **fields)
    elif told.good is None:
        why = say("{who} develops the film and answers for its quality; nobody has told how it came out.", **words)
        need = say(
            "whether processing and duplicates came out as the film's characteristics have it (development.good)"
        )
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, effect=duty, needs=(need,), **fields)
    elif told.good:
        why = say("{who} develops the film and answers for its quality, which is as it should be.", **words)
        yield draft(desk, ident, Verdict.OK, why, **fields)
    else:
        why = say("Processing or duplicates fall short of the film's characteristics; {who} answers for that.", **words)
        yield draft(desk, ident, Verdict.BREACH, why, effect=duty, **fields)


@provision("OS:IX.II.5")
def strips(desk: Desk) -> Iterator[Finding]:
    """Judge that each roll carries a test strip or wedge of as many steps as the text has, of the film used."""
    ident = "OS:IX.II.5"
    if not desk.outputs(film=True):
        yield from none_recorded(desk, ident, NO_FILM)
        return
    steps, values, _ = number_of(desk, "sensitometric_steps")
    duty = must(
        desk, desk.developer or "film_developer", say("put a {steps:.0f}-step strip or wedge on each roll", steps=steps)
    )
    if not desk.record.rolls:
        why = say("No roll of film is listed.")
        need = say("the rolls and their test strips ([[roll]], strip_steps)")
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, effect=duty, values=values, needs=(need,))
    films = {one.id: one.film_type for one in desk.record.sensors}
    for roll in sorted(desk.record.rolls, key=lambda one: one.id):
        verdict, why, needs = _strip(roll, films[roll.of], steps)
        yield draft(
            desk,
            ident,
            verdict,
            why,
            roll.id,
            bearer=None if desk.developer is None else desk.code(desk.developer),
            measured=roll.strip_steps,
            limit=int(steps),
            unit="steps",
            effect=duty if verdict is Verdict.BREACH else None,
            values=values,
            needs=needs,
        )


def _strip(roll: Roll, film: str | None, steps: float) -> tuple[Verdict, Text, tuple[Text, ...]]:
    words: dict[str, object] = {"roll": roll.id, "steps": steps}
    if roll.strip_steps is None:
        why = say("Nobody has told of a test strip on roll {roll}.", **words)
        return Verdict.CANNOT_TELL, why, (say("the steps of the strip or wedge, 0 for none (roll.strip_steps)"),)
    if roll.strip_steps != steps:
        why = say("Roll {roll} carries {have} steps; the text asks for {steps:.0f}.", have=roll.strip_steps, **words)
        return Verdict.BREACH, why, ()
    strip = roll.strip_film_type
    if strip is not None and film is not None and strip.casefold() != film.casefold():
        why = say(
            "The strip of roll {roll} is of film {strip}, the roll of film {film}.", strip=strip, film=film, **words
        )
        return Verdict.BREACH, why, ()
    return Verdict.OK, say("Roll {roll} carries {steps:.0f} steps.", **words), ()
