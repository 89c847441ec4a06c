"""Outside truth for sites: the printed Annex E, counted anew, and the public airfield table."""

from __future__ import annotations

import math
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from skywitness.law.printed import printed_position
from skywitness.law.sites import Site, left_open, sites
from skywitness.law.slips import slips

ROOT = Path(__file__).resolve().parent.parent.parent

HEADINGS = {
    "Germany": "DEU", "United States": "USA", "Belarus": "BLR-RUS", "Benelux": "BENELUX", "Bulgaria": "BGR",
    "Canada": "CAN", "Denmark": "DNK", "Spain": "ESP", "French": "FRA", "United Kingdom": "GBR", "Hellenic": "GRC",
    "Hungary": "HUN", "Iceland": "ISL", "Italy": "ITA", "Norway": "NOR", "Poland": "POL", "Portuguese": "PRT",
    "Romania": "ROU", "Czech": "CSK", "Turkey": "TUR", "Ukraine": "UKR",
}  # fmt: skip


def role_of(heading: str) -> str:
    """Name the role that a heading of the Annex announces."""
    words = heading.upper()
    for mark, role in (("FIX", "entry_fix"), ("POINT", "point_of_entry"), ("REFUEL", "refuelling_airfield")):
        if mark in words:
            return role
    return "calibration_target" if "CALIBRATION" in words else "open_skies_airfield" if "AIRFIELD" in words else ""


