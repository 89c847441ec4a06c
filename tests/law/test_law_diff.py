"""What changed between two days: nothing is lost, nothing that is open passes as equal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.dated import NotInForce, Settled, Unsettled
from skywitness.core.errors import InputError
from skywitness.law.change import SECTIONS, Change
from skywitness.law.change_words import change_sentence, steps_words
from skywitness.law.diff import LawDiff, law_diff
from skywitness.law.instrument import load
from skywitness.law.parties import party_status
from skywitness.law.party import Standing
from skywitness.law.side import Held, Side, What, what_happened
from skywitness.law.value import outcome_of
from skywitness.law.why import CONFIDENTIAL

LAW = load()


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def diff(first: str, last: str, known: str | None = None, *sections: str) -> LawDiff:
    """Compare two days."""
    return law_diff(LAW, day(first), day(last), day(known) if known else None, sections=sections)


def brief(side: Side) -> str:
    """Write a side so that a table can hold it."""
    if side.held is Held.NOTHING:
        return "-"
    if side.held is Held.SETTLED:
        return ", ".join(side.value) if isinstance(side.value, tuple) else f"{side.value}"
    return "|".join([*map(str, side.candidates), *([] if side.exhaustive else "?")])


def one(found: LawDiff, section: str, subject: str, qualifier: str = "") -> Change | None:
    """Find a change."""
    those = [change for change in found.of(section) if change.subject == subject and change.qualifier == qualifier]
    assert len(those) < 2
    return those[0] if those else None


LEFT = "changed: ratified_not_in_force > party > party_under_notice > withdrawn"
STAGES = "changed: signed, not in force > in force in phases > in force in full"


@pytest.mark.parametrize(
    ("section", "subject", "first", "last", "expected"),
    [
        # who is a Party
        ("parties", "SWE", "2002-01-01", "2003-01-01", "begun: - > ratified_not_in_force > party"),
        ("parties", "USA", "2020-01-01", "2021-01-01", "ended: party > party_under_notice > withdrawn"),
        ("parties", "USA", "2020-05-21", "2020-05-22", "changed: party > party_under_notice"),
        ("parties", "USA", "2001-01-01", "2022-01-01", LEFT),
        ("parties", "RUS", "2021-12-17", "2021-12-18", "ended: party_under_notice > withdrawn"),
        ("parties", "CYP", "2002-01-01", "2010-01-01", "changed: - > applicant"),
        ("parties", "DEU", "2010-01-01", "2020-01-01", None),
        ("parties", "KGZ", "2000-01-01", "2026-01-01", None),
        # groups
        ("groups", "BLR-RUS", "2021-01-01", "2022-01-01", "ended: common_quota > -"),
        ("groups", "BENELUX", "2000-01-01", "2022-01-01", "begun: - > deemed_party"),
        ("groups", "BLR-RUS", "2000-01-01", "2022-01-01", "passed: - > common_quota > -"),
        # quotas
        ("passive_quotas", "USA", "2020-01-01", "2021-01-01", "ended: 42 > -"),
        ("passive_quotas", "BLR-RUS", "2021-01-01", "2022-01-01", "ended: 42 > -"),
        ("passive_quotas", "BLR", "2021-01-01", "2022-01-01", "begun: - > ?"),
        ("passive_quotas", "BLR", "2022-01-01", "2023-01-01", "cannot_tell: ?"),
        ("passive_quotas", "DEU", "2010-01-01", "2020-01-01", None),
        ("active_quotas", "DEU>UKR", "2003-06-01", "2003-12-31", None),
        ("active_quotas", "DEU>UKR", "2003-06-01", "2004-06-01", "cannot_tell: 1 > ?"),
        ("active_quotas", "USA>UKR", "2003-06-01", "2022-01-01", "ended: 1 > ? > -"),
        ("active_quotas", "DEU>UKR", "2000-01-01", "2003-01-01", "begun: - > 1"),
        ("active_quotas", "SWE>FIN", "2003-01-01", "2003-12-01", "begun: - > 1"),
        # distances
        ("distances", "UUMB", "2003-01-01", "2015-01-01", "cannot_tell: 5000|5500 > 5500"),
        ("distances", "UUMB", "2002-01-01", "2015-01-01", "changed: 5000 > 5000|5500 > 5500"),
        ("distances", "UUMB", "2003-01-01", "2010-01-01", "cannot_tell: 5000|5500"),
        ("distances", "UUMB", "2013-01-01", "2020-01-01", None),
        ("distances", "UUMB", "2013-01-01", "2022-01-01", "ended: 5500 > -"),
        ("distances", "LQSA", "2018-01-01", "2020-01-01", "first_seen: - > 720 > 720|750"),
        ("distances", "LQSA", "2019-05-12", "2024-06-01", "changed: 720 > 720|750 > 750"),
        ("distances", "KGTF", "2019-01-01", "2022-01-01", "passed: - > 5130 > -"),
        ("distances", "UKOO", "2020-01-01", "2022-01-01", "cannot_tell: ?"),
        ("distances", "EPWA", "2003-01-01", "2020-01-01", None),
        # sensors and phases
        ("sensors", "infrared", "2005-12-31", "2006-01-01", "changed: barred unless otherwise agreed > permitted"),
        ("treaty", "open-skies", "2001-12-31", "2006-01-01", STAGES),
        # decisions
        ("decisions", "16/02", "2002-07-01", "2002-08-01", "begun: - > in force"),
        ("decisions", "15", "2007-01-01", "2008-01-01", "ended: in force > -"),
        # what Parties say
        ("facts", "geo-towards-rus-2012", "2012-01-01", "2013-01-01", "begun: - > holds"),
        ("facts", "geo-towards-rus-2012", "2021-01-01", "2022-01-01", "ended: holds > -"),  # Russia left
        ("claims", "rus-kaliningrad-500km", "2013-01-01", "2015-01-01", "begun: - > claimed"),
        ("claims", "rus-kaliningrad-500km", "2013-01-01", "2022-01-01", "passed: - > claimed > -"),
        ("claims", "geo-towards-rus-2012", "2012-01-01", "2013-01-01", None),  # among the facts
        ("facts", "review-2018", "2017-01-01", "2019-06-01", "passed: - > holds > -"),
    ],
)  # fmt: skip
def test_what_changed(section: str, subject: str, first: str, last: str, expected: str | None) -> None:
    """A lawyer's table: two days, and what became of one thing between them."""
    found = [change for change in diff(first, last, None, section).changes if change.subject == subject]
    if section == "sensors":
        found = [change for change in found if change.key == "use"]
    told = [f"{change.what.value}: {' > '.join(brief(side) for side in change.sides)}" for change in found]
    assert told == ([expected] if expected else [])


