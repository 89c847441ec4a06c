"""Dates and lengths of time in a text, and what they come to, seen from the day of the article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from skywitness.press.date_forms import Forms, forms, prepared
from skywitness.press.date_model import ABSOLUTE, RELATIVE, DateMention
from skywitness.press.date_relative import find_relative
from skywitness.press.date_resolve import resolved
from skywitness.press.tokens import Span, Tokens

__all__ = ["find_dates", "first_full_date"]

_VI_MONTHS: Final = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "chạp")
_YEAR: Final = re.compile(
    r"(?<![^\W_])(?<![\d.,/:$€£№#])(?P<y>1[89]\d\d|20\d\d)(?![^\W_а-я])(?!(?:[.,:]\d|['’]?s(?![^\W_])|\s*[%°€$]))"
)
_YEARS: Final = re.compile(r"(?<![\w.,/])(?P<y>(?:19|20)\d\d)\s?[-–/]\s?(?P<z>(?:19|20)?\d\d)(?![\w.,/-]\d|\d)")
_BESIDE: Final = re.compile(r"[\s,]*(?:den|dem|der|le|the|ngày|il|el|del|de|of|la|на|,|\s|\()*[\s,]*")
_CENTURY: Final = 40
_ABBREVIATED: Final = 3
_SHORT_MONTHS: Final = ("may", "mai", "маи", "мае", "мая", "маю")
_SAME_SENTENCE: Final = 70
_AND: Final = re.compile(r"\s+(?:г\.|года)?\s*(?:and|und|et|e|ed|y|и|và)\s")
_THEN: Final = re.compile(
    r"(?:\s*г(?:од\w*|\.))?[\s,:;–—]*(?:тогда|в тот год|then|that year|alors|cette annee-la|damals|allora|quell'anno|"
    r"entonces|ese ano|khi đó|năm đó)[\s,]*(?:le|am|il|el|on|ngày|vào)?\s*"
)
"""What leads from a year to a day of it: ``2007: then, on 14 July``."""

_LINK: Final = re.compile(
    r"\s*(?:[-–—,]|to|and|until|through|bis|und|zum|au|et|al|e|ed|по|и|до|y|hasta|el|đến|tới|và|ngày|le|il|the|\s)*\s*"
)


def find_dates(
    tokens: Tokens, language: str, at: dt.date | None, taken: Iterable[Span] = ()
) -> tuple[DateMention, ...]:
    """Find all dates and lengths of time.

    ``at`` is the day of the article, by which dates without a year are told; without it they stay untold.  ``taken``
    are places that name something else, such as the year in the name of a document.
    """
    text = prepared(tokens.text, language)
    held = bytearray(len(text))
    for start, end in taken:
        _mark(held, start, end)
    found: list[DateMention] = []
    for one in _all(text, tokens.text, forms(language)):
        if not any(held[slice(*one.span)]):
            _mark(held, *one.span)
            found.append(one)
    ordered = _absorbed(sorted(found, key=lambda one: (one.span, one.day or 0)), text, tokens.text)
    return resolved(tuple(_years_shared(ordered, text)), at)


def _absorbed(found: list[DateMention], text: str, original: str) -> list[DateMention]:
    """Join what is one date: a weekday with the day after it, ``last year`` with the day before it."""
    kept: list[DateMention] = []
    for number, one in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if one.anchor.endswith("weekday") and after is not None and _is_day(after) and _touch(one, after, text):
            continue
        before = kept[-1] if kept else None
        if (
            before is not None
            and _touch(before, one, text)
            and (day := _day_of_week(before, one, original)) is not None
        ):
            kept[-1] = day
            continue
        year_of = one.kind == RELATIVE and one.precision == "year" and one.anchor == "article"
        open_year = before is not None and before.kind == ABSOLUTE and not before.given_year
        if year_of and open_year and before is not None and _touch(before, one, text):
            kept[-1] = replace(before, anchor="years", shift=one.shift)
            continue
        kept.append(one)
    return kept


def _day_of_week(first: DateMention, second: DateMention, original: str) -> DateMention | None:
    """Join a weekday and its week, in either order: ``Thursday of last week``, ``vergangene Woche Dienstag``."""
    for day, week in ((first, second), (second, first)):
        if day.anchor.endswith("weekday") and week.kind == RELATIVE and week.precision == "week" and not week.period:
            span = (first.span[0], second.span[1])
            words = " ".join(original[slice(*span)].split())
            return replace(day, words=words, span=span, anchor="week", shift=7 * week.shift + day.shift)
    return None


def _is_day(one: DateMention) -> bool:
    return one.precision == "day" and one.kind == ABSOLUTE


def _touch(one: DateMention, other: DateMention, text: str) -> bool:
    return _BESIDE.fullmatch(text[one.span[1] : other.span[0]]) is not None


def first_full_date(tokens: Tokens, language: str) -> dt.date | None:
    """Return the first date of a text that has day, month and year."""
    for one in find_dates(tokens, language, None):
        if one.kind == ABSOLUTE and one.precision == "day" and one.given_year and one.first_day is not None:
            return one.first_day
    return None


def _all(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    """Give every reading, the fullest forms first: what they take, later ones do not look at."""
    done = bytearray(len(text))
    for make in (_days, _months, _decades, _relative, _month_alone, _year_pairs, _years):
        for group in list(make(text, original, by)):
            span = group[0].span
            if not any(done[slice(*span)]):
                _mark(done, *span)
                yield from _apart(group)


def _mark(held: bytearray, start: int, end: int) -> None:
    """Note letters as taken."""
    held[start:end] = b"\1" * (end - start)


def _apart(group: tuple[DateMention, ...]) -> Iterator[DateMention]:
    """Give the dates of one phrase places of their own, so that each is kept."""
    first = group[0]
    if len(group) == 1:
        yield first
        return
    start, end = first.span
    for number, one in enumerate(group):
        yield replace(
            one, span=(start + number, start + number + 1) if number < len(group) - 1 else (start + number, end)
        )


Group = tuple[DateMention, ...]


def _month(words: str, by: Forms) -> int | None:
    if words.isdigit():
        return int(words) if 1 <= int(words) <= 12 else None
    if by.language == "vi":
        return _VI_MONTHS.index(words) + 1 if words in _VI_MONTHS else None
    return next((number for number, one in enumerate(by.month_names, 1) if one.fullmatch(words)), None)


def _year(held: Mapping[str, str | None]) -> int | None:
    """Read the year of a match; one of two digits after an apostrophe is of the last or of this century."""
    words, short = held.get("y"), held.get("yy")
    if short:
        return int(short) + (1900 if int(short) > _CENTURY else 2000)
    return None if not words else int(words) + (2000 if len(words) == 2 else 0)


def _real(year: int | None, month: int, day: int) -> bool:
    try:
        dt.date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _days(text: str, original: str, by: Forms) -> Iterator[Group]:
    for pattern in by.days:
        for match in pattern.finditer(text):
            held = match.groupdict()
            year, month, day = _year(held), _month(" ".join(held["m"].split()), by), int(held["d"])
            if by.language == "en" and held.get("mark") == "/":
                yield from _american(match, original, year, day)
                continue
            if month is None or not _real(year, month, day):
                continue
            days = [int(held[name]) for name in ("d0", "d", "d1") if held.get(name)]
            real = [one for one in dict.fromkeys(days) if _real(year, month, one)]
            way = _way(text, match.span(), by)
            made = [replace(_made(match.span(), original, year, month, one), shift=way) for one in real]
            yield tuple(made)


def _way(text: str, span: Span, by: Forms) -> int:
    """Tell by a word right beside a day whether it lies behind (-1) or ahead (1): ``22 novembre dernier``."""
    after = re.match(r"\s+([^\W\d_]+)", text[span[1] : span[1] + 24])
    before = re.search(r"([^\W\d_]+)\s+(?:el|il|le|the|den|ngày)?\s*$", text[max(0, span[0] - 20) : span[0]])
    beside = [match[1] for match in (after, before) if match is not None]
    if by.language in ("en", "de", "ru", "vi"):
        return 0
    return -1 if any(map(by.last.fullmatch, beside)) else 1 if any(map(by.next.fullmatch, beside)) else 0


def _american(match: re.Match[str], original: str, year: int | None, day: int) -> Iterator[Group]:
    """Read 5/22/2020: which number is the month only numbers over 12 tell."""
    month = int(match["m"])
    ways = [(one, other) for one, other in ((month, day), (day, month)) if one <= 12 and _real(year, one, other)]
    if not ways or year is None:
        return
    made = _made(match.span(), original, year, *ways[0])
    both = tuple(f"{year:04d}-{one:02d}-{other:02d}" for one, other in sorted(set(ways)))
    yield (replace(made, candidates=both if len(both) > 1 else ()),)


def _made(span: Span, original: str, year: int | None, month: int | None = None, day: int | None = None) -> DateMention:
    words = " ".join(original[slice(*span)].split()).strip(" ,(")
    precision = "day" if day else "month" if month else "year"
    return DateMention(ABSOLUTE, precision, words, span, year, month, day, year is not None)


def _months(text: str, original: str, by: Forms) -> Iterator[Group]:
    for pattern in by.months:
        for match in pattern.finditer(text):
            month = _month(" ".join(match["m"].split()), by)
            if month is not None:
                yield (_made(match.span(), original, _year(match.groupdict()), month),)


def _month_alone(text: str, original: str, by: Forms) -> Iterator[Group]:
    if by.month_alone is None:
        return
    for match in by.month_alone.finditer(text):
        start = match.start("m") if by.language != "vi" else match.start()
        written = original[match.start("m") : match.start("m") + 1]
        month = _month(" ".join(match["m"].split()), by)
        if month is None or (by.language in ("en", "de") and not written.isupper()):
            continue
        held = match.groupdict()
        if by.language != "vi" and len(match["m"]) <= _ABBREVIATED and match["m"] not in _SHORT_MONTHS:
            continue
        beside = " ".join(filter(None, (held.get("b"), held.get("a"))))
        shift = -1 if by.last.search(beside) else 1 if by.next.search(beside) else 0
        end = match.end() if by.language == "vi" else match.end("m")
        yield (replace(_made((start, end), original, None, month), shift=shift),)


def _decades(text: str, original: str, by: Forms) -> Iterator[Group]:
    for pattern in by.decades:
        for match in pattern.finditer(text):
            year = int(match["y"]) + (1900 if len(match["y"]) == 2 else 0)
            yield (replace(_made(match.span(), original, year), precision="decade"),)


def _year_pairs(text: str, original: str, _by: Forms) -> Iterator[Group]:
    for match in _YEARS.finditer(text):
        first, second = match["y"], match["z"]
        last = int(second) if len(second) == 4 else int(first[:2] + second)
        if int(first) < last < int(first) + 60:
            yield _made(match.span(), original, int(first)), _made(match.span(), original, last)


def _years(text: str, original: str, by: Forms) -> Iterator[Group]:
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if by.noun_after.match(text, match.end()) and not (by.year_before.search(before) and by.language != "en"):
            continue
        yield (_made(match.span(), original, int(match["y"])),)


def _relative(text: str, original: str, by: Forms) -> Iterator[Group]:
    return ((one,) for one in find_relative(text, original, by))


def _years_shared(found: list[DateMention], text: str) -> Iterator[DateMention]:
    """Give a day without a year that of the day it is joined to, or of the one before it in the same sentence.

    ``from 28 May to 2 June 2020``; ``initialled on 21 November 1995 and signed on 14 December``.
    """
    for number, one in enumerate(found):
        if one.precision == "day" and not one.given_year and one.kind == ABSOLUTE:
            found[number] = _joined(one, found, number, text)
        yield found[number]


def _joined(one: DateMention, found: list[DateMention], number: int, text: str) -> DateMention:
    after = found[number + 1] if number + 1 < len(found) else None
    in_order = after is not None and (after.month or 0) >= (one.month or 0)
    joined = after is not None and _LINK.fullmatch(text[one.span[1] : after.span[0]]) is not None
    if joined and in_order and after is not None and _is_day(after) and after.given_year:
        return replace(one, year=after.year, given_year=True)
    before = found[number - 1] if number else None
    if before is not None and before.given_year and before.year is not None and before.kind == ABSOLUTE:
        between = text[before.span[1] : one.span[0]]
        then = before.precision == "year" and _THEN.fullmatch(between) is not None
        if then or (before.anchor == "then" and re.search(r"[.!?\n]\s", between) is None):
            return replace(one, year=before.year, given_year=True, anchor="then")
    if before is not None and before.precision == "day" and before.given_year and before.kind == ABSOLUTE:
        between = text[before.span[1] : one.span[0]]
        later = (one.month or 0, one.day or 0) > (before.month or 0, before.day or 0)
        if later and len(between) < _SAME_SENTENCE and _AND.match(between) and not re.search(r"[.!?;,\n]\s", between):
            return replace(one, year=before.year, given_year=True)
    return one
