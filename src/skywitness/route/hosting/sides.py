"""Who is on which side of a flight."""

from __future__ import annotations

from skywitness.route.rules.context import Context

__all__ = ["is_observed", "is_observing"]


def is_observing(context: Context, code: str | None) -> bool:
    """Tell whether a code is that of the observing Party, of a member of it, or of the group it is a member of."""
    return code is not None and code in _codes(context, context.plan.observing)


def is_observed(context: Context, code: str | None) -> bool:
    """Tell the same of the observed Party."""
    return code is not None and code in _codes(context, context.plan.observed)


def _codes(context: Context, party: str) -> set[str]:
    law = context.law
    return {party, law.acts_as(party), *law.members(party)}
