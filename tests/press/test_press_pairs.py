"""Two acts, two treaties or two days in one sentence: each date and number goes to what it is said of."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.press.article import read_words
from skywitness.press.source import Source

LEFT, IN_FORCE = ("withdrawal", "2020-11-22", "agrees"), ("in_force", "2002", "agrees")


def verdicts(words: str, language: str, at: dt.date = dt.date(2021, 11, 23)) -> list[tuple[str, str, str]]:
    """Read one sentence: kind, claim and verdict of each check."""
    article = read_words(Source(words, "text"), at)
    assert article.language.code == language
    return [(one.kind.split(":")[0], one.claimed, one.verdict) for one in article.checks]


TWO_ACTS = (
    ("vi", "Ngày 22 tháng 11 năm 2020, Hoa Kỳ chính thức rút khỏi Hiệp ước Bầu trời Mở, có hiệu lực từ năm 2002."),
    ("en", "On 22 November 2020 the United States left the Treaty on Open Skies, which has been in force since 2002."),
    ("fr", "Le 22 novembre 2020, les États-Unis ont quitté le Traité Ciel ouvert, entré en vigueur en 2002."),
    ("it", "Il 22 novembre 2020 gli Stati Uniti si sono ritirati dal Trattato Cieli aperti, in vigore dal 2002."),
    ("ru", "22 ноября 2020 года США вышли из Договора по открытому небу, который действует с 2002 года."),
    ("es", "El 22 de noviembre de 2020 Estados Unidos abandonó el Tratado de Cielos Abiertos, en vigor desde 2002."),
)


@pytest.mark.parametrize(("language", "words"), TWO_ACTS, ids=[language for language, _ in TWO_ACTS])
def test_a_withdrawal_and_an_entry_into_force_have_a_day_each(language: str, words: str) -> None:
    """The year in which a treaty took effect is not taken for that of a withdrawal told beside it."""
    assert sorted(verdicts(words, language)) == sorted([LEFT, IN_FORCE])


def test_a_german_year_of_entry_into_force_is_no_withdrawal() -> None:
    """The same where the verb of leaving is parted from its prefix and not understood: nothing false is said."""
    words = (
        "Am 22. November 2020 traten die USA aus dem Vertrag über den Offenen Himmel aus, der seit 2002 in Kraft ist."
    )
    assert IN_FORCE in verdicts(words, "de")
    assert all(verdict != "differs" for _, _, verdict in verdicts(words, "de"))


def test_the_order_of_the_acts_does_not_matter() -> None:
    """Told first or last, in force since 2002 is said of the treaty."""
    words = (
        "The Treaty on Open Skies, in force since 1 January 2002, was left by the United States on 22 November 2020."
    )
    assert sorted(verdicts(words, "en")) == [("in_force", "2002-01-01", "agrees"), LEFT]


@pytest.mark.parametrize(("day", "verdict"), [("22 November 2020", "agrees"), ("3 March 2019", "differs")])
def test_the_effect_of_a_withdrawal_is_no_entry_into_force(day: str, verdict: str) -> None:
    """Where a withdrawal takes effect, its day is held against that of the withdrawal, and a wrong one is found."""
    words = f"The withdrawal of the United States from the Treaty on Open Skies took effect on {day}."
    ((kind, _, found),) = verdicts(words, "en")
    assert (kind, found) == ("withdrawal", verdict)


def test_a_wrong_entry_into_force_beside_a_withdrawal_is_found() -> None:
    """With its own date for leaving, the other one is the treaty's, and 2004 is wrong of it."""
    words = "On 22 November 2020 the United States left the Treaty on Open Skies, which had been in force since 2004."
    assert sorted(verdicts(words, "en")) == [("in_force", "2004", "differs"), LEFT]


TWO_TREATIES = (
    ("en", "The INF Treaty, signed in 1987, ended in 2019, a year before the United States left the Treaty on Open "
     "Skies on 22 November 2020."),
    ("fr", "Le traité FNI, signé en 1987, a pris fin en 2019, et les États-Unis ont quitté le traité Ciel ouvert le "
     "22 novembre 2020."),
)  # fmt: skip


