"""The entry: every wrong call ends in exit code 2, one sentence, and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

HEAVY = {"numpy", "numba", "shapely", "pyproj", "matplotlib", "rich", "airportsdata", "babel", "ephem", "typst"}


@pytest.mark.parametrize(
    ("arguments", "told", "where"),
    [
        ([], "Name one of the commands", "skywitness"),
        (["sites"], "Name one of the commands", "skywitness sites"),
        (["doctr"], "did you mean doctor, vdoc, document?", "doctr"),
        (["qqq"], "skywitness --help lists them", "qqq"),
        (["doctor", "--jsn"], "did you mean --json?", "--jsn"),
        (["doctor", "extra"], "Got unexpected extra argument (extra)", "skywitness doctor"),
        (["doctor", "--lang"], "requires an argument", "--lang"),
        (["doctor", "--json=yes"], "does not take a value", "--json"),
        (["sites", "airfields"], "--in is missing", "skywitness sites airfields"),
        (["--lang", "xx", "version"], "no language 'xx'", "--lang"),
    ],
)
def test_wrong_calls_are_refused_in_one_sentence(
    skywitness: Skywitness, arguments: list[str], told: str, where: str
) -> None:
    """In words: one sentence on stderr and nothing on stdout; for scripts: the error object on stdout and no words."""
    plain = skywitness(*arguments)
    assert (plain.code, plain.out) == (2, "")
    assert told in plain.err
    assert plain.err.startswith("skywitness: ")
    scripted = skywitness("--json", *arguments)
    if arguments != ["doctor", "--json=yes"]:
        assert (scripted.code, scripted.err) == (2, "")
        error = scripted.json["error"]
        assert set(error) == {"kind", "message", "where", "faults"}
        assert error["kind"] == "usage"
        assert error["where"] == where
        assert told in error["message"]


def test_help_is_a_success(skywitness_process: Skywitness) -> None:
    """Asking for help is no mistake; it names every command."""
    ran = skywitness_process("--help")
    assert (ran.code, ran.err) == (0, "")
    for name in ("law", "sites", "plan", "check", "doctor", "demo", "version"):
        assert f"  {name} " in ran.out


def test_start_up_imports_nothing_heavy(skywitness_process: Skywitness, tmp_path: Path) -> None:
    """``skywitness version`` and ``--help`` load no library that takes time to load."""
    script = tmp_path / "loaded.py"
    script.write_text(
        "import sys\n"
        "from skywitness.cli.main import main\n"
        "main(sys.argv[1:])\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))\n",
        encoding="utf-8",
    )
    for call in (["version"], ["--help"], ["plan", "--help"]):
        done = subprocess.run(
            [sys.executable, str(script), *call], capture_output=True, text=True, check=True, timeout=60
        )
        loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())
        assert "click" in loaded
        assert not loaded & HEAVY


def test_a_reader_that_leaves_is_no_error() -> None:
    """Piping into ``head`` prints no complaint."""
    writer = subprocess.Popen(
        [sys.executable, "-c", "from skywitness.cli.main import run; run()", "sites", "airfields", "--in", "USA"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    told = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait(timeout=60) == 0
    assert told == b""


def test_a_mistake_of_the_program_is_owned_up_to(skywitness: Skywitness, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception ends in one sentence that asks for a report, and never in a traceback."""

    def break_down(*_: object) -> None:
        raise ZeroDivisionError("float\ndivision")

    monkeypatch.setattr("skywitness.cli.doctor.examine", break_down)
    monkeypatch.delenv("SKYWITNESS_DEBUG", raising=False)
    ran = skywitness("doctor")
    assert (ran.code, ran.out) == (2, "")
    assert "ZeroDivisionError: float division" in ran.err
    assert "report" in ran.err
    assert "Traceback" not in ran.err
    assert skywitness("doctor", "--json").json["error"]["kind"] == "bug"
    monkeypatch.setenv("SKYWITNESS_DEBUG", "1")
    assert "Traceback" in skywitness("doctor").err


