"""The numbers of the CFE Treaty: what the text says twice, what follows by arithmetic, and what does not."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from skywitness.cfe.doubts import doubts, sum_of_levels
from skywitness.cfe.groups import GROUPS, group_of_state, members_on
from skywitness.cfe.kinds import CATEGORIES, COUNTS, find_kind, find_type, type_key
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.places import AREAS, districts, find_place, places
from skywitness.cfe.span import Span
from skywitness.cfe.ways import interpretations
from skywitness.core.errors import DataError
from skywitness.core.reading import Reading

ROOT = Path(__file__).resolve().parents[2]
AT = dt.date(1996, 6, 1)
LAW = Law(Reading(at=AT))
GROUND = CATEGORIES[:3]


def number(key: str, subject: str) -> int:
    """Return a limit."""
    return LAW.most(key, subject)[0]


@pytest.mark.parametrize("category", GROUND)
def test_the_limits_fit_into_one_another(category: str) -> None:
    """Flanks are IV.1 less IV.2, IV.2 active and flanks make IV.1 active, storage is the same in both (digest 2.4)."""
    total, active = number("area_total", category), number("area_active", category)
    extended, extended_active = number("extended_total", category), number("extended_active", category)
    flank = number("flank_active", category)
    assert total - extended == flank
    assert extended_active + flank == active
    assert total - active == extended - extended_active
    assert active >= extended_active >= number("inner_active", category) >= number("core_active", category)


@pytest.mark.parametrize(("category", "stored"), list(zip(GROUND, (3_500, 2_700, 3_000), strict=True)))
def test_what_may_only_be_stored(category: str, stored: int) -> None:
    """The room for storage alone is 3,500, 2,700 and 3,000."""
    assert number("area_total", category) - number("area_active", category) == stored


@pytest.mark.parametrize("category", GROUND)
def test_a_third_of_a_deployment_goes_to_one_state(category: str) -> None:
    """What one State may receive is a third of what may be deployed (Article V.1(C))."""
    assert number("deployed_to_one_state", category) * 3 == number("deployed_for_a_time", category)


@pytest.mark.parametrize(
    ("category", "both"), list(zip(CATEGORIES, (40_000, 60_000, 40_000, 13_600, 4_000), strict=True))
)
def test_both_groups_together_hold_the_totals_of_the_preamble(category: str, both: int) -> None:
    """Twice the limit of a group is what the preamble aims at."""
    assert 2 * number("area_total", category) == both


SUMS = {"WEST": (19_142, 29_822, 18_286, 6_662, 2_000), "EAST": (20_000, 30_000, 20_000, 6_800, 2_000)}


def levels(*states: str, at: dt.date) -> tuple[int, ...]:
    """Add up levels of some States."""
    law = Law(Reading(at=at))
    found = [[law.level(state, category) for state in states] for category in CATEGORIES]
    return tuple(sum(one.high for one in row if one is not None) for row in found)


def test_the_levels_of_the_west_add_up() -> None:
    """The levels of 1990 of the sixteen States add up to the sums of the digest."""
    west = members_on("WEST", dt.date(1992, 8, 1))
    assert len(west) == 16
    assert levels(*west, at=dt.date(1990, 11, 19)) == SUMS["WEST"]


def test_the_levels_of_the_east_add_up() -> None:
    """With the Soviet and the Czechoslovak levels the group of 1990 is exactly at its limits."""
    states = ("BGR", "CSK", "HUN", "POL", "ROU", "SUN")
    assert levels(*states, at=dt.date(1990, 12, 1)) == SUMS["EAST"]


def test_the_levels_that_a_review_of_1999_adds_up() -> None:
    """Sixteen allies and three new ones had 22,664, 35,039, 21,503, 7,532 and 2,288 (source C23)."""
    three = levels("CZE", "HUN", "POL", at=dt.date(1993, 1, 1))
    assert tuple(map(sum, zip(SUMS["WEST"], three, strict=True))) == (22_664, 35_039, 21_503, 7_532, 2_288)


def test_czechoslovakia_was_divided_without_a_rest() -> None:
    """The two successors have its levels two to one, and nothing is lost."""
    assert levels("CZE", "SVK", at=dt.date(1993, 1, 1)) == levels("CSK", at=dt.date(1992, 12, 31))


def test_tashkent_fits_only_without_kazakhstan() -> None:
    """Seven States have exactly the Soviet levels; with Kazakhstan the Eastern group is above its limits."""
    day = dt.date(1992, 5, 15)
    seven = ("ARM", "AZE", "GEO", "BLR", "MDA", "RUS", "UKR")
    assert levels(*seven, at=day) == levels("SUN", at=dt.date(1990, 12, 1)) == (13_150, 20_000, 13_175, 5_150, 1_500)
    assert levels("KAZ", at=day) == (50, 200, 100, 15, 20)
    told = {(one.one, one.other) for one in doubts(Law(Reading(at=dt.date(1993, 6, 1))))}
    assert told == {(20_050, 20_000), (30_200, 30_000), (20_100, 20_000), (6_849, 6_800), (2_020, 2_000)}


def test_a_level_between_two_dates_is_a_span() -> None:
    """Russia's aircraft are 3,450 or 3,416 until the later number was seen; nobody picks one."""
    found = LAW.level("RUS", "combat_aircraft")
    assert found is not None
    assert (found.low, found.high) == (3_416, 3_450)
    later = Law(Reading(at=dt.date(2000, 1, 1))).level("BLR", "combat_aircraft")
    assert later is not None
    assert (later.low, later.high) == (294, 294)
    assert LAW.level("EST", "battle_tank") is None


