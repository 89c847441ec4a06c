"""Every form of a track gives the same points; what cannot be read is refused with all faults."""

from __future__ import annotations

import ast
import gzip
import hashlib
import io
import json
import re
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.track import tracks

from skywitness.core.errors import Faults, InputError
from skywitness.track import content, json_file
from skywitness.track.clean import clean
from skywitness.track.columns import Layout, layout
from skywitness.track.model import HeightKind
from skywitness.track.read import choose, read_track, rows_of
from skywitness.track.rows import Quantity
from skywitness.track.times import seconds_of


@pytest.mark.parametrize("name", [*tracks.FORMS, *tracks.PACKED])
def test_every_form_gives_the_same_points(name: str, tmp_path: Path) -> None:
    """Times, positions and heights are those written, whatever the form and the name of the file."""
    path = tmp_path / "anything.bin"
    path.write_bytes({**tracks.FORMS, **tracks.PACKED}[name])
    rows = read_track(path).rows
    lons, lats, heights = np.array(tracks.POINTS).T
    assert rows.column(Quantity.TIME).tolist() == [tracks.seconds(n) for n in range(40)]
    np.testing.assert_allclose(rows.column(Quantity.LON), lons, atol=1e-6)
    np.testing.assert_allclose(rows.column(Quantity.LAT), lats, atol=1e-6)
    kind = next(kind for kind in rows.columns if kind.value.endswith(("height_m", "amsl")) and kind in rows.columns
                and np.isfinite(rows.column(kind)).all())  # fmt: skip
    np.testing.assert_allclose(rows.column(kind), heights, atol=0.01)


@pytest.mark.parametrize(
    ("head", "quantity", "scale"),
    [
        ("altitude_ft", Quantity.UNKNOWN, 0.3048),
        ("alt_m", Quantity.UNKNOWN, 1.0),
        ("Height [m] AMSL", Quantity.AMSL, 1.0),
        ("baro_altitude_ft", Quantity.PRESSURE, 0.3048),
        ("gps altitude (m)", Quantity.ELLIPSOIDAL, 1.0),
        ("alt_geom", Quantity.ELLIPSOIDAL, 0.3048),
        ("elevation_km", Quantity.UNKNOWN, 1000.0),
    ],
)
def test_units_stand_in_names(head: str, quantity: Quantity, scale: float) -> None:
    """A height is taken in the unit and of the kind that its column names."""
    rows = rows_of(f"time,lat,lon,{head}\n2019-09-12T08:00:00Z,55,37,1000\n".encode(), "")
    assert rows.column(quantity)[0] == pytest.approx(1000.0 * scale)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time,lat,lon,altitude\n2019-09-12T08:00:00Z,55,37,1000\n", "height without a unit"),
        ("time,lat,lon\n2019-09-12T08:00:00,55,37\n2019-09-12T08:00:10,55,37\n", "time zone"),
        ("lat,lon\n55,37\n", "no column holds times"),
        ("time,lat,lon\n2019-09-12T08:00:00Z,55,5,37,6\n", "cells instead of"),
        ("time,lat,latitude,lon\n1,2,3,4\n", "means the same"),
        ("hello world", "no track of a kind"),
        ('{"a": 1}', "none of the forms"),
        ('[{"timestamp": 1}, 3]', "holds 3 where records"),
        ("[1, 2]", "records of points"),
        ("[", "broken at line"),
        ('{"trace": [[1, 2, 3, 4]]}', "no timestamp"),
        ('{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}', "no times"),
        ("<kml><LineString/></kml>", "a line has no times"),
        ("<gpx><wpt lat='1' lon='2'/></gpx>", "no track points"),
        ("<svg/>", "neither GPX nor KML"),
        ("<gpx><trk>", "broken at line"),
        ("PK\x03\x04", "ZIP archive"),
        ("PAR1....", "Parquet"),
        ('{"type": "Feature", "properties": {"times": ["2019-09-12T08:00:00Z"]}, "geometry": '
         '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}', "2 positions, but 1 times"),
    ],
)  # fmt: skip
def test_what_is_no_track_is_refused(text: str, words: str) -> None:
    """The refusal says what was met; nothing is guessed."""
    with pytest.raises(InputError) as caught:
        rows_of(text.encode("latin-1"), "file")
    assert words in str(caught.value)


