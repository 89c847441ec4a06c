"""Where the points lie that cleaning left out of a track, so that people can look at them."""

from __future__ import annotations

import numpy as np

from skywitness.track.model import Cleaned, Floats


def left_out(cleaned: Cleaned) -> Floats:
    """Give the positions, rows of (lon, lat), of points recorded during the track that are no part of it.

    A point that says the same as one that is kept is not listed, nor are those of other flights.
    """
    track = cleaned.track
    met = np.vstack([np.empty((0, 3)), *(one.points for one in cleaned.dropped)])
    times, lons, lats = met[:, 0], (met[:, 1] + 180.0) % 360.0 - 180.0, met[:, 2]
    during = (times >= track.time_s[0]) & (times <= track.time_s[-1]) & (np.abs(lats) <= 90.0)
    during &= ~((met[:, 1] == 0.0) & (lats == 0.0))
    kept = np.column_stack((track.time_s, track.lon_deg, track.lat_deg))
    both, first = np.unique(np.vstack((kept, np.column_stack((times, lons, lats))[during])), axis=0, return_index=True)
    return np.ascontiguousarray(both[first >= len(kept)][:, 1:])
