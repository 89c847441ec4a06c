"""The mission report (VI.I.21) drafts itself: from the plan, the facts, the log and the comparison with the track.

What none of them tells is named and left open; nothing is invented, and nobody's signature is put in.  The observing
Party owns the report, and both Parties sign it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.mission.documents.document_file import to_json as document_to_json
from skywitness.mission.documents.draft import Draft, begin, to_skeleton
from skywitness.mission.documents.kinds import kind
from skywitness.mission.documents.model import Item
from skywitness.mission.documents.setting import Setting
from skywitness.mission.report_flown import counted, covers, curtailed, departure, flown_of
from skywitness.route.files.plan_write import plan_hash
from skywitness.track.comparison import FixState
from skywitness.track.exports.shown import Shown
from skywitness.track.model import stamp

KIND: Final = "mission_report"
PROVISION: Final = "OS:VI.I.21"


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One item of the report: its value, or ``None`` where it is open, and who told it.

    ``told_by``: ``plan``, ``track``, ``flight_log``, ``facts``; empty where nobody did.
    """

    item: Item
    value: Any
    told_by: str

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has told the item."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Report:
    """A mission report begun; ``due_utc``: when all Parties must have it, if the departure is known."""

    shown: Shown
    draft: Draft
    items: tuple[ReportItem, ...]
    due_utc: dt.datetime | None


def draft_report(shown: Shown, catalogue: Catalogue = ENGLISH) -> Report:
    """Draft the mission report of a flight; words in its values are in the language of ``catalogue``."""
    flight = shown.flight
    setting = Setting(flight.context.plan, flight.context.facts, flown_of(flight, catalogue))
    begun = begin(kind(KIND), setting)
    left_utc, told_by = departure(flight)
    noted = {
        "curtailed": curtailed(flight),
        "counted": counted(flight, shown.findings),
        "departure_utc": left_utc,
        "covers": covers(flight, False, catalogue),
        "covers_at_exit": covers(flight, True, catalogue),
    }
    draft = _with(begun, {key: value for key, value in noted.items() if value is not None})
    items = tuple(
        ReportItem(
            one, draft.document.items.get(one.id), told_by if one.id == "departure_utc" else _told_by(one, draft)
        )
        for one in draft.kind.items
    )
    return Report(shown, draft, items, _due(shown, left_utc))


def _with(draft: Draft, values: Mapping[str, Any]) -> Draft:
    """Add values that a draft does not take from its setting; what it has already stays."""
    items = {**values, **draft.document.items}
    ordered = {item.id: items[item.id] for item in draft.kind.items if item.id in items}
    document = replace(draft.document, items=MappingProxyType(ordered))
    return replace(
        draft,
        document=document,
        open=tuple(one for one in draft.open if one.where.removeprefix("items.") not in values),
    )


_LOGGED: Final = frozenset({"periods", "curtailed", "counted"})
"""Items that the flight log tells, whatever the track shows."""


_TOLD: Final = frozenset({"covers", "covers_at_exit"})
"""Items that events of the facts tell."""


def _told_by(item: Item, draft: Draft) -> str:
    if item.id not in draft.document.items:
        return ""
    if item.id == "curtailed" and draft.document.items[item.id] == "no":
        return "track"
    if item.id in _LOGGED:
        return "flight_log"
    if item.id in _TOLD:
        return "facts"
    return "track" if item.source.startswith("flown_") else "plan"


def _due(shown: Shown, left_utc: dt.datetime | None) -> dt.datetime | None:
    """Work out until when the report is to be with all Parties."""
    law = shown.flight.context.law
    if left_utc is None or not law.in_force():
        return None
    days = law.planning("mission_report").settled
    return None if days is None else left_utc + dt.timedelta(days=days)


def to_toml(report: Report, catalogue: Catalogue = ENGLISH) -> str:
    """Write the draft as a document that ``document check`` reads; what is open stands in notes."""
    return to_skeleton(report.draft, catalogue)


def to_json(report: Report, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
    """Write the draft for machines: the document, and every item with its provision and who told it."""
    flight = report.shown.flight
    plain = document_to_json(report.draft.document)
    return {
        "kind": KIND,
        "provision": PROVISION,
        "observing": flight.context.plan.observing,
        "observed": flight.context.plan.observed,
        "plan_sha256": plan_hash(flight.context.plan),
        "track": flight.seen.track.source,
        "track_sha256": report.shown.track_sha256 or None,
        "due_utc": stamp(report.due_utc),
        "items": [_item_json(one, plain["items"], report, catalogue) for one in report.items],
        "document": plain,
        "reading": flight.context.reading.to_json(),
    }


def _item_json(one: ReportItem, values: Mapping[str, Any], report: Report, catalogue: Catalogue) -> dict[str, Any]:
    below = f"items.{one.item.id}["
    return {
        "id": one.item.id,
        "provision": one.item.provision,
        "title": one.item.title.render(catalogue),
        "needed": one.item.need,
        "value": values.get(one.item.id),
        "told_by": one.told_by or None,
        "open": one.is_open,
        "open_fields": [found.where for found in report.draft.open if found.where.startswith(below)],
    }


_NOT_PASSED: Final = MappingProxyType(
    {
        FixState.MISSED: say("Fixes of the plan that were not passed:"),
        FixState.OUT_OF_ORDER: say("Fixes of the plan that were passed, but not in their order:"),
        FixState.UNSEEN: say("Fixes of the plan of which the track does not show whether they were passed:"),
    }
)


def remarks(report: Report) -> Iterator[Text]:
    """Say what a reader of the report should know of how its values were found."""
    seen = report.shown.flight.seen
    yield say("Positions, times and distances are those of the track {source}.", source=seen.track.source)
    if seen.gaps:
        yield say(
            "The track has {count} gaps of more than a minute; the way flown in them is counted as straight. At most "
            "{most:,.1f} km were flown in all.",
            count=len(seen.gaps),
            most=seen.most_km,
        )
    for state, text in _NOT_PASSED.items():
        fixes = [fix.fix.ident for fix in seen.fixes if fix.state is state]
        if fixes:
            yield say("{text} {fixes}.", text=text, fixes=", ".join(fixes))
    if not seen.deviations:
        yield say("The track shows no deviation from the planned path of more than the width of a route.")
    if report.due_utc is not None:
        yield say("The report is due with all States Parties by {due}.", due=report.due_utc)
