"""Equipment: which is authorized, whose refusal is rightful, examined with whom, listed on arrival before whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.finding import Finding, Verdict
from skywitness.mission.conduct.kinds import EXAMINATION, KINDS, ON_BOARD, TESTING

BROUGHT, PROVIDED = "observing", "observed"
OK, BREACH, OPEN, NONE = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
Conduct = Callable[..., tuple[Finding, ...]]


def item(kind: str, *lines: str, name: str = "thing", on: str = "inspection") -> str:
    """One table of equipment."""
    return "\n".join(["[[equipment]]", f"name = '{name}'", f"for = '{on}'", f"kind = '{kind}'", *lines, ""])


def only(found: tuple[Finding, ...], provision: str) -> Finding:
    """The one finding of a provision."""
    (finding,) = [one for one in found if one.provision == provision]
    return finding


def flight(provider: str, *tables: str) -> str:
    """A file of facts that says who provides the aircraft."""
    return "\n".join(["[aircraft]", f"provided_by = '{provider}'", *tables])


SIX = [
    ("OS:F.I.7(A)", "video_probe", ""),
    ("OS:F.I.7(B)", "x_ray", ""),
    ("OS:F.I.7(C)", "ultrasonic", ""),
    ("OS:F.I.7(D)", "logic_analyser", ""),
    ("OS:F.I.7(E)", "passive_infrared", ""),
    ("OS:F.I.7(F)", "film_camera", "film_mm = 35"),
]


@pytest.mark.parametrize(("provision", "kind", "more"), SIX)
def test_testing_equipment_on_the_list_is_let_on_board(conduct: Conduct, provision: str, kind: str, more: str) -> None:
    """An item of the six kinds that was not refused: kept, and the observed Party may use it."""
    finding = only(conduct(flight(BROUGHT, item(kind, more))), provision)
    assert finding.verdict is Verdict.OK
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == ("FIN", "may")
    assert [value.key for value in finding.values] == ["testing_equipment"]


@pytest.mark.parametrize(("provision", "kind", "more"), SIX)
def test_testing_equipment_on_the_list_is_refused(conduct: Conduct, provision: str, kind: str, more: str) -> None:
    """An item of the six kinds that the observing Party refused: a breach, of this right and of E.8."""
    found = conduct(flight(BROUGHT, item(kind, more, "denied = true")))
    finding = only(found, provision)
    assert finding.verdict is Verdict.BREACH
    assert finding.effect is not None
    assert finding.effect.who == "FIN"
    assert only(found, "OS:E.8").verdict is Verdict.BREACH


@pytest.mark.parametrize(
    ("more", "verdict"), [("film_mm = 70", NONE), ("", OPEN), ("film_mm = 35.0", OK), ("film_mm = 36", NONE)]
)
def test_the_width_of_the_film_decides(conduct: Conduct, more: str, verdict: Verdict) -> None:
    """A camera is on the list where its film is 35 mm wide; where nobody says how wide it is nobody can tell."""
    assert only(conduct(flight(BROUGHT, item("film_camera", more))), "OS:F.I.7(F)").verdict is verdict


def test_what_the_commission_agreed_on(conduct: Conduct) -> None:
    """Other testing equipment that the Commission agreed on may be used, and not be refused (F.I.7)."""
    kept = only(conduct(flight(BROUGHT, item("other", "approved_by = 'commission'"))), "OS:F.I.7")
    refused = only(conduct(flight(BROUGHT, item("other", "approved_by = 'commission'", "denied = true"))), "OS:F.I.7")
    assert (kept.verdict, refused.verdict) == (Verdict.OK, Verdict.BREACH)
    assert kept.effect is not None


# who provides | kind | more | on: inspection or flight | verdict on E.8 | who may refuse
REFUSALS = [
    (BROUGHT, "x_ray", "", "inspection", OK, None),
    (BROUGHT, "x_ray", "denied = true", "inspection", BREACH, None),
    (BROUGHT, "computer", "denied = true", "inspection", BREACH, None),
    (BROUGHT, "film_camera", "film_mm = 70", "inspection", OK, "SWE"),
    (BROUGHT, "film_camera", "film_mm = 70\ndenied = true", "inspection", OK, "SWE"),
    (BROUGHT, "film_camera", "denied = true", "inspection", OPEN, None),
    (BROUGHT, "map", "denied = true", "inspection", OK, "SWE"),
    (BROUGHT, "other", "denied = true", "inspection", OK, "SWE"),
    (BROUGHT, "other", "approved_by = 'provider'\ndenied = true", "inspection", BREACH, None),
    (PROVIDED, "x_ray", "denied = true", "inspection", OK, "FIN"),
    (PROVIDED, "x_ray", "", "inspection", OK, "FIN"),
    (PROVIDED, "other", "approved_by = 'commission'", "inspection", OK, "FIN"),
    (PROVIDED, "x_ray", "approved_by = 'provider'", "inspection", OK, None),
    (PROVIDED, "video_camera", "denied = true", "inspection", BREACH, None),
    (PROVIDED, "sound_recorder", "", "inspection", OK, None),
    (PROVIDED, "map", "denied = true", "flight", BREACH, None),
    (PROVIDED, "notepad", "", "flight", OK, None),
    (PROVIDED, "computer", "denied = true", "flight", OK, "FIN"),
    # flight representatives fly with the observed Party's aircraft alone (II.19)
    (BROUGHT, "map", "denied = true", "flight", NONE, None),
    ("DEU", "computer", "denied = true", "flight", NONE, None),
]


@pytest.mark.parametrize(("provider", "kind", "more", "on", "verdict", "who"), REFUSALS)
def test_what_may_be_refused(
    conduct: Conduct, provider: str, kind: str, more: str, on: str, verdict: Verdict, who: str | None
) -> None:
    """Refused may be what no list authorizes, by who is inspected or, for the flight, by the observed Party."""
    finding = only(conduct(flight(provider, item(kind, more, on=on))), "OS:E.8")
    assert finding.verdict is verdict
    assert (finding.effect.who if finding.effect else None) == who


def test_an_item_of_no_kind(conduct: Conduct) -> None:
    """Whether an item may be refused nobody can tell who does not know what it is."""
    found = conduct(flight(BROUGHT, "[[equipment]]\nname = 'box'\nfor = 'inspection'\n"))
    finding = only(found, "OS:E.8")
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "box" in str(finding.needs[0])


def test_items_while_nobody_says_who_brings_the_aircraft(conduct: Conduct) -> None:
    """Whose inspectors they are is then open; what is for the flight is the observing Party's in any case."""
    found = conduct(item("x_ray") + item("map", on="flight"))
    assert [one.verdict for one in found if one.provision == "OS:E.8"] == [Verdict.CANNOT_TELL, Verdict.OK]
    assert {one.provision for one in found} == {"OS:E.8"}


