"""Ledgers under the INF Treaty: phases and ceilings, versions, ways of elimination, places."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inf.inf_files import judged, verdicts

from skywitness.core.finding import Verdict

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
PHASE_1, PHASE_2, SHORT_END = dt.date(1990, 11, 1), dt.date(1991, 6, 1), dt.date(1989, 12, 1)
DAY = dt.timedelta(days=1)


def held(ident: str = "h", **fields: Any) -> dict[str, Any]:
    """Declare SS-20s of the Soviet Union by its own word."""
    told = {"party": "SUN", "type": "SS-20", "by": "SUN", "as_of": PHASE_1, "missiles_per_launcher": 1}
    return {"id": ident, **told, **fields}


def gone(ident: str = "e", **fields: Any) -> dict[str, Any]:
    """Eliminate SS-20s of the Soviet Union."""
    told = {"party": "SUN", "type": "SS-20", "day": dt.date(1988, 10, 1), "number": 1, "inspectors": True}
    return {"id": ident, **told, **fields}


ZERO: dict[str, Any] = {"deployed": 0, "not_deployed": 0, "launchers_deployed": 0, "launchers_not_deployed": 0}

CEILINGS = [
    # 171, 180 and 200 warheads at three a missile: 57, 60 and 66 SS-20 (digest 1.5)
    ("launchers_deployed", 57, "IV.2(A)(I)", OK),
    ("launchers_deployed", 58, "IV.2(A)(I)", BREACH),
    ("deployed", 60, "IV.2(A)(II)", OK),
    ("deployed", 61, "IV.2(A)(II)", BREACH),
    ("launchers_not_deployed", 66, "IV.2(A)(III)", OK),
    ("launchers_not_deployed", 67, "IV.2(A)(III)", BREACH),
    ("not_deployed", 66, "IV.2(A)(IV)", OK),
    ("not_deployed", 67, "IV.2(A)(IV)", BREACH),
]


@pytest.mark.parametrize(
    ("field", "number", "provision", "verdict"), CEILINGS, ids=[f"{r[0]} {r[1]}" for r in CEILINGS]
)
def test_the_ceilings_of_the_first_phase(field: str, number: int, provision: str, verdict: Verdict) -> None:
    """After the first phase 57 SS-20 launchers, 60 deployed missiles and 66 of each in all are the most."""
    counts: dict[str, Any] = {**ZERO, field: number}
    findings = judged(holding=[held(as_of=PHASE_1 + DAY, **counts)])
    (finding,) = (one for one in findings if one.provision == f"INF:{provision}")
    assert finding.verdict is verdict
    assert finding.measured == 3 * number
    assert (finding.effect is not None) is (verdict is BREACH)
    assert verdicts(findings, "IV.2(A)") == [verdict]
    assert {value.key for value in finding.values} >= {"warheads_per_missile"}


@pytest.mark.parametrize(("days", "verdict"), [(0, OPEN), (1, BREACH)])
def test_the_last_day_of_the_first_phase(days: int, verdict: Verdict) -> None:
    """What is above a ceiling as of the last day may have gone before it ended, as possession on it is no breach."""
    rows = [held(as_of=PHASE_1 + days * DAY, **{**ZERO, "launchers_deployed": 58})]
    findings = judged(holding=rows)
    assert verdicts(findings, "IV.2(A)(I)") == verdicts(findings, "IV.2(A)") == [verdict]
    (finding,) = (one for one in findings if one.provision == "INF:IV.2(A)(I)")
    assert (finding.effect is not None, bool(finding.needs)) == (True, verdict is OPEN)


def test_what_is_not_told_may_be_above_a_ceiling() -> None:
    """Numbers left out make a ceiling open; what is told may be too much already."""
    findings = judged(holding=[held(deployed=60)])
    assert verdicts(findings, "IV.2(A)(I)") == [OPEN]
    assert verdicts(findings, "IV.2(A)(II)") == [OK]
    assert verdicts(findings, "IV.2(A)(IV)") == [OPEN]
    assert verdicts(findings, "IV.2(A)") == [OPEN]
    unknown = judged(
        holding=[held(launchers_deployed=1, missiles_per_launcher=4), held("g", type="R-12", launchers_deployed=9)]
    )
    assert verdicts(unknown, "IV.2(A)(I)") == [OK]


@pytest.mark.parametrize(
    ("type_", "as_of", "provision", "left", "wanted"),
    [
        ("SS-20", PHASE_2, "IV.2(B)", 0, [OK]),
        ("SS-20", PHASE_2, "IV.2(B)", 1, [OPEN]),
        ("SS-20", PHASE_2 + DAY, "IV.2(B)", 1, [BREACH]),
        ("SS-20", dt.date(1991, 5, 31), "IV.2(B)", 1, []),
        ("Oka", SHORT_END, "V.1", 0, [OK]),
        ("Oka", SHORT_END, "V.1", 1, [OPEN]),
        ("Oka", SHORT_END + DAY, "V.1", 1, [BREACH]),
        ("Oka", dt.date(1989, 11, 30), "V.1", 1, []),
    ],
)
def test_nothing_left_at_the_end(type_: str, as_of: dt.date, provision: str, left: int, wanted: list[Verdict]) -> None:
    """Shorter range had to be gone by 1 December 1989, intermediate range by 1 June 1991 (digest 1.5).

    What is told as of the last day itself may be told before that day was over.
    """
    findings = judged(dt.date(1991, 12, 1), holding=[held(type=type_, as_of=as_of, **{**ZERO, "not_deployed": left})])
    assert verdicts(findings, provision) == wanted


def test_not_all_numbers_told_at_the_end() -> None:
    """Zero of what is told is not zero of all."""
    findings = judged(dt.date(1991, 12, 1), holding=[held(as_of=PHASE_2, deployed=0, not_deployed=0)])
    assert verdicts(findings, "IV.2(B)") == [OPEN]


@pytest.mark.parametrize(
    ("then", "now", "wanted"),
    [((405, 0), (57, 0), [OK]), ((120, 309), (10, 26), [OK]), ((120, 309), (20, 20), [BREACH]), (None, (5, 5), [OPEN])],
)
def test_the_mix_of_types(then: tuple[int, int] | None, now: tuple[int, int], wanted: list[Verdict]) -> None:
    """The share of ballistic missiles may not grow above that of 1 November 1987."""
    rows = []
    for as_of, pair in ((dt.date(1987, 11, 1), then), (PHASE_1, now)):
        if pair is not None:
            for name, number in zip(("Pershing II", "GLCM"), pair, strict=True):
                rows.append(held(f"{name} {as_of}", party="USA", by="USA", type=name, as_of=as_of, deployed=number))
    findings = judged(holding=rows)
    assert verdicts(findings, "IV.2(A)(V)") == wanted
    (finding,) = (one for one in findings if one.provision == "INF:IV.2(A)(V)")
    assert (finding.effect is not None) is (wanted == [BREACH])


# ---- figures that do not agree ----


def test_sums_inside_a_declaration_are_reported() -> None:
    """Deployed and not deployed that do not make the total stated are told, not put right."""
    findings = judged(holding=[held("good", deployed=400, not_deployed=250, total=650)])
    assert verdicts(findings, "MOU.II") == [OK]
    findings = judged(holding=[held("bad", deployed=405, not_deployed=245, total=651)])
    (finding,) = (one for one in findings if one.provision == "INF:MOU.II")
    assert (finding.verdict, finding.measured, finding.limit) == (OPEN, 650, 651)
    assert finding.needs


def test_versions_of_one_declaration_are_both_kept() -> None:
    """Two versions for one day: both are named, the later one is used, and only once it has been said."""
    first = held("first", as_of=dt.date(1987, 11, 1), said=dt.date(1987, 12, 8), total=859)
    second = held("second", as_of=dt.date(1987, 11, 1), said=dt.date(1988, 7, 1), total=846)
    (finding,) = (one for one in judged(holding=[second, first]) if one.provision == "INF:MOU.II")
    assert finding.verdict is OPEN
    assert (finding.measured, finding.limit) == (846, 859)
    assert "859" in str(finding.why)
    assert "846" in str(finding.why)


def test_859_and_846() -> None:
    """859 declared, 846 eliminated and none left do not add up: the thirteen missing are told (digest 1.4)."""
    rows = [held("d", as_of=dt.date(1987, 11, 1), total=859), held("end", as_of=dt.date(1991, 7, 1), total=0)]
    findings = judged(dt.date(1991, 12, 1), holding=rows, elimination=[gone(number=846)])
    (finding,) = (one for one in findings if one.provision == "INF:MOU.II")
    assert (finding.verdict, finding.measured, finding.limit) == (OPEN, 0, 13)
    kept = judged(dt.date(1991, 12, 1), holding=rows, elimination=[gone(number=859)])
    assert verdicts(kept, "MOU.II") == [OK]


@given(st.integers(0, 900), st.integers(0, 900))
def test_only_balanced_books_are_called_so(before: int, eliminated: int) -> None:
    """What is left must be what there was less what was eliminated, whatever the numbers."""
    rows = [held("d", as_of=dt.date(1987, 11, 1), total=before), held("end", as_of=dt.date(1989, 7, 1), total=300)]
    (finding, *_) = judged(holding=rows, elimination=[gone(number=eliminated)])
    assert (finding.verdict is OK) is (before - eliminated == 300)


@pytest.mark.parametrize(
    ("told", "after", "verdict"),
    [
        (True, 8, OK),
        (True, 9, OPEN),
        (False, 9, OK),
        (False, 8, OPEN),
        (None, 9, OK),
        (None, 8, OPEN),
        (None, 7, OPEN),
    ],
)
@pytest.mark.parametrize("item", ["missile", "launcher"])
def test_a_loss_counts_in_the_balance_once_it_is_notified(
    item: str, told: bool | None, after: int, verdict: Verdict
) -> None:
    """Of ten one was destroyed: eight are left where a loss was notified, nine where it was not; launchers too."""
    ends = {"missile": ("deployed", "not_deployed"), "launcher": ("launchers_deployed", "launchers_not_deployed")}[item]
    rows = [
        held("d", as_of=dt.date(1988, 7, 1), **{ends[0]: 10, ends[1]: 0}),
        held("end", as_of=dt.date(1989, 7, 1), **{ends[0]: after, ends[1]: 0}),
    ]
    more: dict[str, Any] = {} if told is None else {"told": told}
    lost = gone("lost", how="accident", item=item, **more)
    findings = judged(holding=rows, elimination=[gone(item=item), lost])
    assert verdicts(findings, "MOU.II") == [verdict]
    (finding,) = (one for one in findings if one.provision == "INF:MOU.II")
    assert any("notified" in str(need) for need in finding.needs) is (told is None and after == 8)


# ---- what launchers count for, and the base data ----


@pytest.mark.parametrize(
    ("type_", "stated", "verdict"), [("SS-20", 1, OK), ("SS-20", 2, BREACH), ("GLCM", 4, OK), ("RK-55", 6, OPEN)]
)
def test_missiles_to_a_launcher(type_: str, stated: int, verdict: Verdict) -> None:
    """A launcher counts for as many missiles as the memorandum has, whatever a declaration says (171 by 3 are 57)."""
    whose = "USA" if type_ == "GLCM" else "SUN"
    findings = judged(holding=[held(type=type_, party=whose, by=whose, missiles_per_launcher=stated)])
    assert verdicts(findings, "VII.9") == [verdict]
    (finding,) = (one for one in findings if one.provision == "INF:VII.9")
    assert (finding.effect is not None) is (verdict is BREACH)


@pytest.mark.parametrize(("stated", "number", "verdict"), [(171, 57, OK), (170, 57, BREACH), (171, None, OPEN)])
def test_warheads_of_launchers(stated: int, number: int | None, verdict: Verdict) -> None:
    """57 launchers of the SS-20 count for 171 warheads (digest 1.5); a declaration that counts others is told so."""
    told: dict[str, Any] = {} if number is None else {"launchers_deployed": number, "launchers_not_deployed": 0}
    findings = judged(holding=[held(launcher_warheads=stated, **told)])
    assert verdicts(findings, "VII.6") == [verdict]
    (finding,) = (one for one in findings if one.provision == "INF:VII.6")
    assert (finding.effect is not None) is (verdict is BREACH)


BASE = dt.date(1987, 11, 1)


@pytest.mark.parametrize(
    ("counts", "by", "wanted"),
    [
        ({"deployed": 405, "not_deployed": 245}, "SUN", [OK]),
        ({"total": 650}, "SUN", [OK]),
        ({"deployed": 404, "not_deployed": 246}, "SUN", [OPEN]),
        ({"total": 651}, "SUN", [OPEN]),
        ({"deployed": 405}, "SUN", [OPEN]),
        ({"total": 650}, "USA", []),
    ],
)
def test_base_data(counts: dict[str, Any], by: str, wanted: list[Verdict]) -> None:
    """What a side declares of its own as of 1 November 1987 is held against the numbers stored, from memory."""
    findings = judged(holding=[held(as_of=BASE, by=by, **counts)])
    assert verdicts(findings, "IX.1") == wanted
    for finding in findings:
        if finding.provision == "INF:IX.1":
            assert bool(finding.needs) is (finding.verdict is OPEN)
            assert {value.status for value in finding.values} == {"recollection"}


@pytest.mark.parametrize(("left_out", "verdict"), [("", OK), ("OTR-23", BREACH)])
def test_a_whole_list_tells_of_every_type(left_out: str, verdict: Verdict) -> None:
    """A list that says it is whole holds the base data of every type that the Treaty names of that side."""
    names = [name for name in ("RSD-10", "R-12", "R-14", "OTR-22", "OTR-23", "RK-55") if name != left_out]
    rows = [held(name, type=name, as_of=BASE, total=1) for name in names]
    findings = judged(holding=rows, complete=True)
    (finding,) = (one for one in findings if one.provision == "INF:IX.1" and one.where and one.where.name == "SUN")
    assert (finding.verdict, finding.effect is not None) == (verdict, verdict is BREACH)
    assert ("OTR-23" in str(finding.why)) is bool(left_out)


# ---- ways of elimination ----


@pytest.mark.parametrize(("number", "verdict"), [(100, OK), (101, BREACH)])
def test_a_hundred_by_launching(number: int, verdict: Verdict) -> None:
    """Up to 100 missiles of intermediate range may be eliminated by launching them."""
    findings = judged(elimination=[gone(how="launched", number=number)])
    assert verdicts(findings, "X.4") == [verdict]


@pytest.mark.parametrize(
    ("day", "type_", "verdict"),
    [
        (dt.date(1988, 12, 1), "SS-20", OK),
        (dt.date(1988, 12, 2), "SS-20", BREACH),
        (dt.date(1988, 10, 1), "SS-12", BREACH),
    ],
)
def test_launching_only_in_the_first_six_months(day: dt.date, type_: str, verdict: Verdict) -> None:
    """Launching ends on 1 December 1988 and is for intermediate range only (digest 1.5)."""
    assert verdicts(judged(elimination=[gone(how="launched", day=day, type=type_)]), "X.5") == [verdict]


@pytest.mark.parametrize("item", ["missile", "canister", "launcher"])
@pytest.mark.parametrize(("number", "verdict"), [(15, OK), (16, BREACH)])
def test_fifteen_of_a_kind_for_display(item: str, number: int, verdict: Verdict) -> None:
    """Fifteen missiles, canisters and launchers of each side may stand on display."""
    assert verdicts(judged(elimination=[gone(how="display", item=item, number=number)]), "ELIM.V") == [verdict]


@pytest.mark.parametrize(("inspectors", "verdict"), [(True, OK), (False, BREACH), (None, OPEN)])
def test_nothing_goes_without_inspectors(inspectors: bool | None, verdict: Verdict) -> None:
    """An elimination that nobody watched is a breach; one of which nobody says so is open."""
    told = {} if inspectors is None else {"inspectors": inspectors}
    row = {key: value for key, value in gone().items() if key != "inspectors"}
    findings = judged(elimination=[{**row, **told}])
    assert verdicts(findings, "X.1") == verdicts(findings, "XI.7") == [verdict]


@pytest.mark.parametrize(("told", "verdict"), [(True, OK), (False, NO), (None, OPEN)])
def test_a_loss_counts_once_it_is_notified(told: bool | None, verdict: Verdict) -> None:
    """A missile lost by accident counts as eliminated when the loss is notified."""
    more: dict[str, Any] = {} if told is None else {"told": told}
    row = gone(how="accident", **more)
    (finding,) = judged(elimination=[row])
    assert finding.provision == "INF:X.7"
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is NO)


# ---- places ----


NEW_YEAR, FACILITY = dt.date(1989, 1, 1), {"named": True}
BETWEEN = {"moved_from": "support_facility", "moved_to": "deployment_area"}


@pytest.mark.parametrize(
    ("place", "type_", "item", "day", "more", "provision", "wanted"),
    [
        ("deployment_area", "SS-20", "missile", NEW_YEAR, FACILITY, "VIII.1", [OK]),
        ("deployment_area", "SS-20", "missile", NEW_YEAR, {"named": False}, "VIII.1", [BREACH]),
        ("deployment_area", "SS-20", "missile", NEW_YEAR, {}, "VIII.1", [OPEN]),
        ("elimination_facility", "SS-20", "missile", NEW_YEAR, FACILITY, "VIII.1", [OK]),
        ("training_facility", "SS-20", "launcher", NEW_YEAR, FACILITY, "VIII.1", [OK]),
        ("transit", "SS-20", "launcher", NEW_YEAR, BETWEEN, "VIII.1", [OK]),
        ("transit", "SS-20", "launcher", NEW_YEAR, {"training": True}, "VIII.1", [OK]),
        ("transit", "SS-20", "missile", NEW_YEAR, {"training": True}, "VIII.1", [OPEN]),
        ("transit", "SS-20", "missile", NEW_YEAR, {"moved_from": "support_facility"}, "VIII.1", [OPEN]),
        ("transit", "SS-20", "missile", NEW_YEAR, {"moved_to": "elsewhere"}, "VIII.1", [BREACH]),
        ("elsewhere", "SS-20", "missile", NEW_YEAR, {}, "VIII.1", [BREACH]),
        ("elsewhere", "SS-20", "canister", NEW_YEAR, {}, "VIII.1", [BREACH]),
        ("elsewhere", "SS-20", "canister", NEW_YEAR, {"shown_empty": True}, "VIII.1", []),
        ("elsewhere", "Oka", "missile", NEW_YEAR, {}, "VIII.1", []),
        ("elsewhere", "SS-20", "missile", dt.date(1988, 5, 31), {}, "VIII.1", []),
        ("test_range", "SS-20", "missile", dt.date(1988, 7, 1), {}, "VIII.1", [OK]),
        ("test_range", "SS-20", "missile", dt.date(1988, 7, 1), {}, "VIII.6", [OK]),
        ("test_range", "SS-20", "missile", dt.date(1988, 7, 2), {}, "VIII.6", [BREACH]),
        ("training_facility", "Oka", "launcher", NEW_YEAR, FACILITY, "VIII.7", [OK]),
        ("training_facility", "Oka", "missile", NEW_YEAR, FACILITY, "VIII.7", [BREACH]),
        ("training_facility", "Oka", "canister", NEW_YEAR, FACILITY, "VIII.7", [OPEN]),
        ("training_facility", "Oka", "canister", NEW_YEAR, {"shown_empty": True}, "VIII.7", [OK]),
    ],
)
def test_places(
    place: str, type_: str, item: str, day: dt.date, more: dict[str, Any], provision: str, wanted: list[Verdict]
) -> None:
    """Where a missile or launcher is decides whether it may be there; what is not told of the place leaves it open."""
    row = {"id": "s", "party": "SUN", "type": type_, "by": "USA", "day": day, "place": place, "item": item, **more}
    findings = judged(sighting=[row])
    assert verdicts(findings, provision) == wanted
    for finding in findings:
        if finding.provision.startswith("INF:VIII"):
            assert (finding.effect is not None) is (finding.verdict is BREACH)
            assert bool(finding.needs) is (finding.verdict is OPEN)


@pytest.mark.parametrize(
    ("place", "type_", "more", "provision", "verdict"),
    [
        ("deployment_area", "SS-20", FACILITY, "II.7", OK),
        ("deployment_area", "SS-20", {"named": False}, "II.7", NO),
        ("deployment_area", "SS-20", {}, "II.7", OPEN),
        ("operating_base", "Oka", FACILITY, "II.8", OK),
        ("operating_base", "Oka", {"named": False}, "II.8", NO),
        ("support_facility", "Oka", FACILITY, "II.9", OK),
        ("support_facility", "Oka", {}, "II.9", OPEN),
        ("transit", "SS-20", BETWEEN, "II.10", OK),
        ("transit", "SS-20", {"moved_from": "elsewhere"}, "II.10", NO),
        ("transit", "SS-20", {}, "II.10", OPEN),
        ("deployment_area", "SS-20", FACILITY, "II.11", OK),
        ("deployment_area", "SS-20", {"named": False}, "II.11", NO),
        ("deployment_area", "SS-20", {}, "II.11", OPEN),
        ("support_facility", "SS-20", FACILITY, "II.11", NO),
        ("operating_base", "Oka", FACILITY, "II.11", OK),
        ("deployment_area", "Oka", FACILITY, "II.11", NO),
    ],
)
def test_what_a_place_is(place: str, type_: str, more: dict[str, Any], provision: str, verdict: Verdict) -> None:
    """A place is what the memorandum names it, a movement a transit between such; deployed hangs on both."""
    row = {"id": "s", "party": "SUN", "type": type_, "by": "USA", "day": NEW_YEAR, "place": place, **more}
    (finding,) = (one for one in judged(sighting=[row]) if one.provision == f"INF:{provision}")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is OK)
    assert bool(finding.needs) is (verdict is OPEN)


# ---- what counts as one missile ----


@pytest.mark.parametrize(
    ("type_", "lying", "provision", "number"),
    [
        ("SS-20", {"longest_stages": 4}, "VII.10(A)", 4),
        ("SS-20", {"canisters": 6, "shown_empty": 2}, "VII.10(B)", 4),
        ("SS-20", {"canisters": 3, "assembled": 1}, "VII.10(B)", 4),
        ("Pershing II", {"assembled": 1, "longest_stages": 3}, "VII.10(B)", 4),
        ("GLCM", {"airframes": 4}, "VII.10(C)", 4),
        ("GLCM", {"canisters": 4}, "VII.10(C)", None),
    ],
)
def test_what_counts_as_one_missile(type_: str, lying: dict[str, int], provision: str, number: int | None) -> None:
    """The longest stage, a canister not shown empty, an assembled missile, an airframe: each counts as one."""
    whose = "SUN" if type_ == "SS-20" else "USA"
    row = {"id": "s", "party": whose, "type": type_, "by": whose, "day": dt.date(1989, 1, 1), "counted": 4, **lying}
    (finding,) = judged(stored=[row])
    assert finding.provision == f"INF:{provision}"
    assert finding.verdict is (OPEN if number is None else OK)
    (other,) = judged(stored=[{**row, "counted": 3}])
    assert other.verdict is (OPEN if number is None else BREACH)
    assert (other.effect is not None) is (number is not None)
