"""How many items of a category count as reduced by a day, for sure and perhaps (Article VIII.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from skywitness.cfe.kinds import ACV, APC, ARTILLERY, HELICOPTER, TANK
from skywitness.cfe.law import CFE, Law, instrument
from skywitness.cfe.reduction.model import MULTI_PURPOSE, PERMITTED, SPECIALISED, Item, Ledger, Seen
from skywitness.cfe.reduction.seen import complete
from skywitness.cfe.reduction.steps import PRESENTED
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.ways import way
from skywitness.core.finding import UsedValue

__all__ = ["CFE", "Cap", "allowed", "cap", "level_at_signature", "liability_on", "permitted", "reduced", "used"]

_COUNTED_LATER: Final = ("static_display", "ground_target", "instruction")


@dataclass(frozen=True, slots=True)
class Cap:
    """How many items may go a way: between two numbers where the level is not settled; ``values``: what it rests on."""

    low: int
    high: int | None
    values: tuple[UsedValue, ...]


def permitted(item: Item) -> bool | None:
    """Tell whether a way is open to an item (Article VIII.2); ``None`` where its kind would have to be told.

    A procedure that the Joint Consultative Group decided on is open from that day.
    """
    if item.decided is not None and item.decided <= item.date:
        return True
    kinds: tuple[str, ...] = (item.kind or item.category,)
    if item.category == HELICOPTER and not item.kind:
        kinds = (SPECIALISED, MULTI_PURPOSE)
    elif item.category == ACV:
        kinds = (APC if item.kind == APC else ACV,) if item.kind else (APC, ACV)
    elif item.category == ARTILLERY:
        own = {True: ("self_propelled_artillery",), False: (ARTILLERY,)}
        kinds = (ARTILLERY, "self_propelled_artillery") if item.self_propelled is None else own[item.self_propelled]
    answers = {item.way in PERMITTED[kind] for kind in kinds}
    return answers.pop() if len(answers) == 1 else None


def level_at_signature(ledger: Ledger, state: str, category: str, law: Law) -> tuple[Span, tuple[UsedValue, ...]]:
    """Return the maximum level notified at signature: as the file tells it, else as stored; a successor's first one."""
    told = next((one.level for one in ledger.liabilities if (one.state, one.category) == (state, category)), None)
    if told is not None:
        return Span(told, told), ()
    source = instrument()
    day = source.heading.signed
    starts = [one.dated.start for one in source.of("maximum_level", state) if one.qualifier == category]
    first = min((start for start in starts if start is not None), default=day)
    level = Law(replace(law.reading, at=max(day, first))).level(state, category)
    return (Span(0, None), ()) if level is None else (Span(level.low, level.high), (level.value,))


def allowed(name: str, category: str, level: Span, law: Law) -> Cap | None:
    """Return how many items of a category may go a way, by its share of a level; ``None`` where nothing limits it."""
    key = {"accident": "accident", "static_display": "display", "instruction": "instruction"}.get(name)
    least: tuple[int, UsedValue] | None = None
    most: tuple[int, UsedValue] | None = None
    if name == "conversion":
        key = "converted_tanks" if category == TANK else "converted_vehicles"
        least, most = law.most("converted_anyhow"), law.most(f"{key}_most")
    elif name == "static_display":
        least = law.most("display_number")
    elif name == "ground_target" and category == ARTILLERY:
        number, value = law.most("target_self_propelled")
        return Cap(number, number, (value,))
    elif name == "ground_target":
        key = "target"
    if key is None:
        return None
    percent, share = law.number(f"{key}_share")

    def of(whole: int) -> int:
        part = law.share(percent, whole)
        part = part if most is None else min(most[0], part)
        return part if least is None else max(least[0], part)

    high = (None if most is None else max(most[0], least[0] if least else 0)) if level.high is None else of(level.high)
    values = (share, *(one[1] for one in (least, most) if one is not None))
    return Cap(of(level.low), high, values)


def cap(ledger: Ledger, state: str, category: str, name: str, law: Law) -> Cap | None:
    """Return how many items of a State's category may go a way."""
    level, values = level_at_signature(ledger, state, category, law)
    found = allowed(name, category, level, law)
    return None if found is None else Cap(found.low, found.high, (*values, *found.values))


def used(item: Item) -> bool:
    """Tell whether an item fills the number of its way: what was so used before signature does not, nor what works."""
    return item.date >= instrument().heading.signed and not item.working


def _of(items: Iterable[Item], state: str, category: str) -> list[Item]:
    return [one for one in items if (one.state, one.category) == (state, category) and used(one)]


def reduced(ledger: Ledger, state: str, category: str, by: dt.date, law: Law) -> Span:
    """Return how many items are reduced by a day.

    The lower number leaves out what is doubtful: without a notice, before the Treaty was applied, seen not to be done
    in full, of a kind not told, or beyond the number of its way.
    """
    total = NONE
    own = _of(ledger.items, state, category)
    for name in dict.fromkeys(one.way for one in own):
        span = sum((_counted(one, ledger, by, law) for one in own if one.way == name), NONE)
        limit = cap(ledger, state, category, name, law)
        if limit is not None:
            high = span.high or 0
            if name == "accident" and limit.high is not None:
                high = min(high, limit.high)
            span = Span(min(span.low, limit.low), high)
        total = total + span
    return total


def _counted(item: Item, ledger: Ledger, by: dt.date, law: Law) -> Span:
    """Return how many of an entry are reduced by a day, at least and at most."""
    open_to = permitted(item)
    if item.date > by or open_to is False:
        return NONE
    if item.way == "accident" and item.notified is not None and not accident_in_time(item, law):
        return NONE
    bad = sum(_not_done(one, law) for one in ledger.seen if one.item == item.id and one.procedure not in PRESENTED)
    low = max(0, item.count - bad)
    on = item.date if way(law.reading, "CFE:VIII.3") == "on_execution" else item.notified
    if item.notified is None or on is None or open_to is None or item.date < law.start or item.doubtful:
        low = 0
    elif on > by:
        return NONE
    return Span(low, item.count)


def accident_in_time(item: Item, law: Law) -> bool:
    """Tell whether the notice of an accident came within its days."""
    days, _ = law.most("accident_notice")
    return item.notified is not None and (item.notified - item.date).days <= days


def _not_done(seen: Seen, law: Law) -> int:
    return seen.count if complete(seen, law) is False else 0


def liability_on(ledger: Ledger, state: str, category: str, by: dt.date) -> int | None:
    """Return a liability on a day, with the changes notified until then; ``None`` where none is told."""
    told = next((one.liability for one in ledger.liabilities if (one.state, one.category) == (state, category)), None)
    if told is None:
        return None
    changes = [
        one.by
        for one in ledger.changes
        if (one.state, one.category, one.of) == (state, category, "liability") and one.notified <= by
    ]
    return max(0, told + sum(changes))
