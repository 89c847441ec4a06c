"""Solve one orienteering instance in the format of OPLib, or measure a whole folder of them over several seeds.

    python benchmarks/route.py FILE.oplib --seconds 10 --seed 1 --json
    SKYWITNESS_SHARED=... python benchmarks/route.py --table --seeds 10 [--only sky u2152] [--clock cpu] [--peers PY]

The answer is a closed route in the file's numbers of nodes, beginning with the depot and measured again by the metric
of the file.  Seconds leave out starting and compiling.  ``--clock cpu`` counts the processor's seconds of this process
instead of the wall's: on a busy machine only that is fair.  ``--rounds`` gives the same route on every machine.
``--peers`` names a Python that has pyvrp and ortools: they are given the same seconds, by the script that tunes them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.oplib import Instance, OplibError, read_instance

from skywitness.route.orienteering.pose import pose
from skywitness.route.orienteering.tournament import Budget, play
from skywitness.route.orienteering.warm import warm

PEERS = ("pyvrp", "ortools")
_CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


@dataclass(frozen=True, slots=True)
class Goal:
    """Seconds, and how far the worst seed may be below the best known value, in per cent."""

    seconds: float
    gap: float


@dataclass(frozen=True, slots=True)
class Solved:
    """A checked route and how long the search took."""

    route: tuple[int, ...]  # in the numbers of the search, from depot to depot
    score: float
    cost: int
    seconds: float
    rounds: int


def goals(name: str, nodes: int, proven: bool) -> tuple[Goal, ...]:
    """Give the goals of an instance by its size and by what is known of it."""
    if name.startswith("sky"):
        return (Goal(30.0, 1.0),)
    if nodes <= 150:
        return (Goal(2.0, 0.0),)
    if nodes <= 450:
        return Goal(10.0, 0.3), Goal(60.0, 0.1)
    return (Goal(20.0, 0.3 if proven else 0.2),)


def solve(instance: Instance, budget: Budget, seed: int) -> Solved:
    """Solve an instance and check the route by the metric of its file."""
    begun = budget.clock()
    posed = pose(instance.distance, instance.value, instance.depot, (instance.depot,), instance.limit)
    if budget.seconds is not None:  # making the tables is part of the seconds given
        budget = replace(budget, seconds=max(budget.seconds - (budget.clock() - begun), 0.01))
    answer = play(posed, budget, seed)
    seconds = budget.clock() - begun
    score = instance.score(answer.route)
    if abs(score - answer.score) > 1e-6 * max(score, 1.0):
        raise AssertionError(f"{instance.name}: the search says {answer.score}, its route is worth {score}")
    return Solved(answer.route, score, instance.length(answer.route), seconds, answer.rounds)


def report(instance: Instance, solved: Solved) -> dict[str, object]:
    """Put a solution as the JSON document that is printed."""
    return {
        "instance": instance.name,
        "score": int(solved.score) if solved.score == int(solved.score) else solved.score,
        "cost": solved.cost,
        "limit": instance.limit,
        "route": [node + 1 for node in solved.route[:-1]],
        "seconds": round(solved.seconds, 3),
    }


def one(options: argparse.Namespace) -> None:
    """Solve one file and print the answer."""
    instance = read_instance(options.file)
    warm(lambda words: print(words, file=sys.stderr))
    seconds = None if options.rounds is not None else options.seconds
    solved = solve(instance, Budget(seconds, options.rounds, _CLOCKS[options.clock]), options.seed)
    answer = report(instance, solved)
    if options.json:
        print(json.dumps(answer))
    else:
        print(f"{answer['instance']}: score {answer['score']}, cost {answer['cost']} of {answer['limit']},", end=" ")
        print(f"{solved.seconds:.1f} s, {solved.rounds} rounds")
        print(*answer["route"])  # type: ignore[misc]


def table(options: argparse.Namespace) -> None:
    """Print the worst gap of several seeds beside its goal, for every instance and every goal of it."""
    place = options.bench or Path(os.environ.get("SKYWITNESS_SHARED", ".")) / "bench" / "op"
    with (place / "best_known.csv").open() as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}
    warm(lambda words: print(words, file=sys.stderr))
    peers = PEERS if options.peers else ()
    heads = ("instance", "n", "known", "seconds", "worst gap %", "mean gap %", "goal %", "met", "rounds/s")
    print(f"| {' | '.join((*heads, *(f'{peer} gap %' for peer in peers)))} |")
    print("|---" * (len(heads) + len(peers)) + "|")
    for name, row in known.items():
        if options.only and not any(name.startswith(part) for part in options.only):
            continue
        instance = read_instance(place / "instances" / f"{name}.oplib")
        for goal in goals(name, len(instance.value), row["proven_optimal"] == "yes"):
            if options.longest and goal.seconds > options.longest:
                continue
            others = [peer_gap(options.peers, place, peer, name, goal.seconds) for peer in peers]
            line(instance, float(row["best_known"]), goal, options, others)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nclock: {options.clock}; seeds: {options.seeds}; load: {os.getloadavg()[0]:.1f}; memory: {megabytes} MB")


def peer_gap(python: Path, place: Path, peer: str, name: str, seconds: float) -> str:
    """Let a peer solve an instance in so many seconds; its gap in per cent, or that it found no route."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "peers.csv"
        asked = ["--peers", peer, "--instances", name, "--time", f"{seconds:g}", "--marks", f"{seconds:g}"]
        paths = ["--dir", str(place / "instances"), "--best", str(place / "best_known.csv"), "--out", str(out)]
        subprocess.run(
            [str(python), str(place / "peers.py"), *asked, *paths, "--no-early-stop"], check=True, capture_output=True
        )
        with out.open() as file:
            row = next(csv.DictReader(file))
    if not row["final_score"]:
        return "no route"
    return f"{100.0 * (1.0 - float(row['final_score']) / float(row['best_known'])):.2f}"


