"""The same flight under the views of several Parties: what changes, and that every finding says under whose view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from tests.route.rules.plans import GEORGIA, check_whole, make, make_plan

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH
from skywitness.geo.borders import load_view
from skywitness.route.rules.borders import away_from_non_parties
from skywitness.route.rules.context import Context
from skywitness.route.rules.territory import over_observed_territory

CRIMEA = ((34.0, 46.6), (34.1, 45.0), (34.3, 46.7))
MYKOLAIV = ((31.0, 47.9), (32.6, 47.2), (31.5, 47.8))


def flown(points: Sequence[tuple[float, float]], observed: str, view: str, day: str) -> Context:
    """A flight on a day, with the reading and the lines of a view."""
    at = dt.date.fromisoformat(day)
    plan = make_plan(points, observed=observed, overflown=(observed,), at=dt.datetime.combine(at, dt.time(8), dt.UTC))
    return make(plan, reading=Reading(at=at, view=view), view=load_view(view, at))


def near(found: Sequence[Finding], name: str) -> list[Finding]:
    """The findings about one State or area."""
    return [one for one in found if one.where is not None and one.where.name == name]


@pytest.mark.parametrize(
    ("view", "day", "verdict"),
    [
        ("un", "2012-06-01", None),
        ("geo", "2012-06-01", None),
        ("rus", "2008-08-25", None),
        ("rus", "2012-06-01", "breach"),
    ],
)
def test_over_georgia_beside_south_ossetia(view: str, day: str, verdict: str | None) -> None:
    """VI.II.2: from Tbilisi to Kutaisi the ten kilometres are broken for Russia alone, from 26 August 2008 on."""
    found = [check_whole(one) for one in away_from_non_parties(flown(GEORGIA, "GEO", view, day))]
    beside = near(found, "X-SOUTHOSSETIA")
    assert [one.verdict.value for one in beside] == ([verdict] if verdict else [])
    assert all(one.reading.view == view for one in found)
    for one in beside:
        assert "decree 1261" in one.why.render(ENGLISH)
        assert "cited from memory" in one.why.render(ENGLISH)
        (cited,) = [value for value in one.values if value.key == "border_position"]
        assert (cited.subject, cited.start, cited.status) == ("X-SOUTHOSSETIA", dt.date(2008, 8, 26), "recollection")


@pytest.mark.parametrize(
    ("view", "day", "verdict"),
    [
        ("un", "2016-06-01", "ok"),
        ("ukr", "2016-06-01", "ok"),
        ("rus", "2014-03-17", "ok"),
        ("rus", "2014-03-18", "breach"),
        ("rus", "2016-06-01", "breach"),
    ],
)
def test_over_ukraine_and_crimea(view: str, day: str, verdict: str) -> None:
    """II.5: a flight over Ukraine that crosses Crimea leaves its territory for Russia from 18 March 2014 on."""
    (finding,) = over_observed_territory(flown(CRIMEA, "UKR", view, day))
    assert finding.verdict.value == verdict
    assert ("border_position" in [value.key for value in finding.values]) == (verdict == "breach")


@pytest.mark.parametrize(
    ("view", "day", "verdict"), [("un", "2023-06-01", "ok"), ("rus", "2022-09-29", "ok"), ("rus", "2023-06-01", "?")]
)
def test_near_an_area_without_a_line(view: str, day: str, verdict: str) -> None:
    """VI.II.2, II.5: where a view counts land to another State without a line, nobody can tell, the area is named."""
    context = flown(MYKOLAIV, "UKR", view, day)
    for rule in (away_from_non_parties, over_observed_territory):
        found = [check_whole(one) for one in rule(context)]
        lacking = near(found, "X-MYKOLAIVPARTS")
        assert [one.verdict.value for one in lacking] == ([] if verdict == "ok" else ["cannot_tell"])
        assert all("Mykolaiv" in one.why.render(ENGLISH) and one.needs for one in lacking)
        if verdict == "ok":
            assert {one.verdict.value for one in found} == {"ok"}


def test_kosovo_is_a_state_for_those_who_recognise_it() -> None:
    """VI.II.2: near Kosovo the State that is no Party is Serbia or Kosovo; only as drawn nobody can tell which."""
    points, day = ((20.9, 42.2), (21.3, 42.3), (21.4, 41.6)), "2015-06-01"
    named = {}
    for view in ("un", "usa", "kosovo_recognised", "natural_earth"):
        found = list(away_from_non_parties(flown(points, "TUR", view, day)))
        named[view] = {one.where.name: one.verdict.value for one in found if one.where}
    assert "XKX" not in named["un"]
    assert named["usa"]["XKX"] == named["kosovo_recognised"]["XKX"] == "breach"
    assert named["natural_earth"]["XKX"] == "cannot_tell"
