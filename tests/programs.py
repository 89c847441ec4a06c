"""Scripts and benchmarks as modules, for they lie outside the package."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


@functools.cache
def load_program(path: str) -> ModuleType:
    """Import a file by its path in the repository, such as ``scripts/translations.py``, once."""
    spec = importlib.util.spec_from_file_location(f"skywitness_{Path(path).stem}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module
