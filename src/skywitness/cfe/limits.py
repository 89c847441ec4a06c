"""The limits of Articles IV to VII and XI: what each counts, and how many items an account holds against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.cfe.counting import Items
from skywitness.cfe.groups import GROUPS, group_of_state
from skywitness.cfe.kinds import BRIDGE, COUNTS
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.levels.notice import AREA_KEYS, GROUND, SUBJECTS, Notice, level_on
from skywitness.cfe.model import ACTIVE_USES, STORED_USES
from skywitness.cfe.places import ANY, AREAS, Place, places, within
from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import UsedValue, Verdict
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.provisions import provision

__all__ = ["Limit", "every_limit", "measure"]

_ALL_USES: Final = (*ACTIVE_USES, *STORED_USES)
_ONLY_STEADY: Final = ("active", "stored_elsewhere")
"""Active without what is deployed for a time, which Article V.1(B) sets apart from the limit of the flanks."""

_BY_AREA: Final = {
    "area_total": ("area", _ALL_USES),
    "area_active": ("area", ACTIVE_USES),
    "extended_total": ("extended", _ALL_USES),
    "extended_active": ("extended", ACTIVE_USES),
    "inner_active": ("inner", ACTIVE_USES),
    "core_active": ("core", ACTIVE_USES),
    "flank_active": ("flank", _ONLY_STEADY),
}
_BY_PLACE: Final = {
    "kiev_total": _ALL_USES,
    "odessa_stored": STORED_USES,
    "south_leningrad_stored": STORED_USES,
}
_REMOVED: Final = ("removed",)
_TEMPORARY: Final = ("temporary",)


@dataclass(frozen=True, slots=True)
class Limit:
    """One number that must not be exceeded: whose, of what, where, in which statuses.

    ``holder`` is a group or a State; ``receiver`` the State on whose territory a deployment for a time counts.
    ``always``: it binds from the first day, not only from month 40.  ``perhaps``: the number may be as high as this.
    """

    key: str
    holder: str
    subject: str
    provision: str
    allowed: int
    value: UsedValue
    zones: frozenset[str]
    uses: tuple[str, ...]
    only: str = ""
    receiver: str = ""
    always: bool = False
    perhaps: int = 0

    def against(self, span: Span) -> Verdict:
        """Hold a sum against it; where the limit itself is not settled only what every number says is said."""
        verdict = span.against(self.allowed)
        if verdict is Verdict.BREACH and span.low <= self.perhaps:
            return Verdict.CANNOT_TELL
        return verdict

    @property
    def name(self) -> str:
        """A name that is the same in every language: ``extended_active WEST battle_tank``."""
        return " ".join(part for part in (self.key, self.holder, self.receiver, self.subject) if part)

    def holds(self, place: Place) -> bool | None:
        """Tell whether items at a place count; ``None`` where they may, as their place is not told."""
        if place.zone == ANY:
            return None if self.only or self.receiver else within(place, self.zones)
        if self.only and place.id != self.only:
            return None if self.only in place.perhaps else False
        return place.zone in self.zones and (not self.receiver or place.state == self.receiver)

    def words(self) -> Text:
        """Say what is limited, for people."""
        where = of_data(instrument().keys[self.key].title)
        holder = (
            say("{receiver} from {holder}", receiver=self.receiver, holder=self.holder)
            if self.receiver
            else self.holder
        )
        return say("{holder}, {what}: {where}", holder=holder, what=subject_words(self.subject), where=where)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write what is limited."""
        return {
            "limit": self.key,
            "provision": self.provision,
            "holder": self.holder,
            "receiver": self.receiver or None,
            "category": self.subject,
            "title": self.words().render(catalogue),
            "allowed": self.allowed,
            "allowed_perhaps": max(self.allowed, self.perhaps),
            "source": self.value.to_json(),
        }


_SUBJECTS: Final = {
    "battle_tank": say("battle tanks"),
    "armoured_combat_vehicle": say("armoured combat vehicles"),
    "aifv_and_hacv": say("infantry fighting and heavy armament vehicles"),
    "heavy_armament_combat_vehicle": say("heavy armament combat vehicles"),
    "armoured_infantry_fighting_vehicle": say("infantry fighting vehicles"),
    "other_than_carriers": say("armoured combat vehicles that are no carriers"),
    "artillery": say("artillery"),
    "combat_aircraft": say("combat aircraft"),
    "attack_helicopter": say("attack helicopters"),
    BRIDGE: say("bridge-laying vehicles"),
}


