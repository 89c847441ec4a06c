"""Records on missile types: what was declared, tested, seen or claimed, each with who says it.

``None`` is always what nobody has told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.core.text import Text, say
from skywitness.inf.classify.span import Span

TEST, CAPABILITY, STATEMENT = "test", "capability", "statement"
LAUNCHER, SAME_LAUNCHER = "launcher", "same_launcher"
PRODUCTION, DEPLOYMENT, POSSESSION = "production", "deployment", "possession"
KINDS: Final = (TEST, CAPABILITY, STATEMENT, LAUNCHER, SAME_LAUNCHER, PRODUCTION, DEPLOYMENT, POSSESSION)
"""Kinds of records."""

BASES: Final = ("declared", "observed", "claimed")
"""How a record is founded: its subject's own word, seen by an inspector or a flight, or said of somebody else."""

MOBILE, FIXED, STAND, SEA, AIR = "mobile", "fixed", "stand", "sea", "air"
LAUNCHED_FROM: Final = (MOBILE, FIXED, STAND, SEA, AIR)
FOR_USE: Final = frozenset({MOBILE, FIXED})
"""Launchers on land that are no test stands."""

WEAPON, INTERCEPTION, RESEARCH, TARGET = "weapon", "interception", "research", "target"
PURPOSES: Final = (WEAPON, INTERCEPTION, RESEARCH, TARGET)

STATEMENTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "weapon": say("the type carries weapons"),
        "meant_for_ground": say("the type is meant for launch from the ground"),
        "interceptor_only": say("the type was built and tested only against objects that are not on the ground"),
        "booster": say("the type is a booster for research"),
        "reusable": say("it is an aircraft that comes back"),
        "stand_only_for_tests": say("the stand is used for tests alone"),
        "stand_distinguishable": say("the stand can be told from launchers for use"),
        "existing_stages": say("its stages existed before"),
        "other_stages": say("its stages differ from those of the listed types"),
        "tests_other_objects": say("it flies only to test other objects"),
        "launchers_above_ground": say("its launchers are fixed and above ground"),
        "declared_sites": say("it is launched only from research sites of the memorandum"),
        "tests_complete": say("the tests told of are all there were"),
    }
)
"""What can be stated as true or false of a type, and the words for it."""

PARTS: Final = ("missile", "stage", "launcher")


@dataclass(frozen=True, slots=True)
class Subject:
    """A missile type as the file has it: ``known`` leads to the types of this program, ``kind`` may be told there."""

    id: str
    holder: str
    kind: str
    known: str = ""
    names: tuple[str, ...] = ()
    booster_launchers: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one State or observer says of a type (``of``), on what it rests, and what it denies of others' records.

    ``span``: the range of a test, or the way until the fuel is used up.  ``launcher_type`` names a kind of launcher,
    ``same_as`` another.  ``value``: of a statement, or whether two launchers are one type.
    """

    id: str
    by: str
    of: str
    what: str
    basis: str
    day: dt.date | None = None
    said: dt.date | None = None
    source: str = ""
    denies: tuple[str, ...] = ()
    span: Span | None = None
    launched_from: str | None = None
    launcher_type: str = ""
    same_as: str = ""
    purpose: str | None = None
    on: str = ""
    value: bool | None = None
    part: str = ""
    interchangeable: bool | None = None
    like: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a file tells: types, records, and the day whose law applies."""

    title: str
    at: dt.date
    subjects: tuple[Subject, ...]
    records: tuple[Record, ...]

    @property
    def claimants(self) -> tuple[str, ...]:
        """Everybody who says something, in alphabetical order."""
        return tuple(sorted({one.by for one in self.records}))

    def subject(self, ident: str) -> Subject:
        """Return a type by its name in the file."""
        return next(one for one in self.subjects if one.id == ident)
