"""Inspections: their kinds and days, the numbers of a year, the team (Article XI and the Inspection Protocol)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where, judge_at_most
from skywitness.core.text import Text, say
from skywitness.inf.check.model import BASELINE, CLOSE_OUT, COMPLETION, ELIMINATION, PORTAL, SHORT, Inspection, Ledger
from skywitness.inf.law import Law, instrument
from skywitness.inf.sides import side_of
from skywitness.law.provisions import provision
from skywitness.law.value import outcome_of, used

__all__ = ["judge_country", "judge_inspections", "year_of"]


def judge_inspections(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge every inspection by itself, then the numbers of each year."""
    for one in sorted(ledger.inspections, key=lambda row: row.id):
        if one.kind == BASELINE:
            yield _baseline(one, law)
        elif one.kind == CLOSE_OUT:
            yield _close_out(one, law)
        elif one.kind == SHORT:
            yield from _short(one, law)
        elif one.kind == PORTAL:
            yield _portal(one, law)
        elif one.kind == COMPLETION:
            yield _completion(one, law)
        yield judge_country(one, law)
        yield from _team(one, law)
    short = [one for one in ledger.inspections if one.kind == SHORT]
    for by, year in sorted({(one.by, year_of(one.day)) for one in short}):
        mine = [one for one in short if (one.by, year_of(one.day)) == (by, year)]
        yield from _numbers(by, year, mine, law)


def year_of(day: dt.date) -> int:
    """Return the year of the Treaty that a day belongs to, the first from 1 June 1988 on.

    >>> year_of(dt.date(1988, 6, 1)), year_of(dt.date(1989, 5, 31)), year_of(dt.date(2001, 5, 31))
    (1, 1, 13)
    """
    begins = instrument().heading.entry_into_force.on
    return day.year - begins.year + (1 if (day.month, day.day) >= (begins.month, begins.day) else 0)


def _quota(day: dt.date) -> Settled | None:
    found = outcome_of(instrument().of("short_notice_quota"), day)
    return found if isinstance(found, Settled) else None


@provision("INF:XI.3")
def _baseline(one: Inspection, law: Law) -> Finding:
    """Ask for the days from 30 to 90 after entry into force (Article XI.3)."""
    (first, from_value), (last, to_value) = law.from_start("baseline_from"), law.from_start("baseline_to")
    told = {"name": one.id, "day": one.day, "first": first, "last": last}
    kept = first <= one.day <= last
    why = (
        say("{name}: on {day}, within {first} to {last}.", **told)
        if kept
        else say("{name}: on {day}, not within {first} to {last}.", **told)
    )
    verdict = Verdict.OK if kept else Verdict.BREACH
    values = (from_value, to_value)
    return law.finding("XI.3", verdict, why, bearer=one.by, where=Where(name=one.id), values=values)


@provision("INF:XI.4")
def _close_out(one: Inspection, law: Law) -> Finding:
    """Ask for the sixty days after the day on which the place was to be eliminated (Article XI.4)."""
    limit, value = law.number_on(one.day, "close_out")
    where = Where(name=one.id)
    if one.elimination_day is None:
        why = say("{name}: the day on which the place was to be eliminated is not told.", name=one.id)
        needs = (say("the scheduled day of each elimination (elimination_day)"),)
        return law.finding("XI.4", Verdict.CANNOT_TELL, why, where=where, bearer=one.by, needs=needs)
    days = (one.day - one.elimination_day).days
    kept = 0 <= days <= limit
    why = say(
        "{name}: {days} days after the scheduled elimination; {limit:.0f} are allowed.",
        name=one.id,
        days=days,
        limit=limit,
    )
    numbers = {"measured": days, "limit": limit, "margin": limit - days, "unit": "d", "values": (value,)}
    verdict = Verdict.OK if kept else Verdict.BREACH
    return law.finding("XI.4", verdict, why, bearer=one.by, where=where, **numbers)


@provision("INF:XI.6")
def _portal(one: Inspection, law: Law) -> Finding:
    """Ask for the time of the watch at the gates: from day 30 on, for thirteen years (Article XI.6)."""
    (first, _), (last, value) = law.from_start("baseline_from"), law.from_start("short_notice_years")
    told = {"name": one.id, "day": one.day, "first": first, "last": last}
    kept = first <= one.day < last
    why = (
        say("{name}: at the gate on {day}, within {first} to {last}.", **told)
        if kept
        else say("{name}: at the gate on {day}, not within {first} to {last}.", **told)
    )
    verdict = Verdict.OK if kept else Verdict.BREACH
    return law.finding("XI.6", verdict, why, bearer=one.by, where=Where(name=one.id), values=(value,))


