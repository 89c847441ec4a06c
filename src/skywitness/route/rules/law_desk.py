"""The questions that rules ask of the law, on the day of the reading and as far as was then known.

A figure of the law may be settled, open between candidates, or not in force; rules are handed all three alike.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from skywitness.core.dated import DatedValue, Outcome, Settled, Unsettled
from skywitness.core.errors import InputError
from skywitness.core.finding import UsedValue
from skywitness.core.geodesy import Position
from skywitness.law.aircraft import Aircraft
from skywitness.law.aircraft import aircraft as stored_aircraft
from skywitness.law.distance import distance_qualifiers, maximum_flight_distance
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY, Group
from skywitness.law.groups import group_of, quota_holder
from skywitness.law.instrument import Instrument
from skywitness.law.legal_day import LegalDay
from skywitness.law.parties import is_party, party_status
from skywitness.law.party import Event, PartyStatus
from skywitness.law.planning import planning_value, sensor_value
from skywitness.law.quota import active_quota, active_quotas, passive_quota
from skywitness.law.sites import Site, sites
from skywitness.law.told_law import with_acts
from skywitness.law.value import outcome_of, used
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.rules import told_sites


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the law on a day.

    ``candidates`` holds one number when it is settled, several when nobody can say which holds, none when nothing is in
    force.  ``exhaustive``: false when the true number may be none of them.  ``used`` cites every entry behind it.
    """

    key: str
    subject: str
    candidates: tuple[float, ...]
    exhaustive: bool = True
    used: tuple[UsedValue, ...] = ()
    note: str = ""

    @property
    def settled(self) -> float | None:
        """The number when it is settled, else ``None``."""
        return self.candidates[0] if self.exhaustive and len(self.candidates) == 1 else None

    @property
    def in_force(self) -> bool:
        """Tell whether there is such a number on the day, known or not."""
        return bool(self.candidates) or not self.exhaustive

    @property
    def number(self) -> float:
        """The number of a figure that is settled whenever the Treaty is in force.

        :raises ValueError: when it is not settled.
        """
        if self.settled is None:
            raise ValueError(f"{self.key} of {self.subject or 'nobody'} is not settled")
        return self.settled


def figure(key: str, subject: str, outcome: Outcome) -> Figure:
    """Make a figure of what the law answered."""
    if isinstance(outcome, Settled):
        return Figure(key, subject, (outcome.number,), True, (used(outcome, key, subject),), outcome.note)
    if isinstance(outcome, Unsettled):
        cited = tuple(_cite(candidate, key, subject) for candidate in outcome.candidates)
        numbers = tuple(float(one.value) for one in outcome.candidates if isinstance(one.value, int | float))
        return Figure(key, subject, numbers, outcome.exhaustive, cited, outcome.note)
    return Figure(key, subject, ())


def _cite(candidate: DatedValue, key: str, subject: str) -> UsedValue:
    return UsedValue(
        key, subject, candidate.value, candidate.unit, candidate.start, candidate.source, candidate.answer_status
    )


