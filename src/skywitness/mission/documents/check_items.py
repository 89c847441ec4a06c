"""Check a document item by item: there, in its form, and as the plan and the facts have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import Text, say
from skywitness.law.sites import site
from skywitness.law.words import value_words
from skywitness.mission.documents.desk import Desk, cannot_tell, draft, need_item
from skywitness.mission.documents.model import Item
from skywitness.route.files.text_file import shown

APPROXIMATE: Final = 0.05
"""Distances agree within five in a hundred: the Treaty asks for an approximate one and does not say how near."""


def judge_items(desk: Desk) -> Iterator[Finding]:
    """Judge every item, and after each list the fields of its rows that have provisions of their own."""
    for item in desk.kind.items:
        if desk.wants(item.provision):
            yield judge_item(desk, item)
        if item.form == "rows" and (item.id in desk.document.items or applies(desk, item)):
            yield from _judge_fields(desk, item)


def judge_item(desk: Desk, item: Item) -> Finding:
    """Judge one item."""
    where = f"items.{item.id}"
    if item.id not in desk.document.items:
        return _absent(desk, item, where)
    problem = desk.read.fault_of(where)
    if problem is not None:
        return _breach(desk, item, where, say("{item}: {problem}.", item=item.id, problem=problem))
    value = desk.document.items[item.id]
    if item.must and value is not True:
        return _breach(desk, item, where, say("The document says that it is not so: {item} is false.", item=item.id))
    if item.of_sender and not _is_of_sender(desk, str(value)):
        sent_by = {"item": item.id, "value": str(value), "sender": desk.document.header.sender or "–"}
        return _breach(desk, item, where, say("{item} is {value}, and not of the sender, {sender}.", **sent_by))
    if item.form == "rows":
        wrong = _first_wrong(
            desk, item, where, value, [field for field in item.fields if field.provision == item.provision]
        )
        if wrong is not None:
            return _breach(desk, item, *wrong)
    if item.role and not serves_as(desk, str(value), item.role):
        words = {"site": str(value), "role": value_words(item.role), "day": desk.reading.at.isoformat()}
        why = say("{site} is not known as a {role} on {day}.", **words)
        need = say("what {site} serves as (airfield.roles in the facts)", site=str(value))
        return cannot_tell(desk, item.provision, why, (need,), where)
    return _beside_the_plan(desk, item, where, value)


def _is_of_sender(desk: Desk, party: str) -> bool:
    """Tell whether a Party is the sender, or a member of the group that sends."""
    sender = desk.document.header.sender
    return bool(sender) and (party == sender or party in desk.day.states((sender,)))


def serves_as(desk: Desk, ident: str, role: str) -> bool:
    """Tell whether a place is known to serve as a point of entry, an airfield ..., by the law or by the facts."""
    told = desk.setting.facts.airfields if desk.setting.facts else ()
    if any(one.ident == ident and role in one.roles and one.holds(desk.reading.at) for one in told):
        return True
    try:
        return role in site(ident, desk.reading.at).as_of(desk.reading.at, desk.reading.known).roles
    except InputError:
        return False


def _breach(desk: Desk, item: Item, where: str, why: Text) -> Finding:
    return draft(desk, item.provision, Verdict.BREACH, why, where)


# ---- an item that is not there ----


def applies(desk: Desk, item: Item) -> bool | None:
    """Tell whether an item is due; ``None`` where what decides it is not told."""
    if item.need == "always":
        return True
    if item.need != "when":
        return None if item.need == "if_applicable" and item.id not in desk.document.not_applicable else False
    decider = desk.kind.item(item.when)
    value = desk.sound(item.when)
    if value is None and decider is not None and desk.read.fault_of(f"items.{item.when}") is None:
        value = desk.setting.known(decider.source)
    if value is None:
        is_idle = decider is not None and decider.need == "when" and applies(desk, decider) is False
        return False if is_idle or (decider is not None and decider.need == "may") else None
    return (str(value).lower() if isinstance(value, bool) else str(value)) in item.values


def _absent(desk: Desk, item: Item, where: str) -> Finding:
    due = applies(desk, item)
    if due:
        return _breach(desk, item, where, say("{item} is missing: {title}.", item=item.id, title=item.title))
    if due is False:
        why = say("{item} is not due here.", item=item.id)
        return draft(desk, item.provision, Verdict.NOT_APPLICABLE, why, where)
    if item.need == "when":
        why = say("Whether {item} is due depends on {other}, which is not told.", item=item.id, other=item.when)
        return cannot_tell(desk, item.provision, why, (need_item(item.when),), where)
    why = say("{item} is not given, and whether it applies is not said.", item=item.id)
    need = say("{item}, or its name under not_applicable", item=item.id)
    return cannot_tell(desk, item.provision, why, (need,), where)


# ---- rows ----


def _judge_fields(desk: Desk, item: Item) -> Iterator[Finding]:
    """Judge fields of rows that have provisions of their own: each over all rows."""
    where = f"items.{item.id}"
    rows = desk.document.items.get(item.id)
    sound = rows if isinstance(rows, tuple) and desk.read.fault_of(where) is None else ()
    for field in item.fields:
        if field.provision == item.provision or not desk.wants(field.provision):
            continue
        wrong = _first_wrong(desk, item, where, sound, [field])
        if not sound:
            why = say("{item} is missing, and with it {field}.", item=item.id, field=field.id)
            yield _breach(desk, field, f"{where}.{field.id}", why)
        elif wrong is not None:
            yield _breach(desk, field, *wrong)
        else:
            words = {"field": field.id, "item": item.id, "count": str(len(sound))}
            why = say("{field} is given in all {count} rows of {item}.", **words)
            yield draft(desk, field.provision, Verdict.OK, why, where)


def _first_wrong(
    desk: Desk, item: Item, where: str, rows: Sequence[Mapping[str, Any]], fields: Sequence[Item]
) -> tuple[str, Text] | None:
    """Find the first field of the rows that is missing or in another form."""
    for number, row in enumerate(rows):
        for field in fields:
            place = f"{where}[{number}].{field.id}"
            problem = desk.read.fault_of(place)
            if problem is not None:
                words = {"item": item.id, "number": str(number), "field": field.id, "problem": problem}
                return place, say("{item}[{number}].{field}: {problem}.", **words)
            if field.id not in row and field.need == "always":
                words = {"item": item.id, "number": str(number), "field": field.id}
                return place, say("{item}[{number}].{field} is missing: {title}.", **words, title=field.title)
    return None


# ---- beside the plan and the facts ----


def _beside_the_plan(desk: Desk, item: Item, where: str, value: Any) -> Finding:
    """Hold a value against what the plan, the facts or the flight say."""
    known = desk.setting.known(item.source)
    if known is None:
        return draft(desk, item.provision, Verdict.OK, say("{item} is given.", item=item.id), where)
    if agrees(item, value, known):
        why = say("{item} is given, and is as plan and facts have it.", item=item.id)
        return draft(desk, item.provision, Verdict.OK, why, where)
    if item.form == "rows":
        why = say("{item} differs from what the plan has.", item=item.id)
    else:
        words = {"item": item.id, "value": shown(_word(value)), "known": shown(_word(known))}
        why = say("{item} is {value}; by plan and facts it is {known}.", **words)
    return cannot_tell(desk, item.provision, why, (say("which of the two is right: {item}", item=item.id),), where)


def agrees(item: Item, value: Any, known: Any) -> bool:
    """Tell whether a value is what is known: distances within five in a hundred, times to the minute.

    Lists of rows agree where the fields that both have are the same.
    """
    if item.form == "distance_km":
        return abs(float(value) - float(known)) <= APPROXIMATE * float(known)
    if item.form == "rows":
        return len(value) == len(known) and all(
            _same(row[key], one[key]) for row, one in zip(value, known, strict=True) for key in row.keys() & one.keys()
        )
    return _same(value, known)


def _same(value: Any, known: Any) -> bool:
    if isinstance(value, dt.datetime) and isinstance(known, dt.datetime):
        return abs(value - known) < dt.timedelta(minutes=1)
    if isinstance(value, float | int) and isinstance(known, float | int):
        return abs(float(value) - float(known)) <= 1e-6 * max(1.0, abs(float(known)))
    return bool(value == known)


def _word(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


# ---- provisions above items ----


def judge_sums(desk: Desk) -> Iterator[Finding]:
    """Sum up: provisions that the items below them fulfil, and those that all items fulfil."""
    wanted = [ident for ident in (*desk.kind.sums, *desk.kind.also) if desk.wants(ident)]
    found = tuple(judge_items(replace(desk, only=frozenset()))) if wanted else ()
    for ident in wanted:
        below = [one for one in found if one.provision.startswith((f"{ident}(", f"{ident}."))]
        yield _sum(desk, ident, below if ident in desk.kind.sums else found)


def _sum(desk: Desk, ident: str, parts: Sequence[Finding]) -> Finding:
    verdict = overall(parts)
    if verdict is Verdict.BREACH:
        lacking = list(dict.fromkeys(one.provision for one in parts if one.verdict is verdict))
        why = say("The document is not whole; {what}.", what=_listed(lacking))
    elif verdict is Verdict.CANNOT_TELL:
        open_ones = list(dict.fromkeys(one.provision for one in parts if one.verdict is verdict))
        why = say("Whether the document is whole cannot be told; {what}.", what=_listed(open_ones))
        return cannot_tell(desk, ident, why, dict.fromkeys(need for one in parts for need in one.needs))
    else:
        why = say("The document holds what is asked for.")
    return draft(desk, ident, verdict, why)


def _listed(idents: Sequence[str]) -> Text:
    return say("see {provisions}", provisions=", ".join(idents))
