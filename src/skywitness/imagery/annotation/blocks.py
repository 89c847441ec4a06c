"""All blocks of an annotation: the label of each, its provision, and how it is written and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.imagery.annotation import figures, identity
from skywitness.imagery.annotation.scan import Miss, Scan, shown
from skywitness.law.provisions import provision


@dataclass(frozen=True, slots=True)
class Block:
    """One item of an annotation.

    ``label`` stands before the code in a sheet; ``field`` names the value in a description; ``asked_by`` is the
    provision that gives the code its form.
    """

    label: str
    field: str
    asked_by: str
    encode: Callable[[Any], str]
    decode: Callable[[Scan], Any]
    form: Text

    @property
    def has_own_form(self) -> bool:
        """Whether a paragraph of Appendix 1 says how it is written."""
        return self.asked_by.startswith("OS:B.APP1.")

    def read(self, code: str) -> tuple[Any, tuple[Miss, ...]]:
        """Read a code: its value, ``None`` where it has none, and everything that is wrong with it."""
        scan = Scan(code, self.asked_by)
        value = self.decode(scan)
        return (None if scan.misses else value), tuple(scan.misses)

    def write(self, value: Any) -> str:
        """Write a value as a code that reads back as the same value.

        :raises InputError: of kind ``bad_annotation`` for a value that no code can hold.
        """
        code = self.encode(value)
        back, misses = self.read(code)
        if misses or back != value:
            why = misses[0].message if misses else say("it would be read back as another value")
            message = say("{value} cannot be written as {label}: {why}.", value=repr(value), label=self.label, why=why)
            raise InputError("bad_annotation", message, self.label)
        return code


def _number(most: float, expected: Text) -> Callable[[Scan], Any]:
    return partial(figures.decode_number, most, expected)


_LENGTH_MM: Final = say("millimetres from 0 to 99999, with at most three decimals")
_LENGTH_KM: Final = say("kilometres from 0 to 99999, with at most three decimals")
_ANGLE: Final = say("degrees from 0 to 360, with at most three decimals")
_FROM_VERTICAL: Final = say("degrees from the vertical, 0 to 90, with at most three decimals")

_ROLL, _PITCH, _DRIFT = (figures.turned(*axis) for axis in (("roll", 180.0), ("pitch", 90.0), ("drift", 180.0)))

ALL: Final[tuple[Block, ...]] = (
    Block(
        "REF",
        "reference",
        "OS:B.APP1.1",
        identity.encode_reference,
        identity.decode_reference,
        say("OS, the last digit of the quota's year, three digits for the flight: OS9027"),
    ),
    Block("DATE", "date", "OS:B.APP1.5", figures.encode_day, figures.decode_day, say("the day in UTC: 2019-09-12")),
    Block(
        "SENSOR",
        "sensor",
        "OS:B.APP1.2",
        identity.encode_sensor,
        identity.decode_sensor,
        say("category and medium: OPBP, IRLSTD"),
    ),
    Block(
        "CONFIG",
        "configuration",
        "OS:B.APP1.3",
        identity.encode_configuration,
        identity.decode_configuration,
        say("place, kind of installation, fan: INT1V, INT2L45, PODCF31"),
    ),
    Block(
        "FOCAL",
        "focal_length_mm",
        "OS:B.APP1.4",
        figures.write_number,
        _number(figures.LARGEST, _LENGTH_MM),
        say("focal length in millimetres: 152.4"),
    ),
    Block("MAGAZINE", "magazine", "OS:B.APP1.16", str, figures.decode_count, say("number of the magazine, from 1: 1")),
    Block(
        "TIME",
        "time_utc",
        "OS:B.APP1.5",
        figures.encode_minute,
        figures.decode_minute,
        say("day and time in UTC to the minute: 2019-09-12 08:31Z"),
    ),
    Block(
        "HEIGHT",
        "height",
        "OS:B.APP1.6",
        figures.encode_height,
        figures.decode_height,
        say("average height above the ground in five digits, F or M: 01850M"),
    ),
    Block(
        "PLACE",
        "place",
        "OS:B.APP1.7",
        figures.encode_place,
        figures.decode_place,
        say("latitude and longitude: 55.61N 036.65E, or 55 37N 036 39E"),
    ),
    Block(
        "HEADING",
        "true_heading_deg",
        "OS:B.APP1.8",
        figures.encode_heading,
        figures.decode_heading,
        say("true heading in whole degrees: 045"),
    ),
    Block(
        "SCAN",
        "scan_angle_deg",
        "OS:B.II.2",
        figures.write_number,
        _number(360.0, _ANGLE),
        say("scan angle in degrees (Annex B sets no layout): 70"),
    ),
    Block("ROLL", "roll", "OS:B.APP1.9", *_ROLL, say("roll in degrees, L or R: 2L")),
    Block("PITCH", "pitch", "OS:B.APP1.10", *_PITCH, say("pitch in degrees, U or D: 1.5U")),
    Block("DRIFT", "drift", "OS:B.APP1.11", *_DRIFT, say("drift from the flight path in degrees, L or R: 3R")),
    Block(
        "SPEED",
        "groundspeed",
        "OS:B.APP1.12",
        figures.encode_speed,
        figures.decode_speed,
        say("groundspeed in three digits, NM or KM per hour: 240NM"),
    ),
    Block(
        "NEAR",
        "swath_near_km",
        "OS:B.APP1.13",
        figures.write_number,
        _number(figures.LARGEST, _LENGTH_KM),
        say("nearest point of the swath in kilometres: 4.5"),
    ),
    Block(
        "LOOKDOWN",
        "look_down_angle_deg",
        "OS:B.APP1.14",
        figures.write_number,
        _number(90.0, _FROM_VERTICAL),
        say("look-down angle in degrees from the vertical: 40"),
    ),
    Block(
        "SWATH",
        "swath_width_km",
        "OS:B.APP1.15",
        figures.write_number,
        _number(figures.LARGEST, _LENGTH_KM),
        say("width of the swath in kilometres: 25"),
    ),
    Block(
        "POL",
        "polarisations",
        "OS:B.II.2(C)(1)",
        figures.encode_polarisations,
        figures.decode_polarisations,
        say("polarisations sent and received (Annex B sets no layout): HH/HV"),
    ),
    Block(
        "NUMBER",
        "number",
        "OS:B.APP1.16",
        str,
        figures.decode_count,
        say("number of the frame in its magazine: 17"),
    ),
)

BLOCKS: Final[Mapping[str, Block]] = MappingProxyType({block.label: block for block in ALL})
FIELDS: Final[Mapping[str, Block]] = MappingProxyType({block.field: block for block in ALL})

LINES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "LEADER": ("REF", "DATE", "SENSOR", "CONFIG", "FOCAL", "MAGAZINE"),
        "MARK": ("TIME", "HEIGHT", "PLACE", "HEADING", "SCAN", "LOOKDOWN", "NEAR", "SWATH", "POL"),
        "FRAME": ("NUMBER", "TIME", "ROLL"),
        "MOTION": ("TIME", "SPEED", "DRIFT", "PITCH", "ROLL"),
    }
)
"""The kinds of lines of a sheet and the blocks each may hold, in the order in which they are written.

