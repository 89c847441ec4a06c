"""Keys of a log that were retired: what they signed before holds, what they sign after does not, for both verifiers."""

from __future__ import annotations

import hashlib
import json
from types import ModuleType
from typing import Any

import pytest
from tests.record.verify.conftest import Both

from skywitness.record.entry import envelope, introduction
from skywitness.record.evidence import model

TO_THE_END = 9
"""How many entries the log of DEU has before the one that retires its keys."""


def renewed(made: ModuleType) -> Any:
    """Make a record in which DEU has renewed the keys of its log after the flight, and gone on."""
    world = made.honest()
    assert len(world.sides["DEU"].leaves) == TO_THE_END
    world.renew_log("DEU")
    world.append("DEU", "exercise/1", kind="opening", parties=["DEU"])
    return world


def as_evidence(data: bytes, ending: str = "note") -> dict[str, bytes]:
    """Name evidence."""
    return {f"evidence/{hashlib.sha256(data).hexdigest()}.{ending}": data}


def test_a_renewed_log_holds_with_all_it_has_signed(made: ModuleType, both: Both) -> None:
    """The new key signs the log as it is; earlier checkpoints by the old one are those of the same history."""
    world = renewed(made)
    old, new = world.sides["DEU"].logs
    leaves = world.sides["DEU"].leaves
    files = world.files()
    for size, signer in ((4, old), (TO_THE_END, old), (TO_THE_END + 1, new)):
        files |= as_evidence(world.checkpoint("DEU", leaves[:size], signer=signer))
    found = both(world, world.bundle(files))
    assert {step for step, (verdict, _) in found.items() if verdict == "failed"} == set()
    assert [found[step] for step in (5, 9, 15)] == [("passed", set())] * 3


def test_a_retired_key_signs_no_larger_log(made: ModuleType, both: Both) -> None:
    """A checkpoint beyond the entry that retired its key is refused, though the tree is right and all cosigned it."""
    world = renewed(made)
    old = world.sides["DEU"].logs[0]
    files = world.files() | {"logs/0/checkpoint": world.checkpoint("DEU", signer=old)}
    assert both(world, world.bundle(files))[5] == ("failed", {"checkpoint_retired"})


@pytest.mark.parametrize(("size", "expected"), [(TO_THE_END, set()), (TO_THE_END + 1, {"checkpoint_retired"})])
def test_the_bound_is_the_entry_itself(made: ModuleType, both: Both, size: int, expected: set[str]) -> None:
    """The old key counts for a log that ends before the entry that retires it, and not for one that holds it."""
    world = renewed(made)
    side = world.sides["DEU"]
    old, at = side.logs[0], side.leaves[size:]
    files = {path: data for path, data in world.files().items() if not path.startswith("logs/0/")}
    del side.leaves[size:]
    assert at
    assert both(world, world.bundle(files | world.log_files(0, "DEU", signer=old)))[5][1] == expected


def test_a_stolen_key_accuses_nobody_of_what_it_signs_later(made: ModuleType, both: Both) -> None:
    """A second history by a retired key proves a fault up to the entry that retired it, and nothing beyond."""
    world = renewed(made)
    side = world.sides["DEU"]
    for size, code in ((TO_THE_END, "split_history"), (TO_THE_END + 1, "evidence_unproven")):
        leaves = [*side.leaves[: size - 1], b"forged"]
        forged = world.checkpoint("DEU", leaves, signer=side.logs[0])
        found = both(world, world.bundle(world.files() | as_evidence(forged)))
        assert found[15] == ("failed" if code == "split_history" else "cannot_tell", {code})
        other = world.checkpoint("DEU", [*side.leaves[: size - 1], b"forged again"], signer=side.logs[0])
        split = model.to_bytes(model.Split("DEU", forged, other))
        found = both(world, world.bundle(world.files() | as_evidence(split, "json")))
        assert found[15][1] == {code}


def told_otherwise(world: Any, **fields: Any) -> dict[str, bytes]:
    """Write all files with another introduction of DEU, signed by its root key."""
    side = world.sides["DEU"]
    value = json.loads(envelope.from_bytes(side.introduction()).payload)
    payload = json.dumps(value | fields, sort_keys=True, separators=(",", ":")).encode()
    signed = envelope.sign(introduction.PAYLOAD_TYPE, payload, [side.root]).to_bytes()
    return dict(world.files()) | {"parties/DEU.json": signed}