def line(instance: Instance, known: float, goal: Goal, options: argparse.Namespace, others: Sequence[str] = ()) -> None:
    """Measure one instance over all seeds and print its line."""
    budget = Budget(goal.seconds, None, _CLOCKS[options.clock])
    runs = [solve(instance, budget, seed) for seed in range(1, options.seeds + 1)]
    gap = [100.0 * (1.0 - run.score / known) for run in runs]
    rate = sum(run.rounds for run in runs) / sum(run.seconds for run in runs)
    met = "yes" if max(gap) <= goal.gap + 1e-9 else "NO"
    print(
        f"| {instance.name} | {len(instance.value)} | {known:.0f} | {goal.seconds:g} | {max(gap):.3f} |"
        f" {sum(gap) / len(gap):.3f} | {goal.gap:g} | {met} | {rate:.0f} |{''.join(f' {other} |' for other in others)}",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> int:
    """Solve one file or measure all; 2 for a file that cannot be taken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="an instance in the format of OPLib")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, help="play so many rounds instead, the same on every machine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--clock", choices=tuple(_CLOCKS), default="wall")
    parser.add_argument("--table", action="store_true", help="measure all instances with a best known value")
    parser.add_argument("--bench", type=Path, help="folder of best_known.csv and instances/")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", nargs="*", help="with --table: instances whose names begin so")
    parser.add_argument("--peers", type=Path, help="with --table: a Python that has pyvrp and ortools, to compare with")
    parser.add_argument("--longest", type=float, help="with --table: leave out goals of more seconds")
    options = parser.parse_args(arguments)
    if (options.file is None) != options.table:
        parser.error("name one FILE, or ask for --table")
    if not (options.seconds > 0.0) or options.seed < 0 or (options.rounds is not None and options.rounds < 1):
        parser.error("--seconds and --rounds must be above zero, --seed not below it")
    try:
        (table if options.table else one)(options)
    except OplibError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
