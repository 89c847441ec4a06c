"""What a plan has to tell about clouds, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skywitness.core.text import Text, say, say_n
from skywitness.route.clouds.asked import KEY, Clouds
from skywitness.route.clouds.worth import any_chance
from skywitness.route.model import Plan, Site


def about_clouds(sites: Sequence[Site], clouds: Clouds) -> tuple[Text, ...]:
    """Say what the search made of the chances of a clear sky; nothing where nobody has said one."""
    if not any_chance(sites):
        return ()
    if clouds.ignore:
        return (say("the chances of a clear sky were not used (--clouds ignore): the search counted full values"),)
    told = [say("the search weighed each site by its chance of a clear sky; the score counts full values")]
    if clouds.cautious is not None:
        told = [
            say(
                "the flight was sought that sees most in the worst {percent:g} % of skies (--cautious), not the one of "
                "the highest expected value; the score counts full values",
                percent=100.0 * clouds.cautious,
            )
        ]
    unknown = sum(site.p_clear is None for site in sites)
    if unknown:
        told.append(
            say_n(
                "{count} site has no chance of a clear sky given, and counts as always clear",
                "{count} sites have no chance of a clear sky given, and count as always clear",
                unknown,
            )
        )
    return tuple(told)


def provenance(sites: Sequence[Site], clouds: Clouds) -> dict[str, Any]:
    """What a plan keeps of it; nothing where nobody has said a chance."""
    return {KEY: {"weighed": clouds.weighed}} if any_chance(sites) else {}


def expected_words(plan: Plan) -> Text:
    """Say what is expected of a plan under clouds."""
    return say(
        "Under the chances of a clear sky {expected:,.4g} of the {value:,.6g} in value is expected.",
        expected=plan.expected_score,
        value=plan.score,
    )
