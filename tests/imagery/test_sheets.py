"""Sheets of annotations and their descriptions: round trips, all faults at once, hostile files."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.toml_text import write_toml
from skywitness.imagery.annotation.description import read_description, write_description
from skywitness.imagery.annotation.sheet import read_sheet, scan_sheet, write_sheet

SHEET = """\
LEADER REF OS9027; DATE 2019-09-12; SENSOR OPBP; CONFIG INT2L45; FOCAL 152.4; MAGAZINE 1
MARK TIME 2019-09-12 08:31Z; HEIGHT 01850M; PLACE 55.61N 036.65E; HEADING 045; SCAN 70
FRAME NUMBER 1; TIME 2019-09-12 08:31Z; ROLL 2L
FRAME NUMBER 2; TIME 2019-09-12 08:32Z; ROLL 0R
LEADER REF OS9027; DATE 2019-09-12; SENSOR SARTD; CONFIG PODCF31
MARK TIME 2019-09-12 08:31Z; HEIGHT 06070F; PLACE 55 37N 036 39E; HEADING 000; LOOKDOWN 40; SWATH 25; POL HH/HV
MOTION TIME 2019-09-12 08:31Z; SPEED 240NM; DRIFT 3R; PITCH 1.5U; ROLL 0L
"""


def described() -> dict[str, Any]:
    """Give a description with one value of each kind."""
    return {
        "roll": [
            {
                "reference": {"year_digit": 9, "number": 27},
                "date": dt.date(2019, 9, 12),
                "sensor": {"category": "optical_panoramic", "medium": "film-panchromatic"},
                "configuration": {"installation": "internal", "place": "1", "mounting": "vertical"},
                "focal_length_mm": 152.4,
                "mark": [{"time_utc": dt.datetime(2019, 9, 12, 8, 31, tzinfo=dt.UTC), "height_m_agl": 1850}],
            }
        ]
    }


def test_a_sheet_round_trips() -> None:
    """Codes, values, description in TOML and in JSON, values, codes: nothing changes on the way."""
    sheet = read_sheet(SHEET)
    assert not sheet.respelt
    assert write_sheet(sheet) == SHEET
    description = write_description(sheet)
    assert read_description(description).sheet == sheet
    assert read_description(tomllib.loads(write_toml(description))).sheet == sheet
    assert read_description(json.loads(json.dumps(description))).sheet == sheet
    assert not read_description(description).rounded


def test_the_order_of_marks_and_frames_says_nothing() -> None:
    """Frames and marks that stand mixed are put side by side, each kind in its order."""
    rows = SHEET.splitlines()
    mixed = "\n".join([rows[0], rows[2], rows[1], *rows[3:]])
    assert read_sheet(mixed) == read_sheet(SHEET)


def test_notes_blank_lines_and_other_line_ends() -> None:
    """What is no line of annotations does not change a sheet."""
    assert read_sheet("# a note\r\n\r\n" + SHEET.replace("\n", "\r\n")) == read_sheet(SHEET)


def test_other_spellings_are_told() -> None:
    """A code that is read but usually written otherwise is named: nothing changes in silence."""
    sheet = read_sheet(SHEET.replace("HEADING 045", "HEADING 45").replace("ROLL 2L", "ROLL 2.0L"))
    assert [(one.where, one.met, one.written) for one in sheet.respelt] == [
        ("line 2, HEADING", "45", "045"),
        ("line 3, ROLL", "2.0L", "2L"),
    ]


def test_all_faults_at_once() -> None:
    """Every fault of a sheet is told, each with line, block and character."""
    text = (
        "LEADER REF OX9027; SENSOR OPBPX; REF OS9027\n"
        "HEADER REF OS9027\n"
        "MARK HEIGHT 1850M; ALTITUDE 3\n"
        "FRAME\n"
        "FRAME NUMBER 1;\n"
    )
    with pytest.raises(InputError) as refused:
        read_sheet(text, "roll.txt")
    assert refused.value.kind == "bad_annotation"
    assert [fault.where for fault in refused.value.faults] == [
        "line 1, REF",
        "line 1, SENSOR",
        "line 1, REF",
        "line 2",
        "line 3, HEIGHT",
        "line 3, HEIGHT",
        "line 3",
        "line 4",
        "line 5",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no line"),
        ("# only a note\n", "no line"),
        ("MARK HEIGHT 01850M\n", "first line is a LEADER"),
        ("LEADER " + "x" * 600, "500 characters"),
        ("\n" * 200_001, "200,000 lines"),
    ],
)
def test_what_is_no_sheet(text: str, words: str) -> None:
    """An empty file, a sheet without a beginning, lines without end: refused with the reason."""
    with pytest.raises(InputError) as refused:
        read_sheet(text)
    assert words in str(refused.value)


def test_a_thousand_faults_are_enough() -> None:
    """A file that is something else is refused without a list as long as the file."""
    with pytest.raises(InputError) as refused:
        read_sheet("nonsense\n" * 5_000)
    assert len(refused.value.faults) == 1_001


@given(st.text(st.sampled_from("LEADERMKFOTIN SCB;.:-Z019\n#é\x00"), max_size=300))
def test_any_text_is_a_sheet_or_refused(text: str) -> None:
    """No text crashes the reader; what it accepts it writes and reads again."""
    with contextlib.suppress(InputError):
        sheet = read_sheet(text)
        assert read_sheet(write_sheet(sheet)) == sheet


@given(st.integers(0, len(SHEET) - 1), st.sampled_from("X0 ;\n.é"))
def test_one_wrong_sign_is_told_or_shows(at: int, sign: str) -> None:
    """A sheet with one sign changed is refused, or differs, or the other spelling is told."""
    changed = SHEET[:at] + sign + SHEET[at + 1 :]
    try:
        sheet = read_sheet(changed)
    except InputError:
        return
    assert (
        changed == SHEET
        or sheet != read_sheet(SHEET)
        or sheet.respelt
        or changed.split() == SHEET.split()
        or sign in " ;\n"
    )


# ---- descriptions ----


def test_what_no_code_holds_is_rounded_and_told() -> None:
    """Seconds, centimetres and thousandths of a degree are rounded to the nearest, and each is named."""
    data = described()
    data["roll"][0]["mark"] = [
        {
            "time_utc": dt.datetime(2019, 9, 12, 8, 31, 30, tzinfo=dt.timezone(dt.timedelta(hours=3))),
            "height_m_agl": 1850.5,
            "lon": 36.6512,
            "lat": 55.61,
            "true_heading_deg": 44.6,
            "scan_angle_deg": 70.00049,
        }
    ]
    found = read_description(data)
    (mark,) = found.sheet.of("MARK")
    assert mark.get("TIME") == dt.datetime(2019, 9, 12, 5, 32, tzinfo=dt.UTC)
    assert (mark.get("HEIGHT").value, mark.get("HEADING"), mark.get("PLACE").lon) == (1851, 45, 36.65)
    assert [one.where.rpartition(".")[2] for one in found.rounded] == [
        "time_utc",
        "height_m_agl",
        "lon",
        "true_heading_deg",
        "scan_angle_deg",
    ]


@pytest.mark.parametrize(
    ("place", "put", "told"),
    [
        ("reference", {"year_digit": 10, "number": 27}, "year_digit"),
        ("reference", {"year_digit": 9, "number": 2.5}, "no whole number"),
        ("reference", "OS9027", "a table"),
        ("sensor", {"category": "lidar", "medium": "film-panchromatic"}, "lidar"),
        ("configuration", {"installation": "internal", "place": "left-wing", "mounting": "vertical"}, "left-wing"),
        ("configuration", {"installation": "internal", "place": "1", "mounting": "fan"}, "sensors"),
        (
            "configuration",
            {"installation": "internal", "place": "1", "mounting": "fan", "sensors": 2, "position": 3},
            "1 to 2",
        ),
        (
            "configuration",
            {"installation": "internal", "place": "1", "mounting": "vertical", "depression_deg": 5},
            "belongs to no installation",
        ),
        ("date", "12 September", "12 September"),
        ("date", "2019-02-30", "2019-02-30"),
        ("focal_length_mm", -1.0, "-1.0"),
        ("focal_length_mm", float("nan"), "nan"),
        ("focal_length_mm", 10**400, "is not from"),
        ("focal_length_mm", True, "True"),
        ("magazine", 0, "0"),
        ("colour", "red", "unknown field"),
    ],
)
def test_wrong_fields_are_told(place: str, put: object, told: str) -> None:
    """A field that is wrong, unknown or out of range is refused with its path."""
    data = described()
    data["roll"][0][place] = put
    with pytest.raises(InputError) as refused:
        read_description(data)
    assert refused.value.kind == "bad_annotation"
    assert told in str(refused.value)
    assert place in refused.value.faults[0].where


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ({"height_m_agl": 1850, "height_ft_agl": 6070}, "one of them"),
        ({"lon": 3.0}, "lon and lat"),
        ({"lon": 3.0, "lat": 91.0}, "91.0"),
        ({"lon": 3.0, "lat": 1.0, "position_form": "seconds"}, "seconds"),
        ({"time_utc": dt.datetime(2019, 9, 12, 8, 31)}, "2019-09-12T08:31:00Z"),  # noqa: DTZ001
        ({"time_utc": "yesterday"}, "yesterday"),
        ({"polarisations": ["XX"]}, "HH"),
        ({"true_heading_deg": 361}, "361"),
    ],
)
def test_wrong_marks_are_told(mark: dict[str, object], told: str) -> None:
    """Values that exclude one another, halves of a position, times without a zone: refused with the path."""
    data = described()
    data["roll"][0]["mark"] = [mark]
    with pytest.raises(InputError) as refused:
        read_description(data)
    assert told in str(refused.value)
    assert refused.value.faults[0].where.startswith("roll[0].mark[0].")


def test_an_angle_needs_its_side() -> None:
    """A roll without its side says nothing."""
    data = described()
    data["roll"][0]["frame"] = [{"number": 1, "roll_deg": 2}]
    with pytest.raises(InputError, match="roll_deg and roll_to"):
        read_description(data)


@pytest.mark.parametrize("data", [{}, {"roll": []}, {"roll": [3]}, {"roll": "x"}, {"roll": [{"mark": 3}]}, {"rol": []}])
def test_what_is_no_description(data: dict[str, Any]) -> None:
    """Anything but a list of rolls is refused."""
    with pytest.raises(InputError) as refused:
        read_description(data)
    assert refused.value.kind == "bad_annotation"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
KEYS = ("reference", "date", "sensor", "configuration", "focal_length_mm", "magazine", "mark", "frame", "motion")


@given(st.dictionaries(st.sampled_from(KEYS), JUNK, min_size=1))
def test_junk_never_crashes(fields: dict[str, Any]) -> None:
    """Whatever stands in a description, it is refused with its faults or understood, never a crash."""
    data = described()
    data["roll"][0].update(fields)
    with contextlib.suppress(InputError):
        found = read_description(data)
        assert read_sheet(write_sheet(found.sheet)) == found.sheet


def test_a_sheet_to_be_judged_keeps_its_faults() -> None:
    """Read to be judged, a sheet keeps wrong codes as faults instead of being refused."""
    sheet = scan_sheet(SHEET.replace("01850M", "1850M"))
    assert sheet.is_sound
    assert [fault.where for fault in sheet.faults] == ["line 2, HEIGHT", "line 2, HEIGHT"]
