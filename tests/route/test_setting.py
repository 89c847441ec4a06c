"""Who may be planned for over whom, from where, how far."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.reading import Reading
from skywitness.route.facts import AirfieldFacts, Facts
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
    assert caught.value.where in {field.name for field in fields(PlanRequest)}


def test_nothing_is_planned_before_entry_into_force() -> None:
    """On the last day of 2001 the treaty is not in force; on the next it is."""
    with pytest.raises(NotInForceError, match="entered into force on 2002-01-01"):
        settle(_request("DEU", "RUS", "UUMB", dt.date(2001, 12, 31)))
    assert settle(_request("DEU", "RUS", "UUMB", dt.date(2002, 1, 1))).limit_km == 5000


def _told(ident: str, **more: Any) -> Facts:
    return Facts(airfields=(AirfieldFacts(ident, "decision 7/18", **more),))


TBILISI: dict[str, Any] = {
    "party": "GEO",
    "roles": ("open_skies_airfield",),
    "lon": 44.9547,
    "lat": 41.6692,
    "maximum_flight_distance_km": 900.0,
}


@pytest.mark.parametrize(
    ("over", "start", "facts", "limit_km", "words"),
    [
        ("GEO", "UGTB", _told("UGTB", **TBILISI), 900.0, ["UGTB is an Open Skies airfield", "900 km, is a claim"]),
        ("RUS", "UHHH", _told("UHHH", maximum_flight_distance_km=6500.0), 6500.0, ["6500 km, is a claim"]),
        ("RUS", "UUMB", _told("UUMB", maximum_flight_distance_km=6000.0), 6000.0, ["6000 km, is a claim"]),
        ("RUS", "Kubinka", _told("UUMB", maximum_flight_distance_km=6000.0, end=DAY), 5500.0, []),
        (
            "UKR",
            "UKLL",
            _told("UKLL", roles=("open_skies_airfield",), maximum_flight_distance_km=2100.0),
            2100.0,
            ["UKLL is an Open Skies airfield", "2100 km, is a claim"],
        ),
    ],
)
def test_the_facts_may_know_an_airfield(over: str, start: str, facts: Facts, limit_km: float, words: list[str]) -> None:
    """What only the facts say of an airfield is planned with, and said to be their claim with its source."""
    setting = settle(replace(_request("DEU", over, start), facts=facts))
    assert setting.limit_km == limit_km
    warnings = [str(warning) for warning in setting.warnings]
    assert len(warnings) == len(words)
    for warning, said in zip(warnings, words, strict=True):
        assert said in warning
        assert "decision 7/18" in warning


def test_a_landing_of_the_facts_is_one() -> None:
    """A refuelling airfield that only the facts know is among the places to land at."""
    told = _told("UUBW", party="RUS", roles=("refuelling_airfield",), lon=38.15, lat=55.55)
    with_it = settle(replace(_request("DEU", "RUS", "UUMB"), facts=told))
    without = settle(_request("DEU", "RUS", "UUMB"))
    assert {place.ident for place in with_it.landings} - {place.ident for place in without.landings} == {"UUBW"}


@pytest.mark.parametrize(
    ("over", "start", "facts", "kind"),
    [
        ("GEO", "UGTB", _told("UGTB", party="GEO", roles=("open_skies_airfield",)), "no_position"),
        ("GEO", "UGTB", _told("UGTB", **{**TBILISI, "roles": ()}), "no_open_skies_airfield"),
        ("GEO", "UGTB", _told("UGTB", **{**TBILISI, "maximum_flight_distance_km": None}), "no_flight_distance"),
        ("GEO", "UGTB", _told("UGTB", **{**TBILISI, "start": dt.date(2019, 9, 13)}), "unknown_site"),
        ("RUS", "UGTB", _told("UGTB", **TBILISI), "foreign_airfield"),
    ],
)
def test_facts_that_do_not_suffice(over: str, start: str, facts: Facts, kind: str) -> None:
    """A place without a position, role, distance, day or owner that fits is refused as any other."""
    with pytest.raises(InputError) as caught:
        settle(replace(_request("DEU", over, start), facts=facts))
    assert caught.value.kind == kind


def test_a_closed_airfield_is_told() -> None:
    """Vaerloese, the only airfield of Denmark proper that is listed, has had no runway since 2004."""
    assert any("since 2004" in str(warning) for warning in settle(_request("DEU", "DNK", "EKVL")).warnings)
    before = settle(_request("DEU", "DNK", "EKVL", dt.date(2003, 9, 1))).warnings
    assert not any("runway" in str(warning) for warning in before)
