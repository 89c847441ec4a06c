"""Names of States in seven languages, and the words that hold one and name none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.press.reading import read_text
from skywitness.press.states import COUNTED, find_states
from skywitness.press.tokens import tokenise

NAMED = [
    ("es", "Entonces Georgia y Moldavia; tras la Guerra Fría Rusia; en Europa Rusia", {"GEO", "MDA", "RUS"}),
    ("en", "Then Georgia left.", {"GEO"}),
    ("vi", "Mỹ, Hoa Kỳ và Liên bang Nga", {"USA", "RUS"}),
    (
        "vi",
        "CH Séc, Nauy, Litva, Ý, Bỉ, Đức, Anh, Pháp, Áo và Nhật Bản",
        {"CZE", "NOR", "LTU", "ITA", "BEL", "DEU", "GBR", "FRA", "AUT", "JPN"},
    ),
    ("vi", "Gruzia, Thuỵ Điển, Hoà Lan, Bê-la-rút, Thổ Nhĩ Kỳ", {"GEO", "SWE", "NLD", "BLR", "TUR"}),
    ("vi", "nước Thuy Dien và Tay Ban Nha", {"SWE", "ESP"}),
    ("vi", "Ngoại trưởng Anh nói Triều Tiên và Hàn Quốc", {"GBR", "PRK", "KOR"}),
    (
        "en",
        "The U.S., the UK and the Russian Federation; Americans, Germans and the Dutch",
        {"USA", "GBR", "RUS", "DEU", "NLD"},
    ),
    ("en", "Türkiye, Turkey and Czechia; the Czech Republic", {"TUR", "CZE"}),
    ("en", "RUSSIA AND GEORGIA SIGN", {"RUS", "GEO"}),
    ("en", "Bosnia-Herzegovina, North Macedonia, South Korea, the DRC", {"BIH", "MKD", "KOR", "COD"}),
    ("fr", "les États-Unis, l'Allemagne, d'Ukraine, la diplomatie néerlandaise", {"USA", "DEU", "UKR", "NLD"}),
    ("fr", "Etats Unis, Biélorussie, le gouvernement grec et la marine turque", {"USA", "BLR", "GRC", "TUR"}),
    (
        "de",
        "Russlands Präsident, die Türkei, US-Regierung, deutsch-französische Gespräche",
        {"RUS", "TUR", "USA", "DEU", "FRA"},
    ),
    ("de", "der Vereinigten Staaten und Großbritanniens; Weißrussland, die Niederlande", {"USA", "GBR", "BLR", "NLD"}),
    (
        "it",
        "gli Stati Uniti, la Russia, i Paesi Bassi, le forze turche e i polacchi",
        {"USA", "RUS", "NLD", "TUR", "POL"},
    ),
    ("es", "EE. UU., EE.UU., Rusia, los neerlandeses y la aviación alemana", {"USA", "RUS", "NLD", "DEU"}),
    ("es", "Turquía, Belarús, la República Checa, el Reino Unido", {"TUR", "BLR", "CZE", "GBR"}),
    ("ru", "в США, из России, с Украиной, над Германией, ФРГ, Белоруссией", {"USA", "RUS", "UKR", "DEU", "BLR"}),
    (
        "ru",
        "американских и турецких лётчиков, Великобританию, Нидерландов, Боснией и Герцеговиной",
        {"USA", "TUR", "GBR", "NLD", "BIH"},
    ),
    ("ru", "Саудовской Аравии, Северной Македонией, Южной Кореей, Чехией", {"SAU", "MKD", "KOR", "CZE"}),
]

UNNAMED = [
    ("es", "el general retirado Carlos Holanda"),
    ("it", "secondo il professor Mario Francia"),
    ("vi", "Ý kiến hợp pháp về biện pháp thẩm mỹ của châu Mỹ. Anh ấy học tiếng Đức ở trường Hồng Đức."),
    ("vi", "Pháp luật quy định. Bà Nguyễn Thị Nga và ông Minh Đức mặc Áo dài. Đức Giáo hoàng ở Lào Cai."),
    (
        "en",
        "Michael Jordan ate turkey in New Mexico; Georgia Governor Brian Kemp spoke in Atlanta. It may polish china.",
    ),
    ("en", "Latin American and Northern Irish Romans sat by the Indian Ocean."),
    ("fr", "l'Amérique latine, l'océan Indien, une dinde et la manche"),
    ("de", "Lateinamerika, die Deutsche Welle und der Indische Ozean"),
    ("it", "America Latina, i romani, Anna Greco"),
    ("es", "América Latina, Lucía Alemán habla en inglés"),
    ("ru", "Латинской Америки, на русском языке, Индийского океана, в Кубинке"),
]


def counted(words: str, language: str) -> set[str]:
    """List the States that words name."""
    return {one.key for one in find_states(tokenise(words), language) if one.kind in COUNTED}


@pytest.mark.parametrize(("language", "words", "states"), NAMED, ids=[row[1][:24] for row in NAMED])
def test_names_adjectives_and_abbreviations_name_states(language: str, words: str, states: set[str]) -> None:
    """Inflected names, adjectives, abbreviations and older spellings name the State."""
    assert counted(words, language) == states


@pytest.mark.parametrize(("language", "words"), UNNAMED, ids=[row[1][:24] for row in UNNAMED])
def test_words_that_hold_a_name_name_no_state(language: str, words: str) -> None:
    """Continents, languages, persons, firms and common words are no States."""
    assert counted(words, language) == set()


@pytest.mark.parametrize(
    ("language", "words", "state"),
    [
        ("vi", "Điện Kremlin bác bỏ", "RUS"),
        ("en", "Washington said it would leave", "USA"),
        ("de", "Moskau kündigt an", "RUS"),
        ("ru", "Кремль заявил", "RUS"),
        ("it", "la Farnesina commenta", "ITA"),
    ],
)
def test_a_seat_of_government_is_told_apart(language: str, words: str, state: str) -> None:
    """A metonym leads to its State and does not count as naming it."""
    (one,) = find_states(tokenise(words), language)
    assert (one.key, one.kind) == (state, "metonym")


def test_a_capital_as_a_place_is_no_metonym() -> None:
    """Where something happens nobody speaks."""
    (one,) = find_states(tokenise("They met in Paris."), "en")
    assert one.kind == "place"


SENTENCES = [row[:2] for row in NAMED]
UNRELATED = {
    "vi": "Trời hôm nay đẹp.",
    "en": "The weather is fine.",
    "fr": "Il fait beau.",
    "de": "Das Wetter ist schön.",
}
UNRELATED |= {"it": "Il tempo è bello.", "ru": "Погода хорошая.", "es": "Hace buen tiempo."}


@given(st.sampled_from(SENTENCES))
def test_composed_and_decomposed_letters_read_the_same(row: tuple[str, str]) -> None:
    """A text written in NFD names what it names in NFC."""
    language, words = row
    assert counted(unicodedata.normalize("NFD", words), language) == counted(words, language)


@given(st.sampled_from(SENTENCES), st.booleans())
def test_a_sentence_that_names_nothing_changes_nothing(row: tuple[str, str], before: bool) -> None:
    """Mentions are kept, in order, when a sentence on something else is put before or after."""
    language, words = row
    other = UNRELATED[language]
    text = f"{other} {words}." if before else f"{words}. {other}"
    plain = [one.words for one in find_states(tokenise(f"{words}."), language)]
    assert [one.words for one in find_states(tokenise(text), language)] == plain


@given(st.text(max_size=200), st.sampled_from(sorted(UNRELATED)))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text, however odd, makes reading fail, and places lie in the text."""
    read = read_text(text, language, None)
    for one in (*read.states, *read.instruments, *read.weapons, *read.organs, *read.quantities, *read.persons):
        assert read.tokens.text[slice(*one.span)]


