"""Tables of what belongs to a provision: values with their days and sources, sites, and the sources by number."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from skywitness.cli.lawbook.markup import Child, Safe, join, tag
from skywitness.cli.lawbook.words import listed, state_words, subject_words
from skywitness.core.dated import Missing
from skywitness.core.text import Text, of_data, say
from skywitness.law.source import source_numbers
from skywitness.law.why import details, value_shown
from skywitness.law.words import basis_words, source_words, value_words

if TYPE_CHECKING:
    from skywitness.cli.lawbook.speech import Speech
    from skywitness.law.dossier import Place, Stored
    from skywitness.law.instrument import Instrument
    from skywitness.law.sites import Designation

Row = TypeVar("Row")

_NUMBER: Final = re.compile(r"\b[A-Z]\d+[a-z]?\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a table.  It is left out when every cell is empty.

    ``style``: ``number`` for figures, which stand at the right, or ``short`` for words that are not broken over lines.
    """

    heading: Text
    cell: Callable[[Row], Child]
    style: str | None = None


def table(
    speech: Speech, caption: Text, columns: Sequence[Column[Row]], rows: Sequence[Row], *, seen: bool = True
) -> Safe:
    """Write a table; its first column heads the rows.  ``seen``: whether the caption is shown, or only read out."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    used = [number for number, _ in enumerate(columns) if any(line[number] for line in cells)]
    classes = [column.style for column in columns]
    head = [tag("th", speech.words(columns[number].heading), scope="col", class_=classes[number]) for number in used]
    body = [
        tag(
            "tr",
            *(
                tag("th", line[number], scope="row") if not place else tag("td", line[number], class_=classes[number])
                for place, number in enumerate(used)
            ),
        )
        for line in cells
    ]
    over = tag("caption", speech.words(caption), class_=None if seen else "unseen")
    return tag("div", tag("table", over, tag("thead", tag("tr", *head)), tag("tbody", *body)), class_="wide")


def values(speech: Speech, instrument: Instrument, rows: Sequence[Stored], here: str) -> Safe:
    """Write the values of the provision ``here``: one table for each kind with several rows, one for all the others."""
    times = Counter(row.key.name for row in rows)
    alone = [row for row in rows if times[row.key.name] == 1 and not row.entry.subject]
    made: list[Safe] = []
    if alone:
        columns = [_what(speech, here), *_columns(speech, instrument, figures=_are_figures(alone))]
        made.append(table(speech, say("Values"), columns, alone))
    for _, family in groupby((row for row in rows if row not in alone), lambda row: row.key.name):
        those = list(family)
        whose = [] if those[0].key.subject == "none" else [_whose(speech, instrument)]
        columns = [*whose, *_columns(speech, instrument, figures=bool(whose) and _are_figures(those))]
        made.append(table(speech, of_data(those[0].key.title), columns, those))
        made.append(tag("p", *_about(speech, those[0], here)))
    return join(made)


def _what(speech: Speech, here: str) -> Column[Stored]:
    return Column(
        say("Value"), lambda row: join([speech.words(of_data(row.key.title)), " ", *_about(speech, row, here)])
    )


def _about(speech: Speech, row: Stored, here: str) -> list[Child]:
    """Write what ``law value`` calls a value, whose act it bounds, and to which other provisions it belongs."""
    parts: list[Child] = [tag("code", row.key.name)]
    notes = [speech.words(text) for text in details(row.key, ())]
    if notes:
        parts.append(tag("span", " ".join(notes), class_="note"))
    also = [speech.link(ident) for ident in row.entry.provisions if ident != here]
    if also:
        parts.append(tag("span", speech.words(say("Also of:")), " ", join(also, ", "), class_="note"))
    return parts


def _whose(speech: Speech, instrument: Instrument) -> Column[Stored]:
    def cell(row: Stored) -> Child:
        subject = speech.words(subject_words(instrument, row.key, row.entry.subject))
        qualifier = row.entry.qualifier
        return join([subject, tag("span", speech.data(qualifier), class_="note") if qualifier else None])

    return Column(say("Whose"), cell)


def _columns(speech: Speech, instrument: Instrument, *, figures: bool) -> list[Column[Stored]]:
    """Give the columns that every table of values has; ``figures``: what holds stands at the right of its column."""
    return [
        Column(say("What holds"), lambda row: _value(speech, instrument, row), "number" if figures else None),
        Column(say("On which days"), lambda row: speech.days(_days_of(row))),
        Column(say("Known from"), lambda row: _known(row)),
        Column(say("Founded on"), lambda row: speech.words(basis_words(row.dated.answer_status)), "short"),
        Column(say("Source"), lambda row: _source(speech, row.dated.source, row.dated.note, row.dated.confidence)),
    ]


def _are_figures(rows: Sequence[Stored]) -> bool:
    return all(isinstance(row.dated.value, int | float | Missing) for row in rows)


def _value(speech: Speech, instrument: Instrument, row: Stored) -> Child:
    value = row.dated.value
    words = say("no source gives it") if isinstance(value, Missing) else value_shown(row.key, value)
    notes: list[Child] = []
    if row.doubtful:
        notes.append(tag("span", speech.words(say("cannot tell: this or another")), class_="note"))
    if row.entry.shared:
        shared = say(
            "{count} of them shared with {states}",
            count=row.entry.shared,
            states=listed([state_words(instrument, code) for code in row.entry.shared_with]),
        )
        notes.append(tag("span", speech.words(shared), class_="note"))
    style = "short" if isinstance(value, int | float) else None
    return join([tag("span", speech.words(words), class_=style), *notes])


def _seen(row: Stored) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in row.dated.attested)


def _days_of(row: Stored) -> Text:
    """Say on which days a value holds; what no source gives was seen by nobody, it is not known on those days."""
    start, end, seen = row.dated.start, row.dated.end, _seen(row)
    if isinstance(row.dated.value, Missing) and seen:
        open_on = say("not known on {days}", days=", ".join(seen))
        return listed([open_on, _days(start, end, ())] if start or end else [open_on])
    return _days(start, end, seen)


def _days(start: dt.date | None, end: dt.date | None, seen: Sequence[str]) -> Text:
    """Say on which days something holds, and on which it was seen."""
    parts: list[Text] = []
    if start is not None:
        parts.append(say("from {start}", start=start))
    if seen:
        parts.append(say("seen in use {days}", days=", ".join(seen)))
    if end is not None:
        parts.append(say("no longer on {end}", end=end))
    return listed(parts)


def _known(row: Stored) -> Safe:
    known = row.dated.known or row.dated.start or min(row.dated.attested)
    return tag("time", known.isoformat())


def _source(speech: Speech, source: str, note: str, confidence: str = "") -> Safe:
    """Write a source with links to what its numbers stand for, and below it what a reader must know."""
    told = _PLACE.sub(lambda word: speech.words(_PLACE_WORDS[word[0]]), speech.words(source_words(source)))
    parts: list[Child] = []
    at = 0
    numbers = set(source_numbers(source))
    for match in _NUMBER.finditer(told):
        if match[0] not in numbers:
            continue
        parts += [told[at : match.start()], tag("a", match[0], href=f"#source-{match[0]}")]
        at = match.end()
    parts.append(told[at:])
    if confidence:
        parts.append(tag("span", speech.words(_CONFIDENCES[confidence]), class_="note"))
    if note:
        parts.append(tag("span", speech.data(note), class_="note"))
    return join(parts)


_PLACE_WORDS: Final = {
    "Art.": say("Art."),
    "Annex": say("Annex"),
    "Appendix": say("Appendix"),
    "Section": say("Section"),
    "press:": say("press:"),
}
"""Words in sources that lead to a place, so that a reference can be read in every language."""

_PLACE: Final = re.compile(r"\b(?:Art\.|(?:Annex|Appendix|Section)\b)(?= [A-Z\d])|^press:", re.ASCII)

_CONFIDENCES: Final = {
    "high": say("confidence: high"),
    "medium": say("confidence: medium"),
    "low": say("confidence: low"),
}


def places(speech: Speech, instrument: Instrument, rows: Sequence[Place]) -> Safe:
    """Write the sites that a provision lists, each designation in a row, in the order of the text."""
    ordered = sorted(rows, key=lambda row: list(dict.fromkeys(one.site.party for one in rows)).index(row.site.party))
    columns: list[Column[Place]] = [
        Column(say("Site"), lambda row: join([row.site.name, " ", tag("code", row.site.id)])),
        Column(say("State"), lambda row: speech.words(state_words(instrument, row.site.party))),
        Column(say("Role"), lambda row: speech.words(listed([value_words(role) for role in row.designation.roles]))),
        Column(say("Inspection there"), lambda row: _yes_or_no(speech, row.designation.inspection)),
        Column(say("Printed position"), lambda row: row.designation.text_position or "", "short"),
        Column(say("Position taken"), lambda row: _position(row), "short"),
        Column(say("On which days"), lambda row: speech.days(_since(row.designation))),
        Column(say("Founded on"), lambda row: speech.words(basis_words(row.designation.status))),
        Column(say("Source"), lambda row: _source(speech, row.designation.source, row.designation.note)),
    ]
    return table(speech, say("Sites"), columns, ordered)


def _yes_or_no(speech: Speech, inspection: bool | None) -> str:
    return "" if inspection is None else speech.words(say("yes") if inspection else say("no"))


def _position(row: Place) -> str:
    """Write a position in degrees as the text orders it: latitude first."""
    site = row.site
    if site.lat is None or site.lon is None:
        return ""
    north, east = "N" if site.lat >= 0 else "S", "E" if site.lon >= 0 else "W"
    return f"{abs(site.lat):.4f}° {north} {abs(site.lon):.4f}° {east}"


def _since(designation: Designation) -> Text:
    return _days(designation.start, designation.end, [str(sighting) for sighting in designation.attested])


def sources(speech: Speech, instrument: Instrument, named: Sequence[str]) -> Safe | None:
    """Write what the numbered sources on a page stand for; nothing when there are none."""
    numbers = dict.fromkeys(number for source in named for number in source_numbers(source))
    known = [number for number in numbers if number in instrument.sources]
    if not known:
        return None
    lines: list[Child] = []
    for number in sorted(known, key=lambda word: (word[0], int(word[1:].rstrip("ab")), word)):
        source = instrument.sources[number]
        lines += [
            tag("dt", number, id=f"source-{number}"),
            tag("dd", tag("code", source.address), " ", speech.words(of_data(source.about))),
        ]
    return join([tag("h2", speech.words(say("Sources by number")), class_="group"), tag("dl", *lines)])
