"""Portions come back from the user's cache as they were worked out, and never for other land."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from shapely import affinity

from skywitness.core import cache
from skywitness.geo import kept_portions, portions
from skywitness.geo.borders import load_view
from skywitness.geo.portions import Portion
from skywitness.geo.view import BorderView


@pytest.fixture
def view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BorderView:
    """Give a view of its own that nothing is known of, with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return replace(load_view("un"))


def kept_files(folder: Path) -> list[Path]:
    """List what is kept."""
    return sorted(folder.rglob("portions/*/*.json"))


def test_portions_come_back_to_the_last_digit(view: BorderView, tmp_path: Path) -> None:
    """What another process finds equals what was worked out, numbers, names and all."""
    assert kept_portions.find(view, ("DNK",), Portion.from_row) is None
    made = portions.portions_of(view, ["DNK"])
    assert len(kept_files(tmp_path)) == 1
    again = replace(view)
    assert kept_portions.find(again, ("DNK",), Portion.from_row) == made
    assert portions.portions_of(again, ["DNK"]) == made
    assert any(one.separation is not None and one.includes is not None for one in made)


def test_other_land_is_worked_out_anew(view: BorderView) -> None:
    """A view with one coast moved finds nothing that was kept for another."""
    portions.portions_of(view, ["EST"])
    moved = {**view.lands, "EST": affinity.translate(view.lands["EST"], 0.001)}
    assert kept_portions.find(replace(view, lands=MappingProxyType(moved)), ("EST",), Portion.from_row) is None
    named = {**view.lands, "X-OTHER": view.lands["EST"]}
    assert kept_portions.find(replace(view, lands=MappingProxyType(named)), ("EST",), Portion.from_row) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"codes": ["EST"], "portions": [{"name": "x"}]}', "\0"])
def test_a_broken_file_is_no_answer(view: BorderView, tmp_path: Path, content: str) -> None:
    """What cannot be read as portions is worked out again and kept again."""
    made = portions.portions_of(view, ["EST"])
    (file,) = kept_files(tmp_path)
    file.write_text(content)
    again = replace(view)
    assert kept_portions.find(again, ("EST",), Portion.from_row) is None
    assert portions.portions_of(again, ["EST"]) == made
    kept = cache.read(file)
    assert kept is not None
    assert json.loads(kept)["codes"] == ["EST"]


def test_portions_of_other_states_are_not_taken(view: BorderView, tmp_path: Path) -> None:
    """A file under the wrong name is not believed."""
    portions.portions_of(view, ["EST"])
    (file,) = kept_files(tmp_path)
    kept_portions.keep(view, ("LVA",), ())
    (other,) = set(kept_files(tmp_path)) - {file}
    other.write_bytes(file.read_bytes())
    assert kept_portions.find(view, ("LVA",), Portion.from_row) is None


def test_where_nothing_can_be_kept_all_is_worked_out(view: BorderView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder the answer is the same."""
    made = portions.portions_of(view, ["EST"])
    monkeypatch.setattr(cache, "folder", lambda *_: None)
    assert portions.portions_of(replace(view), ["EST"]) == made
