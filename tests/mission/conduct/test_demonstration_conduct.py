"""Demonstration flights: flown when asked for, like an examination, targets, delays, processing, costs (F.III)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.finding import Finding, Verdict

OK, BREACH, OPEN, NONE = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
BROUGHT, PROVIDED = "observing", "observed"
Conduct = Callable[..., tuple[Finding, ...]]

HELD = """flown = true
briefed = true
clear_daylight = true
weather_given = true
sensors_watched = true
"""
OVER = "[[demonstration.pass]]\nsensor = 'cam'\nline = 'over'\n"
TARGET = (
    "[[demonstration.target]]\ncategory = 'optical'\nnear = true\ndistance_km = 6.5\nblack_bars = 2\ncontrast = 5\n"
)
PROCESSED = "[demonstration.processing]\nby = 'FIN'\nnear = true\npresent = ['SWE', 'FIN']\nby_article_ix = true\n"
DELAY = "[[demonstration.delay]]\ncause = 'weather'\nhours = 1.5\ncounted = false\n"
COST = "[[demonstration.cost]]\nof = 'media'\nborne_percent = 50\ndecided_percent = 50\ndecision = 'a decision'\n"
WHOLE = HELD + OVER + TARGET + DELAY + PROCESSED + COST


def facts(told: str, provider: str = BROUGHT, asked: str | None = "observed", more: str = "") -> str:
    """A file of facts with a demonstration flight."""
    top = f"demonstration_requested_by = '{asked}'\n" if asked else ""
    return f"{top}[aircraft]\nprovided_by = '{provider}'\n{more}[demonstration]\n{told}"


def only(found: tuple[Finding, ...], provision: str) -> Finding:
    """The one finding of a provision."""
    (finding,) = [one for one in found if one.provision == provision]
    return finding


PARTS = ["OS:F.III.3(A)", "OS:F.III.3(C)", "OS:F.III.3(D)", "OS:F.III.3(E)", "OS:F.III.3(F)"]


@pytest.mark.parametrize("provision", ["OS:F.III.1", "OS:F.III.3", *PARTS])
def test_a_demonstration_as_it_should_be(conduct: Conduct, provision: str) -> None:
    """Asked for, flown, and held as every subparagraph wants it."""
    assert only(conduct(facts(WHOLE)), provision).verdict is Verdict.OK


# who provides | who asked | what is told | provision | verdict
ASKED = [
    (BROUGHT, "observed", "flown = true", "OS:F.III.1", OK),
    (BROUGHT, "observed", "flown = false", "OS:F.III.1", BREACH),
    (BROUGHT, "observed", "", "OS:F.III.1", OPEN),
    (BROUGHT, None, "flown = true", "OS:F.III.1", OPEN),
    (BROUGHT, "observing", "flown = false", "OS:F.III.1", NONE),
    (PROVIDED, "observing", "flown = true", "OS:F.III.2", OK),
    (PROVIDED, "observing", "flown = false", "OS:F.III.2", BREACH),
    (PROVIDED, "observed", "flown = false", "OS:F.III.2", NONE),
]


@pytest.mark.parametrize(("provider", "asked", "told", "provision", "verdict"), ASKED)
def test_flown_when_asked_for(
    conduct: Conduct, provider: str, asked: str | None, told: str, provision: str, verdict: Verdict
) -> None:
    """Who does not provide the aircraft may ask for a demonstration, and it is flown."""
    finding = only(conduct(facts(told, provider, asked)), provision)
    assert finding.verdict is verdict
    assert (finding.effect is not None) == (verdict is Verdict.BREACH)


@pytest.mark.parametrize(("by", "verdict"), [("FIN", OK), ("observed", OK), ("SWE", NONE), (None, OPEN)])
def test_an_event_tells_who_asked(conduct: Conduct, by: str | None, verdict: Verdict) -> None:
    """Where the facts do not say it an event that a demonstration was requested tells who asked."""
    event = "[[event]]\nkind = 'demonstration_requested'\nat_utc = 2019-09-11T15:30:00Z\n"
    event += f"by = '{by}'\n" if by else ""
    assert only(conduct(facts("flown = true\n", asked=None, more=event)), "OS:F.III.1").verdict is verdict


@pytest.mark.parametrize(("provider", "asked"), [(BROUGHT, "observing"), ("DEU", "observing"), (PROVIDED, "observed")])
def test_one_that_nobody_had_a_right_to_binds_nobody(conduct: Conduct, provider: str, asked: str) -> None:
    """How a demonstration is held counts where it was asked for by right, not by who provides the aircraft."""
    worst = WHOLE.replace("= true", "= false").replace("counted = false", "counted = true").replace("= 2", "= 1")
    found = conduct(facts(worst.replace("flown = false", "flown = true"), provider, asked))
    mine = {one.provision: one.verdict for one in found}
    assert mine.pop("OS:F.III.3") is NONE
    assert set(mine.values()) == {NONE}
    assert not set(mine) & set(PARTS)


def test_one_that_was_not_flown_was_not_held(conduct: Conduct) -> None:
    """How a flight was held that nobody flew is not judged."""
    assert {one.provision for one in conduct(facts("flown = false"))} == {"OS:F.III.1"}


# provision | what is changed in a demonstration as it should be | into what | verdict
CHANGES = [
    ("OS:F.III.3(A)", "briefed = true", "briefed = false", BREACH),
    ("OS:F.III.3(A)", "briefed = true\n", "", OPEN),
    ("OS:F.III.3(A)", "clear_daylight = true", "clear_daylight = false", BREACH),
    ("OS:F.III.3(A)", "clear_daylight = true\n", "", OPEN),
    ("OS:F.III.3(A)", "weather_given = true", "weather_given = false", BREACH),
    ("OS:F.III.3(A)", "sensors_watched = true", "sensors_watched = false", BREACH),
    ("OS:F.III.3(A)", "line = 'over'", "line = 'beside'", BREACH),
    ("OS:F.III.3(A)", OVER, "", OPEN),
    ("OS:F.III.3(C)", "near = true", "near = false", BREACH),
    ("OS:F.III.3(C)", "near = true\ndistance_km", "distance_km", OPEN),
    ("OS:F.III.3(C)", "black_bars = 2", "black_bars = 1", BREACH),
    ("OS:F.III.3(C)", "black_bars = 2\n", "", OPEN),
    ("OS:F.III.3(C)", "contrast = 5", "contrast = 4.9", BREACH),
    ("OS:F.III.3(C)", "contrast = 5\n", "", OPEN),
    ("OS:F.III.3(C)", "contrast = 5\n", "contrast = 5\nto_standard = false\n", BREACH),
    ("OS:F.III.3(C)", TARGET, "", OPEN),
    ("OS:F.III.3(C)", TARGET, "[[demonstration.target]]\ncategory = 'sar'\nnear = true\nto_standard = true\n", BREACH),
    ("OS:F.III.3(D)", "counted = false", "counted = true", BREACH),
    ("OS:F.III.3(D)", "counted = false\n", "", OPEN),
    ("OS:F.III.3(D)", "'weather'", "'other'", NONE),
    ("OS:F.III.3(E)", "by = 'FIN'", "by = 'SWE'", BREACH),
    ("OS:F.III.3(E)", "by = 'FIN'\n", "", OPEN),
    ("OS:F.III.3(E)", "near = true\npresent", "near = false\npresent", BREACH),
    ("OS:F.III.3(E)", "['SWE', 'FIN']", "['FIN']", BREACH),
    ("OS:F.III.3(E)", "by_article_ix = true", "by_article_ix = false", BREACH),
    ("OS:F.III.3(E)", "by_article_ix = true\n", "", OPEN),
    ("OS:F.III.3(E)", PROCESSED, "", OPEN),
    ("OS:F.III.3(F)", "borne_percent = 50", "borne_percent = 60", BREACH),
    ("OS:F.III.3(F)", "borne_percent = 50\n", "", OPEN),
    ("OS:F.III.3(F)", "decided_percent = 50\n", "", OPEN),
]


@pytest.mark.parametrize(("provision", "was", "told", "verdict"), CHANGES)
def test_how_it_was_held(conduct: Conduct, provision: str, was: str, told: str, verdict: Verdict) -> None:
    """One change in a demonstration as it should be, and the subparagraph that it concerns."""
    assert was in WHOLE
    finding = only(conduct(facts(WHOLE.replace(was, told, 1))), provision)
    assert finding.verdict is verdict
    assert bool(finding.needs) == (verdict is Verdict.CANNOT_TELL)


@pytest.mark.parametrize(("provision", "was", "told", "verdict"), CHANGES)
def test_the_sum_of_how_it_was_held(conduct: Conduct, provision: str, was: str, told: str, verdict: Verdict) -> None:
    """F.III.3 is broken where a subparagraph is, open where one is, and names them."""
    finding = only(conduct(facts(WHOLE.replace(was, told, 1))), "OS:F.III.3")
    assert finding.verdict is (Verdict.OK if verdict is Verdict.NOT_APPLICABLE else verdict)
    if verdict is Verdict.BREACH:
        assert provision.removeprefix("OS:") in str(finding.why)


# provision | what alone is told | verdict on it | on F.III.3, which lacks the rest
ALONE = [
    ("OS:F.III.3(A)", HELD + OVER, OK, OPEN),
    ("OS:F.III.3(C)", TARGET, OK, OPEN),
    ("OS:F.III.3(C)", TARGET.replace("near = true", "near = false"), BREACH, BREACH),
    ("OS:F.III.3(D)", DELAY, OK, OPEN),
    ("OS:F.III.3(D)", DELAY.replace("false", "true"), BREACH, BREACH),
    ("OS:F.III.3(E)", PROCESSED, OK, OPEN),
    ("OS:F.III.3(E)", PROCESSED.replace("near = true", "near = false"), BREACH, BREACH),
    ("OS:F.III.3(F)", COST, OK, OPEN),
    ("OS:F.III.3(F)", COST.replace("borne_percent = 50", "borne_percent = 49"), BREACH, BREACH),
]


@pytest.mark.parametrize(("provision", "told", "verdict", "whole"), ALONE)
def test_one_thing_is_told(conduct: Conduct, provision: str, told: str, verdict: Verdict, whole: Verdict) -> None:
    """One thing told settles its own subparagraph, and the whole only where it is broken."""
    found = conduct(facts(told))
    assert only(found, provision).verdict is verdict
    assert only(found, "OS:F.III.3").verdict is whole


def test_no_targets_at_all(conduct: Conduct) -> None:
    """Where the observed Party provided none, that is its breach."""
    finding = only(conduct(facts("flown = true\ntargets_provided = false\n")), "OS:F.III.3(C)")
    assert (finding.verdict, finding.bearer) == (Verdict.BREACH, "FIN")


@pytest.mark.parametrize(
    ("provider", "cause", "verdict"),
    [
        (PROVIDED, "weather", BREACH),
        (PROVIDED, "aircraft", BREACH),
        (PROVIDED, "sensors", BREACH),
        (PROVIDED, "other", NONE),
        (BROUGHT, "weather", BREACH),
        (BROUGHT, "aircraft", NONE),
        (BROUGHT, "sensors", NONE),
        ("DEU", "sensors", NONE),
    ],
)
def test_whose_aircraft_delays(conduct: Conduct, provider: str, cause: str, verdict: Verdict) -> None:
    """Weather never counts; aircraft and sensors do not where they are the observed Party's."""
    told = f"[[demonstration.delay]]\ncause = '{cause}'\nhours = 2\ncounted = true\n"
    asked = "observing" if provider == PROVIDED else "observed"
    finding = only(conduct(facts(told, provider, asked)), "OS:F.III.3(D)")
    assert finding.verdict is verdict
    assert (finding.measured, finding.unit) == (2.0, "h")


