"""What all tests share: the program as its users start it, reference texts, compiled kernels."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of a property: only its claim is judged, not its speed.
# The suite draws the same cases every time, so that a change is judged by the change; `--hypothesis-profile=new`
# draws others, as whoever hunts for faults wants.
settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("new"), derandomize=True, database=None)
settings.load_profile("same")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read ``out`` as the one JSON document it must be."""
        return json.loads(self.out)


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that hold a provision which no finding shows (scripts/held_cases.py).

    Whoever starts the tests in the background of a shell starts them deaf to Ctrl-C, and so all that they start: the
    tests of interrupts would wait for ever.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "covers(provision, outcome): holds an outcome that no finding shows")


Skywitness = Callable[..., Ran]


@pytest.fixture
def skywitness(monkeypatch: pytest.MonkeyPatch) -> Skywitness:
    """Run ``skywitness`` in this process: ``skywitness("law", "show", ..., lang="vi", columns=120)``."""

    def start(*arguments: object, lang: str = "en", columns: int = 80) -> Ran:
        from skywitness.cli.main import main

        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setenv("SKYWITNESS_LANG", lang)
            patch.setenv("LANGUAGE", lang)
            patch.setenv("COLUMNS", str(columns))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main([str(argument) for argument in arguments])
        return Ran(code, out.getvalue(), err.getvalue())

    return start


@pytest.fixture
def skywitness_process(tmp_path: Path) -> Skywitness:
    """Run ``skywitness`` as a process of its own, with an empty home and no settings from outside."""

    def start(*arguments: object, environment: dict[str, str] | None = None, cwd: Path | None = None) -> Ran:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        clean = {"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8", **(environment or {})}
        command = [sys.executable, "-c", "from skywitness.cli.main import run; run()", *map(str, arguments)]
        done = subprocess.run(
            command,
            env=clean,
            cwd=cwd or tmp_path,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=300,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return start


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of reference texts and instances that are no part of the repository."""
    place = os.environ.get("SKYWITNESS_SHARED", "")
    if not place or not Path(place).is_dir():
        pytest.skip("set SKYWITNESS_SHARED to the folder of reference texts to run this test")
    return Path(place)


@pytest.fixture(scope="session")
def kernel() -> None:
    """Have the search compiled, once and only where a test asks for it; compiled kernels are kept between runs."""
    from skywitness.route.kernel import warm as kernel_warm

    kernel_warm.warm(lambda text: print(text, file=sys.stderr))
