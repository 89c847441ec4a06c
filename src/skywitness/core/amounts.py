"""Amounts for people: one flight, two flights, 3.5 km."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from skywitness.core.text import Text, say, say_n

_COUNTED: Final[dict[str, Callable[[int, Text], Text]]] = {
    "flights": lambda count, number: say_n("{number} flight", "{number} flights", count, number=number),
    "cameras": lambda count, number: say_n("{number} camera", "{number} cameras", count, number=number),
    "categories": lambda count, number: say_n("{number} category", "{number} categories", count, number=number),
    "devices": lambda count, number: say_n("{number} device", "{number} devices", count, number=number),
    "passes": lambda count, number: say_n("{number} pass", "{number} passes", count, number=number),
    "persons": lambda count, number: say_n("{number} person", "{number} persons", count, number=number),
    "turn points": lambda count, number: say_n("{number} turn point", "{number} turn points", count, number=number),
    "legs": lambda count, number: say_n("{number} leg", "{number} legs", count, number=number),
    "months": lambda count, number: say_n("{number} month", "{number} months", count, number=number),
    "weeks": lambda count, number: say_n("{number} week", "{number} weeks", count, number=number),
    "years": lambda count, number: say_n("{number} year", "{number} years", count, number=number),
    "d": lambda count, number: say_n("{number} day", "{number} days", count, number=number),
    "characters": lambda count, number: say_n("{number} character", "{number} characters", count, number=number),
    "digits": lambda count, number: say_n("{number} digit", "{number} digits", count, number=number),
    "bars": lambda count, number: say_n("{number} bar", "{number} bars", count, number=number),
    "steps": lambda count, number: say_n("{number} step", "{number} steps", count, number=number),
    "periods": lambda count, number: say_n("{number} period", "{number} periods", count, number=number),
    "examinations": lambda count, number: say_n("{number} examination", "{number} examinations", count, number=number),
    "sets": lambda count, number: say_n("{number} set", "{number} sets", count, number=number),
    "sites": lambda count, number: say_n("{number} site", "{number} sites", count, number=number),
    "States": lambda count, number: say_n("{number} State", "{number} States", count, number=number),
    "instruments": lambda count, number: say_n("{number} instrument", "{number} instruments", count, number=number),
    "arcsec": lambda count, number: say_n("{number} second of arc", "{number} seconds of arc", count, number=number),
    "arcmin": lambda count, number: say_n("{number} minute of arc", "{number} minutes of arc", count, number=number),
    "missiles": lambda count, number: say_n("{number} missile", "{number} missiles", count, number=number),
    "launchers": lambda count, number: say_n("{number} launcher", "{number} launchers", count, number=number),
    "warheads": lambda count, number: say_n("{number} warhead", "{number} warheads", count, number=number),
    "canisters": lambda count, number: say_n("{number} canister", "{number} canisters", count, number=number),
    "inspections": lambda count, number: say_n("{number} inspection", "{number} inspections", count, number=number),
    "inspectors": lambda count, number: say_n("{number} inspector", "{number} inspectors", count, number=number),
    "requests": lambda count, number: say_n("{number} request", "{number} requests", count, number=number),
    "groups": lambda count, number: say_n("{number} group", "{number} groups", count, number=number),
    "numbers": lambda count, number: say_n("{number} number", "{number} numbers", count, number=number),
    "percent": lambda _, number: say("{number} percent", number=number),
    "activities": lambda count, number: say_n("{number} activity", "{number} activities", count, number=number),
    "exchanges": lambda count, number: say_n("{number} exchange", "{number} exchanges", count, number=number),
    "gates": lambda count, number: say_n("{number} gate", "{number} gates", count, number=number),
    "helicopters": lambda count, number: say_n("{number} helicopter", "{number} helicopters", count, number=number),
    "items": lambda count, number: say_n("{number} item", "{number} items", count, number=number),
    "mounts": lambda count, number: say_n("{number} mount", "{number} mounts", count, number=number),
    "parts": lambda count, number: say_n("{number} part", "{number} parts", count, number=number),
    "places": lambda count, number: say_n("{number} place", "{number} places", count, number=number),
    "sections": lambda count, number: say_n("{number} section", "{number} sections", count, number=number),
    "sessions": lambda count, number: say_n("{number} session", "{number} sessions", count, number=number),
    "units": lambda count, number: say_n("{number} unit", "{number} units", count, number=number),
    "visits": lambda count, number: say_n("{number} visit", "{number} visits", count, number=number),
    "teeth": lambda count, number: say_n("{number} tooth", "{number} teeth", count, number=number),
    "teams": lambda count, number: say_n("{number} team", "{number} teams", count, number=number),
    "aircraft": lambda _, number: say("{number} aircraft", number=number),
    "per year": lambda _, number: say("{number} per year", number=number),
    "to 1": lambda _, number: say("{number} to 1", number=number),
}
"""Units that are words; signs such as km are the same in every language."""


def amount(value: float, unit: str, number: Text) -> Text:
    """Write ``number``, which says ``value``, with its unit; a word for a unit agrees with the number.

    >>> from skywitness.core.text import verbatim
    >>> str(amount(1, "flights", verbatim("1"))), str(amount(2.5, "km", verbatim("2.5")))
    ('1 flight', '2.5 km')
    """
    in_words = _COUNTED.get(unit)
    if in_words is not None:
        return in_words(1 if value == 1 else 2, number)
    return Text("{number} {unit}", (("number", number), ("unit", unit))) if unit else number
