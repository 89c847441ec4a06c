"""Claims of single Parties: each changes the verdict it is about where a reading accepts it, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.route.rules.plans import START, full_facts, hours, make, make_plan, verdicts, with_times

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.law.claims import Claim, claims
from skywitness.law.provisions import provision
from skywitness.route.check import check, findings_in
from skywitness.route.claims.effects import claim_effects
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.model import AircraftUse
from skywitness.route.rules.claimed_lines import relined
from skywitness.route.rules.claims import known_claims, unknown_claims
from skywitness.route.rules.context import Context

Point = tuple[float, float]
KUBINKA: Point = (36.6527778, 55.6083333)
STRIP = tuple(((20.6, 22.3)[number % 2], 54.5 + 0.04 * number) for number in range(9))


@dataclass(frozen=True)
class Case:
    """A flight that a claim is about, and the verdict of its provision without and with the claim."""

    observing: str
    observed: str
    day: dt.date
    points: tuple[Point, ...]
    without: str
    within: str
    start: str = "UUMB"
    facts: Facts = field(default_factory=full_facts)
    aircraft: AircraftUse | None = None
    stop: tuple[int, str, float] | None = None


D = dt.date
ANCHORAGE, DULLES, OTTAWA, HICKAM = (-149.806, 61.2514), (-77.4567, 38.9433), (-75.669, 45.3225), (-157.95, 21.33)
USA = (DULLES, (-80.0, 40.0), (-84.0, 39.0), (-86.0, 40.5))
CANADA = (OTTAWA, (-78.0, 47.0), (-80.0, 48.5), (-83.0, 49.0))
OVER_RUSSIA = (KUBINKA, (42.0, 56.5), (46.0, 55.0), (44.0, 53.5))
LATE = with_times(arrival_utc=START - hours(25))
"""25 h after the estimated time of arrival."""
HICKAM_KNOWN = full_facts(airfields=(AirfieldFacts("PHIK", "a note", "USA", maximum_flight_distance_km=1200.0),))
CRIMEA = full_facts(
    airfields=(AirfieldFacts("UKFG", "a list", "RUS", roles=("refuelling_airfield",), lon=33.977, lat=45.115),)
)
AN30 = AircraftUse("an-30b-rus", "An-30B", "RUS", 430.0, 2600.0)
TU214 = AircraftUse("tu-214on", "Tu-214ON", "RUS", 850.0, 6500.0)

CASES = {
    "rus-kaliningrad-500km": Case("DEU", "BLR-RUS", D(2019, 9, 12), (KUBINKA, *STRIP), "ok", "breach"),
    "usa-hawaii-900km": Case(
        "RUS",
        "USA",
        D(2019, 6, 12),
        (HICKAM, (-159.5, 22.0), (-155.5, 19.5), HICKAM),
        "ok",
        "breach",
        "PHIK",
        HICKAM_KNOWN,
    ),
    "usa-alaska-range": Case(
        "RUS", "USA", D(2019, 6, 12), (ANCHORAGE, (-153.0, 64.0), (-145.0, 66.0)), "ok", "cannot_tell", "PAED"
    ),
    "rus-abkhazia-south-ossetia-states": Case(
        "DEU", "BLR-RUS", D(2017, 9, 12), (KUBINKA, (40.2, 43.62), (41.0, 43.48), (42.5, 45.0)), "ok", "breach"
    ),
    "rus-moscow-altitude-floor": Case(
        "DEU", "BLR-RUS", D(2015, 9, 12), (KUBINKA, (37.6, 55.8), (40.0, 56.5)), "ok", "cannot_tell"
    ),
    "rus-chechnya-closed": Case(
        "DEU", "BLR-RUS", D(2015, 9, 12), (KUBINKA, (45.0, 44.3), (45.8, 43.3), (47.5, 44.6)), "ok", "cannot_tell"
    ),
    "rus-ukraine-border-closed": Case(
        "DEU", "BLR-RUS", D(2015, 9, 12), (KUBINKA, (39.5, 50.5), (39.3, 47.6), (42.0, 48.0)), "ok", "cannot_tell"
    ),
    "ukr-russia-border-closed": Case(
        "DEU", "UKR", D(2015, 9, 12), ((30.895, 50.345), (35.5, 50.2), (36.5, 49.5)), "ok", "cannot_tell", "UKBB"
    ),
    "rus-tsentr-2019-closed": Case("DEU", "BLR-RUS", D(2019, 9, 20), OVER_RUSSIA, "ok", "cannot_tell"),
    "usa-no-waivers": Case("BLR-RUS", "USA", D(2019, 6, 12), USA, "ok", "cannot_tell", "KIAD"),
    "usa-altitude-limits": Case("BLR-RUS", "CAN", D(2019, 6, 12), CANADA, "ok", "cannot_tell", "CYOW"),
    "usa-aleutians-hindered": Case(
        "RUS", "USA", D(2019, 6, 12), (ANCHORAGE, (-160.0, 56.5), (-168.0, 53.3)), "ok", "cannot_tell", "PAED"
    ),
    "tur-pol-closed-zones": Case(
        "RUS", "POL", D(2019, 6, 12), ((20.967, 52.166), (19.0, 51.5), (17.5, 52.5)), "ok", "cannot_tell", "EPWA"
    ),
    "geo-towards-rus-2012": Case(
        "RUS", "GEO", D(2017, 6, 12), ((44.95, 41.67), (44.6, 41.95), (43.2, 42.1)), "ok", "breach", "UGTB"
    ),
    "tur-refusal-2016": Case(
        "BLR-RUS", "TUR", D(2016, 2, 3), ((30.58, 39.78), (33.0, 38.5), (36.0, 37.5)), "ok", "breach", "LTBI"
    ),
    "rus-late-2014": Case("CZE", "BLR-RUS", D(2014, 4, 15), OVER_RUSSIA, "cannot_tell", "breach", facts=LATE),
    "usa-no-overnight-stops": Case(
        "RUS", "USA", D(2019, 6, 12), USA, "ok", "cannot_tell", "KIAD", stop=(3, "KFFO", 24.0)
    ),
    "rus-three-airfields-no-nights": Case(
        "USA", "BLR-RUS", D(2019, 6, 12), OVER_RUSSIA, "ok", "cannot_tell", stop=(3, "UUBW", 24.0)
    ),
    "usa-no-stops-an30": Case(
        "RUS",
        "CAN",
        D(2019, 6, 12),
        CANADA,
        "ok",
        "cannot_tell",
        "CYOW",
        aircraft=AN30,
        stop=(3, "CYYB", 2.0),
    ),
    "usa-tu-214on-unsigned": Case(
        "RUS", "DEU", D(2018, 9, 15), ((9.43, 52.46), (11.0, 51.5)), "ok", "breach", "ETNW", aircraft=TU214
    ),
    "rus-crimea-airfield": Case(
        "DEU",
        "BLR-RUS",
        D(2019, 9, 12),
        (KUBINKA, (38.0, 46.8), (33.977, 45.115), (38.5, 46.9), KUBINKA),
        "breach",
        "ok",
        facts=CRIMEA,
        stop=(3, "UKFG", 2.0),
    ),
    "all-no-distribution-2018": Case("DEU", "BLR-RUS", D(2018, 9, 12), OVER_RUSSIA, "not_applicable", "breach"),
}
"""For every claim that a mission plan can show."""


def flight(case: Case, view: BorderView, *accepted: str, **reading: Any) -> Context:
    """The context of a flight under a reading that accepts some claims."""
    members = {"BLR-RUS": ("RUS",)}.get(case.observed, (case.observed,))
    stop = case.stop
    more: dict[str, Any] = {} if case.aircraft is None else {"aircraft": case.aircraft}
    speed_km_h = case.aircraft.speed_km_h if case.aircraft else 480.0
    plan = make_plan(
        case.points,
        start=case.start,
        end=case.start if case.points[-1] == case.points[0] else "WP99",
        at=dt.datetime.combine(case.day, dt.time(8), dt.UTC),
        speed_km_h=speed_km_h,
        observing=case.observing,
        observed=case.observed,
        overflown=members,
        airfields={stop[0]: stop[1]} if stop else {},
        pauses={stop[0]: stop[2]} if stop else {},
        **more,
    )
    shift, times = plan.commencement_utc - START, case.facts.times
    known = {name: getattr(times, name) for name in times.__dataclass_fields__}
    moved = {name: value + shift for name, value in known.items() if value is not None}
    facts = replace(case.facts, times=replace(times, **moved))
    return make(plan, facts, Reading(at=case.day, accepted_claims=accepted, **reading), view=view)


def under(context: Context, *accepted: str) -> Context:
    """The same flight under a reading that accepts some claims: only what they count as a State is measured anew."""
    return relined(replace(context, reading=replace(context.reading, accepted_claims=accepted)))


@pytest.fixture(scope="module")
def flights(un: BorderView) -> dict[str, Context]:
    """Every flight of the table, measured once, under a reading without claims."""
    return {name: flight(case, un) for name, case in CASES.items()}


def worst(findings: tuple[Finding, ...], code: str) -> str:
    """The worst verdict of one provision."""
    order = ("not_applicable", "ok", "cannot_tell", "breach")
    return max(verdicts(one for one in findings if one.provision == code), key=order.index)


def test_every_claim_has_a_case() -> None:
    """Each stored claim is in the table below, or is about conduct that no mission plan shows."""
    conduct = {claim.id for claim in claims().values() if claim.kind == "conduct"}
    assert set(CASES) == set(claims()) - conduct
    assert conduct == {
        "usa-no-priority",
        "rus-visas-delayed",
        "rus-remote-territories",
        "rus-data-to-usa",
        "tur-cyprus",
    }


@pytest.mark.parametrize("name", CASES)
def test_a_verdict_without_and_with_a_claim(name: str, flights: dict[str, Context]) -> None:
    """A claim changes the verdict of its provision where the reading accepts it, under its whole or short name."""
    case, claim = CASES[name], claims()[name]
    without = findings_in(flights[name])
    assert worst(without, claim.provision) == case.without, name
    for spelt in (name, claim.short):
        within = findings_in(under(flights[name], spelt))
        assert worst(within, claim.provision) == case.within, name
    follows = {claim.provision, "OS:VI.II.7"} if claim.kind == "state" else {claim.provision}  # neighbours follow
    others = [one for one in without if one.provision not in follows]
    same = [one for one in within if one.provision not in follows]
    assert verdicts(others) == verdicts(same)
    assert [str(one.why) for one in others] == [str(one.why) for one in same]


@pytest.mark.parametrize("name", CASES)
def test_the_table_of_verdicts_by_claim(name: str, flights: dict[str, Context]) -> None:
    """The list of effects says the same, whether the reading accepts the claim or not."""
    case, claim = CASES[name], claims()[name]
    for accepted in ((), (name,)):
        effects = {effect.claim.id: effect for effect in claim_effects(under(flights[name], *accepted))}
        effect = effects[name]
        assert (effect.held, effect.accepted) == (True, bool(accepted))
        change = effect.changes[0]
        assert (change.provision, change.without, change.within) == (claim.provision, case.without, case.within)
        assert effect.to_json()["changes"][0]["with"] == case.within
    cited = [value for value in change.finding.values if value.key == "claim"]
    assert all(value.status == "claim" and value.source == claim.source for value in cited)


@pytest.mark.parametrize("name", CASES)
def test_a_claim_counts_on_its_days_only(name: str, un: BorderView) -> None:
    """On the day before a claim was first held, and on the first day after it, accepting it changes nothing."""
    case, claim = CASES[name], claims()[name]
    edges = [span.start - dt.timedelta(days=1) for span in claim.spans if span.start is not None]
    edges += [span.end for span in claim.spans if span.end is not None]
    for day in edges:
        if any(span.holds(day) for span in claim.spans) or day < D(2002, 1, 1):
            continue
        without = flight(replace(case, day=day), un)
        there = under(without, name)
        effect = next(effect for effect in claim_effects(there) if effect.claim.id == name)
        assert (effect.held, effect.changes) == (False, ())
        before = tuple(replace(one, reading=there.reading) for one in findings_in(without))
        assert findings_in(there) == before


@pytest.mark.parametrize("claim", [one for one in claims().values() if one.kind == "conduct"], ids=lambda one: one.id)
def test_conduct_changes_no_verdict_on_a_plan(claim: Claim, un: BorderView) -> None:
    """A claim about conduct is listed with both sides, and changes nothing."""
    case = Case(
        (claim.observing or ("DEU",))[0], claim.observed[0], D(2021, 7, 12), ((9.4, 52.4), (11.0, 51.0)), "", "", "ETNW"
    )
    effect = next(one for one in claim_effects(flight(case, un, claim.id)) if one.claim.id == claim.id)
    assert (effect.accepted, effect.held, effect.changes) == (True, True, ())


def test_a_claim_is_public_when_it_was_made(un: BorderView) -> None:
    """With what was known before the United States announced their measures, nobody could accept them."""
    case = CASES["usa-no-waivers"]
    for known, held in ((D(2017, 9, 25), False), (D(2017, 9, 26), True)):
        context = flight(case, un, "usa-no-waivers", known=known)
        effect = next(one for one in claim_effects(context) if one.claim.id == "usa-no-waivers")
        assert effect.held is held


def test_the_interpretation_that_equals_a_claim(un: BorderView) -> None:
    """III.I.7: nothing_adopted says for 2018 what the claim says, and for no other year anything."""
    ways = {"III.I.7": "nothing_adopted"}
    case = CASES["all-no-distribution-2018"]
    assert worst(findings_in(flight(case, un, interpretations=ways)), "OS:III.I.7") == "breach"
    later = replace(case, day=D(2019, 9, 12))
    assert worst(findings_in(flight(later, un, interpretations=ways)), "OS:III.I.7") == "not_applicable"
    effects = claim_effects(flight(case, un, interpretations=ways))
    change = next(one for one in effects if one.claim.id == "all-no-distribution-2018").changes[0]
    assert (change.without, change.within) == (Verdict.NOT_APPLICABLE, Verdict.BREACH)


@pytest.mark.parametrize(
    ("point", "verdict"),
    [
        ((40.6, 43.58), "breach"),  # a few kilometres north of the ridge, well inside the box that Abkhazia fills
        ((42.0, 43.24), "breach"),  # where it ends in the east
        ((43.0, 43.30), "ok"),
        ((44.05, 42.65), "breach"),  # at the Roki pass
        ((44.6, 42.80), "ok"),  # in the box round South Ossetia, and 18 km from it
    ],
)
def test_a_border_that_no_view_draws(point: Point, verdict: str, un: BorderView) -> None:
    """VI.II.2: the line that the view does not draw is cut out of the neighbour, and no box stands for it."""
    case = replace(CASES["rus-abkhazia-south-ossetia-states"], points=(KUBINKA, (43.0, 45.0), point, (43.5, 45.0)))
    context = flight(case, un, "rus-abkhazia-south-ossetia-states")
    found = [one for one in findings_in(context) if one.provision == "OS:VI.II.2" and one.where is not None]
    mine = [one.verdict for one in found if one.where and (one.where.name or "").startswith("X-")]
    order = (Verdict.OK, Verdict.CANNOT_TELL, Verdict.BREACH)
    assert max(mine, key=order.index, default=Verdict.OK) == verdict


def test_before_the_treaty_no_claim_is_looked_at(un: BorderView) -> None:
    """XVII.2: where nothing else is judged, no claim changes anything."""
    assert claim_effects(flight(replace(CASES["rus-moscow-altitude-floor"], day=D(2001, 9, 12)), un)) == ()


def test_claims_are_stored_whole() -> None:
    """Each claim has a holder, a ground, an answer and a source, and bears on a provision that exists."""
    for claim in claims().values():
        assert all((claim.holders, claim.source, str(claim.basis), str(claim.answer))), claim.id
        assert provision(claim.provision)
        assert claim.id.split("-")[0].upper() in {*claim.holders, "USA"}, claim.id
    assert unknown_claims(known_claims()) == ()
    assert unknown_claims(("rus-moscow", "X-ABKHAZIA", "kaliningrad-500km", "x-ray")) == ("rus-moscow", "x-ray")


def test_the_page_lists_every_claim() -> None:
    """docs/rules.md has a row for each stored claim, with its holders and its days, and for no other."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", page, re.MULTILINE))
    assert set(claims()) <= set(rows)
    for name, claim in claims().items():
        for word in (str(claim.title), ", ".join(claim.holders), claim.provision.removeprefix("OS:")):
            assert word in rows[name], name
        for span in claim.spans:
            assert f"{span.start or '...'} to {span.end or '...'}" in rows[name], name


