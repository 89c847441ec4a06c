"""Units that aviation writes and the program does not compute in."""

from __future__ import annotations

from typing import Final

FOOT_M: Final = 0.3048
"""The international foot, exact by definition."""
