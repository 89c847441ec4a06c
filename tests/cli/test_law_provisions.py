"""``law provisions`` and ``law coverage``: every paragraph can be listed, and the scoreboard says how it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skywitness.law.provisions import KINDS, find_part, parts, provisions

if TYPE_CHECKING:
    from tests.conftest import Skywitness

COVERAGE = ("law", "coverage", "open-skies")
PROVISIONS = ("law", "provisions", "open-skies")


def test_all_provisions_are_listed(skywitness: Skywitness) -> None:
    """Without a choice every row is there, whole, in the order of the Treaty."""
    ran = skywitness(*PROVISIONS, "--json")
    assert ran.code == 0
    assert [row["id"] for row in ran.json["provisions"]] == [row.id for row in provisions()]
    assert ran.json["total"] == len(ran.json["provisions"])
    assert (ran.json["kind"], ran.json["part"]) == (None, None)
    assert set(ran.json["provisions"][0]) == {"id", "title", "kind", "modality", "bearer", "why", "status"}


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind(skywitness: Skywitness, kind: str) -> None:
    """A kind leaves exactly the rows of that kind."""
    rows = skywitness(*PROVISIONS, "--kind", kind, "--json").json["provisions"]
    assert [row["id"] for row in rows] == [row.id for row in provisions(kind)]
    assert all(row["kind"] == kind and bool(row["why"]) == (kind == "people") for row in rows)


@pytest.mark.parametrize(
    ("words", "part", "first", "count"),
    [
        ("VI", "VI", "OS:VI.I.1", 60),
        ("article vi", "VI", "OS:VI.I.1", 60),
        ("Art. XI", "XI", "OS:XI", 1),
        ("I", "I", "OS:I.1", 2),
        ("Annex I", "ANNEX-I", "OS:ANNEX-I.1", 9),
        ("annex-i", "ANNEX-I", "OS:ANNEX-I.1", 9),
        ("c", "C", "OS:C", 25),
        ("annex C", "C", "OS:C", 25),
        ("dec", "DEC", "DEC:16/02", 2),
    ],
)
def test_one_part(skywitness: Skywitness, words: str, part: str, first: str, count: int) -> None:
    """An article or annex is found as people name it; Annex I is not Article I."""
    document = skywitness(*PROVISIONS, "--part", words, "--json").json
    assert (document["part"], document["total"]) == (part, count)
    assert document["provisions"][0]["id"] == first


def test_every_part_is_found_by_its_name() -> None:
    """What the list of parts says can be typed."""
    assert [find_part(part) for part in parts()] == list(parts())


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        ((*PROVISIONS, "--part", "XX"), "unknown_part", "'XX'"),
        ((*PROVISIONS, "--part", "annex vi"), "unknown_part", "ANNEX-I"),
        ((*PROVISIONS, "--part", "article E"), "unknown_part", "XIX"),
        ((*PROVISIONS, "--kind", "rul"), "unknown_kind", "Did you mean rule?"),
        (("law", "provisions", "closed-skies"), "unknown_instrument", "open-skies"),
        (("law", "coverage", "closed-skies"), "unknown_instrument", "open-skies"),
    ],
)
def test_what_there_is_not_is_refused(skywitness: Skywitness, call: tuple[str, ...], kind: str, words: str) -> None:
    """An unknown part, kind or treaty is refused in a sentence that leads on."""
    ran = skywitness(*call, "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, kind)
    assert words in ran.json["error"]["message"]


def test_a_treaty_whose_paragraphs_are_not_listed(skywitness: Skywitness, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of one treaty are never shown as those of another."""
    monkeypatch.setattr("skywitness.law.provisions._load", lambda _: {})
    ran = skywitness("law", "provisions", "inf", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (2, "no_provisions")


def test_the_page_of_a_part(skywitness: Skywitness) -> None:
    """A page has the title, kind, modality and bearer of each provision, in the language spoken."""
    page = skywitness(*PROVISIONS, "--part", "VII", columns=160).out
    assert "Article VII" in page
    assert "OS:VII.1" in page
    assert "rule, duty" in page
    assert "observing Party" in page
    vietnamese = skywitness(*PROVISIONS, "--part", "VII", lang="vi", columns=160).out
    assert "Điều VII" in vietnamese
    assert "quy tắc, nghĩa vụ" in vietnamese
    assert "Bên quan sát" in vietnamese


def test_the_document_of_the_scoreboard(skywitness: Skywitness) -> None:
    """The interface has total, by_kind, implemented, missing and people; they add up."""
    ran = skywitness(*COVERAGE, "--json")
    found = ran.json
    assert ran.code == 0
    assert found["total"] == sum(found["by_kind"].values()) == len(provisions())
    assert found["implemented"] + len(found["missing"]) + len(found["people"]) == found["total"]
    assert sum(part["total"] for part in found["parts"].values()) == found["total"]
    assert list(found["parts"]) == list(parts())


def test_reasons_follow_the_language(skywitness: Skywitness) -> None:
    """Why no software can check a provision is told in the language spoken; identifiers are the same."""
    english = {row["id"]: row["why"] for row in skywitness(*COVERAGE, "--json").json["people"]}
    vietnamese = {row["id"]: row["why"] for row in skywitness(*COVERAGE, "--json", lang="vi").json["people"]}
    assert list(english) == list(vietnamese)
    assert not [ident for ident in english if english[ident] == vietnamese[ident]]


def test_the_page_of_the_scoreboard(skywitness: Skywitness) -> None:
    """The page has a row for each article and annex with the numbers of the document, and every missing provision."""
    found = skywitness(*COVERAGE, "--json").json
    page = skywitness(*COVERAGE, columns=120).out
    rows = {line.split("  ")[1]: line.split()[-4:] for line in page.splitlines() if line.startswith("  A")}
    six = found["parts"]["VI"]
    missing = six["total"] - six["implemented"] - six["people"]
    assert rows["Article VI"] == [str(n) for n in (six["total"], six["implemented"], missing, six["people"])]
    assert f"{found['implemented']} of {found['total'] - len(found['people'])} provisions" in page
    words = set(page.replace(",", " ").replace(":", " ").split())
    assert not [ident for ident in found["missing"] if ident.removeprefix("OS:") not in words]


def test_the_scoreboard_in_vietnamese(skywitness: Skywitness) -> None:
    """No English heading is left on the page."""
    page = skywitness(*COVERAGE, lang="vi", columns=120).out
    assert "Phụ lục I " in page
    assert "Còn thiếu" in page
    assert not [word for word in ("Article", "Annex", "Missing", "Implemented", "people") if word in page]
