"""A plan for people: what it achieves, its legs, what was assumed, what to do next."""

from __future__ import annotations

import math
from collections.abc import Sequence

from skywitness.cli.light_page import light_words
from skywitness.cli.page import Page
from skywitness.core.text import Text, say, say_n
from skywitness.route.bound.share import percent_above
from skywitness.route.clouds.notes import expected_words
from skywitness.route.clouds.worth import any_chance, expects
from skywitness.route.model import Leg, LegKind, Plan, Stop, StopKind
from skywitness.route.planner.outcome import skies_words
from skywitness.route.request import Planned

_MOST_LEGS = 60
"""More legs than this are a list nobody reads on a terminal; the files hold them all."""

_MOST_NAMED = 3

_LAST_DIGITS_PERCENT = 1e-6
"""A bound of values that are no whole numbers is rounded up in its last digits."""


def headline(planned: Planned) -> Text:
    """Say in one sentence what the plan achieves and what it uses."""
    plan = planned.plan
    return say(
        "{observing} over {observed}: {sites} observed, {value:.1f} of {total:.1f} in value, on {km:.0f} of at most "
        "{limit:.0f} km.",
        observing=plan.observing,
        observed=plan.observed,
        sites=say_n("{count} site", "{count} sites", len(plan.observed_sites)),
        value=plan.score,
        total=plan.score_total,
        km=plan.distance_km,
        limit=planned.limit_km,
    )


def write_plan(page: Page, planned: Planned) -> None:
    """Write what a reader wants of a plan before its findings."""
    plan = planned.plan
    page.paragraph(headline(planned), style="bold")
    if any_chance(plan.sites):
        page.paragraph(expected_words(plan), indent=2)
    if (skies := skies_words(plan)) is not None:
        page.paragraph(skies, indent=2)
    if (light := light_words(plan)) is not None:
        page.paragraph(light, indent=2)
    page.paragraph(_bound(plan), indent=2)
    page.paragraph(_times(plan), indent=2)
    page.paragraph(_aircraft(plan), indent=2)
    for stop in plan.stops:
        page.paragraph(_stop(plan, stop), indent=2)
    _write_legs(page, plan)
    _write_assumptions(page, planned)
    _write_set_aside(page, plan)


def _bound(plan: Plan) -> Text:
    """Say what no flight can exceed, or why nobody knows."""
    if plan.bound is None:
        return plan.bound_reason or say("No bound is known.")
    if expects(plan):
        return _bound_expected(plan.bound, plan.expected_score)
    above = percent_above(plan.bound, plan.score)
    if above is None:
        return say("No flight under these rules can observe more than {bound:,.6g} in value.", bound=plan.bound)
    if above <= 0.0:
        return say("No flight under these rules can observe more.")
    return say(
        "No flight under these rules can observe more than {bound:,.6g} in value: at most {percent:.1f} % more.",
        bound=plan.bound,
        percent=math.ceil(above * 10.0) / 10.0,
    )


def _bound_expected(bound: float, expected: float) -> Text:
    """Say what no flight can expect under the chances of a clear sky."""
    above = percent_above(bound, expected)
    if above is None:
        return say("No flight under these rules can expect more than {bound:,.6g} in value.", bound=bound)
    if above <= _LAST_DIGITS_PERCENT:
        return say("No flight under these rules can expect more.")
    return say(
        "No flight under these rules can expect more than {bound:,.6g} in value: at most {percent:.1f} % more.",
        bound=bound,
        percent=math.ceil(above * 10.0) / 10.0,
    )


def _times(plan: Plan) -> Text:
    return say(
        "From {start} at {begins} to {end} at {ends}, in {legs}.",
        start=plan.waypoints[0].ident,
        begins=plan.commencement_utc,
        end=plan.waypoints[-1].ident,
        ends=plan.completion_utc,
        legs=say_n("{count} leg", "{count} legs", len(plan.legs)),
    )


