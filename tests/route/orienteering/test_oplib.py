"""Reading OPLib files and the benchmark's answer: every keyword, every metric, one sentence for what is wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.programs import ROOT, load_program

sys.path.append(str(ROOT))  # benchmarks lie outside the package

from benchmarks.oplib import METRICS, OplibError, distances, read_instance

SQUARE = """NAME : square
COMMENT : four corners and the middle
TYPE : OP
DIMENSION : 5
COST_LIMIT : {limit}
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 0 10
3 10 10
4 10 0
5 5.0e0 5
NODE_SCORE_SECTION
1 0
2 7
3 1
4 2
5 4
DEPOT_SECTION
1
-1
EOF
"""
EXPLICIT = """NAME: pairs
TYPE: OP
DIMENSION: 4
COST_LIMIT: 12.9
EDGE_WEIGHT_TYPE: EXPLICIT
EDGE_WEIGHT_FORMAT: {form}
EDGE_WEIGHT_SECTION
{numbers}
NODE_SCORE_SECTION
1 0
2 1
3 1
4 1
DEPOT_SECTION
2
-1
"""
PAIRS = np.array([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0]])


def written(tmp_path: Path, text: str) -> Path:
    """Write a file."""
    place = tmp_path / "case.oplib"
    place.write_text(text)
    return place


def test_a_square_is_read_and_solved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON names the file, the route begins with the depot in the file's numbers, and its score is the optimum."""
    place = written(tmp_path, SQUARE.format(limit="35"))
    assert load_program("benchmarks/route.py").main([str(place), "--json", "--rounds", "300"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["instance", "score", "cost", "limit", "route", "seconds"]
    assert (answer["instance"], answer["score"], answer["limit"], answer["cost"]) == ("case", 13, 35, 34)
    assert answer["route"][0] == 1
    assert sorted(answer["route"]) == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("FULL_MATRIX", "0 1 2 3 1 0 4 5 2 4 0 6 3 5 6 0"),
        ("UPPER_ROW", "1 2 3 4 5 6"),
        ("LOWER_COL", "1 2 3\n4 5\n6"),
        ("UPPER_DIAG_ROW", "0 1 2 3 0 4 5 0 6 0"),
        ("LOWER_ROW", "1 2 4 3 5 6"),
        ("LOWER_DIAG_ROW", "0 1 0 2 4 0 3 5 6 0"),
        ("UPPER_DIAG_COL", "0 1 0 2 4 0 3 5 6 0"),
    ],
)
def test_tables_of_distances_are_read_in_every_form(form: str, numbers: str, tmp_path: Path) -> None:
    """All forms give one table; a limit is cut to whole numbers, as distances are whole."""
    instance = read_instance(written(tmp_path, EXPLICIT.format(form=form, numbers=numbers)))
    assert instance.distance.tolist() == PAIRS.tolist()
    assert (instance.depot, instance.limit) == (1, 12)
    assert instance.length((1, 0, 2, 1)) == 1 + 2 + 4


@pytest.mark.parametrize("kind", METRICS)
def test_tables_agree_with_single_legs(kind: str) -> None:
    """All pairs at once are what one leg at a time is, by plain numbers."""
    place = np.random.default_rng(1).uniform(0.0, 89.0, (25, 2)).round(2)
    table = distances(place, kind)
    assert (table == table.T).all()
    for i in range(25):
        for j in range(25):
            a, b = (tuple(map(float, place[k])) for k in (i, j))
            assert table[i, j] == (METRICS[kind](a, b) if i != j else 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1\n-1\nEOF", "1\n3\n-1\nEOF", "names 2 depots; problems with exactly one are solved here"),
        ("1\n-1\nEOF", "9\n-1\nEOF", "the depot is 9, not a node from 1 to 5"),
        ("DEPOT_SECTION\n1\n-1", "", "DEPOT_SECTION is missing"),
        ("COST_LIMIT : 35", "", "COST_LIMIT is missing"),
        ("COST_LIMIT : 35", "COST_LIMIT : inf", "COST_LIMIT is 'inf', not a number"),
        ("COST_LIMIT : 35", "COST_LIMIT : -3", "below zero"),
        ("DIMENSION : 5", "DIMENSION : 6", "not 1 for each of 6 nodes|not 2 for each of 6 nodes"),
        ("DIMENSION : 5", "DIMENSION : 1000000000", "from 1 to 12000 nodes"),
        ("EUC_2D", "XRAY1", "EDGE_WEIGHT_TYPE is XRAY1"),
        ("5 4\n", "4 4\n", "does not name each node from 1 to 5 once"),
        ("3 10 10", "3 10 ten", "holds what is not a number"),
        ("3 1\n", "3 -1\n", "value below zero"),
        ("NAME : square", "no keyword", "neither KEYWORD : VALUE nor part of a section"),
    ],
)
def test_bad_files_give_one_sentence_and_exit_2(
    old: str, new: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is missing, doubled or contradicts itself ends with code 2, one line and no route."""
    text = SQUARE.format(limit="35")
    assert old in text
    place = written(tmp_path, text.replace(old, new))
    with pytest.raises(OplibError, match=words):
        read_instance(place)
    assert load_program("benchmarks/route.py").main([str(place), "--rounds", "5"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file, or a folder: code 2 and a sentence."""
    for place in (tmp_path / "nothing.oplib", tmp_path):
        assert load_program("benchmarks/route.py").main([str(place)]) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_a_depot_that_is_all_there_is_is_a_route(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit of nothing leaves the depot alone: a route of one node."""
    place = written(tmp_path, SQUARE.format(limit="0.5"))
    assert load_program("benchmarks/route.py").main([str(place), "--json", "--rounds", "20"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["route"], answer["cost"], answer["limit"]) == ([1], 0, 0)


def test_known_instances_are_read(shared: Path) -> None:
    """The instances outside the repository are read, and a small one is solved to its proven optimum."""
    place = shared / "bench" / "op" / "instances" / "st70-gen2-50.oplib"
    route = load_program("benchmarks/route.py")
    instance = read_instance(place)
    solved = route.solve(instance, route.Budget(None, 15_000), 1)
    assert solved.score == 2286
