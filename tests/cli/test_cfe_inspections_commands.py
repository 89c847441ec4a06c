"""``skywitness cfe inspections``, ``quotas``, ``exchange``, ``calendar``, ``timeline`` as their users meet them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "cfe"


@pytest.mark.parametrize("name", ["inspections", "exchange", "timeline"])
def test_examples_are_kept(skywitness: Skywitness, name: str) -> None:
    """Each example is a whole file that breaks nothing, as page and as JSON, in both languages."""
    document = skywitness("cfe", name, EXAMPLES / f"{name}.toml", "--json")
    assert document.code == 0
    assert document.json["verdict"] == "ok"
    assert document.json["findings"]
    page = skywitness("cfe", name, EXAMPLES / f"{name}.toml")
    assert page.code == 0
    other = skywitness("cfe", name, EXAMPLES / f"{name}.toml", lang="vi")
    assert other.code == 0
    assert "KEPT" not in other.out


def test_a_breach_and_what_is_open(skywitness: Skywitness, tmp_path: Path) -> None:
    """A breach ends with 1, what cannot be told with 3, and a broken file with 2 and all its faults."""
    text = (EXAMPLES / "inspections.toml").read_text(encoding="utf-8")
    file = tmp_path / "told.toml"
    file.write_text(text.replace("escort_met_team = true", "escort_met_team = false"), encoding="utf-8")
    found = skywitness("cfe", "inspections", file, "--json", "--provision", "INSP.V.1")
    assert (found.code, [one["verdict"] for one in found.json["findings"]]) == (1, ["breach"])
    file.write_text(text.replace("returned_utc = 1999-03-13T05:00:00Z\n", ""), encoding="utf-8")
    assert skywitness("cfe", "inspections", file).code == 3
    file.write_text(text.replace("crew = 4", 'crew = "four"\nteam = 3'), encoding="utf-8")
    refused = skywitness("cfe", "inspections", file, "--json")
    assert refused.code == 2
    assert len(refused.json["error"]["faults"]) == 2


def test_what_depends_on_the_reading(skywitness: Skywitness, tmp_path: Path) -> None:
    """A quota told after one way of rounding is kept under it and broken under the others; all are told."""
    file = tmp_path / "told.toml"
    file.write_text(
        '[[party]]\nid = "p"\nstate = "UKR"\nday = 2000-01-01\nobjects = 11\ndeclared_site_quota = 2\n',
        encoding="utf-8",
    )
    down = skywitness("cfe", "inspections", file, "--json")
    up = skywitness("cfe", "inspections", file, "--json", "--way", "CFE:IX.1(B)=round_up")
    assert (down.code, up.code) == (1, 0)
    row = next(one for one in down.json["by_reading"] if one["provision"] == "CFE:INSP.II.10(D)")
    assert set(row["verdicts"].values()) == {"ok", "breach"}
    assert "round_up" in skywitness("cfe", "inspections", file).out


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("--way", "CFE:II.1=x"), "no disputed place"),
        (("--way", "IX.1(B)=sideways"), "has no way"),
        (("--accept", "nobody"), "No suspension"),
        (("--provision", "INSP.II.99"), "no provision"),
    ],
)
def test_wrong_readings_are_refused(skywitness: Skywitness, call: tuple[str, str], words: str) -> None:
    """One sentence each, and exit code 2."""
    found = skywitness("cfe", "inspections", EXAMPLES / "inspections.toml", *call)
    assert found.code == 2
    assert words in found.err


def test_quotas(skywitness: Skywitness) -> None:
    """200 objects in the residual period: 30 inspections and 6 or 7 challenges, as one rounds."""
    found = skywitness("cfe", "quotas", "Ukraine", "--objects", 200, "--at", "2000-01-01", "--json")
    assert [(one["rounding"], one["declared_site"], one["challenge"]) for one in found.json["quotas"]] == [
        ("exact", 30, 6),
        ("round_down", 30, 6),
        ("round_up", 30, 7),
        ("round_nearest", 30, 7),
    ]
    assert skywitness("cfe", "quotas", "UKR", "--objects", 200).code == 0
    page = skywitness("cfe", "quotas", "UKR", "--objects", 200).out
    assert "Rounding: exact, round_down" in page
    assert page.count("Rounding:") == 2
    left = skywitness("cfe", "quotas", "RUS", "--objects", 200, "--at", "2024-01-01")
    assert (left.code, "RUS is no Party on 2024-01-01" in left.err) == (2, True)
    for wrong in (("UKR", "--objects", "-1"), ("EAST", "--objects", 5), ("UKR", "--objects", 5, "--at", "1991-01-01")):
        assert skywitness("cfe", "quotas", *wrong).code == 2


def test_calendar(skywitness: Skywitness) -> None:
    """The yearly exchange of the year asked for, with its provision."""
    found = skywitness("cfe", "calendar", "--at", "1995-06-01", "--json").json
    assert ("CFE:INFO.VII.1(C)", "1995-12-15") in {(one["provision"], one["due"]) for one in found["duties"]}
    assert "1995-12-15" in skywitness("cfe", "calendar", "--at", "1995-06-01").out
    first = skywitness("cfe", "calendar", "--at", "1996-06-01").out
    assert first.count("1996-05-17") == 1
    assert first.index("1996-12-15") < first.index("1991-02-17")
    later = skywitness("cfe", "calendar", "--at", "2001-06-01", "--json").json
    assert later["review_conferences"] == ["2001-05-17"]
    assert "2001-05-17" in skywitness("cfe", "calendar", "--at", "2001-06-01").out
