"""``skywitness inf`` as people and scripts use it: examples, exit codes, JSON, languages, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inf"


@pytest.mark.parametrize(
    ("name", "code", "answers"),
    [
        ("rs-26", 0, {("EXPERT", "RS-26", "out"), ("PRESS", "RS-26", "out"), ("uncontested", "RS-26", "out")}),
        (
            "9m729",
            3,
            {
                ("own", "9M729", "out"),
                ("RUS", "9M729", "out"),
                ("USA", "9M729", "in"),
                ("uncontested", "9M729", "cannot_tell"),
            },
        ),
        (
            "clean",
            0,
            {(who, type_, "out") for who in ("own", "USA", "uncontested") for type_ in ("Coastal-7", "Shield-2")},
        ),
    ],
)
def test_examples(skywitness: Skywitness, name: str, code: int, answers: set[tuple[str, str, str]]) -> None:
    """The RS-26 is outside by every reading; the 9M729 is what each side's records make it; no verdict of ours."""
    ran = skywitness("inf", "classify", EXAMPLES / f"{name}.toml", "--json")
    assert ran.code == code
    found = {(one["name"], type_["type"], type_["scope"]) for one in ran.json["readings"] for type_ in one["types"]}
    assert found == answers
    for reading in ran.json["readings"]:
        for type_ in reading["types"]:
            assert type_["steps"]
            assert all(step["provision"].startswith("INF:") for step in type_["steps"])


def test_the_dispute_is_a_table(skywitness: Skywitness) -> None:
    """The page names each answer with the readings that give it, what is in dispute, and what would settle it."""
    ran = skywitness("inf", "classify", EXAMPLES / "9m729.toml", columns=120)
    assert ran.code == 3
    assert "Whose records are right this program does not say." in ran.out
    assert "own; RUS" in ran.out
    assert "ru-reach (by RUS) and us-reach (USA), us-stand (USA)" in ran.out
    assert "the way until the fuel is used up" in ran.out
    assert "violat" not in ran.out


def test_counter_claims_split_by_ways(skywitness: Skywitness) -> None:
    """Drones, targets and the Mk-41 turn on how a place is understood; with --way the split is gone."""
    file = EXAMPLES / "counter-claims.toml"
    ran = skywitness("inf", "classify", file, "--json")
    assert ran.code == 3
    ways = {place for one in ran.json["readings"] for place in one["ways"]}
    assert ways == {"INF:II.2", "INF:VII.8", "INF:VII.12"}
    settled = ["II.2=one_way_only", "inf:vii.8=as_declared", "INF:VII.12=targets_are_missiles"]
    options = [word for way in settled for word in ("--way", way)]
    ran = skywitness("inf", "classify", file, "--by", "RUS", *options, "--steps", "--json")
    (one,) = ran.json["readings"]
    assert {type_["type"]: type_["scope"] for type_ in one["types"]}["Armed UAV"] == "out"
    assert {row["launcher"]: row["types"] for row in one["launchers"]}["Mk-41 on land"] == []


def test_a_breach_by_every_reading(skywitness: Skywitness, tmp_path: Path) -> None:
    """Where every reading finds an act against the Treaty the exit code is 1."""
    file = tmp_path / "case.toml"
    file.write_text(
        'at = 1995-01-01\n[[type]]\nid = "Oka"\nholder = "RUS"\n[[record]]\nid = "kept"\nby = "USA"\nof = "SS-23"\n'
        'what = "possession"\nday = 1994-01-01\n',
        encoding="utf-8",
    )
    ran = skywitness("inf", "classify", file, "--json")
    assert (ran.code, ran.json["verdict"]) == (1, "breach")
    page = skywitness("inf", "classify", file)
    assert "INF:V.1" in page.out


def test_the_ledger(skywitness: Skywitness, tmp_path: Path) -> None:
    """The ledger of the examples is kept; one launcher more in the first phase is a breach."""
    file = EXAMPLES / "ledger.toml"
    ran = skywitness("inf", "check", file, "--json")
    assert (ran.code, ran.json["verdict"]) == (0, "ok")
    assert "INF:IV.2(A)(I)" in {finding["provision"] for finding in ran.json["findings"]}
    changed = tmp_path / "ledger.toml"
    words = file.read_text(encoding="utf-8").replace("launchers_deployed = 57", "launchers_deployed = 58")
    words = words.replace("as_of = 1990-11-01", "as_of = 1990-11-02")
    changed.write_text(words, encoding="utf-8")
    ran = skywitness("inf", "check", changed)
    assert ran.code == 1
    assert "174" in ran.out


