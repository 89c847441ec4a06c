"""Article IX, Section III, paragraphs 4 and 5: the form in which radar data are received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.imagery.media.desk import NEED_PROVIDER, Desk, Output, draft, idle, may, must, other_side
from skywitness.imagery.media.model import OBSERVED, OBSERVING, Copy, Original
from skywitness.law.provisions import provision

_RADAR = "sar"


@provision("OS:IX.III.4")
def observed_gets_radar(desk: Desk) -> Iterator[Finding]:
    """Judge that the observed Party got radar data of the observing Party's aircraft in the form it chose."""
    yield from _radar(desk, "OS:IX.III.4", OBSERVING)


@provision("OS:IX.III.5")
def observing_gets_radar(desk: Desk) -> Iterator[Finding]:
    """Judge that the observing Party got radar data of the observed Party's aircraft in the form it chose."""
    yield from _radar(desk, "OS:IX.III.5", OBSERVED)


def _radar(desk: Desk, ident: str, provider: str) -> Iterator[Finding]:
    radars = [one for film in (True, False) for one in desk.outputs(film=film) if one.sensor.subject == _RADAR]
    unknown = [one for one in desk.record.sensors if one.subject == _RADAR and one.medium is None]
    if not radars and not unknown:
        yield idle(desk, ident, say("No radar is named."))
    elif desk.provider is None:
        why = say("Nobody has told whose aircraft it was, on which the choice of the form of radar data rests.")
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, needs=(NEED_PROVIDER,))
    elif desk.provider != provider:
        yield idle(desk, ident, say("The aircraft was provided by {who}.", who=desk.provider_code))
    else:
        for sensor in sorted(unknown, key=lambda one: one.id):
            yield _open(desk, ident, other_side(provider), sensor.id)
        for output in radars:
            yield from _forms(desk, ident, other_side(provider), output)


def _forms(desk: Desk, ident: str, chooser: str, output: Output) -> Iterator[Finding]:
    """Judge everything of one radar that the side with the choice received."""
    received: list[Original | Copy] = [one for one in output.originals if desk.side(one.to) == chooser]
    received += [one for one in output.copies if desk.side(one.to) == chooser and not one.given_up]
    told = [one for one in received if one.form is not None or one.asked_form is not None]
    if not told:
        yield _open(desk, ident, chooser, output.sensor.id)
    for one in told:
        yield _form(desk, ident, chooser, one)


def _open(desk: Desk, ident: str, chooser: str, name: str) -> Finding:
    words = {"who": desk.name(chooser), "sensor": name}
    right = may(
        desk, chooser, say("choose phase information or a radar image as the form of the data of {sensor}", **words)
    )
    why = say("{who} may choose the form of the data of radar {sensor}; nobody has told of its choice.", **words)
    need = say("the form asked for and received (form, asked_form: phase or image)")
    return draft(desk, ident, Verdict.CANNOT_TELL, why, name, effect=right, needs=(need,))


def _form(desk: Desk, ident: str, chooser: str, one: Original | Copy) -> Finding:
    words: dict[str, object] = {"who": desk.name(chooser), "name": one.id, "asked": one.asked_form, "form": one.form}
    if one.form is None or one.asked_form is None:
        why = say(
            "Of radar data {name} for {who} only one form is told: the one asked for or the one received.", **words
        )
        need = say("the form asked for and received (form, asked_form: phase or image)")
        return draft(desk, ident, Verdict.CANNOT_TELL, why, one.id, needs=(need,))
    fields: dict[str, Any] = {"measured": one.form, "limit": one.asked_form}
    if one.form == one.asked_form:
        why = say("{who} received radar data {name} in the form it chose ({form}).", **words)
        return draft(desk, ident, Verdict.OK, why, one.id, **fields)
    other = other_side(chooser)
    why = say("{who} chose radar data {name} as {asked} and received them as {form}.", **words)
    duty = must(desk, other, say("give {who} the radar data {name} as {asked}", **words))
    return draft(desk, ident, Verdict.BREACH, why, one.id, bearer=desk.code(other), effect=duty, **fields)
