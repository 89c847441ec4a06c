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
