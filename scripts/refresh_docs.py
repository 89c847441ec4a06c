"""Run the commands shown in the docs and write what they print today.

    python scripts/refresh_docs.py

A code block marked ``console`` holds commands, each after ``$``, with their output.  They are run here one after the
other in one empty folder, at 80 columns and in English, and their output replaces what stands below.  A line that is
only ``...`` in the old output keeps the lines before and after it and leaves out the middle.  Blocks marked ``text``
are left alone: their output depends on the machine or takes long.  A test runs the same commands and compares.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LEFT_OUT = "..."


@dataclass(frozen=True, slots=True)
class Shown:
    """One command of a page and the output the page shows."""

    command: str
    output: tuple[str, ...]


def pages() -> list[Path]:
    """List the pages whose commands are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs" / "cli").glob("*.md"))]


def shown_in(block: str) -> list[Shown]:
    """Take a block apart into commands and their outputs."""
    found: list[Shown] = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        found.append(Shown(command, tuple(output.rstrip("\n").split("\n")) if output.strip() else ()))
    return found


def run(command: str, folder: Path) -> list[str]:
    """Run a command as a reader would, and give the lines it prints."""
    environment = {**os.environ, "COLUMNS": "80", "SKYWITNESS_LANG": "en", "NO_COLOR": "1"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.stdout.rstrip("\n").split("\n") if done.stdout.strip() else []


def shortened(lines: list[str], shown: tuple[str, ...]) -> list[str]:
    """Leave out the middle of the output where the page does."""
    if LEFT_OUT not in shown:
        return lines
    before = shown.index(LEFT_OUT)
    after = len(shown) - before - 1
    return [*lines[:before], LEFT_OUT, *(lines[-after:] if after else [])]


def refreshed(text: str, folder: Path) -> str:
    """Give the text of a page with today's outputs."""

    def anew(match: re.Match[str]) -> str:
        parts = []
        for shown in shown_in(match.group(1)):
            parts += [f"$ {shown.command}", *shortened(run(shown.command, folder), shown.output)]
        return "```console\n" + "\n".join(parts) + "\n```"

    return BLOCK.sub(anew, text)


def main() -> int:
    """Refresh every page."""
    for page in pages():
        with tempfile.TemporaryDirectory() as folder:
            old = page.read_text(encoding="utf-8")
            new = refreshed(old, Path(folder))
        if new != old:
            page.write_text(new, encoding="utf-8")
            print(f"{page.relative_to(ROOT)}: refreshed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
