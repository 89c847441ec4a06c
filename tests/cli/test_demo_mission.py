"""``skywitness demo mission``: everything it says happens, and each lie is caught."""

from __future__ import annotations

import base64
import json
import re
import ssl  # noqa: F401 - imported first by a test without a network, its sockets would be blocked for good
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Ran, Skywitness

from skywitness.mission.recorded.demo import papers

PLAN = Path(papers.__file__).with_name("plan.json")
LOOPBACK = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the one run of the demo that all tests look at."""
    return tmp_path_factory.mktemp("demo") / "mission"


@pytest.fixture
def ran(skywitness: Skywitness, folder: Path, request: pytest.FixtureRequest) -> Ran:
    """Run the demo once."""
    kept: dict[str, Ran] = request.module.__dict__.setdefault("KEPT", {})
    if "ran" not in kept:
        kept["ran"] = skywitness("demo", "mission", "--out", folder, "--json")
    return kept["ran"]


def rows(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Give what a report says, without its words."""
    return {(row["kind"], row["verdict"], row["recorded_by"]) for row in report["discrepancies"]}


@LOOPBACK
def test_the_mission_ends_with_a_verified_bundle(ran: Ran, folder: Path) -> None:
    """Both verifiers pass all steps that apply, and nothing is discrepant."""
    assert ran.code == 0, ran.err
    told = ran.json
    assert told["discrepancies"]["discrepancies"] == []
    assert told["discrepancies"]["compared"] >= 10
    verdicts = [step["verdict"] for step in told["verification"]["steps"]]
    assert (told["verification"]["verdict"], set(verdicts)) == ("passed", {"passed"})
    assert told["verification"]["standalone"] == {"exit_code": 0, "verdicts": verdicts}
    files = (folder / "verify.py", folder / "DEU-2019-031.tar", "--trust", folder / "trust.json")
    assert subprocess.run([sys.executable, *map(str, files)], capture_output=True, check=False).returncode == 0


@LOOPBACK
def test_what_canada_is_given_holds_what_it_may_read(ran: Ran, folder: Path, skywitness: Skywitness) -> None:
    """Its bundle names provisions instead of notification, plan and data; nothing fails, some cannot be told."""
    given = ran.json["given"]
    assert (given["bundle"], given["verdict"]) == ("DEU-2019-031-for-CAN.tar", "cannot_tell")
    verdicts = [step["verdict"] for step in given["steps"]]
    assert given["standalone"] == {"exit_code": 3, "verdicts": verdicts}
    assert "failed" not in verdicts
    bundle = folder / given["bundle"]
    assert skywitness("record", "verify", bundle, "--record", folder / "can").code == 3
    with tarfile.open(bundle) as opened:
        files = {name: opened.extractfile(name).read() for name in opened.getnames()}  # type: ignore[union-attr]
    reasons = [
        why for name, data in files.items() if name.endswith("withheld.json") for why in json.loads(data).values()
    ]
    assert len(reasons) == given["withheld"]
    assert {"OS:VI.I.5", "OS:VI.II.4", "OS:IX.IV.1", "OS:VI.I.21"} <= {why.split(": ")[0] for why in reasons}
    logs = b"".join(data for name, data in files.items() if "/entries/" in name)
    assert b"open-skies/mission-plan" not in _payloads(logs)
    assert b"open-skies/mission-report" in _payloads(logs)


def _payloads(logs: bytes) -> bytes:
    """Read the payloads out of the envelopes in a log."""
    return b"".join(base64.b64decode(one) for one in re.findall(rb'"payload":"([^"]+)"', logs))


@LOOPBACK
def test_a_party_that_lies_is_caught(ran: Ran) -> None:
    """The other receipt, the frames left out and the two stories stand in the report; the stories prove themselves."""
    caught = ran.json["caught"]
    assert {
        ("different", "discrepancy", "DEU"),
        ("stream", "discrepancy", "UKR"),
        ("split", "discrepancy", "UKR"),
    } <= rows(caught)
    assert {one["party"] for one in caught["evidence"]} == {"UKR"}
    frames = next(row for row in caught["discrepancies"] if row["type"] == "frames_left_out")
    assert "181 to 200" in frames["why"]
    lies = [step for step in ran.json["scenes"][1]["steps"] if step["lie"]]
    assert len(lies) == 3


@LOOPBACK
def test_what_the_demo_leaves_is_a_record_like_any_other(ran: Ran, folder: Path, skywitness: Skywitness) -> None:
    """The commands of the record work on its folders, and so does the clock of the mission."""
    assert ran.code == 0
    bundle, canada = folder / "DEU-2019-031.tar", folder / "can"
    assert skywitness("record", "verify", bundle, "--record", canada).code == 0
    assert skywitness("record", "discrepancies", folder / "deu").code == 1
    first = skywitness("record", "discrepancies", folder / "deu", "--stream", papers.STREAM, "--json").json
    assert rows(first) == {("split", "discrepancy", "UKR")}
    assert skywitness("record", "evidence", folder / "pol", "--json").json["evidence"]
    timeline = skywitness("timeline", PLAN, "--record", folder / "deu", "--stream", papers.STREAM, "--json")
    assert timeline.code == 0
    sources = {event["kind"]: event["source"] for event in timeline.json["events"]}
    assert sources["acknowledgement"].startswith(f"{papers.STREAM} UKR ")
    several = skywitness("timeline", PLAN, "--record", folder / "deu", "--json")
    assert (several.code, several.json["error"]["where"]) == (2, "--stream")
    nowhere = skywitness("timeline", PLAN, "--record", folder / "deu", "--stream", "flight/none", "--json")
    assert (nowhere.code, nowhere.json["error"]["kind"]) == (2, "no_stream")


def test_there_is_no_other_demo(skywitness: Skywitness) -> None:
    """A word that is no demo is refused, and nothing is planned."""
    refused = skywitness("demo", "party", "--json")
    assert (refused.code, refused.json["error"]["where"]) == (2, "CASE")
