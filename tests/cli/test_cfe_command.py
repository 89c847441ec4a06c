"""``skywitness cfe`` at the command line: exit codes, JSON, pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "cfe"
HEAD = "date,state,category,count\n"


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(skywitness: Skywitness) -> Call:
    """Run the program: exit code, what it prints, what it says of errors."""

    def start(*words: object) -> tuple[int, str, str]:
        ran = skywitness(*words, columns=120)
        return ran.code, ran.out, ran.err

    return start


def document(call: Call, *words: object) -> dict[str, Any]:
    """Run the program and read its JSON."""
    found: dict[str, Any] = json.loads(call(*words, "--json")[1])
    return found


@pytest.mark.parametrize(
    ("count", "code", "verdict"), [(4_166, 3, "cannot_tell"), (4_167, 1, "breach")], ids=["open", "breach"]
)
def test_exit_codes(call: Call, tmp_path: Path, count: int, code: int, verdict: str) -> None:
    """A level that is kept leaves the group open without the others; one more is a breach."""
    path = tmp_path / "held.csv"
    path.write_text(f"{HEAD}1996-01-01,DEU,tank,{count}\n")
    assert call("cfe", "check", str(path))[0] == code
    assert document(call, "cfe", "check", str(path))["verdict"] == verdict


def test_a_whole_file_is_kept(call: Call, tmp_path: Path) -> None:
    """With --complete what is not in the file is not there, so everything can be told."""
    path = tmp_path / "held.csv"
    path.write_text(f"{HEAD}1996-01-01,DEU,tank,4166\n")
    assert call("cfe", "check", str(path), "--complete")[0] == 0


def test_each_limit_has_declared_observed_allowed_and_verdict(call: Call) -> None:
    """The fields of the interface stand in each limit of the JSON, and every word has its own answer."""
    found = document(call, "cfe", "check", str(EXAMPLES / "observed.toml"))
    assert found["limits"]
    for line in found["limits"]:
        assert {"declared", "observed", "allowed", "verdict", "over", "by_word"} <= line.keys()
    (flank,) = (
        line
        for line in found["limits"]
        if (line["limit"], line["holder"], line["category"]) == ("flank_active", "EAST", "armoured_combat_vehicle")
    )
    assert (flank["declared"], flank["observed"], flank["allowed"]) == (5_850, {"low": 5_780, "high": 5_965}, 5_900)
    assert flank["over"] == "possible"
    assert flank["by_word"]["declared"]["over"] == "excluded"
    assert [visit["place"] for visit in found["would_settle"]] == ["north-caucasus", "odessa"]


def test_the_page_names_the_best_place_to_look(call: Call) -> None:
    """The text says what is possible, what would settle it, and whose claim makes a difference."""
    code, out, _ = call("cfe", "check", str(EXAMPLES / "observed.toml"))
    assert code == 3
    assert "over: possible" in out
    assert "1. North Caucasus Military District" in out
    assert "RUS: DEU, battle tanks" in out
    assert call("cfe", "check", str(EXAMPLES / "observed.toml"), "--by", "RUS")[0] == 1
    assert "over: excluded" in call("cfe", "check", str(EXAMPLES / "observed.toml"), "--all")[1]


def test_the_table_of_1995_is_below_every_level(call: Call) -> None:
    """No State of the table of November 1995 is above its maximum level, nor the West above a limit."""
    found = document(call, "cfe", "check", str(EXAMPLES / "residual_1995.csv"))
    levels = {line["verdict"] for line in found["limits"] if line["limit"] in ("maximum_level", "single_state")}
    assert levels == {"ok"}
    assert found["verdict"] == "cannot_tell"
    assert "USA" in found["nothing_told_of"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "CHN"), "claims nothing in this file; there are combined, declared, RUS"),
        (("--way", "CFE:IX.9=round_up"), "There is no disputed place"),
        (("--way", "IX.1(B)=round_ups"), "Did you mean round_up"),
    ],
)
def test_options_that_name_nothing(call: Call, words: tuple[str, ...], said: str) -> None:
    """A word or way that there is none of is refused with those there are."""
    code, _, err = call("cfe", "check", str(EXAMPLES / "observed.toml"), *words)
    assert code == 2
    assert said in err


def test_faults_end_in_two(call: Call, tmp_path: Path) -> None:
    """Every fault stands in the message and in the JSON, with its line."""
    path = tmp_path / "held.csv"
    path.write_text(HEAD + "1996-01-01,RUS,tank,1\n1996-01-01,ITA,acv,2.986\n")
    code, _, err = call("cfe", "check", str(path))
    assert code == 2
    assert "line 2, district" in err
    assert "write 2986" in err
    assert len(document(call, "cfe", "check", str(path))["error"]["faults"]) == 2


def test_before_the_limits_bind(call: Call, tmp_path: Path) -> None:
    """In 1994 the numbers are shown and not judged."""
    path = tmp_path / "held.csv"
    path.write_text(HEAD + "1994-01-01,DEU,tank,9000\n")
    code, out, _ = call("cfe", "check", str(path))
    assert code == 0
    assert "The limits bind from 1995-11-17 on" in out
    assert "not yet binding" in out


def test_places_and_levels(call: Call) -> None:
    """The areas, and the levels with what does not work out, are listed."""
    assert "kaliningrad" in call("cfe", "places")[1]
    assert {"place": "kaliningrad", "state": "RUS", "zone": "inner", "storage": "yes"} in document(
        call, "cfe", "places"
    )["places"]
    found = document(call, "cfe", "levels", "--at", "1999-01-01")
    (usa,) = (row for row in found["levels"] if row["holder"] == "USA")
    assert usa["armoured_combat_vehicle"] == {"low": 5_152, "high": 5_152}
    assert found["doubts"]
    assert "2,020" in call("cfe", "levels")[1]


def test_what_is_told_beside_holdings(call: Call) -> None:
    """A file of duties alone needs no holdings; a count of 1996 leaves open what was reduced when the phases ended."""
    code, out, _ = call("cfe", "check", str(EXAMPLES / "duties.toml"), "--all")
    assert code == 3
    assert "declare nothing" not in out
    found = document(call, "cfe", "check", str(EXAMPLES / "duties.toml"))
    told = {one["provision"] for one in found["findings"]}
    assert {"CFE:VIII.7", "CFE:VIII.4(C)", "CFE:X.7", "CFE:X.8", "CFE:V.2", "CFE:IV.5"} <= told
    still = {one["provision"] for one in found["findings"] if one["verdict"] != "ok"}
    assert still == {"CFE:VIII.4(A)", "CFE:VIII.4(B)", "CFE:VIII.4(C)"}


def test_notified_levels_are_judged(call: Call) -> None:
    """The example of two partners keeps Article VII, and its levels stand in the place of those stored."""
    found = document(call, "cfe", "check", str(EXAMPLES / "levels.toml"))
    told = {one["provision"] for one in found["findings"]}
    assert {f"CFE:VII.{number}" for number in range(1, 7)} <= told
    seventh = [one for one in found["findings"] if one["provision"].startswith("CFE:VII.")]
    still = [one for one in seventh if one["verdict"] != "ok"]
    assert [one["verdict"] for one in still] == ["cannot_tell"]
    assert "flank" in still[0]["why"]  # no other ally tells its levels by area
    assert len(still[0]["needs"]) >= 14
    levels = {
        (one["limit"], one["holder"]): one["allowed"] for one in found["limits"] if one["category"] == "artillery"
    }
    assert levels["maximum_level", "DEU"] == 2_655
    assert levels["flank_active", "NOR"] == 577


def test_meetings_are_judged(call: Call) -> None:
    """The example keeps what it tells of; a provision asked for stands alone."""
    code, out, _ = call("cfe", "meetings", str(EXAMPLES / "meetings.toml"))
    assert code == 0
    assert "JCG.6" in out
    found = document(call, "cfe", "meetings", str(EXAMPLES / "meetings.toml"), "--provision", "JCG.6")
    assert [one["provision"] for one in found["findings"]] == ["CFE:JCG.6"]
    assert found["verdict"] == "ok"
