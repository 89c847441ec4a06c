"""Files that the commands of ``skywitness case`` write: a picture, two pages on paper, a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skywitness.cli import whole_files
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.consult.questions import Answered
    from skywitness.consult.replay import Replay
    from skywitness.consult.states import States

__all__ = ["file_places", "write_drawn", "write_files"]

_FORMS: Final = {"--png": ".png", "--pdf": ".pdf"}
"""Endings by option: a picture named case.jpg would open nowhere.  A name without an ending is left as it is."""


def file_places(asked: Mapping[str, str | None], case: str) -> dict[str, tuple[Path, Path]]:
    """Return by option where a file goes and how that was written; the file of the case itself is none of them.

    :raises InputError: before anything is read, for a place that cannot be written.
    """
    places = whole_files.places(asked, (case,))
    for option, form in _FORMS.items():
        place = places.get(option)
        if place is not None and place.suffix.lower() not in ("", form):
            told = {"file": asked[option] or "", "met": place.suffix, "form": form}
            raise InputError("usage", say("{file} ends in {met}; what is written here ends in {form}.", **told), option)
    return {option: (place, Path(asked[option] or "")) for option, place in places.items()}


def write_drawn(
    face: Face,
    places: Mapping[str, tuple[Path, Path]],
    found: Replay,
    derived: States,
    answered: Sequence[Answered],
) -> tuple[Path, ...]:
    """Draw what is asked for, write all of it or none, and name the files as they were asked for."""
    made: dict[str, tuple[Path, bytes]] = {}
    if "--png" in places:
        from skywitness.consult.drawing import paint, picture

        sheet = picture.sheet_of(found, derived, face.language, face.language.code)
        made["--png"] = places["--png"][0], paint.png(sheet)
    if "--pdf" in places:
        from skywitness.consult.drawing.paper import to_pdf

        pdf = to_pdf(found, derived, answered, catalogue=face.language, language=face.language.code)
        made["--pdf"] = places["--pdf"][0], pdf
    whole_files.write_whole(made)
    return tuple(places[option][1] for option in made)


def write_files(page: Page, written: Sequence[Path]) -> None:
    """Name the files that were written."""
    if written:
        page.raw()
        page.paragraph(say("Files written:"))
    for path in written:
        page.raw(f"  {path}")
