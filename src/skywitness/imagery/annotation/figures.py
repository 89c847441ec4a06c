"""The blocks of figures: times, heights, positions, angles, speeds, lengths (B.APP1.4 to B.APP1.16).

Where the Treaty names a unit but no layout (dates, focal lengths, angles) the program writes the plainest one and reads
what is no longer than that; the page ``docs/cli/annotate.md`` says which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from skywitness.core.text import Text, say
from skywitness.imagery.annotation.scan import Scan
from skywitness.imagery.annotation.tables import codes
from skywitness.imagery.annotation.values import Height, Place, PositionForm, Speed, Turned

DECIMALS = 3
"""Lengths and angles carry no more: a metre of swath, a thousandth of a degree."""

LARGEST = 99_999.0


# ---- days and minutes, UTC (B.APP1.5) ----


def encode_day(value: dt.date) -> str:
    """Write a day.

    >>> encode_day(dt.date(2019, 9, 12))
    '2019-09-12'
    """
    return value.isoformat()


def decode_day(scan: Scan) -> dt.date | None:
    """Read a day."""
    found = _day(scan)
    scan.end()
    return found


def encode_minute(value: dt.datetime) -> str:
    """Write a time to the minute, UTC.

    >>> encode_minute(dt.datetime(2019, 9, 12, 8, 31, tzinfo=dt.UTC))
    '2019-09-12 08:31Z'
    """
    return f"{value.date().isoformat()} {value:%H:%M}Z"


def decode_minute(scan: Scan) -> dt.datetime | None:
    """Read a time to the minute, UTC."""
    day = _day(scan)
    blank = None if scan.misses else scan.fixed(1, " ", say("a blank between day and time"))
    expected = say("hours and minutes, such as 08:31")
    clock = None if blank is None else scan.fixed(5, r"([01]\d|2[0-3]):[0-5]\d", expected)
    letter = None if clock is None else scan.fixed(1, "Z", say("the letter Z for UTC"))
    scan.end()
    if day is None or clock is None or letter is None:
        return None
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=dt.UTC)


def _day(scan: Scan) -> dt.date | None:
    expected = say("a day such as 2019-09-12")
    digits = scan.fixed(10, r"\d{4}-\d{2}-\d{2}", expected)
    if digits is None:
        return None
    try:
        return dt.date.fromisoformat(digits)
    except ValueError:
        scan.wrong(digits, say("a day of the calendar"))
        return None


# ---- height above the ground: five digits, F or M (B.APP1.6) ----


def encode_height(value: Height) -> str:
    """Write a height.

    >>> encode_height(Height(1850, "metres"))
    '01850M'
    """
    return f"{value.value:05d}{codes('unit_code')[value.unit]}"


def decode_height(scan: Scan) -> Height | None:
    """Read a height."""
    digits = scan.fixed(5, r"\d{5}", say("the height in five digits"))
    units = {codes("unit_code")[unit]: unit for unit in ("feet", "metres")}
    letter = scan.fixed(1, "|".join(units), say("F for feet or M for metres"))
    scan.end()
    return None if digits is None or letter is None else Height(int(digits), units[letter])


# ---- position: hundredths of a degree, or minutes (B.APP1.7) ----


def encode_place(value: Place) -> str:
    """Write a position.

    >>> encode_place(Place(PositionForm.DEGREES, 5561, False, 3665, False))
    '55.61N 036.65E'
    """
    mark = "." if value.form is PositionForm.DEGREES else " "
    lat, lon = divmod(value.lat_steps, value.form.steps), divmod(value.lon_steps, value.form.steps)
    return f"{lat[0]:02d}{mark}{lat[1]:02d}{'NS'[value.south]} {lon[0]:03d}{mark}{lon[1]:02d}{'EW'[value.west]}"


def decode_place(scan: Scan) -> Place | None:
    """Read a position in either format, both angles in the same one."""
    form = PositionForm.MINUTES if scan.code[2:3] == " " else PositionForm.DEGREES
    lat = _angle(scan, form, 2, "NS", 90)
    if lat is not None or len(scan.code) > scan.at:
        scan.fixed(1, " ", say("a blank between latitude and longitude"))
    lon = _angle(scan, form, 3, "EW", 180)
    scan.end()
    if lat is None or lon is None or scan.misses:
        return None
    return Place(form, *lat, *lon)


def _angle(scan: Scan, form: PositionForm, width: int, letters: str, most: int) -> tuple[int, bool] | None:
    mark, pattern = (r"\.", r"\d{2}") if form is PositionForm.DEGREES else (" ", r"[0-5]\d")
    expected = _angle_words(form, width)
    group = scan.fixed(width + 3, rf"\d{{{width}}}{mark}{pattern}", expected)
    letter = scan.fixed(1, f"[{letters}]", say("the letter {one} or {other}", one=letters[0], other=letters[1]))
    if group is None or letter is None:
        return None
    steps = int(group[:width]) * form.steps + int(group[-2:])
    if steps > most * form.steps:
        scan.wrong(group + letter, say("no more than {most} degrees", most=str(most)))
        return None
    return steps, letter == letters[1]


def _angle_words(form: PositionForm, width: int) -> Text:
    if form is PositionForm.DEGREES:
        return say("degrees in {width} digits, a point and hundredths in two", width=str(width))
    return say("degrees in {width} digits, a blank and minutes (00 to 59) in two", width=str(width))


# ---- true heading: whole degrees (B.APP1.8) ----


def encode_heading(value: int) -> str:
    """Write a heading.

    >>> encode_heading(45)
    '045'
    """
    return f"{value:03d}"


def decode_heading(scan: Scan) -> int | None:
    """Read a heading, whole degrees from true north."""
    expected = say("whole degrees from 0 to 360, in at most three digits")
    digits = scan.take(r"\d{1,3}", expected)
    scan.end()
    if digits is None or scan.misses:
        return None
    if int(digits) > 360:
        scan.wrong(digits, expected)
        return None
    return int(digits)


# ---- angles with a side: roll, pitch, drift (B.APP1.9 to B.APP1.11) ----


def encode_turned(axis: str, value: Turned) -> str:
    """Write an angle and its side.

    >>> encode_turned("roll", Turned(2.5, "left"))
    '2.5L'
    """
    return write_number(value.deg) + codes("direction_code")[f"{axis}-{value.to}"]


def decode_turned(axis: str, most: float, scan: Scan) -> Turned | None:
    """Read an angle and its side."""
    sides = {code: word.removeprefix(f"{axis}-") for word, code in sides_of(axis).items()}
    value = _number(scan, say("degrees from 0 to {most}", most=write_number(most)), most)
    letter = scan.fixed(1, "|".join(sides), say("one of {codes} for the side", codes=", ".join(sides)))
    scan.end()
    if value is None or letter is None or scan.misses:
        return None
    return Turned(value, sides[letter])


def sides_of(axis: str) -> dict[str, str]:
    """Return the codes of the sides of ``roll``, ``pitch`` or ``drift``."""
    return {word: code for word, code in codes("direction_code").items() if word.startswith(f"{axis}-")}


# ---- groundspeed: three digits, NM or KM (B.APP1.12) ----


def encode_speed(value: Speed) -> str:
    """Write a groundspeed.

    >>> encode_speed(Speed(240, "nautical-miles"))
    '240NM'
    """
    return f"{value.value:03d}{codes('unit_code')[value.unit]}"


def decode_speed(scan: Scan) -> Speed | None:
    """Read a groundspeed."""
    digits = scan.fixed(3, r"\d{3}", say("the groundspeed in three digits"))
    units = {codes("unit_code")[unit]: unit for unit in ("nautical-miles", "kilometres")}
    letters = scan.fixed(2, "|".join(units), say("NM for nautical miles or KM for kilometres, per hour"))
    scan.end()
    return None if digits is None or letters is None else Speed(int(digits), units[letters])


# ---- plain numbers, counts and words ----


def write_number(value: float) -> str:
    """Write a number without needless signs.

    >>> write_number(152.0), write_number(0.25)
    ('152', '0.25')
    """
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def decode_number(most: float, expected: Text, scan: Scan) -> float | None:
    """Read a number without sign, with at most three decimals."""
    value = _number(scan, expected, most)
    scan.end()
    return None if scan.misses else value


def _number(scan: Scan, expected: Text, most: float) -> float | None:
    digits = scan.take(rf"\d{{1,5}}(\.\d{{1,{DECIMALS}}})?", expected)
    if digits is not None and float(digits) > most:
        scan.wrong(digits, expected)
        return None
    return None if digits is None else float(digits)


def decode_count(scan: Scan) -> int | None:
    """Read the number of a frame or a magazine, counted from 1 (B.APP1.16)."""
    digits = scan.take(r"[1-9]\d{0,5}", say("a whole number from 1 to 999999"))
    scan.end()
    return None if digits is None or scan.misses else int(digits)


def encode_polarisations(value: tuple[str, ...]) -> str:
    """Write polarisations, parted by a stroke.

    >>> encode_polarisations(("HH", "HV"))
    'HH/HV'
    """
    return "/".join(value)


def decode_polarisations(scan: Scan) -> tuple[str, ...] | None:
    """Read polarisations: two letters each, sent and received."""
    expected = say("pairs of the letters H, V, L and R such as HH, parted by /")
    found = scan.take(r"[HVLR]{2}(/[HVLR]{2})*", expected)
    scan.end()
    return None if found is None or scan.misses else tuple(found.split("/"))


def turned(axis: str, most: float) -> tuple[Callable[[Turned], str], Callable[[Scan], Turned | None]]:
    """Give the two ways of an angle with a side."""
    return partial(encode_turned, axis), partial(decode_turned, axis, most)
