"""The patterns in which dates and times are written, one set a language, made from ``data/dates.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from skywitness.press.data_files import table
from skywitness.press.letters import composed, folded, tone_folded

__all__ = ["Forms", "forms", "prepared"]

_Y: Final = r"(?:(?P<y>(?:18|19|20)\d\d)|['’](?P<yy>\d\d))(?!\d)"
_ORD: Final = r"(?:\.|er|º|°|ª|ro|st|nd|rd|th|-?го|-?е)?"
_OF: Final = {"en": r"(?:of\s+|day\s+of\s+)?"}
_YEAR_LINK: Final = {
    "es": r"\s*,?\s*(?:del?\s+(?:ano\s+)?)?",
    "it": r"\s*,?\s*(?:del(?:l'anno)?\s+)?",
    "vi": r"\s*(?:,\s*|/\s*|-\s*|năm\s+|,\s*năm\s+)",
    "en": r"(?:\s*,\s*|\s+(?:of\s+|in\s+)?)",
    "de": r"\s*,?\s*(?:des\s+jahres\s+)?",
    "fr": r"\s*,?\s*(?:de\s+l['’]annee\s+)?",
    "ru": r"\s*,?\s*",
}
_THE: Final = r"(?:the\s+|le\s+|el\s+|il\s+|l['’]|den\s+|dem\s+|ngày\s+)?"


@dataclass(frozen=True, slots=True)
class Forms:
    """Compiled patterns of one language.  ``days`` and ``months`` have groups ``d``, ``d0``, ``m``, ``y``."""

    language: str
    days: tuple[re.Pattern[str], ...]
    months: tuple[re.Pattern[str], ...]
    month_alone: re.Pattern[str] | None
    month_names: tuple[re.Pattern[str], ...]
    decades: tuple[re.Pattern[str], ...]
    weekday: re.Pattern[str]
    weekday_names: tuple[re.Pattern[str], ...]
    day_words: Mapping[str, int]
    day_word: re.Pattern[str]
    steps: Mapping[str, tuple[re.Pattern[str], ...]]
    numbers: Mapping[str, int]
    units: Mapping[str, re.Pattern[str]]
    around: re.Pattern[str]
    year_before: re.Pattern[str]
    noun_after: re.Pattern[str]
    last: re.Pattern[str]
    next: re.Pattern[str]
    this: re.Pattern[str]
    future: re.Pattern[str]


def prepared(text: str, language: str) -> str:
    """Bring a composed text into the letters that the patterns of a language are written in."""
    return tone_folded(text) if language == "vi" else folded(text)


def _words(held: list[str], language: str) -> str:
    return "|".join(sorted((_plain(word, language) for word in held), key=len, reverse=True)) or r"(?!)"


def _plain(words: str, language: str) -> str:
    return prepared(composed(words), language).replace("(?p<", "(?P<").replace(" ", r"\s+")


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")


@cache
def forms(language: str) -> Forms:
    """Compile the patterns of a language; they are compiled once."""
    row = table("dates")[language]
    month = rf"(?P<m>{'|'.join(_plain(one, language) for one in row['months'])})"
    ranged = rf"(?:(?P<d0>\d{{1,2}}){_ORD}\s*{_plain(row['range'], language)}\s*{_THE})?"
    link = _YEAR_LINK[language]
    days, months = _vietnamese(ranged) if language == "vi" else _european(language, month, ranged, link)
    return Forms(
        language=language,
        days=tuple(map(re.compile, (*days, *_numeric(language)))),
        months=tuple(map(re.compile, months)),
        month_alone=_month_alone(row, language, month),
        month_names=tuple(_whole(_plain(one, language)) for one in row["months"]),
        decades=tuple(_whole(_plain(one, language)) for one in row["decade"]),
        weekday=_whole("|".join(_plain(one, language) for one in row["weekdays"])),
        weekday_names=tuple(_whole(_plain(one, language)) for one in row["weekdays"]),
        day_words={prepared(word, language): shift for word, shift in row["day_words"].items()},
        day_word=_whole(_words(list(row["day_words"]), language)),
        steps=_steps(row, language),
        numbers={prepared(composed(word), language): number for word, number in row["numbers"].items()},
        units={name: _whole(_plain(unit, language)) for name, unit in row["units"].items()},
        around=_around(row, language),
        year_before=re.compile(rf"(?<![^\W_])(?:{_words(row['year_before'], language)})[\s(]*$"),
        noun_after=re.compile(rf"\s*(?:{_words(row['noun_after'], language)})(?![^\W_])"),
        last=_whole(_words(row["last"], language)),
        next=_whole(_words(row["next"], language)),
        this=_whole(_words(row["this"], language)),
        future=_whole("|".join(one.replace(" ", r"\s+") for one in row["future"])),
    )


def _european(language: str, month: str, ranged: str, link: str) -> tuple[list[str], list[str]]:
    of, begin, end = _OF.get(language, r"(?:de\s+)?"), r"(?<![^\W_])(?<!\d[.,/])", r"(?![^\W_])"
    months_end = r"(?<=[.\w])(?![^\W\d_])"
    days = [rf"{begin}{ranged}(?P<d>\d{{1,2}}){_ORD}\s*{of}{month}{months_end}(?:{link}{_Y})?"]
    if language == "en":
        after = r"(?:\s*(?:-|–|—|to|and|through|&)\s*(?:the\s+)?(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?!\d))?"
        days.insert(
            0, rf"{begin}{month}{months_end}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%]){after}(?:{link}{_Y})?"
        )
    loose = r"\s*,?\s*(?:de\s+|del\s+|of\s+|des\s+jahres\s+|dell['’]anno\s+)?"
    return days, [rf"{begin}{month}{months_end}{loose}{_Y}{end}"]


def _vietnamese(ranged: str) -> tuple[list[str], list[str]]:
    day = r"(?P<d>\d{1,2})"
    number = r"(?P<m>\d{1,2}|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)"
    year = rf"(?:\s*(?:,\s*năm\s+|,\s*|/\s*|-\s*|năm\s+){_Y})"
    before = (
        r"(?:ngày|hôm|mồng|mùng|sáng|chiều|tối|đêm|trưa|từ|đến|vào|tới|và|hết|trước|sau|dịp|rạng sáng)\s+(?:ngày\s+)?"
    )
    days = [
        rf"(?<![^\W_])(?<!\d[/.,-]){ranged}{day}\s*tháng\s*{number}(?![^\W_]){year}?",
        rf"(?<![^\W_.,])(?<!\d[/-]){ranged}{day}\s*([/.-])\s*(?P<m>\d{{1,2}})\s*\3\s*{_Y}",
        rf"(?<![^\W_])(?:{before}){ranged}{day}\s*[/-]\s*(?P<m>\d{{1,2}})(?![\d/%]|[.,]\d)",
        r"(?<![\w/.,-])(?P<d>(?:1[3-9]|2\d|3[01]))/(?P<m>0?[1-9]|1[0-2])(?![\d/%]|[.,]\d)",
        rf"\(\s*{day}\s*[/-]\s*(?P<m>\d{{1,2}})\s*\)",
    ]
    months = [
        rf"(?<![^\W_])tháng\s*{number}(?![^\W_])\s*(?:,\s*|/\s*|-\s*|năm\s+|,\s*năm\s+){_Y}(?![^\W_])",
        rf"(?<![\d/])(?P<m>\d{{1,2}})/{_Y}(?![^\W_/])",
    ]
    return days, months


def _numeric(language: str) -> list[str]:
    iso = r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"
    if language == "vi":
        return [iso]
    short = [r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?!\s?\d)"] if language == "de" else []
    if language == "ru":
        short = [r"(?<![\d.,:])(?<!в )(?P<d>[0-3]\d)\.(?P<m>0[1-9]|1[0-2])(?![\d:%]|[.,]\d)"]
    mark = r"(?<![\d./-])(?P<d>\d{1,2})(?P<mark>[./-])\s?(?P<m>\d{1,2})(?P=mark)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    return [iso, mark, *short]


def _month_alone(row: Mapping[str, Any], language: str, month: str) -> re.Pattern[str] | None:
    if language == "vi":
        number = r"(?P<m>\d{1,2}|giêng|chạp|mười một|mười hai|mười)"
        return re.compile(rf"(?<!\d\s)(?<![^\W_])tháng\s*{number}(?![^\W_]|/|\s*(?:năm|ngày)\s+\d)")
    before = rf"(?P<b>{_words(row['month_before'], language)})"
    after = _words([*row["last"], *row["next"]], language)
    return re.compile(rf"(?<![^\W_]){before}(?:\s+|-){month}(?![^\W_])(?!\s+\d)(?:\s+(?P<a>{after})(?![^\W_]))?")


def _steps(row: Mapping[str, Any], language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    number = rf"(?P<n>\d{{1,3}}|{_words(list(row['numbers']), language)})"
    unit = rf"(?P<u>{'|'.join(_plain(one, language) for one in row['units'].values())})"
    found = {}
    for kind in ("event", "ago", "later", "ahead"):
        made = (_plain(one, language).replace("{n}", number).replace("{u}", unit) for one in row[kind])
        found[kind] = tuple(map(_whole, made))
    return found


def _around(row: Mapping[str, Any], language: str) -> re.Pattern[str]:
    """Make the pattern of ``last week``, ``cette annee``, ``nam ngoai``: a unit beside a word of direction."""
    units = "|".join(rf"(?P<{name}>{_plain(unit, language)})" for name, unit in row["units"].items() if name != "day")
    again = "|".join(_plain(unit, language) for name, unit in row["units"].items() if name != "day")
    way = _words([*row["last"], *row["next"], *row["this"]], language)
    if language == "vi":
        extra = r"|(?P<before>đầu|cuối|giữa)\s+(?P<beside>tuần|tháng|năm)\s+(?P<ahead>này|trước|qua|nay|tới)"
        return _whole(rf"(?:{units})\s+(?P<way>{way}){extra}")
    return _whole(rf"(?P<way>{way})\s+(?:{units})|(?P<beside>{again})\s+(?P<ahead>{way})")
