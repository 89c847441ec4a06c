"""Annex A as stored against Annex A as printed.

The printed text is parsed here by rules that share nothing with the program; only the names of States and airfields are
matched by hand.  Without the text (``SKYWITNESS_SHARED``) the totals still hold.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from skywitness.core.dated import Missing, Settled
from skywitness.law.instrument import load
from skywitness.law.quota import ActiveQuota, active_quota, active_quotas, passive_quota

FIRST_DAY = dt.date(2002, 1, 1)

STATES = {
    "Federal Republic of Germany": "DEU",
    "United States of America": "USA",
    "Republic of Belarus and the Russian Federation group of States Parties": "BLR-RUS",
    "Benelux": "BENELUX",
    "Republic of Bulgaria": "BGR",
    "Canada": "CAN",
    "Kingdom of Denmark": "DNK",
    "Kingdom of Spain": "ESP",
    "French Republic": "FRA",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "Hellenic Republic": "GRC",
    "Republic of Hungary": "HUN",
    "Republic of Iceland": "ISL",
    "Italian Republic": "ITA",
    "Kingdom of Norway": "NOR",
    "Republic of Poland": "POL",
    "Portuguese Republic": "PRT",
    "Romania": "ROU",
    "Czech and Slovak Federal Republic": "CSK",
    "Republic of Turkey": "TUR",
    "Ukraine": "UKR",
}

AIRFIELDS = {
    "WUNSTORF": "ETNW",
    "LANDSBERG-LECH": "ETSA",
    "WASHINGTON-DULLES": "KIAD",
    "TRAVIS AFB": "KSUU",
    "ELMENDORF AFB": "PAED",
    "LINCOLN-MUNICIPAL": "KLNK",
    "KUBINKA": "UUMB",
    "ULAN UDE": "UIUU",
    "VORKUTA": "UUYW",
    "MAGADAN": "UHMM",
    "ZAVENTEM/MELSBROEK": "EBBR",
    "SOFIA": "LBSF",
    "BURGAS": "LBBG",
    "OTTAWA": "CYOW",
    "IQALUIT": "CYFB",
    "YELLOWKNIFE": "CYZF",
    "Metropolitan": "EKVL",
    "FAROE ISLANDS": "EKVL|Faroe Islands",
    "GREENLAND": "EKVL|Greenland",
    "GETAFE": "LEGT",
    "GANDO": "GCLP",
    "VALENCIA": "LEVC",
    "VALLADOLID": "LEVD",
    "MORON": "LEMO",
    "Orléans-BRICY": "LFOJ",
    "NICE-CÔTE D'AZUR": "LFMN",
    "TOULOUSE-BLAGNAC": "LFBO",
    "BRIZE NORTON": "EGVN",
    "SCAMPTON": "EGXP",
    "LEUCHARS": "EGQL",
    "with SCILLY ISLANDS": "*|with Scilly Islands",
    "with SHETLAND ISLANDS": "*|with Shetland Islands",
    "THESSALONIKI": "LGTS",
    "ELEFSIS": "LGEL",
    "with CRETE, KARPATHOS, RHODES, KOS ISLANDS": "*|with Crete, Karpathos, Rhodes, Kos Islands",
    "BUDAPEST-FERIHEGY": "LHBP",
    "Republic of Iceland": "BIKF",
    "MILANO-MALPENSA": "LIMC",
    "PALERMO-PUNTA RAISI": "LICJ",
    "OSLO-GARDERMOEN": "ENGM",
    "TROMSOE-LANGNES": "ENTC",
    "WARSZAWA-OKECIE": "EPWA",
    "LISBOA": "LPPT",
    "Sta. MARIA": "LPAZ",
    "PORTOSANTO": "LPPS",
    "BUCHAREST-OTOPENI": "LROP",
    "TIMISOARA": "LRTR",
    "BACAU": "LRBC",
    "PRAHA": "LKPR",
    "BRATISLAVA": "LZIB",
    "KOSICE": "LZKZ",
    "ESKISEHIR": "LTBI",
    "DIYARBAKIR": "LTCC",
    "BORISPOL": "UKBB",
}

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


@pytest.fixture(scope="module")
def annex(shared: Path) -> str:
    """Give Annex A of the printed text."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    return text[text.index("ALLOCATION OF PASSIVE QUOTAS") : text.index("Information on sensors")]


