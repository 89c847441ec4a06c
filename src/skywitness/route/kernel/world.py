"""What the kernels work on: plain arrays, gathered in two named tuples.

``World`` holds what does not change during a search, and the store of legs met so far; ``Path`` one route under work,
with its scratch space.  Distances are whole decimetres, so that sums are exact and a comparison with a limit never
depends on the order of adding.  The arrays are few, because each makes compiling slower: their rows are named here.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.int8]

# Rows of World.real.  Of each node: unit vector of reduced latitude (distances), unit vector (swath), caller's plane in
# metres (zones and crossings), our own gnomonic plane in earth radii (search for sites).
RX, RY, RZ, VX, VY, VZ, PX, PY, GX, GY = range(10)
# Of each site: unit vector, radius of curvature in the meridian and in the prime vertical, value.
SX, SY, SZ, MERIDIAN_M, PRIME_M, WORTH = range(10, 16)
# Of each zone edge: its ends in the caller's plane.
EX1, EY1, EX2, EY2 = range(16, 20)
# Grids of square cells (sites in our plane, edges in the caller's, sites that stand at nodes), and the rules.
SITE_GRID, EDGE_GRID, NODE_GRID, RULE = range(20, 24)
# Views by strips: the kind of each site, the modes in which the leg under work sees it (bits) and what each mode is
# worth; where the strips of each mode and kind begin (mode * kinds + kind), and their edges in metres, left positive.
KIND, SEEN_IN, MODE_WORTH, STRIPS_AT, STRIP_LOW, STRIP_HIGH = range(24, 30)
# Nodes that stand at corners of a zone, by which a way may lead round it.
CORNER = 30
REALS = 31
# Columns of a grid: lower left corner, side of a cell, columns and rows, and where in World.lists its two lists begin:
# where the items of each cell begin (cell = column * rows + row), and the items.
LEFT, LOW, SIDE, COLUMNS, ROWS, STARTS, ITEMS = range(7)
# Columns of the rules.
HALF_SWATH_M, SHORTEST_LEG_DM, CROSSINGS_COUNT, SITES, EDGES = range(5)
# Modes among which a leg chooses (0: all within the half swath is seen), kinds of sites, and whether a leg flown the
# other way round sees something else.
MODES, KINDS, ONE_WAY = range(5, 8)
# How many nodes stand at corners, and how many of the edges, the last, bar no leg but have it see nothing.
CORNERS, VEILS = 8, 9
# World.pair: the distance of two nodes, and what is known of the leg between them: above zero the number of its list
# of sites.
DISTANCE_DM, SLOT = range(2)
UNKNOWN, ILLEGAL, LEGAL = 0, -1, -2
# Columns of World.legs: where the sites of a leg begin and end in World.lists.  Leg 0 is no leg.
BEGIN, END = range(2)
# World.state: legs stored, list in use, list in use by grids, work done, spare leg used last.
STORED, USED, GRIDS_END, WORK, SPARE = range(5)

# Rows of Path.line.  The route: nodes in order, the place of each node, the length of the leg that begins at each
# place, the places of start, stops and end, lengths and limits of the segments between them, the possible ends.
TOUR, POS, LEG_DM, FIXED_AT, SEGMENT_DM, SEGMENT_LIMIT_DM, ENDS = range(7)
# The best route that meets itself nowhere.
BEST, BEST_FIXED = range(7, 9)
# Scratch: nodes that may be inserted, the best place of each, which listing had it; nodes whose surroundings changed;
# legs to look at; nodes taken out in this round; a chain on the move; legs in a trade.
CANDIDATE, PLACE, STAMPED, QUEUE, QUEUED, PARTNER, GONE, CHAIN, TRADE = range(9, 18)
LINES = 18
# A node's place when it may not be moved or visited in passing (start, stops, ends), and when it is not in the route.
FIXED, OFF = -2, -1
# Path.head.
SIZE, LENGTH_DM, LIMIT_DM, SEGMENTS, END_CHOICES, BEST_SIZE, BEST_LENGTH_DM, RANDOM = range(8)
CANDIDATES, STAMP, QUEUE_HEAD, QUEUE_SIZE, GONE_SIZE, CROSS_1, CROSS_2 = range(8, 15)
HEADS = 15
# Rows of Path.real, and columns of the first.
SUMS, SCORE = range(2)
VALUE, BEST_VALUE = range(2)
# Typed: a bare number as an argument would have numba compile the kernel again for just that number.
NONE, ZERO, ONE = np.int64(-1), np.int64(0), np.int64(1)


class World(NamedTuple):
    """The problem, and the store of legs whose sites are known."""

    real: Floats  # [REALS, most of nodes, sites and edges]
    pair: Ints  # [2, n, n]
    lists: Ints  # lists of the grids, then the sites of each stored leg
    legs: Ints  # [legs, 2]
    near: Longs  # [n, k] nearest nodes, nearest first
    state: Longs


class Path(NamedTuple):
    """One route under work."""

    line: Longs  # [LINES, room]
    head: Longs  # [HEADS]
    real: Floats  # [2, n]
    count: Ints  # [m] legs that see each site
