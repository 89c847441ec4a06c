"""Bundles made and sealed by dishonest Parties who hold their own keys: each is refused, by both verifiers alike."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from tests.record.verify.conftest import Both

from skywitness.record.entry import canonical
from skywitness.record.entry.entry import Reference
from skywitness.record.entry.keys import PartyKey
from skywitness.record.evidence import model
from skywitness.record.merkle.frontier import root_of_leaves
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import consistency_proof
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint

Make = Callable[[ModuleType], tuple[Any, dict[str, bytes]]]
CASES: dict[str, tuple[Make, dict[int, set[str]]]] = {}
DEU_LEAVES, MIDDLE = 9, 4
"""How many entries the log of DEU has, and one in the midst of the flight."""


def case(**codes: set[str]) -> Callable[[Make], Make]:
    """Name a dishonest deed and the codes it must be refused with: ``s10={"sequence_gap"}``."""

    def keep(make: Make) -> Make:
        CASES[make.__name__] = make, {int(step[1:]): found for step, found in codes.items()}
        return make

    return keep


def rebuilt(world: Any, code: str, **head: Any) -> tuple[Any, dict[str, bytes]]:
    """Write all files, the log of one Party with another checkpoint."""
    return world, world.files() | world.log_files(list(world.sides).index(code), code, **head)


@case(s7={"quorum"}, s10={"sequence_gap"})
def entry_dropped_and_the_tree_rebuilt(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """A log drops an entry and signs its new tree; no witness has seen that."""
    world = made.honest()
    del world.sides["DEU"].leaves[MIDDLE]
    return rebuilt(world, "DEU", by=[])


@case(s10={"sequence_gap"}, s12={"unknown_reference"})
def entry_dropped_with_all_witnesses(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """All witnesses help; the numbers of the author and the receipt of the other Party still tell."""
    world = made.honest()
    del world.sides["DEU"].leaves[MIDDLE]
    return world, world.files()


@case(s10={"sequence_gap", "sequence_twice"})
def entries_swapped(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Two entries change places."""
    world = made.honest()
    leaves = world.sides["DEU"].leaves
    leaves[MIDDLE], leaves[MIDDLE + 1] = leaves[MIDDLE + 1], leaves[MIDDLE]
    return world, world.files()


