"""Every fact about what Parties did, with all that the law makes of it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.law.act_words import act_days, act_title
from skywitness.law.acts import Act, Acts
from skywitness.law.aftermath import withdrawal_consequences
from skywitness.law.agreement import Agreement, agreement_consequences
from skywitness.law.consequence import Consequence
from skywitness.law.formation import (
    ADMIT,
    END_BENELUX,
    FORM,
    LEAVE,
    TO_COMMON,
    TO_REDISTRIBUTION,
    GroupChange,
    change_consequences,
    takes_effect,
)
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION
from skywitness.law.ledger import Ledger, Transfer, ledger_of
from skywitness.law.legal_day import LegalDay
from skywitness.law.nonperformance import NonPerformance, nonperformance_consequences
from skywitness.law.review import Review, review_consequences
from skywitness.law.told_law import with_acts
from skywitness.law.transfers import StandingGroup, transfer_consequences
from skywitness.law.withdrawal import Withdrawal

__all__ = ["Answered", "answer_all", "standing_groups"]


@dataclass(frozen=True, slots=True)
class Answered:
    """One fact and what the law makes of it on a day."""

    act: Act
    day: LegalDay
    consequences: tuple[Consequence, ...]

    @property
    def verdict(self) -> Verdict:
        """Sum up; readings that differ on one fact can be told by nobody."""
        by_reading: dict[tuple[str, ...], list[Finding]] = {}
        for one in self.consequences:
            finding = one.finding
            taken = (*sorted(finding.reading.interpretations.items()), *finding.reading.accepted_claims)
            by_reading.setdefault(tuple(map(str, taken)), []).append(finding)
        verdicts = {overall(findings) for findings in by_reading.values()}
        return verdicts.pop() if len(verdicts) == 1 else Verdict.CANNOT_TELL

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the fact, its days, who says it, and every answer."""
        start, end = act_days(self.act, self.day)
        return {
            **self.act.told.to_json(catalogue),
            "what": act_title(self.act).render(catalogue),
            "from": start.isoformat() if start else None,
            "to": end.isoformat() if end else None,
            "verdict": self.verdict.value,
            "answers": [one.to_json(catalogue) for one in self.consequences],
        }


def answer_all(acts: Acts, day: LegalDay) -> tuple[Answered, ...]:
    """Answer for every fact that had become known, in the order of the file; quotas and flights serve the others.

    A withdrawal or a change of a group is answered from the law as stored; every other fact from the law that these
    leave on the day, as where a flight is judged: who has left neither owes nor holds anything.
    """
    known = tuple(act for act in acts.all() if act.told.known_by(day.known))
    groups = standing_groups(acts, day)
    left = LegalDay(day.at, day.known, with_acts(day.instrument, acts, day.at, day.known))
    found = []
    before: list[Transfer] = []
    for act in known:
        if isinstance(act, Transfer):
            ledger = ledger_of(left, acts.quotas).after(before)
            found.append(Answered(act, day, transfer_consequences(act, left, ledger, groups)))
            before.append(act)
        elif (answers := _answers(act, acts, day, left)) is not None:
            found.append(Answered(act, day, answers))
    return tuple(found)


def _answers(act: Act, acts: Acts, day: LegalDay, left: LegalDay) -> tuple[Consequence, ...] | None:
    if isinstance(act, Agreement):
        return agreement_consequences(act, left)
    if isinstance(act, GroupChange):
        return change_consequences(act, day)
    if isinstance(act, NonPerformance):
        return nonperformance_consequences(act, left)
    if isinstance(act, Review):
        return review_consequences(act, left)
    if isinstance(act, Withdrawal):
        return withdrawal_consequences(act, day, _ledger_of_its_year(act, acts, day), acts.flights)
    return None


def _ledger_of_its_year(act: Withdrawal, acts: Acts, day: LegalDay) -> Ledger:
    """Gather the quotas of the year in which the withdrawal takes effect, transfers among them."""
    then = day.on(act.takes_effect(day))
    return ledger_of(then, acts.quotas).after(acts.transfers)


def standing_groups(acts: Acts, day: LegalDay) -> tuple[StandingGroup, ...]:
    """Return the groups that stand on the day: those of the law, and what the facts make of them."""
    groups = {
        group.code: StandingGroup(group.code, group.kind, group.members)
        for group in day.instrument.groups.values()
        if group.holds_on(day.at, day.known)
    }
    dated = [(takes_effect(change, day), change) for change in acts.changes if change.told.known_by(day.known)]
    for _, change in sorted(((on, change) for on, change in dated if on and on <= day.at), key=lambda one: one[0]):
        _apply(change, groups)
    return tuple(groups.values())


def _apply(change: GroupChange, groups: dict[str, StandingGroup]) -> None:
    kinds = {TO_COMMON: COMMON_QUOTA, TO_REDISTRIBUTION: REDISTRIBUTION}
    if change.what == END_BENELUX or len(change.members) < 2:
        groups.pop(change.group, None)
    elif change.what in (FORM, ADMIT, LEAVE) or change.what in kinds:
        kind = kinds.get(change.what, change.kind)
        groups[change.group] = StandingGroup(change.group, kind, change.members)
