"""What a plan sees in light: for scripts and for people."""

from __future__ import annotations

from typing import Any

from skywitness.core.text import Text, say, say_n
from skywitness.route.files.text_json import utc_words
from skywitness.route.model import Plan
from skywitness.route.passes import Daylight, daylight


def light_json(plan: Plan) -> dict[str, Any]:
    """Write what a plan sees in light, and each observed site that it passes in the dark or out of its hours."""
    seen = daylight(plan)
    return {
        "score_in_light": seen.score,
        "sites_in_dark": [
            {
                "name": plan.sites[one.site].name,
                "leg": one.leg,
                "time_utc": utc_words(one.time_utc),
                "sun_deg": round(one.sun_deg, 2),
                "least_sun_deg": one.least_sun_deg,
                "in_its_hours": one.timely,
            }
            for one in seen.dark
        ],
    }


def light_words(plan: Plan) -> Text | None:
    """Say what a plan sees in light; ``None`` where all that it observes is."""
    seen: Daylight = daylight(plan)
    if not seen.dark:
        return None
    return say(
        "In usable light, and at the hours given for sites: {lit:,.6g} of the {value:,.6g} in value; {sites} passed in "
        "the dark or at another hour.",
        lit=seen.score,
        value=plan.score,
        sites=say_n("{count} site is", "{count} sites are", len(seen.dark)),
    )
