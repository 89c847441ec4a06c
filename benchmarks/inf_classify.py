"""How long 3,000 records on missile types take to be answered, beside reading the same file with tomllib alone.

    python benchmarks/inf_classify.py
    python benchmarks/inf_classify.py --records 10000 --json

Two sides tell of thirty types, and all four disputed places matter.  Numbers are processor time, the least of
``--repeat`` runs in one process.  Ratios are to tomllib in the same run, so that they do not depend on the machine.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import time
import tomllib
from collections.abc import Callable

from skywitness.cli.inf.classify import write_answer
from skywitness.cli.json_text import write_json
from skywitness.cli.language import Language
from skywitness.cli.page import Page
from skywitness.inf.classify.answer import Answered, answer
from skywitness.inf.classify.read import read_case

WHAT = ("test", "statement", "capability", "deployment", "launcher", "same_launcher", "production", "possession")


def record(number: int, types: int, chance: random.Random) -> str:
    """Make one record."""
    what, by = WHAT[number % len(WHAT)], chance.choice(("RUS", "USA"))
    lines = [f'[[record]]\nid = "r{number}"\nby = "{by}"\nwhat = "{what}"']
    if what != "same_launcher":
        lines.append(f'of = "T{chance.randrange(types)}"')
    if what == "test":
        where, purpose = chance.choice(("mobile", "stand", "sea")), chance.choice(("weapon", "target"))
        lines.append(f'range_km = {chance.randrange(200, 5800)}\nlaunched_from = "{where}"\npurpose = "{purpose}"')
        lines.append(f'launcher_type = "L{chance.randrange(10)}"\nday = 2005-01-01')
    elif what == "statement":
        on = chance.choice(("weapon", "reusable", "meant_for_ground", "booster"))
        lines.append(f'on = "{on}"\nvalue = {chance.choice(("true", "false"))}')
    elif what == "capability":
        lines.append(f"at_least_km = {chance.randrange(200, 2500)}\nat_most_km = {chance.randrange(2501, 6000)}")
    elif what == "launcher":
        lines.append(f'launcher_type = "L{chance.randrange(10)}"\nlaunched_from = "mobile"')
    elif what == "same_launcher":
        lines.append(f'launcher_type = "L{chance.randrange(10)}"\nsame_as = "M{chance.randrange(10)}"\nvalue = true')
    else:
        lines.append("day = 2005-01-01")
    return "\n".join(lines)


def case_file(records: int, types: int = 30, seed: int = 7) -> str:
    """Make a file of records."""
    chance = random.Random(seed)
    kinds = ("ballistic", "cruise")
    heads = [f'[[type]]\nid = "T{number}"\nholder = "RUS"\nkind = "{kinds[number % 2]}"' for number in range(types)]
    return "\n".join(["at = 2019-02-01", *heads, *(record(number, types, chance) for number in range(records))])


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
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    words = case_file(given.records)

    def answered() -> Answered:
        return answer(read_case(tomllib.loads(words)))

    answered()  # the law is loaded before
    bare = least(given.repeat, lambda: tomllib.loads(words))
    text = least(given.repeat, lambda: write_answer(Page(io.StringIO(), Language("en")), answered(), steps=False))
    told = least(given.repeat, lambda: write_json(answered().to_json(), io.StringIO(), plain=False))
    found = {
        "records": given.records,
        "tomllib_s": bare,
        "text_s": text,
        "json_s": told,
        "text_ratio": text / bare,
        "json_ratio": told / bare,
    }
    if given.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{given.records} records: text {text:.2f} s ({text / bare:.0f} times tomllib), ", end="")
    print(f"JSON {told:.2f} s ({told / bare:.0f} times)")


if __name__ == "__main__":
    main()
