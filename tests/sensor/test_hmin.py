"""Minimum heights: published figures, properties, and that nothing assumed is ever certified."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.sensor.hmin import (
    BarReading,
    HMin,
    OpticalSettings,
    ThermalReading,
    ThermalSettings,
    fit_exponent,
    h_min,
    ladder_bias,
    minimum_height_for_limit,
)
from skywitness.sensor.methods import (
    HIGHEST,
    HIGHEST_DIRECTION_MEAN,
    INFRARED_15,
    METHODS,
    OPTICAL_DIGITAL,
    OPTICAL_FILM,
    VIDEO_14,
    CombineRule,
    MethodStatus,
    gaussian_mtf,
    weakest,
)
from skywitness.sensor.resolution import GroundResolution, Gsd, LinePair

AGREED_RULE = CombineRule("agreed", MethodStatus.PUBLISHED, "a certification report", HIGHEST.combine)
HEIGHTS = st.floats(100, 15_000)
BARS = st.floats(0.05, 2.0)


def video(height_m: float, along_m: float, across_m: float, passes: int = 5) -> list[BarReading]:
    """Make readings of equal passes in both directions."""
    return [
        BarReading(number, height_m, GroundResolution(bar), direction)
        for number in range(1, passes + 1)
        for direction, bar in (("along", along_m), ("across", across_m))
    ]


def optical(*pairs: tuple[float, float]) -> list[BarReading]:
    """Make readings of an optical camera from (height, bar width)."""
    return [BarReading(number, height, GroundResolution(bar)) for number, (height, bar) in enumerate(pairs, 1)]


@pytest.mark.parametrize(
    ("height_m", "along_m", "across_m", "expected"),
    [
        (1000, 0.30, 0.30, 1000),
        (2000, 0.20, 0.20, 3000),  # resolves better than allowed: must fly higher
        (2000, 0.60, 0.60, 1000),
        (1500, 0.30, 0.25, 1800),  # the finer direction binds
    ],
)
def test_video_by_decision_14(height_m: float, along_m: float, across_m: float, expected: float) -> None:
    """H_i * L_a / L_ij with L_a = 30 cm; the direction that resolves better sets the height."""
    found = h_min(VIDEO_14, video(height_m, along_m, across_m))
    assert found.value_m_agl == pytest.approx(expected)
    assert len(found.single_m) == 10


@given(st.lists(st.tuples(HEIGHTS, BARS, BARS), min_size=5, max_size=9), st.floats(0.5, 2))
def test_video_scales_with_height_and_is_bounded_by_its_passes(
    passes: list[tuple[float, float, float]], factor: float
) -> None:
    """All heights by a factor give H_min by that factor; the result lies among the single passes."""
    readings = [
        BarReading(number, height, GroundResolution(bar), direction)
        for number, (height, along, across) in enumerate(passes, 1)
        for direction, bar in (("along", along), ("across", across))
    ]
    found, strict = h_min(VIDEO_14, readings), h_min(VIDEO_14, readings, combine=HIGHEST)
    scaled = h_min(VIDEO_14, [replace(reading, height_m=reading.height_m * factor) for reading in readings])
    assert scaled.value_m_agl == pytest.approx(found.value_m_agl * factor)
    assert min(found.single_m) * 0.999 <= found.value_m_agl <= max(found.single_m) * 1.001
    assert found.value_m_agl <= strict.value_m_agl * 1.001
    assert strict.value_m_agl == max(strict.single_m)


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([], "5 different passes"),
        (video(1000, 0.3, 0.3, passes=4), "5 different passes"),
        ([reading for reading in video(1000, 0.3, 0.3) if reading.direction == "along"], "across"),
        (video(1000, 0.3, 0.3) + video(1000, 0.3, 0.3, 1), "one pass gives one reading"),
        (video(-5, 0.3, 0.3), "positive number of metres"),
        (video(math.nan, 0.3, 0.3), "positive number of metres"),
        ([replace(reading, direction="sideways") for reading in video(1000, 0.3, 0.3)], "along or across"),
        ([replace(reading, smallest_bar=Gsd(0.3)) for reading in video(1000, 0.3, 0.3)], "neither a pixel"),  # type: ignore[arg-type]
        ([ThermalReading(1000, GroundResolution(0.5), 3)], "bar target is expected"),
    ],
)
def test_video_readings_that_do_not_fit_are_refused(readings: list[BarReading], words: str) -> None:
    """Too few passes, a missing direction, a wrong kind of length: each is told."""
    with pytest.raises(InputError) as caught:
        h_min(VIDEO_14, readings)
    assert words in str(caught.value)


def test_all_faults_of_readings_are_told_at_once() -> None:
    """Ten bad readings make one refusal with ten places."""
    with pytest.raises(InputError) as caught:
        h_min(VIDEO_14, video(-1, 0.3, 0.3))
    assert len(caught.value.faults) == 10


def results() -> dict[str, HMin]:
    """Make one result of each method as it ships."""
    thermal = [ThermalReading(1000, GroundResolution(0.5), 3.0)]
    still_air = ThermalSettings(lambda height_m: math.exp(-height_m / 20_000), "test atmosphere", 0.5)
    return {
        "video-decision-14": h_min(VIDEO_14, video(1000, 0.3, 0.3)),
        "infrared-decision-15": h_min(INFRARED_15, thermal, still_air),
        "optical-film": h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(0.4)),
        "optical-digital": h_min(OPTICAL_DIGITAL, optical((1000, 0.3)), OpticalSettings(0.4)),
    }


@pytest.mark.parametrize("ident", METHODS)
def test_nothing_assumed_is_printed_as_certified(ident: str) -> None:
    """As shipped, no method can write a certificate: each rests on something that was not published."""
    found = results()[ident]
    assert found.status is not MethodStatus.PUBLISHED
    assert "not certified" in str(found.words())
    with pytest.raises(InputError) as caught:
        found.certificate()
    assert caught.value.kind == "not_certifiable"


def test_published_rules_throughout_can_be_certified() -> None:
    """Decision 14 with a combining rule that the Parties wrote down gives a certificate."""
    found = h_min(VIDEO_14, video(1000, 0.3, 0.3), combine=AGREED_RULE)
    assert found.status is MethodStatus.PUBLISHED
    assert str(found.certificate()).startswith("Certified minimum height 1000 m above ground by video-decision-14")


def test_an_assumed_method_is_not_certified_by_any_rule() -> None:
    """A published combining rule does not make an assumed formula a known one."""
    found = h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(0.4), AGREED_RULE)
    assert found.status is MethodStatus.ASSUMED


@given(st.lists(st.sampled_from(MethodStatus), min_size=1))
def test_a_result_is_known_no_better_than_its_weakest_part(statuses: list[MethodStatus]) -> None:
    """Assumed beats reconstructed beats published."""
    order = [MethodStatus.ASSUMED, MethodStatus.RECONSTRUCTED, MethodStatus.PUBLISHED]
    assert weakest(statuses) is order[min(order.index(status) for status in statuses)]


TABLE = {
    0.03: (0.81, 0.86, 0.91, 0.93, 0.95, 0.98),
    0.05: (0.77, 0.83, 0.90, 0.91, 0.94, 0.98),
    0.10: (0.66, 0.76, 0.86, 0.88, 0.92, 0.97),
}


@pytest.mark.parametrize("threshold", TABLE)
def test_the_factor_of_contrast_is_the_tabulated_one(threshold: float) -> None:
    """Target modulation 0.667 carried to six reference modulations: 18 figures, computed elsewhere to two places."""
    modulations = (0.23, 0.30, 0.40, 0.43, 0.50, 0.60)
    transfer = gaussian_mtf(threshold)
    for modulation, factor in zip(modulations, TABLE[threshold], strict=True):
        found = h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(modulation, transfer))
        assert found.value_m_agl / 1000 == pytest.approx(factor, abs=0.006)


@given(low=st.floats(0.23, 0.6), high=st.floats(0.23, 0.6), threshold=st.floats(0.01, 0.2))
def test_lower_reference_contrast_lets_a_camera_fly_lower(low: float, high: float, threshold: float) -> None:
    """H_min never falls as the reference contrast rises: what the observed Party would ask for."""
    low, high = sorted((low, high))
    lower, higher = (
        h_min(OPTICAL_DIGITAL, optical((1000, 0.3)), OpticalSettings(value, gaussian_mtf(threshold)))
        for value in (low, high)
    )
    assert lower.value_m_agl <= higher.value_m_agl * (1 + 1e-12)


def test_the_treatys_contrasts_are_its_modulations() -> None:
    """1.6:1 and 4:1 are modulations of 0.23 and 0.6, and the target's 5:1 is 0.667."""
    assert [round((ratio - 1) / (ratio + 1), 2) for ratio in (1.6, 4, 5)] == [0.23, 0.6, 0.67]


