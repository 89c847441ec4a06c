"""Outside truth for the times, distances and days: every figure of the printed Treaty, read anew, against the data.

The text is taken apart by paragraph, and every figure with a unit is looked for among the values of that paragraph;
then every value of the text is looked for among the words of its paragraphs.  What is no limit is listed with a reason.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from skywitness.core.dated import Missing
from skywitness.law.decision import decisions
from skywitness.law.entry import Entry
from skywitness.law.instrument import load
from skywitness.law.key import ANCHORS
from skywitness.law.slips import slips

ROOT = Path(__file__).resolve().parents[2]

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June|Juni", "July", "August", "September", "October",
          "November", "December"]  # fmt: skip
UNITS = {
    "hour": "h", "day": "d", "week": "weeks", "month": "months", "year": "years", "kilometre": "km", "metre": "m",
    "centimetre": "cm", "millimetre": "mm", "kilogram": "kg", "per cent": "%", "percent": "%", "degree": "deg",
    "digit": "digits", "step": "steps", "character": "characters", "alphanumeric character": "characters",
    "person": "persons", "individual": "persons", "official": "persons", "States Part": "States",
}  # fmt: skip

NO_LIMITS = {
    ("OS:XIII.II.1", "04-18"): "the date of the Vienna Convention on Diplomatic Relations",
    ("OS:J.1", "07-20"): "the date of the Montreux Convention",
    ("OS:XVIII.II.1", "12-31"): "full_implementation is the day after it",
    ("OS:F.I.7(F)", "06-30"): "printed within (F), it belongs to the paragraph (slip testing-equipment-sentence)",
}
"""Figures of the text that are no value of their paragraph, and why."""

NOT_IN_WORDS = {
    "full_distribution_share": "the full amount",
    "annotation_position_degrees": "one-hundredth",
    "provided_range_share": "one-half",
    "phase_years": "the third year",
    "phase_framing_cameras": "a pair of",
}
"""Values that the text writes otherwise than in figures."""


def script() -> ModuleType:
    """Import ``scripts/enumerate_provisions.py``, which knows how the text is built."""
    spec = importlib.util.spec_from_file_location("paragraphs", ROOT / "scripts" / "enumerate_provisions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def paragraphs(shared: Path) -> dict[str, str]:
    """Give the words of every paragraph of the Treaty by identifier, without tables and headings."""
    reading = script()
    reader = reading._Reader()
    found: dict[str, list[str]] = {}
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    for line in filter(None, (line.strip() for line in text.splitlines())):
        reading._read(reader, line)
        if reader.part and not line.startswith(("|", "#")):
            marks = (*reader.marks, "", "", "")[:3]
            found.setdefault(reader._ident(*marks) if reader.marks else reader.place, []).append(line)
    return {ident: " ".join(lines) for ident, lines in found.items() if not ident.startswith("OS:E.APP1.II")}


def values_of(ident: str) -> Iterator[tuple[Entry, object, str]]:
    """Give the values that belong to a paragraph, with their units."""
    treaty = load()
    for (key, _), rows in treaty.entries.items():
        for row in rows:
            if ident in row.provisions:
                yield row, row.dated.value, treaty.keys[key].unit


def figures(words: str) -> Iterator[tuple[str, float]]:
    """Give every figure with a unit that stands in a paragraph, as (unit, number)."""
    number = r"\d[\d,]*(?:\.\d+)?|" + "|".join(NUMBERS)
    units = "|".join(sorted(UNITS, key=len, reverse=True))
    for match in re.finditer(rf"\b({number})[- ]({units})", words):
        printed = match[1]
        yield UNITS[match[2]], NUMBERS.get(printed) or float(printed.replace(",", ""))


def days_of_year(words: str) -> Iterator[str]:
    """Give every day of a month that stands in a paragraph, as ``MM-DD``."""
    for month, names in enumerate(MONTHS, start=1):
        for match in re.finditer(rf"\b(\d{{1,2}}) (?:{names})\b", words):
            yield f"{month:02}-{int(match[1]):02}"


def holds(ident: str, unit: str, number: float) -> bool:
    """Tell whether a paragraph has a value of so many units; 30 cm are 0.3 m."""
    for _, value, stored in values_of(ident):
        if isinstance(value, int | float):
            factor = 0.01 if (unit, stored) == ("cm", "m") else 1.0
            if (stored == unit or factor != 1.0) and abs(value - number * factor) < 1e-9:
                return True
    return False


def test_every_figure_of_the_text_is_a_value(paragraphs: dict[str, str]) -> None:
    """Each time, length, mass, share and count with a unit stands in the data under its own paragraph."""
    told = [(ident, unit, number) for ident, words in paragraphs.items() for unit, number in figures(words)]
    assert len(told) > 90
    assert [one for one in told if not holds(*one)] == []


def test_every_day_of_the_text_is_a_value(paragraphs: dict[str, str]) -> None:
    """Each day of the calendar stands in the data under its own paragraph, or is no limit."""
    told = {(ident, day) for ident, words in paragraphs.items() for day in days_of_year(words)}
    missing = {
        (ident, day) for ident, day in told if not any(str(value).endswith(day) for _, value, _ in values_of(ident))
    }
    assert missing == set(NO_LIMITS)
    assert len(told) > 18


def stands_in(words: str, row: Entry, value: float, unit: str) -> bool:
    """Tell whether a number of the data is written in a paragraph, in figures or in words."""
    ways = [f"{value:g}", f"{value:,g}", *(word for word, number in NUMBERS.items() if number == value)]
    if unit == "m":
        ways += [f"{value * 100:g} centimetres"]
    return NOT_IN_WORDS.get(row.key, "no other way") in words or any(re.search(rf"\b{way}\b", words) for way in ways)


def test_no_value_of_the_text_is_invented(paragraphs: dict[str, str]) -> None:
    """Each number that says it is of the text stands in one of its paragraphs; ones are often words such as *a*."""
    invented = []
    for (key, _), rows in load().entries.items():
        for row in rows:
            value, places = row.dated.value, [paragraphs.get(ident, "") for ident in row.provisions]
            if row.dated.status != "text" or isinstance(value, Missing | str | tuple) or value == 1 or not any(places):
                continue
            if not any(stands_in(words, row, value, load().keys[key].unit) for words in places):
                invented.append((key, value, row.provisions))
    in_tables = {"passive_quota", "active_quota", "maximum_flight_distance"}  # see test_law_annex_a.py
    assert [one for one in invented if one[0] not in in_tables] == []


@pytest.mark.parametrize(
    ("key", "ident"),
    [("working_languages", "OS:L.I.7"), ("authentic_languages", "OS:XIX")],
)
def test_languages_are_those_printed(paragraphs: dict[str, str], key: str, ident: str) -> None:
    """The six languages stand in the text, in this order; it writes Spanish without its last letter once."""
    languages = load().of(key)[-1].dated.value
    assert isinstance(languages, tuple)
    printed = re.findall(r"English|French|German|Italian|Russian|Spanish?", paragraphs[ident])
    assert tuple(word.replace("Spanis", "Spanish").replace("hh", "h") for word in printed) == languages


def test_codes_of_annotation_are_those_printed(shared: Path) -> None:
    """The codes of sensor categories and media stand in the two tables of Annex B, Appendix 1."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    tables = text[text.index("Annotation of data collected during") : text.index("Information on observation aircraft")]
    printed = re.findall(r"\|\s*\(\d\)\s*\|\s*[\"']([A-Z]+)\"", tables)
    treaty = load()
    stored = [
        treaty.of(key, subject)[0].dated.value
        for key in ("category_code", "medium_code")
        for subject in treaty.subjects(key)
    ]
    assert stored == printed


def test_no_words_are_copied(shared: Path) -> None:
    """No run of seven words of the Treaty stands in a title, a note, a moment, a slip or what a decision says."""
    treaty = load()
    told = [key.title for key in treaty.keys.values()]
    told += [row.dated.note for rows in treaty.entries.values() for row in rows]
    told += [*treaty.words, *(str(words) for words in ANCHORS.values()), *(str(one.says) for one in decisions())]
    told += [words for slip in slips() for words in (slip.what, slip.taken)]
    told += [slip.printed for slip in slips() if not re.search(r"\d-\d", slip.printed)]  # a position is no sentence
    printed = words_of((shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8"))
    runs = {printed[at : at + 7] for at in range(len(printed) - 6)}
    copied = [
        text
        for text in told
        for words in [words_of(text)]
        for at in range(len(words) - 6)
        if words[at : at + 7] in runs
    ]
    assert copied == []


def words_of(text: str) -> tuple[str, ...]:
    """Take a text apart into words, in small letters."""
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))
