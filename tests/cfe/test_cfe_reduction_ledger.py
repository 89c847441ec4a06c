"""Liabilities, phases, what counts as reduced, sites, notices, conversions (Article VIII and its protocols)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cfe.ledgers import AT, SITE, found, item, ledger, liability, verdicts

from skywitness.cfe.reduction.check import Account, accounts, by_reading, judge
from skywitness.cfe.reduction.read import read_ledger
from skywitness.core import kept_toml
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

D = dt.date
TANK, ACV = "battle_tank", "armoured_combat_vehicle"
START, MONTH_16, MONTH_40, MONTH_64 = D(1992, 7, 17), D(1993, 11, 17), D(1995, 11, 17), D(1997, 11, 17)
DAY = dt.timedelta(days=1)


def account(at: dt.date = AT, ways: dict[str, str] | None = None, **tables: Any) -> Account:
    """Return the only account of a ledger."""
    (one,) = accounts(ledger(at, **tables), Reading(at=at, interpretations=ways or {}))
    return one


OTHER = {"CFE:VIII.4": "from_entry_into_force"}
ENDS = [
    # reading, last day of each phase
    ({}, [D(1993, 11, 17), D(1994, 11, 17), D(1995, 11, 17)]),
    (OTHER, [D(1994, 3, 9), D(1995, 3, 9), D(1996, 3, 9)]),
]


@pytest.mark.parametrize(("ways", "ends"), ENDS)
def test_the_days_of_the_phases(ways: dict[str, str], ends: list[dt.date]) -> None:
    """Months 16, 28 and 40 after 17 July 1992, or after 9 November 1992."""
    one = account(ways=ways, liability=liability(liability=1_000))
    assert [end for end, _, _ in one.phases.values()] == ends
    assert [least for _, least, _ in one.phases.values()] == [250, 600, 1_000]


PHASES = [
    # on, reduced by then, provision, verdict
    (D(1993, 11, 17), 250, "VIII.4(A)", ["ok"]),
    (D(1993, 11, 17), 249, "VIII.4(A)", ["breach must"]),
    (D(1993, 11, 16), 0, "VIII.4(A)", []),
    (D(1994, 11, 17), 600, "VIII.4(B)", ["ok"]),
    (D(1994, 11, 17), 599, "VIII.4(B)", ["breach must"]),
    (D(1995, 11, 17), 1_000, "VIII.4(C)", ["ok"]),
    (D(1995, 11, 17), 999, "VIII.4(C)", ["breach must"]),
    (D(1995, 11, 17), 1_000, "VIII.4", ["ok"]),
    (D(1995, 11, 17), 999, "VIII.4", ["breach"]),
    (D(1995, 11, 16), 0, "VIII.4", ["not_applicable must"]),
]


@pytest.mark.parametrize(("at", "count", "provision", "wanted"), PHASES)
def test_phases(at: dt.date, count: int, provision: str, wanted: list[str]) -> None:
    """A quarter, sixty per cent, all; on the last day, not before it."""
    rows = [item(count=count)] if count else []
    assert verdicts(found(at, liability=liability(liability=1_000), reduced=rows), provision) == wanted


def test_every_category_has_its_own_phase() -> None:
    """Too many tanks make good no missing vehicle: the State as a whole is not done."""
    told: dict[str, Any] = {
        "liability": [liability(liability=10), liability(ACV, liability=10)],
        "reduced": [item(count=20), item(category=ACV, id="less", count=9)],
    }
    assert verdicts(found(**told), "VIII.4(C)") == ["ok", "breach must"]
    assert verdicts(found(**told), "VIII.4") == ["breach"]


LIABILITIES = [
    ({"at_signature": 7_000, "at_entry_into_force": 7_170, "liability": 3_004}, "ok"),
    ({"at_signature": 7_170, "at_entry_into_force": 7_000, "liability": 3_004}, "ok"),
    ({"at_signature": 7_000, "at_entry_into_force": 7_170, "liability": 3_003}, "breach"),
    ({"at_signature": 4_000, "at_entry_into_force": 4_100, "liability": 0}, "ok"),
    ({"at_entry_into_force": 7_170, "liability": 3_003}, "breach"),
    ({"at_entry_into_force": 7_170, "liability": 3_004}, "cannot_tell"),
    ({"liability": 3_004}, "cannot_tell"),
]


@pytest.mark.parametrize(("fields", "verdict"), LIABILITIES)
def test_the_liability(fields: dict[str, Any], verdict: str) -> None:
    """The larger of two holdings less the level of 4,166, never below nothing (VIII.7)."""
    assert verdicts(found(liability=liability(**fields)), "VIII.7") == [verdict]


@pytest.mark.parametrize(
    ("day", "ways", "verdict"),
    [
        (START + 30 * DAY, {}, "ok"),
        (START + 31 * DAY, {}, "breach"),
        (START + 31 * DAY, OTHER, "ok"),
        (None, {}, "cannot_tell"),
    ],
)
def test_the_notice_of_a_liability(day: dt.date | None, ways: dict[str, str], verdict: str) -> None:
    """Thirty days after the day from which months are counted (VIII.6)."""
    row = liability(liability=1) if day is None else liability(liability=1, notified=day)
    assert verdicts(found(ways=ways, liability=row), "VIII.6") == [verdict]


PARTS = [
    # what eight successors take as declared at signature, of 13,150
    ({"RUS": 7_150, "UKR": 6_000}, "ok"),  # the rest is nothing, whoever has it
    ({"RUS": 7_150, "UKR": 6_000, **dict.fromkeys(("ARM", "AZE", "BLR", "GEO", "KAZ", "MDA"), 0)}, "ok"),
    ({"RUS": 7_149, "UKR": 6_000, **dict.fromkeys(("ARM", "AZE", "BLR", "GEO", "KAZ", "MDA"), 0)}, "cannot_tell"),
    ({"RUS": 7_151, "UKR": 6_000}, "cannot_tell"),
    ({"RUS": 7_150}, "cannot_tell"),
]


@pytest.mark.parametrize(("parts", "verdict"), PARTS)
def test_successors_divide_what_was_declared(parts: dict[str, int], verdict: str) -> None:
    """What no successor takes, or two take, cannot be told away (VIII.7)."""
    rows = [{"state": state, "category": TANK, "at_signature": count, "level": 1} for state, count in parts.items()]
    findings = found(liability=rows, predecessor={"state": "SUN", "category": TANK, "at_signature": 13_150})
    assert verdicts(findings, "VIII.7") == [verdict]


LESS = {"id": "less", "state": "DEU", "category": TANK, "by": -100, "notified": D(1993, 5, 1)}
CHANGES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("larger", [{**LESS, "by": 100}], "ok"),
    ("nobody", [LESS], "breach"),
    ("a partner's liability", [LESS, {"state": "GBR", "by": 100}], "ok"),
    ("too little", [LESS, {"state": "GBR", "by": 99}], "breach"),
    ("two partners", [LESS, {"state": "GBR", "by": 60}, {"state": "FRA", "by": 40}], "ok"),
    ("too late", [LESS, {"state": "GBR", "by": 100, "notified": D(1993, 5, 2)}], "breach"),
    ("the other group", [LESS, {"state": "RUS", "by": 100}], "breach"),
    ("another category", [LESS, {"state": "GBR", "category": ACV, "by": 100}], "breach"),
    ("itself", [LESS, {"state": "DEU", "by": 100}], "breach"),
    ("holdings within the level", [LESS, {"state": "GBR", "of": "holdings", "over_level": False, "by": 100}], "ok"),
    ("holdings above the level", [LESS, {"state": "GBR", "of": "holdings", "over_level": True, "by": 100}], "breach"),
    ("holdings", [LESS, {"state": "GBR", "of": "holdings", "by": 100}], "cannot_tell"),
]


@pytest.mark.parametrize(("rows", "verdict"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_smaller_liability_is_made_good_by_partners(rows: list[dict[str, Any]], verdict: str) -> None:
    """In the same group and category, by another State, no later, and within its level (VIII.8)."""
    filled = [
        {"id": f"{number}", "category": TANK, "notified": LESS["notified"], "instead_of": "less", **row}
        if row.get("id") != "less"
        else row
        for number, row in enumerate(rows)
    ]
    assert verdicts(found(change=filled), "VIII.8") == [verdict]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"liability_adjusted": D(1994, 2, 1)}, "ok"),
        ({"liability_not_adjusted": True}, "breach must"),
        ({}, "cannot_tell"),
    ],
)
def test_a_revision_is_reflected(fields: dict[str, Any], wanted: str) -> None:
    """New holdings or levels change the liability by a notice (VIII.8)."""
    row = {"state": "DEU", "category": TANK, "notified": D(1994, 1, 1), **fields}
    assert verdicts(found(revision=row), "VIII.8") == [wanted]


def test_a_changed_liability_is_the_one_of_the_phase() -> None:
    """A hundred fewer from May 1993 on: a quarter of 900 by month 16."""
    told: dict[str, Any] = {"liability": liability(liability=1_000), "change": LESS}
    assert account(MONTH_16, **told).phases["first"][1] == 225
    assert account(MONTH_16, **{**told, "change": {**LESS, "notified": MONTH_16 + DAY}}).phases["first"][1] == 250


REDUCED = [
    # fields of an entry of ten, day judged, reading, reduced from … to …
    ({}, AT, {}, (10, 10)),
    ({"notified": None}, AT, {}, (0, 10)),
    ({"date": AT, "notified": AT + 6 * DAY}, AT, {}, (0, 0)),
    ({"date": AT, "notified": AT + 6 * DAY}, AT, {"CFE:VIII.3": "on_execution"}, (10, 10)),
    ({"date": AT + DAY}, AT, {}, (0, 0)),
    ({"date": D(1992, 8, 1)}, AT, {}, (10, 10)),
    ({"date": D(1992, 8, 1)}, AT, OTHER, (0, 10)),
    ({"way": "other"}, AT, {}, (0, 0)),
    ({"way": "other", "decided": D(1993, 1, 1)}, AT, {}, (10, 10)),
    ({"way": "instruction"}, AT, {}, (0, 0)),
    ({"way": "accident"}, AT, {}, (10, 10)),
    ({"way": "accident", "notified": D(1993, 6, 8)}, AT, {}, (10, 10)),
    ({"way": "accident", "notified": D(1993, 6, 9)}, AT, {}, (0, 0)),
    ({"way": "accident", "doubtful": True}, AT, {}, (0, 10)),
    ({"way": "accident", "count": 100}, AT, {}, (62, 62)),
    ({"way": "static_display", "count": 50}, AT, {}, (41, 50)),
]


@pytest.mark.parametrize(("fields", "at", "ways", "span"), REDUCED)
def test_how_many_are_reduced(fields: dict[str, Any], at: dt.date, ways: dict[str, str], span: tuple[int, int]) -> None:
    """For sure, and at most: what is doubtful counts in the higher number alone."""
    one = account(at, ways, liability=liability(liability=1_000), reduced=item(**fields))
    assert (one.reduced.low, one.reduced.high) == span
    assert (one.left.low, one.left.high) == (1_000 - span[1], 1_000 - span[0])


def test_what_inspectors_saw_not_done_is_doubtful() -> None:
    """Three of ten were not destroyed by what was seen: seven are sure, and the phase cannot be told."""
    seen = {"state": "DEU", "by": "RUS", "item": "entry", "procedure": "tank_smashing", "count": 3, "hull_cracks": 2}
    told: dict[str, Any] = {"liability": liability(liability=10), "reduced": item(), "seen": seen}
    assert (account(**told).reduced.low, account(**told).reduced.high) == (7, 10)
    assert verdicts(found(**told), "VIII.4(C)") == ["cannot_tell"]
    assert verdicts(found(**told), "VIII.4") == ["cannot_tell"]


ENTRIES = [
    # provision, verdict, fields
    ("VIII.1", "ok", {}),
    ("VIII.1", "breach must", {"way": "other"}),
    ("VIII.2", "ok", {"type": "T-72"}),
    ("VIII.2", "breach", {"type": "BTR-60"}),
    ("VIII.2", "cannot_tell", {"type": "Karl-Gerät"}),
    ("VIII.3", "ok may", {}),
    ("VIII.3", "cannot_tell", {"notified": None}),
    ("VIII.3", "not_applicable must", {"date": AT, "notified": AT + DAY}),
    ("VIII.3", "not_applicable must", {"way": "instruction"}),
    ("VIII.3", "not_applicable must", {"way": "accident", "notified": D(1993, 7, 1)}),
    ("VIII.5", "ok", {"declared_at_signature": True}),
    ("VIII.5", "breach", {"declared_at_signature": False}),
    ("VIII.12", "ok", {}),
    ("VIII.12", "breach", {"site": "abroad"}),
    ("VIII.12", "cannot_tell", {"site": ""}),
    ("REDUCTION.I.5", "ok", {"way": "other", "decided": D(1993, 6, 1)}),
    ("REDUCTION.I.5", "breach", {"way": "other", "decided": D(1993, 6, 2)}),
    ("REDUCTION.IX.2", "ok", {"way": "accident", "notified": D(1993, 6, 8)}),
    ("REDUCTION.IX.2", "breach must", {"way": "accident", "notified": D(1993, 6, 9)}),
    ("REDUCTION.IX.2", "cannot_tell", {"way": "accident", "notified": None}),
    ("REDUCTION.IX.3", "ok", {"way": "accident", "evidence": D(1993, 6, 6) + 90 * DAY}),
    ("REDUCTION.IX.3", "breach", {"way": "accident", "evidence": D(1993, 6, 6) + 91 * DAY}),
    ("REDUCTION.IX.3", "cannot_tell", {"way": "accident"}),
    ("REDUCTION.IX.3", "not_applicable must", {"way": "accident", "evidence": D(1993, 7, 1), "doubtful": True}),
    ("REDUCTION.VIII.1", "ok", {"way": "conversion", "in_service": False}),
    ("REDUCTION.VIII.1", "breach", {"way": "conversion", "in_service": True}),
    ("REDUCTION.VIII.7", "ok may", {"way": "conversion"}),
    ("REDUCTION.VIII.7", "cannot_tell", {"way": "conversion", "notified": None}),
    ("REDUCTION.VIII.8", "ok", {"way": "conversion", "still_reported": True}),
    ("REDUCTION.VIII.8", "breach", {"way": "conversion", "still_reported": False}),
    ("REDUCTION.VIII.10", "ok", {"way": "conversion", "given_up": True, "destroyed": MONTH_40}),
    ("REDUCTION.VIII.10", "breach", {"way": "conversion", "given_up": True, "destroyed": MONTH_40 + DAY}),
    ("VIII.4(C)", "ok", {"way": "conversion", "finished": MONTH_40}),
    ("VIII.4(C)", "breach", {"way": "conversion", "finished": MONTH_40 + DAY}),
    ("VIII.4(C)", "not_applicable must", {"way": "conversion"}),
    ("VIII.4(D)", "ok", {"way": "conversion", "category": ACV, "finished": MONTH_64}),
    ("VIII.4(D)", "ok", {"way": "conversion", "category": ACV, "destroyed": MONTH_64}),
    ("VIII.4(D)", "breach", {"way": "conversion", "category": ACV, "finished": MONTH_64 + DAY}),
    ("VIII.4(D)", "not_applicable must", {"way": "conversion", "category": ACV}),
]


@pytest.mark.parametrize(
    ("provision", "verdict", "fields"), ENTRIES, ids=[f"{r[0]} {n}" for n, r in enumerate(ENTRIES)]
)
def test_what_an_entry_needs(provision: str, verdict: str, fields: dict[str, Any]) -> None:
    """Each line: what is told of ten items, and what follows."""
    sites = [SITE, {**SITE, "id": "abroad", "in_area": False}]
    findings = verdicts(found(reduced=item(**fields), site=sites), provision)
    assert [one for one in findings if provision != "REDUCTION.VIII.1" or one != "ok may"] == [verdict]


def test_a_drone_needs_evidence() -> None:
    """Ninety days after the notice, as for accidents (VI.4(D)); no site is asked for."""
    for day, verdict in ((90, "ok"), (91, "breach")):
        row = item(category="combat_aircraft", drone=True, site="", evidence=D(1993, 6, 6) + day * DAY)
        findings = found(reduced=row)
        assert verdicts(findings, "REDUCTION.VI.4(D)") == [verdict]
        assert not verdicts(findings, "VIII.12")


def test_a_vehicle_left_unfinished_after_month_64() -> None:
    """The day after month 64 what is neither converted nor destroyed is a breach, and remains to be done."""
    row = item("conversion", category=ACV)
    assert verdicts(found(MONTH_64, reduced=row), "VIII.4(D)") == ["not_applicable must"]
    assert verdicts(found(MONTH_64 + DAY, reduced=row), "VIII.4(D)") == ["breach must"]


SITES = [
    # provision, verdict, fields of a site at work from 1 June 1993
    ("VIII.9", "ok", {"notified": START}),
    ("VIII.9", "breach", {"notified": D(1993, 6, 2)}),
    ("VIII.9", "cannot_tell", {"notified": None}),
    ("VIII.10", "ok may", {"notified": D(1993, 6, 1)}),
    ("VIII.10", "ok", {"shared_with": ["GBR"], "agreed": True}),
    ("VIII.10", "breach", {"shared_with": ["GBR"], "agreed": False}),
]


@pytest.mark.parametrize(("provision", "verdict", "fields"), SITES)
def test_reduction_sites(provision: str, verdict: str, fields: dict[str, Any]) -> None:
    """Told at the beginning, or as a revision before work begins; shared by agreement."""
    site = {name: value for name, value in {**SITE, **fields}.items() if value is not None}
    period = {"state": "DEU", "site": "yard", "begins": D(1993, 6, 1), "ends": D(1993, 7, 30)}
    findings = verdicts(found(site=site, period=period), provision)
    assert (findings[:1] if provision == "VIII.10" else findings) == [verdict]


def working(count: int, begins: dt.date, days: int = 40) -> dict[str, Any]:
    """Make so many sites at work from a day on."""
    sites = [{**SITE, "id": f"yard {number}"} for number in range(count)]
    periods = [{"state": "DEU", "site": site["id"], "begins": begins, "ends": begins + days * DAY} for site in sites]
    return {"site": sites, "period": periods}


AT_ONCE = [
    (20, D(1993, 6, 1), {}, "VIII.10", ["ok"]),
    (21, D(1993, 6, 1), {}, "VIII.10", ["breach"]),
    (2, D(1992, 11, 14), {}, "VIII.11", ["ok"]),
    (3, D(1992, 11, 14), {}, "VIII.11", ["breach"]),
    (3, D(1992, 11, 15), {}, "VIII.11", []),
    (3, D(1992, 11, 15), OTHER, "VIII.11", ["breach"]),
    (3, D(1993, 3, 10), OTHER, "VIII.11", []),
]


@pytest.mark.parametrize(("count", "begins", "ways", "provision", "wanted"), AT_ONCE)
def test_sites_at_work_at_once(
    count: int, begins: dt.date, ways: dict[str, str], provision: str, wanted: list[str]
) -> None:
    """Twenty, and two until day 120, which is 14 November 1992 or 9 March 1993."""
    assert verdicts(found(ways=ways, **working(count, begins)), provision) == wanted


def test_sites_one_after_the_other_are_not_at_once() -> None:
    """Twenty-one sites of which each ends before the next begins are one at a time."""
    sites = [{**SITE, "id": f"yard {number}"} for number in range(21)]
    first = D(1993, 1, 1)
    periods = [
        {
            "state": "DEU",
            "site": one["id"],
            "begins": first + 40 * number * DAY,
            "ends": first + (40 * number + 39) * DAY,
        }
        for number, one in enumerate(sites)
    ]
    (one,) = (each for each in found(site=sites, period=periods) if each.provision == "CFE:VIII.10")
    assert one.measured == 1


B = D(1993, 6, 1)
PERIODS = [
    # provision, verdict, fields
    ("INSP.X.4", "ok", {"ends": B + 30 * DAY}),
    ("INSP.X.4", "cannot_tell", {"ends": B + 29 * DAY}),
    ("INSP.X.4", "breach", {"ends": B + 28 * DAY}),
    ("INSP.X.4", "ok", {"ends": B + 89 * DAY}),
    ("INSP.X.4", "cannot_tell", {"ends": B + 90 * DAY}),
    ("INSP.X.4", "breach", {"ends": B + 91 * DAY}),
    ("INSP.X.5", "ok", {"notified": B - 15 * DAY}),
    ("INSP.X.5", "breach", {"notified": B - 14 * DAY}),
    ("REDUCTION.VIII.5", "ok", {"conversion": True, "notified": B - 15 * DAY}),
    ("REDUCTION.VIII.5", "breach", {"conversion": True, "notified": B - 14 * DAY}),
    ("INSP.X.12", "ok", {"completed": B + 40 * DAY, "completion_notified": B + 47 * DAY}),
    ("INSP.X.12", "breach", {"completed": B + 40 * DAY, "completion_notified": B + 48 * DAY}),
]


@pytest.mark.parametrize(("provision", "verdict", "fields"), PERIODS)
def test_reporting_periods(provision: str, verdict: str, fields: dict[str, Any]) -> None:
    """Thirty to ninety days; where the first and last day decide it, it cannot be told."""
    row = {"state": "DEU", "site": "yard", "begins": B, "ends": B + 40 * DAY, **fields}
    assert verdicts(found(period=row), provision) == [verdict]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"day": B, "refused": False}, {"VIII.13": "ok"}),
        ({"day": B, "refused": True}, {"VIII.13": "breach"}),
        ({"day": MONTH_40 + DAY, "refused": True}, {"VIII.13": "not_applicable"}),
        (
            {"day": MONTH_64, "refused": True, "of": "converted"},
            {"VIII.13": "breach", "REDUCTION.VIII.9": "breach", "REDUCTION.VIII.9(B)": "breach"},
        ),
        (
            {"day": MONTH_64, "refused": False, "of": "converted"},
            {"VIII.13": "ok", "REDUCTION.VIII.9": "ok", "REDUCTION.VIII.9(B)": "ok"},
        ),
        ({"day": MONTH_64 + DAY, "refused": True, "of": "converted"}, {"VIII.13": "not_applicable"}),
        ({"day": B, "refused": True, "of": "conversion_under_way"}, {"REDUCTION.VIII.9(A)": "ok may"}),
    ],
)
def test_inspections_of_reduction(fields: dict[str, Any], wanted: dict[str, str]) -> None:
    """None is refused, of converted vehicles for 24 months more; the work of a conversion need not be shown."""
    findings = found(MONTH_64, site=[], inspection={"state": "DEU", **fields})
    assert {one.provision.removeprefix("CFE:"): verdicts((one,), one.provision[4:])[0] for one in findings} == wanted


@pytest.mark.parametrize(("day", "verdict"), [(START, "ok"), (START + DAY, "breach"), (None, "cannot_tell")])
def test_the_plan_to_convert_is_told_at_the_beginning(day: dt.date | None, verdict: str) -> None:
    """By the day from which months are counted (Protocol VIII.5)."""
    plan = {"state": "DEU", "tanks": 100, "vehicles": 0, **({"notified": day} if day else {})}
    assert verdicts(found(conversion_plan=plan), "REDUCTION.VIII.5") == [verdict]


# ---- what must always hold ----

ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            ["destruction", "conversion", "static_display", "ground_target", "accident", "instruction", "other"]
        ),
        st.integers(1, 300),
        st.dates(D(1992, 7, 18), D(1995, 11, 1)),
        st.integers(0, 20),
        st.booleans(),
    ),
    max_size=6,
)


def entries(rows: list[Any]) -> list[dict[str, Any]]:
    """Make entries of drawn rows."""
    return [
        item(way, id=f"{number}", count=count, date=day, notified=day + after * DAY if told else None)
        for number, (way, count, day, after, told) in enumerate(rows)
    ]


@settings(max_examples=40)
@given(ROWS, st.randoms())
def test_the_order_of_a_ledger_changes_nothing(rows: list[Any], random: Any) -> None:
    """However entries are sorted, each finding and the account are the same."""
    made = entries(rows)
    mixed = random.sample(made, len(made))
    told: dict[str, Any] = {"liability": liability(liability=500)}
    one, other = account(reduced=made, **told), account(reduced=mixed, **told)
    assert one == other

    def outcomes(table: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
        return sorted((x.provision, x.verdict.value, str(x.measured)) for x in found(reduced=table, **told))

    assert outcomes(made) == outcomes(mixed)


@settings(max_examples=40)
@given(ROWS, ROWS.filter(bool))
def test_one_more_entry_never_raises_what_is_left(rows: list[Any], more: list[Any]) -> None:
    """Whatever is added, neither end of what is left grows."""
    before, after = entries(rows), entries([*rows, more[0]])
    left = [account(liability=liability(liability=500), reduced=table).left for table in (before, after)]
    assert (left[1].low or 0) <= (left[0].low or 0)
    assert (left[1].high or 0) <= (left[0].high or 0)


@settings(max_examples=40)
@given(ROWS)
def test_what_is_left_is_never_negative_and_never_above_the_liability(rows: list[Any]) -> None:
    """It lies between nothing and the liability, the lower end below the higher."""
    left = account(liability=liability(liability=500), reduced=entries(rows)).left
    assert 0 <= left.low <= (left.high or 0) <= 500


def test_the_example_is_judged_and_tells_what_depends_on_the_reading() -> None:
    """The file that people start from: a display too many, a cut too far from the breech, vehicles too late."""
    path = Path(__file__).resolve().parents[2] / "examples" / "cfe" / "reduction.toml"
    told = read_ledger(kept_toml.read(path.read_bytes()))
    findings = judge(told, Reading(at=told.at))
    broken = {one.provision for one in findings if one.verdict is Verdict.BREACH}
    assert broken == {
        f"CFE:{ident}"
        for ident in (
            *("VIII.4(A)", "VIII.4(B)", "VIII.4(C)", "VIII.4", "REDUCTION.X.2", "REDUCTION.III.2"),
            *("REDUCTION.III.2(D)", "REDUCTION.I.1"),
        )
    }
    differing = by_reading(told, Reading(at=told.at))
    assert differing[("DEU", "CFE:REDUCTION.X.2")] == {
        "exact": Verdict.BREACH, "round_down": Verdict.BREACH, "round_up": Verdict.OK, "round_nearest": Verdict.OK,
    }  # fmt: skip
    assert differing[("liability[1]", "CFE:VIII.4(C)")]["from_entry_into_force"] is None


def test_only_some_provisions() -> None:
    """Asked for one provision, the others are left out."""
    told = ledger(reduced=item())
    assert {one.provision for one in judge(told, Reading(at=AT), {"CFE:VIII.3"})} == {"CFE:VIII.3"}


def test_a_category_without_its_liability_leaves_the_end_open() -> None:
    """Tanks are all reduced, of artillery no liability is told: nothing shows that every category was (VIII.4)."""
    rows = [liability(liability=10), liability("artillery")]
    assert verdicts(found(liability=rows, reduced=[item()]), "VIII.4") == ["cannot_tell"]
    assert verdicts(found(liability=rows, reduced=[item(count=9)]), "VIII.4") == ["breach"]