def state_in(words: str) -> str:
    """Find the one State that a phrase names."""
    found = {code for name, code in STATES.items() if name in words}
    # "Republic of ..." names can hide in longer ones only for the group, which names two States.
    assert len(found) == 1, (words, found)
    return found.pop()


def test_passive_quotas_are_those_printed(annex: str) -> None:
    """Every line of Section I, value by value, and no line more."""
    section = annex[: annex.index("FIRST DISTRIBUTION")]
    printed = {
        state_in(words.replace("-Kingdom", " Kingdom")): int(number)
        for words, number in re.findall(r"\| For (.+?)\s*\| (\d+)", section)
    }
    stored = {}
    for subject in load().subjects("passive_quota"):
        for row in load().of("passive_quota", subject):
            if row.dated.status == "text":
                stored[subject] = row.dated.value
                assert row.dated.start == FIRST_DAY
    assert stored == printed
    assert len(printed) == len(STATES)


def printed_distribution(annex: str) -> dict[str, tuple[int, str | None]]:
    """Read the sentences of Section II: each Party's rights, with whom one of them is shared."""
    text = annex[annex.index("set forth as follows: The Federal") : annex.index("Following this first distribution")]
    printed: dict[str, tuple[int, str | None]] = {}
    for sentence in text.removeprefix("set forth as follows:").replace(".", ";").split(";"):
        if "shall have the right" not in sentence:
            continue
        who, _, rights = sentence.partition(" shall have the right to conduct ")
        observing = "BENELUX" if "Benelux" in who else state_in(who)
        rights = rights.replace(", as referred to in Article XIV of the Treaty", "")
        for right in re.split(r"(?:, and |, | and )(?=(?:one|two|three|four|eight) observation)", rights):
            number, rest = right.split(" ", 1)
            shared = re.search(r"shared with (?:the )?(.+?),", rest)
            observed = state_in(rest.rpartition("over the territory of ")[2])
            printed[f"{observing}>{observed}"] = (NUMBERS[number], state_in(shared[1]) if shared else None)
    return printed


def test_the_first_distribution_is_that_printed(annex: str) -> None:
    """Every right of Section II, with its number and with whom it is shared."""
    stored = {
        f"{quota.observing}>{quota.observed}": (quota.flights, quota.shared_with[0] if quota.shared else None)
        for quota in active_quotas(FIRST_DAY)
    }
    assert stored == printed_distribution(annex)


def printed_distances(annex: str) -> dict[str, int]:
    """Read the cells of Section III: names in one, kilometres in the other, in the same order."""
    section = annex[annex.index("MAXIMUM FLIGHT DISTANCES OF") :]
    printed: dict[str, int] = {}
    by_length = sorted(AIRFIELDS, key=len, reverse=True)
    name = re.compile("|".join(re.escape(one) for one in by_length))
    for names, distances in re.findall(r"\|(.+?)\|(.*kilometres.*?)\|", section):
        kilometres = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+)\s*kilometres", distances)]
        found = [AIRFIELDS[one] for one in name.findall(names)]
        assert len(found) == len(kilometres), names
        airfields = [one for one in found if "|" not in one]
        for one, distance in zip(found, kilometres, strict=True):
            # A distance "with islands" names no airfield: it is kept for each above it.
            for subject in airfields if one.startswith("*") else [one]:
                printed[one.replace("*", subject) if one.startswith("*") else subject] = distance
    return printed


