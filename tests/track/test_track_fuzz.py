"""Readers and cleaning never crash, hang or lose a point, whatever they are given."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.track import tracks

from skywitness.core.errors import InputError
from skywitness.track.clean import clean
from skywitness.track.read import choose, rows_of

FORMS = list(tracks.FORMS.values())
CUTS = st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40))


def survives(data: bytes) -> None:
    """Read and clean; the only way out is a refusal, and points in are points kept or dropped by name."""
    try:
        rows = rows_of(data, "file")
    except InputError:
        return
    for ident in rows.idents[:3] or ("",):
        try:
            one = clean(choose(rows, ident, "file"))
        except InputError:
            continue
        assert one.read == len(rows) == len(one.track) + sum(drop.count for drop in one.dropped)
        assert np.isfinite(one.track.time_s).all()
        assert np.isfinite(one.track.lon_deg).all()
        assert (np.abs(one.track.lat_deg) <= 90.0).all()


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Random bytes are refused, never worse."""
    survives(data)


@given(
    st.text(max_size=200), st.sampled_from(["time,lat,lon,alt_m\n", "<gpx><trk><trkpt>", '{"trace":', "[{", "<kml>"])
)
def test_any_text_after_a_good_beginning(text: str, head: str) -> None:
    """What begins well may go on in any way."""
    survives((head + text).encode())


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.sampled_from(FORMS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), max_size=6)
)
def test_mutated_tracks(form: bytes, cuts: list[tuple[float, bytes, int]]) -> None:
    """Good files with bytes changed, taken out and put in are read or refused."""
    data = bytearray(form)
    for place, new, length in cuts:
        at = int(place * len(data))
        data[at : at + length] = new
    survives(bytes(data))


NUMBERS = st.one_of(
    st.none(), st.booleans(), st.text(max_size=4), st.integers(-(10**20), 10**20), st.floats(), st.just("ground")
)


@settings(max_examples=80)
@given(st.lists(st.lists(NUMBERS, min_size=4, max_size=12), max_size=12))
def test_any_values_in_a_trace(points: list[list[object]]) -> None:
    """Every kind of value may stand in every place of a trace."""
    survives(json.dumps({"icao": "x", "timestamp": 1568275200, "trace": points}).encode())


@settings(max_examples=80)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(tracks.records()[0], NUMBERS)), min_size=1, max_size=12))
def test_any_values_in_records(rows: list[dict[str, object]]) -> None:
    """Every kind of value may stand in every field of a record."""
    survives(json.dumps(rows).encode())


def test_mutated_real_tracks(shared: Path) -> None:
    """A real file cut off anywhere, or with bytes turned, is read or refused, packed or not."""
    rng = np.random.default_rng(11)
    packed = (shared / "tracks" / "ign_mercantour.json.gz").read_bytes()
    plain = gzip.decompress(packed)
    for _ in range(25):
        data = bytearray(plain)
        for at in rng.integers(0, len(data), 3):
            data[at] = int(rng.integers(32, 127))
        survives(bytes(data))
        survives(bytes(data[: int(rng.integers(len(data)))]))
