"""Makes the builders of plans importable by path: ``from tests.route.rules.plans import make_plan``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView

_ROOT = str(Path(__file__).resolve().parents[3])
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)


@pytest.fixture(scope="session")
def un() -> BorderView:
    """The border view of the organs of the United Nations."""
    return load_view("un")
