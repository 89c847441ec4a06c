"""What somebody tells of the work of the Consultative Commission: its sessions, proposals, applications and flights.

Its proceedings are confidential unless agreed otherwise (Annex L, Section I, paragraph 8), so that nearly all of it is
known only to those who were there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

REGULAR, EXTRAORDINARY = "regular", "extraordinary"
SESSIONS: Final = (REGULAR, EXTRAORDINARY)

COMPLIANCE, INTERPRETATION = "compliance", "interpretation"
MATTERS: Final = (COMPLIANCE, INTERPRETATION)

AMENDMENT, IMPROVEMENT = "amendment", "improvement"
ACCESSION_MEASURES = "accession_measures"
SENSOR_PHASE, FURTHER_FIELD = "sensor_phase", "further_field"
PROVISIONAL_APPLICATION, OTHER = "provisional_application", "other"
SUBJECTS: Final = (
    "active_quotas",
    "sensors",
    "costs",
    "data_sharing",
    "mission_reports",
    "administrative",
    IMPROVEMENT,
    AMENDMENT,
    ACCESSION_MEASURES,
    SENSOR_PHASE,
    FURTHER_FIELD,
    PROVISIONAL_APPLICATION,
    OTHER,
)
"""What a proposal is about.  The first six are the improvements that X.5 names as no amendments."""
NO_AMENDMENT: Final = frozenset(SUBJECTS[:6])


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the Commission.  ``asked``: the day its chairman received the request for an extraordinary one.

    ``chair``: who presides from its opening on; ``seated``: the Parties in the order in which they sat.
    ``chair_agreed``: that another order of chairs was agreed.  What is ``None`` or empty nobody has said.
    """

    kind: str
    opened: dt.date
    source: str
    closed: dt.date | None = None
    asked: dt.date | None = None
    told: bool | None = None
    chair: str = ""
    chair_agreed: bool = False
    seated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something put to the Commission.  ``adopted``: the day, or ``False`` where it was not.

    ``objected``: who objected (``()``: nobody did; ``None``: not told).  ``changes_text``: whether it changes what the
    Treaty says.  ``referred``: whether it was left to a review conference.  ``state``: whose accession it follows.
    """

    ident: str
    about: str
    source: str
    proposed: dt.date | None = None
    adopted: dt.date | bool | None = None
    objected: tuple[str, ...] | None = None
    changes_text: bool | None = None
    referred: bool | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A question of compliance or of interpretation that a Party raised, and whether the Commission dealt with it."""

    ident: str
    kind: str
    by: str
    raised: dt.date
    source: str
    dealt_with: dt.date | bool | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """An application for accession.  ``decided``: the day, or ``False``; ``able_and_willing``: so judged."""

    state: str
    applied: dt.date
    source: str
    decided: dt.date | bool | None = None
    admitted: bool | None = None
    able_and_willing: bool | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Flights over a Party that another asked for in the annual review of active quotas (Annex L, Section II)."""

    observing: str
    observed: str
    year: int
    flights: int
    source: str


@dataclass(frozen=True, slots=True)
class BesideQuotas:
    """An extraordinary flight for a body or organization, or one that two Parties agreed on (Annex L, Section III).

    ``given``: whether its data went to whom they are due; ``counted``: whether it was counted against a quota.
    """

    ident: str
    kind: str
    observing: str
    observed: str
    day: dt.date
    source: str
    body: str = ""
    given: bool | None = None
    counted: bool | None = None


@dataclass(frozen=True, slots=True)
class Deposit:
    """An instrument of ratification or accession, and with whom it was deposited (XVII.1)."""

    state: str
    day: dt.date
    depositaries: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CommissionDocket:
    """Everything that is told of it.  ``complete_years``: years of which no regular session is left out."""

    sessions: tuple[Session, ...] = ()
    complete_years: frozenset[int] = frozenset()
    proposals: tuple[Proposal, ...] = ()
    matters: tuple[Matter, ...] = ()
    applications: tuple[Application, ...] = ()
    wishes: tuple[Wish, ...] = ()
    complete_wishes: frozenset[int] = frozenset()
    beside_quotas: tuple[BesideQuotas, ...] = ()
    deposits: tuple[Deposit, ...] = ()
