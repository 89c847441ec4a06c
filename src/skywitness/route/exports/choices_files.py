"""The comparison of several flights to choose from, as files: a table in Markdown, the same as JSON, one map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skywitness.core.text import ENGLISH, Catalogue, Text, say, say_n, verbatim
from skywitness.route.clouds.worth import any_chance
from skywitness.route.compare import named, only_in, region
from skywitness.route.exports import choices_map
from skywitness.route.exports.bundle import Form, Written, write_forms
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from skywitness.geo.view import BorderView


def folder_of(number: int) -> str:
    """Name the folder of a choice, from 1."""
    return f"choice-{number}"


def headings(count: int) -> tuple[Text, ...]:
    """The headings of the table: one column for each choice at the end."""
    return (
        say("Choice"),
        say("Value"),
        say("km"),
        say("Sites"),
        say("Airfields"),
        say("Where"),
        say("Only here"),
        *(say("% shared with {number}", number=number) for number in range(1, count + 1)),
    )


def rows(plans: Sequence[Plan], shared: Sequence[Sequence[float]]) -> list[tuple[Text, ...]]:
    """The rows of the table: what each choice achieves, where it goes, what it shares with each other one."""
    found = []
    for number, plan in enumerate(plans):
        airfields = list(dict.fromkeys(point.ident for point in plan.waypoints if point.airfield))
        others = [other for place, other in enumerate(plans) if place != number]
        shares = [
            verbatim("-") if place == number else verbatim(f"{100.0 * share:.0f}")
            for place, share in enumerate(shared[number])
        ]
        found.append(
            (
                verbatim(str(number + 1)),
                _value(plan),
                verbatim(f"{plan.distance_km:.0f}"),
                verbatim(str(len(plan.observed_sites))),
                verbatim(", ".join(airfields)),
                region(plan),
                named(only_in(plan, others)),
                *shares,
            )
        )
    return found


def _value(plan: Plan) -> Text:
    if any_chance(plan.sites):
        return say("{value:.1f}, expected {expected:.1f}", value=plan.score, expected=plan.expected_score)
    return say("{value:.1f}", value=plan.score)


SHARED_MEANS = say(
    "Shared: the value of the sites that both observe, as a share of the value of the one that observes less."
)


def to_markdown(
    plans: Sequence[Plan], shared: Sequence[Sequence[float]], warnings: Sequence[Text], catalogue: Catalogue = ENGLISH
) -> str:
    """Write the comparison as a page in Markdown."""

    def row(cells: Sequence[Text]) -> str:
        return "| " + " | ".join(cell.render(catalogue).replace("|", "\\|") for cell in cells) + " |"

    names = headings(len(plans))
    lines = [
        f"# {say_n('{count} choice', '{count} choices', len(plans)).render(catalogue)}",
        "",
        row(names),
        "|" + "---|" * len(names),
        *(row(cells) for cells in rows(plans, shared)),
        "",
        SHARED_MEANS.render(catalogue),
        *(f"\n- {warning.render(catalogue)}" for warning in warnings),
        "",
        "![](choices.png)",
    ]
    return "\n".join(lines) + "\n"


def to_json(plans: Sequence[Plan], shared: Sequence[Sequence[float]], catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
    """Write the comparison for scripts."""
    found = [
        {
            "number": number,
            "folder": folder_of(number),
            "score": plan.score,
            "expected_score": plan.expected_score,
            "distance_km": plan.distance_km,
            "sites_observed": len(plan.observed_sites),
            "airfields": list(dict.fromkeys(point.ident for point in plan.waypoints if point.airfield)),
            "region": region(plan).render(catalogue),
            "shared_with_best": shared[number - 1][0],
            "shared": list(shared[number - 1]),
            "only_here": [site.name for site in only_in(plan, [one for one in plans if one is not plan])],
        }
        for number, plan in enumerate(plans, 1)
    ]
    return {"choices": found}


def write_comparison(
    plans: Sequence[Plan],
    shared: Sequence[Sequence[float]],
    warnings: Sequence[Text],
    folder: Path,
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
) -> tuple[Written, ...]:
    """Write table, JSON and map into ``folder``: all of them, or none."""

    def document() -> bytes:
        made = to_json(plans, shared, catalogue)
        return (json.dumps(made, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()

    forms = (
        Form("comparison", "choices.md", lambda: to_markdown(plans, shared, warnings, catalogue).encode(), ()),
        Form("comparison_json", "choices.json", document, ()),
        Form(
            "choices_png",
            "choices.png",
            lambda: choices_map.to_png(plans, catalogue=catalogue, language=language, view=view),
            (),
        ),
    )
    return write_forms(forms, folder)
