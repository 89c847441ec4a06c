"""The flight as flown beside its plan, on paper: map, profile, deviations, findings, what was left out, reading.

It is what one side's program says of the flight, not what both Parties sign: that is the mission report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import Catalogue, Text, say
from skywitness.route.exports import mission_tables
from skywitness.route.exports.account import distance_finding, verdict_sentence
from skywitness.route.exports.page_words import PageWords, moment_words
from skywitness.route.exports.parties import party
from skywitness.route.exports.words import VERDICT_WORDS
from skywitness.track.comparison import Comparison
from skywitness.track.exports import flown_tables
from skywitness.track.exports.flight_paper import Block, Paper, aircraft_name, drawings, frame, picture_blocks
from skywitness.track.exports.flown_height import KIND_WORDS
from skywitness.track.exports.flown_scene import judged_plan
from skywitness.track.exports.shown import Shown

MOST_ALIKE: Final = 6
MOST_BREACHES: Final = 40
"""So many findings of one provision and verdict are printed in full, and of breaches."""


def gaps() -> tuple[Text, ...]:
    """Say what the comparison on paper cannot carry."""
    return (
        say("Map and profile are drawings; corridor, strip and ground in them prove nothing."),
        say("Long lists are cut and counted; the JSON document of the judgement holds all of them."),
    )


def parts(shown: Shown, catalogue: Catalogue, language: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Collect the words and the drawings."""
    words, flight = PageWords(catalogue, language), shown.flight
    drawn = drawings(shown, catalogue, language)
    seen = flight.seen
    blocks: list[Block] = [
        {"type": "rows", "rows": [[words.text(label), value] for label, value in _rows(shown, words)]},
        _verdict(shown, words),
        *picture_blocks(shown, drawn, words),
        flown_tables.deviations(seen, words),
        _findings(shown, words),
        needs(shown, words),
        flown_tables.dropped(seen, words),
        {
            "type": "lines",
            "heading": words.text(say("Notes")),
            "lines": [words.text(text) for text in flown_tables.told(seen)],
        },
        flown_tables.gaps(seen, words),
        flown_tables.fixes(seen, words),
        *_law(shown, words),
    ]
    kind = say("The flight as flown")
    treaty = say("Treaty on Open Skies, Articles VI and VIII; a comparison of a track with the mission plan")
    return {**frame(shown, kind, treaty, words), "blocks": [block for block in blocks if _says(block)]}, drawn


def _says(block: Block) -> bool:
    """Tell whether a table has rows, or says why not."""
    return bool(block.get("rows", True) or block.get("note"))


def needs(shown: Shown, words: PageWords) -> Block:
    """Make the table of facts that would settle what cannot be told."""
    return {"type": "table", **mission_tables.needs(shown.findings, words), "widths": ["1fr", "50mm"]}


def _findings(shown: Shown, words: PageWords) -> Block:
    """Make the table of findings; of many that say the same of one provision the first stand, the rest is counted."""
    met: Counter[tuple[str, Verdict]] = Counter()
    chosen: list[Finding] = []
    for finding in filter(mission_tables.applies, shown.findings):
        kind = finding.provision, finding.verdict
        met[kind] += 1
        if met[kind] <= (MOST_BREACHES if finding.verdict is Verdict.BREACH else MOST_ALIKE):
            chosen.append(finding)
    block = {"type": "findings", **mission_tables.judged(chosen, words)}
    printed = Counter((finding.provision, finding.verdict) for finding in chosen)
    more = [
        say("{count} more of {provision} ({verdict})", count=count - printed[provision, verdict], provision=provision,
            verdict=VERDICT_WORDS[verdict])
        for (provision, verdict), count in met.items() if count > printed[provision, verdict]
    ]  # fmt: skip
    if more:
        listed = "; ".join(text.render(words.catalogue) for text in more)
        block["note"] = words.text(
            say("Not printed: {listed}. The JSON document of the judgement holds all of them.", listed=listed)
        )
    return block


def _verdict(shown: Shown, words: PageWords) -> Block:
    sentence = words.text(verdict_sentence(shown.findings))
    return {"type": "verdict", "verdict": words.verdict(overall(shown.findings)), "sentence": sentence}


def _rows(shown: Shown, words: PageWords) -> Iterator[tuple[Text, str]]:
    flight = shown.flight
    seen, plan = flight.seen, flight.context.plan
    track, last = seen.track, len(seen.track) - 1
    yield say("Observing Party"), words.text(party(plan.observing, words.language))
    yield say("Observed Party"), words.text(party(plan.observed, words.language))
    yield say("Aircraft of the plan"), aircraft_name(shown, words)
    yield say("Aircraft in the track"), words.name(track.ident, 60) or words.text(say("not named"))
    yield say("Planned"), f"{moment_words(plan.commencement_utc)} – {moment_words(plan.completion_utc)}"
    yield say("Flown"), f"{moment_words(track.time_utc(0))} – {moment_words(track.time_utc(last))}" + _ends(seen, words)
    yield say("Distance"), words.text(_distance(shown))
    share = 100.0 * seen.flown_share
    yield say("Of the planned path"), words.text(say("{share:.0f} % flown within the width of a route", share=share))
    yield say("Track"), words.text(_track(seen))
    if shown.track_sha256:
        yield say("Track file (SHA-256)"), words.name(shown.track_sha256)


def _ends(seen: Comparison, words: PageWords) -> str:
    """Say what of the flight the track does not show."""
    missing = []
    if not seen.covers_start:
        missing.append(words.text(say("the track does not show the take-off")))
    if not seen.covers_end:
        missing.append(words.text(say("the track does not show the landing")))
    return f" ({'; '.join(missing)})" if missing else ""


def _distance(shown: Shown) -> Text:
    seen, judged = shown.flight.seen, distance_finding(shown.findings)
    known = {"flown": seen.distance_km, "most": seen.most_km, "planned": seen.planned_km}
    if judged is None or not isinstance(judged.limit, int | float):
        return say("{flown:,.1f} km flown, {most:,.1f} km at most; {planned:,.1f} km planned", **known)
    return say(
        "{flown:,.1f} km flown, {most:,.1f} km at most; {planned:,.1f} km planned; limit {limit:,.0f} km",
        limit=judged.limit,
        **known,
    )


def _track(seen: Comparison) -> Text:
    return say(
        "{source}; {read:,} points read, {kept:,} kept; heights: {kind}",
        source=seen.track.source,
        read=seen.cleaned.read,
        kept=len(seen.track),
        kind=KIND_WORDS[seen.track.height_kind],
    )


def _law(shown: Shown, words: PageWords) -> Iterator[Block]:
    """Make the blocks about the law: what does not apply, the values used, the reading."""
    small: Block = {"small": True}
    yield {
        "type": "table",
        **mission_tables.idle(shown.findings, words),
        "widths": ["23mm", "1fr", "1fr"],
        **small,
    }
    values = mission_tables.law_values(shown.findings, words)
    columns = ("key", "subject", "value", "from", "source", "status")
    rows = [[row[column] for column in columns] for row in values["rows"]]
    yield {
        "type": "table",
        **values,
        "rows": rows,
        "widths": ["54mm", "20mm", "28mm", "18mm", "1fr", "25mm"],
    }
    yield {
        "type": "table",
        **mission_tables.reading(judged_plan(shown.flight), words),
        "widths": ["55mm", "1fr"],
    }


to_pdf, to_pages = Paper(parts).to_pdf, Paper(parts).to_pages
"""The comparison as a PDF, and its pages as pictures."""
