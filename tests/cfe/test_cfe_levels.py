"""Maximum levels as States notify them (Article VII) and forces stationed abroad (IV.5): one row, one situation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.cfe_files import held, line, of

from skywitness.cfe.check import Answered, judge
from skywitness.cfe.groups import members_on
from skywitness.cfe.law import Law
from skywitness.cfe.levels.notice import Notice, told_on
from skywitness.cfe.read import book_from_toml
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
T, A, R, F, H = "battle_tank", "armoured_combat_vehicle", "artillery", "combat_aircraft", "attack_helicopter"
IFV, HACV = "armoured_infantry_fighting_vehicle", "heavy_armament_combat_vehicle"
D = dt.date
SIGNED, AT = D(1990, 11, 19), D(1998, 6, 1)
FIVE = {T: 4_166, A: 3_446, R: 2_705, F: 900, H: 306}
GROUND = {T: 1, A: 1, R: 1}
OWED = ("extended_total", "inner_active", "core_active", "flank_active")
AREAS = dict.fromkeys(OWED, GROUND)


def judged(*levels: dict[str, Any], at: D = AT, complete: bool = False, rows: tuple[Any, ...] = ()) -> Answered:
    """Judge a file of levels; each has a name and was told to all unless it says otherwise."""
    named = [{"id": f"n{number}", "told_to_all": True, **one} for number, one in enumerate(levels, 1)]
    data: dict[str, Any] = {"at": at, "complete": complete, "level": named}
    return judge(book_from_toml({**data, **({"holding": list(rows)} if rows else {})}), Reading(at=at))


def level(state: str, notified: D, days: int = 0, **fields: Any) -> dict[str, Any]:
    """Write a notification that takes effect so many days after it."""
    return {"state": state, "notified": notified, "effective": notified + dt.timedelta(days=days), **fields}


def verdicts(found: Answered, provision: str) -> list[str]:
    """Return the verdicts on a provision."""
    return [one.verdict.value for one in of(found, provision)]


# ---- VII.2: at signature ----

SIGNATURE: list[tuple[str, dict[str, Any], Verdict]] = [
    ("on the day, all five, to all", level("DEU", SIGNED, **FIVE), OK),
    ("a day late", level("DEU", SIGNED + dt.timedelta(days=1), **FIVE), BREACH),
    ("not to all", level("DEU", SIGNED, **FIVE, told_to_all=False), BREACH),
    ("guns missing, whole", level("DEU", SIGNED, **{**FIVE, R: 1}, whole=True), OK),
    ("guns left out of the notification", {**{k: v for k, v in level("DEU", SIGNED, **FIVE).items() if k != R},
                                           "whole": True}, BREACH),
    ("guns not told here", {k: v for k, v in level("DEU", SIGNED, **FIVE).items() if k != R}, OPEN),
    ("a successor, which did not sign", level("UKR", D(1992, 5, 15), **FIVE), NO),
]  # fmt: skip


@pytest.mark.parametrize(("_", "one", "verdict"), SIGNATURE, ids=[row[0] for row in SIGNATURE])
def test_levels_of_signature(_: str, one: dict[str, Any], verdict: Verdict) -> None:
    """VII.2: at signature, to all other Parties, for every category."""
    assert verdicts(judged(one), "VII.2") == [verdict.value]


def test_levels_of_signature_without_who_was_told_cannot_be_told() -> None:
    """Whether all others had it is not known by its being silent."""
    data = {"at": AT, "level": [level("DEU", SIGNED, **FIVE)]}
    assert verdicts(judge(book_from_toml(data), Reading(at=AT)), "VII.2") == ["cannot_tell"]


# ---- VII.3: changes ----

NOTICE: list[tuple[int, dict[str, Any], Verdict]] = [
    (90, {}, OK),
    (91, {}, OK),
    (89, {}, BREACH),
    (90, {"told_to_all": False}, BREACH),
]


@pytest.mark.parametrize(("days", "more", "verdict"), NOTICE)
def test_a_level_changes_with_ninety_days_of_notice(days: int, more: dict[str, Any], verdict: Verdict) -> None:
    """VII.3: ninety days before the day on which it takes effect, to all."""
    found = judged(level("GBR", D(1996, 1, 1), days, artillery=600, **more))
    assert verdicts(found, "VII.3") == [verdict.value]
    assert (of(found, "VII.3")[0].effect is not None) is (verdict is OK)


NEW = D(1998, 1, 1)
TANKS: list[tuple[str, list[dict[str, Any]], list[str], list[str]]] = [
    # what, notifications, VII.3 of the sum and the partner, VII.6
    ("within the limit of the group", [level("NOR", NEW, 90, battle_tank=200)], ["ok"], ["ok"]),
    ("a fall", [level("DEU", NEW, 90, battle_tank=4_000)], [], []),
    ("up to the limit", [level("NOR", NEW, 90, battle_tank=170 + 858)], ["ok"], ["ok"]),
    ("one above it", [level("NOR", NEW, 90, battle_tank=170 + 859)], ["breach"], []),
    ("above it, for a partner holds less",
     [level("NOR", NEW, 90, battle_tank=170 + 859, room_from_holdings_of=["USA"])], ["breach"], ["breach"]),
    ("within it, though a partner's holdings are named",
     [level("NOR", NEW, 90, battle_tank=200, room_from_holdings_of=["USA"])], ["ok"], ["ok"]),
    ("above it, with a partner's cut on the same day",
     [level("NOR", NEW, 90, battle_tank=170 + 859, matched_by=["n2"]), level("DEU", NEW, 90, battle_tank=4_165)],
     ["ok", "ok"], ["ok"]),
    ("above it, with a cut before", [level("NOR", NEW, 90, battle_tank=170 + 859, matched_by=["n2"]),
                                     level("DEU", D(1997, 1, 1), 90, battle_tank=4_165)], ["ok", "ok"], ["ok"]),
    ("above it, with a cut a day later",
     [level("NOR", NEW, 90, battle_tank=170 + 859, matched_by=["n2"]), level("DEU", NEW, 91, battle_tank=4_165)],
     ["breach", "breach"], []),
    ("a cut in the other group", [level("NOR", NEW, 90, battle_tank=200, matched_by=["n2"]),
                                  level("POL", NEW, 90, battle_tank=1_000)], ["ok", "breach"], ["ok"]),
    ("a cut of something else", [level("NOR", NEW, 90, battle_tank=200, matched_by=["n2"]),
                                 level("DEU", NEW, 90, battle_tank=4_166, artillery=2_700)], ["ok", "breach"], ["ok"]),
    ("a cut that is not told by its number", [level("NOR", NEW, 90, battle_tank=200, matched_by=["n2"]),
                                              level("DEU", NEW, 90, artillery=2_700)], ["ok", "cannot_tell"], ["ok"]),
    ("more than one State may have", [level("USA", NEW, 90, combat_aircraft=784 + 138),
                                      level("DEU", NEW, 90, combat_aircraft=900)], ["ok"], ["ok"]),
    ("above the sum already, by what is only stored", [level("ARM", NEW, 90, attack_helicopter=51)],
     ["cannot_tell"], []),
    ("of a level that is not settled", [level("RUS", NEW, 90, battle_tank=6_380)], ["cannot_tell"], []),
    ("from a level that nobody tells", [level("NOR", NEW, 90, armoured_infantry_fighting_vehicle=9)], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("_", "levels", "sums", "rights"), TANKS, ids=[row[0] for row in TANKS])
def test_what_makes_room_for_a_rise(_: str, levels: list[dict[str, Any]], sums: list[str], rights: list[str]) -> None:
    """VII.3, VII.6: a rise stays within the group's limit or follows a partner's cut; lower holdings give no right."""
    found = judged(*levels)
    of_first = [one for one in of(found, "VII.3") if one.where is not None and one.where.name == "level[n1]"]
    assert [one.verdict.value for one in of_first if one.unit != "d"] == sums
    assert verdicts(found, "VII.6") == rights


def test_no_cut_makes_room_above_what_one_state_may_have() -> None:
    """VI: 13,300 tanks are the most of one State, though partners give up all of theirs."""
    others = [level(state, NEW, 90, battle_tank=0) for state in ("DEU", "FRA", "GBR", "ITA", "TUR", "GRC")]
    assert "breach" not in verdicts(judged(level("USA", NEW, 90, battle_tank=13_300), *others), "VII.3")
    assert "breach" in verdicts(judged(level("USA", NEW, 90, battle_tank=13_301), *others), "VII.3")


def test_a_rise_in_an_area_is_held_against_the_limit_of_the_area() -> None:
    """The flanks hold 6,000 guns: with every level told the sum decides, with one missing it cannot be told."""
    west = members_on("WEST", AT)
    share = {"GRC": 2_000, "TUR": 3_500, "NOR": 500}

    def flank(guns: int) -> dict[str, Any]:
        return {"areas": {"flank_active": {R: guns}}}

    first = [level(state, D(1995, 8, 1), 100, **flank(share.get(state, 0))) for state in west]
    for guns, verdict in ((500, "ok"), (501, "breach")):
        rise = level("NOR", NEW, 90, id="rise", **flank(guns))
        found = [
            one for one in of(judged(*first, rise), "VII.3") if "Flanks" in str(one.why) or "flank" in str(one.why)
        ]
        assert [one.verdict.value for one in found] == ([] if verdict == "ok" else ["breach"])
    room = [one if one["state"] != "GRC" else level("GRC", D(1995, 8, 1), 100, **flank(1_999)) for one in first]
    rise = level("NOR", NEW, 90, id="rise", **flank(501))
    assert [one.verdict.value for one in of(judged(*room, rise), "VII.3") if "flank" in str(one.why)] == ["ok"]
    assert [one.verdict.value for one in of(judged(*room[1:], rise), "VII.3") if "flank" in str(one.why)] == [
        "cannot_tell"
    ]


# ---- VII.4 and VII.5 ----

KINDS: list[tuple[dict[str, Any], list[str]]] = [
    ({A: 100, IFV: 60, HACV: 0}, ["ok"]),
    ({A: 100, IFV: 60, "whole": True}, ["breach"]),
    ({A: 100, "whole": True}, ["breach"]),
    ({A: 100, IFV: 60}, ["cannot_tell"]),
    ({T: 100}, []),
]


@pytest.mark.parametrize(("fields", "wanted"), KINDS)
def test_kinds_of_armoured_vehicles_are_told_apart(fields: dict[str, Any], wanted: list[str]) -> None:
    """VII.4: a level of armoured vehicles has levels of infantry fighting and of heavy armament vehicles with it."""
    assert verdicts(judged(level("NLD", NEW, 90, **fields)), "VII.4") == wanted


DUE = D(1995, 8, 19)
DIVIDED: list[tuple[str, list[dict[str, Any]], dict[str, Any], list[str]]] = [
    ("on the last day", [level("NLD", DUE, 90, areas=AREAS)], {}, ["ok"]),
    ("a day later, nothing else", [level("NLD", DUE + dt.timedelta(days=1), 90, areas=AREAS)], {"complete": True},
     ["ok", "breach"]),
    ("a day later, as far as is told", [level("NLD", DUE + dt.timedelta(days=1), 90, areas=AREAS)], {},
     ["ok", "cannot_tell"]),
    ("one area missing in the whole text", [level("NLD", DUE, 90, whole=True,
                                                  areas={name: AREAS[name] for name in OWED[:3]})], {}, ["breach"]),
    ("one area not told", [level("NLD", DUE, 90, areas={name: AREAS[name] for name in OWED[:3]})], {}, ["cannot_tell"]),
    ("one category missing", [level("NLD", DUE, 90, whole=True, areas={**AREAS, "core_active": {T: 1, A: 1}})], {},
     ["breach"]),
    ("a later change without areas", [level("NLD", DUE, 90, areas=AREAS),
                                      level("NLD", NEW, 90, artillery=9, whole=True)], {}, ["breach", "ok"]),
    ("a later change with areas", [level("NLD", DUE, 90, areas=AREAS),
                                   level("NLD", NEW, 90, artillery=9, areas=AREAS)], {}, ["ok", "ok"]),
    ("before it is due", [level("NLD", D(1995, 1, 1), 90, artillery=9)], {"at": DUE - dt.timedelta(days=1)}, []),
    ("never, in a complete file", [level("NLD", SIGNED, **FIVE)], {"complete": True}, ["breach"]),
]  # fmt: skip


@pytest.mark.parametrize(("_", "levels", "more", "wanted"), DIVIDED, ids=[row[0] for row in DIVIDED])
def test_levels_are_divided_by_area(
    _: str, levels: list[dict[str, Any]], more: dict[str, Any], wanted: list[str]
) -> None:
    """VII.5: by 19 August 1995, 90 days before month 40, and with every change from then on."""
    assert verdicts(judged(*levels, **more), "VII.5") == wanted


def test_by_the_other_start_levels_by_area_are_due_later() -> None:
    """Counted from entry into force month 40 ends on 9 March 1996, and 90 days before are 10 December 1995."""
    book = book_from_toml({"at": AT, "complete": True, "level": [level("NLD", D(1995, 12, 10), 91, areas=AREAS)]})
    for way, wanted in (("from_entry_into_force", ["ok"]), ("from_application", ["ok", "breach"])):
        found = judge(book, Reading(at=AT, interpretations={"CFE:VIII.4": way}))
        assert verdicts(found, "VII.5") == wanted


# ---- VII.1: what stands, and holdings against it ----


def test_told_levels_stand_in_the_place_of_stored_ones() -> None:
    """Holdings are held against the level the file tells, in the whole area, by area and by kind."""
    areas = {"core_active": {T: 1_000}, "inner_active": {T: 1_500}}
    told = level("DEU", D(1995, 8, 1), 100, battle_tank=2_000, **{A: 900, IFV: 500, HACV: 10}, areas=areas)
    rows = (held("DEU", T, 1_001), held("DEU", T, 600, where="FRA"), held("DEU", "aifv", 501), held("DEU", "hacv", 10))
    found = judged(told, rows=rows, complete=True)
    assert line(found, "maximum_level", "DEU").limit.allowed == 2_000
    assert line(found, "maximum_level", "DEU").verdict is OK
    assert line(found, "core_active", "DEU").verdict is BREACH
    assert line(found, "inner_active", "DEU").verdict is BREACH
    assert line(found, "maximum_level", "DEU", IFV).verdict is BREACH
    assert line(found, "maximum_level", "DEU", HACV).verdict is OK
    assert not [one for one in found.lines if one.limit.key == "flank_active" and one.limit.holder == "DEU"]


SHORT = level("DEU", D(1996, 1, 1), 30, battle_tank=3_000)


@pytest.mark.parametrize(
    ("at", "count", "verdict"),
    [
        (D(1996, 1, 30), 3_500, OK),
        (D(1996, 1, 31), 3_000, OK),
        (D(1996, 1, 31), 3_500, OPEN),
        (D(1996, 3, 30), 3_500, OPEN),
        (D(1996, 3, 31), 3_500, BREACH),
        (D(1996, 1, 31), 4_001, BREACH),
    ],
)
def test_a_change_notified_too_late_leaves_the_level_open(at: D, count: int, verdict: Verdict) -> None:
    """No article says whether it stands from its own day or after its 90: between the two numbers nothing is proved."""
    found = judged(level("DEU", SIGNED, battle_tank=4_000), SHORT, at=at, rows=(held("DEU", T, count),))
    assert line(found, "maximum_level", "DEU").verdict is verdict


@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 9_000)), min_size=1, max_size=6), st.integers(0, 2_500))
def test_a_level_stands_until_the_next(changes: list[tuple[int, int]], day: int) -> None:
    """Of notifications in good time the latest in effect stands, whatever order the file has."""
    start = D(1992, 1, 1)
    dated = {start + dt.timedelta(days=begins): number for begins, number in changes}
    notices = [
        Notice(str(begins), str(begins), "DEU", begins - dt.timedelta(days=90), begins, numbers={T: number})
        for begins, number in dated.items()
    ]
    at = start + dt.timedelta(days=day)
    found = told_on(notices, "DEU", T, at, Law(Reading(at=AT)).most("level_change_notice")[0])
    passed = [begins for begins in dated if begins <= at]
    assert (found.low if found else None) == (dated[max(passed)] if passed else None)
    assert found is None or found.low == found.high


# ---- IV.5 ----

STATIONED: list[tuple[dict[str, Any], list[str]]] = [
    ({"agreed": True}, ["ok"]),
    ({"agreed": False}, ["breach"]),
    ({}, ["cannot_tell"]),
    ({"agreed": False, "until": AT - dt.timedelta(days=1)}, ["not_applicable"]),
    ({"agreed": False, "since": AT + dt.timedelta(days=1)}, ["not_applicable"]),
    ({"agreed": False, "since": AT, "until": AT}, ["breach"]),
]


@pytest.mark.parametrize(("fields", "wanted"), STATIONED)
def test_forces_are_stationed_by_agreement(fields: dict[str, Any], wanted: list[str]) -> None:
    """IV.5: in another State Party only as that one agrees."""
    data = {"at": AT, "stationing": [{"state": "RUS", "in": "MDA", **fields}]}
    found = judge(book_from_toml(data), Reading(at=AT))
    assert verdicts(found, "IV.5") == wanted
    assert (of(found, "IV.5")[0].effect is not None) is (wanted[0] in ("ok", "breach"))


def test_whose_consent_is_not_told_is_said() -> None:
    """Forces abroad without a table are judged by nothing, and named; a table, or their own land, ends that."""
    rows = [held("USA", T, 5, where="DEU"), held("USA", T, 5, where="TUR"), held("DEU", T, 5)]
    book = book_from_toml({"at": AT, "holding": rows, "stationing": [{"state": "USA", "in": "TUR", "agreed": True}]})
    assert judge(book, Reading(at=AT)).consent_not_told == (("USA", "DEU"),)
