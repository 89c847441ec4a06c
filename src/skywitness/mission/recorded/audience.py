"""Who may read an entry by the Treaty, asked of the day the entry was made.

What the Treaty gives to all Parties is refused to a State that is none on that day.  What it gives to one Party is
refused to the others, unless its author addressed it to them: a Party may tell other Parties more than it must, but
nobody else.  A State that is no Party is refused even what is addressed to it, except where the text itself names
neighbouring States (VI.II.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from skywitness.core.text import Text, say
from skywitness.law.parties import is_party
from skywitness.mission.recorded.whom import reaches
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import RULE, Decision, Grant, Refusal, addressees_only

Rule = Callable[[Entry, str], Decision]

COMMISSION: Final = "OS:L.I.8"
DATA: Final = "OS:IX.I.4"
COPIES: Final = "OS:IX.IV.1"
REPORT: Final = "OS:VI.I.21"
WRITTEN: Final = "OS:XI"


def for_all(provision: str, closed: str | None = None) -> Rule:
    """Let every Party of the day read, by ``provision``, and nobody else, by ``closed`` where that is another.

    Whom the entry names is asked for a receipt; it takes nothing from the other Parties, to whom the text owes it too.
    """

    def rule(entry: Entry, party: str) -> Decision:
        outsider = _outsider(entry, party, closed or provision)
        return outsider or Grant(provision, say("it goes to all Parties"))

    return rule


def for_addressees(provision: str) -> Rule:
    """Let those Parties read whom the entry is addressed to, by ``provision``; without addressees, nobody."""

    def rule(entry: Entry, party: str) -> Decision:
        return _outsider(entry, party, provision) or _addressed(entry, party, provision)

    return rule


def for_states(provision: str) -> Rule:
    """Let those States read whom the entry is addressed to, Parties or not: the text itself tells them."""
    return lambda entry, party: _addressed(entry, party, provision)


def for_addressees_or_all(provision: str, closed: str) -> Rule:
    """Let the addressees read, and all Parties where none is named: the text allows both and asks for neither."""

    def rule(entry: Entry, party: str) -> Decision:
        return (for_addressees(provision) if entry.to else for_all(provision, closed))(entry, party)

    return rule


def data(entry: Entry, party: str) -> Decision:
    """Let the two Parties of a flight have its data (IX.I.4: by IX.II and IX.III); others get copies when they ask."""
    decision = copy(entry, party)
    return Grant(DATA, decision.why) if isinstance(decision, Grant) else decision


def copy(entry: Entry, party: str) -> Decision:
    """Let the Party read that asked for a copy of sensor data; other Parties may ask the observing Party too."""
    decision = for_addressees(COPIES)(entry, party)
    if isinstance(decision, Grant) or not entry.to or not is_party(party, entry.time_utc.date()):
        return decision
    why = say(
        "copies are given on a request that names both Parties, the day, the sensor, the part and the medium; none of "
        "{party} is answered by this entry",
        party=party,
    )
    return Refusal(COPIES, why)


def course(entry: Entry, party: str) -> Decision:
    """Let the Parties read what is told of the course of a flight, if its author did not keep it to some.

    The text asks for no such telling: other Parties get the mission report.  So a grant is its author's, and a refusal
    names what gives them the report.
    """
    outsider = _outsider(entry, party, REPORT)
    if outsider:
        return outsider
    if not entry.to:
        return Grant(RULE, say("its author tells it to all Parties"))
    if reaches(entry.to, party, entry.time_utc.date(), REPORT):
        return Grant(RULE, say("it is addressed to {party}", party=_addressees(entry)))
    why = say(
        "of the course of a flight other Parties are given the mission report; this goes to {addressees}",
        addressees=_addressees(entry),
    )
    return Refusal(REPORT, why)


def report(entry: Entry, party: str) -> Decision:
    """Let all Parties read a mission report, and those alone whom one is laid before to be signed."""
    outsider = _outsider(entry, party, REPORT)
    if outsider or not is_laid_before(entry):
        return outsider or for_all(REPORT)(entry, party)
    if reaches((*entry.to, entry.author), party, entry.time_utc.date(), REPORT):
        return Grant(REPORT, say("it is addressed to {party}", party=_addressees(entry)))
    why = say(
        "it is laid before {addressees} to be signed; other Parties are given the report that both have signed",
        addressees=_addressees(entry),
    )
    return Refusal(REPORT, why)


def is_laid_before(entry: Entry) -> bool:
    """Tell whether a mission report goes to the observed Party alone: what all are given is signed by both (II.26)."""
    observed, day = observed_in(entry), entry.time_utc.date()
    return observed is not None and bool(entry.to) and all(reaches((observed,), one, day, REPORT) for one in entry.to)


def observed_in(entry: Entry) -> str | None:
    """Name the observed Party as a mission report does; ``None`` where it names none."""
    items = entry.body.get("items")
    observed = items.get("observed") if isinstance(items, Mapping) else None
    return observed if isinstance(observed, str) and observed else None


def public(entry: Entry, party: str) -> Decision:
    """Let everybody read what its author says in public; where it names addressees, them."""
    if entry.to and party not in entry.to:
        return Refusal(RULE, say("it is addressed to {addressees}", addressees=_addressees(entry)))
    return Grant(RULE, say("it is said in public"))


def among_parties(provision: str) -> Rule:
    """Let those read whom an entry of the record itself names, and without names the Parties of the day.

    A State that is no Party gets what is addressed to it: the refusal of what it asked for is.
    """

    def rule(entry: Entry, party: str) -> Decision:
        if entry.to and reaches(entry.to, party, entry.time_utc.date(), provision):
            return Grant(RULE, say("it is addressed to {party}", party=_addressees(entry)))
        return _outsider(entry, party, provision) or addressees_only(entry, party)

    return rule


def _addressed(entry: Entry, party: str, provision: str) -> Decision:
    if not entry.to:
        why = say("the text gives it to some Parties only, and its author named none")
        return Refusal(provision, why)
    if reaches((*entry.to, entry.author), party, entry.time_utc.date(), provision):
        return Grant(provision, say("it is addressed to {party}", party=_addressees(entry)))
    why = say("it goes to {addressees}, and not to {party}", addressees=_addressees(entry), party=party)
    return Refusal(provision, why)


def _outsider(entry: Entry, party: str, provision: str) -> Refusal | None:
    """Refuse a State that is no Party on the day of the entry; a group's members are Parties, and the group too."""
    day = entry.time_utc.date()
    if is_party(party, day):
        return None
    return Refusal(provision, say("{party} is no State Party on {day}", party=party, day=day.isoformat()))


def _addressees(entry: Entry) -> Text:
    return say("{parties}", parties=", ".join(entry.to)) if entry.to else say("all")
