"""From the notice to the first site: lateness, naming the site, the journey, delays (Sections IV, VII, VIII, XI)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection, Stay
from skywitness.cfe.told.desk import HAIR, Desk
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say

__all__ = ["judge_arrival", "judge_delay", "judge_journey", "judge_naming"]

_HOUR = dt.timedelta(hours=1)
_MINUTE_H = 1.0 / 60.0


def judge_arrival(desk: Desk, stay: Stay) -> Iterator[Finding]:
    """Judge a team that comes later than announced, or moved to another time by the inspected State."""
    told = stay.told
    expected = told.time("moved_eta_utc") or told.time("eta_utc")
    if expected is None:
        return
    new, arrived = told.time("new_eta_utc"), told.time("arrived_utc")
    if new is not None:
        limit = desk.limit("latest_arrival")
        late = (new - expected) / _HOUR
        why = say(
            "The new time is {late:.1f} h after the one announced; {most:g} h at most.", late=late, most=limit.value
        )
        yield desk.most("CFE:INSP.IV.7(A)", late, limit, why)
    came = arrived or new
    if came is not None:
        yield from _late(desk, stay, (came - expected) / _HOUR)


def _late(desk: Desk, stay: Stay, late: float) -> Iterator[Finding]:
    quiet, last = desk.limit("lateness_to_tell"), desk.limit("latest_arrival")
    told = stay.told.flag("new_eta_told")
    if told is None and "new_eta_utc" in stay.told:
        told = True
    words = {"late": late, "quiet": quiet.value, "last": last.value}
    fields = {"measured": late, "limit": quiet.value, "unit": "h", "values": (quiet.used,)}
    if late > quiet.value:
        why = say("{late:.1f} h late, more than {quiet:g} h.", **words)
        if told is None:
            need = say("whether the new time was told (new_eta_told)")
            yield desk.finding("CFE:INSP.IV.7", Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        else:
            yield desk.finding("CFE:INSP.IV.7", Verdict.OK if told else Verdict.BREACH, why, **fields)
    if late > last.value:
        why = say("{late:.1f} h late, more than {last:g} h: the notice lapses.", **words)
        yield _lapsed(desk, stay, why, {"measured": late, "limit": last.value, "unit": "h", "values": (last.used,)})


def _lapsed(desk: Desk, stay: Stay, why: Text, fields: dict[str, Any]) -> Finding:
    """Judge a stay whose notice had lapsed: it has to be called off; that it was is told, or that it went on."""
    off = stay.told.flag("cancelled")
    if off is None and any(one.told.time("arrived_at_site_utc") for one in stay.inspections):
        off = False
    effect = desk.must("inspecting", say("call the inspection off and tell those notified"))
    if off is None:
        needs = (say("whether the inspection was called off (cancelled)"),)
        return desk.finding("CFE:INSP.XI.1", Verdict.CANNOT_TELL, why, effect=effect, needs=needs, **fields)
    return desk.finding("CFE:INSP.XI.1", Verdict.OK if off else Verdict.BREACH, why, effect=effect, **fields)


def judge_naming(desk: Desk, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Judge when the first site or area was named: within the hours of the law, and at the hour announced."""
    named, arrived = one.told.time("named_utc"), stay.told.time("arrived_utc")
    if named is None or arrived is None or not one.under_quota:
        return
    ident = "CFE:INSP.VII.7" if one.section == DECLARED else "CFE:INSP.VIII.2(B)"
    early, late = desk.limit("naming_earliest"), desk.limit("naming_latest")
    after, announced = (named - arrived) / _HOUR, _announced(stay)
    words = {"after": after, "early": early.value, "late": late.value}
    fields = {"measured": after, "unit": "h", "values": (early.used, late.used)}
    within = early.value - HAIR <= after <= late.value + HAIR
    why = say("Named {after:.2f} h after arrival; from {early:g} h to {late:g} h.", **words)
    if within and announced is not None and abs(after - announced) > _MINUTE_H:
        why = say("Named {after:.2f} h after arrival; {announced:g} h were announced.", announced=announced, **words)
        yield desk.finding(ident, Verdict.BREACH, why, limit=announced, **fields)
        return
    bound = late.value if after > early.value else early.value
    if within and announced is None:
        need = say("after how many hours the notice said it would be (hours_to_naming, or new_hours_to_naming)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), limit=bound, **fields)
        return
    yield desk.finding(ident, Verdict.OK if within else Verdict.BREACH, why, limit=bound, **fields)


def _announced(stay: Stay) -> float | None:
    """Return the hours to naming that hold: those told with a new time of arrival, where there are any (IV.7(B))."""
    new = stay.told.number("new_hours_to_naming")
    changed = new is None and stay.told.flag("new_hours_to_naming_told")
    return new if new is not None or changed else stay.told.number("hours_to_naming")


def judge_journey(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge how long the team was on its way to the first site, and whether it could cancel for that."""
    since = "accepted_utc" if one.section == CHALLENGE else "named_utc"
    taken = one.told.hours(since, "arrived_at_site_utc")
    if not one.under_quota:
        return
    hard = one.told.flag("hard_country")
    limit = desk.limit("journey_hard_country" if hard else "journey")
    longest = desk.limit("journey_hard_country")
    ident = "CFE:INSP.VII.8" if one.section == DECLARED else "CFE:INSP.VIII.6(B)"
    if taken is not None and one.told.flag("slower_through_other_entry"):
        why = say(
            "{taken:.1f} h to the site; through a point of entry not tied to it the journey may take longer.",
            taken=taken,
        )
        effect = desk.may("host", say("take longer than the usual hours"))
        yield desk.finding(ident, Verdict.OK, why, effect=effect, bearer=desk.code("host"))
    elif taken is not None:
        words = {"taken": taken, "most": limit.value, "hard": longest.value}
        if hard is None and limit.value < taken <= longest.value:
            why = say("{taken:.1f} h, more than {most:g} h; {hard:g} h are allowed in hard country.", **words)
            need = say("whether the site is in mountains or hard country (hard_country)")
            used = (limit.used, longest.used)
            fields = {"measured": taken, "limit": limit.value, "unit": "h", "values": used}
            yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        else:
            why = say("{taken:.1f} h to the site; {most:g} h at most.", **words)
            yield desk.most(ident, taken, limit, why)
    if one.told.flag("cancelled_for_late_journey"):
        yield _cancelled(desk, one, since)


def _cancelled(desk: Desk, one: Inspection, since: str) -> Finding:
    """Judge that a team cancelled because it was not brought to its first site in time."""
    taken = one.told.hours(since, "arrived_at_site_utc")
    taken = one.told.hours(since, "cancelled_utc") if taken is None else taken
    usual, hard = desk.limit("journey"), desk.limit("journey_hard_country")
    told = one.told.flag("hard_country")
    limit = hard if told else usual
    fields = {"measured": taken, "limit": limit.value, "unit": "h", "values": (limit.used,)}
    needs = []
    if taken is None:
        needs.append(
            say(
                "when the site was named, and reached or given up ({since}, arrived_at_site_utc or cancelled_utc)",
                since=since,
            )
        )
        why = say("Cancelled for a late journey, and how long it took is not told.")
        return desk.finding("CFE:INSP.XI.2", Verdict.CANNOT_TELL, why, needs=tuple(needs))
    why = say(
        "Cancelled after {taken:.1f} h; the team has to be there within {most:g} h.", taken=taken, most=limit.value
    )
    control = one.told.flag("beyond_their_control")
    if taken <= limit.value or control is False:
        if control is False:
            why = say("{why} The delay was the inspecting State's own.", why=why)
        return desk.finding("CFE:INSP.XI.2", Verdict.BREACH, why, **fields)
    if control is None:
        needs.append(say("whether the delay was beyond the control of the inspecting State (beyond_their_control)"))
    if told is None and taken <= hard.value:
        needs.append(say("whether the site is in mountains or hard country (hard_country)"))
    if needs:
        return desk.finding("CFE:INSP.XI.2", Verdict.CANNOT_TELL, why, needs=tuple(needs), **fields)
    effect = desk.may("inspecting", say("cancel the inspection, which then uses no quota"))
    if one.told.items("uses"):
        why = say("{why} It was counted against a quota all the same.", why=why)
        fields["bearer"] = desk.code("host")
        return desk.finding("CFE:INSP.XI.2", Verdict.BREACH, why, effect=effect, **fields)
    return desk.finding("CFE:INSP.XI.2", Verdict.OK, why, effect=effect, **fields)


def judge_delay(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge a delay within a specified area, after which the team may call the inspection off."""
    delay, off = one.told.number("delayed_hours"), one.told.flag("cancelled_for_delay")
    if delay is None or one.section != CHALLENGE:
        return
    limit = desk.limit("area_delay")
    words = {"delay": delay, "most": limit.value}
    fields = {"measured": delay, "limit": limit.value, "unit": "h", "values": (limit.used,)}
    if delay > limit.value:
        why = say("Access was delayed by {delay:.1f} h, more than {most:g} h.", **words)
        effect = desk.may("inspectors", say("call the inspection off"))
        yield desk.finding("CFE:INSP.VIII.6(C)", Verdict.OK, why, effect=effect, **fields)
    elif off:
        why = say("Called off after a delay of {delay:.1f} h, which is not more than {most:g} h.", **words)
        yield desk.finding("CFE:INSP.VIII.6(C)", Verdict.BREACH, why, **fields)
    else:
        why = say("Access was delayed by {delay:.1f} h, which is not more than {most:g} h.", **words)
        yield desk.finding("CFE:INSP.VIII.6(C)", Verdict.OK, why, **fields)
