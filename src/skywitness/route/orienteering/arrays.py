"""What the kernel works on: plain arrays in two named tuples, whose rows and columns are named here.

``Problem`` does not change during a search; ``Tour`` is one route under work with its scratch space, its best and its
random state.  The arrays are few, because each makes compiling slower.  Lengths are whole numbers, so that sums are
exact and a comparison with the limit never depends on the order of adding.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]

# Columns of Problem.whole.  The terminal is the start itself for a closed tour, else a last node that stands for all
# ends: its distance to a node is that of the nearest end.
START, TERMINAL, LIMIT = range(3)

# Rows of Tour.line.  The route in order, the place of each node (OFF when not in the route), what leaving each node out
# would save; nodes whose surroundings changed, as a ring, and whether each is in it.
ORDER, POS, SAVE, QUEUE, QUEUED = range(5)
# Nodes that may be inserted: their list, the node each goes best behind, what that costs, and which listing had it.
CANDIDATE, BEHIND, EXTRA, LISTED = range(5, 9)
# Nodes taken out in this round; nodes touched in it, and the round that touched each; a segment on the move.
GONE, TOUCHED, TOUCHED_IN, CHAIN = range(9, 13)
# The route at the beginning of the round, the best so far, and the giant tour with the choices made in it, and
# where the labels of each place begin.
KEPT, BEST, GIANT, FROM, FIRST_LABEL = range(13, 18)
# The nodes of the region that changes are drawn in, while there is one.
REGION = 18
LINES = 19
OFF = -1

# Columns of Tour.head.  SIZE is the place of the terminal: a route of the start alone has size 1.
SIZE, LENGTH, KEPT_SIZE, KEPT_LENGTH, BEST_SIZE, BEST_LENGTH, RANDOM, ROUNDS, MOVES = range(9)
QUEUE_HEAD, QUEUE_COUNT, CANDIDATES, LISTING, GONE_COUNT, TOUCHED_COUNT, REGION_COUNT = range(9, 16)
HEADS = 16

# Rows of Tour.real, and columns of the first.
SUMS, RUN_VALUE, RUN_LENGTH, WORTH = range(4)
REALS = 4
SCORE, KEPT_SCORE, BEST_SCORE, PRICE = range(4)

# Rows of Tour.label: choices of the route up to a place, those of one place together (see ``exact``).
LABEL_LENGTH, LABEL_VALUE, LABEL_FROM, LABEL_PLACE = range(4)
LABEL_ROWS, MOST_LABELS = 4, 20_000

FAR = 1 << 40
"""No place for a candidate, or no limit."""


class Problem(NamedTuple):
    """The problem, its nodes renumbered so that neighbours in space are neighbours in memory."""

    distance: Ints  # [n, n]
    near: Ints  # [n, k] nearest nodes, nearest first
    power: Floats  # [exponents + 1, n] the value of each node, then raised to each exponent
    whole: Longs


class Tour(NamedTuple):
    """One route under work."""

    line: Longs  # [LINES, n + 2]
    head: Longs  # [HEADS]
    real: Floats  # [REALS, n + 2]
    label: Floats  # [LABEL_ROWS, MOST_LABELS]
