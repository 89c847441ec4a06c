"""Demonstration flights: whether one that was asked for was flown, and how it was held (Annex F, Section III)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, overall
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.mission.conduct.case import OBSERVED, OBSERVING, Case, missing, names, other, sourced
from skywitness.mission.conduct.costs import costs_shared
from skywitness.mission.conduct.model import Demonstration, Line, Pass
from skywitness.mission.conduct.points import Point, judged
from skywitness.mission.conduct.targets import targets_provided
from skywitness.route.rules.certificates import equipment, sensors_used
from skywitness.route.rules.drafting import agreed, draft, not_applicable, unless_agreed
from skywitness.route.rules.spans import NEED_DEMONSTRATION

NEED_FLOWN = say("whether the demonstration flight was flown (demonstration.flown)")
NEED_BRIEFED = say("whether the inspectors were briefed on its plan (demonstration.briefed)")
NEED_CLEAR = say("whether it was flown by day in clear air (demonstration.clear_daylight)")
NEED_WEATHER = say("whether the weather at the targets was told (demonstration.weather_given)")
NEED_WATCHED = say("whether the inspectors could watch every sensor at work (demonstration.sensors_watched)")
NEED_PROCESSING = say("where and before whom the data were processed ([demonstration.processing])")

OVER: Final = frozenset({"optical_panoramic", "optical_framing_vertical", "infrared"})
BESIDE: Final = frozenset({"optical_framing_oblique", "sar"})
"""How the line of flight lies to the target of a category (Annex D, Appendix 1, Section II); of others it is open."""


def _held(case: Case) -> Demonstration | None:
    """Return what is told of a demonstration flight that was asked for by right and flown, as far as anybody knows."""
    told = case.told.demonstration
    return None if told is None or told.flown is False or case.asked_without_right else told


@provision("OS:F.III.1")
def flown_for_observed(case: Case) -> Iterator[Finding]:
    """Judge that the observing Party flew the demonstration that the observed Party asked for."""
    yield from _asked_and_flown(case, "OS:F.III.1", OBSERVING)


@provision("OS:F.III.2")
def flown_for_observing(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party flew the demonstration that the observing Party asked for."""
    yield from _asked_and_flown(case, "OS:F.III.2", OBSERVED)


def _asked_and_flown(case: Case, code: str, host: str) -> Iterator[Finding]:
    """Judge a request by the side that does not provide the aircraft; the other has no right to one."""
    told = case.told.demonstration
    if told is None or case.host not in (None, host):
        return
    asks = other(host)
    bearer = case.code(asks)
    if case.host is None:
        if host == OBSERVING:
            yield case.provider_unknown(code)
    elif case.demonstration is None:
        yield missing(case, code, (NEED_DEMONSTRATION,), bearer)
    elif case.demonstration != asks:
        yield not_applicable(case, code, say("Only {party} has a right to ask for a demonstration here.", party=bearer))
    elif told.flown is None and not case.happened("demonstration_begun", "demonstration_ended"):
        yield missing(case, code, (NEED_FLOWN,), bearer)
    elif told.flown is False:
        why = say("{party} asked for a demonstration flight, and {host} flew none.", party=bearer, host=case.code(host))
        right = Effect(bearer, "may", say("have the sensors shown in a demonstration flight"))
        yield draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=bearer, effect=right)
    else:
        why = say("The demonstration flight that {party} asked for was flown.", party=bearer)
        yield draft(case, code, Verdict.OK, sourced(why, told.source), bearer=bearer)


@provision("OS:F.III.3(A)")
def flown_like_an_examination(case: Case) -> Iterator[Finding]:
    """Judge that it was flown like an examination in flight (D.III): briefing, air, weather told, sensors watched."""
    told, code = _held(case), "OS:F.III.3(A)"
    if told is None:
        return
    agreement = None if told.clear_daylight else agreed(case.context, "OS:D.III.4")
    yield judged(
        case,
        code,
        (
            Point(told.briefed, NEED_BRIEFED, say("no briefing on its plan (D.III.2)")),
            Point(True if agreement else told.clear_daylight, NEED_CLEAR, say("not in clear air by day (D.III.4)")),
            Point(told.weather_given, NEED_WEATHER, say("the weather at the targets not told (D.III.5)")),
            Point(told.sensors_watched, NEED_WATCHED, say("sensors at work that could not be watched (D.III.7)")),
            *_past_targets(case, told.passes),
        ),
        lambda faults: say("Not flown like an examination in flight: {faults}.", faults=faults),
        say("It was flown like an examination in flight, every sensor past its target."),
        told.source,
        bearer=None if case.host is None else case.code(case.host),
        by_agreement=agreement.source if agreement else None,
    )


def _past_targets(case: Case, passes: Sequence[Pass]) -> Iterator[Point]:
    """Ask for a pass of each sensor that the flight is to use, on the line that its category wants."""
    sensors = sensors_used(case.context)
    if not sensors:
        yield Point(None, say("which sensors the flight is to use (sensors of the plan)"), say("no sensor"))
    for ident in sensors:
        wanted = _line(equipment(case.context).get(ident))
        lines = {one.line for one in passes if one.sensor == ident}
        need = say("how the passes of sensor {sensor} lay to its target ([[demonstration.pass]])", sensor=ident)
        fault = say("no pass of sensor {sensor} on the line that its category wants (D, Appendix 1, II)", sensor=ident)
        if lines and wanted is None:
            need = say("the category of sensor {sensor}, a camera by its mounting", sensor=ident)
            yield Point(True if lines == set(Line) else None, need, fault)
        else:
            yield Point(bool(lines & (wanted or set())) if lines else None, need, fault)


