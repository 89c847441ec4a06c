"""``skywitness check`` with what is told around a flight: a story, and the page that explains it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import Skywitness

from skywitness.law.provisions import implemented
from skywitness.route.files import facts_hosting as reader
from skywitness.route.files.facts_file import facts_from_toml

ROOT = Path(__file__).resolve().parents[2]
PLAN, FACTS = ROOT / "examples" / "plan.json", ROOT / "examples" / "hosting-facts.toml"
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


def test_a_mission_and_what_happened_around_it(skywitness: Skywitness) -> None:
    """A bus that never came, a bill refused, fog, a prohibition: each has its finding, on the same page as the plan."""
    ran = skywitness("check", PLAN, "--facts", FACTS, "--json")
    assert ran.code == 1
    found = {one["provision"]: one for one in ran.json["findings"]}
    told = {
        "OS:VI.I.7": "ok", "OS:VI.I.17": "breach", "OS:VI.I.17(A)": "ok", "OS:VI.I.17(D)": "breach",
        "OS:VI.I.18": "ok", "OS:VIII.II.9": "breach", "OS:XIII.I.3": "ok", "OS:E.9": "not_applicable",
        "OS:E.10": "not_applicable", "OS:VIII.I.4(A)": "ok", "OS:VIII.I.1": "breach",
    }  # fmt: skip
    assert {code: found[code]["verdict"] for code in told} == told
    assert found["OS:VIII.I.1"]["effect"]["who"] == "SWE"
    assert "prohibited for VI.II.4(G), which it keeps" in found["OS:VIII.I.1"]["why"]
    assert found["OS:VIII.II.9"]["effect"]["who"] == "FIN"
    assert found["OS:VI.I.17(A)"]["unit"] == "km"


def test_the_story_on_a_page(skywitness: Skywitness) -> None:
    """The page says it in sentences, in both languages."""
    english = " ".join(skywitness("check", PLAN, "--facts", FACTS).out.split())
    assert "a bus to the laboratory was requested and agreed upon, and is not provided." in english
    assert "the visibility is 350 m, below the minimum of 800 m" in english
    vietnamese = skywitness("check", PLAN, "--facts", FACTS, lang="vi").out
    assert "is not provided" not in vietnamese
    assert "OS:VI.I.17(D)" in vietnamese


def test_a_misspelt_key_is_refused_with_the_right_one(skywitness: Skywitness, tmp_path: Path) -> None:
    """A key that nobody knows names the one that was probably meant; nothing is judged."""
    facts = tmp_path / "facts.toml"
    facts.write_text(FACTS.read_text(encoding="utf-8").replace("refused = true", "refuzed = true"), encoding="utf-8")
    ran = skywitness("check", PLAN, "--facts", facts)
    assert ran.code == 2
    assert "did you mean refused?" in " ".join(ran.err.split())


def test_the_page_has_a_row_for_each_rule() -> None:
    """docs/hosting.md names each rule with its provision, and none that does not exist."""
    rows = set(re.findall(r"^\| (\S+) \| `(\w+\.\w+)` \|", PAGE, re.MULTILINE))
    tied = {
        (code.removeprefix("OS:"), name.removeprefix("skywitness.route.hosting."))
        for code, names in implemented().items()
        for name in names
        if name.startswith("skywitness.route.hosting.")
    }
    assert rows == tied
    assert len(rows) == 21


@pytest.mark.parametrize("line", re.findall(r"^\| (`\[.*?\]`) \| (.*) \|$", PAGE, re.MULTILINE))
def test_the_page_names_every_key(line: tuple[str, str]) -> None:
    """Each table of the page names the keys that the reader takes, all of them."""
    table, words = line[0].strip("`[]"), line[1]
    named = set(re.findall(r"`(\w+)`", words))
    source = Path(reader.__file__).read_text(encoding="utf-8")
    body = source[source.index(f"def {READS[table]}(") :].split("\n\n\n")[0]
    keys = {key for key in re.findall(r'table\.\w+\("(\w+)"', body) if key not in ("target", "service")}
    assert keys <= named
    assert keys


READS = {
    "hosting": "_ground", "hosting.target": "_target", "hosting.service": "_service", "cost": "_cost",
    "person": "_person", "transport": "_transport", "fixes": "_fixes", "straits": "_straits",
    "accident": "_accident", "hazard_answer": "_hazard", "change": "_change", "prohibition": "_prohibition",
}  # fmt: skip


def test_every_table_stands_on_the_page() -> None:
    """The page has a row for each table, and an empty file of each is read where nothing is required."""
    tables = re.findall(r"^\| `\[+([\w.]+)\]+` \|", PAGE, re.MULTILINE)
    assert tables == list(READS)
    assert facts_from_toml({name: {} for name in ("hosting", "transport", "straits", "accident", "prohibition")})