def test_transfers_inside_the_west_change_levels() -> None:
    """The United States had 5,372 vehicles and 2,492 guns in 1990, 5,152 and 2,742 in 1999."""
    before, after = dt.date(1990, 11, 19), dt.date(1999, 1, 1)
    assert levels("USA", at=before)[:3] == (4_006, 5_372, 2_492)
    assert levels("USA", at=after)[:3] == (4_006, 5_152, 2_742)


RESIDUAL = list(csv.DictReader((ROOT / "examples" / "cfe" / "residual_1995.csv").read_text("utf-8").splitlines()))
TOTALS = {
    "BEL": 1_569, "CAN": 6, "DNK": 1_285, "FRA": 7_080, "DEU": 8_599, "GRC": 6_432,
    "ISL": 0, "ITA": 6_748, "LUX": 0, "NLD": 2_498,
}  # fmt: skip


@pytest.mark.parametrize("state", TOTALS)
def test_the_residual_table_adds_up(state: str) -> None:
    """Each line of the table of November 1995 has the total that is printed; Italy's only with 2.986 as 2,986."""
    assert sum(int(row["count"]) for row in RESIDUAL if row["state"] == state) == TOTALS[state]


# ---- places ----


def test_every_state_has_its_place() -> None:
    """Every State of both groups with land in the area has a place, and stands in one group only."""
    east, west = (set(instrument().groups[group].members) for group in GROUPS)
    assert not east & west
    without = {state for state in east | west if not districts(state) and state not in places()}
    assert without == {"CAN", "USA", "SUN"}
    assert {group_of_state(state) for state in ("DEU", "USA")} == {"WEST"}


ZONES = {
    "core": "BEL CSK CZE DEU HUN LUX NLD POL SVK",
    "inner": "BLR DNK FRA GBR ITA carpathian kaliningrad kiev",
    "extended": "ESP KAZ PRT moscow volga-ural-west",
    "flank": "ARM AZE BGR GEO GRC ISL MDA NOR ROU TUR leningrad leningrad-north leningrad-south north-caucasus odessa",
}


@pytest.mark.parametrize("zone", ZONES)
def test_the_areas_of_the_text(zone: str) -> None:
    """Each place lies in the area where Articles IV and V have it (digest 2.4)."""
    assert sorted(one.id for one in places().values() if one.zone == zone) == sorted(ZONES[zone].split())


def test_the_areas_nest() -> None:
    """The core lies in the inner area, that in the extended one, and the flanks are all the rest."""
    assert AREAS["core"] < AREAS["inner"] < AREAS["extended"] < AREAS["area"]
    assert AREAS["flank"] == AREAS["area"] - AREAS["extended"]


@pytest.mark.parametrize(
    ("state", "words", "place"),
    [
        ("RUS", "Kaliningrad", "kaliningrad"),
        ("RUS", "former Baltic Military District", "kaliningrad"),
        ("RUS", "ЛенВО", "leningrad"),
        ("UKR", "Kyiv", "kiev"),
        ("UKR", "Odesa MD", "odessa"),
        ("DEU", "", "DEU"),
        ("KAZ", "", "KAZ"),
        ("TUR", "not told", "not-told"),
    ],
)
def test_districts_by_what_people_write(state: str, words: str, place: str) -> None:
    """Districts are found by English, Russian and older names."""
    found = find_place(state, words)
    assert getattr(found, "id", found) == place


