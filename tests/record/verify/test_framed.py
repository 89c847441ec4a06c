"""An exporter who would have an honest Party named at fault: what it chooses to show makes nobody else guilty.

The United States (USA) makes the bundle, keeps back what it likes, adds what it likes, and holds its own witness.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program
from tests.record.verify.conftest import Both, Told

from skywitness.record.entry import introduction
from skywitness.record.entry.entry import Reference
from skywitness.record.entry.introduction import Introduction, Named
from skywitness.record.evidence import model
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint

made: ModuleType = load_program("benchmarks/record_world.py")
UKR = 1  # the number of its log


def failed_at(found: set[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Give what is told for certain."""
    return {(code, where) for verdict, code, where in found if verdict == "failed"}


def shorter(world: Any, leave: int, seconds: int) -> dict[str, bytes]:
    """Show the log of Ukraine as all witnesses saw it some time before, without its last entries."""
    side, now = world.sides["UKR"], world.time_utc
    leaves, side.leaves = side.leaves, side.leaves[:-leave]
    world.time_utc -= dt.timedelta(seconds=seconds)
    made_files: dict[str, bytes] = world.log_files(UKR, "UKR")
    side.leaves, world.time_utc = leaves, now
    here = {path: data for path, data in world.files().items() if not path.startswith(f"logs/{UKR}/")}
    return here | made_files


def test_an_older_state_of_a_log_makes_nobody_a_liar(told: Told) -> None:
    """Receipts of Germany for entries that Ukraine's log holds by now, and its closing, are not told to be false."""
    world = made.World()
    world.begin()
    sent = [world.append("UKR", body={"number": number}) for number in range(3)]
    world.append("DEU", refers_to=[Reference("receives", sent[-1].address)])
    world.close()
    assert told(world, world.files(), *range(8, 16)) == set()
    found = told(world, shorter(world, 1, 30), *range(8, 16))
    stream = made.STREAM
    assert found == {
        ("cannot_tell", "closing_count_differs", f"{stream} UKR"),
        ("cannot_tell", "unknown_reference", f"{stream} DEU 1"),
    }


def test_a_log_cut_under_the_eyes_of_its_witnesses_is_a_fault(told: Told) -> None:
    """The same log, seen so by enough witnesses after Germany's was, lacks what it signed: that is certain."""
    world = made.honest(4)
    found = told(world, shorter(world, 1, 0), *range(8, 16))
    assert ("closing_count_differs", f"{made.STREAM} UKR") in failed_at(found)


def test_an_older_state_of_the_log_that_opened(told: Told) -> None:
    """Ukraine is no stranger in its flight because the log with the opening is shown as it was before."""
    world = made.World()
    world.begin()
    world.append("UKR")
    side = world.sides["DEU"]
    files = world.files()
    leaves, side.leaves = side.leaves, side.leaves[:1]
    world.time_utc -= dt.timedelta(seconds=30)
    old = world.log_files(0, "DEU")
    side.leaves = leaves
    world.time_utc += dt.timedelta(seconds=30)
    files = {path: data for path, data in files.items() if not path.startswith("logs/0/")} | old
    found = told(world, files, *range(8, 16))
    assert ("cannot_tell", "no_opening", f"{made.STREAM} UKR") in found
    assert failed_at(found) == set()


@pytest.mark.parametrize("withheld", [{0}, {0, 3}])
def test_keys_that_were_withheld_may_be_good(withheld: set[int], told: Told) -> None:
    """Who withholds the entry that introduces Ukraine's key makes none of its signatures bad."""
    world = made.honest(8)
    world.change_key("UKR", "revoke", world.sides["UKR"].key)
    world.change_key("UKR", "introduce", made.key_of("UKR", "second"))
    world.append("UKR", "exercise/1", keys=[made.key_of("UKR", "second")])
    files = world.files() | world.log_files(UKR, "UKR", dict.fromkeys(withheld, "for Parties to the flight only"))
    found = told(world, files, *range(3, 16))
    assert failed_at(found) == set()
    codes = {code for _, code, _ in found}
    assert {"withheld", "key_unknown", "author_unsigned", "key_never_introduced"} <= codes


