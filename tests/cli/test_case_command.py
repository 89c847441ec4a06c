"""``skywitness case`` as people and scripts use it: lists, replays, statements, refusals, languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

from skywitness.consult.words import loaded_words

WITHDRAWAL = "open-skies/us-withdrawal-2020"


def test_the_list_has_every_case_by_its_key(skywitness: Skywitness) -> None:
    """Keys, days and questions, in JSON and as a page that cuts no key off."""
    told = skywitness("case", "list", "--json").json["cases"]
    assert {"inf/9m729", WITHDRAWAL} <= {one["key"] for one in told}
    ran = skywitness("case", "list", columns=40)
    assert ran.code == 0
    assert all(one["key"] in ran.out for one in told)


def test_a_day_of_the_withdrawal(skywitness: Skywitness) -> None:
    """On 1 June 2020 the notice runs, the conference is ahead, 34 States are Parties and Georgia's pause is told."""
    told = skywitness("case", "show", WITHDRAWAL, "--at", "2020-06-01", "--known", "2020-06-01", "--json").json
    assert (told["at"], told["known"], told["case"]) == ("2020-06-01", "2020-06-01", WITHDRAWAL)
    (treaty,) = told["states"]["treaties"]
    assert (treaty["in_force"], treaty["parties"]) == (True, 34)
    clocks = {one["id"]: (one["state"], one["due"]) for one in told["states"]["clocks"]}
    assert clocks["withdrawal"] == ("running", "2020-11-22")
    assert clocks["withdrawal_conference"] == ("waiting", "2020-07-21")
    june = {(one["by"], one["towards"]) for one in treaty["pairs"]}
    assert ("RUS", "USA") in june  # the pause of June 2020 was agreed among all
    assert "geo-towards-rus-2012" in {one["id"] for one in told["states"]["performing"]}
    assert {one["id"] for one in told["events"]} == {
        "usa-claims-2020",
        "usa-intent-2020",
        "usa-notice-2020",
        "rus-response-2020",
        "eleven-2020",
        "nac-2020",
        "rus-denial-2020",
        "rus-strip-2020",
    }
    assert told["states"]["open_claims"] == ["usa-claims-2020"]
    assert {row["question"] for row in told["by_reading"]} == {"usa-leaves"}
    assert all(row["findings"] and row["reading"]["known"] == "2020-06-01" for row in told["by_reading"])
    assert told["about"] is None


def test_after_both_have_left(skywitness: Skywitness) -> None:
    """On 18 December 2021 the treaty goes on among 32, and both clocks are done."""
    told = skywitness("case", "show", "us-withdrawal-2020", "--at", "2021-12-18", "--json").json
    (treaty,) = told["states"]["treaties"]
    gone = {one["state"] for one in treaty["standings"] if one["status"] == "withdrawn"}
    assert (treaty["parties"], gone) == (32, {"USA", "RUS"})
    done = [one["event"] for one in told["states"]["clocks"] if one["id"] == "withdrawal" and one["state"] == "done"]
    assert done == ["usa-notice-2020", "rus-notice-2021"]


def test_the_page_takes_no_side(skywitness: Skywitness) -> None:
    """The page of the 9M729 holds events, claims, clocks, tables and sources; loaded words only as quotations."""
    ran = skywitness("case", "show", "9M729", "--at", "2019-02-02", "--findings", columns=100)
    assert ran.code == 0
    for heading in ("On this day", "What happened", "Claims", "Who says what", "Clocks", "Question", "Sources"):
        assert heading in ran.out
    text = " ".join(ran.out.split())
    plain = text.replace("“denial and obfuscation”", "").replace("“material breach”", "")
    assert "“material breach”" in text
    assert not [word for word in loaded_words(plain.split("Question")[0]) if word != "Findings"]
    assert "What would settle it" in ran.out


def test_a_question_alone(skywitness: Skywitness) -> None:
    """With --question only that one is answered; an unknown one is refused with those there are."""
    told = skywitness("case", "show", "9m729", "--question", "armed-drones", "--json").json
    assert {row["question"] for row in told["by_reading"]} == {"armed-drones"}
    ran = skywitness("case", "show", "9m729", "--question", "drones")
    assert ran.code == 2
    assert "class-of-9m729" in ran.err


def test_the_example_is_a_case(skywitness: Skywitness, tmp_path: Path) -> None:
    """What `case example` prints can be checked and shown; that the law data know no such notice is told."""
    file = tmp_path / "example.toml"
    file.write_text(skywitness("case", "example").out, encoding="utf-8")
    checked = skywitness("case", "check", file, "--json")
    assert (checked.code, checked.json["faults"], checked.json["key"]) == (0, [], "open-skies/example")
    told = skywitness("case", "show", file, "--at", "2027-03-01", "--json").json
    assert told["states"]["conflicts"][0]["other"] is None
    assert told["states"]["treaties"][0]["in_force"]
    assert skywitness("case", "show", file, "--at", "2027-08-01").code == 0


