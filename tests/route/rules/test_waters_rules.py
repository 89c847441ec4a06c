"""The ten kilometres at sea, where the border of a State is the limit of its territorial waters."""

from __future__ import annotations

import pytest
from tests.route.rules.plans import along_border, drawn, make, only

from skywitness.route.rules.borders import away_from_non_parties


@pytest.mark.parametrize(
    ("coast_km", "verdict"),
    [(9.0, "breach"), (12.0, "cannot_tell"), (32.0, "cannot_tell"), (32.5, "ok")],
)
def test_territory_reaches_out_to_sea(coast_km: float, verdict: str) -> None:
    """VI.II.2 and II.8: at sea the border of a non-Party lies up to 12 nautical miles before its coast."""
    view = drawn(0.0, DEU=(5.0, 45.0, 11.2, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    assert only(away_from_non_parties(make(along_border(coast_km), view=view))).verdict == verdict


def test_the_median_line_keeps_a_coastal_flight_away() -> None:
    """VI.II.2: near the own coast the waters of the State opposite end at the median line."""
    view = drawn(0.0, DEU=(5.0, 45.0, 11.6, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    for coast_km, verdict in ((27.0, "ok"), (20.0, "cannot_tell")):
        assert only(away_from_non_parties(make(along_border(coast_km), view=view))).verdict == verdict
