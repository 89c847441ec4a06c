"""The steps of each procedure of the Protocol on Reduction: rows of ``steps.toml``, and how told facts decide them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.cfe.kinds import ACV, ARTILLERY, HELICOPTER, PLANE, TANK
from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.rows import Row, read_tables, refuse_if_any

__all__ = ["PRESENTED", "PROCEDURES", "ROOT", "Condition", "Step", "ask", "below", "facts_of", "load", "steps"]

ROOT: Final = "CFE:REDUCTION."

_DESTROYED: Final = {
    TANK: ("tank", "III", ("severing", "explosion", "deformation", "smashing")),
    ACV: ("vehicle", "IV", ("severing", "explosion", "smashing")),
    PLANE: ("aircraft", "VI", ("severing", "deformation", "drone")),
    HELICOPTER: ("helicopter", "VII", ("severing", "explosion", "deformation")),
}
_ARTILLERY: Final = (
    *("gun_severing", "gun_explosion", "mortar_explosion", "mortar_deformation", "self_propelled_severing"),
    *("self_propelled_explosion", "self_propelled_smashing", "launcher_severing", "launcher_explosion"),
    "launcher_deformation",
)
_OTHERWISE: Final = {
    "tank_conversion": ("VIII.6(A)", (TANK,)),
    "vehicle_conversion": ("VIII.6(B)", (ACV,)),
    "display": ("X.5", (TANK, ACV, ARTILLERY, PLANE, HELICOPTER)),
    "target_tank": ("XI.4(A)", (TANK, ARTILLERY)),
    "target_vehicle": ("XI.4(B)", (ACV,)),
    "instruction_aircraft": ("XII.4(A)", (PLANE,)),
    "instruction_helicopter": ("XII.4(B)", (HELICOPTER,)),
}
PRESENTED: Final = MappingProxyType(
    {f"presented_{name}": (f"II.1({letter})", (category,)) for name, letter, category in (
        ("tank", "A", TANK),
        ("vehicle", "B", ACV),
        ("artillery", "C", ARTILLERY),
        ("aircraft", "D", PLANE),
        ("helicopter", "E", HELICOPTER),
    )}
)  # fmt: skip
"""What is asked of an item when it is brought to a reduction site."""

PROCEDURES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        **PRESENTED,
        **{
            f"{name}_{how}": (f"{section}.{number}", (category,))
            for category, (name, section, ways) in _DESTROYED.items()
            for number, how in enumerate(ways, 2)
        },
        **{name: (f"V.{number}", (ARTILLERY,)) for number, name in enumerate(_ARTILLERY, 2)},
        **_OTHERWISE,
    }
)
"""What can be seen, by name: where the Protocol describes it, and the categories that it is for."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked: a fact that is so (or, ``wanted`` false, is not so), or a number against a value ``key``."""

    fact: str
    sign: str = ""
    key: str = ""
    wanted: bool = True


Way = tuple[Condition, ...]
"""Conditions of which one is enough."""


@dataclass(frozen=True, slots=True)
class Step:
    """One paragraph: ``when`` it applies, what ``all`` must be so, and how steps below it count (``all``, ``any``)."""

    provision: str
    when: Condition | None
    all: tuple[Way, ...]
    below: str


@cache
def load() -> Mapping[str, Step]:
    """Return every step by its provision, in the order of the text.

    :raises DataError: when the file of the program is wrong.
    """
    path, faults = Path(__file__).parent / "steps.toml", Faults()
    found = [_step(row) for row in read_tables(path, ("step",), faults)["step"]]
    refuse_if_any(faults, path)
    return MappingProxyType({one.provision: one for one in found})


def _step(row: Row) -> Step:
    when = row.text("when", "")
    ways = tuple(tuple(_condition(row, one) for one in words.split(" or ")) for words in row.texts("all", []))
    found = Step(row.text("provision"), _condition(row, when) if when else None, ways, row.text("below", ""))
    row.close()
    return found


def _condition(row: Row, words: str) -> Condition:
    met = re.fullmatch(r"(!?)([a-z0-9_]+)(?: (>=|<=|<) ([a-z0-9_]+))?", words)
    if met is None:
        row.fault("all", say("{words} is no condition", words=quoted(words)))
        return Condition(words)
    return Condition(met[2], met[3] or "", met[4] or "", wanted=not met[1])


def steps(procedure: str) -> tuple[Step, ...]:
    """Return the steps of a procedure, from its first paragraph down."""
    root = ROOT + PROCEDURES[procedure][0]
    extra = (f"{ROOT}II.2",) if procedure in PRESENTED else ()
    return tuple(
        step for ident, step in load().items() if ident.startswith(root) and _below_or_is(ident, root)
    ) + tuple(load()[ident] for ident in extra)


def _below_or_is(ident: str, root: str) -> bool:
    return ident == root or ident[len(root)] == "("


def below(step: Step, among: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps right below one."""
    rest = [one for one in among if one.provision.startswith(f"{step.provision}(")]
    return tuple(one for one in rest if one.provision[len(step.provision) :].count("(") == 1)


def facts_of(procedure: str | None = None) -> dict[str, str]:
    """Return the facts that steps ask for, each ``flag`` or ``number``; of one procedure, or of all."""
    every = steps(procedure) if procedure else tuple(load().values())
    asked = [one for step in every for one in (*(each for way in step.all for each in way), *_of_when(step))]
    return {one.fact: "number" if one.sign else "flag" for one in asked}


def _of_when(step: Step) -> tuple[Condition, ...]:
    return (step.when,) if step.when is not None else ()


def ask(condition: Condition, facts: Mapping[str, bool | float], number: Callable[[str], float]) -> bool | None:
    """Tell whether a condition is met; ``None`` where the fact is not told.  ``number`` looks up values of the law."""
    told = facts.get(condition.fact)
    if told is None:
        return None
    if not condition.sign:
        return bool(told) is condition.wanted
    limit = number(condition.key)
    return {">=": told >= limit, "<=": told <= limit, "<": told < limit}[condition.sign]
