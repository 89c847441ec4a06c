"""The sensors on board: categories, numbers, performance, certificates (Article IV)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.category import Category, limit_subject
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import Known, certificate, equipment, facts_of, half_swath_km
from skywitness.route.rules.context import Context
from skywitness.route.rules.designation import of_no_category
from skywitness.route.rules.drafting import cannot_tell, draft, may_prohibit, not_applicable

PANORAMIC, VERTICAL = Category.OPTICAL_PANORAMIC, Category.OPTICAL_FRAMING_VERTICAL
OBLIQUE = Category.OPTICAL_FRAMING_OBLIQUE
OPTICAL, VIDEO, INFRARED, SAR = KINDS = (Category.OPTICAL, Category.VIDEO, Category.INFRARED, Category.SAR)

CAMERAS = (
    (PANORAMIC, "panoramic_cameras"),
    (VERTICAL, "vertical_framing_cameras"),
    (OBLIQUE, "oblique_framing_cameras"),
)
"""Kinds of optical cameras, and the key under which the law keeps how many there may be."""


def _bearer(context: Context) -> str:
    """Name who answers for the sensors: who provides the aircraft, else the Party that uses them."""
    return context.provider_code or context.plan.observing


@provision("OS:IV.1")
def only_four_categories(context: Context) -> Iterator[Finding]:
    """Judge that every sensor belongs to one of the four categories, by its category and by its kind."""
    strange = {ident: category for ident, category in equipment(context).items() if category not in tuple(Category)}
    for ident, category in strange.items():
        why = say(
            "Sensor {sensor} is of category {category}, which is none of the four.", sensor=ident, category=category
        )
        yield draft(
            context,
            "OS:IV.1",
            Verdict.BREACH,
            why,
            bearer=context.provider_code,
            effect=may_prohibit(context),
            measured=category,
        )
    aliens = of_no_category(context)
    yield from aliens
    if not strange and not aliens:
        why = say("Every sensor is of one of the four categories ({count} in all).", count=len(equipment(context)))
        yield draft(context, "OS:IV.1", Verdict.OK, why, bearer=context.provider_code)


def _of(context: Context, kind: str) -> list[str]:
    """List the sensors of one kind of Article IV.2."""
    return [ident for ident, category in equipment(context).items() if limit_subject(category) == kind]


@provision("OS:IV.2(A)")
def optical_limits(context: Context) -> Iterator[Finding]:
    """Judge number, coverage and ground resolution of the optical cameras."""
    cameras = _of(context, OPTICAL)
    if not cameras:
        yield not_applicable(context, "OS:IV.2(A)", say("No optical camera is named."))
        return
    yield _camera_numbers(context)
    yield from _coverage(context, cameras)
    for ident in cameras:
        yield _resolution(context, "OS:IV.2(A)", ident, OPTICAL)


def _camera_numbers(context: Context) -> Finding:
    """Judge the numbers of cameras; those whose mounting is not known may be of any kind."""
    count = Counter(equipment(context).values())
    unknown = count[OPTICAL]
    figures = [(count[kind], context.law.sensor(key, OPTICAL)) for kind, key in CAMERAS]
    most = sum(figure.number for _, figure in figures)
    total = unknown + sum(number for number, _ in figures)
    if any(number > figure.number for number, figure in figures) or total > most:
        verdict = Verdict.BREACH
    elif unknown and any(number + unknown > figure.number for number, figure in figures):
        verdict = Verdict.CANNOT_TELL
    else:
        verdict = Verdict.OK
    why = say(
        "Cameras: panoramic {panoramic} (at most {most_panoramic:g}), vertical {vertical} (at most "
        "{most_vertical:g}), oblique {oblique} (at most {most_oblique:g}), mounting not known {unknown}.",
        panoramic=figures[0][0],
        most_panoramic=figures[0][1].number,
        vertical=figures[1][0],
        most_vertical=figures[1][1].number,
        oblique=figures[2][0],
        most_oblique=figures[2][1].number,
        unknown=unknown,
    )
    return draft(
        context,
        "OS:IV.2(A)",
        verdict,
        why,
        bearer=_bearer(context),
        effect=may_prohibit(context) if verdict is Verdict.BREACH else None,
        measured=total,
        uncertainty=0.0,
        limit=int(most),
        margin=most - total,
        unit="cameras",
        values=tuple(used for _, figure in figures for used in figure.used),
        needs=(say("how each optical camera is mounted (sensor.category)"),) if verdict is Verdict.CANNOT_TELL else (),
    )


def _coverage(context: Context, cameras: list[str]) -> Iterator[Finding]:
    """Judge that no camera covers more to the side than allowed."""
    figure = context.law.sensor("coverage_each_side", OPTICAL)
    for ident in cameras:
        km = half_swath_km(context, ident)
        if km is None:
            continue
        verdict = Verdict.OK if km <= figure.number else Verdict.BREACH
        why = say(
            "Camera {sensor} covers the ground up to {km:.1f} km to the side; at most {limit:g} km are allowed.",
            sensor=ident,
            km=km,
            limit=figure.number,
        )
        yield draft(
            context,
            "OS:IV.2(A)",
            verdict,
            why,
            bearer=_bearer(context),
            effect=may_prohibit(context) if verdict is Verdict.BREACH else None,
            measured=km,
            uncertainty=0.0,
            limit=figure.number,
            margin=figure.number - km,
            unit="km",
            values=figure.used,
        )


def _resolution(context: Context, code: str, ident: str, kind: str) -> Finding:
    """Judge that a sensor resolves no better than allowed, as certified; a bar width is no pixel spacing."""
    figure, found = context.law.sensor("ground_resolution_limit", kind), certificate(context, ident)
    if kind == INFRARED and _uncertified_and_off(context, ident):
        why = say("In the first phase infra-red device {sensor} is not certified and does not operate.", sensor=ident)
        return not_applicable(context, code, why, bearer=_bearer(context))
    metres = found.ground_resolution_m
    shared = {"bearer": _bearer(context), "limit": figure.number, "unit": "m", "values": figure.used}
    if metres is not None and found.known is Known.CERTIFIED:
        verdict = Verdict.OK if metres >= figure.number else Verdict.BREACH
        why = say(
            "Sensor {sensor} resolves bars of {metres:.2f} m at its minimum height; no better than {limit:g} m is "
            "allowed.",
            sensor=ident,
            metres=metres,
            limit=figure.number,
        )
        effect = may_prohibit(context) if verdict is Verdict.BREACH else None
        margin = metres - figure.number
        return draft(
            context, code, verdict, why, measured=metres, uncertainty=0.0, margin=margin, effect=effect, **shared
        )
    if found.known is Known.CERTIFIED and found.h_min_m_agl is not None:
        why = say(
            "Sensor {sensor} has a certified minimum height of {height:.0f} m, from which it resolves no better than "
            "{limit:g} m.",
            sensor=ident,
            height=found.h_min_m_agl,
            limit=figure.number,
        )
        return draft(context, code, Verdict.OK, why, **shared)
    why = say("How fine sensor {sensor} resolves has not been shown by a certificate.", sensor=ident)
    return cannot_tell(context, code, why, (found.need,), measured=metres, **shared)


def _uncertified_and_off(context: Context, ident: str) -> bool:
    """Tell whether an infra-red device is carried in the first phase without a certificate and on no leg used."""
    at_first = context.reading.at < context.law.full_implementation
    return at_first and not any(ident in leg.stated.sensors for leg in context.legs)


@provision("OS:IV.2(B)")
def video_limits(context: Context) -> Iterator[Finding]:
    """Judge the ground resolution of video cameras."""
    yield from _simple(context, "OS:IV.2(B)", VIDEO, say("No video camera is named."))


@provision("OS:IV.2(C)")
def infrared_limits(context: Context) -> Iterator[Finding]:
    """Judge number and ground resolution of infra-red line scanners."""
    yield from _simple(context, "OS:IV.2(C)", INFRARED, say("No infra-red line scanner is named."))


@provision("OS:IV.2(D)")
def radar_limits(context: Context) -> Iterator[Finding]:
    """Judge number, ground resolution and swath of radars."""
    yield from _simple(context, "OS:IV.2(D)", SAR, say("No radar is named."))
    for ident in _of(context, SAR):
        said = facts_of(context, ident)
        if said is not None and said.object_separation_m is not None:
            yield _separation(context, ident, said.object_separation_m)
        km = half_swath_km(context, ident)
        if (strips := _strips_by_leg(context, ident)) is not None:
            yield _radar_strips(context, ident, strips)
        elif km is not None:
            yield _radar_swath(context, ident, km)


def _simple(context: Context, code: str, kind: str, none: Text) -> Iterator[Finding]:
    """Judge the number of devices of a kind, and the resolution of each."""
    devices = _of(context, kind)
    if not devices:
        yield not_applicable(context, code, none)
        return
    figure = context.law.sensor("devices", kind)
    if figure.settled is not None:
        verdict = Verdict.OK if len(devices) <= figure.settled else Verdict.BREACH
        why = say("{count} of this kind are on board; {limit:g} is allowed.", count=len(devices), limit=figure.settled)
        yield draft(
            context,
            code,
            verdict,
            why,
            bearer=_bearer(context),
            effect=may_prohibit(context) if verdict is Verdict.BREACH else None,
            measured=len(devices),
            uncertainty=0.0,
            limit=int(figure.settled),
            margin=figure.settled - len(devices),
            unit="devices",
            values=figure.used,
        )
    for ident in devices:
        yield _resolution(context, code, ident, kind)


def _separation(context: Context, ident: str, metres: float) -> Finding:
    """Judge the least distance of two corner reflectors that a radar tells apart: the text equates it with 3 m."""
    figure = context.law.sensor("object_separation_limit", SAR)
    verdict = Verdict.OK if metres >= figure.number else Verdict.BREACH
    why = say(
        "Radar {sensor} tells two objects {metres:.1f} m apart; no less than {limit:g} m is allowed.",
        sensor=ident,
        metres=metres,
        limit=figure.number,
    )
    return draft(
        context,
        "OS:IV.2(D)",
        verdict,
        why,
        bearer=_bearer(context),
        effect=may_prohibit(context) if verdict is Verdict.BREACH else None,
        measured=metres,
        uncertainty=0.0,
        limit=figure.number,
        margin=metres - figure.number,
        unit="m",
        values=figure.used,
    )


def _strips_by_leg(context: Context, ident: str) -> list[tuple[int, list[tuple[float, float]]]] | None:
    """Gather what a radar sees on each leg; ``None`` when a leg on which it operates does not say so."""
    found = [
        (leg.number, [(strip.from_km, strip.to_km) for strip in leg.strips if strip.sensor == ident])
        for leg in context.plan.legs
        if ident in leg.sensors
    ]
    return found if found and all(strips for _, strips in found) else None


def _radar_strips(context: Context, ident: str, legs: list[tuple[int, list[tuple[float, float]]]]) -> Finding:
    """Judge the swath of a radar as the legs tell it: how broad it is, and that it looks to one side at a time."""
    figure = context.law.sensor("swath", SAR)
    broad_km, leg = max((high - low, number) for number, strips in legs for low, high in strips)
    twice = next(
        (number for number, strips in legs if min(s[0] for s in strips) < 0.0 < max(s[1] for s in strips)), None
    )
    if twice is not None:
        why = say(
            "Radar {sensor} looks to both sides at once on leg {leg}; it may look from either, not from both at once.",
            sensor=ident,
            leg=twice,
        )
    else:
        why = say(
            "Radar {sensor} sees a swath of {km:.1f} km to one side, broadest on leg {leg}; {limit:g} km are allowed.",
            sensor=ident,
            km=broad_km,
            leg=leg,
            limit=figure.number,
        )
    wrong = twice is not None or broad_km > figure.number * (1.0 + 1e-9)
    return draft(
        context,
        "OS:IV.2(D)",
        Verdict.BREACH if wrong else Verdict.OK,
        why,
        bearer=_bearer(context),
        effect=may_prohibit(context) if wrong else None,
        measured=broad_km,
        uncertainty=0.0,
        limit=figure.number,
        margin=figure.number - broad_km,
        unit="km",
        values=figure.used,
    )


def _radar_swath(context: Context, ident: str, far_km: float) -> Finding:
    """Judge the swath of a radar.  Only its far edge is known; the swath is narrower than that, by how much is not."""
    figure = context.law.sensor("swath", SAR)
    verdict = Verdict.OK if far_km <= figure.number else Verdict.CANNOT_TELL
    why = say(
        "Radar {sensor} sees as far as {km:.1f} km to one side, so its swath is no wider; {limit:g} km are allowed.",
        sensor=ident,
        km=far_km,
        limit=figure.number,
    )
    need = say("the width of the swath of radar {sensor}", sensor=ident)
    return draft(
        context,
        "OS:IV.2(D)",
        verdict,
        why,
        bearer=_bearer(context),
        measured=far_km,
        uncertainty=0.0,
        limit=figure.number,
        margin=figure.number - far_km,
        unit="km",
        values=figure.used,
        needs=() if verdict is Verdict.OK else (need,),
    )
