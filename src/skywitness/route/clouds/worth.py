"""What a site is worth to the search: the one place that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.clouds.asked import CAUTIOUS, EXPECTED, Clouds, kept, of_plan
from skywitness.route.model import Plan, Site


def weighed(sites: Sequence[Site], clouds: Clouds) -> tuple[Site, ...]:
    """Give sites the value that the search counts: value times the chance of a clear sky, 1 where nobody has said one.

    :raises InputError: of kind ``no_clear_sky`` when no site has any chance, ``no_chances`` when nobody has said one
        and the plan is to be a cautious one.
    """
    if clouds.cautious is not None and not any_chance(sites):
        message = say(
            "none of the {sites} sites that can be reached has a chance of a clear sky (p_clear), so that nothing "
            "tells good skies from bad ones; give p_clear in the sites file, or skies by --cloud-scenarios",
            sites=len(sites),
        )
        raise InputError("no_chances", message, "cautious")
    if clouds.ignore or not any_chance(sites):
        return tuple(sites)
    found = tuple(replace(site, value=site.expected_value) for site in sites)
    if not any(site.value > 0.0 for site in found):
        message = say(
            "each of the {sites} sites that can be reached has a chance of 0 for a clear sky, so that no flight is "
            "worth anything; choose another day, or plan as if the sky were clear: --clouds ignore",
            sites=len(found),
        )
        raise InputError("no_clear_sky", message, "sites")
    return found


def any_chance(sites: Sequence[Site]) -> bool:
    """Tell whether anybody has said a chance of a clear sky."""
    return any(site.p_clear is not None for site in sites)


def expects(plan: Plan) -> bool:
    """Tell whether a plan was searched for by what is expected under clouds, and its bound is one of that."""
    return kept(plan).get("weighed") in (EXPECTED, CAUTIOUS)


def again(plan: Plan) -> float:
    """What a plan reaches of what the search counts when the plan is made again."""
    return plan.score if of_plan(plan).ignore else plan.expected_score


def standing(plan: Plan) -> float:
    """What plans for one request are ranked by: what they see in the worst skies, if they were planned for these."""
    found = kept(plan)
    quantile = found.get("quantile") if found.get("weighed") == CAUTIOUS else None
    return float(quantile) if isinstance(quantile, int | float) else reached(plan)


def reached(plan: Plan) -> float:
    """What a plan reaches of what it was searched for, which is also what its bound is about."""
    return plan.expected_score if expects(plan) else plan.score
