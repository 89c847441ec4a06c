"""The policy of a flight out of the Parties that a node knows."""

from __future__ import annotations

from collections.abc import Sequence

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.record.entry.introduction import Introduction
from skywitness.record.note.policy import Policy
from skywitness.record.note.quorum import Party, flight_policy, smallest_quorum
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster


def for_flight(
    reader: Reader, observing: str, observed: str, faulty: int, quorum: int | None = None
) -> tuple[Policy, tuple[str, ...], int]:
    """Make the policy of a flight; all other Parties that are known are its other witnesses.

    Gives the policy, these others, and how many of them are enough (without ``quorum`` the fewest that suffice while
    ``faulty`` of them may be dishonest).

    :raises InputError: ``unknown_party``, and ``policy_overlap`` when too few others are known.
    """
    known = _known(reader, (("observing", observing), ("observed", observed)))
    others = tuple(code for code in known if code not in (observing, observed))
    named = [_party(known[code]) for code in (observing, observed, *others)]
    made = flight_policy(named[0], named[1], named[2:], f=faulty, q=quorum)
    return made, others, smallest_quorum(len(others), faulty) if quorum is None else quorum


def witnesses_of(reader: Reader, parties: Sequence[str]) -> frozenset[str]:
    """Give the names of Parties' witnesses, under which policies know them (``InputError``, ``unknown_party``)."""
    known = _known(reader, [(code, code) for code in parties])
    return frozenset(known[code].witness.name for code in parties)


def strangers(reader: Reader, policy: Policy) -> tuple[str, ...]:
    """Name the witnesses of a policy whose key is that of no Party accepted here: nobody knows who holds it.

    The name of a witness proves nothing, whoever wrote the policy chose it; retired keys are strange too.
    """
    keys = [witness_key for one in roster.accepted(reader).values() for witness_key in _vkeys(one)]
    return tuple(one.name for one in policy.witnesses if one.key.vkey() not in keys)


def _vkeys(found: Introduction) -> tuple[str, str]:
    return roster.witness_keys(found).vkeys()


def _known(reader: Reader, named: Sequence[tuple[str, str]]) -> dict[str, Introduction]:
    """Give all Parties that are accepted, if those named are among them."""
    known, faults = dict(roster.accepted(reader)), Faults()
    for field, code in named:
        if code not in known:
            faults.add(field, say("The introduction of {party} was not accepted.", party=code))
    faults.raise_if_any("unknown_party", say("A policy names Parties that are known."))
    return known


def _party(found: Introduction) -> Party:
    return Party(found.party, roster.log_keys(found), roster.witness_keys(found))
