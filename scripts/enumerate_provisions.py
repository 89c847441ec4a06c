"""List the identifier of every operative paragraph and subparagraph of the Treaty on Open Skies, from its text.

    python scripts/enumerate_provisions.py [TEXT]            # prints the list
    python scripts/enumerate_provisions.py [TEXT] --write    # renews tests/law/open_skies_provisions.txt
    python scripts/enumerate_provisions.py --compare         # holds the rows of the law against that file

TEXT is the Treaty as Markdown; left out, it is law/open-skies-treaty.txt under ``$SKYWITNESS_SHARED``.  The list holds
identifiers and counts, no words of the Treaty.  What gets an identifier:

* a number, a capital letter in brackets and a number in brackets, each with words of its own: ``OS:IX.II.6``,
  ``OS:IX.II.6(B)``, ``OS:IX.II.6(B)(1)``.  A number printed alone, with its letters below, has nothing to provide;
* an article, annex, appendix or section that has no number: ``OS:XI``, ``OS:A.III``, ``OS:E.APP1.II``;
* one that opens with a whole sentence before its first number or section: ``OS:XVIII``, ``OS:C``; or whose letters
  hang on no number: ``OS:E.APP1.I``.  Words that only lead to numbers, ending in a colon, do not count.

Items below that, ``a)`` and so on, and the rows of tables belong to the provision they stand in.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.law.provisions import is_annex, part_of, provisions

ROOT: Final = Path(__file__).resolve().parent.parent
WRITTEN: Final = ROOT / "tests" / "law" / "open_skies_provisions.txt"

MISPRINTS: Final = MappingProxyType({"OS:K.II.2(C)": "(G)"})
"""Marks that are printed wrong in the text, by the identifier they stand for."""

_ARTICLE: Final = re.compile(r"#+\s*Article\s+([IVXL]+)")
_ANNEX: Final = re.compile(r"#+\s*(?:Annex|Bijlage)\s+([A-L])")
_APPENDIX: Final = re.compile(r"#+\s*Appendix\s+(\d)(?:\s+to\s+Annex\s+[A-L])?")
_SECTION: Final = re.compile(r"#+\s*SECTION\s+([IVX]+)")
_NUMBER: Final = re.compile(r"#+\s*(\d+)|(\d+)\.\s*(.*)")
_LETTER: Final = re.compile(r"\(([A-Z])\)\s*(.*)")
_ITEM: Final = re.compile(r"\((\d)\)\s*(.*)")


class TextError(ValueError):
    """The text is not built as the Treaty is: a number or letter is missing, doubled or out of order."""


@dataclass(slots=True)
class _Reader:
    """Where in the text we are, and what was found so far.  ``last`` is the last mark on each level."""

    found: list[str] = field(default_factory=list)
    part: str = ""
    appendix: str = ""
    section: str = ""
    marks: tuple[str, ...] = ()  # the marks we stand below: number, letter, number
    waiting: str = ""  # an identifier whose words have not been met yet
    empty: bool = True  # nothing was found yet in this article, annex, appendix or section
    last: dict[int, int] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Name the article, annex, appendix or section."""
        return "OS:" + ".".join(filter(None, (self.part, self.appendix, self.section)))

    def enter(self, part: str, appendix: str = "", section: str = "") -> None:
        """Begin an article, annex, appendix or section."""
        self.part, self.appendix, self.section = part, appendix, section
        self.marks, self.waiting, self.empty, self.last = (), "", True, {}

    def mark(self, level: int, printed: str, words: str) -> None:
        """Note a number (level 0), letter (1) or number below a letter (2), in their order."""
        serial = ord(printed) - ord("A") + 1 if level == 1 else int(printed)
        expected = self.last.get(level, 0) + 1
        shown = _shown(level, expected)
        above = (*self.marks, "", "")[:level]
        ident = self._ident(*above, shown)
        if serial != expected and MISPRINTS.get(ident) != _shown(level, serial):
            raise TextError(f"{ident} is expected, and {_shown(level, serial)} is printed")
        if level and not above[0] and self.place not in self.found:
            self.found.append(self.place)  # a letter without a number hangs on the opening paragraph
        self.marks = (*above, shown)
        self.last = {lower: count for lower, count in self.last.items() if lower < level} | {level: expected}
        self.waiting, self.empty = ident, False
        if words.strip():
            self.words()

    def _ident(self, number: str, *below: str) -> str:
        return self.place + ("." + number if number else "") + "".join(below)

    def words(self) -> None:
        """Note that the mark just met has words of its own."""
        if self.waiting:
            self.found.append(self.waiting)
            self.waiting = ""

    def paragraph(self, line: str) -> None:
        """Take a line without a mark: the words of the mark before it, or an opening paragraph."""
        if self.waiting:
            self.words()
        elif self.empty and self.part and line.endswith(".") and self.place not in self.found:
            self.found.append(self.place)


def _shown(level: int, serial: int) -> str:
    if level == 0:
        return str(serial)
    return f"({chr(ord('A') + serial - 1)})" if level == 1 else f"({serial})"


