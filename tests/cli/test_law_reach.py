"""``skywitness law reach``: page, JSON, map and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Skywitness = Callable[..., Any]
CALL = ("law", "reach", "--at", "2002-01-01")


def test_the_page_says_who_is_not_in_reach(skywitness: Skywitness) -> None:
    """For one Party the page has the table, the reasons with the position, and what the figures rest on."""
    ran = skywitness(*CALL, "--party", "DNK")
    assert ran.code == 0
    words = " ".join(ran.out.split())
    assert "1 not in reach, 0 cannot be told, 1 in reach, 2 beyond the share as (B)(2) or (B)(3) allows." in words
    assert "mainland EKVL 300.2 280.0 1.072 0.993 ✗ (A)" in words
    assert "on land alone the worst placed point is 278.0 km from EKVL" in words
    assert "known to ±2 km" in words


def test_the_page_in_vietnamese(skywitness: Skywitness) -> None:
    """Names of portions and sentences are spoken in the language asked for; JSON keys are not."""
    ran = skywitness(*CALL, "--party", "Denmark", lang="vi")
    assert ran.code == 0
    assert "Quần đảo Faroe" in ran.out
    assert "worst placed" not in ran.out
    assert "disputed areas" not in ran.out
    assert skywitness(*CALL, "--party", "Denmark", "--json", lang="vi").json["rows"][2]["portion"] == "Faroe Islands"


def test_json_has_the_fields_of_the_interface(skywitness: Skywitness) -> None:
    """Rows hold what scripts rely on, with figures as numbers."""
    document = skywitness(*CALL, "--party", "BGR", "--json").json
    assert (document["at"], document["view"]) == ("2002-01-01", "un")
    (row,) = document["rows"]
    assert (row["party"], row["portion"], row["separation_km"]) == ("BGR", "mainland", 0.0)
    assert (row["airfield"], row["verdict"]) == ("LBSF", "ok")
    assert row["limit_km"] == pytest.approx(231.0)
    assert row["ratio"] == pytest.approx(row["distance_km"] / row["limit_km"], abs=1e-4)
    assert row["finding"]["provision"] == "OS:E.5(A)"


def test_the_map_is_written(skywitness: Skywitness, tmp_path: Path) -> None:
    """A map is drawn by the ending of its name: a picture, a drawing, or points for other programs."""
    for name, begins in (("reach.png", b"\x89PNG"), ("reach.svg", b"<?xml"), ("reach.geojson", b"{")):
        target = tmp_path / name
        ran = skywitness(*CALL, "--party", "GRC", "--map", target, "--json")
        assert ran.code == 0
        assert ran.json["map"] == str(target)
        assert target.read_bytes().startswith(begins)
    features = json.loads((tmp_path / "reach.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["kind"] for feature in features} == {"worst_placed", "airfield"}


def test_the_same_map_twice_is_the_same(skywitness: Skywitness, tmp_path: Path) -> None:
    """A map holds no date of its making."""
    drawn = []
    for name in ("one.png", "two.png"):
        skywitness(*CALL, "--party", "BGR", "--map", tmp_path / name)
        drawn.append((tmp_path / name).read_bytes())
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("--party", "Narnia"), "--party"),
        (("--view", "atlantis"), "--view"),
        (("--map", "reach.txt"), "--map"),
        (("--map", "nowhere/at/all/reach.png"), "--map"),
    ],
)
def test_what_is_refused(skywitness: Skywitness, arguments: tuple[str, ...], where: str) -> None:
    """A wrong option ends with exit code 2 and one sentence that names it."""
    ran = skywitness(*CALL, *arguments, "--json")
    assert ran.code == 2
    assert ran.json["error"]["where"] == where


def test_before_the_treaty_there_is_nothing_to_judge(skywitness: Skywitness) -> None:
    """On a day on which the Treaty is not in force the question is refused."""
    ran = skywitness("law", "reach", "--at", "2001-12-31", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "not_in_force")
