"""Read skies from a table: a row for each site, a column for each member, 0 (cloudy) to 1 (clear) in each cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say, say_n
from skywitness.route.clouds.told import Told
from skywitness.route.files.decimals import Cell, Decimals, learn_decimals
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.sites_csv import SEPARATORS
from skywitness.route.files.text_file import path_words, read_text, shown
from skywitness.route.model import Site

MOST_MEMBERS: Final = 2000
MOST_CELLS: Final = 8_000_000

WEIGHTS: Final = ("weight", "weights")
"""The row of this name says what each member weighs."""

FAR_APART: Final = 0.1
"""A chance of a site and the mean of its skies that differ by more than this contradict one another."""

_MOST_NAMED: Final = 3
_PLAIN: Final = {"0": 0.0, "1": 1.0}


@dataclass(frozen=True, slots=True)
class ReadTold:
    """The skies of a file, the sites with the chances that follow from them, and what the reader has to tell."""

    told: Told
    sites: tuple[Site, ...]
    warnings: tuple[Text, ...] = ()


@dataclass(slots=True)
class _Table:
    """What is gathered from the rows."""

    members: int
    decimals: Decimals
    faults: Faults = field(default_factory=Faults)
    rows: dict[str, list[float]] = field(default_factory=dict)
    weights: list[float] | None = None


def read_told(path: Path | str, sites: Sequence[Site]) -> ReadTold:
    """Read the skies over ``sites``.

    Raises ``InputError`` of kind ``bad_scenarios`` with all faults and their lines, or the kinds of
    :func:`~skywitness.route.files.text_file.read_text`.
    """
    return told_from_text(read_text(path), sites, path_words(path))


def told_from_text(text: str, sites: Sequence[Site], where: str = "") -> ReadTold:
    """Read skies from the text of a table; ``where`` names it in the refusal."""
    separator = max(SEPARATORS, key=text.split("\n", 1)[0].count)
    lines = _lines(text, separator, where)
    members = len(lines[0][1]) - 1
    _refuse_shape(members, len(lines) - 1, where)
    body = lines[1:]
    cells = (Cell(place, words, False) for place, row in body for words in row[1:] if words not in _PLAIN)
    table = _Table(members, learn_decimals(cells, separator == ","))
    if table.decimals.mixed:
        words = {"comma": table.decimals.comma, "point": table.decimals.point}
        message = say("Decimals are written with a comma ({comma}) and with a point ({point}); use one.", **words)
        raise InputError("bad_scenarios", message, where)
    for place, row in body:
        _row(place, row, table)
    names = {site.name for site in sites}
    if not table.faults and not names & table.rows.keys():
        table.faults.add("", say("no row has the name of a site; rows are matched to sites by their names"))
    raise_faults(table.faults, "bad_scenarios", say("The scenarios of clouds cannot be used as they stand."), where)
    told = _told(table, names)
    return ReadTold(told, told.with_chances(sites), tuple(_warnings(told, table, sites)))


def _lines(text: str, separator: str, where: str) -> list[tuple[str, list[str]]]:
    """The rows that are not empty, each with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((f"line {reader.line_num}", [cell.strip() for cell in cells]))
    except csv.Error:
        message = say("Quotes are not closed, or text follows one, in line {line}.", line=str(reader.line_num))
        raise InputError("bad_scenarios", message, where) from None
    return found


def _refuse_shape(members: int, rows: int, where: str) -> None:
    """Refuse a table that can be no table of skies."""
    if members < 2 or rows < 1:
        message = say(
            "Expected a first row with a name for each column (name, then two members or more) and a row for each "
            "site; met {members} members and {rows} rows.",
            members=max(members, 0),
            rows=rows,
        )
        raise InputError("bad_scenarios", message, where)
    if members > MOST_MEMBERS or members * rows > MOST_CELLS:
        message = say(
            "There are {members:,} members of {rows:,} sites; at most {most:,} members and {cells:,} numbers are read.",
            members=members,
            rows=rows,
            most=MOST_MEMBERS,
            cells=MOST_CELLS,
        )
        raise InputError("bad_scenarios", message, where)


def _row(place: str, cells: list[str], table: _Table) -> None:
    """Read one row, or note every fault of it."""
    name, numbers = cells[0], cells[1:]
    if len(numbers) != table.members:
        words = {"count": len(numbers), "members": table.members}
        table.faults.add(place, say("numbers: {count}; members named in the first row: {members}", **words))
        return
    is_weights = name.lower() in WEIGHTS
    if not name:
        table.faults.add(place, say("names no site"))
    elif name in table.rows or (is_weights and table.weights is not None):
        table.faults.add(place, say("{name} stands twice", name=shown(name)))
    read = [_number(words, member, place, is_weights, table) for member, words in enumerate(numbers, 1)]
    if is_weights:
        if not any(read):
            table.faults.add(place, say("no member weighs anything"))
        table.weights = read
    else:
        table.rows[name] = read


def _number(words: str, member: int, place: str, is_weight: bool, table: _Table) -> float:
    if words in _PLAIN:
        return _PLAIN[words]
    read = table.decimals.read(words, large=False)
    if isinstance(read, float) and is_weight and not 0.0 <= read <= 1e12:
        read = say("{met} is no weight from 0 on", met=shown(words))
    elif isinstance(read, float) and not is_weight and not 0.0 <= read <= 1.0:
        read = say("{met} is not from 0 to 1", met=shown(words))
    if isinstance(read, float):
        return read
    table.faults.add(place, say("member {member}: {problem}", member=str(member), problem=read))
    return 0.0


def _told(table: _Table, names: set[str]) -> Told:
    """Keep the rows of sites that there are."""
    rows = [name for name in table.rows if name in names]
    clear = np.array([table.rows[name] for name in rows], dtype=np.float32).T.copy()
    weight = np.array(table.weights if table.weights is not None else [1.0] * table.members, dtype=np.float64)
    return Told({name: place for place, name in enumerate(rows)}, clear, weight / weight.sum())


def _warnings(told: Told, table: _Table, sites: Sequence[Site]) -> Iterable[Text]:
    """Tell what does not fit together."""
    unknown = [name for name in table.rows if name not in told.columns]
    if unknown:
        yield say_n(
            "{count} row of the scenarios has the name of no site and is not used: {names}",
            "{count} rows of the scenarios have the name of no site and are not used: {names}",
            len(unknown),
            names=_named(unknown),
        )
    missing = [site.name for site in sites if site.name not in told.columns]
    if missing:
        yield say_n(
            "{count} site has no row in the scenarios; it is as clear as its p_clear in each of them: {names}",
            "{count} sites have no row in the scenarios; they are as clear as their p_clear in each of them: {names}",
            len(missing),
            names=_named(missing),
        )
    apart = [
        f"{site.name} ({site.p_clear:.2f}, {chance:.2f})"
        for site in sites
        if site.p_clear is not None
        and (chance := told.chance(site)) is not None
        and abs(chance - site.p_clear) > FAR_APART + 1e-9
    ]
    if apart:
        yield say_n(
            "{count} site has a p_clear that its scenarios contradict (p_clear, mean of the scenarios): {names}; the "
            "expected value is by p_clear, mean and quantile are by the scenarios",
            "{count} sites have a p_clear that their scenarios contradict (p_clear, mean of the scenarios): {names}; "
            "the expected value is by p_clear, mean and quantile are by the scenarios",
            len(apart),
            names=_named(apart),
        )


def _named(names: Sequence[str]) -> Text:
    first = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return say("{first} and {more} more", first=first, more=more) if more > 0 else say("{first}", first=first)
