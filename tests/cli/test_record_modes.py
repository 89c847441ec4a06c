"""Modes of what the commands make: secrets are their owner's alone, whatever the umask of who runs them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Skywitness


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set a umask for a test."""
    wanted: int = request.param
    kept = os.umask(wanted)
    yield wanted
    os.umask(kept)


def mode(path: Path) -> int:
    """Give the bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_store_and_files_are_their_owners_alone(umask: int, skywitness: Skywitness, tmp_path: Path) -> None:
    """Folders 0700, files 0600, a stick 0600; what was asked for by name and goes to others as the umask lets."""
    parties = Parties(skywitness, tmp_path)
    parties.make("DEU", "UKR")
    root, file, stick, bundle = (tmp_path / name for name in ("root.json", "plan.json", "to-ukr", "deu.tar"))
    file.write_text("{}")
    parties.json("init", parties["BEL"], "--party", "BEL", "--root-key", root)
    options = ("--type", "plan", "--body", file, "--object", file, "--to", "UKR", "--alone")
    parties.json("append", parties["DEU"], "--stream", STREAM, *options)
    parties.json("sync", parties["DEU"], "--out", stick, "--for", "UKR")
    parties.json("sync", parties["UKR"], "--in", stick)
    (tmp_path / "policy.txt").write_text("quorum none\n")
    parties.json("export", parties["DEU"], "--out", bundle, "--policy", tmp_path / "policy.txt", "--objects")
    parties.json("keys", parties["DEU"], "rotate")
    for party in ("DEU", "UKR", "BEL"):
        for path in (parties[party], *parties[party].rglob("*")):
            told = path.name.endswith(".introduction.json")
            wanted = 0o700 if path.is_dir() else 0o644 & ~umask if told else 0o600
            assert mode(path) == wanted, (path, oct(mode(path)))
    assert (mode(root), mode(stick)) == (0o600, 0o600)
    assert mode(bundle) == 0o666 & ~umask
