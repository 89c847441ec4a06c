"""The index: a search over all provisions, and the list of articles and annexes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from skywitness.cli.law_provisions import KIND_WORDS, MODALITY_WORDS, part_words
from skywitness.cli.lawbook import tables
from skywitness.cli.lawbook.markup import Child, Safe, join, script_data, tag
from skywitness.cli.lawbook.tables import Column
from skywitness.cli.lawbook.words import EXPLAINED, STANDINGS, subject_words
from skywitness.core.text import Text, of_data, say
from skywitness.law.dossier import IMPLEMENTED, PEOPLE
from skywitness.law.names import folded
from skywitness.law.numbering import is_annex, is_article
from skywitness.law.part_titles import part_title
from skywitness.law.provisions import BEARERS

if TYPE_CHECKING:
    import datetime as dt

    from skywitness.cli.lawbook.chapter import Chapter
    from skywitness.cli.lawbook.speech import Speech
    from skywitness.law.dossier import Dossier
    from skywitness.law.instrument import Instrument


def heading(speech: Speech, treaty: Text) -> str:
    """Name the page."""
    return speech.words(say("{treaty}, provision by provision", treaty=treaty))


def content(
    chapters: Sequence[Chapter],
    speech: Speech,
    speeches: Sequence[Speech],
    instrument: Instrument,
    treaty: Text,
    at: dt.date | None,
) -> Safe:
    """Write what stands on the page.  ``speeches`` are all languages: words of each can be searched for in each."""
    articles = [chapter for chapter in chapters if is_article(chapter.part)]
    annexes = [chapter for chapter in chapters if is_annex(chapter.part)]
    decisions = [chapter for chapter in chapters if chapter.part == "DEC"]
    others = [chapter for chapter in chapters if chapter not in (*articles, *annexes, *decisions)]
    return join(
        [
            tag("h1", heading(speech, treaty)),
            tag("p", speech.words(_day(instrument, at))),
            _search(speech),
            *_shelf(articles, say("Articles"), "articles", speech),
            *_shelf(annexes, say("Annexes"), "annexes", speech),
            *_shelf(others, say("Protocols and other parts"), "parts", speech),
            *(_decisions(decisions, speech) if decisions else ()),
            _legend(speech),
            tag("script", script_data(_json(entries(chapters, speech, speeches, instrument))), **_DATA),
        ],
        "\n",
    )


def _shelf(chapters: Sequence[Chapter], caption: Text, name: str, speech: Speech) -> tuple[Safe, ...]:
    """Write the list of one kind of parts, if there are such."""
    if not chapters:
        return ()
    return tag("h2", speech.words(caption), id=name), _listed(chapters, caption, speech)


_DATA: dict[str, str | bool | None] = {"type": "application/json", "id": "entries"}


def _day(instrument: Instrument, at: dt.date | None) -> Text:
    """Say of which day the values are."""
    if at is None:
        return say("Every value stored is shown, with the days on which it holds.")
    if instrument.in_force(at):
        return say("The values are those of {day}; the Treaty is in force on that day.", day=at)
    return say("The values are those of {day}; the Treaty is not in force on that day.", day=at)


def _search(speech: Speech) -> Safe:
    label = speech.words(say("Search all provisions"))
    box = tag("input", type="search", id="q", name="q", autocomplete="off", aria_describedby="hint")
    hint = say("Words of titles, values, States, airfields and reasons in any of the languages, or VI.II.4(A).")
    words: dict[str, str | bool | None] = {
        "data_none": speech.words(say("Nothing found.")),
        "data_some": speech.words(say("Found: {count}.", count="#")),
        "data_more": speech.words(say("Found: {count}; the first {most} are shown.", count="#", most=200)),
    }
    standings: dict[str, str | bool | None] = {
        f"data_{name}": speech.words(template) for name, template in STANDINGS.items()
    }
    search = tag(
        "section",
        tag("form", tag("label", label, for_="q", class_="label"), box, role="search"),
        tag("p", speech.words(hint), id="hint", class_="soft"),
        tag("p", id="count", role="status", **words),
        tag("ol", id="found", **standings),
        id="search",
        aria_label=label,
        hidden=True,
    )
    without = speech.words(say("The search needs JavaScript; the lists below do not."))
    return join([search, tag("noscript", tag("p", without))])


def _listed(chapters: Sequence[Chapter], caption: Text, speech: Speech) -> Safe:
    """Write a table of articles or annexes with how much of each is judged."""
    columns: list[Column[Chapter]] = [
        Column(
            say("Part"),
            lambda one: tag("a", speech.words(part_words(one.part, speech.instrument)), href=speech.page(one.part)),
            "short",
        ),
        Column(say("What it is about"), lambda one: speech.words(part_title(one.part, speech.instrument))),
        Column(say("Provisions"), lambda one: str(len(one.rows)), "number"),
        Column(say("Implemented"), lambda one: str(_count(one, IMPLEMENTED)), "number"),
        Column(say("For people"), lambda one: str(_count(one, PEOPLE)), "number"),
        Column(say("Values"), lambda one: str(sum(len(row.values) for row in one.rows)), "number"),
        Column(say("Slips"), lambda one: str(len({slip.id for row in one.rows for slip in row.slips})), "number"),
    ]
    return tables.table(speech, caption, columns, chapters, seen=False)


def _count(chapter: Chapter, standing: str) -> int:
    return sum(row.standing == standing for row in chapter.rows)


def _decisions(chapters: Sequence[Chapter], speech: Speech) -> tuple[Safe, ...]:
    caption = say("Decisions of the Consultative Commission")
    return tag("h2", speech.words(caption), id="decisions"), _listed(chapters, caption, speech)


def _legend(speech: Speech) -> Safe:
    """Say what the marks mean."""
    lines: list[Child] = []
    for name, template in STANDINGS.items():
        mark = tag("span", speech.words(template), class_=f"standing {name}")
        lines += [tag("dt", mark), tag("dd", speech.words(EXPLAINED[name]))]
    return join([tag("h2", speech.words(say("What the marks mean"))), tag("dl", *lines)])


def entries(
    chapters: Sequence[Chapter], speech: Speech, speeches: Sequence[Speech], instrument: Instrument
) -> list[dict[str, Any]]:
    """List every provision for the search: identifier, page, title, standing, and the words it is found by.

    The words are folded (:func:`skywitness.law.names.folded`), so that case, accents and marks do not matter.
    """
    return [
        {
            "id": row.provision.id,
            "page": speech.page(chapter.part),
            "title": speech.words(row.provision.title),
            "standing": row.standing,
            "words": folded(" ".join(dict.fromkeys(_words(chapter, row, speeches, instrument)))),
        }
        for chapter in chapters
        for row in chapter.rows
    ]


def _words(chapter: Chapter, row: Dossier, speeches: Sequence[Speech], instrument: Instrument) -> Iterator[str]:
    """Give the words by which a provision is found, in every language."""
    name, part = instrument.name, chapter.part
    texts = [row.provision.title, part_words(part, name), part_title(part, name), KIND_WORDS[row.provision.kind]]
    texts += [words for words in (row.provision.why, MODALITY_WORDS.get(row.provision.modality)) if words is not None]
    if row.provision.bearer:
        texts.append(BEARERS[row.provision.bearer])
    for stored in row.values:
        texts.append(of_data(stored.key.title))
        if stored.entry.subject:
            texts.append(subject_words(instrument, stored.key, stored.entry.subject))
    yield row.provision.id
    for place in row.places:
        yield f"{place.site.name} {place.site.id}"
    for stored in row.values:
        yield stored.key.name
    for speech in speeches:
        yield from (speech.words(text) for text in texts)


def _json(found: list[dict[str, Any]]) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
