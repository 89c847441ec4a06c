"""The answers to questions about a plan: for scripts and for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skywitness.cli.changes_page import comparison_json, counted, wish_json, write_comparison, write_wishes
from skywitness.cli.face import Face
from skywitness.cli.findings_page import summary
from skywitness.cli.page import Page
from skywitness.cli.plan_page import write_list
from skywitness.core.finding import overall
from skywitness.core.text import Text, say
from skywitness.route.clouds.asked import of_plan
from skywitness.route.clouds.worth import again, any_chance
from skywitness.route.compare import compare
from skywitness.route.files.plan_write import plan_to_json
from skywitness.route.forbidden import Forbidden
from skywitness.route.model import Plan
from skywitness.route.planner.wishes import judge_wishes
from skywitness.route.request import Planned

if TYPE_CHECKING:
    from skywitness.route.planner.more import Curve, Point
    from skywitness.route.planner.why import Why

ANSWER_PROVISION = "VI.II.6"
"""The observed Party's answer to a mission plan, and the time for agreement (Article VI, Section II, paragraph 6)."""

ANSWER_H, AGREEMENT_H = 4, 8

_BAR = 30


def why_json(face: Face, found: Why, told: Sequence[Text]) -> dict[str, Any]:
    """Write why a site is observed or not."""
    detour, pinned = found.detour, found.pinned
    return {
        "site": {"name": found.site.name, "lon": found.site.lon, "lat": found.site.lat, "value": found.site.value},
        "observed": found.observed,
        "reasons": [face.words(reason) for reason in found.reasons],
        "nearest": {"leg": found.nearest.leg, "km": found.nearest.km, "at_utc": found.nearest.at_utc.isoformat()},
        "detour": None
        if detour is None
        else {"leg": detour.leg, "extra_km": detour.extra_km, "room_km": detour.room_km, "clear": detour.clear},
        "pinned": None
        if pinned is None
        else {
            "score": pinned.plan.score,
            "expected_score": pinned.plan.expected_score,
            "distance_km": pinned.plan.distance_km,
            "verdict": overall(pinned.findings).value,
            "plan": plan_to_json(pinned.plan),
        },
        "comparison": None if found.comparison is None else comparison_json(found.comparison),
        "warnings": [face.words(warning) for warning in told],
    }


def write_why(page: Page, found: Why, told: Sequence[Text]) -> None:
    """Write why a site is observed or not."""
    if found.observed:
        page.paragraph(say("{site} is observed.", site=found.site.name), style="bold")
    else:
        page.paragraph(
            say("{site}, value {value:.1f}, is not observed.", site=found.site.name, value=found.site.value),
            style="bold",
        )
    write_list(page, [*found.reasons, *told])
    if found.pinned is not None and found.comparison is not None:
        value, change, _ = counted(found.comparison)
        page.paragraph(
            say(
                "A route that must observe {site} is worth {value:.1f}: {change:+.1f} against the plan at hand.",
                site=found.site.name,
                value=value,
                change=change,
            )
        )
        write_comparison(page, found.comparison, say("With the site pinned"))
        page.paragraph(summary(found.pinned.findings), indent=2)


def curve_json(face: Face, found: Curve, plan: Plan, step_km: float, told: Sequence[Text]) -> dict[str, Any]:
    """Write the curve of value by limit."""
    return {
        "step_km": step_km,
        "limit_km": found.points[found.at].limit_km,
        "law_km": found.law_km,
        "plan_score": plan.score,
        "plan_expected_score": plan.expected_score,
        "gain_of_one_more": found.gain(1),
        "loss_of_one_less": found.gain(-1),
        "curve": [
            {
                "limit_km": point.limit_km,
                "score": point.score,
                "expected_score": point.expected_score,
                "distance_km": point.distance_km,
                "by_law": point.by_law,
                "reached": point.reached,
            }
            for point in found.points
        ],
        "warnings": [face.words(warning) for warning in told],
    }


