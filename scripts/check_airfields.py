"""Compare every site of the regime with the public airfield table ``airportsdata``.

Prints one line for each position: how far the position as printed in the Treaty (read literally) and the position this
program uses lie from the table's.  More than 5 km is marked, and so is what no slip explains; then the exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import airportsdata
from pyproj import Geod

from skywitness.law.printed import printed_position
from skywitness.law.sites import Site, sites
from skywitness.law.slips import Slip, slips

TOLERANCE_KM = 5.0
"""An airfield is a few kilometres long, and a position printed to the minute is off by up to 1.5 km."""

SLACK_KM = 0.5
"""A distance told in slips.toml may differ by this much: the table is revised now and then."""

_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A site against the table: printed position and used position, each in kilometres from the table's.

    ``None`` where there is nothing to compare: no printed position, no row in the table, or no usable position.
    """

    site: Site
    printed: str | None
    printed_km: float | None
    used_km: float | None

    @property
    def missing(self) -> bool:
        """Tell whether the table lacks an airfield that has an ICAO code."""
        return self.site.icao is not None and self.used_km is None

    @property
    def farthest_km(self) -> float:
        """Return the larger of the two distances."""
        return max((km for km in (self.printed_km, self.used_km) if km is not None), default=0.0)

    @property
    def far(self) -> bool:
        """Tell whether a position is more than the tolerance away, or has no row to be compared with."""
        return self.missing or self.farthest_km > TOLERANCE_KM

    @property
    def explained(self) -> bool:
        """Tell whether a slip names this site and its distance, or its absence from the table."""
        return any(self.site.id in slip.sites and self._explains(slip) for slip in slips())

    def _explains(self, slip: Slip) -> bool:
        if self.missing:
            return slip.of == "airportsdata" and slip.kind == "omission"
        return slip.off_km is not None and abs(slip.off_km - self.farthest_km) < SLACK_KM


def comparisons() -> Iterator[Comparison]:
    """Compare every printed position once, and every site that has none."""
    table = airportsdata.load("ICAO")
    for site in sites():
        row = table.get(site.id)
        there = (float(row["lon"]), float(row["lat"])) if row else None
        used = None if site.lon is None else site.position
        texts = dict.fromkeys(part.text_position for part in site.designations if part.text_position)
        for printed in texts or [None]:
            here = printed_position(printed) if printed else None
            yield Comparison(site, printed, _km(here, there), _km(used, there))


def _km(start: tuple[float, float] | None, end: tuple[float, float] | None) -> float | None:
    return None if start is None or end is None else _GEOD.inv(*start, *end)[2] / 1000


def _line(found: Comparison) -> str:
    cells = [f"{'-' if km is None else format(km, '.1f'):>8}" for km in (found.printed_km, found.used_km)]
    mark = "" if not found.far else "slip" if found.explained else "UNEXPLAINED"
    return f"{found.site.id:22}{found.site.name:34}{found.printed or '':28}{''.join(cells)}  {mark}"


def main() -> int:
    """Print the table; return 1 when something far is explained by no slip."""
    print(f"{'site':22}{'name':34}{'as printed':28}{'text km':>8}{'used km':>8}")
    found = list(comparisons())
    for comparison in found:
        print(_line(comparison))
    open_questions = [comparison for comparison in found if comparison.far and not comparison.explained]
    print(
        f"{len(found)} positions, {sum(map(_is_far, found))} of them far or missing, {len(open_questions)} unexplained"
    )
    return 1 if open_questions else 0


def _is_far(comparison: Comparison) -> bool:
    return comparison.far


if __name__ == "__main__":
    sys.exit(main())
