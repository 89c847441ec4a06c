"""Read what is told of quotas, plans and designations, so that it can be judged (``docs/judgements.md``).

What is left out stays unknown; a key that nobody knows is refused: a misspelt fact would otherwise be a missing one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import FIRST_YEAR, LAST_YEAR, ActRow, act_rows
from skywitness.law.acts import read_acts
from skywitness.law.fact_tables import JUDGE, own_tables
from skywitness.law.instrument import Instrument, load
from skywitness.law.judge.commission.docket_file import read_commission
from skywitness.law.judge.docket import (
    KINDS,
    Designation,
    Docket,
    Exemplar,
    Held,
    Planned,
    Sequence,
    Turn,
    TypeSensor,
)
from skywitness.law.ledger import YearQuota
from skywitness.law.rows import Row

_MOST_FLIGHTS: Final = 1_000
_MOST_PEOPLE: Final = 1_000
_LONGEST: Final = 500
_HEAVIEST_KG: Final = 1_000_000.0

T = TypeVar("T")


def read_docket(data: Mapping[str, Any], where: str = "", *, instrument: Instrument | None = None) -> Docket:
    """Read what the TOML reader gave.

    :raises InputError: of kind ``bad_facts`` with all faults.
    """
    faults, law = Faults(), instrument or load()
    own = own_tables(data, JUDGE, faults)
    top = ActRow(Row({}, "file", faults), {key: own[key] for key in _FIELDS if key in own}, law)
    acts = read_acts({table: own[table] for table in _ACTS if table in own}, faults, law)

    def read(table: str, reader: Callable[[ActRow], T]) -> tuple[T, ...]:
        return tuple(_closed(row, reader) for row in act_rows(own.get(table, []), table, faults, law))

    docket = Docket(
        held=tuple(map(_held, acts.quotas)),
        complete_years=_years(top),
        agreements=acts.agreements,
        planned=read("planned", _planned),
        sequences=read("sequence", lambda row: _sequence(row, law)),
        designations=read_designations(own, faults, law),
        commission=read_commission(own, faults, law),
        said_by=_words(top, "said_by", ""),
    )
    _refuse_twice(docket, faults)
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."), where)
    return docket


def read_designations(data: Mapping[str, Any], faults: Faults, law: Instrument) -> tuple[Designation, ...]:
    """Read the designations of types of aircraft that stand in ``data``, noting faults."""
    rows = act_rows(data.get("designation", []), "designation", faults, law)
    return tuple(_closed(row, _designation) for row in rows)


_ACTS: Final = ("agreement", "year_quota")
_FIELDS: Final = ("said_by", "complete")


def _closed(row: ActRow, reader: Callable[[ActRow], T]) -> T:
    found = reader(row)
    row.close()
    return found


def _years(row: ActRow) -> frozenset[int]:
    """Read the years whose rows of quotas are complete."""
    found = row.raw("complete")
    for year in found:
        if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
            row.fault("complete", say("{value} is no year such as 2007", value=repr(year)[:40]))
            return frozenset()
    return frozenset(found)


def _held(quota: YearQuota) -> Held:
    return Held(
        party=quota.party,
        year=quota.year,
        source=quota.told.source,
        over=quota.over,
        shared=quota.shared,
        active_total=quota.active_total,
        passive_total=quota.passive_total,
        decided=quota.decided,
        known=quota.told.known,
    )


def _planned(row: ActRow) -> Planned:
    return Planned(
        observing=row.party("observing"),
        observed=row.party("observed"),
        year=row.year("year"),
        quarter=row.needed_whole("quarter", 1, 4),
        flights=row.needed_whole("flights", 0, _MOST_FLIGHTS),
        source=_words(row, "source"),
        flown=row.whole("flown", 0, _MOST_FLIGHTS),
        fitted=row.flag("fitted"),
    )


def _sequence(row: ActRow, law: Instrument) -> Sequence:
    flights = row.anything("flight") or []
    return Sequence(
        observed=row.party("observed"),
        year=row.year("year"),
        quarter=row.needed_whole("quarter", 1, 4),
        notified=row.needed_day("notified"),
        source=_words(row, "source"),
        turns=tuple(_closed(below, _turn) for below in act_rows(flights, f"{row.where}.flight", row.faults, law)),
    )


def _turn(row: ActRow) -> Turn:
    start = row.day("from")
    turn = Turn(
        observing=row.party("observing"),
        start=start,
        end=row.day("to") if start is None else row.day_after("to", start),
        provides=row.flag("provides"),
        told=row.day("told"),
    )
    if (turn.start is None) != (turn.end is None):
        row.fault("from", say("from and to stand together"))
    if turn.told is not None and turn.provides is not True:
        row.fault("told", say("only that the observed Party provides the aircraft is told: provides = true"))
    return turn


def _designation(row: ActRow) -> Designation:
    start = row.needed_day("from")
    found = Designation(
        type=_words(row, "type"),
        party=row.party("party"),
        source=_words(row, "source"),
        start=start,
        notified=row.day("notified"),
        informed=row.flag("informed"),
        end=row.day_after("to", start),
        end_notified=row.day("to_notified"),
        seats=row.whole("seats", 0, _MOST_PEOPLE),
        crew=row.whole("crew", 0, _MOST_PEOPLE),
        stations=row.whole("stations", 0, _MOST_PEOPLE),
        max_takeoff_mass_kg=row.optional_number("max_takeoff_mass_kg", 1.0, _HEAVIEST_KG),
        lent=row.flag("lent"),
        sensors=tuple(_sensor(below) for below in row.rows("sensor")),
        exemplars=tuple(_exemplar(below) for below in row.rows("exemplar")),
    )
    if found.end is None and found.end_notified is not None:
        row.fault("to_notified", say("a notice of deletion needs the day from which it holds (to)"))
    _check_exemplars(row, found)
    return found


def _sensor(row: Row) -> TypeSensor:
    sensor = TypeSensor(
        ident=_words(row, "ident"),
        kind=row.text("kind", among=tuple(KINDS)),
        available=row.flag("available"),
        ground_resolution_m=row.optional_number("ground_resolution_m", 0.001, 1_000.0),
        real_time_display=row.flag("real_time_display"),
        decision=_words(row, "decision", ""),
    )
    row.close()
    return sensor


def _exemplar(row: Row) -> Exemplar:
    exemplar = Exemplar(_words(row, "registration"), row.texts("sensors"), row.flag("offered"))
    row.close()
    return exemplar


def _check_exemplars(row: Row, found: Designation) -> None:
    """Note sensors of an aircraft that its type does not have, and names that stand twice."""
    idents = [sensor.ident for sensor in found.sensors]
    for exemplar in found.exemplars:
        for ident in exemplar.sensors:
            if ident not in idents:
                row.fault(
                    "exemplar", say("{ident} is no sensor of this type ([[designation.sensor]])", ident=repr(ident))
                )
    names = (*idents, *(exemplar.registration for exemplar in found.exemplars))
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        row.fault("sensor", say("{name} stands more than once", name=repr(name)))


def _words(row: Row, key: str, default: str | None = None) -> str:
    """Read words that will be shown: no longer than a screen can hold, and nothing that could steer one."""
    words = row.text(key) if default is None else row.text(key, default)
    if len(words) > _LONGEST or not words.isprintable():
        row.fault(key, say("words of at most {most} characters without control characters are expected", most=_LONGEST))
        return ""
    if default is None and key in row and not words.strip():
        row.fault(key, say("is empty"))
    return words


def _refuse_twice(docket: Docket, faults: Faults) -> None:
    """Note rows of which only one can be true."""
    held = [f"{row.party} {row.year}" for row in docket.held]
    planned = [f"{row.observing} > {row.observed}, {row.year}, Q{row.quarter}" for row in docket.planned]
    sequences = [f"{row.observed}, {row.year}, Q{row.quarter}" for row in docket.sequences]
    types = [f"{row.party}: {row.type}" for row in docket.designations]
    tables = (("year_quota", held), ("planned", planned), ("sequence", sequences), ("designation", types))
    for table, names in tables:
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            faults.add(f"{table}[{name}]", say("more than one table is about the same"))
