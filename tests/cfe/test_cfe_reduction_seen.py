"""What inspectors saw of each procedure, step by step (Protocol on Reduction II to VIII and X to XII)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.cfe.ledgers import AT, found, verdicts

from skywitness.cfe.law import Law
from skywitness.cfe.reduction.model import PURPOSES
from skywitness.cfe.reduction.steps import PROCEDURES, ROOT, Condition, Step, below, facts_of, load, steps
from skywitness.core.reading import Reading
from skywitness.law.provisions import provisions

LAW = Law(Reading(at=AT))


def seen(procedure: str, **facts: Any) -> Any:
    """Judge what was seen of one procedure."""
    row = {"state": "DEU", "by": "RUS", "procedure": procedure, **facts}
    return found(site=[], seen=row)


TABLE: list[tuple[str, str, str, dict[str, Any]]] = [
    # provision, verdict, procedure, what was seen: at the number, and just beyond it
    ("II.1(A)", "ok", "presented_tank", {"hull_presented": True, "turret_presented": True, "gun_presented": True}),
    ("II.1(A)", "breach", "presented_tank", {"hull_presented": True, "turret_presented": True, "gun_presented": False}),
    ("II.1(B)", "ok", "presented_vehicle",
     {"hull_presented": True, "no_turret": True, "gun_presented": False, "gun_mm": 14.5}),
    ("II.1(B)", "breach", "presented_vehicle",
     {"hull_presented": True, "turret_presented": True, "gun_presented": False, "gun_mm": 20, "no_gun": False}),
    ("II.2", "ok", "presented_aircraft", {"complete_assembly": True}),
    ("II.2", "breach", "presented_aircraft", {"complete_assembly": False}),
    ("III.2(C)", "ok", "tank_severing", {"breech_welds": 2, "breech_ring_cut": False}),
    ("III.2(C)", "ok", "tank_severing", {"breech_welds": 0, "breech_ring_cut": True}),
    ("III.2(C)", "breach", "tank_severing", {"breech_welds": 1, "breech_ring_cut": False}),
    ("III.2(C)", "cannot_tell", "tank_severing", {"breech_welds": 1}),
    ("III.2(C)(1)", "not_applicable", "tank_severing", {"breech_welds": 1, "breech_ring_cut": True}),
    ("III.2(C)(2)", "not_applicable", "tank_severing", {"breech_welds": 2}),
    ("III.2(D)", "ok", "tank_severing", {"tube_cut_mm": 100}),
    ("III.2(D)", "breach", "tank_severing", {"tube_cut_mm": 100.5}),
    ("III.2(F)", "ok", "tank_severing", {"turret_sections": 2, "sector_deg": 60, "sector_radial_mm": 200}),
    ("III.2(F)", "breach", "tank_severing", {"turret_sections": 1, "sector_deg": 60, "sector_radial_mm": 200}),
    ("III.2(F)", "breach", "tank_severing", {"turret_sections": 2, "sector_deg": 59, "sector_radial_mm": 200}),
    ("III.2(F)", "breach", "tank_severing", {"turret_sections": 2, "sector_deg": 60, "sector_radial_mm": 199}),
    ("III.4(F)", "ok", "tank_deformation", {"hull_narrower_percent": 20, "turret_narrower_percent": 20}),
    ("III.4(F)", "breach", "tank_deformation", {"hull_narrower_percent": 20, "turret_narrower_percent": 19}),
    ("III.5(A)", "ok", "tank_smashing", {"hull_cracks": 3, "turret_cracks": 1}),
    ("III.5(A)", "breach", "tank_smashing", {"hull_cracks": 2, "turret_cracks": 1}),
    ("III.5(A)", "breach", "tank_smashing", {"hull_cracks": 3, "turret_cracks": 0}),
    ("IV.2(C)", "ok", "vehicle_severing",
     {"tracked": False, "gearbox_areas_severed": True, "gearbox_margin_mm": 100}),
    ("IV.2(C)", "breach", "vehicle_severing",
     {"tracked": False, "gearbox_areas_severed": True, "gearbox_margin_mm": 99}),
    ("IV.2(D)", "cannot_tell", "vehicle_severing", {"turret_removed": True}),
    ("IV.2(D)(3)", "ok", "vehicle_severing", {"fighting_vehicle": True, "breech_casing_severed": True}),
    ("IV.4(A)", "ok", "vehicle_smashing", {"hull_cracks": 3, "no_turret": True}),
    ("V.3(A)(1)", "ok", "gun_explosion", {"tube_split_m": 1.5}),
    ("V.3(A)(1)", "breach", "gun_explosion", {"tube_split_m": 1.6}),
    ("V.5(B)", "ok", "mortar_deformation", {"base_plate_deg": 45}),
    ("V.5(B)", "breach", "mortar_deformation", {"base_plate_deg": 44}),
    ("VI.2", "ok", "aircraft_severing", {"fuselage_parts": 3, "nose_severed": True, "tail_severed_at_wing": True}),
    ("VI.2", "breach", "aircraft_severing",
     {"fuselage_parts": 2, "nose_severed": True, "tail_severed_at_wing": True}),
    ("VI.3", "ok", "aircraft_deformation", {"compressed_throughout": True, "fuselage_smaller_percent": 30}),
    ("VI.3", "breach", "aircraft_deformation", {"compressed_throughout": True, "fuselage_smaller_percent": 29}),
    ("VI.4", "ok", "aircraft_drone", {"shot_down_by_owner": False, "self_destroyed": True}),
    ("VI.4", "breach", "aircraft_drone", {"shot_down_by_owner": False, "self_destroyed": False}),
    ("VII.2(B)", "ok", "helicopter_severing", {"transmission_mounts": 2}),
    ("VII.2(B)", "breach", "helicopter_severing", {"transmission_mounts": 1}),
    ("VIII.6(A)(6)", "ok", "tank_conversion",
     {"roof_removed": True, "side_cut_mm": 200, "upper_third_of_glacis_cut": True}),
    ("VIII.6(A)(6)", "breach", "tank_conversion",
     {"roof_removed": True, "side_cut_mm": 199, "is_t64_or_t72": False, "upper_third_of_glacis_cut": True}),
    ("VIII.6(A)(6)", "ok", "tank_conversion",
     {"roof_removed": True, "side_cut_mm": 100, "is_t64_or_t72": True, "upper_third_of_glacis_cut": True}),
    ("VIII.6(A)(6)", "breach", "tank_conversion",
     {"roof_removed": True, "side_cut_mm": 99, "is_t64_or_t72": True, "upper_third_of_glacis_cut": True}),
    ("VIII.6(B)(2)", "ok", "vehicle_conversion", {"rear_engine": True, "roof_removed": True, "side_cut_mm": 300}),
    ("VIII.6(B)(2)", "breach", "vehicle_conversion", {"rear_engine": True, "roof_removed": True, "side_cut_mm": 299}),
    ("X.5(B)", "ok", "display", {"gun_mm": 75, "gun_welded": True, "gear_teeth": 3}),
    ("X.5(B)", "breach", "display", {"gun_mm": 75, "gun_welded": True, "gear_teeth": 2, "no_gear": False}),
    ("X.5(C)", "ok", "display", {"gun_mm": 74, "filled_to_muzzle_mm": 100}),
    ("X.5(C)", "breach", "display", {"gun_mm": 74, "filled_to_muzzle_mm": 101, "no_gun": False}),
    ("X.5(A)", "breach", "display",
     {"engine": True, "fuel_tanks_useless": False, "compartment_filled": True}),
    ("XII.4(A)", "ok", "instruction_aircraft", {"fuselage_halved": True}),
]  # fmt: skip


@pytest.mark.parametrize(("provision", "verdict", "procedure", "facts"), TABLE, ids=[f"{r[0]} {r[1]}" for r in TABLE])
def test_each_line_of_the_table(provision: str, verdict: str, procedure: str, facts: dict[str, Any]) -> None:
    """At the number a step is kept, beyond it broken; what is not told is not judged."""
    assert verdicts(seen(procedure, **facts), f"REDUCTION.{provision}") == [verdict]


# ---- every step there is ----


def good(one: Condition) -> Any:
    """Tell a condition's fact so that it is met."""
    limit = float(LAW.number(one.key)[0]) if one.key else 0.0
    return {"": one.wanted, ">=": limit, "<=": limit, "<": limit - 1}[one.sign]


