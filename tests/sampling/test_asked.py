"""Questions and files of weights, read with every fault at once."""

from __future__ import annotations

import contextlib
import string
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.sampling.asked import MOST_ITEMS, number, read_question
from skywitness.sampling.case_file import read_cases


def question(**given_: str) -> dict[str, str | None]:
    """Give words of a question."""
    return {"items": "100", "defects": "5", **given_}


def test_numbers_are_taken_as_they_are_written() -> None:
    """0.95 is nineteen twentieths, not the nearest number with 53 bits."""
    read = read_question(question(recognition="0.95", defects="1,2,5", cost="2.50", budget="100", repeat="never"))
    assert read.recognition == Fraction(19, 20)
    assert [one.defects for one in read.defects.cases] == [1, 2, 5]
    assert read.costs is not None
    assert (read.costs.item, read.costs.budget, read.fresh) == (Fraction(5, 2), Fraction(100), False)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("items", "0"),
        ("items", "-5"),
        ("items", "1.5"),
        ("items", "nan"),
        ("items", str(MOST_ITEMS + 1)),
        ("items", "9" * 5_000),
        ("items", "١٢"),
        ("items", "1_000"),
        ("defects", "0"),
        ("defects", "-1"),
        ("defects", "2.5"),
        ("defects", "101"),
        ("defects", "5..1"),
        ("defects", "1..999999"),
        ("defects", "1,1"),
        ("defects", "1,,2"),
        ("defects", "many"),
        ("recognition", "0"),
        ("recognition", "1.01"),
        ("recognition", "inf"),
        ("recognition", "-0.5"),
        ("recognition", "80%"),
        ("recognition", "0,8"),
        ("recognition", "1e-5"),
        ("false_alarm", "1"),
        ("false_alarm", "NaN"),
        ("prior", "2"),
        ("rounds", "0"),
        ("rounds", "2.0"),
        ("rounds", "1001"),
        ("repeat", "sometimes"),
        ("matters", "6"),
        ("matters", "0"),
        ("cost", "-1"),
        ("cost", "1e400"),
        ("budget", "5"),
    ],
)
def test_each_fault_is_named(key: str, words: str) -> None:
    """One wrong field gives one fault under its name, in a short sentence that repeats what was met."""
    with pytest.raises(InputError) as met:
        read_question(question(**{key: words}))
    assert [fault.where for fault in met.value.faults] == [key]
    assert len(str(met.value.faults[0].message)) < 300


def test_all_faults_at_once() -> None:
    """Nothing hides behind the first fault."""
    with pytest.raises(InputError) as met:
        read_question({"items": "-1", "defects": "x", "recognition": "2", "rounds": "0", "repeat": "?", "cost": "a"})
    assert {fault.where for fault in met.value.faults} == {
        "items",
        "defects",
        "recognition",
        "rounds",
        "repeat",
        "cost",
    }


def test_numbers_that_do_not_matter_are_set_aside() -> None:
    """Fewer than matter are left out of shares, and of the prior chance, as if they could not be."""
    cases = [(0, Fraction(50)), (1, Fraction(25)), (2, Fraction(10)), (5, Fraction(15))]
    read = read_question(question(matters="2"), cases)
    assert [(one.defects, one.share) for one in read.defects.cases] == [(2, Fraction(2, 5)), (5, Fraction(3, 5))]
    assert read.prior == Fraction(25, 75)


def test_a_file_tells_the_prior_chance() -> None:
    """The weight of none is the chance that there is none; beside it no other is taken."""
    cases = [(0, Fraction(1)), (3, Fraction(3))]
    assert read_question(question(), cases).prior == Fraction(3, 4)
    assert read_question(question(), [(3, Fraction(3))]).prior is None
    with pytest.raises(InputError) as met:
        read_question(question(prior="0.1"), cases)
    assert [fault.where for fault in met.value.faults] == ["prior"]


def test_weights_are_read() -> None:
    """Remarks and blank lines are left out; weights are exact."""
    text = "# remark\n\nDefects, Weight\n0,0.5\n 2 , .25\n7,0\n"
    assert read_cases(text, "f") == ((0, Fraction(1, 2)), (2, Fraction(1, 4)), (7, Fraction(0)))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["line 1"]),
        ("# only remarks", ["line 1"]),
        ("number,chance\n1,1", ["line 1"]),
        ("defects,weight\n", ["file"]),
        ("defects,weight\n1,0\n2,0", ["file"]),
        ("defects,weight\n-1,0.5\n2,nan\n1.5,1\n3,1,1\n4,1\n4,1\n", [f"line {n}" for n in (2, 3, 4, 5, 7)]),
        ("defects,weight\n" + "\n".join(f"{n},1" for n in range(1, 1_003)), ["file"]),
        ("defects,weight\n" + "9" * 300 + ",1", ["line 2"]),
        ('defects,weight\n"1\n,1"', ["line 2", "line 3"]),
    ],
)
def test_faults_of_a_file_of_weights(text: str, places: list[str]) -> None:
    """Every fault is told with its line."""
    with pytest.raises(InputError) as met:
        read_cases(text, "weights.csv")
    assert [fault.where for fault in met.value.faults] == places


@given(
    st.dictionaries(
        st.sampled_from(["items", "defects", "recognition", "rounds", "repeat", "cost", "budget", "prior"]),
        st.text(string.printable, max_size=20),
    )
)
def test_nothing_but_refusals(words: dict[str, str]) -> None:
    """Whatever the words, a question comes out or a refusal, never anything else."""
    read = None
    with contextlib.suppress(InputError):
        read = read_question(question(**words))
    assert read is None or 1 <= read.defects.fewest <= read.items


@given(st.text(max_size=60))
def test_nothing_but_refusals_of_files(text: str) -> None:
    """The same for files of weights."""
    read = None
    with contextlib.suppress(InputError):
        read = read_cases(f"defects,weight\n{text}", "f")
    assert read is None or all(weight >= 0 for _, weight in read)


def test_what_is_no_decimal_is_no_number() -> None:
    """Signs, exponents, other digits and underscores are not read."""
    assert [number(words) for words in ("", ".", "+1", "-1", "1e3", "1_0", "٣", "1.", "0x1", "1.1234567890123")] == [
        None
    ] * 10
