"""``skywitness case show --png --pdf`` and ``case map``: files written whole, and what is refused before any is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Skywitness

PNG, PDF = b"\x89PNG\r\n", b"%PDF-"


def test_a_case_is_written_as_picture_and_paper(skywitness: Skywitness, tmp_path: Path) -> None:
    """Both files are there, named in JSON as they were asked for; what stood there before is replaced."""
    png, pdf = tmp_path / "case.png", tmp_path / "case.pdf"
    png.write_text("older")
    ran = skywitness("case", "show", "turkey-2016", "--png", png, "--pdf", pdf, "--json")
    assert ran.json["files"] == [str(png), str(pdf)]
    assert png.read_bytes().startswith(PNG)
    assert pdf.read_bytes().startswith(PDF)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.pdf", "case.png"]


def test_without_files_none_is_named(skywitness: Skywitness) -> None:
    """The JSON says that nothing was written."""
    assert skywitness("case", "show", "turkey-2016", "--json").json["files"] == []


@pytest.mark.parametrize("option", ["--png", "--pdf"])
def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(
    skywitness: Skywitness, tmp_path: Path, option: str
) -> None:
    """No folder, a folder itself: one sentence with the option, and nothing is written."""
    for place in (tmp_path / "none" / "x", tmp_path):
        ran = skywitness("case", "show", "turkey-2016", option, place)
        assert ran.code == 2
        assert ran.out == ""
        assert ran.err.count("\n") == 1
        assert ran.err.startswith(f"skywitness: {option}: {place} is no file that can be written")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_named_for_what_is_in_it(skywitness: Skywitness, tmp_path: Path) -> None:
    """A picture named .jpg or a page named .png is refused in a sentence that says which ending is expected."""
    for option, name, form in (("--png", "case.jpg", ".png"), ("--pdf", "case.png", ".pdf")):
        ran = skywitness("case", "show", "turkey-2016", option, tmp_path / name)
        assert (ran.code, ran.out) == (2, "")
        assert f"what is written here ends in {form}." in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_day_before_the_story_has_no_empty_headings(skywitness: Skywitness) -> None:
    """Where nothing had happened no sources are announced."""
    page = skywitness("case", "show", "turkey-2016", "--at", "2015-01-01", "--known", "2015-01-01").out
    assert ("nothing yet" in page, "Sources" in page) == (True, False)


def test_the_case_itself_is_not_overwritten(skywitness: Skywitness, tmp_path: Path) -> None:
    """The file that is read is no place to write to, nor are two options one file; it stays as it was."""
    file = tmp_path / "my-case.toml"
    text = skywitness("case", "example").out
    file.write_text(text, encoding="utf-8")
    ran = skywitness("case", "show", file, "--pdf", file)
    assert (ran.code, "is a file that is read here" in ran.err) == (2, True)
    ran = skywitness("case", "show", file, "--pdf", tmp_path / "x", "--png", tmp_path / "x")
    assert (ran.code, "is named for two files" in ran.err) == (2, True)
    assert file.read_text(encoding="utf-8") == text
    assert [one.name for one in tmp_path.iterdir()] == ["my-case.toml"]


def test_a_map_names_its_question_and_what_follows(skywitness: Skywitness, tmp_path: Path) -> None:
    """The file is a picture; JSON has the question, the rows by reading, and the other questions with a map."""
    target = tmp_path / "map.png"
    told = skywitness("case", "map", "turkey-2016", "--out", target, "--json").json
    assert (told["question"], told["other_questions"], told["files"]) == ("refusal", [], [str(target)])
    assert [one["verdict"] for one in told["by_reading"]] == ["cannot_tell", "breach"]
    assert target.read_bytes().startswith(PNG)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("turkey-2016", "--out", "map.svg"), "map.svg is no map that can be written; end it in .png."),
        (("9m729", "--out", "map.png"), "No question of inf/9m729 that is raised by 2019-08-18 has a map."),
        (("turkey-2016", "--question", "x", "--out", "map.png"), "There is no question 'x' in this case"),
        (("turkey-2016", "--at", "2010-01-01", "--out", "map.png"), "that is raised by 2010-01-01 has a map."),
    ],
)
def test_what_has_no_map_is_refused(
    skywitness: Skywitness,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    """Another form of file, a case or a day without a map, an unknown question: a sentence, and no file."""
    monkeypatch.chdir(tmp_path)
    ran = skywitness("case", "map", *arguments)
    assert ran.code == 2
    assert sentence in ran.err
    assert list(tmp_path.iterdir()) == []
