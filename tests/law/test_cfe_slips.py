"""Slips of the CFE Treaty: each is there to be seen in the text, and leads to a paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.law.instrument import load
from skywitness.law.slips import Slip, slips

SLIPS = slips(instrument="cfe")
PRINTED = [slip for slip in SLIPS if slip.printed and "..." not in slip.printed]


def test_every_slip_leads_to_a_paragraph() -> None:
    """Where a slip stands is a paragraph of the text, and the States it names are known."""
    listed = set(load_program("scripts/enumerate_cfe.py").written())
    assert {slip.where for slip in SLIPS} <= listed
    assert {state for slip in SLIPS for state in slip.states} <= set(load("cfe").parties)


@pytest.mark.parametrize("slip", PRINTED, ids=lambda slip: slip.id)
def test_what_is_printed_is_printed(slip: Slip, shared: Path) -> None:
    """The words told as printed stand in the text."""
    assert slip.printed in (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8")


def test_what_is_missing_is_missing(shared: Path) -> None:
    """No sentence says which part of Turkey is outside, and no heading begins the protocol that is spoken of."""
    lines = (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8").splitlines()
    (area,) = [line for line in lines if line.startswith('(B)The term "area of application"')]
    assert "Turkey" not in area
    assert not [line for line in lines if line.startswith("#") and "provisional" in line.casefold()]


def test_slips_of_one_instrument_are_not_those_of_another() -> None:
    """The list of Open Skies holds none of the CFE Treaty."""
    assert not {slip.id for slip in SLIPS} & {slip.id for slip in slips()}
    assert slips(instrument="vienna-document") == ()
