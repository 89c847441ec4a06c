"""The frame of every page: head, search box, languages, way back, foot.

A page stands alone: its style and its scripts are in it, and its policy allows these and nothing else, so that neither
a network nor a hostile text in the data can add to it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skywitness import __version__
from skywitness.cli.lawbook.markup import Safe, join, tag
from skywitness.cli.lawbook.speech import Speech
from skywitness.core.text import Text, of_data, say

if TYPE_CHECKING:
    from skywitness.law.instrument import Instrument

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page before it has a frame: its title, what stands in it, and the parts before and after it."""

    part: str
    title: str
    content: Safe
    scripts: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None


def document(leaf: Leaf, speech: Speech, speeches: Sequence[Speech], instrument: Instrument) -> str:
    """Write a page whole."""
    treaty = of_data(instrument.heading.title)
    scripts = ("switch.js", *leaf.scripts)
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=_policy(scripts)),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", leaf.title),
            tag("style", Safe(_file("lawbook.css"))),
        ],
        "\n",
    )
    skip = tag("a", speech.words(say("To the content")), href="#content", class_="skip")
    body = join(
        [
            skip,
            _header(leaf, speech, speeches, treaty),
            tag("main", leaf.content, id="content"),
            _footer(leaf, speech),
            *(tag("script", Safe(_file(name))) for name in scripts),
        ],
        "\n",
    )
    page = tag("html", "\n", tag("head", "\n", head, "\n"), "\n", tag("body", "\n", body, "\n"), "\n", lang=speech.code)
    return f"<!DOCTYPE html>\n{page}\n"


def _header(leaf: Leaf, speech: Speech, speeches: Sequence[Speech], treaty: Text) -> Safe:
    languages = [
        tag("span", other.own_name, lang=other.code, aria_current="true")
        if other.code == speech.code
        else tag("a", other.own_name, href=other.page(leaf.part), hreflang=other.code, lang=other.code)
        for other in speeches
    ]
    home = tag("a", speech.words(treaty), href=speech.page(""), class_="home")
    search = None if not leaf.part else _search(speech)
    switch = tag("nav", join(languages, " · "), aria_label=speech.words(say("Language")), class_="languages")
    return tag("header", tag("p", home), search, switch)


def _search(speech: Speech) -> Safe:
    label = speech.words(say("Search all provisions"))
    box = tag("input", type="search", name="q", aria_label=label, placeholder=label)
    return tag("form", box, tag("button", speech.words(say("Search"))), action=speech.page(""), role="search")


def _footer(leaf: Leaf, speech: Speech) -> Safe:
    from skywitness.cli.law_provisions import part_words

    ways = [
        tag("a", speech.words(template), href=speech.page(part), rel=rel)
        for part, rel, template in (
            (leaf.before, "prev", say("Before: {part}", part=part_words(leaf.before or "", speech.instrument))),
            (leaf.after, "next", say("Next: {part}", part=part_words(leaf.after or "", speech.instrument))),
        )
        if part is not None
    ]
    nav = tag("nav", join(ways, " · "), aria_label=speech.words(say("Articles and annexes"))) if ways else None
    made = say("Skywitness {version}. Titles are in our own words; only the authentic texts bind.", version=__version__)
    return tag("footer", nav, tag("p", speech.words(made)))


def _policy(scripts: Sequence[str]) -> str:
    """Allow the style and the scripts of ours by their hashes; no address, no picture, no other code."""
    codes = " ".join(_hash(name) for name in scripts)
    return f"default-src 'none'; style-src {_hash('lawbook.css')}; script-src {codes}; base-uri 'none'"


def _hash(name: str) -> str:
    digest = base64.b64encode(hashlib.sha256(_file(name).encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
