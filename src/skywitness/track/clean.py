"""From the points of a file to a track: steps with names, each of which tells what it left out and why.

Nothing is filled in.  Points are kept or dropped, and every dropped one is counted by exactly one step.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.track.gaps import find_gaps
from skywitness.track.jumps import feasible_chain, most_m_s
from skywitness.track.model import Bools, Cleaned, Dropped, Floats, HeightKind, Ints, Track, utc
from skywitness.track.read import ReadRows
from skywitness.track.rows import HEIGHTS, Quantity, Rows
from skywitness.track.space import in_space

Window = tuple[dt.datetime, dt.datetime]

STALE_S: Final = 30.0
"""A position older than this when it was noted says where the aircraft was, not where it is."""

FLYING_M_S: Final = 25.0
"""Some 50 kt: slower than any aircraft of the regime flies, faster than any taxies."""

BETWEEN_S: Final = 900.0
"""Two flights have a quarter of an hour on the ground between them, or without points."""

LATE_S: Final = 6.0 * 3600.0
"""So long after the planned end no flight of the plan begins any more, unless the track shows no other."""

SPOOF_POINTS: Final = 30
"""So many impossible points in a row are no stray ones: somebody or something pretends another place."""

NEAR_ZERO_DEG: Final = 1.0
"""A position of exactly 0 N 0 E is believed if another one of the track lies so near to it."""

_KINDS: Final = {
    Quantity.PRESSURE: HeightKind.PRESSURE,
    Quantity.ELLIPSOIDAL: HeightKind.ELLIPSOIDAL,
    Quantity.AMSL: HeightKind.AMSL,
    Quantity.UNKNOWN: HeightKind.UNKNOWN,
}


@dataclass(slots=True)
class _Work:
    """The rows still in, and what was left out so far."""

    rows: Rows
    dropped: list[Dropped]
    notes: list[Text] = field(default_factory=list)

    def drop(self, step: str, why: Text, out: Bools) -> None:
        """Leave out some rows under a name."""
        count = int(out.sum())
        if count:
            times = self.rows.column(Quantity.TIME)[out]
            times = times[np.isfinite(times)]
            first, last = (utc(float(times.min())), utc(float(times.max()))) if len(times) else (None, None)
            self.dropped.append(Dropped(step, why, count, first, last, self._points(out)))
            self.rows = self.rows.take(~out)

    def _points(self, out: Bools) -> Floats:
        """Give time and place of some rows, of those that have both."""
        columns = [self.rows.column(name)[out] for name in (Quantity.TIME, Quantity.LON, Quantity.LAT)]
        points = np.column_stack(columns)
        return np.asarray(points[np.isfinite(points).all(axis=1)])


def clean(
    read: ReadRows,
    window: Window | None = None,
    height_kind: HeightKind | None = None,
    planned: Window | None = None,
) -> Cleaned:
    """Clean the points of one aircraft; ``window``: when the flight may have taken place, points outside are not of it.

    ``planned``: from the commencement to the end as planned; a flight that landed before it or took off long after it
    is another one, if the track shows one in that time.
    ``height_kind``: what the heights are counted from, where the user knows better than the file.

    Raises ``InputError`` of kind ``bad_track`` when fewer than two points are left, with what each step left out.
    """
    work = _Work(read.rows, list(read.dropped))
    work.notes.extend(read.rows.notes)
    _positions(work)
    _order(work)
    _duplicates(work)
    if window is not None:
        _window(work, window)
    points = _jumps(work)
    speeds = _speeds(work.rows, points)
    airborne = _airborne(work.rows, speeds)
    if planned is not None:
        airborne = _other_flights(work, airborne, planned)
    _on_ground(work, airborne)
    if len(work.rows) < 2:
        raise _nothing_left(work, read)
    kept = (
        airborne if len(airborne) == len(work.rows) else _airborne(work.rows, _speeds(work.rows, _in_space(work.rows)))
    )
    track = _track(work, read, kept, height_kind)
    points = in_space(track.lon_deg, track.lat_deg) if len(points) != len(track) else points
    return Cleaned(
        track, read.read, tuple(work.dropped), find_gaps(track, points), tuple(work.notes), points, read.sha256
    )


def _positions(work: _Work) -> None:
    """Leave out points without a time or a position."""
    work.drop("unreadable", say("holds a time or a position that is none"), work.rows.unreadable)
    work.drop("no_time", say("has no time"), np.isnan(work.rows.column(Quantity.TIME)))
    lons, lats = work.rows.column(Quantity.LON), work.rows.column(Quantity.LAT)
    work.drop("no_position", say("has no position"), np.isnan(lons) | np.isnan(lats))
    lons, lats = work.rows.column(Quantity.LON), work.rows.column(Quantity.LAT)
    why = say("is no position on Earth")
    work.drop("no_position", why, (np.abs(lats) > 90.0) | (np.abs(lons) > 360.0))
    lons, lats = work.rows.column(Quantity.LON), work.rows.column(Quantity.LAT)
    zero = (lons == 0.0) & (lats == 0.0)
    # A track that comes near that place may pass it; what it cannot have flown, later steps leave out.
    if not ((np.abs(lons) < NEAR_ZERO_DEG) & (np.abs(lats) < NEAR_ZERO_DEG) & ~zero).any():
        why = say("is the zero that receivers write when they have no position, far from all others")
        work.drop("no_position", why, zero)
    seen = work.rows.column(Quantity.SEEN)
    old = work.rows.column(Quantity.TIME) - seen > STALE_S
    work.drop("stale", say("repeats a position more than {seconds:g} s old", seconds=STALE_S), old)


def _order(work: _Work) -> None:
    """Put the points in the order of their times, and say how many stood out of it."""
    times = work.rows.column(Quantity.TIME)
    behind = int((np.diff(times) < 0.0).sum())
    if behind:
        order = np.argsort(times, kind="stable")
        moved = int((order != np.arange(len(order))).sum())
        rows = work.rows
        columns = {name: values[order] for name, values in rows.columns.items()}
        work.rows = Rows(rows.kind, columns, rows.idents, rows.owner[order], rows.unreadable[order], rows.notes)
        work.notes.append(
            say(
                "time_order: time runs backwards {times} times in the file; {count} points were put in the order of "
                "their times, none was dropped by this.",
                times=behind,
                count=moved,
            )
        )


def _duplicates(work: _Work) -> None:
    """Leave out what says the same a second time, and positions that stand still while the aircraft flies."""
    times, lons, lats = (work.rows.column(name) for name in (Quantity.TIME, Quantity.LON, Quantity.LAT))
    still = np.zeros(len(times), np.bool_)
    still[1:] = (np.diff(lons) == 0.0) & (np.diff(lats) == 0.0)
    same = np.zeros(len(times), np.bool_)
    same[1:] = (np.diff(times) == 0.0) & still[1:]
    work.drop("duplicate", say("says the same as the point before it"), same)
    times, lons, lats = (work.rows.column(name) for name in (Quantity.TIME, Quantity.LON, Quantity.LAT))
    speeds = work.rows.column(Quantity.SPEED)
    still = np.zeros(len(times), np.bool_)
    still[1:] = (np.diff(lons) == 0.0) & (np.diff(lats) == 0.0) & (np.diff(times) > 0.0)
    work.drop(
        "stale",
        say("repeats the position before it while the aircraft says that it flies"),
        still & (np.nan_to_num(speeds) > 2.0 * FLYING_M_S) & (work.rows.column(Quantity.GROUND) != 1.0),
    )


def _window(work: _Work, window: Window) -> None:
    """Leave out other flights of the same aircraft; where nothing falls into the time, nothing is left out."""
    times = work.rows.column(Quantity.TIME)
    inside = (times >= window[0].timestamp()) & (times <= window[1].timestamp())
    if inside.any():
        why = say("lies outside the time in which the plan may have been flown, {first} to {last}", first=window[0],
                  last=window[1])  # fmt: skip
        work.drop("outside_flight", why, ~inside)
    elif len(times):
        work.notes.append(
            say(
                "No point was recorded between {first} and {last}, when the plan may have been flown: the first is of "
                "{met}. Is this the track of that flight?",
                first=window[0],
                last=window[1],
                met=utc(float(times[0])),
            )
        )


def _jumps(work: _Work) -> Floats:
    """Leave out what cannot have been flown; long runs of it in another place look like spoofing.

    Gives the points that are kept, in space.
    """
    rows = work.rows
    points = _in_space(rows)
    keep = feasible_chain(rows.column(Quantity.TIME), points, most_m_s(rows.column(Quantity.SPEED)))
    long = _long_runs(~keep)
    strays = (~keep & ~long)[keep | ~long]
    work.drop(
        "spoofed",
        say("belongs to {count} points or more in a row that cannot have been flown: a false position, perhaps spoofed",
            count=SPOOF_POINTS),
        long,
    )  # fmt: skip
    work.drop("jump", say("cannot be reached at the speed of an aircraft from the points that are kept"), strays)
    return points if keep.all() else points[keep]


def _in_space(rows: Rows) -> Floats:
    return in_space(rows.column(Quantity.LON), rows.column(Quantity.LAT))


def _long_runs(out: Bools) -> Bools:
    """Mark runs of at least ``SPOOF_POINTS``."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], out.astype(np.int8), [0]))))
    long = np.zeros(len(out), np.bool_)
    for first, last in edges.reshape(-1, 2):
        if last - first >= SPOOF_POINTS:
            long[first:last] = True
    return long


