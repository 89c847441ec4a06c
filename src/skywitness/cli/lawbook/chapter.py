"""The page of one article or annex: every provision with its title, kind, rule, tests, values and slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from skywitness.cli.law_provisions import KIND_WORDS, MODALITY_WORDS, part_words
from skywitness.cli.lawbook import tables
from skywitness.cli.lawbook.markup import Child, Safe, join, tag
from skywitness.cli.lawbook.speech import fragment
from skywitness.cli.lawbook.words import OUTCOMES, SLIPS_OF, STANDINGS, state_words
from skywitness.core.text import Text, say, say_n
from skywitness.law.clause import AMONG, KINDS
from skywitness.law.dossier import IMPLEMENTED, PEOPLE
from skywitness.law.part_titles import part_title
from skywitness.law.provisions import BEARERS

if TYPE_CHECKING:
    from skywitness.cli.lawbook.speech import Speech
    from skywitness.law.dossier import Dossier
    from skywitness.law.instrument import Instrument
    from skywitness.law.slips import Slip

_GROUP: Final = re.compile(
    r"[^.]+(?:\.APP(?P<appendix>\d)|\.(?P<annex>ANNEX))?(?:\.(?P<section>[IVX]+)(?=[.(]|$))?", re.ASCII
)
ANNEX: Final = "ANNEX"
"""Stands for the annex of a protocol where appendices have numbers."""

_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Chapter:
    """One article or annex and what is stored of its provisions."""

    part: str
    rows: tuple[Dossier, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the page names."""
        values = (stored.dated.source for row in self.rows for stored in row.values)
        sites = (place.designation.source for row in self.rows for place in row.places)
        return (*values, *sites)


def heading(chapter: Chapter, speech: Speech) -> str:
    """Name the page: "Article VI: aircraft, conduct of flights, mission plans"."""
    part, title = part_words(chapter.part, speech.instrument), part_title(chapter.part, speech.instrument)
    return speech.words(say("{part}. {title}", part=part, title=title))


def content(chapter: Chapter, speech: Speech, instrument: Instrument) -> Safe:
    """Write what stands on the page."""
    sections = [(place, list(rows)) for place, rows in groupby(chapter.rows, lambda row: _place(row.provision.id))]
    made: list[Child] = [tag("h1", heading(chapter, speech)), tag("p", speech.words(_counts(chapter)))]
    named = [place for place, _ in sections if place != ("", "")]
    if len(named) > 1:
        links = [tag("li", tag("a", _place_words(place, speech), href=f"#{_place_id(place)}")) for place in named]
        made.append(tag("nav", tag("ul", *links), aria_label=speech.words(say("On this page"))))
    for place, rows in sections:
        if place != ("", ""):
            made.append(tag("h2", _place_words(place, speech), id=_place_id(place), class_="group"))
        made += _provisions(rows, 3 if place != ("", "") else 2, speech, instrument)
    made.append(tables.sources(speech, instrument, chapter.sources))
    return join(made, "\n")


def _counts(chapter: Chapter) -> Text:
    people = sum(row.standing == PEOPLE for row in chapter.rows)
    done = sum(row.standing == IMPLEMENTED for row in chapter.rows)
    all_of_them = say_n("{count} provision", "{count} provisions", len(chapter.rows))
    return say("{all}: {done} implemented, {people} for people.", all=all_of_them, done=done, people=people)


def _place(ident: str) -> tuple[str, str]:
    """Say in which appendix, or annex of a protocol, and section a provision stands.

    >>> _place("OS:VI.II.4(A)"), _place("OS:E.APP1.I(B)"), _place("OS:C.2(A)(1)"), _place("DEC:16/02")
    (('', 'II'), ('1', 'I'), ('', ''), ('', ''))
    >>> _place("CFE:INFO.ANNEX.III.2(A)"), _place("CFE:INSP.VI.24"), _place("CFE:IV.1(A)")
    (('ANNEX', 'III'), ('', 'VI'), ('', ''))
    """
    match = None if ident.startswith("DEC:") else _GROUP.match(ident.partition(":")[2])
    return (match["appendix"] or match["annex"] or "", match["section"] or "") if match else ("", "")


def _place_words(place: tuple[str, str], speech: Speech) -> str:
    appendix, section = place
    if not appendix:
        return speech.words(say("Section {number}", number=section))
    if appendix == ANNEX:
        annex = say("Annex, Section {section}", section=section) if section else say("Annex")
        return speech.words(annex)
    if not section:
        return speech.words(say("Appendix {number}", number=appendix))
    return speech.words(say("Appendix {number}, Section {section}", number=appendix, section=section))