@pytest.mark.parametrize(("language", "words"), TWO_TREATIES, ids=[language for language, _ in TWO_TREATIES])
def test_each_act_goes_to_the_treaty_beside_it(language: str, words: str) -> None:
    """The day on which one treaty was left is not held against the other."""
    assert sorted(verdicts(words, language)) == [("ended", "2019", "agrees"), ("signed", "1987", "agrees"), LEFT]


@pytest.mark.parametrize(
    ("words", "claimed", "verdict"),
    [
        ("The Treaty on Open Skies has 33 members.", "33", "agrees"),
        ("The Treaty on Open Skies has 35 members.", "35", "differs"),
        ("More than 30 States are parties to the Treaty on Open Skies.", "≥ 30", "agrees"),
        ("The Treaty on Open Skies has more than 40 members.", "≥ 40", "differs"),
        ("The Treaty on Open Skies has fewer than 40 members.", "≤ 40", "agrees"),
        ("The Treaty on Open Skies has fewer than 30 members.", "≤ 30", "differs"),
        ("The Treaty on Open Skies has about 35 members.", "≈ 35", "agrees"),
        ("The Treaty on Open Skies has some 60 members.", "≈ 60", "cannot_tell"),
        ("In 2010 the Treaty on Open Skies had 34 members.", "34", "agrees"),
        ("In 2010 the Treaty on Open Skies had 31 members.", "31", "cannot_tell"),
    ],
)
def test_a_count_is_held_as_it_is_said(words: str, claimed: str, verdict: str) -> None:
    """A bound is a bound, about is about, and a count of another year is held against that year."""
    assert verdicts(words, "en") == [("count", claimed, verdict)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Le traité Ciel ouvert compte au moins 30 États parties."),
        ("de", "Der Open-Skies-Vertrag hat mehr als 30 Mitglieder."),
        ("it", "Il Trattato sui Cieli Aperti conta oltre 30 membri."),
        ("ru", "Участниками Договора по открытому небу являются более 30 государств."),
        ("es", "El Tratado de Cielos Abiertos cuenta con más de 30 miembros."),
        ("vi", "Hiệp ước Bầu trời Mở có hơn 30 quốc gia thành viên."),
    ],
)
def test_a_bound_is_told_in_every_language(language: str, words: str) -> None:
    """More than thirty is true of thirty-three."""
    assert verdicts(words, language) == [("count", "≥ 30", "agrees")]


def test_on_the_day_somebody_leaves_both_counts_are_true() -> None:
    """On 22 November 2020 the Treaty had 34 Parties until the United States left, and 33 from then on."""
    for number, verdict in ((34, "agrees"), (33, "agrees"), (32, "differs")):
        words = f"The Treaty on Open Skies has {number} members."
        assert verdicts(words, "en", dt.date(2020, 11, 22)) == [("count", str(number), verdict)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Russia did not withdraw from the Treaty on Open Skies in 2018."),
        ("en", "If Germany were to withdraw from the Treaty on Open Skies in 2027, others would follow."),
        ("en", "Moscow says that Washington broke the Treaty on Open Skies in 2019."),
        ("en", "On the 30th anniversary of the Treaty on Open Skies in 2022, diplomats met in Vienna."),
        ("fr", "La Russie n'a pas quitté le Traité Ciel ouvert en 2019."),
        ("de", "Deutschland will 2027 nicht aus dem Vertrag über den Offenen Himmel austreten."),
        ("ru", "Россия не выходила из Договора по открытому небу в 2018 году."),
    ],
)
def test_what_did_not_happen_is_not_accused(language: str, words: str) -> None:
    """Denials, conditions, claims about conduct and anniversaries are no false days of a withdrawal."""
    assert all(verdict != "differs" for _, _, verdict in verdicts(words, language))