@dataclass(frozen=True, slots=True)
class LawDesk:
    """One instrument, asked for one day (``at``) as far as was known on another (``known``).

    ``told`` is what a facts file says of airfields beside the law data.
    """

    instrument: Instrument
    at: dt.date
    known: dt.date | None = None
    told: tuple[AirfieldFacts, ...] = ()

    @property
    def day(self) -> LegalDay:
        """The day with its law, as the modules of the law ask for it."""
        return LegalDay(self.at, self.known, self.instrument)

    def in_force(self) -> bool:
        """Tell whether the Treaty is in force."""
        return self.instrument.in_force(self.at, self.known)

    @property
    def entry_into_force(self) -> Event:
        """When the Treaty entered into force."""
        return self.instrument.heading.entry_into_force

    @property
    def full_implementation(self) -> dt.date:
        """First day after the phases of Article XVIII."""
        return self.instrument.heading.full_implementation or dt.date.min

    def standing(self, code: str) -> PartyStatus:
        """Say what a State is to the Treaty."""
        return party_status(self.instrument, code, self.at, self.known)

    def cite_standing(self, code: str) -> tuple[UsedValue, ...]:
        """Cite what a State or group is to the Treaty; nothing for a State that never had to do with it."""
        group = self.instrument.groups.get(code)
        if group is not None:
            return (UsedValue("group", code, group.kind, "", group.start, group.source, group.status),)
        state = self.standing(code)
        if not state.source:
            return ()
        return (UsedValue("party", code, state.status.value, "", state.since, state.source, state.basis),)

    def is_party(self, code: str) -> bool:
        """Tell whether a State is a Party; for a group, whether it stands and all its members are Parties."""
        return is_party(code, self.at, self.known, instrument=self.instrument)

    def is_group(self, code: str) -> bool:
        """Tell whether a code names a group or Benelux, standing or not."""
        return code in self.instrument.groups

    def stored_group(self, code: str) -> Group | None:
        """Return a group by its code whether it stands on the day or not."""
        return self.instrument.groups.get(code)

    def group_of(self, code: str) -> Group | None:
        """Return the group (or Benelux) that a State belongs to, or that the code names, if it stands."""
        return group_of(code, self.at, self.known, instrument=self.instrument)

    def members(self, code: str) -> tuple[str, ...]:
        """Return the States a code means, whether the group stands or not."""
        group = self.instrument.groups.get(code)
        return group.members if group else (code,)

    def holder(self, code: str) -> str:
        """Return who holds the quotas of a State: its group with common quotas, Benelux, or the State itself."""
        return quota_holder(code, self.at, self.known, instrument=self.instrument)

    def acts_as(self, code: str) -> str:
        """Return in whose name a State observes and is observed: Benelux and a common-quota group act as one."""
        group = self.group_of(code)
        return group.code if group is not None and group.kind in (COMMON_QUOTA, DEEMED_PARTY) else code

    def planning(self, key: str) -> Figure:
        """Return a number of the text that belongs to no State.

        :raises NotInForceError: when the Treaty is not in force.
        """
        return figure(key, "", planning_value(key, self.at, self.known, instrument=self.instrument))

    def planning_if_any(self, key: str) -> Figure:
        """Return such a number that holds in one phase only; not in force outside of it."""
        return figure(key, "", outcome_of(self.instrument.of(key), self.at, self.known))

    def sensor(self, key: str, category: str) -> Figure:
        """Return a number of a sensor category: ``optical``, ``video``, ``infrared``, ``sar``."""
        return figure(key, category, sensor_value(key, category, self.at, self.known, instrument=self.instrument))

    def passive_quota(self, code: str) -> Figure:
        """Return how many flights a year a Party, or the group it belongs to, must accept."""
        outcome = passive_quota(code, self.at, self.known, instrument=self.instrument)
        return figure("passive_quota", self.holder(code), outcome)

    def active_quota(self, observing: str, observed: str) -> Figure:
        """Return how many flights a year one Party may make over another; only the first distribution is public."""
        pair = f"{self.holder(observing)}>{self.holder(observed)}"
        return figure("active_quota", pair, active_quota(pair, self.at, self.known, instrument=self.instrument))

    def total_active_quota(self, observing: str) -> Figure:
        """Return how many flights a year a Party may make over all others: the sum of its individual quotas."""
        holder = self.holder(observing)
        quotas = [
            quota
            for quota in active_quotas(self.at, self.known, instrument=self.instrument)
            if quota.observing == holder
        ]
        cited = tuple(used(quota.settled, "active_quota", f"{quota.observing}>{quota.observed}") for quota in quotas)
        total = (float(sum(quota.flights for quota in quotas)),) if quotas else ()
        return Figure("total_active_quota", holder, total, True, cited)

    def maximum_distances(self, airfield: str) -> dict[str, Figure]:
        """Return the maximum flight distances in km from an airfield, by qualifier; the plain one under ``""``."""
        names = ("", *distance_qualifiers(airfield, instrument=self.instrument))
        found = {}
        for name in names:
            outcome = maximum_flight_distance(airfield, self.at, self.known, name, instrument=self.instrument)
            subject = f"{airfield} ({name})" if name else airfield
            found[name] = figure("maximum_flight_distance", subject, outcome)
        said = told_sites.distance(self.told_of(airfield))
        if said is not None:
            # What the facts say comes first, as with quotas; what is public is cited beside it.
            found[""] = replace(
                found[""], candidates=(float(said.value),), exhaustive=True, used=(said, *found[""].used)
            )
        return {name: one for name, one in found.items() if one.in_force or not name}

    def told_of(self, ident: str) -> tuple[AirfieldFacts, ...]:
        """Return what the facts say of a place on the day."""
        return told_sites.of_place(self.told, ident, self.at, self.known)

    def site(self, ident: str) -> Site | None:
        """Return a site with the roles it holds on the day; ``None`` when there is no such site at all.

        Roles that only the facts give are among them, with the status of a claim.
        """
        stored = told_sites.public(ident)
        held = None if stored is None else stored.as_of(self.at, self.known)
        return told_sites.joined(held, self.told_of(ident))

    def has_role(self, ident: str, role: str) -> bool:
        """Tell whether a place is known to hold a role on the day."""
        found = self.site(ident)
        return found is not None and role in found.roles

    def sites_of(self, code: str, role: str) -> tuple[Site, ...]:
        """Return the sites of a Party or of the States of a group that hold a role on the day."""
        codes = {code, *self.members(code)}
        found = {one.id: one for one in sites(self.at, known=self.known)}
        for said in self.told:
            place = self.site(said.ident)
            if place is not None:
                found[place.id] = place
        return tuple(
            one for one in found.values() if role in one.roles and (one.party in codes or one.listed_under in codes)
        )

    def calibration_targets(self, code: str) -> tuple[Position, ...]:
        """Return the positions of the calibration targets of a Party, as far as they are given."""
        return tuple(one.position for one in self.sites_of(code, "calibration_target") if one.lon is not None)

    def aircraft(self, ident: str) -> Aircraft | None:
        """Return what is public of an aircraft; ``None`` for one that is not stored."""
        try:
            return stored_aircraft(ident)
        except InputError:
            return None


def desk(instrument: Instrument, at: dt.date, known: dt.date | None, facts: Facts | None) -> LawDesk:
    """Make the desk for a flight: the law, with the airfields, withdrawals and changes of groups that facts tell of."""
    if facts is None:
        return LawDesk(instrument, at, known)
    return LawDesk(with_acts(instrument, facts.acts, at, known), at, known, facts.airfields)
