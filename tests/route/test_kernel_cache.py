"""Where compiled kernels are kept, on machines that forbid one place or another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from skywitness.core.text import Text
from skywitness.route.kernel import cache as kernel_cache
from skywitness.route.kernel import warm as kernel_warm

ONE_KERNEL = """
from skywitness.route.kernel import cache as kernel_cache
from skywitness.route.kernel.build import unit_vectors
from skywitness.route.kernel.geodesy import andoyer_m
import numpy as np
a, b = unit_vectors(np.array([0.0, 1.0]), np.array([0.0, 0.0]), reduced=True)
print(round(andoyer_m(*a, *b)), kernel_cache.folder())
"""


@pytest.fixture(autouse=True)
def _fresh_folder() -> None:
    kernel_cache.folder.cache_clear()


def run_with(home: Path, temporary: Path, **more: str) -> list[str]:
    """Measure one degree of the equator in a process of its own, with this home and this temporary folder."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")
    }
    environment |= {"HOME": str(home), "TMPDIR": str(temporary), **more}
    run = subprocess.run(
        [sys.executable, "-c", ONE_KERNEL], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_kernels_are_kept_in_the_users_cache(tmp_path: Path) -> None:
    """With a writable home the compiled kernel lies below it, in a folder named by the sources."""
    metres, place = run_with(tmp_path, tmp_path)
    assert metres == "111319"
    assert Path(place) == tmp_path / ".cache" / "skywitness" / "kernels" / kernel_cache.sources_hash()
    assert list(Path(place).glob("**/*.nbi"))


def test_without_a_home_kernels_are_kept_in_the_temporary_folder(tmp_path: Path) -> None:
    """A user whose home cannot be made keeps kernels in a folder of their own under the temporary one."""
    (tmp_path / "file").write_text("no folder")
    metres, place = run_with(tmp_path / "file", tmp_path)
    assert metres == "111319"
    assert Path(place).is_relative_to(tmp_path / f"skywitness-{os.getuid()}")


def test_where_nothing_can_be_written_kernels_work_and_are_not_kept(tmp_path: Path) -> None:
    """With neither home nor temporary folder kernels are compiled for the process only; nothing is raised."""
    (tmp_path / f"skywitness-{os.getuid()}").write_text("in the way")
    (tmp_path / "file").write_text("no folder")
    metres, place = run_with(tmp_path / "file", tmp_path)
    assert (metres, place) == ("111319", "None")


def test_a_folder_others_may_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept kernels are code: a cache that any other user may write to is passed over."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert kernel_cache.folder() == tmp_path / "skywitness" / "kernels" / kernel_cache.sources_hash()
    (tmp_path / "skywitness").chmod(0o777)
    kernel_cache.folder.cache_clear()
    place = kernel_cache.folder()
    assert place is not None
    assert place.is_relative_to(tmp_path / "home")


def test_other_sources_have_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Any change of any kernel source changes the name of the folder."""
    kernel_cache.sources_hash.cache_clear()
    before = kernel_cache.sources_hash()
    for source in Path(kernel_cache.__file__).parent.glob("*.py"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    monkeypatch.setattr(kernel_cache, "__file__", str(tmp_path / "cache.py"))
    kernel_cache.sources_hash.cache_clear()
    assert kernel_cache.sources_hash() == before
    with (tmp_path / "legs.py").open("a") as source_file:
        source_file.write("\n")
    kernel_cache.sources_hash.cache_clear()
    assert kernel_cache.sources_hash() != before
    monkeypatch.undo()
    kernel_cache.sources_hash.cache_clear()


def test_compiling_is_announced_once() -> None:
    """Whoever has compiled kernels is told nothing; compiled is what warming leaves behind."""
    said: list[Text] = []
    kernel_warm.warm(said.append)
    assert kernel_cache.compiled()
    said.clear()
    kernel_warm.warm(said.append)
    assert said == []


@pytest.mark.parametrize("program", ["/nowhere/python", sys.executable, ""])
def test_compiling_alone_is_no_failure(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where other processes cannot be started, or fail at once, what is compiled here is all that is missed."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))  # an interpreter that finds no library ends at once
    monkeypatch.setattr(sys, "executable", program)
    done = []
    with kernel_warm._other_shares(3):
        done.append(1)
    assert done == [1]
