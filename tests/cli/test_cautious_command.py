"""``plan --cautious`` and ``--cloud-scenarios``: a flight for bad skies, from the command line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

CALL = ("plan", "--over", "DEU", "--by", "RUS", "--from", "ETNW", "--at", "2019-06-03T07:00Z")
LIMIT = ("--limit-km", "400")
"""Enough for the whole of one ring, or for the near side of both."""


def rings(folder: Path, p_clear: float | None = None) -> tuple[Path, Path]:
    """Write two rings of sites west and east of the airfield, and two skies: under each one ring is clear."""
    sites, skies = ["name,lon,lat,value,p_clear"], ["name,m1,m2"]
    for group, lon, value, sky in (("W", 7.83, 1.05, "1,0"), ("E", 11.03, 1.0, "0,1")):
        for number in range(6):
            angle = math.tau * number / 6
            place = f"{lon + 0.44 * math.cos(angle):.3f},{52.46 + 0.27 * math.sin(angle):.3f}"
            sites.append(f"{group}{number},{place},{value},{'' if p_clear is None else p_clear}")
            skies.append(f"{group}{number},{sky}")
    (folder / "sites.csv").write_text("\n".join(sites) + "\n", encoding="utf-8")
    (folder / "skies.csv").write_text("\n".join(skies) + "\n", encoding="utf-8")
    return folder / "sites.csv", folder / "skies.csv"


def test_a_cautious_flight_puts_its_eggs_in_two_baskets(skywitness: Skywitness, tmp_path: Path) -> None:
    """The flight of the highest mean sees one ring, nothing in half of the skies; the cautious one sees some of both.

    It expects less, its quantile is more, the document holds both, and the plan made again is one for the mean.
    """
    sites, skies = rings(tmp_path)
    told = (*CALL, *LIMIT, "--sites", sites, "--cloud-scenarios", skies, "--json")
    cautious = skywitness(*told, "--cautious", "0.5", "--rounds", "400").json
    clouds = cautious["clouds"]
    assert {name[0] for name in cautious["sites_observed"]} == {"W", "E"}
    assert clouds["quantile"] > clouds["highest_expected"]["quantile"] == 0.0
    assert clouds["mean"] < clouds["highest_expected"]["mean"]
    assert (clouds["source"], clouds["scenarios"], clouds["quantile_share"]) == ("told", 2, 0.5)
    assert cautious["expected_score"] == pytest.approx(clouds["mean"])
    assert cautious["plan"]["planner"]["clouds"] == clouds
    assert cautious["bound_of"] == "expected_score"
    assert cautious["bound"] >= cautious["expected_score"]
    assert cautious["verdict"] in ("ok", "cannot_tell")
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(cautious["plan"]), encoding="utf-8")
    again = skywitness("replan", path, "--rounds", "10", "--json").json
    assert again["clouds"]["weighed"] == "expected_value"
    assert again["clouds"]["source"] == "drawn"
    assert again["expected_score"] >= cautious["expected_score"] - 1e-9


def test_the_page_of_a_cautious_flight(skywitness: Skywitness, tmp_path: Path) -> None:
    """The page says what is seen in the worst skies, that they were drawn, and over what length they hang together."""
    sites, _ = rings(tmp_path, 0.6)
    call = (*CALL, *LIMIT, "--sites", sites, "--cautious", "0.2", "--rounds", "20", "--cloud-correlation-km", "100")
    page = skywitness(*call, columns=250).out
    assert "In the worst 20 % of 4000 skies the flight sees no more than" in page
    assert "the flight of the highest expected value" in page
    assert "over 100 km (--cloud-correlation-km), an assumption" in page
    first, second = (skywitness(*call, "--json").json["clouds"] for _ in range(2))
    assert first == second
    assert first["correlation_km"] == 100.0
    assert first["planned_for"]["scenarios"] == 1000


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--cautious", "0.1"), "p_clear"),
        (("--cautious", "0.7"), "0.01 to 0.5"),
        (("--cautious", "0.1", "--clouds", "ignore"), "--clouds ignore"),
        (("--cloud-correlation-km", "-1"), "no length of correlation"),
        (("--cloud-scenarios", "nowhere.csv"), "no such file"),
        (("--cloud-scenarios", "{sites}"), "is not from 0 to 1"),
    ],
)
def test_what_cannot_be_planned(skywitness: Skywitness, tmp_path: Path, more: tuple[str, ...], words: str) -> None:
    """Exit code 2 and one clear sentence, before anything is searched."""
    sites, _ = rings(tmp_path)
    ran = skywitness(*CALL, "--sites", sites, *(one.format(sites=sites) for one in more), columns=200)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())


def test_an_ensemble_gives_the_chances(skywitness: Skywitness, tmp_path: Path) -> None:
    """Without --cautious the skies give the sites their chances, and mean and quantile are those of the members."""
    sites, skies = rings(tmp_path)
    ran = skywitness(
        *CALL, *LIMIT, "--sites", sites, "--cloud-scenarios", skies, "--rounds", "40", "--json"
    ).json  # fmt: skip
    assert {site["p_clear"] for site in ran["plan"]["sites"]} == {0.5}
    assert ran["clouds"]["mean"] == pytest.approx(ran["expected_score"])
    assert ran["clouds"]["quantile"] == 0.0
    assert "planned_for" not in ran["clouds"]
