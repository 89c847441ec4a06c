"""Who must annotate the data of a flight, and with what (Article IV, paragraph 5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.route.rules.plans import full_facts, make, make_plan, only, with_aircraft

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.route.model import SensorUse
from skywitness.route.rules.annotation import provider_annotates


@pytest.mark.parametrize(
    ("provided_by", "verdict", "who"),
    [
        ("observing", "ok", "SWE"),
        ("observed", "ok", "DEU"),
        ("ROU", "ok", "ROU"),
        (None, "cannot_tell", None),
    ],
)
def test_who_annotates(provided_by: str | None, verdict: str, who: str | None) -> None:
    """IV.5: whoever provides the aircraft annotates the data; without knowing who does nobody can be named."""
    finding = only(provider_annotates(make(facts=with_aircraft(provided_by=provided_by))))
    assert (finding.verdict, finding.bearer) == (verdict, who)
    if who is not None:
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == (who, "must")
    else:
        assert finding.effect is None


@pytest.mark.parametrize(
    ("category", "day", "article"),
    [
        ("optical_panoramic", dt.date(2015, 6, 10), "B.II.2(A)"),
        ("optical_panoramic", dt.date(2005, 12, 31), "XVIII.II.4"),
        ("optical_panoramic", dt.date(2006, 1, 1), "B.II.2(A)"),
        ("video", dt.date(2015, 6, 10), "B.II.2(B)"),
        ("infrared", dt.date(2015, 6, 10), "B.II.2(B)"),
        ("sar", dt.date(2015, 6, 10), "B.II.2(C)"),
    ],
)
def test_what_is_annotated(category: str, day: dt.date, article: str) -> None:
    """IV.5: what Annex B asks for by category; in the first phase existing practice suffices for cameras."""
    plan = replace(make_plan(), sensors=(SensorUse("CAM", category, 5.0, 3000.0),))
    facts = replace(full_facts(), sensors=())
    finding = only(provider_annotates(make(plan, facts, Reading(at=day))))
    assert finding.verdict is Verdict.OK
    assert article in str(finding.why)
    assert "B.II.1" in str(finding.why)


def test_without_sensors_there_is_nothing_to_annotate() -> None:
    """IV.5: a plan that uses no sensor collects no data."""
    assert only(provider_annotates(make(make_plan(sensors=()), full_facts()))).verdict is Verdict.OK
    bare = replace(make_plan(sensors=()), sensors=())
    assert only(provider_annotates(make(bare, full_facts()))).verdict is Verdict.NOT_APPLICABLE
