"""Texts as JSON: they come back whole, in every language, and a hostile one does nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say, say_n
from skywitness.route.files.text_json import text_from_json, text_to_json


class Shouting:
    """A language that is English in capitals."""

    def gettext(self, message: str) -> str:
        """Shout the template around its names."""
        return message.replace("leg", "LEG").replace("why", "WHY").replace("{WHY}", "{why}").replace("{LEG}", "{leg}")

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Shout one of two templates."""
        return self.gettext(singular if count == 1 else plural)

    def number(self, value: float, spec: str) -> str:
        """Write numbers with a decimal comma."""
        return format(value, spec).replace(".", ",")


def through_json(text: Text) -> Text:
    """Write a text to JSON and read it back."""
    faults = Faults()
    found = text_from_json(json.loads(json.dumps(text_to_json(text))), "note", faults)
    assert list(faults) == []
    return found


def test_a_text_read_back_still_speaks_every_language() -> None:
    """The template and the values travel, not only the English sentence."""
    inner = say("leg {leg} is {km:.1f} km long", leg=4, km=8.25)
    text = say("left out, why: {why}", why=inner)
    assert text_to_json(text)["text"] == "left out, why: leg 4 is 8.2 km long"
    assert through_json(text).render(Shouting()) == "left out, WHY: LEG 4 is 8,2 km long"
    assert through_json(say_n("{count} leg", "{count} legs", 1)).render(Shouting()) == "1 LEG"


def test_other_values_are_shown_as_before() -> None:
    """A value of a kind that JSON has not is kept as its words, which is how it is shown."""
    text = say("{a} {b} {c}", a=(1, 2), b=None, c={"x": 1})
    assert str(through_json(text)) == str(text) == "(1, 2) None {'x': 1}"


TEMPLATES = st.text("{}ab:!.[]0_^><9f%r", max_size=12)
VALUES = st.dictionaries(
    st.sampled_from(["a", "b", ""]),
    st.one_of(st.integers(), st.floats(allow_nan=False), st.text(max_size=5), st.booleans()),
)


@given(template=TEMPLATES, values=VALUES)
def test_a_template_is_harmless_or_refused(template: str, values: dict[str, Any]) -> None:
    """Whatever a file gives as a template either fills in its own values, shortly, or is a fault."""
    faults = Faults()
    text = text_from_json({"template": template, "values": values}, "note", faults)
    if not faults:
        assert len(str(text)) <= 12 * (100 + 400)


@pytest.mark.parametrize(
    "hostile",
    [
        "{a.real}",
        "{a.__class__.__mro__}",
        "{a[0]}",
        "{0}",
        "{}",
        "{a:{b}}",
        "{a:999999999d}",
        "{a:.999999999f}",
        "{a:>9999}",
        "{c}",
        "{a",
        "a}",
        "{a!x}",
    ],
)
def test_hostile_templates_are_refused(hostile: str) -> None:
    """No template looks inside a value, counts on values it has not, or asks for endless blanks."""
    faults = Faults()
    text_from_json({"template": hostile, "values": {"a": 5, "b": 9}}, "note", faults)
    assert [fault.where for fault in faults] == ["note.template"]
