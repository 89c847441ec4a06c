"""Stories of wrong input through the real command line: exit code 2, one sentence, in both forms, nothing written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

SITES = "name,lon,lat,value\nSmolensk,32.0,54.8,1\nTver,35.8,56.8,2\n"
PLAN = {"--over": "BLR-RUS", "--by": "DEU", "--from": "UUMB", "--at": "2019-09-12", "--rounds": "1", "--seed": "1"}

MAY_BE_LEFT_OUT = ("to", "out", "facts", "reading", "borders", "hazards", "terrain", "aircraft", "view")
"""Options whose empty value, such as a variable of a script that was never set, must not pass for their absence."""


@pytest.fixture
def refuse(skywitness: Skywitness, tmp_path: Path) -> Refuse:
    """Run a command that must be refused, in words and in JSON."""
    return Refuse(skywitness, tmp_path)


class Refuse:
    """Runs a call twice, with and without ``--json``, and checks what every refusal has in common."""

    def __init__(self, skywitness: Skywitness, folder: Path) -> None:
        self._skywitness = skywitness
        self._folder = folder

    def __call__(self, *arguments: object) -> dict[str, object]:
        """Give the error object."""
        before = sorted(self._folder.rglob("*"))
        plain = self._skywitness(*arguments)
        scripted = self._skywitness(*arguments, "--json")
        assert (plain.code, plain.out, scripted.code) == (2, "", 2), plain.out or plain.err
        error: dict[str, object] = scripted.json["error"]
        assert set(error) == {"kind", "message", "where", "faults"}
        first = plain.err.splitlines()[0]
        assert first.startswith("skywitness: ")
        assert first.endswith(str(error["message"]))
        assert error["kind"] != "bug", error
        assert "Traceback" not in plain.err
        assert sorted(self._folder.rglob("*")) == before, "something was written"
        return error

    def plan(self, **changes: object) -> dict[str, object]:
        """Refuse a plan that differs from a sound one by the options given; ``None`` leaves one out."""
        options = {**PLAN, "--sites": self.sites(SITES, "good.csv"), "--out": self._folder / "out"}
        options |= {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
        return self("plan", *(word for flag, value in options.items() if value is not None for word in (flag, value)))

    def sites(self, text: str | bytes, name: str = "sites.csv") -> Path:
        """Write a sites file."""
        path = self._folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


def words_of(error: dict[str, object]) -> str:
    """Give everything an error says."""
    return f"{error['where']} {error['message']} {error['faults']}"


@pytest.mark.parametrize(
    ("changes", "kind", "told"),
    [
        ({"by": "XYZ"}, "unknown_party", "XYZ"),
        ({"by": "GER"}, "unknown_party", "DEU"),
        ({"by": "USA", "at": "2021-03-01"}, "not_a_party", "2020-11-22"),
        ({"by": "CYP"}, "not_a_party", "Cyprus"),
        ({"over": "RUS", "by": "BLR"}, "same_party", "BLR"),
        ({"at": "1999-05-01"}, "not_in_force", "2002-01-01"),
        ({"from": "ETNW"}, None, "ETNW"),
        ({"from": "UUU"}, None, "UUU"),
        ({"to": "EDDK"}, None, "EDDK"),
        ({"at": "2019-09-12T06:00"}, "usage", "no zone"),
        ({"at": "2019-02-30"}, "usage", "no day"),
        ({"seconds": "-1"}, "usage", "-1"),
        ({"seconds": "nan"}, "usage", "nan"),
        ({"aircraft": "Concorde"}, None, "Concorde"),
        ({"view": "flat"}, "unknown_view", "flat"),
        ({"lang": "xx"}, "usage", "xx"),
        ({"error_band_km": "1"}, "usage", "--borders"),
        ({"by": None, "over": None}, "usage", "--by"),
        ({"sites": "no-such-file.csv"}, "no_such_file", "no-such-file.csv"),
        ({"facts": "no-such-facts.toml"}, "no_such_file", "no-such-facts.toml"),
        ({"reading": "no-such-reading.toml"}, "no_such_file", "no-such-reading.toml"),
        ({"hazards": "no-such-areas.json"}, None, "no-such-areas.json"),
        ({"terrain": "no-such-heights.tif"}, None, "no-such-heights.tif"),
        ({"borders": "no-such-lines.json"}, None, "no-such-lines.json"),
        *(({name: ""}, "usage", f"--{name} ") for name in MAY_BE_LEFT_OUT),
        ({"by": "D" * 3000}, "usage", "3,000 characters"),
        ({"from": "x" * 3000}, "usage", "3,000 characters"),
        ({"at": "2200-01-01"}, "usage", "2199"),
        ({"at": "9999-12-31"}, "usage", "2199"),
        ({"at": "0001-01-01T00:00+12:00"}, "usage", "calendar"),
        ({"terrain": "."}, "bad_terrain", "folder"),
    ],
)
def test_plans_that_cannot_be(refuse: Refuse, changes: dict[str, object], kind: str | None, told: str) -> None:
    """A wrong Party, day, airfield, number, name or file is refused with what was met."""
    error = refuse.plan(**changes)
    assert kind in (None, error["kind"])
    assert told in words_of(error)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("name,lon,lat,value\n", "no site"),
        ("name,lon,lat,value\nA,32,54,-1\n", "-1"),
        ("name,lon,lat,value\nA,32,54,nan\n", "nan"),
        ("name,lon,lat,value\nA,32,154,1\n", "154"),
        ("name,lon,lat,value\nA,54.8,132.0,1\nB,56.8,135.8,1\n", "swapped"),
        ("name;x;y\nA;1;2\n", "lon"),
        ("name,lon,lat,value\nA,32,54,0\n", "0"),
        ("name,lon,lat,value\n\xc4,32,54,1\n".encode("latin-1"), "UTF-8"),
        ("name,lon,lat,value\nA,32,54,1\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 not a table", "spreadsheet"),
        ('{"type": "FeatureCollection", "features": [', "JSON"),
        ('{"type": "FeatureCollection", "features": []}', "no site"),
        ("name,lon,lat,value\n" + "A,32,54,1\n" * 200_000, "sites"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_sites_files_that_cannot_be(refuse: Refuse, text: str | bytes, told: str) -> None:
    """A sites file that is empty, broken, mistyped, swapped, of another kind or far too big is refused."""
    assert told in words_of(refuse.plan(sites=refuse.sites(text)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,lon,lat,value\nParis,2.35,48.85,1\nRome,12.5,41.9,1\n", "territory"),
        ("name,lon,lat,value\nSmolensk,54.8,32.0,1\nTver,56.8,35.8,1\n", "swapped"),
        ("name,lon,lat,value\nUelen,-169.8,66.16,1\n", "reach"),
    ],
)
def test_sites_that_cannot_be_observed(refuse: Refuse, text: str, told: str) -> None:
    """Sites that all lie abroad, whose coordinates are swapped, or that no flight can reach are refused as a whole."""
    assert told in words_of(refuse.plan(sites=refuse.sites(text)))


def test_a_folder_that_cannot_be_written(refuse: Refuse, tmp_path: Path) -> None:
    """A file in the way of ``--out`` is told before anything is searched."""
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert refuse.plan(out=tmp_path / "taken")["where"] == "--out"
    assert "taken" in words_of(refuse.plan(out=tmp_path / "taken" / "below"))


def test_a_link_that_leads_nowhere(refuse: Refuse, tmp_path: Path) -> None:
    """A broken link in the way of ``--out`` is told before anything is searched."""
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    assert "nowhere" in words_of(refuse.plan(out=tmp_path / "broken"))
    assert "nowhere" in words_of(refuse.plan(out=tmp_path / "broken" / "below"))


def test_words_without_a_flag_are_not_empty(refuse: Refuse) -> None:
    """An empty argument is refused under the name that help gives it."""
    assert refuse("check", "")["where"] == "PLAN"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write(refuse: Refuse, tmp_path: Path) -> None:
    """A folder of somebody else is told before anything is searched."""
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "not permitted" in words_of(refuse.plan(out=tmp_path / "locked" / "out"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("{", "JSON"),
        ("[]", "object"),
        ('{"format": "skywitness-plan/1"}', "observing"),
        ('{"type": "FeatureCollection", "features": []}', "plan.json"),
    ],
)
def test_plans_that_cannot_be_read(refuse: Refuse, text: str, told: str) -> None:
    """``check`` refuses what is no plan, with what is missing."""
    assert told in words_of(refuse("check", refuse.sites(text, "plan.json")))


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        (["show", "open-seas", "--at", "2019-01-01"], "unknown_instrument", "open-skies"),
        (["show", "open-skies"], "usage", "--at"),
        (["show", "open-skies", "--at", "12.9.2019"], "usage", "2019-09-12"),
        (["value", "open-skies", "--at", "2019-09-12"], "usage", "KEY"),
        (["value", "open-skies", "passive_quotta", "--at", "2019-09-12"], "unknown_key", "passive_quota"),
        (
            ["value", "open-skies", "passive_quota", "--subject", "XYZ", "--at", "2019-09-12"],
            "unknown_party",
            "XYZ",
        ),
        (
            ["value", "open-skies", "passive_quota", "--subject", "DEU", "--at", "1999-01-01"],
            "not_in_force",
            "2002-01-01",
        ),
        (
            ["value", "open-skies", "active_quota", "--subject", "DEU", "--at", "2019-01-01"],
            "unknown_subject",
            "DEU>UKR",
        ),
    ],
)
def test_questions_about_law_that_have_no_answer(refuse: Refuse, arguments: list[str], kind: str, told: str) -> None:
    """An unknown treaty, key, subject or a day on which nothing holds is named; no value is made up."""
    error = refuse("law", *arguments)
    assert error["kind"] == kind
    assert told in words_of(error)
