"""The steps by which a type falls under the INF Treaty or stays outside: launchers, weapons, exemptions, conduct."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.inf.inf_files import GROUND, WEAPON, answered, case, flight, stated, steps_of

from skywitness.core.errors import NotInForceError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.inf.classify.decide import Scope
from skywitness.inf.classify.desk import Desk, Step
from skywitness.inf.classify.reach import range_of
from skywitness.inf.classify.read import read_case
from skywitness.inf.classify.steps import ground, kind, weapon
from skywitness.inf.law import law_of

FLOWN = {"launched_from": "mobile", "purpose": "weapon", "range_km": 700}
STAND = {"launched_from": "stand", "purpose": "weapon", "range_km": 700}
OK, NO, OPEN = Verdict.OK, Verdict.NOT_APPLICABLE, Verdict.CANNOT_TELL
CONDITIONS = ("existing_stages", "other_stages", "tests_other_objects", "launchers_above_ground", "declared_sites")
BOOSTER = [stated("booster", True), *(stated(name, True) for name in CONDITIONS)]

NO_PURPOSE = flight("t", range_km=700, launched_from="mobile")
FIXED = flight("t", range_km=600, launched_from="fixed")

ROWS: list[tuple[str, str, list[dict[str, Any]], dict[str, Any], str, Verdict, bool, Scope]] = [
    # id, kind, records, more, provision, its verdict, whether somebody must or may, the scope
    ("ballistic", "ballistic", [flight("t", **FLOWN)], {}, "II.1", OK, True, Scope.IN),
    ("mobile", "ballistic", [flight("t", **FLOWN)], {}, "II.3", OK, True, Scope.IN),
    ("meant", "cruise", [WEAPON, GROUND], {}, "II.4", OK, True, Scope.CANNOT_TELL),
    ("sea", "cruise", [WEAPON, flight("t", range_km=700, launched_from="sea")], {}, "II.4", NO, False, Scope.OUT),
    ("silent", "cruise", [WEAPON], {}, "II.4", OPEN, False, Scope.CANNOT_TELL),
    ("drone-any", "cruise", [WEAPON, GROUND, stated("reusable", True)], {}, "II.2", OK, True, Scope.CANNOT_TELL),
    (
        "drone-back",
        "cruise",
        [WEAPON, GROUND, stated("reusable", True)],
        {"ways": {"INF:II.2": "one_way_only"}},
        "II.2",
        NO,
        True,
        Scope.OUT,
    ),
    ("weapon", "ballistic", [flight("t", **FLOWN)], {}, "VII.1", OK, True, Scope.IN),
    ("no-weapon", "ballistic", [GROUND, stated("weapon", False)], {}, "VII.1", NO, False, Scope.OUT),
    (
        "weapon-open",
        "ballistic",
        [flight("t", range_km=700, launched_from="mobile")],
        {},
        "VII.1",
        OPEN,
        False,
        Scope.CANNOT_TELL,
    ),
    (
        "one-test-is-enough",
        "ballistic",
        [stated("weapon", False), flight("t", **FLOWN)],
        {},
        "VII.1",
        OK,
        True,
        Scope.IN,
    ),
    (
        "interceptor",
        "ballistic",
        [
            WEAPON,
            stated("interceptor_only", True),
            flight("t", launched_from="fixed", range_km=600, purpose="interception"),
        ],
        {},
        "VII.3",
        OK,
        True,
        Scope.OUT,
    ),
    (
        "no-more-interceptor",
        "ballistic",
        [stated("interceptor_only", True), flight("t", **FLOWN)],
        {},
        "VII.3",
        NO,
        True,
        Scope.IN,
    ),
    (
        "interceptor-open",
        "ballistic",
        [WEAPON, stated("interceptor_only", True), FIXED],
        {},
        "VII.3",
        OPEN,
        False,
        Scope.CANNOT_TELL,
    ),
    (
        "stand",
        "cruise",
        [
            WEAPON,
            stated("meant_for_ground", False),
            stated("stand_only_for_tests", True),
            stated("stand_distinguishable", True),
            flight("t", **STAND),
        ],
        {},
        "VII.11",
        OK,
        True,
        Scope.OUT,
    ),
    (
        "stand-not-told-apart",
        "ballistic",
        [WEAPON, stated("meant_for_ground", False), stated("stand_distinguishable", False), flight("t", **STAND)],
        {},
        "VII.11",
        NO,
        True,
        Scope.IN,
    ),
    ("stand-open", "ballistic", [flight("t", **STAND)], {}, "VII.11", OPEN, False, Scope.CANNOT_TELL),
    ("booster", "ballistic", [WEAPON, GROUND, *BOOSTER], {"booster_launchers": 35}, "VII.12", OK, True, Scope.OUT),
    (
        "booster-36",
        "ballistic",
        [flight("t", **FLOWN), *BOOSTER],
        {"booster_launchers": 36},
        "VII.12",
        Verdict.BREACH,
        True,
        Scope.IN,
    ),
    ("booster-open", "ballistic", [flight("t", **FLOWN), BOOSTER[0]], {}, "VII.12", OPEN, False, Scope.CANNOT_TELL),
    (
        "booster-elsewhere",
        "ballistic",
        [flight("t", **FLOWN), *BOOSTER[:-1], stated("declared_sites", False)],
        {"booster_launchers": 1},
        "VII.12",
        NO,
        True,
        Scope.IN,
    ),
    (
        "target-missile",
        "ballistic",
        [WEAPON, flight("t", launched_from="fixed", purpose="target", range_km=700)],
        {},
        "VII.12",
        NO,
        True,
        Scope.IN,
    ),
    (
        "target-booster",
        "ballistic",
        [WEAPON, flight("t", launched_from="fixed", purpose="target", range_km=700), *BOOSTER[1:]],
        {"ways": {"INF:VII.12": "targets_are_boosters"}, "booster_launchers": 3},
        "VII.12",
        OK,
        True,
        Scope.OUT,
    ),
    ("range", "ballistic", [flight("t", **FLOWN)], {}, "VII.4", OK, True, Scope.IN),
]


@pytest.mark.parametrize(
    ("kind", "records", "more", "provision", "verdict", "effect", "scope"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_steps(
    kind: str,
    records: list[dict[str, Any]],
    more: dict[str, Any],
    provision: str,
    verdict: Verdict,
    effect: bool,
    scope: Scope,
) -> None:
    """Each step says by its article whether its provision applies, who must or may what, and the scope follows."""
    found = answered(*records, kind=kind, **more)
    (step,) = steps_of(found, provision)
    assert step.verdict is verdict
    assert (step.effect is not None) is effect
    assert bool(step.needs) is (verdict is OPEN)
    assert found.by_reading[0].types[0].scope is scope


APART = [stated("stand_only_for_tests", True), stated("stand_distinguishable", True)]


@pytest.mark.parametrize(
    ("way", "scope", "verdict"), [("lost_for_the_type", Scope.IN, NO), ("kept_by_launch", Scope.OUT, OK)]
)
def test_launches_from_a_stand_of_a_ground_launched_type(way: str, scope: Scope, verdict: Verdict) -> None:
    """Whether a long flight from a stand counts once the type flew from a mobile launcher is a disputed place."""
    mobile = flight("mobile", launched_from="mobile", purpose="weapon", range_km=450)
    found = answered(mobile, flight("stand", **STAND), *APART, ways={"INF:VII.11": way})
    (step,) = steps_of(found, "VII.11")
    assert step.verdict is verdict
    assert step.effect is not None
    assert found.by_reading[0].types[0].scope is scope


TESTS_ONLY = [stated("meant_for_ground", False), stated("stand_only_for_tests", True)]


@pytest.mark.parametrize(("from_what", "scope"), [({}, Scope.CANNOT_TELL), ({"launched_from": "sea"}, Scope.OUT)])
def test_a_flight_from_nobody_says_what_leaves_the_stand_open(from_what: dict[str, Any], scope: Scope) -> None:
    """One launch from a launcher for use ends the exemption, so a test whose launcher is not told leaves it open."""
    other = flight("other", range_km=800, purpose="weapon", **from_what)
    told = [*TESTS_ONLY, stated("stand_distinguishable", True)]
    found = answered(*told, flight("stand", **STAND), other)
    assert found.by_reading[0].types[0].scope is scope
    (step,) = steps_of(found, "VII.11")
    assert any("launched_from" in str(need) for need in step.needs) is (scope is Scope.CANNOT_TELL)


@pytest.mark.parametrize("lacking", ["stand_only_for_tests", "stand_distinguishable"])
def test_a_stand_without_its_conditions_keeps_no_launch_outside(lacking: str) -> None:
    """Where a stand is told to serve for more, or to look like others, no reading leaves its flights out."""
    mobile = flight("mobile", launched_from="mobile", purpose="weapon", range_km=450)
    records = [mobile, flight("stand", **STAND), stated(lacking, False)]
    found = answered(*records, ways={"INF:VII.11": "kept_by_launch"})
    assert found.by_reading[0].types[0].scope is Scope.IN


@pytest.mark.parametrize("told", [[], APART[:1], APART[1:]], ids=["nothing", "only-for-tests", "told-apart"])
def test_a_stand_of_which_not_all_is_told_leaves_its_launches_open(told: list[dict[str, Any]]) -> None:
    """Where launches from a stand can stay outside, what nobody tells of the stand leaves range and flight open."""
    mobile = flight("mobile", launched_from="mobile", purpose="weapon", range_km=450)
    stand = flight("stand", **STAND, day=dt.date(2000, 1, 1))
    found = answered(mobile, stand, *told, at=dt.date(2001, 1, 1), ways={"INF:VII.11": "kept_by_launch"})
    (outcome,) = found.by_reading[0].types
    assert outcome.scope is Scope.CANNOT_TELL
    assert set(outcome.possible) == {"below", "shorter_range"}
    (step,) = steps_of(found, "VII.11")
    assert (step.verdict, len(step.needs)) == (OPEN, 2 - len(told))
    (act,) = (one for one in steps_of(found, "VI.1(A)") if one.where and one.where.name == "stand")
    assert (act.verdict, act.needs) == (OPEN, step.needs)


def test_a_launch_left_out_is_no_forbidden_flight() -> None:
    """A reading that leaves launches from the stand outside does not blame them either; other launches it does."""
    day = dt.date(2000, 1, 1)
    mobile = flight("mobile", launched_from="mobile", purpose="weapon", range_km=600, day=day)
    stand = flight("stand", **STAND, day=day)
    wanted = {"lost_for_the_type": Verdict.BREACH, "kept_by_launch": OK}
    for way, verdict in wanted.items():
        found = answered(mobile, stand, *APART, at=dt.date(2001, 1, 1), ways={"INF:VII.11": way})
        acts = {step.where.name: step.verdict for step in steps_of(found, "VI.1(A)") if step.where}
        assert acts == {"mobile": Verdict.BREACH, "stand": verdict}


def test_only_ways_that_matter_split_a_reading() -> None:
    """Without a drone, a target, a stand or launchers in dispute one answer stands for all interpretations."""
    assert [dict(one.ways) for one in answered(flight("t", **FLOWN), every_way=True).by_reading] == [{}]
    mobile = flight("mobile", launched_from="mobile", purpose="weapon", range_km=450)
    split = answered(mobile, flight("stand", **STAND), every_way=True).by_reading
    assert [dict(one.ways) for one in split] == [{"INF:VII.11": way} for way in ("lost_for_the_type", "kept_by_launch")]


# ---- launchers ----

HELD = {"id": "held", "by": "USA", "of": "T", "what": "launcher", "launcher_type": "L1", "launched_from": "fixed"}
ALIKE = {"id": "alike", "by": "USA", "what": "same_launcher", "launcher_type": "L2", "same_as": "L1", "value": True}


@pytest.mark.parametrize(("way", "counted"), [("same_construction", ("T",)), ("as_declared", ())])
def test_launchers_alike(way: str, counted: tuple[str, ...]) -> None:
    """What one launcher held, all of its type are launchers of; which launchers are one type is a disputed place."""
    found = answered(flight("t", **FLOWN, launcher_type="L1"), HELD, ALIKE, ways={"INF:VII.8": way})
    first, second = found.by_reading[0].launchers
    assert (first.launcher, first.types, first.scope) == ("L1", ("T",), Scope.IN)
    assert (second.launcher, second.types) == ("L2", counted)
    tested, held = first.steps
    assert (tested.provision, held.provision) == ("INF:VII.7", "INF:VII.8")
    assert tested.verdict is held.verdict is OK
    assert tested.effect is not None
    assert held.effect is not None
    *_, last = second.steps
    assert (last.verdict is OK, last.effect is not None) == (bool(counted), bool(counted))
    assert len(second.steps) == (2 if counted else 1)


def test_a_launcher_that_only_held_a_missile_was_not_tested() -> None:
    """Holding a missile makes a launcher one of its type (VII.8) and says nothing of tests (VII.7)."""
    found = answered(flight("t", **FLOWN), HELD)
    assert [step.provision for step in found.by_reading[0].launchers[0].steps] == ["INF:VII.8"]
    flown = answered(flight("t", **FLOWN, launcher_type="L1"))
    assert [step.provision for step in flown.by_reading[0].launchers[0].steps] == ["INF:VII.7", "INF:VII.8"]


# ---- conduct ----

MADE = {"id": "made", "by": "USA", "of": "T", "what": "production", "day": dt.date(1990, 1, 1)}
KEPT = {"id": "kept", "by": "USA", "of": "T", "what": "possession", "day": dt.date(1991, 6, 2)}


@pytest.mark.parametrize(
    ("range_km", "verdict"), [(700, Verdict.BREACH), (3000, Verdict.BREACH), (400, OK), (6000, OK)]
)
def test_making_testing_and_keeping(range_km: float, verdict: Verdict) -> None:
    """What a reading puts under the Treaty may be neither made nor flight-tested nor kept; what is outside may."""
    found = answered(flight("t", **{**FLOWN, "range_km": range_km}, day=dt.date(1990, 2, 1)), MADE, KEPT)
    kept = "V.1" if range_km == 700 else "IV.1"
    for provision in ("VI.1(A)", "VI.1(B)", kept):
        (finding,) = steps_of(found, provision)
        assert finding.verdict is verdict
        assert (finding.effect is not None) is (verdict is Verdict.BREACH)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("day", "verdicts"),
    [(dt.date(1988, 5, 31), []), (dt.date(1988, 6, 1), [Verdict.BREACH]), (None, [Verdict.CANNOT_TELL])],
)
def test_tests_before_the_treaty_are_no_breach(day: dt.date | None, verdicts: list[Verdict]) -> None:
    """Only what fell into the time of the Treaty can be against it; a test without a day cannot be judged."""
    told = {"day": day} if day else {}
    found = answered(flight("t", **FLOWN, **told))
    assert [finding.verdict for finding in steps_of(found, "VI.1(A)")] == verdicts


@pytest.mark.parametrize(
    ("record", "day", "provision", "verdicts"),
    [
        ("possession", dt.date(1989, 12, 1), "V.1", []),
        ("possession", dt.date(1989, 12, 2), "V.1", [Verdict.BREACH]),
        ("deployment", dt.date(1989, 12, 2), "V.1", [Verdict.BREACH]),
    ],
)
def test_the_last_day_of_elimination(record: str, day: dt.date, provision: str, verdicts: list[Verdict]) -> None:
    """Shorter range had to be gone by 1 December 1989 (digest 1.5); what is kept until then is no breach."""
    found = answered(flight("t", **FLOWN), {**KEPT, "what": record, "day": day})
    assert [finding.verdict for finding in steps_of(found, provision)] == verdicts


@pytest.mark.parametrize(("interchangeable", "verdict"), [(False, OK), (True, Verdict.BREACH), (None, OPEN)])
def test_stages_that_look_alike(interchangeable: bool | None, verdict: Verdict) -> None:
    """A stage that looks like one of a listed type may be made only when it cannot take its place."""
    told = {} if interchangeable is None else {"interchangeable": interchangeable}
    stage = {**MADE, "part": "stage", "like": "RSD-10", **told}
    found = answered(flight("t", **{**FLOWN, "range_km": 6000}), stage)
    (finding,) = steps_of(found, "VI.2")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is not OPEN)


# ---- its time ----


@pytest.mark.parametrize("at", [dt.date(1988, 5, 31), dt.date(2019, 8, 2)])
def test_outside_its_time_the_treaty_answers_nothing(at: dt.date) -> None:
    """On a day on which the Treaty is not in force the question is refused, with the days on which it was."""
    with pytest.raises(NotInForceError, match="from 1988-06-01 until 2019-08-02"):
        answered(WEAPON, at=at)


# ---- single steps ----


def desk_of(*records: dict[str, Any]) -> Desk:
    """Put a ballistic type with these records before a step."""
    data = read_case(case(*records))
    return Desk(data.subjects[0], data.records, law_of(Reading(at=data.at)))


@pytest.mark.parametrize(
    ("step", "record", "verdict"),
    [
        (kind, {}, OK),
        (ground, {"launched_from": "mobile"}, OK),
        (ground, {"launched_from": "fixed"}, OK),
        (ground, {"launched_from": "air"}, NO),
        (ground, {}, OPEN),
        (weapon, {"purpose": "weapon"}, OK),
        (weapon, {}, OPEN),
    ],
)
def test_a_step_by_itself(step: Step, record: dict[str, Any], verdict: Verdict) -> None:
    """A launch from land marks the type as ground-launched, a flight as a weapon as a carrier of weapons."""
    (finding,) = step(desk_of(flight("t", range_km=700, **record))).findings
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is OK)


@pytest.mark.parametrize(("half", "verdict"), [(0, OK), (10, OPEN)])
def test_the_range_by_itself(half: float, verdict: Verdict) -> None:
    """A range known well enough is that of the whole type; one astride 1000 km leaves the class open."""
    finding = range_of(desk_of(flight("t", range_km=995, uncertainty_km=half))).finding
    assert finding.verdict is verdict
    assert finding.effect is not None
    assert bool(finding.needs) is (verdict is OPEN)