def write_curve(page: Page, found: Curve, plan: Plan, step_km: float, told: Sequence[Text]) -> None:
    """Write the curve as a small table with bars."""
    gain, loss = found.gain(1), found.gain(-1)
    if gain is not None:
        page.paragraph(
            say("{km:.0f} km more would buy {value:.1f} in value.", km=step_km, value=gain),
            style="bold",
        )
    if loss is not None:
        page.paragraph(
            say("{km:.0f} km less would cost {value:.1f} in value.", km=step_km, value=0.0 - loss), style="bold"
        )
    most = max(point.value for point in found.points) or 1.0
    number = page.language.number
    page.table(
        (say("Limit km"), say("Value"), say("Change"), say("Flown km"), say("")),
        [
            (
                number(point.limit_km, ".0f"),
                number(point.value, ".1f") if point.reached else page.words(say("no route")),
                number(point.value - found.points[found.at].value, "+.1f"),
                number(point.distance_km, ".0f"),
                _bar(point, most),
            )
            for point in found.points
        ],
        right=(0, 1, 2, 3),
    )
    write_list(page, [*_about_curve(found, plan), *told])


def _bar(point: Point, most: float) -> str:
    return "#" * round(_BAR * point.value / most)


def _about_curve(found: Curve, plan: Plan) -> list[Text]:
    here = found.points[found.at]
    about = [*_about_clouds(plan)]
    about += [
        say(
            "found by a short search for each limit, from the routes of the others; the law allows {limit:.0f} km from "
            "this airfield, and a longer limit is a question, not a plan",
            limit=found.law_km,
        )
    ]
    if here.value > again(plan) + 1e-6:
        about.append(
            say(
                "with the same limit this search found {value:.1f}, more than the {old:.1f} of the plan at hand: "
                "replan it",
                value=here.value,
                old=again(plan),
            )
        )
    return about


def _about_clouds(plan: Plan) -> tuple[Text, ...]:
    if not any_chance(plan.sites) or of_plan(plan).ignore:
        return ()
    return (say("the values are those expected under the chances of a clear sky that sites have"),)


def without_json(
    face: Face, plan: Plan, planned: Planned, refused: Forbidden, leg: int, told: Sequence[Text]
) -> dict[str, Any]:
    """Write what is lost if a leg is refused."""
    return {
        "leg": leg,
        "name": refused.name,
        "comparison": comparison_json(compare(plan, planned.plan)),
        "plan": plan_to_json(planned.plan),
        "verdict": overall(planned.findings).value,
        "findings": [finding.to_json(face.language) for finding in planned.findings],
        "wishes": [wish_json(wish) for wish in judge_wishes(planned.plan, (), [refused])],
        "provision": ANSWER_PROVISION,
        "answer_within_h": ANSWER_H,
        "agreement_within_h": AGREEMENT_H,
        "seconds": planned.seconds,
        "warnings": [face.words(warning) for warning in (*told, *planned.warnings)],
    }


def write_without(page: Page, plan: Plan, planned: Planned, refused: Forbidden, leg: int, told: Sequence[Text]) -> None:
    """Write what is lost if a leg is refused, and the time there is to answer."""
    found = compare(plan, planned.plan)
    value, change, old = counted(found)
    page.paragraph(
        say(
            "Without leg {leg} ({name}) the best flight found is worth {value:.1f}: {change:+.1f} against {old:.1f}.",
            leg=leg,
            name=refused.name,
            value=value,
            change=change,
            old=old,
        ),
        style="bold",
    )
    write_comparison(page, found, say("Both versions"))
    write_wishes(page, judge_wishes(planned.plan, (), [refused]))
    page.heading(say("Assumed and noted"))
    write_list(
        page,
        [
            say(
                "a refused leg is kept away from by {km:.1f} km to either side, its turn points stay free",
                km=refused.keep_km(0.0),
            ),
            say(
                "the observed Party accepts a mission plan or proposes changes no later than {answer} hours after its "
                "submission; without agreement {agreement} hours after it the observing Party may decline to fly "
                "(Article VI, Section II, paragraph 6)",
                answer=ANSWER_H,
                agreement=AGREEMENT_H,
            ),
            say(
                "changes that the observed Party proposes may not keep any point of its territory from being observed "
                "(the same paragraph)"
            ),
            *told,
            *planned.warnings,
        ],
    )
    page.paragraph(summary(planned.findings), indent=2)