def _speeds(rows: Rows, points: Floats) -> Floats:
    """Give the speed at each point: over some ten seconds of the way, or as the aircraft says where that is unknown."""
    times, said = rows.column(Quantity.TIME), rows.column(Quantity.SPEED)
    if len(times) < 2:
        return np.zeros(len(times))
    known = np.isfinite(said)
    if known.all():
        return said
    ahead = _index_at(times, times + 5.0)
    back = _index_at(times, times - 5.0)
    ahead = np.where(ahead == back, np.minimum(back + 1, len(times) - 1), ahead)
    back = np.where(ahead == back, np.maximum(ahead - 1, 0), back)
    span = times[ahead] - times[back]
    offset = points[ahead] - points[back]
    chord = np.sqrt(np.einsum("ij,ij->i", offset, offset))
    own = np.divide(chord, span, out=np.zeros_like(chord), where=span > 0.0)
    return np.where(known, said, own)


def _index_at(times: Floats, wanted: Floats) -> Ints:
    return np.clip(np.searchsorted(times, wanted), 0, len(times) - 1).astype(np.int64)


def _airborne(rows: Rows, speeds: Floats) -> Bools:
    """Tell which points are in the air: fast enough, and not said to be on the ground."""
    return np.asarray((speeds > FLYING_M_S) & (rows.column(Quantity.GROUND) != 1.0))


