"""List the provisions whose words name a time: a number of hours, days, weeks or months, or a date of the calendar.

    python scripts/enumerate_clocks.py [TEXT]            # prints the list
    python scripts/enumerate_clocks.py [TEXT] --write    # renews tests/mission/open_skies_clocks.txt

TEXT is the Treaty as Markdown; left out, it is law/open-skies-treaty.txt under ``$SKYWITNESS_SHARED``.  The list holds
identifiers and what kind of time was met, no words of the Treaty:

``period``    a number, in figures or letters, of hours, days, weeks or months
``date``      a day and a month; a year alone is none
``at_once``   no number: the act follows at once, promptly, upon, at the same time as or before another
``span``      no number: something holds, or is barred, for as long as something else lasts

Articles IV to IX, XI and XIII and Annexes B to H and K are read, by the same walk as ``enumerate_provisions.py``.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
WRITTEN: Final = ROOT / "tests" / "mission" / "open_skies_clocks.txt"
PARTS: Final = ("IV", "V", "VI", "VII", "VIII", "IX", "XI", "XIII", "B", "C", "D", "E", "F", "G", "H", "K")

_NUMBER: Final = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty|thirty|sixty|ninety)"
)
_MONTH: Final = r"(?:January|February|March|April|May|June|Juni|July|August|September|October|November|December)"
PATTERNS: Final = MappingProxyType(
    {
        "period": re.compile(rf"\b{_NUMBER}[ -](?:hours?|days?|weeks?|months?)\b", re.IGNORECASE),
        "date": re.compile(rf"\b\d{{1,2}} {_MONTH}\b"),
        "at_once": re.compile(
            r"\b(?:immediately|promptly|simultaneously|as soon as|at the earliest opportunity|expeditious|"
            r"in sufficient time|upon (?:the )?(?:completion|arrival|landing|agreement|approval|conclusion)|"
            r"at the (?:same time|completion of the observation|conclusion)|"
            r"prior to (?:the )?(?:its |their )?(?:departure|commencement|"
            r"processing|use)|before the departure|after (?:arrival|arriving)|following the pre-flight)\b",
            re.IGNORECASE,
        ),
        "span": re.compile(
            r"\b(?:(?:for|during) the entire period|period of provisional application|until|when designating)\b",
            re.IGNORECASE,
        ),
    }
)
"""What counts as a time, by its name in the list."""


def _walk() -> Any:
    """Load the script whose walk through the text is used here."""
    spec = importlib.util.spec_from_file_location("enumerate_provisions", ROOT / "scripts" / "enumerate_provisions.py")
    if spec is None or spec.loader is None:
        sys.exit("scripts/enumerate_provisions.py is missing.")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    return module


def words_of(text: str) -> Mapping[str, str]:
    """Give the words of each provision: what stands from its mark to the next; table rows and headings left out."""
    walk = _walk()
    reader, words = walk._Reader(), dict[str, list[str]]()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        walk._read(reader, line)
        if reader.found and not line.startswith(("#", "|")) and reader.part:
            words.setdefault(reader.found[-1], []).append(line)
    return {ident: " ".join(lines) for ident, lines in words.items()}


def times(text: str) -> Mapping[str, tuple[str, ...]]:
    """List, in the order of the text, the provisions of ``PARTS`` that name a time, and which kinds of time."""
    walk, found = _walk(), dict[str, tuple[str, ...]]()
    for ident, words in words_of(text).items():
        kinds = tuple(name for name, pattern in PATTERNS.items() if pattern.search(words))
        if walk.part_of(ident) in PARTS and kinds:
            found[ident] = kinds
    return found


def listing(found: Mapping[str, Iterable[str]]) -> str:
    """Write the list as the tests keep it."""
    head = "# Written by scripts/enumerate_clocks.py from the text of the Treaty on Open Skies.\n"
    return head + "".join(f"{ident} {' '.join(kinds)}\n" for ident, kinds in found.items())


def main() -> int:
    """Print the list, or renew the file the tests compare the clocks with."""
    parser = argparse.ArgumentParser(description="List the provisions of the Treaty on Open Skies that name a time.")
    parser.add_argument("text", nargs="?", type=Path, help="the Treaty as Markdown")
    parser.add_argument("--write", action="store_true", help=f"renew {WRITTEN.relative_to(ROOT)}")
    asked = parser.parse_args()
    path = asked.text or _walk().default_text()
    found = listing(times(path.read_text(encoding="utf-8")))
    if asked.write:
        WRITTEN.write_text(found, encoding="utf-8")
    else:
        print(found, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
