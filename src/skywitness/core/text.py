"""Sentences for people, kept apart from the language they are shown in.

A ``Text`` is an English template with named values.  The rooms below the faces only ever make such texts;
a face renders them with a catalogue (``gettext`` and number formats of one language).  ``str(text)`` is English.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol


class Catalogue(Protocol):
    """What a language must offer to render a text."""

    def gettext(self, message: str) -> str:
        """Translate one template; the template itself when there is no translation."""
        ...

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Translate a template that depends on a count."""
        ...

    def number(self, value: float, spec: str) -> str:
        """Write a number after a format specification, with the marks of the language."""
        ...


class English:
    """The language of the templates themselves."""

    def gettext(self, message: str) -> str:
        """Return the template unchanged."""
        return message

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Pick singular for exactly one."""
        return singular if count == 1 else plural

    def number(self, value: float, spec: str) -> str:
        """Write a number as Python does."""
        return format(value, spec)


ENGLISH = English()


class _Formatter(string.Formatter):
    """Fills a template; nested texts and numbers are written in the language of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Text):
            return format(value.render(self._catalogue), format_spec)
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, int | float):
            return self._catalogue.number(value, format_spec)
        if isinstance(value, dt.datetime):
            return value.strftime(format_spec or "%Y-%m-%d %H:%MZ")
        return format(str(value), format_spec)


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...] | None:
    """Take a template apart into words, name and form, once: large answers say few sentences many times.

    ``None`` for a template with more than plain names in it, which the formatter reads itself.
    """
    parts = tuple(string.Formatter().parse(template))
    if any(
        conversion is not None or "{" in (spec or "") or not (name is None or name.isidentifier())
        for _, name, spec, conversion in parts
    ):
        return None
    return tuple((literal, name, spec or "") for literal, name, spec, _ in parts)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: a template in English and the values that fill it.

    ``values`` holds pairs so that a text stays hashable.  ``plural`` and ``count`` are set together or not at all.
    """

    template: str
    values: tuple[tuple[str, Any], ...] = ()
    plural: str | None = None
    count: int | None = None

    def render(self, catalogue: Catalogue) -> str:
        """Write the sentence in the language of ``catalogue``."""
        if self.plural is not None and self.count is not None:
            template = catalogue.ngettext(self.template, self.plural, self.count)
        else:
            template = catalogue.gettext(self.template)
        formatter, parts = _Formatter(catalogue), _parts(template)
        if parts is None:
            return formatter.vformat(template, (), dict(self.values))
        values = dict(self.values)
        return "".join(
            literal if name is None else literal + formatter.format_field(values[name], spec)
            for literal, name, spec in parts
        )

    def __str__(self) -> str:
        return self.render(ENGLISH)


def say(template: str, **values: Any) -> Text:
    """Make a text.  The template is a literal, so that it can be collected for translation.

    >>> str(say("leg {leg} is {km:.1f} km from the border", leg=4, km=8.123))
    'leg 4 is 8.1 km from the border'
    """
    return Text(template, _pairs(values))


def say_n(singular: str, plural: str, count: int, **values: Any) -> Text:
    """Make a text whose wording depends on ``count``, which fills ``{count}``.

    >>> str(say_n("{count} site", "{count} sites", 3))
    '3 sites'
    """
    return Text(singular, _pairs({"count": count, **values}), plural, count)


def verbatim(words: object) -> Text:
    """Make a text of words that are not translated: a name, a path, somebody's own message."""
    return Text("{words}", (("words", str(words)),))


def quoted(value: object, most: int = 80) -> str:
    """Write a value met in a file or a call as Python has it, on one line and never long.

    >>> quoted("x" * 100, 10)
    "'xxxxxxxxx.."
    """
    words = repr(value[: most + 1] if isinstance(value, str) else value)
    return words if len(words) <= most + 2 else f"{words[:most]}.."


def of_data(words: str) -> Text:
    """Make a text of words that a data file holds beside their translations; a brace in them is only a brace."""
    return Text(words.replace("{", "{{").replace("}", "}}"))


def _pairs(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(values.items())
