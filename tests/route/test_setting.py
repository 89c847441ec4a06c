"""Who may be planned for over whom, from where, how far."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.reading import Reading
from skywitness.route.request import PlanRequest
from skywitness.route.setting import settle

DAY = dt.date(2019, 9, 12)


def _request(
    by: str, over: str, start: str, at: dt.date | dt.datetime = DAY, ends: tuple[str, ...] = ()
) -> PlanRequest:
    day = at.date() if isinstance(at, dt.datetime) else at
    return PlanRequest(by, over, start, at, [], Reading(day), ends)


@pytest.mark.parametrize(
    ("by", "over", "start", "at", "observing", "observed", "overflown", "limit_km"),
    [
        ("DEU", "BLR-RUS", "UUMB", DAY, "DEU", "BLR-RUS", {"BLR", "RUS"}, 5500),
        ("Germany", "RUS", "Kubinka", DAY, "DEU", "BLR-RUS", {"RUS"}, 5500),  # III.II.3(D): over one member
        ("RUS", "DEU", "ETNW", dt.date(2003, 5, 1), "BLR-RUS", "DEU", {"DEU"}, 1200),  # on behalf of the group
        ("NLD", "POL", "EPWA", DAY, "BENELUX", "POL", {"POL"}, 1400),  # XIV: one deemed Party
        ("FIN", "BEL", "EBBR", DAY, "FIN", "BENELUX", {"BEL", "LUX", "NLD"}, 945),  # XIV: and one territory
        ("ESP", "BIH", "LQSA", dt.date(2024, 5, 15), "ESP", "BIH", {"BIH"}, 750),
    ],
)
def test_a_flight_is_settled(
    by: str, over: str, start: str, at: dt.date, observing: str, observed: str, overflown: set[str], limit_km: float
) -> None:
    """Quotas are held by the group where there is one; the member named is overflown, but Benelux is one Party."""
    setting = settle(_request(by, over, start, at))
    assert (setting.observing, setting.observed, set(setting.overflown)) == (observing, observed, overflown)
    assert setting.limit_km == limit_km
    assert setting.border_km == 10.0


def test_an_unsettled_distance_is_planned_within_the_smallest() -> None:
    """Between the sightings of 5,000 and 5,500 km for Kubinka the planner keeps to 5,000 and says so."""
    setting = settle(_request("DEU", "RUS", "UUMB", dt.date(2005, 9, 12)))
    assert setting.limit_km == 5000
    assert "5000, 5500" in str(setting.warnings[0])


@pytest.mark.parametrize(
    ("by", "over", "start", "at", "kind", "words"),
    [
        ("USA", "RUS", "UUMB", dt.date(2021, 1, 12), "not_a_party", "took effect on 2020-11-22"),
        ("DEU", "RUS", "UUMB", dt.date(2021, 12, 18), "not_a_party", "took effect on 2021-12-18"),
        ("DEU", "BLR-RUS", "UUMB", dt.date(2022, 1, 12), "not_in_force", "ended on 2021-12-18"),
        ("DEU", "KGZ", "UUMB", DAY, "not_a_party", "signed but has not ratified"),
        ("DEU", "FIN", "EFHK", dt.date(2002, 6, 1), "not_a_party", "enters into force for it on 2003-02"),
        ("DEU", "CYP", "UUMB", DAY, "not_a_party", "applied"),
        ("DEU", "Atlantis", "UUMB", DAY, "unknown_party", "no State or group"),
        ("GER", "RUS", "UUMB", DAY, "unknown_party", "DEU"),
        ("BLR", "RUS", "UUMB", DAY, "same_party", "over itself"),
        ("BEL", "NLD", "EBBR", DAY, "same_party", "over itself"),
        ("DEU", "RUS", "EDDK", DAY, "foreign_airfield", "airfield of DEU"),
        ("DEU", "RUS", "XXXX", DAY, "unknown_site", "no site"),
        ("DEU", "UKR", "UKLL", DAY, "no_open_skies_airfield", "these are: UKBB"),
        ("DEU", "RUS", "UHHH", DAY, "no_flight_distance", "no maximum flight distance is known"),
    ],
)
def test_what_cannot_be_flown_is_refused(by: str, over: str, start: str, at: dt.date, kind: str, words: str) -> None:
    """One sentence says what was met and where; the kind is for scripts."""
    with pytest.raises(InputError) as caught:
        settle(_request(by, over, start, at))
    assert caught.value.kind == kind
    assert words in str(caught.value)
    assert caught.value.where.startswith("--")


def test_nothing_is_planned_before_entry_into_force() -> None:
    """On the last day of 2001 the treaty is not in force; on the next it is."""
    with pytest.raises(NotInForceError, match="entered into force on 2002-01-01"):
        settle(_request("DEU", "RUS", "UUMB", dt.date(2001, 12, 31)))
    assert settle(_request("DEU", "RUS", "UUMB", dt.date(2002, 1, 1))).limit_km == 5000
