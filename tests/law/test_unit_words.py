"""Units of stored values are signs, or words that agree with their number and are translated."""

from __future__ import annotations

import pytest

from skywitness.core.amounts import amount
from skywitness.core.text import verbatim
from skywitness.law.instrument import instruments, load

SIGNS = {
    "%",
    "cm",
    "d",
    "deg",
    "h",
    "kg",
    "km",
    "km²",
    "m",
    "min",
    "mm",
    "t",
    "°C",
    "",
    "s",
    "ms",
    "px",
    "mm²",
    "MB",
    "µm",
}


@pytest.mark.parametrize("name", list(instruments()))
def test_every_unit_is_a_sign_or_a_word_that_bends(name: str) -> None:
    """One of a unit that is a word is not written like two: 1 visit, 2 visits; what does not bend is known."""
    same = {"aircraft", "percent", "per year", "to 1"}
    units = {key.unit for key in load(name).keys.values()} - SIGNS - same
    unbent = [unit for unit in sorted(units) if str(amount(1, unit, verbatim("1"))) == f"1 {unit}"]
    assert not unbent


@pytest.mark.parametrize(("unit", "one", "two"), [("visits", "1 visit", "2 visits"), ("teeth", "1 tooth", "2 teeth")])
def test_words_agree(unit: str, one: str, two: str) -> None:
    """Units of other instruments than the Treaty bend as well."""
    assert [str(amount(count, unit, verbatim(str(count)))) for count in (1, 2)] == [one, two]
