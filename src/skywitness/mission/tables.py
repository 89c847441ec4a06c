"""The tables of the clock (``clocks/*.toml``): read once, checked as a whole, refused with every fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.clock import Bound, Clock, Condition, Extension, OnDay, Pause, State
from skywitness.core.errors import Faults
from skywitness.core.text import Text, of_data, say
from skywitness.law.instrument import load as load_instrument
from skywitness.law.names import did_you_mean
from skywitness.law.provisions import provisions
from skywitness.law.rows import Row, read_tables, refuse_if_any
from skywitness.mission.kinds import kinds
from skywitness.mission.roles import ROLES

ROOM: Final = Path(__file__).parent / "clocks"
FILES: Final = (
    "articles_4_and_5",
    "article_6",
    "articles_7_and_8",
    "article_9",
    "article_13",
    "annex_d",
    "annex_e",
    "annex_f",
    "annexes_g_and_h",
    "annexes_i_k_and_l",
)
"""In the order of the Treaty."""

FACTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "provider": ("observing", "observed", "third"),
        "demonstration": ("observing", "observed", "none"),
        "film": ("observing", "observed"),
        "entry_elsewhere": ("yes", "no"),
        "quarter": ("q1", "q2", "q3", "q4"),
    }
)
"""Facts of a case that decide whether a clock runs, and their values."""

MODALITIES: Final = ("duty", "right", "power")
_LAPSES: Final = (State.LATE.value, State.LAPSED.value, State.DEEMED.value)
_NO_CLOCK: Final = Path(__file__).parent / "no_clock.toml"


@cache
def clocks() -> tuple[Clock, ...]:
    """Return every clock in the order of the Treaty.

    :raises DataError: when a file of the program is wrong, with all its faults.
    """
    return load(ROOM / f"{name}.toml" for name in FILES)


def load(paths: Iterable[Path]) -> tuple[Clock, ...]:
    """Read files of clocks; identifiers are unique over all of them.

    :raises DataError: with all faults of the first file that has any.
    """
    found: dict[str, Clock] = {}
    for path in paths:
        faults = Faults()
        for row in read_tables(path, ("clock",), faults)["clock"]:
            clock = _clock(row)
            if clock.id in found:
                row.fault("id", say("another clock has this identifier"))
            found[clock.id] = clock
        _check_sources(found, faults)
        refuse_if_any(faults, path)
    return tuple(found.values())


def _check_sources(found: Mapping[str, Clock], faults: Faults) -> None:
    for clock in found.values():
        if clock.arises_from and clock.arises_from not in found:
            where = f"clock[{clock.id}].arises_from"
            faults.add(where, say("there is no clock {ident} before it", ident=repr(clock.arises_from)))


def _clock(row: Row) -> Clock:
    known = {one.id for one in provisions()}
    clock = Clock(
        id=row.text("id"),
        provision=row.text("provision"),
        bearer=row.text("bearer", among=tuple(ROLES)),
        beneficiary=row.text("beneficiary", among=tuple(ROLES)),
        modality=row.text("modality", among=MODALITIES),
        what=_words(row, "what") or of_data(""),
        opens=_bound(row, "opens"),
        due=_bound(row, "due"),
        done_by=row.texts("done_by", [], tuple(kinds())),
        lapse=_lapse(row),
        consequence=_words(row, "consequence"),
        note=_words(row, "note"),
        also=row.texts("also", []),
        when=_conditions(row),
        extended=_extensions(row),
        paused=_pause(row),
        arises_from=row.text("arises_from", ""),
        suspended_by=row.texts("suspended_by", [], tuple(kinds())),
        repeats=bool(row.flag("repeats")),
        at_once=bool(row.flag("at_once")),
    )
    row.close()
    for ident in (clock.provision, *clock.also):
        if ident not in known:
            row.fault("provision", say("there is no provision {ident}", ident=repr(ident)))
    if clock.opens is None and clock.due is None and not clock.arises_from:
        row.fault("due", say("a clock has opens, due or arises_from"))
    return clock


def _lapse(row: Row) -> State:
    word = row.text("lapse", State.LATE.value, _LAPSES)
    return State(word) if word in _LAPSES else State.LATE


def _words(row: Row, key: str) -> Text | None:
    """Read a sentence and its translation, which stand side by side or are both left out."""
    if key != "what" and key not in row and f"{key}_vi" not in row:
        return None
    words = row.text(key)
    row.text(f"{key}_vi")
    return of_data(words)


def _bound(row: Row, key: str) -> Bound | OnDay | None:
    table = _table(row, key)
    if table is None:
        return None
    bound: Bound | OnDay
    if "on" in table:
        bound = OnDay(
            _law_key(table, "on"), table.text("subject", ""), _whole(table, "years"), bool(table.flag("before"))
        )
    else:
        period = _law_key(table, "period") if "period" in table else ""
        bound = Bound(table.text("anchor", among=tuple(kinds())), period, bool(table.flag("before")))
    table.close()
    return bound


def _whole(table: Row, key: str) -> int:
    value = table.anything(key)
    if value is not None and not isinstance(value, int):
        table.fault(key, say("{value} is no whole number of years", value=repr(value)))
        return 0
    return value or 0


def _law_key(table: Row, key: str) -> str:
    """Read the name of a value of the law; the number stands there and nowhere else."""
    name, known = table.text(key), load_instrument().keys
    if name and name not in known:
        near = did_you_mean(name, known)
        table.fault(key, say("the law has no value {name}.{near}", name=repr(name), near=near))
    return name


def _conditions(row: Row) -> tuple[Condition, ...]:
    table = _table(row, "when")
    if table is None:
        return ()
    found = tuple(Condition(name, table.texts(name, among=FACTS[name])) for name in FACTS if name in table)
    table.close()
    return found


def _extensions(row: Row) -> tuple[Extension, ...]:
    table = _table(row, "extended")
    if table is None:
        return ()
    key = _law_key(table, "period")
    found = tuple(Extension(key, name, table.text(name, among=FACTS[name])) for name in FACTS if name in table)
    table.close()
    return found


def _pause(row: Row) -> Pause | None:
    table = _table(row, "paused")
    if table is None:
        return None
    begins, ends = (table.texts(name, among=tuple(kinds())) for name in ("begins", "ends"))
    pause = Pause(begins, ends, table.text("unless_agreed", ""))
    table.close()
    return pause


def _table(row: Row, key: str) -> Row | None:
    """Read a table within the row; ``None`` when it is left out."""
    if key not in row:
        return None
    value: Any = row.anything(key)
    if not isinstance(value, dict):
        row.fault(key, say("a table with named fields is expected"))
        value = {}
    return Row(value, f"{row.where}.{key}", row.faults)


@cache
def without_clock() -> Mapping[str, str]:
    """Return why a provision that names a time has no clock, by its identifier.

    :raises DataError: when the file of the program is wrong.
    """
    faults, found = Faults(), dict[str, str]()
    for row in read_tables(_NO_CLOCK, ("no_clock",), faults)["no_clock"]:
        found[row.text("provision")] = row.text("why")
        row.close()
    refuse_if_any(faults, _NO_CLOCK)
    return MappingProxyType(found)
