"""Review conferences (XXI.1), provisional application (Protocol of its own) and what is part of the Treaty (I.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from skywitness.cfe.bodies.read import DOCUMENTS, Table
from skywitness.cfe.law import Law, instrument
from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.periods import shifted
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.law.rows import folder_of, read_tables, refuse_if_any

__all__ = ["applied", "judge_document", "judge_provisional", "judge_review", "review_due"]


def _at(table: Table) -> dict[str, Any]:
    return {"where": Where(name=table.id)}


# ---- review conferences ----


def review_due(law: Law, number: int) -> tuple[dt.date, tuple[UsedValue, ...]]:
    """Return the day of a review conference, the first one numbered 1: after 46 months, then every five years."""
    months, first = law.number("review_conference")
    years, more = law.number("review_interval")
    begins = dt.datetime.combine(law.start, dt.time(), dt.UTC)
    day = shifted(shifted(begins, months, first.unit), (number - 1) * years, more.unit)
    return day.date(), (first, more)


@provision("CFE:XXI.1")
def judge_review(table: Table, law: Law) -> Iterator[Finding]:
    """Hold a review conference, the first or a later one, against its day."""
    number, convened = table.get("number"), table.get("convened")
    if number is None:
        need = say("which review conference it is (number)")
        why = say("Too little is told: {need}.", need=need)
        yield law.finding("XXI.1", Verdict.CANNOT_TELL, why, needs=(need,), **_at(table))
        return
    due, values = review_due(law, number)
    told: dict[str, Any] = {"number": number, "due": due, "convened": convened}
    fields: dict[str, Any] = {"values": values, "bearer": "depositary", **_at(table)}
    if convened is None and table.day <= due:
        why = say("Review conference {number} is due on {due}.", **told)
        effect = Effect("depositary", "must", say("convene it by {due}", due=due))
        yield law.finding("XXI.1", Verdict.NOT_APPLICABLE, why, effect=effect, **fields)
    elif convened is None:
        why = say("Review conference {number} was due on {due}; whether it was convened is not told.", **told)
        yield law.finding(
            "XXI.1", Verdict.CANNOT_TELL, why, needs=(say("the day it was convened (convened)"),), **fields
        )
    else:
        why = say("Review conference {number} was due on {due}; it was convened for {convened}.", **told)
        late = (convened - due).days
        yield law.finding(
            "XXI.1", Verdict.BREACH if late > 0 else Verdict.OK, why, measured=late, limit=0, unit="d", **fields
        )


# ---- provisional application ----


@dataclass(frozen=True, slots=True)
class Applied:
    """A provision that was applied from signature on, and how sure that is."""

    provision: str
    source: str
    status: str


@cache
def applied() -> tuple[Applied, ...]:
    """Return what the Protocol on Provisional Application lists.

    :raises DataError: when the file of the program is wrong.
    """
    path, faults = folder_of("cfe") / "provisional.toml", Faults()
    found: list[Applied] = []
    for row in read_tables(path, ("applied",), faults)["applied"]:
        found.append(Applied(row.text("provision"), row.text("source"), row.text("status", among=STATUSES)))
        row.close()
    refuse_if_any(faults, path)
    return tuple(found)


def _listed(ident: str) -> Applied | None:
    """Return the row that a provision stands in or below."""
    below = (one for one in applied() if ident == one.provision or ident.startswith(_below(one.provision)))
    return next(below, None)


def _below(ident: str) -> tuple[str, str]:
    return f"{ident}.", f"{ident}("


@provision("CFE:PROV.1")
@provision("CFE:PROV.3")
def judge_provisional(table: Table, law: Law) -> Iterator[Finding]:
    """Say whether a provision was applied provisionally on the day, and judge whether it was performed."""
    heading = instrument().heading
    months, value = law.number("provisional_application")
    end = shifted(dt.datetime.combine(heading.signed, dt.time(), dt.UTC), months, value.unit).date()
    end = min(max(end, table.get("extended_until") or end), heading.entry_into_force.on)
    told: dict[str, Any] = {"signed": heading.signed, "end": end, "day": table.day}
    runs = heading.signed <= table.day < end
    fields: dict[str, Any] = {"bearer": table.get("state"), "values": (value,), **_at(table)}
    if runs:
        why = say("{day} lies between signature on {signed} and {end}.", **told)
        yield law.finding("PROV.3", Verdict.OK, why, **fields)
    else:
        why = say("{day} does not lie between signature on {signed} and {end}.", **told)
        what = say("tell whether Parties extended it, or applied the Treaty by another agreement")
        yield law.finding("PROV.3", Verdict.NOT_APPLICABLE, why, effect=Effect("state_party", "must", what), **fields)
    if "provision" in table:
        yield _performed(table, runs, law)
    if runs:
        yield from _group(table, law)


def _performed(table: Table, runs: bool, law: Law) -> Finding:
    ident, done = str(table.get("provision")), table.get("applied")
    row = _listed(ident)
    told = {"ident": ident}
    fields: dict[str, Any] = {"bearer": table.get("state"), **_at(table)}
    if row is not None:
        fields["values"] = (
            UsedValue("applied", ident, ident, "", instrument().heading.signed, row.source, row.status),
        )
    if row is None or not runs:
        why = say("{ident} was not to be applied provisionally on that day, as far as is recalled.", **told)
        return law.finding("PROV.1", Verdict.NOT_APPLICABLE, why, **fields)
    if done is None:
        why = say("{ident} was to be applied; whether it was is not told.", **told)
        return law.finding(
            "PROV.1", Verdict.CANNOT_TELL, why, needs=(say("whether it was applied (applied)"),), **fields
        )
    why = say("{ident} was to be applied on that day.", **told)
    return law.finding("PROV.1", Verdict.OK if done else Verdict.BREACH, why, **fields)


@provision("CFE:JCG.12")
@provision("CFE:JCG.12(A)")
@provision("CFE:JCG.12(B)")
def _group(table: Table, law: Law) -> Iterator[Finding]:
    """Judge what the Group did in that time: procedure worked out, and issues taken up on request."""
    found: list[Finding] = []
    worked, asked, taken = (table.get(name) for name in ("procedure_worked_out", "issue_asked", "issue_considered"))
    if worked is not None:
        why = say("Procedure, methods and expenses worked out: {answer}.", answer=say("yes") if worked else say("no"))
        found.append(law.finding("JCG.12(A)", Verdict.OK if worked else Verdict.BREACH, why, **_at(table)))
    if asked and taken is None:
        why, need = say("An issue was asked for."), say("whether it was considered (issue_considered)")
        found.append(law.finding("JCG.12(B)", Verdict.CANNOT_TELL, why, needs=(need,), **_at(table)))
    elif asked:
        why = say("An issue was asked for; considered: {answer}.", answer=say("yes") if taken else say("no"))
        found.append(law.finding("JCG.12(B)", Verdict.OK if taken else Verdict.BREACH, why, **_at(table)))
    yield from found
    if found:
        verdicts = [one.verdict for one in found]
        worst = next((one for one in (Verdict.BREACH, Verdict.CANNOT_TELL) if one in verdicts), Verdict.OK)
        met = verdicts.count(Verdict.OK)
        why = say("Of {count} duties of the Group told here {met} are met.", count=len(found), met=met)
        yield law.finding("JCG.12", worst, why, **_at(table))


# ---- documents ----


@provision("CFE:I.3")
def judge_document(table: Table, law: Law) -> Iterator[Finding]:
    """Ask whether a document is taken for what it is: a protocol part of the Treaty, a declaration outside it."""
    name, taken = table.get("document"), table.get("as_part")
    fields = _at(table)
    if name is None or taken is None:
        need = say("the document, and whether it is taken as part of the Treaty (document, as_part)")
        why = say("Too little is told: {need}.", need=need)
        yield law.finding("I.3", Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        return
    words = {"name": str(name).replace("_", " ")}
    if DOCUMENTS[name]:
        why = say("{name}: part of the Treaty.", **words)
        yield law.finding("I.3", Verdict.OK if taken else Verdict.BREACH, why, **fields)
    else:
        why = say("{name}: a political commitment beside the Treaty.", **words)
        effect = Effect("state_party", "may", say("keep it as a political commitment, not as a duty of the Treaty"))
        verdict = Verdict.BREACH if taken else Verdict.OK
        yield law.finding("I.3", verdict, why, effect=effect, **fields)
