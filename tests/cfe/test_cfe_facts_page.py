"""The page of facts names every fact that can be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from skywitness.cfe.told.asked import load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cfe_inspections.md"


@pytest.mark.parametrize("room", ["inspections", "information"])
def test_every_fact_is_on_the_page(room: str) -> None:
    """A person who writes a file finds each name, and each thing a list can hold."""
    text = PAGE.read_text(encoding="utf-8")
    names = {name for one in load(room) for name in (*one.told_fields, one.item) if name}
    assert not [name for name in sorted(names) if f"`{name}`" not in text]
