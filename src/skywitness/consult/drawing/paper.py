"""A case on two pages, a small one on one: what it is, its time line and the day; answers by reading, and sources.

Set by Typst from a template and the words of one language; lines that have no room are counted, and the page of
``case show`` is named, which has them all.  The same case, day and language give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from skywitness.consult import told
from skywitness.consult.as_json import sources_of
from skywitness.consult.asking.answers import UnderReading
from skywitness.consult.drawing import paint
from skywitness.consult.drawing.foot import reading_words
from skywitness.consult.drawing.key import event_words, source_words
from skywitness.consult.drawing.lanes import marks
from skywitness.consult.drawing.picture import PAGE_WIDTH_PT, day_words, laid_out
from skywitness.consult.model import Source
from skywitness.consult.questions import Answered
from skywitness.consult.replay import Replay
from skywitness.consult.states import States, own_pauses
from skywitness.core.text import ENGLISH, Catalogue, Text, say, say_n
from skywitness.route.exports.glyphs import drawable
from skywitness.route.exports.page_words import PageWords
from skywitness.route.exports.typeset import ratio, typeset
from skywitness.route.exports.words import VERDICT_MARKS

__all__ = ["contents", "to_pages", "to_pdf"]

TEMPLATE: Final = Path(__file__).with_name("case.typ")
_PICTURE: Final = "timeline.svg"
_SOURCES: Final = say("Sources, with whose publisher each is")
_FEW: Final = 8
"""So many events are few."""

_LONGEST: Final = 700
"""Letters of one cell; what is longer is cut with an ellipsis and stands whole in the page of case show."""


def to_pdf(
    found: Replay,
    derived: States,
    answered: Sequence[Answered],
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
) -> bytes:
    """Set a replayed case as a PDF of two pages, of one where all of it fits.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    words, picture = contents(found, derived, answered, catalogue, language)
    return typeset(TEMPLATE, words, {_PICTURE: picture}, "pdf")


def to_pages(
    found: Replay,
    derived: States,
    answered: Sequence[Answered],
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
) -> list[bytes]:
    """Draw the pages as PNG pictures."""
    words, picture = contents(found, derived, answered, catalogue, language)
    return typeset(TEMPLATE, words, {_PICTURE: picture}, "png")


def contents(
    found: Replay, derived: States, answered: Sequence[Answered], catalogue: Catalogue, language: str
) -> tuple[dict[str, Any], bytes]:
    """Collect all words of the two pages, and draw the time line."""
    page = PageWords(catalogue, language)
    sheet, even = laid_out(found, derived, catalogue, language, width=_width(found), whole=False)
    picture = paint.svg(sheet)
    case, known, sources = found.case, found.known, sources_of(found)
    about = case.about.text if case.about is not None and known is None else None
    words = {
        "language": language,
        "date": [found.at.year, found.at.month, found.at.day],
        "kind": _unbroken(page, say("Case {key}", key=case.key)),
        "title": _cut(page, case.title.text, 160),
        "about": _cut(page, about) if about is not None else "",
        "day": page.text(day_words(found)),
        "picture": {"file": _PICTURE, "ratio": ratio(picture)},
        "states": _listed(page, say("On this day"), _states(found, derived), case.key),
        "clocks": _listed(page, say("Clocks"), [told.clock_words(one) for one in derived.clocks], case.key),
        "events": _listed(page, say("Events"), [event_words(one) for one in marks(found)], case.key),
        "events_heading_2": page.text(say("Events, continued")),
        "events_go_on": page.text(say("The events go on on page 2.")),
        "positions": _listed(page, say("Who says what, last"), list(_positions(found, derived, catalogue)), case.key),
        "questions_heading": page.text(say("What follows by each reading; none is this program's own")),
        "columns": [page.text(one) for one in (say("Reading"), say("What follows"), say("By that reading"))],
        "blocks": [_question(page, one) for one in answered],
        "no_question": "" if answered else page.text(say("No question is raised by this day.")),
        "more_blocks": _more(page, sum(map(_lines, answered)), case.key),
        "differences": _listed(
            page,
            say("What does not agree; neither is chosen"),
            [told.difference_words(one) for one in derived.differences],
            case.key,
        ),
        "sources": _listed(page, _SOURCES, [source_words(one) for one in sources], case.key),
        "sources_whole": _listed(page, _SOURCES, [_with_address(one) for one in sources], case.key),
        "reading": page.text(reading_words(found, even=even)),
        "alone": page.text(say("page 1 of 1")),
        "pages": [page.text(say("page {number} of 2", number=number)) for number in (1, 2)],
    }
    return words, picture