def test_an_unknown_key_before_what_is_withheld_is_certain(told: Told) -> None:
    """What is withheld later cannot have introduced a key before."""
    world = made.honest(4)
    world.append("UKR", "exercise/1", keys=[made.key_of("UKR", "made up")])
    last = len(world.sides["UKR"].leaves)
    world.append("UKR", "exercise/1")
    files = world.files() | world.log_files(UKR, "UKR", {last: "secret"})
    assert ("author_unsigned", f"UKR {last - 1}") in failed_at(told(world, files, 9))


def test_an_altered_file_is_no_fault_of_who_recorded_it(told: Told) -> None:
    """A file exchanged by the exporter has another size: that is not laid at the door of the entry that names it."""
    world = made.honest()
    name = next(iter(world.objects))
    found = told(world, world.files() | {f"objects/{name}": b"longer than it was before"}, 13)
    assert found == {("failed", "object_altered", f"objects/{name}")}


def test_one_witness_that_lies_dates_nobody_ahead(told: Told) -> None:
    """Cosignatures of one false witness alone, dated long ago, fail the quorum and tell nothing of the entries."""
    world = made.honest(4)
    side = world.sides["UKR"]
    head = Checkpoint(side.log.name, len(side.leaves), made.root_of_leaves(map(made.leaf_hash, side.leaves)))
    note = sign_checkpoint(head, side.log, world.time_utc)
    lie = world.sides["USA"].witness.sign(note.text, made.START - dt.timedelta(days=9))
    files = world.files() | {f"logs/{UKR}/checkpoint": note.with_signatures(lie).encoded()}
    found = told(world, files, 7, 14)
    assert failed_at(found) == {("quorum", f"logs/{UKR}/checkpoint")}
    assert {code for _, code, _ in found} == {"quorum", "between_cosignatures"}


def test_a_policy_of_the_exporter_dates_nobody_ahead(told: Told) -> None:
    """With a policy that asks for the false witness alone the same is still not certain."""
    world = made.honest(4)
    side = world.sides["UKR"]
    head = Checkpoint(side.log.name, len(side.leaves), made.root_of_leaves(map(made.leaf_hash, side.leaves)))
    note = sign_checkpoint(head, side.log, world.time_utc)
    lie = world.sides["USA"].witness.sign(note.text, made.START - dt.timedelta(days=9))
    weaker = world.policy().replace(b"quorum quorum\n", b"quorum USA\n")
    files = world.files() | {f"logs/{UKR}/checkpoint": note.with_signatures(lie).encoded(), "policy.txt": weaker}
    for trust in (world.trust(), {**world.trust(), "policy": None}):
        given = {name: value for name, value in trust.items() if value is not None}
        assert "after_cosignature" not in {code for _, code, _ in told(world, files, 14, trust=given)}


def test_a_made_up_party_takes_no_name(told: Told) -> None:
    """A Party that nobody knows, with the name of Ukraine's log and a code before it, is the one refused."""
    world = made.honest(4)
    own = world.sides["UKR"]
    root, log, witness = made.key_of("AAA", "root"), own.log.keys, made.signer_of("AAA", made.Role.WITNESS).keys
    false = Introduction("AAA", 1, root.public, Named(log.name, log.vkeys()), Named(witness.name, witness.vkeys()))
    files = world.files() | {"parties/AAA.json": introduction.build(false, root).to_bytes()}
    found = told(world, files, *range(3, 16))
    assert failed_at(found) == {("party_name", "parties/AAA.json")}


