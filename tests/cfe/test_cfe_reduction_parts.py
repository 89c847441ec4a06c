"""One rule of reduction at a time: paragraphs that speak of every entry, and procedures as wholes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.ledgers import AT, SITE, item, ledger, liability, verdicts

from skywitness.cfe.law import Law
from skywitness.cfe.reduction.items import judge_items
from skywitness.cfe.reduction.places import judge_places
from skywitness.cfe.reduction.seen import judge_seen
from skywitness.cfe.reduction.ways import judge_caps, judge_ways
from skywitness.core.reading import Reading

LAW = Law(Reading(at=AT))
ACCIDENT = {"way": "accident", "site": ""}


@pytest.mark.parametrize(("fields", "verdict"), [(ACCIDENT, "ok"), ({"way": "other"}, "breach must")])
def test_only_ways_that_are_named_reach_the_limits(fields: dict[str, Any], verdict: str) -> None:
    """An accident has its section; a way that no protocol names reduces nothing (VIII.1)."""
    assert verdicts(tuple(judge_ways(ledger(reduced=item(**fields)), LAW)), "VIII.1") == [verdict]


@pytest.mark.parametrize(("count", "wanted"), [(10, "ok may"), (11, "ok may")])
def test_what_is_done_and_notified_counts_no_more(count: int, wanted: str) -> None:
    """Both done, so many fewer are held against the limits (VIII.3)."""
    (one,) = judge_items(ledger(reduced=item(count=count)), LAW)
    assert verdicts((one,), "VIII.3") == [wanted]
    assert one.effect is not None
    assert f"{count} fewer" in str(one.effect.what)


def test_what_is_told_too_late_counts_still() -> None:
    """A notice of the day after the day judged leaves the items where they are (VIII.3)."""
    row = item(date=AT, notified=AT + dt.timedelta(days=1))
    assert verdicts(tuple(judge_items(ledger(reduced=row), LAW)), "VIII.3") == ["not_applicable must"]


@pytest.mark.parametrize(("day", "verdict"), [(17, "ok"), (18, "breach")])
def test_sites_are_told_at_the_beginning(day: int, verdict: str) -> None:
    """By 17 July 1992, where work begins that day (VIII.9)."""
    period = {"state": "DEU", "site": "yard", "begins": dt.date(1992, 7, 17), "ends": dt.date(1992, 8, 30)}
    told = ledger(site={**SITE, "notified": dt.date(1992, 7, day)}, period=[] if verdict == "ok" else period)
    assert verdicts(tuple(judge_places(told, LAW)), "VIII.9") == [verdict]


@pytest.mark.parametrize(("in_area", "verdict"), [(True, "ok"), (False, "breach")])
def test_sites_lie_in_the_area(in_area: bool, verdict: str) -> None:
    """A place outside the area is none to reduce at (VIII.12)."""
    told = ledger(site={**SITE, "in_area": in_area}, reduced=item())
    assert verdicts(tuple(judge_places(told, LAW)), "VIII.12") == [verdict]


@pytest.mark.parametrize(("count", "verdict"), [(237, "ok"), (238, "breach must")])
def test_how_many_are_converted(count: int, verdict: str) -> None:
    """237 of a level of 4,166 (Protocol VIII.2)."""
    told = ledger(liability=liability(), reduced=item("conversion", count=count))
    assert verdicts(tuple(judge_caps(told, LAW)), "REDUCTION.VIII.2") == [verdict]


WHOLE: list[tuple[str, str, dict[str, Any], str]] = [
    # paragraph, procedure, done in full, what is left out to break it
    ("II.1", "presented_aircraft", {"fuselage_presented": True, "complete_assembly": True}, "fuselage_presented"),
    ("II.1", "presented_helicopter",
     {"fuselage_presented": True, "transmission_area_presented": True, "complete_assembly": True},
     "transmission_area_presented"),
    ("VIII.6", "vehicle_conversion",
     {"equipment_removed": True, "rear_engine": True, "roof_removed": True, "side_cut_mm": 300,
      "fighting_vehicle": False}, "roof_removed"),
    ("XI.4", "target_tank",
     {"breech_ring_cut": True, "trunnion_severed": True, "trunnion_mount_severed": True,
      "drive_apertures_severed": True}, "drive_apertures_severed"),
    ("XII.4", "instruction_helicopter", {"tail_severed": True}, "tail_severed"),
]  # fmt: skip


@pytest.mark.parametrize(("provision", "procedure", "facts", "gone"), WHOLE, ids=[f"{r[0]} {r[1]}" for r in WHOLE])
def test_a_procedure_as_a_whole(provision: str, procedure: str, facts: dict[str, Any], gone: str) -> None:
    """With every step done it is done, with one not done it is not, and with one not told it cannot be told."""

    def outcome(told: dict[str, Any]) -> list[str]:
        row = {"state": "DEU", "by": "RUS", "procedure": procedure, **told}
        (seen,) = ledger(site=[], seen=row).seen
        return verdicts(tuple(judge_seen(seen, LAW)), f"REDUCTION.{provision}")

    assert outcome(facts) == ["ok"]
    assert outcome({**facts, gone: False}) == ["breach"]
    assert outcome({name: value for name, value in facts.items() if name != gone}) == ["cannot_tell"]
