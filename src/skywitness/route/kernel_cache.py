"""Where the compiled kernels are kept, and how they come to be compiled.

The search is written for numba, which compiles each function at its first call and can keep the result in a folder.
Two things go wrong when that is left to numba.  A kept kernel that calls a function of another module does not notice
when that other module changes: it gives wrong numbers and no warning.  And where no folder can be written, importing
the module raises.  So the folder is named by the hash of all kernel sources (new sources, new folder), and where none
can be written nothing is kept.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ENTRY = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_INNER = {**_ENTRY, "no_cpython_wrapper": True, "_nrt": False}
# The kernel that is compiled last: where it is kept, all are.
_LAST_KERNEL = "improve"


def jit(function: _Function) -> _Function:
    """Compile a kernel at its first call and keep the result in the folder of these sources.

    numba's folder is set for this one function only, so that other users of numba in the process keep theirs.
    Division by zero follows numpy (no exception), and the lock of the interpreter is released inside.
    """
    import numba

    place = folder()
    if place is None:
        return cast(_Function, numba.njit(function, cache=False, **_ENTRY))
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(place)
    try:
        return cast(_Function, numba.njit(function, cache=True, **_ENTRY))
    finally:
        numba.config.CACHE_DIR = before


def part(function: _Function) -> _Function:
    """Compile a function that only kernels call: no entrance from Python, no memory of its own, nothing kept.

    That saves half of its compiling.  A kernel keeps what it calls in itself.
    """
    import numba

    return cast(_Function, numba.njit(function, **_INNER))


def inline(function: _Function) -> _Function:
    """Write a function into whatever calls it; for one that is called in one place or two."""
    import numba

    return cast(_Function, numba.njit(function, inline="always", **_INNER))


@functools.cache
def folder() -> Path | None:
    """Find the folder that compiled kernels are kept in; None when none can be written.

    First the user's cache, then a folder of this user's own under the temporary directory.
    """
    name = Path("skywitness", "kernels", sources_hash())
    for base in _bases():
        place = base / name
        if _is_ours(place):
            return place
    return None


def _bases() -> Iterator[Path]:
    """Name the places to try, best first."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(chosen)
    if cache := os.environ.get("XDG_CACHE_HOME"):
        yield Path(cache)
    with contextlib.suppress(RuntimeError):  # no home is known for this user
        yield Path.home() / ".cache"
    yield Path(tempfile.gettempdir()) / f"skywitness-{_user()}"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _is_ours(place: Path) -> bool:
    """Make the folder and tell whether it can be written by us and by nobody else.

    What numba keeps is code: a folder that another user may write to, or may put another in the place of, is not used.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        states = [step.stat() for step in (place, *place.parents[:3])]  # the folder up to the base it was made in
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return all(state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH) for state in states)


@functools.cache
def sources_hash() -> str:
    """Hash every kernel source, with the versions of Python and numba that compile it."""
    digest = hashlib.sha256()
    digest.update(f"{sys.version_info[:2]} {metadata.version('numba')} {metadata.version('llvmlite')}".encode())
    for source in sorted(Path(__file__).parent.glob("kernel*.py")):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def compiled() -> bool:
    """Tell whether the kernels of these sources have been compiled and kept before."""
    place = folder()
    return place is not None and any(place.glob(f"**/*.{_LAST_KERNEL}-*.nbi"))
