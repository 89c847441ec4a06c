"""Which State a told table is about, and which military district: those that there were on the day."""

from __future__ import annotations

import datetime as dt

from skywitness.cfe.places import NOT_TOLD, Place, districts, find_place
from skywitness.cfe.told.desk import CFE
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow
from skywitness.law.instrument import load
from skywitness.law.parties import is_party

__all__ = ["needed_state", "note_district"]


def needed_state(row: ActRow, key: str, day: dt.date) -> str:
    """Read a State that was a Party on the day, or applied the Treaty provisionally."""
    law = load(CFE)
    if key not in row:
        row.fault(key, say("missing: expected the code of a State"))
        return ""
    code = row.anything(key)
    if not isinstance(code, str) or code not in law.parties:
        if isinstance(code, str) and code in law.groups:
            row.fault(key, say("{code} is a group; expected a State", code=code))
        return ""
    if not law.in_force(day):
        begins = law.heading.applied_from
        if begins is not None and day < law.heading.signed:
            row.fault(key, say("{day} is before the Treaty was signed ({signed})", day=day, signed=law.heading.signed))
    elif not is_party(code, day, instrument=law):
        row.fault(key, say("{state} is no Party on {day}", state=code, day=day))
    return code


def note_district(row: ActRow, state: str, district: str) -> None:
    """Note a district that is none of Articles IV and V, or of another State."""
    if not district or not state:
        return
    found = find_place(state, district)
    if not isinstance(found, Place):
        row.fault("district", found)
    elif found.id == NOT_TOLD or not districts(state):
        row.fault("district", say("{state} has no military district of that name; leave it out", state=state))
