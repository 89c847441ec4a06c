"""Compiling and keeping the kernel of this room, in a folder named by its own sources.

As ``kernel.cache`` has it for the search that values legs; apart from it, so that a change here compiles nothing there.
"""

# mypy: disable-error-code="call-overload, attr-defined"

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
SOURCES = ("arrays", "chance", "compiled", "exact", "fill", "kernel", "moves", "path", "ruin", "selection")
"""The modules that hold what is compiled, and this one."""


def jit(function: _Function) -> _Function:
    """Compile an entrance from Python at its first call and keep it; numba's own folder stays what it was."""
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
    """Compile what only the entrance calls: half the work, since Python cannot call it."""
    import numba

    return cast(_Function, numba.njit(function, **_INNER))


def inline(function: _Function) -> _Function:
    """Write a function into the one that calls it: what is compiled by itself is optimised again in every caller."""
    import numba

    return cast(_Function, numba.njit(function, inline="always", **_INNER))


@functools.cache
def folder() -> Path | None:
    """Find the folder the compiled kernel is kept in; None when none can be written."""
    return cache.folder("orienteering", sources_hash(), first="NUMBA_CACHE_DIR")


@functools.cache
def sources_hash() -> str:
    """Hash the sources of this room, with the versions of Python and numba that compile them."""
    digest = hashlib.sha256()
    digest.update(f"{sys.version_info[:2]} {metadata.version('numba')} {metadata.version('llvmlite')}".encode())
    for name in SOURCES:
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()[:20]


def compiled() -> bool:
    """Tell whether the kernel of these sources has been compiled and kept before."""
    place = folder()
    return place is not None and any(place.glob("**/*.nbi"))