def test_a_broken_file_is_refused_once_with_everything(skywitness: Skywitness, tmp_path: Path) -> None:
    """Dangling references, an effect too early, no source, loaded words: all with their places, exit code 2."""
    text = skywitness("case", "example").out
    broken = (
        text.replace('responds_to = ["claim"]', 'responds_to = ["nothing"]')
        .replace('what = "Turkey gives notice of withdrawal."', 'what = "Turkey cheats and gives notice."')
        .replace("effective_from = 2027-07-10", "effective_from = 2027-06-10")
        .replace('sources = ["note"]', "sources = []")
    )
    file = tmp_path / "broken.toml"
    file.write_text(broken, encoding="utf-8")
    ran = skywitness("case", "check", file, "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == "bad_case"
    assert {one["where"] for one in ran.json["error"]["faults"]} == {
        "events[1].responds_to",
        "events[2].what",
        "events[2].effective_from",
        "events[2].sources",
    }


@pytest.mark.parametrize(
    ("arguments", "met"),
    [
        (("show", "kaliningrad-600"), "No case is called"),
        (("show", "9m72"), "9m729"),
        (("show", "none.toml"), "no such file"),
        (("show", "9m729", "--at", "tomorrow"), "no day"),
        (("statements", WITHDRAWAL, "--compare", "eleven-2020"), "give --compare twice"),
        (("statements", WITHDRAWAL, "--compare", "eleven-2020", "--compare", "x"), "There is no event 'x'"),
        (("statements", WITHDRAWAL, "--group", "PRESS"), "are not known here"),
    ],
)
def test_wrong_calls(skywitness: Skywitness, arguments: tuple[str, ...], met: str) -> None:
    """Each is refused with one sentence and exit code 2."""
    ran = skywitness("case", *arguments, columns=200)
    assert ran.code == 2
    assert met in " ".join(ran.err.split())


def test_statements_and_what_two_share(skywitness: Skywitness) -> None:
    """The eleven are held against Parties and alliances; with Russia's answer they share two propositions."""
    told = skywitness("case", "statements", WITHDRAWAL, "--group", "NATO", "--json").json["statements"]
    first = told[0]
    assert (first["event"], len(first["signers"]), len(first["parties_that_did_not_sign"])) == ("eleven-2020", 11, 23)
    assert first["groups"][0]["group"] == "NATO"
    both = ("--compare", "eleven-2020", "--compare", "rus-response-2020")
    pair = skywitness("case", "statements", WITHDRAWAL, *both, "--json").json
    assert [one["proposition"] for one in pair["shared"]] == ["regret", "go-on"]
    page = skywitness("case", "statements", WITHDRAWAL, *both, columns=120).out
    assert "Both say the same" in page
    assert skywitness("case", "statements", WITHDRAWAL).code == 0


def test_consensus_of_a_file(skywitness: Skywitness, tmp_path: Path) -> None:
    """A silence procedure in a file: open within its time, not adopted after an objection."""
    text = skywitness("case", "example").out
    text = (
        text[: text.index("[[questions]]")]
        + """
[[events]]
id = "proposal"
on = 2027-02-01
step = "proposal"
actors = ["OSCC"]
capacity = "organ"
provisions = ["OS:X.2"]
what = "The Chair proposes a distribution under silence."
silence_until = 2027-02-15
sources = ["paper"]
[[events]]
id = "objection"
on = 2027-02-10
step = "objection"
actors = ["TUR"]
capacity = "party"
provisions = ["OS:X.2"]
what = "Turkey objects."
responds_to = ["proposal"]
sources = ["paper"]
"""
    )
    file = tmp_path / "silence.toml"
    file.write_text(text, encoding="utf-8")
    results = [
        skywitness("case", "consensus", file, "--at", day, "--json").json["proposals"][0]["result"]
        for day in ("2027-02-05", "2027-02-12", "2027-02-16")
    ]
    assert results == ["open", "open", "not_adopted"]
    page = skywitness("case", "consensus", file, "--at", "2027-02-16", columns=100).out
    assert "not adopted: TUR objects" in page
    assert "No proposal" in skywitness("case", "consensus", WITHDRAWAL).out


def test_in_vietnamese(skywitness: Skywitness) -> None:
    """Words of a case and of the page are Vietnamese; keys of JSON and of the case stay."""
    ran = skywitness("case", "show", "9m729", "--at", "2018-10-25", lang="vi", columns=100)
    assert ran.code == 0
    assert "Hội đồng Bắc Đại Tây Dương họp" in ran.out
    assert "In force" not in ran.out
    assert "On this day" not in ran.out
    told = skywitness("case", "show", "9m729", "--at", "2018-10-25", "--json", lang="vi").json
    assert told["title"] == "9M729 (SSC-8) theo Hiệp ước INF"
    assert "by_reading" in told


def test_a_day_beyond_the_calendars_is_refused(skywitness: Skywitness) -> None:
    """Times that run from the last days of all would end in no year: such a day is refused, the last year is not."""
    ran = skywitness("case", "show", "turkey-2016", "--at", "9999-12-31")
    assert ran.code == 2
    assert "--at: 9999-12-31 is after 2199" in ran.err
    assert skywitness("case", "show", "cfe/suspensions-2007-2024", "--at", "2199-12-31").code == 0
