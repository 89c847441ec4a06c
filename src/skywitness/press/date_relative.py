"""Times told from another day: yesterday, on Friday, two days later, last month, within six months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skywitness.press.date_forms import Forms
from skywitness.press.date_model import PERIOD, RELATIVE, DateMention, Period

__all__ = ["find_relative"]

ARTICLE: Final = "article"
BEFORE: Final = "date before"
EVENT: Final = "event"
_LONGEST: Final = 31
_DAY_FAR: Final = 30
_ORDINAL: Final = r"(?:\.|er|st|nd|rd|th|º|°|-?го)?"
_DAY_OF: Final = re.compile(
    rf"(?:(?<![\d.,/:])(?P<first>\d{{1,2}}){_ORDINAL}\s*(?:-|–|—|to|and|bis|und|au|et|al|e|по|и|y|đến|và)\s*(?:the|dem|le|il|el|ngày)?\s*)?"
    rf"(?<![\d.,/:])(?P<last>\d{{1,2}}){_ORDINAL}\s+(?:of|de|del|di|d'|des|числа)?\s*$"
)
"""One or two days before words for a month: ``14 y 16 de`` (este mes)."""

_SAYS_THAT: Final = re.compile(r"\b(?:that|que|qu['’]|che|rằng|что|dass)(?:\b|(?<=['’]))")


def find_relative(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    """Find all times told from another day, in no order."""
    yield from _steps(text, original, by)
    yield from _day_words(text, original, by)
    yield from _weekdays(text, original, by)
    yield from _around(text, original, by)


def _made(match: re.Match[str], original: str, kind: str, precision: str) -> DateMention:
    words = " ".join(original[slice(*match.span())].split())
    return DateMention(kind, precision, words, match.span(), given_year=False)


def _unit(words: str, by: Forms) -> str:
    return next((name for name, pattern in by.units.items() if pattern.fullmatch(words)), "day")


def _steps(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    for kind, patterns in by.steps.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                if by.language == "vi" and text[: match.start()].endswith("thứ "):
                    continue  # Thursday of last week, not five weeks ago
                held = match.groupdict()
                number = _number(held.get("n") or "", by)
                unit = _unit(held["u"], by) if held.get("u") else "month"
                period = Period(number, unit)
                if kind == "event":  # counted from something that is told in words
                    yield replace(_made(match, original, RELATIVE, unit), period=period, anchor=EVENT)
                elif kind == "ahead" or not number:
                    yield replace(_made(match, original, PERIOD, unit), period=period, anchor=ARTICLE)
                else:
                    way, anchor = (-1, ARTICLE) if kind == "ago" else (1, BEFORE)
                    made = _made(match, original, RELATIVE, unit)
                    yield replace(made, period=period, anchor=anchor, shift=way * number)


def _number(words: str, by: Forms) -> int:
    plain = " ".join(words.split())
    return int(plain) if plain.isdigit() else by.numbers.get(plain, 0)


def _day_words(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    for match in by.day_word.finditer(text):
        word = " ".join(match[0].split())
        if by.language == "de" and word == "morgen" and original[match.start()].isupper():
            continue  # the morning, not tomorrow
        shift = by.day_words[word]
        yield replace(_made(match, original, RELATIVE, "day"), anchor=ARTICLE, shift=shift)


def _weekdays(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    for match in by.weekday.finditer(text):
        number = next(at for at, one in enumerate(by.weekday_names) if one.fullmatch(match[0]))
        if by.language in ("en", "de") and not original[match.start()].isupper():
            continue
        if by.language == "vi" and _is_ordinal(text, original, match):
            continue
        near = re.split(r"[,;.()]", text[max(0, match.start() - 14) : match.start()])[-1]
        near += re.split(r"[,;.()]", text[match.start() : match.end() + 14])[0]
        ahead = by.last.search(near) is None and (by.next.search(near) is not None or _future(original, match, by))
        made = _made(match, original, RELATIVE, "day")
        yield replace(made, anchor="next weekday" if ahead else "last weekday", shift=number)


def _future(original: str, match: re.Match[str], by: Forms) -> bool:
    """Tell whether the part of the sentence around a weekday speaks of what is to come."""
    lower = original.lower()
    before = re.split(r"[.;:!?,«»\"\n]", lower[max(0, match.start() - 70) : match.start()])[-1]
    after = re.split(r"[.;:!?,«»\"\n]", lower[match.end() : match.end() + 70])[0]
    # What somebody said on that day may lie ahead; the day itself does not.
    after = _SAYS_THAT.split(after, maxsplit=1)[0]
    return by.future.search(before) is not None or by.future.search(after) is not None


def _is_ordinal(text: str, original: str, match: re.Match[str]) -> bool:
    """Tell whether ``thứ hai`` is "the second" and not Monday, which is written with a capital or after a time."""
    if (
        not match[0].startswith("thứ")
        or match[0][-1].isdigit()
        or original[match.end() - 3 : match.end()].strip()[:1].isupper()
    ):
        return False
    name = original[match.start() : match.end()].split()[-1]
    timed = re.search(r"(?:hôm|ngày|sáng|chiều|tối|vào)\s+$", text[max(0, match.start() - 8) : match.start()])
    return not name[:1].isupper() and timed is None


def _around(text: str, original: str, by: Forms) -> Iterator[DateMention]:
    for match in by.around.finditer(text):
        held = match.groupdict()
        way = held.get("way") or held.get("ahead") or ""
        unit = next((name for name in ("week", "month", "year") if held.get(name)), "")
        unit = unit or _unit((held.get("beside") or "").strip(), by)
        shift = -1 if by.last.fullmatch(way) else 1 if by.next.fullmatch(way) else 0
        if unit == "month" and _is_named(text, match, by):
            continue
        if unit == "month":
            yield from _days_of(text, original, match, shift)
        if unit != "day" and not (
            unit == "month" and _DAY_OF.search(text, max(0, match.start() - _DAY_FAR), match.start())
        ):
            yield replace(_made(match, original, RELATIVE, unit), anchor=ARTICLE, shift=shift, period=None)


def _is_named(text: str, match: re.Match[str], by: Forms) -> bool:
    """Tell whether the name of a month follows: ``el pasado mes de junio`` is June, not last month."""
    after = re.match(r"\s+(?:de|di|of|d['’])\s*", text[match.end() :])
    return after is not None and any(one.match(text, match.end() + after.end()) for one in by.month_names)


def _days_of(text: str, original: str, match: re.Match[str], shift: int) -> Iterator[DateMention]:
    """Find days of a month that is told from another: ``on the 14th and 16th of this month``."""
    found = _DAY_OF.search(text, max(0, match.start() - _DAY_FAR), match.start())
    if found is None:
        return
    spans = [found.span("first")] if found["first"] else []
    for start, end in (*spans, (found.start("last"), match.end())):
        number = re.match(r"\d+", text[start:end])
        if number is not None and 0 < int(number[0]) <= _LONGEST:
            words = " ".join(original[start:end].split())
            made = DateMention(RELATIVE, "day", words, (start, end), day=int(number[0]), given_year=False)
            yield replace(made, anchor=ARTICLE, shift=shift, period=Period(0, "month"))
