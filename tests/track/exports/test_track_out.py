"""The story of ``track --out``: all papers or none, in a folder of one's own."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from tests.conftest import Skywitness
from tests.route.rules.plans import make_plan
from tests.track.exports.drawn_flights import detour, fly

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.mission.documents.document_file import read_document
from skywitness.route.files.plan_write import plan_text

NAMES = {"map.png", "profile.png", "comparison.pdf", "report.pdf", "report.json", "report.toml", "track.geojson"}


@pytest.fixture
def flight(tmp_path: Path) -> list[str]:
    """Write a plan and a track that leaves it, with a stray point; give the arguments of the command."""
    plan = make_plan()
    (tmp_path / "plan.json").write_text(plan_text(plan), encoding="utf-8")
    records = fly(plan, aside=detour(200.0, 500.0, 60.0), strays=(40.0,), step_s=60.0)
    (tmp_path / "flown.json").write_text(json.dumps(records), encoding="utf-8")
    return ["track", str(tmp_path / "flown.json"), "--plan", str(tmp_path / "plan.json")]


def test_all_papers_are_written(skywitness: Skywitness, flight: list[str], tmp_path: Path) -> None:
    """The folder is made and holds every paper; the answer lists them; the verdict is that without ``--out``."""
    out = tmp_path / "new" / "folder"
    ran = skywitness(*flight, "--out", out, "--json")
    assert {path.name for path in out.iterdir()} == NAMES
    assert {Path(one["path"]).name for one in ran.json["files"]} == NAMES
    plain = skywitness(*flight, "--json")
    assert plain.json["files"] == []
    assert ran.code == plain.code
    assert plain.json["findings"] == ran.json["findings"]
    assert not read_document(tomllib.loads((out / "report.toml").read_text(encoding="utf-8"))).faults
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    items = {one["id"]: one["value"] for one in report["items"]}
    assert items["distance_km"] == round(ran.json["distance_km"], 1)
    assert len(items["deviations"]) == len(ran.json["deviations"]) == 1
    drawn = json.loads((out / "track.geojson").read_text(encoding="utf-8"))
    assert drawn["skywitness"]["verdict"] == ran.json["verdict"]
    assert any(one["properties"]["kind"] == "left_out" for one in drawn["features"])


def test_no_report_is_drafted_on_another_flight(skywitness: Skywitness, flight: list[str], tmp_path: Path) -> None:
    """Of a track of another year there are map and comparison, but no mission report with the plan's name on it."""
    track = tmp_path / "flown.json"
    records = json.loads(track.read_text(encoding="utf-8"))
    late = [{**record, "timestamp": record["timestamp"] - 365 * 86_400_000} for record in records]
    track.write_text(json.dumps(late), encoding="utf-8")
    ran = skywitness(*flight, "--out", tmp_path / "out", "--json")
    assert ran.code == 3
    assert {path.name for path in (tmp_path / "out").iterdir()} == {name for name in NAMES if "report" not in name}
    (comparison,) = [one for one in ran.json["files"] if one["kind"] == "comparison"]
    assert "No mission report is drafted" in " ".join(comparison["cannot_carry"])


def test_the_page_lists_the_files_in_the_language_spoken(
    skywitness: Skywitness, flight: list[str], tmp_path: Path
) -> None:
    """People read where the papers are and what they cannot carry; words inside the papers are in their language."""
    ran = skywitness(*flight, "--out", tmp_path / "out", lang="vi", columns=200)
    assert str(tmp_path / "out" / "report.pdf") in ran.out
    assert "Không chứa được" in ran.out
    assert "Báo cáo nhiệm vụ" in (tmp_path / "out" / "report.toml").read_text(encoding="utf-8")


def test_what_else_is_in_the_folder_stays(skywitness: Skywitness, flight: list[str], tmp_path: Path) -> None:
    """A folder that is not empty keeps its other files; papers of before are replaced."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    (out / "report.toml").write_text("old", encoding="utf-8")
    skywitness(*flight, "--out", out)
    assert (out / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert (out / "report.toml").read_text(encoding="utf-8") != "old"
    assert {path.name for path in out.iterdir()} == NAMES | {"mine.txt"}


def test_nothing_is_half_written(
    skywitness: Skywitness, flight: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last but one paper fails, no folder is left behind and what was there is as it was."""
    from skywitness.mission import report

    def fail(*_: object) -> str:
        raise InputError("cannot_write", say("no paper today"))

    monkeypatch.setattr(report, "to_toml", fail)
    assert skywitness(*flight, "--out", tmp_path / "out").code == 2
    assert not (tmp_path / "out").exists()
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "map.png").write_bytes(b"before")
    assert skywitness(*flight, "--out", tmp_path / "there").code == 2
    assert [path.read_bytes() for path in (tmp_path / "there").iterdir()] == [b"before"]
    assert not list(tmp_path.glob(".skywitness.*"))


def test_a_file_in_the_way_is_told_before_anything_is_read(skywitness: Skywitness, tmp_path: Path) -> None:
    """A place that is no folder is refused at once, even before a missing plan is noticed."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = skywitness("track", "no.gpx", "--plan", "no.json", "--out", tmp_path / "file", "--json")
    assert ran.code == 2
    assert ran.json["error"]["where"] == "--out"
