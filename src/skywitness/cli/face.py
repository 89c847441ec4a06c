"""Who is being spoken to, and how: the language, words or JSON, and the two streams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from skywitness.core.text import Text

if TYPE_CHECKING:
    from skywitness.cli.answer import Answer
    from skywitness.cli.language import Language
    from skywitness.cli.page import Page


@dataclass(frozen=True, slots=True)
class Face:
    """What every command gets beside its own options."""

    language: Language
    as_json: bool
    out: TextIO
    err: TextIO

    def words(self, text: Text) -> str:
        """Render a text in the language spoken."""
        return text.render(self.language)

    def deliver(self, answer: Answer) -> int:
        """Print an answer on ``out``, as one JSON document or as a page, and give its exit code."""
        if self.as_json:
            self.print_json(answer.document())
        else:
            answer.write(self.page())
        self.out.flush()
        return int(answer.code)

    def page(self) -> Page:
        """Open a page on ``out``."""
        from skywitness.cli.page import Page

        return Page(self.out, self.language)

    def print_json(self, document: Any) -> None:
        """Print one JSON document.  A number that JSON cannot hold is a bug and not printed."""
        from skywitness.cli.json_text import write_json

        plain = not (self.out.encoding or "utf-8").lower().startswith("utf")
        write_json(document, self.out, plain=plain)
        self.out.write("\n")

    def note(self, text: Text) -> None:
        """Tell something on ``err`` that is no part of the answer."""
        print(self.words(text), file=self.err, flush=True)

    def notes(self, texts: Iterable[Text]) -> None:
        """Tell several things on ``err``."""
        for text in texts:
            self.note(text)
