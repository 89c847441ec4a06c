"""Tables of told facts that a lawyer can read: one line, one fact, one provision, one verdict."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skywitness.core.finding import Finding

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Line:
    """One line of a table: ``outcome`` is a verdict, and ``may`` where a right is used with it."""

    provision: str
    table: str
    section: str
    told: str
    outcome: str

    @property
    def facts(self) -> dict[str, Any]:
        """The facts told, as a TOML reader gives them."""
        return tomllib.loads(self.told.replace("; ", "\n"))

    def __str__(self) -> str:
        return f"{self.provision} {self.told[:40]}"


def lines(name: str) -> list[Line]:
    """Read a table."""
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.split(" | ")] for row in rows if row and not row.startswith("#")]
    split = [(ident, *where.partition(" ")[::2], told, outcome) for ident, where, told, outcome in cells]
    return [Line(ident, table, section, told, outcome) for ident, table, section, told, outcome in split]


def outcomes(findings: tuple[Finding, ...], provision: str) -> list[str]:
    """Say how findings on a provision came out."""
    return [
        f"{one.verdict.value} may" if one.effect is not None and one.effect.modality == "may" else one.verdict.value
        for one in findings
        if one.provision == provision
    ]
