"""Dates and lengths of time as seven languages write them, and how exactly they are known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.press.dates import find_dates
from skywitness.press.tokens import tokenise

AT = dt.date(2020, 5, 28)

TOLD = [
    ("en", "on Thursday of last week", ["2020-05-21"]),
    ("de", "vergangene Woche Dienstag", ["2020-05-19"]),
    ("fr", "jeudi de la semaine dernière", ["2020-05-21"]),
    ("ru", "в четверг на прошлой неделе", ["2020-05-21"]),
    ("vi", "hôm thứ Năm tuần trước", ["2020-05-21"]),
    ("vi", "ngày 16 tháng này", ["2020-05-16"]),
    ("es", "entre los días 14 y 16 de este mes", ["2020-05-14", "2020-05-16"]),
    ("es", "el pasado mes de junio", ["2020-06"]),
    ("de", "am 16. des vergangenen Monats", ["2020-04-16"]),
    ("it", "il 31 del mese scorso", [None]),
    ("ru", "2007 год: тогда, 14 июля", ["2007", "2007-07-14"]),
    ("en", "on 22 May 2020", ["2020-05-22"]),
    ("en", "May 23, 2020", ["2020-05-23"]),
    ("en", "in May it may rain", ["2020-05"]),
    ("en", "from 28 May to 2 June 2019", ["2019-05-28", "2019-06-02"]),
    ("en", "between 14 and 17 May 2024", ["2024-05-14", "2024-05-17"]),
    ("en", "signed in 1992, in force since 2002, 2000 km, 1,500 men", ["1992", "2002"]),
    ("en", "in the 1990s", ["1990s"]),
    ("en", "on Friday, yesterday", ["2020-05-22", "2020-05-27"]),
    ("en", "on Friday 22 May", ["2020-05-22"]),
    ("en", "Nov. 22", ["2020-11-22"]),
    ("vi", "Ngày 23/5", ["2020-05-23"]),
    ("vi", "ngày 22 tháng 5 năm 2020", ["2020-05-22"]),
    ("vi", "tháng 10 năm 2018, năm 1992", ["2018-10", "1992"]),
    ("vi", "từ ngày 7 đến 9/6/2010", ["2010-06-07", "2010-06-09"]),
    ("vi", "hôm thứ Sáu", ["2020-05-22"]),
    ("vi", "5.500 km, tỉ lệ 2/3, năm nước", []),
    ("fr", "le 1er janvier 2002", ["2002-01-01"]),
    ("fr", "du 7 au 9 juin 2010", ["2010-06-07", "2010-06-09"]),
    ("de", "am 22. Mai 2020 und am 24.03.1992", ["2020-05-22", "1992-03-24"]),
    ("de", "am 1. Jänner 2002", ["2002-01-01"]),
    ("de", "am Freitagabend", ["2020-05-22"]),
    ("it", "il 1° gennaio 2002, nel marzo del '92", ["2002-01-01", "1992-03"]),
    ("ru", "22 мая 2020 года, в 1992 году", ["2020-05-22", "1992"]),
    ("ru", "22 ноября прошлого года", ["2019-11-22"]),
    ("ru", "в пятницу", ["2020-05-22"]),
    ("ru", "в июне прошлого года", ["2019-06"]),
    ("fr", "le 22 novembre dernier", ["2019-11-22"]),
    ("es", "el pasado 21 de mayo y el próximo 3 de junio", ["2020-05-21", "2020-06-03"]),
    ("es", "el 24 de marzo de 1992, en mayo de 2020", ["1992-03-24", "2020-05"]),
]

PERIODS = [
    ("en", "within six months", 6, "month"),
    ("vi", "trong vòng 6 tháng tới", 6, "month"),
    ("fr", "dans six mois", 6, "month"),
    ("de", "innerhalb von sechs Monaten", 6, "month"),
    ("it", "entro sei mesi", 6, "month"),
    ("ru", "в течение шести месяцев", 6, "month"),
    ("es", "dentro de seis meses", 6, "month"),
    ("en", "150 days' notice", 150, "day"),
]


@pytest.mark.parametrize(("language", "words", "told"), TOLD, ids=[row[1][:30] for row in TOLD])
def test_dates_are_read_as_exactly_as_they_are_written(language: str, words: str, told: list[str]) -> None:
    """A day, month, year or decade is read as such; a date without a year is told from the article."""
    assert [one.iso for one in find_dates(tokenise(words), language, AT)] == told


@pytest.mark.parametrize(("language", "words", "number", "unit"), PERIODS, ids=[row[1] for row in PERIODS])
def test_lengths_of_time_are_no_dates(language: str, words: str, number: int, unit: str) -> None:
    """A time such as six months keeps its number and unit and comes to no day."""
    (one,) = find_dates(tokenise(words), language, AT)
    assert one.period is not None
    assert (one.period.number, one.period.unit, one.iso) == (number, unit, None)


def test_without_the_day_of_the_article_a_date_stays_open() -> None:
    """Nobody invents a year."""
    day, friday = find_dates(tokenise("on 22 May and on Friday"), "en", None)
    assert day.iso is None
    assert (day.month, day.day) == (5, 22)
    assert friday.iso is None


def test_american_order_is_told_only_where_numbers_tell_it() -> None:
    """Of 5/6/2020 both readings are kept, of 5/22/2020 there is one."""
    both, one = find_dates(tokenise("5/6/2020 and 5/22/2020"), "en", AT)
    assert both.iso is None
    assert both.candidates == ("2020-05-06", "2020-06-05")
    assert one.iso == "2020-05-22"


def test_two_days_after_an_event_is_no_day() -> None:
    """What is counted from something told in words stays open; what is counted from a date does not."""
    (told,) = find_dates(tokenise("hai ngày sau khi ông Bolton thông báo"), "vi", AT)
    assert told.iso is None
    _, later = find_dates(tokenise("on 22 May 2020; two days later"), "en", AT)
    assert later.iso == "2020-05-24"


def test_a_year_end_is_crossed_where_that_is_nearer() -> None:
    """In January a day in December is of the year before."""
    (one,) = find_dates(tokenise("on 18 December"), "en", dt.date(2021, 1, 15))
    assert one.iso == "2020-12-18"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_every_day_written_in_full_is_read(day: dt.date) -> None:
    """Any day of a century is read back from its numeric and its long form."""
    for language, words in (
        ("vi", f"ngày {day.day}/{day.month}/{day.year}"),
        ("de", f"am {day.day}.{day.month}.{day.year}"),
        ("vi", f"ngày {day.day} tháng {day.month} năm {day.year}"),
        ("en", f"on {day.day} {day:%B} {day.year}"),
        ("en", day.isoformat()),
    ):
        assert [one.iso for one in find_dates(tokenise(words), language, None)] == [day.isoformat()]
