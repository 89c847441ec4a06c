"""``skywitness sites``: places to observe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import say, say_n

if TYPE_CHECKING:
    from skywitness.law.airfields import Airfield

FORMATS = ("csv", "geojson")


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group("sites", say("Make files of places to observe."), [_declare_airfields(words)])


def _declare_airfields(words: Words) -> click.Command:
    return words.command(
        "airfields",
        airfields,
        say(
            "Write the airfields of a State or group as a sites file for plan, each worth 1. They are the real ones "
            "with an ICAO code, from a public table; Open Skies airfields that it lacks are added."
        ),
        [
            words.option(
                "--in", "PARTY", say("A State's alpha-3 code, or a group: RUS, BLR-RUS, BENELUX."), required=True
            ),
            words.option("--format", "FORMAT", say("csv or geojson."), read=_format, default="csv"),
            words.option("--out", "FILE", say("Write to this file instead of to the terminal.")),
        ],
        examples=[
            "skywitness sites airfields --in UKR --out ukr.csv",
            "skywitness sites airfields --in BLR-RUS --format geojson > group.geojson",
        ],
    )


def airfields(_face: Face, **options: Any) -> Answer:
    """Write the airfields of ``--in``."""
    from skywitness.law.airfields import airfields_in
    from skywitness.route.files.sites_file import write_sites
    from skywitness.route.model import Site

    try:
        found = airfields_in(options["in"].upper())
    except InputError as error:
        raise InputError(error.kind, error.message, "--in") from error
    body = write_sites((Site(_name(one), one.lon, one.lat) for one in found), options["format"])
    out = options["out"]
    if out:
        Path(out).write_text(body, encoding="utf-8")

    def document() -> dict[str, Any]:
        return {
            "in": options["in"].upper(),
            "count": len(found),
            "out": out,
            "sites": [{"name": _name(one), "lon": one.lon, "lat": one.lat, "value": 1.0} for one in found],
        }

    def write(page: Page) -> None:
        if not out:
            page.raw(body.rstrip("\n"))
            return
        page.paragraph(say_n("{count} airfield written.", "{count} airfields written.", len(found)))
        page.raw(f"  {out}")

    return Answer(document, write)


def _name(airfield: Airfield) -> str:
    return f"{airfield.icao} {airfield.name}"


def _format(words: str, where: str) -> str:
    if words.lower() not in FORMATS:
        raise InputError("usage", say("'{words}' is no format; choose csv or geojson.", words=words), where)
    return words.lower()
