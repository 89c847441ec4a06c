"""What a plan owes to wishes, and what changes from the plan it takes the place of: for people and for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skywitness.cli.page import Page
from skywitness.cli.plan_page import write_list
from skywitness.core.text import Text, say, say_n
from skywitness.route.compare import Comparison, named
from skywitness.route.model import Site
from skywitness.route.planner.wishes import Wish

MOST_NAMED = 8


def wish_json(wish: Wish) -> dict[str, Any]:
    """Write a wish for scripts; ``nearest_km`` and ``asked_km`` are null for pins and areas."""
    return {
        "kind": wish.kind,
        "name": wish.name,
        "kept": wish.kept,
        "nearest_km": wish.nearest_km,
        "asked_km": wish.asked_km,
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Write what changes for scripts."""
    return {
        "before": {
            "score": found.before_value,
            "expected_score": found.before_expected,
            "distance_km": found.before_km,
        },
        "after": {"score": found.after_value, "expected_score": found.after_expected, "distance_km": found.after_km},
        "score_change": found.value_change,
        "expected_score_change": found.after_expected - found.before_expected,
        "km_change": found.km_change,
        "share_kept": found.after_value / found.before_value if found.before_value > 0.0 else None,
        "sites_kept": found.kept,
        "sites_gained": [_site(site) for site in found.gained],
        "sites_lost": [_site(site) for site in found.lost],
    }


def _site(site: Site) -> dict[str, Any]:
    return {"name": site.name, "lon": site.lon, "lat": site.lat, "value": site.value}


def write_wishes(page: Page, wishes: Sequence[Wish]) -> None:
    """Write each wish and that it is kept, with the measured distance."""
    if not wishes:
        return
    page.heading(say("Wishes"))
    write_list(page, [_wish(wish) for wish in wishes])


def _wish(wish: Wish) -> Text:
    if wish.kind == "pin":
        if wish.kept:
            return say("{name} must be observed: it is", name=wish.name)
        return say("{name} must be observed: it is NOT", name=wish.name)
    if wish.nearest_km is None or wish.asked_km is None:
        if wish.kept:
            return say("{name} must not be flown into: no leg does", name=wish.name)
        return say("{name} must not be flown into: a leg DOES", name=wish.name)
    told = {"name": wish.name, "km": wish.nearest_km, "asked": wish.asked_km}
    if wish.kept:
        return say("{name} is kept away from: {km:.1f} km at the nearest, {asked:.1f} km were asked", **told)
    return say("{name} is NOT kept away from: {km:.1f} km at the nearest, {asked:.1f} km were asked", **told)


def write_comparison(page: Page, found: Comparison, heading: Text | None = None) -> None:
    """Write both versions beside one another, and what is lost and gained."""
    page.heading(heading or say("What changes"))
    number = page.language.number
    rows = [
        (say("before"), ".1f", ".0f", (found.before_value, found.before_expected, found.before_km)),
        (say("now"), ".1f", ".0f", (found.after_value, found.after_expected, found.after_km)),
        (
            say("change"),
            "+.1f",
            "+.0f",
            (found.value_change, found.after_expected - found.before_expected, found.km_change),
        ),
    ]
    expected = (say("Expected"),) if found.clouded else ()
    page.table(
        (say(""), say("Value"), *expected, say("km")),
        [
            (
                page.words(word),
                number(value, of_value),
                *(number(under_clouds, of_value) for _ in expected),
                number(length_km, of_km),
            )
            for word, of_value, of_km, (value, under_clouds, length_km) in rows
        ],
        right=(1, 2, 3)[: 2 + len(expected)],
    )
    write_list(page, [_sites(say("lost"), found.lost), _sites(say("gained"), found.gained)])


def counted(found: Comparison) -> tuple[float, float, float]:
    """Give value, change and value before: the expected ones where clouds take anything from either plan."""
    if found.clouded:
        return found.after_expected, found.after_expected - found.before_expected, found.before_expected
    return found.after_value, found.value_change, found.before_value


def _sites(word: Text, sites: Sequence[Site]) -> Text:
    return say(
        "{word}: {count}, value {value:.1f}: {names}",
        word=word,
        count=say_n("{count} site", "{count} sites", len(sites)),
        value=sum(site.value for site in sites),
        names=named(sites, MOST_NAMED),
    )
