"""What holds of every file on missile types: order, aliases, tests alone, readings by themselves."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.inf.inf_files import WEAPON, answered, case, flight, stated
from tests.inf.test_inf_steps import ALIKE, BOOSTER, FLOWN, HELD, KEPT, MADE

from skywitness.core.finding import Verdict
from skywitness.inf.classify.answer import answer
from skywitness.inf.classify.decide import Scope
from skywitness.inf.classify.read import read_case

RANGES = st.integers(100, 7000)


@st.composite
def told_records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw records of two sides on the type T: tests, statements, capabilities, launchers, acts."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 7))):
        base = {"id": f"r{number}", "by": draw(st.sampled_from(["USA", "RUS"])), "of": "T"}
        what = draw(st.sampled_from(["test", "statement", "capability", "launcher", "possession"]))
        more: dict[str, Any] = {}
        if what == "test":
            more = {"range_km": draw(RANGES), "launched_from": draw(st.sampled_from(["mobile", "stand", "sea"]))}
            more |= {"purpose": draw(st.sampled_from(["weapon", "target"])), "launcher_type": "L"}
        elif what == "statement":
            on = draw(st.sampled_from(["weapon", "reusable", "stand_only_for_tests", "stand_distinguishable"]))
            more = {"on": on, "value": draw(st.booleans())}
        elif what == "capability":
            more = {"range_km": draw(RANGES)}
        elif what == "launcher":
            more = {"launcher_type": draw(st.sampled_from("LM")), "launched_from": "mobile"}
        found.append({**base, "what": what, **more})
    return found


@given(told_records(), st.sampled_from(["ballistic", "cruise"]), st.randoms(use_true_random=False))
def test_any_order_of_any_records_gives_one_answer(
    records: list[dict[str, Any]], kind: str, chance: random.Random
) -> None:
    """Whatever is told, and in whatever order, every reading gives the same answer."""
    data = case(*records, kind=kind)
    wanted = answer(read_case(data)).to_json()
    chance.shuffle(data["record"])
    assert answer(read_case(data)).to_json() == wanted


@given(told_records())
def test_each_reading_stands_by_itself(records: list[dict[str, Any]]) -> None:
    """What readings share changes nothing: settled one by one, every way gives what it gave among all."""
    data = read_case(case(*records, kind="cruise"))
    for one in answer(data).by_reading:
        fixed = {**one.reading.interpretations}
        (alone,) = answer(data, only=one.acceptance.name, fixed=fixed).by_reading
        assert [outcome.key for outcome in alone.types] == [outcome.key for outcome in one.types]
        assert [step.why for outcome in alone.types for step in outcome.steps] == [
            step.why for outcome in one.types for step in outcome.steps
        ]
        assert [(act.provision, act.verdict) for act in alone.conduct] == [
            (act.provision, act.verdict) for act in one.conduct
        ]


@given(st.lists(st.integers(1, 5500), min_size=1, max_size=5), st.booleans())
def test_tests_alone_never_class_a_cruise_missile(ranges: list[int], weapon_told: bool) -> None:
    """Tests of a cruise type are least ranges: up to 5,500 km they prove no class and put nothing under the Treaty."""
    tests = [flight(f"t{number}", **{**FLOWN, "range_km": km}) for number, km in enumerate(ranges)]
    found = answered(*tests, *([WEAPON] if weapon_told else []), kind="cruise")
    (outcome,) = found.by_reading[0].types
    assert outcome.scope is Scope.CANNOT_TELL
    assert not outcome.proved
    assert found.verdict is not Verdict.BREACH


@given(st.sampled_from(["Q-1", "x", "Long Name 7", "Ü"]), told_records())
def test_renaming_an_alias_changes_nothing(alias: str, records: list[dict[str, Any]]) -> None:
    """A record that names the type by an alias of the file, whatever that is, says the same."""
    plain = answer(read_case(case(*records, kind="cruise"))).to_json()
    renamed = [{**one, "of": alias} for one in records]
    assert answer(read_case(case(*renamed, kind="cruise", names=[alias]))).to_json() == plain


def test_the_order_of_records_changes_nothing() -> None:
    """However records and types are ordered in the file, every reading gives the same answer."""
    records = [flight("t", **FLOWN), MADE, KEPT, HELD, ALIKE, WEAPON, stated("weapon", False, "RUS"), *BOOSTER]
    data = case(*records, booster_launchers=2)
    data["type"].append({"id": "Oka", "holder": "RUS"})
    wanted = answer(read_case(data)).to_json()
    for seed in range(6):
        random.Random(seed).shuffle(data["record"])
        random.Random(seed).shuffle(data["type"])
        assert answer(read_case(data)).to_json() == wanted


def test_another_alias_changes_nothing() -> None:
    """Whether a file says SSC-8, 9M729 or Screwdriver, the answer is the same but for the name of the type."""
    answers = []
    for name in ("9M729", "SSC-8", "screwdriver"):
        record = {**flight("t", **FLOWN), "by": "RUS", "of": "Novator 9M729"}
        found = answer(read_case({"at": dt.date(2018, 1, 1), "type": [{"id": name}], "record": [record]}))
        answers.append(str(found.to_json()).replace(f"'{name}'", "X").replace(f" {name} ", " X "))
    assert answers[0] == answers[1] == answers[2]
