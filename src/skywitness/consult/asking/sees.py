"""Asker ``sees``: what a path of a claimed length sees of a portion of a territory, at several half swaths.

Two provisions are asked.  VI.II.6: whether the length leaves every point open to observation, each by itself or all in
one flight.  VI.II.4(A): whether a flight from an airfield sees all of the portion and is home within its distance.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from skywitness.consult.asking.answers import UnderReading
from skywitness.consult.asking.claimed import asked_under, check_claim, check_ways
from skywitness.consult.asking.sees_findings import EACH_POINT, POINTS, TOGETHER, WHOLE_FLIGHT, Seen
from skywitness.consult.fields import Fields
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults, InputError
from skywitness.core.finding import Finding, overall
from skywitness.core.geodesy import Position
from skywitness.core.text import quoted, say
from skywitness.law.aircraft import aircraft
from skywitness.law.interpretations import OVER_TERRITORY, WHOLE_PATH
from skywitness.law.sites import site as stored_site
from skywitness.route.claims.journey import Journey
from skywitness.route.claims.plot import Plot
from skywitness.route.claims.sees import Sight, sight
from skywitness.route.rules.told_sites import public

__all__ = ["ask", "check"]

_ANSWERED: Final = (POINTS, WHOLE_FLIGHT)
_MOST_SWATHS: Final = 8
_NARROWEST_KM, _WIDEST_KM = 2.0, 100.0


def check(question: Question) -> None:
    """Read the claim, the airfield, the half swaths, the aircraft and the way, and look at the readings.

    :raises InputError: with all faults.
    """
    faults = Faults()
    row = Fields(question.data, "", faults)
    check_claim(row)
    _airfield(row)
    _aircraft(row)
    _half_swaths(row)
    row.number("most_share", 0.5, 1.0)
    _by(row)
    row.close()
    check_ways(row, question, "VI.II.6", (EACH_POINT, TOGETHER))
    check_ways(row, question, "A.III", (WHOLE_PATH, OVER_TERRITORY))
    for code in question.provisions:
        if code not in _ANSWERED:
            known = ", ".join(_ANSWERED)
            row.fault("provisions", say("{code} is not asked in this way; {known} are", code=code, known=known))
    if POINTS in question.provisions and any("VI.II.6" not in way.reading.interpretations for way in question.ways):
        row.fault("readings", say("each reading says how it takes VI.II.6: {known}", known=f"{EACH_POINT}, {TOGETHER}"))
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))


def _airfield(row: Fields) -> None:
    ident = row.text("airfield")
    site = public(ident) if ident else None
    if ident and (site is None or site.lon is None):
        row.fault("airfield", say("no airfield {ident} with a position is known", ident=quoted(ident)))


def _aircraft(row: Fields) -> None:
    ident = row.text("aircraft")
    if not ident:
        return
    try:
        craft = aircraft(ident)
    except InputError as error:
        row.fault("aircraft", error.message)
        return
    if craft.cruise_kmh is None:
        row.fault("aircraft", say("the speed of {name} is not public", name=ident))


def _half_swaths(row: Fields) -> None:
    """Read the half swaths, in km."""
    values = row.raw("half_swaths_km")
    wrong = [one for one in values if isinstance(one, bool) or not isinstance(one, int | float)]
    if not values or len(values) > _MOST_SWATHS:
        row.fault("half_swaths_km", say("one to {most} numbers are expected", most=_MOST_SWATHS))
    elif wrong or not all(_NARROWEST_KM <= one <= _WIDEST_KM for one in values):
        words = {"low": _NARROWEST_KM, "high": _WIDEST_KM}
        row.fault("half_swaths_km", say("numbers of km from {low:g} to {high:g} are expected", **words))


def _by(row: Fields) -> None:
    """Read positions (lon, lat) that a flight goes by on its way, if any."""
    for number, place in enumerate(row.raw("by") if "by" in row else []):
        good = isinstance(place, list) and len(place) == 2 and all(_is_number(one) for one in place)
        if not good or not (-180.0 <= place[0] < 180.0 and -90.0 <= place[1] <= 90.0):
            row.fault(f"by[{number}]", say("a position is a pair of degrees: longitude, latitude"))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Answer under each reading; of the provisions of the question, or of both."""
    return tuple(_row(question, way, known) for way in question.ways)


def _row(question: Question, way: Way, known: dt.date | None) -> UnderReading:
    seen = _seen(question, way, known)
    findings = tuple(_findings(seen, question.provisions or _ANSWERED))
    needs = tuple(dict.fromkeys(need for one in findings for need in one.needs))
    answer = seen.answer(question.provisions or _ANSWERED)
    return UnderReading(
        way.name.text, seen.asked.reading, overall(findings), findings, answer, needs, seen.notes(), seen.figures()
    )


def _findings(seen: Seen, provisions: tuple[str, ...]) -> Iterator[Finding]:
    if POINTS in provisions:
        yield from seen.points()
    if WHOLE_FLIGHT in provisions:
        yield from seen.whole_flight()


def _seen(question: Question, way: Way, known: dt.date | None) -> Seen:
    """Measure what the question asks, under one reading."""
    asked, data = asked_under(question, way, known), question.data
    site = stored_site(str(data["airfield"]))
    own = asked.law.members(asked.law.acts_as(asked.party))
    over_land = asked.reading.interpretation("A.III", WHOLE_PATH) == OVER_TERRITORY
    by: tuple[Position, ...] = tuple((float(lon), float(lat)) for lon, lat in data.get("by", ()))
    journey = Journey.to(asked.plot, asked.view, site.id, site.position, by)
    craft = aircraft(str(data["aircraft"]))
    sights = tuple(
        _sight(asked.plot, float(half), *_terms(asked.claim.km, data, craft.cruise_kmh))
        for half in data["half_swaths_km"]
    )
    return Seen(asked, journey.counting(own if over_land else None), own, sights, craft)


def _terms(limit_km: float | None, data: Mapping[str, Any], speed_km_h: float | None) -> tuple[float, float, float]:
    return float(limit_km or 0.0), float(data["most_share"]), float(speed_km_h or 0.0)


@functools.lru_cache(maxsize=64)
def _sight(plot: Plot, half_swath_km: float, limit_km: float, most_share: float, speed_km_h: float) -> Sight:
    """Measure once for all readings that look at the same land."""
    return sight(plot, half_swath_km, limit_km, most_share, speed_km_h)
