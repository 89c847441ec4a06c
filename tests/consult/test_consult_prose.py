"""Words of a case on a page of another language: its own translation, else the English ones with a mark."""

from __future__ import annotations

import pytest

from skywitness.cli.language import Language
from skywitness.consult.prose import Prose

ONLY_HERE = "Poland puts a question that no catalogue has"


@pytest.mark.parametrize(
    ("prose", "language", "shown"),
    [
        (Prose(ONLY_HERE), "en", ONLY_HERE),
        (Prose(ONLY_HERE, (("vi", "Ba Lan nêu câu hỏi"),)), "vi", "Ba Lan nêu câu hỏi"),
        (Prose("OSCC", (("vi", "OSCC"),)), "vi", "OSCC"),
    ],
)
def test_words_that_the_file_has_stand_alone(prose: Prose, language: str, shown: str) -> None:
    """English on an English page, a translation of the file on its own; also where both are the same word."""
    assert prose.shown(Language(language)).render(Language(language)) == shown


def test_english_words_on_another_page_are_marked() -> None:
    """Where the file has no Vietnamese the reader is told that the words are English, in Vietnamese."""
    shown = Prose(ONLY_HERE).shown(Language("vi")).render(Language("vi"))
    assert shown.startswith(ONLY_HERE)
    assert "tiếng Anh" in shown
    assert Prose(ONLY_HERE).render(Language("vi")) == ONLY_HERE
