"""Article IX, Section I: the medium set for each category, and media that the other Party cannot handle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from skywitness.core.dated import Settled
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.text import Text, of_data, say
from skywitness.imagery.media.desk import NEED_MEDIUM, PARTIES, Desk, draft, idle, medium_words, must, together
from skywitness.imagery.media.model import BLACK_AND_WHITE, DIGITAL, SOME_FILM, Sensor
from skywitness.law.decision import Decision, decisions
from skywitness.law.instrument import load
from skywitness.law.planning import sensor_value
from skywitness.law.provisions import provision
from skywitness.law.told import TOLD
from skywitness.law.value import outcome_of, require, used
from skywitness.law.words import basis_words, source_words

MEDIA: Final = "OS:IX.I.1"
FORMAT: Final = "12/05"
"""The decision on the format in which digital data are exchanged."""

_CATEGORIES: Final = {
    "OS:IX.I.1(A)": ("optical", say("No optical camera is named.")),
    "OS:IX.I.1(B)": ("video", say("No video camera is named.")),
    "OS:IX.I.1(C)": ("infrared", say("No infra-red line scanner is named.")),
    "OS:IX.I.1(D)": ("sar", say("No radar is named.")),
}


@provision("OS:IX.I.1(A)")
def camera_media(desk: Desk) -> Iterator[Finding]:
    """Judge that optical cameras record on black and white film, or as a decision lets them."""
    yield from _of_category(desk, "OS:IX.I.1(A)")


@provision("OS:IX.I.1(B)")
def video_media(desk: Desk) -> Iterator[Finding]:
    """Judge that video cameras record on magnetic tape."""
    yield from _of_category(desk, "OS:IX.I.1(B)")


@provision("OS:IX.I.1(C)")
def infrared_media(desk: Desk) -> Iterator[Finding]:
    """Judge that infra-red scanners record on black and white film or magnetic tape."""
    yield from _of_category(desk, "OS:IX.I.1(C)")


@provision("OS:IX.I.1(D)")
def radar_media(desk: Desk) -> Iterator[Finding]:
    """Judge that radar records on magnetic tape."""
    yield from _of_category(desk, "OS:IX.I.1(D)")


def _of_category(desk: Desk, ident: str) -> Iterator[Finding]:
    subject, none = _CATEGORIES[ident]
    sensors = sorted((one for one in desk.record.sensors if one.subject == subject), key=lambda one: one.id)
    if not sensors:
        yield idle(desk, ident, none)
    for sensor in sensors:
        yield _medium(desk, ident, sensor)


def _medium(desk: Desk, ident: str, sensor: Sensor) -> Finding:
    """Judge the medium of one sensor."""
    at, known = desk.reading.at, desk.reading.known
    rule = require(sensor_value("recording_medium", sensor.subject, at, known), "recording_medium", sensor.subject)
    cited = (used(rule, "recording_medium", sensor.subject),)
    wanted = str(rule.value)
    allowed = wanted.split(" or ")
    duty = must(desk, desk.provider or "provider", say("record on {medium}", medium=of_data(wanted)))
    words = {"sensor": sensor.id, "medium": medium_words(sensor.kind), "wanted": of_data(wanted)}
    fields: dict[str, Any] = {"name": sensor.id, "bearer": desk.provider_code, "measured": sensor.kind, "limit": wanted}
    if sensor.kind is None:
        why = say("Nobody has told on which medium sensor {sensor} recorded; the text asks for {wanted}.", **words)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, effect=duty, values=cited, needs=(NEED_MEDIUM,), **fields)
    if sensor.kind in allowed:
        why = say("Sensor {sensor} recorded on {medium}; the text asks for {wanted}.", **words)
        return draft(desk, ident, Verdict.OK, why, values=cited, **fields)
    if (by := _decided(desk, sensor)) is not None:
        why = say(
            "Sensor {sensor} recorded on another medium ({medium}) than {wanted}, which a decision of the Consultative "
            "Commission permits ({status}: {source}).",
            status=basis_words(by.status),
            source=source_words(by.source),
            **words,
        )
        return draft(desk, ident, Verdict.OK, why, values=(*cited, by), **fields)
    open_question = _open(desk, sensor, allowed, words)
    if open_question is not None:
        why, need, more = open_question
        values = (*cited, *more)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, values=values, needs=(need,), **fields)
    why = say("Sensor {sensor} recorded on another medium ({medium}) than {wanted}.", **words)
    return draft(desk, ident, Verdict.BREACH, why, effect=duty, values=cited, **fields)


def _decided(desk: Desk, sensor: Sensor) -> UsedValue | None:
    """Return a decision that lets the sensor record on its medium: one that is stored, or that the file tells of."""
    at, known = desk.reading.at, desk.reading.known
    if sensor.kind == DIGITAL:
        found = outcome_of(load().of("digital_recording", sensor.subject), at, known)
        if isinstance(found, Settled):
            return used(found, "digital_recording", sensor.subject)
    for one in sorted(desk.record.decisions, key=lambda one: (one.start, one.number)):
        if (one.category, one.kind) == (sensor.subject, sensor.kind) and one.start <= at:
            value = f"{one.number}: {one.kind}"
            return UsedValue("recording_medium", sensor.subject, value, "", one.start, one.source, TOLD)
    return None


def _open(
    desk: Desk, sensor: Sensor, allowed: Collection[str], words: dict[str, Any]
) -> tuple[Text, Text, tuple[UsedValue, ...]] | None:
    """Say why it cannot be told whether the medium is right, with what would settle it."""
    if sensor.kind == SOME_FILM and BLACK_AND_WHITE in allowed:
        why = say("Sensor {sensor} recorded on film; nobody has told whether it shows colours.", **words)
        return why, say("the kind of film (sensor.medium)"), ()
    perhaps = tuple(one for one in decisions() if _may_hold(desk, one)) if sensor.kind == DIGITAL else ()
    if not perhaps:
        return None
    why = say(
        "Sensor {sensor} recorded digitally instead of on {wanted}; decisions of the Consultative Commission on "
        "digital data are known ({numbers}), but not one that is known to permit it on this day.",
        numbers=", ".join(one.number for one in perhaps),
        **words,
    )
    return why, say("the decision that permits this medium, if there is one ([[decision]])"), _cite(perhaps)


def _may_hold(desk: Desk, one: Decision) -> bool:
    """Tell whether a decision on media may be in force: it surely is, or nobody knows since when."""
    at, known = desk.reading.at, desk.reading.known
    if MEDIA not in one.provisions:
        return False
    return one.holds_on(at, known) or (one.adopted is None and (known is None or one.since <= known))


def _cite(found: tuple[Decision, ...]) -> tuple[UsedValue, ...]:
    return tuple(
        UsedValue("decision", one.number, str(one.title), "", one.adopted, one.source, one.status) for one in found
    )


@provision(MEDIA)
def media(desk: Desk) -> Iterator[Finding]:
    """Judge the paragraph as a whole: every category on its medium, digital data in the format decided."""
    below = [one for ident in _CATEGORIES for one in _of_category(desk, ident)]
    yield together(desk, MEDIA, below, say("No sensor is named."))
    for sensor in sorted(desk.record.sensors, key=lambda one: one.id):
        yield from _format(desk, sensor)


def _format(desk: Desk, sensor: Sensor) -> Iterator[Finding]:
    """Judge the format of what is on no film, where somebody tells it or a decision on it is known."""
    found = tuple(
        one for one in decisions(desk.reading.at, desk.reading.known) if one.number == FORMAT and sensor.kind == DIGITAL
    )
    if sensor.as_decided is None and not found:
        return
    fields: dict[str, Any] = {"name": sensor.id, "bearer": desk.provider_code, "values": _cite(found)}
    if sensor.as_decided is None:
        why = say(
            "Decision {number} sets the format of digital data; nobody has told whether sensor {sensor} keeps it.",
            number=FORMAT,
            sensor=sensor.id,
        )
        need = say("whether the data are in the format that the Commission decided (sensor.as_decided)")
        yield draft(desk, MEDIA, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    elif sensor.as_decided:
        why = say("What sensor {sensor} recorded is in the format that the Commission decided.", sensor=sensor.id)
        yield draft(desk, MEDIA, Verdict.OK, why, **fields)
    else:
        why = say("What sensor {sensor} recorded is not in the format that the Commission decided.", sensor=sensor.id)
        yield draft(desk, MEDIA, Verdict.BREACH, why, **fields)


@provision("OS:IX.I.5")
def media_that_do_not_match(desk: Desk) -> Iterator[Finding]:
    """Judge that Parties whose media and equipment do not match set procedures for the data."""
    ident = "OS:IX.I.5"
    sensors = sorted(desk.record.sensors, key=lambda one: one.id)
    if all(one.handled for one in sensors):
        yield idle(desk, ident, say("The other Party's equipment can handle every medium."))
        return
    for sensor in sensors:
        if not sensor.handled:
            yield _procedures(desk, ident, sensor)


def _procedures(desk: Desk, ident: str, sensor: Sensor) -> Finding:
    source = desk.settled_between(ident)
    name = {"sensor": sensor.id}
    duty = must(desk, PARTIES, say("set procedures by which both can process, copy and store the data"))
    if sensor.procedures or source is not None:
        why = say("The Parties set procedures for the data of sensor {sensor}.", **name)
        return draft(desk, ident, Verdict.OK, why, sensor.id, by_agreement=source, bearer=desk.code(PARTIES))
    if sensor.handled is None:
        why = say("Nobody has told whether the other Party can handle the medium of sensor {sensor}.", **name)
        need = say("whether the other Party's equipment can handle the medium (sensor.handled)")
        return draft(desk, ident, Verdict.CANNOT_TELL, why, sensor.id, needs=(need,))
    if sensor.procedures is None:
        why = say("The other Party cannot handle the medium of sensor {sensor}; nobody tells of procedures.", **name)
        need = say("whether the Parties set procedures for it (sensor.procedures, or an agreement on OS:IX.I.5)")
        return draft(desk, ident, Verdict.CANNOT_TELL, why, sensor.id, effect=duty, needs=(need,))
    why = say("The other Party cannot handle the medium of sensor {sensor}, and no procedures were set.", **name)
    return draft(desk, ident, Verdict.BREACH, why, sensor.id, effect=duty, bearer=desk.code(PARTIES))
