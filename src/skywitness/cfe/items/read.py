"""Read a file of items from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.items.listed import near_names
from skywitness.cfe.items.model import BOUNDS, CHOICES, FLAGS, CaseFile, Item, Record
from skywitness.cfe.items.weights import REMOVABLE
from skywitness.cfe.kinds import KINDS
from skywitness.cfe.law import instrument
from skywitness.cfe.model import BASES, CLAIMED, DECLARED, OTHERS
from skywitness.cfe.places import districts, find_place, places
from skywitness.core.errors import Faults
from skywitness.core.text import Text, quoted, say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.names import did_you_mean, folded, near
from skywitness.law.rows import refuse_strays

__all__ = ["read_items"]

_STATE: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_SUFFIXES: Final = ("at_least", "at_most", "uncertainty")
_MOST_T: Final = 100.0


def read_items(data: Mapping[str, Any], where: str = "") -> CaseFile:
    """Read a file for ``cfe classify``; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_items`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, ("title", "at", "item", "record"), faults)
    law = instrument()
    top = ActRow(_plain(data, faults), {key: data[key] for key in ("title", "at") if key in data}, law)
    items = tuple(_item(row) for row in act_rows(data.get("item", []), "item", faults, law))
    if not items and not faults:
        faults.add("item", say("missing: tell at least one item in a table [[item]]"))
    names = _names(items, faults)
    records = tuple(_record(row, names) for row in act_rows(data.get("record", []), "record", faults, law))
    title, at = top.prose("title"), top.needed_day("at")
    top.close()
    faults.raise_if_any("bad_items", say("These items cannot be used as they stand."), where)
    return CaseFile(at, title, items, records)


def _plain(data: Mapping[str, Any], faults: Faults) -> Any:
    from skywitness.law.rows import Row

    return Row(data, "file", faults)


def _item(row: ActRow) -> Item:
    found = Item(
        id=row.prose("id", needed=True),
        state=_state(row, "state"),
        medium=row.text("medium", among=("land", "air")),
        type=row.prose("type"),
        model=row.prose("model"),
        counted_as=row.text("counted_as", "", among=KINDS),
        located=_located(row),
        district=row.prose("district"),
        names=row.texts("names", []),
    )
    if row.flag("listed") and found.type and near_names(found.type) is not None:
        row.fault("type", say("{type} is in no list.{near}", type=quoted(found.type), near=near_names(found.type)))
    if found.district:
        _check_district(row, found.located, found.district)
    row.close()
    return found


def _check_district(row: ActRow, located: str, words: str) -> None:
    """Note a district of a State that has none, or a misspelt one; one of no near name may lie outside the area."""
    place, parts = find_place(located, words), districts(located)
    inside = any(one.state == located for one in places().values())
    if isinstance(place, Text) and inside and (not parts or near(words, [one.id for one in parts])):
        row.fault("district", place)


def _located(row: ActRow) -> str:
    """Read the State an item is in: one with a district and without a word of it is in its own."""
    if "located" in row:
        return _state(row, "located")
    return row.text("state") if "district" in row else ""


def _state(row: ActRow, key: str) -> str:
    code = row.text(key)
    if isinstance(row.anything(key), str) and not _STATE.fullmatch(code):
        row.fault(key, say("{code} is no code of a State such as SWE (ISO 3166)", code=quoted(code)))
    return code


def _names(items: tuple[Item, ...], faults: Faults) -> dict[str, Item]:
    """Lead from every name that records may use to its item; a name of two items is a fault."""
    found: dict[str, Item] = {}
    for one in items:
        for name in {folded(word) for word in (one.id, *one.names)}:
            if found.setdefault(name, one) is not one:
                told = {"name": quoted(name), "first": found[name].id, "other": one.id}
                faults.add(f"item[{one.id}]", say("{name} is a name of {first} and of {other}", **told))
    return found


def _record(row: ActRow, names: Mapping[str, Item]) -> Record:
    word = row.prose("of", needed=True)
    item = names.get(folded(word))
    if item is None and word:
        near = did_you_mean(word, names)
        row.fault("of", say("{name} is no item of this file.{near}", name=quoted(word), near=near))
    by = _speaker(row)
    default = DECLARED if item is not None and by == item.state else CLAIMED
    found = Record(
        where=row.where,
        of=item.id if item else "",
        by=by,
        basis=row.text("basis", default, among=BASES),
        day=row.day("day"),
        values=MappingProxyType(_values(row)),
        left_out=MappingProxyType(_left_out(row)),
    )
    if not found.values:
        row.fault("by", say("says nothing: tell at least one fact"))
    row.prose("source")
    row.prose("note")
    row.anything("id")
    row.close()
    return found


def _speaker(row: ActRow) -> str:
    by = row.text("by")
    known = (*instrument().parties, *OTHERS)
    if isinstance(row.anything("by"), str) and by not in known:
        told = {"code": quoted(by), "known": ", ".join(OTHERS), "near": did_you_mean(by, known)}
        row.fault("by", say("{code} is no State known here, and none of {known}.{near}", **told))
    return by


def _values(row: ActRow) -> dict[str, Any]:
    found: dict[str, Any] = {name: row.flag(name) for name in FLAGS if row.anything(name) is not None}
    for name, words in CHOICES.items():
        if row.anything(name) is not None:
            found[name] = row.text(name, among=words)
    for name, most in BOUNDS.items():
        bounds = _bounds(row, name, most)
        if bounds is not None:
            found[name] = bounds
    return found


def _bounds(row: ActRow, name: str, most: float) -> tuple[float, float] | None:
    """Read a number: exact, with its uncertainty (half the width), or between ends."""
    exact = row.optional_number(name, 0.0, most)
    least, top, half = (row.optional_number(f"{name}_{suffix}", 0.0, most) for suffix in _SUFFIXES)
    if exact is not None and (least is not None or top is not None):
        row.fault(name, say("stands for itself: leave out {name}_at_least and {name}_at_most", name=name))
    if exact is None and half is not None:
        row.fault(f"{name}_uncertainty", say("belongs to {name}, which is missing", name=name))
    if exact is not None:
        return max(exact - (half or 0.0), 0.0), exact + (half or 0.0)
    if least is None and top is None:
        return None
    low, high = least or 0.0, float("inf") if top is None else top
    if low > high:
        row.fault(f"{name}_at_least", say("no number lies between these ends"))
    return low, max(low, high)


def _left_out(row: ActRow) -> dict[str, float]:
    """Read what was taken off the loaded weight, in tonnes by name; fixed parts may be named, and are judged."""
    table = row.anything("left_out_t")
    if table is None:
        return {}
    if not isinstance(table, dict):
        row.fault("left_out_t", say("a table of tonnes by name is expected, such as {{ fuel = 0.9 }}"))
        return {}
    found: dict[str, float] = {}
    for name, value in table.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= _MOST_T:
            found[name] = float(value)
        else:
            row.fault(f"left_out_t.{name}", say("{value} is not from 0 to {most:g}", value=quoted(value), most=_MOST_T))
        if name not in REMOVABLE and not (name.isidentifier() and len(name) <= 40):
            row.fault("left_out_t", say("{name} is no name of a part", name=quoted(name)))
    return found
