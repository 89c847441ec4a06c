"""Distributions of active quotas held against Article III, Section I and Annex A, Sections I and II."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.judge.benches import D, about, agreement, bench, held, naming, only, told, verdicts, whole

from skywitness.core.finding import Verdict
from skywitness.law.judge.allocation import allocation
from skywitness.law.judge.caps import first_cap, full_passive_quota, later_cap
from skywitness.law.judge.docket import Docket
from skywitness.law.judge.first import first_distribution_stands
from skywitness.law.judge.newcomers import flights_of_newcomers, flights_over_newcomers
from skywitness.law.judge.reciprocity import as_many_as_over_it
from skywitness.law.judge.totals import group_total_within_passive, total_within_passive

EARLY = D(2002, 6, 1)


# ---- III.I.3: as many flights over another Party as that Party has over it ----


@pytest.mark.parametrize(
    ("one", "other", "fewer", "least", "most", "right", "equal"),
    [
        # Parties            who has fewer       numbers   as a right   as equality
        ("BLR-RUS", "DEU", "BLR-RUS", 3, 3, "ok", "ok"),
        ("TUR", "UKR", "TUR", 2, 2, "ok", "ok"),
        ("USA", "BLR-RUS", "BLR-RUS", 4, 8, "ok", "breach"),
        ("BENELUX", "BLR-RUS", "BENELUX", 1, 2, "ok", "breach"),
        ("CAN", "POL", "POL", 0, 1, "ok", "breach"),
    ],
)
def test_as_many_flights_as_the_other(
    one: str, other: str, fewer: str, least: int, most: int, right: str, equal: str
) -> None:
    """III.I.3: who has fewer flights may ask for as many; read as equality, unequal numbers are a breach."""
    entitled = only(naming(as_many_as_over_it(bench(EARLY)), f"{one} ", f"{other} "))
    assert (entitled.verdict, entitled.bearer, entitled.measured, entitled.limit) == (right, fewer, least, most)
    assert entitled.values[0].source == "OS Annex A, Section II.1"
    if least < most:
        assert entitled.effect is not None
        assert (entitled.effect.who, entitled.effect.modality) == (fewer, "may")
        assert str(most - least) in str(entitled.effect.what)
    else:
        assert entitled.effect is None
    strict = only(naming(as_many_as_over_it(bench(EARLY, III_I_3="equal_numbers")), f"{one} ", f"{other} "))
    assert strict.verdict == equal
    assert strict.reading.interpretations["III.I.3"] == "equal_numbers"


def test_the_first_distribution_is_unequal_for_many_pairs() -> None:
    """III.I.3: of the 34 pairs whose States are Parties in 2002 the numbers of 19 differ."""
    found = [whole(one) for one in as_many_as_over_it(bench(EARLY))]
    assert len(found) == 34
    assert sum(one.effect is not None for one in found) == 19


def test_a_pair_of_which_one_side_is_unknown() -> None:
    """III.I.3: after the decision on Sweden nobody can say how often Finland may fly over it."""
    finding = only(naming(as_many_as_over_it(bench(D(2003, 8, 1))), "FIN and SWE"))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "FIN" in str(finding.needs[0])


def test_without_a_distribution_one_fact_is_asked_for() -> None:
    """III.I.3, I.5, A.II.3: for a year without a public distribution each asks for it, once."""
    for rule in (as_many_as_over_it, total_within_passive, full_passive_quota):
        finding = only(rule(bench(D(2015, 6, 1))))
        assert finding.verdict is Verdict.CANNOT_TELL
        assert "2015" in str(finding.needs[0])


# ---- III.I.5, III.II.3(B): the total active quota is no larger than the passive quota ----


@pytest.mark.parametrize(
    ("holder", "over", "more", "verdict", "total", "passive"),
    [
        ("DEU", {"USA": 6, "UKR": 6}, {}, "ok", 12, 12),
        ("DEU", {"USA": 7, "UKR": 6}, {}, "breach", 13, 12),
        ("DEU", {"USA": 1}, {"active_total": 13}, "breach", 13, 12),
        ("PRT", {"ESP": 2}, {}, "ok", 2, 2),
        ("PRT", {"ESP": 3}, {}, "breach", 3, 2),
        ("PRT", {"ESP": 3}, {"passive_total": 3, "decided": "decision"}, "ok", 3, 3),
        ("NLD", {"UKR": 7}, {}, "breach", 7, 6),
    ],
)
def test_total_within_passive(
    holder: str, over: dict[str, int], more: dict[str, object], verdict: str, total: int, passive: int
) -> None:
    """III.I.5: nobody has more flights over all others together than it must accept; Benelux counts as one."""
    docket = told(2015, held(holder, 2015, over, **more))
    finding = only(about(total_within_passive(bench(D(2015, 6, 1), docket)), "BENELUX" if holder == "NLD" else holder))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, total, passive)


@pytest.mark.parametrize(
    ("over", "verdict", "margin"),
    [({"USA": 21, "DEU": 21}, "ok", 0.0), ({"USA": 22, "DEU": 21}, "breach", -1.0)],
)
def test_the_total_of_a_group(over: dict[str, int], verdict: str, margin: float) -> None:
    """III.II.3(B): a group with common quotas has no more than it must accept, 42."""
    finding = only(group_total_within_passive(bench(D(2015, 6, 1), told(2015, held("BLR-RUS", 2015, over)))))
    assert (finding.verdict, finding.margin, finding.limit) == (verdict, margin, 42)


def test_the_group_in_the_first_distribution_and_after_its_end() -> None:
    """III.II.3(B): Belarus and Russia had 26 of 42 in 2002; from 18 December 2021 there is no such group."""
    first = only(group_total_within_passive(bench(EARLY)))
    assert (first.verdict, first.measured, first.limit) == ("ok", 26, 42)
    assert verdicts(group_total_within_passive(bench(D(2022, 1, 1)))) == ["not_applicable"]


# ---- III.I.6: the first distribution stands ----


@pytest.mark.parametrize(
    ("over", "observed", "verdict", "count", "printed"),
    [
        ({"BLR-RUS": 3, "UKR": 1}, "UKR", "ok", 1, 1),
        ({"BLR-RUS": 3, "UKR": 2}, "UKR", "breach", 2, 1),
        ({"BLR-RUS": 3, "UKR": 1, "FRA": 1}, "FRA", "breach", 1, 0),
        ({"BLR-RUS": 3}, "UKR", "breach", 0, 1),
        ({"BLR-RUS": 4, "UKR": 1}, "BLR-RUS", "breach", 4, 3),
    ],
)
def test_told_quotas_against_the_first_distribution(
    over: dict[str, int], observed: str, verdict: str, count: int, printed: int
) -> None:
    """III.I.6: in 2002 and 2003 Germany has three flights over the group and one over Ukraine, and no others."""
    found = first_distribution_stands(bench(EARLY, told(2002, held("DEU", 2002, over))))
    finding = next(one for one in naming(found, "DEU", observed) if one.limit == printed and one.measured == count)
    assert finding.verdict == verdict
    assert (finding.effect is not None) is (verdict == "breach")


def test_the_first_distribution_as_printed() -> None:
    """III.I.6: 89 flights in 57 rights; what it gives or asks of Czechoslovakia nobody can tell; it ends with 2003."""
    found = [whole(one) for one in first_distribution_stands(bench(EARLY))]
    assert (found[0].verdict, found[0].measured) == ("ok", 89)
    assert "57" in str(found[0].why)
    assert verdicts(found[1:]) == ["cannot_tell"] * 5
    assert all("CZE, SVK" in str(one.needs[0]) for one in found[1:])
    assert verdicts(first_distribution_stands(bench(D(2003, 12, 31))))[0] == "ok"
    assert verdicts(first_distribution_stands(bench(D(2004, 1, 1)))) == ["not_applicable"]


def test_flights_of_a_later_party_are_none_of_the_first_distribution() -> None:
    """III.I.6: two flights that Sweden got in 2003 are no departure from the first distribution."""
    assert "breach" not in verdicts(first_distribution_stands(bench(D(2003, 8, 1))))


# ---- A.I.1: passive quotas ----


@pytest.mark.parametrize(
    ("day", "code", "row", "verdict", "number", "limit"),
    [
        (EARLY, "DEU", {}, "ok", 12, 12),
        (EARLY, "BLR-RUS", {}, "ok", 42, 42),
        (D(2020, 11, 21), "USA", {}, "ok", 42, 42),
        (D(2020, 11, 22), "USA", {}, "not_applicable", None, None),
        (D(2021, 12, 18), "BLR-RUS", {}, "not_applicable", None, None),
        (EARLY, "CSK", {}, "not_applicable", None, None),
        (EARLY, "PRT", {"passive_total": 2}, "ok", 2, 2),
        (EARLY, "PRT", {"passive_total": 3}, "breach", 3, 2),
        (EARLY, "PRT", {"passive_total": 1}, "breach", 1, 2),
        (EARLY, "PRT", {"passive_total": 3, "decided": "decision of 2001"}, "ok", 3, 2),
    ],
)
def test_allocation(
    day: dt.date, code: str, row: dict[str, object], verdict: str, number: int | None, limit: int | None
) -> None:
    """A.I.1: who must accept how many flights, effective for Parties alone; only a decision changes it."""
    docket = told(day.year, held(code, day.year, {}, **row)) if row else None
    finding = only(about(allocation(bench(day, docket)), code))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, number, limit)
    assert finding.by_agreement == row.get("decided")


# ---- A.II.1: the first distribution and three quarters of the passive quota ----


@pytest.mark.parametrize(
    ("observed", "count", "cap", "verdict"),
    [
        ("BLR-RUS", 28, 31, "ok"),
        ("UKR", 9, 9, "ok"),
        ("DEU", 5, 9, "ok"),
        ("TUR", 5, 9, "ok"),
        ("USA", 4, 31, "ok"),
        ("PRT", 0, 1, "ok"),
        ("POL", 5, 4, "breach"),
    ],
)
def test_the_first_distribution_and_its_cap(observed: str, count: int, cap: int, verdict: str) -> None:
    """A.II.1: 75 % of the passive quota, rounded down; the text itself gives Poland one flight too many."""
    finding = only(naming(first_cap(bench(EARLY)), f"over {observed} "))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, count, cap)
    assert finding.margin == cap - count
    if verdict == "breach":
        assert "poland-first-distribution" in str(finding.why)
        assert finding.bearer is None, "a slip of the text is nobody's breach"
        assert finding.effect is not None
        assert finding.effect.who == "POL"


def test_nobody_else_is_over_the_cap() -> None:
    """A.II.1: of the 21 holders of the list 20 keep the cap, and after 2003 it is another paragraph's."""
    assert sorted(verdicts(first_cap(bench(EARLY)))) == ["breach", *["ok"] * 20]
    assert verdicts(first_cap(bench(D(2004, 1, 1)))) == ["not_applicable"]


