"""Single terms of the Treaty, each judged alone: what is met has its effect, what is not has none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cfe.items_files import AT, TANK, without

from skywitness.cfe.items import answer, land, standing
from skywitness.cfe.items.desk import Desk
from skywitness.cfe.items.known import Known, Tri
from skywitness.cfe.items.read import read_items
from skywitness.cfe.law import Law
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE


def desk(facts: dict[str, Any], **item: Any) -> Desk:
    """Put one item on a desk."""
    subject = {"id": "x", "state": "POL", "medium": "land", **item}
    subject = {name: value for name, value in subject.items() if value != ""}
    case = read_items({"at": AT, "item": [subject], "record": [{"of": "x", "by": "POL", **facts}]})
    return Desk(Known(case.items[0], case.records), Law(Reading(at=AT)))


def check(finding: Finding, ident: str, verdict: Verdict) -> None:
    """Hold a finding: its provision, its verdict, and an effect where it is met or not kept."""
    assert finding.provision == f"CFE:{ident}"
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict in (OK, BREACH))


@pytest.mark.parametrize(("state", "verdict"), [("ISL", OK), ("KAZ", OK), ("AUT", NO)])
def test_the_term_group_of_states(state: str, verdict: Verdict) -> None:
    """A State is in one of the two groups, or in none (II.1(A))."""
    (finding,) = standing._group(desk(TANK, state=state))
    check(finding, "II.1(A)", verdict)


@pytest.mark.parametrize(("located", "verdict"), [("ISL", OK), ("USA", NO), ("TUR", OPEN)])
def test_the_term_area(located: str, verdict: Verdict) -> None:
    """A place is in the area, or not, or a line must be known (II.1(B))."""
    _, (finding,) = standing._area(desk(TANK, located=located))
    check(finding, "II.1(B)", verdict)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (TANK, OK),
        ({**TANK, "unladen_weight_t": 16.4}, NO),
        ({**TANK, "traverse_360": False}, NO),
        (without(TANK, "calibre_mm"), OPEN),
    ],
)
def test_the_term_battle_tank(facts: dict[str, Any], verdict: Verdict) -> None:
    """All conditions together make a tank (II.1(C))."""
    check(land._tank(desk(facts)).finding, "II.1(C)", verdict)


@pytest.mark.parametrize(("limited", "verdict"), [(True, OK), (False, NO), (None, OPEN)])
def test_the_terms_limited_and_counted(limited: bool | None, verdict: Verdict) -> None:
    """What is limited is kept within the limits (II.1(J)); what counts is counted (III.1)."""
    check(standing._limited(desk(TANK), Tri(limited), False), "II.1(J)", verdict)
    check(standing._counts(desk(TANK), Tri(limited)), "III.1", verdict)


@pytest.mark.parametrize(
    ("kinds", "counted", "verdict"),
    [
        (("artillery",), "", OK),
        (("artillery",), "artillery", OK),
        (("artillery",), "battle_tank", BREACH),
        ((), "battle_tank", BREACH),
        ((), "", NO),
        (("artillery", "battle_tank"), "", OPEN),
    ],
)
def test_the_terms_as_a_whole(kinds: tuple[str, ...], counted: str, verdict: Verdict) -> None:
    """An item is of the kind that the terms give, and is counted as that (II.1)."""
    check(answer._whole(desk(TANK, counted_as=counted), kinds), "II.1", verdict)
