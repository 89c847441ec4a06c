"""How long the Treaty runs, how it is amended, when it entered into force (Articles XV.1, XVI and XVII)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.event import Event
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.inf.check.model import Ledger
from skywitness.inf.law import Law, instrument
from skywitness.law.provisions import provision

__all__ = ["judge_duration"]

_PARTIES = "state_party"
SUSPENDED, HELD_ENDED = "performance_suspended", "held_ended"
AGREED, EXCHANGED, IN_FORCE = "amendment_agreed", "instruments_exchanged", "amendment_in_force"


def judge_duration(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge what events tell of the Treaty as a whole."""
    matters: dict[str, list[Event]] = {}
    for event in ledger.events:
        matters.setdefault(str(event.detail("about") or ""), []).append(event)
        if event.kind in (SUSPENDED, HELD_ENDED):
            yield _runs_on(event, law)
    for _, events in sorted(matters.items()):
        amendment = any(one.kind in (AGREED, IN_FORCE) for one in events)
        for event in events:
            if event.kind == IN_FORCE:
                yield _amended(event, events, law, whole=ledger.complete)
            elif event.kind == EXCHANGED and not amendment:
                yield _entered(event, law)


def _where(event: Event) -> Where:
    return Where(name=str(event.detail("about") or "") or None, time_utc=event.at_utc)


@provision("INF:XV.1")
def _runs_on(event: Event, law: Law) -> Finding:
    """Say that the Treaty has no term: nothing but a withdrawal that took effect ended it (Article XV.1)."""
    day, where, ended = event.at_utc.date(), _where(event), instrument().heading.ended
    told = {"by": event.by or "", "day": day, "end": ended.on if ended else day}
    if event.kind == SUSPENDED:
        why = say(
            "{by} suspended its performance on {day}; the Treaty stayed in force until it ended on {end}.", **told
        )
        effect = Effect(_PARTIES, "must", say("count the Treaty as in force until a withdrawal takes effect"))
        return law.finding("XV.1", Verdict.OK, why, bearer=event.by, effect=effect, where=where)
    if instrument().in_force(day, law.reading.known):
        why = say(
            "{by} held on {day} that the Treaty was over; it has no term, and no withdrawal had taken effect.", **told
        )
        effect = Effect(event.by or _PARTIES, "must", say("give notice of withdrawal, or carry the Treaty out"))
        return law.finding("XV.1", Verdict.BREACH, why, bearer=event.by, effect=effect, where=where)
    why = say("{by} held on {day} that the Treaty was over; it had ended on {end} by withdrawal.", **told)
    return law.finding("XV.1", Verdict.OK, why, bearer=event.by, where=where)


@provision("INF:XVI")
def _amended(event: Event, events: list[Event], law: Law, *, whole: bool) -> Finding:
    """Ask for agreement, and an exchange of instruments as for the Treaty itself (Articles XVI and XVII)."""
    before = {one.kind for one in events if one.at_utc <= event.at_utc}
    later = {one.kind for one in events if one.at_utc > event.at_utc}
    lacking = [kind for kind in (AGREED, EXCHANGED) if kind not in before]
    where, by = _where(event), event.by
    if not lacking:
        why = say("The amendment was agreed, and the instruments of ratification were exchanged before.")
        return law.finding("XVI", Verdict.OK, why, bearer=by, where=where)
    if whole or any(kind in later for kind in lacking):
        why = say("An amendment is held to be in force that was not agreed, or before instruments were exchanged.")
        effect = Effect(by or _PARTIES, "must", say("leave the amendment out until it is agreed and ratified"))
        return law.finding("XVI", Verdict.BREACH, why, bearer=by, effect=effect, where=where)
    why = say("Whether the amendment was agreed and the instruments exchanged is not told.")
    words = {
        AGREED: say("when the amendment was agreed (an event amendment_agreed)"),
        EXCHANGED: say("when instruments of ratification were exchanged (an event instruments_exchanged)"),
    }
    needs = tuple(words[kind] for kind in lacking)
    return law.finding("XVI", Verdict.CANNOT_TELL, why, bearer=by, where=where, needs=needs)


@provision("INF:XVII")
def _entered(event: Event, law: Law) -> Finding:
    """Hold the exchange of instruments against the day of entry into force (Article XVII)."""
    begins, day, where = instrument().heading.entry_into_force.on, event.at_utc.date(), _where(event)
    told = {"day": day, "begins": begins}
    if day == begins:
        why = say("Instruments of ratification were exchanged on {day}, and the Treaty entered into force.", **told)
        effect = Effect(_PARTIES, "must", say("carry out the Treaty from that day on"))
        return law.finding("XVII", Verdict.OK, why, bearer=event.by, effect=effect, where=where)
    why = say("Instruments of ratification are told to be exchanged on {day}; a report has {begins}.", **told)
    needs = (say("on which day instruments of ratification were exchanged"),)
    return law.finding("XVII", Verdict.CANNOT_TELL, why, bearer=event.by, where=where, needs=needs)
