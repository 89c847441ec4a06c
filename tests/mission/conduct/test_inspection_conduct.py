"""Pre-flight inspections: let take place or not, doubts about equipment, what does not match, what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skywitness.core.finding import Finding, Verdict

BROUGHT, PROVIDED = "observing", "observed"
OK, BREACH, OPEN, NONE = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE

# provision | who provides the aircraft | what is told of the inspection | verdict | who may now do something
CASES = [
    # the right to inspect
    ("OS:F.I.1", BROUGHT, "permitted = true", OK, None),
    ("OS:F.I.1", BROUGHT, "permitted = false", BREACH, "FIN"),
    ("OS:F.I.1", BROUGHT, "mismatch = false", OK, None),
    ("OS:F.I.1", BROUGHT, "removal_shown = true", OK, None),
    ("OS:F.I.1", BROUGHT, "followed = 'flown'", OPEN, None),
    ("OS:F.I.1", PROVIDED, "permitted = false", NONE, None),
    ("OS:F.I.1", "DEU", "permitted = false", BREACH, "FIN"),
    ("OS:F.II.1", PROVIDED, "permitted = true", OK, None),
    ("OS:F.II.1", PROVIDED, "permitted = false", BREACH, "SWE"),
    ("OS:F.II.1", PROVIDED, "", OPEN, None),
    ("OS:F.II.1", BROUGHT, "permitted = false", NONE, None),
    # equipment that may still be on the aircraft brought: fly or cancel, at no cost
    ("OS:F.I.8", BROUGHT, "removal_shown = true", OK, None),
    ("OS:F.I.8", BROUGHT, "removal_shown = false", OK, "SWE"),
    ("OS:F.I.8", BROUGHT, "removal_shown = false\nfollowed = 'flown'\ncounted = true", OK, "SWE"),
    ("OS:F.I.8", BROUGHT, "removal_shown = false\nfollowed = 'cancelled'\ncounted = false", OK, "SWE"),
    ("OS:F.I.8", BROUGHT, "removal_shown = false\nfollowed = 'cancelled'\ncounted = true", BREACH, None),
    ("OS:F.I.8", BROUGHT, "removal_shown = false\nfollowed = 'cancelled'", OPEN, None),
    ("OS:F.I.8", BROUGHT, "permitted = true", OPEN, None),
    # equipment that may still be on the aircraft provided: the observed Party may prohibit, at no cost
    ("OS:F.II.7", PROVIDED, "removal_shown = true", OK, None),
    ("OS:F.II.7", PROVIDED, "removal_shown = true\nfollowed = 'prohibited'", BREACH, None),
    ("OS:F.II.7", PROVIDED, "removal_shown = false", OK, "FIN"),
    ("OS:F.II.7", PROVIDED, "removal_shown = false\nfollowed = 'prohibited'\ncounted = false", OK, "FIN"),
    ("OS:F.II.7", PROVIDED, "removal_shown = false\nfollowed = 'prohibited'\ncounted = true", BREACH, None),
    ("OS:F.II.7", PROVIDED, "removal_shown = false\nfollowed = 'prohibited'", OPEN, None),
    ("OS:F.II.7", PROVIDED, "followed = 'prohibited'", OPEN, None),
    # something on the aircraft brought does not match
    ("OS:F.I.9", BROUGHT, "mismatch = false", OK, None),
    ("OS:F.I.9", BROUGHT, "mismatch = true\nconformity_shown = true", OK, None),
    ("OS:F.I.9", BROUGHT, "mismatch = true\nconformity_shown = true\nfollowed = 'prohibited'", BREACH, None),
    ("OS:F.I.9", BROUGHT, "mismatch = true\nconformity_shown = false", OK, "FIN"),
    (
        "OS:F.I.9",
        BROUGHT,
        "mismatch = true\nconformity_shown = false\nfollowed = 'prohibited'\ncounted = true",
        BREACH,
        None,
    ),
    ("OS:F.I.9", BROUGHT, "mismatch = true", OPEN, None),
    # a sensor on the aircraft provided does not match: four choices, and leaving costs nobody quota
    ("OS:F.II.8", PROVIDED, "mismatch = true\nconformity_shown = false", OK, "SWE"),
    ("OS:F.II.8", PROVIDED, "mismatch = false", OK, None),
    ("OS:F.II.8", PROVIDED, "permitted = true", OPEN, None),
    (
        "OS:F.II.9",
        PROVIDED,
        "mismatch = true\nconformity_shown = false\nfollowed = 'cancelled'\ncounted = false",
        OK,
        None,
    ),
    (
        "OS:F.II.9",
        PROVIDED,
        "mismatch = true\nconformity_shown = false\nfollowed = 'cancelled'\ncounted = true",
        BREACH,
        None,
    ),
    (
        "OS:F.II.9",
        PROVIDED,
        "mismatch = true\nconformity_shown = false\nfollowed = 'left_unrepaired'\ncounted = true",
        BREACH,
        None,
    ),
    ("OS:F.II.9", PROVIDED, "mismatch = true\nconformity_shown = false\nfollowed = 'cancelled'", OPEN, None),
    ("OS:F.II.9", PROVIDED, "mismatch = true\nconformity_shown = false", OPEN, None),
    ("OS:F.II.9", PROVIDED, "followed = 'cancelled'\ncounted = true", OPEN, None),
    ("OS:F.II.9", PROVIDED, "mismatch = true\nconformity_shown = false\nfollowed = 'flown'", NONE, None),
    ("OS:F.II.9", PROVIDED, "mismatch = false\nfollowed = 'cancelled'\ncounted = true", NONE, None),
]


@pytest.mark.parametrize(("provision", "provider", "told", "verdict", "who"), CASES)
def test_what_follows_from_an_inspection(
    conduct: Callable[..., tuple[Finding, ...]],
    provision: str,
    provider: str,
    told: str,
    verdict: Verdict,
    who: str | None,
) -> None:
    """Each case has the verdict that the text gives it, and names who may now do something."""
    found = conduct(f"[aircraft]\nprovided_by = '{provider}'\n[inspection]\n{told}\n")
    (finding,) = [one for one in found if one.provision == provision]
    assert finding.verdict is verdict
    assert (finding.effect.who if finding.effect else None) == who
    assert bool(finding.needs) == (verdict is Verdict.CANNOT_TELL)


@pytest.mark.parametrize(
    ("parties", "followed", "verdict", "who"),
    [
        ("'SWE', 'FIN'", "flown", OK, None),
        ("'SWE', 'FIN'", "prohibited", BREACH, None),
        ("'SWE', 'DEU'", "flown", OK, "FIN"),
        ("'SWE', 'DEU'", "prohibited", OK, "FIN"),
    ],
)
def test_parties_agree_to_fly_all_the_same(
    conduct: Callable[..., tuple[Finding, ...]], parties: str, followed: str, verdict: Verdict, who: str | None
) -> None:
    """An agreement of the two takes away the right to prohibit for what was found (F.I.9); one of others does not."""
    found = conduct(
        "[aircraft]\nprovided_by = 'observing'\n"
        f"[[agreement]]\nparties = [{parties}]\nprovision = 'OS:F.I.9'\nscope = 'fly'\nsource = 'a note'\n"
        f"[inspection]\nmismatch = true\nconformity_shown = false\nfollowed = '{followed}'\ncounted = false\n"
    )
    (finding,) = [one for one in found if one.provision == "OS:F.I.9"]
    assert (finding.verdict, finding.effect.who if finding.effect else None) == (verdict, who)
    assert ("a note" in str(finding.why)) == (who is None)


def test_an_inspection_that_events_list_took_place(conduct: Callable[..., tuple[Finding, ...]]) -> None:
    """An event that an inspection began says that it was let take place."""
    begun = "[[event]]\nkind = 'inspection_begun'\nat_utc = 2019-09-11T08:00:00Z\n"
    found = conduct(f"[aircraft]\nprovided_by = 'observing'\n[inspection]\n{begun}")
    assert [one.verdict for one in found if one.provision == "OS:F.I.1"] == [Verdict.OK]


@pytest.mark.parametrize("provision", ["OS:F.I.1", "OS:F.II.1"])
def test_nobody_says_who_brings_the_aircraft(conduct: Callable[..., tuple[Finding, ...]], provision: str) -> None:
    """Without it nobody can tell who may inspect; nothing further is judged."""
    found = conduct("[inspection]\npermitted = true\nremoval_shown = false\nmismatch = true\n")
    assert {one.provision for one in found} == {"OS:F.I.1", "OS:F.II.1"}
    (finding,) = [one for one in found if one.provision == provision]
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "aircraft.provided_by" in str(finding.needs[0])


def test_nothing_follows_from_an_inspection_that_was_refused(conduct: Callable[..., tuple[Finding, ...]]) -> None:
    """Where no inspection took place nothing else of it is judged."""
    found = conduct("[aircraft]\nprovided_by = 'observed'\n[inspection]\npermitted = false\nfollowed = 'cancelled'\n")
    assert {one.provision for one in found} == {"OS:F.I.1", "OS:F.II.1"}


def test_who_says_it_is_named(conduct: Callable[..., tuple[Finding, ...]]) -> None:
    """The reason of a finding names the source that the table gives."""
    facts = "[aircraft]\nprovided_by = 'observing'\n[inspection]\npermitted = false\nsource = 'note of Finland'\n"
    (finding,) = [one for one in conduct(facts) if one.provision == "OS:F.I.1"]
    assert "note of Finland" in str(finding.why)
