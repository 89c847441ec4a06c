"""One file of facts for every command: each reads its own tables, lets others stand, refuses what none knows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Skywitness

from skywitness.core.errors import InputError
from skywitness.law.acts import acts_from_toml
from skywitness.law.fact_tables import CHECK, COMMANDS, EFFECT, JUDGE, READERS, RENAMED, of_others
from skywitness.law.judge.docket_file import read_docket
from skywitness.route.files.facts_file import facts_from_toml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLAN = EXAMPLES / "plan.json"

STORY = """
said_by = "delegation of Sweden"
no_other_flights = true
demonstration_requested_by = "none"
complete = [2027]

[times]
notification_utc = 2019-09-07T06:00:00Z

[aircraft]
provided_by = "observing"

[[agreement]]
id = "crossing"
parties = ["SWE", "FIN"]
provision = "OS:VI.II.4(G)"
scope = "the path may cross itself"
source = "exchange of notes"
from = 2019-09-01
to = 2019-10-01

[[year_quota]]
party = "SWE"
year = 2019
over = { FIN = 1 }
active_total = 1
source = "distribution for 2019"

[[year_quota]]
party = "NOR"
year = 2019
over = { FIN = 1 }
source = "distribution for 2019"

[[transfer]]
id = "from-norway"
giver = "NOR"
receiver = "SWE"
over = "FIN"
flights = 1
year = 2019
on = 2019-02-01
agreed = true
notified = 2019-02-02
source = "note"

[[non_performance]]
id = "fin-towards-swe"
by = ["FIN"]
towards = ["SWE"]
duties = ["OS:III.I.2"]
from = 2019-01-01
claim_of = "FIN"
source = "statement"

[[review]]
id = "review-2019"
year = 2019
adopted = 2018-10-20
source = "journal"

[[planned]]
observing = "SWE"
observed = "FIN"
year = 2019
quarter = 3
flights = 17
source = "notification"

[[designation]]
type = "saab-340b-os-100"
party = "SWE"
from = 2019-03-01
notified = 2019-02-20
source = "note verbale"
"""

DAY = ("open-skies", "--at", "2019-09-12")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The one file."""
    path = tmp_path / "facts.toml"
    path.write_text(STORY, encoding="utf-8")
    return path


def of(document: Any, provision: str) -> list[dict[str, Any]]:
    """The findings of a provision."""
    return [one for one in document["findings"] if one["provision"] == provision]


def test_one_file_serves_three_commands(skywitness: Skywitness, file: Path) -> None:
    """The transfer is a quota held to ``check``, an act to ``law effect``; the designation is judged the same twice."""
    flight = skywitness("check", PLAN, "--facts", file, "--json")
    acts = skywitness("law", "effect", *DAY, "--facts", file, "--json")
    year = skywitness("law", "judge", *DAY, "--facts", file, "--json")
    assert (flight.code, acts.code, year.code) == (1, 0, 1), flight.err + acts.err + year.err
    assert [one["limit"] for one in of(flight.json, "OS:III.I.8")] == [2, 2]
    assert {one["id"] for one in acts.json["facts"]} >= {"crossing", "from-norway", "fin-towards-swe", "review-2019"}
    assert [one["verdict"] for one in of(year.json, "OS:H.2")][:1] == ["breach"]
    notice = [of(document.json, "OS:V.2")[0] for document in (flight, year)]
    assert [(one["verdict"], one["measured"], one["why"]) for one in notice] == [("breach", 9, notice[0]["why"])] * 2
    crossing = next(one for one in acts.json["facts"] if one["id"] == "crossing")
    assert crossing["verdict"] == "ok"


def test_a_reading_may_accept_a_claim_of_the_file(skywitness: Skywitness, file: Path, tmp_path: Path) -> None:
    """Finland's claim in the file: a breach of its own, or, where the reading accepts it, a flight it may refuse."""
    reading = tmp_path / "reading.toml"
    reading.write_text('accepted_claims = ["fin-towards-swe"]\n', encoding="utf-8")
    for more, bearer in (((), "FIN"), (("--reading", reading), "SWE")):
        ran = skywitness("check", PLAN, "--facts", file, *more, "--json")
        assert [one["bearer"] for one in of(ran.json, "OS:III.I.2") if one["verdict"] == "breach"] == [bearer]
    reading.write_text('accepted_claims = ["fin-towards-nor"]\n', encoding="utf-8")
    ran = skywitness("check", PLAN, "--facts", file, "--reading", reading, "--json")
    assert ran.code == 2
    assert "fin-towards-nor" in ran.err + ran.out


