"""The keys of one Party, as its own log tells them: which key was good at which index.

A Party's root key signs its key entries and its introduction, and nothing else; other entries are signed by keys that
key entries introduced.  The order of the log is the order of time that nobody can shift: a key is good from the entry
after its introduction up to the entry that revokes it or tells its loss.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Checked, SignatureState
from skywitness.record.entry.fields import is_name
from skywitness.record.entry.keys import PublicKey, Signer, read_public_key
from skywitness.record.entry.remark import Remark

Action = Literal["introduce", "revoke", "lose"]
ACTIONS: Final[tuple[Action, ...]] = ("introduce", "revoke", "lose")
Standing = Literal["good", "lost", "unknown"]

CODES: Final[tuple[str, ...]] = (
    "author_not_of_log",
    "author_unsigned",
    "key_ended_twice",
    "key_entry_wrong",
    "key_introduced_twice",
    "key_lost",
    "key_never_introduced",
    "key_revoked",
    "key_too_early",
    "key_unknown",
    "key_unretired",
    "log_begins_without_key",
    "root_as_entry_key",
    "root_did_not_sign",
    "root_signs_entry",
    "root_unknown",
)
"""All codes of remarks on keys (step 9 of a verification)."""

SIGNATURE_CODES: Final[tuple[str, ...]] = tuple(
    state.value for state in SignatureState if state is not SignatureState.VALID
)
"""All codes of remarks on signatures (step 8): ``key_unknown`` is among them for the signatures of others."""


@dataclass(frozen=True, slots=True)
class KeyLife:
    """A key, the index at which the log introduced it, and the one at which it ended and how (``None``: it has not)."""

    key: PublicKey
    introduced: int
    ended: int | None = None
    how: Literal["revoke", "lose"] | None = None


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What a key entry says: ``action`` on ``key``, and why if it says so."""

    action: Action
    key: PublicKey
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Write as the body of a key entry holds it."""
        body: dict[str, Any] = {"action": self.action, "key": self.key.to_json()}
        return body if self.reason is None else {**body, "reason": self.reason}


def read_change(body: Mapping[str, Any], faults: Faults) -> KeyChange | None:
    """Read the body of a key entry; notes all faults and gives ``None`` where there are any."""
    before = len(faults)
    action, reason = body.get("action"), body.get("reason")
    if action not in ACTIONS:
        names = ", ".join(ACTIONS)
        faults.add("body.action", say("{met} is none of {names}", met=quoted(action, 40), names=names))
    if "reason" in body and not is_name(reason):
        faults.add("body.reason", say("a reason is one line of 1 to 255 characters"))
    key = read_public_key(body.get("key"), "body.key", faults)
    return KeyChange(cast(Action, action), key, reason) if key and len(faults) == before else None


class Keyring:
    """The keys of ``party`` as far as its log was read.

    Feed it the entries of the log in order.  ``root`` is the Party's root key from its introduction; without it the
    key entries count, and a remark says that nobody knows who made them.
    """

    def __init__(self, party: str, root: PublicKey | None) -> None:
        self.party = party
        self.root = root
        self.lives: dict[str, KeyLife] = {}
        self.known: dict[Signer, PublicKey] = {Signer(party, root.id): root} if root else {}
        """Every key that may have signed, ended ones too: what ``envelope.verify`` asks for."""

    def feed(self, index: int, entry: Entry, checked: Checked) -> tuple[Remark, ...]:
        """Judge who signed the entry at ``index`` of the log, and learn from it when it is a key entry.

        ``checked`` is what ``envelope.verify`` made of its signatures with ``known`` keys.
        """
        return (*self.judge(index, entry, checked), *self.learn(index, entry, checked))

    def learn(self, index: int, entry: Entry, checked: Checked) -> tuple[Remark, ...]:
        """Take in a key entry; one the root did not sign changes nothing.  Other entries are passed over."""
        if entry.kind != "key" or entry.author != self.party:
            return ()
        change = read_change(entry.body, faults := Faults())
        if change is None:
            return tuple(
                Remark("key_entry_wrong", fault.message, f"{self._where(index)}: {fault.where}") for fault in faults
            )
        if self.root is not None and not self._is_by_root(checked):
            return ()
        if self.root is not None and change.key.id == self.root.id:
            text = say("the root key {key} can be neither introduced nor ended by an entry", key=change.key.id)
            return (Remark("root_as_entry_key", text, self._where(index)),)
        return self._introduce(index, change) if change.action == "introduce" else self._end(index, change)

    def _introduce(self, index: int, change: KeyChange) -> tuple[Remark, ...]:
        key = change.key
        if key.id in self.lives:
            text = say("the key {key} was introduced before; a key never comes back", key=key.id)
            return (Remark("key_introduced_twice", text, self._where(index)),)
        self.lives[key.id] = KeyLife(key, index)
        self.known[Signer(self.party, key.id)] = key
        return ()

    def _end(self, index: int, change: KeyChange) -> tuple[Remark, ...]:
        life = self.lives.get(change.key.id)
        if life is None:
            text = say("the key {key} ends here and was never introduced", key=change.key.id)
            return (Remark("key_never_introduced", text, self._where(index)),)
        how: Literal["revoke", "lose"] = "lose" if change.action == "lose" else "revoke"
        if life.ended is None:
            self.lives[life.key.id] = replace(life, ended=index, how=how)
        elif how == "lose" and life.how == "revoke":
            # A key already put away turns out to be in other hands: that it ended stays as it was.
            self.lives[life.key.id] = replace(life, how=how)
        else:
            text = say("the key {key} ended before, at index {ended}", key=life.key.id, ended=life.ended)
            return (Remark("key_ended_twice", text, self._where(index)),)
        return ()

    def judge(self, index: int, entry: Entry, checked: Checked) -> tuple[Remark, ...]:
        """Say what is wrong with the author's own signatures on the entry at ``index`` of the log."""
        remarks: list[Remark] = []
        where = self._where(index)
        if entry.author != self.party:
            text = say("the log of {party} holds an entry of {author}", party=self.party, author=entry.author)
            return (Remark("author_not_of_log", text, where),)
        if index == 0 and not (entry.kind == "key" and entry.body.get("action") == "introduce"):
            text = say("the log of {party} does not begin with the introduction of a key", party=self.party)
            remarks.append(Remark("log_begins_without_key", text, where))
        if entry.kind == "key":
            return (*remarks, *self._judge_root(checked, where))
        own = [pair for pair in checked.states if pair[0].party == self.party]
        found = [self._judge_signer(index, entry, signer, state) for signer, state in own]
        remarks += [one for one in found if one]
        if not any(one is None and state is SignatureState.VALID for one, (_, state) in zip(found, own, strict=True)):
            text = say("no good signature of its author {party} is on the entry", party=self.party)
            remarks.append(Remark("author_unsigned", text, where))
        return tuple(remarks)

    def _judge_root(self, checked: Checked, where: str) -> tuple[Remark, ...]:
        if self.root is None:
            text = say("the root key of {party} is not known: who made this key entry cannot be told", party=self.party)
            return (Remark("root_unknown", text, where, certain=False),)
        if self._is_by_root(checked):
            return ()
        text = say(
            "the root key of {party} did not sign this key entry, which therefore counts for nothing", party=self.party
        )
        return (Remark("root_did_not_sign", text, where),)

    def _judge_signer(self, index: int, entry: Entry, signer: Signer, state: SignatureState) -> Remark | None:
        where, key_id = self._where(index), signer.key_id
        if self.root is not None and key_id == self.root.id:
            if entry.kind == "introduction":
                return None
            text = say("the root key signs key entries and introductions, and nothing else")
            return Remark("root_signs_entry", text, where)
        life = self.lives.get(key_id)
        if life is None:
            if state is SignatureState.HALF:
                return None
            text = say("the key {key} is not introduced in the log of {party}", key=key_id, party=self.party)
            return Remark("key_unknown", text, where)
        if index <= life.introduced:
            text = say("the key {key} is introduced later, at index {later}", key=key_id, later=life.introduced)
            return Remark("key_too_early", text, where)
        if life.ended is None or index < life.ended:
            return None
        if life.how == "lose":
            text = say("the key {key} was told to be lost before, at index {ended}", key=key_id, ended=life.ended)
            return Remark("key_lost", text, where)
        text = say("the key {key} was revoked before, at index {ended}", key=key_id, ended=life.ended)
        return Remark("key_revoked", text, where)

    def is_good(self, key_id: str, index: int) -> bool:
        """Tell whether the Party's entry at ``index`` of its own log may be signed by the key."""
        life = self.lives.get(key_id)
        return life is not None and life.introduced < index and (life.ended is None or index < life.ended)

    def standing(self, key_id: str) -> Standing:
        """Tell how a signature of the Party on an entry of another log stands, by what is known of its own log.

        Two logs have no common order.  A key that was only revoked was in the Party's hand all its life: its signature
        is ``good``.  After a loss nobody can tell who signed: ``lost``.  The root key signs nothing of others.
        """
        life = self.lives.get(key_id)
        if life is None:
            return "unknown"
        return "lost" if life.how == "lose" else "good"

    def good_keys(self) -> tuple[PublicKey, ...]:
        """Give the keys that are good at the end of what was read, oldest first."""
        return tuple(life.key for life in self.lives.values() if life.ended is None)

    def _is_by_root(self, checked: Checked) -> bool:
        return self.root is not None and Signer(self.party, self.root.id) in checked.valid

    def _where(self, index: int) -> str:
        return f"{self.party} {index}"


