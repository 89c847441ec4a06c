"""Minimum heights above ground level, from readings over calibration targets.

H_min is the lowest height from which a sensor does not resolve better than its limit.  A result carries its method, the
rule that combined the passes, and how well both are known; only one that rests on published rules throughout can be
written as a certificate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.sensor.methods import (
    CONTRAST_IGNORED,
    HIGHEST_DIRECTION_MEAN,
    MODULATION_HIGHEST,
    MODULATION_LOWEST,
    CombineRule,
    ContrastTransfer,
    Methodology,
    MethodStatus,
    fingerprint,
    weakest,
)
from skywitness.sensor.resolution import GroundResolution

__all__ = [
    "AGREED_TEMPERATURE_DIFFERENCE_K",
    "BarReading",
    "HMin",
    "OpticalSettings",
    "ThermalReading",
    "ThermalSettings",
    "fit_exponent",
    "h_min",
    "ladder_bias",
    "minimum_height_for_limit",
]

AGREED_TEMPERATURE_DIFFERENCE_K: Final = 3.0
"""Agreed difference of radiant temperature between hot and cold bars (OSCC Decision 15, 4/07)."""

DIRECTIONS: Final = ("along", "across")
_SOLVED_M: Final = 1e-6  # far below what a height is known to


@dataclass(frozen=True, slots=True)
class BarReading:
    """The smallest bar told apart in the picture of one pass over a bar target.

    ``height_m`` is above the *target* when it was imaged; ``direction`` of flight along which the bars are counted
    (video), ``modulation`` of the target (optical; 5:1 is 0.667).
    """

    pass_number: int
    height_m: float
    smallest_bar: GroundResolution
    direction: str = "along"
    modulation: float = 2 / 3


@dataclass(frozen=True, slots=True)
class ThermalReading:
    """The greatest height above the target at which bars of one width were told apart by an infra-red scanner.

    ``temperature_difference_k``: radiant, between hot and cold bars, corrected for the atmosphere.
    """

    height_m: float
    smallest_bar: GroundResolution
    temperature_difference_k: float


@dataclass(frozen=True, slots=True)
class ThermalSettings:
    """What infra-red needs beside readings: transmission by height (m) of the agreed atmosphere, and the exponent."""

    transmission: Callable[[float], float]
    transmission_citation: str
    exponent: float


@dataclass(frozen=True, slots=True)
class OpticalSettings:
    """What optical cameras need beside readings: the modulation agreed on, and how contrast carries over."""

    reference_modulation: float
    transfer: ContrastTransfer = CONTRAST_IGNORED


@dataclass(frozen=True, slots=True)
class HMin:
    """A minimum height in metres above ground level, and what it rests on.

    ``single_m`` are the heights of the single passes.  ``step_corrected_m_agl`` stands beside the value as the rule
    gives it: reading a ladder of bars finds the next coarser one, which makes H_min too low by :func:`ladder_bias`.
    ``basis`` is the SHA-256 of method, rules, settings and readings.
    """

    value_m_agl: float
    method: Methodology
    status: MethodStatus
    single_m: tuple[float, ...]
    basis: str
    combine: CombineRule | None = None
    step_corrected_m_agl: float | None = None

    def words(self) -> Text:
        """Say the height with its method and how well that is known."""
        return say(
            "H_min {height:.0f} m above ground by {method}, version {version}: {status}",
            height=self.value_m_agl,
            method=self.method.ident,
            version=self.method.version,
            status=_STATUS_WORDS[self.status],
        )

    def certificate(self) -> Text:
        """Say the height as certified.

        :raises InputError: unless the method and every rule in it are published.
        """
        if self.status is not MethodStatus.PUBLISHED:
            message = say("This is no certified minimum height. {words}.", words=self.words())
            raise InputError("not_certifiable", message, self.method.ident)
        return say(
            "Certified minimum height {height:.0f} m above ground by {method}, version {version}.",
            height=self.value_m_agl,
            method=self.method.ident,
            version=self.method.version,
        )


_STATUS_WORDS: Final = {
    MethodStatus.PUBLISHED: say("by published rules throughout"),
    MethodStatus.RECONSTRUCTED: say("not certified, its formula is reconstructed"),
    MethodStatus.ASSUMED: say("not certified, part of it is assumed"),
}


def h_min(
    method: Methodology,
    readings: Sequence[BarReading] | Sequence[ThermalReading],
    settings: ThermalSettings | OpticalSettings | None = None,
    combine: CombineRule = HIGHEST_DIRECTION_MEAN,
    bar_step: float | None = None,
) -> HMin:
    """Find a minimum height by a method.

    ``combine`` merges passes (video, optical); ``bar_step`` is the ratio of neighbouring bar widths of the target, for
    the corrected figure.

    :raises InputError: with all faults, when readings or settings do not fit the method.
    """
    if method.category == "infrared":
        return _infrared(method, readings, settings)
    if method.category == "optical":
        return _optical(method, readings, settings, combine, bar_step)
    return _video(method, readings, combine, bar_step)


def minimum_height_for_limit(limit: GroundResolution, resolution: GroundResolution, height_m_agl: float) -> float:
    """Return the height (m above ground) where a camera resolves exactly ``limit``, from what it resolved at a height.

    Resolution on the ground grows with height.  Both lengths are bar widths: a pixel spacing is not one, and neither is
    a line pair.

    :raises TypeError: for another kind of length, with the conversion to ask for.
    """
    if not isinstance(limit, GroundResolution):
        raise TypeError("the Treaty's limit is a bar width: give a GroundResolution, not a pixel spacing or line pair")
    return height_m_agl * limit.ratio(resolution)


def ladder_bias(bar_step: float) -> float:
    """Return the mean of H_min read over true H_min, when bar widths differ by the factor ``bar_step``.

    The smallest bar resolved is the next coarser one than the true limit, evenly spread between two steps on a
    logarithmic scale.  For the usual 2^(1/6) the result is 0.945: 5.5 per cent too low.

    :raises InputError: unless the step is above 1.
    """
    if not (math.isfinite(bar_step) and bar_step > 1):
        raise InputError("bad_bar_step", say("Bar widths grow by a factor above 1, not {step}.", step=repr(bar_step)))
    return (1 - 1 / bar_step) / math.log(bar_step)


def fit_exponent(readings: Sequence[ThermalReading]) -> float:
    """Fit the exponent m of the infra-red method, kept within 0 to 1.

    Least squares of ln(H/L) on ln(temperature difference): warmer bars are told apart from farther away.

    :raises InputError: when fewer than two temperature differences were flown.
    """
    _check_thermal(readings)
    x = [math.log(reading.temperature_difference_k) for reading in readings]
    y = [math.log(reading.height_m / reading.smallest_bar.bar_width_m) for reading in readings]
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    spread = math.fsum((value - mean_x) ** 2 for value in x)
    if spread < 1e-12:
        message = say("An exponent needs readings at two temperature differences or more.")
        raise InputError("cannot_fit", message)
    slope = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread
    return min(1.0, max(0.0, slope))


def _video(method: Methodology, readings: Any, combine: CombineRule, bar_step: float | None) -> HMin:
    _check_bars(method, readings, DIRECTIONS)
    return _combined(method, readings, [1.0] * len(readings), combine, (), bar_step, {})


def _optical(method: Methodology, readings: Any, settings: Any, combine: CombineRule, bar_step: float | None) -> HMin:
    if not isinstance(settings, OpticalSettings):
        raise InputError(
            "settings_missing", say("An optical camera needs the modulation that was agreed on."), "settings"
        )
    agreed = settings.reference_modulation
    if not MODULATION_LOWEST <= agreed <= MODULATION_HIGHEST:
        message = say("The reference modulation {agreed} is not from 0.23 to 0.6.", agreed=repr(agreed))
        raise InputError("bad_modulation", message, "settings.reference_modulation")
    _check_bars(method, readings, ())
    factors = [settings.transfer.factor(reading.modulation, agreed) for reading in readings]
    told = {"reference_modulation": agreed, "transfer": settings.transfer.to_json()}
    return _combined(method, readings, factors, combine, (settings.transfer.status,), bar_step, told)


def _combined(
    method: Methodology,
    readings: Sequence[BarReading],
    factors: Sequence[float],
    combine: CombineRule,
    statuses: tuple[MethodStatus, ...],
    bar_step: float | None,
    told: dict[str, Any],
) -> HMin:
    """Turn each reading into a height and merge the heights, by direction for video."""
    groups: dict[str, list[float]] = {}
    for reading, factor in zip(readings, factors, strict=True):
        height = minimum_height_for_limit(method.agreed, reading.smallest_bar, reading.height_m) * factor
        groups.setdefault(reading.direction, []).append(height)
    value = combine.combine(groups)
    content = {
        "method": method.to_json(),
        "combine": combine.to_json(),
        "readings": [_reading_json(reading) for reading in readings],
        **told,
    }
    return HMin(
        value_m_agl=value,
        method=method,
        status=weakest((method.status, combine.status, *statuses)),
        single_m=tuple(height for heights in groups.values() for height in heights),
        basis=fingerprint(content),
        combine=combine,
        step_corrected_m_agl=None if bar_step is None else value / ladder_bias(bar_step),
    )


def _infrared(method: Methodology, readings: Any, settings: Any) -> HMin:
    """Solve H = mean_i(H_i * (L_a/L_i) * (dT_a * tau(H) / dt_i)^m) by halving: the right side falls as H grows."""
    if not isinstance(settings, ThermalSettings):
        message = say("An infra-red scanner needs the transmission of the agreed atmosphere and an exponent.")
        raise InputError("settings_missing", message, "settings")
    if not 0 <= settings.exponent <= 1:
        message = say("The exponent {exponent} is not from 0 to 1.", exponent=repr(settings.exponent))
        raise InputError("bad_exponent", message, "settings.exponent")
    _check_thermal(readings)

    def singles(height_m: float) -> list[float]:
        agreed_k = AGREED_TEMPERATURE_DIFFERENCE_K * _transmission(settings, height_m)
        return [
            minimum_height_for_limit(method.agreed, reading.smallest_bar, reading.height_m)
            * (agreed_k / reading.temperature_difference_k) ** settings.exponent
            for reading in readings
        ]

    value = _solve(lambda height_m: math.fsum(singles(height_m)) / len(readings))
    content = {
        "method": method.to_json(),
        "transmission": settings.transmission_citation,
        "exponent": settings.exponent,
        "readings": [_thermal_json(reading) for reading in readings],
    }
    return HMin(value, method, method.status, tuple(singles(value)), fingerprint(content))


def _solve(right_side: Callable[[float], float]) -> float:
    low, high = 0.0, right_side(0.0)
    while high - low > _SOLVED_M * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if right_side(middle) > middle else (low, middle)
    return (low + high) / 2


def _transmission(settings: ThermalSettings, height_m: float) -> float:
    value = settings.transmission(height_m)
    if not 0 < value <= 1:
        message = say(
            "A transmission lies above 0 and up to 1, not {value} at {height:.0f} m.", value=value, height=height_m
        )
        raise InputError("bad_transmission", message, "settings.transmission")
    return value


def _check_bars(method: Methodology, readings: Any, directions: tuple[str, ...]) -> None:
    """Refuse readings that do not fit, with all faults; every direction asked for needs its passes."""
    faults = Faults()
    for number, reading in enumerate(readings, 1):
        _check_bar(faults, f"readings[{number}]", reading, directions)
    if not faults:
        _check_passes(faults, method, readings, directions)
    faults.raise_if_any("bad_readings", say("These readings do not give a minimum height."), method.ident)


def _check_bar(faults: Faults, where: str, reading: Any, directions: tuple[str, ...]) -> None:
    if not isinstance(reading, BarReading):
        faults.add(where, say("a reading of a bar target is expected"))
        return
    if not isinstance(reading.smallest_bar, GroundResolution):
        faults.add(where, say("the smallest bar is a ground resolution: neither a pixel spacing nor a line pair"))
    if not (math.isfinite(reading.height_m) and reading.height_m > 0):
        faults.add(where, say("the height above the target is a positive number of metres"))
    if directions and reading.direction not in directions:
        faults.add(where, say("the direction is {one} or {other}", one=directions[0], other=directions[1]))
    if not MODULATION_LOWEST <= reading.modulation < 1:
        faults.add(where, say("the modulation of the target is from 0.23 to below 1"))


def _check_passes(faults: Faults, method: Methodology, readings: Any, directions: tuple[str, ...]) -> None:
    keys = [(reading.direction if directions else "", reading.pass_number) for reading in readings]
    if len(set(keys)) != len(keys):
        faults.add("readings", say("one pass gives one reading in each direction"))
    for direction in directions or ("",):
        passes = {number for way, number in keys if way == direction}
        if len(passes) < method.least_passes:
            faults.add(
                f"readings {direction}".strip(),
                say("{least} different passes are needed, {have} given", least=method.least_passes, have=len(passes)),
            )


def _check_thermal(readings: Any) -> None:
    faults = Faults()
    if not readings:
        faults.add("readings", say("at least one reading is needed"))
    for number, reading in enumerate(readings, 1):
        where = f"readings[{number}]"
        if not isinstance(reading, ThermalReading):
            faults.add(where, say("a reading of a thermal target is expected"))
        elif not isinstance(reading.smallest_bar, GroundResolution):
            faults.add(where, say("the smallest bar is a ground resolution: neither a pixel spacing nor a line pair"))
        elif not all(0 < value < math.inf for value in (reading.height_m, reading.temperature_difference_k)):
            faults.add(where, say("height and temperature difference are positive numbers"))
    faults.raise_if_any("bad_readings", say("These readings do not give a minimum height."), "infrared")


def _reading_json(reading: BarReading) -> list[Any]:
    return [
        reading.pass_number,
        reading.direction,
        reading.height_m,
        reading.smallest_bar.bar_width_m,
        reading.modulation,
    ]


def _thermal_json(reading: ThermalReading) -> list[float]:
    return [reading.height_m, reading.smallest_bar.bar_width_m, reading.temperature_difference_k]
