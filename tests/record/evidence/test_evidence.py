"""Evidence proves a fault by the accused Party's own signatures, and nothing else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import entry as entries
from skywitness.record.entry import keys as party_keys
from skywitness.record.entry.keyring import KeyLife, Keyring
from skywitness.record.entry.keys import PartyKey, PublicKey
from skywitness.record.evidence import judge as judging
from skywitness.record.evidence import model
from skywitness.record.evidence.model import Double, Split
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import Frontier, consistency_proof, root_at
from skywitness.record.note.body import Checkpoint
from skywitness.record.note.checkpoint import sign_checkpoint
from skywitness.record.note.pair import PairKeys, PairSigner, Role, signer_from_seeds

NOW = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
ORIGIN = "ukr/record"


def key(party: str, number: int) -> PartyKey:
    """Make a key that is the same on each run."""
    return PartyKey(party, bytes([number]) * 32, bytes([number + 1]) * 32)


LOG = signer_from_seeds(ORIGIN, Role.LOG, b"l" * 32, b"m" * 32)
OTHER_LOG = signer_from_seeds(ORIGIN, Role.LOG, b"x" * 32, b"y" * 32)
ROOT, SIGNING, STRANGER, SECOND = key("UKR", 1), key("UKR", 3), key("UKR", 5), key("UKR", 7)


@dataclass(frozen=True)
class Keys:
    """Who is trusted with which keys."""

    roots: dict[str, PublicKey] = field(default_factory=lambda: {"UKR": ROOT.public})
    of_logs: tuple[PairKeys, ...] = (LOG.keys,)
    rings: dict[str, Keyring] = field(default_factory=dict)

    def root(self, party: str) -> PublicKey | None:
        """Give the root key."""
        return self.roots.get(party)

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys of the log."""
        return self.of_logs if party in self.roots else ()

    def ring(self, party: str) -> Keyring:
        """Give what is known of the entry keys."""
        return self.rings.get(party) or Keyring(party, self.root(party))


