"""``skywitness track``: one document for scripts, a page for people, the exit codes of a command that judges."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math
from pathlib import Path

import pytest
from tests.conftest import Skywitness
from tests.programs import load_program
from tests.track import tracks
from tests.track.flights import GEOD

from skywitness.route.files.plan_file import plan_text


@pytest.fixture
def flown(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A plan, the track of a simulated flight with a dip and a circle, and its flight log."""
    cases = load_program("benchmarks/flown_cases.py")
    case = next(
        case for case in map(cases.draw, range(200)) if {"OS:VI.II.4(G)"} == set(case.expected) and not case.end_km
    )
    plan, track, log = tmp_path / "plan.json", tmp_path / "flown.csv", tmp_path / "log.toml"
    track.write_text(cases.fly(case), encoding="utf-8")
    plan.write_text(plan_text(case.plan), encoding="utf-8")
    periods = "".join(
        f'[[sensor_on]]\nsensor = "CAM"\nfrom_utc = {one.start_utc:%Y-%m-%dT%H:%M:%SZ}\n'
        f"to_utc = {one.end_utc:%Y-%m-%dT%H:%M:%SZ}\n"
        for one in cases.log_of(case).sensors_on or ()
    )
    log.write_text(f"deviation = []\n{periods}", encoding="utf-8")
    return plan, track, log


def test_the_document_has_what_scripts_rely_on(skywitness: Skywitness, flown: tuple[Path, Path, Path]) -> None:
    """Distance, dropped points, deviations, findings and verdict stand in the JSON; a breach ends in 1."""
    plan, track, log = flown
    ran = skywitness("track", track, "--plan", plan, "--log", log, "--json")
    assert ran.code == 1
    told = ran.json
    assert told["verdict"] == "breach"
    assert told["points_read"] == told["points_kept"] + sum(one["count"] for one in told["dropped"])
    assert {"step", "why", "count", "from_utc", "to_utc"} <= told["dropped"][0].keys()
    assert told["deviations"] == []
    assert 0.98 * told["planned_km"] < told["distance_km"] < told["planned_km"] + 60.0
    assert [fix["state"] for fix in told["fixes"]] == ["passed"] * 6
    (circle,) = [
        one
        for one in told["findings"]
        if one["provision"] == "OS:VI.II.4(G)" and one["unit"] == "deg" and one["verdict"] == "breach"
    ]
    assert circle["where"]["time_utc"] < circle["where"]["end_time_utc"]


