"""The docs cannot rot: every command and option has its place, and what is shown is what happens."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.programs import load_program

from skywitness.cli.app import build
from skywitness.cli.face import Face
from skywitness.cli.language import Language

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "cli"
DEMO = "pip install uv && uv run skywitness demo"
TESTS = "pip install uv && uv run pytest"
FALLBACK = "python3 -m venv .uv && .uv/bin/pip install uv && .uv/bin/uv run skywitness demo"


refresh_docs = load_program("scripts/refresh_docs.py")


def commands(command: click.Command, words: tuple[str, ...] = ("skywitness",)) -> Iterator[tuple[str, click.Command]]:
    """Walk all commands that do something, with their full names."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, (*words, name))
    else:
        yield " ".join(words), command


def tree() -> dict[str, click.Command]:
    """Give all commands by name."""
    face = Face(Language("en"), as_json=False, out=io.StringIO(), err=io.StringIO())
    return dict(commands(build(face)))


def section(page: str, heading: str) -> str:
    """Give the part of a page below a heading, up to the next heading of the same weight or more."""
    match = re.search(rf"^(#+) `{re.escape(heading)}`$(.*?)(?=^#{{1,2}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert match is not None, f"no heading for {heading}"
    return match.group(2)


@pytest.mark.parametrize("name", sorted(tree()))
def test_every_command_and_option_is_documented(name: str) -> None:
    """Each command has a heading on its page, and below it every option and argument it takes."""
    page = PAGES / f"{name.split()[1]}.md"
    text = section(page.read_text(encoding="utf-8"), name)
    for param in tree()[name].params:
        spelled = param.opts[0] if isinstance(param, click.Option) else str(param.metavar)
        if spelled not in ("--json", "--lang"):
            assert f"`{spelled}" in text, f"{name}: {spelled} is not on {page.name}"


@pytest.mark.parametrize("name", sorted(tree()))
def test_every_example_of_the_help_can_be_parsed(name: str) -> None:
    """Examples in help texts name commands and options that exist."""
    command = tree()[name]
    flags = {flag for param in command.params for flag in param.opts}
    lines = [line.strip() for line in (command.epilog or "").splitlines()]
    calls = [line for line in lines if re.match(rf"{name}( |$)", line)]
    assert calls or name == "skywitness version"  # which has nothing to be shown
    for call in calls:
        assert set(re.findall(r"(?<=\s)--[a-z-]+", call)) <= flags


@pytest.mark.parametrize("page", refresh_docs.pages(), ids=lambda page: page.name)
def test_commands_shown_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    """Every command in a ``console`` block prints today what the page shows (scripts/refresh_docs.py renews it)."""
    text = page.read_text(encoding="utf-8")
    assert refresh_docs.refreshed(text, tmp_path) == text


@pytest.mark.parametrize("line", [DEMO, TESTS, FALLBACK])
def test_readme_has_the_commands_alone_on_a_line(line: str) -> None:
    """The README gives each of its commands alone on a line of a code block, ready to be pasted."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|bash)\n(.*?)```", readme, re.DOTALL)
    assert any(line in block.splitlines() for block in blocks)


def test_pages_link_to_pages_that_are_there() -> None:
    """No link between the pages leads nowhere."""
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_every_page_is_on_the_index() -> None:
    """Every page of the docs can be found from docs/index.md."""
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_ci_runs_what_the_readme_says() -> None:
    """The checks take the test command out of the README, so that it is tried as it is written."""
    assert TESTS in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
