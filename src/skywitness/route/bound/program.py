"""The linear program of a relaxation: rows and columns come as they are needed, the solver keeps its basis.

Values are in thousandths of all values, lengths in shares of the limit: the solver works on numbers near one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from skywitness.route.bound.certificate import PRICE_BITS, Bend, Cut, Prices, Proof, alone_at, edge_gains
from skywitness.route.bound.relaxation import VALUE_BITS, Bends, Flags, Floats, Longs, Relaxation

SCALE = 2.0**VALUE_BITS / 1000.0
"""Units of value in one of the program's."""

NEAREST = 6
"""Pairs that the program begins with: so many nearest of each node, and all of the start and the ends."""

OVERDRAFT = 50_000.0
"""Price of going over the limit: high enough to be bad, so that no branch is without a solution."""

SPARE = 0.1
"""A cut kept with so much to spare is forgotten; it can be found again."""

_INF = 1e30


@dataclass(slots=True)
class Program:
    """A program and its last solution: ``x`` of the pairs (``tail``, ``head``), ``had`` of each item."""

    problem: Relaxation
    cuts: list[Cut] = field(default_factory=list)
    bends: list[Bend] = field(default_factory=list)
    tail: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    head: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    x: Floats = field(default_factory=lambda: np.zeros(0))
    had: Floats = field(default_factory=lambda: np.zeros(0))
    end: Floats = field(default_factory=lambda: np.zeros(0))
    saved: Floats = field(default_factory=lambda: np.zeros(0))
    worth: float = 0.0
    steps: int = 0
    finished: bool = False
    _solver: Any = None
    _dual: Floats = field(default_factory=lambda: np.zeros(0))
    _row: Floats = field(default_factory=lambda: np.zeros(0))
    _bent: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    _in: Flags = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    _plan: Any = None
    _widths: Longs = field(default_factory=lambda: np.zeros((0, 0), np.int64))

    def __post_init__(self) -> None:
        """Set the program up with the nearest pairs."""
        import highspy

        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 1)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("presolve", "off")
        self._plan = _Layout.of(self.problem)
        if self.problem.bends is not None:
            self._widths = np.stack([self.problem.bends.alone(node) for node in range(self.problem.nodes)])
        self._in = np.zeros((0, self.problem.nodes), np.bool_)
        self._add_rows()
        self._add_fixed_columns()
        self.add_pairs(*_nearest(self.problem))
        self._dual, self._row = np.zeros(self.size), np.zeros(self.size)

    # ---- building ----

    def _add_rows(self) -> None:
        plan, problem = self._plan, self.problem
        low, high = np.zeros(plan.rows), np.zeros(plan.rows)
        low[0], high[0] = (-_INF if problem.closed else 2.0), 2.0
        low[plan.choice], high[plan.choice] = (-_INF if problem.closed else 1.0), 1.0
        low[plan.limit : plan.link], high[plan.limit : plan.link] = -_INF, 1.0
        low[plan.link :] = -_INF
        high[plan.straight : plan.bend] = 1.0
        none = np.zeros(plan.rows, np.int32)
        self._solver.addRows(plan.rows, low, high, 0, none, np.zeros(0, np.int32), np.zeros(0))

    def _add_fixed_columns(self) -> None:
        """Ends, nodes, items, extra lengths of regions, overdrafts: in this order."""
        problem, plan = self.problem, self._plan
        columns: list[tuple[float, float, dict[int, float]]] = []
        for t in problem.ends.tolist():
            columns.append((0.0, 1.0, {0: 1.0, plan.choice: 1.0, t: -1.0}))
        node_items: list[list[int]] = [[] for _ in range(problem.nodes)]
        for i, p in enumerate(problem.place.tolist()):
            node_items[p].append(i)
        for p in plan.places.tolist():
            rows = {p: -2.0}
            cost = 0.0
            for i in node_items[p]:
                if plan.alone[i] == p:
                    cost = float(problem.value[i]) / SCALE
                    rows |= plan.item_rows(problem, i)
                else:
                    rows[int(plan.link_of[i])] = -1.0
            columns.append((cost, float(problem.most[p]), rows))
        for i in np.flatnonzero(plan.alone < 0).tolist():
            rows = {int(plan.link_of[i]): 1.0} | plan.item_rows(problem, i)
            columns.append((float(problem.value[i]) / SCALE, 1.0, rows))
        for k, level in enumerate(problem.levels):
            for region in range(level.regions):
                rows = {plan.limit + k: 1.0}
                for s in range(len(level.strips)):
                    rows[plan.strip_row(k, s, region)] = -1.0
                columns.append((0.0, 1.0, rows))
        if problem.bends is not None:
            columns += [(0.0, _INF, {plan.straight: -1.0, plan.bend + k: 1.0}) for k in range(plan.places.size)]
        for row in (*range(plan.limit, plan.link), *range(plan.straight, plan.bend)):
            columns.append((-OVERDRAFT, _INF, {row: -1.0}))
        self._add_columns(columns)

    def _add_columns(self, columns: Sequence[tuple[float, float, dict[int, float]]]) -> None:
        sizes = [len(rows) for _, _, rows in columns]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
        index = np.array([row for _, _, rows in columns for row in rows], np.int32)
        entry = np.array([value for _, _, rows in columns for value in rows.values()], np.float64)
        cost = -np.array([one[0] for one in columns], np.float64)  # the solver minimises
        most = np.array([one[1] for one in columns], np.float64)
        self._solver.addCols(len(columns), cost, np.zeros(len(columns)), most, index.size, starts, index, entry)

    def add_pairs(self, tail: Longs, head: Longs) -> None:
        """Add pairs of nodes as columns, ``tail < head``."""
        problem, plan = self.problem, self._plan
        columns = []
        for u, v in zip(tail.tolist(), head.tolist(), strict=True):
            rows = {u: 1.0, v: 1.0}
            share = problem.length[u, v] / problem.limit
            for row in range(plan.limit, plan.link):
                rows[row] = share
            for k, level in enumerate(problem.levels):
                for place, other in ((u, v), (v, u)):
                    region = int(level.region[place])
                    if region < 0:
                        continue
                    inner = region == int(level.region[other])
                    for s, strip in enumerate(level.strips):
                        used = share if inner else strip.half_run / problem.limit
                        rows[plan.strip_row(k, s, region)] = -used
            if problem.bends is not None:
                rows |= self._bend_entries(problem.bends, u, v)
            cuts = np.flatnonzero(~self._bent)
            for cut in cuts[np.flatnonzero(self._in[:, u] & self._in[:, v])].tolist():
                rows[plan.rows + cut] = 1.0
            most = 2.0 * min(problem.most[u], problem.most[v]) if max(problem.most[u], problem.most[v]) > 1 else 1.0
            columns.append((0.0, most, rows))
        self._add_columns(columns)
        self.tail, self.head = np.concatenate([self.tail, tail]), np.concatenate([self.head, head])

    def _bend_entries(self, bends: Bends, u: int, v: int) -> dict[int, float]:
        """The entries of a pair in the limit of lengths between middles, and in what is saved at its nodes."""
        plan, limit = self._plan, self.problem.limit
        rows = {plan.straight: bends.length[u, v] / limit}
        for place, other in ((u, v), (v, u)):
            if plan.bend_of[place] >= 0:
                rows[int(plan.bend_of[place])] = -self._widths[place, other] / limit
        for k, bend in zip(np.flatnonzero(self._bent).tolist(), self.bends, strict=True):
            if bend.node in (u, v):
                rows[plan.rows + k] = -bend.share[v if bend.node == u else u] / limit
        return rows

    def add_bends(self, bends: Sequence[Bend]) -> None:
        """Add bends as rows: what is saved at a node is at most the shares of its pairs."""
        plan, limit = self._plan, self.problem.limit
        for bend in bends:
            at = np.flatnonzero((self.tail == bend.node) | (self.head == bend.node))
            other = self.tail[at] + self.head[at] - bend.node
            index = np.append(plan.first_pair + at, plan.saving_of[bend.node]).astype(np.int32)
            entry = np.append(-bend.share[other] / limit, 1.0)
            self._solver.addRow(-_INF, 0.0, index.size, index, entry)
        self.bends += bends
        self._bent = np.append(self._bent, np.ones(len(bends), np.bool_))

    def add_cuts(self, cuts: Sequence[Cut]) -> None:
        """Add cuts as rows: pairs inside are at most the nodes inside less the item."""
        if not cuts:
            return
        plan = self._plan
        sides = np.array([cut.side for cut in cuts], np.bool_)
        starts, index, entry = [], [], []
        total = 0
        for cut, side in zip(cuts, sides, strict=True):
            starts.append(total)
            row: dict[int, float] = {
                plan.first_pair + k: 1.0 for k in np.flatnonzero(side[self.tail] & side[self.head])
            }
            row |= {int(plan.column[p]): -1.0 for p in np.flatnonzero(side)}
            column = int(plan.item_column[cut.item])
            row[column] = row.get(column, 0.0) + 1.0
            index += list(row)
            entry += list(row.values())
            total += len(row)
        count = len(cuts)
        arrays = (np.array(starts, np.int32), np.array(index, np.int32), np.array(entry, np.float64))
        self._solver.addRows(count, np.full(count, -_INF), np.zeros(count), total, *arrays)
        self.cuts += cuts
        self._in = np.vstack([self._in, sides])
        self._bent = np.append(self._bent, np.zeros(count, np.bool_))

    def forget_slack(self) -> None:
        """Take out cuts that the last solution keeps with room to spare: every row makes each step slower."""
        rows = self._plan.rows
        spare = np.flatnonzero((self._dual[rows:] <= 0.0) & (self._row[rows:] < -SPARE))
        if spare.size == 0:
            return
        self._solver.deleteRows(spare.size, (rows + spare).astype(np.int32))
        gone = np.zeros(self._bent.size, np.bool_)
        gone[spare] = True
        keep = ~gone[~self._bent]
        self.cuts = [cut for cut, stays in zip(self.cuts, keep.tolist(), strict=True) if stays]
        self.bends = [bend for bend, leaves in zip(self.bends, gone[self._bent].tolist(), strict=True) if not leaves]
        self._in = self._in[keep]
        self._bent = self._bent[~gone]
        self._dual, self._row = np.delete(self._dual, rows + spare), np.delete(self._row, rows + spare)

    # ---- solving ----

    def settle(self, settled: Sequence[tuple[int, bool]]) -> None:
        """Fix items as had or missed, all others free."""
        count = self.problem.items
        low, high = np.zeros(count), np.ones(count)
        for item, had in settled:
            low[item] = high[item] = float(had)
        self._solver.changeColsBounds(count, self._plan.item_column.astype(np.int32), low, high)

    @property
    def size(self) -> int:
        """Number of rows."""
        return int(self._plan.rows + self._bent.size)

    def solve(self, most_steps: int, most_seconds: float) -> float:
        """Solve and keep the solution, or how far it came; the value in units."""
        self._solver.setOptionValue("simplex_iteration_limit", most_steps)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + most_seconds)
        self._solver.run()
        info, solution = self._solver.getInfo(), self._solver.getSolution()
        self.steps += max(int(info.simplex_iteration_count), 0)
        self.finished = self._solver.modelStatusToString(self._solver.getModelStatus()) == "Optimal"
        value, dual, row = (np.array(part) for part in (solution.col_value, solution.row_dual, solution.row_value))
        if not (value.size and dual.size):  # stopped before there was anything to tell
            value = np.zeros(self._plan.first_pair + self.tail.size)
            dual, row = np.zeros(self.size), np.zeros(self.size)
        plan = self._plan
        self.x = value[plan.first_pair :]
        self.had = value[plan.item_column]
        self.end = value[: self.problem.ends.size]
        self.saved = np.where(plan.saving_of >= 0, value[plan.saving_of], 0.0)
        self._dual, self._row = -dual, row
        self.worth = -float(info.objective_function_value) * SCALE + self.problem.given
        return self.worth

    def prices(self) -> Prices:
        """Read the multipliers of the last solution as whole numbers."""
        problem, plan, dual = self.problem, self._plan, self._dual
        by_value = np.rint(dual * SCALE)
        late = np.zeros(self._bent.size)  # the last rows may have come after the solution
        late[: by_value.size - plan.rows] = dual[plan.rows :]
        cut = np.rint(late[~self._bent] * SCALE)
        bend = np.rint(late[self._bent] * (SCALE * 2.0**PRICE_BITS / problem.limit))
        by_length = np.rint(dual * (SCALE * 2.0**PRICE_BITS / problem.limit))
        strips, at = [], plan.strip
        for level in problem.levels:
            size = len(level.strips) * level.regions
            strips.append(by_length[at : at + size].reshape(len(level.strips), level.regions).astype(np.int64))
            at += size
        link = np.zeros(problem.items)
        link[plan.link_of >= 0] = by_value[plan.link_of[plan.link_of >= 0]]
        return Prices(
            by_value[: problem.nodes].astype(np.int64),
            int(by_value[plan.choice]),
            np.maximum(by_length[plan.limit : plan.link], 0.0).astype(np.int64),
            tuple(strips),
            np.maximum(link, 0.0).astype(np.int64),
            np.maximum(cut, 0.0).astype(np.int64),
            max(int(by_length[plan.straight]), 0) if problem.bends is not None else 0,
            np.maximum(bend, 0.0).astype(np.int64),
        )

    def proof(self, settled: tuple[tuple[int, bool], ...] = ()) -> Proof:
        """Put down what the last solution proves; rules without a price have no part in it."""
        prices = self.prices()
        cuts, bends = np.flatnonzero(prices.cut), np.flatnonzero(prices.bend)
        kept = replace(prices, cut=prices.cut[cuts], bend=prices.bend[bends])
        return Proof(
            kept, tuple(self.cuts[k] for k in cuts.tolist()), tuple(self.bends[k] for k in bends.tolist()), settled
        )

    def price(self, most: int) -> int:
        """Add the pairs that would bring the most and are not yet columns; tell how many."""
        gain = edge_gains(self.problem, self.prices(), self._in, self.bends)
        gain[self.tail, self.head] = 0
        found = np.flatnonzero(gain.ravel() > 1e-6 * 2.0**VALUE_BITS / 1000.0)
        if found.size == 0:
            return 0
        if found.size > most:
            found = found[np.argsort(-gain.ravel()[found], kind="stable")[:most]]
        self.add_pairs(*np.divmod(np.sort(found), self.problem.nodes))
        return int(found.size)


