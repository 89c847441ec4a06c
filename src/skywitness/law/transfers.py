"""Active quota that passes from one Party to another (Article III, Section I, paragraph 9; Section II, paragraph 2).

Two ways: with the consent of the State Party that is flown over, within the bound of paragraph 10; or among members of
a group whose members keep their own passive quotas, for the current year and without asking those overflown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import Consequence, draft, may_raise
from skywitness.law.group import REDISTRIBUTION
from skywitness.law.interpretations import WITH_TRANSFER, WITHOUT_TRANSFER
from skywitness.law.ledger import Ledger, Transfer
from skywitness.law.legal_day import LegalDay, Number
from skywitness.law.provisions import provision

__all__ = ["StandingGroup", "transfer_consequences"]


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """A group that stands on the day: its code, its kind (``skywitness.law.group``) and its members."""

    code: str
    kind: str
    members: tuple[str, ...]


def transfer_consequences(
    transfer: Transfer, day: LegalDay, ledger: Ledger, groups: Iterable[StandingGroup] = ()
) -> tuple[Consequence, ...]:
    """Tell what a transfer does on a day.  ``ledger`` holds the quotas before it, ``groups`` those that stand."""
    transfer = _between_holders(transfer, day)
    if not transfer.on <= day.at < transfer.end:
        return (_outside(transfer, day),)
    strangers = sorted(day.states((transfer.giver, transfer.receiver, transfer.over)) - day.parties())
    if strangers:
        why = say("{states}: no State Party on this day.", states=", ".join(strangers))
        code = "OS:III.II.2(A)" if transfer.within else "OS:III.I.9"
        return (draft(day, transfer.told, code, Verdict.BREACH, why, transfer.on, transfer.end, bearer=transfer.giver),)
    if transfer.within:
        return (redistributed(transfer, day, groups), _notified_thirds(transfer, day))
    return (
        _held(transfer, day, ledger),
        agreed(transfer, day),
        _notified(transfer, day),
        _above_passive(transfer, day, ledger),
        *half_of_the_smaller(transfer, day, ledger),
    )


def _between_holders(transfer: Transfer, day: LegalDay) -> Transfer:
    """Name those who hold the quotas: a group with common quotas, or Benelux, for its members."""
    giver, receiver, over = (day.holder(code) for code in (transfer.giver, transfer.receiver, transfer.over))
    return replace(transfer, giver=giver, receiver=receiver, over=over)


def _outside(transfer: Transfer, day: LegalDay) -> Consequence:
    code = "OS:III.II.2(A)" if transfer.within else "OS:III.I.9"
    if day.at < transfer.on:
        why = say("The transfer was made on {on} only.", on=transfer.on)
    else:
        why = say("Quotas are distributed by calendar year; those of {year} have lapsed.", year=str(transfer.year))
    return draft(day, transfer.told, code, Verdict.NOT_APPLICABLE, why, transfer.on, transfer.end)


def _held(transfer: Transfer, day: LegalDay, ledger: Ledger) -> Consequence:
    """Judge that who gives holds what is given: only a quota that was distributed can pass on."""
    held = ledger.held(transfer.giver, transfer.over)
    fields: dict[str, Any] = {
        "bearer": transfer.giver,
        "measured": transfer.flights,
        "limit": held,
        "unit": "flights",
    }
    span = (transfer.on, transfer.end)
    if held is None:
        why = say("{giver} gives {flights} flights over {over}; how many it holds is not known.", **_words(transfer))
        need = say(
            "the quota of {giver} over {over} this year ([[year_quota]])", giver=transfer.giver, over=transfer.over
        )
        return draft(day, transfer.told, "OS:III.I.9", Verdict.CANNOT_TELL, why, *span, needs=(need,), **fields)
    verdict = Verdict.OK if transfer.flights <= held else Verdict.BREACH
    why = say("{giver} gives {flights} flights over {over} and holds {held}.", held=held, **_words(transfer))
    margin = float(held - transfer.flights)
    return draft(day, transfer.told, "OS:III.I.9", verdict, why, *span, margin=margin, **fields)


@provision("OS:III.I.9")
def agreed(transfer: Transfer, day: LegalDay) -> Consequence:
    """Judge that the State Party to be overflown agreed."""
    span = (transfer.on, transfer.end)
    if transfer.agreed:
        why = say("{over} agreed that {giver} passes {flights} flights to {receiver}.", **_words(transfer))
        return draft(
            day,
            transfer.told,
            "OS:III.I.9",
            Verdict.OK,
            why,
            *span,
            bearer=transfer.giver,
            by_agreement=transfer.told.source,
        )
    if transfer.agreed is None:
        why = say("Whether {over} agreed to the transfer is not known.", over=transfer.over)
        need = say("the agreement of {over} (transfer.agreed)", over=transfer.over)
        return draft(
            day, transfer.told, "OS:III.I.9", Verdict.CANNOT_TELL, why, *span, bearer=transfer.giver, needs=(need,)
        )
    why = say("{over} did not agree; without it no quota over {over} passes on.", over=transfer.over)
    return draft(
        day,
        transfer.told,
        "OS:III.I.9",
        Verdict.BREACH,
        why,
        *span,
        bearer=transfer.giver,
        effect=may_raise(transfer.over),
    )


def _notified(transfer: Transfer, day: LegalDay) -> Consequence:
    """Tell when the others were told; the text asks for promptness and names no number of days."""
    return _told_others(
        transfer,
        day,
        "OS:III.I.9",
        say("All other States Parties and the Consultative Commission are to be told promptly."),
    )


def _notified_thirds(transfer: Transfer, day: LegalDay) -> Consequence:
    return _told_others(
        transfer, day, "OS:III.II.2(A)", say("All third States Parties concerned are to be told immediately.")
    )


def _told_others(transfer: Transfer, day: LegalDay, code: str, duty: Text) -> Consequence:
    span = (transfer.on, transfer.end)
    if transfer.notified is None or transfer.notified > day.at:
        why = say("{duty} That they were is not known.", duty=duty)
        need = say("the day on which they were told (transfer.notified)")
        return draft(day, transfer.told, code, Verdict.CANNOT_TELL, why, *span, bearer=transfer.giver, needs=(need,))
    days = (transfer.notified - transfer.on).days
    why = say(
        "{duty} They were on {day}, {days} days after the transfer; the text sets no number of days.",
        duty=duty,
        day=transfer.notified,
        days=days,
    )
    return draft(day, transfer.told, code, Verdict.OK, why, *span, bearer=transfer.giver, measured=days, unit="d")


def _above_passive(transfer: Transfer, day: LegalDay, ledger: Ledger) -> Consequence:
    """Tell that a total active quota may exceed the passive one by transfer: III.I.9 sets paragraphs 3 and 5 aside."""
    before = ledger.active_total.get(transfer.receiver)
    passive = ledger.passive_total.get(day.holder(transfer.receiver))
    span = (transfer.on, transfer.end)
    if before is None or passive is None:
        why = say("What {receiver} holds in total, or must accept, is not known.", receiver=transfer.receiver)
        need = say(
            "active_total and passive_total of {receiver} this year ([[year_quota]])", receiver=transfer.receiver
        )
        return draft(
            day, transfer.told, "OS:III.I.5", Verdict.CANNOT_TELL, why, *span, bearer=transfer.receiver, needs=(need,)
        )
    after = before + transfer.flights
    why = say(
        "With the transfer {receiver} holds {after} flights in total and must accept {passive}; paragraph 9 sets the "
        "bound of paragraph 5 aside.",
        receiver=transfer.receiver,
        after=after,
        passive=passive,
    )
    return draft(
        day,
        transfer.told,
        "OS:III.I.5",
        Verdict.OK,
        why,
        *span,
        bearer=transfer.receiver,
        measured=after,
        limit=passive,
        unit="flights",
    )


@provision("OS:III.I.10")
def half_of_the_smaller(transfer: Transfer, day: LegalDay, ledger: Ledger) -> tuple[Consequence, ...]:
    """Judge what the receiver then holds over the State overflown against half of the smaller quota, rounded up.

    Whether "its own total active quota" counts the flights received is open: where that decides, both readings answer.
    """
    held = ledger.held(transfer.receiver, transfer.over)
    own = ledger.active_total.get(transfer.receiver)
    passive = ledger.passive_total.get(day.holder(transfer.over))
    if held is None or own is None or passive is None:
        return (_unknown_half(transfer, day),)
    share = day.number("share_over_one_party")
    answers = {
        name: _half(transfer, day, held + transfer.flights, total, passive, share, {"III.I.10": name})
        for name, total in ((WITHOUT_TRANSFER, own), (WITH_TRANSFER, own + transfer.flights))
    }
    both = tuple(answers.values())
    if len({answer.verdict for answer in both}) > 1:
        return both
    return (replace(both[0], finding=replace(both[0].finding, reading=day.reading())),)


def _half(
    transfer: Transfer, day: LegalDay, after: int, own: int, passive: int, share: Number, reading: Mapping[str, str]
) -> Consequence:
    cap = math.ceil(min(own, passive) * (share.value or 0.0) / 100.0)
    why = say(
        "{receiver} then holds {after} flights over {over}; half of the smaller of its total active quota ({own}) and "
        "the passive quota of {over} ({passive}), rounded up, is {cap}.",
        receiver=transfer.receiver,
        over=transfer.over,
        after=after,
        own=own,
        passive=passive,
        cap=cap,
    )
    verdict = Verdict.OK if after <= cap else Verdict.BREACH
    return draft(
        day,
        transfer.told,
        "OS:III.I.10",
        verdict,
        why,
        transfer.on,
        transfer.end,
        day.reading(reading),
        bearer=transfer.receiver,
        measured=after,
        limit=cap,
        margin=float(cap - after),
        unit="flights",
        values=share.used,
        effect=None if verdict is Verdict.OK else may_raise(transfer.over),
    )


def _unknown_half(transfer: Transfer, day: LegalDay) -> Consequence:
    why = say("Half of the smaller quota cannot be told, because a quota is not known.")
    needs = (
        say(
            "active_total of {party} and its quota over {over} ([[year_quota]])",
            party=transfer.receiver,
            over=transfer.over,
        ),
        say("passive_total of {party} ([[year_quota]])", party=transfer.over),
    )
    return draft(
        day,
        transfer.told,
        "OS:III.I.10",
        Verdict.CANNOT_TELL,
        why,
        transfer.on,
        transfer.end,
        bearer=transfer.receiver,
        needs=needs,
        unit="flights",
    )


@provision("OS:III.II.2(A)")
def redistributed(transfer: Transfer, day: LegalDay, groups: Iterable[StandingGroup]) -> Consequence:
    """Judge that both are members of a standing group whose members keep their own passive quotas, this year."""
    group = next((one for one in groups if one.code == transfer.within), None)
    span, code = (transfer.on, transfer.end), "OS:III.II.2(A)"
    if group is None:
        why = say("No group {code} stands on this day.", code=transfer.within)
    elif group.kind != REDISTRIBUTION:
        why = say("{code} holds its quotas in common; its members have none to pass on.", code=group.code)
    elif not {transfer.giver, transfer.receiver} <= set(group.members):
        why = say(
            "{giver} and {receiver} are not both members of {code}: {members}.",
            giver=transfer.giver,
            receiver=transfer.receiver,
            code=group.code,
            members=", ".join(group.members),
        )
    elif transfer.year != transfer.on.year:
        why = say("Members share out the quotas of the current year alone, not of {year}.", year=str(transfer.year))
    else:
        why = say(
            "Members of {code} pass on {flights} flights over {over} among themselves for {year}; each keeps its own "
            "passive quota, and {over} is not asked.",
            code=group.code,
            flights=transfer.flights,
            over=transfer.over,
            year=str(transfer.year),
        )
        return draft(day, transfer.told, code, Verdict.OK, why, *span, bearer=transfer.giver)
    return draft(
        day, transfer.told, code, Verdict.BREACH, why, *span, bearer=transfer.giver, effect=may_raise(transfer.over)
    )


def _words(transfer: Transfer) -> dict[str, object]:
    return {
        "giver": transfer.giver,
        "receiver": transfer.receiver,
        "over": transfer.over,
        "flights": transfer.flights,
    }
