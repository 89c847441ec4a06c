"""The tables about a flown track on paper: deviations, fixes, gaps, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.position import format_dms
from skywitness.core.text import Text, say
from skywitness.route.exports.mission_tables import table
from skywitness.route.exports.page_words import PageWords
from skywitness.track.comparison import Comparison, Deviation, FixPassed, FixState
from skywitness.track.model import utc

MOST_DEVIATIONS: Final = 30
MOST_FIXES: Final = 40
MOST_GAPS: Final = 15
"""Rows; the rest is counted."""

REASON_WORDS: Final = MappingProxyType(
    {
        "weather": say("weather that touches the safety of the flight (VIII.II.1(A))"),
        "technical": say("technical trouble of the aircraft (VIII.II.1(B))"),
        "medical": say("a medical emergency on board (VIII.II.1(C))"),
        "force_majeure": say("traffic control because of force majeure (VIII.II.1(D))"),
        "weather_for_sensors": say("weather that keeps optical sensors from seeing (VIII.II.2)"),
        "none": say("no reason that permits it was told"),
    }
)
"""Why a flight left its path, as told on board."""

STATE_WORDS: Final = MappingProxyType(
    {
        FixState.PASSED: say("passed"),
        FixState.MISSED: say("not passed"),
        FixState.OUT_OF_ORDER: say("out of order"),
        FixState.UNSEEN: say("not seen"),
    }
)


def deviations(seen: Comparison, words: PageWords) -> dict[str, Any]:
    """Make the table of deviations, numbered as on the map."""
    columns = (
        say("No."),
        say("Leg"),
        say("From, UTC"),
        say("To, UTC"),
        say("Farthest, km"),
        say("Beyond the limit, UTC"),
        say("Added, km"),
        say("Reason told"),
    )
    shown = seen.deviations[:MOST_DEVIATIONS]
    rows = [_deviation(seen, number, one, words) for number, one in enumerate(shown, 1)]
    note = None
    if not rows:
        note = say("The aircraft nowhere left the planned path by more than the width of a route.")
    elif len(shown) < len(seen.deviations):
        note = say("{count} more are in track.geojson.", count=len(seen.deviations) - len(shown))
    widths = ["9mm", "9mm", "16mm", "16mm", "24mm", "33mm", "15mm", "1fr"]
    return {
        "type": "table",
        **table(words, say("Deviations from the planned path"), columns, rows, note),
        "widths": widths,
        "right": [1, 6],
    }


def _deviation(seen: Comparison, number: int, one: Deviation, words: PageWords) -> list[str]:
    track, day = seen.track, seen.plan.commencement_utc.date()
    side = (
        say("{km:.1f} right", km=one.farthest_km)
        if one.farthest_km >= 0.0
        else say("{km:.1f} left", km=-one.farthest_km)
    )
    beyond = [
        f"{words.clock(track.time_utc(part.first), day)}–{words.clock(track.time_utc(part.last), day)}"
        for part in one.beyond
    ]
    reason = say("not known") if one.reason is None else REASON_WORDS[one.reason]
    return [
        f"D{number}",
        str(one.leg),
        words.clock(track.time_utc(one.stretch.first), day),
        words.clock(track.time_utc(one.stretch.last), day),
        words.text(side),
        ", ".join(beyond[:3]) + (" …" if len(beyond) > 3 else "") or "–",
        words.number(one.extra_km, ",.1f"),
        words.text(reason),
    ]


def fixes(seen: Comparison, words: PageWords) -> dict[str, Any]:
    """Make the table of fixes: all of them, or of many those that were not passed."""
    many = len(seen.fixes) > MOST_FIXES
    chosen = [fix for fix in seen.fixes if not many or fix.state is not FixState.PASSED]
    passed = sum(fix.state is FixState.PASSED for fix in seen.fixes)
    columns = (
        say("Fix"),
        say("Position"),
        say("Planned"),
        say("Passed"),
        say("Minutes late"),
        say("Off, km"),
        say("How"),
    )
    note = say("{passed} of {count} fixes were passed.", passed=passed, count=len(seen.fixes))
    if many:
        note = say("{note} Those are not listed.", note=note)
    if len(chosen) > MOST_FIXES:
        note = say("{note} {count} more are in track.geojson.", note=note, count=len(chosen) - MOST_FIXES)
    return {
        "type": "table",
        **table(
            words, say("The fixes of the plan"), columns, [_fix(seen, fix, words) for fix in chosen[:MOST_FIXES]], note
        ),
        "widths": ["24mm", "1fr", "19mm", "19mm", "20mm", "16mm", "28mm"],
        "right": [4, 5],
    }


def _fix(seen: Comparison, fix: FixPassed, words: PageWords) -> list[str]:
    passed, day = fix.state in (FixState.PASSED, FixState.OUT_OF_ORDER), seen.plan.commencement_utc.date()
    return [
        words.ident(fix.fix),
        format_dms(fix.fix.lon, fix.fix.lat, 0),
        words.clock(fix.planned_utc, day),
        words.clock(fix.passed_utc, day) if passed else "–",
        words.number(fix.late_min, "+.1f") if passed else "–",
        words.number(fix.distance_km, ",.1f"),
        words.text(STATE_WORDS[fix.state]),
    ]


def gaps(seen: Comparison, words: PageWords) -> dict[str, Any]:
    """Make the table of gaps, the longest first."""
    day = seen.plan.commencement_utc.date()
    order = sorted(seen.gaps, key=lambda gap: -gap.seconds)
    rows = [
        [
            words.clock(gap.start_utc, day),
            words.clock(gap.end_utc, day),
            words.number(gap.seconds, ",.0f"),
            words.number(gap.straight_km, ",.1f"),
            words.number(gap.most_km, ",.1f"),
            words.number(gap.off_km, ",.1f"),
        ]
        for gap in order[:MOST_GAPS]
    ]
    columns = (
        say("From, UTC"),
        say("To, UTC"),
        say("Seconds"),
        say("Straight, km"),
        say("Most that can have been flown, km"),
        say("Off the straight way at most, km"),
    )
    note = say("The track has no gap of more than a minute in the air.") if not rows else None
    if len(order) > MOST_GAPS:
        note = say("{count} more are in track.geojson.", count=len(order) - MOST_GAPS)
    return {
        "type": "table",
        **table(words, say("Gaps in the track"), columns, rows, note),
        "widths": ["24mm", "24mm", "20mm", "25mm", "1fr", "1fr"],
        "right": [2, 3, 4, 5],
    }


def dropped(seen: Comparison, words: PageWords) -> dict[str, Any]:
    """Make the table of what cleaning left out of the track, step by step."""
    rows = []
    for one in seen.cleaned.dropped:
        times = [f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "–" for moment in (one.first_utc, one.last_utc)]
        rows.append([words.name(one.step), words.number(one.count, ",d"), *times, words.text(one.why)])
    columns = (say("Step"), say("Points"), say("From, UTC"), say("To, UTC"), say("Each of them"))
    note = say(
        "Of {read:,} points read {kept:,} were kept, from {first} to {last}. Nothing was filled in.",
        read=seen.cleaned.read,
        kept=len(seen.track),
        first=utc(float(seen.track.time_s[0])),
        last=utc(float(seen.track.time_s[-1])),
    )
    return {
        "type": "table",
        **table(words, say("What was left out of the track"), columns, rows, note),
        "widths": ["28mm", "18mm", "32mm", "32mm", "1fr"],
        "right": [1],
    }


def told(seen: Comparison) -> Iterator[Text]:
    """Tell what cleaning noted."""
    yield from seen.cleaned.notes
