"""Translations are whole: nothing is left in English, nothing is lost between the catalogue and the program."""

from __future__ import annotations

import string
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from tests.programs import load_program

from skywitness.cli.command import PARSER_WORDS
from skywitness.cli.language import Language

LANGUAGES = ("vi",)


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """The script that collects sentences."""
    return load_program("scripts/translations.py")


def templates(key: Any) -> list[str]:
    """Give the one or two templates of a message."""
    return list(key) if isinstance(key, tuple | list) else [key]


def fields(template: str) -> set[tuple[str, str, str]]:
    """Give the values a template asks for, with their forms."""
    parts = string.Formatter().parse(template)
    return {(name, spec or "", conversion or "") for _, name, spec, conversion in parts if name is not None}


def test_every_sentence_can_be_collected(translations: ModuleType) -> None:
    """Every template of ``say`` and ``say_n`` is a literal; another one would stay English unseen."""
    assert not translations.not_literal()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_exactly_the_sentences_of_the_program(translations: ModuleType, language: str) -> None:
    """The .po is what ``scripts/translations.py update`` writes: no sentence is missing, none is left over."""
    wanted = {translations._singular(sentence.key) for sentence in translations.collect()}
    held = {translations._singular(message.id) for message in translations.read(language) if message.id}
    assert wanted - held == set()
    assert held - wanted == set()
    assert translations.po_path(language).read_bytes() == translations.po_text(translations.merged(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(translations: ModuleType, language: str) -> None:
    """No sentence of the program or its data is shown in English to a reader of another language."""
    assert not translations.untranslated(translations.read(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_ask_for_the_same_values(translations: ModuleType, language: str) -> None:
    """A translation names exactly the values of its sentence, in the same form; another name would stop the program."""
    wrong = []
    for message in translations.read(language):
        if not message.id or not translations._complete(message.string):
            continue
        wanted = fields(templates(message.id)[-1])
        wrong += [message.id for words in templates(message.string) if fields(words) != wanted]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_that_of_the_readable_one(translations: ModuleType, language: str) -> None:
    """The .mo the program reads is compiled from the .po people edit."""
    compiled = translations.po_path(language).with_suffix(".mo").read_bytes()
    assert compiled == translations.mo_bytes(translations.read(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_in_the_data_bring_their_own_translation(translations: ModuleType, language: str) -> None:
    """A title or the name of a State that stands in a data file is shown as the data file translates it."""
    told = {sentence.singular: dict(sentence.known).get(language) for sentence in translations.collect()}
    told = {english: words for english, words in told.items() if words}
    assert {"Germany", "Maximum flight distance"} <= told.keys()
    shown = Language(language)
    assert {english for english, words in told.items() if shown.gettext(english) != words} == set()


def test_words_of_the_parser_are_really_its_words() -> None:
    """Every word we translate for click is one that click says; an update that changes one is noticed."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    for words in PARSER_WORDS:
        for template in filter(None, (words.template, words.plural)):
            assert f'"{template}"' in source


def test_marks_of_the_template_language_are_escaped(translations: ModuleType) -> None:
    """Every template can be taken apart, so that no brace in it is a slip."""
    for sentence in translations.collect():
        for template in filter(None, (sentence.singular, sentence.plural)):
            assert all(name for name, _, _ in fields(template))
