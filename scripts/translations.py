"""Keep the languages in step with the program: collect its sentences, merge them, compile.

    python scripts/translations.py update     # collect all sentences, merge them into every .po, compile
    python scripts/translations.py missing    # print what has no translation yet
    python scripts/translations.py compile    # .po -> .mo only

Sentences are the literal templates of ``say`` and ``say_n``, found in the syntax tree, and the titles and names in data
files, each beside its own translations (``title`` and ``title_vi``, ``name`` and ``names``).  Nothing is dated, so that
the same sources always give the same bytes.
"""

from __future__ import annotations

import ast
import datetime as dt
import functools
import io
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "skywitness"
LOCALE = PACKAGE / "locale"
DOMAIN = "skywitness"
LANGUAGES = ("vi",)

FROM_DATA = frozenset({"src/skywitness/law/provisions.py"})
"""Modules whose templates come out of data files, where they are collected with their translations."""

_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""A .po names a date; ours is always the same, or every run would change the file."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One template to translate, where it stands, and translations that the data hold themselves."""

    singular: str
    plural: str | None
    file: str
    known: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str | tuple[str, str]:
        """Name the message as a catalogue does."""
        return self.singular if self.plural is None else (self.singular, self.plural)


@dataclass(frozen=True, slots=True)
class NotLiteral:
    """A call of ``say`` whose template cannot be collected."""

    file: str
    line: int


def collect() -> list[Sentence]:
    """Collect every sentence of the program and its data, in a stable order."""
    found = [sentence for sentence in _from_code() if isinstance(sentence, Sentence) and sentence.singular]
    return sorted(set(found) | set(_from_data()), key=lambda sentence: (sentence.file, sentence.singular))


def not_literal() -> list[NotLiteral]:
    """List calls whose template is no literal and so would never be translated."""
    return [problem for problem in _from_code() if isinstance(problem, NotLiteral) and problem.file not in FROM_DATA]


def read(language: str) -> Catalog:
    """Read the catalogue of a language; an empty one when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def merged(language: str) -> Catalog:
    """Give the catalogue that holds exactly today's sentences, with all translations that are still of use."""
    old, new = read(language), _empty(language)
    for sentence in collect():
        known = dict(sentence.known).get(language)
        before = old.get(sentence.singular)
        string: Any = known or (before.string if before else None) or ("" if sentence.plural is None else ("",))
        new.add(sentence.key, string, locations=[(sentence.file, 0)], flags=["python-brace-format"])
    return new


def po_text(catalog: Catalog) -> bytes:
    """Write a catalogue as .po; only file names tell where a sentence stands, line numbers would change daily."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=False, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Compile a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def po_path(language: str) -> Path:
    """Say where the readable catalogue of a language is."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def untranslated(catalog: Catalog) -> list[str]:
    """List the sentences without a translation."""
    return [_singular(message.id) for message in catalog if message.id and not _complete(message.string)]


def _complete(string: Any) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _singular(key: Any) -> str:
    return str(key[0] if isinstance(key, tuple | list) else key)


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language,
        domain=DOMAIN,
        project="Skywitness",
        version="0",
        header_comment="# Sentences of Skywitness.  Written by scripts/translations.py; translate by editing msgstr.",
        copyright_holder="the Skywitness authors",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="the Skywitness authors",
        language_team=language,
        fuzzy=False,
    )


@functools.cache
def _from_code() -> tuple[Sentence | NotLiteral, ...]:
    """Collect the calls of ``say`` and ``say_n`` from the syntax trees, which are taken apart once."""
    return tuple(_calls())


def _calls() -> Iterator[Sentence | NotLiteral]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            if isinstance(node, ast.Call) and _called(node) in ("say", "say_n"):
                yield _sentence(node, name)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _sentence(node: ast.Call, name: str) -> Sentence | NotLiteral:
    wanted = 2 if _called(node) == "say_n" else 1
    words = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(words) != wanted:
        return NotLiteral(name, node.lineno)
    return Sentence(words[0], words[1] if wanted == 2 else None, name)


def _from_data() -> Iterator[Sentence]:
    """Collect tables of data files that hold a text in English and, beside it, in other languages.

    They stand as ``title`` beside ``title_vi``, or as ``name`` beside a table of ``names`` by language.
    """
    for path in sorted(PACKAGE.rglob("*.toml")):
        name = path.relative_to(ROOT).as_posix()
        for table in _tables(tomllib.loads(path.read_text(encoding="utf-8"))):
            for key, value in table.items():
                known = tuple((code, str(table[f"{key}_{code}"])) for code in LANGUAGES if f"{key}_{code}" in table)
                if known:
                    yield Sentence(str(value), None, name, known)
                if known and key.endswith("source"):
                    yield from _parts(str(value), name, known)
            names = table.get("names")
            if isinstance(names, dict) and "name" in table:
                known = tuple((code, str(names[code])) for code in LANGUAGES if code in names)
                yield Sentence(str(table["name"]), None, name, known)


def _parts(source: str, name: str, known: tuple[tuple[str, str], ...]) -> Iterator[Sentence]:
    """Part a source as it is shown (``law.words.source_words``), each part beside its own translation."""
    parts = source.split("; ")
    there = {code: words.split("; ") for code, words in known}
    if len(parts) > 1 and all(len(words) == len(parts) for words in there.values()):
        for number, part in enumerate(parts):
            yield Sentence(part, None, name, tuple((code, words[number]) for code, words in there.items()))


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    """Walk all tables of a TOML document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)


def _write(language: str, catalog: Catalog, *, with_po: bool) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    if with_po:
        path.write_bytes(po_text(catalog))
    path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    command = arguments[0] if arguments else "update"
    for language in LANGUAGES:
        if command == "missing":
            print("\n".join(untranslated(merged(language))))
        else:
            catalog = merged(language)
            _write(language, catalog, with_po=command == "update")
            print(f"{language}: {len(catalog)} sentences, {len(untranslated(catalog))} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
