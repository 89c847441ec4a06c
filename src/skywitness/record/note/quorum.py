"""How many witnesses are enough, so that a log cannot show two faces: any two quorums must share honest ones.

If two contradicting heads of a log are each cosigned by a quorum, every witness that both quorums share has cosigned
both, which no honest one does.  With at most ``f`` dishonest witnesses, quorums that share more than ``f`` make that
impossible.  Of ``q`` out of ``n`` witnesses, two choices share at least 2q - n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.note.pair import PairKeys
from skywitness.record.note.policy import NONE, Group, LogLine, Policy, WitnessLine


@dataclass(frozen=True, slots=True)
class Party:
    """A Party as a policy knows it: its code, its log and its witness."""

    code: str
    log: PairKeys
    witness: PairKeys


@dataclass(frozen=True, slots=True)
class _Part:
    """A witness or group: what two of its quorums share at least, and how many of its leaves belong to whom."""

    shared: int
    leaves: Counter[str]


def smallest_quorum(n: int, f: int) -> int:
    """Give the smallest q with 2q - n > f, the number of n witnesses needed when f of them may be dishonest.

    Raises ``InputError`` (``policy_overlap``) when n is not above f: then not even all of them suffice.

    >>> smallest_quorum(32, 10), smallest_quorum(4, 0)
    (22, 3)
    """
    if f < 0 or n <= f:
        message = say("Of {n} other Parties none can be enough while {f} may be dishonest.", n=n, f=f)
        raise InputError("policy_overlap", message)
    return (n + f) // 2 + 1


def flight_policy(
    observing: Party, observed: Party, others: Sequence[Party], *, f: int, q: int | None = None
) -> Policy:
    """Make the policy for the record of a flight: both Parties to it, and ``q`` of the others.

    Without ``q`` the smallest that suffices is taken.  Raises ``InputError`` (``policy_overlap``) when 2q - n is not
    above ``f``, and tells the smallest that is.  The two Parties to the flight are not counted: they may agree.
    """
    n = len(others)
    least = smallest_quorum(n, f)
    chosen = least if q is None else q
    if not least <= chosen <= n:
        message = say(
            "Twice {q} of {n} other Parties share at least {shared}; that must be above {f}, so take {least} to {n}.",
            q=chosen,
            n=n,
            shared=max(0, 2 * chosen - n),
            f=f,
            least=least,
        )
        raise InputError("policy_overlap", message)
    parties = (observing, observed, *others)
    if len({party.code for party in parties}) != len(parties):
        raise InputError("bad_policy", say("A Party is named twice among those of the flight and the others."))
    witnesses = tuple(line for party in parties for line in _witness_lines(party))
    groups = [Group(party.code, 2, tuple(line.name for line in _witness_lines(party))) for party in parties]
    groups.append(Group("flight", 2, (observing.code, observed.code)))
    groups.append(Group("others", chosen, tuple(party.code for party in others)))
    groups.append(Group("quorum", 2, ("flight", "others")))
    logs = tuple(LogLine(key) for party in parties for key in (party.log.ed25519, party.log.ml_dsa_44))
    return Policy(logs, witnesses, tuple(groups), "quorum")


def overlap(policy: Policy, but: Collection[str] = ()) -> int:
    """Count the witnesses that any two quorums of a policy share at least, those named in ``but`` not counted.

    Witnesses are counted by the name of their keys, so that both keys of one are one.  One whose keys stand in
    different groups is not counted: a quorum may need only one of them.
    """
    if policy.quorum == NONE:
        return 0
    whole = _leaves(policy)
    parts: dict[str, _Part] = {}
    for witness in policy.witnesses:
        parts[witness.name] = _Part(1, Counter([witness.key.name]))
    for group in policy.groups:
        parts[group.name] = _combined([parts[name] for name in group.members], group.threshold, whole, but)
    return _counted(parts[policy.quorum], whole, but)


def check_overlap(policy: Policy, f: int, but: Collection[str] = ()) -> None:
    """Refuse a policy whose quorums may share no more than ``f`` witnesses (``InputError``, ``policy_overlap``).

    Give the witnesses of the Parties to a flight in ``but`` where these may agree with one another.
    """
    shared = overlap(policy, but)
    if shared <= f:
        message = say(
            "Two quorums may share only {shared} witnesses; if {f} are dishonest, a log could show two faces.",
            shared=shared,
            f=f,
        )
        raise InputError("policy_overlap", message)


def _combined(members: list[_Part], threshold: int, whole: Counter[str], but: Collection[str]) -> _Part:
    leaves = sum((member.leaves for member in members), Counter[str]())
    again = max(0, 2 * threshold - len(members))
    if len(leaves) == 1:
        return _Part(sum(sorted(member.shared for member in members)[:again]), leaves)
    return _Part(sum(sorted(_counted(member, whole, but) for member in members)[:again]), leaves)


def _counted(part: _Part, whole: Counter[str], but: Collection[str]) -> int:
    """Count what a part is worth among others: one witness by its keys at most 1, and 0 if it is not all here."""
    if len(part.leaves) > 1:
        return part.shared
    ((owner, count),) = part.leaves.items()
    return min(1, part.shared) if count == whole[owner] and owner not in but else 0


def _leaves(policy: Policy) -> Counter[str]:
    groups = {group.name: group for group in policy.groups}
    owners = {witness.name: witness.key.name for witness in policy.witnesses}
    waiting, found = [policy.quorum], Counter[str]()
    while waiting:
        name = waiting.pop()
        if name in groups:
            waiting.extend(groups[name].members)
        else:
            found[owners[name]] += 1
    return found


def _witness_lines(party: Party) -> Iterator[WitnessLine]:
    yield WitnessLine(f"{party.code}.ed25519", party.witness.ed25519)
    yield WitnessLine(f"{party.code}.ml-dsa-44", party.witness.ml_dsa_44)
