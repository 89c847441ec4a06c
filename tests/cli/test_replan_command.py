"""``plan --choices``, ``replan`` and ``ask``: choices, wishes, changes and questions, from the command line."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skywitness.cli.main import main
from skywitness.core import geodesy
from skywitness.route.exports.bundle import Form, Written, write_forms
from skywitness.route.files.plan_write import plan_text
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

SITES = """name,lon,lat,value
Kassel,9.48,51.31,3
Erfurt,11.03,50.98,2
Leipzig,12.37,51.34,4
Magdeburg,11.63,52.13,2
Berlin,13.40,52.52,5
Rostock,12.13,54.09,3
Bremen,8.81,53.08,2
Köln,6.96,50.94,4
Nürnberg,11.08,49.45,3
Dresden,13.74,51.05,3
Hannover-Nord,9.73,52.55,1
München,11.58,48.14,5
Stuttgart,9.18,48.78,4
Kiel,10.13,54.32,2
Paris,2.35,48.85,9
"""
CALL = ["plan", "--over", "DEU", "--by", "RUS", "--from", "ETNW", "--at", "2019-06-03T07:00Z", "--rounds", "40"]
QUICK = ("--rounds", "10")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, kernel: None) -> Path:
    """Make a plan once: a folder with sites.csv and plan.json."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    before, sys.stdout = sys.stdout, io.StringIO()
    try:
        assert main([*CALL, "--sites", str(folder / "sites.csv"), "--json"]) == 0
        (folder / "plan.json").write_text(json.dumps(json.loads(sys.stdout.getvalue())["plan"]), encoding="utf-8")
    finally:
        sys.stdout = before
    return folder


def _plan(made: Path) -> Any:
    return json.loads((made / "plan.json").read_text(encoding="utf-8"))


def _seen(plan: Any) -> set[str]:
    return {plan["sites"][index]["name"] for index in plan["observed_sites"]}


def _nearest_km(plan: Any, lon: float, lat: float) -> float:
    """Measure how near a route comes to a place, by points along its legs."""
    points = plan["waypoints"]
    rows = [geodesy.points_along(a["lon"], a["lat"], b["lon"], b["lat"], 0.5) for a, b in itertools.pairwise(points)]
    return min(float(geodesy.distances_km(lon, lat, row[:, 0], row[:, 1]).min()) for row in rows)


def test_choices_differ_and_say_how_much(skywitness: Skywitness, made: Path) -> None:
    """Four routes, each a whole plan without a breach; the shares are those of the sites both observe."""
    ran = skywitness(
        *CALL, "--rounds", "120", "--sites", made / "sites.csv", "--choices", "4", "--limit-km", "900", "--json"
    )
    assert ran.code == 0
    choices, shared = ran.json["choices"], ran.json["shared"]
    assert len(choices) == 4
    assert [choice["score"] for choice in choices] == sorted((choice["score"] for choice in choices), reverse=True)
    worth = {site["name"]: site["value"] for site in choices[0]["plan"]["sites"]}
    for a, one in enumerate(choices):
        assert one["verdict"] in ("ok", "cannot_tell")
        assert one["distance_km"] <= 900.0
        for b, other in enumerate(choices):
            both = sum(worth[name] for name in set(one["sites_observed"]) & set(other["sites_observed"]))
            assert shared[a][b] == pytest.approx(both / min(one["score"], other["score"]))
    assert max(shared[0][1:]) < 1.0
    assert ran.json["plan"] == choices[0]["plan"]


def _plan_only(plan: Plan, _: object, folder: Path, **__: object) -> tuple[Written, ...]:
    """Write the plan alone: its other papers are tested elsewhere and take seconds."""
    return write_forms([Form("plan", "plan.json", lambda: plan_text(plan).encode(), ())], folder)


