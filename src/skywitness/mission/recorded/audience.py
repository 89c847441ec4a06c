"""Who may read an entry by the Treaty, asked of the day the entry was made.

What the Treaty gives to all Parties is refused to a State that is none on that day; what it gives to one Party is
refused to the others, unless its author addressed it to them: a Party may always tell more than it must.
"""

from __future__ import annotations

from collections.abc import Callable

from skywitness.core.text import Text, say
from skywitness.law.parties import is_party
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import Decision, Grant, Refusal

Rule = Callable[[Entry, str], Decision]

COMMISSION: str = "OS:L.I.8"
COPIES: str = "OS:IX.IV.1"


def for_all(provision: str) -> Rule:
    """Let every Party of the day read, by ``provision``, and nobody else."""

    def rule(entry: Entry, party: str) -> Decision:
        outsider = _outsider(entry, party, provision)
        return outsider or Grant(provision, say("it goes to all Parties"))

    return rule


def for_addressees(provision: str) -> Rule:
    """Let those read whom the entry is addressed to, by ``provision``."""

    def rule(entry: Entry, party: str) -> Decision:
        outsider = _outsider(entry, party, provision)
        if outsider:
            return outsider
        if not entry.to or party in entry.to:
            return Grant(provision, say("it is addressed to {party}", party=_addressees(entry)))
        why = say("it goes to {addressees}, and not to {party}", addressees=_addressees(entry), party=party)
        return Refusal(provision, why)

    return rule


def data(entry: Entry, party: str) -> Decision:
    """Let the two Parties of a flight have its sensor data; others get copies when they ask the observing Party."""
    decision = for_addressees(COPIES)(entry, party)
    if isinstance(decision, Grant) or not is_party(party, entry.time_utc.date()):
        return decision
    why = say(
        "copies are given on a request that names both Parties, the day, the sensor, the part and the medium; none of "
        "{party} is answered by this entry",
        party=party,
    )
    return Refusal(COPIES, why)


def public(entry: Entry, party: str) -> Decision:
    """Let everybody read what its author says in public; where it names addressees, them."""
    if entry.to and party not in entry.to:
        return Refusal("record", say("it is addressed to {addressees}", addressees=_addressees(entry)))
    return Grant("record", say("it is said in public"))


def _outsider(entry: Entry, party: str, provision: str) -> Refusal | None:
    """Refuse a State that is no Party on the day of the entry; a group's members are Parties, and the group too."""
    day = entry.time_utc.date()
    if is_party(party, day) or party in entry.to:
        return None
    return Refusal(provision, say("{party} is no State Party on {day}", party=party, day=day.isoformat()))


def _addressees(entry: Entry) -> Text:
    return say("{parties}", parties=", ".join(entry.to)) if entry.to else say("all")
