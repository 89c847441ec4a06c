"""A document on paper, set with Typst; the same words give the same pages."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final, Literal

from skywitness.core.errors import DataError
from skywitness.core.text import Catalogue, Text, say, verbatim
from skywitness.mission.documents import show
from skywitness.mission.documents.document_file import Read
from skywitness.route.exports.glyphs import drawable
from skywitness.route.exports.page_words import breakable

TEMPLATE: Final = Path(__file__).with_name("document.typ")
PAGE_MARK, PAGES_MARK = "⟦page⟧", "⟦pages⟧"
"""Stand in the words of the footer for numbers that only the typesetter knows."""


def to_pdf(read: Read, catalogue: Catalogue, language: str) -> bytes:
    """Set a document as a PDF.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    pages = _compile(contents(read, catalogue, language), "pdf")
    return pages if isinstance(pages, bytes) else pages[0]


def to_pages(read: Read, catalogue: Catalogue, language: str) -> list[bytes]:
    """Draw the pages of a document as PNG pictures.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    pages = _compile(contents(read, catalogue, language), "png")
    return [pages] if isinstance(pages, bytes) else pages


def contents(read: Read, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Collect all words of the page, rendered, in their order."""

    def words(text: Text) -> str:
        return breakable(drawable(text.render(catalogue)))

    return {
        "language": language,
        "treaty": words(say("Treaty on Open Skies")),
        "title": words(read.kind.title),
        "provision": read.kind.provision,
        "head": [[words(line.label), words(line.value)] for line in show.head(read)],
        "content_heading": words(say("Content")),
        "content": [
            {
                "label": words(line.label),
                "value": words(line.value),
                "provision": line.provision,
                "rows": [[[words(label), words(value)] for label, value in row] for row in line.rows],
            }
            for line in show.content(read)
        ],
        "remarks": [words(say("Remarks")), words(verbatim(read.document.remarks or show.NOT_SAID))],
        "end": words(say("End of message")),
        "notes": [words(note) for note in show.notes(read)],
        "page": words(say("Page {page} of {pages}", page=PAGE_MARK, pages=PAGES_MARK)),
    }


def _compile(words: dict[str, Any], kind: Literal["pdf", "png"]) -> bytes | list[bytes]:
    import matplotlib as mpl
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(Path(mpl.get_data_path()) / "fonts" / "ttf")],
    )
    with tempfile.TemporaryDirectory(prefix="skywitness-") as name:
        folder = Path(name)
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        try:
            made, warnings = typst.compile_with_warnings(
                str(folder / TEMPLATE.name), root=str(folder), font_paths=fonts, format=kind, ppi=110.0
            )
        except typst.TypstError as error:
            raise _broken(error.message) from error
    if warnings:
        raise _broken(warnings[0].message)
    pages: bytes | list[bytes] = made
    return pages


def _broken(message: str) -> DataError:
    return DataError(
        "bad_template", say("the document could not be set: {reason}", reason=verbatim(message)), TEMPLATE.name
    )
