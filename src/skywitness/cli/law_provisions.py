"""``skywitness law provisions`` and ``law coverage``: every paragraph of a treaty, and which of them are checked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument, listed
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, of_data, say, say_n
from skywitness.law.numbering import OPEN_SKIES, is_annex, is_article

if TYPE_CHECKING:
    from skywitness.law.coverage import Coverage
    from skywitness.law.instrument import Instrument
    from skywitness.law.provisions import Provision

KIND_WORDS = {
    "rule": say("rule"),
    "value": say("value"),
    "procedure": say("procedure"),
    "definition": say("definition"),
    "people": say("for people"),
}

VIENNA = "vienna-document"
"""It has chapters and no articles."""

PROTOCOL_WORDS = {
    "TYPES": say("Protocol on Existing Types"),
    "RECLASS": say("Protocol on Aircraft Reclassification"),
    "REDUCTION": say("Protocol on Reduction"),
    "HELI": say("Protocol on Helicopter Recategorisation"),
    "INFO": say("Protocol on Information Exchange"),
    "INSP": say("Protocol on Inspection"),
    "JCG": say("Protocol on the Joint Consultative Group"),
    "PROV": say("Protocol on Provisional Application"),
    "DECL": say("Declarations"),
    "MOU": say("Memorandum of Understanding on data"),
    "ELIM": say("Protocol on Elimination"),
    "MOA": say("Memorandum of Agreement on verification"),
}

STATUS_WORDS = {
    "reported": say("reported"),
    "recollection": say("recollection"),
}
"""How well a paragraph is known whose text was not read."""

MODALITY_WORDS = {
    "duty": say("duty"),
    "right": say("right"),
    "prohibition": say("prohibition"),
    "power": say("power"),
}


def declare_provisions(words: Words) -> click.Command:
    """Declare the list of paragraphs."""
    return words.command(
        "provisions",
        list_provisions,
        say("List the paragraphs of a treaty: what each is about, of what kind it is, and whom it binds."),
        [
            argument(words),
            words.option(
                "--kind", "KIND", say("Only these: rule, value, procedure, definition or people."), read=_kind
            ),
            words.option(
                "--part", "PART", say("Only one article, annex or protocol: VI, E, ANNEX-I, INSP; DEC for decisions.")
            ),
        ],
        examples=[
            "skywitness law provisions open-skies --part VI",
            "skywitness law provisions open-skies --kind people",
            "skywitness law provisions cfe --part INSP",
        ],
    )


def declare_coverage(words: Words) -> click.Command:
    """Declare the scoreboard."""
    return words.command(
        "coverage",
        show_coverage,
        say(
            "Tell how much of a treaty this program checks. A paragraph counts only when tests hold a case in which it "
            "is kept and one in which it is broken or takes effect."
        ),
        [argument(words)],
        examples=["skywitness law coverage open-skies"],
    )


def list_provisions(face: Face, instrument: str, kind: str | None, part: str | None) -> Answer:
    """List the provisions of ``--kind`` and ``--part``."""
    from skywitness.law.provisions import find_part, provisions

    source = listed(instrument)
    found = None if part is None else find_part(values.name(part, "--part"), "--part", source.name)
    rows = provisions(kind, found, source.name)
    document = {
        "instrument": source.name,
        "kind": kind,
        "part": found,
        "total": len(rows),
        "provisions": [row.to_json(face.language) for row in rows],
    }
    return Answer(lambda: document, lambda page: _write_rows(page, source, rows))


def show_coverage(face: Face, instrument: str) -> Answer:
    """Tell how much of a treaty is implemented."""
    from skywitness.law.coverage import coverage

    source = listed(instrument)
    found = coverage(instrument=source.name)
    document = {"instrument": source.name, **found.to_json(face.language)}
    return Answer(lambda: document, lambda page: _write_coverage(page, source, found))


def _kind(words: str, where: str) -> str:
    """Read a kind of provision."""
    from skywitness.law.names import did_you_mean, folded
    from skywitness.law.provisions import KINDS

    wanted = folded(values.name(words, where))
    if wanted in KINDS:
        return wanted
    message = say(
        "{word} is no kind of provision.{near} Known are: {known}.",
        word=repr(words),
        near=did_you_mean(words, KINDS),
        known=", ".join(KINDS),
    )
    raise InputError("unknown_kind", message, where)


def part_words(part: str, instrument: str = OPEN_SKIES) -> Text:
    """Name an article, annex, protocol or chapter, or the decisions, as people say it."""
    if part == "DEC":
        return say("Decisions of the Consultative Commission")
    if instrument == OPEN_SKIES and is_annex(part):
        return say("Annex {letter}", letter=part.removeprefix("ANNEX-"))
    if part in PROTOCOL_WORDS:
        return PROTOCOL_WORDS[part]
    if is_article(part):
        return say("Chapter {number}", number=part) if instrument == VIENNA else say("Article {number}", number=part)
    return say("Part {name}", name=part)


def _write_rows(page: Page, source: Instrument, rows: tuple[Provision, ...]) -> None:
    title = of_data(source.heading.title)
    page.paragraph(
        say_n("{title}: {count} provision", "{title}: {count} provisions", len(rows), title=title), style="bold"
    )
    for part, those in groupby(rows, lambda row: row.part):
        page.heading(part_words(part, source.name))
        headings = [say("Provision"), say("What it is about"), say("Kind"), say("Who")]
        page.table(headings, [_row(page, row) for row in those])


def _row(page: Page, row: Provision) -> list[str]:
    from skywitness.law.provisions import BEARERS

    kind = page.words(KIND_WORDS[row.kind])
    modality = page.words(MODALITY_WORDS[row.modality]) if row.modality in MODALITY_WORDS else ""
    bearer = page.words(BEARERS[row.bearer]) if row.bearer else ""
    status = page.words(STATUS_WORDS[row.status]) if row.status in STATUS_WORDS else ""
    return [row.id, page.words(row.title), ", ".join(filter(None, (kind, modality, status))), bearer]


def _write_coverage(page: Page, source: Instrument, found: Coverage) -> None:
    total, people = len(found.rows), len(found.people)
    page.paragraph(
        say(
            "{title}: {done} of {all} provisions that software can check are implemented.",
            title=of_data(source.heading.title),
            done=len(found.implemented),
            all=total - people,
        ),
        style="bold",
    )
    page.paragraph(
        say(
            "Implemented means that tests hold a case in which the provision is kept and one in which it is broken or "
            "gives somebody a right or a duty."
        ),
        indent=2,
    )
    if found.on_paper:
        page.paragraph(
            say(
                "{count} of them are held by documents alone: a notification or report has, in its form, what the "
                "provision speaks of. Whether it is true, or was done, is not judged.",
                count=len(found.on_paper),
            ),
            indent=2,
        )
    share = say(
        "{people} of all {total} ({share:.0%}) only people can check.", people=people, total=total, share=people / total
    )
    page.paragraph(share, indent=2)
    _write_parts(page, found, source.name)
    _write_kinds(page, found)
    _write_missing(page, found, source.name)
    _write_people(page, found)


def _write_parts(page: Page, found: Coverage, instrument: str) -> None:
    page.heading(say("By article and annex") if instrument == OPEN_SKIES else say("By article and protocol"))
    page.table(
        [say("Part"), *_count_headings()],
        [[page.words(part_words(name, instrument)), *_counts(part)] for name, part in found.parts.items()],
        right=(1, 2, 3, 4),
    )


def _write_kinds(page: Page, found: Coverage) -> None:
    from skywitness.law.coverage import Coverage

    page.heading(say("By kind"))
    kinds = {
        kind: Coverage(tuple(row for row in found.rows if row.kind == kind), found.cases) for kind in found.by_kind()
    }
    page.table(
        [say("Kind"), *_count_headings()],
        [[page.words(KIND_WORDS[kind]), *_counts(part)] for kind, part in kinds.items()],
        right=(1, 2, 3, 4),
    )


def _count_headings() -> list[Text]:
    return [say("Provisions"), say("Implemented"), say("Missing"), say("For people")]


def _counts(part: Coverage) -> list[str]:
    return [str(len(rows)) for rows in (part.rows, part.implemented, part.missing, part.people)]


def _write_missing(page: Page, found: Coverage, instrument: str) -> None:
    page.heading(say("Missing ({count})", count=len(found.missing)))
    for part, rows in groupby(found.missing, lambda row: row.part):
        words = say("{part}: {idents}", part=part_words(part, instrument), idents=_idents(rows))
        page.paragraph(words, indent=2, hang=2)


def _write_people(page: Page, found: Coverage) -> None:
    page.heading(say("For people ({count}), and why", count=len(found.people)))
    for why, rows in groupby(found.people, lambda row: row.why):
        if why is not None:
            page.paragraph(say("{idents}: {why}", idents=_idents(rows), why=why), indent=2, hang=2)


def _idents(rows: Iterable[Provision]) -> str:
    return ", ".join(row.id if row.part == "DEC" else row.id.partition(":")[2] for row in rows)
