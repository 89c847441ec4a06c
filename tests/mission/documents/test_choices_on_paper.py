"""Codes of choices are words on paper, in every language; in the file they stay codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.mission.documents.samples import complete

from skywitness.cli.language import Language
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.mission.documents.choices import CHOICES, spoken
from skywitness.mission.documents.document_file import read_document
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.documents.model import Item
from skywitness.mission.documents.show import to_text

CODE = re.compile(r"[a-z_]+")


def chosen() -> set[str]:
    """Every code that a document may hold, and that is no paragraph and no measure."""
    items = [item for kind in kinds().values() for one in kind.items for item in (one, *one.fields)]
    return {code for item in items for code in item.among if CODE.fullmatch(code)}


def test_every_code_has_words() -> None:
    """No code is left as it is, and no word stands there that no document uses."""
    assert chosen() == set(CHOICES)


@pytest.mark.parametrize(
    ("form", "ident", "source", "value", "words"),
    [
        ("choice", "reason", "", "weather", "weather"),
        ("choice", "provided_by", "", "observing", "the observing Party"),
        ("choice", "reason", "", "VIII.II.1(A)", None),
        ("text", "reason", "", "weather", None),
        ("text", "category", "", "sar", "side-looking synthetic aperture radar"),
        ("text", "category", "", "something else", None),
        ("text", "aircraft", "aircraft_name", "Antonov An-30 (Czech Republic)", "Antonov An-30 (Czech Republic)"),
        ("count", "n", "", 3, None),
    ],
)
def test_what_is_spoken(form: str, ident: str, source: str, value: Any, words: str | None) -> None:
    """Choices, categories of sensors and names of aircraft have words; what people wrote themselves has none."""
    item = Item(ident, "OS:VI.I.21", form, "may", say("Title"), source=source)
    said = spoken(item, value)
    assert (None if said is None else str(said)) == words


@pytest.mark.parametrize("catalogue", [ENGLISH, Language("vi")], ids=["en", "vi"])
def test_a_paper_speaks(catalogue: Catalogue) -> None:
    """A proposal of changes for the weather says so in words, in the language of the reader."""
    item = Item("aircraft", "OS:VI.I.5", "text", "may", say("Title"), source="aircraft_name")
    czech = spoken(item, "Antonov An-30 (Czech Republic)")
    assert czech is not None
    assert ("Czech" in czech.render(catalogue)) == (catalogue is ENGLISH)
    kind = next(kind for kind in kinds().values() if any("weather" in one.among for one in kind.items))
    choice = next(one for one in kind.items if "weather" in one.among)
    data = complete(kind.id)
    data["items"][choice.id] = "airfield"
    text = to_text(read_document(data), catalogue)
    assert CHOICES["airfield"].render(catalogue) in text
