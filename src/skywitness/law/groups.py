"""Who acts together on a day."""

from __future__ import annotations

import datetime as dt

from skywitness.core.errors import NotInForceError
from skywitness.core.text import say
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY, Group
from skywitness.law.instrument import Instrument, load

__all__ = ["group_of", "members", "quota_holder"]


def group_of(
    code: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> Group | None:
    """Return the group or deemed Party that a State belongs to on a day, or that ``code`` itself names.

    ``BLR-RUS`` is a group with common quotas (Art. III.II.3); ``BENELUX`` is no group but one deemed Party (Art. XIV):
    look at ``kind``.

    >>> group_of("RUS", dt.date(2019, 9, 12)).code, group_of("RUS", dt.date(2021, 12, 18))
    ('BLR-RUS', None)
    """
    for group in (instrument or load()).groups.values():
        if (code == group.code or code in group.members) and group.holds_on(at, known):
            return group
    return None


def members(
    code: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> tuple[str, ...]:
    """Return the States meant by a code: those of a group on that day, or the State itself.

    :raises NotInForceError: for a group that does not stand on that day.
    """
    source = instrument or load()
    if code not in source.groups:
        return (code,)
    group = source.groups[code]
    if not group.holds_on(at, known):
        message = say("{code} does not stand on {at}: it begins on {start}.", code=code, at=at, start=group.start)
        if group.end is not None and group.end <= at:
            message = say("{code} does not stand on {at}: it ended on {end}.", code=code, at=at, end=group.end)
        raise NotInForceError("not_in_force", message, code)
    return source.members(group, at)


def quota_holder(code: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None) -> str:
    """Return who holds the quotas of a State on a day: its group with common quotas, Benelux, or the State itself."""
    group = group_of(code, at, known, instrument=instrument)
    return group.code if group is not None and group.kind in (COMMON_QUOTA, DEEMED_PARTY) else code
