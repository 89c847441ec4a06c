"""Rules of the Protocol on Inspection that hold several facts together: quotas, counts, times, places, units."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.told_tables import outcomes

from skywitness.cfe.inspections.check import judge
from skywitness.cfe.inspections.read import read_record
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

READING = Reading(at=dt.date(2000, 3, 1))


def t(day: int, hour: float = 0.0) -> dt.datetime:
    """Write a moment of March 2000."""
    return dt.datetime(2000, 3, day, tzinfo=dt.UTC) + dt.timedelta(hours=hour)


def stay(name: str = "s", **facts: Any) -> dict[str, Any]:
    """Tell a stay of a German team in Ukraine."""
    return {"id": name, "inspecting": "DEU", "inspected": "UKR", "arrived_utc": t(6, 8), **facts}


def one(name: str = "i", section: str = "VII", **facts: Any) -> dict[str, Any]:
    """Tell an inspection."""
    return {"id": name, "section": section, **facts}


def went(name: str = "i", section: str = "VII", done: dt.datetime | None = None, **facts: Any) -> dict[str, Any]:
    """Tell an inspection with its journey: named at 9:00, reached at 15:00, and completed when told."""
    there = (
        {"named_utc": t(6, 9), "arrived_at_site_utc": t(6, 15)} if name != "b" else {"arrived_at_site_utc": t(7, 20)}
    )
    return one(name, section, **there, completed_utc=done, **facts)


def party(**facts: Any) -> dict[str, Any]:
    """Tell what Ukraine said of its objects."""
    return {"id": "p", "state": "UKR", "day": dt.date(2000, 1, 1), "objects": 200, **facts}


def found(data: dict[str, Any], reading: Reading = READING) -> tuple[Finding, ...]:
    """Judge a file."""
    return judge(read_record(data), reading).findings


QUOTAS = [
    ("CFE:INSP.II.10(D)", "ok", {"declared_site_quota": 30}),
    ("CFE:INSP.II.10(D)", "breach", {"declared_site_quota": 29}),
    ("CFE:INSP.II.10", "ok", {"declared_site_quota": 30}),
    ("CFE:INSP.II.10", "breach", {"declared_site_quota": 31}),
    ("CFE:INSP.I.1(W)", "ok", {"declared_site_quota": 30}),
    ("CFE:INSP.I.1(W)", "breach", {"declared_site_quota": 0}),
    ("CFE:XIV.5", "ok", {"declared_site_quota": 30}),
    ("CFE:XIV.5", "breach", {"declared_site_quota": 40}),
    ("CFE:INSP.II.10(A)", "ok", {"declared_site_quota": 40, "day": dt.date(1992, 9, 1)}),
    ("CFE:INSP.II.10(A)", "breach", {"declared_site_quota": 20, "day": dt.date(1992, 9, 1)}),
    ("CFE:INSP.II.10(B)", "ok", {"declared_site_quota": 20, "day": dt.date(1994, 9, 1)}),
    ("CFE:INSP.II.10(B)", "breach", {"declared_site_quota": 40, "day": dt.date(1994, 9, 1)}),
    ("CFE:INSP.II.10(C)", "ok", {"declared_site_quota": 40, "day": dt.date(1996, 1, 1)}),
    ("CFE:INSP.II.10(C)", "breach", {"declared_site_quota": 30, "day": dt.date(1996, 1, 1)}),
    ("CFE:INSP.II.11(B)", "ok", {"challenge_quota": 6}),
    ("CFE:INSP.II.11(B)", "breach", {"challenge_quota": 7}),
    ("CFE:INSP.II.11", "ok", {"challenge_quota": 6}),
    ("CFE:INSP.II.11", "breach", {"challenge_quota": 5}),
    ("CFE:INSP.I.1(X)", "ok", {"challenge_quota": 6}),
    ("CFE:INSP.I.1(X)", "breach", {"challenge_quota": 30}),
    ("CFE:INSP.II.11(A)", "ok", {"challenge_quota": 6, "day": dt.date(1992, 9, 1)}),
    ("CFE:INSP.II.11(A)", "breach", {"challenge_quota": 9, "day": dt.date(1992, 9, 1)}),
    ("CFE:INSP.II.12", "ok", {"declared_site_quota": 1, "objects": 3}),
    ("CFE:INSP.II.12", "breach", {"declared_site_quota": 0, "objects": 3}),
    ("CFE:INSP.II.15", "ok", {"territory_quota": 36, "objects_on_territory": 240}),
    ("CFE:INSP.II.15", "breach", {"territory_quota": 30, "objects_on_territory": 240}),
    ("CFE:INSP.I.1(Y)", "ok may", {"active_quota": 9, "inspections_carried_out": 9}),
    ("CFE:INSP.I.1(Y)", "breach may", {"active_quota": 9, "inspections_carried_out": 10}),
    ("CFE:INSP.I.1(S)", "ok", {"period": "baseline", "day": dt.date(1992, 11, 13)}),
    ("CFE:INSP.I.1(S)", "breach", {"period": "baseline", "day": dt.date(1992, 11, 14)}),
    ("CFE:INSP.I.1(T)", "ok", {"period": "reduction", "day": dt.date(1995, 11, 13)}),
    ("CFE:INSP.I.1(T)", "breach", {"period": "reduction", "day": dt.date(1995, 11, 14)}),
    ("CFE:INSP.I.1(U)", "ok", {"period": "residual_validation", "day": dt.date(1996, 3, 12)}),
    ("CFE:INSP.I.1(U)", "breach", {"period": "residual_validation", "day": dt.date(1996, 3, 13)}),
    ("CFE:INSP.I.1(V)", "ok", {"period": "residual", "day": dt.date(1996, 3, 13)}),
    ("CFE:INSP.I.1(V)", "breach", {"period": "residual", "day": dt.date(1996, 3, 12)}),
]


@pytest.mark.parametrize(("provision", "outcome", "facts"), QUOTAS, ids=lambda value: str(value)[:40])
def test_quotas_told_are_those_that_follow(provision: str, outcome: str, facts: dict[str, Any]) -> None:
    """A quota told is kept where it follows from the objects, the period and its percentage, and else broken."""
    assert outcome in _loose(found({"party": [party(**facts)]}), provision, outcome)


def _loose(findings: tuple[Finding, ...], provision: str, outcome: str) -> list[str]:
    told = outcomes(findings, provision)
    return told if " " in outcome else [each.removesuffix(" may") for each in told]


STAYS: list[tuple[str, str, dict[str, Any], list[dict[str, Any]]]] = [
    # time in the country: 48 h and 36 h for each more, ten days at most
    ("CFE:INSP.II.17(A)", "ok", stay(returned_utc=t(8, 8)), [one()]),
    ("CFE:INSP.II.17(A)", "breach", stay(returned_utc=t(8, 9)), [went(done=t(8, 1))]),
    ("CFE:INSP.II.17(A)", "cannot_tell", stay(returned_utc=t(8, 9)), [one()]),
    ("CFE:INSP.II.17(A)", "ok", stay(returned_utc=t(8, 9), agreed=["INSP.II.17(A)"]), [went(done=t(8, 1))]),
    ("CFE:INSP.II.17(B)", "ok", stay(returned_utc=t(9, 20)), [one("a"), one("b")]),
    ("CFE:INSP.II.17(B)", "cannot_tell", stay(returned_utc=t(9, 21)), [one("a"), one("b")]),
    ("CFE:INSP.II.17(B)", "breach", stay(returned_utc=t(9, 21)), [went("a", done=t(7, 12)), went("b", done=t(9, 15))]),
    # an inspection of reduction made on the way brings no hours: 49 h for one of a declared site
    ("CFE:INSP.II.17(A)", "breach", stay(returned_utc=t(8, 9)), [went("a", done=t(7, 12)), went("b", "X", t(8, 1))]),
    # the way after a refused area: 20 h from one site to the next, 4 h of them the refusal, 7 h beyond the nine
    (
        "CFE:INSP.I.1(R)",
        "ok",
        stay(returned_utc=t(8, 8), in_country_hours=37),
        [
            went("a", done=t(7)),
            one("r", "VIII", challenge_refused=True, named_utc=t(7, 1), answered_utc=t(7, 5)),
            went("b", done=t(8, 2)),
        ],
    ),
    ("CFE:INSP.II.17", "ok", stay(returned_utc=t(16, 8)), [one()]),
    ("CFE:INSP.II.17", "breach", stay(returned_utc=t(16, 9)), [went(done=t(16, 2))]),
    ("CFE:INSP.II.17", "cannot_tell", stay(returned_utc=t(16, 9)), [one()]),
    ("CFE:INSP.II.17", "cannot_tell", stay(), [one()]),
    ("CFE:INSP.I.1(R)", "ok", stay(returned_utc=t(8, 8), in_country_hours=48), [went(done=t(8, 1))]),
    ("CFE:INSP.I.1(R)", "breach", stay(returned_utc=t(8, 8), in_country_hours=40), [went(done=t(8, 1))]),
    ("CFE:INSP.I.1(R)", "cannot_tell", stay(returned_utc=t(8, 8), in_country_hours=40), [one()]),
    (
        "CFE:INSP.II.19",
        "ok",
        stay(returned_utc=t(8, 8), in_country_hours=46),
        [went(done=t(7, 21))],
    ),
    (
        "CFE:INSP.II.19",
        "breach",
        stay(returned_utc=t(8, 8), in_country_hours=48),
        [went(done=t(7, 21))],
    ),
    ("CFE:INSP.II.18", "ok", stay(), [one(arrived_at_site_utc=t(6), departed_site_utc=t(8))]),
    ("CFE:INSP.II.18", "breach", stay(), [one(arrived_at_site_utc=t(6), departed_site_utc=t(8, 0.1))]),
    ("CFE:INSP.II.18", "ok", stay(), [one("i", "VIII", arrived_at_site_utc=t(6), departed_site_utc=t(7))]),
    ("CFE:INSP.II.18", "breach", stay(), [one("i", "VIII", arrived_at_site_utc=t(6), departed_site_utc=t(7, 0.1))]),
    (
        "CFE:INSP.II.18",
        "ok",
        stay(),
        [one("i", "VIII", arrived_at_site_utc=t(6), departed_site_utc=t(7, 3), delayed_hours=3)],
    ),
    # coming later than announced
    ("CFE:INSP.IV.7", "ok", stay(eta_utc=t(6, 5), new_eta_told=True), [one()]),
    ("CFE:INSP.IV.7", "breach", stay(eta_utc=t(6, 5), new_eta_told=False), [one()]),
    ("CFE:INSP.IV.7", "cannot_tell", stay(eta_utc=t(6, 5)), [one()]),
    ("CFE:INSP.IV.7(A)", "ok", stay(eta_utc=t(6, 2), new_eta_utc=t(6, 8)), [one()]),
    ("CFE:INSP.IV.7(A)", "breach", stay(eta_utc=t(6, 2), new_eta_utc=t(6, 8.1)), [one()]),
    ("CFE:INSP.IV.7(A)", "ok", stay(eta_utc=t(6), moved_eta_utc=t(6, 2), new_eta_utc=t(6, 8)), [one()]),
    ("CFE:INSP.XI.1", "ok", stay(eta_utc=t(6, 1), cancelled=True), [one()]),
    ("CFE:INSP.XI.1", "breach", stay(eta_utc=t(6, 1), cancelled=False), [one()]),
    # naming the first site, one to 16 hours after arrival at 08:00, and the way there
    ("CFE:INSP.VII.7", "ok", stay(hours_to_naming=1), [one(named_utc=t(6, 9))]),
    ("CFE:INSP.VII.7", "cannot_tell", stay(), [one(named_utc=t(6, 9))]),
    ("CFE:INSP.VII.7", "breach", stay(), [one(named_utc=t(6, 8.9))]),
    ("CFE:INSP.VII.7", "ok", stay(hours_to_naming=16), [one(named_utc=t(7))]),
    ("CFE:INSP.VII.7", "ok", stay(hours_to_naming=2, new_hours_to_naming=1), [one(named_utc=t(6, 9))]),
    ("CFE:INSP.VII.7", "cannot_tell", stay(hours_to_naming=2, new_hours_to_naming_told=True), [one(named_utc=t(6, 9))]),
    ("CFE:INSP.VII.7", "breach", stay(), [one(named_utc=t(7, 0.1))]),
    ("CFE:INSP.VII.7", "breach", stay(hours_to_naming=2), [one(named_utc=t(6, 9))]),
    ("CFE:INSP.VIII.2(B)", "ok", stay(hours_to_naming=2), [one("i", "VIII", named_utc=t(6, 10))]),
    ("CFE:INSP.VIII.2(B)", "breach", stay(), [one("i", "VIII", named_utc=t(7, 1))]),
    ("CFE:INSP.VII.8", "ok", stay(), [one(named_utc=t(6, 9), arrived_at_site_utc=t(6, 18))]),
    (
        "CFE:INSP.VII.8",
        "breach",
        stay(),
        [one(named_utc=t(6, 9), arrived_at_site_utc=t(6, 18.1), hard_country=False)],
    ),
    ("CFE:INSP.VII.8", "cannot_tell", stay(), [one(named_utc=t(6, 9), arrived_at_site_utc=t(6, 18.1))]),
    ("CFE:INSP.VII.8", "ok", stay(), [one(named_utc=t(6, 9), arrived_at_site_utc=t(7), hard_country=True)]),
    ("CFE:INSP.VII.8", "breach", stay(), [one(named_utc=t(6, 9), arrived_at_site_utc=t(7, 1))]),
    ("CFE:INSP.VIII.6(B)", "ok", stay(), [one("i", "VIII", accepted_utc=t(6, 11), arrived_at_site_utc=t(6, 20))]),
    (
        "CFE:INSP.VIII.6(B)",
        "breach",
        stay(),
        [one("i", "VIII", accepted_utc=t(6, 11), arrived_at_site_utc=t(6, 20.1), hard_country=False)],
    ),
    (
        "CFE:INSP.XI.2",
        "ok may",
        stay(),
        [
            one(
                named_utc=t(6, 9),
                arrived_at_site_utc=t(7, 9),
                cancelled_for_late_journey=True,
                beyond_their_control=True,
            )
        ],
    ),
    (
        "CFE:INSP.XI.2",
        "cannot_tell",
        stay(),
        [one(named_utc=t(6, 9), arrived_at_site_utc=t(7, 9), cancelled_for_late_journey=True)],
    ),
    (
        "CFE:INSP.XI.2",
        "breach",
        stay(),
        [one(named_utc=t(6, 9), cancelled_utc=t(7, 9), cancelled_for_late_journey=True, beyond_their_control=False)],
    ),
    (
        "CFE:INSP.XI.2",
        "cannot_tell",
        stay(),
        [one(named_utc=t(6, 9), cancelled_utc=t(6, 20), cancelled_for_late_journey=True, beyond_their_control=True)],
    ),
    (
        "CFE:INSP.XI.2",
        "breach",
        stay(),
        [one(named_utc=t(6, 9), arrived_at_site_utc=t(6, 18), cancelled_for_late_journey=True)],
    ),
    ("CFE:INSP.XI.2", "cannot_tell", stay(), [one(cancelled_for_late_journey=True)]),
    ("CFE:INSP.VIII.6(C)", "ok may", stay(), [one("i", "VIII", delayed_hours=4.1, cancelled_for_delay=True)]),
    ("CFE:INSP.VIII.6(C)", "breach", stay(), [one("i", "VIII", delayed_hours=4, cancelled_for_delay=True)]),
    # through a point of entry that is not tied to the site, the journey may take longer
    (
        "CFE:INSP.VII.8",
        "ok may",
        stay(),
        [one(named_utc=t(6, 9), arrived_at_site_utc=t(7, 9), slower_through_other_entry=True)],
    ),
    # a notice lapses after six hours: the stay went on, or whether it did is not told
    ("CFE:INSP.XI.1", "breach", stay(eta_utc=t(6, 1)), [one(arrived_at_site_utc=t(6, 20))]),
    ("CFE:INSP.XI.1", "cannot_tell", stay(eta_utc=t(6, 1)), [one()]),
    # a notice that lacks one thing of nine
    ("CFE:INSP.IV.2(I)", "breach", stay(notice=[]), [one()]),
    # refusals of a declared site
    ("CFE:INSP.VII.1", "ok", stay(), [one(declared_site_refused=False)]),
    ("CFE:INSP.VII.1", "breach", stay(), [one(declared_site_refused=True)]),
    ("CFE:INSP.VII.1", "breach", stay(), [one(refused_for="other")]),
    ("CFE:INSP.VII.1", "ok may", stay(), [one(refused_for="force_majeure")]),
    ("CFE:INSP.VII.1", "cannot_tell", stay(), [one(refused_for="quota")]),
    ("CFE:INSP.II.10", "cannot_tell", stay(), [one(refused_for="quota")]),
    ("CFE:INSP.II.22", "cannot_tell", stay(), [one(refused_for="district")]),
    # areas, helicopters, doors, containers
    ("CFE:INSP.I.1(O)", "ok", stay(), [one("i", "VIII", area_km2=65, across_km=16)]),
    ("CFE:INSP.I.1(O)", "breach", stay(), [one("i", "VIII", area_km2=65.1, across_km=16)]),
    ("CFE:INSP.I.1(O)", "breach", stay(), [one("i", "VIII", area_km2=20, across_km=16.1)]),
    ("CFE:INSP.I.1(O)", "cannot_tell", stay(), [one("i", "VIII", area_km2=20)]),
    ("CFE:INSP.I.1(O)", "ok", stay(), [one("i", "VIII", outline=[[30.0, 50.0], [30.1, 50.0], [30.1, 50.05]])]),
    ("CFE:INSP.I.1(O)", "breach", stay(), [one("i", "VIII", outline=[[30.0, 50.0], [30.3, 50.0], [30.3, 50.01]])]),
    ("CFE:INSP.VI.2", "ok", stay(), [one(sub_teams=2, beside_team_of_three=True)]),
    ("CFE:INSP.VI.2", "breach", stay(), [one(sub_teams=3, beside_team_of_three=True)]),
    ("CFE:INSP.VI.2", "ok", stay(), [one(sub_teams=3, beside_team_of_three=False)]),
    ("CFE:INSP.VI.18", "ok may", stay(), [one(site_km2=19.9, helicopter_refused=True)]),
    ("CFE:INSP.VI.18", "breach", stay(), [one(site_km2=20, helicopter_refused=True, flying_unsafe=False)]),
    ("CFE:INSP.VI.18", "ok", stay(), [one(site_km2=20, helicopter_refused=True, flying_unsafe=True)]),
    ("CFE:INSP.VI.18", "cannot_tell", stay(), [one(site_km2=20, helicopter_refused=True)]),
    ("CFE:INSP.VI.18", "cannot_tell", stay(), [one(helicopter_refused=True)]),
    ("CFE:INSP.VI.17", "ok may", stay(), [one(overflight_allowed=True)]),
    ("CFE:INSP.VI.17", "ok may", stay(), [one(overflight_allowed=False, site_km2=19)]),
    ("CFE:INSP.VI.17", "ok may", stay(), [one(overflight_allowed=False, flying_unsafe=True)]),
    ("CFE:INSP.VI.17", "cannot_tell", stay(), [one(overflight_allowed=False)]),
    ("CFE:INSP.VI.17", "breach may", stay(), [one(overflight_allowed=False, site_km2=20, flying_unsafe=False)]),
    ("CFE:INSP.VI.24", "ok", stay(), [one(entry_refused=False)]),
    ("CFE:INSP.VI.24", "ok may", stay(), [one(entry_refused=True, door_m=2)]),
    ("CFE:INSP.VI.24", "breach", stay(), [one(entry_refused=True, door_m=2.1, closed_as_sensitive=False)]),
    ("CFE:INSP.VI.24", "cannot_tell", stay(), [one(entry_refused=True, door_m=2.1)]),
    ("CFE:INSP.VI.24", "ok may", stay(), [one(entry_refused=True, door_m=4, closed_as_sensitive=True)]),
    (
        "CFE:INSP.VI.24",
        "breach",
        stay(),
        [one(entry_refused=True, door_m=2, equipment_there=True, closed_as_sensitive=False)],
    ),
    ("CFE:INSP.VI.24", "cannot_tell", stay(), [one(entry_refused=True)]),
    ("CFE:INSP.VI.28", "ok may", stay(), [one(container_refused=True, container_m=1.9, contents_declared=True)]),
    ("CFE:INSP.VI.28", "cannot_tell", stay(), [one(container_refused=True, container_m=1.9)]),
    ("CFE:INSP.VI.28", "cannot_tell", stay(), [one(container_refused=True, contents_declared=True)]),
    ("CFE:INSP.VI.28", "breach", stay(), [one(sensitive_points_named=True, contents_declared=False)]),
    ("CFE:INSP.VI.28", "breach", stay(), [one(container_refused=True, container_m=2)]),
    ("CFE:INSP.VI.28", "breach", stay(), [one(container_refused=True, container_m=1, contents_declared=False)]),
    # the next site
    (
        "CFE:INSP.VI.41(A)",
        "ok",
        stay(),
        [one("a", point_of_entry="Kyiv"), one("b", tie="entry", point_of_entry="Kyiv")],
    ),
    (
        "CFE:INSP.VI.41(A)",
        "breach",
        stay(),
        [one("a", point_of_entry="Kyiv"), one("b", tie="entry", point_of_entry="Lviv")],
    ),
    (
        "CFE:INSP.VI.41(B)",
        "ok",
        stay(),
        [one("a", point_of_entry="Kyiv"), one("b", "VIII", tie="nearest_area", point_of_entry="Kyiv")],
    ),
    (
        "CFE:INSP.VI.41(B)",
        "breach",
        stay(),
        [one("a", point_of_entry="Kyiv"), one("b", "VIII", tie="nearest_area", point_of_entry="Lviv")],
    ),
    (
        "CFE:INSP.VI.41(C)",
        "ok",
        stay(),
        [one("a", district="Odessa"), one("b", tie="district", district="Odessa", distance_km=200)],
    ),
    (
        "CFE:INSP.VI.41(C)",
        "breach",
        stay(),
        [one("a", district="Odessa"), one("b", tie="district", district="Odessa", distance_km=201)],
    ),
    ("CFE:INSP.VI.41(D)", "ok", stay(), [one("a", declared=100, present=84), one("b", tie="temporary_place")]),
    ("CFE:INSP.VI.41(D)", "breach", stay(), [one("a", declared=100, present=85), one("b", tie="temporary_place")]),
    ("CFE:INSP.VI.41(E)", "ok", stay(), [one("a", declared=100, present=115), one("b", tie="origin")]),
    ("CFE:INSP.VI.41(E)", "breach", stay(), [one("a", declared=100, present=114), one("b", tie="origin")]),
    ("CFE:INSP.VI.41(E)", "breach", stay(), [one("a", declared=100, present=130), one("b", "VIII", tie="origin")]),
    ("CFE:INSP.VI.41", "ok", stay(), [one("a", declared=100, present=116), one("b", tie="origin")]),
    ("CFE:INSP.VI.41", "breach", stay(), [one("a", declared=100, present=100), one("b", tie="origin")]),
    ("CFE:INSP.VI.41(E)", "cannot_tell", stay(), [one("a"), one("b", tie="origin")]),
    # which quotas an inspection uses
    ("CFE:INSP.II.13", "ok", stay(), [one(uses=["declared_site"], counted_against="UKR")]),
    ("CFE:INSP.II.13", "breach", stay(), [one(uses=["declared_site"], counted_against="RUS")]),
    ("CFE:INSP.II.13", "breach", stay(), [one(declared_site_refused=True, uses=["declared_site"])]),
    ("CFE:INSP.IX.1", "ok", stay(), [one("i", "IX", uses=[])]),
    ("CFE:INSP.IX.1", "breach", stay(), [one("i", "IX", uses=["declared_site"])]),
    ("CFE:INSP.X.1", "breach", stay(), [one("i", "X", uses=["declared_site"])]),
    ("CFE:INSP.II.16", "ok", stay(), [one("i", "VIII", uses=["declared_site", "challenge"])]),
    ("CFE:INSP.II.16", "breach", stay(), [one("i", "VIII", uses=["challenge"])]),
    ("CFE:INSP.VIII.9(B)", "ok may", stay(), [one("i", "VIII", challenge_refused=True, uses=[])]),
    ("CFE:INSP.VIII.9(B)", "breach may", stay(), [one("i", "VIII", challenge_refused=True, uses=["challenge"])]),
]


@pytest.mark.parametrize(("provision", "outcome", "told", "inspections"), STAYS)
def test_a_stay_is_judged(
    provision: str, outcome: str, told: dict[str, Any], inspections: list[dict[str, Any]]
) -> None:
    """Each stay comes out as the table says; ``may``: somebody has a right by it."""
    findings = found({"stay": [{**told, "inspection": inspections}]})
    loose = _loose(findings, provision, outcome)
    assert outcome in loose
    assert outcome.startswith("breach") or not any(each.startswith("breach") for each in loose)


UNITS = [
    ("CFE:INSP.I.1(J)(1)", {"kind": "formation", "limited_items": 1}, True),
    ("CFE:INSP.I.1(J)", {"kind": "formation", "limited_items": 0}, False),
    ("CFE:INSP.I.1(J)(2)", {"kind": "permanent_storage", "limited_items": 40}, True),
    ("CFE:INSP.I.1(J)(3)", {"kind": "reduction_site"}, True),
    (
        "CFE:INSP.I.1(J)(4)",
        {"kind": "parent_of_small_units", "limited_items": 9, "has_brigade_below": False},
        True,
    ),
    (
        "CFE:INSP.I.1(J)(4)",
        {"kind": "parent_of_small_units", "limited_items": 9, "has_brigade_below": True},
        False,
    ),
    ("CFE:INSP.I.1(J)(5)", {"kind": "outside_forces", "limited_items": 90}, False),
    ("CFE:INSP.I.1(K)", {"kind": "airfield", "operating_aircraft": 6, "limited_items": 6}, True),
    ("CFE:INSP.I.1(K)", {"kind": "airfield", "operating_aircraft": 6, "limited_items": 0}, False),
    (
        "CFE:INSP.I.1(K)",
        {"kind": "airfield", "operating_aircraft": 9, "limited_items": 9, "other_object_there": True},
        False,
    ),
    ("CFE:INSP.I.1(K)", {"kind": "airfield", "operating_aircraft": 5}, False),
    ("CFE:INSP.I.1(L)", {"kind": "training_establishment", "limited_items": 30}, True),
    ("CFE:INSP.I.1(L)", {"kind": "training_establishment", "limited_items": 29, "most_of_one_category": 12}, False),
    ("CFE:INSP.I.1(L)", {"kind": "training_establishment", "limited_items": 13, "most_of_one_category": 13}, True),
    ("CFE:INSP.I.1(M)", {"kind": "storage", "limited_items": 3}, True),
    ("CFE:INSP.I.1(M)", {"kind": "storage", "limited_items": 3, "of_internal_security": True}, False),
]


@pytest.mark.parametrize(("provision", "facts", "is_object"), UNITS)
@pytest.mark.parametrize("counted", [True, False])
def test_objects_of_verification(provision: str, facts: dict[str, Any], is_object: bool, counted: bool) -> None:
    """A State was right to count what is an object of verification, and not to count what is none."""
    findings = found({"unit": [{"id": "u", "counted": counted, **facts}]})
    wanted = "ok" if counted is is_object else "breach"
    assert outcomes(findings, provision) == [wanted]


def test_a_unit_of_which_nothing_is_told_cannot_be_told() -> None:
    """Without numbers an airfield is neither an object nor none."""
    findings = found({"unit": [{"id": "u", "kind": "airfield", "counted": True}]})
    assert outcomes(findings, "CFE:INSP.I.1(K)") == ["cannot_tell"]


def test_what_was_told_as_not_quite_an_airfield_cannot_be_told() -> None:
    """Six aircraft make an airfield; whether limited ones stand there makes it an object, and that is not told."""
    findings = found({"unit": [{"id": "u", "kind": "airfield", "counted": True, "operating_aircraft": 6}]})
    assert outcomes(findings, "CFE:INSP.I.1(K)") == ["cannot_tell"]


BEARERS: list[tuple[str, str | None, dict[str, Any], dict[str, Any]]] = [
    (
        "CFE:INSP.X.7",
        "UKR",
        {},
        one("i", "X", reduction_ends_utc=t(6), parts_cleared_utc=t(7), parts_inspected_earlier=False),
    ),
    ("CFE:INSP.VII.17", "UKR", {}, one(object_named_utc=t(7), begun_utc=t(7, 4))),
    ("CFE:INSP.VII.10", "UKR", {}, one(briefing_minutes=90)),
    ("CFE:INSP.VII.3", "UKR", {}, one(other_entry_answered=False)),
    ("CFE:INSP.V.6", "DEU", {"impounded_taken_home": False}, one()),
    ("CFE:INSP.V.7", "DEU", {}, one(absent_party_examined_later=False)),
    ("CFE:INSP.II.4", None, {}, one(user_of_premises_acted=False)),
    ("CFE:INSP.II.4", "POL", {}, one(user_of_premises_acted=False, premises_user="POL")),
    ("CFE:INSP.V.2", "POL", {"liaison_officer_named": False, "premises_user": "POL"}, one()),
    ("CFE:INSP.VI.10", None, {"published_without_consent": True}, one()),
    ("CFE:INSP.VI.10", "DEU", {"published_without_consent": True, "published_by": "DEU"}, one()),
    # at a place of stationed forces their owner has the part of the inspected State; the journey there is the host's
    ("CFE:INSP.VI.23", "RUS", {}, one(owner="RUS", access_unobstructed=False)),
    ("CFE:INSP.VI.23", "UKR", {}, one(access_unobstructed=False)),
    (
        "CFE:INSP.VII.8",
        "UKR",
        {},
        one(owner="RUS", named_utc=t(6, 9), arrived_at_site_utc=t(7, 9), hard_country=False),
    ),
]


@pytest.mark.parametrize(("provision", "bearer", "facts", "inspection"), BEARERS)
def test_the_one_who_broke_it_is_named(
    provision: str, bearer: str | None, facts: dict[str, Any], inspection: dict[str, Any]
) -> None:
    """A breach is laid at the door of who owed it, and of nobody where that is not told."""
    findings = found({"stay": [stay(**facts, inspection=[inspection])]})
    breaches = [each for each in findings if each.provision == provision and each.verdict.value == "breach"]
    assert [each.bearer for each in breaches] == [bearer]


def test_a_tie_that_does_not_hold_gives_no_right() -> None:
    """Where the tie of the next site does not hold, nobody is told that the team may inspect it."""
    inspections = [one("a", declared=100, present=100), one("b", tie="origin")]
    findings = found({"stay": [stay(inspection=inspections)]})
    assert [each.effect for each in findings if each.provision == "CFE:INSP.VI.41"] == [None]


def test_what_no_rule_could_judge_is_listed_as_not_told() -> None:
    """Quotas, hours and journeys of which nothing is told stand among what is not told, as single facts do."""
    told = judge(read_record({"stay": [stay(inspection=[one("a"), one("b", "VIII")])]}), READING).untold
    assert {"CFE:INSP.VII.7", "CFE:INSP.VII.8", "CFE:INSP.II.13", "CFE:INSP.II.10"} <= set(told["a"])
    assert {"CFE:INSP.VI.41", "CFE:INSP.I.1(O)", "CFE:INSP.II.16"} <= set(told["b"])
    assert "CFE:INSP.I.1(R)" in told["s"]


def test_a_wrong_count_is_told_with_the_right_one() -> None:
    """Who counts an inspection against the wrong State reads whose quota it uses."""
    findings = found({"stay": [stay(inspection=[one(owner="RUS", uses=["declared_site"], counted_against="UKR")])]})
    assert ["of RUS" in str(each.why) for each in findings if each.provision == "CFE:INSP.II.13"] == [True]