def test_the_number_is_that_of_an_introduction_in_the_log(made: ModuleType, both: Both) -> None:
    """A Party cannot put the number back to disown what its key signed: the log itself must say so there."""
    world = renewed(made)
    assert both(world, world.bundle(told_otherwise(world, retired_at=[3, 3])))[9] == ("failed", {"key_unretired"})
    gone = told_otherwise(world) | world.log_files(0, "DEU", withheld={TO_THE_END: "secret"})
    found = both(world, world.bundle(gone))
    assert (found[8], found[9]) == (("cannot_tell", {"withheld"}), ("cannot_tell", {"key_unretired"}))


def test_an_entry_that_the_root_did_not_sign_retires_nothing(made: ModuleType, both: Both) -> None:
    """An introduction entry by an entry key, or of another author, is none."""
    world = made.honest()
    side = world.sides["DEU"]
    side.retired_at.append(len(side.leaves))
    world.append("DEU", "keys", kind="introduction", type="record/introduction")
    assert "key_unretired" in both(world, world.bundle(world.files()))[9][1]


def test_keys_retired_without_a_number_count_on(made: ModuleType, both: Both) -> None:
    """Without a number there is no bound; each of the two keys has its own."""
    world = renewed(made)
    by_old = {"logs/0/checkpoint": world.checkpoint("DEU", signer=world.sides["DEU"].logs[0])}
    for numbers, expected in (([None, None], set()), ([None, TO_THE_END], {"checkpoint_retired"})):
        files = told_otherwise(world, retired_at=numbers) | by_old
        assert both(world, world.bundle(files))[5][1] == expected


@pytest.mark.parametrize("numbers", [[9], [9, 9, 9], [9, -1], [9, True], [9, 9.5], ["9", "9"], None, {}])
def test_numbers_of_another_form_are_refused(made: ModuleType, both: Both, numbers: Any) -> None:
    """One number or nothing for each retired key, or the introduction is none."""
    world = renewed(made)
    assert both(world, world.bundle(told_otherwise(world, retired_at=numbers)))[3][1] == {"party_form"}


def test_a_retired_key_never_comes_back(made: ModuleType, both: Both) -> None:
    """A key that is in use cannot be a retired one."""
    world = renewed(made)
    now = list(world.sides["DEU"].log.keys.vkeys())
    files = told_otherwise(world, retired=now)
    assert both(world, world.bundle(files))[3][1] == {"party_form"}


def test_a_policy_agreed_on_before_still_names_the_log(made: ModuleType, both: Both) -> None:
    """Who agreed on a policy with the old key is led on to the new one by the root key; a half of it is not enough."""
    world, before = renewed(made), made.honest()
    files = world.files() | {"policy.txt": before.policy()}
    trust = world.trust() | {"policy": before.policy().decode()}
    assert both(world, world.bundle(files), trust)[4] == ("passed", set())
    lines = before.policy().decode().splitlines(keepends=True)
    policy = "".join(line for line in lines if not line.startswith(f"log {world.sides['DEU'].logs[0].keys.vkeys()[1]}"))
    assert len(policy.splitlines()) == len(lines) - 1
    found = both(world, world.bundle(files | {"policy.txt": policy.encode()}), trust | {"policy": policy})
    assert found[4][1] == {"policy_log"}


def test_mixed_and_spoilt_signatures(made: ModuleType, both: Both) -> None:
    """One old and one new key are no pair; a spoilt line of the present key does not spoil the pair that retired."""
    world = renewed(made)
    old, new = world.sides["DEU"].logs
    leaves = world.sides["DEU"].leaves
    by_old, by_new, foreign = (
        world.checkpoint("DEU", chosen, by=[], signer=signer).decode().splitlines(keepends=True)
        for chosen, signer in ((leaves, old), (leaves, new), (leaves[:-1], new))
    )
    head, cosigned = by_old[:4], world.checkpoint("DEU").decode().splitlines(keepends=True)[6:]
    for lines, code in (
        ([by_old[4], by_new[5]], "checkpoint_unsigned"),
        ([by_new[4], by_old[5]], "checkpoint_unsigned"),
        ([by_old[4], foreign[5]], "checkpoint_signature"),
        ([*by_old[4:], foreign[5]], "checkpoint_retired"),
    ):
        files = world.files() | {"logs/0/checkpoint": "".join([*head, *lines, *cosigned]).encode()}
        assert both(world, world.bundle(files))[5] == ("failed", {code}), lines