def test_ctrl_c_ends_quietly(skywitness: Skywitness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupting a command that has nothing to keep ends with code 130 and no words."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("skywitness.cli.doctor.examine", interrupt)
    ran = skywitness("doctor")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


@pytest.mark.parametrize("call", [["version"], ["doctor"], ["sites", "airfields", "--in", "EST"]])
def test_json_is_one_document_and_nothing_else(skywitness: Skywitness, call: list[str]) -> None:
    """With ``--json`` before or after the command stdout holds one document and stderr nothing."""
    after, before = skywitness(*call, "--json"), skywitness("--json", *call)
    assert (after.code, after.err) == (0, "")
    assert isinstance(after.json, dict)
    assert after.json == before.json


def test_json_keys_do_not_depend_on_the_language(skywitness: Skywitness) -> None:
    """Languages change words for people, never keys."""
    english, vietnamese = (skywitness("doctor", "--json", lang=code).json for code in ("en", "vi"))
    assert english.keys() == vietnamese.keys()
    assert [set(check) for check in english["checks"]] == [set(check) for check in vietnamese["checks"]]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_unicode_still_works(skywitness_process: Skywitness, encoding: str) -> None:
    """Where a letter cannot be written a mark stands for it, in words and in JSON."""
    environment = {"PYTHONIOENCODING": encoding, "SKYWITNESS_LANG": "vi"}
    assert skywitness_process("doctor", environment=environment).code == 0
    scripted = skywitness_process("doctor", "--json", environment=environment)
    assert scripted.code == 0
    assert scripted.json["healthy"] in (True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a shell of POSIX")
@pytest.mark.parametrize(
    ("call", "redirection", "code"),
    [
        ("version", ">&-", 0),
        ("version", "<&- >&- 2>&-", 0),
        ("check nowhere", "2>&-", 2),
        ("check nowhere --json", ">&-", 2),
    ],
)
def test_closed_streams_change_no_exit_code(tmp_path: Path, call: str, redirection: str, code: int) -> None:
    """What is meant for a stream that the caller has closed goes nowhere, and never to the other stream."""
    done = _in_a_shell(call, redirection, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("call", ["version", "version --json", "check nowhere --json"])
def test_a_full_disk_under_stdout_is_told_in_one_sentence(tmp_path: Path, call: str) -> None:
    """What cannot be written to stdout, a refusal for scripts among it, is refused in words on stderr."""
    done = _in_a_shell(call, ">/dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("skywitness: ")
    assert len(done.stderr.splitlines()) == 1


def _in_a_shell(call: str, redirection: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = f"'{sys.executable}' -c 'from skywitness.cli.main import run; run()' {call} {redirection}"
    return subprocess.run(["sh", "-c", program], capture_output=True, text=True, cwd=folder, timeout=60, check=False)


def test_an_interrupt_before_anything_is_loaded_ends_quietly(tmp_path: Path) -> None:
    """Ctrl-C while the program is still loading itself ends with code 130 and shows no traceback."""
    script = tmp_path / "interrupted.py"
    script.write_text(
        "import sys\n"
        "class Impatient:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('click', 'skywitness.cli.dialogue'):\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "from skywitness.cli.main import run\n"
        "run()\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), "version"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs the timers of POSIX")
def test_an_interrupt_waits_for_a_library_to_be_loaded(tmp_path: Path) -> None:
    """An extension that is interrupted while it is loaded fails in ways of its own: it is loaded first."""
    script = tmp_path / "interrupted.py"
    script.write_text(
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may have it ignored
        "class Noisy:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "        if name == 'click.globals':\n"
        "            print('loaded on', flush=True)\n"
        "sys.meta_path.insert(0, Noisy())\n"
        "from skywitness.cli.main import run\n"
        "run()\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), "doctor"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "loaded on\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="programs are ended by signals on POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_program_that_is_ended_from_outside_leaves_nothing_half_written(tmp_path: Path, name: str, code: int) -> None:
    """Whoever ends the program while it writes papers finds the folder as it was before."""
    script = tmp_path / "ended.py"
    script.write_text(
        "import os, signal, sys\n"
        f"signal.signal(signal.{name}, signal.SIG_DFL)\n"
        "from pathlib import Path\n"
        "from skywitness.cli import dialogue, main\n"
        "from skywitness.route.exports import bundle, kml\n"
        "from skywitness.route.files.plan_file import read_plan\n"
        f"kml.to_kml = lambda *_, **__: os.kill(os.getpid(), signal.{name})\n"
        "plan = read_plan(sys.argv[1]).plan\n"
        "dialogue.hold = lambda _: bundle.write_all(plan, (), Path('here') / 'flight')\n"
        "main.run()\n",
        encoding="utf-8",
    )
    folder = tmp_path / "work"
    folder.mkdir()
    plan = Path(__file__).resolve().parents[2] / "examples" / "plan.json"
    done = subprocess.run(
        [sys.executable, str(script), str(plan)], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")
    assert list(folder.rglob("*")) == []
