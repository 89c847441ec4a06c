"""What people read: wrapped to the width, never by colour alone, in their language."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io

import pytest

from skywitness.cli.answer import Exit
from skywitness.cli.findings_page import exit_code, figure, summary, write_findings, write_needs
from skywitness.cli.language import Language
from skywitness.cli.page import Page
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.reading import Reading
from skywitness.core.text import say, verbatim

READING = Reading(at=dt.date(2019, 9, 12))

WHY = say(
    "The path comes within {km:.1f} km of the border of {state}, which is not a Party; {limit} km are asked, and the "
    "line is known to about two kilometres only.",
    km=8.13,
    state="Mongolia",
    limit=10,
)


def finding(verdict: Verdict, provision: str = "OS:VI.II.2") -> Finding:
    """Make a finding with everything in it."""
    return Finding(
        provision=provision,
        title=verbatim("The flight path stays ten kilometres away from States that are not Parties"),
        verdict=verdict,
        why=WHY,
        reading=READING,
        measured=8.13,
        uncertainty=1.8,
        limit=10,
        margin=-1.87,
        unit="km",
        effect=Effect("observed Party", "may", say("propose changes to the mission plan")),
        where=Where(leg=4, lon=107.25, lat=50.2, time_utc=dt.datetime(2019, 9, 12, 8, 30, tzinfo=dt.UTC)),
        values=(UsedValue("border_distance", "", 10, "km", dt.date(2002, 1, 1), "OS VI.II.2", "text"),),
        needs=(say("the survey line of the border"),) if verdict is Verdict.CANNOT_TELL else (),
    )


ALL = [finding(verdict, f"OS:{number}") for number, verdict in enumerate(Verdict, 1)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """Write all findings on a page."""
    return Written(monkeypatch)


class Written:
    """Writes a page of findings in a language, at a width, with more settings from the environment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, width: int = 80, language: str = "en", **environment: str) -> str:
        for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
            self._monkeypatch.delenv(name, raising=False)
        for name, value in {"COLUMNS": str(width), **environment}.items():
            self._monkeypatch.setenv(name, value)
        stream = io.StringIO()
        page = Page(stream, Language(language))
        write_findings(page, ALL)
        write_needs(page, ALL)
        return stream.getvalue()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("width", [30, 40, 80, 120, 200])
def test_lines_keep_to_the_width(written: Written, width: int, language: str) -> None:
    """No line is longer than the terminal is wide, none ends in blanks, and none of the words is lost."""
    text = written(width, language)
    assert max(map(len, text.splitlines())) <= width
    assert text.splitlines() == [line.rstrip() for line in text.splitlines()]
    unwrapped = " ".join(text.split())
    assert " ".join(WHY.render(Language(language)).split()) in unwrapped


def test_wider_terminals_get_longer_lines(written: Written) -> None:
    """At 120 columns the same page has fewer lines than at 80."""
    assert len(written(120).splitlines()) < len(written(80).splitlines())


