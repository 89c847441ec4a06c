"""The provisions of the law, one row each, and which rule implements which.

Every instrument has its own rows, ``provisions/*.toml`` in its folder, read when one of them is first asked for.

A rule is tied to its provision where it is written::

    @provision("OS:VI.II.2")
    def border_clearance(...) -> tuple[Finding, ...]: ...

so that nothing is checked in the name of a provision that does not exist, and coverage can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.errors import DataError, Faults, InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.names import folded, near
from skywitness.law.numbering import NUMBERINGS, OPEN_SKIES, Numbering, is_annex, is_article, numbering_of, part_of
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, read_toml, refuse_if_any

__all__ = [
    "BEARERS",
    "KINDS",
    "MODALITIES",
    "STATUSES",
    "Provision",
    "every_provision",
    "find_part",
    "find_provision",
    "implemented",
    "is_annex",
    "load",
    "part_of",
    "parts",
    "provision",
    "provisions",
    "title",
    "translations",
]

KINDS: Final = ("rule", "value", "procedure", "definition", "people")
MODALITIES: Final = ("duty", "right", "prohibition", "power", "none")
STATUSES: Final = ("text", "reported", "recollection")
"""Whether the text itself was read for a row, a report of it, or neither: then the row must be checked against it."""

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
        "inspecting": say("inspecting State Party"),
        "inspected": say("inspected State Party"),
        "host": say("State Party on whose territory it is"),
        "owner": say("State Party whose forces are inspected"),
        "inspectors": say("inspectors"),
        "side": say("group of States with common limits"),
        "joint_group": say("Joint Consultative Group"),
        "svc": say("Special Verification Commission"),
        "participating_state": say("participating State"),
        "receiving_state": say("receiving State"),
        "requesting_state": say("requesting State"),
    }
)
"""Who has a duty, right or power, as the data and as people say it.  ``state``: one that is no State Party."""

_Rule = TypeVar("_Rule", bound=Callable[..., Any])
_IMPLEMENTED: Final[dict[str, tuple[str, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the law.  ``bearer`` is a key of ``BEARERS``, ``None`` where it binds nobody.

    ``why`` says, for ``people`` alone, why no software can check it, ``why_vi`` the same in Vietnamese; ``status`` is
    one of ``STATUSES``.  Called on a rule it ties the rule to the provision.
    """

    id: str
    title: Text
    title_vi: str
    kind: str
    modality: str
    bearer: str | None = None
    why: Text | None = None
    why_vi: str = ""
    status: str = STATUSES[0]

    @property
    def part(self) -> str:
        """Name the article, annex or protocol: ``VI``, ``E``, ``ANNEX-I``; ``DEC`` for a decision of the Commission."""
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
            "status": self.status,
        }


def provision(ident: str) -> Provision:
    """Return a provision named by the program itself; as a decorator it ties a rule to it.

    :raises DataError: when there is no such row: a rule for a provision that nobody wrote down is a bug.
    """
    numbering = numbering_of(ident)
    found = None if numbering is None else _load(numbering.instrument).get(ident)
    if found is None:
        raise DataError("unknown_provision", say("No provision has the identifier {ident}.", ident=repr(ident)), ident)
    return found


def find_provision(ident: str, instrument: str = OPEN_SKIES) -> Provision:
    """Return a provision that a person asked for, in small letters or capitals: ``cfe:iv.1``.

    What stands before the colon names the instrument; where it is left out, ``instrument`` is meant.

    :raises InputError: when there is no such row; near identifiers are told.
    """
    own = NUMBERINGS[instrument]
    numbering = numbering_of(ident) or own
    rows = {name.casefold(): row for name, row in _load(numbering.instrument).items()}
    wanted = folded(ident if ":" in ident else f"{own.prefix}{ident}")
    if wanted in rows:
        return rows[wanted]
    close = [rows[name].id for name in near(wanted, rows)]
    if not close:
        message = say(
            "There is no provision {ident}; write one as {example}.", ident=repr(ident), example=numbering.example
        )
        raise InputError("unknown_provision", message)
    message = say("There is no provision {ident}; near it: {close}.", ident=repr(ident), close=", ".join(close))
    raise InputError("unknown_provision", message)


