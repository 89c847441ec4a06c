"""Whatever is given as a file, reading ends in text or in one sentence."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.route.files.text_file import path_words, read_text, shown, unfit_sign


def refusal(path: Path | str, max_bytes: int = 1000) -> InputError:
    """Read a file that must be refused."""
    with pytest.raises(InputError) as caught:
        read_text(path, max_bytes)
    return caught.value


def test_text_comes_back_as_it_stands(tmp_path: Path) -> None:
    """Line ends of any system and letters of any script are kept."""
    file = tmp_path / "a.csv"
    text = "Hà Nội\r\nВоркута\rVærløse\n"
    file.write_bytes(text.encode())
    assert read_text(file) == text
    assert read_text(str(file)) == text


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """Spreadsheets put a mark before UTF-8; it is not part of the first column's name."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xef\xbb\xbfname,lon\n")
    assert read_text(file) == "name,lon\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The refusal says which file is not there."""
    error = refusal(tmp_path / "nowhere.csv")
    assert (error.kind, error.where) == ("no_such_file", str(tmp_path / "nowhere.csv"))
    assert "no such file" in str(error)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused as one, not as something unreadable."""
    error = refusal(tmp_path)
    assert error.kind == "unreadable_file"
    assert "folder" in str(error)


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "x.csv/y.csv"], ids=["zero-byte", "too-long", "file-as-folder"])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    """A name that the system does not even accept gives a refusal too, and can be printed."""
    (tmp_path / "x.csv").write_text("a", encoding="utf-8")
    error = refusal(tmp_path / name)
    assert error.kind in ("no_such_file", "unreadable_file")
    assert str(error).isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read every file")
def test_a_forbidden_file_is_refused(tmp_path: Path) -> None:
    """A file that may not be read says so."""
    file = tmp_path / "a.csv"
    file.write_text("a", encoding="utf-8")
    file.chmod(0)
    assert "not permitted" in str(refusal(file))


def test_the_limit_of_size_is_exact_and_told(tmp_path: Path) -> None:
    """A file of the largest size is read; one byte more is refused with the limit."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"a" * 1024 * 1024)
    assert len(read_text(file, 1024 * 1024)) == 1024 * 1024
    error = refusal(file, 1024 * 1024 - 1)
    assert error.kind == "file_too_big"
    file.write_bytes(b"a" * (1024 * 1024 + 1))
    assert "1 MB" in str(refusal(file, 1024 * 1024))


def test_an_endless_device_is_refused() -> None:
    """A device without end is not read to its end."""
    device = Path("/dev/zero")
    if not device.exists():
        pytest.skip("this system has no /dev/zero")
    assert refusal(device).kind == "file_too_big"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["name,lon\n", '{"a": 1}', "[times]\n"])
def test_utf_16_is_named(tmp_path: Path, encoding: str, text: str) -> None:
    """Text that Windows calls Unicode is recognised with and without its mark."""
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode(encoding))
    error = refusal(file)
    assert error.kind == "not_utf8"
    assert "UTF-16" in str(error)


@pytest.mark.parametrize(
    ("data", "byte", "line"), [(b"\xff", 1, 1), (b"ab\ncd\xe9", 6, 2), (b"\xef\xbb\xbfa\n\xc3", 6, 2)]
)
def test_the_byte_that_is_no_text_is_named(tmp_path: Path, data: bytes, byte: int, line: int) -> None:
    """Byte and line count from 1, the byte order mark included."""
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    said = str(refusal(file))
    assert f"byte {byte} (" in said
    assert f"line {line})" in said


@given(data=st.binary(max_size=64))
def test_any_bytes_give_text_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """No content of a file leads to another error, and text is UTF-8 without zero bytes."""
    file = tmp_path_factory.getbasetemp() / "any.bin"
    file.write_bytes(data)
    with suppress(InputError):
        text = read_text(file)
        assert text.encode() in (data, data.removeprefix(b"\xef\xbb\xbf"))
        assert "\0" not in text


@given(value=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.integers())))
def test_what_is_quoted_fits_into_a_sentence(value: object) -> None:
    """Any value is shown on one printable line that is not long."""
    words = shown(value)
    assert words.isprintable()
    assert len(words) <= 60 * 10


def test_quoted_text_is_cut() -> None:
    """Of a long value the beginning is shown."""
    assert shown("x" * 1000) == repr("x" * 58 + "..")
    assert shown(10**100) == "1" + "0" * 57 + ".."


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Værløse", ""),
        ("Đồng Hới", ""),
        ("a\u200db", ""),  # joins letters in several scripts
        ("a\x00", "U+0000"),
        ("a\x1b[2J", "U+001B"),
        ("a\x7f", "U+007F"),
        ("a\x85b", "U+0085"),
        ("a\u2028b", "U+2028"),
        ("a\u202eb", "U+202E"),
        ("a\u2066b", "U+2066"),
        ("a\ud800", "U+D800"),
        ("a\nb", "U+000A"),
    ],
)
def test_signs_that_do_not_belong_in_a_name(words: str, sign: str) -> None:
    """Letters of all scripts pass; what rewrites a screen, turns the writing or cannot be stored is named."""
    assert unfit_sign(words) == sign


def test_prose_may_have_lines() -> None:
    """Line ends and tabs are part of prose, escapes are not."""
    assert unfit_sign("a\r\n\tb", prose=True) == ""
    assert unfit_sign("a\n\x1b", prose=True) == "U+001B"


def test_a_path_can_be_printed() -> None:
    """A file name with half characters or escapes is shown by their codes."""
    words = path_words("a\udcff\x1b[2J")
    assert words.isprintable()
    assert words.encode("utf-8")
