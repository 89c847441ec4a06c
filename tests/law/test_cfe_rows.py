"""Rows of the CFE Treaty: short titles in our own words, each once, each in Vietnamese."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from skywitness.law.provisions import provisions, translations

ROWS = provisions(instrument="cfe")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_cfe_titles_are_short_and_our_own(shared: Path) -> None:
    """A title is one line, and no run of seven words of it, or of a reason, stands in the Treaty."""
    treaty = f" {' '.join(_words((shared / 'law' / 'cfe-treaty.txt').read_text('utf-8')))} "
    copied = [
        f"{row.id}: {run}"
        for row in ROWS
        for words in (_words(row.title.template), _words(row.why.template if row.why else ""))
        for run in (" ".join(words[at : at + 7]) for at in range(len(words) - 6))
        if f" {run} " in treaty
    ]
    assert not copied
    assert not [row.id for row in ROWS if len(row.title.template) > 110]


def test_cfe_titles_are_translated_and_stand_once() -> None:
    """Titles are keys of the catalogue: none stands for two provisions, and each has its Vietnamese."""
    assert not [title for title, times in Counter(row.title.template for row in ROWS).items() if times > 1]
    assert len(translations("cfe")) == len(ROWS)
    assert not [row.id for row in ROWS if not row.title_vi or row.title_vi == row.title.template]


def test_every_part_of_two_protocols_has_a_bearer_where_it_binds() -> None:
    """A duty, right, prohibition or power of the two Protocols is somebody's."""
    rows = [row for row in ROWS if row.part in ("INFO", "INSP")]
    assert rows
    assert not [row.id for row in rows if row.modality != "none" and row.bearer is None]