def provisions(kind: str | None = None, part: str | None = None, instrument: str = OPEN_SKIES) -> tuple[Provision, ...]:
    """Return the provisions of an instrument in the order of its text, of one kind or part when it is given.

    An instrument whose provisions nobody has listed has none.
    """
    rows = _load(instrument).values()
    return tuple(row for row in rows if kind in (None, row.kind) and (part is None or row.part == part))


def every_provision() -> tuple[Provision, ...]:
    """Return the provisions of all instruments, one instrument after the other."""
    return tuple(row for instrument in NUMBERINGS for row in _load(instrument).values())


def parts(instrument: str = OPEN_SKIES) -> tuple[str, ...]:
    """Name the articles, annexes and protocols in the order of the text; last of Open Skies the decisions, ``DEC``."""
    return tuple(dict.fromkeys(row.part for row in _load(instrument).values()))


def find_part(words: str, where: str = "", instrument: str = OPEN_SKIES) -> str:
    """Return the part that a person named: ``VI``, ``article vi``, ``E``, ``annex I``, ``protocol INSP``.

    :raises InputError: when there is no such part; all are told.
    """
    known = parts(instrument)
    named = {part: part for part in known}
    named |= {f"{word} {part.removeprefix('ANNEX-')}": part for part in known for word in _words_before(part)}
    wanted = folded(words).upper()
    if wanted in named:
        return named[wanted]
    message = say("There is no article or annex {words}; known are {known}.", words=repr(words), known=", ".join(known))
    raise InputError("unknown_part", message, where)


def _words_before(part: str) -> tuple[str, ...]:
    """Say what people write before the letters or number of a part."""
    if is_annex(part):
        return ("ANNEX",)
    return ("ARTICLE", "ART.", "ART") if is_article(part) else ("PROTOCOL",)


@cache
def title(ident: str) -> Text:
    """Return the title of a provision, to be shown in any language.

    :raises DataError: when there is no such row.
    """
    return provision(ident).title


def translations(instrument: str = OPEN_SKIES) -> Mapping[str, str]:
    """Return the titles in Vietnamese by their English, for the catalogue."""
    return MappingProxyType({row.title.template: row.title_vi for row in _load(instrument).values()})


def implemented() -> Mapping[str, tuple[str, ...]]:
    """Return, for each provision that has rules, their full names; only of modules that have been imported."""
    return MappingProxyType(dict(sorted(_IMPLEMENTED.items())))


@cache
def _load(instrument: str) -> Mapping[str, Provision]:
    """Read the files that ``instrument.toml`` lists, in its order; without such a list there are no provisions."""
    folder = folder_of(instrument)
    heading = folder / "instrument.toml"
    listed = read_toml(heading).get("provisions", []) if heading.is_file() else []
    return load(*(folder / "provisions" / str(name) for name in listed), instrument=instrument)


def load(*paths: Path, instrument: str = OPEN_SKIES) -> Mapping[str, Provision]:
    """Read provisions files of one instrument: rows by identifier, in the order of the files.

    :raises DataError: with all faults of the first file that has any.
    """
    found: list[Provision] = []
    for path in paths:
        faults = Faults()
        found += [
            _provision(row, NUMBERINGS[instrument]) for row in read_tables(path, ("provision",), faults)["provision"]
        ]
        note_twice("provision", (row.id for row in found), faults)
        refuse_if_any(faults, path)
    return MappingProxyType({row.id: row for row in found})


def _provision(row: Row, numbering: Numbering) -> Provision:
    found = Provision(
        id=row.text("id"),
        title=say(row.text("title")),
        title_vi=row.text("title_vi"),
        kind=row.text("kind", among=KINDS),
        modality=row.text("modality", among=MODALITIES),
        bearer=row.text("bearer", "", tuple(BEARERS)) or None,
        why=_why(row),
        why_vi=row.text("why_vi", ""),
        status=row.text("status", STATUSES[0], STATUSES),
    )
    row.close()
    if not numbering.shape.fullmatch(found.id):
        row.fault("id", say("{id} is no identifier such as {example}", id=repr(found.id), example=numbering.example))
    if any(mark in words for mark in "{}" for words in (found.title.template, found.title_vi)):
        row.fault("title", say("a title has no braces"))
    if {found.kind == "people"} != {found.why is not None, bool(found.why_vi)}:
        row.fault("why", say("what only people can check says why and why_vi, and nothing else does"))
    return found


def _why(row: Row) -> Text | None:
    words = row.text("why", "")
    return say(words) if words else None
