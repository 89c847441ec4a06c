"""A page for people: wrapped text, marks that do not rest on colour, small tables.

The width is the terminal's, or 80 columns (``COLUMNS`` overrides both).  Colour is an extra: it is left out where
``NO_COLOR`` is set or nobody watches, and nothing is ever said by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from skywitness.core.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from skywitness.cli.language import Language


class Page:
    """Writes paragraphs, lists and tables on a stream in one language."""

    def __init__(self, stream: TextIO, language: Language) -> None:
        self._stream = stream
        self.language = language
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """The rich console behind the page; made when something needs wrapping."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self._stream, highlight=False, markup=False, emoji=False, legacy_windows=False, soft_wrap=False
            )
        return self._console

    def words(self, text: Text) -> str:
        """Render a text in the language of the page."""
        return text.render(self.language)

    def raw(self, line: str) -> None:
        """Write a line as it is, never wrapped: a path, a command to paste, somebody else's format."""
        self._stream.write(f"{line}\n")