class History:
    """A tree over some leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.size = len(leaves)
        self.nodes: dict[tuple[int, int], bytes] = {}
        frontier = Frontier()
        for leaf in leaves:
            for node in frontier.add(leaf_hash(leaf)):
                self.nodes[node.level, node.position] = node.hash

    def node(self, level: int, position: int) -> bytes:
        """Give a kept subtree."""
        return self.nodes[level, position]

    def note(self, size: int, signer: PairSigner = LOG) -> bytes:
        """Sign a checkpoint of the first leaves."""
        return sign_checkpoint(Checkpoint(ORIGIN, size, root_at(size, self.node)), signer, NOW).encoded()


def split_of(one: History, small: int, other: History, large: int) -> Split:
    """Accuse a log of ``small`` entries of one history and ``large`` of another."""
    if small == large:
        return Split("UKR", one.note(small), other.note(large))
    old, proof = root_at(small, other.node), consistency_proof(small, large, other.node)
    return Split("UKR", one.note(small), other.note(large), old, proof)


TRUE = History([b"%d" % n for n in range(40)])


@settings(max_examples=40)
@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_two_histories_prove_a_split_and_one_history_never_does(first: int, second: int, data: st.DataObject) -> None:
    """Whatever the sizes: a leaf that differs before the smaller size proves; equal ones, or a later one, do not."""
    small, large = sorted((first, second))
    place = data.draw(st.integers(0, 39))
    lie = History([b"%d" % n if n != place else b"lie" for n in range(40)])
    evidence = split_of(TRUE, small, lie, large)
    assert model.from_bytes(model.to_bytes(evidence)) == evidence
    if place < small:
        assert "two histories" in str(judging.judge(evidence, Keys()))
    else:
        with pytest.raises(InputError) as refused:
            judging.judge(evidence, Keys())
        assert refused.value.kind == "evidence_unproven"


LIE = History([b"%d" % n if n != 3 else b"lie" for n in range(40)])
GOOD = split_of(TRUE, 8, LIE, 20)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        (replace(GOOD, party="DEU"), "not known"),
        (replace(GOOD, first=TRUE.note(8, OTHER_LOG)), "not signed"),
        (replace(GOOD, proof=GOOD.proof[:-1]), "ends before"),
        (replace(GOOD, proof=(b"\0" * 32, *GOOD.proof[1:])), "root"),
        (replace(GOOD, old_root=b"\0" * 32), "root"),
        (replace(GOOD, first=GOOD.second, second=GOOD.first), "larger"),
        (replace(GOOD, second=b"words"), "proves no fault"),
        (Split("UKR", TRUE.note(8), LIE.note(8), b"\0" * 32), "need no proof"),
    ],
)
def test_a_split_that_does_not_prove_is_refused_with_its_reason(changed: Split, word: str) -> None:
    """Nobody can be accused by a forged note, a broken proof or a Party whose keys nobody knows."""
    with pytest.raises(InputError) as refused:
        judging.judge(changed, Keys())
    assert refused.value.kind in ("evidence_unproven", "evidence_unknown_keys")
    assert word in str(refused.value)


def entry_of(text: str, signer: PartyKey = SIGNING, sequence: int = 4, previous: str | None = "a" * 64) -> bytes:
    """Sign an entry in a stream of a flight."""
    made = entries.build(
        stream="flight/DEU-2019-031",
        author="UKR",
        sequence=sequence,
        previous=previous,
        kind="entry",
        type="test/note",
        time_utc=NOW,
        salt="0" * 32,
        body={"text": text},
    )
    return entries.sign(made, [signer]).to_bytes()


def introduction_of(signer: PartyKey, by: PartyKey = ROOT) -> bytes:
    """Introduce a key."""
    made = entries.build(
        stream="keys",
        author="UKR",
        sequence=0,
        previous=None,
        kind="key",
        type="record/key",
        time_utc=NOW,
        salt="0" * 32,
        body={"action": "introduce", "key": signer.public.to_json()},
    )
    return entries.sign(made, [by]).to_bytes()


def test_two_entries_at_one_place_prove_a_fault() -> None:
    """The same place of the same stream, two payloads, both signed by the author: whoever holds both has the proof."""
    evidence = Double("UKR", entry_of("here"), entry_of("there"), (introduction_of(SIGNING),))
    assert model.from_bytes(model.to_bytes(evidence)) == evidence
    assert "number 4" in str(judging.judge(evidence, Keys()))


@pytest.mark.parametrize(
    ("how", "other", "proves"),
    [("lose", SIGNING, False), ("revoke", SIGNING, True), ("lose", SECOND, True), (None, SIGNING, True)],
    ids=["lost", "revoked", "another key lost", "good"],
)
def test_entries_by_a_lost_key_prove_nothing(
    how: Literal["lose", "revoke"] | None, other: PartyKey, proves: bool
) -> None:
    """A thief may have signed with a key that was lost; one that was only revoked was its Party's all its life."""
    ring = Keyring("UKR", ROOT.public)
    for key_of in (SIGNING, SECOND):
        ended = None if how is None or key_of is not other else 7
        ring.lives[key_of.public.id] = KeyLife(key_of.public, 0, ended, how if ended else None)
    evidence = Double("UKR", entry_of("here"), entry_of("there"), (introduction_of(SIGNING),))
    told, certain = judging.tell(evidence, Keys(rings={"UKR": ring}))
    assert certain is proves
    assert ("was lost" in str(told)) is not proves


@pytest.mark.parametrize(
    ("first", "second", "introduced"),
    [
        (entry_of("a"), entry_of("a"), (introduction_of(SIGNING),)),
        (entry_of("a"), entry_of("b", sequence=5), (introduction_of(SIGNING),)),
        (entry_of("a"), entry_of("b"), ()),
        (entry_of("a"), entry_of("b"), (introduction_of(SIGNING, by=STRANGER),)),
        (entry_of("a"), entry_of("b", STRANGER), (introduction_of(SIGNING),)),
        (entry_of("a"), b"{}", (introduction_of(SIGNING),)),
        (entry_of("a"), entry_of("b"), (entry_of("c"),)),
    ],
    ids=["same", "other place", "no key", "key not by root", "stranger", "no entry", "no introduction"],
)
def test_a_pair_of_entries_that_proves_nothing_is_refused(
    first: bytes, second: bytes, introduced: tuple[bytes, ...]
) -> None:
    """One entry twice, two places, a key that the root key never introduced: no fault of the Party."""
    with pytest.raises(InputError) as refused:
        judging.judge(Double("UKR", first, second, introduced), Keys())
    assert refused.value.kind == "evidence_unproven"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"[]", "object"),
        (b"{}", "kind"),
        (b'{"kind":"split","party":"ukr","version":1}', "party"),
        (b'{"first":"IQ","introduced":1,"kind":"double","party":"UKR","second":null,"version":2}', "introduced"),
        (b"\xff", ""),
    ],
)
def test_broken_evidence_is_refused_in_sentences(body: bytes, word: str) -> None:
    """All faults at once, no traceback."""
    with pytest.raises(InputError) as refused:
        model.from_bytes(body)
    assert word in str(refused.value)


def test_a_generated_key_differs_each_time() -> None:
    """The keys of these tests are fixed; real ones are not."""
    assert party_keys.generate("UKR").id != party_keys.generate("UKR").id
