"""Every file of the folder ``bad`` is refused by one error that says what is wrong and where."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.route.files.facts_file import read_facts
from skywitness.route.files.faults import MAX_SHOWN
from skywitness.route.files.plan_file import read_plan
from skywitness.route.files.reading_file import read_reading
from skywitness.route.files.sites_file import read_sites

BAD = Path(__file__).parent / "bad"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((BAD / "words.toml").read_text(encoding="utf-8"))
READERS: dict[str, Callable[[Path], object]] = {
    "sites": read_sites,
    "plan": read_plan,
    "facts": read_facts,
    "reading": lambda path: read_reading(path, dt.date(2019, 9, 12)),
}


def test_every_broken_file_is_listed() -> None:
    """No broken file lies about without an expectation, and none is expected that is not there."""
    there = {path.relative_to(BAD).as_posix() for path in BAD.rglob("*") if path.is_file()} - {"words.toml"}
    assert there == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_broken_file_is_refused_in_words_that_help(name: str) -> None:
    """One ``InputError`` names the kind, the file, the place and the cause; its lines are short and printable."""
    with pytest.raises(InputError) as caught:
        READERS[name.partition("/")[0]](BAD / name)
    error = caught.value
    said = str(error)
    assert error.kind == EXPECTED[name]["kind"]
    assert [word for word in EXPECTED[name]["words"] if word not in said] == []
    assert error.where.endswith(Path(name).name)
    assert len(error.faults) <= MAX_SHOWN + 1
    assert all(len(line) < 400 + len(error.where) for line in said.splitlines())
    assert all(sign.isprintable() or sign == "\n" for sign in said)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_sentence_of_a_refusal_is_one_sentence(name: str) -> None:
    """The message ends with a full stop and is on one line; the faults below it do not repeat the file."""
    with pytest.raises(InputError) as caught:
        READERS[name.partition("/")[0]](BAD / name)
    message = str(caught.value.message)
    assert message.endswith(".")
    assert "\n" not in message
    assert all(fault.where and Path(name).name not in fault.where for fault in caught.value.faults)
