"""The story of ``skywitness timeline`` through the real command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skywitness.cli import whole_files
from skywitness.cli.dialogue import hold
from skywitness.core.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLAN, FACTS, MISSION = (str(EXAMPLES / name) for name in ("plan.json", "facts.toml", "mission-facts.toml"))


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command and give its exit code, what it printed, and what it noted."""
    code = hold(["timeline", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def duties(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Duties of the JSON by name."""
    return {duty["id"]: duty for duty in document["duties"]}


def test_a_mission_as_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The same files at four moments: the plan is due, then done; the flight is planned, then flown."""
    states = {}
    for now in ("2019-09-11T06:30Z", "2019-09-11T08:00Z", "2019-09-12T12:00Z", "2019-09-20"):
        code, out, _ = call(capsys, PLAN, "--facts", MISSION, "--now", now, "--json")
        assert code == 0
        found = duties(json.loads(out))
        states[now[5:]] = [found[name]["state"] for name in ("plan_answer", "departure", "mission_report")]
    assert states == {
        "09-11T06:30Z": ["waiting", "waiting", "waiting"],
        "09-11T08:00Z": ["due", "waiting", "waiting"],
        "09-12T12:00Z": ["done", "due", "waiting"],
        "09-20": ["done", "done", "late"],
    }


def test_what_a_script_reads(capsys: pytest.CaptureFixture[str]) -> None:
    """The fields of the interface, and beside them law values with sources, consequence and needs."""
    _, out, err = call(capsys, PLAN, "--facts", FACTS, "--json")
    document = json.loads(out)
    duty = duties(document)["plan_agreement"]
    assert {
        key: duty[key] for key in ("provision", "bearer", "beneficiary", "due_utc", "anchor", "state", "text_silent")
    } == {
        "provision": "OS:VI.II.6",
        "bearer": "SWE, FIN",
        "beneficiary": "SWE, FIN",
        "due_utc": "2019-09-11T15:00:00Z",
        "anchor": "plan_submitted",
        "state": "done",
        "text_silent": False,
    }
    assert [(value["key"], value["value"], value["unit"]) for value in duty["values"]] == [("plan_agreement", 8, "h")]
    assert "VIII.I.5" in duty["consequence"]
    acknowledged = duties(document)["acknowledgement"]
    assert (acknowledged["state"], acknowledged["estimated"]) == ("cannot_tell", True)
    assert "notification_received" in acknowledged["needs"][0]
    assert document["now_utc"] == "2019-09-12T03:00:00Z"
    assert document["findings"]
    assert err  # what was noted about the file of the plan


@pytest.mark.parametrize(
    ("language", "late", "silent"), [("en", "late", "the text is silent"), ("vi", "trễ", "văn bản không nói")]
)
def test_the_page(capsys: pytest.CaptureFixture[str], language: str, late: str, silent: str) -> None:
    """The page says by time what is due, what follows, and what the breach is, in both languages."""
    code, out, _ = call(capsys, PLAN, "--facts", MISSION, "--lang", language)
    assert code == 0
    assert f"✗ {late}" in out
    assert silent in " ".join(out.split())
    assert "OS:VI.I.21" in out
    assert "2018-11-01" in out
    assert "IV.12" not in out


def test_everything_is_listed_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    """With --all also what waits for events of the regime, and the days of 1992."""
    _, out, _ = call(capsys, PLAN, "--facts", MISSION, "--all")
    assert "IV.12" in out
    assert "1992-06-29" in out


def test_a_plan_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Without facts the clock is planned: estimates are marked, and nothing is late."""
    code, out, _ = call(capsys, PLAN)
    assert code == 0
    assert "~" in out
    assert "✗" not in out


def test_files_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A calendar and a page are written where they are asked for, and named."""
    ics, pdf = tmp_path / "mission.ics", tmp_path / "mission.pdf"
    code, out, _ = call(capsys, PLAN, "--facts", MISSION, "--ics", str(ics), "--pdf", str(pdf), "--json")
    assert code == 0
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert json.loads(out)["files"] == [str(ics), str(pdf)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["--now", "tomorrow"], "usage"),
        (["--ics", "no/such/folder/x.ics"], "file"),
        (["--pdf", "."], "file"),
        (["--ics", "/dev/null"], "file"),
        (["--ics", PLAN], "file"),
        (["--pdf", MISSION, "--facts", MISSION], "file"),
        (["--facts", "no-such.toml"], "no_such_file"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], words: list[str], kind: str) -> None:
    """A wrong call ends with 2 and one sentence of a known kind."""
    code, out, _ = call(capsys, PLAN, *words, "--json")
    assert code == 2
    assert json.loads(out)["error"]["kind"] == kind


def test_all_files_or_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Where one of two files cannot be written the other is not, and what was there before stays."""
    ics = tmp_path / "mission.ics"
    ics.write_text("old", encoding="utf-8")
    for pdf in (tmp_path / "no" / "mission.pdf", ics):
        code, out, _ = call(capsys, PLAN, "--ics", str(ics), "--pdf", str(pdf), "--json")
        assert (code, json.loads(out)["error"]["kind"]) == (2, "file")
    assert [path.name for path in tmp_path.iterdir()] == ["mission.ics"]
    assert ics.read_text(encoding="utf-8") == "old"


def test_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while files are written leaves what was there, and nothing beside it."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    places = {"--ics": (tmp_path / "a", b"a"), "--pdf": (tmp_path / "b", b"b")}
    whole_files.write_whole(places)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"a", "b": b"b"}
    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(InputError, match="No space left"):
        whole_files.write_whole({name: (path, b"new") for name, (path, _) in places.items()})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"a", "b": b"b"}


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, language: str
) -> None:
    """No line of the list is wider than the terminal; articles stand at the end of their line, what is owed below."""
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = call(capsys, PLAN, "--facts", MISSION, "--lang", language)
    lines = out.splitlines()
    assert max(len(line) for line in lines) <= int(columns)
    ends = [line for line in lines if line.endswith(" VI.I.5") and line.startswith("    ")]
    assert len(ends) == 1
    assert "  2019-09-08" in lines
    if language == "en":
        assert "SWE to FIN" in ends[0]
        assert "        notify the observation flight" in lines


def test_events_that_cannot_be_true(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A list of events that contradicts itself is refused with the place of each fault."""
    path = tmp_path / "facts.toml"
    path.write_text(
        '[[event]]\nkind = "completion"\nat_utc = 2019-09-12T08:00:00Z\n'
        '[[event]]\nkind = "commencement"\nat_utc = 2019-09-12T09:00:00Z\n'
        '[[event]]\nkind = "arival"\nat_utc = 2019-09-12T09:00:00Z\n',
        encoding="utf-8",
    )
    code, out, _ = call(capsys, PLAN, "--facts", str(path), "--json")
    error = json.loads(out)["error"]
    assert (code, error["kind"], error["where"]) == (2, "bad_events", str(path))
    assert [fault["where"] for fault in error["faults"]] == ["event[2].kind", "event[0].at_utc"]
