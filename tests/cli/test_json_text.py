"""The writer of JSON answers gives the very bytes of the standard library, which it replaces for its speed alone."""

from __future__ import annotations

import io
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.cli.json_text import write_json
from skywitness.core.finding import Verdict
from skywitness.core.shared import Shared

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=6)
)
KEYS = st.one_of(st.text(max_size=4), st.integers(0, 9), st.booleans(), st.none(), st.floats(0, 9))
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3), max_leaves=12
)


def written(document: Any, *, plain: bool = False) -> str:
    """Write a document and return it."""
    out = io.StringIO()
    write_json(document, out, plain=plain)
    return out.getvalue()


@given(VALUES, st.booleans())
def test_the_bytes_of_the_standard_library(document: Any, plain: bool) -> None:
    """Whatever JSON can hold is written as ``json.dumps(indent=2)`` writes it."""
    assert written(document, plain=plain) == json.dumps(document, ensure_ascii=plain, allow_nan=False, indent=2)


def test_large_documents_are_written_in_parts() -> None:
    """A document of more pieces than are joined at once is whole, and words that are enumerations are words."""
    rows = [{"id": number, "verdict": Verdict.OK, "pair": (1, [])} for number in range(20_000)]
    assert written(rows) == json.dumps(rows, ensure_ascii=False, indent=2)


def test_what_stands_in_a_document_several_times() -> None:
    """A part that is shared is written alike wherever it stands, at each level with the margin of that level."""
    part, told = Shared({"a": [1, {}], "b": "ü"}), {"a": [1, {}], "b": "ü"}
    assert written([part, {"c": part, "d": [part]}, part]) == json.dumps(
        [told, {"c": told, "d": [told]}, told], ensure_ascii=False, indent=2
    )
    assert json.loads(json.dumps(part)) == told


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_cannot_hold(bad: float) -> None:
    """What is no number in JSON is refused, wherever it stands."""
    with pytest.raises(ValueError, match="JSON cannot hold"):
        written({"a": [1.0, bad]})


@pytest.mark.parametrize("bad", [{1, 2}, b"x", object(), {(1, 2): 3}])
def test_values_that_json_does_not_know(bad: Any) -> None:
    """A value of another kind is a bug of who made the document, and told as such."""
    with pytest.raises(TypeError):
        written([bad])
