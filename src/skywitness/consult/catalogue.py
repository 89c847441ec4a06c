"""The cases that come with the program, by key: one TOML file each, found by their place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.consult.model import Case
from skywitness.consult.read import read_case
from skywitness.core.errors import DataError, InputError
from skywitness.core.text import say
from skywitness.law.names import did_you_mean, folded
from skywitness.law.rows import read_toml

__all__ = ["case_files", "find_case", "is_key", "load_case", "shipped"]

_FOLDER: Final = Path(__file__).parent / "cases"


@cache
def case_files() -> Mapping[str, Path]:
    """Return the file of every case by its key: ``inf/9m729`` lies in ``cases/inf-9m729.toml``."""
    found = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        treaty = next(name for name in _TREATIES if path.stem.startswith(f"{name}-"))
        found[f"{treaty}/{path.stem.removeprefix(f'{treaty}-')}"] = path
    return MappingProxyType(found)


_TREATIES: Final = ("open-skies", "inf", "cfe", "vienna-document")


def shipped() -> tuple[Case, ...]:
    """Return every case that comes with the program, by key."""
    return tuple(load_case(key) for key in case_files())


@cache
def load_case(key: str) -> Case:
    """Read a case of the program's own.

    :raises DataError: when its file is wrong, which is a bug of ours.
    """
    path = case_files()[key]
    try:
        case = read_case(read_toml(path), path.name)
    except InputError as error:
        raise DataError("bad_data", error.message, path.name, error.faults) from error
    if case.key != key:
        message = say("The case is called {key}, but its file says {other}.", key=key, other=case.key)
        raise DataError("bad_data", message, path.name)
    return case


def is_key(word: str) -> bool:
    """Tell whether a word names a case of the program's own, in full or without its treaty."""
    return bool(_matching(word))


def find_case(word: str) -> Case:
    """Return the case that a word names: ``inf/9m729``, ``9M729``.

    :raises InputError: of kind ``unknown_case``.
    """
    keys = _matching(word)
    if len(keys) == 1:
        return load_case(keys[0])
    known = ", ".join(keys or case_files())
    near = say("") if keys else did_you_mean(word, [*case_files(), *(key.split("/", 1)[1] for key in case_files())])
    message = say(
        "No case is called {word}.{near} Known are: {known}; or give a file that ends in .toml.",
        word=repr(word),
        near=near,
        known=known,
    )
    raise InputError("unknown_case", message, "CASE")


def _matching(word: str) -> tuple[str, ...]:
    wanted = folded(word)
    keys = case_files()
    if wanted in keys:
        return (wanted,)
    return tuple(key for key in keys if key.split("/", 1)[1] == wanted)
