"""Read a file for joint planning from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, Literal

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row, note_twice, rows_of
from skywitness.sampling.mix.chances import placement_count
from skywitness.sampling.mix.model import EVERYWHERE, Kind, Pool, Problem, Region, Sight, Target

MOST_SITES: Final = 100_000
MOST_AFFECTED: Final = 1_000
MOST_REGIONS: Final = 8
MOST_KINDS: Final = 10
MOST_EVENTS: Final = 365
MOST_PLACEMENTS: Final = 500
MOST_DAYS: Final = 3_660
MOST_COST: Final = 1_000_000_000
LONGEST_NAME: Final = 60
_DIGITS: Final = 10**12
_ONE: Final = Fraction(1)
_ALL_SITES: Final = "sites"


def read_problem(data: Mapping[str, Any], where: str = "") -> Problem:
    """Read what is to be planned; ``docs/cli/sampling.md`` explains the form.

    :raises InputError: of kind ``bad_mix`` with all faults.
    """
    faults = Faults()
    top = Row(
        {key: value for key, value in data.items() if key not in ("target", "region", "pool", "kind")}, "", faults
    )
    regions = _regions(top, data.get("region"), faults)
    pools = tuple(_pool(row) for row in _tables(data, "pool", faults))
    kinds = tuple(_kind(row, regions, pools) for row in _tables(data, "kind", faults))
    for table, idents in (("region", regions), ("pool", pools), ("kind", kinds)):
        note_twice(table, (one.id for one in idents if one.id), faults)
    _check_parties(pools, kinds, faults)
    if not 1 <= len(kinds) <= MOST_KINDS:
        faults.add(
            "kind", say("{count} kinds of observation; from 1 to {most} are planned", count=len(kinds), most=MOST_KINDS)
        )
    affected, placement, told = _affected(top, regions)
    problem = Problem(
        title=_name(top, "title", needed=False),
        regions=regions,
        affected=affected,
        placement=placement,
        wanted=_share(top, "wanted", least=Fraction(1, 1000), most=Fraction("0.999999")),
        within_days=_amount(top, "within_days", MOST_DAYS, needed=True),
        target=_target(data.get("target"), faults),
        kinds=kinds,
        pools=pools,
        told=told,
        budget=_amount(top, "budget", MOST_COST) if "budget" in top else None,
    )
    top.close()
    tidy = Faults([type(one)(one.where.removeprefix("."), one.message) for one in faults])
    tidy.raise_if_any("bad_mix", say("The plan of observations cannot be used as it stands."), where)
    return problem


# ---- regions and what is affected ----


def _regions(top: Row, tables: Any, faults: Faults) -> tuple[Region, ...]:
    """Read the regions, or make one of all sites."""
    if tables is None:
        return (Region(_ALL_SITES, _whole(top, "sites", 1, MOST_SITES)),)
    if "sites" in top:
        top.fault("sites", say("stands beside regions, whose sites make up the whole; leave one out"))
        top.anything("sites")
    found = []
    for row in rows_of(tables, "region", faults):
        found.append(Region(_name(row, "id"), _whole(row, "sites", 1, MOST_SITES)))
        row.close()
    if not 1 <= len(found) <= MOST_REGIONS:
        faults.add("region", say("{count} regions; from 1 to {most} are read", count=len(found), most=MOST_REGIONS))
    return tuple(found) or (Region(_ALL_SITES, 1),)


Placed = Literal["random", "worst", "told"]


def _affected(top: Row, regions: tuple[Region, ...]) -> tuple[int, Placed, tuple[int, ...]]:
    """Read how many sites are affected, and where they lie."""
    sites = sum(region.sites for region in regions)
    if isinstance(top.anything("affected"), dict):
        return _affected_told(top, regions)
    affected = _whole(top, "affected", 1, MOST_AFFECTED)
    if affected > sites:
        top.fault(
            "affected",
            say("{affected} affected sites are more than the {sites} that there are", affected=affected, sites=sites),
        )
    placement: Placed = "worst" if top.text("placement", "random", among=("random", "worst")) == "worst" else "random"
    if placement_count(tuple(region.sites for region in regions), affected) > MOST_PLACEMENTS:
        top.fault(
            "affected",
            say(
                "{affected} affected sites can lie in {regions} regions in too many ways (over {most}); tell how many "
                "lie in each, or join regions",
                affected=affected,
                regions=len(regions),
                most=MOST_PLACEMENTS,
            ),
        )
    return affected, placement, ()


def _affected_told(top: Row, regions: tuple[Region, ...]) -> tuple[int, Placed, tuple[int, ...]]:
    """Read how many sites are affected in each region."""
    if "placement" in top:
        top.anything("placement")
        top.fault("placement", say("says nothing where affected tells how many sites there are in each region"))
    row = Row(top.anything("affected"), f"{top.where}.affected", top.faults)
    told, before = [], len(top.faults)
    for region in regions:
        told.append(_whole(row, region.id, 0, region.sites) if region.id in row else 0)
    row.close()
    if not sum(told) and len(top.faults) == before:
        top.fault("affected", say("tells of no affected site"))
    return max(1, sum(told)), "told", tuple(told)


def _target(table: Any, faults: Faults) -> Target:
    """Read what is to be noticed."""
    if not isinstance(table, dict):
        faults.add("target", say("one table is expected: [target]"))
        return Target("holding")
    row = Row(table, "target", faults)
    what = row.text("what", among=("holding", "build-up"))
    days = {
        key: _amount(row, key, MOST_DAYS) if key in row else None
        for key in ("appears_on_day", "lasts_days", "period_days")
    }
    row.close()
    if what not in ("holding", "build-up"):
        return Target("holding")
    if what == "holding":
        for key in (key for key, value in days.items() if value is not None):
            row.fault(key, say("belongs to a build-up; a holding is there for good"))
        return Target("holding")
    if not days["lasts_days"]:
        row.fault("lasts_days", say("a build-up needs how many days it stands, more than 0"))
    if (days["appears_on_day"] is None) == (days["period_days"] is None):
        row.fault(
            "appears_on_day",
            say(
                "a build-up needs either the day it appears on, or, where nobody expects it, the period_days over "
                "which observations are spread"
            ),
        )
    if days["period_days"] is not None and not days["period_days"]:
        row.fault("period_days", say("a period has more than 0 days"))
    return Target("build-up", days["lasts_days"], days["appears_on_day"], days["period_days"])


# ---- quotas and kinds ----


def _tables(data: Mapping[str, Any], table: str, faults: Faults) -> list[Row]:
    return rows_of(data.get(table, []), table, faults)


def _pool(row: Row) -> Pool:
    events = _whole(row, "events", 0, MOST_EVENTS)
    year = _whole(row, "year", 0, MOST_EVENTS) if "year" in row else events
    taken = row.anything("taken") if "taken" in row else {}
    if not isinstance(taken, dict) or not all(type(one) is int and 0 <= one <= MOST_EVENTS for one in taken.values()):
        row.fault(
            "taken", say("{met} is no table of whole numbers by Party, such as {{DEU = 3}}", met=quoted(taken, 40))
        )
        taken = {}
    up = row.text("share_rounded", "down", among=("down", "up")) == "up"
    share = _share(row, "most_share", default=_ONE)
    pool = Pool(_name(row, "id"), events, year, share, tuple(sorted(taken.items())), up)
    if year < events:
        row.fault("year", say("{year} a year are fewer than the {events} left of them", year=year, events=events))
    elif (used := sum(taken.values())) and events + used > year:
        row.fault(
            "taken",
            say("{used} taken and {events} left are more than the {year} a year", used=used, events=events, year=year),
        )
    row.close()
    return pool


def _kind(row: Row, regions: tuple[Region, ...], pools: tuple[Pool, ...]) -> Kind:
    name = _name(row, "id")
    pool = _of_pool(row, pools)
    most = pool.events if pool is not None else MOST_EVENTS
    kind = Kind(
        id=name,
        title=_name(row, "title", needed=False) or name,
        sees=_sees(row, regions),
        most=_whole(row, "most", 0, MOST_EVENTS) if "most" in row or "pool" not in row else most,
        cost=_amount(row, "cost", MOST_COST, needed=True),
        recognition=_share(row, "recognition", default=_ONE),
        moved=_share(row, "moved_after_notice", default=Fraction(0)),
        notice_days=_amount(row, "notice_days", MOST_DAYS),
        report_days=_amount(row, "report_days", MOST_DAYS),
        gap_days=_amount(row, "gap_days", MOST_DAYS),
        fresh=row.text("repeat", "fresh", among=("fresh", "never")) != "never",
        pool=None if pool is None else pool.id,
        by=_name(row, "by", needed=False),
    )
    if pool is not None and pool.most_share < 1 and not kind.by:
        row.fault(
            "by", say("the quota {pool} limits the share of one Party; tell whose observations these are", pool=pool.id)
        )
    row.close()
    return kind


def _check_parties(pools: tuple[Pool, ...], kinds: tuple[Kind, ...], faults: Faults) -> None:
    """Note who took something from a quota that makes no observation of it: taken off from nobody, it would be lost."""
    for pool in pools:
        known = sorted({kind.by for kind in kinds if kind.pool == pool.id and kind.by})
        for party in (party for party, _ in pool.taken if known and party not in known):
            told = {"met": quoted(party, 40), "known": ", ".join(known), "near": did_you_mean(party, known)}
            message = say(
                "{met} makes no observation of this quota; those who do (by) are {known}.{near} Leave out what others "
                "took, which is part neither of events nor of anybody's share.",
                **told,
            )
            faults.add(f"pool[{pool.id}].taken", message)


def _of_pool(row: Row, pools: tuple[Pool, ...]) -> Pool | None:
    if "pool" not in row:
        return None
    known = {pool.id: pool for pool in pools if pool.id}
    if known:
        return known.get(row.text("pool", among=tuple(known)))
    row.fault("pool", say("{met}: the file has no [[pool]] with an id", met=quoted(row.anything("pool"), 40)))
    return None


def _sees(row: Row, regions: tuple[Region, ...]) -> tuple[Sight, ...]:
    """Read how many sites one observation sees: of all, or of each region; and how often it is clear there."""
    sites = sum(region.sites for region in regions)
    told = row.anything("sees")
    if not isinstance(told, dict):
        clear = _share(row, "clear", default=_ONE)
        return (Sight(EVERYWHERE, _whole(row, "sees", 1, sites), clear),)
    clear_by = row.anything("clear") if isinstance(row.anything("clear"), dict) else None
    everywhere = _share(row, "clear", default=_ONE) if clear_by is None else _ONE
    seen, clear_row = Row(told, f"{row.where}.sees", row.faults), Row(clear_by or {}, f"{row.where}.clear", row.faults)
    found, before = [], len(row.faults)
    for region in regions:
        if region.id in seen:
            clear = _share(clear_row, region.id, default=everywhere) if region.id in clear_row else everywhere
            found.append(Sight(region.id, _whole(seen, region.id, 1, region.sites), clear))
    seen.close()
    clear_row.close()
    if not found and len(row.faults) == before:
        row.fault("sees", say("names no region that is seen"))
    return tuple(found)


# ---- fields ----


def _whole(row: Row, key: str, least: int, most: int) -> int:
    value = row.anything(key)
    if type(value) is int and least <= value <= most:
        return value
    row.fault(
        key,
        say("missing: expected a whole number from {least:,} to {most:,}", least=least, most=most)
        if key not in row
        else say("{met} is no whole number from {least:,} to {most:,}", met=quoted(value, 40), least=least, most=most),
    )
    return least


def _share(
    row: Row, key: str, least: Fraction = Fraction(0), most: Fraction = _ONE, default: Fraction | None = None
) -> Fraction:
    """Read a chance."""
    if key not in row and default is not None:
        return default
    value = _decimal(row.anything(key))
    if key not in row:
        _miss(row, key)
    elif value is None or not least <= value <= most:
        row.fault(
            key,
            say(
                "{met} is no chance from {least:g} to {most:.12g}; write 95 % as 0.95",
                met=quoted(row.anything(key), 40),
                least=float(least),
                most=float(most),
            ),
        )
    return value if value is not None and least <= value <= most else default or most


def _amount(row: Row, key: str, most: int, needed: bool = False) -> Fraction:
    """Read days or a cost, from 0."""
    if key not in row and not needed:
        return Fraction(0)
    value = _decimal(row.anything(key))
    if key not in row:
        _miss(row, key)
        return Fraction(0)
    if value is None or not 0 <= value <= most:
        row.fault(key, say("{met} is no number from 0 to {most:,}", met=quoted(row.anything(key), 40), most=most))
        return Fraction(0)
    return value


def _miss(row: Row, key: str) -> None:
    row.fault(key, say("missing: expected {words}", words=say("a number")))


def _decimal(value: Any) -> Fraction | None:
    """Take a number of TOML as it is written, at most 12 digits behind the point."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = Fraction(repr(value))
    except ValueError:  # nan and inf
        return None
    return found if _DIGITS % found.denominator == 0 else None


def _name(row: Row, key: str, needed: bool = True) -> str:
    """Read a name; one that could steer a terminal, or is long, is a fault."""
    if key not in row and not needed:
        return ""
    words = row.text(key)
    if (key in row and not words.strip()) or len(words) > LONGEST_NAME or not words.isprintable():
        row.fault(
            key,
            say("{met} is no name of 1 to {most} printable characters", met=quoted(words, 40), most=LONGEST_NAME),
        )
        return ""
    return words
