"""The tables of the mission plan on paper: legs, stops, findings, needs, sites, values of the law, reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.position import format_dms
from skywitness.core.text import Text, say, say_n
from skywitness.law.words import key_words, numbered_sources, source_words, value_words
from skywitness.route.exports import lines
from skywitness.route.exports.account import cumulative_km, flight_level, leg_ends, plan_title
from skywitness.route.exports.page_words import PageWords, by_gravity, moment_words
from skywitness.route.exports.parties import party
from skywitness.route.exports.words import LEG_WORDS, STOP_WORDS, TURN_WORDS
from skywitness.route.model import Leg, LegKind, Plan, Waypoint

MOST_SITES = 400
MOST_SETS_ASIDE = 8
"""Rows of sites and of reasons for leaving sites out; the rest is counted."""

LONGEST_SIGNED_TITLE = 100
"""Characters of the title that fit beside what else is said of a plan above its signatures."""


def table(
    words: PageWords, heading: Text, columns: Sequence[Text], rows: Sequence[Any], note: Text | None
) -> dict[str, Any]:
    """Make a table for the page; an empty one says so in its note."""
    return {
        "heading": words.text(heading),
        "columns": [words.text(column) for column in columns],
        "rows": list(rows),
        "note": words.text(note) if note else "",
    }


def legs(plan: Plan, words: PageWords) -> dict[str, Any]:
    """Make the table of legs: two or three lines in each cell."""
    columns = (
        say("Leg"),
        say("From / to"),
        say("True course"),
        say("km / total"),
        say("Height, m"),
        say("UTC"),
        say("Sensors, from–to km"),
        say("Turn at the end"),
    )
    totals = cumulative_km(plan)
    rows = [_leg(plan, leg, total, words) for leg, total in zip(plan.legs, totals, strict=True)]
    note = say(
        "Each leg is the geodesic on WGS 84 between its ends; the course is the true course at its start. AGL: above"
        " the highest ground under the leg. AMSL: above mean sea level. FL: the flight level at or just above that"
        " height in the standard atmosphere. +1: the day after commencement."
    )
    return table(words, say("Legs"), columns, rows, note)


def _leg(plan: Plan, leg: Leg, total_km: float, words: PageWords) -> dict[str, Any]:
    start, end = leg_ends(plan, leg)
    day = plan.commencement_utc.date()
    return {
        "number": str(leg.number),
        "transit": leg.kind is LegKind.TRANSIT,
        "ends": [_end(start, words), _end(end, words)],
        "course": words.number(leg.course_start_deg % 360.0, "05.1f") + "°",
        "distance": [words.number(leg.distance_km, ",.1f"), words.number(total_km, ",.1f")],
        "height": _height(leg, words),
        "time": [words.clock(leg.start_utc, day), words.clock(leg.end_utc, day)],
        "sensors": _sensors(leg, words),
        "turn": _turn(plan, leg, words),
    }


def _turn(plan: Plan, leg: Leg, words: PageWords) -> str:
    """Tell how a leg ends: with a landing, or with a turn of a kind."""
    lands = {len(plan.legs), *(stop.waypoint - 1 for stop in plan.stops)}
    if leg.number in lands:
        return words.text(say("landing"))
    turn = plan.waypoints[leg.number].turn
    return words.text(TURN_WORDS[turn]) if turn else "–"


def _end(waypoint: Waypoint, words: PageWords) -> dict[str, str]:
    return {"ident": words.ident(waypoint), "position": format_dms(waypoint.lon, waypoint.lat)}


def _height(leg: Leg, words: PageWords) -> list[str]:
    if leg.height_m_agl is None and leg.height_m_amsl is None:
        return [words.text(say("not planned"))]
    told = []
    if leg.height_m_agl is not None:
        told.append(words.text(say("{height:,.0f} AGL", height=leg.height_m_agl)))
    if leg.height_m_amsl is None:
        told.append(words.text(say("ground not known")))
    else:
        level = f"FL{flight_level(leg.height_m_amsl):03d}"
        told.append(words.text(say("{height:,.0f} AMSL · {level}", height=leg.height_m_amsl, level=level)))
    return told


def _sensors(leg: Leg, words: PageWords) -> list[str]:
    if leg.kind is LegKind.TRANSIT:
        return [words.text(LEG_WORDS[leg.kind])]
    if not leg.sensors:
        return [words.text(say("none"))]
    start_km, end_km = lines.observation_km(leg)
    period = f"{words.number(start_km, ',.1f')}–{words.number(end_km, ',.1f')}"
    return [", ".join(words.name(ident, 20) for ident in leg.sensors), period, *_to_one_side(leg, words)]


def _to_one_side(leg: Leg, words: PageWords) -> Iterator[str]:
    """Say of each sensor that sees to one side only on this leg to which, and how far out."""
    for ident in dict.fromkeys(strip.sensor for strip in leg.strips):
        strips = [strip for strip in leg.strips if strip.sensor == ident]
        near = min(min(abs(strip.from_km), abs(strip.to_km)) for strip in strips)
        far = max(max(abs(strip.from_km), abs(strip.to_km)) for strip in strips)
        told = {"sensor": words.name(ident, 20), "near": words.number(near, ",.1f"), "far": words.number(far, ",.1f")}
        if all(strip.from_km >= 0.0 for strip in strips):
            yield words.text(say("{sensor}: {near}–{far} km to the right", **told))
        elif all(strip.to_km <= 0.0 for strip in strips):
            yield words.text(say("{sensor}: {near}–{far} km to the left", **told))


def stops(plan: Plan, words: PageWords) -> dict[str, Any]:
    """Make the table of landings on the way."""
    columns = (say("Waypoint"), say("Airfield"), say("Why"), say("Arrival, UTC"), say("Continuation, UTC"))
    rows = []
    for stop in plan.stops:
        waypoint = plan.waypoints[stop.waypoint - 1]
        times = [moment_words(moment) for moment in (stop.arrive_utc, stop.depart_utc)]
        name = words.name(f"{waypoint.ident} {waypoint.name}".strip())
        rows.append([str(stop.waypoint), name, words.text(STOP_WORDS[stop.kind]), *times])
    note = None if rows else say("No landing on the way is planned.")
    return table(words, say("Refuelling stops and rest periods"), columns, rows, note)


def judged(findings: Sequence[Finding], words: PageWords) -> dict[str, Any]:
    """Make the table of findings, breaches first; those that do not apply have a table of their own."""
    columns = (say("Verdict"), say("Provision"), say("Measured / limit / margin"), say("Why"))
    rows = [_finding(finding, words) for finding in by_gravity(findings) if applies(finding)]
    note = None if rows else say("No provision has been applied to this plan.")
    return table(words, say("Findings"), columns, rows, note)


def applies(finding: Finding) -> bool:
    """Tell whether a finding says more than that its provision does not concern this flight."""
    return finding.verdict is not Verdict.NOT_APPLICABLE


def idle(findings: Sequence[Finding], words: PageWords) -> dict[str, Any]:
    """Make the short table of provisions that do not concern this flight, with the reason."""
    rows = [
        [
            words.name(finding.provision),
            words.text(finding.title),
            " ".join([words.text(finding.why), *_more(finding, words)]),
        ]
        for finding in findings
        if not applies(finding)
    ]
    return table(words, say("What does not apply"), (say("Provision"), say("Subject"), say("Why")), rows, None)


def _finding(finding: Finding, words: PageWords) -> dict[str, Any]:
    return {
        "verdict": words.verdict(finding.verdict),
        "provision": words.name(finding.provision),
        "title": words.text(finding.title),
        "numbers": [words.text(text) for text in _numbers(finding, words)],
        "why": words.text(finding.why),
        "more": list(_more(finding, words)),
    }


def _numbers(finding: Finding, words: PageWords) -> Iterator[Text]:
    """Write the numbers of a finding; what was found in words stands in its reason.

    What is kept without a margin shows its limit alone: what was measured says nothing of how well it is kept.
    """
    kept_without_margin = finding.verdict is Verdict.OK and finding.margin is None
    if isinstance(finding.measured, int | float) and not kept_without_margin:
        measured = words.amount(finding.measured, finding.unit)
        if finding.uncertainty:
            band = words.amount(finding.uncertainty, finding.unit)
            yield say("measured {measured} ± {band}", measured=measured, band=band)
        else:
            yield say("measured {measured}", measured=measured)
    if isinstance(finding.limit, int | float) and not (kept_without_margin and finding.limit == 0):
        yield say("limit {limit}", limit=words.amount(finding.limit, finding.unit))
    if finding.margin is not None:
        yield say("margin {margin}", margin=words.amount(finding.margin, finding.unit))


def _more(finding: Finding, words: PageWords) -> Iterator[str]:
    """Tell where it is, whose right or duty follows, and by which agreement it holds."""
    return (words.text(text) for text in _more_texts(finding, words))


def _more_texts(finding: Finding, words: PageWords) -> Iterator[Text]:
    where = finding.where
    if where is not None and where.leg is not None:
        yield say("On leg {leg}.", leg=where.leg)
    if where is not None and where.lon is not None and where.lat is not None:
        position = format_dms(where.lon, where.lat)
        if where.name:
            yield say("At {name}, {position}.", name=words.name(where.name), position=position)
        else:
            yield say("At {position}.", position=position)
    elif where is not None and where.name:
        yield say("At {name}.", name=words.name(where.name))
    if finding.effect is not None:
        who, what = words.name(finding.effect.who), finding.effect.what
        if finding.effect.modality == "may":
            yield say("{who} may: {what}", who=who, what=what)
        else:
            yield say("{who} must: {what}", who=who, what=what)
    if finding.by_agreement:
        yield say("By agreement: {agreement}.", agreement=words.name(finding.by_agreement))


def needs(findings: Sequence[Finding], words: PageWords) -> dict[str, Any]:
    """Make the table of facts that would settle what cannot be told, each with the provisions that wait for it."""
    waiting: dict[str, list[str]] = {}
    for finding in findings:
        for need in finding.needs:
            provisions = waiting.setdefault(words.text(need), [])
            if finding.provision not in provisions:
                provisions.append(finding.provision)
    rows = [[need, words.name(", ".join(provisions), 400)] for need, provisions in waiting.items()]
    note = None if rows else say("Nothing: no finding waits for a fact.")
    return table(
        words, say("Facts that would settle what cannot be told"), (say("Fact"), say("Provisions")), rows, note
    )


def sites(plan: Plan, words: PageWords) -> dict[str, Any]:
    """Make the table of sites observed, the most valuable first."""
    order = sorted(set(plan.observed_sites), key=lambda index: (-plan.sites[index].value, index))
    rows = []
    for index in order[:MOST_SITES]:
        site = plan.sites[index]
        rows.append([words.name(site.name, 40), format_dms(site.lon, site.lat, 0), words.number(site.value, ",g")])
    columns = (say("Site"), say("Position"), say("Value"))
    return {
        **table(words, say("Sites observed"), columns, rows, _sites_note(plan, len(order))),
        "aside": [words.text(text) for text in _set_aside(plan)],
    }


def _sites_note(plan: Plan, seen: int) -> Text:
    if not seen:
        return say("No site is observed.")
    if seen > MOST_SITES:
        return say(
            "The {shown} most valuable of {seen}; all sites, those not observed too, are in plan.geojson.",
            shown=MOST_SITES,
            seen=seen,
        )
    return say("Sites planned for and not observed: {missed}.", missed=len(plan.sites) - seen)


def _set_aside(plan: Plan) -> Iterator[Text]:
    """Count the sites left out before planning, by reason."""
    reasons = Counter(aside.reason for aside in plan.set_aside)
    for reason, count in reasons.most_common(MOST_SETS_ASIDE):
        yield say("Set aside before planning: {count}. Reason: {reason}", count=count, reason=reason)
    rest = sum(count for _, count in reasons.most_common()[MOST_SETS_ASIDE:])
    if rest:
        yield say("Set aside for other reasons: {count}.", count=rest)


def law_values(findings: Sequence[Finding], words: PageWords) -> dict[str, Any]:
    """Make the table of the values of the law that the findings rest on."""
    used: dict[tuple[str, str, str], UsedValue] = {}
    for finding in findings:
        for value in finding.values:
            used.setdefault((value.key, value.subject, str(value.value)), value)
    rows = [
        {
            "key": words.text(key_words(value.key)),
            "subject": words.text(value_words(value.subject)) or "–",
            "value": words.amount(value.value, value.unit),
            "from": value.start.isoformat() if value.start else words.text(say("attested only")),
            "source": words.name(source_words(value.source).render(words.catalogue), 200),
            "status": words.status(value.status),
            "weak": value.status in ("recollection", "assumed"),
        }
        for value in used.values()
    ]
    columns = (say("Value"), say("Of"), say("Amount"), say("From"), say("Source"), say("Status"))
    note = None if rows else say("The findings use no value of the law.")
    listed = dict(one for value in used.values() for one in numbered_sources(value.source))
    return {
        **table(words, say("Values of the law used"), columns, rows, note),
        "numbered": [f"{number}: {words.text(listed[number])}" for number in sorted(listed, key=_by_number)],
    }


def _by_number(source: str) -> int:
    return int(source.removeprefix("S"))


def reading(plan: Plan, words: PageWords) -> dict[str, Any]:
    """List the reading under which everything was judged."""
    taken = plan.reading
    chosen = "; ".join(f"{provision}: {name}" for provision, name in taken.interpretations.items())
    claims = ", ".join(taken.accepted_claims)
    rows = [
        [words.text(say("Day whose law applies")), taken.at.isoformat()],
        [
            words.text(say("What was known by")),
            taken.known.isoformat() if taken.known else words.text(say("everything known today")),
        ],
        [words.text(say("Border view")), words.name(taken.view)],
        [words.text(say("Interpretations chosen")), words.name(chosen, 400) or words.text(say("the strictest"))],
        [words.text(say("Claims accepted")), words.name(claims, 400) or words.text(say("none"))],
    ]
    return table(words, say("Reading"), (), rows, None)


def signatures(plan: Plan, words: PageWords) -> dict[str, Any]:
    """Make the two blocks to sign in (Article VI, Section II, paragraph 6)."""
    blocks = [
        {
            "title": words.text(say("For the observing Party: {name}", name=party(plan.observing, words.language))),
        },
        {
            "title": words.text(say("For the observed Party: {name}", name=party(plan.observed, words.language))),
        },
    ]
    fields = [words.text(text) for text in (say("Name and function"), say("Date and time, UTC"), say("Signature"))]
    note = say("A signature belongs to the plan whose hash stands at the foot of every page, and to no other.")
    return {
        "heading": words.text(say("Signatures")),
        "what": words.text(_signed(plan, words)),
        "note": words.text(note),
        "blocks": blocks,
        "fields": fields,
    }


def _signed(plan: Plan, words: PageWords) -> Text:
    """Say in a line what is signed, for whoever holds the last page alone."""
    return say(
        "{title}: {legs}, {distance:,.1f} km, {start} to {end}.",
        title=words.name(plan_title(plan, words.language).render(words.catalogue), LONGEST_SIGNED_TITLE),
        legs=say_n("{count} leg", "{count} legs", len(plan.legs)),
        distance=plan.distance_km,
        start=moment_words(plan.commencement_utc),
        end=moment_words(plan.completion_utc),
    )
