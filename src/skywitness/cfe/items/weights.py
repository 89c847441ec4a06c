"""The unladen weight: what is left out of it, and what a loaded weight says of it (Article II.1(E))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.cfe.items.known import Known
from skywitness.cfe.law import Law
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["REMOVABLE", "unladen", "weight_findings"]

REMOVABLE: Final = (
    "ammunition",
    "fuel",
    "removable_reactive_armour",
    "spares_and_tools",
    "removable_snorkel",
    "crew",
)
"""What does not belong to the unladen weight; ``fuel`` with oil and lubricants, ``crew`` with what they carry."""


@provision("CFE:II.1(E)")
def unladen(known: Known) -> tuple[float, float]:
    """Return between which tonnes the unladen weight lies: as told, and as loaded weights less their load allow."""
    low, high = known.bounds("unladen_weight_t")
    if "unladen_weight_t" in known.assumed:
        return low, high
    for one in known.records:
        if "loaded_weight_t" in one.values:
            least, most = one.values["loaded_weight_t"]
            load = sum(one.left_out.get(name, 0.0) for name in REMOVABLE)
            high = min(high, most - load)
            if one.left_out.keys() >= set(REMOVABLE):
                low = max(low, least - load)
    return (low, high) if low <= high else (min(low, max(high, 0.0)), max(low, high))


def weight_findings(known: Known, law: Law) -> Iterator[Finding]:
    """Say of each weight with what was left out whether that may be left out."""
    for one in sorted(known.records, key=lambda record: (record.by, sorted(record.left_out.items()))):
        if not one.left_out:
            continue
        fixed = sorted(name for name in one.left_out if name not in REMOVABLE)
        told = {"item": known.item.id, "by": one.by, "parts": ", ".join(fixed) or ", ".join(sorted(one.left_out))}
        place = {"where": Where(name=one.where), "bearer": one.by}
        if fixed:
            why = say("{item}: {by} leaves out {parts}, which belongs to the unladen weight.", **told)
            effect = Effect(one.by, "must", say("count {parts} in the unladen weight", parts=", ".join(fixed)))
            yield law.finding("II.1(E)", Verdict.BREACH, why, effect=effect, **place)
        else:
            why = say("{item}: {by} leaves out {parts}, as the unladen weight does.", **told)
            yield law.finding("II.1(E)", Verdict.OK, why, **place)