@pytest.mark.parametrize("modulation", [0.22, 0.61, -1, math.nan])
def test_a_reference_contrast_outside_the_treaty_is_refused(modulation: float) -> None:
    """Annex D bounds the contrast to calculate with."""
    with pytest.raises(InputError) as caught:
        h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(modulation))
    assert caught.value.kind == "bad_modulation"


@pytest.mark.parametrize("threshold", [0, -0.1, 0.23, 1, math.nan])
def test_a_threshold_above_the_reference_is_refused(threshold: float) -> None:
    """Bars whose contrast is below the threshold are never seen."""
    with pytest.raises(ValueError, match="threshold"):
        gaussian_mtf(threshold)


@pytest.mark.parametrize("method", [OPTICAL_FILM, OPTICAL_DIGITAL, INFRARED_15])
def test_settings_are_never_made_up(method: object) -> None:
    """Contrast, atmosphere and exponent were not published as constants: without them there is no answer."""
    with pytest.raises(InputError) as caught:
        h_min(method, optical((1000, 0.3)))  # type: ignore[arg-type]
    assert caught.value.kind == "settings_missing"


def clear(_height_m: float) -> float:
    """An atmosphere that takes nothing away."""
    return 1.0


def test_infrared_at_the_agreed_difference_is_plain_scaling() -> None:
    """With 3 kelvin, clear air and bars of 50 cm the height is the height flown."""
    found = h_min(INFRARED_15, [ThermalReading(1200, GroundResolution(0.5), 3.0)], ThermalSettings(clear, "clear", 0.7))
    assert found.value_m_agl == pytest.approx(1200, rel=1e-6)


