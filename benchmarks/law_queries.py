"""How long the law takes to load, and how long each kind of question about it takes after that.

    python benchmarks/law_queries.py              # loading, then every kind of question, in this process
    python benchmarks/law_queries.py --json
    python benchmarks/law_queries.py --process    # whole processes too, with the law kept and without

A question is measured as its command answers it: the answer is worked out and its JSON document made; nothing is
printed.  Every question is asked once in a process, so that no answer comes from an earlier asking of the same; what is
worked out of the data for one question (the days of a value, who was a Party) serves the next.  ``first`` is the first
question of its kind after loading, whatever it has to make ready.  Each number is processor time, the least of
``--repeat`` processes, because other work may share the machine; all of it is one thread that waits for nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from skywitness.cli import (
    law,
    law_aircraft,
    law_decisions,
    law_diff,
    law_effect,
    law_history,
    law_judge,
    law_provisions,
    law_sites,
    law_slips,
    law_values,
)
from skywitness.cli.answer import Answer
from skywitness.cli.face import Face
from skywitness.cli.language import Language
from skywitness.core.errors import InputError

TREATY = "open-skies"
DAYS = tuple(
    dt.date.fromisoformat(day) for day in ("1995-06-01", "2002-01-01", "2010-07-01", "2019-09-12", "2024-06-01")
)
KNOWN = dt.date(2015, 1, 1)
PAIRS = (
    ("1992-03-24", "2025-01-01"),
    ("2002-01-01", "2003-01-01"),
    ("2010-01-01", "2020-01-01"),
    ("2019-09-12", "2019-09-13"),
    ("2020-01-01", "2022-01-01"),
)

Ask = Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Timed:
    """One kind of question: how many were asked, and how long they took, in milliseconds."""

    kind: str
    count: int
    first_ms: float
    median_ms: float
    worst_ms: float
    worst: str


def load_everything() -> None:
    """Read and check all that is stored of the law."""
    from skywitness.law.acts import practice
    from skywitness.law.aircraft import all_aircraft
    from skywitness.law.certification import certifications
    from skywitness.law.claims import claims
    from skywitness.law.clause import clauses
    from skywitness.law.coverage import coverage
    from skywitness.law.decision import decisions
    from skywitness.law.instrument import load
    from skywitness.law.listing import elsewhere
    from skywitness.law.provisions import provisions
    from skywitness.law.sites import sites
    from skywitness.law.slips import slips

    load(TREATY)
    for part in (provisions, sites, all_aircraft, certifications, slips, decisions, claims, practice, clauses):
        part()
    elsewhere()
    coverage()


def questions(face: Face) -> Iterator[tuple[str, str, Ask]]:
    """Give every question: its kind, in words, and how it is asked."""
    yield from _values(face)
    for day in DAYS:
        for known in (None, KNOWN):
            said = f"{day}" if known is None else f"{day} as known on {known}"
            yield "show", said, partial(law.show, face, TREATY, day, known)
            yield "values", said, partial(law_values.list_values, face, TREATY, None, day, known)
            yield (
                "sites",
                said,
                partial(law_sites.list_sites, face, TREATY, **{"in": None, "role": None, "at": day, "known": known}),
            )
            yield "aircraft", said, partial(law_aircraft.list_aircraft, face, TREATY, day, known)
            yield "decisions", said, partial(law_decisions.list_decisions, face, TREATY, day, known)
            yield "effect", said, partial(law_effect.effect, face, TREATY, day, known, None, None, False)
            yield "judge", said, partial(law_judge.judge, face, TREATY, day, known, None, None, ())
    yield "values", "all kinds", partial(law_values.list_values, face, TREATY, None, None, None)
    yield "values", "VI.I", partial(law_values.list_values, face, TREATY, "OS:VI.I", DAYS[3], None)
    for first, last in PAIRS:
        days = {"from": dt.date.fromisoformat(first), "to": dt.date.fromisoformat(last)}
        for known in (None, KNOWN):
            yield (
                "diff",
                f"{first} to {last}, known {known}",
                partial(law_diff.diff, face, TREATY, known, (), None, **days),
            )
    yield from _lists(face)


def _lists(face: Face) -> Iterator[tuple[str, str, Ask]]:
    """Ask for what does not depend on a day, and for the history."""
    for known in (None, KNOWN):
        yield (
            "history",
            f"known {known}",
            partial(law_history.show, face, TREATY, known, None, **{"from": None, "to": None}),
        )
    for kind in (None, "limit"):
        yield "provisions", f"kind {kind}", partial(law_provisions.list_provisions, face, TREATY, kind, None)
    yield "coverage", "", partial(law_provisions.show_coverage, face, TREATY)
    for source in (None, "text"):
        yield "slips", f"of {source}", partial(law_slips.list_slips, face, TREATY, source)


def _values(face: Face) -> Iterator[tuple[str, str, Ask]]:
    """Ask for every kind of value for every subject that has one."""
    from skywitness.law.instrument import load

    source = load(TREATY)
    for key, subject in source.entries:
        for day in DAYS:
            ask = partial(law.value, face, TREATY, key, subject, None, day, None)
            yield "value", f"{key} {subject} {day}", ask


def answer_ms(ask: Ask) -> float:
    """Measure one question; that nothing is in force is an answer too."""
    start = time.process_time()
    with contextlib.suppress(InputError):
        ask().document()
    return (time.process_time() - start) * 1000.0


def asked_once() -> list[tuple[str, str, float]]:
    """Load everything and ask every question, kind by kind: the kind, the question in words, milliseconds."""
    start = time.process_time()
    load_everything()
    found = [("loading", "", (time.process_time() - start) * 1000.0)]
    face = Face(Language("en"), True, io.StringIO(), io.StringIO())
    by_kind: dict[str, list[tuple[str, Ask]]] = {}
    for kind, said, ask in questions(face):
        by_kind.setdefault(kind, []).append((said, ask))
    found += [(kind, said, answer_ms(ask)) for kind, asked in by_kind.items() for said, ask in asked]
    return found


def measured(repeat: int) -> Iterator[Timed]:
    """Ask all questions in several processes, and sum up kind by kind."""
    command = [sys.executable, __file__, "--child"]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(repeat)]
    least = [(kind, said, min(run[row][2] for run in runs)) for row, (kind, said, _) in enumerate(runs[0])]
    for kind in dict.fromkeys(kind for kind, _, _ in least):
        took = [(ms, said) for one, said, ms in least if one == kind]
        later = took[1:] or took
        worst_ms, worst = max(later)
        yield Timed(kind, len(took), took[0][0], statistics.median(ms for ms, _ in later), worst_ms, worst)


def loading_ms(folder: str | None) -> float:
    """Measure loading in a new process: everything read from ``folder`` where it is kept, or kept there now."""
    code = (
        "import time, law_queries as own\n"
        "import skywitness.law.acts, skywitness.law.aircraft, skywitness.law.certification, skywitness.law.claims\n"
        "import skywitness.law.coverage, skywitness.law.listing, skywitness.law.slips, tomllib\n"
        "start = time.process_time(); own.load_everything(); print((time.process_time() - start) * 1000.0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=_with_cache(folder),
        cwd=Path(__file__).parent,
    )
    return float(found.stdout)


def process_ms(folder: str | None, *words: str) -> float:
    """Measure a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", "from skywitness.cli.main import run; run()", *words]
    subprocess.run(command, check=True, capture_output=True, env=_with_cache(folder))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000.0


