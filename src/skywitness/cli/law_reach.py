"""``skywitness law reach``: the worst placed point of every territory, and whether it is within the law."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.whole_files import write_whole
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.position import format_dms
from skywitness.core.text import Text, of_data, say, say_n
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.route.reach.model import Row
    from skywitness.route.reach.reach import Reach

FORMATS = (".png", ".svg", ".geojson")
DEFAULT_VIEW = "un"


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "reach",
        reach,
        say(
            "Find the point of every Party's territory, waters included, that its airfields reach worst by 35 per cent "
            "of their flight distances, and judge it (Annex E, paragraph 5). Where a distance is open on the day, each "
            "candidate has a line of its own."
        ),
        [
            words.option("--at", "DAY", say("The day whose law is asked for."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.option("--party", "PARTY", say("One Party only: RUS, BENELUX; with all details."), read=values.name),
            *inputs.view_options(words, say("Whose borders: un, rus, ... (law views lists them), or a TOML file.")),
            words.option("--map", "FILE", say("Write a map to this file: .png, .svg or .geojson."), read=_map_file),
        ],
        examples=[
            "skywitness law reach --at 2002-01-01",
            "skywitness law reach --at 2019-09-12 --party RUS --map reach-rus.png",
        ],
    )


def reach(face: Face, **options: Any) -> Answer:
    """Answer for one Party or all of them."""
    party = options["party"]
    if party is not None:  # before anything takes long
        from skywitness.law.parties import parse_party

        with values.naming_a_party("--party"):
            parse_party(party, options["at"])

    from skywitness.route.reach.reach import reach as find

    view = inputs.view(options, options["view"] or DEFAULT_VIEW, options["at"])
    found = find(view, options["at"], options["party"], options["known"])
    target = options["map"]
    if target is not None:
        _write_map(face, found, target)

    def document() -> dict[str, Any]:
        return {**found.to_json(face.language), "map": str(target) if target else None}

    return Answer(document, lambda page: _write(page, found, target, details=options["party"] is not None))


def _map_file(words: str, where: str) -> Path:
    """Read the name of a file to draw to, and refuse one of no known form before anything is computed."""
    path = Path(values.given(words, where))
    if path.suffix.lower() not in FORMATS:
        message = say("{file} is no map that can be written; end it in .png, .svg or .geojson.", file=words)
        raise InputError("usage", message, where)
    if not path.parent.is_dir():
        raise InputError("file", say("There is no folder {place} to write to.", place=str(path.parent)), where)
    return path


def _write_map(face: Face, found: Reach, target: Path) -> None:
    from skywitness.route.exports import reach_geojson, reach_map

    suffix = target.suffix.lower()
    if suffix == ".geojson":
        body = reach_geojson.to_geojson(found, face.language).encode("utf-8")
    else:
        body = reach_map.draw(found, face.language, svg=suffix == ".svg")
    write_whole({"--map": (target, body)})


def _write(page: Page, found: Reach, target: Path | None, *, details: bool) -> None:
    """Write the page: what it says in short, the table, the reasons, what it rests on."""
    from skywitness.cli.findings_page import MARKS

    reading = found.reading
    page.paragraph(
        say(
            "Reach on {day}, borders after the view {view}: every point within 35 % of the maximum flight distance of "
            "an Open Skies airfield (Annex E, paragraph 5)?",
            day=reading.at,
            view=found.view.name,
        ),
        style="bold",
    )
    page.paragraph(_summary(found), indent=2)
    for verdict, words in _SUMS:
        codes = [party for party, findings in found.by_party().items() if findings[-1].verdict is verdict]
        if codes:
            page.marked(MARKS[verdict], say("{words}: {codes}", words=words, codes=", ".join(codes)), indent=2)
    shown = found.rows if details else tuple(row for row in found.rows if _matters(row))
    page.raw()
    _table(page, shown, details=details)
    if len(shown) < len(found.rows):
        rest = len(found.rows) - len(shown)
        words = say_n(
            "{count} separated portion that is as the paragraph wants it is left out; --party shows it.",
            "{count} separated portions that are as the paragraph wants them are left out; --party shows them.",
            rest,
        )
        page.paragraph(words, indent=2)
    if details:
        _details(page, shown)
    _rests_on(page, found)
    if target is not None:
        page.paragraph(say("Map written:"))
        page.raw(f"  {target}")


_SUMS = (
    (Verdict.BREACH, say("Not all of the territory as the paragraph wants it")),
    (Verdict.CANNOT_TELL, say("Cannot be told of all of the territory")),
    (Verdict.OK, say("All of the territory as the paragraph wants it")),
)


def _matters(row: Row) -> bool:
    return row.case.portion.is_mainland or row.finding.verdict is not Verdict.OK


def _summary(found: Reach) -> Text:
    excused = sum(row.is_excused for row in found.rows)
    parts = {
        "broken": say_n("{count} not in reach", "{count} not in reach", len(found.of(Verdict.BREACH))),
        "unknown": say_n("{count} cannot be told", "{count} cannot be told", len(found.of(Verdict.CANNOT_TELL))),
        "kept": say_n("{count} in reach", "{count} in reach", len(found.of(Verdict.OK)) - excused),
    }
    if not excused:
        return say("{broken}, {unknown}, {kept}.", **parts)
    return say(
        "{broken}, {unknown}, {kept}, {excused} beyond the share as (B)(2) or (B)(3) allows.",
        excused=excused,
        **parts,
    )


def _table(page: Page, rows: Sequence[Row], *, details: bool) -> None:
    """Write one line for each row; the separation where one Party is asked about, its code where all are."""
    headings = [
        say("Apart, km") if details else say("Party"),
        say("Portion"),
        say("Airfield"),
        say("km"),
        say("of km"),
        say("Ratio"),
        say("On land"),
        say("Annex E.5"),
    ]
    figures = (0, 3, 4, 5, 6) if details else (3, 4, 5, 6)
    page.table(headings, [_cells(page, row, details=details) for row in rows], figures)


def _cells(page: Page, row: Row, *, details: bool) -> list[str]:
    from skywitness.cli.findings_page import MARKS

    case, worst, land = row.case, row.worst, row.on_land
    apart = page.words(say("{km:,.0f}", km=case.separation.km)) if case.separation else ""
    name = page.words(case.portion.words)
    assumed = "; ".join(f"{ident} {'/'.join(f'{km:g}' for km in kms)}" for ident, kms in row.assumed.items())
    figures = [""] * 5
    if worst is not None and land is not None:
        kms = (say("{km:,.1f}", km=km) for km in (worst.distance_km, worst.limit_km))
        ratios = (say("{ratio:.3f}", ratio=ratio) for ratio in (worst.ratio, land.ratio))
        figures = [worst.airfield.ident, *map(page.words, (*kms, *ratios))]
    return [
        apart if details else case.party,
        f"{name} ({assumed})" if assumed else name,
        *figures,
        f"{MARKS[row.finding.verdict]} {row.finding.provision.removeprefix('OS:E.5')}",
    ]


def _details(page: Page, rows: Sequence[Row]) -> None:
    """Say for each row where the point lies, and why the verdict is what it is."""
    from skywitness.cli.findings_page import MARKS, STYLES

    page.heading(say("Reasons"))
    for row in rows:
        page.marked(MARKS[row.finding.verdict], row.finding.why, STYLES[row.finding.verdict], indent=2)
        if row.worst is not None:
            page.paragraph(format_dms(row.worst.lon, row.worst.lat), indent=4)
        for need in row.finding.needs:
            page.paragraph(say("Would settle it: {need}", need=need), indent=4)
        if row.case.portion.includes:
            names = ", ".join(page.words(of_data(name)) for name in row.case.portion.includes)
            page.paragraph(_with(row, names), indent=4)


def _with(row: Row, names: str) -> Text:
    """Name what a portion holds besides its largest land; small islands have no names here and are counted."""
    if not row.case.portion.is_mainland:
        return say("With {names}.", names=names)
    return say_n(
        "The mainland is here {count} piece of land, joined by its waters where not by land: with {names}.",
        "The mainland is here {count} pieces of land, joined by its waters where not by land: with {names}.",
        len(row.case.portion.pieces),
        names=names,
    )


def _rests_on(page: Page, found: Reach) -> None:
    """Say what the figures rest on."""
    from skywitness.geo.waters import why_band

    page.raw()
    page.paragraph(
        say(
            "Borders and coasts: {source}; known to ±{band:g} km.",
            source=of_data(found.view.source),
            band=found.view.error_band_km,
        ),
        indent=2,
    )
    for one in found.positions():
        page.paragraph(
            say(
                "The view counts {area} to {state}: {source} ({status}).",
                area=one.area,
                state=one.to,
                source=of_data(one.source),
                status=basis_words(one.status),
            ),
            indent=2,
        )
    page.paragraph(why_band(found.view), indent=2)