CHECKS = [
    ("OS:F.I.3(B)", BROUGHT, ("together", "together"), OK, "SWE"),
    ("OS:F.I.3(B)", BROUGHT, ("together", "alone"), BREACH, "SWE"),
    ("OS:F.I.3(B)", BROUGHT, ("together", "no"), BREACH, "SWE"),
    ("OS:F.I.3(B)", BROUGHT, ("together", ""), OPEN, "SWE"),
    ("OS:F.I.3(B)", BROUGHT, ("no", ""), BREACH, "SWE"),
    ("OS:F.II.3(B)", PROVIDED, ("together", "together"), OK, "FIN"),
    ("OS:F.II.3(B)", PROVIDED, ("alone", "together"), BREACH, "FIN"),
    ("OS:F.II.3(B)", PROVIDED, ("", ""), OPEN, "FIN"),
]


@pytest.mark.parametrize(("provision", "provider", "checked", "verdict", "bearer"), CHECKS)
def test_every_item_is_examined_together(
    conduct: Conduct, provision: str, provider: str, checked: tuple[str, str], verdict: Verdict, bearer: str
) -> None:
    """Each item to be used is examined by both sides together before the inspection."""
    lines = [f"checked = '{word}'" if word else "" for word in checked]
    items = [item("computer", line, name=f"laptop {number}") for number, line in enumerate(lines)]
    finding = only(conduct(flight(provider, *items)), provision)
    assert (finding.verdict, finding.bearer) == (verdict, bearer)


def test_what_was_refused_is_not_to_be_used(conduct: Conduct) -> None:
    """An item that was refused needs no examination before the inspection."""
    items = item("computer", "checked = 'together'"), item("other", "denied = true", name="drill")
    assert only(conduct(flight(BROUGHT, *items)), "OS:F.I.3(B)").verdict is Verdict.OK


