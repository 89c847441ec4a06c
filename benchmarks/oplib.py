"""Reading orienteering instances in the format of OPLib: TSPLIB's keywords, a limit, values of nodes, one depot.

Reinelt 1991 and 1995 for the metrics and tables of distances; Kobeaga, Merino and Lozano 2018 for the rest.  What is
missing or contradicts itself is refused in one sentence; nothing is taken to be zero.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Point = tuple[float, float]

_KEYWORD = re.compile(r"([A-Z][A-Z0-9_]*)\s*(?::\s*(.*))?$")
_LARGEST_BYTES = 1 << 28
_MOST_NODES = 12_000


class OplibError(ValueError):
    """A file that is no instance, or one of a kind that is not solved here; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One orienteering problem: whole distances between all nodes, a value for each, the depot and the limit."""

    name: str
    position: Floats  # [n, 2], only to tell nodes apart and to draw; empty when the file gives distances only
    distance: Longs
    value: Floats
    depot: int
    limit: int
    metric: str

    def score(self, tour: tuple[int, ...]) -> float:
        """Check a closed tour, from depot to depot, leg by leg with plain numbers, and add up its value."""
        if tour[0] != self.depot or tour[-1] != self.depot or len(set(tour)) != len(tour) - 1:
            raise ValueError(f"{self.name}: not a closed tour through the depot")
        length = self.length(tour)
        if length > self.limit:
            raise ValueError(f"{self.name}: {length} is over the limit of {self.limit}")
        return math.fsum(float(self.value[node]) for node in tour[:-1])

    def length(self, tour: tuple[int, ...]) -> int:
        """Measure a tour by the metric of the file, not by the table the search has; a table in the file as given."""
        legs = itertools.pairwise(tour)
        if self.metric == "EXPLICIT":
            return sum(int(self.distance[a, b]) for a, b in legs)
        measure = METRICS[self.metric]
        place = [(float(x), float(y)) for x, y in self.position]
        return sum(measure(place[a], place[b]) if a != b else 0 for a, b in legs)


def _apart(a: Point, b: Point) -> float:
    return math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _geo(a: Point, b: Point) -> int:
    """Measure degrees and minutes on a sphere of 6378.388 km, cut off and one added."""

    def radians(number: float) -> float:
        whole = math.trunc(number)
        return 3.141592 * (whole + 5.0 * (number - whole) / 3.0) / 180.0

    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    q1, q2, q3 = math.cos(lon_a - lon_b), math.cos(lat_a - lat_b), math.cos(lat_a + lat_b)
    angle = math.acos(min(max(0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3), -1.0), 1.0))
    return int(6378.388 * angle + 1.0)


METRICS: dict[str, Callable[[Point, Point], int]] = {
    "EUC_2D": lambda a, b: math.floor(_apart(a, b) + 0.5),
    "CEIL_2D": lambda a, b: math.ceil(_apart(a, b)),
    "ATT": lambda a, b: math.ceil(math.sqrt(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) / 10.0)),
    "GEO": _geo,
    "MAN_2D": lambda a, b: math.floor(abs(a[0] - b[0]) + abs(a[1] - b[1]) + 0.5),
    "MAX_2D": lambda a, b: max(math.floor(abs(a[0] - b[0]) + 0.5), math.floor(abs(a[1] - b[1]) + 0.5)),
}


def distances(position: Floats, kind: str) -> Longs:
    """Measure all pairs by one of TSPLIB's metrics: EUC_2D, CEIL_2D, ATT, GEO, MAN_2D, MAX_2D."""
    dx, dy = (np.abs(axis[:, None] - axis) for axis in position.T)
    if kind == "GEO":
        whole = np.trunc(position)
        lat, lon = (3.141592 * (whole + 5.0 * (position - whole) / 3.0) / 180.0).T
        q1 = np.cos(lon[:, None] - lon)
        q2, q3 = np.cos(lat[:, None] - lat), np.cos(lat[:, None] + lat)
        table = 6378.388 * np.arccos(np.clip(0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3), -1.0, 1.0)) + 1.0
    elif kind == "EUC_2D":
        table = np.floor(np.sqrt(dx**2 + dy**2) + 0.5)
    elif kind == "CEIL_2D":
        table = np.ceil(np.sqrt(dx**2 + dy**2))
    elif kind == "ATT":
        table = np.ceil(np.sqrt((dx**2 + dy**2) / 10.0))
    elif kind == "MAN_2D":
        table = np.floor(dx + dy + 0.5)
    elif kind == "MAX_2D":
        table = np.maximum(np.floor(dx + 0.5), np.floor(dy + 0.5))
    else:
        raise OplibError(f"EDGE_WEIGHT_TYPE is {kind}; known are {', '.join(METRICS)} and EXPLICIT.")
    whole_table: Longs = table.astype(np.int64)
    np.fill_diagonal(whole_table, 0)
    return whole_table


def read_instance(path: Path) -> Instance:
    """Read one file; ``OplibError`` says in one sentence what is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise OplibError(f"{path} has more than {_LARGEST_BYTES} bytes.")
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise OplibError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return _instance(path.stem, *_parts(text))
    except OplibError as error:
        raise OplibError(f"{path}: {error}") from None


def _parts(text: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Part a file into its keywords and the words of its sections."""
    head: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    words: list[str] | None = None
    for line in map(str.strip, text.splitlines()):
        found = _KEYWORD.match(line)
        if line == "EOF":
            break
        if found and found[1].endswith("_SECTION"):
            if found[1] in sections:
                raise OplibError(f"{found[1]} stands there twice.")
            words = sections.setdefault(found[1], (found[2] or "").split())
        elif found and found[2] is not None:
            head[found[1]], words = found[2].strip(), None
        elif line and words is None:
            raise OplibError(f"the line {line[:40]!r} is neither KEYWORD : VALUE nor part of a section.")
        elif words is not None:
            words.extend(line.split())
    return head, sections


