"""Decisions of the Commission: those of which something is public, on their days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from skywitness.core.errors import DataError
from skywitness.law.decision import decisions, load
from skywitness.law.instrument import load as load_instrument


def numbers(at: str, known: str | None = None) -> set[str]:
    """List the decisions in force on a day."""
    day = dt.date.fromisoformat
    return {one.number for one in decisions(day(at), day(known) if known else None)}


@pytest.mark.parametrize(
    ("number", "before", "on"),
    [
        ("formats", "1992-12-09", "1992-12-10"),
        ("16", "1994-10-11", "1994-10-12"),
        ("1/02", "2002-01-20", "2002-01-21"),
        ("16/02", "2002-07-21", "2002-07-22"),
        ("22/02", "2002-12-15", "2002-12-16"),
        ("12/05", "2005-12-11", "2005-12-12"),
    ],
)
def test_a_decision_holds_from_its_day(number: str, before: str, on: str) -> None:
    """Dated decisions, each from its day on."""
    assert number not in numbers(before)
    assert number in numbers(on)
    assert number in numbers("2026-01-01")


def test_the_infra_red_method_was_replaced() -> None:
    """Decision 15 was revised as 4/07; the year is known, so the last day of it stands for the day."""
    assert {"15", "4/07"} & numbers("2007-12-30") == {"15"}
    assert {"15", "4/07"} & numbers("2007-12-31") == {"4/07"}


def test_what_was_decided_later_was_not_known_before() -> None:
    """Asked with the knowledge of 2003, the format of digital data is not decided."""
    assert "12/05" not in numbers("2010-01-01", known="2003-01-01")


def test_every_decision_has_a_source_that_can_be_looked_up() -> None:
    """Numbered sources are stored; what is recollection says so."""
    sources = load_instrument().sources
    for one in decisions():
        named = [word.strip(",;") for word in one.source.split() if word[0] == "S" and word[1:2].isdigit()]
        assert all(number in sources for number in named)
        assert named or one.status == "recollection"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("", "either adopted or by"),
        ("adopted = 2002-01-01\nby = 2003-01-01", "either adopted or by"),
        ("adopted = 2002-01-01\nto = 2001-01-01", "not after the start"),
        ('adopted = 2002-01-01\nreplaced_by = "9"', "no decision has the number 9"),
        ('adopted = 2002-01-01\nprovisions = ["OS:Z"]', "no provision 'OS:Z'"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, fields: str, told: str) -> None:
    """A decision has one day, ends after it, and names what there is."""
    rest = "" if "provisions" in fields else "provisions = []\n"
    path = tmp_path / "decisions.toml"
    path.write_text(
        f'[[decision]]\nnumber = "1"\ntitle = "T"\ntitle_vi = "T"\nsource = "s"\nstatus = "reported"\n{rest}{fields}\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        load(path)
    assert told in str(caught.value)