def _with_cache(folder: str | None) -> dict[str, str]:
    return dict(os.environ) if folder is None else {**os.environ, "XDG_CACHE_HOME": folder}


VALUE = ("law", "value", TREATY, "maximum_flight_distance", "--subject", "UUMB", "--at", "2019-09-12")


def first_and_kept(measure: Callable[[str], float], repeat: int) -> tuple[float, float]:
    """Measure with nothing kept, and again with what was kept then; each the best of several."""
    firsts, kept = [], []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            firsts.append(measure(folder))
            kept.append(measure(folder))
    return min(firsts), min(kept)


def main(arguments: Sequence[str]) -> int:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--process", action="store_true", help="loading and whole processes too")
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(asked_once()))
        return 0
    found: dict[str, Any] = {}
    if options.process:
        found["load_first_ms"], found["load_kept_ms"] = first_and_kept(loading_ms, options.repeat)
        found["value_first_ms"], found["value_kept_ms"] = first_and_kept(
            lambda folder: process_ms(folder, *VALUE), options.repeat
        )
        found["version_ms"] = min(process_ms(None, "version") for _ in range(options.repeat))
    rows = list(measured(options.repeat))
    if options.json:
        kinds = {
            row.kind: {
                "count": row.count,
                "first_ms": row.first_ms,
                "median_ms": row.median_ms,
                "worst_ms": row.worst_ms,
                "worst": row.worst,
            }
            for row in rows
        }
        print(json.dumps({**found, "kinds": kinds}, indent=2))
        return 0
    for name, ms in found.items():
        print(f"{name:16} {ms:8.1f}")
    print(f"{'kind':12} {'asked':>6} {'first ms':>9} {'median ms':>9} {'worst ms':>9}  worst")
    for row in rows:
        line = f"{row.kind:12} {row.count:6} {row.first_ms:9.2f} {row.median_ms:9.2f} {row.worst_ms:9.2f}"
        print(f"{line}  {row.worst}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
