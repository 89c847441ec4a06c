"""What the data name by a key has words, and what a source names by a number can be looked up."""

from __future__ import annotations

import pytest

from skywitness.cli.language import Language
from skywitness.law.claims import claims
from skywitness.law.decision import decisions
from skywitness.law.instrument import load
from skywitness.law.words import key_words, name_words, numbered_sources, source_words, value_words


def test_every_kind_of_value_has_a_title_in_every_language() -> None:
    """No reader of a finding meets a key of the data with underscores in it, nor English on a Vietnamese page."""
    vietnamese = Language("vi")
    for key in load("open-skies").keys:
        english = str(key_words(key))
        assert "_" not in english
        assert key_words(key).render(vietnamese) != english
    for key in ("entry_into_force", "party", "group", "site", "total_active_quota"):
        assert key_words(key).render(vietnamese) != str(key_words(key))


def test_states_are_named_in_the_language_spoken() -> None:
    """The data have the names of States in several languages; the catalogue takes them from there."""
    vietnamese = Language("vi")
    parties = load("open-skies").parties
    assert {code: name_words(party.name).render(vietnamese) for code, party in parties.items()} == {
        code: party.names["vi"] for code, party in parties.items()
    }


@pytest.mark.parametrize(
    ("value", "words"), [("common_quota", "group with common quotas"), ("film", "film"), ("two_words", "two_words")]
)
def test_words_that_are_values_are_written_out(value: str, words: str) -> None:
    """A word of the data that nobody has put into words is shown as it is, never dropped."""
    assert str(value_words(value)) == words


def test_numbered_sources_can_be_looked_up() -> None:
    """Every numbered source that a value of the law names is listed with an address."""
    treaty = load("open-skies")
    sources = {entry.dated.source for entries in treaty.entries.values() for entry in entries}
    numbered = {source for source in sources if source.startswith("practice")}
    assert numbered
    assert all(numbered_sources(source) for source in numbered)
    assert numbered_sources("OS Annex A, Section III") == ()


def test_what_a_numbered_source_is_about_is_told_in_the_language() -> None:
    """The line under a table of sources reads in Vietnamese, its address as it is."""
    ((number, words),) = numbered_sources("practice S10")
    assert number == "S10"
    assert words.render(Language("vi")) == "tass.com/politics/1377561 (Nga rút ngày 18-12-2021)"


def test_a_source_is_never_lost() -> None:
    """References stay as they are; braces in somebody's own source are only braces."""
    for source in ("OS Art. VI.I.5", "press: tass.com/{x}", "practice S1; memory", "the law by practice S2"):
        assert str(source_words(source)) == source
    assert str(source_words("practice S2, S3")) == "practice S2, S3"
    assert source_words("practice S2, S3").render(Language("vi")) == "thực tiễn S2, S3"
    composed = "recollection, unchecked against the depositary; the year by practice S29"
    assert str(source_words(composed)) == composed
    assert source_words(composed).render(Language("vi")).endswith("; năm theo thực tiễn S29")


def test_the_words_of_a_source_are_translated_part_by_part() -> None:
    """What a claim or a decision adds to a reference, and the word for the press, are said in the language spoken."""
    vietnamese = Language("vi")
    assert source_words("press: tass.com/{x}").render(vietnamese) == "báo chí: tass.com/{x}"
    every = [*(claim.source for claim in claims().values()), *(decision.source for decision in decisions())]
    own = [source for source in every if "recollection" in source]
    assert len(own) > 4
    for source in own:
        assert "recollection" not in source_words(source).render(vietnamese), source


def test_notes_of_claims_are_translated() -> None:
    """Every note of a claim has its words in the language spoken, as title, ground and answer have."""
    vietnamese = Language("vi")
    for claim in claims().values():
        english, spoken = claim.to_json(), claim.to_json(vietnamese)
        assert all(spoken[key] != english[key] for key in ("title", "basis", "answer")), claim.id
        assert not claim.note or spoken["note"] != english["note"], claim.id


@pytest.mark.parametrize(
    ("source", "vietnamese"),
    [
        ("OS Annex A, Section III", "OS Phụ lục A, Mục III"),
        ("OS Annex A.II.1, Art. XVIII.II.6", "OS Phụ lục A.II.1, Điều XVIII.II.6"),
        ("OS Annex B, Appendix 1.1(A); practice S9", "OS Phụ lục B, Phụ chương 1.1(A); thực tiễn S9"),
    ],
)
def test_a_reference_to_the_text_is_read_in_every_language(source: str, vietnamese: str) -> None:
    """The words of a reference are translated, its identifiers stay."""
    assert str(source_words(source)) == source
    assert source_words(source).render(Language("vi")) == vietnamese


def test_no_source_of_a_value_stays_english() -> None:
    """Whatever a value of the law rests on can be read in Vietnamese."""
    law = load("open-skies")
    sources = {row.dated.source for key in law.keys for one in law.subjects(key) for row in law.of(key, one)}
    told = {source: source_words(source).render(Language("vi")) for source in sources}
    english = ("Annex", "Art.", "Appendix", "Section", "recollection", " by ", " the ")
    assert not {source: words for source, words in told.items() if any(word in words for word in english)}