def subject_words(subject: str) -> Text:
    """Say what a limit counts."""
    return _SUBJECTS[subject]


def every_limit(law: Law, states: frozenset[str], told: Sequence[Notice] = ()) -> Iterator[Limit]:
    """List the limits of both groups, and those of the States named; ``told``: levels that a file tells."""
    for group in GROUPS:
        yield from _of_group(law, group)
    for state in sorted(states):
        yield from _limits(law, "single_state", state, AREAS["area"], _ALL_USES)
        yield from _levels(law, state, told)


def _of_group(law: Law, group: str) -> Iterator[Limit]:
    for key, (area, uses) in _BY_AREA.items():
        yield from _limits(law, key, group, AREAS[area], uses)
    own = {key: place for place in places().values() for key in place.limits if group_of_state(place.state) == group}
    for key, place in own.items():
        yield from _limits(law, key, group, AREAS["area"], _BY_PLACE[key], only=place.id)
    yield from _limits(law, "removed_at_once", group, AREAS["area"], _REMOVED, always=True)
    yield from _limits(law, "deployed_for_a_time", group, AREAS["flank"], _TEMPORARY)
    for state in sorted({place.state for place in places().values() if place.zone == "flank"}):
        if group_of_state(state) == group:
            yield from _limits(law, "deployed_to_one_state", group, AREAS["flank"], _TEMPORARY, receiver=state)
    yield _bridges(law, group, "bridges_active", ACTIVE_USES)
    yield _bridges(law, group, "bridges_removed_at_once", _REMOVED)


@provision("CFE:VII.1")
def _levels(law: Law, state: str, told: Sequence[Notice]) -> Iterator[Limit]:
    """List the maximum levels of a State on the day of the reading, in the whole area and, where told, by area."""
    asked: list[tuple[str, str, tuple[str, ...], str, str]] = []
    asked += [("maximum_level", "area", _ALL_USES, "", subject) for subject in SUBJECTS]
    asked += [(key, *_BY_AREA[key], key, subject) for key in AREA_KEYS for subject in GROUND] if told else []
    for key, area, uses, of_area, subject in asked:
        level = level_on(law, told, state, subject, law.reading.at, of_area)
        if level is not None:
            zones = AREAS[area]
            yield Limit(key, state, subject, "CFE:VII.1", level.low, level.value, zones, uses, perhaps=level.high)


def _limits(
    law: Law, key: str, holder: str, zones: frozenset[str], uses: tuple[str, ...], **more: Any
) -> Iterator[Limit]:
    for subject in instrument().subjects(key):
        allowed, value = law.most(key, subject)
        (provision,) = next(iter(instrument().of(key, subject))).provisions
        yield Limit(key, holder, subject, provision, allowed, value, zones, uses, **more)


def _bridges(law: Law, group: str, key: str, uses: tuple[str, ...]) -> Limit:
    allowed, value = law.most(key)
    ident = instrument().keys[key].provisions[0]
    return Limit(key, group, BRIDGE, ident, allowed, value, AREAS["area"], uses, always=key != "bridges_active")


@dataclass(frozen=True, slots=True)
class Measured:
    """How many items an account holds against a limit, and the States of which it tells nothing."""

    told: Span
    unknown: tuple[str, ...] = ()
    of_places: Mapping[str, Span] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """What is known of the sum: without an upper end where a State is missing."""
        return Span(self.told.low, None) if self.unknown else self.told


def measure(limit: Limit, items: Items) -> Measured:
    """Count an account against a limit."""
    counts = COUNTS[limit.subject]
    of_places: dict[str, Span] = {}
    for (place, kind, status), span in items.of(limit.holder).items():
        there = limit.holds(place) if status in limit.uses else False
        if there is not False and (kind in counts.sure or kind in counts.maybe):
            own = span if there and kind in counts.sure else Span(0, span.high)
            of_places[place.id] = of_places.get(place.id, NONE) + own
    told = sum(of_places.values(), NONE)
    if "active" in limit.uses:
        told = told + items.security_above(limit.holder, limit.holds, limit.subject)
    return Measured(told, items.unknown(limit.holder), of_places)
