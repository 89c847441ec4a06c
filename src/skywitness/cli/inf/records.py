"""What records of a file come to, on a page: acts, disputes, what is missing; what many share is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from skywitness.cli.findings_page import MARKS, STYLES
from skywitness.cli.page import Page
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say, say_n, verbatim
from skywitness.inf.classify.answer import Answered
from skywitness.inf.classify.model import Record

__all__ = ["write_acts", "write_disputes", "write_missing"]

_SHOWN: Final = 12
"""So many records are named on a line; the JSON holds all."""

_WORTH: Final = (Verdict.BREACH, Verdict.CANNOT_TELL)


def write_acts(page: Page, found: Answered) -> None:
    """Write the acts that readings find against the Treaty, or cannot judge: one line for those told alike."""
    lines: dict[tuple[Any, ...], dict[str, list[str]]] = {}
    keys: dict[int, tuple[tuple[Any, ...], str]] = {}  # readings share findings
    for one in found.by_reading:
        for finding in one.conduct:
            if finding.verdict in _WORTH:
                if id(finding) not in keys:
                    keys[id(finding)] = _alike(finding)
                key, record = keys[id(finding)]
                names = lines.setdefault(key, {}).setdefault(record, [])
                if one.acceptance.name not in names:
                    names.append(one.acceptance.name)
    if lines:
        page.heading(say("Acts against the Treaty by a reading, or that cannot be judged"))
    for (provision, verdict, template, values), records in lines.items():
        for readings, those in _by_readings(records):
            why = Text(template, (("record", named(those)), *values))
            words = say("{readings}: {provision}: {why}", readings=readings, provision=provision, why=why)
            page.marked(MARKS[verdict], words, STYLES[verdict], indent=2)


def _alike(finding: Finding) -> tuple[tuple[Any, ...], str]:
    """Return what findings on several records have in common, and the record that this one is on."""
    values = dict(finding.why.values)
    record = str(values.pop("record", ""))
    return (finding.provision, finding.verdict, finding.why.template, tuple(values.items())), record


def _by_readings(records: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Gather records by the readings that say the same of them."""
    found: dict[str, list[str]] = {}
    for record, names in records.items():
        found.setdefault("; ".join(names), []).append(record)
    yield from found.items()


def named(records: Iterable[str]) -> Text:
    """Name records in a sentence, the first dozen of many."""
    names = list(records)
    shown = ", ".join(names[:_SHOWN])
    more = len(names) - _SHOWN
    return say("{names} and {count} more", names=shown, count=more) if more > 0 else verbatim(shown)


def write_disputes(page: Page, found: Answered) -> None:
    """Write for each record which others exclude or deny it."""
    if not found.disputes:
        return
    page.heading(say("Records that exclude or deny one another"))
    others: dict[str, tuple[Record, list[Record]]] = {}
    for first, other in found.disputes:
        others.setdefault(first.id, (first, []))[1].append(other)
    for first, those in others.values():
        whom = named(f"{one.id} ({one.by})" for one in those)
        page.marked("·", say("{one} (by {by}) and {others}", one=first.id, by=first.by, others=whom), indent=2)


def write_missing(page: Page, found: Answered) -> None:
    """Write which facts would settle what is open, and that of two records in dispute one has to be chosen."""
    if not found.missing and not found.disputes:
        return
    page.heading(say("What would settle it"))
    for need in found.missing:
        page.marked("·", need, indent=2)
    if found.disputes:
        count = len(found.disputes)
        words = say_n(
            "which of the two records is right that exclude or deny one another",
            "of {count} pairs of records that exclude or deny one another, which is right",
            count,
        )
        page.marked("·", words, indent=2)