def identifiers(text: str) -> tuple[str, ...]:
    """List the identifiers in the order of the text.

    :raises TextError: where a mark is missing, doubled or out of order, other than a known misprint.
    """
    reader = _Reader()
    heads: list[str] = []  # every article, annex, appendix and section, for those that have nothing below
    for line in filter(None, (line.strip() for line in text.splitlines())):
        before = reader.place
        _read(reader, line)
        if reader.place != before:
            heads.append(reader.place)
            reader.found.append(f"<{reader.place}>")
    return tuple(_filled(reader.found, heads))


def _read(reader: _Reader, line: str) -> None:
    """Take one line that is not blank."""
    if line.startswith("|"):
        return
    if _heading(reader, line) or not reader.part:
        return
    if found := _NUMBER.fullmatch(line):
        reader.mark(0, found[1] or found[2], found[3] or "")
    elif found := _LETTER.fullmatch(line):
        reader.mark(1, found[1], found[2])
    elif found := _ITEM.fullmatch(line):
        reader.mark(2, found[1], found[2])
    elif not line.startswith("#"):
        reader.paragraph(line)


def _heading(reader: _Reader, line: str) -> bool:
    """Take a heading of an article, annex, appendix or section, if the line is one."""
    if found := _ARTICLE.fullmatch(line):
        reader.enter(found[1])
    elif found := _ANNEX.fullmatch(line):
        annex = "ANNEX-I" if found[1] == "I" else found[1]  # OS:I is Article I
        if annex != reader.part:  # the appendix to Annex E repeats the heading of its annex
            reader.enter(annex)
    elif found := _APPENDIX.fullmatch(line):
        reader.enter(reader.part, f"APP{found[1]}")
    elif found := _SECTION.fullmatch(line):
        reader.enter(reader.part, reader.appendix, found[1])
    else:
        return False
    return True


def _filled(found: Iterable[str], heads: list[str]) -> Iterator[str]:
    """Give a head that has nothing below it its own identifier."""
    found = list(found)
    for ident in found:
        if not ident.startswith("<"):
            yield ident
            continue
        head = ident[1:-1]
        below = re.compile(rf"{re.escape(head)}[.(]")
        if not any(below.match(other) for other in (*heads, *found)) and head not in found:
            yield head


def counts(idents: Iterable[str]) -> Mapping[str, int]:
    """Count the identifiers of each article and annex, in their order."""
    found: dict[str, int] = {}
    for ident in idents:
        found[part_of(ident)] = found.get(part_of(ident), 0) + 1
    return MappingProxyType(found)


def listing(idents: Iterable[str]) -> str:
    """Write the list as the tests keep it: a count for each article and annex, then its identifiers."""
    idents = tuple(idents)
    count = counts(idents)
    articles = sum(number for part, number in count.items() if not is_annex(part))
    lines = [
        "# Written by scripts/enumerate_provisions.py from the text of the Treaty on Open Skies.",
        f"# articles {articles}, annexes {len(idents) - articles}, together {len(idents)}",
    ]
    for part, number in count.items():
        lines += ["", f"# {part} {number}", *(ident for ident in idents if part_of(ident) == part)]
    return "\n".join(lines) + "\n"


def default_text() -> Path:
    """Find the text of the Treaty where ``$SKYWITNESS_SHARED`` says it is."""
    shared = os.environ.get("SKYWITNESS_SHARED")
    if not shared:
        sys.exit("Name the text of the Treaty, or set SKYWITNESS_SHARED to the folder that holds law/.")
    return Path(shared) / "law" / "open-skies-treaty.txt"


def written() -> tuple[str, ...]:
    """Read the identifiers of the list that the tests keep."""
    return tuple(line for line in WRITTEN.read_text(encoding="utf-8").splitlines() if line.startswith("OS:"))


def compare() -> int:
    """Print what has no row, what has a row and is not in the Treaty, and what stands out of order."""
    listed, rows = written(), [row.id for row in provisions() if row.id.startswith("OS:")]
    missing = [ident for ident in listed if ident not in set(rows)]
    invented = [ident for ident in rows if ident not in set(listed)]
    ordered = sorted((ident for ident in rows if ident in set(listed)), key=listed.index)
    moved = [
        row for row, wanted in zip((row for row in rows if row not in invented), ordered, strict=True) if row != wanted
    ]
    for name, idents in (("no row", missing), ("not in the Treaty", invented), ("out of order", moved)):
        print(f"{name}: {len(idents)}", *idents, sep="\n  ")
    return 1 if missing or invented or moved else 0


def main() -> int:
    """Print the list, or renew the file the tests compare the rows with."""
    parser = argparse.ArgumentParser(description="List the provisions of the Treaty on Open Skies from its text.")
    parser.add_argument("text", nargs="?", type=Path, help="the Treaty as Markdown")
    parser.add_argument("--write", action="store_true", help=f"renew {WRITTEN.relative_to(ROOT)}")
    parser.add_argument("--compare", action="store_true", help="hold the rows of the law against that file")
    asked = parser.parse_args()
    if asked.compare:
        return compare()
    found = listing(identifiers((asked.text or default_text()).read_text(encoding="utf-8")))
    if asked.write:
        WRITTEN.write_text(found, encoding="utf-8")
    else:
        print(found, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
