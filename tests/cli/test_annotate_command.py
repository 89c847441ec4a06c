"""``skywitness annotate`` as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

SHEET = """\
LEADER REF OS9027; DATE 2019-09-12; SENSOR OPBP; CONFIG INT1V; FOCAL 152.4
MARK TIME 2019-09-12 08:31Z; HEIGHT 01850M; PLACE 55.61N 036.65E; HEADING 045; SCAN 70
FRAME NUMBER 1; TIME 2019-09-12 08:31Z; ROLL 2L
"""
FACTS = """\
tilt_deg = 2.0
interval_min = 5
hides_detail = false
prints_annotated = true
[[period]]
from_utc = 2019-09-12T08:31:00Z
to_utc = 2019-09-12T08:33:00Z
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of codes in a file."""
    path = tmp_path / "roll.txt"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_there_and_back(skywitness: Skywitness, sheet: Path, tmp_path: Path) -> None:
    """Decoded to TOML or JSON and encoded again the codes are the same."""
    for name, ran in (
        ("a.toml", skywitness("annotate", "decode", sheet)),
        ("a.json", skywitness("annotate", "decode", sheet, "--json")),
    ):
        assert ran.code == 0
        (tmp_path / name).write_text(ran.out, encoding="utf-8")
        assert skywitness("annotate", "encode", tmp_path / name).out == SHEET
        assert skywitness("annotate", "encode", tmp_path / name, "--out", tmp_path / "again.txt").code == 0
        assert (tmp_path / "again.txt").read_text(encoding="utf-8") == SHEET


def test_single_codes(skywitness: Skywitness) -> None:
    """Single codes need no file; every wrong one is told."""
    ran = skywitness("annotate", "decode", "--code", "HEIGHT 01850M", "--code", "HEADING 045", "--json")
    assert [row["values"] for row in ran.json["codes"]] == [{"height_m_agl": 1850}, {"true_heading_deg": 45}]
    ran = skywitness("annotate", "decode", "--code", "HEIGHT 1850M", "--code", "TILT 3", "--json")
    assert ran.code == 2
    assert [fault["where"] for fault in ran.json["error"]["faults"]] == ["--code 1", "--code 2"]


def test_a_file_or_codes(skywitness: Skywitness, sheet: Path) -> None:
    """Neither and both are refused."""
    assert skywitness("annotate", "decode").code == 2
    assert skywitness("annotate", "decode", sheet, "--code", "HEADING 045").code == 2


def test_rounding_is_told(skywitness: Skywitness, tmp_path: Path) -> None:
    """A description with a height of 1850.5 m is written, and the rounding named in a note that a sheet may hold."""
    path = tmp_path / "a.toml"
    path.write_text("[[roll]]\n[[roll.mark]]\nheight_m_agl = 1850.5\n", encoding="utf-8")
    ran = skywitness("annotate", "encode", path)
    assert "HEIGHT 01851M" in ran.out
    assert "# roll[0].mark[0].height_m_agl: 1850.5 is written as 1851" in ran.out
    assert skywitness("annotate", "encode", path, "--json").json["rounded"][0]["written"] == "1851"


@pytest.mark.parametrize(
    ("facts", "cut", "put", "code", "verdict"),
    [
        (True, "", "", 0, "ok"),
        (False, "", "", 3, "cannot_tell"),
        (True, "01850M", "1850M", 1, "breach"),
        (True, "REF OS9027; ", "", 1, "breach"),
    ],
)
def test_judged(
    skywitness: Skywitness, sheet: Path, tmp_path: Path, facts: bool, cut: str, put: str, code: int, verdict: str
) -> None:
    """Exit codes are those of a command that judges; wrong codes are listed beside the findings."""
    sheet.write_text(SHEET.replace(cut, put) if cut else SHEET, encoding="utf-8")
    (tmp_path / "facts.toml").write_text(FACTS, encoding="utf-8")
    options = ["--facts", tmp_path / "facts.toml"] if facts else []
    ran = skywitness("annotate", "check", sheet, *options, "--json")
    assert (ran.code, ran.json["verdict"]) == (code, verdict)
    assert bool(ran.json["faults"]) is (put == "1850M")
    page = skywitness("annotate", "check", sheet, *options)
    assert page.code == code
    assert "OS:B.II.1(A)" in page.out


def test_judged_in_vietnamese(skywitness: Skywitness, sheet: Path) -> None:
    """The page speaks Vietnamese; provisions stay as they are."""
    ran = skywitness("annotate", "check", sheet, lang="vi")
    assert "OS:B.II.1(A)" in ran.out
    assert "judged by the law" not in ran.out


@pytest.mark.parametrize(
    ("text", "arguments", "kind"),
    [
        ("", [], "empty_file"),
        ("hello\n", [], "bad_annotation"),
        (SHEET.replace("DATE 2019-09-12; ", ""), [], "usage"),
        (SHEET + "NOTE x\n", [], "bad_annotation"),
    ],
)
def test_what_cannot_be_judged(skywitness: Skywitness, sheet: Path, text: str, arguments: list[str], kind: str) -> None:
    """Refused in one sentence, with exit code 2."""
    sheet.write_text(text, encoding="utf-8")
    ran = skywitness("annotate", "check", sheet, *arguments, "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == kind


def test_the_day_may_be_given(skywitness: Skywitness, sheet: Path) -> None:
    """A sheet without a day is judged by the day given."""
    sheet.write_text(SHEET.replace("DATE 2019-09-12; ", ""), encoding="utf-8")
    ran = skywitness("annotate", "check", sheet, "--at", "2019-09-12", "--json")
    assert ran.code == 1  # the day is missing on the leader
    assert ran.json["at"] == "2019-09-12"


def test_a_description_that_is_none(skywitness: Skywitness, tmp_path: Path) -> None:
    """JSON that is no object, and a file that cannot be written, are refused."""
    path = tmp_path / "a.json"
    path.write_text("[1]", encoding="utf-8")
    assert skywitness("annotate", "encode", path, "--json").json["error"]["kind"] == "bad_annotation"
    path.write_text('{"roll": [{"date": "2019-09-12"}]}', encoding="utf-8")
    assert skywitness("annotate", "encode", path, "--out", tmp_path / "no" / "a.txt").code == 2


def test_blocks(skywitness: Skywitness) -> None:
    """Every code is listed with its form and its paragraph."""
    listed = skywitness("annotate", "blocks", "--json").json["blocks"]
    assert {"line", "label", "field", "provision", "form"} == set(listed[0])
    assert "HEIGHT" in skywitness("annotate", "blocks").out


def test_one_provision(skywitness: Skywitness, sheet: Path) -> None:
    """With --provision only its findings are made."""
    ran = skywitness("annotate", "check", sheet, "--provision", "B.APP1.6", "--json")
    assert (ran.code, [one["provision"] for one in ran.json["findings"]]) == (0, ["OS:B.APP1.6"])


def test_what_was_read_is_not_written_over(skywitness: Skywitness, tmp_path: Path) -> None:
    """The description stays as it is when its own name is given for the codes."""
    path = tmp_path / "a.json"
    path.write_text('{"roll": [{"date": "2019-09-12"}]}', encoding="utf-8")
    assert skywitness("annotate", "encode", path, "--out", path).code == 2
    assert path.read_text(encoding="utf-8").startswith('{"roll"')


def test_a_letter_of_another_alphabet_is_named(skywitness: Skywitness) -> None:
    """What only looks like a letter of a code is told by its number."""
    refused = skywitness("annotate", "decode", "--code", "REF \u041eS9027")
    assert refused.code == 2
    assert "U+041E" in refused.err
