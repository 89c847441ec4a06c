"""The legal setting of a flight on its day: who, over whom, from where, how far.

A planner refuses what could never be flown under the treaty; a checker finds it instead (``route.check``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.text import Text, say
from skywitness.law.group import DEEMED_PARTY
from skywitness.law.groups import group_of, members, quota_holder
from skywitness.law.instrument import load
from skywitness.law.parties import is_party, parse_party, parties_on, party_status
from skywitness.law.party import Standing
from skywitness.law.planning import planning_value
from skywitness.law.sites import Site as LawSite
from skywitness.law.sites import site
from skywitness.law.words import name_words
from skywitness.route.airfield import Airfield
from skywitness.route.request import PlanRequest
from skywitness.route.rules.law_desk import LawDesk, desk
from skywitness.route.rules.told_sites import CLAIM

AIRFIELD = "open_skies_airfield"
_LANDING_ROLES = ("refuelling_airfield", AIRFIELD, "point_of_entry", "point_of_exit")


@dataclass(frozen=True, slots=True)
class Setting:
    """Parties, airfields and limits of one flight.

    ``observing`` and ``observed`` hold the quotas (a group where there is one); ``overflown`` are the States whose
    territory is observed; ``parties`` every State that is a Party on the day.
    """

    day: dt.date
    observing: str
    observed: str
    overflown: tuple[str, ...]
    parties: frozenset[str]
    start: Airfield
    ends: tuple[Airfield, ...]
    landings: tuple[Airfield, ...]
    limit_km: float
    border_km: float
    warnings: tuple[Text, ...]


def settle(request: PlanRequest) -> Setting:
    """Settle who flies over whom from where and how far.

    :raises NotInForceError: when the treaty is not in force on the day.
    :raises InputError: when a Party is none on that day, or an airfield is not one of the observed Party.
    """
    day = request.at.date() if isinstance(request.at, dt.datetime) else request.at
    known = request.reading.known
    _refuse_before_force(day, known)
    observing = _party(request.by, day, known, "by")
    observed = _party(request.over, day, known, "over")
    holder = quota_holder(observed, day, known)
    flyer = quota_holder(observing, day, known)
    if holder == flyer:
        raise InputError(
            "same_party",
            say(
                "{by} and {over} are one Party or group on {day}; nobody conducts an observation flight over itself",
                by=observing,
                over=observed,
                day=day.isoformat(),
            ),
            "over",
        )
    # Benelux is one Party with one territory (Article XIV); a group stays several States (Article III, Section II).
    deemed = (group := group_of(observed, day, known)) is not None and group.kind == DEEMED_PARTY
    overflown = members(holder if deemed else observed, day, known)
    told: list[Text] = []
    law = desk(load("open-skies"), day, known, request.facts)
    start = _open_skies_airfield(request.start, law, holder, "start", told)
    ends = tuple(_open_skies_airfield(end, law, holder, "ends", told) for end in request.ends)
    limit_km = _limit_km(start, law, told)
    border = planning_value("border_distance", day)
    return Setting(
        day=day,
        observing=flyer if _is_group(flyer, day) else observing,
        observed=holder,
        overflown=overflown,
        parties=parties_on(day, known),
        start=start,
        ends=ends or (start,),
        landings=_landings(law, holder),
        limit_km=limit_km,
        border_km=border.number,
        warnings=tuple(dict.fromkeys(told)),
    )


def _refuse_before_force(day: dt.date, known: dt.date | None) -> None:
    treaty = load("open-skies")
    if not treaty.in_force(day, known):
        raise NotInForceError(
            "not_in_force",
            say(
                "the Treaty on Open Skies is not in force on {day}: it entered into force on {start}; "
                "choose a day from then on",
                day=day.isoformat(),
                start=treaty.heading.entry_into_force.on.isoformat(),
            ),
            "at",
        )


def _party(word: str, day: dt.date, known: dt.date | None, field: str) -> str:
    """The code of a Party on that day, or one sentence why it is none."""
    try:
        code = parse_party(word, day)
    except InputError as error:
        raise InputError(error.kind, error.message, field, error.faults) from error
    if is_party(code, day, known):
        return code
    try:
        members(code, day, known)  # a group that does not stand says so itself
    except NotInForceError as error:
        raise NotInForceError(error.kind, error.message, field) from error
    status = party_status("open-skies", code, day, known)
    raise InputError("not_a_party", _why_not(status.name, status.status, day, status.until, status.since), field)


def _why_not(name: str, standing: Standing, day: dt.date, until: dt.date | None, since: dt.date | None) -> Text:
    at, named = day.isoformat(), name_words(name)
    if standing is Standing.WITHDRAWN and until is not None:
        return say(
            "{name} is not a Party on {at}: its withdrawal took effect on {until}",
            name=named,
            at=at,
            until=until.isoformat(),
        )
    if standing in (Standing.NOT_YET, Standing.RATIFIED_NOT_IN_FORCE) and since is not None:
        return say(
            "{name} is not a Party on {at}: the treaty enters into force for it on {since}",
            name=named,
            at=at,
            since=since.isoformat(),
        )
    if standing is Standing.SIGNATORY:
        return say("{name} is not a Party on {at}: it signed but has not ratified", name=named, at=at)
    if standing is Standing.APPLICANT:
        return say("{name} is not a Party on {at}: it applied, but its accession was not agreed", name=named, at=at)
    return say("{name} is not a Party on {at} and never was", name=named, at=at)


def _is_group(code: str, day: dt.date) -> bool:
    group = group_of(code, day)
    return group is not None and group.code == code


def _open_skies_airfield(word: str, law: LawDesk, observed: str, field: str, told: list[Text]) -> Airfield:
    """An Open Skies airfield of the observed Party on that day, as the law data or the facts have it."""
    place, owners = _place(word, law, observed, field), (observed, *law.members(observed))
    if not any(place.belongs_to(owner) for owner in owners):
        raise InputError(
            "foreign_airfield",
            say(
                "{name} ({ident}) is an airfield of {party}, not of the observed Party {observed}; its Open Skies "
                "airfields are {known}",
                name=place.name,
                ident=place.id,
                party=place.party,
                observed=observed,
                known=_names(law.sites_of(observed, AIRFIELD)),
            ),
            field,
        )
    if AIRFIELD not in place.roles:
        raise InputError(
            "no_open_skies_airfield",
            say(
                "{name} ({ident}) is no Open Skies airfield of {observed} on {day}; these are: {known}",
                name=place.name,
                ident=place.id,
                observed=observed,
                day=law.at.isoformat(),
                known=_names(law.sites_of(observed, AIRFIELD)),
            ),
            field,
        )
    told.extend(_doubts(place, law))
    return _airfield(place)


def _place(word: str, law: LawDesk, observed: str, field: str) -> LawSite:
    """Find the place that a word means: the facts may know one that the law data lack on that day."""
    said = law.site(word) if law.told_of(word) else None
    if said is not None and said.lon is None:
        message = say(
            "where {ident} is nobody has said; give its lon and lat in the facts ([[airfield]])", ident=said.id
        )
        raise InputError("no_position", message, field)
    try:
        return said or site(word, law.at)
    except InputError as error:
        message = say("{problem} {choice}", problem=error.message, choice=_choice(law, observed))
        raise type(error)(error.kind, message, field, error.faults) from error


def _choice(law: LawDesk, observed: str) -> Text:
    """Say which airfields could be named instead."""
    known = law.sites_of(observed, AIRFIELD)
    if not known:
        return say(
            "The public data know no Open Skies airfield of {observed} on {day}; give one in the facts ([[airfield]]).",
            observed=observed,
            day=law.at.isoformat(),
        )
    return say(
        "The Open Skies airfields of {observed} on {day} are {known}.",
        observed=observed,
        day=law.at.isoformat(),
        known=_names(known),
    )


def _doubts(place: LawSite, law: LawDesk) -> Iterator[Text]:
    """Tell what a reader should know of an airfield: that only the facts name it, or that it has no runway left."""
    claims = [one for one in place.designations if AIRFIELD in one.roles]
    if all(one.status == CLAIM for one in claims):
        yield say(
            "that {ident} is an Open Skies airfield is a claim of the facts ({source}); the public data do not have it",
            ident=place.id,
            source=claims[0].source,
        )
    if place.closed_year is not None and place.closed_year <= law.at.year:
        yield say(
            "{ident} is still listed, but no runway has been in use there since {year}",
            ident=place.id,
            year=str(place.closed_year),
        )


def _names(places: Sequence[LawSite]) -> str:
    return ", ".join(f"{place.id} ({place.name})" for place in places) or "-"


def _airfield(place: LawSite) -> Airfield:
    lon, lat = place.position
    return Airfield(place.id, lon, lat, place.name)


def _landings(law: LawDesk, observed: str) -> tuple[Airfield, ...]:
    """Every designated airfield at which the flight may be interrupted, by identifier."""
    found: dict[str, Airfield] = {}
    for role in _LANDING_ROLES:
        for place in law.sites_of(observed, role):
            if place.lon is not None and place.lat is not None:
                found.setdefault(place.id, _airfield(place))
    return tuple(found[ident] for ident in sorted(found))


def _limit_km(start: Airfield, law: LawDesk, told: list[Text]) -> float:
    """The maximum flight distance of the airfield; the smallest of several candidates, and a word about it."""
    figure = law.maximum_distances(start.ident)[""]
    if figure.settled is not None:
        if figure.used[0].status == CLAIM:
            told.append(
                say(
                    "the maximum flight distance of {ident}, {limit:g} km, is a claim of the facts ({source})",
                    ident=start.ident,
                    limit=figure.settled,
                    source=figure.used[0].source,
                )
            )
        return figure.settled
    if figure.candidates:
        candidates = sorted(figure.candidates)
        told.append(
            say(
                "the maximum flight distance of {ident} on {day} is not settled between {candidates} km; "
                "planned within the smallest",
                ident=start.ident,
                day=law.at.isoformat(),
                candidates=", ".join(f"{value:g}" for value in candidates),
            )
        )
        return candidates[0]
    raise (InputError if figure.in_force else NotInForceError)(
        "no_flight_distance",
        say(
            "no maximum flight distance is known for {name} ({ident}) on {day}; commence at an airfield that has one, "
            "or give it in the facts ([[airfield]])",
            name=start.name,
            ident=start.ident,
            day=law.at.isoformat(),
        ),
        "start",
    )