@case(s10={"sequence_twice"})
def entry_replayed(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry stands in the log twice."""
    world = made.honest()
    world.sides["DEU"].leaves.append(world.sides["DEU"].leaves[MIDDLE])
    return world, world.files()


@case(s9={"author_not_of_log"})
def entry_of_another_spliced_in(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry of UKR stands in the log of DEU."""
    world = made.honest()
    world.sides["DEU"].leaves.append(world.sides["UKR"].leaves[1])
    return world, world.files()


@case(s6={"tree_root"})
def history_rewritten_under_an_old_checkpoint(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Tiles and entries are of another history than the checkpoint."""
    world, other = made.honest(), made.honest()
    other.sides["DEU"].leaves[MIDDLE] = other.sides["DEU"].leaves[MIDDLE + 1]
    return world, other.files() | {"logs/0/checkpoint": world.checkpoint("DEU")}


@case(s6={"leaf_differs"}, s10={"sequence_gap", "sequence_twice"})
def entry_exchanged_above_its_leaf(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The hashes stay, the entries are others."""
    world, other = made.honest(), made.honest()
    leaves = other.sides["DEU"].leaves
    leaves[MIDDLE], leaves[MIDDLE + 1] = leaves[MIDDLE + 1], leaves[MIDDLE]
    path = f"logs/0/tile/entries/000.p/{len(leaves)}"
    return world, world.files() | {path: other.files()[path]}


def evidence(data: bytes, ending: str) -> dict[str, bytes]:
    """Name evidence."""
    return {f"evidence/{hashlib.sha256(data).hexdigest()}.{ending}": data}


@case(s15={"split_history"})
def split_history_of_one_size(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An earlier checkpoint of the same log and size tells of another root."""
    world = made.honest()
    leaves = list(world.sides["DEU"].leaves)
    leaves[MIDDLE] = leaves[MIDDLE + 1]
    return world, world.files() | evidence(world.checkpoint("DEU", leaves), "note")


@case(s15={"split_history"})
def split_history_of_an_earlier_size(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An earlier, smaller checkpoint is no beginning of the log."""
    world = made.honest()
    leaves = list(world.sides["UKR"].leaves)[:4]
    leaves[2] = leaves[1]
    return world, world.files() | evidence(world.checkpoint("UKR", leaves), "note")


@case(s15={"later_checkpoint"})
def log_shown_shorter_than_it_was(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The log signed a larger tree before; what is not shown cannot be told."""
    world = made.honest()
    later = made.honest(14).checkpoint("UKR")
    return world, world.files() | evidence(later, "note")


@case(s15={"split_history"})
def proof_of_a_split(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Evidence with a consistency proof, of a Party whose log is shown without the contradiction."""
    world = made.honest()
    hashes = [leaf_hash(one) for one in world.sides["UKR"].leaves]
    false = [*hashes[:2], hashes[3]]
    signer = world.sides["UKR"].log
    at = world.time_utc
    notes = [sign_checkpoint(Checkpoint(signer.name, len(one), root_of_leaves(one)), signer, at).encoded()
             for one in (false, hashes)]  # fmt: skip

    def node(level: int, position: int) -> bytes:
        return root_of_leaves(hashes[position << level : (position + 1) << level])

    proof = consistency_proof(3, len(hashes), node)
    split = model.Split("UKR", notes[0], notes[1], root_of_leaves(hashes[:3]), proof)
    return world, world.files() | evidence(model.to_bytes(split), "json")


@case(s15={"double_entry"})
def proof_of_a_double_entry(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Evidence of two entries that UKR signed for one place."""
    world, other = made.honest(), made.honest()
    other.sides["UKR"].leaves.pop()
    stream, (sequence, address) = made.STREAM, other.sides["UKR"].heads[made.STREAM]
    other.sides["UKR"].heads[stream] = sequence - 1, address
    other.append("UKR", body={"another": True})
    leaves = world.sides["UKR"].leaves
    double = model.Double("UKR", leaves[-1], other.sides["UKR"].leaves[-1], (leaves[0],))
    return world, world.files() | evidence(model.to_bytes(double), "json")


@case(s15={"evidence_unproven"})
def evidence_that_proves_nothing(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """One entry told as two is no proof, and accuses nobody."""
    world = made.honest()
    leaves = world.sides["UKR"].leaves
    double = model.Double("UKR", leaves[-1], leaves[-1], (leaves[0],))
    return world, world.files() | evidence(model.to_bytes(double), "json")


@case(s7={"cosignature_wrong", "quorum"})
def cosignature_forged(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Lines of USA are those it gave for another log."""
    world = made.honest()
    files = world.files()
    own = world.checkpoint("DEU", by=["DEU", "UKR"])
    other = files["logs/1/checkpoint"].decode().splitlines(keepends=True)
    lines = [line for line in other if line.startswith("\u2014 usa/witness")]
    return world, files | {"logs/0/checkpoint": own + "".join(lines).encode()}


@case(s7={"quorum"})
def one_cosignature_of_two_keys(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """A witness has signed with one of its two keys only."""
    world = made.honest()
    files = world.files()
    lines = files["logs/0/checkpoint"].decode().splitlines(keepends=True)
    return world, files | {"logs/0/checkpoint": "".join(lines[:-1]).encode()}


@case(s4={"policy_differs"})
def policy_weakened(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The exporter asks for fewer witnesses than agreed, and has only those."""
    world = made.honest()
    weaker = world.policy().replace(b"quorum quorum\n", b"quorum UKR\n")
    return world, world.files() | world.log_files(0, "DEU", by=["UKR"]) | {"policy.txt": weaker}


@case(s9={"key_revoked", "author_unsigned"}, s2={"seal_key_ended"})
def revoked_key_used(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """DEU revokes its key and goes on signing with it."""
    world = made.honest()
    world.change_key("DEU", "revoke", world.sides["DEU"].key)
    world.append("DEU", "exercise/1", kind="opening", parties=["DEU"])
    return world, world.files()


@case(
    s9={"key_lost", "author_unsigned"},
    s11={"opening_unsigned", "closing_unsigned", "no_closing"},
    s2={"seal_key_ended"},
)
def lost_key_used(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """DEU tells the loss of its key, which goes on signing: what it signed before is in doubt for others."""
    world = made.honest()
    world.change_key("DEU", "lose", world.sides["DEU"].key)
    world.append("DEU", "exercise/1", kind="opening", parties=["DEU"])
    return world, world.files()


@case(s9={"key_unknown", "author_unsigned"}, s8={"key_unknown"})
def unknown_key_used(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry of UKR is signed by a key that UKR never introduced."""
    world = made.honest()
    world.append(
        "UKR", refers_to=[Reference("answers", hashlib.sha256(b"").hexdigest())], keys=[made.key_of("UKR", "x")]
    )
    return world, world.files()


@case(s9={"key_too_early", "author_unsigned"})
def key_used_before_it_was_introduced(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry is signed by a key that is introduced behind it."""
    world = made.honest()
    late = made.key_of("UKR", "late")
    world.append("UKR", "exercise/1", kind="opening", parties=["UKR"], keys=[late])
    world.change_key("UKR", "introduce", late)
    return world, world.files()


@case(s9={"root_did_not_sign", "key_unknown", "author_unsigned"}, s8={"key_unknown"})
def key_introduced_by_an_entry_key(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """A thief of the entry key introduces a key of his own."""
    world = made.honest()
    thief = made.key_of("UKR", "thief")
    world.change_key("UKR", "introduce", thief, signer=world.sides["UKR"].key)
    world.append("UKR", "exercise/1", kind="opening", parties=["UKR"], keys=[thief])
    return world, world.files()


@case(s9={"root_signs_entry", "author_unsigned"})
def root_key_signs_an_entry(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The root key is used for what it is not for."""
    world = made.honest()
    world.append("USA", "exercise/1", kind="opening", parties=["USA"], keys=[world.sides["USA"].root])
    return world, world.files()


@case(s11={"closing_count_differs"})
def closing_counts_too_many(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The closing counts an entry of UKR that is not there."""
    world = made.World()
    world.begin()
    world.exchange(12)
    world.close(counts={"DEU": 8, "UKR": 7})
    return world, world.files()


@case(s11={"after_closing"})
def entry_after_the_closing(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """UKR writes on in a stream that both have closed."""
    world = made.honest()
    world.append("UKR", body={"too": "late"})
    return world, world.files()


@case(s11={"closing_head_differs"})
def closing_names_another_head(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The closing names another last entry of UKR than there is."""
    world = made.World()
    world.begin()
    world.exchange(12)
    heads = {"DEU": world.sides["DEU"].heads[made.STREAM][1], "UKR": hashlib.sha256(b"").hexdigest()}
    world.close(heads=heads)
    return world, world.files()


@case(s11={"closing_unsigned"})
def closing_not_countersigned(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """DEU closes the stream alone."""
    world = made.World()
    world.begin()
    world.exchange(12)
    world.close(keys=[world.sides["DEU"].key])
    return world, world.files()


@case(s11={"closing_unsigned"}, s8={"signature_wrong"})
def countersignature_forged(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """DEU writes down a signature of UKR that UKR gave for the opening."""
    world = made.honest()
    leaves = world.sides["DEU"].leaves
    first, last = json.loads(leaves[1]), json.loads(leaves[-1])
    last["signatures"][2:] = first["signatures"][2:]
    leaves[-1] = canonical.dumps(last)
    return world, world.files()


@case(s8={"signature_half"}, s9={"author_unsigned"})
def one_signature_of_two(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry bears one algorithm's signature only."""
    world = made.honest()
    leaves = world.sides["UKR"].leaves
    value = json.loads(leaves[-1])
    del value["signatures"][1]
    leaves[-1] = canonical.dumps(value)
    return world, world.files()


@case(s8={"entry_form"}, s10={"sequence_gap"}, s12={"unknown_reference"})
def entry_not_canonical(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An envelope says the same in other bytes."""
    world = made.honest()
    leaves = world.sides["DEU"].leaves
    leaves[MIDDLE] = leaves[MIDDLE].replace(b'","', b'", "', 1)
    return world, world.files()


@case(s12={"corrects_other"})
def entry_of_another_corrected(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """UKR corrects what DEU said."""
    world = made.honest()
    address = world.sides["DEU"].heads[made.STREAM][1]
    world.append("UKR", refers_to=[Reference("corrects", address)])
    return world, world.files()


@case(s13={"object_altered"})
def object_exchanged(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """A frame is another one than was recorded, under its old name."""
    world = made.honest()
    return world, world.files() | {f"objects/{next(iter(world.objects))}": b"another picture"}


@case(s13={"object_unnamed"})
def object_added(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """A file lies with the objects that no entry ever named."""
    world = made.honest()
    return world, world.files() | {f"objects/{hashlib.sha256(b'x').hexdigest()}": b"x"}


@case(s14={"time_backwards"})
def entry_dated_back(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry is dated before the one it follows."""
    world = made.honest()
    world.append("UKR", "exercise/1", kind="opening", parties=["UKR"], time_utc=made.START)
    return world, world.files()


@case(s14={"after_cosignature"})
def entry_dated_ahead(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry is dated after all witnesses have seen it."""
    world = made.honest()
    later = world.time_utc + dt.timedelta(hours=2)
    world.append("UKR", "exercise/1", kind="opening", parties=["UKR"], time_utc=later)
    return world, world.files()


@case(s3={"root_differs"})
def party_impersonated(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The reader knows UKR by another root key than the bundle shows."""
    world = made.honest()
    trust = world.trust()
    trust["roots"]["UKR"] = trust["roots"]["USA"]
    files = world.files()
    files["trust"] = json.dumps(trust).encode()
    return world, files


@case(s5={"checkpoint_signature"}, s6={"tree_files"}, s2={"seal_key_unknown"})
def checkpoint_signed_by_another(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The root under the signatures of the log is another."""
    world = made.honest()
    files = world.files()
    other = world.checkpoint("DEU", world.sides["DEU"].leaves[:-1]).decode().splitlines(keepends=True)
    lines = files["logs/0/checkpoint"].decode().splitlines(keepends=True)
    return world, files | {"logs/0/checkpoint": "".join(other[:3] + lines[3:]).encode()}


@case(s5={"checkpoint_unsigned"})
def checkpoint_signed_with_one_key(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """The log has signed with its curve only."""
    world = made.honest()
    files = world.files()
    lines = files["logs/0/checkpoint"].decode().splitlines(keepends=True)
    return world, files | {"logs/0/checkpoint": "".join(lines[:5] + lines[6:]).encode()}


@case(s5={"log_unknown"})
def log_shown_twice(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """Two faces of one log in one bundle."""
    world = made.honest()
    return world, world.files() | world.log_files(3, "DEU")


@case(s6={"withheld_differs"}, s8={"withheld"})
def entry_withheld_in_silence(made: ModuleType) -> tuple[Any, dict[str, bytes]]:
    """An entry is left out and not told as withheld."""
    world = made.honest()
    quiet = world.log_files(0, "DEU", withheld={MIDDLE: "for Parties to the flight only"})
    return world, world.files() | quiet | {"logs/0/withheld.json": b"{}"}


@pytest.mark.parametrize("name", CASES)
def test_dishonest_bundles_are_refused(name: str, made: ModuleType, both: Both) -> None:
    """Each deed has the codes it must have, at its steps, by both verifiers; nothing else of it passes as failed."""
    make, expected = CASES[name]
    world, files = make(made)
    trust = json.loads(files.pop("trust")) if "trust" in files else None
    found = both(world, world.bundle(files), trust)
    for step, codes in expected.items():
        assert codes <= found[step][1], (step, found[step])
        assert found[step][0] in ("failed", "cannot_tell")
    silent = itertools.chain([2] if 2 not in expected else [], [1])
    assert all(found[step][0] == "passed" for step in silent)


def key(party: str, made: ModuleType) -> PartyKey:
    """Make a stranger's key."""
    found: PartyKey = made.key_of(party, "stranger")
    return found


def test_a_seal_by_a_stranger_is_refused(made: ModuleType, both: Both) -> None:
    """Whoever seals with a key that the log of the exporter does not introduce is no exporter."""
    world = made.honest()
    assert both(world, world.bundle(world.files(), key("DEU", made)))[2] == ("failed", {"seal_key_unknown"})


def test_a_seal_of_a_party_without_a_log_here_cannot_be_told(made: ModuleType, both: Both) -> None:
    """The keys of an exporter whose log is not in the bundle are not known."""
    world = made.honest()
    files = {path: data for path, data in world.files().items() if not path.startswith("logs/2/")}
    found = both(world, world.bundle(files, world.sides["USA"].key))
    assert found[2] == ("cannot_tell", {"seal_key_unknown"})