def test_a_told_distribution_over_the_cap() -> None:
    """A.II.1: were the group said to have eight flights over Germany, Germany could decline the tenth."""
    docket = told(2002, held("BLR-RUS", 2002, {"DEU": 8}))
    finding = only(naming(first_cap(bench(EARLY, docket)), "over DEU "))
    assert (finding.verdict, finding.measured, finding.limit, finding.bearer) == ("breach", 10, 9, "commission")
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
    assert "decline" in str(finding.effect.what)


# ---- A.II.2: later distributions until full implementation ----


@pytest.mark.parametrize(
    ("day", "flights", "complete", "verdict"),
    [
        (D(2004, 6, 1), 9, True, "ok"),
        (D(2004, 6, 1), 10, True, "breach"),
        (D(2005, 12, 31), 9, True, "ok"),
        (D(2004, 6, 1), 9, False, "cannot_tell"),
        (D(2004, 6, 1), 10, False, "breach"),
    ],
)
def test_three_quarters_until_full_implementation(day: dt.date, flights: int, complete: bool, verdict: str) -> None:
    """A.II.2: Germany accepts nine of twelve; what is known in part can break the cap, but never keep it."""
    docket = told(day.year, held("USA", day.year, {"DEU": flights}), complete=complete)
    finding = only(naming(later_cap(bench(day, docket)), "over DEU "))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, flights, 9)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(D(2003, 12, 31), "not_applicable"), (D(2004, 1, 1), "cannot_tell"), (D(2006, 1, 1), "not_applicable")],
)
def test_when_later_distributions_keep_to_three_quarters(day: dt.date, verdict: str) -> None:
    """A.II.2: the rule holds from 2004 to 2005; no distribution of these years is public."""
    assert verdicts(later_cap(bench(day))) == [verdict]