@pytest.mark.parametrize("command", [("classify", "clean.toml"), ("check", "ledger.toml")])
def test_files_that_cannot_be_read(skywitness: Skywitness, tmp_path: Path, command: tuple[str, str]) -> None:
    """A file that is missing, no TOML, or of the other form is refused with exit code 2 and one document."""
    name, example = command
    other = {"classify": "ledger.toml", "check": "clean.toml"}[name]
    broken = tmp_path / example
    broken.write_text("at = [", encoding="utf-8")
    for file in (tmp_path / "none.toml", broken, EXAMPLES / other):
        ran = skywitness("inf", name, file, "--json")
        assert ran.code == 2
        assert ran.json["error"]["message"]
    assert skywitness("inf", name, EXAMPLES / example, "--json").code == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--by", "FRA"], "own, RUS, USA, uncontested"),
        (["--way", "VII.11=kept"], "kept_by_launch"),
        (["--way", "VII.99=x"], "INF:VII.11"),
        (["--known", "2018"], "--known"),
    ],
)
def test_options_that_mean_nothing(skywitness: Skywitness, options: list[str], words: str) -> None:
    """A reading, way or day that there is none of is refused with those there are."""
    ran = skywitness("inf", "classify", EXAMPLES / "9m729.toml", *options)
    assert ran.code == 2
    assert words in " ".join(ran.err.split()) + " ".join(ran.out.split())


def test_types_totals_and_history(skywitness: Skywitness) -> None:
    """Lists answer in JSON and words; figures that do not agree and conflicts of sources are shown."""
    ran = skywitness("inf", "types", "--name", "ssc-8", "--json")
    assert [row["name"] for row in ran.json["types"]] == ["9M729"]
    assert skywitness("inf", "types", "--name", "SSC-9").code == 2
    assert "OTR-23" in skywitness("inf", "types").out
    totals = skywitness("inf", "totals", "--json").json
    assert {"side": None, "class": None, "declared": 2695, "eliminated": 2692} in totals["sums"]
    assert "859 and 846" in skywitness("inf", "totals").out
    history = skywitness("inf", "history", "--step", "forum", "--json").json
    assert [one["conflicts"][0]["values"] for one in history["events"] if one["conflicts"]] == [
        ["A/73/L.17", "A/73/L.70"]
    ]
    assert "Sources differ on document" in skywitness("inf", "history").out
    assert skywitness("inf", "history", "--step", "findings").code == 2


def test_in_vietnamese(skywitness: Skywitness) -> None:
    """With --lang vi the words change and the JSON keys do not."""
    english = skywitness("inf", "classify", EXAMPLES / "9m729.toml", "--json").json
    other = skywitness("inf", "classify", EXAMPLES / "9m729.toml", "--json", "--lang", "vi").json
    assert english.keys() == other.keys()
    first, second = (found["readings"][0]["types"][0] for found in (english, other))
    assert first["scope"] == second["scope"]
    assert first["answer"] != second["answer"]
    assert json.dumps(other)


@pytest.mark.parametrize(
    ("at", "in_force"), [("1988-05-31", False), ("1988-06-01", True), ("2019-08-01", True), ("2019-08-02", False)]
)
def test_law_commands_answer_for_the_treaty(skywitness: Skywitness, at: str, in_force: bool) -> None:
    """The commands of the law room know the Treaty by its name."""
    ran = skywitness("law", "show", "inf", "--at", at, "--json")
    assert ran.code == 0
    assert ran.json["in_force"] is in_force


@pytest.mark.parametrize(
    "words",
    [
        "values inf --at 1990-01-01",
        "value inf short_notice_quota --at 1993-01-01",
        "provisions inf --part VII",
        "history inf",
        "diff inf --from 1988-01-01 --to 2019-08-02",
        "coverage inf",
    ],
)
def test_law_commands_speak_of_the_treaty(skywitness: Skywitness, words: str) -> None:
    """Every command of the law room that takes an instrument takes this one, as page and as JSON."""
    assert skywitness("law", *words.split()).code == 0
    assert skywitness("law", *words.split(), "--json").json
