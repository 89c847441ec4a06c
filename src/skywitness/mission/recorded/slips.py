"""Slips that the record would keep for ever: they are refused before anything is signed.

Nothing is taken back in a record.  A stream misspelt, an addressee that does not exist, an entry where its author is no
Party: each would stand there for all time, and verification would hold it against its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.law.parties import is_party
from skywitness.mission.recorded import audience, copies, names
from skywitness.mission.recorded.flight_stream import PREFIX, opened_by, parties_of
from skywitness.mission.recorded.whom import reaches
from skywitness.record.entry import keys
from skywitness.record.entry.entry import Entry
from skywitness.record.log.model import Draft
from skywitness.record.node.node import Node
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster


def require_own(party: str, corrected: Entry) -> None:
    """Refuse to correct what another Party said.

    :raises InputError: ``corrects_other``.
    """
    if corrected.author != party:
        message = say(
            "The entry is of {author}, and each Party corrects its own; answer it (--answers) instead.",
            author=corrected.author,
        )
        raise InputError("corrects_other", message, "corrects")


def require_known(node: Node, addressees: Sequence[str], where: str = "to") -> None:
    """Refuse codes that are neither of a Party introduced here nor of a State Party of today.

    :raises InputError: ``unknown_party``.
    """
    with node.store.snapshot() as seen:
        known = roster.accepted(seen)
    for code in addressees:
        if keys.is_party(code) and code not in known and not is_party(code, node.clock().date()):
            message = say(
                "{code} is no Party that is known here; introduced are {known}.", code=code, known=_list(known)
            )
            raise InputError("unknown_party", message, where)


def require_data_right(node: Node, draft: Draft, referred: Sequence[tuple[str, Entry]]) -> None:
    """Refuse sensor data to who takes no part in the flight, and a copy that its receiver has not asked for.

    Data go to Parties as Article IX has it (IX.I.4): to the two of the flight, and to others as copies on request.

    :raises InputError: ``data_not_asked``.
    """
    if draft.type == names.COPY:
        answered = [entry for relation, entry in referred if relation == "answers"]
        why = next(copies.objections(node.party, draft.to, answered), None) if answered else None
        if why is not None:
            message = say("This copy of sensor data cannot be given: {why}.", why=why)
            raise InputError("data_not_asked", message, "answers")
    if draft.type != names.SENSOR_DATA:
        return
    parties = parties_of(node.store, draft.stream, node.party)
    today = node.clock().date()
    others = [code for code in draft.to if not reaches(parties, code, today, audience.COPIES)]
    if parties and others:
        message = say(
            "The opening of {stream} names {parties}, not {others}: other Parties are given a copy (sensor-data-copy) "
            "when they ask for it (IX.IV.1).",
            stream=draft.stream,
            parties=", ".join(parties),
            others=", ".join(others),
        )
        raise InputError("data_not_asked", message, "to")


def require_place(node: Node, stream: str, *, alone: bool) -> None:
    """Refuse to begin in the stream of a flight that nobody has opened, or that others opened among themselves.

    :param alone: the Party begins it without the others, who will not sign an opening.
    :raises InputError: ``no_stream``, ``author_not_named``.
    """
    if not stream.startswith(PREFIX):
        return
    with node.store.snapshot() as seen:
        if seen.last_of(node.origin, stream, node.party) is not None or _is_drafted(seen, stream):
            return
        flights = [name for name, _ in seen.streams() if name.startswith(PREFIX)]
        named = opened_by(seen, stream)
    if stream not in flights and not alone:
        message = say(
            "No log held here has a flight {stream}; held are {known}. Open it with the others (record open), or with "
            "--alone begin it without them.",
            stream=stream,
            known=_list(flights),
        )
        raise InputError("no_stream", message, "stream")
    parties = next((one for one in named if one), ())
    if parties and not any(node.party in one for one in named):
        message = say(
            "The opening of {stream} names {parties}: {party} may only receive or answer an entry there.",
            stream=stream,
            parties=", ".join(parties),
            party=node.party,
        )
        raise InputError("author_not_named", message, "stream")


def _is_drafted(seen: Reader, stream: str) -> bool:
    return any(row.stream == stream for row in seen.drafts())


def _list(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "-"
