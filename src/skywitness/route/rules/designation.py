"""The designation of the aircraft and the kinds of its sensors, by the judgements of ``law judge`` (IV.1, IV.2, V).

What ``[[designation]]`` tells of the type is judged; else what ``[aircraft]`` and ``[[sensor]]`` say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skywitness.core.finding import Finding
from skywitness.core.text import say
from skywitness.law.category import Category
from skywitness.law.judge import designations, sensor_types
from skywitness.law.judge.bench import Bench, Judge
from skywitness.law.judge.docket import KINDS, Designation, Docket, Exemplar, TypeSensor
from skywitness.law.provisions import provision
from skywitness.route.facts import SensorFacts
from skywitness.route.rules.certificates import equipment, facts_of
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, not_applicable

_KINDS: Final = {
    Category.OPTICAL_PANORAMIC: "panoramic_camera",
    Category.OPTICAL_FRAMING_VERTICAL: "framing_camera",
    Category.OPTICAL_FRAMING_OBLIQUE: "framing_camera",
    Category.VIDEO: "video_camera",
    Category.INFRARED: "infrared_line_scanner",
    Category.SAR: "side_looking_sar",
}
"""The kind that a category of plans and facts means; ``optical`` leaves open which camera it is."""


@provision("OS:V.2")
def designation_notified(context: Context) -> Iterator[Finding]:
    """Judge that the type was designated with notice in time and with the information of Annex C."""
    yield from _judged(context, designations.designated_in_time)


@provision("OS:V.3")
def deletion_notified(context: Context) -> Iterator[Finding]:
    """Judge that the deletion of the type, where there is one, was notified in time."""
    yield from _judged(context, designations.deleted_in_time)


@provision("OS:V.4")
def exemplar_offered(context: Context) -> Iterator[Finding]:
    """Judge that an aircraft of the type with these sensors was offered for certification."""
    yield from _judged(context, designations.one_exemplar)


@provision("OS:V.5")
def room_on_type(context: Context) -> Iterator[Finding]:
    """Judge that the type carries its flight crew and the people of the other Party."""
    yield from _judged(context, designations.room_on_board)


def of_no_category(context: Context) -> tuple[Finding, ...]:
    """Judge sensors whose kind belongs to none of the four categories (IV.1); nothing where there is none."""
    aliens = tuple(sensor for sensor in type_sensors(context) if KINDS[sensor.kind] is None)
    return tuple(sensor_types.of_no_category(_bench(context, _with_sensors(context, aliens)))) if aliens else ()


@provision("OS:IV.1(A)")
def optical_kind(context: Context) -> Iterator[Finding]:
    """Judge that an optical sensor is a panoramic or a framing camera."""
    yield from _of_category(context, "OS:IV.1(A)", sensor_types.optical_kinds)


@provision("OS:IV.1(B)")
def video_kind(context: Context) -> Iterator[Finding]:
    """Judge that a video camera shows at once what it sees."""
    yield from _of_category(context, "OS:IV.1(B)", sensor_types.video_kinds)


@provision("OS:IV.1(C)")
def infrared_kind(context: Context) -> Iterator[Finding]:
    """Judge that an infra-red sensor is a line scanner."""
    yield from _of_category(context, "OS:IV.1(C)", sensor_types.infrared_kinds)


@provision("OS:IV.1(D)")
def radar_kind(context: Context) -> Iterator[Finding]:
    """Judge that a radar has a synthetic aperture and looks sideways."""
    yield from _of_category(context, "OS:IV.1(D)", sensor_types.radar_kinds)


@provision("OS:IV.2")
def sensors_for_sale_to_all(context: Context) -> Iterator[Finding]:
    """Judge that every State Party can buy each sensor; how fine it resolves IV.2(A) to (D) say."""
    one, sensors = replace(designation_of(context), sensor_table="sensor"), equipment(context)
    bench = _bench(context, one)
    for ident in sensors:
        said = facts_of(context, ident)
        kind = _kind(sensors[ident], said) or "framing_camera"  # whether it is for sale does not hang on its kind
        yield sensor_types.for_sale_to_all(bench, one, _sensor(ident, kind, said))
    if not sensors:
        yield not_applicable(context, "OS:IV.2", say("No sensor is named."))


def _of_category(context: Context, code: str, judge: Judge) -> Iterator[Finding]:
    those = tuple(sensor for sensor in type_sensors(context) if KINDS[sensor.kind] == code)
    unsaid = _unsaid(context) if code == "OS:IV.1(A)" else []
    if those or not unsaid:
        yield from judge(_bench(context, _with_sensors(context, those)))
    for ident in unsaid:
        why = say("Which kind of camera sensor {sensor} is, is not known.", sensor=ident)
        need = say("the kind of sensor {sensor} (sensor.kind)", sensor=ident)
        yield cannot_tell(context, code, why, (need,), bearer=designation_of(context).party)


def designation_of(context: Context) -> Designation:
    """Return what is told of the designation of the aircraft's type: in its own table, else under ``[aircraft]``."""
    plan, said = context.plan, context.facts.aircraft
    names = {name.casefold() for name in (plan.aircraft.ident, said.ident, said.type) if name}
    for one in context.facts.designations:
        if names & {one.type.casefold(), *(exemplar.registration.casefold() for exemplar in one.exemplars)}:
            return one
    ident = said.ident or plan.aircraft.ident
    offered = True if said.offered is None and said.certified else said.offered
    return Designation(
        type=said.type or ident,
        party=plan.aircraft.designated_by or context.provider_code or plan.observing,
        source="",
        start=said.start,
        notified=said.notified,
        informed=said.informed,
        end=said.end,
        end_notified=said.end_notified,
        seats=said.seats,
        crew=said.crew,
        stations=said.sensor_control_stations,
        max_takeoff_mass_kg=said.max_takeoff_mass_kg or plan.aircraft.max_takeoff_mass_kg,
        lent=said.lent,
        exemplars=(Exemplar(ident, tuple(equipment(context)), offered),),
        table="aircraft",
        sensor_table="sensor",
    )


def type_sensors(context: Context) -> tuple[TypeSensor, ...]:
    """Return the sensors on board whose kind is known: told, or meant by their category."""
    named = {ident: facts_of(context, ident) for ident in equipment(context)}
    kinds = {ident: _kind(category, named[ident]) for ident, category in equipment(context).items()}
    return tuple(_sensor(ident, kind, named[ident]) for ident, kind in kinds.items() if kind is not None)


def _unsaid(context: Context) -> list[str]:
    """List optical sensors of which nobody says what kind of camera they are."""
    found = equipment(context)
    return [
        ident
        for ident, category in found.items()
        if category == Category.OPTICAL and _kind(category, facts_of(context, ident)) is None
    ]


def _kind(category: str, said: SensorFacts | None) -> str | None:
    told = None if said is None else said.kind
    return told or next((kind for name, kind in _KINDS.items() if name == category), None)


def _sensor(ident: str, kind: str, said: SensorFacts | None) -> TypeSensor:
    if said is None:
        return TypeSensor(ident, kind)
    return TypeSensor(ident, kind, said.available, said.ground_resolution_m, said.real_time_display, said.decision)


def _judged(context: Context, judge: Judge) -> Iterator[Finding]:
    yield from judge(_bench(context, designation_of(context)))


def _with_sensors(context: Context, sensors: tuple[TypeSensor, ...]) -> Designation:
    return replace(designation_of(context), sensors=sensors, sensor_table="sensor")


def _bench(context: Context, designation: Designation) -> Bench:
    return Bench(context.law.day, context.reading, Docket(designations=(designation,)))
