"""The provisions of the law, one row each, and which rule implements which.

A rule is tied to its provision where it is written::

    @provision("OS:VI.II.2")
    def border_clearance(...) -> tuple[Finding, ...]: ...

so that nothing is checked in the name of a provision that does not exist, and coverage can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.errors import DataError, Faults, InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.names import folded, near
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any

KINDS: Final = ("rule", "value", "procedure", "definition", "people")
MODALITIES: Final = ("duty", "right", "prohibition", "power", "none")
BEARERS: Final = MappingProxyType(
    {
        "observing": say("observing Party"),
        "observed": say("observed Party"),
        "parties": say("observing and observed Party"),
        "provider": say("Party that provides the aircraft"),
        "pilot": say("pilot-in-command"),
        "state_party": say("State Party"),
        "state": say("other State"),
        "group": say("group of States Parties"),
        "commission": say("Consultative Commission"),
        "depositary": say("Depositary"),
    }
)
"""Who has a duty, right or power, as the data and as people say it.  ``state``: one that is no State Party."""

_ROOM: Final = FOLDER / "provisions"
_FILES: Final = (
    "articles_1_to_5",
    "articles_6_to_8",
    "articles_9_to_19",
    "annexes_a_b",
    "annexes_c_d",
    "annexes_e_f",
    "annexes_g_to_l",
    "decisions",
)
"""In the order of the Treaty."""

_ID: Final = re.compile(r"OS:(ANNEX-I|[A-Z]+)(\.APP\d)?(\.[IVX]+)?(\.\d+)?(\([A-Z]\)(\(\d\))?)?|DEC:\d+/\d\d", re.ASCII)
"""Article or annex, appendix, section, paragraph, subparagraph, its number.  Annex I is no ``I``: that is Article I."""

_Rule = TypeVar("_Rule", bound=Callable[..., Any])
_IMPLEMENTED: Final[dict[str, tuple[str, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the law.  ``bearer`` is a key of ``BEARERS``, ``None`` where it binds nobody.

    ``why`` says, for ``people`` alone, why no software can check it, ``why_vi`` the same in Vietnamese.  Called on a
    rule it ties the rule to the provision.
    """

    id: str
    title: Text
    title_vi: str
    kind: str
    modality: str
    bearer: str | None = None
    why: Text | None = None
    why_vi: str = ""

    @property
    def part(self) -> str:
        """Name the article or annex: ``VI``, ``E``, ``ANNEX-I``; ``DEC`` for a decision of the Commission."""
        return part_of(self.id)

    def __call__(self, rule: _Rule) -> _Rule:
        """Note that ``rule`` implements this provision, and return it unchanged."""
        name = f"{rule.__module__}.{rule.__qualname__}"
        have = _IMPLEMENTED.get(self.id, ())
        if name not in have:
            _IMPLEMENTED[self.id] = (*have, name)
        return rule

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; words in the language of ``catalogue``."""
        return {
            "id": self.id,
            "title": self.title.render(catalogue),
            "kind": self.kind,
            "modality": self.modality,
            "bearer": self.bearer,
            "why": None if self.why is None else self.why.render(catalogue),
        }


def part_of(ident: str) -> str:
    """Name the article or annex of an identifier: ``VI`` of ``OS:VI.II.4(A)``; ``DEC`` of a decision.

    >>> part_of("OS:ANNEX-I.1(A)"), part_of("OS:XI"), part_of("DEC:16/02")
    ('ANNEX-I', 'XI', 'DEC')
    """
    return "DEC" if ident.startswith("DEC:") else re.split(r"[.(]", ident.removeprefix("OS:"))[0]


def provision(ident: str) -> Provision:
    """Return a provision named by the program itself; as a decorator it ties a rule to it.

    :raises DataError: when there is no such row: a rule for a provision that nobody wrote down is a bug.
    """
    found = _load().get(ident)
    if found is None:
        raise DataError("unknown_provision", say("No provision has the identifier {ident}.", ident=repr(ident)), ident)
    return found


def find_provision(ident: str) -> Provision:
    """Return a provision that a person asked for, in small letters or capitals; ``OS:`` may be left out.

    :raises InputError: when there is no such row; near identifiers are told.
    """
    rows = {name.casefold(): row for name, row in _load().items()}
    wanted = folded(ident if ":" in ident else f"OS:{ident}")
    if wanted in rows:
        return rows[wanted]
    close = [rows[name].id for name in near(wanted, rows)]
    if not close:
        message = say("There is no provision {ident}; write one as OS:VI.II.4(A).", ident=repr(ident))
        raise InputError("unknown_provision", message)
    message = say("There is no provision {ident}; near it: {close}.", ident=repr(ident), close=", ".join(close))
    raise InputError("unknown_provision", message)


def provisions(kind: str | None = None, part: str | None = None) -> tuple[Provision, ...]:
    """Return the provisions in the order of the Treaty, of one kind, article or annex when it is given."""
    rows = _load().values()
    return tuple(row for row in rows if kind in (None, row.kind) and (part is None or row.part == part))


def parts() -> tuple[str, ...]:
    """Name the articles and annexes in the order of the Treaty; last the decisions, ``DEC``."""
    return tuple(dict.fromkeys(row.part for row in _load().values()))


def is_annex(part: str) -> bool:
    """Tell an annex from an article: annexes are letters, but ``I``, ``V`` and ``X`` are articles."""
    return part == "ANNEX-I" or (len(part) == 1 and part in "ABCDEFGHJKL")


def find_part(words: str, where: str = "") -> str:
    """Return the article or annex that a person named: ``VI``, ``article vi``, ``E``, ``annex I``.

    :raises InputError: when there is no such part; all are told.
    """
    named = {part: part for part in parts()}
    named |= {f"{word} {part}": part for part in parts() if not is_annex(part) for word in ("ARTICLE", "ART.", "ART")}
    named |= {f"ANNEX {part.removeprefix('ANNEX-')}": part for part in parts() if is_annex(part)}
    wanted = folded(words).upper()
    if wanted in named:
        return named[wanted]
    message = say(
        "There is no article or annex {words}; known are {known}.", words=repr(words), known=", ".join(parts())
    )
    raise InputError("unknown_part", message, where)


def title(ident: str) -> Text:
    """Return the title of a provision, to be shown in any language.

    :raises DataError: when there is no such row.
    """
    return provision(ident).title


def translations() -> Mapping[str, str]:
    """Return the titles in Vietnamese by their English, for the catalogue."""
    return MappingProxyType({row.title.template: row.title_vi for row in _load().values()})


def implemented() -> Mapping[str, tuple[str, ...]]:
    """Return, for each provision that has rules, their full names; only of modules that have been imported."""
    return MappingProxyType(dict(sorted(_IMPLEMENTED.items())))


@cache
def _load() -> Mapping[str, Provision]:
    return load(*(_ROOM / f"{name}.toml" for name in _FILES))


def load(*paths: Path) -> Mapping[str, Provision]:
    """Read provisions files: rows by identifier, in the order of the files.

    :raises DataError: with all faults of the first file that has any.
    """
    found: list[Provision] = []
    for path in paths:
        faults = Faults()
        found += [_provision(row) for row in read_tables(path, ("provision",), faults)["provision"]]
        note_twice("provision", (row.id for row in found), faults)
        refuse_if_any(faults, path)
    return MappingProxyType({row.id: row for row in found})


def _provision(row: Row) -> Provision:
    found = Provision(
        id=row.text("id"),
        title=say(row.text("title")),
        title_vi=row.text("title_vi"),
        kind=row.text("kind", among=KINDS),
        modality=row.text("modality", among=MODALITIES),
        bearer=row.text("bearer", "", tuple(BEARERS)) or None,
        why=_why(row),
        why_vi=row.text("why_vi", ""),
    )
    row.close()
    if not _ID.fullmatch(found.id):
        row.fault("id", say("{id} is no identifier such as OS:VI.II.4(A) or DEC:16/02", id=repr(found.id)))
    if any(mark in words for mark in "{}" for words in (found.title.template, found.title_vi)):
        row.fault("title", say("a title has no braces"))
    if {found.kind == "people"} != {found.why is not None, bool(found.why_vi)}:
        row.fault("why", say("what only people can check says why and why_vi, and nothing else does"))
    return found


def _why(row: Row) -> Text | None:
    words = row.text("why", "")
    return say(words) if words else None
