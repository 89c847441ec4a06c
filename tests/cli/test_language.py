"""Languages: how one is chosen, and how numbers look in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.cli.language import Language, choose, languages
from skywitness.core.errors import InputError
from skywitness.core.text import say


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        ([], {}, "en"),
        (["--lang", "vi", "version"], {}, "vi"),
        (["version", "--lang=VI"], {}, "vi"),
        (["version", "--lang", "en", "--lang", "vi"], {}, "vi"),
        (["version", "--lang", "en"], {"SKYWITNESS_LANG": "vi"}, "en"),
        ([], {"SKYWITNESS_LANG": "vi", "LANG": "en_US.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        (["--", "--lang", "vi"], {}, "en"),
        (["version", "--lang"], {}, "en"),
    ],
)
def test_language_is_chosen_by_option_then_setting_then_system(
    arguments: list[str], environment: dict[str, str], code: str
) -> None:
    """The nearest wish counts; a system in a language that is not here is spoken to in English."""
    assert choose(arguments, environment).code == code


@pytest.mark.parametrize(("arguments", "environment"), [(["--lang", "xx"], {}), ([], {"SKYWITNESS_LANG": "tlh"})])
def test_unknown_language_is_refused_with_those_there_are(arguments: list[str], environment: dict[str, str]) -> None:
    """A wish that cannot be met is told, with the languages that can."""
    with pytest.raises(InputError, match="en, vi"):
        choose(arguments, environment)


def test_both_languages_are_there() -> None:
    """English and Vietnamese ship with the program."""
    assert languages() == ("en", "vi")


@pytest.mark.parametrize(
    ("template", "value", "english", "vietnamese"),
    [
        ("{value:.1f}", 5423.06, "5423.1", "5423,1"),
        ("{value:,.0f}", 1234567.0, "1,234,567", "1.234.567"),
        ("{value}", 2019, "2019", "2019"),
        ("{value}", 0.5, "0.5", "0,5"),
        ("{value:03d}", 7, "007", "007"),
        ("{value:+.2f}", -0.126, "-0.13", "-0,13"),
        ("{value}", "1.5", "1.5", "1.5"),
        ("{value}", True, "True", "True"),
    ],
)
def test_numbers_get_the_marks_of_the_language(template: str, value: object, english: str, vietnamese: str) -> None:
    """Vietnamese writes a decimal comma; words that look like numbers are left alone."""
    text = say(template, value=value)
    assert text.render(Language("en")) == english
    assert text.render(Language("vi")) == vietnamese


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".1f", ".3f", "g", ""]))
def test_vietnamese_numbers_mean_the_same(value: float, spec: str) -> None:
    """Putting the marks back gives the English number."""
    assert Language("vi").number(value, spec).replace(",", ".") == Language("en").number(value, spec)
