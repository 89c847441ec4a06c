"""``plan``, ``replan`` and ``ask`` with sites that have a chance of a clear sky, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

WEST = [("W1", 7.2, 51.2), ("W2", 7.5, 50.9), ("W3", 7.9, 50.6)]
EAST = [("E1", 11.3, 52.1), ("E2", 11.8, 52.0), ("E3", 12.2, 51.8)]
CALL = ("plan", "--over", "DEU", "--by", "RUS", "--from", "ETNW", "--at", "2019-06-03T07:00Z", "--rounds", "40")
LIMIT = ("--limit-km", "600")
"""Enough for one of the two groups, not for both."""


def sites_file(folder: Path, west: float | None, east: float | None, west_value: float = 3.0) -> Path:
    """Write two groups of sites, each with one chance of a clear sky."""
    rows = ["name,lon,lat,value,p_clear"]
    for group, value, chance in ((WEST, west_value, west), (EAST, 2.0, east)):
        rows += [f"{name},{lon},{lat},{value},{'' if chance is None else chance}" for name, lon, lat in group]
    path = folder / "sites.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def names(document: dict[str, Any]) -> set[str]:
    """Name the groups that are observed."""
    return {name[0] for name in document["sites_observed"]}


def test_the_search_goes_where_the_sky_is_clear(skywitness: Skywitness, tmp_path: Path) -> None:
    """The richer group under cloud gives way to the poorer one under a clear sky; --clouds ignore goes to the richer.

    The bound is one of what is expected, and holds for it; the score stays the full value.
    """
    path = sites_file(tmp_path, 0.2, 0.9)
    ran = skywitness(*CALL, *LIMIT, "--sites", path, "--json").json
    assert names(ran) == {"E"}
    assert ran["score"] == 2.0 * len(ran["sites_observed"])
    assert ran["score_total"] == 15.0
    assert ran["expected_score"] == pytest.approx(0.9 * ran["score"])
    assert ran["bound_of"] == "expected_score"
    assert ran["expected_score"] <= ran["bound"] <= 9.0 * 0.2 + 6.0 * 0.9 + 1e-9
    assert ran["plan"]["planner"]["clouds"]["weighed"] == "expected_value"
    ignored = skywitness(*CALL, *LIMIT, "--sites", path, "--clouds", "ignore", "--json").json
    assert names(ignored) == {"W"}
    assert ignored["expected_score"] == pytest.approx(ignored["score"] * 0.2)
    assert ignored["bound_of"] == "score"
    assert ignored["bound"] >= ignored["score"] == 3.0 * len(ignored["sites_observed"])


def test_the_page_tells_what_is_expected(skywitness: Skywitness, tmp_path: Path) -> None:
    """The page and the PDF say the expected value, and that a site without a chance counts as always clear."""
    page = skywitness(*CALL, *LIMIT, "--sites", sites_file(tmp_path, None, 0.9), columns=200).out
    assert "Under the chances of a clear sky" in page
    assert "3 sites have no chance of a clear sky given, and count as always clear" in page
    assert "can expect" in page


def test_without_chances_nothing_is_said(skywitness: Skywitness, tmp_path: Path) -> None:
    """Sites without p_clear are planned as ever; expected and full value are the same."""
    ran = skywitness(*CALL, *LIMIT, "--sites", sites_file(tmp_path, None, None), "--json").json
    assert ran["expected_score"] == ran["score"] > 0.0
    assert ran["bound_of"] == "score"
    assert "clouds" not in ran["plan"]["planner"]


def test_no_clear_sky_at_all_is_refused(skywitness: Skywitness, tmp_path: Path) -> None:
    """A chance of 0 everywhere is worth no flight; the refusal names the way out."""
    ran = skywitness(*CALL, "--sites", sites_file(tmp_path, 0.0, 0.0))
    assert ran.code == 2
    assert "--clouds ignore" in ran.err
    assert skywitness(*CALL, "--clouds", "maybe", "--sites", "x.csv").code == 2


def test_plans_made_again_count_the_same(skywitness: Skywitness, tmp_path: Path) -> None:
    """``replan`` and ``ask`` weigh by the chances that the plan keeps, and compare what is expected."""
    planned = skywitness(*CALL, *LIMIT, "--sites", sites_file(tmp_path, 0.2, 0.9), "--json").json
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(planned["plan"]), encoding="utf-8")
    again = skywitness("replan", path, "--rounds", "10", "--drop", "E2", "--json").json
    assert names(again) == {"E"}
    changes = again["comparison"]
    assert changes["before"]["expected_score"] == pytest.approx(planned["expected_score"])
    assert changes["after"]["expected_score"] == pytest.approx(again["expected_score"])
    assert changes["expected_score_change"] == pytest.approx(again["expected_score"] - planned["expected_score"])
    asked = skywitness("ask", "more", path, "--km", "600", "--rounds", "20", "--json").json
    assert asked["plan_expected_score"] == pytest.approx(planned["expected_score"])
    most = asked["curve"][-1]
    assert most["expected_score"] < most["score"]
    gain = asked["curve"][1]["expected_score"] - asked["curve"][0]["expected_score"]
    assert asked["gain_of_one_more"] == pytest.approx(gain)
    assert "expected under" in skywitness("ask", "more", path, "--km", "600", "--rounds", "20", columns=200).out
    judged = skywitness("check", path, "--json").json
    assert judged["verdict"] == planned["verdict"]
