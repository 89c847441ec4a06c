"""What a planner is asked, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import Text
from skywitness.route.clouds.asked import Clouds
from skywitness.route.facts import Facts
from skywitness.route.forbidden import Forbidden
from skywitness.route.model import Plan, Site

if TYPE_CHECKING:
    from skywitness.geo.airspace import HazardArea
    from skywitness.geo.terrain import HeightSource
    from skywitness.geo.view import BorderView


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """One observation flight to be planned.

    ``by`` and ``over``: a State (alpha-3) or a group; a member means a flight over that member under the group's quota
    (Article III, Section II, paragraph 3(D)).  ``start``: the Open Skies airfield of commencement; ``ends``: airfields
    at which it may end (empty: where it started).  ``at``: the commencement (aware, UTC), or a day on which the planner
    picks one in usable light.  ``seconds``: time for the search; ``rounds`` replaces it by a fixed amount of work.
    ``view``: the borders planned by, by default those the reading names; ``hazards`` are judged, and avoided with
    ``avoid_hazards``; ``snap_minutes`` puts turn points on whole minutes of arc, so that a flight plan can name them.

    ``narrow_waters``: keep from the waters of other States as far only as these are known to claim them, where that is
    less than twelve nautical miles; inside these the rules then cannot tell.

    ``through``: States Parties through whose airspace legs may lead in transit, all sensors off, co-ordinated with them
    beforehand (Decision 22/02 of the Consultative Commission): a way to land that is not reached over one's own.

    ``heights_m_agl``: heights above the highest ground at which legs may be flown; empty: as the sensors and the sites
    ask for.

    ``pins``: names of sites that must be observed; ``forbidden``: what must be kept away from; ``again``: a plan whose
    route the search begins with; ``limit_km``: fly no farther than this, if the law allows more.  ``clouds``: what the
    chances of a clear sky that sites have are taken for.
    """

    by: str
    over: str
    start: str
    at: dt.date | dt.datetime
    sites: Sequence[Site]
    reading: Reading
    ends: tuple[str, ...] = ()
    facts: Facts | None = None
    aircraft: str | None = None
    seconds: float = 30.0
    seed: int = 1
    rounds: int | None = None
    view: BorderView | None = None
    hazards: Sequence[HazardArea] | None = None
    avoid_hazards: bool = False
    terrain: HeightSource | None = None
    snap_minutes: bool = False
    pins: tuple[str, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    again: Plan | None = None
    limit_km: float | None = None
    clouds: Clouds = field(default_factory=Clouds)
    heights_m_agl: tuple[float, ...] = ()
    narrow_waters: bool = False
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Where the search stands: best value so far, its length, and what was spent."""

    value: float
    distance_km: float
    limit_km: float
    elapsed_s: float
    rounds: int
    stage: Text


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what the rules say of it.  ``warnings``: what was set aside, assumed or cut short."""

    plan: Plan
    findings: tuple[Finding, ...]
    limit_km: float
    seconds: float
    warnings: tuple[Text, ...] = ()
    interrupted: bool = False


Listener = Callable[[Step], None]
