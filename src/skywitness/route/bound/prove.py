"""Proving a bound within a budget of work: cuts and pairs until nothing helps, then branches while there is time.

Work is counted, not timed, so that the same problem and budget give the same bound; a clock only ends what takes far
longer than foreseen.  Wherever it ends, what has been found proves a bound.
"""

from __future__ import annotations

import heapq
import math
import time
from dataclasses import dataclass, field

import numpy as np

from skywitness.route.bound.certificate import Prices, Proof, evaluate
from skywitness.route.bound.program import Program
from skywitness.route.bound.relaxation import VALUE_BITS, Relaxation
from skywitness.route.bound.separation import broken_bends, broken_cuts

STEP_S = 5e-4
"""Seconds of a step of the solver, as measured; work is counted in such seconds."""

ROUND_S = 4e-3
PAIR_S = 5e-8
"""Seconds of a round besides, and of looking at one pair of nodes."""

CLOCK_SHARE = 2.0
"""The clock ends what takes so many times the seconds foreseen."""

MOST_CUTS = 80
MOST_PAIRS = 2000
_PRICE_EVERY = 8
_FORGET_EVERY = 10
_BEND_EVERY = 4
_STALL_ROUNDS = 40
_STALL_SHARE = 2e-5
_LAST_SHARE = 0.2
"""Share of the budget kept for pricing what was left out, without which nothing is proved."""

_WHOLE = 1e-5


@dataclass(frozen=True, slots=True)
class Proved:
    """A bound in units, its proofs, one for each branch, and what was spent; ``done``: nothing was left to try.

    ``cut_short``: the clock ended it, so that another run may prove another bound.
    """

    worth: int
    proofs: tuple[Proof, ...]
    rounds: int
    work_s: float
    done: bool
    cut_short: bool


@dataclass(slots=True)
class _Budget:
    """Work in seconds as foreseen, and the clock that ends it."""

    seconds: float
    began: float = field(default_factory=time.perf_counter)
    spent: float = 0.0
    rounds: int = 0
    cut_short: bool = False

    def left(self, share: float = 1.0) -> bool:
        """Tell whether ``share`` of the work is not yet done."""
        if time.perf_counter() - self.began > self.seconds * CLOCK_SHARE:
            self.cut_short = True
        return self.spent < self.seconds * share and not self.cut_short

    def solve(self, program: Program, share: float = 1.0) -> float:
        """Solve within what is left."""
        rest = max(self.seconds * share - self.spent, 0.05 * self.seconds)
        steps = program.steps
        clock = max(self.seconds * CLOCK_SHARE - (time.perf_counter() - self.began), 0.05 * self.seconds)
        worth = program.solve(max(int(rest / (STEP_S)), 1), clock)
        self.spent += (program.steps - steps) * STEP_S + ROUND_S
        self.rounds += 1
        return worth


def prove(problem: Relaxation, seconds: float, aim: int | None = None) -> Proved:
    """Prove a bound with about ``seconds`` of work; ``aim``: units at which nothing better is wanted."""
    budget = _Budget(seconds)
    best = nothing(problem)
    worth = evaluate(problem, best)
    if problem.items == 0 or seconds <= 0.0:
        return Proved(worth, (best,), 0, 0.0, problem.items == 0, False)
    program = Program(problem)
    found = _tighten(program, budget, aim, 1.0 - _LAST_SHARE)
    worth, best = min((worth, best), _priced(program, budget, ()), key=lambda pair: pair[0])
    done = found and budget.left()
    if done and (aim is None or worth > aim):
        return _branched(program, budget, worth, best, aim)
    return Proved(worth, (best,), budget.rounds, budget.spent, done, budget.cut_short)


def nothing(problem: Relaxation) -> Proof:
    """The proof without prices: all values together."""
    prices = Prices(
        np.zeros(problem.nodes, np.int64),
        0,
        np.zeros(max(len(problem.levels), 1), np.int64),
        tuple(np.zeros((len(level.strips), level.regions), np.int64) for level in problem.levels),
        np.zeros(problem.items, np.int64),
        np.zeros(0, np.int64),
        0,
        np.zeros(0, np.int64),
    )
    return Proof(prices, ())


