"""What the rules of annotation look at, and one hand to write their findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.core.finding import Finding, UsedValue, Verdict, Where
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.imagery.annotation.sheet import Line, Sheet
from skywitness.imagery.annotation.values import SensorDescription
from skywitness.law.instrument import load
from skywitness.law.provisions import title

OPTICAL: Final = ("optical_panoramic", "optical_framing")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the sheet; ``None`` where nobody has said.

    ``quota_year``: the calendar year whose quota the flight uses; ``tilt_deg``: of the sensor from the vertical;
    ``has_lens``: whether the sensor has a focal length; ``periods``: observation periods (first and last minute, UTC);
    ``interval_min``: minutes between annotations as the Commission decided; ``hides_detail``: whether the annotation
    hides detail of the imagery; ``prints_annotated``: whether every positive print carries the same.
    """

    quota_year: int | None = None
    tilt_deg: float | None = None
    has_lens: bool | None = None
    periods: tuple[tuple[dt.datetime, dt.datetime], ...] | None = None
    interval_min: float | None = None
    hides_detail: bool | None = None
    prints_annotated: bool | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll of film or other medium: its leader, ``None`` where the sheet has none, and its lines."""

    leader: Line | None
    lines: tuple[Line, ...]

    def of(self, kind: str) -> tuple[Line, ...]:
        """Return the lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)


@dataclass(frozen=True, slots=True)
class Desk:
    """A sheet, what is known beside it, and the reading it is judged under."""

    sheet: Sheet
    known: Known
    reading: Reading
    rolls: tuple[Roll, ...] = field(default=())

    @property
    def in_first_phase(self) -> bool:
        """Whether existing practice still stands for what cameras annotate (XVIII.II.4)."""
        end = load().heading.full_implementation
        return end is not None and self.reading.at < end

    def sensor(self, roll: Roll) -> SensorDescription | None:
        """Return the sensor of a roll, where its leader names one."""
        found = roll.leader.get("SENSOR") if roll.leader else None
        return found if isinstance(found, SensorDescription) else None

    def of_category(self, *categories: str) -> tuple[Roll, ...]:
        """Return the rolls of sensors of some categories."""
        return tuple(
            roll for roll in self.rolls if (sensor := self.sensor(roll)) is not None and sensor.category in categories
        )

    @property
    def unnamed(self) -> bool:
        """Whether some roll does not say of which category its sensor is."""
        return any(self.sensor(roll) is None for roll in self.rolls)


Judge = Callable[[Desk], Iterator[Finding]]
"""A rule: one small function for each provision."""


def rolls_of(sheet: Sheet) -> tuple[Roll, ...]:
    """Part a sheet into its rolls."""
    found: list[tuple[Line | None, list[Line]]] = []
    for line in sheet.lines:
        if line.kind == "LEADER":
            found.append((line, []))
        else:
            if not found:
                found.append((None, []))
            found[-1][1].append(line)
    return tuple(Roll(leader, tuple(lines)) for leader, lines in found)


def draft(desk: Desk, provision: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
    """Make a finding of ``provision`` with its title and the reading it was made under."""
    return Finding(provision, title(provision), verdict, why, desk.reading, **fields)


def kept(desk: Desk, provision: str, why: Text, values: Iterable[UsedValue] = (), **fields: Any) -> Finding:
    """Make a finding that a provision is kept."""
    return draft(desk, provision, Verdict.OK, why, values=tuple(values), **fields)


def broken(desk: Desk, provision: str, why: Text, lines: Sequence[Line] = (), **fields: Any) -> Finding:
    """Make a finding that a provision is broken, at the first of some lines."""
    where = Where(name=lines[0].where) if lines and lines[0].where else None
    return draft(desk, provision, Verdict.BREACH, why, where=where, **fields)


def cannot_tell(desk: Desk, provision: str, why: Text, *needs: Text, **fields: Any) -> Finding:
    """Make a finding that a provision cannot be judged, with the facts that would settle it."""
    return draft(desk, provision, Verdict.CANNOT_TELL, why, needs=needs, **fields)


def idle(desk: Desk, provision: str, why: Text) -> Finding:
    """Make a finding that a provision has nothing to say here."""
    return draft(desk, provision, Verdict.NOT_APPLICABLE, why)


def places(lines: Sequence[Line]) -> str:
    """Name the first places of several: ``line 3, line 5, line 9 ...``."""
    names = [line.where or line.kind for line in lines[:3]]
    return ", ".join(names) + (" ..." if len(lines) > len(names) else "")


NO_SENSOR: Final = say("The sheet does not say of which category a sensor is (SENSOR).")
NEED_SENSOR: Final = say("the sensor description at the beginning of the roll or medium (SENSOR)")