def test_maximum_flight_distances_are_those_printed(annex: str) -> None:
    """Every distance of Section III, value by value, and no text value more."""
    stored = {}
    for subject in load().subjects("maximum_flight_distance"):
        for row in load().of("maximum_flight_distance", subject):
            if row.dated.source == "OS Annex A, Section III" and not isinstance(row.dated.value, Missing):
                stored[f"{subject}|{row.qualifier}".rstrip("|")] = row.dated.value
                assert (row.dated.status, row.dated.start, row.dated.unit) == ("text", FIRST_DAY, "km")
    printed = printed_distances(annex)
    assert stored == printed
    assert len(printed) == 51 + 2 * 3 + 2


def flights_shared_out(quotas: Iterable[ActiveQuota]) -> int:
    """Count flights, each shared one once."""
    parts = (quota.flights - quota.shared + Fraction(quota.shared, 1 + len(quota.shared_with)) for quota in quotas)
    return int(sum(parts, Fraction(0)))


def received(quotas: tuple[ActiveQuota, ...]) -> dict[str, int]:
    """Count the flights that each Party must accept, each shared one once."""
    over: dict[str, list[ActiveQuota]] = defaultdict(list)
    for quota in quotas:
        over[quota.observed].append(quota)
    return {code: flights_shared_out(held) for code, held in over.items()}


def test_the_passive_quotas_of_the_text_add_up_to_225() -> None:
    """The list of 1992 allocates 225 flights a year."""
    rows = [row.dated for subject in load().subjects("passive_quota") for row in load().of("passive_quota", subject)]
    assert sum(row.value for row in rows if row.status == "text" and isinstance(row.value, int)) == 225


def test_the_first_distribution_has_89_flights_two_of_them_shared() -> None:
    """A shared flight stands in two rows and is flown once."""
    quotas = active_quotas(FIRST_DAY)
    assert sum(quota.flights for quota in quotas) == 91
    assert sum(quota.shared for quota in quotas) == 4
    assert flights_shared_out(quotas) == 89
    partners = {(quota.observing, quota.observed): quota.shared_with for quota in quotas if quota.shared}
    assert partners == {
        ("USA", "UKR"): ("CAN",),
        ("CAN", "UKR"): ("USA",),
        ("ITA", "UKR"): ("TUR",),
        ("TUR", "UKR"): ("ITA",),
    }


def test_the_text_exceeds_its_own_cap_for_poland_and_is_kept() -> None:
    """Three quarters of Poland's six is four, and the text gives it five to accept; nobody else is over."""
    over_cap = {}
    for code, flights in received(active_quotas(FIRST_DAY)).items():
        passive = passive_quota(code, FIRST_DAY)
        assert isinstance(passive, Settled)
        if flights > math.floor(0.75 * passive.number):
            over_cap[code] = (flights, math.floor(0.75 * passive.number))
    assert over_cap == {"POL": (5, 4)}


@pytest.mark.parametrize(
    ("code", "flights", "passive"), [("BLR-RUS", 28, 42), ("UKR", 9, 12), ("DEU", 5, 12), ("TUR", 5, 12)]
)
def test_who_receives_how_many(code: str, flights: int, passive: int) -> None:
    """The totals that a reader of the text can check by hand."""
    assert received(active_quotas(FIRST_DAY))[code] == flights
    held = passive_quota(code, FIRST_DAY)
    assert isinstance(held, Settled)
    assert held.value == passive


def test_the_first_distribution_is_not_symmetrical() -> None:
    """The United States get eight flights over the group, and the group four over them: a ceiling, not a rule."""
    there, back = active_quota("USA>BLR-RUS", FIRST_DAY), active_quota("BLR-RUS>USA", FIRST_DAY)
    assert isinstance(there, Settled)
    assert isinstance(back, Settled)
    assert (there.value, back.value) == (8, 4)


def test_sweden_had_its_own_decision_and_later_days_have_no_distribution() -> None:
    """The decision of 21 July 2003 adds two pairs; after 2003 nothing public is stored."""
    assert flights_shared_out(active_quotas(dt.date(2003, 7, 20))) == 89
    assert flights_shared_out(active_quotas(dt.date(2003, 7, 21))) == 91
    assert active_quotas(dt.date(2004, 1, 1)) == ()
    assert active_quotas(dt.date(2001, 12, 31)) == ()
