"""Calibration targets for a demonstration flight: near the airfield, and as Annex D, Appendix 1 has them."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.text import say
from skywitness.law.category import limit_subject
from skywitness.law.provisions import provision
from skywitness.mission.conduct.case import Case, missing, sourced
from skywitness.mission.conduct.model import Target
from skywitness.mission.conduct.points import Point, judged
from skywitness.route.rules.certificates import equipment, sensors_used
from skywitness.route.rules.drafting import draft

NEED_PROVIDED = say("which calibration targets were provided ([[demonstration.target]])")
CATEGORY_WORDS = MappingProxyType(
    {
        "optical": say("optical cameras"),
        "video": say("video cameras"),
        "infrared": say("infra-red devices"),
        "sar": say("radar"),
    }
)


@provision("OS:F.III.3(C)")
def targets_provided(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party provided a target for each category of sensor used, to standard and nearby."""
    told, code, bearer = case.told.demonstration, "OS:F.III.3(C)", case.context.plan.observed
    if told is None or case.asked_without_right:
        return
    if told.flown is False and not told.targets and told.targets_provided is None:
        return
    if told.targets_provided is False:
        why = say("No calibration target was provided.")
        yield draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=bearer)
        return
    if not told.targets:
        yield missing(case, code, (NEED_PROVIDED,), bearer)
        return
    measured = max((one.distance_km for one in told.targets if one.distance_km is not None), default=None)
    yield judged(
        case,
        code,
        (*_for_each_category(case, told.targets), *(point for target in told.targets for point in _of(case, target))),
        lambda faults: say("The calibration targets fall short: {faults}.", faults=faults),
        say("Calibration targets to standard lay in the vicinity of the airfield of the inspection."),
        told.source,
        bearer=bearer,
        measured=measured,
        unit=None if measured is None else "km",
        values=_values(case) if any(one.category == "optical" for one in told.targets) else (),
    )


def _for_each_category(case: Case, targets: tuple[Target, ...]) -> Iterator[Point]:
    """Ask for a target of each category of sensor that the plan uses."""
    used = [equipment(case.context).get(ident) for ident in sensors_used(case.context)]
    there = {target.category for target in targets}
    for category in dict.fromkeys(limit_subject(one) for one in used if one):
        fault = say("none for {category}", category=CATEGORY_WORDS[category])
        yield Point(category in there, NEED_PROVIDED, fault)


def _of(case: Case, target: Target) -> Iterator[Point]:
    """Judge one target: where it lies, which has no number in the text, and by which standard it is made."""
    kind, sort = target.category, CATEGORY_WORDS[target.category]
    near = say("whether both take the target for {kind} to lie in the vicinity (demonstration.target.near)", kind=sort)
    yield Point(target.near, near, say("the target for {kind} not in the vicinity", kind=sort))
    if kind != "optical" or target.to_standard is not None:
        need = say("whether the target for {kind} meets its standard (demonstration.target.to_standard)", kind=sort)
        yield Point(target.to_standard, need, say("the target for {kind} not to standard", kind=sort))
    if kind == "optical":
        bars, contrast = case.context.law.planning("target_bars"), case.context.law.sensor("target_contrast", "optical")
        yield Point(
            None if target.black_bars is None else target.black_bars >= bars.number,
            say("how many black bars a group of the target has (demonstration.target.black_bars)"),
            say("fewer than {least:g} black bars in a group", least=bars.number),
        )
        yield Point(
            None if target.contrast is None else target.contrast >= contrast.number,
            say("the contrast of the target (demonstration.target.contrast)"),
            say("a contrast below {least:g} to 1", least=contrast.number),
        )


def _values(case: Case) -> tuple[UsedValue, ...]:
    law = case.context.law
    return (*law.planning("target_bars").used, *law.sensor("target_contrast", "optical").used)
