"""Hostile calls and files for the commands on law: refused in one sentence, nothing steered or left behind."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skywitness.cli.lawbook import book
from skywitness.cli.refusal import harmless

if TYPE_CHECKING:
    from tests.conftest import Skywitness

DAY = ["--at", "2019-09-12"]


@pytest.mark.parametrize(
    ("arguments", "place", "told"),
    [
        (["history", "open-skies", "--to", "9999-12-31"], "--to", "1900 to 2200"),
        (["history", "open-skies", "--from", "0001-01-01"], "--from", "1900 to 2200"),
        (["values", "open-skies", "--provision", "Yugoslavia"], "--provision", "no place of the text"),
        (["values", "open-skies", "--provision", "VI.I.99"], "--provision", "no place of the text"),
        (["value", "open-skies", "passive_quota", "--subject", "SUN", *DAY], "--subject", "SVN"),
        (["sites", "open-skies", "--in", "SUN", *DAY], "--in", "SVN"),
        (["sites", "open-skies", "--role", "tower", *DAY], "--role", "refuelling_airfield"),
        (["reach", "--party", "SUN", *DAY], "--party", "SVN"),
        (["reach", "--party", "Czechoslovakia", *DAY], "--party", "CZE, SVK"),
    ],
)
def test_a_refusal_names_the_option(skywitness: Skywitness, arguments: list[str], place: str, told: str) -> None:
    """What was met stands beside the option it came from, and what there is instead."""
    ran = skywitness("law", *arguments, "--json")
    assert ran.code == 2
    assert ran.json["error"]["where"] == place
    assert told in ran.json["error"]["message"]


@pytest.mark.parametrize("lang", ["\x1b[31m", "\u202evi", "v" * 10_000, "\x9b2J"])
@pytest.mark.parametrize("option", ["--lang", "--provision"])
def test_what_was_met_does_not_steer_the_terminal(skywitness: Skywitness, option: str, lang: str) -> None:
    """A refusal repeats what it met as escapes, never long: no colours, no turned writing, no cleared screen."""
    for form in ([], ["--json"]):
        ran = skywitness("law", "judge", "open-skies", *DAY, f"{option}={lang}", *form)
        assert ran.code == 2
        words = (ran.out + ran.err).replace("\n", "")
        assert words.isprintable(), repr(words)
        assert len(words) < 1_000


def test_letters_of_every_language_stay() -> None:
    """Only signs that could steer are escaped."""
    assert harmless("Đức – 10\u00a0km: 🛩") == "Đức – 10\u00a0km: 🛩"
    assert harmless("a\nb\u2028") == "a\\nb\\u2028"


def test_pages_leave_no_halves_when_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two pages leaves the folder as it was."""
    (tmp_path / "a.html").write_text("before", encoding="utf-8")
    write = Path.write_text
    written: list[Path] = []

    def interrupted(path: Path, *arguments: str, **options: str) -> int:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        book.write({"a.html": "after", "b.html": "after"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = " + b"[" * 5_000 + b"]" * 5_000, "TOML"),
        (b"a = " + b"9" * 6_000, "TOML"),
        (b"\xff\xfe", "TOML"),
        (b"# " + b"x" * 1_100_000, "larger than 1 MB"),
    ],
)
def test_views_of_a_user_that_cannot_be(skywitness: Skywitness, tmp_path: Path, content: bytes, told: str) -> None:
    """A view file that is nested without end, has endless numbers or is far too large is refused, not tried."""
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    ran = skywitness("law", "views", "--view", file)
    assert ran.code == 2
    assert told in ran.err


def test_a_view_is_no_pipe(skywitness: Skywitness, tmp_path: Path) -> None:
    """Nobody waits for a pipe that nothing writes to."""
    pipe = tmp_path / "mine.toml"
    os.mkfifo(pipe)
    for command in (["views"], ["reach", *DAY, "--party", "MLT"]):
        ran = skywitness("law", *command, "--view", pipe)
        assert ran.code == 2
        assert "pipe" in ran.err


@pytest.mark.parametrize("columns", [0, 1, 20, 40])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_narrow_terminals_lose_nothing(skywitness: Skywitness, columns: int, lang: str) -> None:
    """However few columns there are, every figure of a wide page stands in the narrow one too, none cut off."""
    wide = skywitness("law", "history", "open-skies", "--from", "2018-01-01", lang=lang, columns=200)
    narrow = skywitness("law", "history", "open-skies", "--from", "2018-01-01", lang=lang, columns=columns)
    assert (wide.code, narrow.code) == (0, 0)
    assert "…" not in narrow.out
    figures = re.compile(r"\b\d+\b")
    assert sorted(figures.findall(narrow.out)) == sorted(figures.findall(wide.out))


def test_a_picture_is_written_whole_or_not(
    skywitness: Skywitness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while a picture is written leaves the old one, and no half of the new one."""
    picture = tmp_path / "history.svg"
    picture.write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    ran = skywitness("law", "history", "open-skies", "--picture", picture)
    assert ran.code == 2
    assert "--picture" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["history.svg"]
    assert picture.read_text(encoding="utf-8") == "before"


def test_a_reading_of_unknown_claims_is_refused(skywitness: Skywitness, tmp_path: Path) -> None:
    """``law judge`` does not pass over a claim that nobody knows."""
    file = tmp_path / "reading.toml"
    file.write_text('accepted_claims = ["no-such"]\n', encoding="utf-8")
    ran = skywitness("law", "judge", "open-skies", *DAY, "--reading", file)
    assert ran.code == 2
    assert "'no-such'" in ran.err
