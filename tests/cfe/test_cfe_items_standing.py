"""Where an item stands: group, area, stationed, in service, exceptions; how words are put together; hostile files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cfe.items_files import AT, CARRIER, HELICOPTER, TANK, asked, of, one, without

from skywitness.cfe.items.answer import answer
from skywitness.cfe.items.model import BOUNDS, CHOICES, FLAGS, Item, Record, fact_words
from skywitness.cfe.items.read import read_items
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
SERVING = {"held_by": "armed_forces"}


@pytest.mark.parametrize(
    ("state", "verdict", "words"),
    [("POL", OK, "EAST"), ("USA", OK, "WEST"), ("SWE", NO, "neither"), ("ARM", OK, "EAST"), ("CHE", NO, "neither")],
)
def test_the_group_of_a_state(state: str, verdict: Verdict, words: str) -> None:
    """A State of the Treaty shares the limits of one group; any other stands in none (II.1(A))."""
    (step,) = of(one({**TANK, "by": "EXPERT"}, state=state), "II.1(A)")
    assert step.verdict is verdict
    assert words in str(step.why)
    assert (step.effect is not None) is (verdict is OK)


AREA: list[tuple[str, str, dict[str, Any], Verdict]] = [
    ("POL", "", {}, OK),
    ("USA", "", {}, NO),
    ("CAN", "", {}, NO),
    ("SWE", "", {}, NO),
    ("RUS", "moscow", {}, OK),
    ("RUS", "", {}, OPEN),
    ("RUS", "siberia", {}, OPEN),
    ("RUS", "", {"in_area": False}, NO),
    ("TUR", "", {}, OPEN),
    ("TUR", "", {"in_area": True}, OK),
    ("KAZ", "", {}, OPEN),
    ("UKR", "odessa", {}, OK),
    ("PRT", "", {}, OK),
    ("FRA", "", {"in_area": False}, NO),
    ("", "", {}, OPEN),
]


@pytest.mark.parametrize(("located", "district", "facts", "verdict"), AREA)
def test_the_area(located: str, district: str, facts: dict[str, Any], verdict: Verdict) -> None:
    """Land of the Parties in Europe is in the area; where a line parts a State somebody must say (II.1(B))."""
    found = one({**TANK, **facts}, located=located, district=district)
    (step,) = of(found, "II.1(B)")
    assert step.verdict is verdict
    assert (step.effect is not None) is (verdict is OK)
    counts = {OK: True, NO: False, OPEN: None}[verdict]
    assert found.standing.counts.value is counts


@pytest.mark.parametrize(
    ("state", "located", "verdicts"),
    [("USA", "DEU", [OK]), ("DEU", "DEU", [NO]), ("DEU", "SWE", [NO]), ("DEU", "", []), ("RUS", "TUR", [OPEN])],
)
def test_stationed_forces(state: str, located: str, verdicts: list[Verdict]) -> None:
    """Stationed is who stands on the land of another Party within the area (II.1(G))."""
    steps = of(one(TANK, state=state, located=located), "II.1(G)")
    assert [step.verdict for step in steps] == verdicts
    assert all((step.effect is not None) is (step.verdict is OK) for step in steps)


@pytest.mark.parametrize(
    ("facts", "limited", "subject"),
    [
        (TANK, OK, OK),
        ({**CARRIER, "carries_squad": False, "looks_like": "armoured_personnel_carrier"}, NO, OK),
        ({**TANK, "calibre_mm": 30}, NO, NO),
        (without(CARRIER, "armoured"), OPEN, OPEN),
        ({**CARRIER, "calibre_mm": 20}, OK, OK),
    ],
)
def test_limited_or_only_subject(facts: dict[str, Any], limited: Verdict, subject: Verdict) -> None:
    """Five categories are limited, more is told of (II.1(J) and (Q)); that both carriers are limited is enough."""
    found = one(facts)
    for ident, verdict in (("II.1(J)", limited), ("II.1(Q)", subject)):
        (step,) = of(found, ident)
        assert step.verdict is verdict
        assert (step.effect is not None) is (verdict is OK)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (SERVING, OK),
        ({"held_by": "internal_security"}, NO),
        ({}, OPEN),
        ({**SERVING, "exception": "research", "only_research": True}, NO),
        ({**SERVING, "exception": "research", "only_research": False}, OK),
        ({**SERVING, "in_area": False}, NO),
    ],
)
def test_in_service(facts: dict[str, Any], verdict: Verdict) -> None:
    """In service is what is in the area, with no internal security, under no exception (II.1(R))."""
    (step,) = of(one({**TANK, **facts}), "II.1(R)")
    assert step.verdict is verdict
    assert (step.effect is not None) is (verdict is OK)


EXPORT: dict[str, Any] = {
    "for_export": True,
    "at_declared_site": True,
    "declared_sites": 10,
    "site_told_before": True,
    "distinguishable": True,
}
PASSING: dict[str, Any] = {"from_outside": True, "to_outside": True, "days_in_area": 7}
SECURITY = {"held_by": "internal_security"}
EXCEPTIONS: list[tuple[str, str, dict[str, Any], dict[str, Any], Verdict]] = [
    ("A", "manufacture", TANK, {"still_in_process": True}, OK),
    ("A", "manufacture", TANK, {"still_in_process": False}, NO),
    ("A", "manufacture", TANK, {}, OPEN),
    ("B", "research", TANK, {"only_research": True}, OK),
    ("B", "research", TANK, {"only_research": False}, NO),
    ("C", "historic", TANK, {"in_collection": True}, OK),
    ("C", "historic", TANK, {"in_collection": False}, NO),
    ("D", "decommissioned", TANK, {"decommissioned": True}, OK),
    ("D", "decommissioned", TANK, {"decommissioned": False}, NO),
    ("E", "export", TANK, EXPORT, OK),
    ("E", "export", TANK, {**EXPORT, "declared_sites": 11}, NO),
    ("E", "export", TANK, {**EXPORT, "distinguishable": False}, NO),
    ("E", "export", TANK, {**EXPORT, "site_told_before": False}, NO),
    ("E", "export", TANK, {**EXPORT, "for_export": False}, NO),
    ("E", "export", TANK, {"for_export": True, "at_declared_site": False}, OK),
    ("E", "export", TANK, without(EXPORT, "declared_sites"), OPEN),
    ("F", "internal_security", CARRIER, SECURITY, OK),
    ("F", "internal_security", TANK, SECURITY, NO),
    ("F", "internal_security", CARRIER, SERVING, NO),
    ("F", "internal_security", HELICOPTER, SECURITY, OK),
    ("F", "internal_security", {**HELICOPTER, "mainly_guided": True}, SECURITY, NO),
    ("F", "internal_security", without(HELICOPTER, "mainly_guided"), SECURITY, OPEN),
    ("G", "transit", TANK, PASSING, OK),
    ("G", "transit", TANK, {**PASSING, "days_in_area": 8}, NO),
    ("G", "transit", TANK, {**PASSING, "to_outside": False}, NO),
    ("G", "transit", TANK, without(PASSING, "days_in_area"), OPEN),
]


@pytest.mark.parametrize(("letter", "name", "facts", "more", "verdict"), EXCEPTIONS, ids=lambda value: str(value)[:24])
def test_an_exception_and_its_conditions(
    letter: str, name: str, facts: dict[str, Any], more: dict[str, Any], verdict: Verdict
) -> None:
    """Where its conditions are met the item may be left out; where one is not it must be counted (III.1)."""
    medium = "air" if "wing" in facts else "land"
    found = one({**facts, **more, "exception": name}, medium=medium)
    (step,) = of(found, f"III.1({letter})")
    assert step.verdict is verdict
    assert (step.effect.modality if step.effect else "") == {OK: "may", NO: "must", OPEN: ""}[verdict]
    (whole,) = of(found, "III.1")
    assert whole.verdict is {OK: NO, NO: OK, OPEN: OPEN}[verdict]
    assert (whole.effect is not None) is (whole.verdict is OK)


def test_two_exceptions_said_of_one_item() -> None:
    """Where words differ on the exception, and one of them would hold, it is open."""
    both = one({**TANK, "exception": "research", "only_research": True}, {"by": "FRA", "exception": "none"})
    assert both.standing.counts.value is None
    neither = one({**TANK, "exception": "research", "only_research": False}, {"by": "FRA", "exception": "none"})
    assert neither.standing.counts.value is True


# ---- how words are put together ----


def test_words_that_differ_leave_it_open() -> None:
    """One says tracked, another wheeled: nobody can tell; by one word it is told, and the dispute is named."""
    records = (TANK, {"by": "FRA", "basis": "observed", "running_gear": "wheeled"})
    both = asked(*records)
    assert both.verdict is OPEN
    assert "POL" in str(both.disputes[0])
    assert "FRA" in str(both.disputes[0])
    assert asked(*records, by="POL").verdict is OK
    with pytest.raises(InputError, match="says nothing"):
        asked(*records, by="USA")


@pytest.mark.parametrize(
    ("seen", "kinds"),
    [
        ({"unladen_weight_t": 17.0, "unladen_weight_t_uncertainty": 1.0}, ("battle_tank",)),
        ({"unladen_weight_t": 12.0}, ("battle_tank", "heavy_armament_combat_vehicle")),
        (
            {"unladen_weight_t_at_least": 10, "unladen_weight_t_at_most": 16.4},
            ("battle_tank", "heavy_armament_combat_vehicle"),
        ),
    ],
)
def test_numbers_of_several_words(seen: dict[str, Any], kinds: tuple[str, ...]) -> None:
    """Numbers that fit keep what fits both; those that do not leave everything between."""
    told = {**TANK, "unladen_weight_t": 17, "unladen_weight_t_uncertainty": 0.5}
    assert one(told, {"by": "FRA", **seen}).kinds == kinds


def test_what_is_said_after_the_day_is_not_known() -> None:
    """A record of a later day says nothing of this one."""
    late = {"by": "FRA", "day": dt.date(1997, 1, 1), "running_gear": "wheeled"}
    assert one(TANK, late).kind == "battle_tank"
    assert asked(TANK, late, at=dt.date(1998, 1, 1)).verdict is OPEN


WORDS = st.fixed_dictionaries(
    {"by": st.sampled_from(["POL", "FRA", "RUS"])},
    optional={
        "running_gear": st.sampled_from(["tracked", "wheeled"]),
        "armoured": st.booleans(),
        "carries_squad": st.booleans(),
        "calibre_mm": st.sampled_from([12.7, 20, 75, 100, 125]),
        "unladen_weight_t": st.sampled_from([5.9, 6, 16.4, 16.5, 40]),
        "main_fire": st.sampled_from(["direct", "indirect"]),
        "exception": st.sampled_from(["none", "research"]),
    },
)


@settings(max_examples=40, deadline=None)
@given(records=st.lists(WORDS, max_size=4), turn=st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records: list[dict[str, Any]], turn: Any) -> None:
    """Any order of the same words gives the same answer, word for word."""
    mixed = list(records)
    turn.shuffle(mixed)
    base = without(TANK, *WORDS_NAMES)
    assert _plain(asked(base, *_telling(records)).to_json()) == _plain(asked(*_telling(mixed), base).to_json())


WORDS_NAMES = ("running_gear", "armoured", "carries_squad", "calibre_mm", "unladen_weight_t", "main_fire", "exception")


def _telling(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in records if len(one) > 1]


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out where in the file a record stands."""
    for item in told["items"]:
        for step in item["steps"]:
            step.pop("where")
    return told