def printed_rows(shared: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Read Annex E, Appendix 1, by another way than the data were made: (heading, role, figures of the row)."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    lines = text[text.index("###State Party: The Federal Republic of Germany") : text.index("### Annex F")].splitlines()
    rows, party, role = [], "", ""
    for line in lines:
        if "State Party:" in line:
            party = next(code for word, code in HEADINGS.items() if word in line)
        elif line.startswith("###"):
            role = role_of(line) or role
        elif re.search(r"\d-\d", line):
            rows.append((party, role, figures(line)))
        elif "Open Skies airfields" in line:
            rows.append((party, role, ()))
    return rows


def figures(words: str) -> tuple[str, ...]:
    """Return letters and numbers of a printed position, without spaces and hyphens."""
    position = re.search(r"[NS]\s*\d[\d\s-]*[EWN]\s*\d[\d-]*", words)
    return tuple(re.findall(r"[A-Z]|\d+", position.group())) if position else ()


def listed(places: tuple[Site, ...]) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return what the data say of the text, in the same form."""
    return {
        (place.listed_under, role, figures(part.text_position))
        for place in places
        for part in place.designations
        for role in part.roles
        if part.text_position
    }


def test_every_printed_position_is_in_the_data(shared: Path) -> None:
    """All 107 positions of Annex E stand in the data under the right Party and role, figure by figure."""
    printed = [row for row in printed_rows(shared) if row[2]]
    assert len(printed) == 107
    assert set(printed) - listed(sites()) == set()
    assert len([place for place in sites() if any(part.text_position for part in place.designations)]) == 72


def test_no_position_is_in_the_data_that_is_not_printed(shared: Path) -> None:
    """Nothing was invented: each printed position in the data stands in the Annex under that Party and role."""
    exits = {"point_of_exit", "exit_fix"}  # printed under one heading with the entries
    mine = {row for row in listed(sites()) if row[1] not in exits}
    assert mine - set(printed_rows(shared)) == set()


def test_what_is_left_open_is_left_open_in_the_text(shared: Path) -> None:
    """The Annex leaves as many entries to be determined as the data do."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    annex = text[text.index("###State Party: The Federal Republic of Germany") : text.index("### Annex F")]
    assert len(re.findall("to be determined", annex, re.IGNORECASE)) == sum(
        row.says == "to_be_determined" for row in left_open()
    )
    assert {row.listed_under for row in left_open()} == set(HEADINGS.values())


def test_usable_positions_follow_from_the_printed_ones() -> None:
    """Where the source of a position is the text, it is the printed figures, to a hundred-thousandth of a degree."""
    checked = 0
    for place in sites():
        if place.position_source not in ("text", "text_hundredths"):
            continue
        read = [
            printed_position(part.text_position, place.position_source == "text_hundredths")
            for part in place.designations
            if part.text_position
        ]
        assert any(math.dist(position, place.position) < 1e-5 for position in read), place.id
        checked += 1
    assert checked > 55


def compare() -> list[Any]:
    """Run the comparison of ``scripts/check_airfields.py``."""
    return list(runpy.run_path(str(ROOT / "scripts" / "check_airfields.py"))["comparisons"]())


def test_every_position_far_from_the_airfield_table_is_a_known_slip() -> None:
    """A position more than 5 km from airportsdata's, or an airfield missing there, is told in slips.toml."""
    found = compare()
    assert len(found) > 95
    assert [row.site.id for row in found if row.far and not row.explained] == []


def test_every_slip_of_a_position_is_one() -> None:
    """Slips of more than 5 km are exactly the airfields that are that far away: none is told twice or for nothing."""
    far = {row.site.id for row in compare() if row.farthest_km > 5}
    told = {ident for slip in slips(kind="coordinate") if (slip.off_km or 0) > 5 for ident in slip.sites}
    assert told == far
    assert {"LTCC", "LZIB", "EGQL", "UHMM", "LGTS", "EPWA", "LBSF", "EBBR"} == far


def test_the_check_can_fail() -> None:
    """A slip explains only the distance it tells: another distance of the same airfield stays unexplained."""
    from dataclasses import replace

    row = next(row for row in compare() if row.site.id == "LTCC")
    assert row.explained
    assert not replace(row, printed_km=100.0).explained


def test_corrected_positions_agree_with_the_table() -> None:
    """After correction no usable position is more than 2 km from the table's, except where the table is wrong."""
    off = {row.site.id for row in compare() if (row.used_km or 0) > 2}
    assert off == {"EBBR"}


@pytest.mark.parametrize(
    ("text", "hundredths", "expected"),
    [
        ("N 55-36-30 E 036-39-10", False, (36.652778, 55.608333)),
        ("N 38-56-36 W 077-27-24", False, (-77.456667, 38.943333)),
        ("N 51-44-97 W 001-34-93", True, (-1.582167, 51.7495)),
        ("N 52-27-48 E 009-2570", True, (9.428333, 52.458)),
        ("N 48-4-28 E 010-54-42", False, (10.911667, 48.074444)),
        ("N 50-54-08 E 04-29-09", False, (4.485833, 50.902222)),
        ("N 45-55-45 N 026-05-11", False, (26.086389, 45.929167)),
    ],
)
def test_printed_figures(text: str, hundredths: bool, expected: tuple[float, float]) -> None:
    """Figures are read as they stand, with seconds or with hundredths of a minute."""
    assert printed_position(text, hundredths) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "N 55-36-30", "55-36-30 036-39-10", "N 55°36'30 E 36°39'10", "N 1-1-1 E 001-01-01 x"]
)
def test_other_figures_are_refused(text: str) -> None:
    """What is not printed in the Annex's way is not guessed at."""
    with pytest.raises(ValueError, match="not a position"):
        printed_position(text)


def test_the_united_kingdom_prints_hundredths() -> None:
    """Read as hundredths all its positions but Leuchars lie nearer to the airfield than read as seconds."""
    import airportsdata
    from pyproj import Geod

    table, geod = airportsdata.load("ICAO"), Geod(ellps="WGS84")
    for place in sites(party="GBR"):
        text = place.designations[0].text_position
        assert text is not None
        there = (table[place.id]["lon"], table[place.id]["lat"])
        seconds, hundredths = (geod.inv(*printed_position(text, way), *there)[2] for way in (False, True))
        assert hundredths < seconds or place.id == "EGQL"
        assert hundredths < 1000 or place.id == "EGQL"
