"""``law diff``, ``law effect`` and ``law history``: pages, JSON, files, pictures, refusals."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Skywitness

from skywitness.cli.language import Language
from skywitness.cli.law_picture import draw, figure_of
from skywitness.law.change import SECTIONS
from skywitness.law.history import history
from skywitness.route.exports import paper

TOUCH = 4.0
"""Pixels of the page by which boxes of letters may overlap: there is room around letters."""

ACTS = """
[[agreement]]
id = "longer-mission"
parties = ["SWE", "UKR"]
provision = "OS:VI.I.9"
scope = "120 hours"
from = 2027-05-01
to = 2027-06-01
source = "exchange of notes"
"""


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    """Write a file of facts."""
    path = tmp_path / "acts.toml"
    path.write_text(ACTS, encoding="utf-8")
    return path


def test_diff_as_a_page(skywitness: Skywitness) -> None:
    """States that left, with every step, its source and its status; what cannot be told is marked."""
    page = skywitness("law", "diff", "open-skies", "--from", "2020-01-01", "--to", "2022-01-01", columns=120)
    assert page.code == 0
    assert "United States (USA) is no Party any more since 2020-11-22." in page.out
    assert "2020-05-22 gave notice of withdrawal. Source: practice S7, S8 (reported)" in page.out
    assert "? Distributions after the first are confidential" in page.out
    assert "Passive quota of Belarus (BLR): not known" in page.out


def test_diff_as_json(skywitness: Skywitness) -> None:
    """One list of changes with both sides, every step, and whether any of it is recollection."""
    call = ("law", "diff", "open-skies", "--from", "2002-01-01", "--to", "2003-01-01", "--section", "parties", "--json")
    document = skywitness(*call).json
    assert {"instrument", "from", "to", "known", "counts", "changes", "gaps"} <= document.keys()
    (sweden,) = [change for change in document["changes"] if change["subject"] == "SWE"]
    assert (sweden["what"], sweden["recollection"]) == ("begun", True)
    assert (sweden["before"]["held"], sweden["after"]["value"]) == ("nothing", "party")
    assert {event["status"] for event in sweden["events"]} == {"recollection"}
    assert {change["section"] for change in document["changes"]} == {"parties"}


def test_a_value_that_is_open_has_candidates(skywitness: Skywitness) -> None:
    """Kubinka between two sightings: no value, two candidates, and the change cannot be told."""
    call = (
        "law",
        "diff",
        "open-skies",
        "--from",
        "2003-01-01",
        "--to",
        "2010-01-01",
        "--section",
        "distances",
        "--json",
    )
    (kubinka,) = [change for change in skywitness(*call).json["changes"] if change["subject"] == "UUMB"]
    assert kubinka["what"] == "cannot_tell"
    assert kubinka["before"]["value"] is None
    assert kubinka["before"]["candidates"] == kubinka["after"]["candidates"] == [5000, 5500]


def test_facts_of_ones_own_are_compared_too(skywitness: Skywitness, acts: Path) -> None:
    """An agreement that begins between the two days is told beside stored practice."""
    call = ("law", "diff", "open-skies", "--from", "2027-01-01", "--to", "2027-05-15", "--facts", acts, "--json")
    found = {change["subject"]: change["what"] for change in skywitness(*call).json["changes"]}
    assert found["longer-mission"] == "begun"


def test_effect_of_stored_practice(skywitness: Skywitness) -> None:
    """Georgia towards Russia: both readings, the claim, and where the text is silent."""
    call = ("law", "effect", "open-skies", "--at", "2015-01-01", "--only", "geo-towards-rus-2012")
    page = skywitness(*call, columns=200)
    assert page.code == 0
    assert "A claim of GEO; it is no law." in page.out
    assert "Reading: accepts the claim geo-towards-rus-2012." in page.out
    assert "The Treaty does not say." in " ".join(page.out.split())
    (fact,) = skywitness(*call, "--json").json["facts"]
    assert (fact["verdict"], fact["claim_of"]) == ("cannot_tell", "GEO")
    assert [answer["verdict"] for answer in fact["answers"]] == ["ok", "breach", "ok", "cannot_tell"]
    assert [answer["text_silent"] for answer in fact["answers"]] == [False, False, False, True]


def test_what_counts_on_the_day_comes_before_what_does_not(skywitness: Skywitness) -> None:
    """Asked for 2012, a withdrawal of 2020 stands last and says that it has not begun; no line is said twice."""
    call = ("law", "effect", "open-skies", "--at", "2012-06-01")
    page = skywitness(*call, columns=200).out
    told = {fact["id"]: fact["on_the_day"] for fact in skywitness(*call, "--json").json["facts"]}
    assert (told["geo-towards-rus-2012"], told["usa-2020"], told["blr-rus-formed"]) == ("holds", "not_yet", "holds")
    placed = {ident: page.index(f"[{ident}]") for ident in told}
    assert max(at for ident, at in placed.items() if told[ident] == "holds") < min(
        at for ident, at in placed.items() if told[ident] in ("not_yet", "over")
    )
    assert page.count("The agreement begins on 2024-06-01.") == 1
    assert page.count("On the day asked for it has not begun.") == list(told.values()).count("not_yet")


@pytest.mark.parametrize(
    ("at", "ident", "then"),
    [
        ("2012-04-05", "geo-towards-rus-2012", "not_yet"),
        ("2012-04-06", "geo-towards-rus-2012", "holds"),
        ("2021-12-17", "geo-towards-rus-2012", "holds"),
        ("2021-12-18", "geo-towards-rus-2012", "over"),
        ("2021-12-17", "rus-2021", "holds"),
        ("2021-12-18", "rus-2021", "took_effect"),
    ],
)
def test_an_act_says_whether_it_holds_on_the_day(skywitness: Skywitness, at: str, ident: str, then: str) -> None:
    """First and last day count as everywhere; a withdrawal is not over when its notice has run out."""
    (fact,) = skywitness("law", "effect", "open-skies", "--at", at, "--only", ident, "--json").json["facts"]
    assert fact["on_the_day"] == then


@pytest.mark.parametrize(
    ("ident", "at", "provision", "verdicts"),
    [
        ("usa-2020", "2020-12-01", "OS:XV.2", ["ok", "cannot_tell"]),
        ("usa-2020", "2020-12-01", "OS:XV.3", ["ok"]),
        ("rus-2021", "2021-12-20", "OS:XV.3", ["ok"]),
        ("review-2018", "2018-06-01", "OS:III.I.7", ["ok", "ok"]),
        ("blr-rus-ended", "2022-01-01", "OS:III.II.6(C)", ["cannot_tell"]),
        ("training-spain-2024", "2024-06-15", "OS:L.III.3", ["ok", "ok"]),
    ],
)
def test_cases_of_practice(skywitness: Skywitness, ident: str, at: str, provision: str, verdicts: list[str]) -> None:
    """What scripts get of the cases everybody asks about."""
    (fact,) = skywitness("law", "effect", "open-skies", "--at", at, "--only", ident, "--json").json["facts"]
    assert [one["verdict"] for one in fact["answers"] if one["provision"] == provision] == verdicts
    assert fact["source"]


def test_effect_of_a_file(skywitness: Skywitness, acts: Path) -> None:
    """With --facts the file alone is answered."""
    call = ("law", "effect", "open-skies", "--at", "2027-05-15", "--facts", acts, "--json")
    (fact,) = skywitness(*call).json["facts"]
    assert (fact["id"], fact["verdict"], fact["from"], fact["to"]) == (
        "longer-mission",
        "ok",
        "2027-05-01",
        "2027-06-01",
    )


def test_clauses_are_listed(skywitness: Skywitness) -> None:
    """Every provision that gives way to an agreement, with who must agree and whether the text says so."""
    listed = skywitness("law", "effect", "open-skies", "--at", "2020-01-01", "--clauses", "--json").json["clauses"]
    assert len([one for one in listed if one["kind"] == "unless"]) == 36
    page = skywitness("law", "effect", "open-skies", "--at", "2020-01-01", "--clauses", columns=120).out
    assert "Who must agree: the observing and the observed Party (the text does not say)." in page


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        (("diff", "open-skies", "--from", "2021-01-01", "--to", "2020-01-01"), "usage", "is not before"),
        (("diff", "open-skies", "--from", "2020-01-01", "--to", "2021-01-01", "--section", "x"), "usage", "no section"),
        (("diff", "nowhere", "--from", "2020-01-01", "--to", "2021-01-01"), "unknown_instrument", "open-skies"),
        (("effect", "open-skies", "--at", "2020-01-01", "--only", "usa-2021"), "unknown_fact", "usa-2020"),
        (("effect", "open-skies", "--at", "2020-01-01", "--facts", "gone.toml"), "no_such_file", "gone.toml"),
        (("history", "open-skies", "--from", "2020-01-01", "--to", "2019-01-01"), "usage", "is not before"),
        (("history", "open-skies", "--picture", "years.gif"), "usage", ".png or .svg"),
        (("history", "open-skies", "--picture", "no/where/years.png"), "file", "no folder"),
    ],
)
def test_wrong_questions_are_refused(skywitness: Skywitness, arguments: tuple[str, ...], kind: str, told: str) -> None:
    """One sentence on what was met and what is expected, with the code 2."""
    ran = skywitness("law", *arguments, "--json")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == kind
    assert told in ran.out


def test_history_as_a_table_and_as_json(skywitness: Skywitness) -> None:
    """A line for each year; scripts get every step."""
    page = skywitness("law", "history", "open-skies", "--to", "2026-11-22", columns=120)
    assert page.code == 0
    assert [line.split()[:3] for line in page.out.splitlines() if line.strip().startswith("2022 ")] == [
        ["2022", "32", "185"]
    ]
    document = skywitness("law", "history", "open-skies", "--to", "2026-11-22", "--json").json
    assert {"years", "steps", "events", "distances"} <= document.keys()
    assert document["picture"] is None


@pytest.mark.parametrize(("name", "begins"), [("years.png", b"\x89PNG"), ("years.svg", b"<?xml")])
def test_history_draws(skywitness: Skywitness, tmp_path: Path, name: str, begins: bytes) -> None:
    """The ending of the name says what is written; a picture that is there is replaced."""
    path = tmp_path / name
    path.write_bytes(b"old")
    assert skywitness("law", "history", "open-skies", "--to", "2026-11-22", "--picture", path).code == 0
    assert path.read_bytes().startswith(begins)


def test_the_same_data_give_the_same_picture() -> None:
    """No date and no chance is in the bytes."""
    found = history("open-skies", dt.date(2015, 1, 1), dt.date(2023, 1, 1))
    assert draw(found, "svg", Language("en")) == draw(found, "svg", Language("en"))


@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize(
    ("first", "last", "known"),
    [(None, "2026-11-22", None), ("2015-01-01", "2023-01-01", None), (None, "2026-11-22", "2003-01-01")],
)
def test_no_words_of_the_picture_overlap(code: str, first: str | None, last: str, known: str | None) -> None:
    """Labels stand apart and inside the page, whatever the years, the knowledge and the language."""
    from matplotlib.text import Text

    day = dt.date.fromisoformat
    found = history("open-skies", day(first) if first else None, day(last), day(known) if known else None)
    with paper.plain_style():
        figure = figure_of(found, Language(code))
        figure.canvas.draw()
        page = figure.bbox
        texts = [
            (one.get_text(), one.get_window_extent())
            for one in figure.findobj(Text)
            if isinstance(one, Text) and one.get_visible() and one.get_text().strip()
        ]
    texts = [(words, box) for words, box in texts if box.width > 1]
    assert len(texts) > 60
    outside = [words for words, box in texts if box.x0 < 0 or box.y0 < 0 or box.x1 > page.x1 or box.y1 > page.y1]
    assert not outside
    assert not [(one, other) for (one, box), (other, against) in combinations(texts, 2) if overlap(box, against)]


def overlap(one: Any, other: Any) -> bool:
    """Tell whether two boxes share more than the little room that is around letters."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    return bool(across > TOUCH and min(one.y1, other.y1) - max(one.y0, other.y0) > TOUCH)


def test_everything_is_said_in_vietnamese(skywitness: Skywitness) -> None:
    """No sentence of the three pages stays English."""
    parts = [word for one in SECTIONS if one != "claims" for word in ("--section", one)]
    calls = [
        # how the sources of claims are told is for the page of the claims
        ("diff", "--from", "2020-01-01", "--to", "2022-01-01", *parts),
        ("effect", "--at", "2021-12-20"),
        ("effect", "--at", "2021-12-20", "--clauses"),
        ("history", "--to", "2026-11-22"),
    ]
    pages = [skywitness("law", name, "open-skies", *rest, lang="vi", columns=200).out for name, *rest in calls]
    english = (" the ", " was ", " is ", "Source", "became", " ended", "joined", "not known", " must ")
    assert not [(word, line) for page in pages for line in page.splitlines() for word in english if word in line]
