"""Who pays back what: VI.I.18 and VIII.II.9."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.route.hosting.told import told
from tests.route.rules.plans import only

from skywitness.core.finding import Finding, Verdict
from skywitness.route.host_facts import BECAUSE, Cost
from skywitness.route.hosting.costs import additional_expenses, costs_of_the_flight
from skywitness.route.rules.context import Context

FUEL = {"what": "fuel", "amount": 1200.0, "currency": "EUR", "paid_by": "DEU", "borne_by": "SWE"}
CASES = [
    ({"reimbursed": 1200.0}, "ok", "all of it", None),
    ({"reimbursed": 1000.0, "refused": True}, "breach", "will not pay", "DEU"),
    ({"refused": True}, "breach", "will not pay", "DEU"),
    ({"reimbursed": 1000.0}, "cannot_tell", "SWE owes it to DEU", "SWE"),  # no day is set
    ({}, "cannot_tell", "SWE owes it to DEU", "SWE"),
    ({"reimbursed": 1200.0, "amount": None}, "cannot_tell", "SWE owes it to DEU", "SWE"),
    ({"borne_by": "DEU"}, "not_applicable", "who paid it", None),
    ({"borne_by": None, "refused": True}, "cannot_tell", "not public", None),
    ({"paid_by": None}, "cannot_tell", "not public", None),
    ({"paid_by": "NLD", "borne_by": "BENELUX"}, "not_applicable", "who paid it", None),  # deemed one Party
]


@pytest.mark.parametrize(("change", "verdict", "says", "who"), CASES)
def test_costs_of_the_flight(change: dict[str, object], verdict: str, says: str, who: str | None) -> None:
    """VI.I.18: what is paid back in full is kept, what is refused is broken, what is open is owed."""
    judge(costs_of_the_flight, Cost(**{**FUEL, **change}), "OS:VI.I.18", (verdict, says, who))  # type: ignore[arg-type]


@pytest.mark.parametrize(("change", "verdict", "says", "who"), CASES)
def test_expenses_of_a_deviation(change: dict[str, object], verdict: str, says: str, who: str | None) -> None:
    """VIII.II.9: the same holds of what a deviation, a prohibition or an emergency costs beside."""
    cost = Cost(**{**FUEL, **change}, because="deviation")  # type: ignore[arg-type]
    judge(additional_expenses, cost, "OS:VIII.II.9", (verdict, says, who))


def judge(
    rule: Callable[[Context], Iterator[Finding]], cost: Cost, code: str, expected: tuple[str, str, str | None]
) -> None:
    """Hold the one finding on a cost against the verdict, the words and who may or must do something."""
    finding = only(rule(told(costs=(cost,))))
    assert (finding.provision, finding.verdict) == (code, expected[0])
    assert expected[1] in str(finding.why)
    assert (finding.effect.who if finding.effect else None) == expected[2]
    assert finding.limit is None or finding.unit == "EUR"


@pytest.mark.parametrize("because", BECAUSE)
def test_every_cause_of_article_viii_has_words(because: str) -> None:
    """An expense is named by what it came from, and is no cost of the flight itself."""
    context = told(costs=(Cost("a hotel", because=because),))
    assert not list(costs_of_the_flight(context))
    assert "a hotel, caused by " in str(only(additional_expenses(context)).why)


@given(st.floats(0.0, 1e9), st.floats(0.0, 1e9), st.sampled_from([None, True, False]))
def test_kept_just_when_all_is_paid_back(amount: float, back: float, refused: bool | None) -> None:
    """A cost is settled when what came back reaches it, and broken only by a refusal of something left."""
    cost = Cost("fuel", amount, "EUR", "DEU", "SWE", back, refused)
    finding = only(costs_of_the_flight(told(costs=(cost,))))
    assert (finding.verdict is Verdict.OK) == (back >= amount)
    assert (finding.verdict is Verdict.BREACH) == (back < amount and refused is True)
    assert finding.margin == pytest.approx(back - amount)