@pytest.mark.parametrize(("known", "expected"), [("2020-05-21", None), ("2020-05-22", "ended"), (None, "ended")])
def test_the_second_clock(known: str | None, expected: str | None) -> None:
    """Before 22 May 2020 nobody could know that the United States would leave."""
    found = one(diff("2020-01-01", "2021-01-01", known), "parties", "USA")
    assert (found.what.value if found else None) == expected


def test_every_change_has_its_source_and_status() -> None:
    """Whatever held says who says so, and recollection says that it is one."""
    for change in diff("1992-01-01", "2026-11-22").changes:
        for side in change.sides:
            if side.held is not Held.NOTHING and side.note != CONFIDENTIAL:
                assert side.source, (change.subject, side)
                assert side.status, (change.subject, side)
    sweden = one(diff("2002-01-01", "2003-01-01"), "parties", "SWE")
    assert sweden is not None
    assert sweden.recollected
    assert "recollection" in {event.status for event in sweden.events}


def test_the_two_days_of_the_withdrawals() -> None:
    """From 2020 to 2022: who left, which group ended, which quotas and how many distances went with them."""
    found = diff("2020-01-01", "2022-01-01")
    assert {change.subject for change in found.of("parties")} == {"USA", "RUS"}
    assert {change.subject for change in found.of("groups")} == {"BLR-RUS"}
    ended = {change.subject for change in found.of("distances") if change.what is What.ENDED}
    assert ended >= {"KIAD", "KSUU", "PAED", "KLNK", "UUMB", "UIUU", "UUYW", "UHMM"}
    assert {change.subject for change in found.of("airfields") if change.what is What.ENDED} >= {"UUMB", "KIAD"}


