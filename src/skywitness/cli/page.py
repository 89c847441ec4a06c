"""A page for people: wrapped text, marks that do not rest on colour, small tables.

The width is the terminal's, or 80 columns (``COLUMNS`` overrides both).  Colour is an extra: it is left out where
``NO_COLOR`` is set or nobody watches, and nothing is ever said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from skywitness.core.text import Text

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from skywitness.cli.language import Language

_PLAIN_MARKS = {"✓": "+", "✗": "x", "–": "-", "→": ">", "±": "+/-", "°": " ", "·": ";", "≤": "<="}
"""What stands for a mark where the stream cannot hold it."""


NARROWEST = 20
"""Columns of a page at least: on a terminal that tells of fewer, or of none, lines break where it breaks them."""


class Page:
    """Writes paragraphs, lists and tables on a stream in one language."""

    def __init__(self, stream: TextIO, language: Language) -> None:
        self._stream = stream
        self.language = language
        self._console: Console | None = None
        self._paints = False
        self._width = 0
        self._unicode = (stream.encoding or "utf-8").lower().startswith("utf")

    @property
    def console(self) -> Console:
        """The rich console behind the page; made when something needs wrapping."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self._stream, highlight=False, markup=False, emoji=False, legacy_windows=False, soft_wrap=False
            )
            self._console.width = self._width = max(self._console.width, NARROWEST)
            self._paints = self._console.is_terminal  # asked once, as the width: both read the environment
        return self._console

    @property
    def width(self) -> int:
        """Columns of the page."""
        return self.console.width

    @property
    def _may_paint(self) -> bool:
        return self.console.is_terminal if self._console is None else self._paints

    def words(self, text: Text | str) -> str:
        """Render a text in the language of the page, with marks that the stream can hold."""
        words = text if isinstance(text, str) else text.render(self.language)
        if not self._unicode:
            for mark, plain in _PLAIN_MARKS.items():
                words = words.replace(mark, plain)
        return words

    def raw(self, line: str = "") -> None:
        """Write a line as it is, never wrapped: a path, a command to paste, somebody else's format."""
        self._stream.write(f"{line}\n")

    def heading(self, text: Text) -> None:
        """Write a heading, with an empty line before it."""
        self.raw()
        self.paragraph(text, style="bold")

    def paragraph(self, text: Text | str, indent: int = 0, style: str = "", hang: int = 0) -> None:
        """Write wrapped text.  ``hang``: how much further all lines but the first are indented."""
        words = self.words(text)
        if not style or not self._may_paint:  # nothing to paint: many lines are written far quicker so
            for number, line in enumerate(self._wrapped(words, indent + hang)):
                self.raw(f"{' ' * (indent + (hang if number else 0))}{line}".rstrip())
            return
        from rich.padding import Padding

        if hang:
            for number, line in enumerate(self._wrapped(words, indent + hang)):
                self._print(Padding(_styled(line, style), (0, 0, 0, indent + (hang if number else 0))))
        else:
            self._print(Padding(_styled(words, style), (0, 0, 0, indent)))

    def marked(self, mark: str, words: Text | str, style: str = "", indent: int = 0) -> None:
        """Write a line that begins with a mark; what follows wraps beside it."""
        self.paragraph(f"{mark} {self.words(words)}", indent, style, hang=len(mark) + 1)

    def table(self, headings: Sequence[Text], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Write a small table; the columns numbered in ``right`` (from 0) hold figures.

        Where the page is too narrow for whole words and figures every row is a list: nothing is cut off.
        """
        from rich.padding import Padding
        from rich.table import Table

        names, cells = [self.words(one) for one in headings], [[self.words(cell) for cell in row] for row in rows]
        if _narrowest([names, *cells], right) + 2 > self.console.width:
            for row in cells:
                self.raw()
                for name, cell in zip(names, row, strict=True):
                    self.paragraph(f"{name}: {cell}" if name else cell, indent=2, hang=2)
            return
        table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for number, name in enumerate(names):
            figures = number in right
            table.add_column(name, justify="right" if figures else "left", no_wrap=figures)
        for row in cells:
            table.add_row(*(_styled(cell, "") for cell in row))
        self._print(Padding(table, (0, 0, 0, 2)))

    def _wrapped(self, words: str, indent: int) -> list[str]:
        console = self.console
        width = max(self._width - indent, 10)
        if len(words) <= width and words.isascii() and words.isprintable():
            return [words.rstrip()]
        lines = _styled(words, "").wrap(console, width)
        return [line.plain.rstrip() for line in lines]

    def _print(self, what: RenderableType) -> None:
        """Print without the blanks that fill a line up: they break copying and comparing."""
        with self.console.capture() as capture:
            self.console.print(what)
        self._stream.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _narrowest(rows: Sequence[Sequence[str]], right: Sequence[int]) -> int:
    """Return how many columns a table takes at least for its longest words, and its figures, to stay whole."""
    total = 2 * (len(rows[0]) - 1)
    for number, column in enumerate(zip(*rows, strict=True)):
        parts = column if number in right else [word for words in column for word in words.split()]
        total += max(map(len, parts), default=0)
    return total


def _styled(words: str, style: str) -> Any:
    from rich.text import Text as Styled

    return Styled(words, style=style)
