"""``skywitness sampling``: pages, JSON, pictures and refusals, as their users meet them."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import Skywitness

from skywitness.cli.language import Language
from skywitness.cli.sampling import mix_picture, picture
from skywitness.route.exports import paper
from skywitness.sampling.asked import read_question
from skywitness.sampling.caveats import caveats
from skywitness.sampling.curves import curves
from skywitness.sampling.mix.read import read_problem
from skywitness.sampling.mix.search import solve

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MIX = EXAMPLES / "observation-mix.toml"
BUILD_UP = EXAMPLES / "observation-build-up.toml"
SIZE = ("sampling", "size", "--items", 100, "--defects", 5, "--probability", "0.95")
ALWAYS = {"not_random", "moved_after_notice", "false_alarms", "defects_assumed"}
CALLS = [
    SIZE,
    ("sampling", "detect", "--items", 60, "--defects", "1..10", "--sample", 12, "--rounds", 3, "--prior", "0.1"),
    ("sampling", "curve", "--items", 60, "--defects", "1,2,5", "--probability", "0.9"),
    ("sampling", "mix", MIX),
    ("sampling", "mix", BUILD_UP),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(map(str, call[1:2])))
def test_caveats_stand_beside_every_figure(skywitness: Skywitness, call: tuple[object, ...]) -> None:
    """Page and JSON of every command print them, in both languages; the exit code is 0, for nothing is judged."""
    document = skywitness(*call, "--json")
    assert document.code == 0
    told = document.json["caveats"]
    assert {one["id"] for one in told} >= ALWAYS
    page = skywitness(*call, columns=400)
    assert page.code == 0
    assert all(one["text"] in page.out for one in told)
    other = skywitness(*call, lang="vi", columns=400)
    assert other.code == 0
    assert not any(one["text"] in other.out for one in told)


def test_size_as_json(skywitness: Skywitness) -> None:
    """The exact size is n; the formulas stand beside it with their differences."""
    document = skywitness(*SIZE, "--cost", "3", "--budget", "100", "--json").json
    assert (document["result"], document["n"], document["arithmetic"]) == ("enough", 45, "exact")
    assert document["probability"] == pytest.approx(0.95379, abs=1e-5)
    assert (document["iaea"]["n"], document["iaea"]["difference"]) == (46, 1)
    assert (document["closer"]["n"], document["closer"]["difference"]) == (45, 0)
    assert document["cost"]["total"] == 135.0
    assert document["cost"]["within_budget"] is False
    assert document["cost"]["affordable"]["n"] == 33
    assert document["meaning"] is None


def test_size_that_is_not_possible(skywitness: Skywitness) -> None:
    """It is a result with a name, and the best there is, on the page too; no number stands for it."""
    call = ("sampling", "size", "--items", 80, "--defects", 1, "--probability", "0.95", "--recognition", "0.8")
    document = skywitness(*call, "--json").json
    assert document["result"] == "infeasible"
    assert "n" not in document
    assert document["best"]["n"] == 80
    assert document["best"]["probability"] == 0.8
    assert document["iaea"]["result"] == "infeasible"
    assert document["closer"] == {"result": "not_made_for_imperfect_recognition"}
    page = skywitness(*call).out
    assert "not possible" in page
    assert "80.0 % at most" in page
    assert "overlooked too often" in " ".join(page.split())


def test_unknown_number_from_a_file(skywitness: Skywitness) -> None:
    """A file of weights tells the prior chance; worst case, average and what a clean result says are shown."""
    call = ("sampling", "detect", "--items", 100, "--defects", EXAMPLES / "false-items.csv", "--sample", 15)
    document = skywitness(*call, "--json").json
    assert document["probability"] == pytest.approx(0.15)
    assert document["average"]["probability"] == pytest.approx(
        0.1 * 0.15 + 0.2 * 0.27879 + 0.4 * 0.56426 + 0.3 * 0.81920, abs=1e-4
    )
    assert [one["defects"] for one in document["by_defects"]] == [1, 2, 5, 10]
    assert document["meaning"]["prior"] == 0.5
    assert document["meaning"]["after_none"] < 0.5
    assert "On average: 54.2 %" in skywitness(*call).out


def test_false_alarms_and_rounds(skywitness: Skywitness) -> None:
    """Ten of ninety-nine clean items at one in a hundred; alarms mean little where they are mostly false."""
    call = (
        "sampling",
        "detect",
        "--items",
        99,
        "--defects",
        1,
        "--sample",
        10,
        "--false-alarm",
        "0.01",
        "--prior",
        "0.02",
    )
    document = skywitness(*call, "--json").json
    assert document["false_alarms"]["expected_when_clean"] == pytest.approx(0.1)
    assert document["false_alarms"]["any_when_clean"] == pytest.approx(1 - 0.99**10)
    assert document["meaning"]["after_alarm"] < 0.05
    rounds = skywitness(*call, "--rounds", 3, "--json").json["by_round"]
    assert [one["probability"] for one in rounds] == [pytest.approx(1 - (1 - 10 / 99) ** k) for k in (1, 2, 3)]


def test_mix_as_json(skywitness: Skywitness) -> None:
    """The cheapest mix, what bounds each kind, the frontier, and what is assumed."""
    document = skywitness("sampling", "mix", MIX, "--json").json
    assert document["result"] == "enough"
    assert document["cheapest"]["probability"] == document["probability"] >= 0.9
    assert {one["kind"]: one["by"] for one in document["limits"]} == {
        "flight-north": "share",
        "flight-both": "time",
        "challenge": "quota",
        "declared": "quota",
    }
    costs = [one["cost"] for one in document["frontier"]]
    assert costs == sorted(costs)
    assert document["cheapest"]["cost"] in costs
    assert {one["id"] for one in document["assumptions"]} == {
        "noticed",
        "sites_by_lot",
        "placed_by_lot",
        "recognition_independent",
        "clouds",
        "emptied",
        "never_twice",
        "stays",
    }


def test_mix_that_cannot_be_reached(skywitness: Skywitness) -> None:
    """The best there is, and how many of each kind alone would do."""
    document = skywitness("sampling", "mix", BUILD_UP, "--json").json
    assert document["result"] == "infeasible"
    assert "cheapest" not in document
    assert document["best"]["counts"] == {"flight": 30, "inspection": 20}
    assert [one["count"] for one in document["needs"]] == [35, 50]
    page = skywitness("sampling", "mix", BUILD_UP).out
    assert "No mix that is allowed reaches it." in page
    assert "Observation flight: 35 in the period." in page


@pytest.mark.parametrize(
    ("call", "ending", "begins"),
    [
        (("sampling", "curve", "--items", 50, "--defects", "1,5", "--probability", "0.9"), "png", b"\x89PNG"),
        (("sampling", "mix", BUILD_UP), "svg", b"<?xml"),
    ],
)
def test_pictures_are_written_whole_and_the_same_again(
    skywitness: Skywitness, tmp_path: Path, call: tuple[object, ...], ending: str, begins: bytes
) -> None:
    """Both commands draw; the same data give the same bytes, and JSON names the file."""
    place = tmp_path / f"picture.{ending}"
    assert skywitness(*call, "--out", place, "--json").json["picture"] == str(place)
    first = place.read_bytes()
    assert first.startswith(begins)
    skywitness(*call, "--out", place)
    assert place.read_bytes() == first


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_no_words_of_a_picture_leave_it(lang: str) -> None:
    """Whatever is written stands within the page, and lines of the foot do not cover one another."""
    import tomllib

    language = Language(lang)
    words = {
        "items": "100000",
        "defects": "1,20,300,4000",
        "recognition": "0.95",
        "rounds": "12",
        "false_alarm": "0.01",
    }
    question = read_question(words)
    problem = read_problem(tomllib.loads(MIX.read_text(encoding="utf-8")))
    with paper.plain_style():
        for figure in (
            picture.figure_of(
                question, curves(question, [Fraction("0.5"), Fraction("0.9")]), caveats(question), language
            ),
            mix_picture.figure_of(problem, solve(problem), language),
        ):
            figure.canvas.draw()
            box = figure.bbox
            for text in [*figure.texts, *figure.axes[0].texts, *figure.axes[0].get_legend_handles_labels()[0]]:
                extent = text.get_window_extent()
                assert box.x0 <= extent.x0
                assert extent.x1 <= box.x1
                assert box.y0 <= extent.y0
                assert extent.y1 <= box.y1
            tall = [text.get_window_extent() for text in figure.texts if text.get_text()]
            assert not any(one.overlaps(other) for one, other in itertools.combinations(tall, 2))


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        (
            ("size", "--items", "-5", "--defects", "nan", "--probability", "2"),
            {"--items", "--defects", "--probability"},
        ),
        (("size", "--items", "10", "--defects", "11", "--probability", "0.9"), {"--defects"}),
        (
            ("size", "--items", "10", "--defects", "1", "--probability", "95%", "--false-alarm", "1"),
            {"--probability", "--false-alarm"},
        ),
        (("size", "--items", "10", "--defects", "1", "--probability", "1"), {"--probability"}),
        (("detect", "--items", "10", "--defects", "1", "--sample", "-1"), {"--sample"}),
        (("detect", "--items", "10", "--defects", "1", "--sample", "11"), {"--sample"}),
        (("detect", "--items", "10", "--defects", "1", "--sample", "1e9"), {"--sample"}),
        (("detect", "--items", "10", "--defects", "1", "--sample", "1", "--round-cost", "-1"), {"--round-cost"}),
        (("curve", "--items", "50", "--defects", "1..9"), {"--defects"}),
        (
            ("size", "--items", "0", "--defects", "no-such.csv", "--matters", "9", "--probability", "9"),
            {"--items", "--defects", "--probability"},
        ),
        (("curve", "--items", "5", "--defects", "1", "--probability", "0", "--probability", "x"), {"--probability"}),
        (("curve", "--items", "5", "--defects", "1", "--out", "c.pdf"), {"--out"}),
        (("curve", "--items", "5", "--defects", "1", "--out", "nowhere/c.png"), {"--out"}),
        (("size", "--defects", "1"), {"--items", "--probability"}),
    ],
)
def test_wrong_calls_are_refused_all_at_once(
    skywitness: Skywitness, arguments: tuple[str, ...], places: set[str]
) -> None:
    """One refusal names every option that is wrong; nothing else is printed."""
    ran = skywitness("sampling", *arguments, "--json")
    assert ran.code == 2
    error = ran.json["error"]
    assert {fault["where"] for fault in error["faults"]} | ({error["where"]} & places) == places
    people = skywitness("sampling", *arguments)
    assert (people.code, people.out) == (2, "")
    assert all(place in people.err for place in places)


def test_a_single_fault_is_told_once(skywitness: Skywitness) -> None:
    """The sentence says it; a list of one would only say it again."""
    ran = skywitness("sampling", "size", "--items", 10, "--defects", 11, "--probability", "0.9")
    assert ran.err.count("are more than the 10") == 1


def test_rounds_that_run_out_of_items(skywitness: Skywitness) -> None:
    """Where no item is drawn twice, the last round draws what is left: on average, at the most, and for the money."""
    never = ("--items", 10, "--defects", 5, "--rounds", 3, "--repeat", "never", "--recognition", "0.1", "--json")
    drawn = skywitness("sampling", "detect", *never, "--sample", 9, "--cost", 2, "--budget", 20).json
    assert drawn["expected_false_drawn"] == pytest.approx(5 / 3)
    assert drawn["cost"]["affordable"]["n"] == 4  # 4 + 4 + 2
    assert drawn["cost"]["affordable"]["probability"] == pytest.approx(1 - 0.9**5)
    assert skywitness("sampling", "size", *never, "--probability", "0.9").json["best"]["n"] == 4


def test_marks_of_a_picture_cover_nothing() -> None:
    """No number hides a point or another number, whole items are counted, and 99.99999 % is not called 100."""
    question = read_question({"items": "60", "defects": "1..8", "recognition": "0.8", "rounds": "3"})
    levels = [Fraction("0.9"), Fraction("0.9999999")]
    with paper.plain_style():
        figure = picture.figure_of(question, curves(question, levels), caveats(question), Language("en"))
        figure.canvas.draw()
        axes = figure.axes[0]
        boxes = [text.get_window_extent() for text in axes.texts]
        assert len(boxes) > 4
        assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
        lines = [np.asarray(line.get_xydata()) for line in axes.lines]
        points = [line[0] for line in lines if len(line) == 1]
        assert len(points) > len(boxes)
        middles = axes.transData.transform(np.array(points))
        assert not any(box.contains(*middle) for box in boxes for middle in middles)
        assert [text.get_text() for text in axes.get_yticklabels()][-1] == "99.99999"
        one = read_question({"items": "1", "defects": "1"})
        small = picture.figure_of(one, curves(one, []), caveats(one), Language("en"))
        small.canvas.draw()
        assert [text.get_text() for text in small.axes[0].get_xticklabels()] == ["0", "1", "2"]


def test_files_that_are_none(skywitness: Skywitness, tmp_path: Path) -> None:
    """An empty, a missing, a broken and a wrong file are each refused under their name."""
    empty, broken, wrong = tmp_path / "empty.toml", tmp_path / "broken.toml", tmp_path / "wrong.csv"
    empty.write_text("", encoding="utf-8")
    broken.write_text("wanted = ", encoding="utf-8")
    wrong.write_text("defects,weight\n-1,x\n", encoding="utf-8")
    for path in (empty, broken, tmp_path / "missing.toml"):
        ran = skywitness("sampling", "mix", path, "--json")
        assert ran.code == 2
        assert str(path) in ran.json["error"]["where"]
    ran = skywitness("sampling", "size", "--items", 10, "--defects", wrong, "--probability", "0.9", "--json")
    assert ran.code == 2
    assert str(wrong) in ran.json["error"]["where"]
    assert len(ran.json["error"]["faults"]) == 2


def test_the_file_that_is_read_is_never_written_over(skywitness: Skywitness, tmp_path: Path) -> None:
    """Naming the plan itself as the picture leaves it as it is."""
    path = tmp_path / "mix.svg"
    path.write_bytes(BUILD_UP.read_bytes())
    assert skywitness("sampling", "mix", path, "--out", path).code == 2
    assert path.read_bytes() == BUILD_UP.read_bytes()


def test_json_holds_no_number_that_json_lacks(skywitness: Skywitness) -> None:
    """Large, tiny and certain cases give plain numbers."""
    for more in (("--sample", 10_000_000), ("--sample", 0), ("--sample", 1)):
        ran = skywitness(
            "sampling", "detect", "--items", 10_000_000, "--defects", "1,10000000", *more, "--prior", "0", "--json"
        )
        assert ran.code == 0
        assert "NaN" not in json.dumps(ran.json)


def test_the_example_is_the_one_of_the_repository(skywitness: Skywitness, tmp_path: Path) -> None:
    """What is printed to begin with is the file that the other tests read, and can be used at once."""
    printed = skywitness("sampling", "example").out
    assert printed == MIX.read_text(encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(printed, encoding="utf-8")
    assert skywitness("sampling", "mix", path, "--json").json["result"] == "enough"