def _line(category: str | None) -> set[Line] | None:
    """Say how a pass for a category has to lie; ``None`` where the category is not known well enough."""
    if category in OVER:
        return {Line.OVER}
    if category in BESIDE:
        return {Line.BESIDE}
    return set(Line) if category == "video" else None


@provision("OS:F.III.3(D)")
def delays_not_counted(case: Case) -> Iterator[Finding]:
    """Judge that delays by weather, or by aircraft or sensors of the observed Party, were not held against the time."""
    told, code = case.told.demonstration, "OS:F.III.3(D)"
    for delay in () if told is None or case.asked_without_right else told.delays:
        excused = _excused(case, delay.cause)
        numbers = {"measured": delay.hours, "uncertainty": 0.0, "unit": "h"}
        if excused is None:
            yield case.provider_unknown(code)
        elif not excused:
            why = say("A delay of {hours:g} h for a reason that the text does not leave out.", hours=delay.hours)
            yield not_applicable(case, code, why, **numbers)
        elif delay.counted is None:
            need = say("whether the delay of {hours:g} h was counted (demonstration.delay.counted)", hours=delay.hours)
            yield missing(case, code, (need,))
        elif delay.counted:
            why = say("A delay of {hours:g} h that does not count was counted.", hours=delay.hours)
            yield unless_agreed(case.context, draft(case, code, Verdict.BREACH, why, **numbers))
        else:
            why = say("A delay of {hours:g} h was left out of the time for the flight.", hours=delay.hours)
            yield draft(case, code, Verdict.OK, why, **numbers)


def _excused(case: Case, cause: str) -> bool | None:
    """Tell whether a cause leaves a delay out: weather always, aircraft and sensors where the observed Party's."""
    if cause not in ("aircraft", "sensors"):
        return cause == "weather"
    return None if case.host is None else case.host == OBSERVED


@provision("OS:F.III.3(E)")
def data_processed_nearby(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party processed the data nearby, before people of the observing Party, as IX asks."""
    told, code, bearer = _held(case), "OS:F.III.3(E)", case.context.plan.observed
    if told is None:
        return
    made = told.processing
    if made is None:
        yield missing(case, code, (NEED_PROCESSING,), bearer)
        return
    points = (
        Point(
            None if made.by is None else case.is_of(OBSERVED, made.by),
            say("whose facility processed the data (demonstration.processing.by)"),
            say("not by {observed}", observed=bearer),
        ),
        Point(
            made.near,
            say("whether the facility lies in the vicinity of the airfield (demonstration.processing.near)"),
            say("not in the vicinity of the airfield of the inspection"),
        ),
        Point(
            None if made.present is None else case.was_there(OBSERVING, made.present),
            say("who was present (demonstration.processing.present)"),
            say("with nobody of {observing} present", observing=case.context.plan.observing),
        ),
        Point(
            made.by_article_ix,
            say("whether it was done as IX.II and IX.III ask (demonstration.processing.by_article_ix)"),
            say("not as IX.II and IX.III ask"),
        ),
    )
    good = say("{observed} processed the data nearby with people of the other side present.", observed=bearer)
    yield judged(
        case,
        code,
        points,
        lambda faults: say("The data were processed {faults}.", faults=faults),
        good,
        told.source,
        bearer=bearer,
    )


PARTS: Final[tuple[Callable[[Case], Iterable[Finding]], ...]] = (
    flown_like_an_examination,
    targets_provided,
    delays_not_counted,
    data_processed_nearby,
    costs_shared,
)
"""The rules on the subparagraphs of F.III.3 that are judged here; the two hours of (B) have their clock."""


@provision("OS:F.III.3")
def held_as_asked(case: Case) -> Iterator[Finding]:
    """Sum up how the demonstration flight was held, subparagraph by subparagraph; the two hours have their clock."""
    told, code = _held(case), "OS:F.III.3"
    if case.told.demonstration is not None and case.asked_without_right:
        yield not_applicable(case, code, say("The Party that provides the aircraft has no right to ask for one."))
        return
    if told is None:
        return
    if case.demonstration is None:
        yield missing(case, code, (NEED_DEMONSTRATION,))
        return
    found = [finding for rule in PARTS for finding in rule(case)]
    verdict = overall(found)
    parts = names(dict.fromkeys(one.provision.removeprefix("OS:") for one in found if one.verdict is verdict))
    if verdict is Verdict.BREACH:
        why = say("The demonstration flight was not held as it should be: {parts}.", parts=parts)
    elif verdict is Verdict.CANNOT_TELL:
        yield missing(case, code, dict.fromkeys(need for one in found for need in one.needs))
        return
    else:
        why = say("The demonstration flight was held as it should be: {parts}.", parts=parts)
    yield draft(case, code, verdict, sourced(why, told.source))
