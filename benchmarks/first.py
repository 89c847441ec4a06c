"""How soon a planner tells of its first legal route, and how much memory a plan takes.

    uv run python benchmarks/first.py --sites 3000 20000

Germany over Russia and Belarus from Kubinka, 12 September 2019 (5,500 km), the sites of ``benchmarks/planning.py``.
The kernels are compiled and loaded first; then the clock runs from the call of the planner.  ``ready`` is when the
request has passed all that could refuse it without a search (borders, zones, sites in reach), ``first`` when the
listener hears of the first route, ``all`` when the plan is judged.  Seconds of the clock, and of the processor in
brackets; memory is the most the process had, each number of sites in a process of its own.  Goals: first 2 s, memory
1,500 MB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from planning import DAY, scattered  # type: ignore[import-not-found]

from skywitness.core.reading import Reading
from skywitness.route.kernel.warm import load, warm
from skywitness.route.planner.planner import plan
from skywitness.route.request import PlanRequest, Step


class Watch:
    """Keeps when each thing happened first, by the clock and by the processor."""

    def __init__(self) -> None:
        self._begun_s = time.perf_counter(), time.process_time()
        self.told: dict[str, tuple[float, float]] = {}

    def note(self, what: str) -> None:
        """Note that something happens; only the first time counts."""
        now = time.perf_counter() - self._begun_s[0], time.process_time() - self._begun_s[1]
        self.told.setdefault(what, now)

    def hear(self, step: Step) -> None:
        """Listen to the planner."""
        if step.value > 0.0:
            self.note("first")


def measure(sites: int, seconds: float) -> None:
    """Plan once and print one line."""
    warm(lambda words: print(words))
    load()
    placed = scattered(sites)
    request = PlanRequest("DEU", "BLR-RUS", "UUMB", DAY, placed, Reading(DAY), seconds=seconds, seed=1)
    watch = Watch()
    made = plan(request, watch.hear, lambda: watch.note("ready")).plan
    watch.note("all")
    spent = "  ".join(f"{what} {clock:6.2f} s ({cpu:6.2f})" for what, (clock, cpu) in watch.told.items())
    if "first" not in watch.told:
        spent += "  first: never told"
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{sites:6d} sites  {spent}  value {made.score:.0f}  {memory_mb} MB", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Measure each number of sites in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, nargs="+", default=[3000, 20000])
    parser.add_argument("--seconds", type=float, default=10.0)
    chosen = parser.parse_args(arguments)
    if len(chosen.sites) == 1:
        measure(chosen.sites[0], chosen.seconds)
        return 0
    for count in chosen.sites:
        command = [sys.executable, __file__, "--sites", str(count), "--seconds", str(chosen.seconds)]
        if code := subprocess.run(command, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