def _aircraft(plan: Plan) -> Text:
    use = plan.aircraft
    if not plan.sensors:
        return say("Aircraft: {name}, {speed:.0f} km/h.", name=use.name, speed=use.speed_km_h)
    sensor = max(plan.sensors, key=lambda one: one.half_swath_km)
    if any(leg.strips for leg in plan.legs):
        return say(
            "Aircraft: {name}, {speed:.0f} km/h; sensors: {sensors}, which see up to {swath:.1f} km aside, each on its "
            "strips.",
            name=use.name,
            speed=use.speed_km_h,
            sensors=", ".join(one.ident for one in plan.sensors),
            swath=sensor.half_swath_km,
        )
    return say(
        "Aircraft: {name}, {speed:.0f} km/h; {sensor} sees {swath:.1f} km to either side from {height:.0f} m above "
        "ground.",
        name=use.name,
        speed=use.speed_km_h,
        sensor=sensor.ident,
        swath=sensor.half_swath_km,
        height=sensor.height_m_agl,
    )


def _stop(plan: Plan, stop: Stop) -> Text:
    words = {StopKind.REFUELLING: say("refuelling"), StopKind.REST: say("rest")}
    return say(
        "Landing at {place}, {arrive} to {depart}: {kind}.",
        place=plan.waypoints[stop.waypoint - 1].ident,
        arrive=stop.arrive_utc,
        depart=stop.depart_utc,
        kind=words[stop.kind],
    )


def _write_legs(page: Page, plan: Plan) -> None:
    page.heading(say("Legs"))
    headings = (say("Leg"), say("From"), say("To"), say("km"), say("Course"), say("UTC"), say("m AGL"))
    page.table(headings, [_leg_row(page, plan, leg) for leg in plan.legs[:_MOST_LEGS]], right=(0, 3, 4, 6))
    if len(plan.legs) > _MOST_LEGS:
        page.paragraph(
            say_n("... and {count} more leg", "... and {count} more legs", len(plan.legs) - _MOST_LEGS), indent=2
        )
    transit = [str(leg.number) for leg in plan.legs if leg.kind is LegKind.TRANSIT]
    if transit:
        page.paragraph(
            say_n(
                "Leg {legs} is flown in transit, all sensors off.",
                "Legs {legs} are flown in transit, all sensors off.",
                len(transit),
                legs=", ".join(transit),
            )
        )


def _leg_row(page: Page, plan: Plan, leg: Leg) -> tuple[str, ...]:
    number = page.language.number
    return (
        str(leg.number),
        plan.waypoints[leg.number - 1].ident,
        plan.waypoints[leg.number].ident,
        number(leg.distance_km, ".1f"),
        f"{leg.course_start_deg:03.0f}°",
        f"{leg.start_utc:%H:%M}",
        "-" if leg.height_m_agl is None else number(leg.height_m_agl, ".0f"),
    )


def _write_assumptions(page: Page, planned: Planned) -> None:
    told = list(dict.fromkeys(page.words(text) for text in (*planned.warnings, *planned.plan.notes)))
    if told:
        page.heading(say("Assumed and noted"))
        write_list(page, told)


def _write_set_aside(page: Page, plan: Plan) -> None:
    if not plan.set_aside:
        return
    page.heading(say("Set aside before planning"))
    by_reason: dict[str, list[str]] = {}
    for aside in plan.set_aside:
        by_reason.setdefault(page.words(aside.reason), []).append(aside.site.name)
    write_list(page, [_aside(reason, names) for reason, names in by_reason.items()])


def _aside(reason: str, names: Sequence[str]) -> Text:
    shown = ", ".join(names[:_MOST_NAMED])
    unseen = len(names) - _MOST_NAMED
    more = say_n(" and {count} more", " and {count} more", unseen) if unseen > 0 else Text("")
    return say("{reason}: {names}{more}", reason=reason, names=shown, more=more)


def write_list(page: Page, texts: Sequence[Text | str]) -> None:
    """Write a list of sentences."""
    for text in texts:
        page.marked("·", text, indent=2)