def bad(one: Condition) -> Any:
    """Tell a condition's fact so that it is not met."""
    limit = float(LAW.number(one.key)[0]) if one.key else 0.0
    return {"": not one.wanted, ">=": limit - 1, "<=": limit + 1, "<": limit}[one.sign]


def above(step: Step, every: tuple[Step, ...]) -> list[Step]:
    """Return a step and those it stands below."""
    return [one for one in every if step.provision == one.provision or step.provision.startswith(f"{one.provision}(")]


def kept_facts(step: Step, every: tuple[Step, ...]) -> dict[str, Any]:
    """Tell everything as asked; where steps exclude one another, for this one."""
    own = [one for one in every if one.provision.startswith(step.provision)]
    facts: dict[str, Any] = {}
    for one in (way[0] for each in [*every, *own] for way in each.all):
        facts[one.fact] = max(good(one), facts.get(one.fact, 0.0)) if one.sign == ">=" else good(one)
    facts |= {one.when.fact: good(one.when) for one in [*own[::-1], *above(step, every)] if one.when}
    return facts


STEPS = [(procedure, step) for procedure in PROCEDURES for step in steps(procedure)]
IDS = [f"{procedure} {step.provision.removeprefix(ROOT)}" for procedure, step in STEPS]


@pytest.mark.parametrize(("procedure", "step"), STEPS, ids=IDS)
def test_each_step_is_kept_or_broken(procedure: str, step: Step) -> None:
    """Done as asked it is kept; with nothing of it done it is broken, and so is the whole procedure."""
    every = steps(procedure)
    ident, facts = step.provision.removeprefix("CFE:"), kept_facts(step, every)
    assert verdicts(seen(procedure, **facts), ident) == ["ok"]
    parents = [one for one in above(step, every) if one.below == "any"]
    spoiled = [one for one in every if any(one.provision.startswith(f"{up.provision}(") for up in parents)]
    spoiled += [one for one in every if one.provision.startswith(step.provision)]
    broken = {one.fact: bad(one) for each in spoiled for way in each.all for one in way}
    asked = {one.when.fact: good(one.when) for one in [*spoiled[::-1], *above(step, every)] if one.when}
    findings = seen(procedure, **{**facts, **broken, **asked})
    assert verdicts(findings, ident) == ["breach"]
    assert verdicts(findings, every[0].provision.removeprefix("CFE:"))[0] == "breach" or ident.endswith("II.2")


