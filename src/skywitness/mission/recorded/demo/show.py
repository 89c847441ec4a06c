"""The whole demo: a mission that ends with a verified bundle and nothing discrepant, then lies that are caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.mission.recorded.demo import lies, mission, papers, stage
from skywitness.mission.recorded.demo.lies import Caught
from skywitness.mission.recorded.demo.stage import Verified
from skywitness.mission.recorded.demo.telling import Scene, Told
from skywitness.mission.recorded.report import report
from skywitness.record.discrepancy.model import Report

BUNDLE = "DEU-2019-031.tar"
GIVEN = "DEU-2019-031-for-CAN.tar"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the demo showed: two scenes, how many of the other witnesses were enough, and what came of each scene.

    ``verified``: the archive of the observing Party.  ``given``: the bundle for the Party that asked for a copy.
    """

    mission: Scene
    quorum: int
    report: Report
    verified: Verified
    given: Verified
    lies: Scene
    caught: Caught

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "scenes": [self.mission.to_json(catalogue), self.lies.to_json(catalogue)],
            "quorum": self.quorum,
            "discrepancies": self.report.to_json(catalogue),
            "verification": self.verified.to_json(catalogue),
            "given": self.given.to_json(catalogue),
            "caught": {
                **self.caught.report.to_json(catalogue),
                "evidence": [one.to_json(catalogue) for one in self.caught.evidence],
            },
        }


def run(folder: Path, listener: Callable[[Told], None] = lambda _: None) -> Outcome:
    """Let everything happen in a folder; ``listener`` hears of every step."""
    with stage.world_in(folder, listener) as world:
        first = world.scene
        mission.fly_and_record(world)
        quorum = stage.cosign(world)
        verified, given = stage.archive(world, folder / BUNDLE), stage.given(world, folder / GIVEN)
        found = report(world.node(papers.OBSERVING).store, world.now())
        world.scene = Scene("lies", say("A Party that lies"), listener=listener)
        caught = lies.lie_and_be_caught(world, folder)
        return Outcome(first, quorum, found, verified, given, world.scene, caught)
