"""What the papers of a flown flight have in common: the frame of the page, map and profile, and how they are set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say, verbatim
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.page_words import PageWords
from skywitness.route.exports.typeset import PAGE_MARK, PAGES_MARK, ratio, typeset
from skywitness.route.files.plan_write import plan_hash
from skywitness.track.exports import flown_height, flown_map
from skywitness.track.exports.profile_data import flown_profile
from skywitness.track.exports.shown import Shown

TEMPLATE: Final = Path(__file__).with_name("flight_paper.typ")

LONGEST_TITLE: Final = 180
LONGEST_RUNNING_TITLE: Final = 90

Block = dict[str, Any]
Parts = Callable[[Shown, Catalogue, str], tuple[dict[str, Any], dict[str, bytes]]]
"""Collects the words and the drawings of a paper, in a catalogue and the code of its language."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a flown flight; the same flight and language give the same bytes."""

    parts: Parts

    def to_pdf(self, shown: Shown, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> bytes:
        """Set it as a PDF.

        Raises ``DataError`` if the template does not fit what it is given: a bug of ours.
        """
        return typeset(TEMPLATE, *self.parts(shown, catalogue, language), "pdf")

    def to_pages(self, shown: Shown, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> list[bytes]:
        """Draw its pages as PNG pictures."""
        return typeset(TEMPLATE, *self.parts(shown, catalogue, language), "png")


def aircraft_name(shown: Shown, words: PageWords) -> str:
    """Write the aircraft of the plan, in the language of the page where the law data have it so."""
    aircraft = shown.flight.context.plan.aircraft
    return words.name(words.text(of_data(aircraft.name or aircraft.ident)), 60)


def frame(shown: Shown, kind: Text, treaty: Text, words: PageWords) -> dict[str, Any]:
    """Collect what stands around the blocks of a paper."""
    plan = shown.flight.context.plan
    title = plan_title(plan, words.language).render(words.catalogue)
    digest = words.text(say("Plan (SHA-256): {hash}", hash=verbatim("{}"))).replace("{}", plan_hash(plan))
    return {
        "language": words.language,
        "date": list(shown.flight.seen.track.time_utc(len(shown.flight.seen.track) - 1).timetuple()[:6]),
        "kind": words.text(kind),
        "treaty": words.text(treaty),
        "title": words.name(title, LONGEST_TITLE),
        "running": words.name(title, LONGEST_RUNNING_TITLE),
        "footer": {
            "hash": digest,
            "page": words.text(say("Page {page} of {pages}", page=PAGE_MARK, pages=PAGES_MARK)),
        },
    }


def drawings(shown: Shown, catalogue: Catalogue, language: str) -> dict[str, bytes]:
    """Draw map and profile for the page."""
    flight, findings = shown.flight, shown.findings
    return {
        "map.svg": flown_map.to_svg(flight, findings, left_out=shown.left_out, catalogue=catalogue, language=language),
        "profile.svg": flown_height.to_svg(flight, findings, catalogue=catalogue),
    }


def picture_blocks(shown: Shown, drawn: dict[str, bytes], words: PageWords) -> list[Block]:
    """Make the blocks of map and profile."""
    flight = shown.flight
    notes = flown_height.notes(flight, flown_profile(flight, shown.findings))
    title = plan_title(flight.context.plan, words.language)
    return [
        {
            "type": "image",
            "heading": "",
            "file": "map.svg",
            "ratio": ratio(drawn["map.svg"]),
            "least": 120,
            "alt": words.text(say("Map of the flight as planned and as flown: {title}", title=title)),
            "notes": [],
        },
        {
            "type": "image",
            "heading": words.text(say("Height profile")),
            "file": "profile.svg",
            "ratio": ratio(drawn["profile.svg"]),
            "least": 70,
            "alt": words.text(say("Height profile")),
            "notes": [words.text(text) for text in notes],
        },
    ]
