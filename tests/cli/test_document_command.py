"""``skywitness document`` as its users meet it: begun from a plan, filled in, checked, shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BESIDE = ("--plan", EXAMPLES / "plan.json", "--facts", EXAMPLES / "facts.toml")

REQUEST = """\
kind = "data_request"

[header]
from = "NOR"
to = ["SWE", "FIN"]
sent_utc = 2019-10-01T09:00:00Z
channel = "diplomatic"

[items]
observing = "SWE"
observed = "FIN"
flight_day = 2019-09-12
sensor = "cam"
portions = ["08:20Z to 09:10Z"]
medium = "negative film, 70 mm"
"""


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    """A whole request for copies of data."""
    path = tmp_path / "request.toml"
    path.write_text(REQUEST, encoding="utf-8")
    return path


def test_kinds(skywitness: Skywitness) -> None:
    """All kinds are listed with their provisions; one is shown with all its items."""
    listed = skywitness("document", "kinds", "--json").json["kinds"]
    assert {"intent", "mission_report", "data_request"} <= {row["kind"] for row in listed}
    (intent,) = skywitness("document", "kinds", "--kind", "intent", "--json").json["kinds"]
    assert [row["provision"] for row in intent["items"]][-1] == "OS:VI.I.5(H)"
    assert "OS:VI.I.5(H)" in skywitness("document", "kinds", "--kind", "intent").out
    assert skywitness("document", "kinds", "--kind", "poem").code == 2
    assert "OS:IX.IV.1" in skywitness("document", "kinds", columns=120).out


def test_from_plan_to_paper(skywitness: Skywitness, tmp_path: Path) -> None:
    """Begun from plan and facts, checked, filled in, checked again, shown as text and as PDF."""
    path = tmp_path / "intent.toml"
    ran = skywitness("document", "new", "intent", *BESIDE, "--out", path)
    assert (ran.code, "needed items are open" in ran.out) == (0, True)
    first = skywitness("document", "check", path, *BESIDE, "--at", "2019-09-07", "--json")
    assert first.code == 0
    missing = {fault["where"]: fault["provision"] for fault in first.json["faults"]}
    assert missing["items.clearance_number"] == "OS:VI.I.5(E)"
    assert missing["items.personnel"] == "OS:VI.I.5(H)"
    filled = (
        path.read_text(encoding="utf-8")
        .replace("# sent_utc = ", "sent_utc = 2019-09-07T06:00:00Z")
        .replace("# channel = ", 'channel = "official"')
        .replace("# clearance_number = ", 'clearance_number = "OS-19-0042"')
    )
    path.write_text(filled, encoding="utf-8")
    again = skywitness("document", "check", path, *BESIDE, "--json").json
    assert again["at"] == "2019-09-07"
    assert set(missing) - {fault["where"] for fault in again["faults"]} == {"items.clearance_number"}
    assert "OS-19-0042" in skywitness("document", "show", path).out
    assert skywitness("document", "show", path, "--format", "pdf", "--out", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_whole_document(skywitness: Skywitness, request_file: Path) -> None:
    """A whole request has no faults; the page says what is kept."""
    ran = skywitness("document", "check", request_file, "--json")
    assert (ran.code, ran.json["verdict"], ran.json["faults"]) == (0, "ok", [])
    assert "0 breaches" in skywitness("document", "check", request_file).out


@pytest.mark.parametrize("letter", "ABCDEF")
def test_each_letter_of_a_request(skywitness: Skywitness, request_file: Path, letter: str) -> None:
    """A request for data without one of A to F has one fault, which names the letter (IX.IV.1)."""
    line = dict(zip("ABCDEF", ("observing", "observed", "flight_day", "sensor", "portions", "medium"), strict=True))[
        letter
    ]
    rows = [row for row in REQUEST.splitlines() if not row.startswith(f"{line} =")]
    request_file.write_text("\n".join(rows), encoding="utf-8")
    ran = skywitness("document", "check", request_file, "--json")
    assert (ran.code, ran.json["verdict"]) == (0, "breach")
    assert [fault["provision"] for fault in ran.json["faults"]] == [f"OS:IX.IV.1({letter})"]


@pytest.mark.parametrize("form", ["json", "toml", "text"])
def test_shown_and_read_again(skywitness: Skywitness, request_file: Path, tmp_path: Path, form: str) -> None:
    """What show writes as TOML or JSON is the same document; text is for people."""
    ran = skywitness("document", "show", request_file, "--format", form)
    assert ran.code == 0
    path = tmp_path / f"again.{form}"
    assert skywitness("document", "show", request_file, "--format", form, "--out", path).code == 0
    assert path.read_text(encoding="utf-8") == ran.out
    if form != "text":
        shown = skywitness("document", "show", request_file, "--json").json["document"]
        assert skywitness("document", "show", path, "--json").json["document"] == shown


def test_what_json_prints_can_be_read(skywitness: Skywitness, tmp_path: Path) -> None:
    """The document that new prints with --json is read as it stands."""
    made = skywitness("document", "new", "mission_plan", *BESIDE, "--json")
    assert [row["where"] for row in made.json["open"]]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(made.json), encoding="utf-8")
    assert skywitness("document", "check", path, "--at", "2019-09-12", *BESIDE).code == 0


def test_in_vietnamese(skywitness: Skywitness, request_file: Path) -> None:
    """Pages, kinds and skeletons speak Vietnamese."""
    assert "Yêu cầu bản sao" in skywitness("document", "check", request_file, lang="vi").out
    assert "Yêu cầu bản sao" in skywitness("document", "kinds", lang="vi", columns=160).out
    made = skywitness("document", "new", "data_request", lang="vi").out
    assert "Yêu cầu bản sao" in made
    assert 'kind = "data_request"' in made


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("new", "poem"), "unknown_document"),
        (("check", "missing.toml"), "no_such_file"),
        (("show", "{file}", "--format", "docx"), "usage"),
        (("show", "{file}", "--format", "pdf"), "usage"),
        (("show", "{file}", "--out", "{folder}/no/a.txt"), "file"),
        (("check", "{unsent}"), "usage"),
        (("check", "{broken}"), "bad_toml"),
        (("check", "{list}"), "bad_document"),
    ],
)
def test_refusals(
    skywitness: Skywitness, request_file: Path, tmp_path: Path, arguments: tuple[str, ...], kind: str
) -> None:
    """A wrong call or file is refused with exit code 2 in one sentence."""
    files = {"unsent": REQUEST.replace("sent_utc", "# sent_utc"), "broken": "kind = ", "list": "[1]"}
    names = {"file": request_file, "folder": tmp_path}
    for name, text in files.items():
        names[name] = tmp_path / (f"{name}.json" if name == "list" else f"{name}.toml")
        names[name].write_text(text, encoding="utf-8")
    ran = skywitness("document", *(word.format(**names) for word in arguments), "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == kind


@pytest.mark.parametrize(
    "value", ["nan", "-inf", "1e400", "{ a = [nan] }", "2019-01-01T00:00:00", "12:30:00", '"a\\u001B[2J"', "[[]]"]
)
@pytest.mark.parametrize("item", ["sensor", "flight_day", "portions"])
def test_hostile_values_are_shown_and_checked(
    skywitness: Skywitness, request_file: Path, value: str, item: str
) -> None:
    """What no item can say is a fault; shown it is quoted, so that no sign of it steers a terminal."""
    rows = [f"{item} = {value}" if row.startswith(f"{item} =") else row for row in REQUEST.splitlines()]
    request_file.write_text("\n".join(rows), encoding="utf-8")
    ran = skywitness("document", "check", request_file, "--json")
    assert (ran.code, len(ran.json["faults"])) == (0, 1)
    for form in ("text", "json", "toml"):
        shown = skywitness("document", "show", request_file, "--format", form)
        assert shown.code == 0
        assert "\x1b" not in shown.out
    assert skywitness("document", "show", request_file, "--json").code == 0


def test_one_provision(skywitness: Skywitness, request_file: Path) -> None:
    """With --provision only its findings are made."""
    found = skywitness("document", "check", request_file, "--provision", "IX.IV.1(C)", "--json").json["findings"]
    assert {one["provision"] for one in found} == {"OS:IX.IV.1(C)"}
    assert skywitness("document", "check", request_file, "--provision", "IX.IV.9").code == 2


@pytest.mark.parametrize("words", ["IX.IV.1", "copies of data", "bản sao dữ liệu"])
def test_a_kind_is_found(skywitness: Skywitness, words: str) -> None:
    """A provision or words in either language lead to the kind."""
    assert "data_request" in skywitness("document", "kinds", "--find", words).out


def test_nothing_found_is_said(skywitness: Skywitness) -> None:
    """Words that no kind is about end in a sentence, and a kind is not asked for twice."""
    refused = skywitness("document", "kinds", "--find", "submarine", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (2, "unknown_document")
    assert skywitness("document", "kinds", "--find", "film", "--kind", "intent").code == 2


def test_a_skeleton_says_what_is_asked_for(skywitness: Skywitness, tmp_path: Path) -> None:
    """Forms, words to choose from, and the place for what does not apply stand in a document that is begun."""
    begun = skywitness("document", "new", "intent").out
    assert begun.index("# not_applicable") < begun.index("[header]")
    assert "choice: observing, observed, third" in begun
    assert "time: 2019-09-12T08:00:00Z" in begun


def test_what_was_read_is_not_written_over(skywitness: Skywitness, request_file: Path) -> None:
    """The file that is shown stays as it is."""
    for form in ("pdf", "text"):
        refused = skywitness("document", "show", request_file, "--format", form, "--out", request_file)
        assert refused.code == 2
        assert request_file.read_text(encoding="utf-8") == REQUEST
    assert [path.name for path in request_file.parent.iterdir()] == [request_file.name]
