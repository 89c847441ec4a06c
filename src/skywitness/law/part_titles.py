"""What each article and annex of the Treaty on Open Skies is about, in our own words."""

from __future__ import annotations

from typing import Final

from skywitness.core.text import Text, say

_TITLES: Final = {
    "I": say("The regime and its text"),
    "II": say("Definitions"),
    "III": say("Quotas, and groups of Parties"),
    "IV": say("Sensors"),
    "V": say("Designation of aircraft"),
    "VI": say("Aircraft, conduct of flights, mission plans"),
    "VII": say("Transit flights"),
    "VIII": say("Prohibition, deviations, emergencies"),
    "IX": say("Film and data: who records, develops and receives them"),
    "X": say("The Consultative Commission"),
    "XI": say("Notifications and reports"),
    "XII": say("Liability"),
    "XIII": say("Personnel and their immunities"),
    "XIV": say("Benelux"),
    "XV": say("Duration and withdrawal"),
    "XVI": say("Amendment and review"),
    "XVII": say("Depositaries, entry into force, accession"),
    "XVIII": say("Provisional application and first phase"),
    "XIX": say("Languages and originals"),
    "A": say("Quotas and maximum flight distances"),
    "B": say("Data of sensors, annotation of imagery"),
    "C": say("Data of aircraft"),
    "D": say("Certification"),
    "E": say("Arrival, departure, sites"),
    "F": say("Pre-flight inspections and demonstration flights"),
    "G": say("The other Party's people on board"),
    "H": say("Co-ordination of planned flights"),
    "ANNEX-I": say("Information on airspace"),
    "J": say("The Montreux Convention"),
    "K": say("Film and its processing"),
    "L": say("How the Commission works"),
    "DEC": say("Turn points, and transit within a flight"),
}


def part_title(part: str) -> Text:
    """Say in a few words what an article, an annex or the decisions are about; ``part`` as ``provisions.parts`` has it.

    >>> str(part_title("VII")), str(part_title("ANNEX-I"))
    ('Transit flights', 'Information on airspace')
    """
    return _TITLES[part]
