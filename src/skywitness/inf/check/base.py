"""The base data: what each side declared as of 1 November 1987 (Article IX.1)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import say
from skywitness.inf.check.figures import latest
from skywitness.inf.check.model import Holding, Ledger
from skywitness.inf.check.share import BASE_DAY
from skywitness.inf.law import Law
from skywitness.inf.sides import UNION, USA
from skywitness.inf.types import types
from skywitness.law.provisions import provision
from skywitness.law.value import used as used_value

__all__ = ["judge_base"]


def judge_base(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge what each of the two first Parties declares of its own as of the base day."""
    base = [one for one in latest(ledger) if one.as_of == BASE_DAY and one.by == one.party]
    for one in sorted(base, key=lambda row: row.id):
        yield _figures(one, law)
    for party in (USA, UNION):
        mine = {one.type for one in base if one.party == party}
        if ledger.complete and any(one.party == party for one in ledger.holdings):
            yield _whole(party, mine, law)


def _stored(one: Holding, law: Law) -> list[tuple[int | None, int, UsedValue]]:
    """Pair what is declared, deployed and not, with what is stored of it."""
    pairs = []
    for qualifier, stated in (("deployed", one.deployed), ("not deployed", one.not_deployed)):
        found = law.settled("missiles_declared", one.type, qualifier)
        if found is not None:
            pairs.append((stated, int(found.number), used_value(found, "missiles_declared", one.type)))
    return pairs


@provision("INF:IX.1")
def _figures(one: Holding, law: Law) -> Finding:
    """Hold one type of the base data against the figures stored, which are recollection."""
    pairs, where = _stored(one, law), Where(name=one.id)
    values = tuple(used for _, _, used in pairs)
    kept = [number for _, number, _ in pairs]
    stated = [number for number, _, _ in pairs]
    told = {"name": one.id, "missiles": one.missiles, "stored": sum(kept)}
    if not pairs or (None in stated and one.missiles is None):
        why = say("{name}: the base data of this type are not told in full.", name=one.id)
        needs = (say("missiles deployed and not, as of 1 November 1987"),)
        return law.finding("IX.1", Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=needs, values=values)
    numbers = {"measured": one.missiles, "limit": sum(kept), "unit": "missiles", "values": values, "where": where}
    if one.missiles == sum(kept) and (None in stated or stated == kept):
        why = say("{name}: {missiles} missiles as of 1 November 1987, as this program has them.", **told)
        return law.finding("IX.1", Verdict.OK, why, bearer=one.party, **numbers)
    why = say(
        "{name}: {missiles} missiles as of 1 November 1987; this program has other numbers, {stored} in all.", **told
    )
    needs = (say("the base data of the memorandum itself"),)
    return law.finding("IX.1", Verdict.CANNOT_TELL, why, bearer=one.party, needs=needs, **numbers)


def _whole(party: str, mine: set[str], law: Law) -> Finding:
    """Ask for every type of a side that the Treaty names, in a list that says it is whole."""
    wanted = [one for one in types().values() if one.holder == party and one.decides]
    missing = [one.name for one in wanted if one.id not in mine]
    where = Where(name=party)
    if not missing:
        why = say("{party}: the base data tell of every type that the Treaty names of that side.", party=party)
        return law.finding("IX.1", Verdict.OK, why, bearer=party, where=where)
    names = ", ".join(missing)
    why = say("{party}: the list is whole, and its base data do not tell of {names}.", party=party, names=names)
    effect = Effect(party, "must", say("give the base data of every type"))
    return law.finding("IX.1", Verdict.BREACH, why, bearer=party, effect=effect, where=where)
