"""What a plan sees under many skies, worked out and kept with the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from skywitness.core.text import Text, say
from skywitness.route.clouds.asked import KEY, Clouds, kept
from skywitness.route.clouds.figures import Figures
from skywitness.route.clouds.skies import Skies, to_judge_by, to_plan_for
from skywitness.route.clouds.worth import any_chance
from skywitness.route.model import Plan, Site
from skywitness.route.request import PlanRequest

DRAWN, TOLD = "drawn", "told"
"""Where skies come from: drawn from the chances of the sites, or told in a file."""


def with_clouds(plan: Plan, request: PlanRequest, instead: Sequence[int] | None = None) -> Plan:
    """Work out what the plan sees under many skies, and keep it as ``plan.planner["clouds"]``.

    ``instead``: the sites that the flight of the highest expected value would see, held beside a cautious plan.  A plan
    whose sites have no chances, or that ignores them, stays as it is.
    """
    clouds = request.clouds
    if clouds.ignore or not any_chance(plan.sites):
        return plan
    both = sorted({*plan.observed_sites, *(instead or ())})
    skies = to_judge_by([plan.sites[index] for index in both], clouds, request.seed)
    about: dict[str, Any] = {**kept(plan), **_source(clouds, request.seed)}
    about |= _seen(plan.sites, plan.observed_sites, both, skies, clouds.share).to_json()
    if clouds.cautious is not None:
        about["planned_for"] = None if clouds.told else _planned_for(plan, clouds, request.seed)
        about["highest_expected"] = None if instead is None else _instead(plan, instead, both, skies, clouds.share)
    told = _words(about, clouds)
    return replace(plan, planner=MappingProxyType({**plan.planner, KEY: about}), notes=(*plan.notes, *told))


def _source(clouds: Clouds, seed: int) -> dict[str, Any]:
    if clouds.told is not None:
        return {"source": TOLD, "correlation_km": None, "seed": None}
    return {"source": DRAWN, "correlation_km": clouds.correlation_km, "seed": seed}


def _seen(sites: Sequence[Site], observed: Sequence[int], both: Sequence[int], skies: Skies, share: float) -> Figures:
    """What a flight that observes ``observed`` sees under skies over ``both``, which hold them."""
    own = set(observed)
    values = np.array([sites[index].value if index in own else 0.0 for index in both], dtype=np.float64)
    return skies.figures(values, share)


def _planned_for(plan: Plan, clouds: Clouds, seed: int) -> dict[str, Any]:
    """The same figures under the skies that the search saw: better than they should be."""
    everywhere = to_plan_for(plan.sites, clouds, seed)
    return _seen(plan.sites, plan.observed_sites, range(len(plan.sites)), everywhere, clouds.share).to_json()


def _instead(plan: Plan, instead: Sequence[int], both: Sequence[int], skies: Skies, share: float) -> dict[str, Any]:
    values = {
        "score": sum(plan.sites[index].value for index in instead),
        "expected_score": sum(plan.sites[index].expected_value for index in instead),
    }
    return {**values, **_seen(plan.sites, instead, both, skies, share).to_json()}


def _words(about: dict[str, Any], clouds: Clouds) -> tuple[Text, ...]:
    """Say what the figures rest on."""
    if clouds.told is not None:
        told = [say("mean and quantile under clouds are those of the {count} scenarios told", count=about["scenarios"])]
        if clouds.cautious is not None:
            told.append(
                say("the flight was planned for the same scenarios that it is judged by: the quantile is a hopeful one")
            )
        return tuple(told)
    return (
        say(
            "{count} skies were drawn from the chances; the correlation of cloud is taken to fall to 1/e over "
            "{length:.0f} km (--cloud-correlation-km), an assumption that the quantile rests on",
            count=about["scenarios"],
            length=clouds.correlation_km,
        ),
    )


def clouds_json(plan: Plan) -> dict[str, Any] | None:
    """What a plan keeps of skies, for scripts; ``None`` when none were looked at."""
    found = dict(kept(plan))
    return found if "scenarios" in found else None


def skies_words(plan: Plan) -> Text | None:
    """Say what the plan sees in the worst skies; ``None`` when none were looked at."""
    found = clouds_json(plan)
    if found is None:
        return None
    told = {
        "percent": 100.0 * found["quantile_share"],
        "count": found["scenarios"],
        "quantile": found["quantile"],
        "worst": found["mean_of_worst"],
    }
    other = found.get("highest_expected")
    if other is None:
        return say(
            "In the worst {percent:g} % of {count} skies the flight sees no more than {quantile:,.4g} in value, "
            "{worst:,.4g} on the mean.",
            **told,
        )
    return say(
        "In the worst {percent:g} % of {count} skies the flight sees no more than {quantile:,.4g} in value, "
        "{worst:,.4g} on the mean; the flight of the highest expected value ({expected:,.4g}) would see no more than "
        "{other:,.4g}.",
        **told,
        expected=other["expected_score"],
        other=other["quantile"],
    )
