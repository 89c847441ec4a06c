"""An article that is itself the only source of a fact confirms nothing: it is known again by hashes of its words."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consult.consult_files import D, case, document, faults, plain

from skywitness.consult.model import Case
from skywitness.press import statements
from skywitness.press.article import Article, read_words
from skywitness.press.check import Check
from skywitness.press.fingerprint import KEPT, fingerprint, is_copy
from skywitness.press.source import Source

WHO = ["BEL", "CZE", "DEU", "FIN", "FRA"]
ARTICLE = (
    "In a joint statement on the Open Skies Treaty the five countries Belgium, the Czech Republic, Germany, Finland "
    "and France said on Friday that they regret what was announced in Washington the day before."
)
OTHER = (
    "Five governments spoke up yesterday. Their joint statement about the Treaty on Open Skies comes from Belgium, the "
    "Czech Republic, Germany, Finland and France."
)


def told(*sources: str, text: str = ARTICLE) -> Case:
    """Make a case in which the five made a statement, by some sources; source ``own`` is the article."""
    own = {"id": "own", "title": "The article", "publisher": "A paper", "side": "press", "kind": "article"}
    note = {"id": "note", "title": "The statement itself", "publisher": "X", "side": "party", "kind": "statement"}
    rows = [{**own, "fingerprint": list(fingerprint(text))}, note]
    event = plain("five", D(2020, 5, 22), "statement", actors=WHO, signers=WHO, sources=list(sources))
    return case(event, sources=rows)


def read(text: str, kept: Case, monkeypatch: pytest.MonkeyPatch) -> tuple[Article, Check]:
    """Read a text while one case alone is kept; return the check of its list too."""
    monkeypatch.setattr(statements, "shipped", lambda: (kept,))
    article = read_words(Source(text, "text"), dt.date(2020, 5, 24))
    (check,) = [one for one in article.checks if one.kind == "list"]
    return article, check


def test_an_article_agrees_not_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the case has the signers from this article alone nothing can be told, and the reader learns why."""
    article, check = read(ARTICLE, told("own"), monkeypatch)
    assert check.verdict == "cannot_tell"
    assert "agrees only with itself" in str(check.why)
    held = next(one for one in article.lists[0].comparisons if one.against == "statement")
    assert (held.to_json()["verdict"], held.to_json()["only_itself"]) == ("cannot_tell", True)


def test_another_source_is_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the statement itself beside the article it agrees, and only that source is named."""
    _, check = read(ARTICLE, told("own", "note"), monkeypatch)
    assert check.verdict == "agrees"
    assert "The statement itself" in check.law[0].source
    assert "The article" not in check.law[0].source


def test_another_article_on_the_same_statement_is_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """In other words by another author it is held against the first one."""
    assert read(OTHER, told("own"), monkeypatch)[1].verdict == "agrees"


def test_what_is_proposed_of_an_article_never_confirms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case file that ``read --propose`` writes keeps the hashes by which the article is known again."""
    article, _ = read(ARTICLE, told("note"), monkeypatch)
    (source,) = tomllib.loads(article.case_file())["sources"]
    assert is_copy(ARTICLE, source["fingerprint"])
    assert not is_copy(OTHER, source["fingerprint"])


WORDS = st.lists(st.sampled_from(["sky", "flight", "treaty", "day", "over", "Nga", "Mỹ", "bay", "quota"]), min_size=5)


@settings(max_examples=50)
@given(WORDS, st.sampled_from([" ", "\n", ", ", " – "]))
def test_letters_and_breaks_hide_no_copy(words: list[str], between: str) -> None:
    """Capitals, line ends and marks change nothing, nor does text before and after."""
    kept = fingerprint(" ".join(words))
    assert 0 < len(kept) <= KEPT
    assert is_copy("Before it. " + between.join(words).upper() + " And after.", kept)


def test_a_shortened_copy_is_one_and_a_quotation_is_none() -> None:
    """Two thirds of a report are that report; one sentence of it in another report is not."""
    text = " ".join(f"word{number}" for number in range(300))
    kept = fingerprint(text)
    assert is_copy(" ".join(text.split()[:260]), kept)
    assert not is_copy(" ".join(text.split()[:20]) + " and then something else entirely", kept)


@pytest.mark.parametrize("told_hashes", [["xyz"], ["0" * 13], ["0" * 12] * 101])
def test_what_is_no_hash_is_refused(told_hashes: list[str]) -> None:
    """A source has hashes as they are written, and not thousands of them."""
    data = document(plain("x", D(2010, 1, 1)))
    data["sources"][0]["fingerprint"] = told_hashes
    assert "hashes" in faults(data)["sources[0].fingerprint"]