def _tighten(program: Program, budget: _Budget, aim: int | None, share: float, most: int = 1 << 30) -> bool:
    """Add cuts, bends and pairs until none is found, the aim is reached or the work done; tell whether none is left."""
    last: list[float] = []
    while budget.left(share) and most > 0:
        most -= 1
        worth = budget.solve(program, share)
        if not program.finished:
            return False
        cuts = broken_cuts(program, MOST_CUTS)
        turn = budget.rounds
        bends = broken_bends(program) if not cuts or turn % _BEND_EVERY == 0 else []
        if turn % _FORGET_EVERY == 0:
            program.forget_slack()
        program.add_cuts(cuts)
        program.add_bends(bends)
        pairs = 0
        if turn % _PRICE_EVERY == 0 or not (cuts or bends):
            budget.spent += PAIR_S * program.problem.nodes**2
            pairs = program.price(MOST_PAIRS)
        if not (cuts or bends or pairs):
            return True
        last.append(worth)
        # Rows that were forgotten come back for ever when they are all there is.
        if len(last) > _STALL_ROUNDS and not pairs:
            if aim is not None and worth <= aim:
                return False
            if last[-_STALL_ROUNDS] - worth < _STALL_SHARE * worth:
                return True
    return False


def _priced(program: Program, budget: _Budget, settled: tuple[tuple[int, bool], ...]) -> tuple[int, Proof]:
    """Add pairs, and nothing else, until the solution stands for all of them; then put down what it proves."""
    tries = [(proof := program.proof(settled), evaluate(program.problem, proof))]
    while budget.left() and (program.price(MOST_PAIRS) or not tries):
        budget.spent += PAIR_S * program.problem.nodes**2
        budget.solve(program)
        tries.append((proof := program.proof(settled), evaluate(program.problem, proof)))
    proof, worth = min(tries, key=lambda pair: pair[1])
    return worth, proof


@dataclass(order=True, slots=True)
class _Open:
    """A branch: how much it may hold (negative, for the heap), and the items it settles."""

    rank: int
    number: int
    proof: Proof = field(compare=False)
    pick: int = field(compare=False)


def _branched(program: Program, budget: _Budget, worth: int, best: Proof, aim: int | None) -> Proved:
    """Settle one item after another both ways, the branch that may hold most first."""
    open_ = [_Open(-worth, 0, best, _pick(program))]
    closed: list[tuple[int, Proof]] = []
    number = 0
    while open_ and budget.left() and not (aim is not None and -open_[0].rank <= aim):
        branch = heapq.heappop(open_)
        if branch.pick < 0:
            closed.append((-branch.rank, branch.proof))
            continue
        for had in (True, False):
            number += 1
            settled = (*branch.proof.settled, (branch.pick, had))
            program.settle(settled)
            _tighten(program, budget, aim, 1.0, most=8)
            held, proof = _priced(program, budget, settled)
            # What its parent proves holds for it too.
            parent = _settled(branch.proof, settled)
            held, proof = min((held, proof), (evaluate(program.problem, parent), parent), key=lambda pair: pair[0])
            heapq.heappush(open_, _Open(-held, number, proof, _pick(program, settled)))
    leaves = [(-one.rank, one.proof) for one in open_] + closed
    return Proved(
        max(value for value, _ in leaves),
        tuple(proof for _, proof in leaves),
        budget.rounds,
        budget.spent,
        not open_,
        budget.cut_short,
    )


def _settled(proof: Proof, settled: tuple[tuple[int, bool], ...]) -> Proof:
    return Proof(proof.prices, proof.cuts, proof.bends, settled)


def _pick(program: Program, settled: tuple[tuple[int, bool], ...] = ()) -> int:
    """The item whose being had or not is most open and matters most; -1 when the solution has none in part."""
    had = program.had.copy()
    for item, _ in settled:
        had[item] = 0.0
    part = np.minimum(had, 1.0 - had)
    if part.max(initial=0.0) <= _WHOLE:
        return -1
    return int(np.argmax(part * np.sqrt(program.problem.value.astype(np.float64))))


def in_values(problem: Relaxation, worth: int, whole: bool) -> float:
    """Turn units into values, rounded up; down to a whole number where values are whole (``whole``)."""
    value = math.nextafter(worth * problem.unit, math.inf)
    return float(math.floor(worth * problem.unit)) if whole and problem.unit <= 1.0 else value


assert VALUE_BITS <= 52