@settings(max_examples=25, deadline=None)
@given(alias=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12).filter(lambda name: name != "x"))
def test_the_name_of_an_item_changes_nothing(alias: str) -> None:
    """Records may use any name of the item: the answer is the same."""
    plain = asked(TANK)
    named = answer(
        read_items(
            {
                "at": AT,
                "item": [{"id": "x", "state": "POL", "medium": "land", "located": "POL", "names": [alias]}],
                "record": [{**TANK, "of": alias, "by": "POL"}],
            }
        ),
        Reading(at=AT),
    )
    assert [one.to_json() for one in named.outcomes] == [one.to_json() for one in plain.outcomes]


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(sorted(TANK)), record=WORDS)
def test_a_fact_less_never_settles_more(name: str, record: dict[str, Any]) -> None:
    """Taking a fact away keeps every kind that was possible with it."""
    whole = {**TANK, **without(record, "by")}
    if any(name.startswith(one) for one in ("calibre", "unladen")) or name in whole:
        assert set(one(whole).kinds or ("nothing",)) <= set(one(without(whole, name)).kinds or ("nothing",))


# ---- reading ----

BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "item"),
    ({"item": []}, "at least one item"),
    ({"item": [{"id": "x", "state": "poland", "medium": "land"}]}, "no code of a State"),
    ({"item": [{"id": "x", "state": "POL", "medium": "sea"}]}, "none of land, air"),
    ({"item": [{"id": "x", "state": "POL", "medium": "land", "wieght": 3}]}, "unknown field"),
    ({"item": [{"id": "x", "state": "POL", "medium": "land", "type": "T-73", "listed": True}]}, "in no list"),
    ({"record": [{"of": "y", "by": "POL", "armoured": True}]}, "no item of this file"),
    ({"record": [{"of": "x", "by": "XYZ", "armoured": True}]}, "no State known here"),
    ({"record": [{"of": "x", "by": "POL"}]}, "says nothing"),
    ({"record": [{"of": "x", "by": "POL", "armoured": "yes"}]}, "armoured"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm": -1}]}, "not from 0"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm": True}]}, "not from 0"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm": float("nan")}]}, "not from 0"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm": 10**400}]}, "not from 0"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm": 5, "calibre_mm_at_least": 4}]}, "stands for itself"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm_uncertainty": 4}]}, "which is missing"),
    ({"record": [{"of": "x", "by": "POL", "calibre_mm_at_least": 9, "calibre_mm_at_most": 4}]}, "no number lies"),
    ({"record": [{"of": "x", "by": "POL", "armoured": True, "left_out_t": 3}]}, "tonnes by name"),
    ({"record": [{"of": "x", "by": "POL", "armoured": True, "left_out_t": {"fuel": "much"}}]}, "not from 0"),
    ({"record": [{"of": "x", "by": "POL", "armoured": True, "left_out_t": {"\u202e": 1}}]}, "no name of a part"),
    ({"record": "all"}, "record"),
]
GOOD = {"id": "x", "state": "POL", "medium": "land"}


