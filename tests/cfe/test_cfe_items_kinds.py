"""In which category an item falls: the definitions at their edges, the lists, and what nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cfe.items_files import CARRIER, HELICOPTER, PLANE, TANK, asked, of, one, without

from skywitness.cfe.items.answer import NOTHING
from skywitness.cfe.items.desk import Desk
from skywitness.cfe.items.known import Known
from skywitness.cfe.items.land import ways_of
from skywitness.cfe.items.listed import entries
from skywitness.cfe.kinds import BESIDE, KINDS, category_of, type_key
from skywitness.cfe.law import Law
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
APC, AIFV, HACV = "armoured_personnel_carrier", "armoured_infantry_fighting_vehicle", "heavy_armament_combat_vehicle"
SPECIAL, MULTI = "specialised_attack_helicopter", "multi_purpose_attack_helicopter"
SUPPORT, TRANSPORT = "combat_support_helicopter", "unarmed_transport_helicopter"
BRIDGE = {**TANK, "calibre_mm": 0, "carries_bridge": True, "lays_bridge": True}
WHEELED = {**TANK, "running_gear": "wheeled"}
ABOUT = {**TANK, "unladen_weight_t": 16.6, "unladen_weight_t_uncertainty": 0.3}
OTHER_TASKS = {"armed": False, "guided_weapons": False, "other_military_functions": True}
HOWITZER = {**TANK, "main_fire": "indirect", "system": "howitzer", "calibre_mm": 152}
NEW = {"entered_service": 1991}
OPEN_GUN = {**TANK, "traverse_360": False, "armoured": False, "indirect_capability": True}

LAND: list[tuple[str, dict[str, Any], str | tuple[str, ...]]] = [
    ("a tank", TANK, "battle_tank"),
    ("at the edge", {**TANK, "unladen_weight_t": 16.5, "calibre_mm": 75}, "battle_tank"),
    ("too light", {**TANK, "unladen_weight_t": 16.49}, HACV),
    ("measured, surely heavy", {**TANK, "unladen_weight_t": 16.9, "unladen_weight_t_uncertainty": 0.4}, "battle_tank"),
    ("measured, may be lighter", ABOUT, ("battle_tank", HACV)),
    ("small gun", {**TANK, "calibre_mm": 74.9}, ()),
    ("gun fixed in the hull", {**TANK, "traverse_360": False}, HACV),
    ("wheels of old", {**TANK, "running_gear": "wheeled", "entered_service": 1990}, HACV),
    ("wheels of today", {**TANK, "running_gear": "wheeled", **NEW}, "battle_tank"),
    ("wheels, nobody knows since when", without(WHEELED, "entered_service"), ("battle_tank", HACV)),
    ("heavy armament at its edge", {**TANK, "unladen_weight_t": 6.0, "calibre_mm": 75}, HACV),
    ("too light for that", {**TANK, "unladen_weight_t": 5.99}, ()),
    ("a carrier", CARRIER, APC),
    ("a carrier of 19.9 mm", {**CARRIER, "calibre_mm": 19.9}, APC),
    ("20 mm and fire from inside", {**CARRIER, "calibre_mm": 20, "fires_from_inside": True}, AIFV),
    ("20 mm and no fire from inside", {**CARRIER, "calibre_mm": 20}, (APC, AIFV)),
    ("a squad and a large gun", {**CARRIER, "calibre_mm": 100, "fires_from_inside": True}, AIFV),
    ("calibre not told", without(CARRIER, "calibre_mm"), (APC, AIFV)),
    ("no armour", {**CARRIER, "armoured": False}, ()),
    ("an ambulance", {**CARRIER, "ambulance": True}, ()),
    ("whether armoured not told", without(CARRIER, "armoured"), (APC, NOTHING)),
    ("artillery", HOWITZER, "artillery"),
    ("artillery at its edge", {**HOWITZER, "calibre_mm": 100}, "artillery"),
    ("too small", {**HOWITZER, "calibre_mm": 99.9}, ()),
    ("new, direct, and effective in indirect fire", {**OPEN_GUN, **NEW}, "artillery"),
    ("the same of old", {**TANK, "armoured": False, "indirect_capability": True}, ()),
    ("a new tank that does both", {**TANK, **NEW, "indirect_capability": True}, ("battle_tank", "artillery")),
    ("a bridge-layer", BRIDGE, "armoured_vehicle_launched_bridge"),
    ("a bridge it does not take up", {**BRIDGE, "lays_bridge": False}, ()),
    ("looks like a carrier", {**CARRIER, "carries_squad": False, "looks_like": APC}, f"{APC}_look_alike"),
    ("looks like a fighting vehicle", {**CARRIER, "carries_squad": False, "looks_like": AIFV}, f"{AIFV}_look_alike"),
    ("looks so and has 20 mm", {**CARRIER, "carries_squad": False, "looks_like": APC, "calibre_mm": 20}, ()),
]  # fmt: skip

AIR: list[tuple[str, dict[str, Any], str | tuple[str, ...]]] = [
    ("armed", PLANE, "combat_aircraft"),
    ("for reconnaissance, of an armed type", {**PLANE, "armed": False}, "combat_aircraft"),
    ("no version armed", {**PLANE, "armed": False, "armed_version": False}, ()),
    ("first training", {**PLANE, "primary_trainer": True}, "primary_trainer_aircraft"),
    ("variable wing", {**PLANE, "wing": "variable"}, "combat_aircraft"),
    ("training or not", without(PLANE, "primary_trainer"), ("combat_aircraft", "primary_trainer_aircraft")),
    ("attack", HELICOPTER, MULTI),
    ("mainly guided weapons", {**HELICOPTER, "mainly_guided": True}, SPECIAL),
    ("which of the two", without(HELICOPTER, "mainly_guided"), (SPECIAL, MULTI)),
    ("without fire control", {**HELICOPTER, "integrated_fire_control": False}, SUPPORT),
    ("unarmed, for other tasks", {**HELICOPTER, **OTHER_TASKS}, SUPPORT),
    ("transport", {**HELICOPTER, "armed": False, "guided_weapons": False}, TRANSPORT),
    ("fire control not told", without(HELICOPTER, "integrated_fire_control"), (MULTI, SUPPORT)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "kinds"), LAND, ids=[row[0] for row in LAND])
def test_definitions_on_land(name: str, facts: dict[str, Any], kinds: str | tuple[str, ...]) -> None:
    """Each definition at its edges; what is open keeps every kind that is possible."""
    assert one(facts).kinds == ((kinds,) if isinstance(kinds, str) else kinds)


@pytest.mark.parametrize(("name", "facts", "kinds"), AIR, ids=[row[0] for row in AIR])
def test_definitions_in_the_air(name: str, facts: dict[str, Any], kinds: str | tuple[str, ...]) -> None:
    """Aircraft and helicopters by what they carry and are built for."""
    assert one(facts, medium="air").kinds == ((kinds,) if isinstance(kinds, str) else kinds)


FINDINGS: list[tuple[str, str, dict[str, Any], Verdict]] = [
    ("II.1(C)", "land", TANK, OK),
    ("II.1(C)", "land", {**TANK, "unladen_weight_t": 10}, NO),
    ("II.1(D)", "land", CARRIER, OK),
    ("II.1(D)", "land", {**TANK, "armoured": False}, NO),
    ("II.1(F)", "land", HOWITZER, OK),
    ("II.1(F)", "land", {**HOWITZER, "calibre_mm": 99}, NO),
    ("II.1(F)", "land", {**without(HOWITZER, "calibre_mm"), "calibre_mm_at_least": 90}, OPEN),
    ("II.1(I)", "land", BRIDGE, OK),
    ("II.1(S)", "land", {**CARRIER, "carries_squad": False, "looks_like": APC}, OK),
    ("II.1(K)", "air", PLANE, OK),
    ("II.1(L)", "air", HELICOPTER, OK),
    ("II.1(M)", "air", HELICOPTER, OK),
    ("II.1(M)", "air", without(HELICOPTER, "guided_weapons"), OPEN),
    ("II.1(N)", "air", {**HELICOPTER, "mainly_guided": True}, OK),
    ("II.1(O)", "air", HELICOPTER, OK),
    ("II.1(P)", "air", {**HELICOPTER, "integrated_fire_control": False}, OK),
]


@pytest.mark.parametrize(("ident", "medium", "facts", "verdict"), FINDINGS, ids=lambda value: str(value)[:30])
def test_a_definition_that_is_met_has_its_effect(
    ident: str, medium: str, facts: dict[str, Any], verdict: Verdict
) -> None:
    """Who meets a definition must treat the item so; who does not has no duty by it; what is open asks for facts."""
    found = of(one(facts, medium=medium), ident)
    kept = [step for step in found if step.verdict is verdict]
    assert kept
    assert all((step.effect is not None) is (verdict is OK) for step in kept)
    assert all(bool(step.needs) is (verdict is OPEN) for step in kept)
    assert verdict is OK or OK not in [step.verdict for step in found]


def test_the_weight_stands_against_its_limit() -> None:
    """A measured weight shows its width and its margin."""
    (step,) = of(one({**TANK, "unladen_weight_t": 16.6, "unladen_weight_t_uncertainty": 0.3}), "II.1(C)")
    assert (step.measured, step.uncertainty, step.limit, step.unit) == (16.6, 0.3, 16.5, "t")
    assert step.margin == pytest.approx(-0.2)
    assert step.needs


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("unladen_weight_t", (6.0, 16.5)),
        ("calibre_mm", (20.0, 75.0, 100.0)),
        ("entered_service", (1991.0,)),
    ],
)
def test_definitions_part_numbers_where_the_law_does(name: str, steps: tuple[float, ...]) -> None:
    """An open number is tried below every value of Article II.1(C) to (F), and at each of them."""
    case = asked({}).case
    desk = Desk(Known(case.items[0], ()), Law(Reading(at=case.at)))
    assert [low for low, _ in ways_of(desk, name)][1:] == list(steps)


# ---- unladen weight ----

LOAD = {
    "ammunition": 1.0,
    "fuel": 1.0,
    "removable_reactive_armour": 0.5,
    "spares_and_tools": 0.3,
    "removable_snorkel": 0.1,
    "crew": 0.4,
}


@pytest.mark.parametrize(
    ("loaded", "parts", "kinds"),
    [
        (19.9, LOAD, ("battle_tank",)),
        (19.7, LOAD, (HACV,)),
        (16.4, {}, (HACV, NOTHING)),
        (19.9, {"ammunition": 1.0}, ("battle_tank", HACV, NOTHING)),
        (17.4, {"ammunition": 1.0}, (HACV, NOTHING)),
    ],
)
def test_a_loaded_weight_says_what_it_can(loaded: float, parts: dict[str, float], kinds: tuple[str, ...]) -> None:
    """Less its whole load it is the unladen weight; else it only bounds it from above."""
    told = {**without(TANK, "unladen_weight_t"), "loaded_weight_t": loaded, "left_out_t": parts}
    assert one(told).kinds == kinds


def test_what_the_unladen_weight_leaves_out() -> None:
    """Fuel may be left out, armour that is fixed may not: then the weight is no unladen weight."""
    kept = one({**TANK, "left_out_t": {"fuel": 1.0}})
    assert [step.verdict for step in of(kept, "II.1(E)")] == [OK]
    found = one({**TANK, "left_out_t": {"fuel": 1.0, "fixed_armour": 2.0}})
    (step,) = of(found, "II.1(E)")
    assert step.verdict is BREACH
    assert step.effect is not None
    assert found.verdict is BREACH


# ---- lists ----

LISTED: list[tuple[str, str, str, dict[str, Any], tuple[str, ...], str]] = [
    ("T-72", "", "POL", {}, ("battle_tank",), "TYPES.I.1"),
    ("M-l", "", "USA", {}, ("battle_tank",), "TYPES.I.1"),
    ("BTR-60", "", "POL", {}, (APC,), "TYPES.I.2(A)"),
    ("BTR-60", "PU-12", "POL", {}, (f"{APC}_look_alike",), "TYPES.II.1"),
    ("BMP-2", "", "POL", {}, (AIFV,), "TYPES.I.2(B)"),
    ("BMP-1", "KSh", "POL", {}, (f"{AIFV}_look_alike",), "TYPES.II.2"),
    ("PT-76", "", "POL", {}, (HACV,), "TYPES.I.2(C)"),
    ("2S1", "", "POL", {}, ("artillery",), "TYPES.I.3(A)"),
    ("2S12", "", "POL", {}, ("artillery",), "TYPES.I.3(B)"),
    ("BM-21", "", "POL", {}, ("artillery",), "TYPES.I.3(C)"),
    ("MiG-21", "", "POL", {}, ("combat_aircraft",), "TYPES.I.4"),
    ("Mi-24", "", "POL", {}, (SPECIAL,), "TYPES.I.5(A)"),
    ("Gazelle", "", "FRA", {"guided_features": True}, (MULTI,), "TYPES.I.5(B)"),
    ("L-39", "", "CZE", {}, ("primary_trainer_aircraft",), "TYPES.II.3"),
    ("Mi-6", "", "RUS", {}, (SUPPORT,), "TYPES.II.4"),
    ("Mi-2", "", "POL", {"armed": False}, (TRANSPORT,), "TYPES.II.5"),
    ("Mi-2", "", "POL", {"armed": True}, (SUPPORT,), "TYPES.II.4"),
    ("Mi-2", "", "POL", {}, (SUPPORT, TRANSPORT), "TYPES.II.4"),
    ("W-3 Sokol", "", "POL", {}, (TRANSPORT,), "TYPES.II.5"),
    ("MT-55A", "", "CZE", {}, ("armoured_vehicle_launched_bridge",), "TYPES.II.6"),
]


@pytest.mark.parametrize(
    ("name", "model", "state", "facts", "kinds", "ident"), LISTED, ids=[f"{row[0]} {row[1]} {row[4]}" for row in LISTED]
)
def test_listed_types(
    name: str, model: str, state: str, facts: dict[str, Any], kinds: tuple[str, ...], ident: str
) -> None:
    """The list gives the kind, whatever else is told; the paragraph that lists the type says so."""
    found = one(facts, type=name, model=model, state=state)
    assert found.kinds == kinds
    steps = of(found, ident)
    assert [step.verdict for step in steps][:1] == [OK]
    assert steps[0].effect is not None
    (listed,) = of(found, "II.2")
    assert listed.verdict is OK
    assert listed.effect is not None


@pytest.mark.parametrize(("name", "ident"), [("BTR-70", "TYPES.I.2"), ("D-30", "TYPES.I.3"), ("Mi-24", "TYPES.I.5")])
def test_every_model_of_a_listed_type_is_of_its_kind(name: str, ident: str) -> None:
    """The paragraph above the lists binds all models."""
    (step,) = of(one({}, type=name), ident)
    assert step.verdict is OK
    assert step.effect is not None


def test_a_type_in_no_list_is_judged_by_the_definitions() -> None:
    """Its facts decide, and names that come near are told."""
    found = one(TANK, type="T-73")
    assert found.kinds == ("battle_tank",)
    (step,) = of(found, "II.2")
    assert step.verdict is NO
    assert "T-7" in str(step.why)


def test_an_ambulance_of_a_listed_type_is_no_carrier() -> None:
    """An ambulance on a carrier is neither; where words differ it may be nothing."""
    assert one({"ambulance": True}, type="M113").kinds == ()
    both = one({"ambulance": True}, {"ambulance": False, "by": "FRA"}, type="M113")
    assert both.kinds == (APC, NOTHING)
    assert both.verdict is OPEN


HELICOPTERS: list[tuple[str, str, str, dict[str, Any], tuple[str, ...], str, Verdict]] = [
    ("Mi-24", "Mi-24V", "RUS", {}, (SPECIAL,), "HELI.I.2", OK),
    ("Mi-24", "Mi-24R", "RUS", {"reconnaissance_fit": True}, (SPECIAL,), "HELI.I.3", OK),
    ("Mi-24", "Mi-24K", "RUS", {"reconnaissance_fit": False}, (SPECIAL,), "HELI.I.3", NO),
    ("Mi-24", "Mi-24K", "RUS", {}, (SPECIAL,), "HELI.I.3", OPEN),
    ("Mi-24", "Mi-24R", "POL", {"reconnaissance_fit": True}, (SPECIAL,), "HELI.I.3", NO),
    ("Mi-8", "", "RUS", {"holds_attack_models": True, "guided_features": True}, (MULTI,), "HELI.I.4", NO),
    ("Mi-8", "", "RUS", {"holds_attack_models": True, "guided_features": False}, (SUPPORT,), "HELI.I.4", OK),
    ("Mi-8", "", "RUS", {"holds_attack_models": True}, (MULTI, SUPPORT), "HELI.I.4", OPEN),
    ("Mi-8", "", "HUN", {"holds_attack_models": False}, (SUPPORT,), "HELI.I.5", OK),
    ("Mi-8", "", "HUN", {"guided_features": True}, (MULTI,), "HELI.I.5", OPEN),
]


@pytest.mark.parametrize(("name", "model", "state", "facts", "kinds", "ident", "verdict"), HELICOPTERS)
def test_listed_helicopters(
    name: str, model: str, state: str, facts: dict[str, Any], kinds: tuple[str, ...], ident: str, verdict: Verdict
) -> None:
    """Section I of the Protocol on helicopters parts what stands in several lists."""
    found = one(facts, type=name, model=model, state=state, medium="air")
    assert found.kinds == kinds
    (step,) = of(found, ident)
    assert step.verdict is verdict
    assert (step.effect is not None) is (verdict is OK or (ident == "HELI.I.4" and verdict is NO))
    (rule,) = of(found, "II.3")
    assert rule.verdict is OK
    assert rule.effect is not None


def test_a_scout_is_limited_only_beyond_the_hundred() -> None:
    """Whether it counts depends on all eight States, which one item does not tell."""
    found = one({"reconnaissance_fit": True}, type="Mi-24", model="R", state="RUS", medium="air")
    assert found.standing.limited.value is None
    assert found.verdict is OPEN
    assert "eight States" in str(found.needs[0])
    (step,) = of(found, "HELI.I.3")
    assert (step.values[0].value, step.values[0].status) == (100, "text")


@pytest.mark.parametrize(
    ("model", "facts", "kinds", "verdict"),
    [
        ("MiG-21U", {"certified_unarmed": True}, ("unarmed_trainer_aircraft",), OK),
        ("MiG-21U", {"certified_unarmed": False}, ("combat_aircraft",), OK),
        ("MiG-21U", {}, ("combat_aircraft", "unarmed_trainer_aircraft"), OK),
        ("MiG-21bis", {"certified_unarmed": True}, ("combat_aircraft",), NO),
    ],
)
def test_a_trainer_that_can_leave_the_limits(
    model: str, facts: dict[str, Any], kinds: tuple[str, ...], verdict: Verdict
) -> None:
    """Seven models can be certified as unarmed, no other version of a listed aircraft."""
    found = one(facts, type="MiG-21", model=model, medium="air")
    assert found.kinds == kinds
    (step,) = of(found, "RECLASS.II.1")
    assert step.verdict is verdict
    assert (step.effect is not None) is (verdict is OK)


def test_the_lists_hold_what_the_text_lists(shared: Any) -> None:
    """Every stored name of one word stands in the Protocol, as the scan prints it or as it stands on paper."""
    text = (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8")
    start, end = text.index("Existing types of battle tanks are"), text.index("TECHNICAL DATA AND PHOTOGRAPHS")
    plain = "".join(sign for sign in text[start:end].casefold() if sign.isalnum())
    plain = plain.translate(str.maketrans("lio", "110"))
    parts = [word for those in entries().types.values() for entry in those for word in entry.name.split()]
    missing = {word for word in parts if type_key(word) not in plain}
    # The text writes these with another: BM-22/27, MHO for M110, UH-1A/1B, UH-1D/1H, 4.2".
    assert missing == {"BM-27", "M110", "UH-1B", "UH-1H", "inch"}


def test_every_kind_is_listed_or_defined() -> None:
    """Kinds that the Treaty names are reached by a list."""
    listed = {entry.kind for those in entries().types.values() for entry in those}
    listed |= {entry.kind for entry in entries().look_alikes.values()}
    assert {*KINDS} - {*BESIDE} - listed == {"armoured_combat_vehicle", "attack_helicopter", "unarmed_trainer_aircraft"}
    assert {category_of(kind) for kind in listed} <= {*KINDS}


# ---- how an owner counts it ----


@pytest.mark.parametrize(
    ("counted", "verdict"),
    [("battle_tank", OK), ("heavy_armament_combat_vehicle", BREACH), ("", OK)],
)
def test_how_its_owner_counts_it(counted: str, verdict: Verdict) -> None:
    """Counted as what it is, it is kept; as something else, it is not, and must be counted right."""
    found = one(TANK, counted_as=counted)
    (step,) = of(found, "II.1")
    assert step.verdict is verdict
    assert step.effect is not None
    assert found.verdict is verdict
