"""The blocks that identify a flight and a sensor: reference number, description, configuration (B.APP1.1 to 3)."""

from __future__ import annotations

from skywitness.core.text import say
from skywitness.imagery.annotation.scan import Scan
from skywitness.imagery.annotation.tables import codes, either, number, words
from skywitness.imagery.annotation.values import Configuration, Reference, SensorDescription

LETTERS = "OS"

_REFERENCE, _SENSOR, _CONFIGURATION = "OS:B.APP1.1", "OS:B.APP1.2", "OS:B.APP1.3"


# ---- reference number of the flight: OS, a digit of the year, three digits (B.APP1.1) ----


def encode_reference(value: Reference) -> str:
    """Write a reference number.

    >>> encode_reference(Reference(9, 27))
    'OS9027'
    """
    return f"{LETTERS}{value.year_digit}{value.number:03d}"


def decode_reference(scan: Scan) -> Reference | None:
    """Read a reference number."""
    letters = scan.fixed(2, LETTERS, say("the letters OS"), f"{_REFERENCE}(A)")
    year = scan.fixed(1, r"\d", say("the last digit of the year of the quota"), f"{_REFERENCE}(B)")
    flight = scan.fixed(3, r"\d{3}", say("the number of the flight in three digits"), f"{_REFERENCE}(C)")
    scan.end()
    if letters is None or year is None or flight is None:
        return None
    return Reference(int(year), int(flight))


# ---- sensor description: category, medium (B.APP1.2) ----


def encode_sensor(value: SensorDescription) -> str:
    """Write a sensor description.

    >>> encode_sensor(SensorDescription("infrared", "tape-digital"))
    'IRLSTD'
    """
    return codes("category_code")[value.category] + codes("medium_code")[value.medium]


def decode_sensor(scan: Scan) -> SensorDescription | None:
    """Read a sensor description: the longest code of a category, then two letters for the medium."""
    category = max((code for code in words("category_code") if scan.code.startswith(code)), key=len, default=None)
    expected = say("one of {codes} for the category", codes=either("category_code"))
    if category is None:
        scan.fixed(max(len(scan.code) - 2, 0), r"(?!)", expected, f"{_SENSOR}(A)")
    else:
        scan.at = len(category)
    medium = scan.fixed(
        2,
        "|".join(words("medium_code")),
        say("one of {codes} for the recording medium", codes=either("medium_code")),
        f"{_SENSOR}(B)",
    )
    scan.end()
    if category is None or medium is None:
        return None
    return SensorDescription(words("category_code")[category], words("medium_code")[medium])


# ---- sensor configuration: installation, mounting, fan (B.APP1.3) ----


def encode_configuration(value: Configuration) -> str:
    """Write a sensor configuration.

    >>> encode_configuration(Configuration("podded", "left-wing", "oblique-right", depression_deg=45))
    'PODLR45'
    """
    place = codes("pod_code").get(value.place, value.place)
    mounting = codes("installation_type_code")[value.mounting]
    angle = "" if value.depression_deg is None else str(value.depression_deg)
    fan = "".join(str(part) for part in (value.sensors, value.position) if part is not None)
    return f"{codes('installation_code')[value.installation]}{place}{mounting}{angle}{fan}"


def decode_configuration(scan: Scan) -> Configuration | None:
    """Read a sensor configuration."""
    where = _installation(scan)
    letter = scan.fixed(
        1,
        "|".join(words("installation_type_code")),
        say("one of {codes} for the kind of installation", codes=either("installation_type_code")),
        f"{_CONFIGURATION}(B)",
    )
    mounting = words("installation_type_code")[letter] if letter else ""
    angle = _depression(scan) if mounting.startswith("oblique") else None
    fan = _fan(scan) if mounting == "fan" else None
    scan.end()
    if where is None or letter is None or scan.misses:
        return None
    return Configuration(*where, mounting, angle, *(fan or (None, None)))


def _installation(scan: Scan) -> tuple[str, str] | None:
    internal, podded = codes("installation_code")["internal"], codes("installation_code")["podded"]
    kind = scan.fixed(
        3,
        f"{internal}|{podded}",
        say("{internal} or {podded} for the installation", internal=internal, podded=podded),
        f"{_CONFIGURATION}(A)",
    )
    if kind == internal:
        place = scan.fixed(1, "[1-9]", say("a number counted from the nose, 1 to 9"), f"{_CONFIGURATION}(A)(1)")
        return None if place is None else ("internal", place)
    if kind == podded:
        expected = say("one of {codes} for the place of the pod", codes=either("pod_code"))
        place = scan.fixed(1, "|".join(words("pod_code")), expected, f"{_CONFIGURATION}(A)(2)")
        return None if place is None else ("podded", words("pod_code")[place])
    scan.at = min(scan.at + 1, len(scan.code))  # the group has four characters; the fault of its first three is noted
    return None


def _depression(scan: Scan) -> int | None:
    expected = say("the depression angle in one or two digits, 0 to 90 degrees")
    digits = scan.take(r"\d{1,2}", expected, f"{_CONFIGURATION}(B)(2)")
    if digits is not None and int(digits) > 90:
        scan.wrong(digits, expected, f"{_CONFIGURATION}(B)(2)")
        return None
    return None if digits is None else int(digits)


def _fan(scan: Scan) -> tuple[int, int] | None:
    least = int(number("fan_sensors"))
    count = scan.fixed(
        1,
        f"[{least}-9]",
        say("how many sensors the fan has, {least} to 9", least=str(least)),
        f"{_CONFIGURATION}(C)(1)",
    )
    expected = say("which of them this is, counted from the left")
    place = scan.fixed(1, "[1-9]", expected, f"{_CONFIGURATION}(C)(2)")
    if count is None or place is None:
        return None
    if int(place) > int(count):
        most = say("which of the {count} sensors this is, 1 to {count}", count=count)
        scan.wrong(place, most, f"{_CONFIGURATION}(C)(2)")
        return None
    return int(count), int(place)