def test_a_shared_flight_is_accepted_once() -> None:
    """A.II.2: one flight that two Parties hold together counts once over who accepts it."""
    rows = (
        held("USA", 2004, {"PRT": 1}, shared={"PRT": ("CAN",)}),
        held("CAN", 2004, {"PRT": 1}, shared={"PRT": ("USA",)}),
    )
    finding = only(naming(later_cap(bench(D(2004, 6, 1), told(2004, *rows))), "over PRT "))
    assert (finding.verdict, finding.measured, finding.limit) == ("ok", 1, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["USA", "CAN", "FRA", "UKR"]), st.integers(0, 14), max_size=4),
    st.booleans(),
)
def test_the_cap_is_kept_exactly_when_the_sum_fits(flights: dict[str, int], complete: bool) -> None:
    """A.II.2: with everybody's quotas told the verdict is ok exactly when the sum fits; else it is never ok."""
    docket = told(2004, *(held(code, 2004, {"TUR": count}) for code, count in flights.items()), complete=complete)
    finding = next(one for one in later_cap(bench(D(2004, 6, 1), docket)) if "over TUR " in str(one.why) or not flights)
    total, cap = sum(flights.values()), math.floor(0.75 * 12)
    if flights:
        assert (finding.verdict is Verdict.OK) is (complete and total <= cap)
        assert (finding.verdict is Verdict.BREACH) is (total > cap)


