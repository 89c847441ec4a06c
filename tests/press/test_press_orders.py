"""Two acts and two dates in one sentence, in every order of words: each date is held against its own act."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from skywitness.press.article import read_words
from skywitness.press.source import Source

DAYS: Final = {
    "en": ("22 November 2020", "25 November 2020"),
    "fr": ("22 novembre 2020", "25 novembre 2020"),
    "de": ("22. November 2020", "25. November 2020"),
    "it": ("22 novembre 2020", "25 novembre 2020"),
    "es": ("22 de noviembre de 2020", "25 de noviembre de 2020"),
    "ru": ("22 ноября 2020 года", "25 ноября 2020 года"),
    "vi": ("ngày 22 tháng 11 năm 2020", "ngày 25 tháng 11 năm 2020"),
}
"""The day on which the United States left, and a wrong one."""

YEARS: Final = {"signed": ("1992", "1995"), "in_force": ("2002", "2004")}
"""The years of signature and of entry into force, and wrong ones."""

SENTENCES: Final = {
    "en": (
        "On {withdrawal}, the United States formally withdrew from the Open Skies Treaty, in force since {in_force}.",
        "The Open Skies Treaty, which was signed in {signed}, entered into force in {in_force}.",
        "The United States, which had signed the Open Skies Treaty in {signed}, formally left it on {withdrawal}.",
        "Signed in {signed}, the Open Skies Treaty was formally left by the United States on {withdrawal}.",
        "In {signed} the Open Skies Treaty was signed, and in {in_force} it entered into force.",
        "In force since {in_force}, the Open Skies Treaty was signed in {signed}.",
    ),
    "fr": (
        "Le {withdrawal}, les États-Unis ont officiellement quitté le traité Ciel ouvert, en "
        "vigueur depuis {in_force}.",
        "Le traité Ciel ouvert, qui a été signé en {signed}, est entré en vigueur en {in_force}.",
        "Les États-Unis, qui avaient signé le traité Ciel ouvert en {signed}, l'ont "
        "officiellement quitté le {withdrawal}.",
        "Signé en {signed}, le traité Ciel ouvert a été officiellement quitté par les États-Unis le {withdrawal}.",
        "En {signed}, le traité Ciel ouvert a été signé, et en {in_force} il est entré en vigueur.",
        "En vigueur depuis {in_force}, le traité Ciel ouvert a été signé en {signed}.",
    ),
    "de": (
        "Am {withdrawal} sind die USA offiziell aus dem Open-Skies-Vertrag ausgetreten, der "
        "seit {in_force} in Kraft ist.",
        "Der Open-Skies-Vertrag, der {signed} unterzeichnet wurde, trat {in_force} in Kraft.",
        "Die USA, die den Open-Skies-Vertrag {signed} unterzeichnet hatten, sind am "
        "{withdrawal} offiziell ausgetreten.",
        "Der {signed} unterzeichnete Open-Skies-Vertrag wurde von den USA am {withdrawal} offiziell verlassen.",
        "Im Jahr {signed} wurde der Open-Skies-Vertrag unterzeichnet, und {in_force} trat er in Kraft.",
        "Seit {in_force} in Kraft, wurde der Open-Skies-Vertrag schon {signed} unterzeichnet.",
    ),
    "it": (
        "Il {withdrawal} gli Stati Uniti sono usciti formalmente dal trattato Cieli aperti, in vigore dal {in_force}.",
        "Il trattato Cieli aperti, che è stato firmato nel {signed}, è entrato in vigore nel {in_force}.",
        "Gli Stati Uniti, che avevano firmato il trattato Cieli aperti nel {signed}, ne sono "
        "usciti formalmente il {withdrawal}.",
        "Firmato nel {signed}, il trattato Cieli aperti è stato formalmente abbandonato dagli "
        "Stati Uniti il {withdrawal}.",
        "Nel {signed} il trattato Cieli aperti è stato firmato, e nel {in_force} è entrato in vigore.",
        "In vigore dal {in_force}, il trattato Cieli aperti è stato firmato nel {signed}.",
    ),
    "es": (
        "El {withdrawal}, Estados Unidos salió oficialmente del Tratado de Cielos Abiertos, en vigor desde {in_force}.",
        "El Tratado de Cielos Abiertos, que se firmó en {signed}, entró en vigor en {in_force}.",
        "Estados Unidos, que había firmado el Tratado de Cielos Abiertos en {signed}, salió "
        "oficialmente de él el {withdrawal}.",
        "Firmado en {signed}, el Tratado de Cielos Abiertos fue abandonado oficialmente por "
        "Estados Unidos el {withdrawal}.",
        "En {signed} se firmó el Tratado de Cielos Abiertos, y en {in_force} entró en vigor.",
        "En vigor desde {in_force}, el Tratado de Cielos Abiertos fue firmado en {signed}.",
    ),
    "ru": (
        "{withdrawal} США официально вышли из Договора по открытому небу, который действует с {in_force} года.",
        "Договор по открытому небу, который был подписан в {signed} году, вступил в силу в {in_force} году.",
        "США, которые подписали Договор по открытому небу в {signed} году, официально вышли из него {withdrawal}.",
        "Подписанный в {signed} году Договор по открытому небу США официально покинули {withdrawal}.",
        "В {signed} году Договор по открытому небу был подписан, а в {in_force} году он вступил в силу.",
        "Вступивший в силу в {in_force} году, Договор по открытому небу был подписан в {signed} году.",
    ),
    "vi": (
        "Vào {withdrawal}, Hoa Kỳ chính thức rút khỏi Hiệp ước Bầu trời Mở, có hiệu lực từ năm {in_force}.",
        "Hiệp ước Bầu trời Mở, được ký năm {signed}, có hiệu lực từ năm {in_force}.",
        "Hoa Kỳ, nước đã ký Hiệp ước Bầu trời Mở năm {signed}, chính thức rút khỏi văn kiện này vào {withdrawal}.",
        "Được ký năm {signed}, Hiệp ước Bầu trời Mở bị Hoa Kỳ chính thức rời khỏi vào {withdrawal}.",
        "Năm {signed}, Hiệp ước Bầu trời Mở được ký, và năm {in_force} thì có hiệu lực.",
        "Có hiệu lực từ năm {in_force}, Hiệp ước Bầu trời Mở được ký năm {signed}.",
    ),
}
CASES: Final = [(language, words) for language, ones in SENTENCES.items() for words in ones]


def judged(language: str, words: str, wrong: str = "") -> dict[str, str]:
    """Fill a sentence with true dates, but one kind with a wrong one, and give the verdict of each kind."""
    which = {kind: int(kind == wrong) for kind in ("withdrawal", *YEARS)}
    days = {kind: two[which[kind]] for kind, two in YEARS.items()}
    text = words.format(withdrawal=DAYS[language][which["withdrawal"]], **days)
    article = read_words(Source(text[0].upper() + text[1:], "text"), dt.date(2021, 3, 1))
    assert article.language.code == language
    verdicts: dict[str, str] = {}
    for one in article.checks:
        assert one.kind not in verdicts, text
        verdicts[one.kind] = one.verdict
    return verdicts


@pytest.mark.parametrize(("language", "words"), CASES)
def test_each_date_goes_to_its_own_act(language: str, words: str) -> None:
    """With true dates both acts agree, whatever stands first."""
    assert judged(language, words) == {kind: "agrees" for kind in ("withdrawal", *YEARS) if f"{{{kind}}}" in words}


@pytest.mark.parametrize(("language", "words"), CASES)
def test_a_wrong_date_does_not_spoil_the_other(language: str, words: str) -> None:
    """With one wrong date its act differs and the other agrees."""
    told = [kind for kind in ("withdrawal", *YEARS) if f"{{{kind}}}" in words]
    for wrong in told:
        assert judged(language, words, wrong) == {kind: "differs" if kind == wrong else "agrees" for kind in told}