def _other_flights(work: _Work, airborne: Bools, planned: Window) -> Bools:
    """Leave out flights of the same day before and after the planned one; give what is left of ``airborne``."""
    times = work.rows.column(Quantity.TIME)
    flying = np.flatnonzero(airborne)
    if not len(flying):
        return airborne
    breaks = np.flatnonzero(np.diff(times[flying]) > BETWEEN_S)
    starts, ends = times[flying[np.append(0, breaks + 1)]], times[flying[np.append(breaks, len(flying) - 1)]]
    begins, is_over = planned[0].timestamp() - BETWEEN_S, planned[1].timestamp() + LATE_S
    mine = (ends >= begins) & (starts <= is_over)
    if mine.all() or not mine.any():
        return airborne
    first, last = starts[mine].min() - BETWEEN_S, ends[mine].max() + BETWEEN_S
    out = (times < first) | (times > last)
    work.drop("outside_flight", say("belongs to another flight, before or after the planned one"), out)
    return np.asarray(airborne[~out])


def _on_ground(work: _Work, airborne: Bools) -> None:
    """Leave out the ground before the first take-off and after the last landing."""
    flying = np.flatnonzero(airborne)
    if len(flying) < 2:
        return
    number = np.arange(len(airborne))
    why = say("on the ground before the take-off or after the landing")
    work.drop("outside_flight", why, (number < flying[0] - 1) | (number > flying[-1] + 1))


def _track(work: _Work, read: ReadRows, airborne: Bools, height_kind: HeightKind | None) -> Track:
    rows = work.rows
    known = {quantity: int(np.isfinite(rows.column(quantity)).sum()) for quantity in HEIGHTS}
    most = max(known.values())
    chosen = next((quantity for quantity in HEIGHTS if most and known[quantity] >= 0.9 * most), None)
    kind = HeightKind.NONE if chosen is None else _KINDS[chosen]
    heights = np.full(len(rows), np.nan) if chosen is None else rows.column(chosen)
    others = [quantity.value for quantity in HEIGHTS if quantity is not chosen and known[quantity]]
    if chosen is not None and others:
        work.notes.append(say("Of several heights {name} is used; not used: {others}.", name=chosen.value,
                              others=", ".join(others)))  # fmt: skip
    if height_kind is not None and kind is not HeightKind.NONE:
        kind = height_kind
    lons = rows.column(Quantity.LON)
    return Track(
        ident=read.ident,
        source=read.source,
        time_s=rows.column(Quantity.TIME),
        lon_deg=(lons + 180.0) % 360.0 - 180.0,
        lat_deg=rows.column(Quantity.LAT),
        height_m=heights,
        height_kind=kind,
        speed_m_s=rows.column(Quantity.SPEED),
        course_deg=rows.column(Quantity.COURSE),
        climb_m_s=rows.column(Quantity.CLIMB),
        airborne=airborne,
    )


def _nothing_left(work: _Work, read: ReadRows) -> InputError:
    from skywitness.core.errors import Fault

    faults = tuple(Fault(one.step, say("{count} points: {why}", count=one.count, why=one.why)) for one in work.dropped)
    message = say(
        "Of {read} points {kept} are left after cleaning, too few to judge a flight.",
        read=read.read,
        kept=len(work.rows),
    )
    return InputError("bad_track", message, read.source, faults)
