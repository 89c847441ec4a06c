"""Sentences held against the law: what agrees, what differs, and what cannot be told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from skywitness.press.article import Article, read_article, read_words
from skywitness.press.source import Source


def checked(text: str, at: str = "2020-05-24") -> list[tuple[str, str, str]]:
    """Read a text and list what was checked: kind, claim, verdict."""
    article = read_words(Source(text, "text"), dt.date.fromisoformat(at))
    return [(one.kind, one.claimed, one.verdict) for one in article.checks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Treaty on Open Skies was signed in 1992 and entered into force in 2002.", ["agrees", "agrees"]),
        ("The Treaty on Open Skies was signed in 1993 and entered into force in 2001.", ["differs", "differs"]),
        ("Hiệp ước Bầu trời Mở được ký năm 1992 và có hiệu lực vào năm 2002.", ["agrees", "agrees"]),
        ("Le traité Ciel ouvert, signé en 1992, est entré en vigueur en 2003.", ["agrees", "differs"]),
        ("Der Vertrag über den Offenen Himmel wurde 1992 unterzeichnet und trat 2002 in Kraft.", ["agrees", "agrees"]),
        ("Il trattato Cieli aperti, firmato nel 1992, è entrato in vigore nel 2002.", ["agrees", "agrees"]),
        ("Договор по открытому небу подписан в 1992 году и вступил в силу в 2002 году.", ["agrees", "agrees"]),
        ("El Tratado de Cielos Abiertos se firmó en 1992 y entró en vigor en 2001.", ["agrees", "differs"]),
        ("President Reagan signed the 1987 INF Treaty with the Soviet Union long ago.", ["agrees"]),
        ("Under the 1986 INF Treaty the two sides destroyed their missiles together.", ["differs"]),
    ],
)
def test_years_of_signature_and_entry_into_force(text: str, expected: list[str]) -> None:
    """Years agree or differ, in all languages, each with its word."""
    assert [verdict for _, _, verdict in checked(text)] == expected


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The United States will withdraw from the Open Skies Treaty within six months.", "agrees"),
        ("The United States will withdraw from the Open Skies Treaty within three months.", "differs"),
        ("Washington will withdraw from the INF Treaty in six months.", "agrees"),
        ("Russia will withdraw from the CFE Treaty within 150 days, it said.", "agrees"),
    ],
)
def test_notice_of_withdrawal(text: str, verdict: str) -> None:
    """The notice that a treaty asks for is held against the one told."""
    assert [found for kind, _, found in checked(text) if kind == "notice"] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The INF Treaty banned missiles with a range of 500 to 5,500 kilometers.", "agrees"),
        ("The INF Treaty banned missiles with a range of 500 to 3,500 kilometers.", "differs"),
    ],
)
def test_ranges_of_the_inf_treaty(text: str, verdict: str) -> None:
    """Ranges told are held against those of the treaty."""
    assert [found for kind, _, found in checked(text, "2018-10-26") if kind == "range"] == [verdict]


@pytest.mark.parametrize(
    ("text", "at", "verdict"),
    [
        ("The Open Skies Treaty has 34 member states, officials said today.", "2020-05-24", "agrees"),
        ("The Open Skies Treaty has 35 member states, officials said today.", "2020-05-24", "differs"),
        ("The Open Skies Treaty has 32 member states, officials said today.", "2022-05-24", "agrees"),
        ("The CFE Treaty was signed in Paris by 22 states, officials said today.", "2007-12-13", "cannot_tell"),
        ("Russia is a party to the Open Skies Treaty, officials said.", "2021-05-24", "agrees"),
        ("Russia is a party to the Open Skies Treaty, officials said.", "2022-05-24", "differs"),
        ("Russia is not a party to the Open Skies Treaty, officials said.", "2022-05-24", "agrees"),
    ],
)
def test_counts_and_membership_are_those_of_the_day(text: str, at: str, verdict: str) -> None:
    """How many Parties there are, and whether a State is one, is judged on the day of the article."""
    assert [found for kind, _, found in checked(text, at) if kind in ("count", "membership")] == [verdict]


def test_day_of_withdrawal() -> None:
    """The day of notice and of effect agree, another day of effect differs; words before the notice cannot be told."""
    right = "The United States formally withdrew from the Open Skies Treaty on 22 November 2020."
    wrong = "The United States formally withdrew from the Open Skies Treaty on 25 November 2020."
    early = "The United States announced on 21 May 2020 that it would withdraw from the Open Skies Treaty."
    found = [[verdict for kind, _, verdict in checked(text) if kind == "withdrawal"] for text in (right, wrong, early)]
    assert found == [["agrees"], ["differs"], ["cannot_tell"]]


def test_a_denied_word_is_not_checked() -> None:
    """What a sentence says did not happen has no day to agree with."""
    assert checked("The Treaty on Open Skies was not signed in 1955, historians recall.") == []


def test_without_a_day_membership_cannot_be_told() -> None:
    """A list in an article of no known day cannot be held against the Parties of that day."""
    text = "The parties to the Open Skies Treaty are Belgium, Canada, Denmark, Estonia, Finland and France."
    (found,) = [one for one in read_words(Source(text, "text")).checks if one.kind == "list"]
    assert found.verdict == "cannot_tell"


def test_a_list_that_is_shorter_than_it_says() -> None:
    """A number that is not that of the names is told; an item that is no State is kept with its words."""
    text = "The 7 parties to the Open Skies Treaty are: Belgium, Canada, Denmark, Ruritania, Finland and France."
    article = read_words(Source(text, "text"), dt.date(2020, 5, 24))
    (one,) = article.lists
    assert (one.claimed, one.counted, one.unresolved) == (7, 6, ("Ruritania",))
    assert ("list_count", "differs") in [(check.kind, check.verdict) for check in article.checks]


# ---- the two reports ----


@pytest.fixture(scope="session")
def seeds(shared: Path) -> tuple[Article, Article]:
    """Read both Vietnamese reports."""
    first, second = sorted((shared / "seeds").glob("*.txt"))
    return read_article(first, dt.date(2020, 5, 23)), read_article(second, dt.date(2018, 10, 26))


def test_the_list_of_35_names_a_state_that_never_signed(seeds: tuple[Article, Article]) -> None:
    """Of 35 "participants" 34 are Parties; Kazakhstan never signed, and Kyrgyzstan, which did, is missing."""
    one = next(found for found in seeds[0].lists if found.claimed == 35)
    held = {comparison.against: comparison for comparison in one.comparisons}
    assert (one.counted, one.against, one.unresolved) == (35, "parties", ())
    assert (held["parties"].number, held["parties"].missing, held["parties"].extra) == (34, (), ("KAZ",))
    assert (held["signatories"].number, held["signatories"].missing) == (35, ("KGZ",))
    assert held["signatories"].extra == ("KAZ",)


def test_the_eleven_of_the_statement(seeds: tuple[Article, Article]) -> None:
    """The statement has the eleven States that the report says and names."""
    one = next(found for found in seeds[0].lists if found.claimed == 11)
    assert (one.counted, one.against) == (11, "statement")
    assert set(one.states) == {"BEL", "CZE", "DEU", "ESP", "FIN", "FRA", "ITA", "LUX", "NLD", "PRT", "SWE"}
    assert one.main is not None
    assert one.main.agrees
    assert "as the Netherlands has it" in one.main.source
    assert "Vietnamese press report" not in one.main.source


def test_sentences_of_the_first_report(seeds: tuple[Article, Article]) -> None:
    """Proposal, signature, entry into force and notice agree; the list differs."""
    found = {one.kind: one.verdict for one in seeds[0].checks}
    assert [found[kind] for kind in ("proposed", "signed", "in_force", "notice")] == ["agrees"] * 4
    assert [one.verdict for one in seeds[0].checks if one.kind == "list"][-1] == "differs"


def test_what_the_second_report_names(seeds: tuple[Article, Article]) -> None:
    """States, the missile by both names, days, the treaty's year and who spoke are found."""
    read = seeds[1].read
    assert set(read.named) == {"USA", "RUS", "DEU", "CHN", "BEL", "NLD"}
    assert {one.key for one in read.weapons} == {"9M729"}
    assert set(read.calendar) >= {"2018-10-25", "2018-11-11", "1987"}
    assert {one.key for one in read.persons} >= {"John Bolton", "Jens Stoltenberg", "Vladimir Putin"}
    assert [(one.kind, one.verdict) for one in seeds[1].checks] == [("signed", "agrees")]


def test_proposed_events_are_a_case_file_that_nobody_has_accepted(seeds: tuple[Article, Article]) -> None:
    """The joint statement has a day, its actors and the sentence; the file is read as a case as it stands."""
    import tomllib

    from skywitness.consult.read import read_case

    document = tomllib.loads(seeds[0].case_file())
    (statement,) = [one for one in document["events"] if one["step"] == "statement"]
    assert set(statement["actors"]) == {"BEL", "CZE", "DEU", "ESP", "FIN", "FRA", "ITA", "LUX", "NLD", "PRT", "SWE"}
    assert statement["quote"].startswith("Trước đó, Bộ Ngoại giao Pháp")
    assert len(read_case(document, "article").events) == len(document["events"])
