"""``skywitness media`` as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def record(skywitness: Skywitness, tmp_path: Path) -> Path:
    """The example in a file."""
    path = tmp_path / "record.toml"
    path.write_text(skywitness("media", "example").out, encoding="utf-8")
    return path


def change(record: Path, cut: str, put: str) -> None:
    """Change the record in its file."""
    text = record.read_text(encoding="utf-8")
    assert cut in text
    record.write_text(text.replace(cut, put), encoding="utf-8")


@pytest.mark.parametrize(
    ("cut", "put", "code", "verdict", "provision"),
    [
        ("", "", 0, "ok", "OS:IX.II.7(A)"),
        ('chosen_by = "observed"', 'chosen_by = "observing"', 1, "breach", "OS:IX.II.7(A)"),
        ('chosen_by = "observed"', "", 3, "cannot_tell", "OS:IX.II.7(A)"),
        ('\nform = "image"', '\nform = "phase"', 1, "breach", "OS:IX.III.4"),
    ],
)
def test_judged(
    skywitness: Skywitness, record: Path, cut: str, put: str, code: int, verdict: str, provision: str
) -> None:
    """The example is kept; exit codes are those of a command that judges, on the page as in JSON."""
    change(record, cut, put)
    ran = skywitness("media", "check", record, "--json")
    assert (ran.code, ran.json["verdict"]) == (code, verdict)
    gravest = [finding for finding in ran.json["findings"] if finding["verdict"] == verdict]
    assert provision in {finding["provision"] for finding in gravest}
    page = skywitness("media", "check", record)
    assert page.code == code
    assert provision in page.out


def test_only_one_provision(skywitness: Skywitness, record: Path) -> None:
    """A provision asked for is judged alone; one that is not judged here is refused."""
    ran = skywitness("media", "check", record, "--provision", "IX.II.4", "--json")
    assert {finding["provision"] for finding in ran.json["findings"]} == {"OS:IX.II.4"}
    assert skywitness("media", "check", record, "--provision", "VI.II.2").code == 2


def test_beside_plan_and_facts(skywitness: Skywitness, record: Path) -> None:
    """Parties, day, aircraft and times come from the plan and the facts of the mission, if the record has none."""
    keys = ("observing", "observed", "day", "provider", "arrival_at_exit_utc", "departure_from_territory_utc")
    lines = record.read_text(encoding="utf-8").splitlines()
    record.write_text("\n".join(line for line in lines if not line.startswith(tuple(f"{key} =" for key in keys))))
    assert skywitness("media", "check", record).code == 2
    beside = ("--plan", EXAMPLES / "plan.json", "--facts", EXAMPLES / "mission-facts.toml")
    ran = skywitness("media", "check", record, *beside, "--json")
    assert (ran.code, ran.json["at"]) == (0, "2019-09-12")
    in_time = next(finding for finding in ran.json["findings"] if finding["provision"] == "OS:IX.II.3(B)")
    assert (in_time["verdict"], in_time["bearer"]) == ("ok", "SWE")


def test_a_record_of_another_flight(skywitness: Skywitness, record: Path) -> None:
    """A record that contradicts the plan is refused with what differs."""
    change(record, 'observing = "SWE"', 'observing = "NOR"')
    ran = skywitness("media", "check", record, "--plan", EXAMPLES / "plan.json", "--json")
    assert ran.code == 2
    assert [fault["where"] for fault in ran.json["error"]["faults"]] == ["record.observing"]


def test_the_reading_has_its_day(skywitness: Skywitness, record: Path, tmp_path: Path) -> None:
    """By a reading of a day before the Treaty was in force nothing is judged."""
    (tmp_path / "reading.toml").write_text("at = 1999-01-01\n", encoding="utf-8")
    assert skywitness("media", "check", record, "--reading", tmp_path / "reading.toml").code == 2


def test_rights(skywitness: Skywitness, record: Path) -> None:
    """Who may get what is told without a verdict, and what is not told is asked for."""
    ran = skywitness("media", "rights", record, "--json")
    told = {(right["provision"], right["effect"]["who"]) for right in ran.json["rights"]}
    assert ran.code == 0
    assert {("OS:IX.II.7(A)", "FIN"), ("OS:IX.III.2(A)", "SWE"), ("OS:IX.III.2(A)", "FIN")} <= told
    assert ran.json["needs"] == []
    change(record, 'provider = "observing"', "")
    page = skywitness("media", "rights", record)
    assert page.code == 0
    assert "whose aircraft it was" in page.out
    assert "OS:IX.II.7(A)" not in page.out


def test_in_vietnamese(skywitness: Skywitness, record: Path) -> None:
    """Pages speak Vietnamese; provisions stay as they are."""
    for command, english in (("check", "judged by the law"), ("rights", "Rights and duties")):
        ran = skywitness("media", command, record, lang="vi")
        assert ran.code == 0
        assert "OS:IX.II.7(A)" in ran.out
        assert english not in ran.out


def test_the_example_as_json(skywitness: Skywitness) -> None:
    """The example is one text in JSON as on the page."""
    assert skywitness("media", "example", "--json").json["toml"] == skywitness("media", "example").out
