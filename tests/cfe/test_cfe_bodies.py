"""The Joint Consultative Group, conferences, provisional application and documents: one row, one situation."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.cfe.bodies.check import judge
from skywitness.cfe.bodies.dates import applied, review_due
from skywitness.cfe.bodies.french import order, orders
from skywitness.cfe.bodies.read import read_meetings
from skywitness.cfe.law import Law, instrument
from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.law.french_order import french_name
from skywitness.law.provisions import provisions

D = dt.date
DAY = D(1996, 3, 1)


def judged(table: str, day: dt.date = DAY, ways: dict[str, str] | None = None, **facts: Any) -> tuple[Finding, ...]:
    """Judge one table."""
    tables = read_meetings({table: [{"id": "x", "day": day, **facts}]})
    return judge(tables, Reading(at=day, interpretations=ways or {}))


def on(days: int) -> dt.date:
    """Return a day by its distance from 1 March 1996."""
    return DAY + dt.timedelta(days=days)


FIRST = {"kind": "first"}
MORE = {"kind": "additional", "requested": DAY, "all_told": True}
SIX = ["en", "fr", "de", "it", "ru", "es"]

SITUATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    # provision, verdicts, table, facts
    ("JCG.2", "ok", "session", {**FIRST, "opened": D(1991, 1, 18)}),
    ("JCG.2", "breach", "session", {**FIRST, "opened": D(1991, 1, 19)}),
    ("JCG.2", "ok ok", "session", {**FIRST, "opened": D(1990, 11, 30), "chair": "NOR"}),
    ("JCG.2", "ok breach", "session", {**FIRST, "opened": D(1990, 11, 30), "chair": "DEU"}),
    ("JCG.2", "cannot_tell", "session", {**FIRST}),
    ("JCG.3", "ok", "year", {"year": 1996, "regular_sessions": 2, "day": D(1997, 1, 1)}),
    ("JCG.3", "breach", "year", {"year": 1996, "regular_sessions": 1, "day": D(1997, 1, 1)}),
    ("JCG.3", "breach", "year", {"year": 1996, "regular_sessions": 3}),
    ("JCG.3", "not_applicable", "year", {"year": 1996, "regular_sessions": 1}),
    ("JCG.3", "cannot_tell", "year", {"year": 1996}),
    ("JCG.4", "ok", "session", {**MORE, "opened": on(15)}),
    ("JCG.4", "breach", "session", {**MORE, "opened": on(16)}),
    ("JCG.4", "breach", "session", {**MORE, "opened": on(3), "all_told": False}),
    ("JCG.4", "cannot_tell", "session", {"kind": "additional", "requested": DAY, "opened": on(3)}),
    ("JCG.4", "not_applicable", "session", {**MORE}),
    ("JCG.4", "cannot_tell", "session", {**MORE, "day": on(16)}),
    ("JCG.4", "cannot_tell", "session", {"kind": "additional", "opened": on(3), "all_told": True}),
    ("JCG.4", "not_applicable", "session", {**MORE, "opened": on(-1)}),
    ("JCG.5", "ok", "session", {"opened": DAY, "closed": on(28)}),
    ("JCG.5", "breach", "session", {"opened": DAY, "closed": on(29)}),
    ("JCG.5", "ok", "session", {"opened": DAY, "closed": on(29), "decided_otherwise": ["length"]}),
    ("JCG.5", "breach", "session", {"opened": DAY, "closed": on(29), "decided_otherwise": ["place"]}),
    ("JCG.6", "ok", "session", {"chair_before": "DEU", "chair": "ARM"}),
    ("JCG.6", "ok", "session", {"chair_before": "DNK", "chair": "ESP"}),
    ("JCG.6", "ok", "session", {"chair_before": "UKR", "chair": "DEU"}),
    ("JCG.6", "ok", "session", {"chair_before": "ESP", "chair": "USA"}),
    ("JCG.6", "breach", "session", {"chair_before": "ESP", "chair": "FRA"}),
    ("JCG.6", "breach", "session", {"chair_before": "DEU", "chair": "DEU"}),
    ("JCG.6", "cannot_tell", "session", {"chair_before": "AZE", "chair": "BEL"}),
    ("JCG.6", "cannot_tell", "session", {"chair_before": "AZE", "chair": "BLR"}),
    ("JCG.6", "cannot_tell", "session", {"chair": "BEL"}),
    ("JCG.6", "cannot_tell", "session", {"chair_before": "RUS", "chair": "SVK", "day": D(2024, 1, 1)}),
    ("JCG.7", "ok", "session", {"place": "Vienna"}),
    ("JCG.7", "breach", "session", {"place": "Geneva"}),
    ("JCG.7", "ok", "session", {"place": "Geneva", "decided_otherwise": ["place"]}),
    ("JCG.8", "ok", "session", {"seats": ["DEU", "CAN", "DNK", "ESP", "USA", "FRA"]}),
    ("JCG.8", "breach", "session", {"seats": ["CAN", "DEU", "DNK"]}),
    ("JCG.8", "cannot_tell", "session", {"seats": ["BEL", "BLR"]}),
    ("JCG.9", "ok", "session", {"languages": SIX}),
    ("JCG.9", "breach", "session", {"languages": SIX[:5]}),
    ("JCG.10", "ok", "session", {"published": False}),
    ("JCG.10", "breach", "session", {"published": True}),
    ("JCG.10", "ok", "session", {"published": True, "decided_otherwise": ["publication"]}),
    ("XVI.4", "ok", "decision", {"objections": [], "taken": True}),
    ("XVI.4", "ok", "decision", {"objections": [], "taken": False}),
    ("XVI.4", "breach", "decision", {"objections": ["TUR"], "taken": True}),
    ("XVI.4", "ok", "decision", {"objections": ["TUR"], "taken": False}),
    ("XVI.4", "cannot_tell", "decision", {"taken": True}),
    ("JCG.11", "ok", "expense", {"state": "FRA", "percent": 10.35}),
    ("JCG.11", "breach", "expense", {"state": "FRA", "percent": 10.3}),
    ("JCG.11", "not_applicable", "expense", {"state": "FRA", "percent": 9, "decided_otherwise": True}),
    ("JCG.11", "cannot_tell", "expense", {"state": "RUS", "percent": 6.0}),
    ("JCG.11", "breach", "expense", {"state": "RUS", "percent": 10.4}),
    ("JCG.11", "cannot_tell", "expense", {"state": "FRA"}),
    ("XXI.1", "ok", "review", {"number": 1, "convened": D(1996, 5, 17)}),
    ("XXI.1", "breach", "review", {"number": 1, "convened": D(1996, 5, 18)}),
    ("XXI.1", "ok", "review", {"number": 2, "convened": D(2001, 5, 17)}),
    ("XXI.1", "breach", "review", {"number": 2, "convened": D(2001, 5, 28)}),
    ("XXI.1", "ok", "review", {"number": 4, "convened": D(2011, 5, 17)}),
    ("XXI.1", "not_applicable", "review", {"number": 1}),
    ("XXI.1", "cannot_tell", "review", {"number": 1, "day": D(1997, 1, 1)}),
    ("XXI.1", "cannot_tell", "review", {"convened": D(1996, 5, 17)}),
    ("PROV.3", "ok", "provisional", {"day": D(1990, 11, 19)}),
    ("PROV.3", "ok", "provisional", {"day": D(1991, 11, 18)}),
    ("PROV.3", "not_applicable", "provisional", {"day": D(1991, 11, 19)}),
    ("PROV.3", "ok", "provisional", {"day": D(1991, 11, 19), "extended_until": D(1992, 3, 1)}),
    ("PROV.3", "not_applicable", "provisional", {"day": D(1992, 11, 9), "extended_until": D(1993, 1, 1)}),
    ("PROV.1", "ok", "provisional", {"day": D(1991, 1, 1), "provision": "CFE:VII.2", "applied": True}),
    ("PROV.1", "breach", "provisional", {"day": D(1991, 1, 1), "provision": "CFE:VII.2", "applied": False}),
    ("PROV.1", "cannot_tell", "provisional", {"day": D(1991, 1, 1), "provision": "CFE:VII.2"}),
    ("PROV.1", "ok", "provisional", {"day": D(1991, 1, 1), "provision": "CFE:II.1(B)", "applied": True}),
    ("PROV.1", "not_applicable", "provisional", {"day": D(1991, 1, 1), "provision": "CFE:IV.1(A)", "applied": False}),
    ("PROV.1", "not_applicable", "provisional", {"day": D(1992, 1, 1), "provision": "CFE:VII.2", "applied": False}),
    ("JCG.12(A)", "ok", "provisional", {"day": D(1991, 1, 1), "procedure_worked_out": True}),
    ("JCG.12(A)", "breach", "provisional", {"day": D(1991, 1, 1), "procedure_worked_out": False}),
    ("JCG.12(B)", "ok", "provisional", {"day": D(1991, 1, 1), "issue_asked": True, "issue_considered": True}),
    ("JCG.12(B)", "breach", "provisional", {"day": D(1991, 1, 1), "issue_asked": True, "issue_considered": False}),
    ("JCG.12(B)", "cannot_tell", "provisional", {"day": D(1991, 1, 1), "issue_asked": True}),
    ("JCG.12(B)", "", "provisional", {"day": D(1991, 1, 1), "issue_asked": False}),
    ("JCG.12", "ok", "provisional", {"day": D(1991, 1, 1), "procedure_worked_out": True}),
    ("JCG.12", "breach", "provisional", {"day": D(1991, 1, 1), "procedure_worked_out": True, "issue_asked": True,
                                         "issue_considered": False}),
    ("JCG.12", "", "provisional", {"day": D(1993, 1, 1), "procedure_worked_out": False}),
    ("I.3", "ok", "document", {"document": "inspection", "as_part": True}),
    ("I.3", "breach", "document", {"document": "inspection", "as_part": False}),
    ("I.3", "ok", "document", {"document": "naval_aircraft_declaration", "as_part": False}),
    ("I.3", "breach", "document", {"document": "naval_aircraft_declaration", "as_part": True}),
    ("I.3", "cannot_tell", "document", {"document": "inspection"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("provision", "wanted", "table", "facts"), SITUATIONS, ids=[f"{row[0]} {n}" for n, row in enumerate(SITUATIONS)]
)
def test_meetings_are_judged(provision: str, wanted: str, table: str, facts: dict[str, Any]) -> None:
    """Each situation comes out as its row says: at the edge kept, one step beyond broken, untold open."""
    found = [one for one in judged(table, **facts) if one.provision == f"CFE:{provision}"]
    assert " ".join(one.verdict.value for one in found) == wanted
    assert all(one.needs for one in found if one.verdict.value == "cannot_tell")


def test_every_paragraph_that_is_judged_has_both_outcomes() -> None:
    """No paragraph of the two Protocols stands without a row that keeps it and one that does not."""
    held = {(ident, verdict) for ident, verdicts, *_ in SITUATIONS for verdict in verdicts.split()}
    rows = [row for row in provisions(instrument="cfe") if row.part in ("JCG", "PROV") and row.kind != "people"]
    assert len(rows) == 15
    for row in rows:
        ident = row.id.removeprefix("CFE:")
        assert (ident, "ok") in held
        assert {(ident, "breach"), (ident, "not_applicable")} & held


FRENCH = (
    "Allemagne Arménie Azerbaïdjan Belgique Biélorussie Bulgarie Canada Danemark Espagne États-Unis France Géorgie "
    "Grèce Hongrie Islande Italie Kazakhstan Luxembourg Moldavie Norvège Pays-Bas Pologne Portugal Roumanie "
    "Royaume-Uni Russie Slovaquie Tchéquie Turquie Ukraine"
)


def test_the_order_of_french_names() -> None:
    """Thirty Parties from Allemagne to Ukraine, É as E, by the names of CLDR."""
    assert [french_name(code) for code in order(DAY)] == FRENCH.split()
    assert "RUS" not in order(D(2023, 11, 7))


@given(st.dates(D(1993, 1, 1), D(2023, 1, 1)))
def test_the_chair_goes_round(day: dt.date) -> None:
    """Whoever begins, every Party has the chair once before anybody has it twice, by either order of names."""
    for names in orders(day):
        assert sorted(names) == sorted(set(names))
        assert len(names) == 30


def test_the_scale_of_expenses_adds_up() -> None:
    """The shares of the text are a hundred per cent together, with one for the eight successors."""
    law = Law(Reading(at=DAY))
    shares = [Fraction(str(law.number("expense_share", code)[0])) for code in instrument().subjects("expense_share")]
    assert len(shares) == 23
    assert sum(shares) == 100


def test_reviews_come_every_five_years() -> None:
    """Forty-six months, then sixty each; by the other start they come on 9 September."""
    law = Law(Reading(at=DAY))
    assert [review_due(law, number)[0] for number in (1, 2, 3, 7)] == [D(y, 5, 17) for y in (1996, 2001, 2006, 2026)]
    other = Law(Reading(at=DAY, interpretations={"CFE:VIII.4": "from_entry_into_force"}))
    assert review_due(other, 2)[0] == D(2001, 9, 9)
    ways = {"CFE:VIII.4": "from_entry_into_force"}
    assert [one.verdict.value for one in judged("review", ways=ways, number=2, convened=D(2001, 5, 28))] == ["ok"]


def test_what_was_applied_provisionally_is_recollection() -> None:
    """Only that the Group's Protocol was among it stands in the text; each other row says that it is recalled."""
    assert {one.provision for one in applied() if one.status == "text"} == {"CFE:JCG"}
    rows = [row for row in provisions(instrument="cfe") if row.part == "PROV"]
    assert {row.status for row in rows} == {"recollection"}


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "nothing is told"),
    ({"sessions": []}, "unknown table"),
    ({"session": [{"id": "x"}]}, "day"),
    ({"session": [{"id": "x", "day": DAY, "kind": "secret"}]}, "is none of"),
    ({"session": [{"id": "x", "day": DAY, "chair": "XXX"}]}, "XXX"),
    ({"session": [{"id": "x", "day": DAY, "opened": DAY, "closed": on(-1)}]}, "before"),
    ({"session": [{"id": "x", "day": DAY, "langauges": ["en"]}]}, "languages"),
    ({"provisional": [{"id": "x", "day": DAY, "provision": "VII.2"}]}, "no identifier"),
    ({"review": [{"id": "x", "day": DAY, "number": 0}]}, "no whole number"),
    ({"document": [{"id": "x", "day": DAY, "document": "adapted_treaty"}]}, "is none of"),
    ({"year": [{"id": "x", "day": DAY}], "decision": [{"id": "x", "day": DAY}]}, "stands 2 times"),
]


@pytest.mark.parametrize(("data", "words"), BAD)
def test_faults_of_a_file_of_meetings(data: dict[str, Any], words: str) -> None:
    """Each fault has one clear sentence."""
    with pytest.raises(InputError) as refused:
        read_meetings(data, "told.toml")
    assert refused.value.kind == "bad_meetings"
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("day", "extended", "modality"),
    [
        (dt.date(1991, 11, 18), None, None),
        (dt.date(1991, 11, 19), None, "must"),
        (dt.date(1992, 7, 16), dt.date(1992, 7, 17), None),
        (dt.date(1992, 7, 17), dt.date(1992, 7, 17), "must"),
    ],
)
def test_the_end_of_provisional_application(day: dt.date, extended: dt.date | None, modality: str | None) -> None:
    """Twelve months from signature, or as long as it was extended; after it somebody has to tell on what it rests."""
    facts: dict[str, Any] = {"extended_until": extended} if extended else {}
    (one,) = (each for each in judged("provisional", day=day, **facts) if each.provision == "CFE:PROV.3")
    assert (one.effect.modality if one.effect else None) == modality
    assert one.verdict.value == ("not_applicable" if modality else "ok")
