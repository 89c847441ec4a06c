"""Claims of single Parties as data: read whole, dated, and refused where they are wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from skywitness.core.box import Box
from skywitness.core.errors import DataError
from skywitness.law.claims import Claim, claims, load_claims
from skywitness.law.instrument import load

GOOD = """
[[claim]]
id = "rus-something"
title = "Something"
title_vi = "x"
holders = ["RUS"]
kind = "refusal"
provision = "OS:III.I.2"
basis = "a ground"
basis_vi = "x"
answer = "an answer"
answer_vi = "x"
source = "practice S8"
status = "reported"
"""


def read(folder: Path, text: str) -> Claim:
    """Read one claim."""
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return next(iter(load_claims(path).values()))


def test_a_claim_without_days_counts_on_any(tmp_path: Path) -> None:
    """Where no source gives a day, a claim is held on every day; where it does, on its days only."""
    undated = read(tmp_path, GOOD)
    assert undated.holds(dt.date(2002, 1, 1))
    dated = read(
        tmp_path, GOOD + "[[claim.span]]\nfrom = 2010-01-01\nto = 2012-01-01\n[[claim.span]]\nfrom = 2014-01-01"
    )
    days = [dt.date(year, 1, 1) for year in range(2009, 2016)]
    assert [day.year for day in days if dated.holds(day)] == [2010, 2011, 2014, 2015]
    assert not dated.holds(dt.date(2010, 6, 1), known=dt.date(2009, 12, 31))
    assert dated.holds(dt.date(2010, 6, 1), known=dt.date(2010, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "rus-something"', 'id = "something"', ["'something'", "hyphen"]),
        ('kind = "refusal"', 'kind = "refusel"', ["'refusel'", "refusal"]),
        ('kind = "refusal"', 'kind = "site"', ["area", "about a place"]),
        ('status = "reported"', 'status = "rumour"', ["'rumour'", "recollection"]),
        ('title_vi = "x"\n', "", ["title_vi", "missing"]),
        ('answer = "an answer"\n', "", ["answer", "missing"]),
        ('source = "practice S8"', 'sources = "practice S8"', ["source", "missing", "sources"]),
        ('status = "reported"', 'status = "reported"\nkm = 0', ["km", "not from 1"]),
        (
            'status = "reported"',
            'status = "reported"\n[[claim.span]]\nfrom = 2012-01-01\nto = 2012-01-01',
            ["not after"],
        ),
        ('status = "reported"', 'status = "reported"\n[[claim.area]]\nname = "x"\nstate = "RUS"', ["outer", "box"]),
        (
            'status = "reported"',
            'status = "reported"\n[[claim.area]]\nname = "x"\nstate = "RUS"\nouter = [[2, 1, 1, 2]]',
            ["no box of west, south, east and north"],
        ),
    ],
)
def test_a_claim_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    """The refusal names the claim, the field and what was expected."""
    assert old in GOOD
    with pytest.raises(DataError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert [word for word in words if word not in str(caught.value)] == []


def test_no_two_claims_share_a_name(tmp_path: Path) -> None:
    """Neither the whole name nor the name without who claims may stand twice: a reading could not tell them apart."""
    with pytest.raises(DataError, match="stands 2 times"):
        read(tmp_path, GOOD + GOOD.replace("rus-something", "usa-something"))


def test_sources_and_states_of_claims_are_known() -> None:
    """Every numbered source is listed, and every State named is one that has to do with the Treaty."""
    treaty = load()
    for claim in claims().values():
        for word in claim.source.replace(",", " ").replace(";", " ").split():
            assert not word.startswith("S") or not word[1:].isdigit() or word in treaty.sources, (claim.id, word)
        for code in (*claim.observed, *claim.observing, *(one for one in claim.holders if one != "ALL")):
            assert code in treaty.parties, (claim.id, code)


def test_the_core_of_an_area_lies_in_its_outer_boxes() -> None:
    """What lies wholly in a place lies in what holds all of it."""
    for claim in claims().values():
        for area in claim.areas:
            for box in area.core:
                corners = [(lon, lat) for lon in (box.west, box.east) for lat in (box.south, box.north)]
                assert all(area.holds(*corner) for corner in corners), area.name
    assert Box(1.0, 1.0, 2.0, 2.0).holds(1.0, 2.0)


def test_a_note_needs_its_translation(tmp_path: Path) -> None:
    """A note without its words in Vietnamese is a fault of the file; with them it is read."""
    with pytest.raises(DataError):
        read(tmp_path, GOOD + 'note = "a note"\n')
    assert read(tmp_path, GOOD + 'note = "a note"\nnote_vi = "x"\nsource_vi = "y"\n').note == "a note"
