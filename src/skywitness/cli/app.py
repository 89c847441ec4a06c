"""All commands of the program, in the order people meet them.

Every command's module declares it and runs it.  What a command needs is imported when it runs: declaring all of them
costs a few milliseconds.
"""

from __future__ import annotations

import click

from skywitness import __version__
from skywitness.cli import (
    annotate,
    ask,
    check,
    demo,
    doctor,
    document,
    law,
    media,
    plan,
    read,
    replan,
    sites,
    timeline,
    track,
    vdoc,
)
from skywitness.cli.answer import Answer
from skywitness.cli.case import group as case
from skywitness.cli.cfe import group as cfe
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.inf import group as inf
from skywitness.cli.record import group as record
from skywitness.cli.sampling import group as sampling
from skywitness.core.text import say


def build(face: Face) -> click.Group:
    """Make the command tree with help in the language of ``face``."""
    words = Words(face)
    return words.group(
        "skywitness",
        say(
            "Cooperative aerial observation under the Treaty on Open Skies: what the law says on a day, which flight "
            "to fly, and whether a flight keeps the rules, with the reason for every verdict."
        ),
        [
            law.declare(words),
            sites.declare(words),
            plan.declare(words),
            replan.declare(words),
            ask.declare(words),
            check.declare(words),
            track.declare(words),
            timeline.declare(words),
            annotate.declare(words),
            media.declare(words),
            document.declare(words),
            record.declare(words),
            inf.declare(words),
            cfe.declare(words),
            vdoc.declare(words),
            sampling.declare(words),
            case.declare(words),
            read.declare(words),
            demo.declare(words),
            doctor.declare(words),
            words.command("version", _version, say("Print the version of the program.")),
        ],
    )


def _version(_face: Face) -> Answer:
    return Answer(lambda: {"version": __version__}, lambda page: page.raw(__version__))