def signature_remarks(checked: Checked, author: str, where: str) -> tuple[Remark, ...]:
    """Say what is wrong with signatures as such; a key of somebody else that is not known here cannot be told."""
    remarks = []
    for signer, state in checked.others:
        name = str(signer)
        if state is SignatureState.WRONG:
            text = say("a signature of {signer} is not of this payload and key", signer=name)
        elif state is SignatureState.HALF:
            text = say("{signer} signed with one algorithm only, and both are needed", signer=name)
        else:
            text = say("the key of {signer} is not known", signer=name)
        certain = state is not SignatureState.UNKNOWN_KEY or signer.party == author
        remarks.append(Remark(state.value, text, where, certain))
    return tuple(remarks)


def signed_by(
    checked: Checked, rings: Mapping[str, Keyring], complete: Collection[str] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """Name the Parties whose signature stands, and those of whom it cannot be told, by what is known of their logs.

    For who signs openings and closings beside the author; ``rings`` by Party.  A wrong or half signature is in neither,
    nor is one by a key that the log of its Party does not know when that log was read as a whole (``complete``).
    """
    good: set[str] = set()
    doubtful: set[str] = set()
    for signer, state in checked.states:
        ring = rings.get(signer.party)
        standing = ring.standing(signer.key_id) if ring else "unknown"
        valid, unknown = state is SignatureState.VALID, state is SignatureState.UNKNOWN_KEY
        if valid and standing == "good":
            good.add(signer.party)
        elif (valid and standing == "lost") or (unknown and signer.party not in complete):
            doubtful.add(signer.party)
    return frozenset(good), frozenset(doubtful - good)