def test_a_delay_of_nobody_knows_whose_aircraft(conduct: Conduct) -> None:
    """Whether a fault of the aircraft counts nobody can tell who does not know whose it is."""
    told = "demonstration_requested_by = 'observed'\n[[demonstration.delay]]\ncause = 'aircraft'\nhours = 1\n"
    finding = only(conduct(told), "OS:F.III.3(D)")
    assert finding.verdict is Verdict.CANNOT_TELL


AGREED = "[[agreement]]\nparties = ['SWE', 'FIN']\nprovision = '{on}'\nscope = 'as it came'\nsource = 'a note'\n"


@pytest.mark.parametrize(
    ("on", "provision", "was", "told"),
    [
        ("OS:F.III.3(D)", "OS:F.III.3(D)", "counted = false", "counted = true"),
        ("OS:D.III.4", "OS:F.III.3(A)", "clear_daylight = true", "clear_daylight = false"),
    ],
)
def test_the_parties_agreed_otherwise(conduct: Conduct, on: str, provision: str, was: str, told: str) -> None:
    """Where the text leaves room for an agreement it makes good what would be a breach, and is named."""
    changed = WHOLE.replace(was, told, 1)
    bare = only(conduct(facts(changed)), provision)
    finding = only(conduct(facts(changed, more=AGREED.format(on=on))), provision)
    assert bare.verdict is Verdict.BREACH
    assert (finding.verdict, finding.by_agreement) == (Verdict.OK, "a note")


