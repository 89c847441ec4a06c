"""One row of holdings: every field read, every fault a sentence that says what was met and what is expected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from skywitness.cfe.groups import GROUPS, group_of_state
from skywitness.cfe.kinds import KINDS, LIMITED, category_of, covered, find_kind, find_type
from skywitness.cfe.law import instrument
from skywitness.cfe.model import ACTIVE, BASES, CLAIMED, DECLARED, OTHERS, STATUSES, Holding
from skywitness.cfe.places import Place, find_place
from skywitness.cfe.span import NONE, Span
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.law.names import did_you_mean, folded
from skywitness.law.parties import parse_party, party_status
from skywitness.law.party import Standing

__all__ = ["Reader"]

_MOST: Final = 1_000_000
_LONGEST: Final = 200
_THOUSANDS: Final = re.compile(r"\d{1,3}([.,' ]\d{3})+")


class Reader:
    """Reads rows; remembers what was told of groups, so that a State in both is found."""

    def __init__(self, faults: Faults, at: dt.date | None) -> None:
        self.faults = faults
        self._at = at
        self._groups: dict[str, dict[str, str]] = {}
        self._standing: dict[tuple[str, dt.date], Text | None] = {}

    def holding(self, where: str, row: Mapping[str, Any]) -> Holding | None:
        """Read one row; ``None`` where a fault was noted."""
        before = len(self.faults)
        day = self._day(where, row)
        owner = self._state(where, "state", row.get("state"), day)
        place = self._place(where, row, owner, day)
        kind = self._kind(where, row)
        count = self._count(where, row)
        status = self._word(where, row, "status", STATUSES, ACTIVE)
        basis = self._word(where, row, "basis", BASES, DECLARED)
        by = self._by(where, row, owner, basis)
        days = self._whole(where, "days", row["days"]) if "days" in row else None
        site, type_, source = (self._name(where, row, name) for name in ("site", "type", "source"))
        self._group(where, row, owner)
        if len(self.faults) > before or day is None or place is None:
            return None
        return Holding(where, day, owner, place, kind, count, status, basis, by, site, type_, days, source)

    def check_groups(self) -> None:
        """Note every State that the rows put into both groups, or into the wrong one."""
        for state, told in sorted(self._groups.items()):
            if len(told) > 1:
                places = "; ".join(f"{group}: {where}" for group, where in sorted(told.items()))
                self.faults.add(
                    state,
                    say("{state} stands in both groups ({places}); a State is in one", state=state, places=places),
                )
            for group, where in told.items():
                own = group_of_state(state)
                if group != own and len(told) == 1:
                    told_words = {"state": state, "group": group, "own": own}
                    self.faults.add(where, say("{state} is not in {group}; its group is {own}", **told_words))

    # ---- fields ----

    def _day(self, where: str, row: Mapping[str, Any]) -> dt.date | None:
        value = row.get("date", self._at)
        if value is None:
            self._fault(where, "date", say("the day is missing, and neither the file (at) nor --at tells one"))
            return None
        day = _parsed_day(value)
        if day is None:
            self._fault(where, "date", say("{value} is no day such as 1996-01-01", value=quoted(value)))
            return None
        heading = instrument().heading
        first = heading.applied_from.on if heading.applied_from else heading.entry_into_force.on
        if day < first:
            told = {"day": day, "first": first}
            self._fault(where, "date", say("{day} is before {first}, when the Treaty was first applied", **told))
            return None
        return day

    def _state(self, where: str, name: str, value: Any, day: dt.date | None) -> str:
        if not isinstance(value, str) or not value.strip():
            self._fault(where, name, say("the State is missing"))
            return ""
        try:
            code = _state_code(value, day)
        except InputError as error:
            self._fault(where, name, error.message)
            return ""
        if code not in instrument().parties:
            self._fault(where, name, say("{code} is a group; write one State", code=code))
            return ""
        fault = self._stands(code, day) if name == "state" and day is not None else None
        if fault is not None:
            self._fault(where, name, fault)
        return code

    def _stands(self, code: str, day: dt.date) -> Text | None:
        """Say why a State has no limits on a day; ``None`` where it has."""
        if (code, day) not in self._standing:
            self._standing[code, day] = _why_no_party(code, day)
        return self._standing[code, day]

    def _place(self, where: str, row: Mapping[str, Any], owner: str, day: dt.date | None) -> Place | None:
        state = self._state(where, "in", row["in"], day) if "in" in row else owner
        district = row.get("district", "")
        if not state:
            return None
        if not isinstance(district, str):
            self._fault(where, "district", say("{value} is not {words}", value=quoted(district), words=say("a text")))
            return None
        found = _find_place(state, district.strip())
        if isinstance(found, Text):
            self._fault(where, "district" if district or state == owner else "in", found)
            return None
        return found

    def _kind(self, where: str, row: Mapping[str, Any]) -> str:
        words, named = row.get("category", ""), row.get("type", "")
        listed = find_type(named) if isinstance(named, str) and named else None
        if not words and listed:
            return listed
        if words == "":
            self._fault(where, "category", say("the category is missing; a listed type would tell it, too"))
            return ""
        kind = find_kind(words) if isinstance(words, str) else None
        if kind is None:
            near = did_you_mean(str(words), KINDS)
            self._fault(
                where, "category", say("{value} is no category of the Treaty.{near}", value=quoted(words), near=near)
            )
            return ""
        if listed is None or kind not in LIMITED:
            return kind
        if listed in covered(kind):
            return listed
        if category_of(listed) != category_of(kind):
            told = {"type": quoted(named), "listed": listed, "kind": kind}
            self._fault(where, "type", say("{type} is listed as {listed}, not as {kind}", **told))
        return kind

    def _count(self, where: str, row: Mapping[str, Any]) -> Span:
        given = [name for name in ("count", "low", "high") if name in row]
        if given == ["count"]:
            count = self._whole(where, "count", row["count"])
            return NONE if count is None else Span(count, count)
        if given not in (["low", "high"], ["low"]):
            self._fault(where, "count", say("a count is expected, or low and high; low alone means at least"))
            return NONE
        low = self._whole(where, "low", row["low"])
        high = self._whole(where, "high", row["high"]) if "high" in row else None
        if low is not None and high is not None and high < low:
            self._fault(where, "high", say("{high} is less than low, {low}", high=high, low=low))
        return Span(low or 0, high)

    def _whole(self, where: str, name: str, value: Any) -> int | None:
        """Read a whole number; what looks like thousands with a mark is told as what it probably is."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
            return value
        words = str(value).strip()
        plain = isinstance(value, str) and words.isascii() and words.isdigit() and len(words) <= len(str(_MOST))
        if plain and int(words) <= _MOST:
            return int(words)
        if _THOUSANDS.fullmatch(words) or (
            isinstance(value, float) and value > 0 and not (value * 1000) % 1 and value % 1
        ):
            whole = re.sub(r"\D", "", words) if _THOUSANDS.fullmatch(words) else str(round(value * 1000))
            told = {"value": quoted(value), "plain": whole}
            self._fault(
                where, name, say("{value} is no whole number; if a mark of thousands is meant, write {plain}", **told)
            )
            return None
        message = say("{value} is no whole number from 0 to {most:,}", value=quoted(value), most=_MOST)
        self._fault(where, name, message)
        return None

    def _word(self, where: str, row: Mapping[str, Any], name: str, among: tuple[str, ...], default: str) -> str:
        value = row.get(name, default)
        if isinstance(value, str):
            if value in among:
                return value
            word = folded(value).replace(" ", "_").replace("-", "_")
            if word in among:
                return word
        told = {"value": quoted(value), "allowed": ", ".join(among), "near": did_you_mean(str(value), among)}
        self._fault(where, name, say("{value} is none of {allowed}.{near}", **told))
        return default

    def _by(self, where: str, row: Mapping[str, Any], owner: str, basis: str) -> str:
        value = row.get("by", owner if basis == DECLARED else "")
        if not isinstance(value, str) or not value:
            if basis != DECLARED or "by" in row:
                self._fault(where, "by", say("who counted or claims it is missing"))
            return ""
        if value.upper() in OTHERS and basis != DECLARED:
            return value.upper()
        try:
            by = _state_code(value, None)
        except InputError as error:
            self._fault(where, "by", error.message)
            return ""
        if basis == DECLARED and owner and by != owner:
            told = {"by": by, "owner": owner, "claimed": CLAIMED}
            self._fault(
                where, "by", say("{by} cannot declare what {owner} holds; as its word the row is {claimed}", **told)
            )
        return by

    def _name(self, where: str, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name, "")
        if value == "":
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST or (value and not value.isprintable()):
            self._fault(
                where, name, say("a name of at most {most} characters that can be shown is expected", most=_LONGEST)
            )
            return ""
        return value.strip()

    def _group(self, where: str, row: Mapping[str, Any], owner: str) -> None:
        if "group" not in row or not owner:
            return
        group = str(row["group"]).strip().upper()
        if group not in GROUPS:
            told = {"value": quoted(row["group"]), "allowed": ", ".join(GROUPS), "near": say("")}
            self._fault(where, "group", say("{value} is none of {allowed}.{near}", **told))
            return
        self._groups.setdefault(owner, {}).setdefault(group, where)

    def _fault(self, where: str, name: str, message: Text) -> None:
        self.faults.add(f"{where}, {name}" if where.startswith("line") else f"{where}.{name}", message)


@cache
def _state_code(words: str, day: dt.date | None) -> str:
    return parse_party(words, day, instrument=instrument())


@cache
def _find_place(state: str, district: str) -> Place | Text:
    return find_place(state, district)


def _parsed_day(value: Any) -> dt.date | None:
    if isinstance(value, str):
        return _day_of(value)
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


@cache
def _day_of(words: str) -> dt.date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return None


def _why_no_party(code: str, day: dt.date) -> Text | None:
    """Say why a State is not bound on a day: it withdrew, or is no Party."""
    status = party_status(instrument(), code, day)
    if status.status is Standing.WITHDRAWN:
        told = {"state": status.name, "end": status.until, "day": day}
        return say("{state} withdrew with effect from {end}; on {day} it has no limits here", **told)
    if status.status is not Standing.PARTY and not instrument().applied_provisionally(day):
        return say("{state} is no Party on {day}", state=status.name, day=day)
    return None
