"""The sentence on the way flown says what is measured, and why it is a range."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from tests.route.rules.plans import drawn, only
from tests.track.flights import PLAN, A, B, C, D, at, findings, fly

from skywitness.core.reading import Reading
from skywitness.track.flight_log import FlightLog, NotedDeviation

ASIDE = (A, (9.0, 51.6), (9.0, 50.9), C, D)
WEATHER = FlightLog(deviations=(NotedDeviation(at(0), at(120), "weather"),))


@pytest.mark.parametrize(
    ("way", "hide", "log", "tells"),
    [
        ((A, B, C, D), None, FlightLog(), ()),
        ((A, B, C, D), (18.0, 30.0), FlightLog(), ("gaps of the track",)),
        (ASIDE, None, FlightLog(), ("for nobody told why",)),
        (ASIDE, None, WEATHER, ("permitted deviations added do not count",)),
        (ASIDE, (3.0, 6.0), WEATHER, ("permitted deviations added do not count", "gaps of the track")),
    ],
)
def test_the_sentence_agrees_with_what_is_measured(
    way: tuple[tuple[float, float], ...], hide: tuple[float, float] | None, log: FlightLog, tells: tuple[str, ...]
) -> None:
    """Both ends of the range are the measured value less and plus its uncertainty; each reason for it is told."""
    finding = only(findings(fly(way, hide=hide), "OS:VI.II.4(A)", log))
    words = str(finding.why)
    assert finding.uncertainty is not None
    assert isinstance(finding.measured, float)
    low, high = finding.measured - finding.uncertainty, finding.measured + finding.uncertainty
    if finding.uncertainty < 0.05:
        assert f"{finding.measured:.1f} km of it count" in words
    else:
        assert f"Between {low:.1f} and {high:.1f} km of it count ({finding.measured:.1f} km" in words
    reasons = ("gaps of the track", "for nobody told why", "permitted deviations added do not count")
    assert {reason for reason in reasons if reason in words} == set(tells)


def test_over_the_territory_the_range_is_that_of_the_borders() -> None:
    """Under the reading that counts the way over the territory the sentence says so, with the same numbers."""
    mild = Reading(PLAN.reading.at, interpretations=MappingProxyType({"A.III": "over_territory"}))
    view = drawn(2.0, DEU=(4.0, 44.0, 20.0, 58.0))
    finding = only(findings((A, B, C, D), "OS:VI.II.4(A)", plan=replace(PLAN, reading=mild), view=view))
    told = re.search(r"Over the territory observed ([\d.]+) to ([\d.]+) km", str(finding.why))
    assert told is not None, str(finding.why)
    assert finding.uncertainty is not None
    assert isinstance(finding.measured, float)
    assert float(told[1]) == pytest.approx(finding.measured - finding.uncertainty, abs=0.06)
    assert float(told[2]) == pytest.approx(finding.measured + finding.uncertainty, abs=0.06)
