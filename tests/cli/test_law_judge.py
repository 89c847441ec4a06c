"""``skywitness law judge`` as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

FACTS = """
said_by = "delegation of Germany"
complete = [2007]

[[year_quota]]
party = "USA"
year = 2007
over = { DEU = 13 }
source = "draft distribution"
"""


def test_the_slip_over_poland_comes_out(skywitness: Skywitness) -> None:
    """The known slip of the first distribution is a finding with its article and its numbers; the exit code is 1."""
    ran = skywitness("law", "judge", "open-skies", "--at", "2003-06-01", "--provision", "A.II.1", "--json")
    assert ran.code == 1
    assert ran.json["verdict"] == "breach"
    (broken,) = (one for one in ran.json["findings"] if one["verdict"] == "breach")
    assert (broken["provision"], broken["measured"], broken["limit"], broken["margin"]) == ("OS:A.II.1", 5, 4, -1.0)
    assert {"value": 6, "key": "passive_quota"}.items() <= broken["values"][-1].items()


@pytest.mark.parametrize(
    ("day", "provision", "code"),
    [
        ("2002-06-01", "III.II.3(B)", 0),
        ("2002-06-01", "A.III", 1),
        ("2015-06-01", "III.I.3", 3),
        ("2001-06-01", "XVII.2", 0),
    ],
)
def test_exit_codes(skywitness: Skywitness, day: str, provision: str, code: int) -> None:
    """0 kept or nothing to judge, 1 a breach, 3 something cannot be told."""
    assert skywitness("law", "judge", "open-skies", "--at", day, "--provision", provision).code == code


def test_the_page_tells_breach_right_and_need(skywitness: Skywitness, tmp_path: Path) -> None:
    """A draft distribution of one's own is judged; the page says who told it, what is broken, and who may do what."""
    facts = tmp_path / "year.toml"
    facts.write_text(FACTS, encoding="utf-8")
    ran = skywitness("law", "judge", "open-skies", "--at", "2007-06-01", "--facts", facts, columns=200)
    assert ran.code == 1
    assert "told by: delegation of Germany" in ran.out
    assert "Others have 13 flights over DEU (USA 13)" in ran.out
    assert "OS:III.I.3: DEU may ask for up to 13 flights more over USA" in ran.out
    assert "DEU may now: decline the flights beyond that number" in ran.out


def test_a_reading_decides_what_equal_means(skywitness: Skywitness, tmp_path: Path) -> None:
    """With the reading of equal numbers the first distribution breaks III.I.3; the day of the call holds."""
    reading = tmp_path / "reading.toml"
    reading.write_text('at = 2015-01-01\n[interpretations]\n"III.I.3" = "equal_numbers"\n', encoding="utf-8")
    call = ("law", "judge", "open-skies", "--at", "2002-06-01", "--provision", "III.I.3", "--json")
    assert skywitness(*call).code == 0
    strict = skywitness(*call, "--reading", reading)
    assert strict.code == 1
    assert strict.json["reading"]["at"] == "2002-06-01"
    assert sum(one["verdict"] == "breach" for one in strict.json["findings"]) == 19


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--at", "2007-06-01", "--provision", "A.II.9"), "no provision"),
        (("--at", "2007-06-01", "--facts", "nowhere.toml"), "nowhere.toml"),
        (("--at", "yesterday"), "no day"),
        ((), "--at"),
    ],
)
def test_wrong_calls_are_refused(skywitness: Skywitness, arguments: tuple[str, ...], words: str) -> None:
    """A wrong call ends with 2 and one sentence."""
    ran = skywitness("law", "judge", "open-skies", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_wrong_facts_are_refused_with_all_faults(skywitness: Skywitness, tmp_path: Path) -> None:
    """Facts with two faults are refused once, with both."""
    facts = tmp_path / "year.toml"
    facts.write_text(FACTS.replace('"USA"', '"US"').replace("13", "1300"), encoding="utf-8")
    ran = skywitness("law", "judge", "open-skies", "--at", "2007-06-01", "--facts", facts, "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == "bad_facts"
    assert len(ran.json["error"]["faults"]) == 2


def test_it_speaks_vietnamese(skywitness: Skywitness) -> None:
    """Reasons, rights and needs are in Vietnamese; no English sentence is left."""
    ran = skywitness("law", "judge", "open-skies", "--at", "2003-08-01", lang="vi", columns=300)
    for english in ("flights over", "is not known", "must accept", "may ask", "The text", "no maximum"):
        assert english not in ran.out, english
    assert "chuyến bay" in ran.out


def test_a_provision_that_nothing_here_judges_is_not_told_as_kept(skywitness: Skywitness) -> None:
    """Asked for what only a flight is judged by, the command says that nothing was judged."""
    call = ("law", "judge", "open-skies", "--at", "2012-01-01", "--provision", "VI.I.1")
    page = skywitness(*call, columns=200)
    assert page.code == 0
    assert "Nothing was judged" in page.out
    assert "kept" not in page.out
    assert skywitness(*call, "--json").json["verdict"] == "not_applicable"
