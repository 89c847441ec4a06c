"""Wishes for the flights of a year, and flights beside all quotas (Annex L, Sections II and III)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, not_applicable
from skywitness.law.judge.commission.docket import BesideQuotas, Wish
from skywitness.law.judge.missing import need_passive
from skywitness.law.provisions import provision

_COMMISSION: Final = "commission"
_EXTRAORDINARY: Final = "extraordinary"
_NO_WISHES: Final = say("No wishes for flights of the year are told ([[wish]]).")


def _wishes(bench: Bench) -> dict[str, list[Wish]]:
    """Gather the wishes for the year of the day by the holder over whom they are."""
    found: dict[str, list[Wish]] = {}
    for one in bench.docket.commission.wishes:
        if one.year == bench.at.year:
            found.setdefault(bench.holder(one.observed), []).append(one)
    return found


@provision("OS:L.II.2")
def as_requested(bench: Bench) -> Iterator[Finding]:
    """Judge that wishes within a passive quota were met as they were made."""
    wishes = _wishes(bench)
    if not wishes:
        yield not_applicable(bench, "OS:L.II.2", _NO_WISHES)
    for observed, those in wishes.items():
        yield _met(bench, observed, those)


def _met(bench: Bench, observed: str, those: list[Wish]) -> Finding:
    passive, asked = bench.passive(observed), sum(one.flights for one in those)
    fields: dict[str, Any] = {
        "bearer": _COMMISSION,
        "measured": asked,
        "limit": passive.whole,
        "unit": "flights",
        "values": passive.used,
    }
    words = {"observed": observed, "asked": flights(asked)}
    if passive.whole is None:
        why = say("Wishes over {observed}: {asked}; what it must accept is not known.", **words)
        return cannot_tell(bench, "OS:L.II.2", why, (need_passive(observed),), **fields)
    words |= {"passive": flights(passive.whole)}
    if asked > passive.whole:
        why = say("Wishes over {observed}: {asked}, more than its passive quota of {passive} (L.II.3).", **words)
        return not_applicable(bench, "OS:L.II.2", why, **fields)
    if bench.at.year not in bench.docket.commission.complete_wishes:
        why = say("Wishes told over {observed}: {asked}, within {passive}. Others may have asked for more.", **words)
        need = say("whether all wishes for {year} are told (wishes_complete)", year=str(bench.at.year))
        return cannot_tell(bench, "OS:L.II.2", why, (need,), **fields)
    short, unknown = _not_met(bench, observed, those)
    why = say("All wishes over {observed}: {asked}, within its passive quota of {passive}.", **words)
    if short:
        why = say("{why} Yet {who} was given another number than it asked for.", why=why, who=", ".join(short))
        return draft(bench, "OS:L.II.2", Verdict.BREACH, why, **fields, effect=may_raise(", ".join(short)))
    if unknown:
        need = say("what was distributed to {who} ([[year_quota]])", who=", ".join(unknown))
        return cannot_tell(bench, "OS:L.II.2", why, (need,), **fields)
    approve = Effect(_COMMISSION, "may", say("approve the distribution as asked for"))
    return draft(bench, "OS:L.II.2", Verdict.OK, why, effect=approve, **fields)


def _not_met(bench: Bench, observed: str, those: list[Wish]) -> tuple[list[str], list[str]]:
    """Name who was given another number than it asked for, and of whom nothing is told."""
    rows = {bench.holder(row.party): row for row in bench.held_rows()}
    short, unknown = [], []
    for one in those:
        row = rows.get(bench.holder(one.observing))
        if row is None:
            unknown.append(one.observing)
        elif sum(count for over, count in row.over.items() if bench.holder(over) == observed) != one.flights:
            short.append(one.observing)
    return short, unknown


@provision("OS:L.II.3")
def by_general_agreement(bench: Bench) -> Iterator[Finding]:
    """Judge that wishes beyond a passive quota were settled by agreement of those interested."""
    wishes = _wishes(bench)
    if not wishes:
        yield not_applicable(bench, "OS:L.II.3", _NO_WISHES)
    for observed, those in wishes.items():
        yield _agreed(bench, observed, those)


def _agreed(bench: Bench, observed: str, those: list[Wish]) -> Finding:
    passive, asked = bench.passive(observed), sum(one.flights for one in those)
    interested = tuple(dict.fromkeys((observed, *(bench.holder(one.observing) for one in those))))
    fields: dict[str, Any] = {
        "bearer": ", ".join(interested),
        "measured": asked,
        "limit": passive.whole,
        "unit": "flights",
        "values": passive.used,
    }
    words = {"observed": observed, "asked": flights(asked)}
    if passive.whole is None:
        why = say("Wishes over {observed}: {asked}; what it must accept is not known.", **words)
        return cannot_tell(bench, "OS:L.II.3", why, (need_passive(observed),), **fields)
    words |= {"passive": flights(passive.whole)}
    if asked <= passive.whole:
        why = say("Wishes told over {observed}: {asked}, within its passive quota of {passive}.", **words)
        return not_applicable(bench, "OS:L.II.3", why, **fields)
    why = say("Wishes over {observed}: {asked}, more than its passive quota of {passive}.", **words)
    agreement = bench.agreement("OS:L.II.3", interested)
    if agreement is not None:
        why = say("{why} Those interested agreed ({source}).", why=why, source=agreement.source)
        approve = Effect(_COMMISSION, "may", say("approve the distribution as agreed"))
        return draft(bench, "OS:L.II.3", Verdict.OK, why, by_agreement=agreement.source, effect=approve, **fields)
    settle = Effect(", ".join(interested), "must", say("settle the distribution by general agreement"))
    if any(bench.holder(row.party) in interested for row in bench.held_rows()):
        need = say('the agreement of those interested ([[agreement]] provision = "L.II.3")')
        why = say("{why} It was distributed; that they agreed nobody says.", why=why)
        return cannot_tell(bench, "OS:L.II.3", why, (need,), effect=settle, **fields)
    why = say("{why} No agreement of those interested is told.", why=why)
    need = say('the agreement of those interested ([[agreement]] provision = "L.II.3")')
    return cannot_tell(bench, "OS:L.II.3", why, (need,), effect=settle, **fields)


# ---- beside all quotas ----


@provision("OS:L.III.2")
def data_to_who_asked(bench: Bench) -> Iterator[Finding]:
    """Judge that the data of an extraordinary flight went to the body that asked for it."""
    told = [one for one in _beside(bench) if one.kind == _EXTRAORDINARY]
    if not told:
        yield not_applicable(bench, "OS:L.III.2", say("No extraordinary flight is told ([[beside_quotas]])."))
    for one in told:
        words = {"ident": one.ident, "body": one.body}
        give = Effect(one.observing, "must", say("give the data to {body}", body=one.body))
        if one.given is None:
            why = say("Whether {body} was given the data of {ident} is not told.", **words)
            need = say("whether it was (beside_quotas.given)")
            yield cannot_tell(bench, "OS:L.III.2", why, (need,), bearer=one.observing, effect=give)
        elif one.given:
            why = say("{body} was given the data of {ident}.", **words)
            yield draft(bench, "OS:L.III.2", Verdict.OK, why, bearer=one.observing)
        else:
            why = say("{body} was not given the data of {ident}.", **words)
            yield draft(bench, "OS:L.III.2", Verdict.BREACH, why, bearer=one.observing, effect=give)


@provision("OS:L.III.4")
def counted_against_nobody(bench: Bench) -> Iterator[Finding]:
    """Judge that extraordinary and voluntary flights were counted against no quota."""
    told = _beside(bench)
    if not told:
        why = say("No extraordinary or voluntary flight is told ([[beside_quotas]]).")
        yield not_applicable(bench, "OS:L.III.4", why)
    for one in told:
        yield _counted(bench, one)


def _counted(bench: Bench, flight: BesideQuotas) -> Finding:
    words = {"ident": flight.ident, "observing": flight.observing, "observed": flight.observed}
    fields: dict[str, Any] = {"bearer": flight.observed, "values": _told(bench, flight)}
    if flight.counted is None:
        why = say("Whether {ident}, {observing} over {observed}, was counted against a quota is not told.", **words)
        need = say("whether it was (beside_quotas.counted)")
        return cannot_tell(bench, "OS:L.III.4", why, (need,), **fields)
    if flight.counted:
        why = say("{ident}, {observing} over {observed}, was counted against a quota.", **words)
        back = Effect(f"{flight.observing}, {flight.observed}", "must", say("count it against no quota"))
        return draft(bench, "OS:L.III.4", Verdict.BREACH, why, effect=back, **fields)
    why = say("{ident}, {observing} over {observed}, was counted against no quota.", **words)
    return draft(bench, "OS:L.III.4", Verdict.OK, why, **fields)


def _beside(bench: Bench) -> tuple[BesideQuotas, ...]:
    return tuple(one for one in bench.docket.commission.beside_quotas if one.day <= bench.at)


def _told(bench: Bench, flight: BesideQuotas) -> tuple[UsedValue, ...]:
    return (bench.told_value("flight_beside_quotas", flight.ident, 1.0, flight.source, "flights"),)
