"""One language of the pages: sentences in it, where its pages stand, and words that have no translation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote

from skywitness.cli.language import Language
from skywitness.cli.lawbook.markup import Safe, join, tag
from skywitness.core.text import ENGLISH, Text, of_data
from skywitness.law.numbering import OPEN_SKIES, is_annex, is_article, part_of

_IDENT: Final = re.compile(r"\b(?:(?:OS|CFE|INF|VD):[A-Z\d][\w.()-]*[\w)]|DEC:\d+/\d\d)", re.ASCII)
_DAY: Final = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b", re.ASCII)


@dataclass(frozen=True)
class Speech:
    """A language, the instrument spoken of, and the identifiers that have a page: only they become links."""

    language: Language
    known: frozenset[str] = frozenset()
    instrument: str = OPEN_SKIES

    @property
    def code(self) -> str:
        """The language as HTML names it."""
        return self.language.code

    @cached_property
    def own_name(self) -> str:
        """What the language calls itself."""
        from babel import Locale

        name = str(Locale(self.code).get_display_name(self.code) or self.code)
        return name[:1].upper() + name[1:]

    def words(self, text: Text | str) -> str:
        """Render a sentence in this language."""
        return text if isinstance(text, str) else text.render(self.language)

    def data(self, words: str) -> Safe:
        """Write words of a data file, with links; where they have no translation, say that they are English."""
        rendered = self.words(of_data(words))
        linked = self.linked(rendered)
        foreign = self.code != "en" and rendered == of_data(words).render(ENGLISH) and any(map(str.isalpha, words))
        return tag("span", linked, lang="en") if foreign else linked

    def linked(self, words: str) -> Safe:
        """Turn the identifiers of provisions in a text into links."""
        parts: list[str] = []
        at = 0
        for match in _IDENT.finditer(words):
            parts += [words[at : match.start()], self.link(match[0])]
            at = match.end()
        return join([*parts, words[at:]])

    def days(self, text: Text) -> Safe:
        """Render a sentence whose days are not broken over lines."""
        words = self.words(text)
        parts: list[str] = []
        at = 0
        for match in _DAY.finditer(words):
            parts += [words[at : match.start()], tag("time", match[0])]
            at = match.end()
        return join([*parts, words[at:]])

    def link(self, ident: str) -> Safe:
        """Make a link to a provision; an identifier without a page stays a text."""
        if ident not in self.known:
            return join([ident])
        return tag("a", ident, href=f"{self.page(part_of(ident))}#{fragment(ident)}", class_="ident")

    def page(self, part: str) -> str:
        """Name the file of an article or annex; ``""`` is the index.

        >>> Speech(Language("vi")).page("VI"), Speech(Language("en")).page("ANNEX-I"), Speech(Language("en")).page("")
        ('article-VI.vi.html', 'annex-I.html', 'index.html')
        """
        stem = "index" if not part else _stem(part)
        return f"{stem}.html" if self.code == "en" else f"{stem}.{self.code}.html"


def _stem(part: str) -> str:
    if part == "DEC":
        return "decisions"
    if is_annex(part):
        return f"annex-{part.removeprefix('ANNEX-')}"
    return f"article-{part}" if is_article(part) else f"part-{part}"


def fragment(ident: str) -> str:
    """Write an identifier as the end of an address.

    >>> fragment("OS:VI.II.4(A)"), fragment("DEC:16/02")
    ('OS:VI.II.4(A)', 'DEC:16/02')
    """
    return quote(ident, safe=":/().-")
