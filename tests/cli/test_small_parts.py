"""Small parts of the command line: how the program was started, progress, folders to write to."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from skywitness.cli import inputs, progress
from skywitness.cli.demo import free_folder
from skywitness.cli.face import Face
from skywitness.cli.invocation import program
from skywitness.cli.language import Language
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.request import Step


class Terminal(io.StringIO):
    """A stream that says it is watched."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def executable(folder: Path, name: str) -> Path:
    """Make a program in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_installed_programs_are_called_by_name(tmp_path: Path) -> None:
    """On the path the name is enough."""
    path = executable(tmp_path / "bin", "skywitness")
    assert program(str(path), {"PATH": str(path.parent)}) == "skywitness"


def test_programs_off_the_path_are_called_by_their_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started as ``.venv/bin/skywitness`` it is called so again, also when another one is on the path."""
    path = executable(tmp_path / "my env" / "bin", "skywitness")
    other = executable(tmp_path / "other", "skywitness")
    monkeypatch.chdir(tmp_path)
    assert program(str(path), {"PATH": ""}) == "'my env/bin/skywitness'"
    assert program(str(path), {"PATH": str(other.parent)}) == "'my env/bin/skywitness'"


def test_under_uv_the_words_are_those_of_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``uv run`` puts the program on a path that the user's shell does not have."""
    uv = executable(tmp_path / ".uv" / "bin", "uv")
    monkeypatch.chdir(tmp_path)
    assert program("skywitness", {"UV": str(uv), "PATH": str(uv.parent)}) == "uv run skywitness"
    assert program("skywitness", {"UV": str(uv), "PATH": ""}) == ".uv/bin/uv run skywitness"


def step(elapsed_s: float, stage: str = "searching") -> Step:
    """Make a step of a search."""
    texts = {"searching": say("searching"), "leg": say("Leg")}
    return Step(12.5, 5000.0, 5500.0, elapsed_s, 100, texts[stage])


def watched(stream: io.StringIO, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> progress.Progress:
    """Watch a search with a clock of our own."""
    monkeypatch.setattr("skywitness.cli.progress.time.monotonic", lambda: clock[0])
    return progress.Progress(Face(Language("en"), as_json=False, out=io.StringIO(), err=stream))


def test_progress_without_a_terminal_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the first two seconds, then a line every five, and one for every new stage."""
    stream, clock = io.StringIO(), [0.0]
    with watched(stream, clock, monkeypatch) as listener:
        for tenth in range(121):
            clock[0] = tenth / 10
            listener(step(clock[0]))
        clock[0] += 0.1
        listener(step(clock[0], "leg"))
    lines = stream.getvalue().splitlines()
    assert lines[0] == "searching: value 12.5, 5000 of 5500 km, 2 s"
    assert [line.split()[0] for line in lines] == ["searching:", "searching:", "searching:", "Leg:"]


def test_progress_on_a_terminal_is_one_live_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the line is rewritten, and gone when the search ends or breaks."""
    monkeypatch.setenv("TERM", "xterm")
    stream, clock = Terminal(), [0.0]

    def search() -> None:
        with watched(stream, clock, monkeypatch) as listener:
            for second in range(8):
                clock[0] = float(second)
                listener(step(clock[0]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search()
    assert "value 12.5" in stream.getvalue()
    assert stream.getvalue().rstrip("\r").endswith("\x1b[2K"), "the line is cleared"


def test_short_searches_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done within two seconds needs no words."""
    stream, clock = io.StringIO(), [0.0]
    with watched(stream, clock, monkeypatch) as listener:
        clock[0] = 1.9
        listener(step(1.9))
    assert stream.getvalue() == ""


def test_a_demo_never_writes_over_another(tmp_path: Path) -> None:
    """The first free name is taken."""
    names = []
    for _ in range(4):
        folder = free_folder(tmp_path / "demo")
        folder.mkdir()
        names.append(folder.name)
    assert names == ["demo", "demo-2", "demo-3", "demo-4"]


def test_a_folder_to_write_to_need_not_be_there(tmp_path: Path) -> None:
    """Any depth of folders below one that can be written is fine; below a file none is."""
    assert inputs.writable_folder(str(tmp_path / "a" / "b"), "--out") == tmp_path / "a" / "b"
    assert not (tmp_path / "a").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no folder"):
        inputs.writable_folder(str(tmp_path / "file" / "b"), "--out")
