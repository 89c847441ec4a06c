"""How this program was started, so that commands shown to its user work when they are pasted."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path


def program(argument: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Give the words that start the program again: ``skywitness``, ``uv run skywitness`` or a path.

    ``uv run`` puts the environment's folder on the path of what it runs, not of the shell it was typed in, so finding
    ``skywitness`` on the path proves nothing then; uv tells of itself by the variable ``UV``.
    """
    env = os.environ if environment is None else environment
    if env.get("UV"):
        uv = "uv" if shutil.which("uv", path=env.get("PATH", "")) else shlex.quote(_short(Path(env["UV"])))
        return f"{uv} run skywitness"
    started = Path(argument if argument is not None else sys.argv[0])
    found = shutil.which("skywitness", path=env.get("PATH", ""))
    if found and started.name == "skywitness" and Path(found).resolve() != started.resolve() and started.exists():
        return shlex.quote(_short(started))
    return "skywitness" if found or started.name != "skywitness" else shlex.quote(_short(started))


def _short(path: Path) -> str:
    """Write a path from the current folder where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
