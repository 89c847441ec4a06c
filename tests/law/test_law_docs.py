"""The page on the law says what the data really are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import skywitness.law
from skywitness.core.dated import STATUSES
from skywitness.law.key import BOUNDS, COUNTED, FORMS, SUBJECTS

PAGE = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
FOLDER = Path(skywitness.law.__file__).parent / "open_skies"


def test_the_python_on_the_page_runs() -> None:
    """What a reader copies works and is true."""
    (block,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    exec(compile(block, "docs/law.md", "exec"), {})


@pytest.mark.parametrize(
    "word",
    [
        *(*STATUSES, *SUBJECTS, *FORMS, *BOUNDS, *COUNTED),
        *("attested", "not_found", "to_known", "shared_with", "qualifier", "provisions", "terms", "bearer", "anchor"),
        *("computed", "common", "note_vi", "title_vi"),
    ],
)
def test_every_word_of_the_format_is_explained(word: str) -> None:
    """Statuses, kinds of subject and fields stand on the page."""
    assert re.search(rf"\b{word}\b", PAGE)


@pytest.mark.parametrize(
    "name",
    [
        "instrument",
        "parties",
        "groups",
        "passive_quota",
        "active_quota",
        "maximum_flight_distance",
        "sensors",
        "planning",
        "distribution",
        "equipment",
        "output",
        "annotation",
        "treaty",
        "dates",
        "elsewhere",
        "commission_decisions",
        "certifications",
        "slips",
        "sources",
    ],
)
def test_every_file_is_named(name: str) -> None:
    """A reader finds each file on the page, and the page names none that is gone."""
    assert f"`{name}.toml`" in PAGE
    assert (FOLDER / f"{name}.toml").is_file()
