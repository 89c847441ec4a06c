"""How long 10,000 rows of holdings take to be read and judged, beside reading the same table with the csv module alone.

    python benchmarks/cfe_check.py
    python benchmarks/cfe_check.py --rows 100000 --json

Numbers are processor time, the least of ``--repeat`` runs in one process; the law is loaded before.  The ratio is that
of reading and judging to reading the bare table in the same run, so that it does not depend on the machine.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import random
import time
from collections.abc import Callable

from skywitness.cfe.check import judge
from skywitness.cfe.places import districts, places
from skywitness.cfe.read import book_from_csv
from skywitness.core.reading import Reading

KINDS = (
    "battle_tank",
    "armoured_personnel_carrier",
    "armoured_infantry_fighting_vehicle",
    "artillery",
    "combat_aircraft",
)


def table(rows: int, seed: int = 7) -> str:
    """Make a table: declarations of units, and counts with uncertainty of every tenth of them."""
    chance = random.Random(seed)
    states = sorted({one.state for one in places().values() if one.state and one.state != "CSK"})
    lines = ["date,state,district,site,category,count,low,high,status,basis,by"]
    for number in range(rows):
        state = chance.choice(states)
        parts = districts(state)
        district = chance.choice(parts).id if len(parts) > 1 else ""
        kind, count = chance.choice(KINDS), chance.randrange(30)
        if number % 10 == 9:
            lines.append(f"1996-02-01,{state},{district},unit {number},{kind},,{count},{count + 3},,observed,USA")
        else:
            status = chance.choice(("active", "active", "active", "stored", "historic"))
            lines.append(f"1996-01-01,{state},{district},unit {number},{kind},{count},,,{status},,")
    return "\n".join(lines) + "\n"


def least(times: int, work: Callable[[], object]) -> float:
    """Return the least processor time of several runs, in seconds."""
    found: list[float] = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    text = table(given.rows)
    reading = Reading(at=dt.date(1996, 3, 1))
    judge(book_from_csv(table(20)), reading)  # loads the law
    bare = least(given.repeat, lambda: list(csv.DictReader(io.StringIO(text))))
    read = least(given.repeat, lambda: book_from_csv(text))
    book = book_from_csv(text)
    judged = least(given.repeat, lambda: judge(book, reading))
    found = {
        "rows": given.rows,
        "csv_s": round(bare, 4),
        "read_s": round(read, 4),
        "judge_s": round(judged, 4),
        "whole_s": round(read + judged, 4),
        "ratio": round((read + judged) / bare, 1),
    }
    print(json.dumps(found) if given.json else "\n".join(f"{name:8} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
