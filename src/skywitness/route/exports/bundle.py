"""All forms of a plan in one folder, or none of them.

Everything is written into a new folder beside the target first, and moved into place only when nothing can fail any
more but the move itself; if that fails, what was there before comes back.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.core.text import ENGLISH, Catalogue, Text, say, verbatim
from skywitness.route.exports import flight_plan, geojson, gpx, kml, pdf, png_map
from skywitness.route.exports.flight_plan import UNFILED, Filing
from skywitness.route.files.plan_write import plan_text
from skywitness.route.files.text_file import path_words
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from skywitness.geo.view import BorderView


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its ``kind`` (``"geojson"``) and what it cannot carry."""

    path: Path
    kind: str
    cannot_carry: tuple[Text, ...]


class _Spoken(TypedDict):
    """The language of the words in a form."""

    catalogue: Catalogue
    language: str


@dataclass(frozen=True, slots=True)
class Form:
    """One file to be written: its name, how it is made, what it cannot carry."""

    kind: str
    name: str
    make: Callable[[], bytes]
    cannot_carry: tuple[Text, ...]


def write_all(
    plan: Plan,
    findings: Sequence[Finding],
    folder: Path,
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
    filing: Filing = UNFILED,
) -> tuple[Written, ...]:
    """Write every form of a plan into ``folder``, which is made if need be; files of the same names are replaced.

    ``catalogue`` and ``language`` are those of the words in the forms; ``view``: the borders to draw, by default those
    of the plan's reading; ``filing``: what the flight plan needs beside the plan.  Raises ``InputError`` of kind
    ``cannot_write`` when the folder cannot be written; then nothing has changed.
    """
    return write_forms(_forms(plan, findings, catalogue, language, view, filing), folder)


def write_forms(forms: Sequence[Form], folder: Path) -> tuple[Written, ...]:
    """Write files into ``folder`` as :func:`write_all` does: all of them, or none."""
    folder = Path(folder)
    with _told(folder):
        _refuse_what_is_in_the_way(folder, forms)
        with _workshop(folder) as workshop:
            for form in forms:
                (workshop / form.name).write_bytes(form.make())
            _move(workshop, folder, [form.name for form in forms])
    return tuple(Written(folder / form.name, form.kind, form.cannot_carry) for form in forms)


def _forms(
    plan: Plan,
    findings: Sequence[Finding],
    catalogue: Catalogue,
    language: str,
    view: BorderView | None,
    filing: Filing,
) -> tuple[Form, ...]:
    def words(text: str) -> bytes:
        return text.encode("utf-8")

    def to_geojson() -> bytes:
        made = geojson.to_geojson(plan, findings, catalogue=catalogue, language=language)
        return words(json.dumps(made, ensure_ascii=False, allow_nan=False) + "\n")

    spoken: _Spoken = {"catalogue": catalogue, "language": language}
    return (
        Form("plan", "plan.json", lambda: words(plan_text(plan)), ()),
        Form("geojson", "plan.geojson", to_geojson, geojson.gaps(plan)),
        Form("kml", "plan.kml", lambda: words(kml.to_kml(plan, findings, **spoken)), kml.gaps(plan)),
        Form("gpx", "plan.gpx", lambda: words(gpx.to_gpx(plan, findings, **spoken)), gpx.gaps(plan)),
        Form(
            "flight_plan",
            "plan.fpl.txt",
            lambda: words(flight_plan.to_flight_plan(plan, filing, **spoken)),
            flight_plan.gaps(plan, filing),
        ),
        Form("pdf", "plan.pdf", lambda: pdf.to_pdf(plan, findings, view=view, **spoken), pdf.gaps(plan)),
        Form("png", "plan.png", lambda: png_map.to_png(plan, findings, view=view, **spoken), png_map.gaps(plan)),
    )


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn a failure of the file system into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            "cannot_write",
            say(
                "The files cannot be written here ({reason}); nothing was changed. Choose another folder.",
                reason=verbatim(reason),
            ),
            path_words(folder),
        ) from error


def _refuse_what_is_in_the_way(folder: Path, forms: Sequence[Form]) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(
            "cannot_write",
            say("A file is in the way; a folder is expected here. Choose another name."),
            path_words(folder),
        )
    for form in forms:
        place = folder / form.name
        if place.is_dir() or (place.exists() and not place.is_file()):
            raise InputError(
                "cannot_write",
                say("Something that is no file is in the way of a file to be written. Choose another folder."),
                path_words(place),
            )


@contextlib.contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Make a new folder beside ``folder``, and clear away all that is not wanted in the end.

    It stands beside the target, not in the system's own place for such folders, so that the move stays on one disk.
    Its name is short whatever the target's is: a name may be as long as the system takes.
    """
    parents = [parent for parent in (folder, *folder.parents) if not parent.exists()][1:]
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = folder.parent / f".skywitness.{secrets.token_hex(8)}.part"
    try:
        workshop.mkdir()
        yield workshop
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        for parent in parents:
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise
    shutil.rmtree(workshop, ignore_errors=True)


def _move(workshop: Path, folder: Path, names: Sequence[str]) -> None:
    """Move the files into place: the whole folder at once, or file by file into one that is there already."""
    if not folder.exists():
        workshop.rename(folder)
        return
    kept = workshop / "before"
    kept.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(kept / name)
            moved.append(name)
            (workshop / name).rename(folder / name)
    except OSError:
        for name in moved:
            (folder / name).unlink(missing_ok=True)
            if (kept / name).exists():
                (kept / name).rename(folder / name)
        raise
