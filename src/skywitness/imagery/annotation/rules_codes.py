"""Rules on the form of codes: Annex B, Appendix 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.finding import Finding, UsedValue
from skywitness.core.text import say
from skywitness.imagery.annotation.judging import Desk, Judge, broken, cannot_tell, idle, kept
from skywitness.imagery.annotation.scan import Miss
from skywitness.imagery.annotation.sheet import Line
from skywitness.imagery.annotation.tables import cite, codes, number
from skywitness.imagery.annotation.values import Configuration, Reference
from skywitness.law.provisions import provision


@dataclass(frozen=True, slots=True)
class Form:
    """The form that a provision gives to codes: its blocks, which of their values, the law values behind."""

    provision: str
    labels: tuple[str, ...]
    applies: Callable[[Any], bool] = lambda _: True
    keys: tuple[str, ...] = ()

    def asks(self, miss: Miss) -> bool:
        """Tell whether a miss is one of this provision or of what stands below it."""
        return miss.provision == self.provision or miss.provision.startswith(f"{self.provision}(")

    def values(self) -> Iterator[UsedValue]:
        """Cite the law values the form rests on."""
        for key in self.keys:
            yield from (cite(key, subject) for subject in codes(key))


def _installed(word: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Configuration) and value.installation == word


def _mounted(word: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Configuration) and value.mounting == word


FORMS: Final = (
    Form("OS:B.APP1.1", ("REF",)),
    Form("OS:B.APP1.1(A)", ("REF",)),
    Form("OS:B.APP1.1(C)", ("REF",)),
    Form("OS:B.APP1.2", ("SENSOR",), keys=("category_code", "medium_code")),
    Form("OS:B.APP1.3", ("CONFIG",)),
    Form("OS:B.APP1.3(A)", ("CONFIG",), keys=("installation_code",)),
    Form("OS:B.APP1.3(A)(1)", ("CONFIG",), _installed("internal")),
    Form("OS:B.APP1.3(A)(2)", ("CONFIG",), _installed("podded"), ("pod_code",)),
    Form("OS:B.APP1.3(B)", ("CONFIG",), keys=("installation_type_code",)),
    Form("OS:B.APP1.3(C)", ("CONFIG",), _mounted("fan")),
    Form("OS:B.APP1.3(C)(1)", ("CONFIG",), _mounted("fan")),
    Form("OS:B.APP1.3(C)(2)", ("CONFIG",), _mounted("fan")),
    Form("OS:B.APP1.4", ("FOCAL",)),
    Form("OS:B.APP1.5", ("DATE", "TIME")),
    Form("OS:B.APP1.6", ("HEIGHT",)),
    Form("OS:B.APP1.7", ("PLACE",)),
    Form("OS:B.APP1.8", ("HEADING",)),
    Form("OS:B.APP1.9", ("ROLL",)),
    Form("OS:B.APP1.10", ("PITCH",)),
    Form("OS:B.APP1.11", ("DRIFT",)),
    Form("OS:B.APP1.12", ("SPEED",)),
    Form("OS:B.APP1.13", ("NEAR",)),
    Form("OS:B.APP1.14", ("LOOKDOWN",)),
    Form("OS:B.APP1.15", ("SWATH",)),
)


def _judge_form(form: Form) -> Judge:
    """Make the rule of a form."""

    def as_the_form_has_it(desk: Desk) -> Iterator[Finding]:
        """Judge that all codes have their form."""
        read, wrong = _codes(desk, form)
        name = " / ".join(form.labels)
        if wrong:
            line, miss = wrong[0]
            why = say(
                "{count} of {total} codes {name} are not as they should be; the first, {where}: {problem}.",
                count=str(len({id(one) for one, _ in wrong})),
                total=str(read + len({id(one) for one, _ in wrong})),
                name=name,
                where=line.where or line.kind,
                problem=miss.message,
            )
            yield broken(desk, form.provision, why, (line,), values=tuple(form.values()))
        elif read:
            why = say("{count} codes {name} have their form.", count=str(read), name=name)
            yield kept(desk, form.provision, why, form.values())
        else:
            yield idle(desk, form.provision, say("The sheet has no code {name} of this kind.", name=name))

    return provision(form.provision)(as_the_form_has_it)


def _codes(desk: Desk, form: Form) -> tuple[int, list[tuple[Line, Miss]]]:
    """Count the codes that have the form, and list what is wrong with the others."""
    wrong: list[tuple[Line, Miss]] = []
    read = 0
    for line in desk.sheet.lines:
        for label in form.labels:
            wrong += [(line, miss) for miss in line.wrong.get(label, ()) if form.asks(miss)]
            read += label in line.values and form.applies(line.values[label])
    return read, wrong


# ---- beyond the form ----


@provision("OS:B.APP1.1(B)")
def digit_of_the_year(desk: Desk) -> Iterator[Finding]:
    """Judge that the digit is that of the year whose quota is used: as told, else the year of the flight."""
    ident = "OS:B.APP1.1(B)"
    leaders = [roll.leader for roll in desk.rolls if roll.leader is not None and roll.leader.has("REF")]
    if not leaders:
        yield idle(desk, ident, say("The sheet has no reference number."))
    for leader in leaders:
        reference, day = leader.get("REF"), leader.get("DATE")
        year = desk.known.quota_year or (day.year if day is not None else None)
        if not isinstance(reference, Reference):
            misses = [miss for miss in leader.wrong.get("REF", ()) if miss.provision == ident]
            if misses:
                why = say("The reference number has no digit of the year: {problem}.", problem=misses[0].message)
                yield broken(desk, ident, why, (leader,))
        elif year is None:
            need = say("the calendar year whose quota the flight uses (quota_year), or the day of the flight (DATE)")
            yield cannot_tell(
                desk, ident, say("Neither the year of the quota nor the day of the flight is known."), need
            )
        else:
            why = say(
                "The digit is {digit}; the quota is that of {year}.", digit=str(reference.year_digit), year=str(year)
            )
            fits = reference.year_digit == year % 10
            yield kept(desk, ident, why) if fits else broken(desk, ident, why, (leader,))


def _mountings(desk: Desk, *mountings: str) -> list[tuple[Line, Configuration]]:
    found = [(roll.leader, roll.leader.get("CONFIG")) for roll in desk.rolls if roll.leader is not None]
    return [(line, value) for line, value in found if isinstance(value, Configuration) and value.mounting in mountings]


@provision("OS:B.APP1.3(B)(1)")
def vertical_is_hardly_tilted(desk: Desk) -> Iterator[Finding]:
    """Judge that what is called vertical is tilted by five degrees at most."""
    ident, most = "OS:B.APP1.3(B)(1)", number("vertical_tilt")
    found = _mountings(desk, "vertical")
    if not found:
        yield idle(desk, ident, say("No installation is called vertical."))
        return
    tilt = desk.known.tilt_deg
    used = (cite("vertical_tilt"),)
    if tilt is None:
        need = say("the tilt of the sensor from the vertical (tilt_deg)")
        yield cannot_tell(desk, ident, say("How far the sensor is tilted does not show in V."), need, values=used)
        return
    why = say("The installation called vertical is tilted by {tilt:g} degrees.", tilt=tilt)
    fields = {"measured": tilt, "limit": most, "margin": most - tilt, "unit": "deg"}
    if tilt <= most:
        yield kept(desk, ident, why, used, **fields)
    else:
        yield broken(desk, ident, why, (found[0][0],), values=used, **fields)


@provision("OS:B.APP1.3(B)(2)")
def oblique_is_tilted(desk: Desk) -> Iterator[Finding]:
    """Judge that what is called oblique is tilted by more than five degrees, by its depression angle."""
    ident = "OS:B.APP1.3(B)(2)"
    limit, used = number("vertical_tilt"), (cite("vertical_tilt"),)
    found = _mountings(desk, "oblique-left", "oblique-right")
    misses = [
        (line, miss)
        for line in desk.sheet.of("LEADER")
        for miss in line.wrong.get("CONFIG", ())
        if miss.provision == ident
    ]
    if not found and not misses:
        yield idle(desk, ident, say("No installation is called oblique."))
    for line, miss in misses:
        why = say("An oblique installation has no depression angle: {problem}.", problem=miss.message)
        yield broken(desk, ident, why, (line,), values=used)
    for line, value in found:
        tilt = 90.0 - float(value.depression_deg or 0)
        why = say(
            "A depression angle of {angle} degrees is a tilt of {tilt:g} degrees from the vertical.",
            angle=str(value.depression_deg),
            tilt=tilt,
        )
        fields = {"measured": tilt, "limit": limit, "margin": tilt - limit, "unit": "deg"}
        if tilt > limit:
            yield kept(desk, ident, why, used, **fields)
        else:
            yield broken(desk, ident, why, (line,), values=used, **fields)


@provision("OS:B.APP1.3(B)(3)")
def fan_has_several(desk: Desk) -> Iterator[Finding]:
    """Judge that what is called a fan has two sensors or more."""
    ident, used = "OS:B.APP1.3(B)(3)", (cite("fan_sensors"),)
    found = _mountings(desk, "fan")
    misses = [
        (line, miss)
        for line in desk.sheet.of("LEADER")
        for miss in line.wrong.get("CONFIG", ())
        if miss.provision == "OS:B.APP1.3(C)(1)"
    ]
    if not found and not misses:
        yield idle(desk, ident, say("No installation is called a fan."))
    for line, miss in misses:
        why = say("A fan does not say that it has two sensors or more: {problem}.", problem=miss.message)
        yield broken(desk, ident, why, (line,), values=used)
    for _, value in found:
        yield kept(desk, ident, say("The fan has {count} sensors.", count=str(value.sensors)), used)


@provision("OS:B.APP1.16")
def numbered_in_sequence(desk: Desk) -> Iterator[Finding]:
    """Judge that magazines count from one and the frames of each follow one another, none twice, none left out."""
    ident, used = "OS:B.APP1.16", (cite("first_magazine"),)
    magazines = [(roll.leader, roll.leader.get("MAGAZINE")) for roll in desk.rolls if roll.leader is not None]
    given = [(line, value) for line, value in magazines if value is not None]
    first = int(number("first_magazine"))
    for place, (line, value) in enumerate(given, first):
        if value != place:
            why = say("Magazine {value} stands where number {place} is due.", value=str(value), place=str(place))
            yield broken(desk, ident, why, (line,), values=used)
            return
    frames = [frame for roll in desk.rolls for frame in roll.of("FRAME")]
    for roll in desk.rolls:
        numbers = [(frame, frame.get("NUMBER")) for frame in roll.of("FRAME") if frame.get("NUMBER") is not None]
        for (_, one), (frame, following) in pairwise(numbers):
            if following != one + 1:
                words = {"following": str(following), "one": str(one)}
                why = say("Frame {following} follows frame {one}; each frame has the next number.", **words)
                yield broken(desk, ident, why, (frame,), values=used)
                return
    if not given and not frames:
        yield idle(desk, ident, say("No magazine and no frame is numbered."))
    elif any(frame.has("NUMBER") and frame.get("NUMBER") is None for frame in frames):
        yield broken(desk, ident, say("The number of a frame cannot be read."), frames, values=used)
    else:
        words = {"frames": str(len(frames)), "magazines": str(len(given))}
        yield kept(desk, ident, say("{magazines} magazines and {frames} frames are in sequence.", **words), used)


CODE_RULES: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        **{form.provision: _judge_form(form) for form in FORMS},
        "OS:B.APP1.1(B)": digit_of_the_year,
        "OS:B.APP1.3(B)(1)": vertical_is_hardly_tilted,
        "OS:B.APP1.3(B)(2)": oblique_is_tilted,
        "OS:B.APP1.3(B)(3)": fan_has_several,
        "OS:B.APP1.16": numbered_in_sequence,
    }
)
"""The rules of Appendix 1, by provision."""
