"""``skywitness law slips``: the faults of the sources, and what is taken instead."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, of_data, say, say_n

if TYPE_CHECKING:
    from skywitness.law.slips import Slip

_SOURCES = {
    "text": say("The text itself"),
    "copy": say("The copy of the text at hand"),
    "airportsdata": say("The airfield table airportsdata"),
}


def declare_slips(words: Words) -> click.Command:
    """Declare the list of slips."""
    return words.command(
        "slips",
        list_slips,
        say(
            "List the faults of the sources: wrong references, sums, coordinates and words, each as printed and with "
            "what this program takes instead."
        ),
        [
            argument(words),
            words.option("--of", "SOURCE", say("Only those of text, copy or airportsdata."), read=_source),
        ],
        examples=["skywitness law slips open-skies --of copy"],
    )


def list_slips(face: Face, instrument: str, of: str | None) -> Answer:
    """List the slips of one source, or of all."""
    from skywitness.law.instrument import load
    from skywitness.law.slips import slips

    treaty = load(instrument).name
    found = slips(of=of, instrument=treaty)

    def document() -> dict[str, Any]:
        rows = [
            {**slip.to_json(face.language), "state_names": _states(slip.states, treaty).render(face.language)}
            for slip in found
        ]
        return {"instrument": treaty, "of": of, "total": len(rows), "slips": rows}

    return Answer(document, lambda page: _write_slips(page, found, treaty))


def _source(words: str, where: str) -> str:
    """Read whose slips are asked for."""
    from skywitness.law.names import did_you_mean, folded
    from skywitness.law.slips import SOURCES

    wanted = folded(values.name(words, where))
    if wanted in SOURCES:
        return wanted
    message = say(
        "{word} is no source of slips.{near} Known are: {known}.",
        word=repr(words),
        near=did_you_mean(words, SOURCES),
        known=", ".join(SOURCES),
    )
    raise InputError("unknown_source", message, where)


def _states(codes: tuple[str, ...], instrument: str) -> Text:
    """Name States in words, in the language of the page."""
    from skywitness.law.instrument import load
    from skywitness.law.words import name_words

    parties = load(instrument).parties
    named = [name_words(parties[code].name) for code in codes]
    template = ", ".join(f"{{s{number}}}" for number in range(len(named)))
    return Text(template, tuple((f"s{number}", name) for number, name in enumerate(named)))


def _write_slips(page: Page, found: tuple[Slip, ...], instrument: str) -> None:
    page.paragraph(say_n("{count} slip of the sources", "{count} slips of the sources", len(found)), style="bold")
    for of, those in groupby(sorted(found, key=lambda slip: tuple(_SOURCES).index(slip.of)), lambda slip: slip.of):
        page.heading(_SOURCES[of])
        for slip in those:
            page.marked("·", say("{where}: {what}", where=of_data(slip.where), what=of_data(slip.what)), indent=2)
            if slip.states:
                page.paragraph(say("State: {states}", states=_states(slip.states, instrument)), indent=6)
            if slip.printed:
                page.paragraph(say("Printed: {printed}", printed=slip.printed), indent=6)
            page.paragraph(say("Taken: {taken}", taken=of_data(slip.taken)), indent=6)
            if slip.uncertain:
                page.paragraph(say("Whether the text errs or only this copy of it is not known."), indent=6)
