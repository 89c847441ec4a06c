"""What is told of hosting, people, transport and the answer to the plan, beside the plan itself.

Every field may be unknown (``None``): the rule that needs it then answers *cannot tell* and names it.  A table that
nobody gives is ``None`` or empty, and its rules are silent.  Nothing here is a verdict.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

BECAUSE: Final = ("prohibition", "changes", "declining", "deviation", "curtailment", "emergency", "accident")
"""What of Article VIII a cost can come from."""

VISAS: Final = ("not_required", "after_acceptance", "on_arrival", "agreed", "refused")
"""How a person came by a visa (Article XIII, Section I, paragraph 3), or did not."""

MEANS: Final = ("transport_aircraft", "observation_aircraft", "ground", "sea")
"""By what the observing Party comes to the point of entry."""

WAYS_ON: Final = ("departs", "waits", "to_exit")
"""What a transport aircraft does next (Annex E, paragraph 9)."""

SIDES: Final = ("observing", "observed")
ACTIVITIES: Final = ("coordinated", "suspended", "goes_on")
GROUNDS: Final = ("weather", "airfield", "plan")
"""Why changes to a plan are proposed: Article VIII, Section I, paragraph 4, (A), (B) and (C)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A calibration target: for which ``sensors`` (none: for all), whether it suits them and lies near the inspection.

    Degrees, WGS 84; a target of the public data need not be given a position.
    """

    ident: str
    sensors: tuple[str, ...] = ()
    suitable: bool | None = None
    near: bool | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A further service (Article VI, Section I, paragraph 17(D)).  ``agreed``: else an ``[[agreement]]`` says so."""

    what: str
    requested: bool | None = None
    agreed: bool | None = None
    provided: bool | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the observed Party provides on the ground (Article VI, Section I, paragraph 17).

    ``inspection_at``: the airfield of the pre-flight inspection; ``targets_complete``: there is no target but those
    listed.
    """

    inspection_at: str | None = None
    targets_complete: bool | None = None
    fuelling: bool | None = None
    meals: bool | None = None
    accommodation: bool | None = None
    targets: tuple[Target, ...] = ()
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost: who paid, on whom it falls by the Commission's distribution, how much of it was paid back.

    ``because``: what of Article VIII it comes from (:data:`BECAUSE`); ``refused``: the rest will not be paid back.
    """

    what: str
    amount: float | None = None
    currency: str = ""
    paid_by: str | None = None
    borne_by: str | None = None
    reimbursed: float | None = None
    refused: bool | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the observing Party: who designated them (Article XIII), whether accepted, with which visa."""

    ident: str
    designated_by: str | None = None
    accepted: bool | None = None
    visa: str | None = None
    documents: bool | None = None
    visa_agreed_utc: dt.datetime | None = None
    visa_given_utc: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """How the observing Party comes and goes (Annex E, paragraphs 9 and 10).

    ``registered``: State of registry of the transport aircraft; ``after``: one of :data:`WAYS_ON`; ``permitted``: the
    observed Party let it; ``rest_h``: the further rest that its crew needs, in hours; ``late_by``: whose doing a
    shorter rest is.
    """

    by: str | None = None
    registered: str | None = None
    point_of_exit: str | None = None
    after: str | None = None
    permitted: bool | None = None
    exit_arrival_utc: dt.datetime | None = None
    exit_departure_utc: dt.datetime | None = None
    rest_h: float | None = None
    late_by: str | None = None
    own_to_airfield: bool | None = None
    carried_to_airfield: bool | None = None
    carried_to_exit: bool | None = None


@dataclass(frozen=True, slots=True)
class Fixes:
    """Entry and exit fixes that the flight is to pass (Annex E, paragraph 2).

    ``home``: an airfield of the observing Party, from which it comes and to which it returns; ``eases``: the fixes
    make the way easier; ``by_rules``: the flights between fix and airfield are planned by the published rules.
    """

    entry: str | None = None
    exit: str | None = None
    home: str | None = None
    eases: bool | None = None
    by_rules: bool | None = None


@dataclass(frozen=True, slots=True)
class Straits:
    """A transit flight between the Mediterranean and the Black Sea (Annex J; Montreux Convention, Article 23)."""

    between_seas: bool | None = None
    civil: bool | None = None
    regular: bool | None = None
    notified_utc: dt.datetime | None = None
    passage_utc: dt.datetime | None = None
    on_routes: bool | None = None


@dataclass(frozen=True, slots=True)
class Accident:
    """What became of the wreckage (Article VIII, Section III, paragraph 5).

    ``registered``: State of registry of the aircraft; ``owner``: the Party it belongs to; ``recovered``: wreckage was
    found and recovered.
    """

    registered: str | None = None
    owner: str | None = None
    recovered: bool | None = None
    concluded: bool | None = None
    requested_by: str | None = None
    returned: bool | None = None
    returned_to: str | None = None


@dataclass(frozen=True, slots=True)
class HazardAnswer:
    """What the observed Party does about one hazardous area on the way (Article VI, Section II, paragraph 5)."""

    area: str
    activity: str | None = None
    other_way: bool | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change that the observed Party proposes, and its ground: one of :data:`GROUNDS`.

    Weather: visibility and ceiling in metres beside the published minima, or ``affects_safety`` as the Parties have
    it.  Airfield: which, whether it is an ``alternate``, whether it can be used.
    """

    ident: str
    ground: str
    affects_safety: bool | None = None
    visibility_m: float | None = None
    minimum_visibility_m: float | None = None
    ceiling_m: float | None = None
    minimum_ceiling_m: float | None = None
    airfield: str | None = None
    alternate: bool | None = None
    usable: bool | None = None


@dataclass(frozen=True, slots=True)
class Prohibition:
    """A prohibition of the flight; ``grounds`` are provisions that it is said not to comply with."""

    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hosting:
    """Everything told around a flight."""

    ground: Ground | None = None
    costs: tuple[Cost, ...] = ()
    people: tuple[Person, ...] = ()
    transport: Transport | None = None
    fixes: Fixes | None = None
    straits: Straits | None = None
    accident: Accident | None = None
    hazards: tuple[HazardAnswer, ...] = ()
    changes: tuple[Change, ...] = ()
    prohibition: Prohibition | None = None