def _width(found: Replay) -> float:
    """Choose how wide the picture is laid out: of few events it is laid out narrow, and so stands large on the page."""
    return PAGE_WIDTH_PT if len(found.events) > _FEW else 0.8 * PAGE_WIDTH_PT


def _states(found: Replay, derived: States) -> list[Text]:
    """Say what was in force and who was what, who did not perform what, and which claims stood open."""
    rows = []
    for one in derived.treaties:
        rows.append(told.treaty_words(one))
        rows += told.standing_words(one)
    rows += [told.pause_words(one) for one in own_pauses(found, derived)]
    rows += [say("claim of {claim}", claim=told.claim_words(one)) for one in derived.claims]
    return rows


def _positions(found: Replay, derived: States, catalogue: Catalogue) -> Iterator[Text]:
    """Say of each proposition who asserts, who denies it and who says neither."""
    for ident, proposition in found.case.propositions.items():
        those = [one for one in derived.positions if one.proposition == ident]
        who = [line.render(catalogue) for line in told.position_words(those)]
        if who:
            yield say("{words} ({who})", words=proposition.words.text, who="; ".join(who))


def _with_address(one: Source) -> Text:
    """Write a source with its address, where the page has room for it."""
    words = source_words(one)
    return say("{source}; {address}", source=words, address=one.address) if one.address else words


def _listed(page: PageWords, heading: Text, texts: Sequence[Text], key: str) -> dict[str, Any]:
    """Write a list that is cut where the page ends, with a sentence for every number of lines that may be left out."""
    rows = [_cut(page, one) for one in texts]
    return {"heading": page.text(heading), "rows": rows, "more": _more(page, len(rows), key)}


def _more(page: PageWords, count: int, key: str) -> list[str]:
    """Say how many lines are left out and where they are, for each number from none to all."""
    return [
        _unbroken(
            page,
            say_n(
                "{count} more line is in the full page: skywitness case show {key}",
                "{count} more lines are in the full page: skywitness case show {key}",
                number,
                key=key,
            ),
        )
        for number in range(count + 1)
    ]


def _lines(one: Answered) -> int:
    return len(one.by_reading) + len(one.needs()) + 1


def _question(page: PageWords, one: Answered) -> dict[str, Any]:
    """Write one question with its table and what would settle it."""
    needs = one.needs(page.catalogue)
    return {
        "words": _cut(page, one.question.words.text),
        "asked": one.asked,
        "not_asked": page.text(say("Nobody had raised it by this day.")),
        "rows": [_row(page, row) for row in one.by_reading],
        "settle": page.text(say("What would settle it:")),
        "needs": [page.name(need, _LONGEST) for need in needs],
    }


def _row(page: PageWords, row: UnderReading) -> dict[str, str]:
    return {
        "name": _cut(page, row.name, 120),
        "answer": _cut(page, row.answer) if row.answer else _provisions(row),
        "mark": VERDICT_MARKS[row.verdict],
        "verdict": page.text(told.VERDICTS[row.verdict]),
    }


def _cut(page: PageWords, text: Text, most: int = _LONGEST) -> str:
    """Write a text, a very long one cut with an ellipsis."""
    return page.name(text.render(page.catalogue), most)


def _unbroken(page: PageWords, text: Text) -> str:
    """Write a text with a name or a command that somebody may copy from the page: without unseen breaks."""
    return drawable(text.render(page.catalogue))


def _provisions(row: UnderReading) -> str:
    """List what was judged, each provision with the mark of its finding."""
    return ", ".join(dict.fromkeys(f"{VERDICT_MARKS[one.verdict]} {one.provision}" for one in row.findings)) or "–"
