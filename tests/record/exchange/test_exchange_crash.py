"""A process that exchanges and is killed leaves nothing half done, and the next conversation brings the rest."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from skywitness.record.node import make as node_make
from skywitness.record.node.node import open_node


def _script() -> ModuleType:
    """Load the script as a module."""
    path = Path(__file__).resolve().parents[3] / "scripts" / "crash_sync.py"
    spec = importlib.util.spec_from_file_location("crash_sync", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Ten processes are killed; after each the stores hold whole beginnings, and in the end the same."""
    script = _script()
    folders = (tmp_path / "UKR", tmp_path / "DEU")
    for folder in folders:
        node_make.init(folder, node_make.Wanted(folder.name), script.now)
    here, there = (open_node(folder, script.now) for folder in folders)
    script.introduce(here, there)
    script.introduce(there, here)
    here.close()
    there.close()
    counted = script.crash(folders, 10, 7)
    assert counted["killed"] > 0
    assert counted["entries"] > 12
