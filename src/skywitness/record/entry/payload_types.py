"""Types of payloads: what the body of an entry must hold, who may read it, who has to sign it.

The record knows its own types only.  Those of a treaty are registered from above, in a ``Registry`` that is handed to
whoever needs it: nothing is registered by import.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import Fault, Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.record.entry import fields
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.keyring import read_change


@dataclass(frozen=True, slots=True)
class Grant:
    """A Party may read the entry, by ``provision`` and because of ``why``."""

    provision: str
    why: Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """A Party may not read the entry, by ``provision`` and because of ``why``."""

    provision: str
    why: Text


Decision = Grant | Refusal
RULE: Final = "record"
"""Stands for a provision where the rule is the record's own and no treaty's."""


def addressees_only(entry: Entry, party: str) -> Decision:
    """Let everybody read what is addressed to all, and the addressees what is addressed to some."""
    if not entry.to:
        return Grant(RULE, say("the entry is addressed to all"))
    if party in entry.to:
        return Grant(RULE, say("the entry is addressed to {party}", party=party))
    return Refusal(RULE, say("the entry is addressed to {parties}", parties=", ".join(entry.to)))


def everybody(entry: Entry, party: str) -> Decision:  # noqa: ARG001 - every rule is asked alike
    """Let everybody read: what the trust of all rests on is never withheld."""
    return Grant(RULE, say("entries of the type {type} are for all", type=entry.type))


def its_author(entry: Entry) -> frozenset[str]:
    """Name the signers of most entries: their author alone."""
    return frozenset({entry.author})


def all_parties(entry: Entry) -> frozenset[str]:
    """Name the signers of an opening: the author and all Parties it names."""
    return frozenset({entry.author, *entry.parties, *entry.counts})


def no_faults(entry: Entry) -> Iterable[Fault]:  # noqa: ARG001 - every rule is asked alike
    """Find nothing wrong with any body."""
    return ()


@dataclass(frozen=True, slots=True)
class PayloadType:
    """One type: its ``name`` (``open-skies/mission-plan``), and three questions it answers of an entry.

    ``check`` finds the faults of its body (and objects and references, where the type has a say); ``may_read`` decides
    on a Party that neither wrote nor signed it; ``signers`` names who has to sign.
    """

    name: str
    check: Callable[[Entry], Iterable[Fault]] = no_faults
    may_read: Callable[[Entry, str], Decision] = addressees_only
    signers: Callable[[Entry], frozenset[str]] = its_author


class Registry:
    """All types known, by name; it does not change.  ``with_types`` makes a larger one."""

    __slots__ = ("types",)

    def __init__(self, types: Iterable[PayloadType]) -> None:
        named: dict[str, PayloadType] = {}
        for one in types:
            if one.name in named:
                raise InputError("bad_type", say("the type {name} is registered twice", name=quoted(one.name)))
            named[one.name] = one
        self.types: Mapping[str, PayloadType] = MappingProxyType(named)

    def with_types(self, types: Iterable[PayloadType]) -> Registry:
        """Make a registry of these types and those of this one; ``InputError`` (``bad_type``) for a name twice."""
        return Registry([*self.types.values(), *types])

    def knows(self, entry: Entry) -> bool:
        """Tell whether the type of an entry is registered; others are kept, and come from newer programs."""
        return entry.type in self.types

    def check(self, entry: Entry) -> tuple[Fault, ...]:
        """Find all faults of an entry by the rules of its type; of an unknown type nothing can be said, so none."""
        known = self.types.get(entry.type)
        return tuple(known.check(entry)) if known else ()

    def signers(self, entry: Entry) -> frozenset[str]:
        """Name who has to sign an entry: its author, and who its kind and its type ask for."""
        known = self.types.get(entry.type)
        return all_parties(entry) | (known.signers(entry) if known else frozenset())

    def may_read(self, entry: Entry, party: str, signed: Collection[str] = ()) -> Decision:
        """Decide whether ``party`` may read an entry; ``signed`` are the Parties that signed it.

        Its author and signers may, always: they had it before.  Of an unknown type its addressees and signers may, and
        no other, even where it is addressed to all: what its own rules would say is not known here.
        """
        if party == entry.author or party in signed:
            return Grant(RULE, say("{party} has signed the entry", party=party))
        known = self.types.get(entry.type)
        if known:
            return known.may_read(entry, party)
        if party in entry.to:
            return Grant(RULE, say("the entry is addressed to {party}", party=party))
        why = say(
            "the type {type} is not known to this version; only addressees and signers may read it", type=entry.type
        )
        return Refusal(RULE, why)


def _check_key(entry: Entry) -> Iterable[Fault]:
    faults = Faults()
    read_change(entry.body, faults)
    if entry.kind != "key":
        faults.add("kind", say("an entry of the type {type} is of the kind {kind}", type=entry.type, kind="key"))
    return faults


def _of_kind(kind: str) -> Callable[[Entry], Iterable[Fault]]:
    def check(entry: Entry) -> Iterable[Fault]:
        if entry.kind != kind:
            text = say("an entry of the type {type} is of the kind {kind}", type=entry.type, kind=kind)
            yield Fault("kind", text)

    return check


def _refers(relation: str, *words: str) -> Callable[[Entry], Iterable[Fault]]:
    """Ask for a reference of ``relation`` and, in the body, for a line of text under each of ``words``."""

    def check(entry: Entry) -> Iterable[Fault]:
        yield from _of_kind("entry")(entry)
        if not any(one.relation == relation for one in entry.refers_to):
            text = say(
                "an entry of the type {type} needs a reference of the relation {relation}",
                type=entry.type,
                relation=relation,
            )
            yield Fault("refers_to", text)
        for word in words:
            if not fields.is_name(entry.body.get(word)):
                yield Fault(f"body.{word}", say("a line of 1 to 255 characters belongs here"))

    return check


OWN_TYPES: Final[tuple[PayloadType, ...]] = (
    PayloadType("record/key", _check_key, everybody),
    PayloadType("record/introduction", _of_kind("introduction"), everybody),
    PayloadType("record/opening", _of_kind("opening"), signers=all_parties),
    PayloadType("record/closing", _of_kind("closing"), signers=all_parties),
    PayloadType("record/receipt", _refers("receives")),
    PayloadType("record/correction", _refers("corrects", "reason")),
    PayloadType("record/refusal", _refers("answers", "provision", "reason")),
)
"""Types of the record itself.  Keys and introductions are never withheld."""

OWN: Final = Registry(OWN_TYPES)
"""The registry of the record's own types: where a treaty's begins (``OWN.with_types(...)``)."""
