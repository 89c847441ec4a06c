"""Who is a Party on which day, and whom a word means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from skywitness.core.errors import InputError
from skywitness.core.text import Text, quoted, say
from skywitness.law.group import Group
from skywitness.law.instrument import Instrument, load
from skywitness.law.names import folded, near
from skywitness.law.party import Party, PartyStatus, Standing

__all__ = ["is_party", "parse_party", "parties_on", "party_status"]


def party_status(instrument: Instrument | str, code: str, at: dt.date, known: dt.date | None = None) -> PartyStatus:
    """Say what a State is to an instrument on the day ``at``, as far as was known on the day ``known``.

    A code that is not stored is that of a State which never had to do with the instrument.

    >>> party_status("open-skies", "KGZ", dt.date(2010, 1, 1)).status.value
    'signatory'
    """
    source = load(instrument) if isinstance(instrument, str) else instrument
    if code not in source.parties:
        return PartyStatus(code, code, Standing.NEVER)
    found = source.parties[code].status_on(at, source.heading.entry_into_force, known)
    ended = source.heading.ended
    if found.status is not Standing.PARTY or ended is None or not source.has_ended(at, known):
        return found
    return replace(found, status=Standing.ENDED, until=ended.on, basis=ended.status, source=ended.source)


def is_party(code: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None) -> bool:
    """Tell whether a State is a Party on a day; for a group or Benelux, whether it stands and all its members are."""
    source = instrument or load()
    if code in source.groups:
        group = source.groups[code]
        return group.holds_on(at, known) and all(
            is_party(member, at, known, instrument=source) for member in source.members(group, at)
        )
    return party_status(source, code, at, known).status is Standing.PARTY


def parties_on(at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None) -> frozenset[str]:
    """Return the codes of all States that are Parties on a day; Benelux counts as its three members."""
    source = instrument or load()
    return frozenset(code for code in source.parties if is_party(code, at, known, instrument=source))


def parse_party(word: str, at: dt.date | None = None, *, instrument: Instrument | None = None) -> str:
    """Return the code of the State or group that a word means: ``DEU``, ``blr-rus``, ``Germany``, ``Đức``.

    Codes of other standards (``GER``, ``DE``) are refused with the right one, because a wrong guess would fly over the
    wrong State.  With ``at`` a State that does not exist on that day is refused as well.

    :raises InputError: of kind ``unknown_party``.
    """
    source = instrument or load()
    code = _index(source).get(folded(word))
    if code is None:
        message = say(
            "{word} is no State or group known here.{advice} States are written with three letters (ISO 3166 alpha-3).",
            word=quoted(word),
            advice=_advice(word, source),
        )
        raise InputError("unknown_party", message)
    party = source.parties.get(code)
    if at is not None and party is not None and at not in party.exists:
        raise InputError("unknown_party", _not_then(code, at, source))
    return code


@cache
def _index(instrument: Instrument) -> Mapping[str, str]:
    """Lead from every code and name, folded, to the code it means."""
    index: dict[str, str] = {}
    holders: list[Party | Group] = [*instrument.parties.values(), *instrument.groups.values()]
    for holder in holders:
        for word in (holder.code, holder.name, *holder.names.values(), *holder.aliases):
            index.setdefault(folded(word), holder.code)
    return index


def _advice(word: str, instrument: Instrument) -> Text:
    """Write what was probably meant, as a sentence; nothing when nothing comes near."""
    meant = [party.code for party in instrument.parties.values() if word.strip().upper() in party.slips]
    if not meant:
        index = _index(instrument)
        meant = list(dict.fromkeys(index[name] for name in near(word, index)))
    if not meant:
        return say("")
    named = [f"{code} ({_name(code, instrument)})" for code in meant]
    return say(" Did you mean {codes}?", codes=", ".join(named))


def _name(code: str, instrument: Instrument) -> str:
    return instrument.parties[code].name if code in instrument.parties else instrument.groups[code].name


def _not_then(code: str, at: dt.date, instrument: Instrument) -> Text:
    """Write that a State does not exist on a day."""
    party = instrument.parties[code]
    if party.exists.end is not None and at >= party.exists.end:
        successors = ", ".join(party.successors)
        return say(
            "{name} ended on {end}; its successors are {successors}.",
            name=party.name,
            end=party.exists.end,
            successors=successors,
        )
    return say("{name} exists from {start} on.", name=party.name, start=party.exists.start)
