"""Files an article may come in, and files that are none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from skywitness.core.errors import InputError
from skywitness.press.language import language_of
from skywitness.press.source import MAX_FILE_BYTES, MAX_TEXT, read_source

WORDS = "The Treaty on Open Skies was signed in 1992."
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Skies</title>
<meta property="article:published_time" content="2020-05-24T08:00:00Z"><script>var Russia = 1</script></head>
<body><nav><p>Cuba</p></nav><article><h1>A headline</h1><p>First <b>bold</b>&nbsp;words.</p><p>Second.</p>
<aside><p>Peru</p></aside></article><footer><p>Chile</p></footer></body></html>"""


def pdf(words: str) -> bytes:
    """Make a PDF of one page; without words it is blank, as a scan without recognition is."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    if words:
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 200 Td ({words}) Tj ET".encode())
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def put(folder: Path, data: bytes) -> Path:
    """Write a file."""
    path = folder / "article"
    path.write_bytes(data)
    return path


def test_a_page_gives_its_article_and_day(tmp_path: Path) -> None:
    """Of a page the article is taken, without menus, boxes and scripts, and the day that it tells."""
    found = read_source(put(tmp_path, PAGE.encode()))
    assert found.text == "A headline\n\nFirst bold words.\n\nSecond."
    assert (found.form, found.title, str(found.published)) == ("html", "Skies", "2020-05-24")


def test_a_page_in_another_encoding(tmp_path: Path) -> None:
    """A page that names its encoding is read in it."""
    page = "<html><head><meta charset=windows-1251></head><body><p>Договор по открытому небу</p></body></html>"
    assert read_source(put(tmp_path, page.encode("windows-1251"))).text == "Договор по открытому небу"


@pytest.mark.parametrize("told", ["utf-16", "utf-32", "rot13", "base64", "undefined", "no-such-thing"])
def test_a_page_that_names_an_encoding_it_is_not_in(tmp_path: Path, told: str) -> None:
    """A page whose own words about its encoding cannot be so is read as UTF-8, not as other signs."""
    page = f"<html><head><meta charset={told}></head><body><p>Hiệp ước Bầu trời Mở</p></body></html>"
    assert read_source(put(tmp_path, page.encode())).text == "Hiệp ước Bầu trời Mở"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_mark_of_a_page_goes_before_its_words(tmp_path: Path, encoding: str) -> None:
    """A page with a mark of its encoding is a page, read by that mark, whatever encoding it names."""
    page = "<html><head><meta charset=windows-1251></head><body><p>Bầu trời Mở</p></body></html>"
    found = read_source(put(tmp_path, page.encode(encoding)))
    assert (found.form, found.text) == ("html", "Bầu trời Mở")


def test_blocks_in_blocks_are_read_once(tmp_path: Path) -> None:
    """Of blocks nested thousands deep the innermost are read, each once, without walking the page for every one."""
    page = "<html><body>" + "<blockquote>" * 6000 + "<p>First words.</p><p>Second.</p></body></html>"
    assert read_source(put(tmp_path, page.encode())).text == "First words.\n\nSecond."


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    """The text of a PDF is read."""
    found = read_source(put(tmp_path, pdf(WORDS)))
    assert (found.form, found.text.strip()) == ("pdf", WORDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_may_have_a_mark_of_its_encoding(tmp_path: Path, encoding: str) -> None:
    """A byte order mark is no part of the text."""
    assert read_source(put(tmp_path, WORDS.encode(encoding))).text == WORDS


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_file"),
        (b" \n\t", "empty_file"),
        (b"<html><body><script>x</script></body></html>", "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_text"),
        (b"PK\x03\x04" + bytes(50), "not_text"),
        (b"abc\0def", "not_text"),
        ("Зима".encode("cp1251"), "not_text"),
        (b"%PDF-1.7 broken", "damaged_pdf"),
        (pdf(""), "scanned_pdf"),
        (b"a" * (MAX_FILE_BYTES + 1), "file_too_big"),
        (b"word " * (MAX_TEXT // 5 + 1), "text_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_article_is_refused(tmp_path: Path, data: bytes, kind: str) -> None:
    """Each file that cannot be read is refused in a sentence that says why and names it."""
    with pytest.raises(InputError) as refused:
        read_source(put(tmp_path, data))
    assert refused.value.kind == kind
    assert str(tmp_path) in refused.value.where
    assert str(refused.value.message).endswith(".")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    """A PDF with a password says so."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(WORDS)))
    writer.encrypt("secret", algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    with pytest.raises(InputError) as refused:
        read_source(put(tmp_path, held.getvalue()))
    assert refused.value.kind == "locked_pdf"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "Hiệp ước Bầu trời Mở được ký năm 1992 tại Helsinki."),
        ("en", "The United States formally withdrew from the Open Skies Treaty on 22 November 2020."),
        ("fr", "La Russie a annoncé son retrait du traité Ciel ouvert."),
        ("de", "Der Vertrag über den Offenen Himmel wurde 1992 unterzeichnet."),
        ("it", "Il trattato Cieli aperti è stato firmato nel 1992 a Helsinki."),
        ("ru", "Договор по открытому небу был подписан в 1992 году."),
        ("es", "El Tratado de Cielos Abiertos se firmó en 1992 en Helsinki."),
    ],
)
def test_seven_languages_are_told(code: str, text: str) -> None:
    """One sentence is enough."""
    assert language_of(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "Договір з відкритого неба був підписаний у 1992 році, і Україна є його учасницею.",
        "Traktat o otwartych przestworzach został podpisany w Helsinkach w 1992 roku przez Polskę.",
        "オープンスカイズ条約は1992年にヘルシンキで署名された。",
        "1992",
    ],
)
def test_other_languages_are_refused(text: str) -> None:
    """A text in another language, or too short to tell, is refused and not read as if it were one of the seven."""
    with pytest.raises(InputError) as refused:
        language_of(text)
    assert refused.value.kind == "unknown_language"


def test_an_article_cannot_change_how_a_page_is_shown(tmp_path: Path) -> None:
    """Escape sequences of terminals and marks of direction are left out, and the names around them are found."""
    path = tmp_path / "article.txt"
    path.write_text(
        "\u202eThe Treaty \x1b[31mon Open\x07 Skies\u202c was signed in 1992 by Ger\u200bmany.", encoding="utf-8"
    )
    assert read_source(path).text == "The Treaty on Open Skies was signed in 1992 by Germany."
