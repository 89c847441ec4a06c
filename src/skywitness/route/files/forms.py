"""What the names and numbers in plans, facts and sites may be.

The ranges are wide: they catch slips of the keyboard and mixed-up units, not bad plans, which the rules judge.
"""

from __future__ import annotations

from typing import Final

from skywitness.core.text import say
from skywitness.law.category import Category
from skywitness.route.files.fields import Form, Range

STATE: Final = Form(r"[A-Z]{3}", say("the code of a State such as SWE (ISO 3166, three capitals)"))
PARTY: Final = Form(
    r"[A-Z]{3}(-[A-Z]{3})*|BENELUX",
    say("the code of a State such as SWE (ISO 3166, three capitals) or of a group such as BLR-RUS"),
)
PROVIDER: Final = Form(r"observing|observed|[A-Z]{3}", say("observing, observed or the code of a State such as SWE"))
INSTRUMENT: Final = Form(r"[a-z][a-z0-9-]{0,40}", say("the name of an instrument such as open-skies"))
AIRFIELD: Final = Form(
    r"[A-Z]{4}|[a-z]{2}(-[a-z0-9]+)+", say("the code of an airfield such as UUMB, or true for any airfield")
)
PLACE: Final = Form(AIRFIELD.pattern, say("the code of an airfield such as UUMB"))

SENSOR_CATEGORIES: Final = tuple(category.value for category in Category)

LON_DEG: Final = Range(-180.0, 180.0)
LAT_DEG: Final = Range(-90.0, 90.0)
COURSE_DEG: Final = Range(0.0, 360.0)
CHANCE: Final = Range(0.0, 1.0)

SITE_VALUE: Final = Range(0.0, 1e12)
"""Sums of 20,000 such values stay exact enough for a double; who needs larger ones may divide them all."""

HEIGHT_M_AGL: Final = Range(0.0, 30_000.0)
HEIGHT_M_AMSL: Final = Range(-500.0, 30_000.0)
"""The lowest dry land is 430 m below the sea; no observation aircraft flies above 30 km."""

DISTANCE_KM: Final = Range(0.0, 45_000.0)
"""Once around the Earth, with room."""

SPEED_KM_H: Final = Range(50.0, 4_000.0)
MASS_KG: Final = Range(0.0, 1_000_000.0, above=True)
SWATH_KM: Final = Range(0.0, 500.0, above=True)
OFF_NADIR_DEG: Final = Range(0.0, 89.0)
"""Angles from the vertical; farther out a line of sight does not meet the ground from any height flown."""

ASIDE_KM: Final = Range(-500.0, 500.0)
SENSOR_KINDS: Final = ("optical", "video", "infrared", "sar")
SENSOR_KIND: Final = Form("|".join(SENSOR_KINDS), say("optical, video, infrared or sar"))
CLOUD_BASE_M_AGL: Final = Range(0.0, 30_000.0, above=True)
RESOLUTION_M: Final = Range(0.0, 1_000.0, above=True)
ANY_VALUE: Final = Range(0.0, 1e18)
"""Of a site in a plan, where rows at one place are summed, and of a bound; sums of many are still numbers."""

MOST_FLIGHTS: Final = 1_000
"""No State Party has a quota near it (the largest of Annex A is 42); a larger number is a slip."""

MOST_PEOPLE: Final = 1_000
MOST_WAYPOINTS: Final = 10_000
