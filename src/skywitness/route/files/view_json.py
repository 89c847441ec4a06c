"""A view as a plan keeps it, so that another plan may begin with the same ways to fly a leg."""

from __future__ import annotations

from typing import Any

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.route.files.fields import Fields
from skywitness.route.files.forms import ASIDE_KM, HEIGHT_M_AGL, RESOLUTION_M, SENSOR_CATEGORIES
from skywitness.route.strips import MOST_MODES, Mode, Strip, View


def view_to_json(view: View) -> list[dict[str, Any]]:
    """Write a view: its modes, each with height and strips."""
    return [
        {
            "height_m_agl": mode.height_m_agl,
            "strips": [
                {
                    "sensor": strip.sensor,
                    "category": str(strip.category),
                    "from_km": strip.from_km,
                    "to_km": strip.to_km,
                    "ground_resolution_m": strip.ground_resolution_m,
                }
                for strip in mode.strips
            ],
        }
        for mode in view.modes
    ]


def view_from_json(value: Any, where: str) -> View | None:
    """Read a view that a plan keeps; ``None`` when it keeps none.

    :raises InputError: of kind ``bad_plan`` with all faults.
    """
    if value is None:
        return None
    faults = Faults()
    modes = [_mode(part) for part in Fields({"view": value}, "planner", faults).tables("view", MOST_MODES)]
    faults.raise_if_any("bad_plan", say("The plan does not tell what its sensors see."), where)
    if not modes:
        raise InputError("bad_plan", say("the view of the plan has no way to fly a leg"), where)
    return View(tuple(modes))


def _mode(part: Fields) -> Mode:
    height_m_agl = part.need_number("height_m_agl", HEIGHT_M_AGL)
    strips = tuple(_strip(one) for one in part.tables("strips"))
    if not strips:
        part.wrong("strips", say("is empty; a leg that sees nothing needs no way to be flown"))
    return Mode(height_m_agl, strips)


def _strip(part: Fields) -> Strip:
    low, high = part.need_number("from_km", ASIDE_KM), part.need_number("to_km", ASIDE_KM)
    if part.sound("from_km") and part.sound("to_km") and low >= high:
        part.wrong("from_km", say("is not less than {key}", key="to_km"))
    return Strip(
        low,
        high,
        part.need_text("sensor", say("the identifier of the sensor in the plan")),
        part.need_choice("category", SENSOR_CATEGORIES),
        part.number("ground_resolution_m", RESOLUTION_M),
    )