def test_a_claim_accepted_by_the_facts_counts_too(un: BorderView) -> None:
    """The facts may accept a claim as a reading does, and the list of effects takes it away from both."""
    case = CASES["rus-kaliningrad-500km"]
    context = flight(replace(case, facts=replace(case.facts, accepted_claims=("kaliningrad-500km",))), un)
    assert worst(findings_in(context), "OS:VI.II.4(A)") == "breach"
    effect = next(one for one in claim_effects(context) if one.claim.id == "rus-kaliningrad-500km")
    assert effect.accepted
    assert (effect.changes[0].without, effect.changes[0].within) == (Verdict.OK, Verdict.BREACH)


@pytest.mark.parametrize(
    ("points", "flown_over"), [((KUBINKA, *STRIP), True), (OVER_RUSSIA, False)], ids=["Kaliningrad", "Volga"]
)
def test_a_place_of_a_claim_that_is_not_flown_over_is_said_so(
    points: tuple[Point, ...], flown_over: bool, un: BorderView
) -> None:
    """A flight that never comes to Kaliningrad is not said to run 0.0 km over it."""
    case = replace(CASES["rus-kaliningrad-500km"], points=points)
    context = flight(replace(case, facts=replace(case.facts, accepted_claims=("kaliningrad-500km",))), un)
    (why,) = [str(one.why) for one in findings_in(context) if "rus-kaliningrad-500km" in str(one.why)]
    assert ("Kaliningrad is not flown over" in why) is not flown_over
    assert ("run over Kaliningrad" in why) is flown_over


def test_check_without_claims_is_as_before(un: BorderView) -> None:
    """A reading without claims gives the same findings whether or not claims are about the flight."""
    context = flight(CASES["rus-kaliningrad-500km"], un)
    assert findings_in(context) == check(context.plan, context.facts, Reading(at=D(2019, 9, 12)), view=un)
