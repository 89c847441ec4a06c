"""Where the points lie that cleaning left out of a track, so that people can look at them."""

from __future__ import annotations

import numpy as np

from skywitness.track.model import Floats, Track
from skywitness.track.rows import Quantity, Rows


def left_out(rows: Rows, track: Track) -> Floats:
    """Give the positions, rows of (lon, lat), of points recorded during the track that are no part of it.

    A point that says the same as one that is kept is not listed, nor are those of other flights.
    """
    times = rows.column(Quantity.TIME)
    lons, lats = (rows.column(Quantity.LON) + 180.0) % 360.0 - 180.0, rows.column(Quantity.LAT)
    during = (times >= track.time_s[0]) & (times <= track.time_s[-1]) & np.isfinite(lons) & (np.abs(lats) <= 90.0)
    during &= ~((rows.column(Quantity.LON) == 0.0) & (lats == 0.0))
    met = np.column_stack((times, lons, lats))[during]
    kept = np.column_stack((track.time_s, track.lon_deg, track.lat_deg))
    both, first = np.unique(np.vstack((kept, met)), axis=0, return_index=True)
    return np.ascontiguousarray(both[first >= len(kept)][:, 1:])
