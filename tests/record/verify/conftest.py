"""A made-up record, and both verifiers held against each other."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program

from skywitness.record.verify import standalone
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import read_trust

Codes = dict[int, tuple[str, set[str]]]
"""By step: its verdict, and the codes of its reasons."""

Both = Callable[..., Codes]
Told = Callable[..., set[tuple[str, str, str]]]
"""What two verifiers tell alike of steps: verdict, code and place of each reason."""


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Give the maker of records."""
    return load_program("benchmarks/record_world.py")


@pytest.fixture
def both(tmp_path: Path) -> Both:
    """Give what verifies a bundle with both programs, compares them, and tells what they found."""
    numbers = itertools.count()

    def run(world: Any, bundle: bytes, trust: dict[str, Any] | None = None) -> Codes:
        path = tmp_path / f"{next(numbers)}.tar"
        path.write_bytes(bundle)
        given = world.trust() if trust is None else trust
        trusted = tmp_path / "trust.json"
        trusted.write_text(json.dumps(given), encoding="utf-8")
        now = world.time_utc + dt.timedelta(days=1)
        steps = verify(path, read_trust(trusted), now)
        one = {step.number: (str(step.verdict), {(why.code, why.certain) for why in step.reasons}) for step in steps}
        other = {}
        for told in standalone.verify(str(path), given, int(now.timestamp())):
            codes = {(why["code"], why["verdict"] == "failed") for why in told["reasons"]}
            other[told["number"]] = told["verdict"], codes
        path.unlink()
        assert one == other
        return {number: (verdict, {code for code, _ in codes}) for number, (verdict, codes) in one.items()}

    return run


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Give what verifies a bundle with both programs and tells the places they name in ``steps``, which must agree."""

    def run(world: Any, files: dict[str, bytes], *steps: int, trust: dict[str, Any] | None = None) -> set[Any]:
        path, trusted = tmp_path / "bundle.tar", tmp_path / "trust.json"
        path.write_bytes(world.bundle(files))
        given = world.trust() if trust is None else trust
        trusted.write_text(json.dumps(given), encoding="utf-8")
        now = world.time_utc + dt.timedelta(days=1)
        one = [step.to_json() for step in verify(path, read_trust(trusted), now)]
        other = standalone.verify(str(path), given, int(now.timestamp()))
        found = []
        for made in (one, other):
            chosen = [step for step in made if step["number"] in steps]
            found.append({(why["verdict"], why["code"], why["where"]) for step in chosen for why in step["reasons"]})
        assert found[0] == found[1]
        return found[0]

    return run
