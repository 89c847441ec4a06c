"""The languages people are spoken to: gettext catalogues, and the marks numbers are written with.

English is the language of the templates themselves and needs no catalogue.  Every other language is a folder
``locale/<code>/LC_MESSAGES`` beside this package, written and compiled by ``scripts/translations.py``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from gettext import NullTranslations, bindtextdomain, textdomain, translation
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import ENGLISH, say

DOMAIN = "skywitness"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"
ENVIRONMENT_NAME = "SKYWITNESS_LANG"

_LONGEST_SHOWN = 60

_SYSTEM_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a POSIX system says which language its user reads; the first that is set counts."""


class Language:
    """One language of the program; renders every ``Text``.

    >>> Language("vi").number(1234.5, ",.1f")
    '1.234,5'
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._translations: NullTranslations | None = None
        self._marks: dict[int, str] | None = None

    def gettext(self, message: str) -> str:
        """Translate one template; the template itself when there is no translation."""
        return self._catalogue().gettext(message) if message else message

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Translate a template that depends on a count."""
        return self._catalogue().ngettext(singular, plural, count)

    def number(self, value: float, spec: str) -> str:
        """Write a number with the language's decimal mark; it is grouped only where ``spec`` asks for that."""
        written = ENGLISH.number(value, spec)
        return written if self.code == "en" else str(written.translate(self._number_marks()))

    @property
    def sentences(self) -> int:
        """How many sentences have a translation of their own."""
        catalogue = getattr(self._catalogue(), "_catalog", {})
        return sum(1 for key in catalogue if key)

    def _catalogue(self) -> NullTranslations:
        if self._translations is None:
            if self.code == "en":
                self._translations = NullTranslations()
            else:
                self._translations = translation(DOMAIN, LOCALE_FOLDER, [self.code])
        return self._translations

    def _number_marks(self) -> dict[int, str]:
        if self._marks is None:
            from babel import Locale

            symbols = Locale(self.code).number_symbols["latn"]
            self._marks = {ord("."): symbols["decimal"], ord(","): symbols["group"]}
        return self._marks


def languages() -> tuple[str, ...]:
    """Name the languages there are, English first."""
    compiled = sorted(path.parts[-3] for path in LOCALE_FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *compiled)


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Choose by ``--lang``, then ``SKYWITNESS_LANG``, then the system; English when nobody says.

    The command line is only looked at here, not parsed: the language must be known before the first help text or
    complaint is written.  Raises ``InputError`` for a language that is not there.
    """
    asked = _option(arguments)
    if asked is not None:
        return _known(asked, "--lang")
    if environment.get(ENVIRONMENT_NAME):
        return _known(environment[ENVIRONMENT_NAME], ENVIRONMENT_NAME)
    system = next((environment[name] for name in _SYSTEM_NAMES if environment.get(name)), "")
    code = system.split(".")[0].split("_")[0].lower()
    return Language(code if code in languages() else "en")


def speak_everywhere(language: Language) -> None:
    """Let the argument parser's own few words (``Usage:``, ``Options``) come from our catalogue too.

    click asks the standard library's global domain; this names ours as that domain.
    """
    bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language.code


def _known(code: str, where: str) -> Language:
    if code.lower() not in languages():
        raise InputError(
            "usage",
            say(
                "There is no language '{code}' here; choose one of {known}.",
                code=code if len(code) <= _LONGEST_SHOWN else f"{code[:_LONGEST_SHOWN]}..",
                known=", ".join(languages()),
            ),
            where,
        )
    return Language(code.lower())


def _option(arguments: Sequence[str]) -> str | None:
    """Find the value of the last ``--lang``; ``None`` when there is none or it has no value."""
    found: str | None = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
        elif argument == "--lang" and index + 1 < len(arguments):
            found = arguments[index + 1]
    return found
