"""List the identifier of every operative paragraph of the CFE Treaty, its protocols and declarations, from its text.

    python scripts/enumerate_cfe.py [TEXT]            # prints the list
    python scripts/enumerate_cfe.py [TEXT] --write    # renews tests/law/cfe_provisions.txt
    python scripts/enumerate_cfe.py --compare         # says which paragraphs have no row yet, and which row is in none

TEXT is the English Treaty as Markdown; left out, it is law/cfe-treaty.txt under ``$SKYWITNESS_SHARED``.  The list holds
identifiers and counts, no words of the Treaty.  What gets an identifier:

* a number and a capital letter in brackets with words of its own: ``CFE:XIX.2``, ``CFE:INSP.VI.24``, ``CFE:III.1(A)``;
* a number in brackets below a letter, ``CFE:INSP.I.1(J)(1)``, where most numbers of that list say more than a name or a
  figure (``LEAST_WORDS``); else the list is part of its letter, as the three numbers of ``CFE:IV.3(D)`` are;
* an article or section that has no number: ``CFE:XVII``, ``CFE:HELI.V``; one that opens with a whole sentence before
  its first number, or whose letters hang on no number: ``CFE:VI``.  That the States agree upon a protocol is no rule.

Items below that, ``(a)`` and ``(i)``, tables and charts belong to the provision they stand in.  The copy of the text
has no Protocol on Provisional Application, so there is no ``CFE:PROV``.
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

from skywitness.law.numbering import NUMBERINGS, is_article, part_of
from skywitness.law.provisions import provisions

ROOT: Final = Path(__file__).resolve().parent.parent
WRITTEN: Final = ROOT / "tests" / "law" / "cfe_provisions.txt"

LEAST_WORDS: Final = 12
"""An item with fewer words is a name or a figure."""

PROTOCOLS: Final = MappingProxyType(
    {
        "existing types": "TYPES",
        "procedures governing the reclassification": "RECLASS",
        "procedures governing the reduction": "REDUCTION",
        "procedures governing the categorisation": "HELI",
        "notification and exchange": "INFO",
        "inspection": "INSP",
        "the joint consultative": "JCG",
    }
)
"""How the heading of each protocol goes on after its first words."""

COMPLETE: Final = ("REDUCTION", "INFO", "INSP")
"""Protocols whose every paragraph gets a row, as those of the articles do; of the others only some."""

_ARTICLE: Final = re.compile(r"#+\s*Article\s+([IVXL]+)")
_PROTOCOL: Final = re.compile(r"#+\s*Protocol on (.+)", re.IGNORECASE)
_ANNEX: Final = re.compile(r"#+\s*Annex (?:to|on) .+")
_DECLARATION: Final = re.compile(r"#+\s*Declaration .+")
_SECTION: Final = re.compile(r"#+\s*SECTION\s+([IVX]+)")
_MARKS: Final = (
    re.compile(r"#+\s*(\d+)|(\d+)\.\s*(.*)"),
    re.compile(r"\(([A-Z]{1,2})\)\s*(.*)"),
    re.compile(r"\((\d+)\)\s*(.*)"),
)
_AGREED: Final = re.compile(r"The States Parties hereby agree ")
_NUMERALS: Final = ("", "I", "II", "III", "IV", "V")


class TextError(ValueError):
    """The text is not built as the Treaty is: a number or letter is missing, doubled or out of order."""


@dataclass(slots=True)
class Node:
    """An article, protocol or section (``level`` -1), number (0), letter (1) or number below it (2), and its words."""

    ident: str
    level: int
    lines: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)

    @property
    def words(self) -> int:
        """Count its own words, without those of numbers and letters below it."""
        return sum(len(line.split()) for line in self.lines)

    @property
    def opens(self) -> bool:
        """Whether it begins with a whole sentence that provides something."""
        return any(line.endswith(".") and not _AGREED.match(line) for line in self.lines)


@dataclass(slots=True)
class _Reader:
    """Where in the text we are: ``open`` holds the nodes we stand below, the head first."""

    heads: list[Node] = field(default_factory=list)
    part: str = ""
    annex: str = ""
    declarations: int = 0
    open: list[Node] = field(default_factory=list)

    def enter(self, section: str = "") -> None:
        """Begin an article, protocol, annex or section."""
        head = Node("CFE:" + ".".join(filter(None, (self.part, self.annex, section))), -1)
        if head.ident not in {one.ident for one in self.heads}:
            self.heads.append(head)
        self.open = [head]

    def mark(self, level: int, printed: str, words: str) -> None:
        """Note a number, letter or number below a letter, in their order."""
        while self.open[-1].level >= level:
            self.open.pop()
        above = self.open[-1]
        serial = 1 + sum(one.level == level for one in above.below)
        if printed != _shown(level, serial):
            raise TextError(f"{above.ident}: {_shown(level, serial)} is expected, and {printed} is printed")
        node = Node(above.ident + (f".{printed}" if level == 0 else f"({printed})"), level)
        above.below.append(node)
        self.open.append(node)
        self.paragraph(words)

    def paragraph(self, line: str) -> None:
        """Take words that have no mark of their own."""
        if line.strip() and self.open:
            self.open[-1].lines.append(line.strip())


def _shown(level: int, serial: int) -> str:
    """Write the mark that stands for a serial number; after Z letters are doubled."""
    if level != 1:
        return str(serial)
    letter = chr(ord("A") + (serial - 1) % 26)
    return letter * (1 + (serial - 1) // 26)


def heads(text: str) -> list[Node]:
    """Read the text: every article, protocol and section with what stands below it.

    :raises TextError: where a mark is missing, doubled or out of order.
    """
    reader = _Reader()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("|") or _heading(reader, line) or not reader.part:
            continue
        for level, pattern in enumerate(_MARKS):
            if found := pattern.fullmatch(line):
                printed, *rest = (group for group in found.groups() if group is not None)
                reader.mark(level, printed, "".join(rest))
                break
        else:
            if not line.startswith("#"):
                reader.paragraph(line)
    return reader.heads


def _heading(reader: _Reader, line: str) -> bool:
    """Take a heading of an article, protocol, annex, declaration or section, if the line is one."""
    if found := _ARTICLE.fullmatch(line):
        reader.part, reader.annex = found[1], ""
    elif found := _PROTOCOL.fullmatch(line):
        reader.part, reader.annex = _protocol(found[1]), ""
    elif _ANNEX.fullmatch(line):
        reader.annex = "ANNEX"
    elif _DECLARATION.fullmatch(line):
        reader.declarations += 1
        reader.part, reader.annex = "DECL", _NUMERALS[reader.declarations]
    elif found := _SECTION.fullmatch(line):
        reader.enter(found[1])
        return True
    else:
        return False
    reader.enter()
    return True


def _protocol(words: str) -> str:
    for begins, part in PROTOCOLS.items():
        if words.casefold().startswith(begins):
            return part
    raise TextError(f"there is no protocol on {words!r}")


def identifiers(text: str) -> tuple[str, ...]:
    """List the identifiers in the order of the text.

    :raises TextError: where a mark is missing, doubled or out of order.
    """
    found = heads(text)
    parents = {head.ident.rpartition(".")[0] for head in found}
    return tuple(ident for head in found for ident in _listed(head, head.ident in parents))


def _listed(head: Node, has_sections: bool) -> Iterator[str]:
    hang = any(node.level == 1 for node in head.below)
    if head.opens or hang or not (has_sections or head.below):
        yield head.ident
    for node in head.below:
        yield from _below(node)


def _below(node: Node) -> Iterator[str]:
    if node.words:
        yield node.ident
    items = [one for one in node.below if one.level == 2]
    telling = sum(item.words >= LEAST_WORDS for item in items) * 2 >= len(items)
    for one in node.below:
        if one.level < 2 or telling:
            yield from _below(one)


def counts(idents: Iterable[str]) -> Mapping[str, int]:
    """Count the identifiers of each article and protocol, in their order."""
    found: dict[str, int] = {}
    for ident in idents:
        found[part_of(ident)] = found.get(part_of(ident), 0) + 1
    return MappingProxyType(found)


def listing(idents: Iterable[str]) -> str:
    """Write the list as the tests keep it: a count for each article and protocol, then its identifiers."""
    idents = tuple(idents)
    count = counts(idents)
    articles = sum(number for part, number in count.items() if is_article(part))
    lines = [
        "# Written by scripts/enumerate_cfe.py from the English text of the CFE Treaty.",
        f"# articles {articles}, protocols and declarations {len(idents) - articles}, together {len(idents)}",
    ]
    for part, number in count.items():
        lines += ["", f"# {part} {number}", *(ident for ident in idents if part_of(ident) == part)]
    return "\n".join(lines) + "\n"


def default_text() -> Path:
    """Find the text of the Treaty where ``$SKYWITNESS_SHARED`` says it is."""
    shared = os.environ.get("SKYWITNESS_SHARED")
    if not shared:
        sys.exit("Name the text of the Treaty, or set SKYWITNESS_SHARED to the folder that holds law/.")
    return Path(shared) / "law" / "cfe-treaty.txt"


def written() -> tuple[str, ...]:
    """Read the identifiers of the list that the tests keep."""
    return tuple(line for line in WRITTEN.read_text(encoding="utf-8").splitlines() if line.startswith("CFE:"))


def must_be_complete(part: str) -> bool:
    """Tell whether every paragraph of a part gets a row."""
    return is_article(part) or part in COMPLETE


def compare() -> int:
    """Print what has no row and should have one, what has a row and is not in the text, and what is out of order."""
    listed, rows = written(), [row.id for row in provisions(instrument="cfe")]
    missing = [ident for ident in listed if must_be_complete(part_of(ident)) and ident not in set(rows)]
    invented = [ident for ident in rows if ident not in set(listed)]
    there = [ident for ident in rows if ident in set(listed)]
    moved = [row for row, wanted in zip(there, sorted(there, key=listed.index), strict=True) if row != wanted]
    for name, idents in (("no row", missing), ("not in the text", invented), ("out of order", moved)):
        print(f"{name}: {len(idents)}", *idents, sep="\n  ")
    return 1 if missing or invented or moved else 0


def main() -> int:
    """Print the list, or renew the file the tests compare the rows with."""
    parser = argparse.ArgumentParser(description="List the provisions of the CFE Treaty from its text.")
    parser.add_argument("text", nargs="?", type=Path, help="the Treaty as Markdown")
    parser.add_argument("--write", action="store_true", help=f"renew {WRITTEN.relative_to(ROOT)}")
    parser.add_argument("--compare", action="store_true", help="hold the rows of the law against that file")
    asked = parser.parse_args()
    if asked.compare:
        return compare()
    idents = identifiers((asked.text or default_text()).read_text(encoding="utf-8"))
    strange = [ident for ident in idents if not NUMBERINGS["cfe"].shape.fullmatch(ident)]
    if strange:
        raise TextError(f"no identifiers: {', '.join(strange)}")
    if asked.write:
        WRITTEN.write_text(listing(idents), encoding="utf-8")
    else:
        print(listing(idents), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
