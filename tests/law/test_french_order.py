"""The order of States by their French names."""

from __future__ import annotations

import pytest

from skywitness.law.french_order import OTHER_NAMES, french_name, in_order, orders


def test_accents_order_nothing() -> None:
    """Spain and the United States, whose French names begin with an accent, stand among the names with a plain E."""
    assert in_order(("FRA", "USA", "EST", "ESP")) == ("ESP", "EST", "USA", "FRA")


def test_a_code_without_a_name_stands_for_itself() -> None:
    """A State that CLDR has no name for is ordered by its code, and never left out."""
    assert french_name("QQQ") == "QQQ"
    assert in_order(("ROU", "QQQ", "PRT")) == ("PRT", "QQQ", "ROU")


@pytest.mark.parametrize("code", sorted(OTHER_NAMES))
def test_each_other_name_leads_to_another_place(code: str) -> None:
    """A second name is kept only where it moves its State among all States that have one treaty or the other."""
    others = [
        "BEL",
        "BGR",
        "CAN",
        "DEU",
        "DNK",
        "ESP",
        "FIN",
        "FRA",
        "GRC",
        "HUN",
        "ISL",
        "ITA",
        "KAZ",
        "LUX",
        "NLD",
        "NOR",
        "POL",
        "PRT",
        "ROU",
        "SWE",
        "TUR",
        "UKR",
    ]
    assert in_order((code, *others)) != in_order((code, *others), (code,))


def test_only_doubtful_states_move() -> None:
    """Every combination of names is an order, each once, that of the first names first; who is sure keeps its name."""
    codes = ("CZE", "RUS", "FRA", "PRT")
    found = list(orders(codes, ("CZE", "RUS")))
    assert found[0] == in_order(codes)
    assert set(found) == {in_order(codes, chosen) for chosen in ((), ("CZE",), ("RUS",), ("CZE", "RUS"))}
    assert len(found) == len(set(found)) == 3  # by its second name or its first, CZE stands last where RUS is first
    assert list(orders(codes, ())) == [in_order(codes)]
