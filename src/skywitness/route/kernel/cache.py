"""Where the compiled kernels are kept, and how they come to be compiled.

The search is written for numba, which compiles each function at its first call and can keep the result in a folder.
Two things go wrong when that is left to numba.  A kept kernel that calls a function of another module does not notice
when that other module changes: it gives wrong numbers and no warning.  And where no folder can be written, importing
the module raises.  So the folder is named by the hash of all kernel sources (new sources, new folder), and where none
can be written nothing is kept.
"""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar, cast

from skywitness.core import cache

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ENTRY = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_INNER = {**_ENTRY, "no_cpython_wrapper": True, "_nrt": False}
# The kernels that the processes compile last, each its own: where all are kept, nothing is left to compile.
_LAST_KERNELS = ("shed", "improve", "ways_from", "walk")


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

    First where numba is told to keep its own, then as ``core.cache`` has it.
    """
    return cache.folder("kernels", sources_hash(), first="NUMBA_CACHE_DIR")


@functools.cache
def sources_hash() -> str:
    """Hash every kernel source, with the versions of Python and numba that compile it."""
    digest = hashlib.sha256()
    digest.update(f"{sys.version_info[:2]} {metadata.version('numba')} {metadata.version('llvmlite')}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def compiled() -> bool:
    """Tell whether the kernels of these sources have been compiled and kept before."""
    place = folder()
    return place is not None and all(any(place.glob(f"**/*.{kernel}-*.nbi")) for kernel in _LAST_KERNELS)
