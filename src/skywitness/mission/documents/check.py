"""Check a document: one finding or more for every provision that its kind is about."""

from __future__ import annotations

from collections.abc import Collection

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.legal_day import LegalDay
from skywitness.law.provisions import provision, provisions
from skywitness.mission.documents.check_header import judge_header
from skywitness.mission.documents.check_items import judge_items, judge_sums
from skywitness.mission.documents.check_times import judge_times
from skywitness.mission.documents.desk import Desk
from skywitness.mission.documents.document_file import Read
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.documents.model import Fault
from skywitness.mission.documents.setting import Setting

__all__ = ["check_document", "faults_of"]


def check_document(
    read: Read, reading: Reading, setting: Setting | None = None, only: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Check a document by the law of the day of ``reading``, in the Treaty's order; ``only`` by some provisions."""
    day = LegalDay(reading.at, reading.known)
    desk = Desk(read, setting or Setting(), reading, day, frozenset(only))
    found = (*judge_header(desk), *judge_items(desk), *judge_sums(desk), *judge_times(desk))
    place = {row.id: number for number, row in enumerate(provisions())}
    return tuple(sorted(found, key=lambda finding: place[finding.provision]))


def faults_of(read: Read, findings: tuple[Finding, ...]) -> tuple[Fault, ...]:
    """List what is wrong with the document itself: what is missing, and what is in another form."""
    broken = [finding for finding in findings if finding.verdict is Verdict.BREACH and finding.where is not None]
    found = [Fault(one.where.name or "", one.provision, one.why) for one in broken if one.where is not None]
    named = {fault.where for fault in found}
    return (*found, *(fault for fault in read.faults if fault.where not in named))


def _tie() -> None:
    """Tie the checks to every provision that some kind of document is about."""
    for kind in kinds().values():
        for ident in kind.provisions():
            provision(ident)(check_document)


_tie()