``LEADER`` begins a roll or medium (B.II.1); ``MARK`` is what is annotated while a sensor operates (B.II.2), ``FRAME``
what stands on one frame (B.II.2(A)(2)), ``MOTION`` what radar needs besides (B.II.2(C)(2)).
"""


@provision("OS:B.APP1.1")
@provision("OS:B.APP1.2")
@provision("OS:B.APP1.3")
@provision("OS:B.APP1.4")
@provision("OS:B.APP1.5")
@provision("OS:B.APP1.6")
@provision("OS:B.APP1.7")
@provision("OS:B.APP1.8")
@provision("OS:B.APP1.9")
@provision("OS:B.APP1.10")
@provision("OS:B.APP1.11")
@provision("OS:B.APP1.12")
@provision("OS:B.APP1.13")
@provision("OS:B.APP1.14")
@provision("OS:B.APP1.15")
@provision("OS:B.APP1.16")
def decode(label: str, code: str) -> Any:
    """Read one code.

    >>> decode("HEIGHT", "01850M")
    Height(value=1850, unit='metres')

    :raises InputError: of kind ``bad_annotation`` with everything that is wrong with it.
    """
    block = _block(label)
    value, misses = block.read(code)
    if misses:
        message = say("{code} is no {label}: {why}.", code=shown(code), label=label, why=misses[0].message)
        raise InputError("bad_annotation", message, label)
    return value


def encode(label: str, value: Any) -> str:
    """Write one value as a code.

    >>> from skywitness.imagery.annotation.values import Height
    >>> encode("HEIGHT", Height(1850, "metres"))
    '01850M'

    :raises InputError: of kind ``bad_annotation`` for a value that no code can hold.
    """
    return _block(label).write(value)


def _block(label: str) -> Block:
    if label not in BLOCKS:
        message = say("There is no block {label}; known are {known}.", label=shown(label), known=", ".join(BLOCKS))
        raise InputError("bad_annotation", message, label)
    return BLOCKS[label]
