"""What to ask for where a distribution is not known, or not of every holder."""

from __future__ import annotations

from skywitness.core.finding import Finding
from skywitness.core.text import Text, say
from skywitness.law.judge.bench import Bench, cannot_tell
from skywitness.law.judge.distribution import Distribution


def without_distribution(bench: Bench, code: str) -> Finding:
    """Say that nothing is known of any distribution for the year."""
    why = say("No distribution of active quotas for {year} is public.", year=str(bench.at.year))
    return cannot_tell(bench, code, why, (need_quotas(bench),))


def missing_holders(bench: Bench, found: Distribution, without: str = "") -> tuple[Text, ...]:
    """Ask for the quotas of those of whom nothing is known."""
    who = ", ".join(code for code in found.unknown if code != without)
    if not who:
        return ()
    if not found.shares:
        return (need_quotas(bench),)
    return (need_active(bench, who),)


def need_quotas(bench: Bench) -> Text:
    """Ask for the distribution of the year."""
    return say("the distribution of active quotas for {year} ([[year_quota]] in the facts)", year=str(bench.at.year))


def need_active(bench: Bench, who: str) -> Text:
    """Ask for the active quotas of somebody."""
    return say("the active quotas of {who} for {year} ([[year_quota]])", who=who, year=str(bench.at.year))


def need_passive(who: str) -> Text:
    """Ask for the passive quota of somebody."""
    return say("the passive quota of {who} (year_quota.passive_total)", who=who)
