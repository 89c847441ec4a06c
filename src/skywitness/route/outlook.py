"""What the sensors of a flight see together: their views put together, at one height or at several.

Radar sees whatever the height; every other sensor operates no lower than its minimum height, resolves less the higher
it flies, and sees a strip that grows with the height.  So where a site asks for a fine resolution or lies under clouds,
legs may be flown lower than the flight as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from skywitness.core.dated import Settled
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.law.category import Category, limit_subject
from skywitness.law.planning import sensor_value
from skywitness.route.facts import SensorFacts
from skywitness.route.model import SensorUse, Site
from skywitness.route.strips import MOST_MODES, Mode, Strip, View, ground_km

MOST_LEVELS = 4
"""Heights that are added below that of the flight where sites ask for it."""


@dataclass(frozen=True, slots=True)
class Looking:
    """A sensor that is flown: as the plan uses it, whither it looks, and what the facts say of its view.

    ``finest_m``: its ground resolution at its minimum height; of a radar at any height.  ``None``: not known.
    """

    use: SensorUse
    look: str = "down"
    said: SensorFacts | None = None
    finest_m: float | None = None

    @property
    def radar(self) -> bool:
        """Tell whether clouds and height do not matter to it."""
        return limit_subject(self.use.category) == Category.SAR

    def operates(self, height_m_agl: float) -> bool:
        """Tell whether it may operate at a height: not below its minimum height (Article IV, VI.II.4(D))."""
        return self.radar or self.use.h_min_m_agl is None or height_m_agl >= self.use.h_min_m_agl

    def resolution_m(self, height_m_agl: float) -> float | None:
        """Tell what it resolves from a height: in proportion to it, but for a radar."""
        if self.radar or self.finest_m is None:
            return self.finest_m
        return None if not self.use.h_min_m_agl else self.finest_m * height_m_agl / self.use.h_min_m_agl

    def highest_m(self, resolution_m: float) -> float | None:
        """Tell from how high it still resolves as much; ``None`` where that is not known or does not depend on it."""
        if self.radar or self.finest_m is None or not self.use.h_min_m_agl:
            return None
        return self.use.h_min_m_agl * resolution_m / self.finest_m

    def strips(self, height_m_agl: float, side: str) -> tuple[Strip, ...]:
        """Lay what it sees from a height; ``side`` is where a sensor looks that may look to either."""
        near_km, far_km = self._edges_km(height_m_agl)
        look = side if self.look == "either" else self.look
        right = Strip(near_km, far_km, self.use.ident, self.use.category, self.resolution_m(height_m_agl))
        if look == "down":
            return (replace(right, from_km=-far_km),)
        return {"right": (right,), "left": (right.mirrored(),), "both": (right.mirrored(), right)}[look]

    def _edges_km(self, height_m_agl: float) -> tuple[float, float]:
        said = self.said
        if said is not None and said.far_km is not None:
            return said.near_km or 0.0, said.far_km
        if said is None or said.to_deg is None:
            if height_m_agl == self.use.height_m_agl:
                return 0.0, self.use.half_swath_km
            return 0.0, self.use.half_swath_km * height_m_agl / self.use.height_m_agl
        far_km = ground_km(height_m_agl, said.to_deg)
        if far_km is None:
            message = say(
                "from {height:.0f} m the line of sight of {sensor} at {angle:g} degrees does not meet the ground",
                height=height_m_agl,
                sensor=self.use.ident,
                angle=said.to_deg,
            )
            raise InputError("bad_swath", message, "facts")
        return ground_km(height_m_agl, said.from_deg or 0.0) or 0.0, far_km


def levels(
    sensors: Sequence[Looking], sites: Iterable[Site], asked_m_agl: Sequence[float], warnings: list[Text]
) -> tuple[float, ...]:
    """Choose the heights at which legs may be flown, metres above ground; the first is that of the flight.

    Those asked for; else the highest that a sensor needs, and lower ones where a site asks for it and the minimum
    heights allow it.
    """
    if asked_m_agl:
        return tuple(dict.fromkeys(asked_m_agl))
    flown = [one for one in sensors if not one.radar] or list(sensors)
    base_m = max(one.use.height_m_agl for one in flown)
    wanted = {height for site in sites for height in _heights_for(site, flown) if height < base_m}
    if not wanted:
        return (base_m,)
    least = [one.use.h_min_m_agl for one in flown if one.use.h_min_m_agl is not None and not one.radar]
    if not least:
        warnings.append(
            say(
                "sites ask for heights below {height:.0f} m above ground, but no minimum height of a sensor is known: "
                "planned at that height alone; give h_min_m_agl in the facts, or --heights",
                height=base_m,
            )
        )
        return (base_m,)
    lower = sorted({max(height, min(least)) for height in wanted if height >= min(least)})
    return (base_m, *_few(lower))


def _heights_for(site: Site, sensors: Iterable[Looking]) -> list[float]:
    """List the greatest heights from which single sensors show a site as it is asked for."""
    found = []
    for one in sensors:
        if site.sensors and limit_subject(one.use.category) not in site.sensors:
            continue
        resolved = None if site.ground_resolution_m is None else one.highest_m(site.ground_resolution_m)
        limits = [height for height in (site.cloud_base_m_agl, resolved) if height is not None]
        if limits:
            found.append(min(limits))
    return found


def _few(heights: Sequence[float]) -> tuple[float, ...]:
    """Keep a few heights, the lowest among them; a site between two is seen from the lower."""
    if len(heights) <= MOST_LEVELS:
        return tuple(reversed(heights))
    places = [round(k * (len(heights) - 1) / (MOST_LEVELS - 1)) for k in range(MOST_LEVELS)]
    return tuple(heights[place] for place in reversed(places))


def outlook(sensors: Sequence[Looking], heights_m_agl: Sequence[float]) -> View:
    """Put the ways together in which a leg may be flown: each height, and each side of what may look to either.

    :raises InputError: when no sensor may operate at a height, or when there are too many ways.
    """
    modes: list[Mode] = []
    for height in heights_m_agl:
        flown = [one for one in sensors if one.operates(height)]
        if not flown:
            least = min(one.use.h_min_m_agl or 0.0 for one in sensors)
            message = say(
                "at {height:g} m above ground no sensor may operate; the lowest minimum height is {least:.0f} m",
                height=height,
                least=least,
            )
            raise InputError("bad_heights", message, "heights")
        sides = ("right", "left") if any(one.look == "either" for one in flown) else ("",)
        modes += [Mode(height, tuple(s for one in flown for s in one.strips(height, side))) for side in sides]
    if len(modes) > MOST_MODES:
        message = say(
            "{count} ways to fly a leg (heights, sides of a radar) are more than the {most} that can be weighed; give "
            "fewer heights",
            count=len(modes),
            most=MOST_MODES,
        )
        raise InputError("bad_heights", message, "heights")
    return View(tuple(modes))


def refuse_too_wide(view: View, day: dt.date) -> None:
    """Refuse a camera that covers more ground to a side than the law of the day allows, and too broad a radar swath.

    Article IV, paragraph 2(A) and 2(D).  Of a radar of which only the far edge is known the swath is not; of other
    sensors the text limits no such thing.
    """
    for strip in (strip for mode in view.modes for strip in mode.strips):
        kind = limit_subject(strip.category)
        aside_km = max(abs(strip.from_km), abs(strip.to_km))
        widest = sensor_value("coverage_each_side", kind, day) if kind == Category.OPTICAL else None
        if isinstance(widest, Settled) and aside_km > widest.number:
            raise InputError(
                "bad_swath",
                say(
                    "camera {ident} would cover the ground up to {km:.1f} km to either side; at most {most:g} km are "
                    "allowed (Article IV, paragraph 2(A))",
                    ident=strip.sensor,
                    km=aside_km,
                    most=widest.number,
                ),
                "facts",
            )
        broad_km, aside = strip.to_km - strip.from_km, strip.from_km * strip.to_km >= 0.0
        swath = sensor_value("swath", kind, day) if kind == Category.SAR and aside else None
        if isinstance(swath, Settled) and broad_km > swath.number * (1.0 + 1e-9):
            raise InputError(
                "bad_swath",
                say(
                    "the swath of radar {ident} would be {km:.1f} km broad; at most {most:g} km are allowed (Article "
                    "IV, paragraph 2(D))",
                    ident=strip.sensor,
                    km=broad_km,
                    most=swath.number,
                ),
                "facts",
            )


def as_used(sensor: SensorUse, view: View) -> SensorUse:
    """Write a sensor as the plan uses it: how far aside it sees at most, and from which height."""
    edges = [
        (max(abs(strip.from_km), abs(strip.to_km)), mode.height_m_agl)
        for mode in view.modes
        for strip in mode.strips
        if strip.sensor == sensor.ident
    ]
    if not edges:
        return sensor
    aside_km, height_m_agl = max(edges)
    return replace(sensor, half_swath_km=aside_km, height_m_agl=height_m_agl)
