"""What each article, annex and protocol of an instrument is about, in our own words."""

from __future__ import annotations

from typing import Final

from skywitness.core.text import Text, say, verbatim
from skywitness.law.numbering import OPEN_SKIES

_OPEN_SKIES: Final = {
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


_CFE: Final = {
    "I": say("What the Treaty is for, and its protocols"),
    "II": say("Definitions: groups, area, categories of armaments"),
    "III": say("What counts, and what does not"),
    "IV": say("Limits of each group in the whole area and its zones"),
    "V": say("Limits on the flanks, and temporary deployments"),
    "VI": say("How much one State may hold"),
    "VII": say("Maximum levels of each State"),
    "VIII": say("Reduction and its phases"),
    "IX": say("Removal from service, decommissioning"),
    "X": say("Permanent storage sites"),
    "XI": say("Bridge-laying vehicles"),
    "XII": say("Vehicles of internal security forces"),
    "XIII": say("Duty to notify and to exchange information"),
    "XIV": say("Inspections"),
    "XV": say("National means of verification"),
    "XVI": say("The Joint Consultative Group"),
    "XVII": say("How notifications are sent"),
    "XVIII": say("Negotiations that follow"),
    "XIX": say("Duration and withdrawal from the Treaty"),
    "XX": say("Amendments"),
    "XXI": say("Conferences of review and extraordinary conferences"),
    "XXII": say("Ratification, entry into force, Depositary"),
    "XXIII": say("Languages and the original"),
    "TYPES": say("Lists of types, technical data and photographs"),
    "RECLASS": say("Trainer aircraft that are disarmed"),
    "REDUCTION": say("Ways of destroying, converting and displaying"),
    "HELI": say("Categories of combat helicopters, and their change"),
    "INFO": say("Who tells what, when and in which form"),
    "INSP": say("Quotas, notices, teams and conduct of inspections"),
    "JCG": say("Sessions and rules of the Joint Consultative Group"),
    "PROV": say("What applied before entry into force"),
    "DECL": say("Naval aircraft on land; personnel strength"),
}

_INF: Final = {
    "I": say("What the Parties undertake"),
    "II": say("Definitions: missiles, launchers, ranges"),
    "III": say("Types that exist"),
    "IV": say("Elimination of intermediate-range missiles"),
    "V": say("Elimination of shorter-range missiles"),
    "VI": say("No production and no flight tests"),
    "VII": say("When a missile or launcher counts"),
    "VIII": say("Where missiles and launchers may be"),
    "IX": say("Data and notifications"),
    "X": say("How elimination is done"),
    "XI": say("On-site inspections"),
    "XII": say("National technical means"),
    "XIII": say("The Special Verification Commission"),
    "XIV": say("No conflicting obligations"),
    "XV": say("Duration, and withdrawal with six months' notice"),
    "XVI": say("Amendments to the Treaty"),
    "XVII": say("Entry into force and registration"),
    "MOU": say("Data on missiles, launchers and places"),
    "ELIM": say("Procedures of elimination"),
    "INSP": say("Procedures of inspection"),
    "MOA": say("Procedures and equipment agreed later"),
}

_TITLES: Final = {"open-skies": _OPEN_SKIES, "cfe": _CFE, "inf": _INF}


def part_title(part: str, instrument: str = OPEN_SKIES) -> Text:
    """Say in a few words what a part of an instrument is about; ``part`` as ``provisions.parts`` has it.

    A part that has no words here is told by its name.

    >>> str(part_title("VII")), str(part_title("ANNEX-I")), str(part_title("INSP", "cfe"))
    ('Transit flights', 'Information on airspace', 'Quotas, notices, teams and conduct of inspections')
    """
    return _TITLES.get(instrument, {}).get(part) or verbatim(part.replace("-", " "))