@provision("INF:XI.8")
def _completion(one: Inspection, law: Law) -> Finding:
    """Ask that what was to be eliminated had gone: only then can its end be confirmed (Article XI.8)."""
    where = Where(name=one.id)
    if one.elimination_day is None:
        why = say("{name}: the day on which the elimination was done is not told.", name=one.id)
        needs = (say("the day on which each elimination was done (elimination_day)"),)
        return law.finding("XI.8", Verdict.CANNOT_TELL, why, where=where, bearer=one.by, needs=needs)
    told = {"name": one.id, "day": one.day, "done": one.elimination_day}
    if one.day >= one.elimination_day:
        why = say("{name}: on {day}, to confirm an elimination that was done on {done}.", **told)
        return law.finding("XI.8", Verdict.OK, why, where=where, bearer=one.by)
    why = say("{name}: on {day}, to confirm an elimination that was done only on {done}.", **told)
    effect = Effect(one.of, "may", say("refuse the inspection"))
    return law.finding("XI.8", Verdict.BREACH, why, where=where, bearer=one.by, effect=effect)


def _basing(one: Inspection, law: Law) -> Settled | None:
    """Return the countries in which the inspected side had based missiles."""
    outcome = outcome_of(instrument().of("basing_countries", side_of(one.of)), one.day, law.reading.known)
    return outcome if isinstance(outcome, Settled) else None


@provision("INF:XI.2")
def judge_country(one: Inspection, law: Law) -> Finding:
    """Ask for the territory of the other side, or a country in which it had based missiles (Article XI.2)."""
    basing, where = _basing(one, law), Where(name=one.id)
    told = {"name": one.id, "country": one.country, "of": one.of}
    if side_of(one.country) == side_of(one.of):
        why = say("{name}: on the territory of the side inspected, in {country}.", **told)
        return law.finding("XI.2", Verdict.OK, why, bearer=one.by, where=where)
    if basing is None:
        why = say("{name}: whether {of} had based missiles in {country} is not known here.", **told)
        needs = (say("the countries in which missiles were based"),)
        return law.finding("XI.2", Verdict.CANNOT_TELL, why, bearer=one.by, where=where, needs=needs)
    values = (used(basing, "basing_countries", side_of(one.of)),)
    if isinstance(basing.value, tuple) and one.country in basing.value:
        why = say("{name}: in {country}, where the side inspected had based missiles.", **told)
        return law.finding("XI.2", Verdict.OK, why, bearer=one.by, where=where, values=values)
    why = say("{name}: in {country}, where the side inspected had based no missiles.", **told)
    effect = Effect(one.of, "may", say("refuse the inspection"))
    return law.finding("XI.2", Verdict.BREACH, why, bearer=one.by, effect=effect, where=where, values=values)


def _short(one: Inspection, law: Law) -> Iterator[Finding]:
    """Judge the place of an inspection at short notice: former ones stay open to it, former production does not."""
    where = Where(name=one.id)
    if one.site == "former":
        yield _former(one, law)
    if one.site == "former_production":
        why = say("{name}: former production facilities need not be opened to it.", name=one.id)
        effect = Effect(one.of, "may", say("refuse the inspection"))
        yield _exempt(law, Verdict.NOT_APPLICABLE, why, one, effect, where)
    else:
        why = say("{name}: the place is open to inspections at short notice.", name=one.id)
        yield _exempt(law, Verdict.OK, why, one, None, where)


@provision("INF:INSP.VII.1")
def _exempt(law: Law, verdict: Verdict, why: Text, one: Inspection, effect: Effect | None, where: Where) -> Finding:
    return law.finding("INSP.VII.1", verdict, why, bearer=one.of, effect=effect, where=where)


@provision("INF:XI.5(B)")
def _former(one: Inspection, law: Law) -> Finding:
    """Ask whether the thirteen years still run (Article XI.5(B))."""
    last, value = law.from_start("short_notice_years")
    kept = one.day < last
    told = {"name": one.id, "day": one.day, "last": last}
    why = (
        say("{name}: a former place, inspected on {day}, before {last}.", **told)
        if kept
        else say("{name}: a former place, inspected on {day}; that ended on {last}.", **told)
    )
    verdict = Verdict.OK if kept else Verdict.BREACH
    return law.finding("XI.5(B)", verdict, why, bearer=one.by, where=Where(name=one.id), values=(value,))


