"""What ``size`` and ``detect`` both tell of a sample: alarms, what a result means, cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from skywitness.cli.page import Page
from skywitness.cli.sampling.figures import amount, of, percent
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.sampling.meaning import Meaning
    from skywitness.sampling.model import Question


def alarms_json(question: Question, sample: int) -> dict[str, Any]:
    """Write alarms, and what a result means, for scripts."""
    from skywitness.sampling.meaning import alarms, meaning

    found, told = alarms(question, sample), meaning(question, sample)
    return {
        "false_alarms": {
            "expected": found.expected,
            "expected_when_clean": found.expected_when_clean,
            "any_when_clean": found.any_when_clean,
        },
        "meaning": None
        if told is None
        else {
            "prior": told.prior,
            "after_alarm": told.after_alarm,
            "after_none": told.after_none,
            "true_share_of_alarms": told.true_share,
        },
    }


def write_alarms(page: Page, question: Question, sample: int) -> None:
    """Write how many false alarms there will be, and what a result means."""
    from skywitness.sampling.meaning import alarms, meaning

    if question.false_alarm:
        found = alarms(question, sample)
        page.heading(say("False alarms, all rounds together"))
        page.paragraph(
            say(
                "Where nothing is false: {expected:.2f} are to be expected, at least one with a chance of {chance}.",
                expected=found.expected_when_clean,
                chance=percent(page.language, found.any_when_clean),
            ),
            indent=2,
        )
        page.paragraph(
            say("Where items are false: {expected:.2f} are to be expected.", expected=found.expected), indent=2
        )
    told = meaning(question, sample)
    if told is not None:
        _write_meaning(page, told)


def _write_meaning(page: Page, told: Meaning) -> None:
    """Write what an alarm means, and what none means, for the chance that something is false."""
    page.heading(
        say(
            "What a result means, if false items are there with a chance of {chance} before",
            chance=percent(page.language, told.prior),
        )
    )
    language = page.language
    page.paragraph(
        say("An alarm cannot come.")
        if told.after_alarm is None
        else say("After at least one alarm: {chance}.", chance=percent(language, told.after_alarm)),
        indent=2,
    )
    page.paragraph(
        say("A result without any alarm cannot come.")
        if told.after_none is None
        else say("After no alarm at all: {chance}.", chance=percent(language, told.after_none)),
        indent=2,
    )
    if told.true_share is not None:
        page.paragraph(
            say("Of all alarms {chance} come from false items.", chance=percent(page.language, told.true_share)),
            indent=2,
        )


def most_affordable(question: Question) -> int | None:
    """Return the largest sample per round that the budget pays; ``None`` where no budget is set."""
    costs = question.costs
    if costs is None or costs.budget is None:
        return None
    left = costs.budget - question.rounds * costs.round
    if left < 0:
        return 0
    if not costs.item:
        return question.most_per_round
    drawn = math.floor(left / costs.item)
    if not question.fresh and drawn >= question.items:  # rounds after the last item draw nothing, and cost nothing
        return question.most_per_round
    return min(question.items, drawn // question.rounds)


def cost_json(question: Question, sample: int) -> dict[str, Any] | None:
    """Write what it costs for scripts."""
    total = question.cost(sample)
    if total is None or question.costs is None:
        return None
    budget, most = question.costs.budget, most_affordable(question)
    document: dict[str, Any] = {"total": float(total), "budget": None if budget is None else float(budget)}
    if budget is not None and most is not None:
        document |= {
            "within_budget": total <= budget,
            "affordable": {"n": most, "probability": _chance_of(question, most)},
        }
    return document


def _chance_of(question: Question, sample: int) -> float:
    from skywitness.sampling.chance import chance
    from skywitness.sampling.sizes import parts_of, worst

    return chance(parts_of(question, sample, worst(question))).found


def write_cost(page: Page, question: Question, sample: int) -> None:
    """Write what it costs, and what the budget pays."""
    from skywitness.sampling.chance import chance
    from skywitness.sampling.sizes import parts_of, worst

    total = question.cost(sample)
    if total is None or question.costs is None:
        return
    page.heading(say("Cost"))
    page.paragraph(say("{cost} in all, the unit being yours.", cost=amount(page.language, total)), indent=2)
    budget, most = question.costs.budget, most_affordable(question)
    if budget is None or most is None:
        return
    if total <= budget:
        page.paragraph(say("Within the budget of {budget}.", budget=amount(page.language, budget)), indent=2)
        return
    page.paragraph(
        say(
            "More than the budget of {budget}, which pays for {sample:,} a round: {chance}.",
            budget=amount(page.language, budget),
            sample=most,
            chance=of(page, chance(parts_of(question, most, worst(question)))),
        ),
        indent=2,
    )