def _instance(name: str, head: dict[str, str], sections: dict[str, list[str]]) -> Instance:
    """Make an instance of the parts of its file."""
    n = int(_number(head, "DIMENSION"))
    if not 1 <= n <= _MOST_NODES:
        raise OplibError(f"DIMENSION is {n}; from 1 to {_MOST_NODES} nodes are taken.")
    limit = _number(head, "COST_LIMIT")
    value = _by_node(_section(sections, "NODE_SCORE_SECTION"), n, 1, "NODE_SCORE_SECTION")[:, 0]
    if (value < 0.0).any():
        raise OplibError("NODE_SCORE_SECTION has a value below zero.")
    kind = head.get("EDGE_WEIGHT_TYPE", "")
    position = np.zeros((0, 2))
    if kind == "EXPLICIT":
        table = _table(_section(sections, "EDGE_WEIGHT_SECTION"), n, head.get("EDGE_WEIGHT_FORMAT", ""))
    else:
        if kind not in METRICS:
            raise OplibError(f"EDGE_WEIGHT_TYPE is {kind or 'missing'}; known are {', '.join(METRICS)} and EXPLICIT.")
        position = _by_node(_section(sections, "NODE_COORD_SECTION"), n, 2, "NODE_COORD_SECTION")
        table = distances(position, kind)
    if table.size and (table.min() < 0 or table.max() >= 1 << 29 or (table != table.T).any()):
        raise OplibError("distances must be the same both ways, not below zero and below 2^29.")
    if limit < 0:
        raise OplibError(f"COST_LIMIT is {limit:g}, below zero.")
    # Distances are whole numbers, so what is behind the point of a limit cannot be used.
    return Instance(name, position, table, value, _depot(sections, n), math.floor(limit), kind)


def _number(head: dict[str, str], keyword: str) -> float:
    """Read a number of the head."""
    if keyword not in head:
        raise OplibError(f"{keyword} is missing.")
    try:
        number = float(head[keyword])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise OplibError(f"{keyword} is {head[keyword][:40]!r}, not a number.")
    return number


def _section(sections: dict[str, list[str]], name: str) -> list[float]:
    """Read the numbers of a section."""
    if name not in sections:
        raise OplibError(f"{name} is missing.")
    try:
        numbers = [float(word) for word in sections[name]]
    except ValueError:
        numbers = [math.nan]
    if not all(map(math.isfinite, numbers)):
        raise OplibError(f"{name} holds what is not a number.")
    return numbers


def _by_node(numbers: list[float], n: int, count: int, name: str) -> Floats:
    """Read rows of a node's number and ``count`` numbers of it, each node once."""
    if len(numbers) != n * (count + 1):
        raise OplibError(f"{name} has {len(numbers)} numbers, not {count + 1} for each of {n} nodes.")
    rows = np.array(numbers).reshape(n, count + 1)
    order = rows[:, 0].argsort(kind="stable")
    if (rows[order, 0] != np.arange(1, n + 1)).any():
        raise OplibError(f"{name} does not name each node from 1 to {n} once.")
    return rows[order, 1:]


def _depot(sections: dict[str, list[str]], n: int) -> int:
    """Read the one depot; the list may end with -1."""
    depots = _section(sections, "DEPOT_SECTION")
    if -1.0 in depots:
        depots = depots[: depots.index(-1.0)]
    if len(depots) != 1:
        raise OplibError(f"DEPOT_SECTION names {len(depots)} depots; problems with exactly one are solved here.")
    if depots[0] not in range(1, n + 1):
        raise OplibError(f"the depot is {depots[0]:g}, not a node from 1 to {n}.")
    return int(depots[0]) - 1


def _table(numbers: list[float], n: int, form: str) -> Longs:
    """Read a table of distances in one of TSPLIB's forms."""
    rows: dict[str, Callable[[int], range]] = {
        "FULL_MATRIX": lambda _: range(n),
        "UPPER_ROW": lambda i: range(i + 1, n),
        "UPPER_DIAG_ROW": lambda i: range(i, n),
        "LOWER_ROW": lambda i: range(i),
        "LOWER_DIAG_ROW": lambda i: range(i + 1),
    }
    same = {"LOWER_COL": "UPPER_ROW", "LOWER_DIAG_COL": "UPPER_DIAG_ROW"}
    same |= {"UPPER_COL": "LOWER_ROW", "UPPER_DIAG_COL": "LOWER_DIAG_ROW"}
    row = rows.get(same.get(form, form))
    if row is None:
        raise OplibError(f"EDGE_WEIGHT_FORMAT is {form or 'missing'}; known are {', '.join([*rows, *same])}.")
    cells = [(i, j) for i in range(n) for j in row(i)]
    if len(cells) != len(numbers):
        raise OplibError(f"EDGE_WEIGHT_SECTION has {len(numbers)} numbers, {form} of {n} nodes has {len(cells)}.")
    if any(number != math.floor(number) for number in numbers):
        raise OplibError("EDGE_WEIGHT_SECTION has a distance that is not a whole number.")
    table = np.zeros((n, n), dtype=np.int64)
    i, j = _columns(cells)
    table[i, j] = numbers
    if form != "FULL_MATRIX":
        table[j, i] = numbers
    np.fill_diagonal(table, 0)
    return table


def _columns(cells: list[tuple[int, int]]) -> Iterator[Longs]:
    return iter(np.array(cells, dtype=np.int64).reshape(-1, 2).T)
