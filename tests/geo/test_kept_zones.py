"""Zones come back from the user's cache as they were worked out, and never for another question."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from skywitness.core import cache
from skywitness.geo import kept_zones, obstacles
from skywitness.geo.borders import load_view
from skywitness.geo.plane import GnomonicPlane
from skywitness.geo.view import BorderView

PARTIES = frozenset({"EST", "LVA", "LTU", "FIN"})
PLANE = GnomonicPlane(25.0, 58.6)


@pytest.fixture
def view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BorderView:
    """Give a view of its own that nothing is known of, with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return replace(load_view("un"))


def zone(view: BorderView, reach_km: float = 500.0) -> BaseGeometry:
    """Ask for the zone of Estonia."""
    return obstacles.avoid_zone(view, ("EST",), PARTIES, PLANE, (24.8, 59.4), reach_km)


def kept_files(folder: Path) -> list[Path]:
    """List what is kept."""
    return sorted(folder.rglob("zones/*/*.zone"))


def no_building(*_: object) -> BaseGeometry:
    """Stand where a zone would be worked out."""
    raise AssertionError("worked out again")


def test_a_zone_comes_back_to_the_last_digit(view: BorderView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that asks the same finds the same shape, and works nothing out."""
    made = zone(view)
    assert len(kept_files(tmp_path)) == 1
    monkeypatch.setattr(obstacles, "_build", no_building)
    again = zone(replace(view))
    assert shapely.to_wkb(again) == shapely.to_wkb(made)


def test_another_question_is_worked_out_anew(view: BorderView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another reach, a coast moved or a wider error band finds nothing that was kept."""
    zone(view)
    monkeypatch.setattr(obstacles, "_build", no_building)
    moved = {**view.lands, "EST": affinity.translate(view.lands["EST"], 0.001)}
    others = (replace(view, lands=MappingProxyType(moved)), replace(view, error_band_km=view.error_band_km + 1.0))
    for other, reach_km in ((replace(view), 501.0), *((other, 500.0) for other in others)):
        with pytest.raises(AssertionError, match="worked out again"):
            zone(other, reach_km)


@pytest.mark.parametrize("content", ["", "zone", "a question\n00", "\0"])
def test_a_broken_file_is_no_answer(view: BorderView, tmp_path: Path, content: str) -> None:
    """What is not as it was written, or is no shape, is worked out again and kept again."""
    made = zone(view)
    (file,) = kept_files(tmp_path)
    whole = file.read_bytes()
    file.write_text(content)
    assert shapely.to_wkb(zone(replace(view))) == shapely.to_wkb(made)
    assert file.read_bytes() == whole
    question = whole.split(b"\n")[1].decode()
    cache.write(file, f"{question}\nno shape")
    assert kept_zones.find(replace(view), question) is None


def test_only_so_many_zones_are_kept(view: BorderView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for longest ago makes room."""
    monkeypatch.setattr(kept_zones, "MOST_KEPT", 3)
    for number in range(5):
        kept_zones.keep(view, f"question {number}", shapely.Point(number, 0))
        for file in kept_files(tmp_path):
            os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 10.0))
    assert [kept_zones.find(view, f"question {k}") is not None for k in range(5)] == [False, False, True, True, True]
    assert kept_zones.find(view, "question 3") == shapely.Point(3, 0)


def test_where_nothing_can_be_kept_all_is_worked_out(view: BorderView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder the zone is the same."""
    made = zone(view)
    monkeypatch.setattr(cache, "folder", lambda *_: None)
    assert shapely.to_wkb(zone(replace(view))) == shapely.to_wkb(made)