def test_the_example_serves_all(skywitness: Skywitness) -> None:
    """examples/facts.toml is read by every command that takes facts."""
    facts = EXAMPLES / "facts.toml"
    assert skywitness("check", PLAN, "--facts", facts, "--json").code in (0, 1, 3)
    assert skywitness("law", "effect", *DAY, "--facts", facts).code == 0
    assert skywitness("law", "judge", *DAY, "--facts", facts).code in (0, 1, 3)


READ: Mapping[str, Callable[[dict[str, Any]], object]] = {
    CHECK: facts_from_toml,
    EFFECT: acts_from_toml,
    JUDGE: read_docket,
}


def refusal(command: str, text: str) -> InputError:
    """The refusal of a file by the reader of a command."""
    with pytest.raises(InputError) as caught:
        READ[command](tomllib.loads(text))
    assert caught.value.kind == "bad_facts"
    return caught.value


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("stray", "near"),
    [("[[agreements]]", "agreement"), ("[[transfers]]", "transfer"), ("[[designations]]", "designation")],
)
def test_a_table_that_nobody_knows_is_refused(command: str, stray: str, near: str) -> None:
    """A misspelt table would be a missing one: every command refuses it and names the nearest there is."""
    error = refusal(command, STORY + stray + "\nid = 'x'\n")
    assert [fault.where for fault in error.faults] == [stray.strip("[]")]
    assert near in str(error.faults[0].message)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_an_old_form_is_refused_with_the_new_one(command: str, old: str, new: str) -> None:
    """Lists under a name that means one table of a flight now are refused by every command, with their new name."""
    text = STORY.replace("[aircraft]\nprovided_by = 'observing'\n", "") if old == "aircraft" else STORY
    text = text.replace('[aircraft]\nprovided_by = "observing"\n', "")
    error = refusal(command, f"{text}[[{old}]]\nparty = 'SWE'\n")
    assert [fault.where for fault in error.faults] == [old]
    assert f"[[{new}]]" in str(error.faults[0].message)


@pytest.mark.parametrize("command", COMMANDS)
def test_all_faults_come_at_once(command: str) -> None:
    """A stray table, an old form and a wrong agreement are three faults of one refusal, whoever reads."""
    text = STORY.replace('parties = ["SWE", "FIN"]', 'parties = ["SWE", "FNI"]') + "[[quota]]\n[[banana]]\n"
    assert {fault.where for fault in refusal(command, text).faults} == {
        "quota",
        "banana",
        "agreement[crossing].parties",
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_lets_the_tables_of_others_stand(command: str) -> None:
    """What only another command reads is not looked into."""
    others = of_others(command)
    assert others
    READ[command]({name: [{"banana": 3}] for name in others if name not in RENAMED})


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_looks_into_its_own_tables(command: str) -> None:
    """Each table that a command reads is refused when it holds what it cannot."""
    for name, commands in READERS.items():
        if command in commands and name not in ("extra", "event"):
            with pytest.raises(InputError):
                READ[command]({name: [{"banana": 3}]})


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('provision = "OS:VI.II.4(G)"', 'provision = "OS:VI.II.4(X)"'), "no provision"),
        (('source = "exchange of notes"\n', ""), "source: missing"),
        (("to = 2019-10-01", "to = 2019-08-01"), "comes before"),
        (("to = 2019-10-01", "legs = [0]"), "whole number from 1"),
        (("to = 2019-10-01", "legs = [true]"), "whole number from 1"),
        (("to = 2019-10-01", "states = ['Finland']"), "no code of a State"),
        (("to = 2019-10-01", "involved = ['XXX']"), "no State or group"),
        (("to = 2019-10-01", "until = 2019-10-01"), "unknown field"),
    ],
)
def test_an_agreement_has_one_form(command: str, change: tuple[str, str], words: str) -> None:
    """The same agreement is refused in the same words whoever reads it."""
    assert change[0] in STORY
    assert words in str(refusal(command, STORY.replace(*change, 1)))


@pytest.mark.parametrize("command", COMMANDS)
def test_who_says_an_agreement_may_stand_for_a_document(command: str) -> None:
    """``said_by`` in place of ``source``; without either there is nobody to answer for it."""
    text = STORY.replace('source = "exchange of notes"', 'said_by = "Embassy of Finland"')
    found = READ[command](tomllib.loads(text))
    assert [one.source for one in found.agreements] == ["Embassy of Finland"]  # type: ignore[attr-defined]
