"""Tracks as JSON: tables as the ``traffic`` library and pandas write them, traces of readsb and tar1090, GeoJSON.

A table of records comes as one list or as JSON Lines: a record on each line (pandas: ``lines=True``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say, verbatim
from skywitness.route.files.text_file import shown
from skywitness.track.columns import layout
from skywitness.track.geojson_file import read_geojson
from skywitness.track.rows import Rows
from skywitness.track.table import TableBuilder
from skywitness.track.trace_file import read_trace

_PIECE_LETTERS: Final = 4_000_000
_TRIES: Final = 4
_BETWEEN: Final = re.compile(r"\}\s*,")
"""What parts two records of a list, though it may stand inside a record or a string too."""

_NO_TABLE: Final = say("The JSON is no track that can be read.")


def read_json(text: str, where: str) -> Rows:
    """Read any of the kinds of JSON.  Raises ``InputError`` of kind ``bad_track``."""
    if text.lstrip().startswith("["):
        return _records(text, where)
    if _is_lines(text):
        return _lines(text, where)
    return _document(_parse(text, where, once=True), where)


def _is_lines(text: str) -> bool:
    """Tell whether the first line is an object of its own and something follows it."""
    first = _first_line(text)
    after = text.find(first) + len(first)
    if not first.rstrip().endswith("}") or not text[after : after + 4096].strip():
        return False
    try:
        return isinstance(_DECODER.decode(first), dict)
    except (ValueError, RecursionError):
        return False


def _document(data: Any, where: str) -> Rows:
    if not isinstance(data, Mapping):
        raise _refusal(say("It is a JSON {kind}, not a track.", kind=shown(data)), where)
    if "trace" in data:
        return read_trace(data, where)
    if data.get("type") in ("FeatureCollection", "Feature", "LineString", "MultiLineString", "Point"):
        return read_geojson(data, where)
    columns = {str(name): column for name, column in data.items() if isinstance(column, Mapping | list)}
    if len(columns) == len(data) and columns:
        return _columns(columns, where)
    keys = ", ".join(str(key)[:30] for key in list(data)[:8])
    message = say(
        "The JSON holds none of the forms of a track that are known (a list of records, columns, a trace, GeoJSON); "
        "its fields are {keys}.",
        keys=keys,
    )
    raise _refusal(message, where)


def _columns(columns: Mapping[str, Any], where: str) -> Rows:
    """Read a table written column by column, each a list or an object with the numbers of the rows as keys."""
    first = next(iter(columns.values()))
    keys = list(first) if isinstance(first, Mapping) else None
    cells: list[list[Any]] = []
    faults = Faults()
    for name, column in columns.items():
        if isinstance(column, Mapping) and keys is not None and (list(column) == keys or set(column) == set(keys)):
            cells.append([column[key] for key in keys])
        elif isinstance(column, list) and keys is None and len(column) == len(first):
            cells.append(column)
        else:
            faults.add(name[:60], say("has other rows than the columns before it"))
    plan = layout(list(columns), faults)
    faults.raise_if_any("bad_track", _NO_TABLE, where)
    builder = TableBuilder("JSON", list(columns), plan)
    builder.feed(cells)
    return builder.rows(where)


def _records(text: str, where: str) -> Rows:
    records = _Records(where)
    for piece in _pieces(text, where):
        records.take(piece)
    return records.rows()


def _pieces(text: str, where: str) -> Iterator[list[Any]]:
    """Parse a list in pieces, so that its records never all lie in memory.

    It is cut behind an object and a comma.  Each piece must be a whole list by itself, or the cut was inside an object
    or a string and is made later; where no cut fits, all is parsed at once, which also tells where the text is broken.
    """
    start, given = text.index("[") + 1, 0
    while True:
        for tries in range(1, _TRIES + 1):
            cut = _BETWEEN.search(text, start + tries * _PIECE_LETTERS)
            words = text[start : cut.start() + 1] + "]" if cut else text[start:]
            piece = _list_of(words)
            if piece:
                break
        if not piece:  # an empty one may follow a comma, which only the whole text shows
            whole = _parse(text, where, line=1)
            yield whole[given:]
            return
        yield piece
        if cut is None:
            return
        given, start = given + len(piece), cut.end()


def _list_of(words: str) -> list[Any]:
    """Parse the inside of a list; an empty one where it is none."""
    try:
        found = _DECODER.decode("[" + words)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _lines(text: str, where: str) -> Rows:
    """Read a record, or a feature of GeoJSON, from each line."""
    features = _DECODER.decode(_first_line(text)).get("type") == "Feature"
    records, found = _Records(where), []
    for piece in _pieces_of_lines(text, where):
        if features:
            found += piece
        else:
            records.take(piece)
    if features:
        return read_geojson({"type": "FeatureCollection", "features": found}, where)
    return records.rows()


def _pieces_of_lines(text: str, where: str) -> Iterator[list[Any]]:
    start, line = 0, 1
    while start < len(text):
        end = text.find("\n", start + _PIECE_LETTERS)
        end = len(text) if end < 0 else end
        lines = text[start:end].split("\n")
        full = [(line + number, words) for number, words in enumerate(lines) if words and not words.isspace()]
        piece = _list_of(",".join(words for _, words in full) + "]")
        if len(piece) != len(full):
            piece = [_parse(words, where, line=number) for number, words in full]
        yield piece
        start, line = end + 1, line + len(lines)


def _first_line(text: str) -> str:
    return text.lstrip().partition("\n")[0]


@dataclass(slots=True)
class _Records:
    """Takes records in pieces; the first piece names the columns."""

    where: str
    builder: TableBuilder | None = None
    known: frozenset[str] = frozenset()
    strange: dict[str, None] = field(default_factory=dict)

    def take(self, piece: Sequence[Any]) -> None:
        """Take a piece; only cells that are needed are looked at."""
        for item in piece:
            if type(item) is not dict:
                message = say("The JSON list holds {kind} where records of points are expected.", kind=shown(item))
                raise _refusal(message, self.where)
        if not piece:
            return
        if self.builder is None:
            names = tuple(dict.fromkeys(key for row in piece for key in row))[:400]
            faults = Faults()
            plan = layout(names, faults)
            faults.raise_if_any("bad_track", _NO_TABLE, self.where)
            self.known = frozenset(names)
            self.builder = TableBuilder("JSON", plan.used, plan)
        else:
            for key in sorted(set().union(*piece) - self.known):
                if len(self.strange) < 12:
                    self.strange[key[:40]] = None
        self.builder.feed(_cells(piece, self.builder.names))

    def rows(self) -> Rows:
        """Make the columns."""
        if self.builder is None:
            raise _refusal(say("The JSON list is empty."), self.where)
        rows = self.builder.rows(self.where)
        if not self.strange:
            return rows
        note = say("Columns that first appear late in the file are not used: {names}.", names=", ".join(self.strange))
        return Rows(rows.kind, rows.columns, rows.idents, rows.owner, rows.unreadable, (*rows.notes, note))


def _cells(piece: Sequence[dict[str, Any]], names: Sequence[str]) -> list[Sequence[Any]]:
    """Turn records into columns; what a record does not have is nothing."""
    try:
        return list(zip(*map(itemgetter(*names), piece), strict=True))  # three names at the least
    except KeyError:
        return [[row.get(name) for row in piece] for name in names]


def _parse(text: str, where: str, *, line: int = 1, once: bool = False) -> Any:
    """Parse JSON that begins on a line; ``once``: a key that stands twice is refused."""
    try:
        return (_ONCE if once else _DECODER).decode(text)
    except RecursionError:
        raise _refusal(say("Its parts are nested too deep."), where) from None
    except json.JSONDecodeError as error:
        message = say(
            "The JSON is broken at line {line}, column {column}: {problem}.",
            problem=verbatim(error.msg),
            line=str(line + error.lineno - 1),
            column=str(error.colno),
        )
        raise _refusal(message, where) from None
    except _TwiceError as error:
        raise _refusal(say("The field {name} is given twice; keep one.", name=shown(error.args[0])), where) from None
    except ValueError:  # Python's limit on the digits of a whole number
        raise _refusal(say("The JSON is broken: a number in it has thousands of digits."), where) from None


def _nothing(_token: str) -> None:
    """Take a number that is none, NaN or Infinity, for nothing, as the libraries mean it that write tracks."""


class _TwiceError(Exception):
    """A key stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _TwiceError(key)
            seen.add(key)
    return found


_DECODER: Final = json.JSONDecoder(parse_constant=_nothing)
_ONCE: Final = json.JSONDecoder(parse_constant=_nothing, object_pairs_hook=_once)


def _refusal(message: Text, where: str) -> InputError:
    return InputError("bad_track", message, where)
