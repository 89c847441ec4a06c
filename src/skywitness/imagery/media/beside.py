"""What plan and facts tell beside a media record: it fills what the record leaves open and must not contradict it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.imagery.media.desk import side_of
from skywitness.imagery.media.links import check_times
from skywitness.imagery.media.model import MediaRecord
from skywitness.law.agreement import Agreement

FIELDS: Final = (
    "observing",
    "observed",
    "day",
    "provider",
    "arrival_at_exit_utc",
    "departure_from_territory_utc",
)
"""What a plan or facts may tell of it."""


def completed(
    record: MediaRecord, told: Mapping[str, Any], agreements: Iterable[Agreement] = (), where: str = ""
) -> MediaRecord:
    """Fill what the record leaves open with what is told beside it, by the names of ``FIELDS``.

    :raises InputError: of kind ``bad_media`` with every field in which the two differ.
    """
    faults = Faults()
    for key in FIELDS:
        value, have = told.get(key), getattr(record, key)
        if value is None:
            continue
        if have is None:
            changes: dict[str, Any] = {key: value}
            record = replace(record, **changes)
        elif not _same(record, key, have, value):
            words = {"have": str(have), "value": str(value)}
            faults.add(f"record.{key}", say("is {have}, but plan or facts say {value}", **words))
    faults.raise_if_any("bad_media", say("The media record is of another flight than plan and facts."), where)
    check_times(record, faults)
    faults.raise_if_any("bad_media", say("The media record cannot be true beside plan and facts."), where)
    return replace(record, agreements=(*record.agreements, *agreements))


def _same(record: MediaRecord, key: str, have: Any, value: Any) -> bool:
    if key == "provider":
        return side_of(record, have) == side_of(record, value)
    same: bool = have == value
    return same
