"""All forms at once, or nothing."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import gpxpy
import pytest

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.route.exports import pdf, png_map
from skywitness.route.exports.bundle import write_all
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.model import Plan

NAMES = ["plan.fpl.txt", "plan.geojson", "plan.gpx", "plan.json", "plan.kml", "plan.pdf", "plan.png"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the two forms that take long, where only the files matter."""
    monkeypatch.setattr(pdf, "to_pdf", lambda *_, **__: b"%PDF")
    monkeypatch.setattr(png_map, "to_png", lambda *_, **__: b"\x89PNG")


def names_in(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_every_form_is_written(georgia: Plan, judged: tuple[Finding, ...], tmp_path: Path) -> None:
    """Seven files, each readable by its own reader, and the plan comes back without loss."""
    written = write_all(georgia, judged, tmp_path / "new" / "out")
    folder = tmp_path / "new" / "out"
    assert names_in(folder) == NAMES
    assert names_in(folder.parent) == ["out"]
    assert {one.path.name for one in written} == set(NAMES)
    assert plan_from_json(json.loads((folder / "plan.json").read_text("utf-8"))) == georgia
    assert json.loads((folder / "plan.geojson").read_text("utf-8"))["type"] == "FeatureCollection"
    assert len(gpxpy.parse((folder / "plan.gpx").read_text("utf-8")).routes[0].points) == 6
    assert (folder / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "plan.png").read_bytes().startswith(b"\x89PNG")
    assert "(FPL-" in (folder / "plan.fpl.txt").read_text("utf-8")


@pytest.mark.usefixtures("quick")
def test_every_form_but_the_plan_says_what_it_lacks(georgia: Plan, tmp_path: Path) -> None:
    """Only plan.json carries everything."""
    for one in write_all(georgia, (), tmp_path / "out"):
        assert bool(one.cannot_carry) is (one.kind != "plan")


@pytest.mark.usefixtures("quick")
def test_the_same_plan_gives_the_same_files(georgia: Plan, tmp_path: Path) -> None:
    """Two runs write the same bytes."""
    for name in ("one", "two"):
        write_all(georgia, (), tmp_path / name)
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.usefixtures("quick")
def test_files_in_a_folder_are_replaced_and_others_stay(georgia: Plan, chukotka: Plan, tmp_path: Path) -> None:
    """Written again, the files are those of the new plan; what else lies there is left alone."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_all(georgia, (), tmp_path)
    write_all(chukotka, (), tmp_path)
    assert names_in(tmp_path) == sorted([*NAMES, "notes.txt"])
    assert plan_from_json(json.loads((tmp_path / "plan.json").read_text("utf-8"))) == chukotka


def refused(plan: Plan, folder: Path) -> InputError:
    """Write and be refused."""
    with pytest.raises(InputError) as caught:
        write_all(plan, (), folder)
    assert caught.value.kind == "cannot_write"
    return caught.value


@pytest.mark.usefixtures("quick")
def test_a_file_in_the_way_is_refused(georgia: Plan, tmp_path: Path) -> None:
    """A file where the folder should be, or above it, is left alone."""
    file = tmp_path / "out"
    file.write_text("mine", encoding="utf-8")
    assert "file is in the way" in str(refused(georgia, file))
    refused(georgia, file / "deeper")
    assert names_in(tmp_path) == ["out"]
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("quick")
def test_a_name_as_long_as_the_system_takes(georgia: Plan, tmp_path: Path) -> None:
    """A folder whose name has 255 bytes is written like any other."""
    write_all(georgia, (), tmp_path / ("y" * 255))
    assert names_in(tmp_path / ("y" * 255)) == NAMES


@pytest.mark.usefixtures("quick")
def test_a_folder_in_the_way_of_a_file_is_refused(georgia: Plan, tmp_path: Path) -> None:
    """Nothing is written when one of the files cannot be."""
    (tmp_path / "plan.pdf").mkdir()
    assert "plan.pdf" in refused(georgia, tmp_path).where
    assert names_in(tmp_path) == ["plan.pdf"]


def test_a_full_disk_leaves_nothing(georgia: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half way, no file and no new folder is left."""

    def full(*_: object, **__: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pdf, "to_pdf", full)
    assert "No space left" in str(refused(georgia, tmp_path / "a" / "b" / "out"))
    assert names_in(tmp_path) == []


def test_a_fault_of_ours_leaves_nothing_either(georgia: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that is no refusal passes through, and the half-made folder is still cleared away."""

    def broken(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "to_pdf", broken)
    with pytest.raises(ZeroDivisionError):
        write_all(georgia, (), tmp_path / "a" / "out")
    assert names_in(tmp_path) == []


@pytest.mark.usefixtures("quick")
def test_a_move_that_fails_brings_the_old_files_back(
    georgia: Plan, chukotka: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a file cannot be moved into place, all files are those of the plan before."""
    folder = tmp_path / "out"
    write_all(georgia, (), folder)
    before = {name: (folder / name).read_bytes() for name in NAMES}
    rename: Callable[[Path, Path], Path] = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if target == folder / "plan.gpx" and self.parent.name.endswith(".part"):
            raise OSError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    assert "Permission denied" in str(refused(chukotka, folder))
    assert {name: (folder / name).read_bytes() for name in names_in(folder)} == before
    assert names_in(tmp_path) == ["out"]
