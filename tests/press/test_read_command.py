"""``skywitness read`` as people and scripts use it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Skywitness = Callable[..., Any]

TEXT = """WASHINGTON, 24 May 2020

The United States announced that it would withdraw from the Treaty on Open Skies within six months. The treaty was
signed in 1992 and entered into force in 2001. The parties are: Belgium, Canada, Denmark, Estonia, Finland, France and
Kazakhstan. Moscow spoke of an An-30B.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Write an article."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_has_the_fields_scripts_rely_on(skywitness: Skywitness, article: Path) -> None:
    """All fields of the interface are there, and an article ends in 0, whatever it says."""
    ran = skywitness("read", article, "--json")
    assert ran.code == 0
    found = ran.json
    promised = "language date states instruments dates weapons organs lists checks proposed_events"
    assert set(promised.split()) <= set(found)
    assert (found["language"], found["date"], found["dated_by"]) == ("en", "2020-05-24", "dateline")
    assert "USA" in [one["code"] for one in found["states"]]
    assert [one["key"] for one in found["instruments"]] == ["open-skies"]
    assert {"claimed", "against", "missing", "extra"} <= set(found["lists"][0])
    assert found["lists"][0]["extra"] == ["KAZ"]
    assert all({"sentence", "verdict", "source"} <= set(one) for one in found["checks"])
    assert [one["verdict"] for one in found["checks"] if one["kind"] == "in_force"] == ["differs"]


def test_the_page_says_it_in_words(skywitness: Skywitness, article: Path) -> None:
    """People see what is named, each check with its mark, its sentence and its source."""
    ran = skywitness("read", article, columns=110)
    assert ran.code == 0
    assert "✗ Treaty on Open Skies, entry into force: the article has 2001, but the law has 2002-01-01." in ran.out
    assert "KAZ" in ran.out
    assert "Source: " in ran.out


def test_the_page_in_vietnamese(skywitness: Skywitness, article: Path) -> None:
    """The page speaks Vietnamese."""
    ran = skywitness("read", article, lang="vi", columns=110)
    assert ran.code == 0
    assert "Hiệp ước" in ran.out
    assert "Sentences that the law can check" not in ran.out


def test_propose_prints_a_case_file_only(skywitness: Skywitness, article: Path) -> None:
    """What is proposed is a case file that ``case check`` takes as it is, and no file is written."""
    before = sorted(article.parent.iterdir())
    ran = skywitness("read", article, "--propose")
    assert ran.code == 0
    (event,) = tomllib.loads(ran.out)["events"]
    assert (event["step"], event["actors"], event["treaty"]) == ("intent", ["USA"], "open-skies")
    assert event["quote"].startswith("The United States announced")
    assert sorted(article.parent.iterdir()) == before
    (told,) = skywitness("read", article, "--json").json["proposed_events"]
    assert told == {**event, "on": event["on"].isoformat()}
    draft = article.with_name("draft.toml")
    draft.write_text(ran.out, encoding="utf-8")
    assert skywitness("case", "check", draft).code == 0


def test_the_day_given_goes_before(skywitness: Skywitness, article: Path) -> None:
    """``--at`` is taken, and with it the Parties of that day."""
    found = skywitness("read", article, "--at", "2022-05-24", "--json").json
    assert (found["date"], found["dated_by"]) == ("2022-05-24", "given")
    assert next(one["number"] for one in found["lists"][0]["comparisons"] if one["against"] == "parties") == 32


def test_a_refusal_names_the_file(skywitness: Skywitness, tmp_path: Path) -> None:
    """A file that is missing, or in another language, ends in 2 with one sentence."""
    other = tmp_path / "pl.txt"
    other.write_text("Traktat o otwartych przestworzach został podpisany w 1992 roku przez Polskę i inne państwa.")
    assert skywitness("read", tmp_path / "none.txt").code == 2
    ran = skywitness("read", other, "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "unknown_language")
    assert "pl" in ran.json["error"]["message"]


@pytest.mark.parametrize(("name", "told"), [("-", "/dev/stdin"), ("https://example.org/a.html", "Nothing is fetched")])
def test_what_is_no_file_is_told_what_to_do(skywitness: Skywitness, name: str, told: str) -> None:
    """An address and a dash are refused with what helps instead."""
    ran = skywitness("read", name)
    assert ran.code == 2
    assert told in ran.err


def test_a_proposal_has_the_title_of_its_article(skywitness: Skywitness, tmp_path: Path) -> None:
    """The source of a proposed case is titled as the page is."""
    page = tmp_path / "page.html"
    words = "On 18 June 2021 Russia gave notice that it withdraws from the Treaty on Open Skies."
    page.write_text(f"<html><head><title>Moscow leaves</title></head><body><p>{words}</p></body></html>", "utf-8")
    ran = skywitness("read", page, "--at", "2021-06-18", "--propose")
    assert tomllib.loads(ran.out)["sources"][0]["title"] == "Moscow leaves"
