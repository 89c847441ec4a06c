"""Every kind of value that an instrument has, and what holds of it on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from skywitness.core.dated import NotInForce, Settled, Unsettled, as_json
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.instrument import Instrument, load
from skywitness.law.key import Key
from skywitness.law.numbering import NUMBERINGS, OPEN_SKIES, is_identifier, numbering_of
from skywitness.law.provisions import provisions
from skywitness.law.rows import folder_of, read_tables, refuse_if_any
from skywitness.law.why import CONFIDENTIAL, candidates_shown, value_shown

__all__ = ["Elsewhere", "Held", "Kind", "elsewhere", "held_on", "kinds", "read_place"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value: the key, the subjects that have one, and every provision that one of them belongs to."""

    key: Key
    subjects: tuple[str, ...]
    provisions: tuple[str, ...]

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write what a script needs to ask for the values."""
        return {
            **self.key.to_json(catalogue),
            "provisions": list(self.provisions),
            "subjects": list(self.subjects),
        }


@dataclass(frozen=True, slots=True)
class Held:
    """What one kind of value is on a day for one subject."""

    key: Key
    subject: str
    qualifier: str
    outcome: Settled | Unsettled

    @property
    def words(self) -> Text:
        """The value in words; where it cannot be told, the candidates."""
        if isinstance(self.outcome, Settled):
            return value_shown(self.key, self.outcome.value)
        if not self.outcome.candidates:
            note = self.outcome.note
            return say("cannot tell: {candidates}", candidates=of_data(note)) if note else say("cannot tell")
        return say("cannot tell: {candidates}", candidates=candidates_shown(self.key, self.outcome.candidates))

    @property
    def is_number(self) -> bool:
        """Whether it is settled and a number, which a bound can stand before."""
        return isinstance(self.outcome, Settled) and isinstance(self.outcome.value, int | float)

    @property
    def status(self) -> str:
        """How well it is founded; ``unsettled`` where it cannot be told."""
        return self.outcome.status if isinstance(self.outcome, Settled) else "unsettled"

    def to_json(self) -> dict[str, Any]:
        """Write the value, or the candidates."""
        settled = self.outcome if isinstance(self.outcome, Settled) else None
        unsettled = self.outcome if isinstance(self.outcome, Unsettled) else None
        return {
            "subject": self.subject,
            "qualifier": self.qualifier,
            "value": as_json(settled.value) if settled else None,
            "status": self.status,
            "source": settled.source if settled else "",
            "candidates": [one.to_json() for one in unsettled.candidates] if unsettled else [],
            "note": unsettled.note if unsettled else "",
        }


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Provisions of values that no key answers for, why, and the command that shows them."""

    provisions: tuple[str, ...]
    command: str
    why: Text

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {"provisions": list(self.provisions), "command": self.command, "why": self.why.render(catalogue)}


def kinds(instrument: Instrument, place: str = "") -> tuple[Kind, ...]:
    """Return every kind of value in the order of the files, or those of one place of the text (see ``read_place``)."""
    found: list[Kind] = []
    for name, key in instrument.keys.items():
        every = instrument.subjects(name)
        subjects = tuple(subject for subject in every if subject)
        own = dict.fromkeys(entry.provisions for subject in every for entry in instrument.of(name, subject))
        provisions = tuple(dict.fromkeys(ident for idents in (key.provisions, *own) for ident in idents))
        if not place or any(_within(ident, place) for ident in provisions):
            found.append(Kind(key, subjects, provisions))
    return tuple(found)


def held_on(instrument: Instrument, kind: Kind, at: dt.date, known: dt.date | None = None) -> tuple[Held, ...]:
    """Return what a kind of value is on a day, for each subject and qualifier; what is not in force is left out.

    Where a distribution of the day is secret, one row without a subject says so: an empty list would say that nobody
    holds anything.
    """
    found: list[Held] = []
    for subject in kind.subjects or ("",):
        rows = instrument.of(kind.key.name, subject)
        for qualifier in rows.qualifiers:
            outcome = rows.outcome(at, known, qualifier)
            if not isinstance(outcome, NotInForce):
                found.append(Held(kind.key, subject, qualifier, outcome))
    if kind.key.subject == "pair" and not found and instrument.in_force(at, known):
        found.append(Held(kind.key, "", "", Unsettled((), exhaustive=False, note=CONFIDENTIAL)))
    return tuple(found)


def read_place(words: str, where: str = "", instrument: str = OPEN_SKIES) -> str:
    """Read a place of a text: ``VI.I.5``, ``OS:VI``, ``D.I``, ``Annex I``; an article or annex holds all below it.

    What stands before a colon names the instrument; else ``instrument`` is meant.

    :raises InputError: when it is no place of the text.

    >>> read_place("vi.i.5"), read_place("Annex I"), read_place("OS:D.APP1")
    ('OS:VI.I.5', 'OS:ANNEX-I', 'OS:D.APP1')
    """
    named = numbering_of(words)
    numbering = named or NUMBERINGS[instrument]
    spelt = (words.partition(":")[2] if named else words).strip().upper()
    spelt = spelt.removeprefix("ARTICLE ").removeprefix("ART. ").removeprefix("PROTOCOL ")
    if numbering.instrument == OPEN_SKIES and spelt.startswith("ANNEX"):
        rest = spelt.removeprefix("ANNEX").strip(" -")
        spelt = f"ANNEX-{rest}" if rest.split(".")[0] == "I" else rest
    ident = f"{numbering.prefix}{spelt}"
    if not is_identifier(ident) or not _is_there(ident, numbering.instrument):
        message = say(
            "{words} is no place of the text; write one as {example}.", words=repr(words), example=numbering.example
        )
        raise InputError("unknown_place", message, where)
    return ident


def _is_there(place: str, instrument: str) -> bool:
    """Tell whether the text has such a place: a paragraph, or what paragraphs or values stand below."""
    rows = [row.id for row in provisions(instrument=instrument)]
    named = (ident for key in load(instrument).keys.values() for ident in key.provisions)
    return any(_within(ident, place) for ident in (*rows, *named))


def elsewhere(instrument: str = OPEN_SKIES) -> tuple[Elsewhere, ...]:
    """Return the provisions of values that have no key, with the reason; none where no file tells of such."""
    return _elsewhere(instrument)


def _within(ident: str, place: str) -> bool:
    return ident == place or ident.startswith((f"{place}.", f"{place}("))


@cache
def _elsewhere(instrument: str) -> tuple[Elsewhere, ...]:
    path = folder_of(instrument) / "elsewhere.toml"
    return load_elsewhere(path) if path.is_file() else ()


def load_elsewhere(path: Path) -> tuple[Elsewhere, ...]:
    """Read the file of provisions that no key answers for.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    found: list[Elsewhere] = []
    for row in read_tables(path, ("elsewhere",), faults)["elsewhere"]:
        found.append(Elsewhere(row.texts("provisions"), row.text("command"), of_data(row.text("why"))))
        row.text("why_vi")
        row.close()
    refuse_if_any(faults, path)
    return tuple(found)
