"""``skywitness vdoc`` as people and scripts use it: examples, exit codes, JSON, languages, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "vdoc"


def test_the_quarrel_is_a_table(skywitness: Skywitness) -> None:
    """The invented quarrel: each reading with what must be notified and observed, by when, and what would settle it."""
    ran = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", "--json")
    assert ran.code == 3
    told = ran.json
    assert (told["instrument"], told["version"], told["binding"]) == ("vienna-document", "2011", "political")
    rows = {
        (one["name"], *one["ways"].values(), activity["id"]): (activity["notify"], activity["observe"])
        for one in told["readings"]
        for activity in one["activities"]
    }
    assert rows[("own", "north")] == ("must", "need_not")
    assert rows[("FIN", "as_conducted", "north")] == ("must", "cannot_tell")
    assert rows[("EST", "as_claimed", "autumn")] == ("must", "must")
    assert told["readings"][0]["activities"][0]["when"]["notify_by"] == "2024-07-30"
    assert all(
        finding["values"][0]["status"] == "recollection"
        for one in told["readings"]
        for activity in one["activities"]
        for finding in activity["findings"]
        if finding["provision"] in ("VD:NOTIFICATION.LAND", "VD:OBSERVATION.LAND")
    )


def test_the_page_says_how_sure_it_is(skywitness: Skywitness) -> None:
    """The page says that the document binds politically and that its numbers are recollection; no loaded words."""
    ran = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", columns=110)
    assert ran.code == 3
    assert "It binds politically, not in law." in ran.out
    assert "recollection" in ran.out
    assert "autumn" in ran.out
    assert "must, by 2024-07-30" in ran.out
    assert "What would settle it" in ran.out
    assert "violat" not in ran.out


def test_what_keeps_everything_ends_with_0(skywitness: Skywitness) -> None:
    """An exercise, a visit and information in time."""
    assert skywitness("vdoc", "check", EXAMPLES / "small.toml").code == 0


def test_one_reading_and_its_findings(skywitness: Skywitness) -> None:
    """With --by and --way one reading is left, whose breach ends with 1; --findings shows the law it rests on."""
    arguments = ("--by", "EST", "--way", "NOTIFICATION.ONE-ACTIVITY=as_claimed")
    ran = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", *arguments, "--findings", columns=120)
    assert ran.code == 1
    assert "Reading: EST" in ran.out
    assert "VD:NOTIFICATION.TIME" in ran.out
    before = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", "--known", "2024-09-10", "--json")
    assert [one["name"] for one in before.json["readings"]] == ["own"]


@pytest.mark.parametrize(
    ("arguments", "met"),
    [
        (("--by", "POL"), "There is no reading 'POL'"),
        (("--way", "NOTIFICATION.ONE=as_claimed"), "VD:NOTIFICATION.ONE-ACTIVITY"),
        (("--way", "NOTIFICATION.ONE-ACTIVITY=claimed"), "as_claimed"),
    ],
)
def test_readings_that_there_are_none_of(skywitness: Skywitness, arguments: tuple[str, ...], met: str) -> None:
    """An unknown reading or way is refused with those there are."""
    ran = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", *arguments, columns=120)
    assert ran.code == 2
    assert met in " ".join(ran.err.split())


def test_a_file_that_cannot_be_used(skywitness: Skywitness, tmp_path: Path) -> None:
    """All faults with their places, as text and as JSON."""
    file = tmp_path / "x.toml"
    file.write_text('at = 2024-01-01\n[[activity]]\nid = "a"\nstates = ["DUE"]\nkind = "lnad"\nstart = 2024-01-05\n')
    ran = skywitness("vdoc", "check", file, "--json")
    assert ran.code == 2
    assert {fault["where"] for fault in ran.json["error"]["faults"]} == {"activity[a].states", "activity[a].kind"}
    assert ran.json["error"]["kind"] == "bad_vdoc"


def test_in_vietnamese(skywitness: Skywitness) -> None:
    """The page in Vietnamese has no English sentence left, and its JSON keeps its keys."""
    ran = skywitness("vdoc", "check", EXAMPLES / "exercise.toml", "--lang", "vi", columns=120)
    assert ran.code == 3
    assert "Văn kiện Viên 2011" in ran.out
    assert "must" not in ran.out
    assert "due by" not in ran.out


def test_the_law_answers_for_it(skywitness: Skywitness) -> None:
    """``law show``, ``value`` and ``coverage`` know the document, its binding force and how sure a number is."""
    shown = skywitness("law", "show", "vienna-document", "--at", "2024-01-01", "--json")
    assert sum(party["status"] == "party" for party in shown.json["parties"]) == 57
    value = skywitness(
        "law",
        "value",
        "vienna-document",
        "notification_threshold",
        "--subject",
        "troops",
        "--at",
        "2024-01-01",
        "--json",
    )
    assert (value.json["value"], value.json["status"]) == (9000, "recollection")
    assert skywitness("law", "coverage", "vienna-document", "--json").json["total"] == 38


RUNNING = """
at = 2024-04-01

[[activity]]
id = "spring"
states = ["DEU"]
kind = "land"
start = 2024-06-01
alert = false
calendar = 2023-11-15

[[activity.account]]
by = "DEU"
basis = "declared"
troops = 14000

[[information]]
state = "DEU"
year = 2025

[[unusual]]
id = "q"
by = "EST"
to = "BLR"
asked_utc = 2024-03-31T12:00:00Z

[[unusual]]
id = "old"
by = "EST"
to = "BLR"
asked_utc = 2024-01-31T12:00:00Z
answered_utc = false
meeting_asked_utc = 2024-02-05T12:00:00Z
meeting_held_utc = false
"""


def test_the_page_lists_what_is_still_to_come(skywitness: Skywitness, tmp_path: Path) -> None:
    """Times that are running are told with who must do what by when; what is over has no day before it any more."""
    file = tmp_path / "x.toml"
    file.write_text(RUNNING)
    ran = skywitness("vdoc", "check", file, columns=200)
    came = ran.out.partition("Still to come")[2]
    assert "spring: DEU must notify all participating States by 2024-04-20." in came
    assert "spring: DEU must invite observers of all participating States by 2024-04-20." in came
    assert "DEU 2025: DEU must give the yearly information by 2024-12-15." in came
    assert "q: BLR must answer EST by 2024-04-02 12:00Z." in came
    assert "old:" not in came
    assert "EST, BLR must now: meet\n" in ran.out


def test_the_page_names_reading_and_size_of_what_is_kept(skywitness: Skywitness, tmp_path: Path) -> None:
    """Activities together: each line names whose reading it is, the provision, and the size that is counted."""
    file = tmp_path / "x.toml"
    file.write_text("complete = true" + RUNNING)
    told = skywitness("vdoc", "check", file, columns=200).out.partition("Activities together")[2]
    assert (
        "own: VD:CONSTRAINTS.YEARLY: DEU, 2024: 6 at most above the size of 13,000 troops; told of 1: spring." in told
    )