def test_holes_in_the_data_are_told() -> None:
    """Confidential distributions, Parties without any distance, lists that are not published."""
    gaps = {gap.section: str(gap.why) for gap in diff("2010-01-01", "2015-01-01").gaps}
    assert set(gaps) == {"active_quotas", "distances", "airfields", "decisions", "claims"}
    assert "confidential" in gaps["active_quotas"]
    assert "GEO" in gaps["distances"]
    assert "active_quotas" not in {gap.section for gap in diff("2002-06-01", "2003-06-01").gaps}


DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2027, 1, 1))
BOUNDS = [side.on for change in diff("1991-01-01", "2027-01-01").changes for side in change.sides]
NEAR = st.sampled_from(sorted({edge + dt.timedelta(days=shift) for edge in BOUNDS for shift in (-1, 0, 1)}))


@settings(max_examples=15)
@given(st.tuples(DAYS | NEAR, DAYS | NEAR), st.none() | DAYS)
def test_nothing_is_lost_and_nothing_open_is_equal(days: tuple[dt.date, dt.date], known: dt.date | None) -> None:
    """For any two days: a value that differs, or is open on either, is told; what is told as changed does differ."""
    first, last = sorted(days)
    if first == last:
        return
    found = {
        (change.key, change.subject, change.qualifier): change for change in law_diff(LAW, first, last, known).changes
    }
    for (key, subject), rows in LAW.entries.items():
        if LAW.keys[key].computed or key == "active_quota":
            continue
        for qualifier in {row.qualifier for row in rows}:
            before, after = (outcome_of(rows, on, known, qualifier) for on in (first, last))
            change = found.get((key, subject, qualifier))
            if isinstance(before, Unsettled) or isinstance(after, Unsettled):
                assert change is not None
            elif isinstance(before, Settled) and isinstance(after, Settled):
                assert (change is not None and change.what is What.CHANGED) is (before.value != after.value)
            elif isinstance(before, NotInForce) is not isinstance(after, NotInForce):
                assert change is not None
                assert change.what in (What.BEGUN, What.FIRST_SEEN, What.ENDED)


@settings(max_examples=15)
@given(st.tuples(NEAR, NEAR))
def test_parties_joined_and_left_are_those_of_the_law(days: tuple[dt.date, dt.date]) -> None:
    """Joined are those that are Parties on the last day and were none on the first; left, the other way round."""
    first, last = sorted(days)
    if first == last:
        return
    found = {change.subject: change.what for change in law_diff(LAW, first, last, sections=("parties",)).changes}
    for code in LAW.parties:
        before, after = (party_status(LAW, code, on).status is Standing.PARTY for on in (first, last))
        assert (found.get(code) is What.BEGUN) is (after and not before)
        assert (found.get(code) is What.ENDED) is (before and not after)


@settings(max_examples=8)
@given(st.tuples(NEAR, NEAR, NEAR))
def test_two_steps_tell_what_one_does(days: tuple[dt.date, dt.date, dt.date]) -> None:
    """What is told from A to C is told from A to B, or from B to C."""
    first, middle, last = sorted(days)
    if not first < middle < last:
        return
    wanted = ("parties", "groups", "distances", "passive_quotas", "decisions")

    def subjects(start: dt.date, end: dt.date) -> set[tuple[str, str, str]]:
        changes = law_diff(LAW, start, end, sections=wanted).changes
        return {(change.section, change.subject, change.qualifier) for change in changes}

    assert subjects(first, last) <= subjects(first, middle) | subjects(middle, last)


