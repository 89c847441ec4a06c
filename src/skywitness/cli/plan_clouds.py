"""The options of ``plan`` about clouds, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.command import Words
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.route.clouds.asked import Clouds


def cloud_options(words: Words) -> list[click.Parameter]:
    """Declare how clouds are taken into account."""
    return [
        words.option(
            "--clouds",
            "HOW",
            say(
                "What the chances of a clear sky (p_clear of the sites) are taken for: expected weighs each site by "
                "its chance, ignore plans as if the sky were clear."
            ),
            read=values.clouds,
            default="expected",
        ),
    ]


def asked(options: dict[str, Any]) -> Clouds:
    """Put together what the options ask about clouds."""
    from skywitness.route.clouds.asked import Clouds

    return Clouds(ignore=options["clouds"] == "ignore")
