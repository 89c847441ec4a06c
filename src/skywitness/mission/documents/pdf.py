"""A document on paper, set with Typst; the same words give the same pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from skywitness.core.text import Catalogue, Text, say, verbatim
from skywitness.mission.documents import show
from skywitness.mission.documents.document_file import Read
from skywitness.route.exports.glyphs import drawable
from skywitness.route.exports.page_words import breakable
from skywitness.route.exports.typeset import PAGE_MARK, PAGES_MARK, typeset

TEMPLATE: Final = Path(__file__).with_name("document.typ")


def to_pdf(read: Read, catalogue: Catalogue, language: str) -> bytes:
    """Set a document as a PDF.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    return typeset(TEMPLATE, contents(read, catalogue, language), {}, "pdf")


def to_pages(read: Read, catalogue: Catalogue, language: str) -> list[bytes]:
    """Draw the pages of a document as PNG pictures.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    return typeset(TEMPLATE, contents(read, catalogue, language), {}, "png")


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
