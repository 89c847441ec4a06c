"""The mission itself: from the opening that both sign to the closing that both sign, and everything between."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.mission.recorded import counters, names
from skywitness.mission.recorded.demo import flown, papers
from skywitness.mission.recorded.demo.papers import ASKING, OBSERVED, OBSERVING, REQUEST, SENSOR, STREAM
from skywitness.mission.recorded.demo.world import World
from skywitness.record import streams
from skywitness.record.entry.entry import Reference
from skywitness.record.log.model import Draft

_EVENTS: tuple[tuple[str, str, Text], ...] = (
    ("2019-04-16T05:00:00Z", "inspection_begun", say("The inspection of aircraft and sensors begins.")),
    ("2019-04-16T11:30:00Z", "inspection_ended", say("The inspection ends; the sensors are as certified.")),
)


def fly_and_record(world: World) -> None:
    """Let the whole mission happen in a world."""
    made = papers.Papers()
    _open(world)
    _notify(world, made)
    _arrive(world)
    _agree(world, made)
    _fly(world, made)
    _report(world, made)
    _copy(world)
    _close(world)


def _open(world: World) -> None:
    world.at("2019-04-11T09:00:00Z")
    body = counters.body_of({SENSOR: papers.FIRST_FRAME})
    draft = streams.draft_opening(world.node(OBSERVING), STREAM, (OBSERVED,), body)
    text = say("Opens the record of the flight; the counter of {sensor} stands at {frame}.", sensor=SENSOR, frame=1)
    world.tell(OBSERVING, text, draft.entry.address)
    world.sign_together(OBSERVING, OBSERVED, draft.entry.address)


def _notify(world: World, made: papers.Papers) -> None:
    world.at("2019-04-12T07:00:00Z")
    body = made.document("intent", OBSERVING, (OBSERVED,), "OSY-1", **papers.INTENT)
    sent = world.document(
        OBSERVING, body, (OBSERVED,), say("Notifies the flight, 73 hours before the arrival (VI.I.5).")
    )
    world.receive(OBSERVED, sent, say("Has the notification."))
    world.event(OBSERVING, "others_notified", "2019-04-12T07:00:00Z", say("Has told all other Parties too (VI.I.8)."))
    world.at("2019-04-12T15:00:00Z")
    items = {"received_utc": world.now(), "provides_aircraft": False, "inspection_confirmed": True}
    body = made.document("acknowledgement", OBSERVED, (OBSERVING,), "OSY-2", **items)
    answer = world.document(OBSERVED, body, (OBSERVING,), say("Acknowledges it within a day (VI.I.6)."))
    world.receive(OBSERVING, answer, say("Has the acknowledgement."))


def _arrive(world: World) -> None:
    world.at("2019-04-15T08:00:00Z")
    for party in (OBSERVING, OBSERVED):
        world.event(party, "arrival", "2019-04-15T08:00:00Z", say("Records the arrival at the point of entry."))


def _agree(world: World, made: papers.Papers) -> None:
    world.at("2019-04-15T12:00:00Z")
    body = made.document("mission_plan", OBSERVING, (OBSERVED,), "OSY-3", point_of_exit="UKBB")
    plan = world.keep(OBSERVING, "plan.json", made.plan_file)
    text = say("Submits the mission plan: {km:.0f} km from Boryspil (VI.II.4).", km=body["items"]["distance_km"])
    sent = world.document(OBSERVING, body, (OBSERVED,), text, (plan,))
    world.receive(OBSERVED, sent, say("Has the plan, with the same hash."))
    world.at("2019-04-15T15:00:00Z")
    items = {"submitted_utc": "2019-04-15T12:00:00Z", "accepted": True}
    body = made.document("mission_plan_answer", OBSERVED, (OBSERVING,), "OSY-4", **items)
    answer = world.document(OBSERVED, body, (OBSERVING,), say("Accepts the plan within four hours (VI.II.6)."))
    world.receive(OBSERVING, answer, say("Has the answer."))
    for party in (OBSERVING, OBSERVED):
        world.event(party, "plan_agreed", "2019-04-15T15:00:00Z", say("Records that the plan is agreed."))
    for at, kind, text in _EVENTS:
        world.at(at)
        world.event(OBSERVED, kind, at, text)


def _fly(world: World, made: papers.Papers) -> None:
    for at, kind, text in (
        (made.plan.commencement_utc, "commencement", say("Records that the flight began.")),
        (made.plan.completion_utc.replace(microsecond=0), "completion", say("Records that it ended.")),
    ):
        moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        world.at(moment)
        for party in (OBSERVING, OBSERVED):
            world.event(party, kind, moment, text)
    world.at("2019-04-17T12:00:00Z")
    middle = papers.LAST_FRAME // 2
    for first, last in ((papers.FIRST_FRAME, middle), (middle + 1, papers.LAST_FRAME)):
        sent = world.frames(OBSERVING, first, last, OBSERVED)
        world.receive(OBSERVED, sent, say("Has the list of frames {first} to {last}.", first=first, last=last))


def _report(world: World, made: papers.Papers) -> None:
    world.at("2019-04-17T15:00:00Z")
    track = flown.track_csv(made.plan)
    found = flown.judged(made.plan, made.facts, track)
    verdicts = Counter(finding.verdict for finding in found.findings)
    findings = json.dumps([one.to_json() for one in found.findings], ensure_ascii=False, indent=1).encode()
    files = (world.keep(OBSERVING, "track.csv", track), world.keep(OBSERVING, "findings.json", findings))
    text = say(
        "Judges the track flown: {kept} provisions kept, {unknown} that cannot be told, {breaches} breaches.",
        kept=verdicts[Verdict.OK],
        unknown=verdicts[Verdict.CANNOT_TELL],
        breaches=verdicts[Verdict.BREACH],
    )
    sent = world.record(OBSERVING, Draft(STREAM, names.FINDINGS, {}, to=(OBSERVED,), objects=files[1:]), text)
    world.receive(OBSERVED, sent, say("Has the findings."))
    world.at("2019-04-18T04:00:00Z")
    body = papers.report_body(found.report)
    report = Draft(STREAM, names.of_document("mission_report"), body, objects=files[:1])
    text = say("Lays the mission report before the observed Party at the point of exit (VI.I.21).")
    laid = world.record(OBSERVING, replace(report, to=(OBSERVED,)), text)
    world.receive(OBSERVED, laid, say("Has the report."))
    signature = {"kind": "report_signed", "at_utc": "2019-04-18T04:00:00Z"}
    answer = (Reference("answers", laid.address),)
    world.record(OBSERVED, Draft(STREAM, names.EVENT, signature, refers_to=answer), say("Signs this very text."))
    world.record(OBSERVING, report, say("Gives the mission report, signed by both, to all Parties (VI.I.21)."))


def _copy(world: World) -> None:
    world.at("2019-04-20T09:00:00Z")
    made = papers.Papers()
    items = {"sensor": SENSOR, "portions": ("all",), "medium": "files"}
    body = made.document("data_request", ASKING, (OBSERVED, OBSERVING), "CAN-4", **items)
    text = say("Asks for a copy of the data (IX.IV.1).")
    draft = Draft(REQUEST, names.of_document("data_request"), body, to=(OBSERVING, OBSERVED))
    asked = world.record(ASKING, draft, text)
    for party in (OBSERVING, OBSERVED):
        world.receive(party, asked, say("Has the request."))
    world.at("2019-04-22T10:00:00Z")
    given = world.copy(OBSERVING, asked)
    world.receive(ASKING, given, say("Has the copy, with the same hashes."))


def _close(world: World) -> None:
    world.at("2019-04-23T09:00:00Z")
    world.exchange()
    body = counters.body_of({SENSOR: papers.LAST_FRAME})
    draft = streams.draft_closing(world.node(OBSERVING), STREAM, body)
    text = say(
        "Closes the record of the flight: it counts the entries of both; the counter ended at {frame}.",
        frame=papers.LAST_FRAME,
    )
    world.tell(OBSERVING, text, draft.entry.address)
    closing = world.sign_together(OBSERVING, OBSERVED, draft.entry.address)
    world.at("2019-04-25T09:00:00Z")
    world.receive(OBSERVED, closing, say("Has the closed record."))
