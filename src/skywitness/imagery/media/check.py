"""Judge a media record: one finding or more for each paragraph of Article IX, Sections I to III, that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import Text
from skywitness.imagery.media import rules_film, rules_media, rules_originals, rules_radar, rules_time, rules_watch
from skywitness.imagery.media.desk import NEED_DEVELOPER, NEED_MEDIUM, NEED_PROVIDER, Desk, Rule
from skywitness.imagery.media.links import refuse_unnamed_sides
from skywitness.imagery.media.model import MediaRecord, Sensor
from skywitness.law.planning import planning_value

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "OS:IX.I.1": rules_media.media,
        "OS:IX.I.1(A)": rules_media.camera_media,
        "OS:IX.I.1(B)": rules_media.video_media,
        "OS:IX.I.1(C)": rules_media.infrared_media,
        "OS:IX.I.1(D)": rules_media.radar_media,
        "OS:IX.I.5": rules_media.media_that_do_not_match,
        "OS:IX.II.1": rules_film.duplicate_cameras,
        "OS:IX.II.2": rules_film.quality,
        "OS:IX.II.3": rules_time.all_film,
        "OS:IX.II.3(A)": rules_time.film_by_observed,
        "OS:IX.II.3(B)": rules_time.film_by_observing,
        "OS:IX.II.4": rules_watch.officials,
        "OS:IX.II.5": rules_film.strips,
        "OS:IX.II.6": rules_originals.one_negative,
        "OS:IX.II.6(A)": rules_originals.single_negative,
        "OS:IX.II.6(B)": rules_originals.duplicate_of_negative,
        "OS:IX.II.6(B)(1)": rules_originals.format_of_duplicate,
        "OS:IX.II.7": rules_originals.two_negatives,
        "OS:IX.II.7(A)": rules_originals.observed_chooses_negative,
        "OS:IX.II.7(B)": rules_originals.observing_chooses_negative,
        "OS:IX.III.1": rules_originals.at_least_one_set,
        "OS:IX.III.2": rules_originals.one_set,
        "OS:IX.III.2(A)": rules_originals.set_of_observing,
        "OS:IX.III.2(B)": rules_originals.set_of_observed,
        "OS:IX.III.3": rules_originals.two_sets,
        "OS:IX.III.3(A)": rules_originals.observed_chooses_set,
        "OS:IX.III.3(B)": rules_originals.observing_chooses_set,
        "OS:IX.III.4": rules_radar.observed_gets_radar,
        "OS:IX.III.5": rules_radar.observing_gets_radar,
    }
)
"""Every rule by its provision, in the order of the Treaty."""


_FIRST: Final = (
    NEED_MEDIUM,
    NEED_PROVIDER,
    NEED_DEVELOPER,
    rules_time.NEED_FACILITY,
    rules_originals.NEED_COUNT,
)
"""What has to be told before a right or a duty can be named; the rest is what happens later."""


def judge(record: MediaRecord, reading: Reading, only: Collection[str] = ()) -> tuple[Finding, ...]:
    """Judge a record, in the order of the Treaty; with ``only`` by some provisions.

    :raises InputError: of kind ``bad_media`` where codes of States stand for sides and the Parties are not named.
    :raises NotInForceError: when the Treaty is not in force on the day of the reading.
    """
    refuse_unnamed_sides(record)
    planning_value("film_monitors", reading.at, reading.known)  # asks whether anything is in force at all
    desk = Desk(record, reading)
    return tuple(finding for ident, rule in RULES.items() if not only or ident in only for finding in rule(desk))


@dataclass(frozen=True, slots=True)
class Rights:
    """Findings that say who may or must do what, and the facts without which more cannot be said."""

    findings: tuple[Finding, ...]
    needs: tuple[Text, ...]


def rights(record: MediaRecord, reading: Reading, only: Collection[str] = ()) -> Rights:
    """Tell who may or must do what by the record as it stands before anything happened.

    :raises InputError: of kind ``bad_media``, as ``judge`` does.
    """
    before = judge(_without_what_happened(record), reading, only)
    needs = dict.fromkeys(need for finding in before for need in finding.needs if need in _FIRST)
    return Rights(tuple(finding for finding in before if finding.effect is not None), tuple(needs))


def _without_what_happened(record: MediaRecord) -> MediaRecord:
    """Return the record as it stands before the flight: sensors, media, numbers, who provides and who develops."""
    rows = Counter(one.of for one in record.originals)
    sensors = (
        Sensor(
            one.id,
            one.category,
            one.medium,
            rows[one.id] or None if one.originals is None else one.originals,
            duplicate_of=one.duplicate_of,
            exchanged=one.exchanged,
        )
        for one in record.sensors
    )
    development = replace(record.development, good=None, answered_by=None, officials_sent=None)
    return replace(
        record,
        sensors=tuple(sensors),
        originals=(),
        copies=(),
        rolls=(),
        officials=(),
        development=development,
        arrival_at_exit_utc=None,
        departure_from_territory_utc=None,
    )
