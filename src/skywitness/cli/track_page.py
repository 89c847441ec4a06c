"""A judged track for people: what was read and left out, the fixes, the deviations, then the findings."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from skywitness.cli.findings_page import write_findings, write_needs
from skywitness.cli.page import Page
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.route.exports.account import plan_title
from skywitness.track.altitude import NEED_KIND
from skywitness.track.comparison import Comparison, Deviation, FixPassed, FixState
from skywitness.track.rules.belonging import CODE as NOT_THIS_FLIGHT
from skywitness.track.rules.flight import Flight
from skywitness.track.rules.heights import NEED_GROUND

MOST_FIXES = 30

_REASONS: Final = MappingProxyType(
    {
        "weather": say("weather"),
        "technical": say("technical trouble"),
        "medical": say("medical emergency"),
        "force_majeure": say("force majeure"),
        "weather_for_sensors": say("weather for sensors"),
        "none": say("none of those permitted"),
    }
)
"""Why a flight left its path, in a word or two: a column of a table on a screen is narrow."""


def write_flight(page: Page, flight: Flight, findings: Sequence[Finding], warnings: Sequence[Text]) -> None:
    """Write everything about one judged track."""
    seen = flight.seen
    page.paragraph(
        say(
            "{title}: flown by {aircraft}, judged by the law of {day}, with the borders of view {view}.",
            title=plan_title(seen.plan, page.language.code),
            aircraft=seen.track.ident or seen.plan.aircraft.name,
            day=flight.context.reading.at.isoformat(),
            view=flight.context.reading.view,
        ),
        style="bold",
    )
    _write_track(page, seen, warnings)
    if any(finding.provision == NOT_THIS_FLIGHT for finding in findings):
        page.heading(say("Not the planned flight"))
        page.paragraph(
            say("Fixes and deviations are not listed, for the track has nothing to do with the plan."), indent=2
        )
    else:
        _write_fixes(page, seen.fixes)
        _write_deviations(page, seen)
    write_findings(page, findings)
    _write_rights(page, findings)
    write_needs(page, findings)
    _write_options(page, findings)


_GIVEN_BY: Final = ((NEED_GROUND, "--terrain"), (NEED_KIND, "--heights"))
"""Facts that are given by an option of the command."""


def _write_options(page: Page, findings: Sequence[Finding]) -> None:
    """Say by which options what is missing can be given."""
    needed = {need for finding in findings for need in finding.needs}
    for need, option in _GIVEN_BY:
        if need in needed:
            page.paragraph(say("{option} gives {need}.", option=option, need=need), indent=2, style="dim")


def _write_track(page: Page, seen: Comparison, warnings: Sequence[Text]) -> None:
    track = seen.track
    page.heading(say("The track"))
    lines = [
        say(
            "{source}: {read:,} points read, {kept:,} kept, from {first} to {last}.",
            source=track.source,
            read=seen.cleaned.read,
            kept=len(track),
            first=track.time_utc(0),
            last=track.time_utc(len(track) - 1),
        ),
        say(
            "{flown:.1f} km flown, {planned:.1f} km planned; {share:.0f} % of the planned path were flown.",
            flown=seen.distance_km,
            planned=seen.planned_km,
            share=100.0 * seen.flown_share,
        ),
    ]
    for one in seen.cleaned.dropped:
        lines.append(say("Left out by {step}: {count:,}; each {why}.", step=one.step, count=one.count, why=one.why))
    for gap in seen.gaps[:10]:
        lines.append(
            say(
                "A gap of {seconds:.0f} s from {start:%H:%M:%S}: {km:.1f} km straight, at most {most:.1f} km flown.",
                seconds=gap.seconds,
                start=gap.start_utc,
                km=gap.straight_km,
                most=gap.most_km,
            )
        )
    if len(seen.gaps) > 10:
        lines.append(say("{count} more gaps.", count=len(seen.gaps) - 10))
    for line in (*lines, *warnings):
        page.marked("·", line, indent=2)


def _write_fixes(page: Page, fixes: Sequence[FixPassed]) -> None:
    page.heading(say("The fixes of the plan"))
    shown = fixes if len(fixes) <= MOST_FIXES else [fix for fix in fixes if fix.state is not FixState.PASSED]
    if len(shown) < len(fixes):
        passed = sum(fix.state is FixState.PASSED for fix in fixes)
        page.paragraph(say("{passed} of {count} fixes were passed.", passed=passed, count=len(fixes)), indent=2)
    if shown:
        headings = [say("Fix"), say("Planned"), say("Passed"), say("Minutes late"), say("Off, km"), say("How")]
        page.table(headings, [_row(page, fix) for fix in shown], right=(3, 4))


def _row(page: Page, fix: FixPassed) -> list[str]:
    passed = fix.state in (FixState.PASSED, FixState.OUT_OF_ORDER)
    late = say("{minutes:+.1f}", minutes=fix.late_min)
    return [
        fix.fix.ident,
        f"{fix.planned_utc:%H:%M}",
        f"{fix.passed_utc:%H:%M}" if passed else "-",
        page.words(late) if passed else "-",
        page.words(say("{km:.1f}", km=fix.distance_km)),
        page.words(_state(fix.state)),
    ]


def _state(state: FixState) -> Text:
    return {
        FixState.PASSED: say("passed"),
        FixState.MISSED: say("not passed"),
        FixState.OUT_OF_ORDER: say("out of order"),
        FixState.UNSEEN: say("not seen"),
    }[state]


def _write_deviations(page: Page, seen: Comparison) -> None:
    if not seen.deviations:
        return
    page.heading(say("Deviations from the planned path"))
    headings = [say("Leg"), say("From"), say("To"), say("Farthest, km"), say("Added, km"), say("Reason told")]
    page.table(headings, [_deviation(page, seen, one) for one in seen.deviations], right=(0, 3, 4))


def _deviation(page: Page, seen: Comparison, one: Deviation) -> list[str]:
    side = (
        say("{km:.1f} right", km=one.farthest_km)
        if one.farthest_km >= 0.0
        else say("{km:.1f} left", km=-one.farthest_km)
    )
    reason = say("not known") if one.reason is None else _REASONS[one.reason]
    return [
        str(one.leg),
        f"{seen.track.time_utc(one.stretch.first):%H:%M}",
        f"{seen.track.time_utc(one.stretch.last):%H:%M}",
        page.words(side),
        page.words(say("{km:.1f}", km=one.extra_km)),
        page.words(reason),
    ]


def _write_rights(page: Page, findings: Sequence[Finding]) -> None:
    """Write rights and duties that arose though nothing was broken; those of breaches stand beside them."""
    effects = [finding.effect for finding in findings if finding.verdict is Verdict.OK and finding.effect is not None]
    if not effects:
        return
    page.heading(say("Rights and duties that arose"))
    for effect in dict.fromkeys(effects):
        known = {"who": effect.who, "what": effect.what}
        may, must = say("{who} may now: {what}", **known), say("{who} must now: {what}", **known)
        page.marked("→", may if effect.modality == "may" else must, indent=2)