@pytest.mark.parametrize("procedure", [name for name in PROCEDURES if not name.startswith("presented")])
def test_a_whole_procedure_reduces(procedure: str) -> None:
    """Seen in full one procedure is enough; with nothing told it cannot be told (I.1)."""
    every = steps(procedure)
    facts = {way[0].fact: good(way[0]) for step in every for way in step.all}
    for step in every:
        if step.when is not None:
            facts.setdefault(step.when.fact, good(step.when))
    needed = {name: facts.get(name, True) for name in facts_of(procedure)}
    outcomes = verdicts(seen(procedure, **needed), "REDUCTION.I.1")
    assert outcomes in (["ok may"], ["breach"])
    if procedure not in ("display",):
        assert outcomes == ["ok may"]
    assert verdicts(seen(procedure), "REDUCTION.I.1") == ["cannot_tell"]


CHOICES = [("III.1", "tank_severing"), ("IV.1", "vehicle_smashing"), ("V.1", "gun_severing"),
           ("VI.1", "aircraft_deformation"), ("VII.1", "helicopter_severing")]  # fmt: skip


@pytest.mark.parametrize(("provision", "procedure"), CHOICES)
def test_a_way_to_destroy_is_chosen_each_time(provision: str, procedure: str) -> None:
    """Each way that is offered may be taken, and another one next time."""
    assert verdicts(seen(procedure), f"REDUCTION.{provision}") == ["ok may"]