def _nearest(problem: Relaxation) -> tuple[Longs, Longs]:
    """Pairs to begin with."""
    far = np.where(problem.usable, problem.length, np.iinfo(np.int64).max)
    near = np.argsort(far, axis=1, kind="stable")[:, :NEAREST]
    wanted = np.zeros_like(problem.usable)
    np.put_along_axis(wanted, near, True, axis=1)
    for node in (0, *problem.ends.tolist()):
        wanted[node] = True
    wanted = np.triu((wanted | wanted.T) & problem.usable, 1)
    tail, head = np.nonzero(wanted)
    return tail.astype(np.int64), head.astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where rows and columns stand."""

    choice: int
    limit: int
    link: int
    strip: int
    straight: int
    bend: int
    rows: int
    first_pair: int
    places: Longs
    column: Longs
    item_column: Longs
    alone: Longs
    link_of: Longs
    strip_at: tuple[tuple[int, int], ...]
    bend_of: Longs
    saving_of: Longs

    @classmethod
    def of(cls, problem: Relaxation) -> _Layout:
        """Number the rows and columns of a problem."""
        nodes, alone = problem.nodes, alone_at(problem)
        limits = max(len(problem.levels), 1)
        shared = np.flatnonzero(alone < 0)
        link = nodes + 1 + limits
        link_of = np.full(problem.items, -1, np.int64)
        link_of[shared] = link + np.arange(shared.size)
        strip = at = link + shared.size
        strip_at = []
        for level in problem.levels:
            strip_at.append((at, level.regions))
            at += len(level.strips) * level.regions
        ends = problem.ends.size
        places = np.setdiff1d(np.arange(1, nodes), problem.ends)
        column = np.full(nodes, -1, np.int64)
        column[problem.ends] = np.arange(ends)
        column[places] = ends + np.arange(places.size)
        item_column = np.where(alone >= 0, column[alone], 0)
        item_column[shared] = ends + places.size + np.arange(shared.size)
        extra = sum(level.regions for level in problem.levels)
        first_saving = ends + places.size + shared.size + extra
        straight, first_pair = at, first_saving + limits
        bend_of, saving_of = np.full(nodes, -1, np.int64), np.full(nodes, -1, np.int64)
        if problem.bends is not None:
            bend_of[places], saving_of[places] = at + 1 + np.arange(places.size), first_saving + np.arange(places.size)
            at, first_pair = at + 1 + places.size, first_pair + places.size + 1
        bend = min(straight + 1, at)
        return cls(
            nodes, nodes + 1, link, strip, straight, bend, at, int(first_pair), places, column, item_column,
            alone, link_of, tuple(strip_at), bend_of, saving_of,
        )  # fmt: skip

    def strip_row(self, level: int, strip: int, region: int) -> int:
        """The row of a strip in a region."""
        first, regions = self.strip_at[level]
        return first + strip * regions + region

    def item_rows(self, problem: Relaxation, item: int) -> dict[int, float]:
        """The entries of an item in the rows of strips."""
        rows = {}
        for k, level in enumerate(problem.levels):
            region = int(level.region[problem.place[item]])
            if region >= 0:
                for s, strip in enumerate(level.strips):
                    rows[self.strip_row(k, s, region)] = float(strip.item[item]) / problem.limit
        return rows
