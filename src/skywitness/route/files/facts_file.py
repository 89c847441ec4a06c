"""Read what is known about a flight beside its plan (``facts.toml``): quotas, times, aircraft, sensors, agreements.

Keys are the fields of :mod:`skywitness.route.facts`.  What is left out stays unknown, and a rule that needs it answers
*cannot tell*; a key that nobody knows is refused, because a misspelt fact would otherwise be a missing one.  Tables
that only another command reads (:mod:`skywitness.law.fact_tables`) are let stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.acts import Acts, read_acts
from skywitness.law.fact_tables import CHECK, of_others, without_renamed
from skywitness.law.instrument import load
from skywitness.law.judge.docket import KINDS
from skywitness.law.judge.docket_file import read_designations
from skywitness.route.facts import (
    LOOKS,
    AircraftFacts,
    Facts,
    MemberQuota,
    OtherFlight,
    Quota,
    SensorFacts,
    Times,
)
from skywitness.route.files.document import parse_toml
from skywitness.route.files.facts_airfields import read_airfields
from skywitness.route.files.facts_events import read_events
from skywitness.route.files.facts_hosting import read_hosting
from skywitness.route.files.facts_look import check_look
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.fields import Fields, Range
from skywitness.route.files.forms import (
    DISTANCE_KM,
    HEIGHT_M_AGL,
    MASS_KG,
    MOST_FLIGHTS,
    MOST_PEOPLE,
    OFF_NADIR_DEG,
    PARTY,
    PLACE,
    PROVIDER,
    RESOLUTION_M,
    SENSOR_CATEGORIES,
    STATE,
    SWATH_KM,
)
from skywitness.route.files.text_file import path_words, read_text

More = TypeVar("More")


def read_facts(path: Path | str) -> Facts:
    """Read a ``facts.toml``.

    Raises ``InputError`` of kind ``bad_facts`` with all faults, or the kinds of
    :func:`~skywitness.route.files.text_file.read_text` and :func:`~skywitness.route.files.document.parse_toml`.
    """
    return read_facts_with(path, lambda _: None)[0]


def read_facts_with(path: Path | str, more: Callable[[Fields], More]) -> tuple[Facts, More]:
    """Read a ``facts.toml`` and, of the same file, what ``more`` takes of tables that no plan is judged by.

    Raises as :func:`read_facts` does; the faults of both come together.
    """
    where = path_words(path)
    return facts_with(parse_toml(read_text(path), where), more, where)


def facts_from_toml(data: dict[str, Any], where: str = "") -> Facts:
    """Read facts from what the TOML reader gave.  Raises ``InputError`` of kind ``bad_facts`` with all faults."""
    return facts_with(data, lambda _: None, where)[0]


def facts_with(data: dict[str, Any], more: Callable[[Fields], More], where: str = "") -> tuple[Facts, More]:
    """Read facts, and what ``more`` takes of the same fields.  Raises ``InputError`` ``bad_facts`` with all faults."""
    faults = Faults()
    fields = Fields(without_renamed(data, faults), "", faults)
    acts = _acts(fields)
    facts = Facts(
        quota=_quota(fields.table("quota")),
        times=_times(fields.table("times")),
        aircraft=_aircraft(fields.table("aircraft")),
        sensors=_sensors(fields),
        agreements=acts.agreements,
        other_flights=_other_flights(fields),
        demonstration_requested_by=fields.choice("demonstration_requested_by", ("observed", "observing", "none")),
        hazards_considered=fields.flag("hazards_considered"),
        accepted_claims=fields.texts("accepted_claims"),
        said_by=fields.text("said_by", prose=True),
        airfields=read_airfields(fields),
        point_of_entry=fields.matching("point_of_entry", PLACE),
        no_inspection=fields.flag("no_inspection"),
        events=read_events(fields),
        acts=replace(acts, agreements=()),
        designations=read_designations({"designation": fields.raw("designation") or []}, faults, load()),
        hosting=read_hosting(fields),
        extra=MappingProxyType(_extra(fields.table("extra"))),
    )
    _refuse_contradictions(fields, facts)
    taken = more(fields)
    for name in of_others(CHECK):
        fields.raw(name)
    fields.refuse_unknown()
    raise_faults(faults, "bad_facts", say("The facts cannot be used as they stand."), where)
    return facts, taken


_ACTS: Final = ("agreement", "transfer", "year_quota", "group_change", "non_performance", "withdrawal")


def _acts(fields: Fields) -> Acts:
    """Read what Parties did, as ``law effect`` reads it."""
    data = {name: fields.raw(name) for name in _ACTS}
    return read_acts({name: value for name, value in data.items() if value is not None}, fields.faults, load())


MINIMUM_M_AGL: Final = Range(0.0, HEIGHT_M_AGL.high, above=True)
"""A minimum height of zero would be none: no camera keeps to its ground resolution down to the ground."""

MOVED: Final = MappingProxyType(
    {"airfield_arrival_utc": "times.airfield_arrival_utc", "object_separation_m": "sensor.object_separation_m"}
)
"""What used to stand under ``[extra]`` and now has a field of its own; left there nobody would read it."""


def _extra(table: Fields) -> dict[str, Any]:
    extra = table.unknown()
    for key, place in MOVED.items():
        if key in extra:
            table.wrong(key, say("has a field of its own, {place}; write it there", place=place))
    return extra


def _refuse_contradictions(fields: Fields, facts: Facts) -> None:
    """Note what cannot be true together: a part larger than its whole, an inspection that nobody made."""
    table = Fields({}, fields.at("quota"), fields.faults)
    quota = facts.quota
    for part, whole, name, bound in (
        (quota.active_individual, quota.active_total, "active_individual", "active_total"),
        (quota.flown_over_observed, quota.flown_total, "flown_over_observed", "flown_total"),
    ):
        if part is not None and whole is not None and part > whole:
            words = {"part": part, "bound": bound, "whole": whole}
            table.wrong(name, say("is {part}, more than {bound}, {whole}; one of the two is wrong", **words))
    if facts.no_inspection and facts.times.inspection_end_utc is not None:
        fields.wrong("no_inspection", say("says that nobody inspects, but times.inspection_end_utc is given"))


def _quota(table: Fields) -> Quota:
    names = ("active_individual", "active_total", "flown_over_observed", "flown_total", "passive_total", "accepted")
    counts = {name: table.whole(name, 0, MOST_FLIGHTS) for name in names}
    quota = Quota(
        **counts,
        transferred_from=table.matching("transferred_from", PARTY),
        source=table.text("source", prose=True),
        own_passive_total=table.whole("own_passive_total", 0, MOST_FLIGHTS),
        members=_members(table),
    )
    table.refuse_unknown()
    return quota


def _members(quota: Fields) -> tuple[MemberQuota, ...]:
    found: dict[str, MemberQuota] = {}
    for table in quota.tables("member"):
        names = ("active_individual", "flown", "passive_total", "accepted")
        counts = {name: table.whole(name, 0, MOST_FLIGHTS) for name in names}
        member = MemberQuota(table.need_matching("state", STATE), **counts)
        if member.state in found:
            table.wrong("state", say("another table is about the same member"))
        found[member.state] = member
        table.refuse_unknown()
    return tuple(found.values())


def _times(table: Fields) -> Times:
    times = Times(
        notification_utc=table.time("notification_utc"),
        estimated_arrival_utc=table.time("estimated_arrival_utc"),
        arrival_utc=table.time("arrival_utc"),
        inspection_end_utc=table.time("inspection_end_utc"),
        plan_submitted_utc=table.time("plan_submitted_utc"),
        plan_answered_utc=table.time("plan_answered_utc"),
        plan_agreed_utc=table.time("plan_agreed_utc"),
        airfield_arrival_utc=table.time("airfield_arrival_utc"),
    )
    table.refuse_unknown()
    return times


def _aircraft(table: Fields) -> AircraftFacts:
    facts = AircraftFacts(
        ident=table.text_or_none("ident"),
        provided_by=table.matching("provided_by", PROVIDER),
        designated=table.flag("designated"),
        certified=table.flag("certified"),
        max_takeoff_mass_kg=table.number("max_takeoff_mass_kg", MASS_KG),
        unrefuelled_range_km=table.number("unrefuelled_range_km", DISTANCE_KM),
        notified_distance_km=table.number("notified_distance_km", DISTANCE_KM),
        flight_monitors=table.whole("flight_monitors", 0, MOST_PEOPLE),
        interpreters=table.whole("interpreters", 0, MOST_PEOPLE),
        sensor_control_stations=table.whole("sensor_control_stations", 0, MOST_PEOPLE),
        type=table.text_or_none("type"),
        start=table.date("from"),
        notified=table.date("notified"),
        informed=table.flag("informed"),
        end=table.date("to"),
        end_notified=table.date("to_notified"),
        offered=table.flag("offered"),
        seats=table.whole("seats", 0, MOST_PEOPLE),
        crew=table.whole("crew", 0, MOST_PEOPLE),
        lent=table.flag("lent"),
    )
    if facts.start is not None and facts.end is not None and facts.end < facts.start:
        table.wrong("to", say("comes before from"))
    if facts.end_notified is not None and not table.has("to"):
        table.wrong("to_notified", say("a notice of deletion needs the day from which it holds (to)"))
    table.refuse_unknown()
    return facts


def _sensors(fields: Fields) -> tuple[SensorFacts, ...]:
    found: dict[str, SensorFacts] = {}
    for table in fields.tables("sensor"):
        sensor = _sensor(table)
        if sensor.ident in found:
            table.wrong(
                "ident", say("another sensor has the same identifier; a rule could not tell which one is meant")
            )
        found[sensor.ident] = sensor
    return tuple(found.values())


def _sensor(table: Fields) -> SensorFacts:
    facts = SensorFacts(
        ident=table.need_text("ident", say("the identifier of the sensor in the plan")),
        category=table.choice("category", SENSOR_CATEGORIES),
        certified=table.flag("certified"),
        h_min_m_agl=table.number("h_min_m_agl", MINIMUM_M_AGL),
        ground_resolution_m=table.number("ground_resolution_m", RESOLUTION_M),
        method=table.text_or_none("method"),
        half_swath_km=table.number("half_swath_km", SWATH_KM),
        source=table.text("source", prose=True),
        object_separation_m=table.number("object_separation_m", RESOLUTION_M),
        kind=table.choice("kind", tuple(KINDS)),
        available=table.flag("available"),
        real_time_display=table.flag("real_time_display"),
        decision=table.text("decision", prose=True),
        look=table.choice("look", LOOKS),
        near_km=table.number("near_km", DISTANCE_KM),
        far_km=table.number("far_km", SWATH_KM),
        from_deg=table.number("from_deg", OFF_NADIR_DEG),
        to_deg=table.number("to_deg", OFF_NADIR_DEG),
    )
    check_look(facts, table)
    table.refuse_unknown()
    return facts


def _other_flights(fields: Fields) -> tuple[OtherFlight, ...] | None:
    """Read the other flights: ``None`` when nobody has said, empty when the file says that there is none."""
    none = fields.flag("no_other_flights")
    flights = tuple(_other_flight(table) for table in fields.tables("other_flight"))
    if none and flights:
        fields.wrong("no_other_flights", say("says that there is no other flight, but some are listed"))
    return flights if flights or none else None


def _other_flight(table: Fields) -> OtherFlight:
    flight = OtherFlight(
        observing=table.need_matching("observing", PARTY),
        start_utc=table.need_time("start_utc"),
        end_utc=table.need_time("end_utc"),
        demonstration=table.flag("demonstration"),
    )
    if table.sound("start_utc") and table.sound("end_utc") and flight.end_utc <= flight.start_utc:
        table.wrong("end_utc", say("is not after start_utc"))
    table.refuse_unknown()
    return flight