def test_every_paragraph_with_a_procedure_has_a_step() -> None:
    """What is a step of Sections II to VIII.6 and of the last paragraphs of X to XII is asked for, and nothing else."""
    here = re.compile(
        r"II\.(1\(|2)|III\.[2-5]|IV\.[2-4]|V\.([2-9]|1\d)|VI\.[23]|VII\.[2-4]|VIII\.6\(|X\.5|XI\.4\(|XII\.4\("
    )
    wanted = {
        row.id
        for row in provisions(instrument="cfe")
        if here.match(row.id.removeprefix(ROOT)) and row.id.startswith(ROOT)
    }
    drones = {f"{ROOT}VI.4", f"{ROOT}VI.4(B)", f"{ROOT}VI.4(C)"}
    assert set(load()) == wanted | drones
    reached = {step.provision for procedure in PROCEDURES for step in steps(procedure)}
    assert reached == set(load())


def test_steps_that_branch_say_how() -> None:
    """A step with others below it counts all or any of them, and one without has conditions of its own."""
    every = tuple(load().values())
    for step in every:
        assert bool(below(step, every)) is (step.below in ("all", "any")), step.provision
        assert step.all or step.below, step.provision


PRINTED = [
    ("gun_tube_cut", 100, r"no more than 100 millimetres from the breech ring"),
    ("breech_welds", 2, r"welding the breech block to the breech ring in at least two places"),
    ("turret_sector", 60, r"no less than 60 degrees and, at a minimum, 200 millimetres in radial axis"),
    ("turret_section_depth", 200, r"at a minimum, 200 millimetres in radial axis"),
    ("turret_sections", 2, r"severing of two sections from the perimeter"),
    ("width_reduced", 20, r"widths are each reduced by at least 20 percent"),
    ("hull_cracks", 3, r"cracked in at least three separate places"),
    ("turret_cracks", 1, r"the turret in at least one place"),
    ("gearbox_margin", 100, r"no less than 100 millimetres from the cuts"),
    ("salvaged_gun", 20, r"machine guns of less than 20 millimetre"),
    ("tube_split", 1.5, r"within 1\.5 metres of the breech"),
    ("base_plate_bent", 45, r"an angle of at least 45 degrees"),
    ("fuselage_parts", 3, r"divided into three parts"),
    ("fuselage_deformed", 30, r"length is reduced by at least 30 percent"),
    ("transmission_mounts", 2, r"at least two transmission mounts"),
    ("tank_side_cut", 200, r"no less than 200 millimetres \(for the T-64 and T-72"),
    ("tank_side_cut_t64_t72", 100, r"T-64 and T-72, no less than 100 millimetres\)"),
    ("vehicle_side_cut", 300, r"no less than 300 millimetres below"),
    ("display_gun", 75, r"with 75 millimetre or larger guns"),
    ("gear_teeth", 3, r"three consecutive gear teeth"),
    ("barrel_filled", 100, r"within 100 millimetres of the muzzle"),
    ("drones", 200, r"no more than 200 combat aircraft"),
    ("drone_evidence", 90, r"Within 90 days of the notification"),
    ("accident_notice", 7, r"within seven days of its occurrence"),
    ("accident_evidence", 90, r"Within 90 days of the notification"),
    ("vehicle_conversion_notice", 15, r"at least 15 days in advance"),
    ("conversion_inspected", 24, r"in the 24 months following"),
]


@pytest.mark.parametrize(("key", "value", "words"), PRINTED, ids=[row[0] for row in PRINTED])
def test_each_number_is_printed_so(shared: Path, key: str, value: float, words: str) -> None:
    """The number stands in the text as it stands in the data."""
    assert LAW.number(key)[0] == value
    assert re.search(words, (shared / "law" / "cfe-treaty.txt").read_text("utf-8"))


def test_every_fact_is_on_the_page() -> None:
    """A person who writes a ledger finds each procedure with its facts, and each civil use."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "cfe_reduction.md").read_text("utf-8")
    for procedure in PROCEDURES:
        (line,) = [one for one in text.splitlines() if one.startswith(f"| `{procedure}` |")]
        assert not [name for name in facts_of(procedure) if f"`{name}`" not in line]
    assert not [name for name in PURPOSES if f"`{name}`" not in text]
