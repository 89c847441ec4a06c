"""``skywitness demo mission``: a mission that five nodes record, and a Party that lies and is caught."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skywitness.cli.answer import Answer
from skywitness.cli.face import Face
from skywitness.cli.invocation import program
from skywitness.cli.page import Page
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.mission.recorded.demo.show import Outcome
    from skywitness.mission.recorded.demo.stage import Verified
    from skywitness.mission.recorded.demo.telling import Scene

_DIGITS = 8


def demo_mission(face: Face, folder: Path | None) -> Answer:
    """Run the mission in a folder, or in a temporary one, and show it."""
    from skywitness.mission.recorded.demo.show import run

    note = say("Five nodes are made, with servers on this computer; the mission takes some ten seconds.")
    face.note(note)
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True)
        outcome = run(folder)
    else:
        with tempfile.TemporaryDirectory(prefix="skywitness-") as place:
            outcome = run(Path(place))

    def document() -> dict[str, Any]:
        return {**outcome.to_json(face.language), "folder": None if folder is None else str(folder)}

    return Answer(document, lambda page: _write(page, outcome, folder))


def _write(page: Page, outcome: Outcome, folder: Path | None) -> None:
    from skywitness.cli.record.bundles import write_steps
    from skywitness.cli.record.report import write_report
    from skywitness.record.verify.report import overall

    page.paragraph(
        say(
            "All of it is invented but the program: every entry below is signed, every log is checked, cosigned and "
            "verified as it would be between States."
        )
    )
    _write_scene(page, outcome.mission)
    page.heading(say("What the observing Party's node finds"))
    write_report(page, outcome.report)
    page.heading(say("The archive of Germany, verified"))
    words = say("The observing and the observed Party and {count} others cosigned every log.", count=outcome.quorum)
    page.paragraph(words)
    write_steps(page, outcome.verified.steps, overall(outcome.verified.steps).value)
    _write_standalone(page, outcome.verified)
    _write_given(page, outcome.given)
    _write_scene(page, outcome.lies)
    page.heading(say("What Germany's node finds now"))
    write_report(page, outcome.caught.report)
    for one in outcome.caught.evidence:
        page.heading(say("Proof {ident}: anybody can check it, whoever shows it", ident=one.id[:_DIGITS]))
        page.paragraph(one.proves)
        page.paragraph(
            say("{count} bytes, {kind}, signed by {party}.", count=len(one.body), kind=one.kind, party=one.party)
        )
    _write_next(page, folder)


def _write_scene(page: Page, scene: Scene) -> None:
    page.heading(scene.title)
    rows = [
        [
            f"{told.at_utc:%m-%d %H:%MZ}",
            told.who,
            f"✗ {page.words(told.text)}" if told.lie else page.words(told.text),
            told.address[:_DIGITS],
        ]
        for told in scene.steps
    ]
    page.table([say("When"), say("Who"), say("What"), say("Entry")], rows)


def _write_given(page: Page, given: Verified) -> None:
    """Show the bundle that goes to another Party: with what it may read, and what that leaves open."""
    from skywitness.cli.record.bundles import VERDICTS
    from skywitness.record.verify.report import overall

    page.heading(say("The bundle for Canada, verified by Canada"))
    words = say(
        "Canada took no part in the flight: {count} entries are withheld in its bundle, each with provision and "
        "reason.",
        count=given.withheld,
    )
    page.paragraph(words)
    verdict = overall(given.steps).value
    page.paragraph(say("Verdict: {verdict}", verdict=VERDICTS[verdict]), style="bold")
    if verdict == "cannot_tell":
        page.paragraph(say("Nothing failed; what rests on entries that are withheld cannot be told."))
    _write_standalone(page, given)


def _write_standalone(page: Page, verified: Verified) -> None:
    """Say whether the program that is one file found the same."""
    same = tuple(step.verdict.value for step in verified.steps) == verified.standalone_verdicts
    if same:
        words = say("verify.py, one file that shares no code with this program, says the same of every step.")
    else:
        words = say("verify.py, one file that shares no code with this program, says something else.")
    page.marked("✓" if same else "✗", words)


def _write_next(page: Page, folder: Path | None) -> None:
    page.heading(say("What next"))
    if folder is None:
        page.marked("·", say("Keep the nodes and the bundle, to look at them:"), indent=2)
        page.raw(f"    {program()} demo mission --out mission")
        return
    where = shlex.quote(str(folder))
    for words, call in (
        (say("All entries that Germany holds:"), f"record list {where}/deu"),
        (
            say("The bundle for Canada, verified by whom Canada trusts:"),
            f"record verify {where}/DEU-2019-031-for-CAN.tar --record {where}/can",
        ),
        (say("What proves itself:"), f"record evidence {where}/deu"),
    ):
        page.marked("·", words, indent=2)
        page.raw(f"    {program()} {call}")
