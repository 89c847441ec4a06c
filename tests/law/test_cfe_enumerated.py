"""No paragraph of the CFE Treaty that should have a row lacks one, and no row is invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.law.numbering import is_article, is_identifier, part_of
from skywitness.law.provisions import parts, provisions

SCRIPT = load_program("scripts/enumerate_cfe.py")
LISTED: tuple[str, ...] = SCRIPT.written()
ROWS = [row.id for row in provisions(instrument="cfe")]
ARTICLES = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII".split()  # noqa: SIM905
)
PROTOCOLS = ["TYPES", "RECLASS", "REDUCTION", "HELI", "INFO", "INSP", "JCG", "DECL"]
PARTS = list(dict.fromkeys(part_of(ident) for ident in LISTED))


def test_the_list_is_that_of_the_text(shared: Path) -> None:
    """Enumerated anew from the text, the list is the one that stands here, byte for byte."""
    text = (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8")
    assert SCRIPT.listing(SCRIPT.identifiers(text)) == SCRIPT.WRITTEN.read_text(encoding="utf-8")


def test_the_list_holds_every_part() -> None:
    """Articles I to XXIII, seven protocols and the declarations in this order, and each identifier once."""
    assert [*ARTICLES, *PROTOCOLS] == PARTS
    assert [part for part in PARTS if is_article(part)] == ARTICLES
    assert not [ident for ident, times in Counter(LISTED).items() if times > 1]
    assert all(is_identifier(ident) for ident in LISTED)


@pytest.mark.parametrize(
    ("ident", "there"),
    [
        ("CFE:II.1(U)", True),
        ("CFE:VI(E)", True),
        ("CFE:IV.3(D)", True),
        ("CFE:IV.3(D)(1)", False),
        ("CFE:INSP.I.1(AA)", True),
        ("CFE:INSP.VI.43", True),
        ("CFE:INSP.VI.44", False),
        ("CFE:INFO.IV.1(A)(6)", True),
        ("CFE:INFO.III.1(B)(8)", False),
        ("CFE:INFO.ANNEX.2", True),
        ("CFE:INSP", False),
        ("CFE:PROV.1", False),
    ],
)
def test_what_the_list_holds(ident: str, there: bool) -> None:
    """The last letters and numbers are there, lists of mere names and figures and what the copy lacks are not."""
    assert (ident in LISTED) is there


@pytest.mark.parametrize("part", [part for part in PARTS if SCRIPT.must_be_complete(part)])
def test_every_paragraph_has_its_row(part: str) -> None:
    """Where a part has rows they are exactly its paragraphs, in the order of the text."""
    rows = [ident for ident in ROWS if part_of(ident) == part]
    if not rows:
        pytest.skip(f"{part} has no rows yet")
    assert rows == [ident for ident in LISTED if part_of(ident) == part]


def test_no_row_is_invented() -> None:
    """Every row is a paragraph of the text, and parts and paragraphs stand in its order; recollection is told as such.

    The Protocol on Provisional Application is not in the copy: its rows are recalled, and say so.
    """
    recalled = {row.id for row in provisions(instrument="cfe") if row.part == "PROV"}
    assert {row.status for row in provisions(instrument="cfe") if row.id in recalled} <= {"recollection"}
    read = [ident for ident in ROWS if ident not in recalled]
    assert [ident for ident in read if ident not in set(LISTED)] == []
    assert sorted(read, key=LISTED.index) == read
    assert [part for part in parts("cfe") if part != "PROV"] == [part for part in PARTS if part in parts("cfe")]


SMALL = """
A preamble.

### Article  I
1. A first paragraph.
2.
(A)A letter below a number without words.
(B) Another:
(1)one thing;
(2)another.
### Article  II
With the aim of something, Parties shall hold no more than:
(A)one;
(B)two.
### Article  III
One sentence without a number.
####Protocol on inspection
The States Parties hereby agree on something.
###SECTION I
####TITLE
### 1
Words below a heading:
(A)a letter:
(1)which says a good deal more than a name, in twelve words and some;
(2)and so does the second one of the two, which ends the list;
(a)an item below it.
###SECTION  II
A sentence of its own.
####Annex on the format of something
###1
Words.
###SECTION I
###1
Words.
| a | table |
#### Declaration of somebody
A promise is made here.
1.No one does this.
"""
FOUND = """
CFE:I.1 CFE:I.2(A) CFE:I.2(B) CFE:II CFE:II(A) CFE:II(B) CFE:III CFE:INSP.I.1 CFE:INSP.I.1(A) CFE:INSP.I.1(A)(1)
CFE:INSP.I.1(A)(2) CFE:INSP.II CFE:INSP.ANNEX.1 CFE:INSP.ANNEX.I.1 CFE:DECL.I CFE:DECL.I.1
"""


def test_what_counts_as_a_paragraph() -> None:
    """Each way in which the text prints a paragraph is understood, and each way in which it prints none."""
    assert list(SCRIPT.identifiers(SMALL)) == FOUND.split()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("\n2.\n", "\n3.\n", "CFE:I: 2 is expected, and 3 is printed"),
        ("(B) Another", "(C) Another", r"CFE:I.2: B is expected, and C is printed"),
        ("(2)another", "(3)another", r"CFE:I.2\(B\): 2 is expected, and 3 is printed"),
        ("Protocol on inspection", "Protocol on infection", "no protocol"),
    ],
)
def test_a_text_with_gaps_is_refused(old: str, new: str, words: str) -> None:
    """A mark out of order, or an unknown protocol, is not passed over."""
    with pytest.raises(SCRIPT.TextError, match=words):
        SCRIPT.identifiers(SMALL.replace(old, new))


def test_letters_go_on_after_z() -> None:
    """The 27th letter is AA, as in the definitions of the Protocol on Inspection."""
    letters = [*(chr(ord("A") + at) for at in range(26)), "AA", "BB"]
    text = "### Article I\n1. Words:\n" + "\n".join(f"({letter})words;" for letter in letters)
    assert SCRIPT.identifiers(text)[-2:] == ("CFE:I.1(AA)", "CFE:I.1(BB)")


def test_the_counts_are_those_of_the_list() -> None:
    """The count above each part is the number of identifiers below it."""
    lines = SCRIPT.WRITTEN.read_text(encoding="utf-8").splitlines()
    said = {line.split()[1]: int(line.split()[2]) for line in lines[2:] if line.startswith("# ")}
    assert said == Counter(part_of(ident) for ident in LISTED)
    assert f"together {len(LISTED)}" in lines[1]
