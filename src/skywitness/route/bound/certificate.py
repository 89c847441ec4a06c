"""The proof of a bound: multipliers of the rules that were left to be paid for, and the value that follows from them.

Whatever the multipliers are, the value is one that no route exceeds (weak duality): every rule of the relaxation is
taken into the objective with its multiplier, and what remains is decided for each variable by itself.  So a proof
needs no trust in the solver that found its multipliers.  All is evaluated in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.bound.relaxation import Bends, Flags, Level, Longs, Relaxation

PRICE_BITS = 20
"""Prices of length are in units of value per unit of length, divided by two to this power."""

EXACT = float(1 << 52)


@dataclass(frozen=True, slots=True)
class Cut:
    """Who has ``item`` crosses the edge of ``side`` twice: its node lies in it, the start does not."""

    item: int
    side: Flags


@dataclass(frozen=True, slots=True)
class Bend:
    """What is saved at ``node`` is at most the ``share`` of the pair it is come from and of the pair gone on by."""

    node: int
    share: Longs


@dataclass(frozen=True, slots=True)
class Prices:
    """Multipliers, whole units of value; those of length (``length``, ``strip``) have ``PRICE_BITS`` more bits.

    ``node``: as many ways in as out; ``choice``: one end; ``length``: the limit, once for each level; ``strip``: by
    level, strip and region; ``link``: an item is had at one of its pieces; ``once``: and touched once; ``cut``: by cut.
    """

    node: Longs
    choice: int
    length: Longs
    strip: tuple[Longs, ...]
    link: Longs
    cut: Longs
    straight: int
    bend: Longs


@dataclass(frozen=True, slots=True)
class Proof:
    """Prices and the cuts they are for; ``settled``: items that a branch takes as had (true) or missed, in order."""

    prices: Prices
    cuts: tuple[Cut, ...]
    bends: tuple[Bend, ...] = ()
    settled: tuple[tuple[int, bool], ...] = ()


def value_of(problem: Relaxation, proofs: Sequence[Proof]) -> int:
    """Give the units that no route exceeds, from the proofs of all branches.

    ValueError when the branches leave something open.
    """
    if not _complete([proof.settled for proof in proofs]):
        raise ValueError("the branches of the proof leave something open")
    return max(evaluate(problem, proof) for proof in proofs)


def _complete(branches: Sequence[tuple[tuple[int, bool], ...]]) -> bool:
    """Tell whether branches settle one item after another both ways."""
    if any(not branch for branch in branches):
        return True
    if not branches:
        return False
    item = branches[0][0][0]
    if any(branch[0][0] != item for branch in branches):
        return False
    return all(_complete([branch[1:] for branch in branches if branch[0][1] is had]) for had in (True, False))


def evaluate(problem: Relaxation, proof: Proof) -> int:
    """Give the units that no route of the problem exceeds (in the branch of the proof), from the proof alone."""
    prices = _legal(problem, proof.prices)
    inside = np.array([cut.side for cut in proof.cuts], np.bool_).reshape(len(proof.cuts), problem.nodes)
    limits = (int(prices.length.sum()) + prices.straight) * problem.limit
    rest = -(-limits >> PRICE_BITS) + 2 * int(prices.node[0]) + prices.choice
    total = problem.given + rest
    edge = edge_gains(problem, prices, inside, proof.bends)
    total += int(np.maximum(edge, 0).sum())
    total += _repeated(problem, edge)
    return max(total + _of_nodes(problem, prices, inside, proof), problem.given + _at_one(problem))


def _at_one(problem: Relaxation) -> int:
    """The most that is had at a single node: going out and straight back is left to this."""
    at = np.zeros(problem.nodes, np.int64)
    np.add.at(at, problem.place, problem.value)
    return int(at.max(initial=0))


def _legal(problem: Relaxation, prices: Prices) -> Prices:
    """Multipliers of one-sided rules are not negative, and a limit costs at least what its strips do."""
    strips = tuple(np.maximum(one, 0) for one in prices.strip)
    length = np.maximum(prices.length, 0)
    for k, strip in enumerate(strips):
        if strip.size:
            length[k] = max(int(length[k]), int(strip.sum(axis=0).max(initial=0)))
    node = prices.node.copy()
    choice = prices.choice
    if problem.closed:
        node[0], choice = max(int(node[0]), 0), max(choice, 0)
    ends = [np.maximum(part, 0) for part in (prices.link, prices.cut)]
    straight, bend = max(prices.straight, 0), np.maximum(prices.bend, 0)
    return Prices(node, choice, length, strips, ends[0], ends[1], straight, bend)


def edge_gains(problem: Relaxation, prices: Prices, inside: Flags, bends: Sequence[Bend] = ()) -> Longs:
    """What a pair of nodes in succession brings beyond its prices, rounded up; above the diagonal, 0 elsewhere."""
    count = problem.nodes
    by_length = np.zeros((count, count), np.int64)
    levels = problem.levels or (None,)
    for k, level in enumerate(levels):
        by_length -= int(prices.length[k]) * problem.length
        if level is not None:
            by_length += _strip_gains(problem, level, prices.strip[k])
    if problem.bends is not None:
        by_length += _bend_gains(problem, problem.bends, prices, bends)
    gain = -((-by_length) >> PRICE_BITS)
    gain -= prices.node[:, None] + prices.node[None, :]
    gain -= _cut_prices(inside, prices.cut)
    usable = np.triu(problem.usable, 1)
    gain[~usable] = 0
    return gain


def _strip_gains(problem: Relaxation, level: Level, strip: Longs) -> Longs:
    """What strips give back: the length of a pair within a region, the free half run at its edge."""
    count = problem.nodes
    same = (level.region[:, None] == level.region[None, :]) & (level.region >= 0)[:, None]
    by_region = strip.sum(axis=0)
    half = sum(int(level.strips[k].half_run) * strip[k] for k in range(len(level.strips)))
    of_node = np.where(level.region >= 0, by_region[level.region], 0) if by_region.size else np.zeros(count, np.int64)
    of_run = np.where(level.region >= 0, np.asarray(half)[level.region], 0) if by_region.size else of_node
    return np.where(same, of_node[:, None] * problem.length, of_run[:, None] + of_run[None, :])


def _bend_gains(problem: Relaxation, saved: Bends, prices: Prices, bends: Sequence[Bend]) -> Longs:
    """The length of pairs between middles, and what shares of bends give back; what no bend pays, turning back does."""
    given = np.zeros((problem.nodes, problem.nodes), np.int64)
    paid = np.zeros(problem.nodes, np.int64)
    for price, bend in zip(prices.bend.tolist(), bends, strict=True):
        given[bend.node] += price * bend.share
        paid[bend.node] += price
    for node in range(problem.nodes):
        rest = prices.straight - int(paid[node])
        if rest > 0:
            given[node] += rest * saved.alone(node)
    return given + given.T - prices.straight * saved.length


def _bend_excess(problem: Relaxation, saved: Bends, prices: Prices, bends: Sequence[Bend]) -> Longs:
    """What the shares of bends leave uncovered of the worst pair at each node, in units of value, rounded up."""
    excess = np.zeros(problem.nodes, np.int64)
    for price, bend in zip(prices.bend.tolist(), bends, strict=True):
        if price > 0:
            neighbours = np.flatnonzero(problem.usable[bend.node])
            share = bend.share[neighbours]
            short = saved.savings(bend.node, neighbours)[neighbours] - share[:, None] - share[None, :]
            once = problem.most[neighbours] == 1  # to come from and go on to such a one is not possible
            short[once, once] = 0.0
            excess[bend.node] += price * max(int(short.max(initial=0.0)), 0)
    return -((-excess) >> PRICE_BITS)


def _cut_prices(inside: Flags, price: Longs) -> Longs:
    """Sum of the prices of the cuts that have both nodes inside; in floats that hold whole numbers exactly."""
    paid = np.flatnonzero(price)
    if float(price.sum()) >= EXACT:
        raise OverflowError("prices of cuts beyond exact numbers")
    member = inside[paid].astype(np.float64)
    return np.asarray(member.T @ (member * price[paid, None].astype(np.float64)), np.int64)


def _repeated(problem: Relaxation, edge: Longs) -> int:
    """Nodes of which one can be touched more than once can follow one another more than once."""
    if problem.most.max() <= 1:
        return 0
    again = 2 * np.minimum(problem.most[:, None], problem.most[None, :]) - 1
    again[(problem.most <= 1)[:, None] & (problem.most <= 1)[None, :]] = 0
    return int((np.maximum(edge, 0) * again).sum())


def _of_nodes(problem: Relaxation, prices: Prices, inside: Flags, proof: Proof) -> int:
    """What nodes, ends and items bring, each decided by itself."""
    node = 2 * prices.node + prices.cut @ inside.astype(np.int64)
    if problem.bends is not None:
        node += _bend_excess(problem, problem.bends, prices, proof.bends)
    item = problem.value - prices.link
    for k, cut in enumerate(proof.cuts):
        item[cut.item] -= prices.cut[k]
    item -= _strip_costs(problem, prices)
    np.add.at(node, problem.place, prices.link)
    total = 0
    for t in problem.ends.tolist():
        total += max(int(prices.node[t] - prices.node[0] - prices.choice + prices.cut @ inside[:, t]), 0)
    node[0] = 0
    node[problem.ends] = 0
    alone = alone_at(problem)
    for i in np.flatnonzero(alone >= 0):
        item[i] += node[alone[i]]
        node[alone[i]] = 0
    total += int((np.maximum(node, 0) * problem.most).sum())
    had = [i for i, is_had in proof.settled if is_had]
    item[[i for i, is_had in proof.settled if not is_had]] = 0
    return int(total + np.maximum(item, 0).sum() + np.minimum(item[had], 0).sum())


def _strip_costs(problem: Relaxation, prices: Prices) -> Longs:
    """What strips take for each item, rounded down (they are taken off a gain)."""
    cost = np.zeros(problem.items, np.int64)
    for level, strip in zip(problem.levels, prices.strip, strict=True):
        if not strip.size:
            continue
        region = level.region[problem.place]
        for k, one in enumerate(level.strips):
            cost += np.where(region >= 0, strip[k][region], 0) * one.item
    return cost >> PRICE_BITS


def alone_at(problem: Relaxation) -> Longs:
    """The node that an item has for itself alone, touched once: both are then one variable; -1 otherwise."""
    sharing = np.bincount(problem.place, minlength=problem.nodes)
    single = (sharing[problem.place] == 1) & (problem.most[problem.place] == 1)
    return np.where(single, problem.place, -1)