# ---- A.II.3: after full implementation ----


@pytest.mark.parametrize(("flights", "verdict", "margin"), [(12, "ok", 0.0), (13, "breach", -1.0), (0, "ok", 12.0)])
def test_the_full_passive_quota(flights: int, verdict: str, margin: float) -> None:
    """A.II.3: from 2006 on Germany accepts twelve flights, if asked, and no more."""
    docket = told(2007, held("USA", 2007, {"DEU": flights}))
    finding = only(naming(full_passive_quota(bench(D(2007, 6, 1), docket)), "over DEU ", "accepted"))
    assert (finding.verdict, finding.margin, finding.limit) == (verdict, margin, 12)


@pytest.mark.parametrize(
    ("flights", "agreed", "complete", "verdict", "least"),
    [
        # United States over Belarus and Russia: 8 in the first distribution, 8 x 100 / 75 = 10.67
        (10, (), True, "ok", 10),
        (16, (), True, "ok", 10),
        (9, (), True, "cannot_tell", 10),
        (9, ("ALL",), True, "ok", 10),
        (9, ("USA", "BLR-RUS"), True, "cannot_tell", 10),  # distributions are the Commission's, by consensus
        (None, (), True, "cannot_tell", 10),
        (None, (), False, "cannot_tell", 10),
    ],
)
def test_growth_in_proportion(
    flights: int | None, agreed: tuple[str, ...], complete: bool, verdict: str, least: int
) -> None:
    """A.II.3: what the first distribution gave grows in proportion, unless all Parties agreed otherwise."""
    rows = () if flights is None else (held("USA", 2007, {"BLR-RUS": flights}),)
    agreements = (agreement("OS:A.II.3", *agreed),) if agreed else ()
    docket = told(2007, held("DEU", 2007), *rows, complete=complete, agreements=agreements)
    found = about(full_passive_quota(bench(D(2007, 6, 1), docket)), "commission")
    finding = only(one for one in naming(naming(found, "USA"), "over BLR-RUS") if one.limit == least)
    assert (finding.verdict, finding.measured) == (verdict, 0 if flights is None and complete else flights)
    assert finding.by_agreement == ("exchange of notes" if verdict == "ok" and agreed else None)
    if verdict == "cannot_tell" and flights is not None:
        assert finding.effect is not None
        assert finding.effect.who == "USA"


def test_before_full_implementation_nothing_grows() -> None:
    """A.II.3: the day before 2006 it does not apply."""
    assert verdicts(full_passive_quota(bench(D(2005, 12, 31)))) == ["not_applicable"]


# ---- A.II.4: States that join later ----

SWEDEN = D(2003, 8, 1)