def side(text: str) -> Side:
    """Read a side: ``-`` nothing, ``5`` settled, ``5?`` seen only, ``5|6`` open, ``5|`` open and perhaps another."""
    on = dt.date(2010, 1, 1)
    if text == "-":
        return Side(on, Held.NOTHING)
    if "|" in text:
        values = [part for part in text.split("|") if part]
        return Side(on, Held.OPEN, candidates=tuple(values), exhaustive=not text.endswith("|"))
    return Side(on, Held.SETTLED, text.rstrip("?"), start=None if text.endswith("?") else on)


@pytest.mark.parametrize(
    ("sides", "what"),
    [
        ("5", None),
        ("-", None),
        ("- > 5", "begun"),
        ("- > 5?", "first_seen"),
        ("- > 5? > 5|6", "first_seen"),
        ("5 > -", "ended"),
        ("5|6 > -", "ended"),
        ("5 > 6", "changed"),
        ("5 > 6 > 5", "passed"),
        ("- > 5 > -", "passed"),
        # an open value may be equal to anything among its candidates, even to itself a day later
        ("5|6", "cannot_tell"),
        ("5 > 5|6", "cannot_tell"),
        ("5|6 > 6", "cannot_tell"),
        ("5 > |", "cannot_tell"),
        ("5|6 > 6|7", "cannot_tell"),
        # and certainly differs where no candidate is shared and there is no other
        ("5 > 6|7", "changed"),
        ("5|6 > 7|8", "changed"),
        ("5 > 6|", "cannot_tell"),
    ],
)
def test_the_rule_of_comparison(sides: str, what: str | None) -> None:
    """What the way from the first side to the last amounts to."""
    found = what_happened([side(text) for text in sides.split(" > ")])
    assert (found.value if found else None) == what


@pytest.mark.parametrize(
    ("section", "subject", "first", "last", "words"),
    [
        ("parties", "SWE", "2002-01-01", "2003-01-01", "Sweden (SWE) became a Party on 2002-08-27."),
        ("parties", "USA", "2020-01-01", "2021-01-01", "United States (USA) is no Party any more since 2020-11-22."),
        ("distances", "UUMB", "2003-01-01", "2015-01-01", "5000 km or 5500 km, then 5500 km; whether it changed"),
        ("distances", "UKOO", "2020-01-01", "2022-01-01", "not known, then not known; whether it changed"),
        ("distances", "LKPD", "2019-01-01", "2021-01-01", "Pardubice (LKPD): 800 km, first sure on 2020-12-31;"),
        ("groups", "BLR-RUS", "2021-01-01", "2022-01-01", "Belarus and Russia: ended on 2021-12-18"),
        ("facts", "usa-2020", "2020-01-01", "2021-01-01", "from 2020-05-22, no longer on 2020-11-22."),
    ],
)  # fmt: skip
def test_changes_in_words(section: str, subject: str, first: str, last: str, words: str) -> None:
    """A change is a sentence that a lawyer can read."""
    change = one(diff(first, last, None, section), section, subject)
    assert change is not None
    assert words in str(change_sentence(change))
    assert str(steps_words(change)).startswith(first)


@pytest.mark.parametrize(
    ("first", "last", "sections", "told"),
    [
        ("2020-01-01", "2020-01-01", (), "is not before"),
        ("2021-01-01", "2020-01-01", (), "the earlier day comes first"),
        ("2020-01-01", "2021-01-01", ("quotas",), "sections are treaty"),
    ],
)
def test_a_wrong_question_is_refused(first: str, last: str, sections: tuple[str, ...], told: str) -> None:
    """Two days in order, and parts that there are."""
    with pytest.raises(InputError) as caught:
        diff(first, last, None, *sections)
    assert told in str(caught.value)


def test_the_sections_are_all_told() -> None:
    """Over the whole time something changed in every part."""
    found = diff("1991-01-01", "2026-11-22")
    assert {change.section for change in found.changes} == set(SECTIONS)