def _numbers(by: str, year: int, mine: list[Inspection], law: Law) -> Iterator[Finding]:
    quota = _quota(mine[0].day)
    limit = 0.0 if quota is None else quota.number
    yield _of_the_year(by, year, len(mine), limit, quota, law)
    share, value = law.number_on(instrument().heading.entry_into_force.on, "basing_country_share")
    for country in sorted({one.country for one in mine if side_of(one.country) != side_of(one.of)}):
        count = sum(one.country == country for one in mine)
        yield _in_country(by, year, country, count, limit * share / 100.0, value, law)


@provision("INF:XI.5(A)")
def _of_the_year(by: str, year: int, count: int, limit: float, quota: Settled | None, law: Law) -> Finding:
    """Hold the inspections at short notice of one Party in one year of the Treaty against its number."""
    told = {"by": by, "year": year, "count": count, "limit": limit}
    why = say("{by}: {count} inspections at short notice in year {year}; {limit:.0f} are allowed.", **told)
    values = () if quota is None else (used(quota, "short_notice_quota"),)
    numbers = {"measured": count, "limit": limit, "margin": limit - count, "unit": "inspections", "values": values}
    verdict = judge_at_most(count, 0.0, limit)
    effect = Effect(by, "must", say("make no more of them in this year")) if verdict is Verdict.BREACH else None
    return law.finding("XI.5(A)", verdict, why, bearer=by, effect=effect, where=Where(name=f"year {year}"), **numbers)


@provision("INF:XI.5")
def _in_country(by: str, year: int, country: str, count: int, limit: float, value: UsedValue, law: Law) -> Finding:
    """Hold those in one basing country against half of the year's number (Article XI.5)."""
    told = {"by": by, "year": year, "country": country, "count": count, "limit": limit}
    why = say("{by}: {count} inspections in {country} in year {year}; {limit:g} are allowed there.", **told)
    numbers = {"measured": count, "limit": limit, "margin": limit - count, "unit": "inspections", "values": (value,)}
    where = Where(name=f"{country} {year}")
    return law.finding("XI.5", judge_at_most(count, 0.0, limit), why, bearer=by, where=where, **numbers)


def _team(one: Inspection, law: Law) -> Iterator[Finding]:
    """Hold the team against its numbers (Inspection Protocol)."""
    key = {ELIMINATION: "team_at_elimination", PORTAL: "team_resident"}.get(one.kind, "team")
    yield _size(one, law, key)
    if one.kind != PORTAL:
        yield _language(one, law)


@provision("INF:INSP.VI")
def _size(one: Inspection, law: Law, key: str) -> Finding:
    limit, value = law.number_on(one.day, key)
    where = Where(name=one.id)
    if one.inspectors is None:
        why = say("{name}: how many inspectors there were is not told.", name=one.id)
        needs = (say("how many inspectors there were (inspectors)"),)
        return law.finding("INSP.VI", Verdict.CANNOT_TELL, why, where=where, bearer=one.by, needs=needs)
    told = {"name": one.id, "count": one.inspectors, "limit": limit}
    why = say("{name}: {count} inspectors; {limit:.0f} are allowed.", **told)
    margin = limit - one.inspectors
    numbers = {"measured": one.inspectors, "limit": limit, "margin": margin, "unit": "inspectors", "values": (value,)}
    verdict = judge_at_most(one.inspectors, 0.0, limit)
    return law.finding("INSP.VI", verdict, why, bearer=one.by, where=where, **numbers)


def _language(one: Inspection, law: Law) -> Finding:
    limit, value = law.number_on(one.day, "team_speaking")
    where = Where(name=one.id)
    if one.speaking is None:
        why = say("{name}: how many speak the language of the host is not told.", name=one.id)
        needs = (say("how many speak the language of the host (speaking)"),)
        return law.finding("INSP.VI", Verdict.CANNOT_TELL, why, where=where, bearer=one.by, needs=needs)
    told = {"name": one.id, "count": one.speaking, "limit": limit}
    why = say("{name}: {count} speak the language of the host; {limit:.0f} at least are asked for.", **told)
    margin = one.speaking - limit
    numbers = {"measured": one.speaking, "limit": limit, "margin": margin, "unit": "inspectors", "values": (value,)}
    verdict = Verdict.OK if margin >= 0 else Verdict.BREACH
    return law.finding("INSP.VI", verdict, why, bearer=one.by, where=where, **numbers)
