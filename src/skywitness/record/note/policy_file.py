"""Reading a policy file: all faults at once, each with its line (C2SP tlog-policy, as of 2026)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.note.lines import decode_decimal
from skywitness.record.note.policy import NONE, Group, LogLine, Policy, WitnessLine
from skywitness.record.note.vkey import KeyKind, VerifierKey, parse_vkey

MOST_BYTES = 1 << 20
_FORBIDDEN = re.compile(rb"[^\t\x20-\x7e\x80-\xff]")
_LOG_KINDS = {KeyKind.ED25519, KeyKind.ML_DSA_44}
_WITNESS_KINDS = {KeyKind.ED25519_COSIGNATURE, KeyKind.ML_DSA_44}


def parse_policy(data: bytes, where: str = "") -> Policy:
    """Read a policy file.  Raises ``InputError`` (``bad_policy``) that tells all faults with their lines.

    Octets above 0x7E in names and addresses are taken as they are, whatever they mean.
    """
    if len(data) > MOST_BYTES:
        message = say("The policy has {met} bytes; at most {most} are read.", met=len(data), most=MOST_BYTES)
        raise InputError("bad_policy", message, where)
    reader = _Reader()
    *lines, rest = data.split(b"\n")
    if rest:
        lines.append(rest)
        reader.faults.add(f"line {len(lines)}", say("The last line is not ended by a newline; is the file whole?"))
    for number, line in enumerate(lines, start=1):
        reader.read(f"line {number}", line)
    return reader.finish(where)


@dataclass(slots=True)
class _Reader:
    """Reads line by line and remembers what is defined."""

    faults: Faults = field(default_factory=Faults)
    logs: list[LogLine] = field(default_factory=list)
    witnesses: list[WitnessLine] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorums: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def read(self, place: str, line: bytes) -> None:
        """Read one line."""
        if _FORBIDDEN.search(line):
            self.faults.add(place, say("There is a control character in the line."))
            return
        words = [word for word in re.split(r"[ \t]+", line.decode("utf-8", "surrogateescape")) if word]
        if not words or words[0].startswith("#"):
            return
        keyword, *rest = words
        readers = {"log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum}
        if keyword in readers:
            readers[keyword](place, rest)
        else:
            message = say("{met} begins no line; log, witness, group and quorum do.", met=quoted(keyword, 40))
            self.faults.add(place, message)

    def finish(self, where: str) -> Policy:
        """Give the policy, or raise all that is wrong with it."""
        if not self.quorums:
            self.faults.add("", say("There is no quorum line; write quorum and a name, or quorum none."))
        self.faults.raise_if_any("bad_policy", say("The policy cannot be used."), where)
        return Policy(tuple(self.logs), tuple(self.witnesses), tuple(self.groups), self.quorums[0])

    def _log(self, place: str, words: list[str]) -> None:
        if not 1 <= len(words) <= 2:
            self.faults.add(place, say("A log line is: log, verifier key, and perhaps an address."))
            return
        key = self._key(place, words[0], _LOG_KINDS, [log.key for log in self.logs])
        if key:
            self.logs.append(LogLine(key, *words[1:]))

    def _witness(self, place: str, words: list[str]) -> None:
        if not 2 <= len(words) <= 3:
            self.faults.add(place, say("A witness line is: witness, name, verifier key, and perhaps an address."))
            return
        self._define(place, words[0])
        key = self._key(place, words[1], _WITNESS_KINDS, [one.key for one in self.witnesses])
        if key:
            self.witnesses.append(WitnessLine(words[0], key, *words[2:]))

    def _group(self, place: str, words: list[str]) -> None:
        if len(words) < 3:
            self.faults.add(place, say("A group line is: group, name, all or any or a number, and the members."))
            return
        name, word, *members = words
        count = len(members)
        threshold = {"all": count, "any": 1}.get(word) or decode_decimal(word)
        if threshold is None or not 1 <= threshold <= count:
            message = say("{met} is no number of members from 1 to {count}.", met=quoted(word, 40), count=count)
            self.faults.add(place, message)
        for member in members:
            fault = self._member_fault(name, member)
            if fault:
                self.faults.add(place, fault)
            self.members.setdefault(member, name)
        self._define(place, name)
        self.groups.append(Group(name, threshold or 0, tuple(members)))

    def _quorum(self, place: str, words: list[str]) -> None:
        if len(words) != 1:
            self.faults.add(place, say("A quorum line is: quorum, and one name."))
            return
        if self.quorums:
            self.faults.add(place, say("There is a second quorum line; a policy has exactly one."))
        if words[0] != NONE and words[0] not in self.names:
            self.faults.add(place, _undefined(words[0]))
        self.quorums.append(words[0])

    def _define(self, place: str, name: str) -> None:
        if name == NONE:
            self.faults.add(place, say("The name none is kept for a quorum without witnesses."))
        elif name in self.names:
            first = self.names[name]
            self.faults.add(
                place, say("The name {name} is defined before, in {first}.", name=quoted(name), first=first)
            )
        else:
            self.names[name] = place

    def _member_fault(self, group: str, member: str) -> Text | None:
        if member not in self.names:
            return _undefined(member)
        if member in self.members:
            return say(
                "{member} is a member of {first} already; it can be one of {second} no more.",
                member=quoted(member),
                first=quoted(self.members[member]),
                second=quoted(group),
            )
        return None

    def _key(self, place: str, word: str, kinds: set[KeyKind], others: list[VerifierKey]) -> VerifierKey | None:
        try:
            key = parse_vkey(word)
        except InputError as error:
            self.faults.add(place, error.message)
            return None
        if key.kind not in kinds:
            message = say(
                "A key of type {met} cannot stand here; {expected} can.",
                met=f"{int(key.kind):#04x}",
                expected=", ".join(f"{int(kind):#04x}" for kind in sorted(kinds)),
            )
            self.faults.add(place, message)
        if any(other.public_key == key.public_key for other in others):
            self.faults.add(place, say("The public key of {name} stands in a line before.", name=quoted(key.name)))
        return key


def _undefined(name: str) -> Text:
    return say("{name} is not defined on a line before.", name=quoted(name))