@pytest.mark.parametrize(("data", "words"), BAD, ids=[row[1] + str(number) for number, row in enumerate(BAD)])
def test_a_file_that_cannot_be_used(data: dict[str, Any], words: str) -> None:
    """Every fault is told with its place."""
    whole = {"at": AT, **({"item": [GOOD]} if data else {}), **data}
    with pytest.raises(InputError) as caught:
        read_items(whole, "file.toml")
    assert caught.value.kind == "bad_items"
    assert words in str(caught.value)


def test_a_name_of_two_items_is_refused() -> None:
    """Records could not say which of them is meant."""
    with pytest.raises(InputError, match="is a name of"):
        read_items({"at": AT, "item": [GOOD, {**GOOD, "id": "y", "names": ["X"]}]})


def test_every_fact_has_words() -> None:
    """Whatever can be told can be asked for."""
    assert all(str(fact_words(name)) for name in (*FLAGS, *CHOICES, *BOUNDS))
    assert {field for field in Item.__slots__ if field in Record.__slots__} == set()


def test_an_open_exception_leaves_the_whole_answer_open() -> None:
    """III.1(C): a tank that may stand in a historical collection may or may not count; that is no answer of kept."""
    outcome = one({**TANK, "held_by": "armed_forces", "exception": "historic"})
    assert (outcome.kind, outcome.standing.counts.value, outcome.verdict) == ("battle_tank", None, Verdict.CANNOT_TELL)
    settled = one({**TANK, "held_by": "armed_forces", "exception": "historic", "in_collection": True})
    assert (settled.standing.counts.value, settled.verdict) == (False, Verdict.OK)


def test_a_name_that_ends_in_a_full_stop() -> None:
    """A record names its item by the same words, whatever they end in."""
    case = read_items(
        {
            "at": AT,
            "item": [{**GOOD, "id": "T-72 no. 3."}],
            "record": [{"of": "T-72 no. 3.", "by": "POL", "armoured": True}],
        }
    )
    assert case.records[0].of == case.items[0].id