# ---- kinds and types ----


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("M-l", "battle_tank"),
        ("M-1", "battle_tank"),
        ("t72", "battle_tank"),
        ("BMP-l", "armoured_infantry_fighting_vehicle"),
        ("Commando VI50", "heavy_armament_combat_vehicle"),
        ("AMX-13", "heavy_armament_combat_vehicle"),
        ("AMX-13 VTT", "armoured_personnel_carrier"),
        ("YPR-765", "armoured_personnel_carrier"),
        ("YPR-765 (25mm)", "armoured_infantry_fighting_vehicle"),
        ("F-lll", "combat_aircraft"),
        ("Mirage Fl", "combat_aircraft"),
        ("Mi-24", "specialised_attack_helicopter"),
        ("Su-100", "heavy_armament_combat_vehicle"),
        ("Su-27", "combat_aircraft"),
        ("X-wing", None),
    ],
)
def test_types_by_their_names_with_slips(name: str, kind: str | None) -> None:
    """A letter that a scan puts for a figure leads to the same type (digest 8)."""
    assert find_type(name) == kind


def test_every_subject_of_a_limit_is_counted() -> None:
    """Whatever limits.toml limits the program knows how to count."""
    keys = ("area_total", "area_active", "kiev_total", "south_leningrad_stored", "single_state", "removed_at_once")
    assert {subject for key in keys for subject in instrument().subjects(key)} <= COUNTS.keys()


def test_words_for_kinds() -> None:
    """People write plural, capitals and short forms."""
    assert find_kind("MBT") == find_kind("Battle Tanks") == "battle_tank"
    assert find_kind("avlb") == "armoured_vehicle_launched_bridge"
    assert type_key("  M 1 ") == "m1"


# ---- readings ----


def test_months_from_either_day() -> None:
    """From 17 July 1992 forty months end on 17 November 1995, from entry into force on 9 March 1996 (digest V-13)."""
    other = Law(Reading(at=AT, interpretations={"CFE:VIII.4": "from_entry_into_force"}))
    assert LAW.after("months_to_limits")[0] == dt.date(1995, 11, 17)
    assert other.after("months_to_limits")[0] == dt.date(1996, 3, 9)
    phases = [LAW.after(key)[0] for key in ("first_phase", "second_phase", "third_phase", "part_destroyed_finished")]
    assert phases == [dt.date(1993, 11, 17), dt.date(1994, 11, 17), dt.date(1995, 11, 17), dt.date(1997, 11, 17)]


@pytest.mark.parametrize(
    ("rounding", "share"), [("exact", 265), ("round_down", 265), ("round_up", 266), ("round_nearest", 266)]
)
def test_rounding_is_a_named_setting(rounding: str, share: int) -> None:
    """One per cent of 26,550 is 265.5: the text has no rule, the reading names one."""
    assert Law(Reading(at=AT, interpretations={"CFE:IX.1(B)": rounding})).share(1, 26_550) == share
    assert rounding in interpretations()["CFE:IX.1(B)"].ways


def test_a_broken_file_of_places_is_refused(tmp_path: Path) -> None:
    """Zones that there are not, and districts that cover nothing known, are told together."""
    from skywitness.cfe.places import load_places

    path = tmp_path / "districts.toml"
    path.write_text(
        '[[place]]\nid = "A"\nstate = "A"\nzone = "moon"\n[[later]]\nnames = ["B"]\nstate = "A"\ncovers = ["C"]\n'
    )
    with pytest.raises(DataError) as refused:
        load_places(path)
    assert len(refused.value.faults) == 2


def test_a_type_in_two_categories_is_refused(tmp_path: Path) -> None:
    """A type cannot be two things; spelling does not hide it."""
    from skywitness.cfe.kinds import load_types

    path = tmp_path / "types.toml"
    row = '[[types]]\ncategory = "{}"\nnames = ["{}"]\nsource = "x"\nstatus = "text"\n'
    path.write_text(row.format("battle_tank", "M-1") + row.format("artillery", "M-l"))
    with pytest.raises(DataError):
        load_types(path)


def test_sums_of_levels_are_spans() -> None:
    """A sum with an unsettled level in it has two ends."""
    assert sum_of_levels(LAW, "EAST", "attack_helicopter") == Span(2_020, 2_020)
    assert sum_of_levels(LAW, "EAST", "combat_aircraft") == Span(6_781, 6_849)
