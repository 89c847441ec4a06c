"""The front of the mission plan on paper: who, where, when, with what, and how it stands with the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from skywitness.core.finding import Finding, overall
from skywitness.core.position import format_dms
from skywitness.core.text import Text, of_data, say
from skywitness.route.clouds.notes import expected_words
from skywitness.route.clouds.worth import any_chance, expects
from skywitness.route.exports.account import distance_finding, plan_title, verdict_sentence
from skywitness.route.exports.page_words import PageWords, moment_words
from skywitness.route.exports.parties import party
from skywitness.route.exports.words import SENSOR_WORDS
from skywitness.route.model import Plan, SensorUse, Waypoint
from skywitness.route.planner.outcome import skies_words

Row = dict[str, str]

MOST_SENSORS = 6
LONGEST_TITLE = 180
LONGEST_RUNNING_TITLE = 100
"""Characters of the title that fit on two lines of the front, and on one at the head of a page."""


def front(plan: Plan, findings: Sequence[Finding], words: PageWords) -> dict[str, Any]:
    """Collect the title block and the sentence that sums the findings up."""
    return {
        "kind": words.text(say("Mission plan")),
        "treaty": words.text(say("Treaty on Open Skies, Article VI, Section II")),
        "title": words.name(plan_title(plan, words.language).render(words.catalogue), LONGEST_TITLE),
        "short_title": words.name(plan_title(plan, words.language).render(words.catalogue), LONGEST_RUNNING_TITLE),
        "rows": [{"label": words.text(label), "value": value} for label, value in _rows(plan, findings, words)],
        "verdict": {
            **words.verdict(overall(findings)),
            "sentence": words.text(verdict_sentence(findings)),
            "judged": bool(findings),
        },
    }


def _rows(plan: Plan, findings: Sequence[Finding], words: PageWords) -> Iterator[tuple[Text, str]]:
    yield say("Observing Party"), words.text(party(plan.observing, words.language))
    yield say("Observed Party"), words.text(party(plan.observed, words.language))
    yield (
        say("Territory observed"),
        ", ".join(words.text(party(code, words.language)) for code in plan.overflown) or "–",
    )
    yield say("Take-off"), _airfield(plan.waypoints[0], words)
    yield say("Landing"), _airfield(plan.waypoints[-1], words)
    yield say("Commencement"), moment_words(plan.commencement_utc)
    yield say("Completion"), moment_words(plan.completion_utc)
    yield say("Aircraft"), words.text(_aircraft(plan, words))
    for sensor in plan.sensors[:MOST_SENSORS]:
        yield say("Sensor {ident}", ident=words.name(sensor.ident, 20)), words.text(_sensor(sensor, plan, words))
    if len(plan.sensors) > MOST_SENSORS:
        yield say("More sensors"), words.number(len(plan.sensors) - MOST_SENSORS, "d")
    yield say("Distance"), words.text(_distance(plan, findings))
    yield say("Sites"), words.text(_sites(plan))


def _airfield(waypoint: Waypoint, words: PageWords) -> str:
    name = words.name(f"{waypoint.ident} {waypoint.name}".strip(), 60)
    return f"{name}, {format_dms(waypoint.lon, waypoint.lat)}"


def _aircraft(plan: Plan, words: PageWords) -> Text:
    aircraft = plan.aircraft
    name = words.name(words.text(of_data(aircraft.name or aircraft.ident)), 60)
    designated = words.text(party(aircraft.designated_by, words.language)) if aircraft.designated_by else ""
    known = words.status(aircraft.status)
    if designated:
        return say(
            "{name}, designated by {designated}; {speed:,.0f} km/h, range {range:,.0f} km ({known})",
            name=name,
            designated=designated,
            speed=aircraft.speed_km_h,
            range=aircraft.range_km,
            known=known,
        )
    return say(
        "{name}; {speed:,.0f} km/h, range {range:,.0f} km ({known})",
        name=name,
        speed=aircraft.speed_km_h,
        range=aircraft.range_km,
        known=known,
    )


def _sensor(sensor: SensorUse, plan: Plan, words: PageWords) -> Text:
    kind = SENSOR_WORDS.get(sensor.category)
    about = {
        "kind": kind if kind else words.name(sensor.category),
        "swath": sensor.half_swath_km,
        "height": sensor.height_m_agl,
    }
    strips = {(s.from_km, s.to_km) for leg in plan.legs for s in leg.strips if s.sensor == sensor.ident}
    if strips:
        least, source = sensor.h_min_m_agl, words.name(sensor.h_min_source, 60)
        return say(
            "{kind}; sees {strips} km across the track (left negative), as the legs say; H_min {least}",
            kind=about["kind"],
            strips=", ".join(f"{low:.1f}..{high:.1f}" for low, high in sorted(strips)[:MOST_SENSORS]),
            least=say("not known") if least is None else f"{least:.0f} m {source}".strip(),
        )
    if sensor.h_min_m_agl is None:
        return say(
            "{kind}; sees {swath:.1f} km to either side at {height:,.0f} m above ground; H_min not known", **about
        )
    return say(
        "{kind}; sees {swath:.1f} km to either side at {height:,.0f} m above ground; H_min {least:,.0f} m ({source})",
        **about,
        least=sensor.h_min_m_agl,
        source=words.name(sensor.h_min_source, 60) if sensor.h_min_source else say("source not stated"),
    )


def _distance(plan: Plan, findings: Sequence[Finding]) -> Text:
    """Tell the length of the flight, and how much of the limit it uses if somebody judged that."""
    judged = distance_finding(findings)
    if judged is None:
        return say("{distance:,.1f} km; no limit has been applied", distance=plan.distance_km)
    if not isinstance(judged.limit, int | float) or judged.limit <= 0:
        return say("{distance:,.1f} km; the limit cannot be told", distance=plan.distance_km)
    measured = judged.measured if isinstance(judged.measured, int | float) else plan.distance_km
    return say(
        "{distance:,.1f} km, {share:.1%} of the limit of {limit:,.0f} km",
        distance=measured,
        share=measured / judged.limit,
        limit=judged.limit,
    )


def _sites(plan: Plan) -> Text:
    if not plan.sites:
        return say("no sites were given")
    if any_chance(plan.sites):
        told = say("{observed}. {expected}", observed=_observed(plan), expected=expected_words(plan))
        skies = skies_words(plan)
        return told if skies is None else say("{told} {skies}", told=told, skies=skies)
    return _observed(plan)


def _observed(plan: Plan) -> Text:
    numbers = {
        "seen": len(set(plan.observed_sites)),
        "all": len(plan.sites),
        "value": plan.score,
        "total": plan.score_total,
    }
    if plan.bound is not None and expects(plan):
        return say(
            "{seen:,d} of {all:,d} observed, value {value:,g} of {total:,g}; no flight under the same rules can expect "
            "more than {bound:,.6g}",
            bound=plan.bound,
            **numbers,
        )
    if plan.bound is not None:
        return say(
            "{seen:,d} of {all:,d} observed, value {value:,g} of {total:,g}; no flight under the same rules can reach "
            "more than {bound:,.6g}",
            bound=plan.bound,
            **numbers,
        )
    return say("{seen:,d} of {all:,d} observed, value {value:,g} of {total:,g}", **numbers)
