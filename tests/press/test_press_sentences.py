"""Sentences that the law can check, true and false, in every language."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from skywitness.press.article import Article, read_words
from skywitness.press.source import Source

DAY: Final = dt.date(2020, 5, 24)
KINDS: Final = ("signed", "in_force", "notice", "membership", "count", "range", "signed_by")

TRUE: Final = {
    "en": (
        "The Treaty on Open Skies was signed in Helsinki on 24 March 1992.",
        "The Open Skies Treaty entered into force on 1 January 2002.",
        "A party that wants to withdraw from the Open Skies Treaty must give six months' notice.",
        "Germany is a party to the Treaty on Open Skies, as officials said.",
        "The Treaty on Open Skies has 34 states parties.",
        "The INF Treaty banned ground-launched missiles with a range of 500 to 5,500 kilometres.",
        "Germany signed the Treaty on Open Skies.",
    ),
    "fr": (
        "Le traité Ciel ouvert a été signé à Helsinki le 24 mars 1992.",
        "Le traité Ciel ouvert est entré en vigueur le 1er janvier 2002.",
        "Un État qui veut se retirer du traité Ciel ouvert doit donner un préavis de six mois.",
        "L'Allemagne est partie au traité Ciel ouvert, rappellent les diplomates.",
        "Le traité Ciel ouvert compte 34 États parties.",
        "Le traité FNI interdisait les missiles terrestres d'une portée de 500 à 5 500 kilomètres.",
        "L'Allemagne a signé le traité Ciel ouvert.",
    ),
    "de": (
        "Der Vertrag über den Offenen Himmel wurde am 24. März 1992 in Helsinki unterzeichnet.",
        "Der Open-Skies-Vertrag trat am 1. Januar 2002 in Kraft.",
        "Wer aus dem Open-Skies-Vertrag austreten will, muss eine Frist von sechs Monaten einhalten.",
        "Deutschland ist Vertragsstaat des Vertrags über den Offenen Himmel, wie Beamte sagten.",
        "Der Open-Skies-Vertrag hat 34 Vertragsstaaten.",
        "Der INF-Vertrag verbot landgestützte Raketen mit einer Reichweite von 500 bis 5500 Kilometern.",
        "Deutschland unterzeichnete den Vertrag über den Offenen Himmel.",
    ),
    "it": (
        "Il Trattato sui Cieli Aperti è stato firmato a Helsinki il 24 marzo 1992.",
        "Il Trattato sui Cieli Aperti è entrato in vigore il 1° gennaio 2002.",
        "Chi vuole ritirarsi dal Trattato sui Cieli Aperti deve dare un preavviso di sei mesi.",
        "La Germania è parte del Trattato sui Cieli Aperti, ricordano i diplomatici.",
        "Il Trattato sui Cieli Aperti conta 34 Stati parte.",
        "Il trattato INF vietava i missili terrestri con una gittata da 500 a 5.500 chilometri.",
        "La Germania ha firmato il Trattato sui Cieli Aperti.",
    ),
    "es": (
        "El Tratado de Cielos Abiertos se firmó en Helsinki el 24 de marzo de 1992.",
        "El Tratado de Cielos Abiertos entró en vigor el 1 de enero de 2002.",
        "Quien quiera retirarse del Tratado de Cielos Abiertos debe avisar con seis meses de antelación.",
        "Alemania es parte del Tratado de Cielos Abiertos, recuerdan los diplomáticos.",
        "El Tratado de Cielos Abiertos tiene 34 Estados parte.",
        "El Tratado INF prohibía los misiles terrestres con un alcance de 500 a 5.500 kilómetros.",
        "Alemania firmó el Tratado de Cielos Abiertos.",
    ),
    "ru": (
        "Договор по открытому небу был подписан в Хельсинки 24 марта 1992 года.",
        "Договор по открытому небу вступил в силу 1 января 2002 года.",
        "О выходе из Договора по открытому небу нужно предупредить за шесть месяцев.",
        "Германия является участником Договора по открытому небу, напомнили дипломаты.",
        "В Договоре по открытому небу участвуют 34 государства.",
        "Договор РСМД запрещал наземные ракеты дальностью от 500 до 5500 километров.",
        "Германия подписала Договор по открытому небу.",
    ),
    "vi": (
        "Hiệp ước Bầu trời Mở được ký tại Helsinki ngày 24/3/1992.",
        "Hiệp ước Bầu trời Mở có hiệu lực từ ngày 1/1/2002.",
        "Nước nào muốn rút khỏi Hiệp ước Bầu trời Mở phải thông báo trước sáu tháng.",
        "Đức là thành viên của Hiệp ước Bầu trời Mở, các nhà ngoại giao nhắc lại.",
        "Hiệp ước Bầu trời Mở có 34 quốc gia thành viên.",
        "Hiệp ước INF cấm tên lửa phóng từ mặt đất có tầm bắn từ 500 đến 5.500 km.",
        "Đức đã ký Hiệp ước Bầu trời Mở.",
    ),
}

FALSE: Final = {
    "en": (
        "The Treaty on Open Skies was signed in Helsinki in March 1994.",
        "The Open Skies Treaty entered into force in 1999.",
        "A party that wants to withdraw from the Open Skies Treaty must give three months' notice.",
        "Serbia is a party to the Treaty on Open Skies, as officials said.",
        "The Treaty on Open Skies has 29 states parties.",
        "The INF Treaty banned ground-launched missiles with a range of 300 to 5,500 kilometres.",
        "Serbia signed the Treaty on Open Skies.",
    ),
    "fr": (
        "Le traité Ciel ouvert a été signé à Helsinki en mars 1994.",
        "Le traité Ciel ouvert est entré en vigueur en 1999.",
        "Un État qui veut se retirer du traité Ciel ouvert doit donner un préavis de trois mois.",
        "La Serbie est partie au traité Ciel ouvert, rappellent les diplomates.",
        "Le traité Ciel ouvert compte 29 États parties.",
        "Le traité FNI interdisait les missiles terrestres d'une portée de 300 à 5 500 kilomètres.",
        "La Serbie a signé le traité Ciel ouvert.",
    ),
    "de": (
        "Der Vertrag über den Offenen Himmel wurde im März 1994 in Helsinki unterzeichnet.",
        "Der Open-Skies-Vertrag trat 1999 in Kraft.",
        "Wer aus dem Open-Skies-Vertrag austreten will, muss eine Frist von drei Monaten einhalten.",
        "Serbien ist Vertragsstaat des Vertrags über den Offenen Himmel, wie Beamte sagten.",
        "Der Open-Skies-Vertrag hat 29 Vertragsstaaten.",
        "Der INF-Vertrag verbot landgestützte Raketen mit einer Reichweite von 300 bis 5500 Kilometern.",
        "Serbien unterzeichnete den Vertrag über den Offenen Himmel.",
    ),
    "it": (
        "Il Trattato sui Cieli Aperti è stato firmato a Helsinki nel marzo 1994.",
        "Il Trattato sui Cieli Aperti è entrato in vigore nel 1999.",
        "Chi vuole ritirarsi dal Trattato sui Cieli Aperti deve dare un preavviso di tre mesi.",
        "La Serbia è parte del Trattato sui Cieli Aperti, ricordano i diplomatici.",
        "Il Trattato sui Cieli Aperti conta 29 Stati parte.",
        "Il trattato INF vietava i missili terrestri con una gittata da 300 a 5.500 chilometri.",
        "La Serbia ha firmato il Trattato sui Cieli Aperti.",
    ),
    "es": (
        "El Tratado de Cielos Abiertos se firmó en Helsinki en marzo de 1994.",
        "El Tratado de Cielos Abiertos entró en vigor en 1999.",
        "Quien quiera retirarse del Tratado de Cielos Abiertos debe avisar con tres meses de antelación.",
        "Serbia es parte del Tratado de Cielos Abiertos, recuerdan los diplomáticos.",
        "El Tratado de Cielos Abiertos tiene 29 Estados parte.",
        "El Tratado INF prohibía los misiles terrestres con un alcance de 300 a 5.500 kilómetros.",
        "Serbia firmó el Tratado de Cielos Abiertos.",
    ),
    "ru": (
        "Договор по открытому небу был подписан в Хельсинки в марте 1994 года.",
        "Договор по открытому небу вступил в силу в 1999 году.",
        "О выходе из Договора по открытому небу нужно предупредить за три месяца.",
        "Сербия является участником Договора по открытому небу, напомнили дипломаты.",
        "В Договоре по открытому небу участвуют 29 государств.",
        "Договор РСМД запрещал наземные ракеты дальностью от 300 до 5500 километров.",
        "Сербия подписала Договор по открытому небу.",
    ),
    "vi": (
        "Hiệp ước Bầu trời Mở được ký tại Helsinki vào tháng 3/1994.",
        "Hiệp ước Bầu trời Mở có hiệu lực từ năm 1999.",
        "Nước nào muốn rút khỏi Hiệp ước Bầu trời Mở phải thông báo trước ba tháng.",
        "Serbia là thành viên của Hiệp ước Bầu trời Mở, các nhà ngoại giao nhắc lại.",
        "Hiệp ước Bầu trời Mở có 29 quốc gia thành viên.",
        "Hiệp ước INF cấm tên lửa phóng từ mặt đất có tầm bắn từ 300 đến 5.500 km.",
        "Serbia đã ký Hiệp ước Bầu trời Mở.",
    ),
}


def article(words: str) -> Article:
    """Read a text of 24 May 2020."""
    return read_words(Source(words, "text"), DAY)


@pytest.mark.parametrize(("verdict", "sentences"), [("agrees", TRUE), ("differs", FALSE)])
def test_each_sentence_is_judged_as_the_law_has_it(verdict: str, sentences: dict[str, tuple[str, ...]]) -> None:
    """Each true sentence agrees and each false one differs, once, with a source."""
    for language, ones in sentences.items():
        for kind, words in zip(KINDS, ones, strict=True):
            read = article(words)
            assert read.language.code == language
            assert [(one.kind, one.verdict) for one in read.checks] == [(kind, verdict)], words
            assert read.checks[0].law[0].source


@pytest.mark.parametrize(
    "words",
    [
        "President Vladimir Putin suspended the INF Treaty by a decree that was signed on 3 July 2019.",
        "Президент приостановил участие в Договоре РСМД указом, который был подписан 3 июля 2019 года.",
        "Nga đình chỉ Hiệp ước INF theo sắc lệnh ký ngày 3-7-2019 của Tổng thống Nga.",
        "El presidente firmó un decreto el 3 de julio de 2019 sobre el Tratado INF, según la prensa rusa.",
    ],
)
def test_the_signature_of_a_decree_is_none_of_the_treaty(words: str) -> None:
    """A decree or a law that somebody signed says nothing of the day on which the treaty was."""
    assert "signed" not in [one.kind for one in article(words).checks]


def test_the_year_of_leaving_is_not_that_of_the_treaty() -> None:
    """A year after the name of a treaty that somebody left is the year of leaving, unless it is that of signature."""
    (left,) = article("Trước đó, Washington đã rời khỏi Hiệp ước INF năm 2019, theo các nhà ngoại giao.").checks
    assert (left.kind, left.verdict) == ("withdrawal", "agrees")
    (named,) = article("Donald Trump đã tuyên bố rút khỏi Hiệp ước INF năm 1987, theo các nhà ngoại giao.").checks
    assert (named.kind, named.verdict) == ("signed", "agrees")


def test_a_length_of_time_is_written_in_the_plural() -> None:
    """What the article claims is six months, not "6 month"."""
    (check,) = article(TRUE["en"][2]).checks
    assert (check.claimed, "6 months of notice" in str(check.why)) == ("6 months", True)


def test_a_state_that_is_no_more_is_not_told_not_to_have_signed() -> None:
    """The law at hand tells what States of today did; of Czechoslovakia it says nothing."""
    read = article("Czechoslovakia signed the Treaty on Conventional Armed Forces in Europe, officials recalled.")
    assert not [one for one in read.checks if one.verdict == "differs"]