@pytest.mark.parametrize(
    ("language", "words", "key"),
    [
        ("vi", "Hiệp ước Bầu trời Mở", "open-skies"),
        ("de", "des Vertrags über den Offenen Himmel", "open-skies"),
        ("ru", "выход из Договора по открытому небу", "open-skies"),
        ("fr", "le traité « Ciel ouvert »", "open-skies"),
        ("es", "el Tratado de Cielos Abiertos", "open-skies"),
        ("it", "il trattato sui Cieli aperti", "open-skies"),
        ("en", "the Intermediate-Range Nuclear Forces Treaty", "inf"),
        ("ru", "договор о ракетах средней и меньшей дальности", "inf"),
        ("vi", "Hiệp ước các lực lượng vũ trang thông thường ở châu Âu", "cfe"),
        ("ru", "ДОВСЕ", "cfe"),
        ("de", "das Wiener Dokument", "vienna-document"),
        ("fr", "les accords de Minsk", "minsk"),
        ("it", "gli accordi di pace di Dayton", "dayton"),
        ("es", "el Acta Final de Helsinki", "helsinki-final-act"),
    ],
)
def test_treaties_are_known_by_their_names(language: str, words: str, key: str) -> None:
    """A treaty is known by its names and their inflected forms."""
    assert [one.key for one in read_text(words, language, None).instruments] == [key]


@pytest.mark.parametrize("words", ["The open skies above the lake were blue.", "An open skies agreement for airlines."])
def test_open_skies_are_not_always_a_treaty(words: str) -> None:
    """Weather and air transport under open skies are no treaty on observation."""
    assert read_text(words, "en", None).instruments == ()


@pytest.mark.parametrize(
    ("words", "key"), [("SSC-8", "9M729"), ("Novor 9M729", "9M729"), ("An-30B", "an-30"), ("Tu-154M LK-1", "tu-154")]
)
def test_weapons_are_known_by_all_their_names(words: str, key: str) -> None:
    """Eastern and western names lead to one weapon."""
    assert [one.key for one in read_text(f"the {words} was seen", "en", None).weapons] == [key]


def test_a_spokesperson_has_name_office_and_state() -> None:
    """An office, whose it is and the name beside it are found."""
    read = read_text("Cố vấn an ninh quốc gia Mỹ John Bolton và Tổng thống Nga Vladimir Putin", "vi", None)
    told = [(one.key, one.kind, one.details["of"]) for one in read.persons]
    assert told == [("John Bolton", "security-adviser", "USA"), ("Vladimir Putin", "president", "RUS")]


def test_both_ends_of_a_range_are_read() -> None:
    """Marks of thousands are no decimals, and the lower end of a range has the unit of the upper."""
    read = read_text("tầm bắn từ 500 đến 5.500 km", "vi", None)
    assert [(one.key, one.details["value"]) for one in read.quantities] == [("km", 500.0), ("km", 5500.0)]


@pytest.mark.parametrize(
    ("language", "words", "states"),
    [
        ("fr", "un sommet franco-allemand et des relations russo-américaines", {"FRA", "DEU", "RUS", "USA"}),
        ("en", "an Anglo-American plan, Sino-Russian drills", {"GBR", "USA", "CHN", "RUS"}),
        ("ru", "российско-американские и франко-германские переговоры", {"RUS", "USA", "FRA", "DEU"}),
        ("es", "Franco murió; el proyecto germano", set()),
    ],
)
def test_the_first_half_of_an_adjective_counts_before_another(language: str, words: str, states: set[str]) -> None:
    """``franco-allemand`` names two States; the half by itself names none."""
    assert counted(words, language) == states