@given(
    st.lists(st.tuples(st.floats(200, 5000), st.floats(0.1, 1.5), st.floats(0.5, 20)), min_size=1, max_size=6),
    st.floats(0, 1),
    st.floats(2_000, 100_000),
)
def test_infrared_solves_its_equation(
    triples: list[tuple[float, float, float]], exponent: float, scale_m: float
) -> None:
    """The height found, put into the right side of the equation, comes out again."""
    readings = [ThermalReading(height, GroundResolution(bar), kelvin) for height, bar, kelvin in triples]
    settings = ThermalSettings(lambda height_m: math.exp(-height_m / scale_m), "exponential", exponent)
    height = h_min(INFRARED_15, readings, settings).value_m_agl
    right = math.fsum(
        flown * (0.5 / bar) * (3 * math.exp(-height / scale_m) / kelvin) ** exponent for flown, bar, kelvin in triples
    ) / len(triples)
    assert height == pytest.approx(right, rel=1e-5)


@given(m=st.floats(0, 1), constant=st.floats(100, 5000), kelvins=st.lists(st.floats(0.5, 20), min_size=2, max_size=8))
def test_the_exponent_is_found_again(m: float, constant: float, kelvins: list[float]) -> None:
    """Readings made with an exponent give that exponent, whatever the rest."""
    if max(kelvins) < 1.05 * min(kelvins):
        return
    readings = [ThermalReading(constant * 0.5 * kelvin**m, GroundResolution(0.5), kelvin) for kelvin in kelvins]
    assert fit_exponent(readings) == pytest.approx(m, abs=1e-6)


@pytest.mark.parametrize("slope", [-2.0, 3.0])
def test_the_exponent_stays_within_its_bounds(slope: float) -> None:
    """The decision allows 0 to 1, so a wilder fit is cut off."""
    readings = [ThermalReading(1000 * kelvin**slope, GroundResolution(0.5), kelvin) for kelvin in (1.0, 2.0, 4.0)]
    assert fit_exponent(readings) == (0.0 if slope < 0 else 1.0)


@pytest.mark.parametrize(
    ("readings", "settings", "kind"),
    [
        ([], ThermalSettings(clear, "", 0.5), "bad_readings"),
        (optical((1000, 0.3)), ThermalSettings(clear, "", 0.5), "bad_readings"),
        ([ThermalReading(0, GroundResolution(0.5), 3)], ThermalSettings(clear, "", 0.5), "bad_readings"),
        ([ThermalReading(math.inf, GroundResolution(0.5), 3)], ThermalSettings(clear, "", 0.5), "bad_readings"),
        ([ThermalReading(1000, LinePair(0.5), 3)], ThermalSettings(clear, "", 0.5), "bad_readings"),  # type: ignore[arg-type]
        ([ThermalReading(1000, GroundResolution(0.5), 3)], ThermalSettings(clear, "", 1.5), "bad_exponent"),
        (
            [ThermalReading(1000, GroundResolution(0.5), 3)],
            ThermalSettings(lambda _h: 0.0, "", 0.5),
            "bad_transmission",
        ),
    ],
)
def test_thermal_input_that_does_not_fit_is_refused(
    readings: list[ThermalReading], settings: ThermalSettings, kind: str
) -> None:
    """Empty, mistaken or impossible readings, exponents and atmospheres are refused."""
    with pytest.raises(InputError) as caught:
        h_min(INFRARED_15, readings, settings)
    assert caught.value.kind == kind


