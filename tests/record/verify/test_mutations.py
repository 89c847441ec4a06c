"""No byte of a bundle can be changed, and no file dropped, doubled or moved, without both verifiers saying so."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program
from tests.record.verify.conftest import Both

from skywitness.record.bundle.container import BLOCK, members

mutate = load_program("scripts/mutate_bundle.py")


@pytest.fixture(scope="module")
def world(made: ModuleType) -> Any:
    """Give a record of 40 entries."""
    return made.honest(40)


@pytest.fixture(scope="module")
def bundle(world: Any) -> bytes:
    """Give its bundle."""
    found: bytes = world.bundle(world.files())
    return found


def test_the_honest_bundle_passes(world: Any, bundle: bytes, both: Both) -> None:
    """Before anything is changed all steps pass, in both verifiers."""
    assert {verdict for verdict, _ in both(world, bundle).values()} == {"passed"}


def test_every_changed_byte_is_seen(world: Any, bundle: bytes, both: Both) -> None:
    """A bit turned in the header, padding or content of any file fails step 1 or 2, with the code of its place."""
    draw = random.Random(20190403)
    for place in mutate.places(bundle, draw, of_content=1):
        changed = mutate.flip(bundle, place, 1 << draw.randrange(8))
        found = both(world, changed)
        assert found[1][0] == "failed" or found[2][0] == "failed", place
        if mutate.is_content(bundle, place) and found[1][0] == "passed":
            assert found[2][1] & {"file_altered", "seal_form", "seal_signature", "seal_key_unknown"}, place


def test_headers_are_determined_byte_for_byte(bundle: bytes) -> None:
    """Each of the 512 bytes of a header, changed in any way, is refused by the reader of containers alone."""
    import io

    first = next(members(io.BytesIO(bundle)))
    assert first.offset == BLOCK
    for place in range(BLOCK):
        for change in (0x01, 0x20, 0x80):
            with pytest.raises(mutate.ContainerError):
                list(members(io.BytesIO(mutate.flip(bundle, place, change))))


@pytest.mark.parametrize("name", mutate.STRUCTURAL)
def test_files_dropped_doubled_moved_or_exchanged(name: str, world: Any, bundle: bytes, both: Both) -> None:
    """What is done to whole files without a new seal fails step 1 or 2."""
    draw = random.Random(name)
    for _ in range(3):
        found = both(world, mutate.STRUCTURAL[name](bundle, draw))
        assert found[1][0] == "failed" or found[2][0] == "failed"


def test_truncated_anywhere(world: Any, bundle: bytes, both: Both) -> None:
    """A bundle that ends early is told as that, and nothing else is judged."""
    for size in (0, 1, 511, 512, 5000, len(bundle) - 1024, len(bundle) - 1):
        found = both(world, bundle[:size])
        assert found[1] == ("failed", {"truncated"})
        assert all(found[step] == ("cannot_tell", {"not_run"}) for step in range(2, 16))


def test_bytes_behind_the_end(world: Any, bundle: bytes, both: Both) -> None:
    """Nothing may follow a bundle, not even zeros."""
    assert both(world, bundle + b"\0" * 512)[1] == ("failed", {"trailing"})


def test_changes_under_a_new_seal_are_seen_too(world: Any, both: Both) -> None:
    """A bit turned in the logs, Parties or policy, and sealed anew by a dishonest exporter, fails some other step."""
    draw = random.Random(7)
    files = world.files()
    for path in sorted(files):
        if path in ("README.txt", "verify.py", "policy.txt") or not files[path]:
            continue
        for _ in range(2):
            data = mutate.flip(files[path], draw.randrange(len(files[path])), 1 << draw.randrange(8))
            found = both(world, world.bundle({**files, path: data}))
            assert "failed" in {verdict for verdict, _ in found.values()}, path


@pytest.fixture(scope="module")
def base() -> Any:
    """Give a record of 40 entries with its earlier bundle and another telling of it."""
    return mutate.Base.of(40)


@pytest.mark.parametrize("name", mutate.MIXED)
def test_files_of_an_earlier_bundle_are_seen(name: str, base: Any, both: Both) -> None:
    """Files or a seal of an earlier honest bundle, replayed or spliced in, fail step 1 or 2."""
    draw = random.Random(name)
    for _ in range(3):
        found = both(base.world, mutate.MIXED[name](base, draw))
        assert found[1][0] == "failed" or found[2][0] == "failed"


@pytest.mark.parametrize("name", mutate.SEALED)
def test_logs_changed_under_a_new_seal_are_seen(name: str, base: Any, both: Both) -> None:
    """Entries dropped, swapped, replayed or spliced in fail a step behind the seal, though all are accomplices."""
    draw = random.Random(name)
    for _ in range(4):
        found = both(base.world, mutate.SEALED[name](base, draw))
        assert "failed" in {found[step][0] for step in range(3, 16)}


def test_a_remembered_signature_must_have_held() -> None:
    """Only what held before is not checked again: another message, signature or key is."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    kind = mutate.remember(Ed25519PublicKey)
    one, other = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
    known = kind.from_public_bytes(one.public_key().public_bytes_raw())
    signature = one.sign(b"said")
    known.verify(signature, b"said")
    known.verify(signature, b"said")
    stranger = kind.from_public_bytes(other.public_key().public_bytes_raw())
    for key, given, words in (
        (known, signature, b"unsaid"),
        (known, other.sign(b"said"), b"said"),
        (stranger, signature, b"said"),
    ):
        with pytest.raises(InvalidSignature):
            key.verify(given, words)
