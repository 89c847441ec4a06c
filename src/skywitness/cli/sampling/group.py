"""The commands of ``skywitness sampling``."""

from __future__ import annotations

import click

from skywitness.cli.command import Words
from skywitness.cli.sampling import curve, detect, example, mix, size
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "sampling",
        say("How much inspection is enough: sizes of samples, chances of detection, the cheapest mix of observations."),
        [size.declare(words), detect.declare(words), curve.declare(words), mix.declare(words), example.declare(words)],
    )
