"""The second scene: a Party that lies in four ways, and how each lie is caught by its own signatures.

The next flight is Ukraine's, over Germany; all of it is invented, the lies most of all.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from skywitness.core.text import say
from skywitness.mission.recorded import compose, counters, names
from skywitness.mission.recorded.demo.papers import SENSOR
from skywitness.mission.recorded.demo.world import World, receipt_of
from skywitness.mission.recorded.report import report
from skywitness.mission.recorded.types import registry
from skywitness.record import exchange, streams
from skywitness.record.discrepancy.model import Report
from skywitness.record.evidence_held import Held, all_of
from skywitness.record.log.model import Draft
from skywitness.record.node.node import open_node

STREAM: Final = "flight/UKR-2019-007"
LIAR, OTHER, MISLED = "UKR", "DEU", "POL"
LAST_FRAME: Final = 360
LEFT_OUT: Final = (181, 200)


@dataclass(frozen=True, slots=True)
class Caught:
    """What the other Party's report shows in the end, and what proves itself."""

    report: Report
    evidence: tuple[Held, ...]


def lie_and_be_caught(world: World, folder: Path) -> Caught:
    """Let the liar lie and the others compare."""
    _open(world)
    _other_hash(world)
    _two_stories(world, folder)
    _left_out(world)
    _close(world)
    _compare(world)
    node = world.node(OTHER)
    return Caught(report(node.store, world.now()), all_of(node))


def _open(world: World) -> None:
    world.at("2019-05-06T09:00:00Z")
    draft = streams.draft_opening(world.node(LIAR), STREAM, (OTHER,), counters.body_of({SENSOR: 1}))
    world.tell(LIAR, say("Opens the record of its flight over Germany."), draft.entry.address)
    world.sign_together(LIAR, OTHER, draft.entry.address)


def _other_hash(world: World) -> None:
    """Receive a file, and sign that another came."""
    world.at("2019-05-07T10:00:00Z")
    file = world.keep(OTHER, "changes-to-the-plan.txt", b"No flight below 1,500 m over the town.\n", "text/plain")
    draft = Draft(STREAM, names.PLAN, {}, to=(LIAR,), objects=(file,))
    sent = world.record(OTHER, draft, say("Sends its changes to the plan."))
    world.bring(OTHER, LIAR)
    other = b"No flight below 150 m over the town.\n"
    false = replace(file, sha256=hashlib.sha256(other).hexdigest(), size=len(other))
    world.node(LIAR).objects.put([other])
    text = say("Signs a receipt that says another file came.")
    world.record(LIAR, receipt_of(LIAR, sent, (false,)), text, lie=True)
    world.bring(LIAR, OTHER)


def _two_stories(world: World, folder: Path) -> None:
    """Keep a second copy of the whole node, and tell one Party another story out of it."""
    world.at("2019-05-08T09:00:00Z")
    aside = folder / "a-second-ukr"
    place = world.node(LIAR).folder
    world.close(LIAR)
    shutil.copytree(place, aside)
    world.open(LIAR, place)
    told = {"kind": "deviation", "at_utc": "2019-05-08T09:00:00Z", "reason": "weather", "by": LIAR}
    world.record(
        LIAR, Draft(STREAM, names.EVENT, told), say("Tells Germany that it left its path because of the weather.")
    )
    world.bring(LIAR, OTHER)
    second = open_node(aside, world.clock)
    try:
        false = {"kind": "deviation", "at_utc": "2019-05-08T09:00:00Z", "reason": "none", "by": LIAR}
        made = compose.append(second, [Draft(STREAM, names.EVENT, false)])[0].entry
        world.tell(
            LIAR, say("Tells Poland, at the same place of its log, that it had no reason."), made.address, lie=True
        )
        exchange.sync(second, MISLED, registry())
    finally:
        second.close()


def _left_out(world: World) -> None:
    """Leave out twenty frames that the counter has counted."""
    world.at("2019-05-08T12:00:00Z")
    for first, last in ((1, LEFT_OUT[0] - 1), (LEFT_OUT[1] + 1, LAST_FRAME)):
        sent = world.frames(LIAR, first, last, OTHER, STREAM)
        world.receive(OTHER, sent, say("Has the list of frames {first} to {last}.", first=first, last=last))
    first, last = LEFT_OUT
    world.tell(LIAR, say("Leaves frames {first} to {last} out.", first=first, last=last), lie=True)


def _close(world: World) -> None:
    world.at("2019-05-09T09:00:00Z")
    world.bring(LIAR, OTHER)
    draft = streams.draft_closing(world.node(LIAR), STREAM, counters.body_of({SENSOR: LAST_FRAME}))
    text = say("Closes the record; the counter of the camera, sealed by both, ended at {frame}.", frame=LAST_FRAME)
    world.tell(LIAR, text, draft.entry.address)
    world.sign_together(LIAR, OTHER, draft.entry.address)


def _compare(world: World) -> None:
    world.at("2019-05-11T09:00:00Z")
    world.tell(MISLED, say("Exchanges with Germany, as every week."))
    world.bring(MISLED, OTHER)
