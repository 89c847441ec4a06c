"""Sensors of designated aircraft: of which category their kind is, how fine, and for everybody to buy (IV.1, IV.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.designations import NONE_TOLD
from skywitness.law.judge.docket import ADMITTED, KINDS, Designation, TypeSensor
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision

_SUBJECT: Final = {"OS:IV.1(A)": "optical", "OS:IV.1(B)": "video", "OS:IV.1(C)": "infrared", "OS:IV.1(D)": "sar"}
"""Under which name the law data keep the values of each category."""

KIND_WORDS: Final = {
    "panoramic_camera": say("a panoramic camera"),
    "framing_camera": say("a framing camera"),
    "line_camera": say("a camera that builds its picture line by line"),
    "video_camera": say("a video camera"),
    "infrared_line_scanner": say("an infra-red line scanner"),
    "infrared_framing_camera": say("an infra-red camera that takes whole pictures"),
    "side_looking_sar": say("a sideways-looking radar with synthetic aperture"),
    "forward_looking_sar": say("a radar with synthetic aperture that does not look sideways"),
    "real_aperture_radar": say("a radar without synthetic aperture"),
    "multispectral_scanner": say("a multispectral scanner"),
    "lidar": say("a lidar"),
    "signals_receiver": say("a receiver of signals"),
}


def _pairs(bench: Bench) -> list[tuple[Designation, TypeSensor]]:
    return [(one, sensor) for one in bench.docket.designations for sensor in one.sensors]


def _fields(one: Designation, sensor: TypeSensor) -> dict[str, Any]:
    return {"bearer": one.party, "where": Where(name=f"{one.type}: {sensor.ident}")}


_PROHIBIT: Final = Effect(
    ALL, "may", say("as the observed Party, prohibit a flight with such a sensor on board (VIII.I.1)")
)


@provision("OS:IV.1")
def of_no_category(bench: Bench) -> Iterator[Finding]:
    """Judge that every sensor is of a kind that belongs to one of the four categories at all."""
    pairs = _pairs(bench)
    for one, sensor in pairs:
        if KINDS[sensor.kind] is None:
            why = say("{sensor} is {kind}, which belongs to none of the four categories.", **_words(sensor))
            yield _unless_decided(bench, "OS:IV.1", sensor, why, _fields(one, sensor))
    alien = [sensor for _, sensor in pairs if KINDS[sensor.kind] is None]
    if not alien and pairs:
        why = say("Every sensor that is told belongs to one of the four categories ({count} in all).", count=len(pairs))
        yield draft(bench, "OS:IV.1", Verdict.OK, why)
    if not pairs:
        yield not_applicable(bench, "OS:IV.1", NONE_TOLD)


@provision("OS:IV.1(A)")
def optical_kinds(bench: Bench) -> Iterator[Finding]:
    """Judge that an optical sensor is a panoramic or a framing camera."""
    yield from _of_category(bench, "OS:IV.1(A)")


@provision("OS:IV.1(B)")
def video_kinds(bench: Bench) -> Iterator[Finding]:
    """Judge that a video camera shows at once what it sees."""
    yield from _of_category(bench, "OS:IV.1(B)")


@provision("OS:IV.1(C)")
def infrared_kinds(bench: Bench) -> Iterator[Finding]:
    """Judge that an infra-red sensor is a line scanner."""
    yield from _of_category(bench, "OS:IV.1(C)")


@provision("OS:IV.1(D)")
def radar_kinds(bench: Bench) -> Iterator[Finding]:
    """Judge that a radar has a synthetic aperture and looks sideways."""
    yield from _of_category(bench, "OS:IV.1(D)")


def _of_category(bench: Bench, code: str) -> Iterator[Finding]:
    those = [(one, sensor) for one, sensor in _pairs(bench) if KINDS[sensor.kind] == code]
    for one, sensor in those:
        yield of_kind(bench, code, one, sensor)
    if not those:
        yield not_applicable(bench, code, say("No sensor of this category is told."))


def of_kind(bench: Bench, code: str, one: Designation, sensor: TypeSensor) -> Finding:
    """Judge that a sensor is of a kind that its category names."""
    fields = {**_fields(one, sensor), "values": bench.cite("use", _SUBJECT[code])}
    if sensor.kind not in ADMITTED:
        why = say("{sensor} is {kind}, which the category does not name.", **_words(sensor))
        return _unless_decided(bench, code, sensor, why, fields)
    if sensor.kind != "video_camera" or sensor.real_time_display:
        why = say("{sensor} is {kind}, as the category names it.", **_words(sensor))
        return draft(bench, code, Verdict.OK, why, **fields)
    if sensor.real_time_display is None:
        why = say("Whether video camera {sensor} shows at once what it sees is not known.", **_words(sensor))
        need = say(
            "whether {sensor} has a display in real time ({table}.real_time_display)",
            table=one.sensor_table,
            **_words(sensor),
        )
        return cannot_tell(bench, code, why, (need,), **fields)
    why = say("Video camera {sensor} does not show at once what it sees.", **_words(sensor))
    return _unless_decided(bench, code, sensor, why, fields)


def _unless_decided(bench: Bench, code: str, sensor: TypeSensor, why: Text, fields: dict[str, Any]) -> Finding:
    """Find a breach, unless the Commission has decided on kinds like this one (IV.3)."""
    if sensor.decision:
        why = say("{why} The Commission decided on it: {decision}.", why=why, decision=sensor.decision.rstrip(". "))
        return draft(bench, code, Verdict.OK, why, by_agreement=sensor.decision, **fields)
    return draft(bench, code, Verdict.BREACH, why, effect=_PROHIBIT, **fields)


def _words(sensor: TypeSensor) -> dict[str, Any]:
    return {"sensor": sensor.ident, "kind": KIND_WORDS[sensor.kind]}


@provision("OS:IV.2")
def within_limits_for_all(bench: Bench) -> Iterator[Finding]:
    """Judge that each sensor can be bought by every Party and resolves no finer than its category may."""
    pairs = [(one, sensor) for one, sensor in _pairs(bench) if KINDS[sensor.kind] is not None]
    for one, sensor in pairs:
        yield for_sale_to_all(bench, one, sensor)
        yield _fine_enough(bench, one, sensor)
    if not pairs:
        yield not_applicable(bench, "OS:IV.2", NONE_TOLD)


def for_sale_to_all(bench: Bench, one: Designation, sensor: TypeSensor) -> Finding:
    """Judge that every State Party can buy a sensor."""
    fields = _fields(one, sensor)
    if sensor.available is None:
        why = say("Whether every State Party can buy {sensor} is not known.", **_words(sensor))
        need = say(
            "whether {sensor} is for sale to every State Party ({table}.available)",
            table=one.sensor_table,
            **_words(sensor),
        )
        return cannot_tell(bench, "OS:IV.2", why, (need,), **fields)
    if sensor.available:
        why = say("Every State Party can buy {sensor}.", **_words(sensor))
        return draft(bench, "OS:IV.2", Verdict.OK, why, **fields)
    why = say("{sensor} is not for sale to every State Party, so it may not be used.", **_words(sensor))
    return draft(bench, "OS:IV.2", Verdict.BREACH, why, effect=_PROHIBIT, **fields)


def _fine_enough(bench: Bench, one: Designation, sensor: TypeSensor) -> Finding:
    subject = _SUBJECT[KINDS[sensor.kind] or ""]
    cited = bench.cite("ground_resolution_limit", subject)
    limit = float(cited[0].value) if cited else None
    fields: dict[str, Any] = {**_fields(one, sensor), "limit": limit, "unit": "m", "values": cited}
    metres = sensor.ground_resolution_m
    if metres is None or limit is None:
        why = say("How fine {sensor} resolves is not known.", **_words(sensor))
        need = say(
            "the ground resolution of {sensor} ({table}.ground_resolution_m)", table=one.sensor_table, **_words(sensor)
        )
        return cannot_tell(bench, "OS:IV.2", why, (need,), **fields)
    why = say(
        "{sensor} resolves {metres:.2f} m; no better than {limit:g} m is allowed.",
        metres=metres,
        limit=limit,
        **_words(sensor),
    )
    kept = metres >= limit
    return draft(
        bench,
        "OS:IV.2",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        effect=None if kept else _PROHIBIT,
        measured=metres,
        margin=metres - limit,
        **fields,
    )