@pytest.mark.parametrize("letters", [1, 400, 3_000])
def test_json_is_read_in_pieces_wherever_they_are_cut(letters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records with braces and commas in names, and objects in fields, are the same however small the pieces are."""
    rows = [dict(row, callsign="A}, {", more=[{"a": 1}, {"b": [{}]}]) for row in tracks.records()]
    monkeypatch.setattr(json_file, "_PIECE_LETTERS", letters)
    for text in (json.dumps(rows), json.dumps(rows, indent=1), "\n\n".join(map(json.dumps, rows))):
        read = rows_of(text.encode(), "file")
        assert read.column(Quantity.TIME).tolist() == [tracks.seconds(n) for n in range(40)]
        assert not read.unreadable.any()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"timestamp": 1}, ]', "broken at line"),
        ('[{"timestamp": 1}] 3', "broken at line 1, column 20"),
        ('[{"timestamp": 1}, {"timestamp": 2}, 3]', "holds 3 where records"),
        ("[]", "is empty"),
        ('{"timestamp": 1}\n{"timestamp": \n', "broken at line 2"),
        ('{"timestamp": 1}\n\n{"timestamp": 2} 5\n', "broken at line 3"),
        ('{"timestamp": 1}\n4\n', "holds 4 where records"),
        ('{"timestamp": 1}\n{"timestamp": 2}\n', "cannot be read|no column"),
    ],
)
@pytest.mark.parametrize("letters", [1, 4_000_000])
def test_broken_json_is_told_where_whatever_the_pieces(
    text: str, words: str, letters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comma too many, what follows the end, and broken lines are refused with their place."""
    monkeypatch.setattr(json_file, "_PIECE_LETTERS", letters)
    monkeypatch.setattr(json_file, "layout", _any_layout if "cannot" not in words else layout)
    with pytest.raises(InputError, match=words):
        rows_of(text.encode(), "file")


def _any_layout(names: list[str], _faults: Faults) -> Layout:
    """A layout that wants nothing, to look at what is broken behind the head."""
    return layout([*names, "lat", "lon"], Faults())


@pytest.mark.parametrize(
    ("word", "seconds"),
    [
        ("2016-12-31T23:59:60Z", 1483228800.0),
        ("2016-12-31T23:59:60.5Z", 1483228800.5),
        ("2017-01-01T05:29:60+05:30", 1483228800.0),
        ("2016-12-31 23:59:60 UTC", 1483228800.0),
        ("2016-12-31T23:58:60Z", None),
        ("2016-12-31T23:59:61Z", None),
    ],
)
def test_a_leap_second_is_a_time(word: str, seconds: float | None) -> None:
    """The second that is put in at the end of a day counts as the one after it; no other minute has sixty."""
    assert seconds_of(word) == seconds


def test_too_many_columns_are_refused_before_they_are_compared() -> None:
    """A head of a hundred thousand names is refused at once; every name twice, it would take hours to compare."""
    head = ",".join(f"c{n}" for n in range(100_000))
    with pytest.raises(InputError) as caught:
        rows_of(f"{head},{head}\n1\n".encode(), "file")
    assert "more than any track" in str(next(iter(caught.value.faults)).message)


def test_all_faults_of_a_head_are_told_at_once() -> None:
    """A table without times and longitudes and with a height without a unit has three faults."""
    with pytest.raises(InputError) as caught:
        rows_of(b"lat,altitude\n1,2\n", "file")
    assert len(caught.value.faults) == 3


def test_entities_never_grow() -> None:
    """A document type, and with it every entity bomb, is refused before anything grows."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><gpx>&c;</gpx>'
    with pytest.raises(InputError, match="document type"):
        rows_of(bomb, "file")


def test_packed_bombs_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than is read is refused; so is what is cut off, damaged, or packed twice."""
    path = tmp_path / "track.gz"
    monkeypatch.setattr(content, "MOST_BYTES", 1 << 20)
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    cases = {
        "larger than": engine.compress(b"\0" * (8 << 20)) + engine.flush(),
        "end is missing": gzip.compress(tracks.traffic())[:-20],
        "packed twice": gzip.compress(gzip.compress(tracks.traffic())),
        "follows the end": gzip.compress(tracks.traffic()) + b"more",
    }
    for words, data in cases.items():
        path.write_bytes(data)
        with pytest.raises(InputError, match=words):
            read_track(path)


def test_the_hash_is_that_of_the_file_as_it_lies_there(tmp_path: Path) -> None:
    """What was judged can be named later: the hash is of the packed bytes, read in the same go."""
    path = tmp_path / "track.gz"
    path.write_bytes(gzip.compress(tracks.traffic()))
    read = read_track(path)
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert clean(read).sha256 == read.sha256


def test_no_text_of_a_track_names_an_option() -> None:
    """What is raised under ``track`` is said without the options of a command; the face adds those."""
    folder = Path(content.__file__).parent
    texts = [
        (path.name, node.value)
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len(texts) > 500
    assert not [one for one in texts if re.search(r"(^|[ (])--[a-z]", one[1])]


def test_several_aircraft_need_a_name() -> None:
    """A file of two aircraft is refused with both, their points and times; with a name the others' are counted."""
    both = json.dumps([*tracks.records("3c0001"), *tracks.records("3c0002")[:25]]).encode()
    with pytest.raises(InputError) as caught:
        choose(rows_of(both, "file"), None, "file")
    told = {fault.where: str(fault.message) for fault in caught.value.faults}
    assert told["3c0002"].startswith("25 points from 2019-09-12T08:00:00Z to 2019-09-12T08:04:00Z")
    assert set(told) == {"3c0001", "3c0002"}
    read = choose(rows_of(both, "file"), "3C0002", "file")
    assert (read.read, len(read.rows), read.dropped[0].step, read.dropped[0].count) == (65, 25, "other_aircraft", 40)
    with pytest.raises(InputError, match="No aircraft of the file is called"):
        choose(rows_of(both, "file"), "3c0003", "file")


def test_pieces_of_one_log_are_one_aircraft() -> None:
    """Two tracks of a GPX file that follow one another are one flight; at the same time they are two aircraft."""
    text = tracks.gpx().decode().replace("<name>one</name>", "")
    middle = text.index("<trkpt", text.index(tracks.stamp(20)))
    after = text[:middle] + "</trkseg></trk><trk><trkseg>" + text[middle:]
    assert len(choose(rows_of(after.encode(), "file"), None, "file").rows) == 40
    twice = text.replace("</gpx>", text[text.index("<trk>") :])
    with pytest.raises(InputError, match="2 aircraft"):
        choose(rows_of(twice.encode(), "file"), None, "file")


def test_objects_in_records_are_no_records() -> None:
    """What lies inside a record is passed over, also many thousand records later."""
    rows = [{**row, "extra": {"deep": [{"a": 1}]}} for row in tracks.records()]
    many = [dict(rows[n % 40], timestamp=n) for n in range(1, 25_000)]
    assert len(rows_of(json.dumps(many).encode(), "file")) == 24_999


def _parquet(kind: str | None = None, **changed: list[object]) -> bytes:
    """Write the records as a Parquet file; ``kind`` is the type of the times, milliseconds without it."""
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns: dict[str, object] = {name: [row[name] for row in tracks.records()] for name in tracks.records()[0]}
    if kind is not None:
        unit, _, zone = kind.partition(" ")
        scale = {"ms": 1, "us": 1_000, "ns": 1_000_000}[unit]
        ticks = [int(str(row["timestamp"])) * scale + (7 if unit == "ns" else 0) for row in tracks.records()]
        columns["timestamp"] = arrow.array(ticks, arrow.timestamp(unit, zone or None))
    file = io.BytesIO()
    parquet.write_table(arrow.table({**columns, **changed}), file)
    return file.getvalue()


@pytest.mark.parametrize("kind", [None, "ms UTC", "us Europe/Berlin", "ns UTC"])
def test_parquet_is_read_as_the_json_of_the_same_library(kind: str | None) -> None:
    """Times as numbers or in any zone, to the nanosecond as pandas writes them, are those of the JSON."""
    read, other = rows_of(_parquet(kind), "file"), rows_of(json.dumps(tracks.records()).encode(), "file")
    assert len(read) == 40
    for quantity in (Quantity.TIME, Quantity.LON, Quantity.LAT, Quantity.PRESSURE):
        assert read.column(quantity).tolist() == pytest.approx(other.column(quantity).tolist(), nan_ok=True)


def test_parquet_times_without_a_zone_are_refused() -> None:
    """A time that does not say in which zone it is is refused, as in every other table."""
    with pytest.raises(InputError, match="time zone"):
        rows_of(_parquet("ns"), "file")


def test_cells_of_parquet_that_hold_nothing_are_dropped_by_name() -> None:
    """A null position is a row without one, never a place on the equator."""
    latitudes: list[object] = [None if n == 5 else row["latitude"] for n, row in enumerate(tracks.records())]
    assert np.isnan(rows_of(_parquet(latitude=latitudes), "file").column(Quantity.LAT)[5])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_parquet_file_is_read_or_refused(data: st.DataObject) -> None:
    """Cut short or with bytes changed it is read or refused in a sentence: nothing else comes out of pyarrow."""
    whole = bytearray(_parquet("ms UTC"))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(4, len(whole)))
    refused = None
    try:
        rows_of(bytes(whole[:cut]), "file")
    except InputError as refusal:
        refused = refusal.kind
    assert refused in {None, "bad_track"}


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed the refusal names it, and another form."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"skywitness\[scale\]") as refused:
        rows_of(b"PAR1" + bytes(20), "file")
    assert refused.value.kind == "not_installed"


def test_ground_and_geometric_heights_of_a_trace() -> None:
    """A trace says "ground", marks stale positions and geometric heights, and may hold both heights."""
    point = [0.0, 55.0, 37.0, "ground", 5.0, 90.0, 0, 0, None, "adsb", None]
    rows = [point, [10.0, 55.0, 37.1, 1000, 150, 90, 8, 0], [20.0, 55.0, 37.2, 1000, 150, 90, 1, 0, None, "", 1100]]
    read = rows_of(json.dumps({"icao": "3c0001", "timestamp": 1568275200, "trace": rows}).encode(), "file")
    assert read.column(Quantity.GROUND).tolist() == [1.0, 0.0, 0.0]
    assert read.column(Quantity.ELLIPSOIDAL)[1:].tolist() == pytest.approx([304.8, 335.28])
    assert np.isnan(read.column(Quantity.PRESSURE)[1])
    assert read.column(Quantity.TIME)[2] - read.column(Quantity.SEEN)[2] > 1000.0
    assert HeightKind.PRESSURE.value == "pressure"