def test_the_comparison_is_written(
    skywitness: Skywitness, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder for each choice, and a table with every choice in it, as Markdown, JSON and map."""
    monkeypatch.setattr("skywitness.cli.plan_answer.write_all", _plan_only)
    out = tmp_path / "out"
    ran = skywitness(*CALL, "--sites", made / "sites.csv", "--choices", "2", "--out", out)
    assert ran.code == 0
    assert {path.name for path in out.iterdir()} == {
        "choice-1", "choice-2", "choices.md", "choices.json", "choices.png",
    }  # fmt: skip
    table = (out / "choices.md").read_text(encoding="utf-8")
    told = json.loads((out / "choices.json").read_text(encoding="utf-8"))["choices"]
    for choice in told:
        written = json.loads((out / choice["folder"] / "plan.json").read_text(encoding="utf-8"))
        assert sum(written["sites"][k]["value"] for k in written["observed_sites"]) == choice["score"]
        assert f"| {choice['number']} | {choice['score']:.1f} |" in table
    assert (out / "choices.png").read_bytes().startswith(b"\x89PNG")
    assert "Choice 2" in ran.out


def test_a_pinned_site_is_observed(skywitness: Skywitness, made: Path) -> None:
    """The least likely site is in when it must be; the answer says so and what it costs."""
    plan = _plan(made)
    name = min((site for site in plan["sites"] if site["name"] not in _seen(plan)), key=lambda one: one["value"])[
        "name"
    ]
    ran = skywitness("replan", made / "plan.json", "--pin", name, *QUICK, "--json")
    assert ran.code == 0
    assert name in ran.json["sites_observed"]
    assert {"kind": "pin", "name": name, "kept": True, "nearest_km": None, "asked_km": None} in ran.json["wishes"]
    assert name in {site["name"] for site in ran.json["comparison"]["sites_gained"]}


def test_a_forbidden_site_is_kept_out_of_sight(skywitness: Skywitness, made: Path) -> None:
    """No leg comes so near that the sensors see it, measured without the program's own measure."""
    plan = _plan(made)
    site = next(site for site in plan["sites"] if site["name"] in _seen(plan))
    ran = skywitness("replan", made / "plan.json", "--forbid", site["name"], *QUICK, "--json")
    assert site["name"] not in ran.json["sites_observed"]
    assert _nearest_km(ran.json["plan"], site["lon"], site["lat"]) > plan["sensors"][0]["half_swath_km"]
    assert site["name"] in {one["name"] for one in ran.json["comparison"]["sites_lost"]}
    assert site["name"] in {one["name"] for one in ran.json["sites_set_aside"]}


def test_wishes_stay_until_they_are_dropped(skywitness: Skywitness, made: Path, tmp_path: Path) -> None:
    """A plan made with a wish is made again with it, unless it is told to forget."""
    plan = _plan(made)
    name = next(site["name"] for site in plan["sites"] if site["name"] in _seen(plan))
    first = skywitness("replan", made / "plan.json", "--forbid", name, "--limit-km", "1000", *QUICK, "--json").json
    (tmp_path / "plan.json").write_text(json.dumps(first["plan"]), encoding="utf-8")
    again = skywitness("replan", tmp_path / "plan.json", *QUICK, "--json").json
    assert [wish["name"] for wish in again["wishes"]] == [name]
    assert again["limit_km"] == 1000.0
    free = skywitness("replan", tmp_path / "plan.json", "--drop-wishes", *QUICK, "--json").json
    assert (free["wishes"], free["limit_km"]) == ([], 1200.0)


def test_a_refused_leg_and_what_is_lost(skywitness: Skywitness, made: Path) -> None:
    """The new route stays away from the middle of the leg; both versions are told, and the time to answer."""
    plan = _plan(made)
    a, b = plan["waypoints"][1:3]
    middle = geodesy.points_along(a["lon"], a["lat"], b["lon"], b["lat"], 1.0)
    lon, lat = middle[len(middle) // 2, :2]
    ran = skywitness("ask", "without", made / "plan.json", "--leg", "2", *QUICK, "--json")
    assert ran.code == 0
    assert _nearest_km(ran.json["plan"], lon, lat) > min(5.0, plan["legs"][1]["distance_km"] / 6.0) * 0.98
    assert ran.json["wishes"][0]["kept"]
    assert (ran.json["provision"], ran.json["answer_within_h"], ran.json["agreement_within_h"]) == ("VI.II.6", 4, 8)
    name = f"{a['ident']}-{b['ident']}"
    by_name = skywitness("replan", made / "plan.json", "--forbid", name, *QUICK, "--json").json
    assert by_name["plan"]["waypoints"] == ran.json["plan"]["waypoints"]


def test_the_page_cites_the_paragraph(skywitness: Skywitness, made: Path) -> None:
    """Four hours to answer and eight to agree are told with their source."""
    ran = skywitness("ask", "without", made / "plan.json", "--leg", "3", *QUICK, columns=200)
    assert "4 hours" in ran.out
    assert "Article VI, Section II, paragraph 6" in " ".join(ran.out.split())
    assert "Both versions" in ran.out


def test_a_shorter_limit_costs_no_more_than_it_must(skywitness: Skywitness, made: Path) -> None:
    """The route keeps the limit, begins with the one at hand, and shows both."""
    ran = skywitness("replan", made / "plan.json", "--limit-km", "800", *QUICK, "--json")
    found = ran.json["comparison"]
    assert ran.json["distance_km"] <= 800.0 < found["before"]["distance_km"]
    assert 0.3 < found["share_kept"] < 1.0
    assert found["score_change"] == found["after"]["score"] - found["before"]["score"]


def test_sites_dropped_and_of_another_value(skywitness: Skywitness, made: Path) -> None:
    """A site that becomes worth everything is observed; one that is dropped is no site any more; both are said."""
    plan = _plan(made)
    out = next(site["name"] for site in plan["sites"] if site["name"] not in _seen(plan))
    gone = next(iter(sorted(_seen(plan))))
    ran = skywitness("replan", made / "plan.json", "--value", f"{out}=100", "--drop", gone, *QUICK, "--json")
    assert out in ran.json["sites_observed"]
    assert gone not in {site["name"] for site in ran.json["plan"]["sites"]}
    assert any("0 added, 1 gone, 1 of another value" in warning for warning in ran.json["warnings"])


def test_why_a_site_is_out(skywitness: Skywitness, made: Path) -> None:
    """The detour is measured, and the route that observes the site is worth what its sites are worth."""
    plan = _plan(made)
    name = next(site["name"] for site in plan["sites"] if site["name"] not in _seen(plan))
    ran = skywitness("ask", "why", made / "plan.json", name, *QUICK, "--json")
    assert ran.code == 0
    assert not ran.json["observed"]
    assert ran.json["detour"]["extra_km"] >= 0.0
    assert name in _seen(ran.json["pinned"]["plan"])
    assert ran.json["comparison"]["after"]["score"] == ran.json["pinned"]["score"]
    site = next(site for site in plan["sites"] if site["name"] == name)
    assert ran.json["nearest"]["km"] == pytest.approx(_nearest_km(plan, site["lon"], site["lat"]), abs=0.3)


def test_why_a_site_is_in_or_aside(skywitness: Skywitness, made: Path) -> None:
    """An observed site is said to be; one outside the territory is told with the reason, and no route is searched."""
    seen = sorted(_seen(_plan(made)))[0]
    there = skywitness("ask", "why", made / "plan.json", seen, "--json").json
    assert (there["observed"], there["pinned"]) == (True, None)
    aside = skywitness("ask", "why", made / "plan.json", "Paris", columns=200)
    assert "neither on the land of the observed Party" in aside.out


def test_what_more_kilometres_buy(skywitness: Skywitness, made: Path) -> None:
    """Value never falls along the curve, lengths keep their limits, and what the law does not allow is marked."""
    ran = skywitness("ask", "more", made / "plan.json", "--km", "100", *QUICK, "--json")
    curve = ran.json["curve"]
    assert [point["limit_km"] for point in curve] == [1000.0, 1100.0, 1200.0, 1300.0, 1400.0]
    assert [point["score"] for point in curve] == sorted(point["score"] for point in curve)
    assert all(point["distance_km"] <= point["limit_km"] for point in curve)
    assert [point["by_law"] for point in curve] == [True, True, True, False, False]
    assert ran.json["gain_of_one_more"] == curve[3]["score"] - curve[2]["score"]


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        (["--pin", "Kasel"], "unknown_site", "Kassel"),
        (["--pin", "Paris"], "pin_out_of_reach", "Paris is pinned"),
        (["--pin", "Berlin", "--forbid", "berlin"], "wishes_contradict", "both pinned and forbidden"),
        (["--forbid", "WP01-WP07"], "unknown_leg", "no leg of the plan joins"),
        (["--forbid", "WP98-WP99"], "unknown_leg", "no leg of the plan joins"),
        (["--pin", "asse"], "unknown_site", "Kassel"),
        (["--forbid", "nothing.geojson"], "unreadable_file", "no such file"),
        (["--forbid", "Nowhere"], "unknown_site", "no site is called"),
        (["--limit-km", "5000"], "over_limit", "1200 km"),
        (["--limit-km", "250", "--pin", "Berlin"], "pin_out_of_reach", "of at most 250 km"),
        (["--drop", "Kasel"], "unknown_site", "Kassel"),
        (["--value", "Kassel"], "usage", "NAME=VALUE"),
        (["--value", "Kassel=-1"], "usage", "drop the site"),
        (["--pin", "Köln", "--pin", "Berlin", "--pin", "Rostock", "--pin", "Nürnberg"], "pin_out_of_reach", "pinned"),
    ],
)
def test_wishes_that_cannot_be(skywitness: Skywitness, made: Path, words: list[str], kind: str, part: str) -> None:
    """One clear sentence, at the option it is about."""
    ran = skywitness("replan", made / "plan.json", *words, "--rounds", "10", "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == kind
    assert part in ran.json["error"]["message"]
    assert ran.json["error"]["where"]


@pytest.mark.parametrize("words", [["replan"], ["ask", "more", "--km", "100"]])
def test_turn_points_at_one_place_are_named(
    skywitness: Skywitness, made: Path, tmp_path: Path, words: list[str]
) -> None:
    """A plan edited by hand until a leg ends where it begins is refused with the names and places of its ends."""
    edited = _plan(made)
    edited["waypoints"][2] = {**edited["waypoints"][1], "ident": "WP02"}
    (tmp_path / "idle.json").write_text(json.dumps(edited), encoding="utf-8")
    ran = skywitness(*words, tmp_path / "idle.json", "--rounds", "10", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "bad_plan")
    (fault,) = ran.json["error"]["faults"]
    assert fault["where"] == "waypoints[2]"
    assert "WP01 and WP02 follow one another at the same place" in fault["message"]


def test_a_forbidden_site_at_the_airfield(skywitness: Skywitness, made: Path, tmp_path: Path) -> None:
    """What lies beside the runway cannot be kept out of sight, and the refusal says how near it is."""
    sites = tmp_path / "sites.csv"
    sites.write_text(SITES + "Runway,9.43,52.46,1\n", encoding="utf-8")
    ran = skywitness("replan", made / "plan.json", "--sites", sites, "--forbid", "Runway", *QUICK, "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "wishes_contradict")
    assert "km from the airfield ETNW" in ran.json["error"]["message"]


def test_a_plan_of_another_day_or_sites_is_told(skywitness: Skywitness, made: Path, tmp_path: Path) -> None:
    """``plan --again`` says what is no longer as it was, and refuses the plan of a flight over somebody else."""
    sites = tmp_path / "sites.csv"
    sites.write_text(SITES.replace("Erfurt,11.03,50.98,2\n", ""), encoding="utf-8")
    call = [*CALL, "--again", made / "plan.json", "--sites", sites]
    call[call.index("2019-06-03T07:00Z")] = "2018-06-03T07:00Z"
    told = " ".join(skywitness(*call, "--json").json["warnings"])
    assert "made by the law of 2019-06-03" in told
    assert "0 added, 1 gone, 0 of another value" in told
    edited = _plan(made)
    edited["observed"] = "FRA"
    (tmp_path / "other.json").write_text(json.dumps(edited), encoding="utf-8")
    ran = skywitness(*CALL, "--again", tmp_path / "other.json", "--sites", made / "sites.csv", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "other_flight")


def test_the_same_change_gives_the_same_plan(skywitness: Skywitness, made: Path, tmp_path: Path) -> None:
    """Rounds and seed settle a replanned route, from whatever folder."""
    shutil.copy(made / "plan.json", tmp_path / "plan.json")
    first, second = (
        skywitness("replan", folder / "plan.json", "--limit-km", "900", *QUICK, "--json").json
        for folder in (made, tmp_path)
    )
    assert first["plan"]["waypoints"] == second["plan"]["waypoints"]
    assert first["plan"]["planner"]["again"] == _plan(made)["hash"]


def test_an_interrupt_keeps_the_best_route(skywitness: Skywitness, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever breaks a search off has the best route found until then, and is told."""
    from skywitness.route.kernel import kernel

    rounds, one_round = iter(range(10**6)), kernel.one_round

    def broken_off(*arguments: Any) -> None:
        if next(rounds) == 5:
            raise KeyboardInterrupt
        one_round(*arguments)

    monkeypatch.setattr(kernel, "one_round", broken_off)
    ran = skywitness("replan", made / "plan.json", "--limit-km", "900", "--rounds", "500", "--json")
    assert ran.code == 0
    assert ran.json["interrupted"]
    assert ran.json["score"] > 0.0
    assert ran.json["distance_km"] <= 900.0


def test_choices_keep_wishes(skywitness: Skywitness, made: Path) -> None:
    """Every choice observes what is pinned and keeps away from what is forbidden, and the page shows it."""
    words = ["--choices", "2", "--pin", "Leipzig", "--forbid", "Berlin", "--sites", made / "sites.csv"]
    choices = skywitness(*CALL, *words, "--json").json["choices"]
    for choice in choices:
        assert "Leipzig" in choice["sites_observed"]
        assert "Berlin" not in choice["sites_observed"]
        assert all(wish["kept"] for wish in choice["wishes"])
    assert len(choices) == 2


@pytest.mark.parametrize("limit", [-5, 0, "long", True, 1e999])
def test_a_limit_that_is_no_length_is_refused(
    skywitness: Skywitness, made: Path, tmp_path: Path, limit: object
) -> None:
    """An edited limit is not passed over for that of the law."""
    told = json.loads((made / "plan.json").read_text(encoding="utf-8"))
    told["planner"]["limit_km"] = limit
    told.pop("hash", None)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    ran = skywitness("replan", path, *QUICK)
    assert ran.code == 2
    assert "limit_km" in ran.err or "Infinity" in ran.err
