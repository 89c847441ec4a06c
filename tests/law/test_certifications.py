"""Certifications and decisions: data of their own, held together with aircraft and provisions."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from skywitness.cli.language import Language
from skywitness.core.errors import DataError
from skywitness.law.aircraft import aircraft
from skywitness.law.certification import certifications, load
from skywitness.law.decision import decisions
from skywitness.law.instrument import load as load_treaty
from skywitness.law.listing import load_elsewhere


@pytest.mark.parametrize(
    ("craft", "at", "expected"),
    [
        ("tu-214on", "2018-09-23", False),
        ("tu-214on", "2018-09-24", True),
        ("a319oh", "2022-08-19", False),
        ("a319oh", "2022-11-04", True),
        ("an-30b-rus", "2014-12-30", False),
        ("an-30b-rus", "2014-12-31", True),
        ("oc-135b", "2003-03-31", True),
    ],
)
def test_who_was_certified_when(craft: str, at: str, expected: bool) -> None:
    """A certificate exists from the last signature, or the end of the period in which it was seen."""
    done = [one for one in certifications(dt.date.fromisoformat(at)) if one.kind == "certification"]
    assert any(craft in one.aircraft for one in done) is expected


def test_certifications_agree_with_the_aircraft() -> None:
    """The day by which an aircraft has a certificate is that of its certification, in both files."""
    for one in certifications():
        for ident in one.aircraft:
            known = aircraft(ident).certified
            if one.kind == "certification":
                assert known is not None, ident
                assert known.last == one.since, ident


def test_what_was_known_of_certifications() -> None:
    """As far as was known in 2010 none of the digital ones had happened."""
    known = certifications(dt.date(2023, 1, 1), dt.date(2010, 1, 1))
    assert {ident for one in known for ident in one.aircraft} == {
        "oc-135b", "an-26-hun", "an-30-bgr", "c-130h-samson", "saab-340b-os-100",
    }  # fmt: skip


def test_decisions_and_certifications_are_told_in_vietnamese() -> None:
    """What people read of them is in their language."""
    vietnamese = Language("vi")
    for decision in decisions():
        assert decision.says.render(vietnamese) != str(decision.says), decision.number
        assert decision.title.render(vietnamese) != str(decision.title), decision.number
    for one in certifications():
        assert one.what.render(vietnamese) != str(one.what)


def test_sources_of_decisions_and_certifications_can_be_looked_up() -> None:
    """Every numbered source they name is in the list of sources."""
    told = [*(one.source for one in decisions()), *(one.source for one in certifications())]
    named = {number for source in told for number in re.findall(r"\bS\d+\b", source)}
    assert named - set(load_treaty().sources) == set()


GOOD = """
[[certification]]
aircraft = ["a319oh"]
kind = "certification"
on = 2022-10-24
what = "x"
what_vi = "y"
source = "practice S23"
status = "reported"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"a319oh"', '"a320"', "there is no aircraft 'a320'"),
        ('kind = "certification"', 'kind = "certificate"', "Did you mean certification"),
        ("on = 2022-10-24", "", "either on or by"),
        ("on = 2022-10-24", "on = 2022-10-24\nby = 2022-12-31", "either on or by"),
        ("on = 2022-10-24", "on = 2022-10-24\nto = 2022-10-23", "not after the start"),
        ("on = 2022-10-24", "on = 2022-10-24\nstates = [0]", "whole, from 1"),
        ("on = 2022-10-24", "on = 2022-10-24\ninspectors = [true]", "whole, from 1"),
        ('what_vi = "y"', "", "what_vi: missing"),
        ('status = "reported"', 'status = "rumour"', "'rumour' is none of"),
        ('status = "reported"', 'status = "reported"\nplace = "Wunstorf"', "unknown field"),
    ],
)
def test_a_broken_file_of_certifications_is_told_its_faults(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Each kind of fault is refused with words that lead to it."""
    path = tmp_path / "certifications.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert words in str(caught.value)


def test_a_reason_must_be_in_both_languages(tmp_path: Path) -> None:
    """What has no key says why, also to those who read Vietnamese."""
    path = tmp_path / "elsewhere.toml"
    path.write_text('[[elsewhere]]\nprovisions = ["OS:E.3"]\ncommand = "law sites"\nwhy = "x"\n', encoding="utf-8")
    with pytest.raises(DataError, match="why_vi: missing"):
        load_elsewhere(path)
