"""What is known of a sensor: its certificate, and whether a minimum height counts as certified.

A certified minimum height comes from the facts, with the method by which it was found.  A method of this program that
is not published throughout (:mod:`skywitness.sensor.methods`) certifies nothing, nor does a height that only the plan
names.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from skywitness.core.text import Text, say
from skywitness.route.facts import SensorFacts
from skywitness.route.rules.context import Context
from skywitness.sensor.methods import METHODS, MethodStatus

_NO_METHOD = ("assumed", "reconstructed", "estimated", "estimate", "nominal", "guess")
"""First words of a method that say themselves that nothing was certified."""


class Known(enum.StrEnum):
    """Whether a minimum height is certified."""

    CERTIFIED = "certified"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate of one sensor as far as the facts give it; ``need`` asks for what is missing."""

    ident: str
    known: Known
    h_min_m_agl: float | None
    ground_resolution_m: float | None
    need: Text
    source: str = ""


def category_of(context: Context, ident: str) -> str | None:
    """Return the category of a sensor: of the certificate, else of the plan."""
    return equipment(context).get(ident)


def equipment(context: Context) -> Mapping[str, str]:
    """Return every sensor that the plan or the facts name, with its category where one is known."""
    found = {sensor.ident: sensor.category for sensor in context.plan.sensors}
    found.update({sensor.ident: sensor.category for sensor in context.facts.sensors if sensor.category is not None})
    return found


def sensors_used(context: Context) -> tuple[str, ...]:
    """Return every sensor that the plan describes or a leg names, each once: a leg may name one that stands nowhere."""
    named = (ident for leg in context.legs for ident in leg.stated.sensors)
    return tuple(dict.fromkeys((*(sensor.ident for sensor in context.plan.sensors), *named)))


def half_swath_km(context: Context, ident: str) -> float | None:
    """Return how far a sensor sees to the side: the greatest that plan and facts say; ``None`` when neither does."""
    planned = [sensor.half_swath_km for sensor in context.plan.sensors if sensor.ident == ident]
    planned += [
        max(abs(strip.from_km), abs(strip.to_km))
        for leg in context.plan.legs
        for strip in leg.strips
        if strip.sensor == ident
    ]
    said = facts_of(context, ident)
    known = [*planned, *([said.half_swath_km] if said is not None and said.half_swath_km is not None else [])]
    return max(known, default=None)


def facts_of(context: Context, ident: str) -> SensorFacts | None:
    """Return what the facts say of a sensor."""
    return next((sensor for sensor in context.facts.sensors if sensor.ident == ident), None)


def certificate(context: Context, ident: str) -> Certificate:
    """Return what is known of a sensor's certificate."""
    said = facts_of(context, ident)
    if said is None:
        need = say("the certificate of sensor {sensor}: certified, h_min_m_agl, method ([[sensor]])", sensor=ident)
        return Certificate(ident, Known.UNKNOWN, None, None, need)
    known, need = _judge(said)
    return Certificate(ident, known, said.h_min_m_agl, said.ground_resolution_m, need, said.source)


def _judge(said: SensorFacts) -> tuple[Known, Text]:
    ident = said.ident
    if said.certified is None:
        return Known.UNKNOWN, say("whether sensor {sensor} is certified (sensor.certified)", sensor=ident)
    if not said.certified:
        return Known.REFUSED, say("a certificate of sensor {sensor}", sensor=ident)
    if said.method is None:
        need = say("the method by which the minimum height of sensor {sensor} was found (sensor.method)", sensor=ident)
        return Known.UNKNOWN, need
    if not _is_published(said.method):
        need = say(
            "a minimum height of sensor {sensor} by a method of the Consultative Commission; {method} is not published "
            "throughout",
            sensor=ident,
            method=said.method,
        )
        return Known.UNKNOWN, need
    need = say("the certified minimum height of sensor {sensor} (sensor.h_min_m_agl)", sensor=ident)
    return Known.CERTIFIED, need


def _is_published(method: str) -> bool:
    """Tell whether a method can stand behind a certificate; one that this program does not know is the Parties' own."""
    stored = METHODS.get(method)
    if stored is not None:
        return stored.status is MethodStatus.PUBLISHED
    words = method.casefold().replace("-", " ").replace("_", " ").split()
    return bool(words) and words[0] not in _NO_METHOD
