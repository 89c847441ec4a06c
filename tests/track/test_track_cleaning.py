"""Cleaning keeps or drops every point under a name, and keeps the longest way that can have been flown."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from tests.track import tracks

from skywitness.core.errors import InputError
from skywitness.track.clean import clean
from skywitness.track.jumps import feasible_chain, most_m_s
from skywitness.track.model import Cleaned, Dropped, utc
from skywitness.track.read import choose, read_track, rows_of
from skywitness.track.space import in_space

SHARED = {
    "belevingsvlucht": 16005,
    "bornholm": 2572,
    "ign_mercantour": 630,
    "inflight_refuelling": 10397,
    "munich": 3060,
    "noisy_landing": 848,
    "noisy_spoofing": 8681,
    "noisy_time_issue": 8294,
}


def cleaned(rows: list[dict[str, object]]) -> Cleaned:
    """Clean a flight given as records."""
    return clean(choose(rows_of(json.dumps(rows).encode(), "file"), None, "file"))


def steps(one: Cleaned) -> dict[str, int]:
    """Count what each step left out."""
    found: dict[str, int] = {}
    for drop in one.dropped:
        found[drop.step] = found.get(drop.step, 0) + drop.count
    return found


@pytest.mark.parametrize("name", SHARED)
def test_every_shared_track_is_read_and_no_point_is_lost(shared: Path, name: str) -> None:
    """Real tracks, dirty ones too: points read are those in the file, and each is kept or dropped by name."""
    one = clean(read_track(shared / "tracks" / f"{name}.json.gz"))
    assert one.read == SHARED[name] == len(one.track) + sum(drop.count for drop in one.dropped)
    assert np.all(np.diff(one.track.time_s) >= 0.0)
    assert len(one.track) > 0.45 * one.read


def test_spoofed_positions_do_not_take_over(shared: Path) -> None:
    """The spoofed hour over Ukraine is left out, the flight before and after it stays, and a gap tells of it."""
    one = clean(read_track(shared / "tracks" / "noisy_spoofing.json.gz"))
    assert steps(one)["spoofed"] > 1000
    assert float(one.track.lat_deg[-1]) > 56.9
    assert max(gap.seconds for gap in one.gaps) > 1800.0
    still = (one.track.speed_m_s < 40.0) & (one.track.lat_deg > 49.0)
    assert still.mean() < 0.02


def test_a_clean_track_stays_as_it_is() -> None:
    """Nothing is dropped where nothing is wrong."""
    one = cleaned(tracks.records())
    assert (len(one.track), one.dropped, one.gaps) == (40, (), ())


def test_one_bad_start_does_not_kill_the_track() -> None:
    """A first position far away is dropped, not all that follows it."""
    rows = tracks.records()
    rows[0]["longitude"] = -100.0
    assert steps(cleaned(rows)) == {"jump": 1}


def test_long_false_stretches_are_called_spoofed() -> None:
    """Thirty impossible points in a row are told apart from stray ones, and what is true is kept."""
    rows = [dict(row, timestamp=row["timestamp"]) for row in tracks.records()]
    more = [
        dict(rows[0], timestamp=int(1000 * tracks.seconds(n)), longitude=37.0 + 0.01 * n, latitude=55.0 + 0.005 * n)
        for n in range(40, 200)
    ]
    for row in more[40:80]:
        row["latitude"] = 30.0
    assert steps(cleaned([*rows, *more])) == {"spoofed": 40}


def test_each_step_has_its_name() -> None:
    """Points without time or position, doubled, stale or unreadable ones are told apart, and counted once."""
    rows = tracks.records()
    rows.insert(5, dict(rows[5], latitude=None))
    rows.insert(10, dict(rows[10]))
    rows.insert(15, dict(rows[15], timestamp=None))
    rows.insert(20, dict(rows[20], latitude="abc"))
    rows.insert(25, dict(rows[25], latitude=0.0, longitude=0.0))
    rows.insert(30, dict(rows[30], latitude=95.0))
    rows.insert(36, dict(rows[35], timestamp=int(1000 * tracks.seconds(30)) + 4))
    found = steps(cleaned(rows))
    assert found["no_position"] == 3
    assert (found["duplicate"], found["no_time"], found["unreadable"]) == (1, 1, 1)


def test_what_is_dropped_keeps_its_places() -> None:
    """Each step holds time and place of what it left out, where there are both; nothing has to be read again."""
    rows = tracks.records()
    rows.insert(5, dict(rows[5], latitude=None))
    rows.insert(30, dict(rows[30], latitude=70.0))
    found = {drop.step: drop.points.tolist() for drop in cleaned(rows).dropped}
    assert found["no_position"] == []
    assert found["jump"] == [[pytest.approx(tracks.seconds(29)), rows[30]["longitude"], 70.0]]


def test_zero_is_no_position_far_from_it_but_one_beside_it() -> None:
    """Exactly 0 N 0 E is left out and told in a track over Russia; a flight in the Gulf of Guinea may pass it."""
    rows = tracks.records()
    far = cleaned([*rows[:20], dict(rows[20], latitude=0.0, longitude=0.0), *rows[21:]])
    assert "zero" in str(only_drop(far).why)
    gulf = [dict(row, latitude=0.004 * (n - 20), longitude=0.004 * (n - 20)) for n, row in enumerate(rows)]
    assert len(cleaned(gulf).track) == 40
    with pytest.raises(InputError, match="0 are left"):
        cleaned([dict(row, latitude=0.0, longitude=0.0) for row in rows])


def only_drop(one: Cleaned) -> Dropped:
    """Give the only step that left something out."""
    assert len(one.dropped) == 1
    return one.dropped[0]


def test_broken_order_is_put_right_and_told() -> None:
    """A file whose halves are swapped gives the same track, with a note."""
    rows = tracks.records()
    one = cleaned([*rows[20:], *rows[:20]])
    assert len(one.track) == 40
    assert any(str(note).startswith("time_order") for note in one.notes)


def test_gaps_are_named_and_bounded_never_filled() -> None:
    """A gap of 110 s keeps its points apart; the most that can have been flown is more than the straight way."""
    rows = tracks.records()
    one = cleaned([*rows[:15], *rows[25:]])
    assert len(one.track) == 30
    (gap,) = one.gaps
    assert gap.seconds == 110.0
    assert gap.straight_km < gap.most_km < 1.3 * gap.straight_km
    assert 0.0 < gap.off_km < gap.most_km / 2.0


def test_other_flights_of_the_day_are_left_out() -> None:
    """Points before and after the time of the plan are no part of the flight; if all are, they stay with a warning."""
    read = choose(rows_of(tracks.traffic(), "file"), None, "file")
    window = utc(tracks.seconds(10)), utc(tracks.seconds(29))
    assert steps(clean(read, window)) == {"outside_flight": 20}
    never = utc(0.0), utc(10.0)
    assert len(clean(read, never).track) == 40
    assert any("Is this the track of that flight" in str(note) for note in clean(read, never).notes)


def test_another_flight_of_the_same_hours_is_left_out() -> None:
    """A flight that landed half an hour before the commencement is told apart from the planned one."""
    early = [dict(row, timestamp=int(1000 * (tracks.seconds(n) - 3600.0))) for n, row in enumerate(tracks.records())]
    read = choose(rows_of(json.dumps([*early, *tracks.records()]).encode(), "file"), None, "file")
    one = clean(read, planned=(utc(tracks.seconds(0)), utc(tracks.seconds(39))))
    assert steps(one) == {"outside_flight": 40}
    assert len(clean(read).track) == 80
    long_ago = clean(read, planned=(utc(0.0), utc(1.0)))
    assert len(long_ago.track) == 80


def test_nothing_left_is_refused_with_what_each_step_took() -> None:
    """A file without any position is no track."""
    rows = [dict(row, latitude=None) for row in tracks.records()]
    with pytest.raises(InputError, match="no_position: 40 points") as caught:
        cleaned(rows)
    assert caught.value.faults


def test_the_longest_chain_against_brute_force() -> None:
    """On small tracks the chain is as long as the longest that trying all of them finds."""
    rng = np.random.default_rng(5)
    for _ in range(150):
        count = int(rng.integers(2, 9))
        times = np.sort(rng.uniform(0.0, 400.0, count))
        points = in_space(rng.uniform(0.0, 1.0, count), rng.uniform(0.0, 0.2, count))

        def can(one: int, two: int, times: np.ndarray = times, points: np.ndarray = points) -> bool:
            reach = 360.0 * (times[two] - times[one] + 1.5) + 300.0
            return bool(np.linalg.norm(points[two] - points[one]) <= reach)

        best = 0
        for mask in range(1, 1 << count):
            chosen = [n for n in range(count) if mask >> n & 1]
            if all(can(a, b) for a, b in itertools.pairwise(chosen)):
                best = max(best, len(chosen))
        assert int(feasible_chain(times, points).sum()) == best


def test_the_fastest_step_follows_what_the_aircraft_says() -> None:
    """A slow aircraft cannot make the jumps of a jet; where it says nothing, any jet's speed is allowed."""
    assert most_m_s(np.full(10, np.nan)) == 360.0
    assert most_m_s(np.full(10, 150.0)) == pytest.approx(172.5)
    assert most_m_s(np.full(10, 5.0)) == 100.0