# who provides | whose items | what is told | verdict on E.7 | on E.7(B)
INVENTORIES = [
    (BROUGHT, "inspection", "present = ['FIN', 'SWE']", OK, OK),
    (BROUGHT, "inspection", "permitted = true\npresent = ['observed']", OK, OK),
    (BROUGHT, "inspection", "permitted = true\npresent = ['SWE']", OK, BREACH),
    (BROUGHT, "inspection", "permitted = true\npresent = []", OK, BREACH),
    (BROUGHT, "inspection", "permitted = true", OK, OPEN),
    (BROUGHT, "inspection", "", OPEN, OPEN),
    (BROUGHT, "inspection", "permitted = false", BREACH, None),
    (PROVIDED, "inspection", "permitted = false", BREACH, None),
    (PROVIDED, "inspection", "present = ['FIN']", OK, BREACH),
    (PROVIDED, "inspection", "present = ['SWE']", OK, OK),
    (PROVIDED, "flight", "present = ['SWE']", OK, OK),
    (PROVIDED, "flight", "present = ['DEU']", OK, BREACH),
    (PROVIDED, "flight", "permitted = false", BREACH, None),
    (BROUGHT, "flight", "permitted = false", NONE, None),
    ("DEU", "flight", "present = []", NONE, None),
]


@pytest.mark.parametrize(("provider", "on", "told", "verdict", "presence"), INVENTORIES)
def test_the_inventory_on_arrival(
    conduct: Conduct, provider: str, on: str, told: str, verdict: Verdict, presence: Verdict | None
) -> None:
    """Each Party may list what the other brings, before somebody of the other."""
    found = conduct(flight(provider, f"[[inventory]]\nfor = '{on}'\n{told}\n"))
    finding = only(found, "OS:E.7")
    assert finding.verdict is verdict
    assert (finding.effect is not None) == (verdict is Verdict.BREACH)
    assert [one.verdict for one in found if one.provision == "OS:E.7(B)"] == ([presence] if presence else [])


def test_an_inventory_that_events_list(conduct: Conduct) -> None:
    """An event that an inventory began says that it was let take place."""
    begun = "[[event]]\nkind = 'inventory_begun'\nat_utc = 2019-09-11T08:00:00Z\n"
    found = conduct(flight(BROUGHT, "[[inventory]]\nfor = 'inspection'\n", begun))
    assert only(found, "OS:E.7").verdict is Verdict.OK


def test_whose_inventory_is_open(conduct: Conduct) -> None:
    """Who lists inspectors' items nobody can tell who does not know whose aircraft it is."""
    found = conduct("[[inventory]]\nfor = 'inspection'\npermitted = true\n")
    assert [(one.provision, one.verdict) for one in found] == [("OS:E.7", Verdict.CANNOT_TELL)]


def test_the_lists_part_all_kinds() -> None:
    """Every kind stands in just one list, or in none and is ``other``."""
    assert sorted(KINDS) == sorted({*TESTING, *EXAMINATION, *ON_BOARD, "other"})
    assert len(set(KINDS)) == len(KINDS)


ITEMS = st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.booleans()), min_size=1, max_size=5)


def of_inspectors(provider: str, items: list[tuple[str, bool, bool]], denied: bool | None = None) -> str:
    """Facts with such items; ``denied``: all of them or none, whatever the items say."""
    tables = (
        item(
            kind,
            f"denied = {str(own if denied is None else denied).lower()}",
            "approved_by = 'provider'" if approved else "",
            "film_mm = 35" if kind == "film_camera" else "",
            name=f"item {number}",
        )
        for number, (kind, own, approved) in enumerate(items)
    )
    return flight(provider, *tables)


@given(provider=st.sampled_from([BROUGHT, PROVIDED]), items=ITEMS)
def test_refusing_nothing_breaks_nothing_and_refusing_all_is_the_worst(
    conduct: Conduct, provider: str, items: list[tuple[str, bool, bool]]
) -> None:
    """Of the same items a refusal breaks E.8 whenever fewer refusals do, and none breaks it where none was made."""
    none, some, every = (
        only(conduct(of_inspectors(provider, items, denied)), "OS:E.8").verdict for denied in (False, None, True)
    )
    assert none is Verdict.OK
    assert not (some is Verdict.BREACH and every is not Verdict.BREACH)


@given(provider=st.sampled_from([BROUGHT, PROVIDED]), items=ITEMS)
def test_each_kind_is_authorized_or_may_be_refused(
    conduct: Conduct, provider: str, items: list[tuple[str, bool, bool]]
) -> None:
    """Refusing every item is a breach just where one of them could not be refused by the effect of E.8."""
    free = only(conduct(of_inspectors(provider, items, False)), "OS:E.8")
    every = only(conduct(of_inspectors(provider, items, True)), "OS:E.8")
    refusable = str(free.effect.what).removeprefix("refuse use of ").split(", ") if free.effect else []
    assert (every.verdict is Verdict.BREACH) == (len(refusable) < len(items))
