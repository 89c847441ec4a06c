"""From option values to what the services take: files read, views loaded, a reading of the day put together."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from skywitness.cli import values
from skywitness.cli.command import Words
from skywitness.core.errors import InputError
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.geo.airspace import HazardArea
    from skywitness.geo.terrain import Terrain
    from skywitness.geo.view import BorderView
    from skywitness.route.facts import Facts
    from skywitness.route.files.fields import Fields

More = TypeVar("More")


def reading_options(words: Words) -> list[click.Parameter]:
    """Declare what both ``plan`` and ``check`` take beside the flight itself."""
    return [
        words.option(
            "--facts", "FILE", say("What is known beside the plan (facts.toml): quotas, times, certificates.")
        ),
        words.option("--reading", "FILE", say("Whose law on which day (reading.toml): interpretations, claims, view.")),
        *view_options(
            words,
            say("Whose borders: un, rus, ... (law views lists them), or a TOML file; before the reading's view."),
        ),
        words.option("--hazards", "FILE", say("Hazardous airspace as GeoJSON.")),
        words.option("--terrain", "FILE", say("Heights of the ground as GeoTIFF; needs the extra imagery.")),
    ]


def view_options(words: Words, explanation: Text) -> list[click.Parameter]:
    """Declare whose borders are taken (``view`` loads them); ``explanation`` is that of ``--view``."""
    return [
        words.option("--view", "VIEW", explanation, read=values.name),
        words.option("--borders", "FILE", say("Borders of your own over the view: GeoJSON or GeoPackage.")),
        words.option(
            "--error-band-km",
            "KM",
            say("How far the lines of --borders may be from the true ones."),
            read=values.band_km,
        ),
    ]


def facts(options: dict[str, Any]) -> Facts | None:
    """Read ``--facts``; ``None`` when there are none."""
    found = facts_with(options, lambda _: None)
    return None if found is None else found[0]


def facts_with(options: dict[str, Any], more: Callable[[Fields], More]) -> tuple[Facts, More] | None:
    """Read ``--facts`` and, of the same file, what ``more`` takes of it; ``None`` when there are none."""
    if not options["facts"]:
        return None
    from skywitness.route.files.facts_file import read_facts_with

    found, taken = read_facts_with(options["facts"], more)
    _refuse_unknown_claims(found.accepted_claims, options["facts"], found)
    return found, taken


def reading(options: dict[str, Any], day: dt.date, before: Reading | None = None, told: Facts | None = None) -> Reading:
    """Put the reading together: the file, else what a plan brings, else the defaults; ``--view`` comes before all.

    Beside the claims that are stored it may accept those that the facts tell of (``told``), by their identifiers.
    """
    if options["reading"]:
        from skywitness.route.files.reading_file import read_reading

        found = read_reading(options["reading"], day)
    else:
        found = before or Reading(at=day)
    _refuse_unknown_claims(found.accepted_claims, options["reading"] or "", told)
    return replace(found, view=options["view"]) if options["view"] else found


def _refuse_unknown_claims(claims: Sequence[str], where: str, told: Facts | None) -> None:
    """Refuse a claim that nobody knows: a reading that leaves it out in silence would judge by something else."""
    if told is not None:
        own = {fact.told.id for fact in told.acts.nonperformance}
        claims = [claim for claim in claims if claim not in own]
    if not claims:
        return
    from skywitness.law.names import did_you_mean
    from skywitness.route.rules.claims import known_claims, unknown_claims

    for claim in unknown_claims(claims):
        message = say(
            "No claim is called {claim}.{near} Known are {known}, and the code of an area that a border view draws, "
            "such as X-ABKHAZIA.",
            claim=repr(claim),
            near=did_you_mean(claim, known_claims()),
            known=", ".join(known_claims()),
        )
        raise InputError("bad_reading", message, where)


def view(options: dict[str, Any], name: str, at: dt.date) -> BorderView:
    """Load the border view ``name`` as held on a day, with the user's own lines over it if there are any."""
    from skywitness.geo.borders import load_user_view, load_view

    if options["borders"]:
        _refuse_pipe(options["borders"])
        return load_user_view(Path(options["borders"]), name, options["error_band_km"], at=at)
    if options["error_band_km"] is not None:
        message = say("An error band belongs to lines of your own; give them with --borders.")
        raise InputError("usage", message, "--error-band-km")
    try:
        return load_view(name, at)
    except InputError as error:
        where = "--view" if options["view"] and not error.faults else error.where
        raise InputError(error.kind, error.message, where, error.faults) from error


def hazards(options: dict[str, Any]) -> tuple[HazardArea, ...] | None:
    """Read ``--hazards``; ``None`` when nobody has said what airspace is hazardous."""
    if not options["hazards"]:
        return None
    from skywitness.geo.airspace import read_areas

    _refuse_pipe(options["hazards"])

    return read_areas(options["hazards"])


def terrain(options: dict[str, Any]) -> Terrain | None:
    """Open ``--terrain``; ``None`` when the heights of the ground are not known."""
    if not options["terrain"]:
        return None
    from skywitness.geo.terrain import open_terrain

    _refuse_pipe(options["terrain"])

    return open_terrain(options["terrain"])


def _refuse_pipe(name: str) -> None:
    """Refuse a pipe where a file is read more than once, or in pieces."""
    if Path(name).is_fifo():
        raise InputError("unreadable_file", say("This is a pipe; save what it carries to a file first."), name)


def writable_folder(words: str, where: str) -> Path:
    """Read the name of a folder to write to, and refuse at once one that cannot be made or written.

    The search may take long; a wrong name must be told before it, not after.
    """
    folder = Path(words)
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if nearest != folder and _is_broken_link(folder):
        raise InputError("file", say("{place} is a link that leads nowhere; name another place.", place=words), where)
    if not nearest.is_dir():
        raise InputError("file", say("{place} is no folder; name another place.", place=str(nearest)), where)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise InputError("file", say("Writing to {place} is not permitted.", place=str(nearest)), where)
    return folder


def _is_broken_link(folder: Path) -> bool:
    return any(place.is_symlink() and not place.exists() for place in (folder, *folder.parents))
