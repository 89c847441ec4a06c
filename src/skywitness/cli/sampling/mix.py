"""``skywitness sampling mix``: which flights and inspections together reach a chance of detection, and at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.sampling import figures
from skywitness.cli.sampling.places import picture
from skywitness.core.text import Text, say, say_n, verbatim

if TYPE_CHECKING:
    from skywitness.sampling.mix.model import Answer as Found
    from skywitness.sampling.mix.model import Kind, Limit, Mix, Need, Problem

_MOST_ROWS = 12


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "mix",
        mix,
        say(
            "Find the cheapest mix of flights and inspections, within quotas, shares and time, that notices a build-up "
            "or a hidden holding with a given chance. Every mix is compared; what is assumed is printed with it."
        ),
        [
            words.argument("FILE", "file", say("What is to be noticed, and the kinds of observation: TOML.")),
            words.option("--out", "FILE", say("Write a diagram of cost and chance: .png or .svg."), read=picture),
        ],
        examples=[
            "skywitness sampling mix plan.toml",
            "skywitness sampling mix plan.toml --out mix.png --lang vi",
        ],
    )


def mix(face: Face, file: str, out: Path | None) -> Answer:
    """Find the mix."""
    from skywitness.core.errors import InputError
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text
    from skywitness.sampling.mix.read import read_problem
    from skywitness.sampling.mix.search import solve

    where = path_words(file)
    problem = read_problem(parse_toml(read_text(file), where), where)
    try:
        found = solve(problem)
    except InputError as error:
        raise InputError(error.kind, error.message, where) from error
    if out is not None:
        _draw(face, problem, found, file, out)
    return Answer(lambda: _document(face, problem, found, out), lambda page: _write(page, problem, found, out))


def _draw(face: Face, problem: Problem, found: Found, file: str, out: Path) -> None:
    from skywitness.cli.sampling.mix_picture import draw_mix
    from skywitness.cli.whole_files import places, write_whole

    place = places({"--out": str(out)}, [file])["--out"]
    write_whole({"--out": (place, draw_mix(problem, found, out.suffix.lower().removeprefix("."), face.language))})


# ---- JSON ----


def _document(face: Face, problem: Problem, found: Found, out: Path | None) -> dict[str, Any]:
    from skywitness.sampling.mix.assumptions import assumptions, caveats

    document: dict[str, Any] = {
        "title": problem.title,
        "probability_wanted": float(problem.wanted),
        "result": "infeasible" if found.cheapest is None else "enough",
        "best": _mix_json(problem, found.best),
    }
    if found.cheapest is not None:
        document["cheapest"] = _mix_json(problem, found.cheapest)
        document["probability"] = found.cheapest.found
    return {
        **document,
        "limits": [
            {"kind": kind.id, "most": limit.most, "by": limit.by}
            for kind, limit in zip(problem.kinds, found.limits, strict=True)
        ],
        "needs": [_need_json(need) for need in found.needs],
        "frontier": [_mix_json(problem, one) for one in found.frontier],
        "mixes_compared": found.looked_at,
        "picture": None if out is None else str(out),
        "assumptions": figures.caveats_json(face, assumptions(problem)),
        "caveats": figures.caveats_json(face, caveats()),
    }


def _mix_json(problem: Problem, one: Mix) -> dict[str, Any]:
    counts = {kind.id: count for kind, count in zip(problem.kinds, one.counts, strict=True)}
    return {"counts": counts, "cost": float(one.cost), "probability": one.found, "missed": one.missed}


def _need_json(need: Need) -> dict[str, Any]:
    if need.count is None:
        return {"kind": need.kind, "result": "none_reaches"}
    days = {} if need.days is None else {"days": float(need.days)}
    return {"kind": need.kind, "result": "enough", "count": need.count, **days}


# ---- the page ----


def _write(page: Page, problem: Problem, found: Found, out: Path | None) -> None:
    from skywitness.sampling.mix.assumptions import assumptions, caveats

    if problem.title:
        page.paragraph(verbatim(problem.title), style="bold")
    page.paragraph(_asked(page, problem))
    page.raw()
    if found.cheapest is None:
        _write_impossible(page, problem, found)
    else:
        page.paragraph(
            say(
                "The cheapest mix costs {cost} and notices it with a chance of {chance}.",
                cost=figures.amount(page.language, found.cheapest.cost),
                chance=figures.percent(page.language, found.cheapest.found, found.cheapest.missed),
            ),
            style="bold",
        )
        _write_counts(page, problem, found, found.cheapest)
    _write_frontier(page, problem, found)
    if out is not None:
        page.raw()
        page.paragraph(say("Written: {path}", path=str(out)))
    figures.write_caveats(page, assumptions(problem), say("What is assumed"))
    figures.write_caveats(page, caveats())


def _asked(page: Page, problem: Problem) -> Text:
    told = {
        "affected": problem.affected,
        "sites": problem.sites,
        "chance": figures.percent(page.language, float(problem.wanted)),
        "days": figures.amount(page.language, problem.within_days),
    }
    target = problem.target
    if target.what == "holding":
        return say(
            "Wanted: a holding hidden at {affected:,} of {sites:,} sites is noticed with a chance of {chance} within "
            "{days} days.",
            **told,
        )
    told["stands"] = figures.amount(page.language, target.lasts_days or problem.within_days)
    if target.appears_on_day is None:
        return say(
            "Wanted: a build-up at {affected:,} of {sites:,} sites, which stands for {stands} days and which nobody "
            "expects, is noticed with a chance of {chance} within {days} days of its appearing.",
            **told,
        )
    told["appears"] = figures.amount(page.language, target.appears_on_day)
    return say(
        "Wanted: a build-up at {affected:,} of {sites:,} sites, which appears on day {appears} and stands for {stands} "
        "days, is noticed with a chance of {chance} within {days} days of its appearing.",
        **told,
    )


_WHY = {
    "quota": say("its quota"),
    "pool": say("what is left of the shared quota"),
    "share": say("the share of one Party"),
    "time": say("the time"),
    "sites": say("its sites, none visited twice"),
}


def _write_counts(page: Page, problem: Problem, found: Found, one: Mix) -> None:
    page.raw()
    rows = [
        [kind.title, page.language.number(count, ",d"), _cost(page, kind, count), page.words(_limit(limit))]
        for kind, count, limit in zip(problem.kinds, one.counts, found.limits, strict=True)
    ]
    page.table([say("Observation"), say("How many"), say("Cost"), say("At most")], rows, right=(1, 2))


def _cost(page: Page, kind: Kind, count: int) -> str:
    return figures.amount(page.language, kind.cost * count)


def _limit(limit: Limit) -> Text:
    return say("{most:,}: {why}", most=limit.most, why=_WHY[limit.by])


def _write_impossible(page: Page, problem: Problem, found: Found) -> None:
    page.paragraph(
        say(
            "No mix that is allowed reaches it. The best costs {cost} and notices it with a chance of {chance}.",
            cost=figures.amount(page.language, found.best.cost),
            chance=figures.percent(page.language, found.best.found, found.best.missed),
        ),
        style="bold",
    )
    _write_counts(page, problem, found, found.best)
    page.heading(say("What would be needed: more of one kind alone, beyond all limits, the others as above"))
    for kind, need in zip(problem.kinds, found.needs, strict=True):
        page.paragraph(_need(page, problem, kind, need), indent=2, hang=2)


def _need(page: Page, problem: Problem, kind: Kind, need: Need) -> Text:
    from skywitness.sampling.mix.search import MOST_NEEDED

    if need.count is None:
        return say("{kind}: no number up to {most} is enough.", kind=kind.title, most=MOST_NEEDED)
    if need.days is not None:
        return say(
            "{kind}: {count:,}, the last reported after {days} days.",
            kind=kind.title,
            count=need.count,
            days=figures.amount(page.language, need.days),
        )
    if problem.target.unexpected:
        return say("{kind}: {count:,} in the period.", kind=kind.title, count=need.count)
    return say("{kind}: {count:,}, more than fit in while it stands.", kind=kind.title, count=need.count)


def _write_frontier(page: Page, problem: Problem, found: Found) -> None:
    page.heading(say("What each cost can reach: no mix here is both dearer and worse than another"))
    kept = _thinned(found.frontier, found.cheapest)
    heads = [say("Cost"), say("Chance"), *(verbatim(kind.id) for kind in problem.kinds)]
    rows = [
        [
            figures.amount(page.language, one.cost),
            figures.percent(page.language, one.found, one.missed),
            *(page.language.number(count, ",d") for count in one.counts),
        ]
        for one in kept
    ]
    page.table(heads, rows, right=tuple(range(len(heads))))
    page.paragraph(
        say_n(
            "{count:,} mix was compared; {shown} of {frontier:,} rows are shown, --json has them all.",
            "{count:,} mixes were compared; {shown} of {frontier:,} rows are shown, --json has them all.",
            found.looked_at,
            shown=len(kept),
            frontier=len(found.frontier),
        ),
        indent=2,
    )


def _thinned(frontier: Sequence[Mix], chosen: Mix | None) -> list[Mix]:
    """Keep rows at even steps of the chance, both ends and the chosen mix among them."""
    if len(frontier) <= _MOST_ROWS:
        return list(frontier)
    top = frontier[-1].found
    levels = [top * number / (_MOST_ROWS - 1) for number in range(1, _MOST_ROWS - 1)]
    levels += [level for level in (0.95, 0.99, 0.999) if level <= top]
    kept = {0, len(frontier) - 1}
    kept |= {next(place for place, one in enumerate(frontier) if one.found >= level) for level in levels}
    rows = [frontier[place] for place in sorted(kept)]
    if chosen is not None and all(one.cost != chosen.cost for one in rows):
        rows = sorted([*rows, chosen], key=lambda one: one.cost)
    return rows
