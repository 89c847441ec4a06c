"""A finding: what one provision says of one thing, and why.

Everything the program says about legality is a finding.  It names its provision, its numbers with their uncertainty,
the values of the law it used with their sources, and the reading it was made under.  *Cannot tell* is a verdict of its
own and never becomes *ok*.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text


class Verdict(enum.StrEnum):
    """The four answers a provision can give."""

    OK = "ok"
    BREACH = "breach"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Effect:
    """Who may or must now do what, where a provision gives a right or a power."""

    who: str
    modality: Literal["may", "must"]
    what: Text

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, str]:
        """Write as the interface has it: the modality is the key of what may or must be done."""
        return {"who": self.who, self.modality: self.what.render(catalogue)}


@dataclass(frozen=True, slots=True)
class UsedValue:
    """A value of the law that a finding rests on.  ``start``: first day in force; ``None``: attested only."""

    key: str
    subject: str
    value: Any
    unit: str
    start: dt.date | None
    source: str
    status: str

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        return {
            "key": self.key,
            "subject": self.subject,
            "value": self.value,
            "unit": self.unit,
            "from": self.start.isoformat() if self.start else None,
            "source": self.source,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Where:
    """A place in what was judged: a leg (numbered from 1), a position (degrees, WGS 84), a time, a name.

    A stretch of a track begins there and ends at ``end_lon``, ``end_lat``, ``end_time_utc``.
    """

    leg: int | None = None
    lon: float | None = None
    lat: float | None = None
    time_utc: dt.datetime | None = None
    name: str | None = None
    end_lon: float | None = None
    end_lat: float | None = None
    end_time_utc: dt.datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Write only what is known."""
        fields: dict[str, Any] = {"leg": self.leg, "lon": self.lon, "lat": self.lat, "name": self.name}
        if self.time_utc is not None:
            fields["time_utc"] = self.time_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        fields |= {"end_lon": self.end_lon, "end_lat": self.end_lat}
        if self.end_time_utc is not None:
            fields["end_time_utc"] = self.end_time_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {key: value for key, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Finding:
    """What ``provision`` says of one plan, track or case.

    ``margin`` is how far ``measured`` stays within ``limit``: positive when kept, in ``unit``.  ``uncertainty`` is the
    half width of the band around ``measured``.  ``needs`` lists the facts that would settle a ``CANNOT_TELL``.
    """

    provision: str
    title: Text
    verdict: Verdict
    why: Text
    reading: Reading
    bearer: str | None = None
    effect: Effect | None = None
    measured: float | int | str | None = None
    uncertainty: float | None = None
    limit: float | int | str | None = None
    margin: float | None = None
    unit: str | None = None
    where: Where | None = None
    by_agreement: str | None = None
    values: tuple[UsedValue, ...] = ()
    needs: tuple[Text, ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH, *, with_reading: bool = True) -> dict[str, Any]:
        """Write as the interface has it; words in the language of ``catalogue``, keys never.

        ``with_reading``: leave it out of findings that stand within a reading, which may accept thousands of claims.
        """
        written: dict[str, Any] = {
            "provision": self.provision,
            "title": self.title.render(catalogue),
            "verdict": self.verdict.value,
            "bearer": self.bearer,
            "effect": self.effect.to_json(catalogue) if self.effect else None,
            "measured": self.measured,
            "uncertainty": self.uncertainty,
            "limit": self.limit,
            "margin": self.margin,
            "unit": self.unit,
            "where": self.where.to_json() if self.where else None,
            "why": self.why.render(catalogue),
            "by_agreement": self.by_agreement,
            "values": [value.to_json() for value in self.values],
            "reading": self.reading.to_json() if with_reading else None,
            "needs": [need.render(catalogue) for need in self.needs],
        }
        if not with_reading:
            del written["reading"]
        return written


_GRAVITY = {Verdict.BREACH: 3, Verdict.CANNOT_TELL: 2, Verdict.OK: 1, Verdict.NOT_APPLICABLE: 0}


def overall(findings: Iterable[Finding]) -> Verdict:
    """Sum up: breach if any, else cannot tell if any, else ok; not applicable when nothing applied."""
    return max((finding.verdict for finding in findings), key=_GRAVITY.__getitem__, default=Verdict.NOT_APPLICABLE)


def judge_at_most(measured: float, uncertainty: float, limit: float) -> Verdict:
    """Judge a value that must not exceed ``limit``: a band astride the limit cannot be told."""
    if measured + uncertainty <= limit:
        return Verdict.OK
    return Verdict.BREACH if measured - uncertainty > limit else Verdict.CANNOT_TELL


def judge_at_least(measured: float, uncertainty: float, limit: float) -> Verdict:
    """Judge a value that must reach ``limit``: a band astride the limit cannot be told."""
    if measured - uncertainty >= limit:
        return Verdict.OK
    return Verdict.BREACH if measured + uncertainty < limit else Verdict.CANNOT_TELL
