"""Kinds of values: what one is called, what it belongs to, how it is written, and what a limit is counted from.

A kind is declared in a table ``[key.NAME]``.  A limit of time says how it bounds (``at_least``, ``at_most``,
``exactly``), whether it is counted ``before`` or ``after`` a moment, which moment (``anchor``), and whose act it bounds
(``bearer``), so that a clock of duties can be built from the data alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.law.numbering import is_identifier
from skywitness.law.provisions import BEARERS
from skywitness.law.rows import Row

__all__ = [
    "ANCHORS",
    "BOUNDS",
    "COUNTED",
    "FORMS",
    "SUBJECTS",
    "Key",
    "declares_a_row",
    "read_key",
    "read_provisions",
]

SUBJECTS: Final = ("party", "pair", "airfield", "sensor", "item", "none")
"""What a value can belong to: a State or group, one over another (``DEU>UKR``), an airfield, a sensor, a thing."""

FORMS: Final = ("number", "word", "words", "day", "day_of_year")
"""How a value is written: ``words`` is a list, ``day`` is ``2002-01-01`` or less exact, ``day_of_year`` ``11-01``."""

BOUNDS: Final = MappingProxyType({"at_least": say("at least"), "at_most": say("at most"), "exactly": say("exactly")})
COUNTED: Final = ("before", "after")

ANCHORS: Final = MappingProxyType(
    {
        "signature": say("signature of the Treaty"),
        "entry_into_force": say("entry into force of the Treaty"),
        "deposit": say("deposit of the instrument"),
        "deposits": say("deposit of the instruments of ratification"),
        "estimated_arrival": say("estimated arrival at the point of entry"),
        "arrival": say("arrival at the point of entry"),
        "notification_received": say("receipt of the notification"),
        "notification": say("notification to all other Parties"),
        "plan_submitted": say("submission of the first mission plan"),
        "equipment_arrived": say("arrival of the equipment at the point of entry or airfield"),
        "inventory_begun": say("beginning of the examination of equipment"),
        "commencement": say("scheduled commencement of the observation flight"),
        "completion": say("completion of the observation flight"),
        "arrival_at_exit": say("arrival of the aircraft at the point of exit"),
        "departure_from_exit": say("departure from the point of exit"),
        "departure_from_territory": say("departure from the observed Party's territory"),
        "prohibition": say("prohibition of the flight"),
        "change_effective": say("day on which the change takes effect"),
        "certification_begins": say("first day of the certification"),
        "request_received": say("receipt of the request"),
        "list_received": say("receipt of the list"),
        "accepted": say("acceptance of the person"),
        "sequence_notified": say("notification of the sequence of flights"),
        "review_opened": say("beginning of the annual review"),
        "withdrawal": say("day of the intended withdrawal"),
        "notice_received": say("receipt of the notice of withdrawal"),
        "amendment_circulated": say("circulation of the proposed amendment"),
        "third_request": say("receipt of the third request"),
        "last_review": say("the review conference before"),
    }
)
"""Moments that a time is counted from, as the data and as people say them."""

_ROW_FIELDS: Final = frozenset({"value", "not_found"})
_KEY_FIELDS: Final = frozenset(
    {
        *("title", "title_vi", "subject", "unit", "form", "provisions", "bearer", "bound", "counted", "anchor"),
        *("common", "computed"),
    }
)


@dataclass(frozen=True, slots=True)
class Key:
    """A kind of value.

    ``provisions`` are those it belongs to, unless a row says otherwise.  ``common``: a member of a group with common
    quotas has the value of its group.  ``computed``: the rows are made from other files, not typed in.
    """

    name: str
    title: str
    subject: str = "none"
    unit: str = ""
    form: str = "number"
    provisions: tuple[str, ...] = ()
    bearer: str | None = None
    bound: str = ""
    counted: str = ""
    anchor: str = ""
    common: bool = False
    computed: bool = False
    note: str = ""

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write what a script needs to use values of this kind."""
        return {
            "key": self.name,
            "title": catalogue.gettext(self.title),
            "subject_kind": self.subject,
            "form": self.form,
            "unit": self.unit,
            "provisions": list(self.provisions),
            "bearer": self.bearer,
            "bound": self.bound or None,
            "counted": self.counted or None,
            "anchor": self.anchor or None,
        }


def declares_a_row(table: Mapping[str, Any]) -> bool:
    """Tell whether a table ``[key.NAME]`` holds the one value of its kind as well."""
    return not _ROW_FIELDS.isdisjoint(table)


def read_key(name: str, table: Mapping[str, Any], faults: Faults) -> tuple[Key, dict[str, Any]]:
    """Read one table ``[key.NAME]``: the kind, and the fields of the value that stands in it, if one does."""
    holds = declares_a_row(table)
    of_row = {field: value for field, value in table.items() if holds and field not in _KEY_FIELDS}
    row = Row({field: value for field, value in table.items() if field not in of_row}, f"key.{name}", faults)
    row.text("title_vi", "")  # for the catalogue of the language (scripts/translations.py)
    key = Key(
        name=name,
        title=row.text("title"),
        subject=row.text("subject", "none", SUBJECTS),
        unit=row.text("unit", ""),
        form=row.text("form", "number", FORMS),
        provisions=read_provisions(row),
        bearer=row.text("bearer", "", tuple(BEARERS)) or None,
        bound=row.text("bound", "", tuple(BOUNDS)),
        counted=row.text("counted", "", COUNTED),
        anchor=row.text("anchor", "", tuple(ANCHORS)),
        common=bool(row.flag("common")),
        computed=bool(row.flag("computed")),
        note=row.text("note", ""),
    )
    row.text("note_vi", "")
    row.close()
    if bool(key.counted) != bool(key.anchor):
        row.fault("anchor", say("counted and anchor go together"))
    return key, of_row


def read_provisions(row: Row) -> tuple[str, ...]:
    """Read a list of identifiers of provisions; whether there are such provisions a test holds against the rows."""
    found = row.texts("provisions", [])
    for ident in found:
        if not is_identifier(ident):
            row.fault("provisions", say("{id} is no identifier such as OS:VI.II.4(A)", id=repr(ident)))
    return found
