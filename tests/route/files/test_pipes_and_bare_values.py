"""Files that are no ordinary ones: pipes end in text or a refusal, and a JSON text of one word is no table."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from skywitness.core.errors import InputError
from skywitness.route.files import text_file
from skywitness.route.files.sites_file import read_sites
from skywitness.route.files.text_file import read_text

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a pipe, and have little patience."""
    monkeypatch.setattr(text_file, "PIPE_PATIENCE_S", 0.2)
    place = tmp_path / "pipe"
    os.mkfifo(place)
    return place


def test_a_pipe_nobody_writes_to_is_refused(pipe: Path) -> None:
    """Nobody waits for ever: the refusal says that it is a pipe, and what to do."""
    with pytest.raises(InputError) as caught:
        read_text(pipe)
    assert caught.value.kind == "unreadable_file"
    assert "pipe" in str(caught.value)


@pytest.mark.parametrize("pause_s", [0.0, 0.5])
def test_a_pipe_is_read_to_its_end(pipe: Path, pause_s: float) -> None:
    """What comes through a pipe is read whole, also from a writer that pauses longer than silence is borne."""
    text = "name,lon,lat\n" * 20_000

    def write() -> None:
        with pipe.open("w", encoding="utf-8") as out:
            out.write(text[:100])
            out.flush()
            time.sleep(pause_s)
            out.write(text[100:])

    writer = threading.Thread(target=write)
    writer.start()
    assert read_text(pipe) == text
    writer.join()


def test_too_much_through_a_pipe_is_refused(pipe: Path) -> None:
    """The most that is read is the same as of a file."""
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"x" * 101))
    writer.start()
    with pytest.raises(InputError) as caught:
        read_text(pipe, max_bytes=100)
    writer.join()
    assert caught.value.kind == "file_too_big"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.geojson", "null", "nothing but null"),
        ("a.csv", "null\n", "nothing but null"),
        ("a.json", '"EFHK"', "nothing but 'EFHK'"),
        ("a.geojson", "42", "nothing but 42"),
        ("a.json", "[]", "a list"),
    ],
)
def test_a_json_text_of_one_value_is_no_table(tmp_path: Path, name: str, text: str, told: str) -> None:
    """What somebody took for GeoJSON is refused as that, not as a table without columns."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_sites(file)
    assert caught.value.kind == "bad_sites"
    assert told in str(caught.value)
