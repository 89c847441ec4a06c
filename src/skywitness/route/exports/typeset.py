"""Papers set by Typst from a template, the words of one language, and drawings.

A template holds no words.  Fonts come with the packages, not from the machine: the same words and drawings give the
same bytes everywhere.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, overload

from skywitness.core.errors import DataError
from skywitness.core.text import say, verbatim

PAGE_MARK, PAGES_MARK = "⟦page⟧", "⟦pages⟧"
"""Stand in the words of a footer for numbers that only the typesetter knows."""

Drawings = Mapping[str, bytes]
"""Drawings by the names under which the template asks for them."""


@overload
def typeset(template: Path, words: Mapping[str, Any], drawings: Drawings, kind: Literal["pdf"]) -> bytes: ...
@overload
def typeset(template: Path, words: Mapping[str, Any], drawings: Drawings, kind: Literal["png"]) -> list[bytes]: ...
def typeset(
    template: Path, words: Mapping[str, Any], drawings: Drawings, kind: Literal["pdf", "png"]
) -> bytes | list[bytes]:
    """Lay template, words and drawings into a folder of their own, and set them: a PDF, or pictures of its pages.

    Raises ``DataError`` if the template does not fit what it is given: a bug of ours.
    """
    with tempfile.TemporaryDirectory(prefix="skywitness-") as name:
        folder = Path(name)
        (folder / template.name).write_bytes(template.read_bytes())
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        for drawing, content in drawings.items():
            (folder / drawing).write_bytes(content)
        return _set(folder, template.name, kind)


def ratio(svg: bytes) -> float:
    """Read height over width from the view box of a drawing."""
    box = re.search(rb'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    return float(box[2]) / float(box[1]) if box else 1.0


def _set(folder: Path, template: str, kind: Literal["pdf", "png"]) -> bytes | list[bytes]:
    import matplotlib as mpl
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(Path(mpl.get_data_path()) / "fonts" / "ttf")],
    )
    try:
        made, warnings = typst.compile_with_warnings(
            str(folder / template), root=str(folder), font_paths=fonts, format=kind, ppi=110.0
        )
    except typst.TypstError as error:
        reason = verbatim(error.message)
        raise DataError("bad_template", say("the paper could not be set: {reason}", reason=reason), template) from error
    if warnings:
        reason = verbatim(warnings[0].message)
        raise DataError("bad_template", say("the paper was set with a warning: {reason}", reason=reason), template)
    pages: bytes | list[bytes] = made  # one page comes bare, more in a list
    return [pages] if kind == "png" and isinstance(pages, bytes) else pages
