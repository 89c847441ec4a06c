"""What a user sees of the conduct of a mission: in ``timeline``, on the page and as JSON; not in ``check``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PLAN = EXAMPLES / "plan.json"
Skywitness = Callable[..., Any]

STORY = """
demonstration_requested_by = "observed"
[aircraft]
provided_by = "observing"
[inspection]
permitted = true
removal_shown = false
source = "report of the Finnish inspectors"
[[equipment]]
name = "X-ray tube"
kind = "x_ray"
for = "inspection"
denied = true
[[equipment]]
name = "laptop"
kind = "computer"
for = "inspection"
checked = "together"
[demonstration]
flown = false
"""


DOCS = Path(__file__).resolve().parents[3] / "docs" / "conduct.md"


def test_the_example_of_the_docs(conduct: Callable[..., Any]) -> None:
    """The file that the docs show is read, uses every table, and everything in it is kept."""
    shown = DOCS.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    found = conduct(shown)
    assert {str(one.verdict) for one in found if one.provision != "OS:F.II.1"} == {"ok"}
    assert {"OS:E.7", "OS:E.8", "OS:F.I.1", "OS:F.I.7(B)", "OS:F.III.3", "OS:G.I.1"} <= {one.provision for one in found}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The story in a file."""
    place = tmp_path / "facts.toml"
    place.write_text(STORY, encoding="utf-8")
    return place


def test_the_page_tells_it(skywitness: Skywitness, facts: Path) -> None:
    """The page shows each finding, its reason, its source, and who may now do what."""
    ran = skywitness("timeline", PLAN, "--facts", facts, columns=200)
    assert ran.code == 0
    assert "Inspection, demonstration flight, people on board: 3 breaches" in ran.out
    assert "✗ OS:F.I.7(B)  SWE refused items that the list allows: X-ray tube." in ran.out
    assert "→ FIN may now: take on board and use in the inspection" in ran.out
    assert "Told by: report of the Finnish inspectors." in ran.out
    assert "Times that can be judged: 0 breaches" in ran.out  # below three of conduct it says what it counts


def test_in_vietnamese(skywitness: Skywitness, facts: Path) -> None:
    """The same in Vietnamese: no English word of the section is left."""
    ran = skywitness("timeline", PLAN, "--facts", facts, lang="vi", columns=200)
    assert ran.code == 0
    assert "Inspection, demonstration" not in ran.out
    assert "refused items" not in ran.out


def test_the_json_holds_it(skywitness: Skywitness, facts: Path) -> None:
    """The findings of conduct stand at the end of ``findings``, like all others."""
    ran = skywitness("timeline", PLAN, "--facts", facts, "--json")
    found = {one["provision"]: one for one in ran.json["findings"]}
    assert found["OS:F.III.1"]["verdict"] == "breach"
    assert found["OS:F.III.1"]["effect"]["who"] == "FIN"
    assert found["OS:F.I.8"]["effect"]["who"] == "SWE"
    assert found["OS:F.I.3(B)"]["verdict"] == "ok"


def test_nothing_told_adds_nothing(skywitness: Skywitness) -> None:
    """Without these tables neither page nor JSON says a word of them."""
    plain = EXAMPLES / "facts.toml"
    ran = skywitness("timeline", PLAN, "--facts", plain, "--json")
    assert "OS:F.I.1" not in {one["provision"] for one in ran.json["findings"]}
    assert "people on board" not in skywitness("timeline", PLAN, "--facts", plain).out


def test_a_plan_is_not_judged_by_it(skywitness: Skywitness, facts: Path) -> None:
    """``check`` takes the same file and says nothing of the conduct."""
    ran = skywitness("check", PLAN, "--facts", facts, "--json")
    assert "OS:F.I.7(B)" not in {one["provision"] for one in ran.json["findings"]}


def test_a_wrong_file_is_refused_once(skywitness: Skywitness, tmp_path: Path) -> None:
    """A slip in a table is refused with its place, beside the faults of other tables."""
    place = tmp_path / "facts.toml"
    place.write_text(STORY + "flwon = true\n[times]\nbanana = 3\n", encoding="utf-8")
    ran = skywitness("timeline", PLAN, "--facts", place, "--json")
    assert ran.code == 2
    assert sorted(fault["where"] for fault in ran.json["error"]["faults"]) == ["demonstration.flwon", "times.banana"]
