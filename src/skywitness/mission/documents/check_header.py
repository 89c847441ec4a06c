"""Check who tells whom, and by which channel (Article XI)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision
from skywitness.mission.documents.desk import Desk, cannot_tell, draft, need_item

COMMISSION: Final = "OSCC"
"""How a header names the Consultative Commission."""


def judge_header(desk: Desk) -> Iterator[Finding]:
    """Judge the head of a document."""
    if desk.wants(desk.kind.provision):
        yield _sender(desk)
        yield from (found for role in desk.kind.to if (found := _receiver(desk, role)) is not None)
    if desk.wants("OS:XI"):
        yield from channel(desk)


def _sender(desk: Desk) -> Finding:
    ident, where, sender = desk.kind.provision, "header.from", desk.document.header.sender
    if not sender:
        why = say("The document does not say who sends it.")
        return draft(desk, ident, Verdict.BREACH, why, where)
    wanted = _party_of(desk, desk.kind.sender)
    if wanted is not None and sender != wanted:
        why = say("The document is sent by {sender}; it is due from {wanted}.", sender=sender, wanted=wanted)
        return draft(desk, ident, Verdict.BREACH, why, where)
    if (
        desk.kind.sender not in ("state", "commission", "depositary")
        and desk.day.in_force()
        and not _is_party(desk, sender)
    ):
        why = say("{sender} is no State Party on {day}.", sender=sender, day=desk.reading.at.isoformat())
        return draft(desk, ident, Verdict.BREACH, why, where)
    return draft(desk, ident, Verdict.OK, say("The document is sent by {sender}.", sender=sender), where)


def _is_party(desk: Desk, code: str) -> bool:
    groups = desk.day.instrument.groups
    return code in groups or desk.day.is_party(code)


def _party_of(desk: Desk, role: str) -> str | None:
    """Name the Party that has a role: by the plan, else by the item of the document that names it."""
    plan = desk.setting.plan
    if role not in ("observing", "observed"):
        return None
    if plan is not None:
        return plan.observing if role == "observing" else plan.observed
    item = desk.kind.item(role)
    named = desk.sound(role) if item is not None and item.form == "party" else None
    return str(named) if named is not None else None


def _receiver(desk: Desk, role: str) -> Finding | None:
    """Judge that one of those who must be told is among the receivers; nothing where nobody can say who that is."""
    ident, where = desk.kind.provision, "header.to"
    told = {*desk.document.header.to, *desk.document.header.info}
    if not desk.document.header.to:
        return draft(desk, ident, Verdict.BREACH, say("The document does not say to whom it is sent."), where)
    if role == "all":
        missing = [] if ALL in told else sorted(desk.day.parties() - desk.day.states(tuple(told)) - _own(desk))
        why = say("All States Parties are told.") if not missing else _untold(missing)
        return draft(desk, ident, Verdict.BREACH if missing else Verdict.OK, why, where)
    if role == "commission":
        is_told = COMMISSION in told
        why = (
            say("The Commission is told.") if is_told else say("The Commission ({code}) is not told.", code=COMMISSION)
        )
        return draft(desk, ident, Verdict.OK if is_told else Verdict.BREACH, why, where)
    if role == "depositary":
        depositaries = desk.day.instrument.heading.depositaries
        is_told = not told.isdisjoint((*depositaries, ALL))
        why = say("A Depositary is told.") if is_told else _untold(list(depositaries))
        return draft(desk, ident, Verdict.OK if is_told else Verdict.BREACH, why, where)
    wanted = _party_of(desk, role)
    if wanted is None or wanted == desk.document.header.sender:
        return None
    why = say("{party} is told.", party=wanted) if wanted in told or ALL in told else _untold([wanted])
    return draft(desk, ident, Verdict.OK if wanted in told or ALL in told else Verdict.BREACH, why, where)


def _own(desk: Desk) -> frozenset[str]:
    sender = desk.document.header.sender
    return desk.day.states((sender,)) if sender else frozenset()


def _untold(who: list[str]) -> Text:
    return say("Not told are {who}.", who=", ".join(who))


@provision("OS:XI")
def channel(desk: Desk) -> Iterator[Finding]:
    """Judge that a notification or report goes through diplomatic or other official channels."""
    ident, where, word = "OS:XI", "header.channel", desk.document.header.channel
    if desk.kind.channel and word == "official":
        why = say("The document goes through an official channel; its provision names diplomatic ones alone.")
        need = say("whether the choice of Article XI holds where a provision names diplomatic channels")
        yield cannot_tell(desk, ident, why, (need,), where)
        return
    if word in ("diplomatic", "official"):
        yield draft(
            desk, ident, Verdict.OK, say("The document is written and sent through an official channel."), where
        )
    elif desk.kind.on_the_spot and word in ("", "handed_over"):
        why = say("The document is handed over where both Parties are.")
        yield draft(desk, ident, Verdict.NOT_APPLICABLE, why, where)
    elif word:
        why = say("The document is not sent through a diplomatic or other official channel.")
        yield draft(desk, ident, Verdict.BREACH, why, where)
    else:
        why = say("Through which channel the document is sent is not said.")
        yield cannot_tell(desk, ident, why, (need_item("header.channel"),), where)
