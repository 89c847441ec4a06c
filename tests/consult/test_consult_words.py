"""Neutral words: what takes a side is found in English and Vietnamese, and what does not is let stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consult.consult_files import document, event, faults

from skywitness.consult.bodies import bodies
from skywitness.consult.catalogue import shipped
from skywitness.consult.words import loaded_words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Russia violates the Treaty", ("violates",)),
        ("a VIOLATION", ("VIOLATION",)),
        ("a vio\u00adlation", ("violation",)),
        ("a vio\u200blation", ("violation",)),
        ("cheating and aggression", ("cheating", "aggression")),
        ("material breach", ("breach",)),
        ("the so-called limit", ("so-called",)),
        ("in bad\n faith", ("bad faith",)),
        ("non-compliant, noncompliance", ("non-compliant", "noncompliance")),
        ("Nga vi phạm Hiệp ước", ("vi phạm",)),
        ("Nga vi pha\u0323m", ("vi phạm",)),
        ("hành vi gây bất ổn và che giấu", ("gây bất ổn", "che giấu")),
    ],
)
def test_loaded_words_are_found(words: str, found: tuple[str, ...]) -> None:
    """Whatever their case, however accents are composed, and with signs that nobody sees between the letters."""
    assert loaded_words(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "The United States says that the limit has no place in Annex A",
        "Russia denies it and keeps to the Treaty",
        "A bridge lies within the strip; the aircraft broke off",
        "The believers and the shambles of a shame",
        "Hoa Kỳ nói hành vi này không phù hợp; phạm vi bay",
        "ultimatum, objection, refusal, suspension, withdrawal",
    ],
)
def test_neutral_words_stand(words: str) -> None:
    """Words that only hold a loaded one, or that name an act, are no fault."""
    assert loaded_words(words) == ()


@given(st.text(alphabet="abc àăđ", max_size=20), st.sampled_from(["violation", "cheats", "vi phạm", "trái phép"]))
def test_a_loaded_word_is_found_among_any_others(before: str, word: str) -> None:
    """Set apart by a space, it is found whatever stands before it."""
    assert word in loaded_words(f"{before} {word}")


@pytest.mark.parametrize("field", ["what", "what_vi", "condition", "basis", "no_provision"])
def test_neutral_fields_hold_none(field: str) -> None:
    """Every field in words of the writer is looked through; an actor's own words may say anything."""
    more = {field.removesuffix("_vi"): "It is so", field: "A flagrant violation"}
    assert f"events[0].{field}" in faults(document(event(**more)))
    assert not faults(document(event(quote="A flagrant violation")))


def test_shipped_texts_are_neutral_and_in_both_languages() -> None:
    """Every text of a shipped case has its Vietnamese, and neither takes a side."""
    for case in shipped():
        events = [one for first in case.events for one in case.versions(first.id)]
        texts = [case.title, case.about, *(one.words for one in case.propositions.values())]
        texts += [text for one in events for text in (one.what, one.no_provision, one.legal.condition)]
        texts += [one.title for one in case.sources.values()]
        texts += [one.words for one in case.questions] + [text for one in case.questions for text in one.settles]
        texts += [way.name for one in case.questions for way in one.ways]
        for text in texts:
            if text is not None:
                assert dict(text.others).keys() == {"vi"}, str(text)
                assert not loaded_words(str(text) + " " + dict(text.others)["vi"])


def test_names_of_bodies_stand_in_both_languages() -> None:
    """Every organ and alliance has a Vietnamese name."""
    assert all(dict(one.body.name.others).keys() == {"vi"} for one in bodies().values())
