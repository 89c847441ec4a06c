"""Codes of Annex B, Appendix 1: a table of each form, round trips, and what a wrong code is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.imagery.annotation.blocks import BLOCKS, LINES, decode, encode
from skywitness.imagery.annotation.frames import frame_of
from skywitness.imagery.annotation.tables import codes
from skywitness.imagery.annotation.values import (
    Configuration,
    Height,
    Place,
    PositionForm,
    Reference,
    SensorDescription,
    Speed,
    Turned,
)

DEGREES, MINUTES = PositionForm.DEGREES, PositionForm.MINUTES

TABLE: list[tuple[str, str, Any]] = [
    # Appendix 1, paragraph 1: OS, last digit of the year, three digits
    ("REF", "OS9027", Reference(9, 27)),
    ("REF", "OS0999", Reference(0, 999)),
    # 2: category and medium
    ("SENSOR", "OPBI", SensorDescription("optical_panoramic", "film-isopanchromatic")),
    ("SENSOR", "OFBM", SensorDescription("optical_framing", "film-monochromatic")),
    ("SENSOR", "OFBP", SensorDescription("optical_framing", "film-panchromatic")),
    ("SENSOR", "TVTA", SensorDescription("video", "tape-analogue")),
    ("SENSOR", "IRLSBR", SensorDescription("infrared", "film-reversal")),
    ("SENSOR", "SARTD", SensorDescription("sar", "tape-digital")),
    # 3: installation, kind, fan
    ("CONFIG", "INT1V", Configuration("internal", "1", "vertical")),
    ("CONFIG", "INT2L45", Configuration("internal", "2", "oblique-left", depression_deg=45)),
    ("CONFIG", "PODRR9", Configuration("podded", "right-wing", "oblique-right", depression_deg=9)),
    ("CONFIG", "PODLV", Configuration("podded", "left-wing", "vertical")),
    ("CONFIG", "PODCF31", Configuration("podded", "centre-line", "fan", sensors=3, position=1)),
    # 4 to 7
    ("FOCAL", "152.4", 152.4),
    ("DATE", "2019-09-12", dt.date(2019, 9, 12)),
    ("TIME", "2019-09-12 08:31Z", dt.datetime(2019, 9, 12, 8, 31, tzinfo=dt.UTC)),
    ("HEIGHT", "01850M", Height(1850, "metres")),
    ("HEIGHT", "06070F", Height(6070, "feet")),
    ("PLACE", "55.61N 036.65E", Place(DEGREES, 5561, False, 3665, False)),
    ("PLACE", "55 37S 036 39W", Place(MINUTES, 55 * 60 + 37, True, 36 * 60 + 39, True)),
    ("PLACE", "00.00S 180.00W", Place(DEGREES, 0, True, 18000, True)),
    # 8 to 12
    ("HEADING", "045", 45),
    ("ROLL", "2L", Turned(2.0, "left")),
    ("ROLL", "0R", Turned(0.0, "right")),
    ("PITCH", "1.5U", Turned(1.5, "up")),
    ("PITCH", "3D", Turned(3.0, "down")),
    ("DRIFT", "12R", Turned(12.0, "right")),
    ("SPEED", "240NM", Speed(240, "nautical-miles")),
    ("SPEED", "450KM", Speed(450, "kilometres")),
    # 13 to 16, and what Section II asks for without a layout
    ("NEAR", "4.5", 4.5),
    ("LOOKDOWN", "40", 40.0),
    ("SWATH", "25", 25.0),
    ("MAGAZINE", "1", 1),
    ("NUMBER", "318", 318),
    ("SCAN", "70", 70.0),
    ("POL", "HH/HV", ("HH", "HV")),
]


@pytest.mark.parametrize(("label", "code", "value"), TABLE, ids=lambda value: str(value)[:24])
def test_each_form(label: str, code: str, value: object) -> None:
    """A code says its value, and the value is written as that code."""
    assert decode(label, code) == value
    assert encode(label, value) == code


def test_every_block_is_in_the_table() -> None:
    """No block goes without an example, and every block has its line."""
    assert {label for label, _, _ in TABLE} == set(BLOCKS)
    assert {label for labels in LINES.values() for label in labels} == set(BLOCKS)


def test_signs_of_a_position_are_kept() -> None:
    """On the equator and at the prime meridian the letter is kept in the sign of zero."""
    place = decode("PLACE", "00.00S 000.00E")
    assert (str(place.lat), str(place.lon)) == ("-0.0", "0.0")


WRONG: list[tuple[str, str, list[tuple[int, str]]]] = [
    ("REF", "OX9027", [(1, "OS:B.APP1.1(A)")]),
    ("REF", "XXX0A7", [(1, "OS:B.APP1.1(A)"), (3, "OS:B.APP1.1(B)"), (4, "OS:B.APP1.1(C)")]),
    ("REF", "OS902", [(4, "OS:B.APP1.1(C)")]),
    ("REF", "OS90271", [(7, "OS:B.APP1.1")]),
    ("SENSOR", "ZZTD", [(1, "OS:B.APP1.2(A)")]),
    ("SENSOR", "OPXX", [(3, "OS:B.APP1.2(B)")]),
    ("SENSOR", "ZZXX", [(1, "OS:B.APP1.2(A)"), (3, "OS:B.APP1.2(B)")]),
    ("SENSOR", "OPBPX", [(5, "OS:B.APP1.2")]),
    ("CONFIG", "INT0V", [(4, "OS:B.APP1.3(A)(1)")]),
    ("CONFIG", "PODXV", [(4, "OS:B.APP1.3(A)(2)")]),
    ("CONFIG", "BAG1X", [(1, "OS:B.APP1.3(A)"), (5, "OS:B.APP1.3(B)")]),
    ("CONFIG", "INT1L", [(6, "OS:B.APP1.3(B)(2)")]),
    ("CONFIG", "INT1L91", [(6, "OS:B.APP1.3(B)(2)")]),
    ("CONFIG", "INT1V5", [(6, "OS:B.APP1.3")]),
    ("CONFIG", "INT1F11", [(6, "OS:B.APP1.3(C)(1)")]),
    ("CONFIG", "INT1F3", [(7, "OS:B.APP1.3(C)(2)")]),
    ("CONFIG", "INT1F34", [(7, "OS:B.APP1.3(C)(2)")]),
    ("FOCAL", "15 cm", [(3, "OS:B.APP1.4")]),
    ("FOCAL", "-15", [(1, "OS:B.APP1.4")]),
    ("DATE", "12.9.2019", [(1, "OS:B.APP1.5")]),
    ("DATE", "2019-02-29", [(1, "OS:B.APP1.5")]),
    ("TIME", "2019-09-12 24:00Z", [(12, "OS:B.APP1.5")]),
    ("TIME", "2019-09-12 08:31", [(17, "OS:B.APP1.5")]),
    ("TIME", "2019-09-12 08:31Z+3", [(18, "OS:B.APP1.5")]),
    ("HEIGHT", "1850M", [(1, "OS:B.APP1.6"), (6, "OS:B.APP1.6")]),
    ("HEIGHT", "01850K", [(6, "OS:B.APP1.6")]),
    ("PLACE", "90.01N 036.65E", [(1, "OS:B.APP1.7")]),
    ("PLACE", "55.61N 180.01E", [(8, "OS:B.APP1.7")]),
    ("PLACE", "55.61N 036 39E", [(8, "OS:B.APP1.7")]),
    ("PLACE", "55 60N 036 39E", [(1, "OS:B.APP1.7")]),
    ("PLACE", "55.61E 036.65N", [(6, "OS:B.APP1.7"), (14, "OS:B.APP1.7")]),
    ("HEADING", "361", [(1, "OS:B.APP1.8")]),
    ("ROLL", "2", [(2, "OS:B.APP1.9")]),
    ("ROLL", "2U", [(2, "OS:B.APP1.9")]),
    ("PITCH", "91U", [(1, "OS:B.APP1.10")]),
    ("DRIFT", "2D", [(2, "OS:B.APP1.11")]),
    ("SPEED", "40KM", [(1, "OS:B.APP1.12"), (4, "OS:B.APP1.12")]),
    ("SPEED", "240KT", [(4, "OS:B.APP1.12")]),
    ("NEAR", "4.5km", [(4, "OS:B.APP1.13")]),
    ("LOOKDOWN", "91", [(1, "OS:B.APP1.14")]),
    ("SWATH", "", [(1, "OS:B.APP1.15")]),
    ("NUMBER", "0", [(1, "OS:B.APP1.16")]),
    ("POL", "HX", [(1, "OS:B.II.2(C)(1)")]),
]


@pytest.mark.parametrize(("label", "code", "misses"), WRONG, ids=lambda value: str(value)[:24])
def test_what_is_wrong_is_told_with_its_place(label: str, code: str, misses: list[tuple[int, str]]) -> None:
    """Every wrong group of a code is told with its column and the paragraph that asks for it."""
    value, found = BLOCKS[label].read(code)
    assert value is None
    assert [(miss.column, miss.provision) for miss in found] == misses
    assert all(str(miss.expected) for miss in found)
    with pytest.raises(InputError, match=f"character {misses[0][0]}"):
        decode(label, code)


def test_what_was_met_is_quoted() -> None:
    """A message says what stands there and what was expected."""
    _, (miss,) = BLOCKS["SENSOR"].read("OPBPX")
    assert str(miss.message) == "character 5: met 'X', expected nothing more (OS:B.APP1.2)"


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("HEIGHT", Height(100_000, "metres")),
        ("REF", Reference(12, 1)),
        ("CONFIG", Configuration("internal", "1", "vertical", depression_deg=30)),
        ("PLACE", Place(DEGREES, 9001, False, 0, False)),
        ("FOCAL", 0.12345),
        ("SPEED", Speed(1_000, "kilometres")),
    ],
)
def test_values_that_no_code_can_hold_are_refused(label: str, value: object) -> None:
    """What would be read back as something else is not written."""
    with pytest.raises(InputError) as refused:
        encode(label, value)
    assert refused.value.kind == "bad_annotation"


def test_an_unknown_block_is_refused() -> None:
    """There is no block ALTITUDE."""
    with pytest.raises(InputError, match="ALTITUDE"):
        decode("ALTITUDE", "1")


NUMBERS = st.integers(0, 99_999_000).map(lambda count: round(count / 1000, 3))
PLACES = st.sampled_from(PositionForm).flatmap(
    lambda form: st.builds(
        Place,
        st.just(form),
        st.integers(0, 90 * form.steps),
        st.booleans(),
        st.integers(0, 180 * form.steps),
        st.booleans(),
    )
)
FANS = st.integers(2, 9).flatmap(
    lambda count: st.builds(
        Configuration,
        st.just("podded"),
        st.sampled_from(sorted(codes("pod_code"))),
        st.just("fan"),
        st.none(),
        st.just(count),
        st.integers(1, count),
    )
)
OBLIQUE = st.builds(
    Configuration,
    st.just("internal"),
    st.sampled_from("123456789"),
    st.sampled_from(["oblique-left", "oblique-right"]),
    st.integers(0, 90),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "REF": st.builds(Reference, st.integers(0, 9), st.integers(0, 999)),
    "SENSOR": st.builds(
        SensorDescription,
        st.sampled_from(sorted(codes("category_code"))),
        st.sampled_from(sorted(codes("medium_code"))),
    ),
    "CONFIG": st.one_of(FANS, OBLIQUE),
    "FOCAL": NUMBERS,
    "DATE": st.dates(),
    "TIME": st.datetimes(timezones=st.just(dt.UTC)).map(lambda time: time.replace(second=0, microsecond=0)),
    "HEIGHT": st.builds(Height, st.integers(0, 99_999), st.sampled_from(["metres", "feet"])),
    "PLACE": PLACES,
    "HEADING": st.integers(0, 360),
    "ROLL": st.builds(
        Turned, st.integers(0, 180_000).map(lambda count: round(count / 1000, 3)), st.sampled_from(["left", "right"])
    ),
    "SPEED": st.builds(Speed, st.integers(0, 999), st.sampled_from(["kilometres", "nautical-miles"])),
    "SWATH": NUMBERS,
    "NUMBER": st.integers(1, 999_999),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda label: st.tuples(st.just(label), VALUES[label])))
def test_value_to_code_to_value(case: tuple[str, Any]) -> None:
    """Whatever a code can hold comes back the same."""
    label, value = case
    assert decode(label, encode(label, value)) == value


@given(st.sampled_from(sorted(BLOCKS)), st.text(max_size=30))
def test_any_text_is_read_or_told(label: str, code: str) -> None:
    """No text crashes a reader, and what is read without a fault is written again with the same value."""
    value, misses = BLOCKS[label].read(code)
    assert (value is None) == bool(misses)
    if not misses:
        assert decode(label, encode(label, value)) == value


@given(
    st.sampled_from(TABLE),
    st.integers(0, 20),
    st.text("OS0189NEWLRUDFMKI.-: Z٣é", min_size=0, max_size=3),
)
def test_a_changed_code_never_says_the_same(row: tuple[str, str, Any], at: int, put: str) -> None:
    """A code with a sign more, less or changed is wrong, says something else, or is told as another spelling."""
    label, code, value = row
    changed = code[:at] + put + code[at + 1 :]
    found, misses = BLOCKS[label].read(changed)
    if changed != code and not misses and found == value:
        assert encode(label, found) != changed  # read_sheet lists it among the respelt


@pytest.mark.parametrize(
    ("printed", "number"),
    [({17: 12.0, 18: 8.0}, 18), ({17: 10.0, 18: -10.0}, 17), ({18: 10.0, 17: 10.0}, 17), ({5: 40.0}, 5)],
)
def test_the_number_of_a_frame(printed: dict[int, float], number: int) -> None:
    """Of two numbers beside a frame the nearer to its centre names it; of two equally near the smaller (B.APP1.16)."""
    assert frame_of(printed) == number


@pytest.mark.parametrize("printed", [{}, {1: 0.0, 2: 1.0, 3: 2.0}])
def test_no_frame_has_three_numbers(printed: dict[int, float]) -> None:
    """The Treaty knows one or two numbers for a frame."""
    with pytest.raises(InputError, match="at most 2"):
        frame_of(printed)