# category of the sensor | lines of its passes | verdict on F.III.3(A)
LINES = [
    ("optical_panoramic", ["over"], OK),
    ("optical_panoramic", ["beside"], BREACH),
    ("optical_framing_oblique", ["beside"], OK),
    ("optical_framing_oblique", ["over"], BREACH),
    ("optical_framing_oblique", ["over", "beside"], OK),
    ("infrared", ["over"], OK),
    ("infrared", ["beside"], BREACH),
    ("sar", ["beside"], OK),
    ("sar", ["over"], BREACH),
    ("video", ["beside"], OK),
    ("optical", ["over"], OPEN),
    ("optical", ["over", "beside"], OK),
    ("sar", [], OPEN),
]


@pytest.mark.parametrize(("category", "lines", "verdict"), LINES)
def test_the_line_of_flight(conduct: Conduct, category: str, lines: list[str], verdict: Verdict) -> None:
    """Over the target for what looks down, beside it for what looks aside (Annex D, Appendix 1, Section II)."""
    passes = "".join(f"[[demonstration.pass]]\nsensor = 's'\nline = '{line}'\n" for line in lines)
    finding = only(conduct(facts(HELD + passes), {"s": category}), "OS:F.III.3(A)")
    assert finding.verdict is verdict


def test_no_sensor_is_known(conduct: Conduct) -> None:
    """Of a plan without sensors nobody can tell whether all of them were shown."""
    assert only(conduct(facts(HELD), {}), "OS:F.III.3(A)").verdict is Verdict.CANNOT_TELL