def double_by(world: Any, key: Any) -> dict[str, bytes]:
    """Prove by entries signed with a key that Ukraine filled a place twice."""
    other = made.honest(4)
    side = other.sides["UKR"]
    side.leaves.pop()
    sequence, address = side.heads[made.STREAM]
    side.heads[made.STREAM] = sequence - 1, address
    other.append("UKR", body={"another": True}, keys=[key])
    leaves = world.sides["UKR"].leaves
    data = model.to_bytes(model.Double("UKR", leaves[len(side.leaves) - 1], side.leaves[-1], (leaves[0],)))
    return {f"evidence/{hashlib.sha256(data).hexdigest()}.json": data}


def test_a_stolen_key_proves_nothing_against_its_owner(told: Told, both: Both) -> None:
    """A second entry signed with a key whose loss Ukraine told accuses nobody; with a good key it does."""
    world = made.honest(4)
    assert failed_at(told(world, world.files() | double_by(world, world.sides["UKR"].key), 15))
    world.change_key("UKR", "lose", world.sides["UKR"].key)
    proof = double_by(world, world.sides["UKR"].key)
    found = told(world, world.files() | proof, 15)
    assert found == {("cannot_tell", "evidence_unproven", next(iter(proof)))}
    assert both(world, world.bundle(world.files() | proof))[15][0] == "cannot_tell"


def test_what_a_party_keeps_back_of_its_own_is_not_passed(told: Told) -> None:
    """Ukraine leaves out, withholds or rewrites an entry that Germany holds a receipt for: in no way does it pass."""
    world = made.World()
    world.begin()
    secret = world.append("UKR", body={"late": True})
    world.append("DEU", refers_to=[Reference("receives", secret.address)])
    world.close()
    side = world.sides["UKR"]
    whole = list(side.leaves)
    outcomes = {"withheld": told(world, world.files() | world.log_files(UKR, "UKR", {1: "secret"}), *range(5, 16))}
    side.leaves[:] = whole[:1]
    outcomes["left out, with all witnesses"] = told(world, world.files(), *range(5, 16))
    outcomes["left out, without Germany's witness"] = told(
        world, world.files() | world.log_files(UKR, "UKR", by=["UKR", "USA"]), *range(5, 16)
    )
    side.heads.pop(made.STREAM)
    side.leaves[:] = whole[:1]
    world.append("UKR", body={"late": False})
    outcomes["rewritten"] = told(world, world.files(), *range(5, 16))
    for name, found in outcomes.items():
        assert found, name
        named = {where for _, where in failed_at(found) if where.startswith((made.STREAM, "DEU"))}
        assert named <= {f"{made.STREAM} UKR", f"{made.STREAM} UKR 0", f"{made.STREAM} DEU 1"}, (name, named)


def test_without_trust_nothing_rests_on_the_witnesses_of_the_exporter(told: Told) -> None:
    """A reader who knows no policy is told what is missing as what cannot be told."""
    world = made.honest(4)
    trust = json.loads(json.dumps({"version": 1, "roots": world.trust()["roots"]}))
    found = told(world, shorter(world, 1, 0), 11, 12, trust=trust)
    assert failed_at(found) == set()
    assert found


@pytest.mark.parametrize("signed", [True, False])
def test_a_log_that_the_exporter_made_up_splits_nothing(signed: bool, told: Told) -> None:
    """A tree that is not Ukraine's, beside a checkpoint that is, is no second history that Ukraine signed."""
    world = made.honest(4)
    earlier = world.checkpoint("UKR", world.sides["UKR"].leaves[:2])
    evidence = {f"evidence/{hashlib.sha256(earlier).hexdigest()}.note": earlier}
    assert told(world, world.files() | evidence, 15) == set()
    true = world.checkpoint("UKR")
    leaves = world.sides["UKR"].leaves
    leaves[1], leaves[2] = leaves[2], leaves[1]
    false = world.log_files(UKR, "UKR", **({} if signed else {"signer": made.signer_of("UKR", made.Role.LOG, 7)}))
    files = world.files() | evidence | false | ({f"logs/{UKR}/checkpoint": true} if signed else {})
    found = told(world, files, 5, 6, 15)
    assert {code for code, _ in failed_at(found)} == {"tree_root" if signed else "checkpoint_unsigned"}