def test_an_exponent_needs_two_temperatures() -> None:
    """One temperature difference says nothing of how it carries over."""
    with pytest.raises(InputError) as caught:
        fit_exponent([ThermalReading(1000, GroundResolution(0.5), 3)] * 3)
    assert caught.value.kind == "cannot_fit"


def test_a_ladder_of_bars_reads_low_by_five_and_a_half_per_cent() -> None:
    """The usual step of 2^(1/6), held against drawing the true limit evenly between two steps."""
    step = 2 ** (1 / 6)
    assert ladder_bias(step) == pytest.approx(1 - 0.055, abs=0.001)
    drawn = [step ** (-(number + 0.5) / 1000) for number in range(1000)]  # true limit / bar read
    assert ladder_bias(step) == pytest.approx(sum(drawn) / len(drawn), rel=1e-6)
    found = h_min(VIDEO_14, video(1000, 0.3, 0.3), bar_step=step)
    assert found.value_m_agl == pytest.approx(1000)  # the rule as written is left alone
    assert found.step_corrected_m_agl == pytest.approx(1000 / 0.9447, rel=1e-3)


@pytest.mark.parametrize("step", [1.0, 0.5, -1, math.nan])
def test_a_ladder_that_does_not_climb_is_refused(step: float) -> None:
    """Bars of one width make no ladder."""
    with pytest.raises(InputError):
        ladder_bias(step)


@given(limit=BARS, resolved=BARS, height=HEIGHTS)
def test_height_for_a_limit(limit: float, resolved: float, height: float) -> None:
    """At the height found the camera resolves the limit, as bars grow with height."""
    found = minimum_height_for_limit(GroundResolution(limit), GroundResolution(resolved), height)
    assert resolved * found / height == pytest.approx(limit)


@pytest.mark.parametrize("other", [Gsd(0.3), LinePair(0.3)])
def test_a_bar_is_not_a_pixel(other: object) -> None:
    """The Treaty's 30 cm is a bar: pixels and line pairs of 30 cm give no height, in either place."""
    with pytest.raises(TypeError):
        minimum_height_for_limit(GroundResolution(0.3), other, 1000)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        minimum_height_for_limit(other, GroundResolution(0.3), 1000)  # type: ignore[arg-type]


def test_the_basis_of_a_result_changes_with_everything_in_it() -> None:
    """Method, version, rule, settings and readings each change the hash; the same input does not."""
    readings = video(1000, 0.3, 0.3)
    base = h_min(VIDEO_14, readings).basis
    film = h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(0.4))
    assert h_min(VIDEO_14, list(readings)).basis == base
    others = [
        h_min(replace(VIDEO_14, version=2), readings),
        h_min(VIDEO_14, readings, combine=HIGHEST),
        h_min(VIDEO_14, video(1001, 0.3, 0.3)),
        film,
        h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(0.41)),
        h_min(OPTICAL_FILM, optical((1000, 0.3)), OpticalSettings(0.4, gaussian_mtf(0.05))),
        h_min(OPTICAL_DIGITAL, optical((1000, 0.3)), OpticalSettings(0.4)),
    ]
    assert len({base, *(other.basis for other in others)}) == len(others) + 1


def test_methods_are_named_once_and_cite_their_source() -> None:
    """Each method says where it is from and how well it is known."""
    assert [METHODS[ident].ident for ident in METHODS] == list(METHODS)
    assert VIDEO_14.status is MethodStatus.PUBLISHED
    assert INFRARED_15.status is MethodStatus.RECONSTRUCTED
    assert OPTICAL_FILM.status is OPTICAL_DIGITAL.status is MethodStatus.ASSUMED
    assert all(method.citation and method.formula for method in METHODS.values())
    assert HIGHEST_DIRECTION_MEAN.status is MethodStatus.ASSUMED
