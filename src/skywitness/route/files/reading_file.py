"""Read a reading: the day, what was known, whose borders, which interpretations, whose claims (``reading.toml``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.route.files.document import parse_toml, step
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.fields import Fields, Form
from skywitness.route.files.text_file import path_words, read_text, shown

_PREFIX: Final = "OS:"
_VIEW: Final = Form(r"[a-z0-9][a-z0-9_.-]{0,63}", say("the name of a border view such as un"))


def read_reading(path: Path | str, default_at: dt.date) -> Reading:
    """Read a ``reading.toml``; ``default_at`` is the day whose law applies when the file does not say.

    Raises ``InputError`` of kind ``bad_reading`` with all faults, or the kinds of
    :func:`~skywitness.route.files.text_file.read_text` and :func:`~skywitness.route.files.document.parse_toml`.
    """
    where = path_words(path)
    faults = Faults()
    fields = Fields(parse_toml(read_text(path), where), "", faults)
    reading = take_reading(fields, default_at)
    fields.refuse_unknown()
    raise_faults(faults, "bad_reading", say("The reading cannot be used as it stands."), where)
    return reading


def take_reading(fields: Fields, default_at: dt.date) -> Reading:
    """Take a reading out of a table, noting faults; used for files and for the reading inside a plan."""
    at = fields.date("at") or default_at
    known = fields.date("known")
    view = fields.matching("view", _VIEW) or "un"
    interpretations = MappingProxyType(_interpretations(fields))
    return Reading(at, known, view, interpretations, fields.texts("accepted_claims"))


def _interpretations(fields: Fields) -> dict[str, str]:
    """Take the table of interpretations: provision to the name of the way it is understood."""
    table = fields.table("interpretations")
    found: dict[str, str] = {}
    for provision, value in _flat("", table.unknown()):
        place = step(table.path, provision)
        names = INTERPRETATIONS.get(provision.removeprefix(_PREFIX))
        if names is None:
            known = ", ".join(INTERPRETATIONS)
            fields.faults.add(place, say("is no provision with several interpretations; they are {known}", known=known))
        elif value not in names:
            words = {"names": ", ".join(names), "met": shown(value)}
            fields.faults.add(place, say("expected one of {names}, met {met}", **words))
        elif provision.removeprefix(_PREFIX) in found:
            fields.faults.add(place, say("is given twice; keep one"))
        else:
            found[provision.removeprefix(_PREFIX)] = value
    return found


def _flat(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Join what TOML took for tables in tables: III.I.7 without quotes is one provision all the same."""
    for key, value in table.items():
        full = f"{name}.{key}" if name else key
        if isinstance(value, Mapping) and value and re.fullmatch(r"[A-Za-z0-9]+", key):
            yield from _flat(full, value)
        else:
            yield full, value
