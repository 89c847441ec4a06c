"""No provision of the Treaty lacks a row, and no row is invented: the rows against the list made from the text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.law.provisions import part_of, provisions

SCRIPT = load_program("scripts/enumerate_provisions.py")
LISTED: tuple[str, ...] = SCRIPT.written()
ROWS = [row.id for row in provisions() if row.part != "DEC"]
ARTICLES = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX"
ANNEXES = "A B C D E F G H ANNEX-I J K L"
PARTS = list(dict.fromkeys(part_of(ident) for ident in LISTED))


def test_the_list_is_that_of_the_text(shared: Path) -> None:
    """Enumerated anew from the text, the list is the one that stands here, byte for byte."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    assert SCRIPT.listing(SCRIPT.identifiers(text)) == SCRIPT.WRITTEN.read_text(encoding="utf-8")


def test_the_list_holds_every_part() -> None:
    """Articles I to XIX and Annexes A to L, in this order, and each identifier once."""
    articles, annexes = ARTICLES.split(), ANNEXES.split()
    assert [*articles, *annexes] == PARTS
    assert [part for part in PARTS if SCRIPT.is_annex(part)] == annexes
    assert not [ident for ident, times in Counter(LISTED).items() if times > 1]


@pytest.mark.parametrize("part", PARTS)
def test_every_provision_has_its_row(part: str) -> None:
    """In each article and annex the rows are exactly the provisions of the list, in the order of the Treaty."""
    assert [ident for ident in ROWS if part_of(ident) == part] == [ident for ident in LISTED if part_of(ident) == part]


def test_no_row_is_invented() -> None:
    """Beside the Treaty only decisions of the Commission have rows, and the parts stand in their order."""
    assert tuple(ROWS) == LISTED


SMALL = """
A preamble, which binds nobody.

###Article I
####Aim
1. A first paragraph.
2.
(A)A letter below a number that has no words.
(B) Another:
(1) one;
(2) two.
### Article  II
For the purposes of this Treaty:
1.A term.
### Article  III
One paragraph without a number.
Another one.
### Article  IV
A sentence that opens the article.
###SECTION I
###GENERAL
1. A paragraph.
###SECTION II
Words that only lead on:
1. A paragraph.
###Bijlage A
###SECTION  I
###1
| a | table |
The words of the first.
###SECTION II
The distances are as follows:
| a | table |
### Annex E
### 1
Words.
### Annex E
####Appendix 1
### SECTION I
The sites include:
(A) a name;
(B) a place.
### Annex I
###1
Words.
"""
FOUND = """
OS:I.1 OS:I.2(A) OS:I.2(B) OS:I.2(B)(1) OS:I.2(B)(2) OS:II.1 OS:III OS:IV OS:IV.I.1 OS:IV.II.1
OS:A.I.1 OS:A.II OS:E.1 OS:E.APP1.I OS:E.APP1.I(A) OS:E.APP1.I(B) OS:ANNEX-I.1
"""


def test_what_counts_as_a_provision() -> None:
    """Each way in which the Treaty prints a provision is understood, and each way in which it prints none."""
    assert list(SCRIPT.identifiers(SMALL)) == FOUND.split()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2.\n(A)", "3.\n(A)", r"OS:I.2 is expected, and 3 is printed"),
        ("(B) Another", "(C) Another", r"OS:I.2\(B\) is expected, and \(C\) is printed"),
        ("(2) two", "(1) two", r"OS:I.2\(B\)\(2\) is expected, and \(1\) is printed"),
    ],
)
def test_a_text_with_gaps_is_refused(old: str, new: str, words: str) -> None:
    """A number or letter out of order is not passed over: the copy has lost or doubled something."""
    with pytest.raises(SCRIPT.TextError, match=words):
        SCRIPT.identifiers(SMALL.replace(old, new))


def test_a_known_misprint_is_read_rightly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Annex K.II.2 prints (G) for (C): what is listed as a misprint stands under the letter that was meant."""
    monkeypatch.setattr(SCRIPT, "MISPRINTS", {"OS:I.2(B)": "(G)"})
    assert list(SCRIPT.identifiers(SMALL.replace("(B) Another", "(G) Another"))) == FOUND.split()


def test_the_counts_are_those_of_the_list() -> None:
    """The count above each article and annex is the number of identifiers below it."""
    lines = SCRIPT.WRITTEN.read_text(encoding="utf-8").splitlines()
    said = {line.split()[1]: int(line.split()[2]) for line in lines[2:] if line.startswith("# ")}
    assert said == Counter(part_of(ident) for ident in LISTED)
    assert f"together {len(LISTED)}" in lines[1]
