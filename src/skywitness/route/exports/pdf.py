"""The mission plan on paper: a PDF set by Typst from a template and the words of one language.

The template holds no words.  Fonts come with the packages, not from the machine; the date is the commencement of the
flight: the same plan, findings and language give the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skywitness.core.finding import Finding
from skywitness.core.text import ENGLISH, Catalogue, Text, say, verbatim
from skywitness.route.exports import height_profile, mission_tables, png_map
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.glyphs import changed_by_font
from skywitness.route.exports.mission_front import front
from skywitness.route.exports.page_words import PageWords
from skywitness.route.exports.scene import view_of
from skywitness.route.exports.typeset import PAGE_MARK, PAGES_MARK, ratio, typeset
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from skywitness.geo.view import BorderView

TEMPLATE = Path(__file__).with_name("mission_plan.typ")

MAP_ASPECTS = (0.45, 0.72)
"""Height over width of the map: it shares its page with the title block."""


def gaps(plan: Plan) -> tuple[Text, ...]:
    """Say what the mission plan on paper cannot carry."""
    return (
        say("Paper cannot be read back without loss: plan.json holds every field of the plan."),
        say("Positions are printed to a tenth of a second of arc (3 m), lengths to 0.1 km, times to a second."),
        say("The map and the height profile are drawings; swaths, strip and ground in them prove nothing."),
        *changed_by_font(plan),
    )


def to_pdf(
    plan: Plan,
    findings: Sequence[Finding] = (),
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
) -> bytes:
    """Set the mission plan as a PDF.

    Raises ``DataError`` if the template does not fit what it is given: a bug of ours.
    """
    return typeset(TEMPLATE, *_parts(plan, findings, catalogue, language, view), "pdf")


def to_pages(
    plan: Plan,
    findings: Sequence[Finding] = (),
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
) -> list[bytes]:
    """Draw the pages of the mission plan as PNG pictures."""
    return typeset(TEMPLATE, *_parts(plan, findings, catalogue, language, view), "png")


def contents(plan: Plan, findings: Sequence[Finding], catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Collect all words of the document, rendered, in the order of the page."""
    words = PageWords(catalogue, language)
    profile = height_profile.has_heights(plan)
    return {
        "language": language,
        "date": list(plan.commencement_utc.timetuple()[:6]),
        "front": front(plan, findings, words),
        "map_alt": words.text(say("Map of the route: {title}", title=plan_title(plan, language))),
        "legs": mission_tables.legs(plan, words),
        "profile": {
            "heading": words.text(say("Height profile")),
            "drawn": profile,
            "note": words.text(_profile_note(plan)),
        },
        "stops": mission_tables.stops(plan, words),
        "findings": mission_tables.judged(findings, words),
        "idle": mission_tables.idle(findings, words),
        "needs": mission_tables.needs(findings, words),
        "sites": mission_tables.sites(plan, words),
        "values": mission_tables.law_values(findings, words),
        "reading": mission_tables.reading(plan, words),
        "notes": {"heading": words.text(say("Notes")), "lines": [words.text(text) for text in _notes(plan)]},
        "gaps": {
            "heading": words.text(say("What this document cannot carry")),
            "lines": [words.text(text) for text in gaps(plan)],
        },
        "signatures": mission_tables.signatures(plan, words),
        "footer": {
            "hash": words.text(say("Plan (SHA-256): {hash}", hash=verbatim("{}"))).replace("{}", plan_hash(plan)),
            "page": words.text(say("Page {page} of {pages}", page=PAGE_MARK, pages=PAGES_MARK)),
        },
    }


def _profile_note(plan: Plan) -> Text:
    unknown = sum(leg.height_m_amsl is None for leg in plan.legs)
    if not height_profile.has_heights(plan):
        return say("No heights are planned.")
    if unknown == len(plan.legs):
        return say("Ground not known: heights are above the highest ground under each leg, wherever that is.")
    if unknown:
        return say("Ground not known on {count} of {total} legs.", count=unknown, total=len(plan.legs))
    return say("Ground: the highest under each leg, not its course along the leg.")


def _notes(plan: Plan) -> list[Text]:
    notes = list(plan.notes)
    if plan.bound is None and plan.bound_reason is not None:
        notes.append(plan.bound_reason)
    return notes


def _parts(
    plan: Plan, findings: Sequence[Finding], catalogue: Catalogue, language: str, view: BorderView | None
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Collect the words and the drawings."""
    data = contents(plan, findings, catalogue, language)
    drawn = png_map.to_svg(
        plan, findings, catalogue=catalogue, language=language, view=view or view_of(plan), aspects=MAP_ASPECTS
    )
    data["map_ratio"] = ratio(drawn)
    drawings = {"map.svg": drawn}
    if height_profile.has_heights(plan):
        drawings["profile.svg"] = height_profile.to_svg(plan, catalogue=catalogue)
    return data, drawings
