"""The two news reports at the beginning of the project: each fact has a command, and the command has the answer."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import Skywitness

PAGE = Path(__file__).resolve().parents[2] / "docs" / "news_reports.md"


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Read the tables of the page: what the report says, the command, the answer."""
    cells = (line.strip().strip("|").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines())
    found = [(row[0].strip(), row[1].strip(), row[2].strip()) for row in cells if len(row) == 3]
    return tuple(row for row in found if row[1].startswith("`skywitness"))


def test_the_page_has_both_reports() -> None:
    """Two tables with two dozen facts; every row has an answer that can be looked for."""
    assert len(rows()) >= 24
    assert all(re.search(r"`[^`]+`", answer) for _, _, answer in rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_command_has_the_answer(
    row: tuple[str, str, str], skywitness: Skywitness, request: pytest.FixtureRequest
) -> None:
    """What stands between backticks in the answer stands in what the command prints, whatever the width of the page."""
    said, command, answer = row
    words = shlex.split(command.strip("`"))[1:]
    if "REPORT" in words:
        shared: Path = request.getfixturevalue("shared")
        words[words.index("REPORT")] = str(sorted((shared / "seeds").glob("*.txt"))[0])
    ran = skywitness(*words, columns=1000)
    assert ran.code in (0, 3), (said, ran.err)
    out = " ".join(ran.out.split())
    for literal in re.findall(r"`([^`]+)`", answer):
        assert literal in out, (said, literal)