def _place_id(place: tuple[str, str]) -> str:
    """Name the anchor of a section; no identifier of a provision looks like it."""
    appendix, section = place
    return "-".join(word for word in (f"appendix-{appendix.lower()}" if appendix else "", f"section-{section}") if word)


def _provisions(rows: Sequence[Dossier], level: int, speech: Speech, instrument: Instrument) -> Iterator[Safe]:
    """Write the provisions of a section; a heading is never more than one level below the one before."""
    before = level - 1
    for row in rows:
        depth = row.provision.id.count("(")
        before = min(level + depth, before + 1, _DEEPEST)
        yield _provision(row, depth, before, speech, instrument)


def _provision(row: Dossier, depth: int, level: int, speech: Speech, instrument: Instrument) -> Safe:
    ident = row.provision.id
    number = tag("a", ident, href=f"#{fragment(ident)}", class_="ident")
    standing = tag("span", speech.words(STANDINGS[row.standing]), class_=f"standing {row.standing}")
    title = tag("span", speech.words(row.provision.title), class_="title")
    mark = tag("p", standing, " ", _nature(row, speech), class_="mark")
    parts: list[Child] = [tag(f"h{level}", number, " ", title), mark, _facts(row, speech)]
    if row.values:
        parts.append(tables.values(speech, instrument, row.values, ident))
    if row.places:
        parts.append(tables.places(speech, instrument, row.places))
    parts += [_slip(slip, speech, instrument) for slip in row.slips]
    return tag("section", *parts, id=ident, class_=f"provision depth-{depth}")


def _nature(row: Dossier, speech: Speech) -> Safe:
    """Write of what kind a provision is, and whose duty, right or power."""
    parts: list[Child] = [tag("span", speech.words(say("Kind:")), class_="soft"), " ", _kind(row, speech)]
    if row.provision.bearer:
        who = tag("span", speech.words(say("Who:")), class_="soft")
        parts += [" · ", who, " ", speech.words(BEARERS[row.provision.bearer])]
    return join(parts)


def _facts(row: Dossier, speech: Speech) -> Safe | None:
    """Write what can be agreed, what judges a provision, which tests hold it, and why only people can."""
    told: list[tuple[Text, Child]] = []
    for clause in row.clauses:
        told.append(
            (say("Agreement"), speech.words(say("{what}: {who}", what=KINDS[clause.kind], who=AMONG[clause.among])))
        )
    if row.rules:
        told.append((say("Judged by"), _list(tag("code", rule) for rule in row.rules)))
    elif row.cases:
        told.append((say("Judged by"), speech.words(say("findings that rest on its values"))))
    if row.cases:
        cases = (
            join([speech.words(OUTCOMES[case.outcome]), ": ", tag("code", case.test)])
            for case in sorted(row.cases, key=lambda case: list(OUTCOMES).index(case.outcome))
        )
        told.append((say("Held by tests"), _list(cases)))
    if row.provision.why is not None:
        told.append((say("Why people"), speech.words(row.provision.why)))
    if row.elsewhere is not None:
        command = tag("code", f"skywitness {row.elsewhere.command}")
        told.append((say("Shown by"), join([command, ". ", speech.words(row.elsewhere.why)])))
    lines = [join([tag("dt", speech.words(term)), tag("dd", what)]) for term, what in told]
    return tag("dl", *lines) if lines else None


def _kind(row: Dossier, speech: Speech) -> str:
    words = [speech.words(KIND_WORDS[row.provision.kind])]
    if row.provision.modality in MODALITY_WORDS:
        words.append(speech.words(MODALITY_WORDS[row.provision.modality]))
    return ", ".join(words)


def _list(items: Iterator[Safe]) -> Safe:
    return tag("ul", *(tag("li", item) for item in items))


def _slip(slip: Slip, speech: Speech, instrument: Instrument) -> Safe:
    """Write a slip as printed, with what is taken instead."""
    lines: list[Child] = [
        tag("p", tag("strong", speech.words(say("Slip. {of}.", of=SLIPS_OF[slip.of]))), " ", speech.data(slip.what))
    ]
    if slip.states:
        states = ", ".join(speech.words(state_words(instrument, code)) for code in slip.states)
        lines.append(tag("p", speech.words(say("State: {states}", states=states))))
    if slip.printed:
        lines.append(tag("p", speech.words(say("Printed: {printed}", printed=slip.printed))))
    lines.append(tag("p", speech.words(say("Taken instead:")), " ", speech.data(slip.taken)))
    if slip.uncertain:
        lines.append(tag("p", speech.words(say("Whether the text errs or only this copy of it is not known."))))
    return tag("div", *lines, class_="slip")