def test_verdicts_are_words_and_marks_without_colour(written: Written) -> None:
    """With ``NO_COLOR`` or without a terminal each verdict still has its word and its mark, and no escape codes."""
    for text in (written(), written(FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color")):
        for heading in ("✗ BREACH", "? CANNOT TELL", "✓ KEPT", "– DOES NOT APPLY"):
            assert heading in text
    assert "\x1b[31m" not in text
    assert "\x1b[1;31m" not in text


def test_breaches_come_first_and_silence_last(written: Written) -> None:
    """What is broken is read first, then what nobody can tell, then what is kept, then what does not apply."""
    text = written()
    order = [text.index(mark) for mark in ("✗ BREACH", "? CANNOT TELL", "✓ KEPT", "– DOES NOT APPLY")]
    assert order == sorted(order)


def test_a_breach_tells_its_numbers_place_law_and_effect(written: Written) -> None:
    """The reader finds value, limit, margin, leg, position, source and who may now do what."""
    text = " ".join(written(120).split())
    for part in (
        "measured 8.13 km",
        "known to ±1.80 km",
        "limit 10 km",
        "margin -1.87 km",
        "leg 4",
        "2019-09-12 08:30Z",
        "OS VI.II.2",
        "since 2002-01-01",
        "observed Party may now: propose changes to the mission plan",
    ):
        assert part in text


def test_vietnamese_pages_have_vietnamese_words_and_commas(written: Written) -> None:
    """Verdicts and figures follow the language; provisions keep their identifier."""
    text = written(language="vi")
    assert "VI PHẠM" in text
    assert "KHÔNG THỂ XÁC ĐỊNH" in text
    assert "8,13 km" in text
    assert "OS:2" in text


def test_what_does_not_apply_is_named_and_no_more(written: Written) -> None:
    """Provisions that do not concern the flight are listed in a line, without their reasons."""
    assert written().count("comes within") == len(ALL) - 1


def test_one_provision_is_headed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several findings of one provision stand under one heading, and the same words are said once."""
    monkeypatch.setenv("COLUMNS", "200")
    one = finding(Verdict.CANNOT_TELL, "OS:III.I.5")
    stream = io.StringIO()
    write_findings(Page(stream, Language("en")), [one, one, dataclasses.replace(one, why=say("Something else."))])
    assert stream.getvalue().count("OS:III.I.5") == 1
    assert stream.getvalue().count("comes within") == 1
    assert "Something else." in stream.getvalue()


def test_needs_are_told_once_each(written: Written) -> None:
    """A fact that would settle several findings is named once, with how many."""
    assert written().count("the survey line of the border") == 1


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL], Exit.BREACH),
        ([Verdict.OK, Verdict.CANNOT_TELL], Exit.CANNOT_TELL),
        ([Verdict.OK, Verdict.NOT_APPLICABLE], Exit.DONE),
        ([], Exit.DONE),
    ],
)
def test_exit_codes_of_commands_that_judge(verdicts: list[Verdict], code: Exit) -> None:
    """A breach is 1, a doubt without a breach is 3, all else is 0."""
    assert exit_code([finding(verdict) for verdict in verdicts]) is code


def test_summary_counts_each_verdict() -> None:
    """One sentence holds the four numbers."""
    assert str(summary([*ALL, finding(Verdict.BREACH)])) == "2 breaches, 1 cannot be told, 1 kept, 1 does not apply."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (5500, "5500"),
        (5500.0, "5500"),
        (9.9999999999, "10"),
        (5423.06, "5423.1"),
        (8.127, "8.13"),
        (0.3004, "0.3"),
        (0.1254, "0.125"),
        (-0.00001, "0"),
    ],
)
def test_figures_are_as_long_as_they_are_good(value: float, shown: str) -> None:
    """Whole numbers stay whole; others get decimals by their size."""
    assert str(figure(value)) == shown


@pytest.mark.parametrize(
    ("language", "one", "three"), [("en", "measured 1 flight", "limit 3 flights"), ("vi", "đo được 1", "giới hạn 3")]
)
def test_units_agree_with_their_numbers(written: Written, language: str, one: str, three: str) -> None:
    """One flight is no "1 flights"; what was found in words is not told as a measurement."""
    counted = dataclasses.replace(finding(Verdict.OK), measured=1, uncertainty=0.0, limit=3, margin=2.0, unit="flights")
    worded = dataclasses.replace(finding(Verdict.BREACH), measured="withdrawn", limit="party", margin=None, unit=None)
    stream = io.StringIO()
    written()
    write_findings(Page(stream, Language(language)), [counted, worded])
    text = " ".join(stream.getvalue().split())
    assert f"{one} ·" in text.replace(" chuyến bay", "")
    assert three in text
    assert "withdrawn" not in text


def test_streams_without_unicode_get_plain_marks() -> None:
    """Where a mark cannot be written a plain letter stands for it, so that verdicts stay apart."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    page = Page(stream, Language("en"))
    page.marked("✗", say("BREACH"))
    page.marked("✓", say("KEPT"))
    stream.flush()
    assert stream.buffer.getvalue().decode() == "x BREACH\n+ KEPT\n"


def test_tables_keep_their_figures_whole() -> None:
    """A narrow page folds names in a table, never numbers."""
    stream = io.StringIO()
    page = Page(stream, Language("en"))
    page.table([say("Leg"), say("From"), say("km")], [["1", "A very long name of a place somewhere", "1234.5"]], (0, 2))
    assert "1234.5" in stream.getvalue()
