"""Tracks as JSON: tables as the ``traffic`` library and pandas write them, traces of readsb and tar1090, GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say, verbatim
from skywitness.route.text_file import shown
from skywitness.track.columns import layout
from skywitness.track.geojson_file import read_geojson
from skywitness.track.rows import Rows
from skywitness.track.table import TableBuilder
from skywitness.track.trace_file import read_trace

_PIECE: Final = 20_000
_KEEP: Final = 200
"""Rows that are not handed over yet: an object inside a row is first taken for a row and then taken back."""

_NO_TABLE: Final = say("The JSON is no track that can be read.")


def read_json(text: str, where: str) -> Rows:
    """Read any of the kinds of JSON.  Raises ``InputError`` of kind ``bad_track``."""
    return _records(text, where) if text.lstrip().startswith("[") else _document(_parse(text, where, None), where)


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
    collector = _Collector(where)
    data = _parse(text, where, collector)
    if not isinstance(data, list) or not all(item is _ROW for item in data) or not data:
        kind = next((item for item in data if item is not _ROW), None) if isinstance(data, list) else data
        message = say("The JSON list holds {kind} where records of points are expected.", kind=shown(kind))
        raise _refusal(message, where)
    return collector.close()


class _Row:
    """Stands for an object that was taken as a row."""


_ROW: Final = _Row()


def _inside(value: Any) -> int:
    """Count the objects in a value that were taken as rows."""
    if value is _ROW:
        return 1
    return sum(_inside(item) for item in value) if isinstance(value, list) else 0


@dataclass(slots=True)
class _Collector:
    """Takes the objects of a list one by one as the parser meets them, so that they never all lie in memory."""

    where: str
    builder: TableBuilder | None = None
    names: tuple[str, ...] = ()
    piece: list[dict[str, Any]] = field(default_factory=list)
    strange: dict[str, None] = field(default_factory=dict)

    def take(self, pairs: list[tuple[str, Any]]) -> _Row:
        """Take one object; objects inside it came before and are taken back."""
        row = dict(pairs)
        kinds = set(map(type, row.values()))
        inner = sum(map(_inside, row.values())) if _Row in kinds or list in kinds else 0
        if inner > len(self.piece):
            raise _refusal(say("A record of the JSON list holds more than {count} objects.", count=_KEEP), self.where)
        if inner:
            del self.piece[-inner:]
            row = {key: value for key, value in row.items() if not _inside(value)}
        self.piece.append(row)
        if len(self.piece) >= _PIECE + _KEEP:
            self._hand_over(self.piece[:-_KEEP])
            del self.piece[:-_KEEP]
        return _ROW

    def close(self) -> Rows:
        """Hand over what is left and make the columns."""
        self._hand_over(self.piece)
        assert self.builder is not None
        rows = self.builder.rows(self.where)
        if not self.strange:
            return rows
        note = say("Columns that first appear late in the file are not used: {names}.", names=", ".join(self.strange))
        return Rows(rows.kind, rows.columns, rows.idents, rows.owner, rows.unreadable, (*rows.notes, note))

    def _hand_over(self, piece: Sequence[Mapping[str, Any]]) -> None:
        if self.builder is None:
            self.names = tuple(dict.fromkeys(key for row in piece for key in row))[:400]
            faults = Faults()
            plan = layout(self.names, faults)
            faults.raise_if_any("bad_track", _NO_TABLE, self.where)
            self.builder = TableBuilder("JSON", self.names, plan)
        else:
            known = set(self.names)
            for key in {key for row in piece for key in row if key not in known}:
                if len(self.strange) < 12:
                    self.strange[key[:40]] = None
        if piece:
            self.builder.feed([[row.get(name) for row in piece] for name in self.names])


def _parse(text: str, where: str, collector: _Collector | None) -> Any:
    """Parse JSON; a number that is none becomes nothing, as the libraries that write tracks mean it."""
    hook = _once if collector is None else collector.take
    try:
        return json.loads(text, object_pairs_hook=hook, parse_constant=lambda _token: None)
    except RecursionError:
        raise _refusal(say("Its parts are nested too deep."), where) from None
    except json.JSONDecodeError as error:
        message = say(
            "The JSON is broken at line {line}, column {column}: {problem}.",
            problem=verbatim(error.msg),
            line=str(error.lineno),
            column=str(error.colno),
        )
        raise _refusal(message, where) from None
    except _TwiceError as error:
        raise _refusal(say("The field {name} is given twice; keep one.", name=shown(error.args[0])), where) from None
    except ValueError:  # Python's limit on the digits of a whole number
        raise _refusal(say("The JSON is broken: a number in it has thousands of digits."), where) from None


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


def _refusal(message: Text, where: str) -> InputError:
    return InputError("bad_track", message, where)
