"""The examples and the page on files are true: every file in them is read, every limit is the one of the code."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from skywitness.core.geodesy import distance_km
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.route.files import document, fields, forms, sites_rows, text_file
from skywitness.route.files.facts_file import facts_from_toml, read_facts
from skywitness.route.files.plan_file import read_plan, read_plan_json
from skywitness.route.files.reading_file import read_reading
from skywitness.route.files.sites_file import read_sites, sites_from_text

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
PAGE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
DAY = dt.date(2019, 9, 12)


def blocks(language: str) -> list[str]:
    """Find the blocks of one language on the page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("sites-*")))
def test_example_sites_are_read_without_a_word(name: str) -> None:
    """Every example of sites is sound, and lies in northern Europe as it says."""
    found = read_sites(EXAMPLES / name)
    assert found.warnings == ()
    assert all(19 < site.lon < 32 and 57 < site.lat < 70 for site in found.sites)


def test_the_notations_of_the_examples_agree() -> None:
    """Tallinn as a pilot writes it lies where it lies, to a few metres."""
    tallinn = next(site for site in read_sites(EXAMPLES / "sites-estonia.csv").sites if "EETN" in site.name)
    assert distance_km(tallinn.lon, tallinn.lat, 24.8328, 59.4133) < 0.02


def test_the_example_plan_is_a_flight() -> None:
    """The plan made by hand is completed to a flight below the maximum distance of its airfield (1400 km)."""
    found = read_plan(EXAMPLES / "plan.json")
    assert 900 < found.plan.distance_km < 1400
    assert [leg.height_m_agl is None for leg in found.plan.legs] == [*[False] * 6, True]
    assert len(found.warnings) == 3, [str(warning) for warning in found.warnings]


def test_the_example_facts_and_reading_are_read() -> None:
    """The facts go with the plan: the sensor is the plan's, and the agreement names its legs."""
    facts = read_facts(EXAMPLES / "facts.toml")
    plan = read_plan(EXAMPLES / "plan.json").plan
    assert {sensor.ident for sensor in facts.sensors} == {sensor.ident for sensor in plan.sensors}
    assert all(number <= len(plan.legs) for agreement in facts.agreements for number in agreement.legs)
    reading = read_reading(EXAMPLES / "reading.toml", DAY)
    assert reading.interpretations == {provision: names[0] for provision, names in INTERPRETATIONS.items()}


def test_every_block_of_the_page_is_read(tmp_path: Path) -> None:
    """What the page shows can be copied and used."""
    assert [sites_from_text(text).warnings for text in (*blocks("csv"), *blocks("geojson"))] == [()] * 3
    (plan,) = blocks("json")
    assert len(read_plan_json(document.parse_json(plan, "page")).plan.legs) == 3
    facts, reading = blocks("toml")
    assert facts_from_toml(document.parse_toml(facts, "page")).said_by
    file = tmp_path / "reading.toml"
    file.write_text(reading, encoding="utf-8")
    assert read_reading(file, DAY).at == DAY


def test_the_page_names_the_limits_of_the_code() -> None:
    """Limits on the page are those of the code."""
    assert f"At most {sites_rows.MAX_SITES:,}." in PAGE
    assert f"At most {text_file.MAX_FILE_BYTES // 1024 // 1024} MB" in PAGE
    assert document.MAX_TOML_CHARACTERS == 2_000_000
    assert f"at most {fields.MAX_NAME} characters" in PAGE
    assert f"Years run from {fields.FIRST_YEAR} to {fields.LAST_YEAR}" in PAGE
    assert forms.SITE_VALUE.high == 10**12
    assert f"({forms.SPEED_KM_H.low:g} to {forms.SPEED_KM_H.high:g})" in PAGE


def test_the_page_names_every_column_category_and_interpretation() -> None:
    """Nothing that can be written is missing on the page."""
    words = {name for column, others in sites_rows.COLUMNS.items() for name in (column, *others)}
    words |= set(forms.SENSOR_CATEGORIES)
    words |= {name for provision, names in INTERPRETATIONS.items() for name in (provision, *names)}
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_the_page_names_every_kind_of_refusal() -> None:
    """Scripts find each word on the page, and none that is never used."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/skywitness/route").rglob("*.py"))
    listed = re.search(r"The word `kind` of a refusal, for scripts: (.*?)\.\n", PAGE, re.DOTALL)
    assert listed
    kinds = re.findall(r"`(\w+)`", listed[1])
    assert [kind for kind in kinds if f'"{kind}"' not in code] == []
    expected = (Path(__file__).parent / "bad" / "words.toml").read_text(encoding="utf-8")
    assert set(re.findall(r'^kind = "(\w+)"', expected, re.MULTILINE)) <= set(kinds)
