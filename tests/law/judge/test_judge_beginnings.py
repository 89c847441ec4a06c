"""How the Treaty began, and flights beside quotas: Articles XVI to XVIII, Annex L, Sections II and III."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from tests.law.judge.benches import D, agreement, bench, held, naming, only, verdicts

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.law.instrument import load
from skywitness.law.judge.commission import beginnings, flights
from skywitness.law.judge.commission.docket import (
    BesideQuotas,
    CommissionDocket,
    Deposit,
    Proposal,
    Wish,
)
from skywitness.law.judge.docket import Docket
from skywitness.law.judge.docket_file import read_docket
from skywitness.law.judge.judgement import judge, make_bench

DAY = D(2010, 6, 10)
NO = False


def docket(*rows: Any, **tables: Any) -> Docket:
    """A docket of which only the Commission, and quotas of 2010, tell something."""
    return Docket(held=rows, complete_years=frozenset({2010} if rows else ()), commission=CommissionDocket(**tables))


def effect_of(finding: Finding) -> tuple[str, str] | None:
    """Who may or must, if anybody."""
    return None if finding.effect is None else (finding.effect.who, finding.effect.modality)


# ---- XVI.3: reviews ----


@pytest.mark.parametrize(
    ("at", "way", "expected"),
    [
        (D(2004, 12, 31), "in_that_year", ["not_applicable"]),
        (D(2007, 1, 1), "in_that_year", ["ok"]),
        (DAY, "in_that_year", ["ok", "ok"]),
        (DAY, "to_the_day", ["breach", "breach"]),  # due on 1 January, held in February and in June
        (D(2010, 1, 1), "in_that_year", ["ok", "cannot_tell"]),
        (D(2021, 1, 1), "in_that_year", ["ok"] * 4),
        (D(2026, 1, 1), "in_that_year", ["ok"] * 5),
    ],
)
def test_reviews_come_every_five_years(at: dt.date, way: str, expected: list[str]) -> None:
    """XVI.3: a review three years after entry into force and every five from then; how exactly is a reading."""
    found = list(beginnings.reviewed_in_time(bench(at, XVI_3=way)))
    assert verdicts(found) == expected
    for finding in found:
        due = {"ok": None, "breach": ("ALL", "may")}.get(finding.verdict.value, ("depositary", "must"))
        assert effect_of(finding) == due
    assert [one.limit for one in found if one.limit] == [f"{2005 + 5 * i}-01-01" for i in range(len(found))][
        : 0 if expected == ["not_applicable"] else None
    ]


# ---- XVII.1: deposits ----


@pytest.mark.parametrize(
    ("whom", "verdict"), [(("CAN",), "ok"), (("HUN", "CAN"), "ok"), (("NLD",), "breach"), (("NLD", "HUN"), "ok")]
)
def test_instruments_go_to_the_depositaries(whom: tuple[str, ...], verdict: str) -> None:
    """XVII.1: an instrument is deposited with Canada, Hungary or both; with another State it binds nobody."""
    one = Deposit("EST", D(2005, 3, 18), whom, "note")
    finding = only(beginnings.deposited_with_depositaries(bench(DAY, docket(deposits=(one,)))))
    assert finding.verdict == verdict
    assert effect_of(finding) == (("EST", "must") if verdict == "breach" else None)


# ---- XVIII: provisional application and the first phase ----


@pytest.mark.parametrize(
    ("at", "adopted", "objected", "expected", "must"),
    [
        (D(1993, 3, 23), None, (), ["ok"], True),
        (D(1993, 3, 24), None, (), ["cannot_tell"], False),
        (D(1995, 1, 1), D(1993, 3, 1), (), ["ok"], True),
        (D(1995, 1, 1), D(1993, 3, 1), ("RUS",), ["breach"], True),
        (D(1995, 1, 1), D(1993, 3, 1), None, ["cannot_tell", "cannot_tell"], False),
        (D(1995, 1, 1), NO, ("RUS",), ["ok", "cannot_tell"], False),
        (D(2002, 1, 1), None, (), ["ok"], False),
    ],
)
def test_provisional_application(
    at: dt.date, adopted: dt.date | bool | None, objected: tuple[str, ...] | None, expected: list[str], must: bool
) -> None:
    """XVIII.I.2: twelve months from signature, longer by decision of all signatories, never beyond entry into force."""
    one = Proposal("X1", "provisional_application", "journal", D(1993, 2, 1), adopted, objected)
    told = docket(proposals=() if adopted is None else (one,))
    found = list(beginnings.provisional_application(bench(at, told)))
    if expected == ["cannot_tell", "cannot_tell"]:
        expected = expected[: len(found)]
    assert verdicts(found) == expected
    assert any(finding.effect is not None for finding in found) is must


@pytest.mark.parametrize(
    ("at", "effect"), [(D(2002, 1, 1), ("ALL", "may")), (D(2005, 12, 31), ("ALL", "may")), (D(2006, 1, 1), None)]
)
def test_the_first_phase(at: dt.date, effect: tuple[str, str] | None) -> None:
    """XVIII.II.1: the first phase ends with the third year after that of the entry into force."""
    finding = only(beginnings.first_phase(bench(at)))
    assert (finding.verdict, effect_of(finding), finding.limit) == ("ok", effect, "2006-01-01")


def test_data_that_end_the_phase_elsewhere() -> None:
    """XVIII.II.1: data by which full implementation began on another day are against the text."""
    law = load()
    moved = replace(law, heading=replace(law.heading, full_implementation=D(2005, 1, 1)))
    day = make_bench(bench(DAY).reading, instrument=moved)
    assert only(beginnings.first_phase(day)).verdict == "breach"


@pytest.mark.parametrize(
    ("at", "over", "complete", "verdict"),
    [
        (D(2004, 5, 1), 9, True, "ok"),  # of twelve
        (D(2004, 5, 1), 10, True, "breach"),
        (D(2004, 5, 1), 9, False, "cannot_tell"),
        (D(2003, 5, 1), 10, True, "not_applicable"),  # the first distribution is that of Annex A
        (D(2006, 1, 1), 10, True, "not_applicable"),
    ],
)
def test_quotas_of_the_first_phase(at: dt.date, over: int, complete: bool, verdict: str) -> None:
    """XVIII.II.6 with A.II.2: of 2004 and 2005 three quarters of each passive quota, rounded down, were shared out."""
    years = frozenset({at.year} if complete else ())
    told = Docket(held=(held("USA", at.year, {"DEU": over}),), complete_years=years)
    finding = only(beginnings.quotas_of_the_phase(bench(at, told)))
    assert finding.verdict == verdict
    assert effect_of(finding) == (("DEU", "may") if verdict == "breach" else None)


# ---- Annex L, Section II: wishes ----


def wish(observing: str, observed: str, count: int) -> Wish:
    """Flights that a Party asks for in 2010."""
    return Wish(observing, observed, 2010, count, "notification of 1 October 2009")


@pytest.mark.parametrize(
    ("wishes", "given", "complete", "verdict"),
    [
        ((wish("USA", "UKR", 5), wish("DEU", "UKR", 7)), {"USA": 5, "DEU": 7}, True, "ok"),
        ((wish("USA", "UKR", 5), wish("DEU", "UKR", 7)), {"USA": 5, "DEU": 6}, True, "breach"),
        ((wish("USA", "UKR", 5), wish("DEU", "UKR", 7)), {"USA": 5}, True, "cannot_tell"),
        ((wish("USA", "UKR", 5),), {"USA": 5}, False, "cannot_tell"),  # others may have asked
        ((wish("USA", "UKR", 13),), {"USA": 12}, True, "not_applicable"),  # beyond twelve: L.II.3
    ],
)
def test_wishes_within_a_passive_quota(
    wishes: tuple[Wish, ...], given: dict[str, int], complete: bool, verdict: str
) -> None:
    """L.II.2: while all wishes over a Party stay within its passive quota they are met as they were made."""
    rows = tuple(held(party, 2010, {"UKR": count}) for party, count in given.items())
    told = docket(*rows, wishes=wishes, complete_wishes=frozenset({2010} if complete else ()))
    finding = only(flights.as_requested(bench(DAY, told)))
    assert (finding.verdict, finding.limit) == (verdict, 12)
    assert effect_of(finding) == {"ok": ("commission", "may"), "breach": ("DEU", "may")}.get(verdict)


@pytest.mark.parametrize(
    ("count", "agreed", "verdict", "effect"),
    [
        (13, ("USA", "DEU", "UKR"), "ok", ("commission", "may")),
        (13, ("USA", "UKR"), "cannot_tell", ("UKR, USA, DEU", "must")),  # not all who are interested
        (13, (), "cannot_tell", ("UKR, USA, DEU", "must")),
        (12, (), "not_applicable", None),
    ],
)
def test_wishes_beyond_a_passive_quota(
    count: int, agreed: tuple[str, ...], verdict: str, effect: tuple[str, str] | None
) -> None:
    """L.II.3: wishes beyond a passive quota are settled by agreement of all who are interested."""
    told = CommissionDocket(wishes=(wish("USA", "UKR", count - 5), wish("DEU", "UKR", 5)))
    agreements = (agreement("OS:L.II.3", *agreed),) if agreed else ()
    finding = only(flights.by_general_agreement(bench(DAY, Docket(commission=told, agreements=agreements))))
    assert (finding.verdict, effect_of(finding)) == (verdict, effect)


# ---- Annex L, Section III: flights beside quotas ----


def beside(kind: str = "extraordinary", **more: Any) -> BesideQuotas:
    """A flight of Hungary over Bosnia and Herzegovina that a body of the conference asked for."""
    return BesideQuotas("F1", kind, "HUN", "BIH", D(2010, 5, 1), "note", "OSCE mission", **more)


@pytest.mark.parametrize(("given", "verdict"), [(True, "ok"), (NO, "breach"), (None, "cannot_tell")])
def test_data_go_to_who_asked(given: bool | None, verdict: str) -> None:
    """L.III.2: the body that asked for an extraordinary flight is given its data; a voluntary one has no such body."""
    finding = only(flights.data_to_who_asked(bench(DAY, docket(beside_quotas=(beside(given=given),)))))
    assert (finding.verdict, effect_of(finding)) == (verdict, None if verdict == "ok" else ("HUN", "must"))
    voluntary = docket(beside_quotas=(beside("voluntary", given=given),))
    assert verdicts(flights.data_to_who_asked(bench(DAY, voluntary))) == ["not_applicable"]


@pytest.mark.parametrize("kind", ["extraordinary", "voluntary"])
@pytest.mark.parametrize(("counted", "verdict"), [(NO, "ok"), (True, "breach"), (None, "cannot_tell")])
def test_they_count_against_no_quota(kind: str, counted: bool | None, verdict: str) -> None:
    """L.III.4: flights of this Section are counted against no active and no passive quota."""
    finding = only(flights.counted_against_nobody(bench(DAY, docket(beside_quotas=(beside(kind, counted=counted),)))))
    assert (finding.verdict, effect_of(finding)) == (verdict, ("HUN, BIH", "must") if verdict == "breach" else None)


# ---- the file ----

FILE: dict[str, Any] = {
    "sessions_complete": [2009],
    "session": [
        {"opened": D(2009, 1, 19), "closed": D(2009, 2, 2), "chair": "FRA", "source": "journal"},
        {
            "kind": "extraordinary",
            "opened": D(2009, 3, 10),
            "asked": D(2009, 3, 1),
            "told": True,
            "chair": "GEO",
            "source": "journal",
        },
    ],
    "proposal": [
        {"id": "P", "about": "costs", "adopted": False, "objected": ["TUR"], "source": "journal"},
    ],
    "matter": [{"id": "M", "kind": "compliance", "by": "USA", "raised": D(2009, 3, 1), "source": "note"}],
    "application": [{"state": "CYP", "applied": D(2002, 7, 3), "decided": False, "source": "note"}],
    "wish": [{"observing": "USA", "observed": "UKR", "year": 2010, "flights": 3, "source": "note"}],
    "wishes_complete": [2010],
    "beside_quotas": [
        {"id": "F", "kind": "voluntary", "observing": "HUN", "observed": "ROU", "day": D(2009, 5, 1), "source": "note"},
    ],
    "deposit": [{"state": "EST", "day": D(2005, 3, 18), "with": ["CAN"], "source": "note"}],
}


def test_a_file_of_the_commission_is_judged_whole() -> None:
    """All tables of a file reach the findings on their provisions."""
    found = judge(bench(DAY).reading, read_docket(FILE))
    by = {
        one.provision: one.verdict.value
        for one in found
        if one.verdict.value != "not_applicable" and "CYP applied on 2002-12-31" not in str(one.why)
    }
    expected = {
        "OS:X.2": "ok", "OS:X.4(A)": "cannot_tell", "OS:X.4(C)": "breach", "OS:XVII.1": "ok", "OS:L.I.4": "cannot_tell",
        "OS:L.I.5": "ok", "OS:L.II.2": "cannot_tell", "OS:L.III.4": "cannot_tell",
    }  # fmt: skip
    assert expected.items() <= by.items()
    assert naming(found, "Regular sessions told of 2009: 1")


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("session", {"opened": D(2009, 1, 1)}, "source"),
        ("session", {"opened": D(2009, 1, 5), "closed": D(2009, 1, 4), "source": "x"}, "comes before"),
        ("session", {"opened": D(2009, 1, 5), "asked": D(2009, 1, 1), "source": "x"}, "extraordinary"),
        ("session", {"opened": D(2009, 1, 5), "chair": "XXX", "source": "x"}, "XXX"),
        ("session", {"opened": D(2009, 1, 5), "chiar": "DEU", "source": "x"}, "chiar unknown field"),
        ("proposal", {"id": "P", "about": "weather", "source": "x"}, "weather"),
        ("proposal", {"id": "P", "about": "costs", "adopted": True, "source": "x"}, "adopted"),
        ("application", {"state": "CYP", "applied": D(2009, 1, 1), "admitted": True, "source": "x"}, "decided"),
        ("wish", {"observing": "USA", "observed": "USA", "year": 2010, "flights": 1, "source": "x"}, "itself"),
        ("wish", {"observing": "USA", "observed": "UKR", "year": 2010, "flights": -1, "source": "x"}, "-1"),
        ("beside_quotas", {"id": "F", "kind": "extraordinary", "observing": "HUN", "observed": "BIH",
                           "day": D(2009, 1, 1), "source": "x"}, "body"),
        ("deposit", {"state": "EST", "day": D(2005, 3, 18), "source": "x"}, "with"),
    ],
)  # fmt: skip
def test_broken_tables_are_refused(table: str, row: dict[str, Any], words: str) -> None:
    """Each fault of a table of the Commission is named with its place, and two faults come in one answer."""
    with pytest.raises(InputError) as refused:
        read_docket({table: [row], "matter": [{"id": "M"}]})
    told = " ".join(f"{fault.where} {fault.message}" for fault in refused.value.faults)
    assert words in told
    assert "matter" in told
    assert all("Traceback" not in str(fault.message) for fault in refused.value.faults)


def test_the_same_told_twice_is_refused() -> None:
    """Two tables about one session, proposal or wish cannot both be true."""
    for table in ("session", "proposal", "wish", "beside_quotas", "deposit"):
        with pytest.raises(InputError, match=r"cannot be used"):
            read_docket({table: [dict(FILE[table][0]), dict(FILE[table][0])]})


def test_an_unknown_way_of_reading_is_no_third_way() -> None:
    """XVI.3: a bench with a reading that leaves it open takes the first way."""
    today = bench(DAY)
    assert today.reading.interpretations.get("XVI.3", "in_that_year") == "in_that_year"
    plain = replace(today, reading=replace(today.reading, interpretations=MappingProxyType({})))
    assert verdicts(beginnings.reviewed_in_time(plain)) == verdicts(beginnings.reviewed_in_time(today))
