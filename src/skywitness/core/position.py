"""Read and write positions as pilots, charts and tables do.

Read are decimal degrees (``55.6081 N``), degrees and minutes, degrees, minutes and seconds with any of the usual marks
(``48°04'52.9"N``, ``N 55-36-30``, ``48 04 52.9 N``) and the compact form of ICAO flight plans (``5536N03639E``, also
``553630N0363900E`` and ``55N036E``).  What could mean two things is refused with the reason, never guessed.
"""

from __future__ import annotations

import math
import re
from typing import Literal

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

Axis = Literal["lon", "lat"]

_LIMIT_DEG: dict[Axis, float] = {"lat": 90.0, "lon": 180.0}
_LETTERS: dict[Axis, str] = {"lat": "NS", "lon": "EW"}
_AXIS_OF: dict[str, Axis] = {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}
_NEGATIVE = frozenset("SW")
_LONGEST_TEXT = 80
"""No written position is longer; a longer text is some other thing, and is not searched."""

# Marks seen in real tables, each turned into the plain one.  The letters d, m and s are not among them: s is South.
_MARKS = str.maketrans(
    {
        "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "ʹ": "'",
        "″": '"', "”": '"', "“": '"', "ʺ": '"', "−": "-", "–": "-", "‐": "-", "‑": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip

_NUMBER = r"\d+(?:\.\d+)?"
_SHAPE = re.compile(
    rf"""(?P<sign>[+-])?\s*
         (?P<deg>{_NUMBER})
         (?:(?:\s*°\s*|\s*[-:]\s*|\s+)(?P<min>{_NUMBER})
            (?:(?:\s*'\s*|\s*[-:]\s*|\s+)(?P<sec>{_NUMBER})\s*(?:"|'')?)?
            \s*'?
         )?\s*°?""",
    re.VERBOSE | re.ASCII,
)
_COMPACT: dict[Axis, dict[int, tuple[int, ...]]] = {
    "lat": {1: (1,), 2: (2,), 4: (2, 2), 6: (2, 2, 2)},
    "lon": {1: (1,), 2: (2,), 3: (3,), 5: (3, 2), 7: (3, 2, 2)},
}


def parse_angle(text: str, axis: Axis) -> float:
    """Read one latitude or longitude, in degrees.

    >>> parse_angle("N 55-36-30", "lat")
    55.608333333333334
    >>> parse_angle("03639E", "lon")
    36.65
    """
    words = _clean(text)
    if words.count(",") == 1 and "." not in words:
        words = words.replace(",", ".")
    letter, number = _take_letter(words, text, axis)
    parts, negative = _split_number(number, letter, text, axis)
    return _join(parts, negative or letter in _NEGATIVE, text, axis)


def parse_position(text: str) -> tuple[float, float]:
    """Read a position as (longitude, latitude) in degrees.

    With hemisphere letters either may come first; without them the latitude does, as in every aeronautical
    publication (ISO 6709).

    >>> parse_position("5536N03639E")
    (36.65, 55.6)
    """
    first, second = _split_pair(_clean(text), text)
    axes = _axis(first), _axis(second)
    if axes in ((None, None), ("lat", "lon")):
        lat = parse_angle(first, "lat")
        return parse_angle(second, "lon"), lat
    if axes == ("lon", "lat"):
        return parse_angle(first, "lon"), parse_angle(second, "lat")
    raise _refuse(text, say("write one latitude with N or S and one longitude with E or W"))


def format_icao(lon: float, lat: float) -> str:
    """Write a position as in a flight plan: degrees and minutes, to the nearest minute, halves away from zero.

    >>> format_icao(36.65, 55.6)
    '5536N03639E'
    """
    _check_range(lon, lat)
    return _degrees_minutes(lat, 2, "NS") + _degrees_minutes(lon, 3, "EW")


def format_dms(lon: float, lat: float, seconds_decimals: int = 1) -> str:
    """Write a position in degrees, minutes and seconds.

    >>> format_dms(11.575, 48.08136)
    '48°04\\'52.9"N 011°34\\'30.0"E'
    """
    _check_range(lon, lat)
    return f"{_dms(lat, 2, 'NS', seconds_decimals)} {_dms(lon, 3, 'EW', seconds_decimals)}"


def _clean(text: str) -> str:
    """Bring marks and spaces into one form, letters into capitals; refuse what cannot be a position."""
    if len(text) > _LONGEST_TEXT:
        raise _refuse(text[:_LONGEST_TEXT] + "...", say("a position is not that long"))
    words = " ".join(text.translate(_MARKS).upper().split())
    if not words:
        raise _refuse(text, say("it is empty"))
    strange = re.sub(r"[0-9NSEW.,;:°'\"+\-/ ]", "", words)
    if strange:
        raise _refuse(text, say("the sign {strange} has no meaning in a position", strange=repr(strange[0])))
    return words


def _split_pair(words: str, text: str) -> tuple[str, str]:
    """Part a position into its two angles."""
    letters = [match.start() for match in re.finditer("[NSEW]", words)]
    if len(letters) == 2:
        before = re.match("[NSEW]", words) is not None
        cut = letters[1] if before else letters[0] + 1
        pair = words[:cut], words[cut:]
        return pair[0].strip(" ,;/"), pair[1].strip(" ,;/")
    if letters:
        raise _refuse(text, say("write one latitude with N or S and one longitude with E or W"))
    for separator in (r"\s*[;/]\s*", r",\s+", r"\s*,\s*" if "." in words else r"\s+", r"\s+"):
        pieces = re.split(separator, words)
        if len(pieces) == 2:
            return pieces[0], pieces[1]
    if re.fullmatch(r"[+-]?\d+,[+-]?\d+", words, re.ASCII):
        raise _refuse(text, say("its comma may mark decimals or part two angles: write a space or a semicolon between"))
    raise _refuse(text, say("two angles cannot be told apart in it: write it with N or S and E or W"))


def _axis(words: str) -> Axis | None:
    """Tell by its letter whether an angle is a latitude or a longitude."""
    found = re.search("[NSEW]", words)
    return _AXIS_OF[found[0]] if found else None


def _take_letter(words: str, text: str, axis: Axis) -> tuple[str, str]:
    """Part the hemisphere letter, before or after, from the number; the letter is empty when there is none."""
    letters = re.findall("[NSEW]", words)
    if len(letters) > 1 or (letters and words[0] not in "NSEW" and words[-1] not in "NSEW"):
        raise _refuse(text, say("one letter of N, S, E, W belongs before or after an angle"))
    if not letters:
        return "", words
    if letters[0] not in _LETTERS[axis]:
        raise _refuse(text, _wrong_letter(letters[0], axis))
    return letters[0], words.replace(letters[0], "").strip()


def _wrong_letter(letter: str, axis: Axis) -> Text:
    """Say that a letter belongs to the other axis."""
    if axis == "lat":
        return say("a latitude has N or S, not {letter}", letter=letter)
    return say("a longitude has E or W, not {letter}", letter=letter)


def _split_number(number: str, letter: str, text: str, axis: Axis) -> tuple[list[str], bool]:
    """Part a number into degrees, minutes and seconds, still as written, and tell whether it has a minus."""
    compact = re.fullmatch(r"(\d+)(\.\d+)?", number, re.ASCII)
    if compact and letter:
        return _split_compact(compact[1], compact[2] or "", text, axis), False
    found = _SHAPE.fullmatch(number)
    if not found:
        raise _refuse(text, say("it is neither decimal degrees nor degrees, minutes and seconds"))
    if found["sign"] and letter:
        raise _refuse(text, say("it has both a sign and a letter: leave one out"))
    return [part for part in (found["deg"], found["min"], found["sec"]) if part is not None], found["sign"] == "-"


def _split_compact(digits: str, fraction: str, text: str, axis: Axis) -> list[str]:
    """Part digits that stand together (5536 of 5536N) by their number, as flight plans do."""
    widths = _COMPACT[axis].get(len(digits))
    if widths is None:
        raise _refuse(
            text,
            say("{count} digits together are not degrees, minutes and seconds: a zero is missing or one too many",
                count=len(digits)),
        )  # fmt: skip
    parts, at = [], 0
    for width in widths:
        parts.append(digits[at : at + width])
        at += width
    parts[-1] += fraction
    return parts


def _join(parts: list[str], negative: bool, text: str, axis: Axis) -> float:
    """Add degrees, minutes and seconds up, each within its range."""
    if any("." in part for part in parts[:-1]):
        raise _refuse(text, say("only the last of degrees, minutes and seconds may have decimals"))
    degrees, minutes, seconds = (*(float(part) for part in parts), 0.0, 0.0)[:3]
    if minutes >= 60.0:
        raise _refuse(text, say("{minutes:g} minutes are not below 60", minutes=minutes))
    if seconds >= 60.0:
        raise _refuse(text, say("{seconds:g} seconds are not below 60", seconds=seconds))
    angle = degrees + minutes / 60.0 + seconds / 3600.0
    if angle > _LIMIT_DEG[axis]:
        raise _refuse(text, _too_large(angle, axis))
    return -angle if negative else angle


def _too_large(angle: float, axis: Axis) -> Text:
    """Say that an angle is beyond its range."""
    if axis == "lat":
        return say("a latitude of {angle:g} degrees is beyond 90", angle=angle)
    return say("a longitude of {angle:g} degrees is beyond 180", angle=angle)


def _refuse(text: str, reason: Text) -> InputError:
    """Make the refusal of one written position or angle."""
    return InputError("bad_position", say("{text} is no position: {reason}", text=repr(text), reason=reason))


def _check_range(lon: float, lat: float) -> None:
    """Refuse what cannot be written, NaN included."""
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180.0 and abs(lat) <= 90.0):
        raise InputError(
            "bad_position",
            say("longitude {lon} and latitude {lat} are no position: up to 180 and 90 degrees", lon=lon, lat=lat),
        )


def _half_up(value: float) -> int:
    """Round a number that is not negative to the nearest whole one, halves up."""
    return math.floor(value + 0.5)


def _degrees_minutes(angle: float, width: int, letters: str) -> str:
    """Write one angle in whole minutes; 60 minutes become a degree, and zero is never south or west."""
    degrees, minutes = divmod(_half_up(abs(angle) * 60.0), 60)
    return f"{degrees:0{width}d}{minutes:02d}{letters[angle < 0 and degrees + minutes > 0]}"


def _dms(angle: float, width: int, letters: str, decimals: int) -> str:
    """Write one angle; seconds that round to 60 carry into the minutes."""
    units = 10**decimals
    count = _half_up(abs(angle) * 3600.0 * units)
    minutes, rest = divmod(count, 60 * units)
    degrees, minutes = divmod(minutes, 60)
    seconds = f"{rest // units:02d}" + (f".{rest % units:0{decimals}d}" if decimals else "")
    return f"{degrees:0{width}d}°{minutes:02d}'{seconds}\"{letters[int(angle < 0 and count > 0)]}"
