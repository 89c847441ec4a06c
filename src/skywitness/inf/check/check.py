"""Judge a ledger file: holdings, eliminations, places, inspections and times, in the order of the Treaty."""

from __future__ import annotations

from typing import Final

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.inf.check.clocks import judge_clocks
from skywitness.inf.check.counting import judge_stores
from skywitness.inf.check.dealings import judge_dealings
from skywitness.inf.check.duration import judge_duration
from skywitness.inf.check.inspections import judge_inspections
from skywitness.inf.check.ledger import judge_ledger
from skywitness.inf.check.model import Ledger
from skywitness.inf.check.on_the_way import judge_on_the_way
from skywitness.inf.check.places import judge_places
from skywitness.inf.check.share import judge_share
from skywitness.inf.law import law_of
from skywitness.law.provisions import provisions

__all__ = ["judge"]

_FIGURES: Final = "INF:MOU.II"


def judge(ledger: Ledger, reading: Reading) -> tuple[Finding, ...]:
    """Judge everything that a file tells, in the order of the Treaty; figures that disagree come first.

    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    law = law_of(reading)
    found = [
        *judge_ledger(ledger, law),
        *judge_share(ledger, law),
        *judge_stores(ledger, law),
        *judge_places(ledger, law),
        *judge_inspections(ledger, law),
        *judge_clocks(ledger, law),
        *judge_dealings(ledger, law),
        *judge_on_the_way(ledger, law),
        *judge_duration(ledger, law),
    ]
    order = {row.id: number for number, row in enumerate(provisions(instrument="inf"), 1)} | {_FIGURES: 0}
    return tuple(sorted(found, key=lambda finding: order[finding.provision]))
