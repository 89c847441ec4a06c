"""Words of a case for people: in English and, where the file has them, in other languages beside it."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say, verbatim

__all__ = ["Prose"]


@dataclass(frozen=True, slots=True)
class _OwnWords(Text):
    """A text that brings its own translations, pairs of a language and words."""

    others: tuple[tuple[str, str], ...] = ()

    def render(self, catalogue: Catalogue) -> str:
        """Write it: by the file itself, else by the catalogue, else in English."""
        own = dict(self.others).get(str(getattr(catalogue, "code", "en")))
        return own or Text(self.template).render(catalogue)


@dataclass(frozen=True, slots=True)
class Prose:
    """Words as a file has them.  ``others``: pairs of a language and the same words in it.

    >>> str(Prose("X says"))
    'X says'
    """

    words: str
    others: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.words

    @property
    def text(self) -> Text:
        """The words as a text that can stand in a sentence, with the translations of the file."""
        return _OwnWords(of_data(self.words).template, others=self.others)

    def shown(self, catalogue: Catalogue = ENGLISH) -> Text:
        """Return them for a page: English words on a page of another language are marked as that.

        >>> str(Prose("X says").shown())
        'X says'
        """
        words, language = self.render(catalogue), str(getattr(catalogue, "code", "en"))
        if language == "en" or words != self.words or language in dict(self.others):
            return verbatim(words)
        return say("{words} (English; the file has no other words)", words=words)

    def render(self, catalogue: Catalogue = ENGLISH) -> str:
        """Write them in the language of ``catalogue``: by the file itself, else by the catalogue, else in English."""
        return self.text.render(catalogue)