def test_a_log_in_the_facts_counts_as_one_in_a_file(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """What stands under [extra.flown] is read; both together are refused."""
    plan, track, log = flown
    facts = tmp_path / "facts.toml"
    words = log.read_text(encoding="utf-8").replace("[[sensor_on]]", "[[extra.flown.sensor_on]]")
    facts.write_text(f"[extra.flown]\n{words}", encoding="utf-8")
    one = skywitness("track", track, "--plan", plan, "--log", log, "--json").json
    other = skywitness("track", track, "--plan", plan, "--facts", facts, "--json").json
    assert one["findings"] == other["findings"]
    assert skywitness("track", track, "--plan", plan, "--facts", facts, "--log", log).code == 2


def test_the_page_names_the_options_that_would_help(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Where heights of the ground are missing the page says which option gives them; the findings themselves do not."""
    plan, track, log = flown
    facts = tmp_path / "facts.toml"
    facts.write_text(
        '[[sensor]]\nident = "CAM"\ncertified = true\nh_min_m_agl = 3_000.0\nmethod = "agreed"\nsource = "report"\n',
        encoding="utf-8",
    )
    bare = json.loads(plan.read_text(encoding="utf-8"))
    for leg in bare["legs"]:
        leg.pop("height_m_agl", None)
    plan.write_text(json.dumps(bare), encoding="utf-8")
    call = ("track", track, "--plan", plan, "--log", log, "--facts", facts)
    assert "--terrain gives the heights of the ground." in skywitness(*call).out
    assert "--terrain" not in skywitness(*call, "--json").out


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_page_fits_its_columns(skywitness: Skywitness, flown: tuple[Path, Path, Path], lang: str) -> None:
    """The page tells what was left out, the fixes and the findings within 80 columns, in either language."""
    plan, track, log = flown
    ran = skywitness("track", track, "--plan", plan, "--log", log, lang=lang)
    assert ran.code == 1
    assert "ETNW" in ran.out
    assert "OS:VI.II.4(G)" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_what_cannot_be_read_ends_in_two(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """No file, no track, no plan, no such kind of height: one sentence each, and with --json the error object."""
    plan, track, _ = flown
    bad = tmp_path / "bad.csv"
    bad.write_text("lat,lon,altitude\n1,2,3\n", encoding="utf-8")
    for call in (
        ("track", tmp_path / "none.gpx", "--plan", plan),
        ("track", bad, "--plan", plan),
        ("track", track, "--plan", bad),
        ("track", track),
        ("track", track, "--plan", plan, "--heights", "guess"),
        ("track", track, "--plan", plan, "--aircraft-id", "nobody"),
    ):
        ran = skywitness(*call)
        assert (ran.code, ran.out) == (2, "")
        assert "Traceback" not in ran.err
    error = skywitness("track", bad, "--plan", plan, "--json").json["error"]
    assert error["kind"] == "bad_track"
    assert len(error["faults"]) == 2
    two = tmp_path / "two.json"
    two.write_bytes(json.dumps([*tracks.records("3c0001"), *tracks.records("3c0002")]).encode())
    error = skywitness("track", two, "--plan", plan, "--json").json["error"]
    assert error["kind"] == "several_aircraft"
    assert "--aircraft-id" in error["message"]


def test_a_flight_log_is_refused_with_all_faults(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Times without zone, ends before starts, unknown reasons and keys are told together; a table is read too."""
    plan, track, _ = flown
    log = tmp_path / "log.toml"
    log.write_text(
        'typo = 1\nqnh_hpa = 5.0\n[[deviation]]\nfrom_utc = 2015-06-10T09:00:00\nto_utc = 2015-06-10T08:00:00Z\n'
        'reason = "mood"\n[curtailment]\nperson = "king"\n',
        encoding="utf-8",
    )  # fmt: skip
    error = skywitness("track", track, "--plan", plan, "--log", log, "--json").json["error"]
    assert len(error["faults"]) >= 5
    log.write_text("sensor,from_utc,to_utc\nCAM,2015-06-10T08:30:00Z,2015-06-10T08:20:00Z\n", encoding="utf-8")
    assert "lies before from_utc" in skywitness("track", track, "--plan", plan, "--log", log).err
    log.write_text("sensor,from_utc,to_utc\nCAM,2015-06-10T08:30:00Z,2015-06-10T08:35:00Z\n", encoding="utf-8")
    told = skywitness("track", track, "--plan", plan, "--log", log, "--json").json
    assert next(one for one in told["findings"] if one["provision"] == "OS:VII.3")["verdict"] == "ok"


def test_the_reason_told_speaks_the_language_of_the_page(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """The column of reasons has words of the language, and no word of the file."""
    plan, _, log = flown
    case = json.loads(plan.read_text(encoding="utf-8"))
    day, places = case["commencement_utc"][:10], [(one["lon"], one["lat"]) for one in case["waypoints"]]
    log.write_text(
        f'[[deviation]]\nfrom_utc = {day}T00:00:00Z\nto_utc = {day}T23:59:59Z\nreason = "weather"\n', encoding="utf-8"
    )
    track = tmp_path / "aside.csv"
    track.write_text(_aside(places, case["commencement_utc"]), encoding="utf-8")
    for lang, word, header in (("en", "weather", "Reason told"), ("vi", "thời tiết", "Lý do đã báo")):
        lines = skywitness("track", track, "--plan", plan, "--log", log, lang=lang).out.splitlines()
        first = next(number for number, line in enumerate(lines) if header in line) + 1
        assert lines[first].endswith(word)


def _aside(places: list[tuple[float, float]], start: str) -> str:
    """Fly from fix to fix at 600 km/h, in the middle of the longest leg some 20 km to the side."""
    longest = max(range(len(places) - 1), key=lambda leg: math.dist(places[leg], places[leg + 1]))
    (lon, lat), (to_lon, to_lat) = places[longest : longest + 2]
    middle = (lon + to_lon) / 2.0, (lat + to_lat) / 2.0 + 0.2
    rows, at = ["time,lat,lon,altitude_ft"], dt.datetime.fromisoformat(start)
    for one, other in itertools.pairwise([*places[: longest + 1], middle, *places[longest + 1 :]]):
        course, _, metres = GEOD.inv(*one, *other)
        steps = max(1, int(metres / 4_000.0))
        for step in range(steps):
            x, y, _ = GEOD.fwd(*one, course, metres * step / steps)
            rows.append(f"{at.isoformat()},{y},{x},9000")
            at += dt.timedelta(seconds=metres / steps / (600.0 / 3.6))
    return "\n".join(rows)


def test_a_prohibited_sensor_that_nobody_has_is_refused(
    skywitness: Skywitness, flown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """A misspelt sensor would be prohibited in vain and its breach be lost; the right name is told, in facts too."""
    plan, track, log = flown
    wrong = '[[{}sensors_prohibited]]\nsensor = "CAN"\nfrom_utc = 2015-06-10T08:30:00Z\nto_utc = 2015-06-10T08:35:00Z\n'
    log.write_text(log.read_text(encoding="utf-8") + wrong.format(""), encoding="utf-8")
    facts = tmp_path / "facts.toml"
    facts.write_text(wrong.format("extra.flown."), encoding="utf-8")
    for option, file in (("--log", log), ("--facts", facts)):
        refused = skywitness("track", track, "--plan", plan, option, file, "--json")
        assert refused.code == 2
        error = refused.json["error"]
        assert error["where"].endswith(file.name)
        (fault,) = error["faults"]
        assert fault["where"] == "sensors_prohibited[0].sensor"
        assert "Did you mean CAM?" in fault["message"]


def test_a_shared_track_can_be_judged(skywitness: Skywitness, shared: Path, tmp_path: Path) -> None:
    """A real survey flight, beside a plan written by hand, gives findings and no traceback."""
    plan = tmp_path / "plan.json"
    points = [(7.09, 43.47), (7.3, 44.1), (7.9, 44.2), (6.9, 44.0), (7.2, 43.7)]
    waypoints = [{"ident": f"WP{n}", "lon": x, "lat": y, "airfield": n in (0, 4)} for n, (x, y) in enumerate(points)]
    plan.write_text(
        json.dumps(
            {
                "format": "skywitness-plan/1",
                "observing": "SWE",
                "observed": "FRA",
                "commencement_utc": "2017-07-06T06:45:00Z",
                "waypoints": waypoints,
            }
        ),
        encoding="utf-8",
    )
    ran = skywitness("track", shared / "tracks" / "ign_mercantour.json.gz", "--plan", plan, "--json")
    assert ran.code in (1, 3)
    assert ran.json["aircraft_id"] == "39016d"
