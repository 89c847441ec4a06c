"""Whom one trusts: logs, witnesses, and how many of them make a checkpoint valid (C2SP tlog-policy, as of 2026).

Every Party is two witnesses in a file, one for each of its keys, and a group of both: ``DEU.ed25519``,
``DEU.ml-dsa-44`` and ``group DEU all DEU.ed25519 DEU.ml-dsa-44``.  So the file means the same to every program that
reads the format.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from skywitness.core.text import Text, say, say_n
from skywitness.record.note.vkey import VerifierKey

NONE = "none"


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log that is trusted, by one of its keys; the name of the key is the log's origin."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class WitnessLine:
    """A witness by one of its keys, under a name that means something in the file only."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Members of which ``threshold`` must have cosigned; each is a witness or a group defined before."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy file says; groups stand in the order in which they are defined."""

    logs: tuple[LogLine, ...]
    witnesses: tuple[WitnessLine, ...]
    groups: tuple[Group, ...]
    quorum: str

    def keys(self) -> tuple[VerifierKey, ...]:
        """Give all keys, those of the logs first."""
        return tuple(log.key for log in self.logs) + tuple(witness.key for witness in self.witnesses)

    def text(self, comments: Sequence[str] = ()) -> str:
        """Write the file, with comments of one line each at its head."""
        lines = [f"# {comment}" for comment in comments]
        lines += [_joined("log", log.key.vkey(), log.url) for log in self.logs]
        lines += [_joined("witness", one.name, one.key.vkey(), one.url) for one in self.witnesses]
        for group in self.groups:
            lines.append(_joined("group", group.name, _threshold(group), *group.members))
        return "".join(f"{line}\n" for line in [*lines, f"quorum {self.quorum}"])


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a witness (no members) or a group has cosigned: ``have`` of ``needed`` members did."""

    name: str
    holds: bool
    have: int
    needed: int
    members: tuple[Standing, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Name the witnesses that have not cosigned, wherever they stand below; none where the group holds already."""
        waiting, found = [self], list[str]()
        while waiting:
            one = waiting.pop()
            if not one.holds and not one.members:
                found.append(one.name)
            elif not one.holds:
                waiting.extend(reversed(one.members))
        return tuple(found)

    def sentence(self) -> Text:
        """Tell this witness or group alone."""
        if not self.members and self.name == NONE:
            return say("No cosignature is asked for.")
        if not self.members:
            return (
                say("{name} has cosigned.", name=self.name)
                if self.holds
                else say("{name} has not cosigned.", name=self.name)
            )
        if self.holds:
            return say_n(
                "{name} holds: {have} of its {total} members have cosigned, {count} is needed.",
                "{name} holds: {have} of its {total} members have cosigned, {count} are needed.",
                self.needed,
                name=self.name,
                have=self.have,
                total=len(self.members),
            )
        return say_n(
            "{name} does not hold: {have} of its {total} members have cosigned, {count} is needed.",
            "{name} does not hold: {have} of its {total} members have cosigned, {count} are needed.",
            self.needed,
            name=self.name,
            have=self.have,
            total=len(self.members),
        )


def evaluate(policy: Policy, cosigners: Collection[VerifierKey]) -> Standing:
    """Judge the quorum for the witnesses that have cosigned, given by their keys."""
    if policy.quorum == NONE:
        return Standing(NONE, True, 0, 0)
    standings: dict[str, Standing] = {}
    for witness in policy.witnesses:
        has = witness.key in cosigners
        standings[witness.name] = Standing(witness.name, has, int(has), 1)
    for group in policy.groups:
        members = tuple(standings[name] for name in group.members)
        have = sum(member.holds for member in members)
        standings[group.name] = Standing(group.name, have >= group.threshold, have, group.threshold, members)
    return standings[policy.quorum]


def _threshold(group: Group) -> str:
    count = len(group.members)
    return "all" if group.threshold == count else "any" if group.threshold == 1 else str(group.threshold)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
