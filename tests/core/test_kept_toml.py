"""Data files come back from what was kept as they were parsed, whatever happens to what was kept."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skywitness.core import kept_toml

FILE = b"""
[[value]]
from = 2002-01-01
attested = ["2012-08", 2016-08-01]
number = 5.5
high = inf
many = [[1, 2], [3]]
text = "\xc4\x90\xe1\xba\xa1i"
open = true
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep files below a folder of this test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept_toml._folder.cache_clear()
    yield tmp_path / "skywitness" / "toml"
    kept_toml._folder.cache_clear()


def files(kept: Path) -> list[Path]:
    """What is kept."""
    return [path for path in kept.rglob("*") if path.is_file()]


def test_what_is_kept_is_what_was_parsed(kept: Path) -> None:
    """Days, numbers without end, lists in lists and letters of any language come back the same."""
    first = kept_toml.read(FILE)
    assert len(files(kept)) == 1
    assert kept_toml.read(FILE) == first == tomllib.loads(FILE.decode())
    assert kept_toml.read(FILE)["value"][0]["from"] == dt.date(2002, 1, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(codec="utf-8"), max_size=30), st.dates(), st.integers(-(2**60), 2**60))
def test_every_text_and_day_comes_back(kept: Path, text: str, day: dt.date, number: int) -> None:
    """Read twice, any document is what the parser of the standard library makes of it."""
    quoted = "".join(f"\\U{ord(letter):08X}" for letter in text)
    content = f'a = "{quoted}"\nb = [{day.isoformat()}]\nc = {number}\n'.encode()
    assert kept_toml.read(content) == kept_toml.read(content) == tomllib.loads(content.decode())


def test_a_spoilt_file_is_parsed_anew(kept: Path) -> None:
    """What was kept and is cut off or no JSON is no reason to fail or to answer otherwise."""
    whole = kept_toml.read(FILE)
    (file,) = files(kept)
    good = file.read_bytes()
    for spoilt in (b"", b"{", b"\xff", b"[]", b"{}", good.replace(b"5.5", b"5.6"), good[:-1], b"[" * 100_000):
        file.write_bytes(spoilt)
        assert kept_toml.read(FILE) == whole
        assert file.read_bytes() == good


def test_a_pipe_or_a_link_in_place_of_a_file_is_passed_over(kept: Path) -> None:
    """Neither a pipe that nobody writes to nor a link to something without end stops the program."""
    whole = kept_toml.read(FILE)
    (file,) = files(kept)
    file.unlink()
    os.mkfifo(file)
    assert kept_toml.read(FILE) == whole
    file.unlink()
    file.symlink_to("/dev/zero")
    assert kept_toml.read(FILE) == whole
    assert not file.is_symlink()


def test_a_time_is_not_kept(kept: Path) -> None:
    """A document with a time of day is parsed every time."""
    content = b"at = 2002-01-01T10:00:00Z\n"
    assert kept_toml.read(content) == kept_toml.read(content) == tomllib.loads(content.decode())
    assert files(kept) == []


def test_another_file_is_another_answer(kept: Path) -> None:
    """A changed file is read anew."""
    assert kept_toml.read(b"a = 1") != kept_toml.read(b"a = 2")


@pytest.mark.parametrize("content", [b"a = ", b"a = 1\na = 2", b"\xff"])
def test_faults_are_those_of_the_parser(kept: Path, content: bytes) -> None:
    """What is no TOML or no UTF-8 is refused as ever, and not kept."""
    with pytest.raises((tomllib.TOMLDecodeError, UnicodeDecodeError)):
        kept_toml.read(content)
    assert files(kept) == []


def test_without_a_folder_files_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept the answer is the same."""
    monkeypatch.setattr(kept_toml, "_folder", lambda: None)
    assert kept_toml.read(FILE) == tomllib.loads(FILE.decode())
