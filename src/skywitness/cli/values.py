"""Readers of option values: words in, a value out, or one sentence on what was met and what is expected."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(Z|z|[+-]\d{2}:\d{2})?", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)

LONGEST_SEARCH_S = 86_400.0
"""A day: whoever asks for more has given milliseconds."""

HIGHEST_M = 30_000.0
"""No observation aircraft flies higher, metres."""

LONGEST_CORRELATION_KM = 100_000.0
LEAST_SHARE, MOST_SHARE = 0.01, 0.5
"""Of the worst skies; as in ``route.clouds.asked``, which is not loaded for this."""

LONGEST_KM = 80_000.0
"""Twice round the earth: whoever asks for more has given metres."""

MOST_CHOICES = 9
"""More routes than this are a table nobody compares."""

LARGEST_SEED = 2**32 - 1
"""Random number generators take 32 bits of seed everywhere."""

LONGEST_NAME = 200
"""Characters in the name of a State, an airfield or an aircraft, with room for every language."""

_LONGEST_PATH = 4_096
"""No system this runs on takes longer paths."""

LAST_START_YEAR = 2199
"""Files of plans hold times up to the end of 2200 (``route.fields.LAST_YEAR``), and a flight may take days."""

_LONGEST_SHOWN = 60


@contextmanager
def naming_a_party(option: str) -> Iterator[None]:
    """Say of a State that nobody knows, or that was none on the day, which option named it."""
    try:
        yield
    except InputError as error:
        if error.kind != "unknown_party" or error.where:
            raise
        raise InputError(error.kind, error.message, option, error.faults) from error


def given(words: str, where: str) -> str:
    """Read words that must say something; an empty one is mostly a variable of a script that was never set."""
    return _said(words, where, _LONGEST_PATH)


def name(words: str, where: str) -> str:
    """Read the name or code of something."""
    return _said(words, where, LONGEST_NAME)


def day(words: str, where: str) -> dt.date:
    """Read a day of the calendar, ``YYYY-MM-DD``.

    >>> day("2019-09-12", "--at")
    datetime.date(2019, 9, 12)
    """
    if not _DAY.fullmatch(words):
        raise _refuse(say("'{words}' is no day; write it as 2019-09-12.", words=_shown(words)), where)
    return _calendar_day(words, where)


def day_or_time(words: str, where: str) -> dt.date | dt.datetime:
    """Read a day, or a time that says its zone; the time is given in UTC.

    >>> day_or_time("2019-09-12T09:00+03:00", "--at")
    datetime.datetime(2019, 9, 12, 6, 0, tzinfo=datetime.timezone.utc)
    """
    if _DAY.fullmatch(words):
        return _calendar_day(words, where)
    match = _TIME.fullmatch(words)
    if match is None:
        raise _refuse(
            say(
                "'{words}' is neither a day nor a time; write 2019-09-12, or 2019-09-12T06:00Z with Z for UTC.",
                words=_shown(words),
            ),
            where,
        )
    date, clock, zone = match.groups()
    _calendar_day(date, where)
    if zone is None:
        raise _refuse(
            say(
                "The time '{words}' has no zone; write {date}T{clock}Z if it is UTC, or add the difference to UTC, "
                "such as {date}T{clock}+03:00.",
                words=_shown(words),
                date=date,
                clock=clock,
            ),
            where,
        )
    try:
        return dt.datetime.fromisoformat(f"{date}T{clock}{zone.upper()}").astimezone(dt.UTC)
    except OverflowError:  # the first or last day of the calendar, moved over its edge by the zone
        raise _refuse(say("There is no day {words} in the calendar.", words=_shown(words)), where) from None
    except ValueError:
        raise _refuse(say("'{words}' is no time of a day: hours end at 23:59.", words=_shown(words)), where) from None


def start(words: str, where: str) -> dt.date | dt.datetime:
    """Read when a flight begins: a day or a time, no later than a plan's file can hold.

    >>> start("2019-09-12", "--at")
    datetime.date(2019, 9, 12)
    """
    read = day_or_time(words, where)
    if read.year > LAST_START_YEAR:
        message = say(
            "{words} is too late; flights are planned up to the year {last}.",
            words=_shown(words),
            last=str(LAST_START_YEAR),
        )
        raise _refuse(message, where)
    return read


def seconds(words: str, where: str) -> float:
    """Read a length of time for a search, in seconds, greater than zero."""
    value = _number(words, where)
    if not 0.0 < value <= LONGEST_SEARCH_S:
        raise _refuse(
            say(
                "{value} seconds cannot be searched; give more than 0 and at most {most}.",
                value=_shown(words),
                most=f"{LONGEST_SEARCH_S:.0f}",
            ),
            where,
        )
    return value


def band_km(words: str, where: str) -> float:
    """Read the half width of an error band, in km, zero or more."""
    value = _number(words, where)
    if value < 0.0:
        raise _refuse(
            say("An error band of {value} km is less than nothing; give 0 or more.", value=_shown(words)), where
        )
    return value


def length_km(words: str, where: str) -> float:
    """Read a length, in km, greater than zero and no more than twice round the earth."""
    value = _number(words, where)
    if not 0.0 < value <= LONGEST_KM:
        raise _refuse(
            say(
                "{value} km is no length of a flight; give more than 0 and at most {most}.",
                value=_shown(words),
                most=f"{LONGEST_KM:.0f}",
            ),
            where,
        )
    return value


def heights_m_agl(words: str, where: str) -> tuple[float, ...]:
    """Read heights above ground, in metres, parted by commas: each above 0 and up to 30,000, and none twice."""
    found: list[float] = []
    for one in words.split(","):
        value = _number(one.strip(), where)
        if not 0.0 < value <= HIGHEST_M or value in found:
            raise _refuse(
                say(
                    "{value} m is no height for a leg; give heights above ground, each once, of more than 0 and at "
                    "most {most} m, as in 3500,2000",
                    value=_shown(one.strip()),
                    most=f"{HIGHEST_M:.0f}",
                ),
                where,
            )
        found.append(value)
    return tuple(found)


def choices(words: str, where: str) -> int:
    """Read how many routes are wanted."""
    return _whole(words, where, 1, MOST_CHOICES)


def clouds(words: str, where: str) -> str:
    """Read what the chances of a clear sky are taken for: ``expected`` or ``ignore``."""
    if words not in ("expected", "ignore"):
        raise _refuse(say("'{words}' is not known here; write expected or ignore.", words=_shown(words)), where)
    return words


def share_of_skies(words: str, where: str) -> float:
    """Read the share of the worst skies that a flight is planned for, 0.01 to 0.5."""
    value = _number(words, where)
    if not LEAST_SHARE <= value <= MOST_SHARE:
        message = say(
            "{value} is no share of the worst skies; give {least:g} to {most:g}, such as 0.1 for one sky of ten.",
            value=_shown(words),
            least=LEAST_SHARE,
            most=MOST_SHARE,
        )
        raise _refuse(message, where)
    return value


def correlation_km(words: str, where: str) -> float:
    """Read over how many km the correlation of cloud falls to 1/e, zero or more."""
    value = _number(words, where)
    if not 0.0 <= value <= LONGEST_CORRELATION_KM:
        message = say(
            "{value} km is no length of correlation; give 0 (each site has its own weather) to {most:.0f}.",
            value=_shown(words),
            most=LONGEST_CORRELATION_KM,
        )
        raise _refuse(message, where)
    return value


def leg_number(words: str, where: str) -> int:
    """Read the number of a leg, from 1."""
    return _whole(words, where, 1, 10**5)


def site_value(words: str, where: str) -> tuple[str, float]:
    """Read a site and its new value, ``NAME=VALUE``; the name may hold ``=`` itself.

    >>> site_value("Tver=2.5", "--value")
    ('Tver', 2.5)
    """
    name_words, equals, number = _said(words, where, LONGEST_NAME).rpartition("=")
    if not equals or not name_words.strip():
        raise _refuse(say("'{words}' gives no value; write it as NAME=VALUE.", words=_shown(words)), where)
    value = _number(number, where)
    if value <= 0.0:
        message = say("A value of {value} is worth no flight; drop the site instead.", value=_shown(number))
        raise _refuse(message, where)
    return name_words.strip(), value


def seed(words: str, where: str) -> int:
    """Read the seed of the random numbers."""
    return _whole(words, where, 0, LARGEST_SEED)


def rounds(words: str, where: str) -> int:
    """Read a number of rounds of search."""
    return _whole(words, where, 1, 10**9)


def _said(words: str, where: str, most: int) -> str:
    if not words.strip():
        raise _refuse(say("The value given is empty; give one, or leave the option out."), where)
    if len(words) > most:
        message = say(
            "{words} has {count:,} characters; at most {most:,} are read.",
            words=repr(_shown(words)),
            count=len(words),
            most=most,
        )
        raise _refuse(message, where)
    return words


def _calendar_day(words: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise _refuse(say("There is no day {words} in the calendar.", words=words), where) from None


def _number(words: str, where: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in words:
        raise _refuse(say("'{words}' is no number; write it as 30 or 2.5.", words=_shown(words)), where)
    return value


def _whole(words: str, where: str, least: int, most: int) -> int:
    value = int(words) if _DIGITS.fullmatch(words) and len(words) <= len(str(most)) else -1
    if not least <= value <= most:
        raise _refuse(
            say(
                "'{words}' is no whole number from {least} to {most}.",
                words=_shown(words),
                least=str(least),
                most=str(most),
            ),
            where,
        )
    return value


def _shown(words: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in words)
    return printable if len(printable) <= _LONGEST_SHOWN else printable[: _LONGEST_SHOWN - 2] + ".."


def _refuse(message: Text, where: str) -> InputError:
    return InputError("usage", message, where)
