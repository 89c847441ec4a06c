"""What the commands answer: law on a day, the health of the installation, the verdict on a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

HAND_MADE: dict[str, Any] = {
    "format": "skywitness-plan/1",
    "observing": "DEU",
    "observed": "BLR-RUS",
    "commencement_utc": "2019-09-12T06:00:00Z",
    "waypoints": [
        {"ident": "UUMB", "airfield": "UUMB"},
        {"ident": "WP01", "lon": 30.0, "lat": 58.0},
        {"ident": "WP02", "lon": 28.5, "lat": 54.0},
        {"ident": "WP03", "lon": 40.0, "lat": 50.2},
        {"ident": "UUMB", "airfield": "UUMB"},
    ],
}
"""A plan somebody drew by hand: it keeps what can be told, and leaves most facts of the mission open."""


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """Write the plan."""
    return write_plan(tmp_path, HAND_MADE)


def write_plan(folder: Path, plan: dict[str, Any]) -> Path:
    """Write a plan file."""
    path = folder / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("day", "in_force", "russia"),
    [("1999-01-01", False, "not_yet"), ("2019-09-12", True, "party"), ("2022-01-01", True, "withdrawn")],
)
def test_law_show_answers_for_any_day(skywitness: Skywitness, day: str, in_force: bool, russia: str) -> None:
    """Before its entry into force a treaty is shown as not in force; a State that left stays visible."""
    shown = skywitness("law", "show", "open-skies", "--at", day, "--json")
    states = {party["code"]: party["status"] for party in shown.json["parties"]}
    assert shown.code == 0
    assert shown.json["in_force"] is in_force
    assert states["RUS"] in (russia, "signatory", "ratified_not_in_force") if not in_force else states["RUS"] == russia
    page = skywitness("law", "show", "open-skies", "--at", day)
    assert ("not in force" in page.out) is not in_force
    assert "RUS" in page.out


def test_law_show_names_states_in_the_language(skywitness: Skywitness) -> None:
    """Names and headings follow the language; codes do not."""
    page = skywitness("law", "show", "open-skies", "--at", "2019-09-12", lang="vi", columns=120).out
    assert "Hiệp ước Bầu trời Mở" in page
    assert "Đức" in page
    assert "DEU" in page


def test_law_value_that_is_settled(skywitness: Skywitness) -> None:
    """A value comes with its source and how well it is founded."""
    call = ("law", "value", "open-skies", "passive_quota", "--subject", "DEU", "--at", "2019-09-12")
    answer = skywitness(*call, "--json").json
    assert (answer["value"], answer["status"], answer["candidates"]) == (12, "text", [])
    page = skywitness(*call).out
    assert "12" in page
    assert "treaty text" in page


def test_law_value_that_nobody_can_tell(skywitness: Skywitness) -> None:
    """Between two values the answer is null with both candidates, and the exit code stays 0."""
    call = ("law", "value", "open-skies", "maximum_flight_distance", "--subject", "UUMB", "--at", "2005-09-12")
    ran = skywitness(*call, "--json")
    assert ran.code == 0
    assert (ran.json["value"], ran.json["verdict"]) == (None, "cannot_tell")
    assert {candidate["value"] for candidate in ran.json["candidates"]} == {5000, 5500}
    page = skywitness(*call).out
    for words in ("CANNOT TELL", "5000", "5500"):
        assert words in page


def test_doctor_finds_this_installation_whole(skywitness: Skywitness) -> None:
    """Here nothing is damaged: packages, data against their hashes, the whole law, both languages."""
    report = skywitness("doctor", "--json").json
    states = {(check["group"], check["name"]): check["state"] for check in report["checks"]}
    assert report["healthy"] is True
    assert states["data", "borders_10m.npz"] == "ok"
    assert states["law", "open-skies"] == "ok"
    assert states["languages", "vi"] == "ok"
    assert states["packages", "numpy"] == "ok"
    assert "Everything that is needed is here." in skywitness("doctor").out


def test_doctor_notices_a_changed_data_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, skywitness: Skywitness
) -> None:
    """A data file that is not the one checked in is damaged, and the way to mend it is told; the exit code stays 0."""
    from skywitness.cli import doctor

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lines.toml").write_text('source = "x"\noutput_sha256 = "00"\n', encoding="utf-8")
    (tmp_path / "data" / "lines.npz").write_bytes(b"changed")
    monkeypatch.setattr(doctor, "PACKAGE_FOLDER", tmp_path)
    ran = skywitness("doctor")
    assert ran.code == 0
    assert "✗ lines.npz" in ran.out
    assert "1 thing is damaged." in ran.out
    assert "--reinstall-package" in ran.out


def test_check_tells_what_nobody_can_tell(skywitness: Skywitness, plan_file: Path) -> None:
    """A plan without facts keeps what can be judged; the rest cannot be told, with what would settle it: 3."""
    ran = skywitness("check", plan_file, "--json")
    verdicts = {finding["verdict"] for finding in ran.json["findings"]}
    assert ran.code == 3
    assert ran.json["verdict"] == "cannot_tell"
    assert verdicts == {"ok", "cannot_tell", "not_applicable"}
    distance = next(finding for finding in ran.json["findings"] if finding["provision"] == "OS:VI.II.4(A)")
    assert distance["limit"] == 5500
    assert ran.err, "what the reader assumed goes to stderr"
    page = skywitness("check", plan_file)
    assert page.code == 3
    assert "OS:VI.II.4(A)" in page.out
    assert "What would settle what cannot be told" in page.out


def test_check_finds_a_breach(skywitness: Skywitness, tmp_path: Path) -> None:
    """A flight far longer than allowed is a breach, with its numbers and who may do what: 1."""
    there = [{"ident": f"WP{number:02d}", "lon": lon, "lat": 62.0} for number, lon in enumerate((60, 90, 120), 1)]
    back = [{"ident": f"WP{number:02d}", "lon": lon, "lat": 60.0} for number, lon in enumerate((120, 90, 60), 4)]
    start, *_, end = HAND_MADE["waypoints"]
    ran = skywitness(
        "check", write_plan(tmp_path, {**HAND_MADE, "waypoints": [start, *there, *back, end]}), columns=120
    )
    assert ran.code == 1
    assert "✗ BREACH" in ran.out
    assert "OS:VI.II.4(A)" in ran.out
    assert "limit 5500 km" in ran.out
    assert "may now" in ran.out


def test_check_finds_a_party_that_left(skywitness: Skywitness, tmp_path: Path) -> None:
    """Where ``plan`` refuses, ``check`` finds: a flight by a State that has left is a breach."""
    left = {**HAND_MADE, "observing": "USA", "commencement_utc": "2021-03-01T08:00:00Z"}
    ran = skywitness("check", write_plan(tmp_path, left), "--json")
    assert ran.code == 1
    assert any(
        finding["provision"].startswith("OS:III.I.1") and finding["verdict"] == "breach"
        for finding in ran.json["findings"]
    )


def test_facts_settle_what_could_not_be_told(skywitness: Skywitness, plan_file: Path, tmp_path: Path) -> None:
    """With a fact fewer findings cannot be told."""
    facts = tmp_path / "facts.toml"
    facts.write_text('[aircraft]\nprovided_by = "observing"\n', encoding="utf-8")

    def unknown(*more: object) -> int:
        found = skywitness("check", plan_file, *more, "--json").json["findings"]
        return sum(finding["verdict"] == "cannot_tell" for finding in found)

    assert unknown("--facts", facts) < unknown()


def test_the_view_is_named_in_every_finding(skywitness: Skywitness, plan_file: Path) -> None:
    """``--view`` comes before the plan's own reading."""
    ran = skywitness("check", plan_file, "--view", "natural_earth", "--json")
    assert {finding["reading"]["view"] for finding in ran.json["findings"]} == {"natural_earth"}


def test_check_speaks_vietnamese(skywitness: Skywitness, plan_file: Path) -> None:
    """Titles, reasons and headings are Vietnamese; provisions and numbers are the same."""
    english, vietnamese = (skywitness("check", plan_file, "--json", lang=code).json for code in ("en", "vi"))
    for one, other in zip(english["findings"], vietnamese["findings"], strict=True):
        assert (one["provision"], one["verdict"], one["measured"]) == (
            other["provision"],
            other["verdict"],
            other["measured"],
        )
        assert one["title"] != other["title"]
        assert one["why"] != other["why"]
