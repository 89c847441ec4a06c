"""``skywitness law sites``: the places of the regime on a day, with their roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument_open_skies, of_open_skies
from skywitness.cli.page import Page
from skywitness.core.text import Catalogue, Text, of_data, say, say_n, verbatim
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.law.sites import Designation, Site


def declare_sites(words: Words) -> click.Command:
    """Declare the list of sites."""
    return words.command(
        "sites",
        list_sites,
        say(
            "List points of entry and exit, Open Skies and refuelling airfields, calibration targets and fixes as they "
            "are on a day, each role with its source."
        ),
        [
            argument_open_skies(words),
            words.option("--in", "PARTY", say("Only those of a State or group: DEU, BLR-RUS, BENELUX.")),
            words.option("--role", "ROLE", say("Only one role, such as open_skies_airfield or point_of_entry.")),
            words.option("--at", "DAY", say("The day whose sites are asked for."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
        ],
        examples=["skywitness law sites open-skies --in UKR --at 2019-09-12"],
    )


def list_sites(face: Face, instrument: str, **options: Any) -> Answer:
    """List the sites of a Party with a role on a day."""
    from skywitness.law.parties import is_party
    from skywitness.law.sites import left_by, sites

    treaty = of_open_skies(instrument, say("sites")).name
    at: dt.date = options["at"]
    party = _party(options["in"], at)
    found = _by_party(sites(at, party, options["role"], options["known"]))
    left = left_by(at, party, options["known"])
    stands = None if party is None else is_party(party, at, options["known"])
    outsider = party if stands is False and party not in left and not found else None

    def document() -> dict[str, Any]:
        return {
            "instrument": treaty,
            "in": party,
            "is_party": stands,
            "role": options["role"],
            "at": at.isoformat(),
            "known": options["known"].isoformat() if options["known"] else None,
            "total": len(found),
            "left": {code: day.isoformat() for code, day in left.items()},
            "sites": [_site_json(site, face.language) for site in found],
        }

    return Answer(document, lambda page: _write_sites(page, found, at, left, outsider))


def _party(word: str | None, at: dt.date) -> str | None:
    from skywitness.law.parties import parse_party

    with values.naming_a_party("--in"):
        return None if word is None else parse_party(word, at)


def _by_party(found: tuple[Site, ...]) -> tuple[Site, ...]:
    """Bring the sites of one State together; States stay in the order of the text."""
    order = list(dict.fromkeys(site.party for site in found))
    return tuple(sorted(found, key=lambda site: order.index(site.party)))


def _site_json(site: Site, language: Catalogue) -> dict[str, Any]:
    return {
        "id": site.id,
        "name": site.name,
        "party": site.party,
        "lon": site.lon,
        "lat": site.lat,
        "elevation_m": site.elevation_m,
        "position_source": site.position_source,
        "roles": [_designation_json(designation, language) for designation in site.designations],
        "note": of_data(site.note).render(language) if site.note else "",
    }


def _designation_json(designation: Designation, language: Catalogue) -> dict[str, Any]:
    return {
        "roles": list(designation.roles),
        "inspection": designation.inspection,
        "from": designation.start.isoformat() if designation.start else None,
        "to": designation.end.isoformat() if designation.end else None,
        "attested": [str(sighting) for sighting in designation.attested],
        "text_position": designation.text_position,
        "source": designation.source,
        "status": designation.status,
        "note": of_data(designation.note).render(language) if designation.note else "",
    }


def _write_sites(
    page: Page, found: tuple[Site, ...], at: dt.date, left: Mapping[str, dt.date], outsider: str | None
) -> None:
    page.paragraph(say_n("{count} site on {day}", "{count} sites on {day}", len(found), day=at), style="bold")
    for party, those in groupby(found, lambda site: site.party):
        page.heading(_party_words(party))
        for site in those:
            page.paragraph(verbatim(f"{site.id} {site.name}"), indent=2)
            for designation in site.designations:
                page.paragraph(_role_words(designation), indent=6)
                if designation.note:
                    page.paragraph(of_data(designation.note), indent=8)
            if site.note:
                page.paragraph(of_data(site.note), indent=6)
    for code, day in left.items():
        words = say(
            "{state} left the Treaty on {day}; no place there is a site any more.", state=_party_words(code), day=day
        )
        page.paragraph(words)
    if outsider is not None:
        state = _party_words(outsider)
        page.paragraph(say("{state} is no Party on {day}; only Parties have sites.", state=state, day=at))


def _party_words(code: str) -> Text:
    from skywitness.law.instrument import load
    from skywitness.law.words import name_words

    parties = load("open-skies").parties
    return name_words(parties[code].name) if code in parties else verbatim(code)


def _role_words(designation: Designation) -> Text:
    from skywitness.law.words import source_words, value_words

    template = ", ".join(f"{{r{number}}}" for number in range(len(designation.roles)))
    roles = Text(template, tuple((f"r{number}", value_words(role)) for number, role in enumerate(designation.roles)))
    return say(
        "{roles}. {since} Source: {source} ({status})",
        roles=roles,
        since=_since(designation),
        source=source_words(designation.source),
        status=basis_words(designation.status),
    )


def _since(designation: Designation) -> Text:
    if designation.start is not None and designation.end is not None:
        return say("In force from {start}, no longer on {end}.", start=designation.start, end=designation.end)
    if designation.start is not None:
        return say("In force from {start}.", start=designation.start)
    if designation.end is not None:
        return say("Seen in use: {days}; no longer on {end}.", days=_days(designation), end=designation.end)
    return say("Seen in use: {days}.", days=_days(designation))


def _days(designation: Designation) -> str:
    return ", ".join(str(sighting) for sighting in designation.attested)
