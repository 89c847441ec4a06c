"""The options of ``plan`` about clouds, and what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.command import Words
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.core.text import Text
    from skywitness.route.clouds.asked import Clouds
    from skywitness.route.model import Site


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
        words.option(
            "--cautious",
            "SHARE",
            say("Plan for the worst skies that make up this share (0.1: one of ten), not for the expected value."),
            read=values.share_of_skies,
        ),
        words.option(
            "--cloud-correlation-km",
            "KM",
            say("Over this distance the correlation of cloud falls to 1/e; 0: each site has its own weather."),
            read=values.correlation_km,
            default="400",
        ),
        words.option(
            "--cloud-scenarios",
            "FILE",
            say("Skies in the place of drawn ones: CSV, a row for each site, a column for each member, 0 to 1."),
        ),
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask about clouds, the sites with their chances, and what the reader of skies has to tell."""

    clouds: Clouds
    sites: tuple[Site, ...]
    told: tuple[Text, ...] = ()


def asked(options: dict[str, Any], sites: Sequence[Site]) -> Asked:
    """Put together what the options ask about clouds over some sites."""
    from skywitness.route.clouds.asked import Clouds

    ignore = options["clouds"] == "ignore"
    if ignore and (options["cautious"] is not None or options["cloud_scenarios"]):
        message = say(
            "--clouds ignore plans as if the sky were clear; it goes with neither --cautious nor --cloud-scenarios."
        )
        raise InputError("usage", message, "--clouds")
    if ignore:
        return Asked(Clouds(ignore=True), tuple(sites))
    length_km, share = options["cloud_correlation_km"], options["cautious"]
    if not options["cloud_scenarios"]:
        return Asked(Clouds(cautious=share, correlation_km=length_km), tuple(sites))
    from skywitness.route.clouds.told_file import read_told

    read = read_told(options["cloud_scenarios"], sites)
    return Asked(Clouds(cautious=share, correlation_km=length_km, told=read.told), read.sites, read.warnings)
