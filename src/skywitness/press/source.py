"""The text of an article, out of a text file, a web page or a PDF, with what the file itself says of its day."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.press.letters import composed
from skywitness.route.files.text_file import path_words, read_bytes, shown

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["MAX_FILE_BYTES", "MAX_TEXT", "Source", "read_source"]

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
"""Larger files are refused: an article has some kilobytes, a page or a PDF with pictures some megabytes."""

MAX_TEXT: Final = 500_000
"""Characters of text that are read at most: a book is no article."""

_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite")
_ADDRESS: Final = re.compile(r"(?:https?|ftp):/", re.IGNORECASE)
_HTML: Final = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"""charset=["']?([\w-]+)""", re.IGNORECASE)
_DROPPED: Final = "script,style,noscript,template,nav,aside,footer,form,button,iframe,svg,select"
_BLOCKS: Final = "h1,h2,h3,h4,p,li,blockquote,td,figcaption,dd,pre"
_PUBLISHED: Final = (
    "meta[property='article:published_time']",
    "meta[itemprop='datePublished']",
    "meta[name='date']",
    "meta[name='pubdate']",
    "meta[name='dcterms.date']",
    "meta[name='DC.date']",
    "meta[property='og:published_time']",
    "time[datetime]",
)
_ISO: Final = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it was found.  ``published``: the day the file itself tells, if it does."""

    text: str
    form: str
    title: str = ""
    published: dt.date | None = None


def read_source(path: Path | str) -> Source:
    """Read an article from a file.

    :raises InputError: for a file that is missing, empty, too large, binary, scanned or damaged.
    """
    where = path_words(path)
    if _ADDRESS.match(str(path)):
        raise InputError("no_such_file", say("Nothing is fetched here: save the page, and name the file."), where)
    if str(path) == "-":
        raise InputError("no_such_file", say("To read from a pipe name /dev/stdin, or save the text as a file."), where)
    data = read_bytes(Path(path), where, MAX_FILE_BYTES)
    if not data.strip():
        raise InputError("empty_file", say("The file is empty."), where)
    if data[:1024].lstrip().startswith(b"%PDF"):
        found = _pdf(data, where)
    elif _HTML.search(data[:4096].replace(b"\0", b"")):
        found = _html(data, where)
    else:
        found = Source(_decoded(data, where), "text")
    if not found.text.strip():
        raise InputError("empty_file", say("There is no text in the file."), where)
    if len(found.text) > MAX_TEXT:
        message = say(
            "The text has {count:,} characters; at most {most:,} are read: an article, not a book.",
            count=len(found.text),
            most=MAX_TEXT,
        )
        raise InputError("text_too_long", message, where)
    return found


def _decoded(data: bytes, where: str) -> str:
    """Turn bytes into text, or say why they are none."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if data.startswith(_BINARY) or (encoding == "utf-8" and b"\0" in data):
        message = say("This is no text, web page or PDF; save the article as one of these.")
        raise InputError("not_text", message, where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = say("The file is not UTF-8 (byte {number}); save it as UTF-8.", number=str(error.start + 1))
        raise InputError("not_text", message, where) from None
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


# ---- web pages ----


def _html(data: bytes, where: str) -> Source:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(_decoded(_as_utf8(data), where))
    title = page.css_first("title")
    published = _published(page)
    for node in page.css(_DROPPED):
        node.decompose()
    return Source(
        composed(_page_text(page)), "html", composed(title.text()).strip() if title is not None else "", published
    )


def _as_utf8(data: bytes) -> bytes:
    """Write a page in UTF-8 that says it is in another encoding.

    The mark at the start of a file goes before what the page says of itself, and a page whose words "UTF-16" can be
    read byte by byte is not in UTF-16 (as browsers take it).
    """
    told = _CHARSET.search(data[:4096])
    name = told[1].decode("ascii", "replace").lower() if told else "utf-8"
    if name.startswith(("utf-8", "utf8", "utf-16", "utf-32")) or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return data
    try:
        return data.decode(name).encode("utf-8")
    except (LookupError, UnicodeError):
        return data


def _published(page: LexborHTMLParser) -> dt.date | None:
    for selector in _PUBLISHED:
        for node in page.css(selector):
            words = node.attributes.get("content") or node.attributes.get("datetime") or ""
            match = _ISO.search(words)
            if match is not None:
                try:
                    return dt.date(*map(int, match.groups()))
                except ValueError:
                    continue
    return None


def _page_text(page: LexborHTMLParser) -> str:
    """Take the article out of a page: the part that is marked as one, else the whole body, paragraph by paragraph."""
    root = page.css_first("article") or page.css_first("main") or page.body
    if root is None:
        return ""
    lines = [_line(node) for node in _innermost(root.css(_BLOCKS))]
    whole = " ".join((root.text(separator=" ") or "").split())
    text = "\n\n".join(line for line in lines if line)
    return text if len(text) > len(whole) / 2 else root.text(separator="\n")


def _innermost(blocks: list[LexborNode]) -> list[LexborNode]:
    """Keep the blocks that hold no other block; every node is walked up from once, however deep they are nested."""
    above: set[int] = set()
    for node in blocks:
        up = node.parent
        while up is not None and up.mem_id not in above:
            above.add(up.mem_id)
            up = up.parent
    return [node for node in blocks if node.mem_id not in above]


def _line(node: LexborNode) -> str:
    return " ".join((node.text() or "").split())


# ---- PDF ----


def _pdf(data: bytes, where: str) -> Source:
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError("locked_pdf", say("The PDF is locked with a password; save it without one."), where)
            pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        message = say("The PDF cannot be read: {reason}.", reason=shown(str(error) or type(error).__name__))
        raise InputError("damaged_pdf", message, where) from None
    text = _unbroken("\n\n".join(pages))
    if not any(letter.isalpha() for letter in text):
        message = say("The PDF holds pictures of pages and no text; run character recognition on it first.")
        raise InputError("scanned_pdf", message, where)
    return Source(composed(text), "pdf")


def _unbroken(text: str) -> str:
    """Join words that a line end parts, and lines of one paragraph."""
    joined = re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_A-Z])", "", text.replace("\r", ""))
    return re.sub(r"(?<![.!?:»”\"\n])\n(?!\n)", " ", joined)
