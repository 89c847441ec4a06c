"""What the signs on a map mean; only signs that are on it are explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import font
from skywitness.route.exports.map_names import MARKS
from skywitness.route.exports.scene import Scene

if TYPE_CHECKING:
    from matplotlib.artist import Artist


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign and its meaning."""

    handle: Artist
    words: Text


def entries(scene: Scene) -> list[Entry]:
    """List the signs that a scene needs explained."""
    return [*_route_entries(scene), *_site_entries(scene), *land_entries(scene)]


def _route_entries(scene: Scene) -> list[Entry]:
    found = []
    if any(not leg.transit for leg in scene.legs):
        found.append(Entry(line(paper.BLUE, 1.3, "-"), say("observation leg, with its number")))
    if any(leg.transit for leg in scene.legs):
        found.append(Entry(line(paper.GREY, 0.9, paper.DASHES), say("transit leg, sensors off")))
    if scene.swaths:
        found.append(Entry(patch(facecolor=paper.SKY, alpha=0.4), say("swath (approximate)")))
    found.append(Entry(mark("^", paper.INK, 6.0), say("airfield")))
    if len(scene.waypoints) > 2:
        found.append(Entry(mark("o", "white", 3.5, paper.BLUE), say("waypoint")))
    return [*found, *finding_entries(scene)]


def finding_entries(scene: Scene) -> list[Entry]:
    """List the signs behind the numbers of legs on which something was found."""
    found = []
    verdicts = {leg.verdict for leg in scene.legs}
    if Verdict.BREACH in verdicts:
        words = say("breach found on this leg")
        found.append(Entry(_letter(MARKS[Verdict.BREACH], paper.VERMILION), words))
    if Verdict.CANNOT_TELL in verdicts:
        words = say("something on this leg cannot be told")
        found.append(Entry(_letter(MARKS[Verdict.CANNOT_TELL], paper.BLUE), words))
    return found


def _site_entries(scene: Scene) -> list[Entry]:
    plan = scene.plan
    seen = len(set(plan.observed_sites))
    found = []
    if seen:
        found.append(Entry(mark("s", paper.GREEN, 4.5), say("site observed ({count})", count=seen)))
    if len(plan.sites) > seen:
        words = say("site not observed ({count})", count=len(plan.sites) - seen)
        found.append(Entry(mark("x", paper.VERMILION, 4.5, paper.VERMILION), words))
    if len(scene.set_aside) and scene.box.holds(scene.set_aside).any():
        words = say("site set aside before planning ({count})", count=len(plan.set_aside))
        found.append(Entry(mark("+", paper.PALE_GREY, 5.0, paper.PALE_GREY), words))
    if scene.sites_outside:
        found.append(Entry(nothing(), say("sites outside this map: {count}", count=scene.sites_outside)))
    return found


def land_entries(scene: Scene) -> list[Entry]:
    """List the signs of the land that a scene needs explained."""
    found = []
    if any(one.code in scene.observed_areas for one in scene.territories):
        sign = patch(facecolor=paper.OBSERVED_LAND, edgecolor=paper.BORDER, linewidth=0.5)
        found.append(Entry(sign, say("territory observed")))
    if scene.strip is not None:
        sign = patch(facecolor="none", edgecolor=paper.VERMILION, hatch="//////", linewidth=0.3)
        found.append(Entry(sign, say("{km:g} km from a State not party", km=scene.strip.width_km)))
    return found


def line(colour: str, width: float, style: Any) -> Artist:
    """Make the sign of a line."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color=colour, linewidth=width, linestyle=style)


def mark(marker: Any, colour: str, size: float, edge: str = "white") -> Artist:
    """Make the sign of a mark."""
    from matplotlib.lines import Line2D

    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markersize=size,
        markerfacecolor=colour,
        markeredgecolor=edge,
        markeredgewidth=0.6,
    )


def _letter(letter: str, colour: str) -> Artist:
    """Make a sign of one letter, as it stands behind the number of a leg."""
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    outline = TextPath((0.0, 0.0), letter, prop=font(10.0, bold=True))
    x, y, width, height = outline.get_extents().bounds
    middle = (x + width / 2.0, y + height / 2.0)
    return mark(Path(outline.vertices - middle, outline.codes), colour, 5.0, colour)


def patch(**style: Any) -> Artist:
    """Make the sign of an area."""
    from matplotlib.patches import Patch

    return Patch(**{"edgecolor": "none", **style})


def nothing() -> Artist:
    """Make the empty sign of a line that only tells something."""
    from matplotlib.lines import Line2D

    return Line2D([], [], linestyle="none")
