"""What all figures share: colours, one way to make a figure, one way to make the same bytes again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from skywitness.route.exports.glyphs import FAMILY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe-Ito: told apart by readers with any common colour blindness.
BLUE = "#0072B2"
SKY = "#56B4E9"
GREEN = "#009E73"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#555555"
PALE_GREY = "#9a9a9a"
INK = "#1a1a1a"

SEA = "#eaf1f5"
LAND = "#f6f4ee"
OBSERVED_LAND = "#fbe8b6"
BORDER = "#8c8778"

DASHES = (0, (4, 2))
"""Line style of transit legs."""

DPI = 200
"""Dots per inch of pictures; an A4 page of print needs no more for maps of thin lines."""


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw with matplotlib's own defaults, whatever the user's settings are; a dollar sign in a name is no formula."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": FAMILY,
                "text.parse_math": False,
                "axes.linewidth": 0.6,
                "hatch.linewidth": 0.4,
                "svg.fonttype": "path",
                "svg.hashsalt": "skywitness",
            }
        )
        yield


def new_figure(width_in: float, height_in: float) -> Figure:
    """Make a figure that no global state of matplotlib knows."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_in, height_in), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def png_bytes(figure: Figure) -> bytes:
    """Draw a figure as PNG, without date or program in it."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


def svg_bytes(figure: Figure) -> bytes:
    """Draw a figure as SVG, letters as outlines, without date."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
