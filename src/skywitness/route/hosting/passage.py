"""Ways in and out: entry and exit fixes (Annex E, paragraph 2), the Turkish Straits (Annex J, paragraph 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Fixes, Straits
from skywitness.route.hosting.places import place_of
from skywitness.route.hosting.sides import is_observed
from skywitness.route.rules.airfields import cite_role
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, hours_between, needed, not_applicable

FIXES: Final = "OS:E.2"
STRAITS: Final = "OS:J.2"

NOTICE_DAYS: Final = 3.0
"""Days of notice that Turkey is given of an occasional flight through the Straits (Montreux Convention, Article 23)."""

_NOTICE = UsedValue(
    "montreux_notice", "TUR", NOTICE_DAYS, "d", None, "Montreux Convention of 20 July 1936, Article 23", "recollection"
)


@provision(FIXES)
def fixes_on_the_way(context: Context) -> Iterator[Finding]:
    """Judge each fix that the flight is to pass: designated by the observed Party, on the way, flown by the rules."""
    fixes = context.facts.hosting.fixes
    if fixes is None:
        return
    transport = context.facts.hosting.transport
    ends = context.plan.waypoints
    leave = (transport.point_of_exit if transport else None) or ends[-1].ident
    if fixes.entry is not None:
        yield _fix(context, fixes, fixes.entry, "entry_fix", context.facts.point_of_entry or ends[0].ident)
    if fixes.exit is not None:
        yield _fix(context, fixes, fixes.exit, "exit_fix", leave)


def _fix(context: Context, fixes: Fixes, ident: str, role: str, point: str) -> Finding:
    """Judge one fix; ``point`` is the point of entry or exit that it belongs to."""
    observed, observing = context.plan.observed, context.plan.observing
    site, names = context.law.site(ident), {"fix": ident, "observed": observed, "point": point}
    where = Where(name=ident)
    if site is None or role not in site.roles or not is_observed(context, site.party):
        why = say("{fix} is not known as a fix that {observed} designated.", **names)
        need = say("the notification by which {fix} was designated ([[airfield]] with its role)", **names)
        return cannot_tell(context, FIXES, why, (need,), bearer=observed, where=where)
    eased = _nearer(context, fixes, ident, point) if fixes.eases is None else fixes.eases
    values = cite_role(site, role)
    if fixes.eases is False:
        why = say("The fix {fix} makes the way to or from {point} harder, not easier.", **names)
        effect = may_raise(observing)
        return draft(context, FIXES, Verdict.BREACH, why, bearer=observed, effect=effect, where=where, values=values)
    if fixes.by_rules is False:
        why = say("The flight between {fix} and {point} is not planned by the published rules.", **names)
        return draft(context, FIXES, Verdict.BREACH, why, bearer=observing, where=where, values=values)
    needs = needed(
        (
            (eased or None, say("whether {fix} makes the way easier (fixes.eases)", **names)),
            (
                fixes.by_rules,
                say("whether the flight between {fix} and {point} is planned by the rules (fixes.by_rules)", **names),
            ),
        )
    )
    if needs:
        why = say("{observed} designated {fix}; whether the way by it is as it should be is not known.", **names)
        return cannot_tell(context, FIXES, why, needs, bearer=observed, where=where, values=values)
    why = say("{observed} designated {fix}, which lies on the way to or from {point}; the rules are kept.", **names)
    effect = Effect(observed, "may", say("have the flight pass the fix {fix}", **names))
    return draft(context, FIXES, Verdict.OK, why, bearer=observed, effect=effect, where=where, values=values)


def _nearer(context: Context, fixes: Fixes, ident: str, point: str) -> bool | None:
    """Tell whether a fix lies on the way: nearer to home and to the point than these are to each other."""
    home, fix, end = (place_of(context, one) for one in (fixes.home, ident, point))
    if home is None or fix is None or end is None:
        return None
    whole_km = geodesy.distance_km(*home, *end)
    return max(geodesy.distance_km(*home, *fix), geodesy.distance_km(*fix, *end)) < whole_km


@provision(STRAITS)
def through_the_straits(context: Context) -> Iterator[Finding]:
    """Judge route and notice of a transit flight between the Mediterranean and the Black Sea by Article 23."""
    straits = context.facts.hosting.straits
    if straits is not None:
        yield _straits(context, straits)


def _straits(context: Context, straits: Straits) -> Finding:
    bearer = context.plan.observing
    if straits.between_seas is False:
        return not_applicable(context, STRAITS, say("The flight does not pass between the two seas."), bearer=bearer)
    if straits.civil is False:
        why = say("The aircraft is not civil, and Article 23 is about civil aircraft alone.")
        return not_applicable(context, STRAITS, why, bearer=bearer)
    days = _days_ahead(straits)
    short = days is not None and (days <= 0.0 if straits.regular else days < NOTICE_DAYS)
    in_scope = straits.between_seas and straits.civil
    figures: dict[str, object] = {"measured": days, "values": (_NOTICE,)}
    if days is not None:
        limit = 0.0 if straits.regular else NOTICE_DAYS
        figures |= {"uncertainty": 0.0, "limit": limit, "margin": days - limit, "unit": "d"}
    sure = straits.regular is not None or (days is not None and (days <= 0.0 or not short))
    if in_scope and straits.on_routes is False:
        why = say("The flight leaves the routes that Turkey indicates between the two seas.")
        return draft(context, STRAITS, Verdict.BREACH, why, bearer=bearer, effect=may_raise("TUR"), **figures)
    if in_scope and short and sure:
        return draft(context, STRAITS, Verdict.BREACH, _short(days), bearer=bearer, effect=may_raise("TUR"), **figures)
    needs = _straits_needs(straits, sure)
    if needs:
        why = say("Whether the flight keeps to Article 23 of the Montreux Convention is not known.")
        what = say("notify Turkey {days:g} days ahead and keep to the routes that it indicates", days=NOTICE_DAYS)
        must = Effect(bearer, "must", what)
        return cannot_tell(context, STRAITS, why, needs, bearer=bearer, effect=must, **figures)
    why = say(
        "Turkey was notified {days:.1f} days ahead, and the flight keeps to the routes that it indicates.", days=days
    )
    return draft(context, STRAITS, Verdict.OK, why, bearer=bearer, **figures)


def _short(days: float | None) -> Text:
    if days is not None and days < 0.0:
        return say(
            "Turkey was notified only after the passage; an occasional flight takes {limit:g} days before it, a "
            "regular one a general notice beforehand.",
            limit=NOTICE_DAYS,
        )
    return say(
        "Turkey was notified {days:.1f} days before the passage; an occasional flight takes {limit:g} days, a regular "
        "one a general notice beforehand.",
        days=days,
        limit=NOTICE_DAYS,
    )


def _days_ahead(straits: Straits) -> float | None:
    if straits.notified_utc is None or straits.passage_utc is None:
        return None
    return hours_between(straits.notified_utc, straits.passage_utc) / 24.0


def _straits_needs(straits: Straits, sure: bool) -> tuple[Text, ...]:
    return needed(
        (
            (straits.between_seas, say("whether the flight passes between the two seas (straits.between_seas)")),
            (straits.civil, say("whether the aircraft counts as civil, which the text leaves open (straits.civil)")),
            (straits.notified_utc, say("when Turkey was notified (straits.notified_utc)")),
            (straits.passage_utc, say("when the flight passes (straits.passage_utc)")),
            (sure or None, say("whether it is one of regular flights (straits.regular)")),
            (straits.on_routes, say("whether it keeps to the routes that Turkey indicates (straits.on_routes)")),
        )
    )