@pytest.mark.parametrize(
    ("over", "agreed", "words", "verdict", "count", "limit"),
    [
        ({"BLR-RUS": 1, "FIN": 1}, False, "SWE has 2 flights in total", "ok", 2, 7),
        ({"BLR-RUS": 7}, False, "SWE has 7 flights in total", "ok", 7, 7),
        ({"BLR-RUS": 8}, False, "SWE has 8 flights in total", "breach", 8, 7),
        ({"FIN": 5}, False, "over FIN", "ok", 5, 5),
        ({"FIN": 6}, False, "over FIN", "breach", 6, 5),
        ({"FIN": 6}, True, "over FIN", "ok", 6, 5),
    ],
)
def test_what_a_newcomer_asks_for(
    over: dict[str, int], agreed: bool, words: str, verdict: str, count: int, limit: int
) -> None:
    """A.II.4(A): Sweden asks for no more than it must accept, nor than those asked must accept, unless agreed."""
    agreements = (agreement("OS:A.II.4(A)", "SWE", "FIN"),) if agreed else ()
    docket = told(2003, held("SWE", 2003, over), agreements=agreements)
    finding = only(naming(flights_of_newcomers(bench(SWEDEN, docket)), "SWE", words))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, count, limit)
    assert finding.by_agreement == ("exchange of notes" if agreed else None)


def test_a_newcomer_may_ask_for_the_rest() -> None:
    """A.II.4(A): with two flights of seven Sweden may ask for more; with seven it may not."""
    some, all_ = (
        naming(flights_of_newcomers(bench(SWEDEN, told(2003, held("SWE", 2003, {"BLR-RUS": count})))), "SWE", "total")[
            0
        ]
        for count in (2, 7)
    )
    assert some.effect is not None
    assert (some.effect.who, some.effect.modality) == ("SWE", "may")
    assert all_.effect is None


@pytest.mark.parametrize(
    ("rows", "words", "verdict", "count", "limit"),
    [
        ((("DEU", {"SWE": 7}, None),), "DEU has 7 flights over SWE", "ok", 7, 7),
        ((("DEU", {"SWE": 7}, None), ("FRA", {"SWE": 1}, None)), "FRA has 1 flight over SWE", "breach", 8, 7),
        ((("DEU", {"UKR": 3, "SWE": 1}, 4),), "DEU has 4 flights over all others", "ok", 4, 4),
        ((("DEU", {"UKR": 4, "SWE": 1}, 4),), "DEU has 5 flights over all others", "breach", 5, 4),
    ],
)
def test_what_others_ask_over_a_newcomer(
    rows: tuple[tuple[str, dict[str, int], int | None], ...], words: str, verdict: str, count: int, limit: int
) -> None:
    """A.II.4(B): others ask for flights over Sweden within what it must accept and within their active quotas."""
    docket = told(2003, *(held(code, 2003, over, active_total=total) for code, over, total in rows))
    finding = only(naming(flights_over_newcomers(bench(SWEDEN, docket)), words))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, count, limit)


def test_nobody_has_asked_to_fly_over_a_newcomer() -> None:
    """A.II.4(B): where no flight over Latvia is distributed every Party may ask for some."""
    finding = only(naming(flights_over_newcomers(bench(SWEDEN, told(2003))), "over LVA"))
    assert (finding.verdict, finding.measured, finding.limit) == ("ok", 0, 4)
    assert finding.effect is not None
    assert finding.effect.who == "ALL"


def test_what_is_public_of_newcomers() -> None:
    """A.II.4: of 2003 only Sweden's own total is public; whether others leave room cannot be told."""
    found = [whole(one) for one in flights_of_newcomers(bench(SWEDEN))]
    assert {one.bearer for one in found} == {"FIN", "GEO", "LVA", "SWE"}
    assert [one.measured for one in found if one.verdict is Verdict.OK] == [2]
    assert set(verdicts(flights_over_newcomers(bench(SWEDEN)))) == {"cannot_tell"}


def test_a_party_of_long_standing_is_no_newcomer() -> None:
    """A.II.4: from the second year after it joined a State is a Party like any other."""
    for rule in (flights_of_newcomers, flights_over_newcomers):
        assert verdicts(rule(bench(D(2015, 6, 1)))) == ["not_applicable"]


def test_what_is_told_of_another_year_says_nothing() -> None:
    """III.I.6: quotas told for 2003 do not change the distribution of 2002."""
    docket = Docket(held=(held("DEU", 2003, {"FRA": 9}),))
    assert "breach" not in verdicts(first_distribution_stands(bench(EARLY, docket)))
