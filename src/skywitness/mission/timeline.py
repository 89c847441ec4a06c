"""The clock of a mission: every duty and right with a time, and how it stands as of a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from skywitness.core.clock import Case, Duty, Footing, State
from skywitness.core.clock_engine import duties
from skywitness.core.finding import Finding
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.mission import rules, words
from skywitness.mission.case import Mission, mission_of
from skywitness.mission.conduct import judged as conduct
from skywitness.mission.conduct.model import NOTHING_TOLD, Conduct
from skywitness.mission.kinds import kinds
from skywitness.mission.roles import ROLES, code_of
from skywitness.mission.tables import clocks
from skywitness.route.model import Plan
from skywitness.route.rules import demonstrations, mission_times, submission
from skywitness.route.rules.context import Context

_PLAN_RULES: Final = (
    mission_times.notice_before_arrival,
    mission_times.arrival_in_time,
    mission_times.inspection_before_commencement,
    mission_times.mission_period,
    demonstrations.demonstration_for_observed,
    demonstrations.demonstration_for_observing,
    demonstrations.one_flight_at_a_time,
    submission.submitted_after_arrival,
    submission.submitted_a_day_before,
    submission.answered_in_time,
    submission.agreed_in_time,
)
"""The rules for plans that judge times; they are asked with the times of the events."""

_FAR: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every duty of a mission as of ``now`` (``None``: before anything happened), and what can be judged of it.

    ``film``: which side arranges the development of the film, where an event says so.  ``conduct``: the last of the
    findings, those on what the facts tell of inspection, equipment, demonstration flight and people on board.
    """

    mission: Mission
    now: dt.datetime | None
    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    film: str | None = None
    conduct: tuple[Finding, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan it is about."""
        return self.mission.context.plan

    def code(self, role: str) -> str | None:
        """Return the code of the Party that a role is; ``None`` where it is several or not known."""
        facts = {**self.mission.case.known, "film": self.film}
        return code_of(role, self.plan.observing, self.plan.observed, facts)

    def in_order(self) -> tuple[Duty, ...]:
        """Return the duties by the time they end, else begin; those without a time last, in the order of the text."""
        return tuple(sorted(self.duties, key=lambda duty: duty.due_utc or duty.not_before_utc or _FAR))

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it; words in the language of ``catalogue``."""
        return {
            "title": self.plan.title,
            "observing": self.plan.observing,
            "observed": self.plan.observed,
            "now_utc": _stamp(self.now),
            "reading": self.mission.context.reading.to_json(),
            "duties": [self._duty(duty, catalogue) for duty in self.in_order()],
            "events": [
                {"kind": event.kind, "at_utc": _stamp(event.at_utc), "by": event.by, "source": event.source}
                for event in self.mission.case.events
                if not kinds()[event.kind].law
            ],
            "findings": [finding.to_json(catalogue) for finding in self.findings],
        }

    def _duty(self, duty: Duty, catalogue: Catalogue) -> dict[str, Any]:
        clock, moment, because = duty.clock, duty.anchor, words.why(duty)
        return {
            "id": duty.id,
            "provision": clock.provision,
            "also": list(clock.also),
            "bearer": self.code(clock.bearer) or clock.bearer,
            "bearer_role": clock.bearer,
            "beneficiary": self.code(clock.beneficiary) or clock.beneficiary,
            "beneficiary_role": clock.beneficiary,
            "modality": clock.modality,
            "what": clock.what.render(catalogue),
            "not_before_utc": _stamp(duty.not_before_utc),
            "due_utc": _stamp(duty.due_utc),
            "at_once": clock.at_once,
            "anchor": None if moment is None else (moment.kind or "calendar"),
            "anchor_utc": _stamp(moment.at) if moment else None,
            "anchor_footing": moment.footing.value if moment else None,
            "counted_from": words.counted_from(duty).render(catalogue),
            "estimated": duty.estimated,
            "state": duty.state.value,
            "why": because.render(catalogue) if because else None,
            "done_by": list(clock.done_by),
            "done_utc": _stamp(duty.done.at_utc) if duty.done else None,
            "done_source": duty.done.source if duty.done else None,
            "consequence": words.consequence_words(duty).render(catalogue),
            "text_silent": clock.silent,
            "note": clock.note.render(catalogue) if clock.note else None,
            "extended_by": list(duty.extended),
            "stood_still_h": duty.stood_still / dt.timedelta(hours=1),
            "by_agreement": duty.by_agreement,
            "values": [value.to_json() for value in duty.values],
            "needs": [need.render(catalogue) for need in words.needs_of(duty)],
        }


def timeline(
    context: Context, now: dt.datetime | None = None, where: str = "", told: Conduct = NOTHING_TOLD
) -> Timeline:
    """Derive the clock of a mission from a plan and its facts, as of ``now``: by default the last event listed.

    What is ``told`` of the conduct of the mission has no time; it is judged whatever ``now`` is.

    :raises InputError: of kind ``bad_events`` with all faults of the events.
    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    mission = mission_of(context, where)
    moment = mission.last_event_utc if now is None else now
    found = duties(clocks(), mission.case, mission.law, moment)
    bare = Timeline(mission, moment, found, (), _film(mission.case, moment))
    seen = conduct.judge(context, told)
    return replace(bare, findings=(*_findings(bare), *seen), conduct=seen)


def _film(case: Case, now: dt.datetime | None) -> str | None:
    """Find which side arranges the development of the film, as far as that has happened."""
    told = (one for one in case.events if case.settles.get(one.kind) == "film" and one.by is not None)
    by = (one.by for one in told if now is not None and one.at_utc <= now)
    return next((case.sides.get(code or "", code) for code in by), None)


def _findings(found: Timeline) -> Iterator[Finding]:
    """Judge the times of the plan by the rules for plans, and what else the events list by the clocks."""
    context = with_times(found.mission.context, found.mission, found.now)
    for rule in _PLAN_RULES:
        yield from rule(context)
    bearers = {role: found.code(role) for role in ROLES}
    worth = (duty for duty in found.duties if duty.state is not State.NOT_APPLICABLE and _has_come(duty))
    yield from rules.judge(worth, context.reading, bearers, found.mission.case.complete_until)


def _has_come(duty: Duty) -> bool:
    """Tell whether a duty has something to be judged: it runs, or it is settled."""
    anchor = duty.anchor
    regime = anchor is not None and anchor.footing in (Footing.LAW, Footing.CALENDAR) and duty.done is None
    return duty.state is not State.WAITING and not regime


def with_times(context: Context, mission: Mission, now: dt.datetime | None) -> Context:
    """Return the context with the times that events tell beside the facts, as far as they have come."""
    times = context.facts.times
    for kind in kinds().values():
        if kind.times and getattr(times, kind.times) is None:
            at = (one.at_utc for one in mission.case.events if one.kind == kind.name)
            come = min((one for one in at if kind.fixed or (now is not None and one <= now)), default=None)
            times = replace(times, **{kind.times: come})
    return replace(context, facts=replace(context.facts, times=times))


def _stamp(at: dt.datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
