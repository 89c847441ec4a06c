"""Provisions: every row whole, every rule tied to a row, every title in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import DataError, InputError
from skywitness.law.names import folded
from skywitness.law.provisions import (
    BEARERS,
    every_provision,
    find_provision,
    implemented,
    load,
    part_of,
    provision,
    provisions,
    title,
    translations,
)

_NEEDED = """
OS:I.1 OS:III.I.1 OS:III.I.2 OS:III.I.5 OS:III.I.8 OS:III.I.10 OS:III.I.11
OS:III.II.2(B) OS:III.II.2(C) OS:III.II.2(D) OS:III.II.2(E)
OS:III.II.3(A) OS:III.II.3(B) OS:III.II.3(C) OS:III.II.3(D) OS:III.II.3(E) OS:III.II.5 OS:III.II.7
OS:IV.1 OS:IV.2(A) OS:IV.2(B) OS:IV.2(C) OS:IV.2(D) OS:IV.4 OS:IV.8 OS:IV.9 OS:IV.11
OS:VI.I.1 OS:VI.I.2 OS:VI.I.3 OS:VI.I.5(A) OS:VI.I.5(B) OS:VI.I.5(C) OS:VI.I.5(D) OS:VI.I.5(E) OS:VI.I.5(F)
OS:VI.I.5(G) OS:VI.I.5(H) OS:VI.I.6 OS:VI.I.9 OS:VI.I.11 OS:VI.I.20
OS:VI.II.1 OS:VI.II.2 OS:VI.II.3 OS:VI.II.4(A) OS:VI.II.4(B) OS:VI.II.4(C) OS:VI.II.4(D) OS:VI.II.4(E)
OS:VI.II.4(F) OS:VI.II.4(G) OS:VI.II.5(A) OS:VI.II.5(B) OS:VI.II.5(C) OS:VI.II.6 OS:VI.II.7 OS:VI.II.8
OS:VI.III.1 OS:VI.III.2 OS:VI.III.4 OS:VI.III.5 OS:VII.1 OS:VII.2 OS:VII.3 OS:VIII.I.1 OS:VIII.I.4 OS:VIII.I.5
OS:A.I.1 OS:A.II.1 OS:A.II.2 OS:A.III OS:E.1 OS:E.3 OS:E.4 OS:E.5(A) OS:E.5(B)(1) OS:E.5(B)(2) OS:E.5(B)(3)
OS:H.2 OS:XIV.1 OS:XV.2 OS:XVII.6 OS:XVIII.II.1 OS:XVIII.II.2 OS:XVIII.II.3 OS:XVIII.II.4 OS:XVIII.II.5
OS:XVIII.II.6 DEC:16/02 DEC:22/02
"""
NEEDED = _NEEDED.split()

VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


@pytest.mark.parametrize("ident", NEEDED)
def test_the_provisions_that_are_checked_have_rows(ident: str) -> None:
    """Every provision that a flight is judged by has a row with a title in both languages."""
    row = provision(ident)
    assert row.id == ident
    assert str(title(ident)) == str(row.title)
    assert VIETNAMESE.search(row.title_vi)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_titles_are_short_and_our_own(shared: Path) -> None:
    """A title is one line, and no run of seven words of it, or of a reason, stands in the Treaty."""
    treaty = f" {' '.join(_words((shared / 'law' / 'open-skies-treaty.txt').read_text('utf-8')))} "
    copied = [
        f"{row.id}: {run}"
        for row in provisions()
        for words in (_words(row.title.template), _words(row.why.template if row.why else ""))
        for run in (" ".join(words[at : at + 7]) for at in range(len(words) - 6))
        if f" {run} " in treaty
    ]
    assert not copied
    assert not [row.id for row in provisions() if len(row.title.template) > 110]


def test_one_english_title_has_one_vietnamese() -> None:
    """Titles serve as keys of the catalogue, so none may stand for two translations, nor two provisions for one."""
    twice = [title for title, rows in Counter(row.title.template for row in provisions()).items() if rows > 1]
    assert not twice
    assert len(translations()) == len(provisions())


def test_every_title_is_in_vietnamese() -> None:
    """What stands as the Vietnamese is Vietnamese, and no copy of the English."""
    assert not [row.id for row in provisions() if row.title_vi == row.title.template]
    assert not [row.id for row in provisions() if not VIETNAMESE.search(row.title_vi)]


def test_one_english_reason_has_one_vietnamese() -> None:
    """The reason why no software can check a provision is in both languages, the same in the same words."""
    said = {(row.why.template, row.why_vi) for row in provisions() if row.why}
    assert not [row.id for row in provisions("people") if not VIETNAMESE.search(row.why_vi)]
    assert len(said) == len({english for english, _ in said})


def test_rows_are_consistent() -> None:
    """A duty, right, prohibition or power has a bearer unless it binds nobody; people say why."""
    for row in provisions():
        assert row.bearer is None or row.bearer in BEARERS
        assert bool(row.why) == (row.kind == "people"), row.id
        if row.kind != "value" and row.modality != "none":
            assert row.bearer, row.id
    assert {row.id for row in provisions("people")} == {row.id for row in provisions() if row.why}


@pytest.mark.parametrize(
    ("ident", "part"),
    [
        ("OS:VI.II.4(A)", "VI"),
        ("OS:XI", "XI"),
        ("OS:C.2(A)(1)", "C"),
        ("OS:ANNEX-I.1(A)", "ANNEX-I"),
        ("OS:I.1", "I"),
        ("OS:E.APP1.II", "E"),
        ("DEC:16/02", "DEC"),
    ],
)
def test_the_part_of_a_provision(ident: str, part: str) -> None:
    """An identifier names its article or annex; Annex I is not Article I."""
    assert part_of(ident) == part


def test_a_rule_is_tied_to_its_provision() -> None:
    """The decorator returns the rule itself and notes its full name once."""

    def rule() -> str:
        return "judged"

    assert provision("OS:I.1")(rule) is rule
    provision("OS:I.1")(rule)
    assert implemented()["OS:I.1"].count(f"{__name__}.{rule.__qualname__}") == 1


def test_a_rule_of_no_provision_fails_at_import() -> None:
    """A module with a misspelt provision cannot be imported."""
    code = "from skywitness.law.provisions import provision\n@provision('OS:VI.II.22')\ndef rule(): ...\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DataError" in done.stderr
    assert "OS:VI.II.22" in done.stderr


@pytest.mark.parametrize("typed", ["OS:VI.II.4(A)", "VI.II.4(A)", "vi.ii.4(a)", "os:vi.ii.4(a)"])
def test_people_may_write_a_provision_their_way(typed: str) -> None:
    """The instrument may be left out, and small letters do."""
    assert find_provision(typed).id == "OS:VI.II.4(A)"


@pytest.mark.parametrize("typed", ["c", "Ç", "OS:ç", "C\u0327"])
def test_a_mark_on_a_letter_does_no_harm(typed: str) -> None:
    """Names are compared without accents, so a C with a cedilla is Annex C, however it is encoded."""
    assert find_provision(typed).id == "OS:C"


@pytest.mark.parametrize(
    ("ident", "kind", "modality", "bearer"),
    [
        ("OS:VI.I.4", "rule", "duty", "state_party"),
        ("OS:VI.I.10", "procedure", "duty", "observed"),
        ("OS:VI.I.19", "procedure", "duty", "observed"),
        ("OS:E.6", "procedure", "duty", "parties"),
        ("OS:VII.2", "rule", "duty", "state_party"),
        ("OS:VIII.II.6", "rule", "prohibition", "observing"),
        ("OS:XVII.3", "value", "right", "state"),
        ("OS:XVII.4", "procedure", "right", "state"),
        ("OS:XVII.5", "procedure", "power", "commission"),
        ("OS:XVIII.II.2", "rule", "prohibition", "state_party"),
        ("OS:E.4", "rule", "right", "state_party"),
        ("OS:E.5(B)", "rule", "duty", "state_party"),
        ("OS:E.5(B)(1)", "rule", "duty", "state_party"),
        ("OS:E.5(B)(2)", "rule", "duty", "state_party"),
        ("OS:E.5(B)(3)", "rule", "right", "state_party"),
        ("OS:H.2", "rule", "prohibition", "state_party"),
        ("OS:H.3", "procedure", "duty", "state_party"),
        ("OS:D.APP1.III.2", "rule", "none", None),
    ],
)
def test_who_is_bound_and_how(ident: str, kind: str, modality: str, bearer: str | None) -> None:
    """What is easily mistaken: a choice is no duty, an applicant is no Party, a method of measuring binds nobody."""
    row = provision(ident)
    assert (row.kind, row.modality, row.bearer) == (kind, modality, bearer)


def test_one_term_for_one_thing_in_vietnamese() -> None:
    """What the glossary calls by one word has no second word in titles and reasons."""
    words = " ".join(f"{row.title_vi} {row.why_vi}" for row in provisions()).casefold()
    other = ["người đi kèm", "dải quét", "giám sát viên bay", "đại diện bay", "mục tiêu hiệu chuẩn", "thời đoạn"]
    assert not [word for word in other if word in words]
    assert "người hộ tống" in words


@given(st.text(max_size=40))
def test_an_unknown_provision_is_an_input_error(typed: str) -> None:
    """Whatever is typed, it is found or refused in one sentence."""
    known = {row.id.casefold() for row in every_provision()}
    if folded(typed) in known | {name.removeprefix("os:") for name in known}:
        return
    with pytest.raises(InputError) as caught:
        find_provision(typed)
    assert caught.value.kind == "unknown_provision"


def test_a_refusal_tells_near_provisions() -> None:
    """A paragraph that is not there leads to those beside it."""
    with pytest.raises(InputError) as caught:
        find_provision("VI.II.4(H)")
    assert "OS:VI.II.4(" in str(caught.value.message)


GOOD = """
[[provision]]
id = "OS:VI.II.4(A)"
title = "A title"
title_vi = "Một tiêu đề"
kind = "rule"
modality = "duty"
bearer = "observing"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "OS:VI.II.4(A)"', 'id = "VI.II.4(A)"', "no identifier"),
        ('title = "A title"', "", "title: missing"),
        ('title = "A title"', 'title = "A {title}"', "no braces"),
        ('id = "OS:VI.II.4(A)"', 'id = "OS:VI.II.4(1)"', "no identifier"),
        ('id = "OS:VI.II.4(A)"', 'id = "OS:ANNEX-A.1"', "no identifier"),
        ('title_vi = "Một tiêu đề"', "", "title_vi: missing"),
        ('kind = "rule"', 'kind = "people"', "says why"),
        ('kind = "rule"', 'kind = "people"\nwhy = "Seen by people."', "says why"),
        ('kind = "rule"', 'kind = "rules"', "none of"),
        ('modality = "duty"', 'modality = "wish"', "none of"),
        ('bearer = "observing"', 'bearer = "observer"', "none of"),
        ('bearer = "observing"', 'bearer = "observing"\nwhy = "so"', "says why"),
        ("\n[[provision]]", GOOD + "[[provision]]", "stands 2 times"),
    ],
)
def test_a_broken_provisions_file_is_told_its_faults(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Each kind of fault is refused with words that lead to it."""
    path = tmp_path / "provisions.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert words in str(caught.value)
