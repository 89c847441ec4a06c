"""What tables and maps of sites have in common: columns and their other names, and what a row becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say, say_n
from skywitness.route.files.fields import text_problem
from skywitness.route.files.forms import LAT_DEG, LON_DEG, SENSOR_KINDS
from skywitness.route.files.text_file import shown
from skywitness.route.model import Site

MAX_SITES: Final = 20_000
"""Most rows of a sites file; the planner's own limit.  A country has fewer places worth a look than that."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": ("site", "label", "title"),
        "lon": ("longitude", "lng", "long"),
        "lat": ("latitude",),
        "value": ("weight", "score", "priority"),
        "p_clear": ("pclear", "clear", "chance_clear"),
        "from_utc": (),
        "to_utc": (),
        "min_sun_deg": ("min_sun",),
        "sensors": ("sensor",),
        "cloud_base_m": ("cloud_base_m_agl",),
        "ground_resolution_m": ("resolution_m",),
    }
)
"""The columns of a sites file and the other names under which they are met; case and spaces do not matter."""

_GUARDED: Final = re.compile(r"'+[=+\-@]")
_DANGEROUS: Final = re.compile(r"'*[=+\-@]")


@dataclass(frozen=True, slots=True)
class Row:
    """A site as read, where it stands (``line 4``, ``features[3]``), and whether its name is its own."""

    where: str
    site: Site
    named: bool


@dataclass(slots=True)
class Gathered:
    """What a reader of sites gathers: rows, faults, warnings."""

    rows: list[Row] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    warnings: list[Text] = field(default_factory=list)


def match_columns(names: Iterable[str], gathered: Gathered, where: str) -> dict[str, str]:
    """Find which of ``names`` is which column: column to the name as written.

    The proper name goes before another one; two other names for one column are a fault.  A name that is none is told
    in a warning, as is ``priority``, which elsewhere often counts the other way round.
    """
    written: dict[str, list[str]] = {}
    for name in names:
        written.setdefault(re.sub(r"[\s_-]+", "_", name.strip().lower()), []).append(name)
    found: dict[str, str] = {}
    for column, others in COLUMNS.items():
        own = written.pop(column, [])
        aliases = [name for other in others for name in written.get(other, [])] if not own else []
        for other in others if not own else ():
            written.pop(other, None)
        met = own or aliases
        if len(met) > 1:
            words = {"names": ", ".join(met), "column": column}
            gathered.faults.add(where, say("has more than one column for {column}: {names}; keep one", **words))
        if met:
            found[column] = met[0]
    _warn_of_columns(found, [name for names in written.values() for name in names if name.strip()], gathered)
    return found


def _warn_of_columns(found: Mapping[str, str], unread: list[str], gathered: Gathered) -> None:
    if found.get("value", "").strip().lower() == "priority":
        gathered.warnings.append(say("The column priority is read as value: the larger, the more a site counts."))
    if unread:
        words = {"names": ", ".join(repr(name[:40])[1:-1] for name in unread[:10])}
        gathered.warnings.append(
            say_n(
                "{count} column is not read: {names}.", "{count} columns are not read: {names}.", len(unread), **words
            )
        )
    if "value" not in found:
        gathered.warnings.append(say("There is no value; every site counts 1."))
    if "name" not in found:
        gathered.warnings.append(say("There are no names; sites are called S1, S2 and so on in their order."))


def sensor_kinds(words: str, where: str, gathered: Gathered) -> tuple[str, ...]:
    """Read which kinds of sensors will do, as in ``sar`` or ``optical/infrared``; empty: any."""
    kinds = [part.strip().lower() for part in words.split("/")] if words.strip() else []
    if "+" in words:
        gathered.faults.add(
            where,
            say(
                "sensors {met} asks for several sensors at once, which is not counted; write optical/sar for either of "
                "them, or two rows, each with its own value",
                met=shown(words),
            ),
        )
        return ()
    wrong = [kind for kind in kinds if kind not in SENSOR_KINDS]
    if wrong:
        message = say(
            "sensors {met} is none of {known}; several are parted by /",
            met=shown(wrong[0]),
            known=", ".join(SENSOR_KINDS),
        )
        gathered.faults.add(where, message)
        return ()
    return tuple(dict.fromkeys(kinds))


def clean_name(words: str, where: str, gathered: Gathered) -> str:
    """Bring a name into one line; it may be empty.

    The sign that spreadsheets put before a text which looks like a formula is taken off; nothing is ever computed.
    """
    name = re.sub(r"[\t\r\n ]+", " ", words).strip()
    if _GUARDED.match(name):
        name = name[1:]
    problem = text_problem(name)
    if problem:
        gathered.faults.add(where, say("the name {problem}", problem=problem))
        return ""
    return name


def guarded_name(name: str) -> str:
    """Write a name so that no spreadsheet takes it for a formula; :func:`clean_name` undoes it.

    >>> guarded_name("=1+1"), guarded_name("Kubinka")
    ("'=1+1", 'Kubinka')
    """
    return "'" + name if _DANGEROUS.match(name) else name


def place_problem(lon: float, lat: float) -> Text | None:
    """Say why two numbers are no position, or give ``None``."""
    if LON_DEG.holds(lon) and LAT_DEG.holds(lat):
        return None
    if LON_DEG.holds(lat) and LAT_DEG.holds(lon):
        return say("latitude {lat:g} is beyond 90; longitude and latitude look swapped", lat=lat)
    if LAT_DEG.holds(lat):
        return say("longitude {lon:g} is not from -180 to 180", lon=lon)
    if LON_DEG.holds(lon):
        return say("latitude {lat:g} is not from -90 to 90", lat=lat)
    return say("longitude {lon:g} and latitude {lat:g} are no degrees; are they in metres?", lon=lon, lat=lat)
