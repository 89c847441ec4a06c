"""Refusals that say what to do instead: airfields to choose from, claims there are, the group to fly over."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.rules.claims import known_claims, unknown_claims

if TYPE_CHECKING:
    from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Write one site in Belarus."""
    file = tmp_path / "sites.csv"
    file.write_text("name,lon,lat,value\nMinsk,27.5,53.9,1\n", encoding="utf-8")
    return file


def call(sites: Path, over: str, start: str) -> list[str]:
    """Ask for a plan."""
    return ["plan", "--over", over, "--by", "POL", "--from", start, "--at", "2019-06-05", "--sites", str(sites)]


@pytest.mark.parametrize(
    ("over", "start", "told"),
    [
        ("USA", "KDOV", "The Open Skies airfields of USA on 2019-06-05 are KIAD (Washington Dulles), "),
        ("GEO", "UGTB", "know no Open Skies airfield of GEO on 2019-06-05; give one in the facts ([[airfield]])"),
    ],
)
def test_an_unknown_airfield_is_answered_with_those_there_are(
    skywitness: Skywitness, sites: Path, over: str, start: str, told: str
) -> None:
    """Who does not know the airfields of a Party learns them from the refusal, or that nobody published them."""
    ran = skywitness(*call(sites, over, start))
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(("over", "hinted"), [("BLR", True), ("BLR-RUS", False)])
def test_a_member_without_an_airfield_is_observed_with_its_group(
    skywitness: Skywitness, sites: Path, monkeypatch: pytest.MonkeyPatch, over: str, hinted: bool
) -> None:
    """Where no route is found because the airfield lies in the other member, the refusal names the group."""

    def find_nothing(*_: object) -> None:
        raise InputError("no_route", say("no flight is found"), "sites")

    monkeypatch.setattr("skywitness.route.planner.planner.plan", find_nothing)
    ran = skywitness(*call(sites, over, "UUMB"))
    assert ran.code == 2
    assert "no flight is found" in ran.err
    assert ("--over BLR-RUS does" in ran.err) is hinted


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("plan", "--over", "BLR", "--by", "XYZ", "--from", "UMMS", "--at", "2019-06-05"), "--by"),
        (("plan", "--over", "BLR", "--by", "POL", "--from", "EPWA", "--at", "2019-06-05"), "--from"),
        (("plan", "--over", "RUS", "--by", "POL", "--from", "UUMB", "--to", "EPWA", "--at", "2019-06-05"), "--to"),
        (("law", "history", "open-skies", "--from", "2020-01-01", "--to", "2019-01-01"), "--from"),
        (("law", "diff", "open-skies", "--from", "2020-01-01", "--to", "2019-01-01"), "--from"),
        (("law", "diff", "open-skies", "--from", "2019-01-01", "--to", "2020-01-01", "--section", "x"), "--section"),
        (("law", "value", "open-skies", "passive_quota", "--at", "2019-01-01"), "--subject"),
        (("law", "value", "open-skies", "nothing_such", "--at", "2019-01-01"), "KEY"),
        (("law", "reach", "--at", "1999-01-01"), "--at"),
    ],
)
def test_a_refusal_names_the_option_that_a_field_was_given_by(
    skywitness: Skywitness, sites: Path, words: tuple[str, ...], where: str
) -> None:
    """Services know fields and no options: the command line names its own option for the field refused."""
    ran = skywitness(*words, *(("--sites", sites) if words[0] == "plan" else ()), "--json")
    assert ran.code == 2
    assert ran.json["error"]["where"] == where


@pytest.mark.parametrize("option", ["--reading", "--facts"])
def test_a_claim_nobody_knows_is_refused(skywitness: Skywitness, tmp_path: Path, option: str) -> None:
    """A slip in the name of a claim would change nothing, unseen: the refusal names the claims there are."""
    file = tmp_path / "claims.toml"
    file.write_text('accepted_claims = ["rus-abkhasia-states"]\n', encoding="utf-8")
    ran = skywitness("check", EXAMPLES / "plan.json", option, file)
    assert ran.code == 2
    assert "'rus-abkhasia-states'" in ran.err
    assert all(claim in ran.err for claim in known_claims())


def test_claims_may_be_named_in_three_ways() -> None:
    """By their full name, without who claims, and by the code of the area that is claimed to be a State."""
    assert not unknown_claims([*known_claims(), "kaliningrad-500km", "X-ABKHAZIA"])
    assert unknown_claims(["X-abkhazia", "500km"]) == ("X-abkhazia", "500km")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [(["--view", "french"], "--view"), (["--hazards", "pipe"], "pipe"), (["--borders", "pipe"], "pipe")],
)
def test_options_of_a_check_are_refused_where_they_stand(
    skywitness: Skywitness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], place: str
) -> None:
    """A view that does not exist is the fault of ``--view``; a pipe is not waited for."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    ran = skywitness("check", EXAMPLES / "plan.json", *arguments)
    assert ran.code == 2
    assert ran.err.startswith(f"skywitness: {place}: ")


def test_a_state_elsewhere_is_told_to_be_none_of_the_region(skywitness: Skywitness) -> None:
    """China is a State; it is only none that observation flights concern."""
    ran = skywitness("sites", "airfields", "--in", "CHN")
    assert ran.code == 2
    assert ran.err.startswith("skywitness: --in: 'CHN' is no State or group of the region here")


def test_findings_agree_with_their_numbers(skywitness: Skywitness, tmp_path: Path) -> None:
    """Facts of another day give no negative hours, one leg is no "legs", and what is missing is named."""
    facts = tmp_path / "facts.toml"
    text = (EXAMPLES / "facts.toml").read_text(encoding="utf-8")
    facts.write_text(text.replace("2019-09-", "2019-12-"), encoding="utf-8")
    for told in (
        skywitness("check", EXAMPLES / "plan.json", "--facts", facts),
        skywitness("check", EXAMPLES / "plan.json"),
    ):
        words = " ".join(told.out.split())
        sentences = re.sub(r"measured .*?margin \S+ \w+", "", words)
        assert not re.search(r"-\d+(\.\d+)? h (before|after)", sentences)
        assert not re.search(r"\b1 (flights|legs|cameras|persons|degrees|times)\b", words)
        assert not re.search(r"\blegs \d+\b(?!,)", words)
        assert "a time is not known" not in words
    assert "without knowing when the flight was notified (times.notification_utc)" in words
