"""Sentences on "the treaty" that name none: the one spoken of before, or another that nobody here can check."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from skywitness.press.article import Article, read_words
from skywitness.press.source import Source

ANOTHER: Final = (
    ("en", "The Open Skies Treaty worries Moscow. A trade agreement was signed in 2018 in Beijing."),
    ("en", "The Open Skies Treaty worries Moscow. The trade agreement entered into force in 2019."),
    ("en", "The Open Skies Treaty worries Moscow. The free trade pact has 27 members."),
    ("en", "The INF Treaty is dead. A new treaty was signed in Prague in 2010."),
    ("en", "The INF Treaty is dead. Another accord, signed in 1995 in Dayton, survives."),
    ("en", "The INF Treaty is dead. The peace agreement signed in 1995 survives."),
    ("en", "The Open Skies Treaty worries Moscow. The two sides signed a gas agreement in 2009."),
    ("en", "The Open Skies Treaty worries Moscow. London left the customs agreement in January 2020 with "
     "three months' notice."),
    ("fr", "Le traité Ciel ouvert inquiète Moscou. L'accord commercial a été signé en 2018 à Pékin."),
    ("fr", "Le traité Ciel ouvert inquiète Moscou. Un accord de paix est entré en vigueur en 2019."),
    ("fr", "Le traité FNI est mort. Un nouveau traité fut signé à Prague en 2010."),
    ("de", "Der Open-Skies-Vertrag beunruhigt Moskau. Ein neuer Vertrag wurde 2010 in Prag unterzeichnet."),
    ("de", "Der Open-Skies-Vertrag beunruhigt Moskau. Das Abkommen über Gas trat 2009 in Kraft."),
    ("de", "Der INF-Vertrag ist tot. Der neue Vertrag trat 2011 in Kraft."),
    ("it", "Il trattato Cieli aperti preoccupa Mosca. L'accordo commerciale è stato firmato nel 2018 a "
     "Pechino."),
    ("it", "Il trattato INF è morto. Un nuovo trattato fu firmato a Praga nel 2010."),
    ("es", "El Tratado de Cielos Abiertos preocupa a Moscú. El acuerdo comercial se firmó en 2018 en Pekín."),
    ("es", "El Tratado INF ha muerto. Un nuevo tratado se firmó en Praga en 2010."),
    ("ru", "Договор по открытому небу беспокоит Москву. Торговое соглашение было подписано в 2018 году в "
     "Пекине."),
    ("ru", "Договор РСМД мёртв. Новый договор был подписан в Праге в 2010 году."),
    ("ru", "Договор РСМД мёртв. Соглашение о газе вступило в силу в 2009 году."),
    ("vi", "Hiệp ước Bầu trời Mở làm Nga lo ngại. Thỏa thuận thương mại được ký năm 2018 tại Bắc Kinh."),
    ("vi", "Hiệp ước INF đã chết. Một hiệp ước mới được ký tại Praha năm 2010."),
    ("vi", "Hiệp ước INF đã chết. Hiệp định hòa bình có hiệu lực từ năm 1995."),
)  # fmt: skip

SAME: Final = (
    ("en", "The Open Skies Treaty worries Moscow. The treaty was signed in 1993."),
    ("en", "The Open Skies Treaty worries Moscow. The pact, signed in 1993, is old."),
    ("en", "The Open Skies Treaty worries Moscow. The treaty has 29 member states."),
    ("fr", "Le traité Ciel ouvert inquiète Moscou. Le traité a été signé en 1993."),
    ("fr", "Le traité Ciel ouvert inquiète Moscou. L'accord est entré en vigueur en 2004."),
    ("de", "Der Open-Skies-Vertrag beunruhigt Moskau. Der Vertrag wurde 1993 unterzeichnet."),
    ("de", "Der Open-Skies-Vertrag beunruhigt Moskau. Das Abkommen trat 2004 in Kraft."),
    ("it", "Il trattato Cieli aperti preoccupa Mosca. Il trattato è stato firmato nel 1993."),
    ("it", "Il trattato Cieli aperti preoccupa Mosca. L'accordo è entrato in vigore nel 2004."),
    ("es", "El Tratado de Cielos Abiertos preocupa a Moscú. El tratado se firmó en 1993."),
    ("ru", "Договор по открытому небу беспокоит Москву. Договор был подписан в 1993 году."),
    ("ru", "Договор по открытому небу беспокоит Москву. Соглашение вступило в силу в 2004 году."),
    ("vi", "Hiệp ước Bầu trời Mở làm Nga lo ngại. Hiệp ước được ký năm 1993."),
    ("vi", "Hiệp ước Bầu trời Mở làm Nga lo ngại. Văn kiện này có hiệu lực từ năm 2004."),
)  # fmt: skip


def article(language: str, words: str) -> Article:
    """Read two sentences of 24 May 2020 in their language."""
    read = read_words(Source(words, "text"), dt.date(2020, 5, 24))
    assert read.language.code == language, words
    return read


@pytest.mark.parametrize(("language", "words"), ANOTHER)
def test_another_agreement_is_not_held_against_the_treaty(language: str, words: str) -> None:
    """A trade agreement, a new treaty, an accord on gas: their days say nothing of the treaty named before."""
    assert [str(one.why) for one in article(language, words).checks if one.verdict == "differs"] == []


@pytest.mark.parametrize(("language", "words"), SAME)
def test_the_treaty_is_the_one_named_before(language: str, words: str) -> None:
    """What is false of "the treaty" is false of the one that the sentence before names."""
    assert "differs" in [one.verdict for one in article(language, words).checks]
