"""Slips: every known fault of the sources is marked, and points at something that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from skywitness.core.errors import DataError
from skywitness.law.sites import site
from skywitness.law.slips import KINDS, SOURCES, load, slips


@pytest.mark.parametrize(
    ("ident", "printed"),
    [
        ("distances-section", "Section I"),
        ("poland-first-distribution", "floor(0.75 x 6)"),
        ("diyarbakir-degrees", "N 30-50-00 E 040-05-00"),
        ("sofia-longitude", "E 04-55-59"),
        ("wunstorf-malformed", "E 009-2570"),
        ("united-kingdom-hundredths", "N 51-44-97"),
        ("codes-of-1992", "EDNW"),
        ("urlati-letters", "N 026-05-11"),
    ],
)
def test_known_slips_are_kept_as_printed(ident: str, printed: str) -> None:
    """The slips a reader of the Treaty meets are listed with the figures that stand there."""
    found = {slip.id: slip for slip in slips()}[ident]
    assert printed in found.printed
    assert found.taken


def test_slips_point_at_sites() -> None:
    """Every site a slip names is a site of the regime, under the identifier used today."""
    for slip in slips():
        assert [site(ident).id for ident in slip.sites] == list(slip.sites)


def test_printed_positions_of_slips_are_those_of_their_sites() -> None:
    """A slip of one airfield prints a position that this airfield has in the data."""
    for slip in slips(of="text", kind="coordinate"):
        if len(slip.sites) == 1:
            place = site(slip.sites[0])
            assert slip.printed in {part.text_position for part in place.designations}, slip.id


@pytest.mark.parametrize("of", SOURCES)
def test_slips_can_be_asked_for_by_source(of: str) -> None:
    """The text, its copy and the airfield table each have slips of their own."""
    assert slips(of=of)
    assert {slip.of for slip in slips(of=of)} == {of}


def test_every_kind_of_slip_is_found() -> None:
    """No kind is named without a slip of it."""
    assert {slip.kind for slip in slips()} == set(KINDS)


def test_json_has_every_field() -> None:
    """A slip is written with all it holds."""
    slip = slips(kind="coordinate")[0]
    assert slip.to_json() == {name: _plain(getattr(slip, name)) for name in slip.__slots__}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


GOOD = """
[[slip]]
id = "one"
of = "text"
kind = "letter"
where = "here"
what = "something"
printed = "x"
taken = "y"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('of = "text"', 'of = "hearsay"', "hearsay"),
        ('kind = "letter"', 'kind = "oddity"', "oddity"),
        ('taken = "y"', "", "taken: missing"),
        ('taken = "y"', "taken = 1", "not a text"),
        ('printed = "x"', 'printed = "x"\noff_km = -1', "off_km"),
        ('printed = "x"', 'printed = "x"\nsites = "UUMB"', "list of texts"),
        ('printed = "x"', 'printed = "x"\noff = 1', "unknown field"),
        ("\n[[slip]]", GOOD + "[[slip]]", "stands 2 times"),
        ("\n[[slip]]", "\nslip = 3\n[x]", "list of tables"),
    ],
)
def test_a_broken_slips_file_is_told_its_faults(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Each kind of fault is refused with words that lead to it."""
    path = tmp_path / "slips.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert words in str(caught.value)