@given(borne=st.floats(0, 100), decided=st.floats(0, 100))
def test_shares_of_costs(conduct: Conduct, borne: float, decided: float) -> None:
    """A cost is shared as decided where the two shares are one to a hundredth, and only there."""
    shares = f"borne_percent = {borne!r}\ndecided_percent = {decided!r}\n"
    told = f"[[demonstration.cost]]\nof = 'flight'\n{shares}decision = 'a decision'\n"
    verdict = only(conduct(facts(told)), "OS:F.III.3(F)").verdict
    assert verdict is (Verdict.OK if abs(borne - decided) <= 0.005 else Verdict.BREACH)


@given(left_out=st.sets(st.sampled_from(HELD.split("\n")[:-1])))
def test_what_nobody_says_is_never_kept(conduct: Conduct, left_out: set[str]) -> None:
    """A demonstration with something left unsaid is open and asks for it; never kept, and never broken."""
    told = "".join(f"{line}\n" for line in HELD.split("\n")[:-1] if line not in left_out)
    finding = only(conduct(facts(told + OVER)), "OS:F.III.3(A)")
    asked = left_out - {"flown = true"}
    assert finding.verdict is (Verdict.CANNOT_TELL if asked else Verdict.OK)
    assert len(finding.needs) == len(asked)
