"""Aircraft and sensor of a planned flight: what the law of the day allows them."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.errors import InputError
from skywitness.route.equipment import equip
from skywitness.route.facts import Facts, SensorFacts

DAY = dt.date(2019, 9, 12)


def facts(category: str, half_swath_km: float) -> Facts:
    """Facts of one sensor."""
    return Facts(sensors=(SensorFacts("cam", category=category, half_swath_km=half_swath_km),))


@pytest.mark.parametrize(
    ("category", "half_swath_km", "refused"),
    [
        ("optical_panoramic", 50.0, False),
        ("optical_panoramic", 50.1, True),
        ("optical", 51.0, True),
        ("video", 51.0, False),
        ("sar", 120.0, False),
    ],
)
def test_only_cameras_may_see_no_farther_than_the_law_has_it(
    category: str, half_swath_km: float, refused: bool
) -> None:
    """IV.2(A) limits what cameras cover to either side to 50 km, and speaks of no other sensor."""
    if not refused:
        assert equip(None, facts(category, half_swath_km), DAY, frozenset()).half_swath_km == half_swath_km
        return
    with pytest.raises(InputError, match="at most 50 km") as caught:
        equip(None, facts(category, half_swath_km), DAY, frozenset())
    assert (caught.value.kind, caught.value.where) == ("bad_swath", "facts")
