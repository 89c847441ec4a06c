"""A value of the law on a day: what holds, what may hold, or that nothing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.core.dated import NotInForce, Outcome, Settled, Unsettled, resolve
from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.finding import UsedValue, Verdict
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.entry import Entry, Key
from skywitness.law.groups import quota_holder
from skywitness.law.instrument import Instrument, load
from skywitness.law.names import did_you_mean, folded, near
from skywitness.law.parties import parse_party
from skywitness.law.why import why, why_not

__all__ = ["ValueAnswer", "law_value", "outcome_of", "require", "used"]


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """What the law says of one key and subject on a day.

    ``holder`` is whose value it is: a group's, when a member was asked for and the value is common.  ``qualifiers`` are
    the names of other values of the same subject.  ``shared`` flights of an active quota are held with ``shared_with``.
    """

    key: Key
    subject: str
    holder: str
    qualifier: str
    at: dt.date
    outcome: Settled | Unsettled
    why: Text
    qualifiers: tuple[str, ...] = ()
    shared: int = 0
    shared_with: tuple[str, ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it: ``value`` is null, with a verdict and candidates, when it is unsettled."""
        fields: dict[str, Any] = {
            "key": self.key.name,
            "subject": self.subject,
            "holder": self.holder,
            "qualifier": self.qualifier,
            "at": self.at.isoformat(),
            **_answer(self.outcome, self.key.unit),
        }
        if self.key.subject == "pair":
            fields |= {"shared": self.shared, "shared_with": list(self.shared_with)}
        return {
            **fields,
            "qualifiers": list(self.qualifiers),
            "note": self.outcome.note,
            "why": self.why.render(catalogue),
        }


def _answer(outcome: Settled | Unsettled, unit: str) -> dict[str, Any]:
    """Write what holds, or what may."""
    if isinstance(outcome, Unsettled):
        return {
            "value": None,
            "unit": unit,
            "from": None,
            "to": None,
            "attested": [],
            "source": "",
            "status": "unsettled",
            "candidates": [candidate.to_json() for candidate in outcome.candidates],
            "exhaustive": outcome.exhaustive,
            "verdict": Verdict.CANNOT_TELL.value,
        }
    return {
        "value": outcome.value,
        "unit": outcome.unit,
        "from": outcome.start.isoformat() if outcome.start else None,
        "to": outcome.end.isoformat() if outcome.end else None,
        "attested": [day.isoformat() for day in outcome.attested],
        "source": outcome.source,
        "status": outcome.status,
        "candidates": [],
        "exhaustive": True,
        "verdict": None,
    }


def law_value(
    instrument: Instrument | str,
    key: str,
    subject: str,
    at: dt.date,
    known: dt.date | None = None,
    qualifier: str = "",
) -> ValueAnswer:
    """Look up one value on the day ``at``, as far as was known on the day ``known``.

    :raises InputError: for a key, subject or qualifier that does not exist, with near ones.
    :raises NotInForceError: when no value of that key and subject is in force on that day.
    """
    source = load(instrument) if isinstance(instrument, str) else instrument
    described = _key(source, key)
    asked = _subject(source, described, subject, at)
    holder = _holder(source, described, asked, at, known)
    rows = source.of(key, holder)
    wanted = _qualifier(rows, qualifier)
    outcome = outcome_of(rows, at, known, wanted)
    if isinstance(outcome, NotInForce):
        raise NotInForceError("not_in_force", why_not(described, holder, outcome))
    shared = next((row for row in rows if isinstance(outcome, Settled) and row.dated.claim == outcome.best.claim), None)
    return ValueAnswer(
        key=described,
        subject=asked,
        holder=holder,
        qualifier=wanted,
        at=at,
        outcome=outcome,
        why=why(described, asked, holder, outcome),
        qualifiers=tuple(sorted({row.qualifier for row in rows} - {wanted})),
        shared=shared.shared if shared else 0,
        shared_with=shared.shared_with if shared else (),
    )


def outcome_of(rows: Sequence[Entry], at: dt.date, known: dt.date | None = None, qualifier: str = "") -> Outcome:
    """Resolve the rows of one key and subject that carry exactly this qualifier."""
    return resolve((row.dated for row in rows if row.qualifier == qualifier), at, known)


def require(outcome: Outcome, key: str, subject: str = "", *, instrument: Instrument | None = None) -> Settled:
    """Return a settled outcome.

    :raises NotInForceError: when nothing is in force.
    :raises InputError: of kind ``unsettled`` when several values may hold.
    """
    if isinstance(outcome, Settled):
        return outcome
    described = _key(instrument or load(), key)
    if isinstance(outcome, NotInForce):
        raise NotInForceError("not_in_force", why_not(described, subject, outcome))
    raise InputError("unsettled", why(described, subject, subject, outcome))


def used(settled: Settled, key: str, subject: str = "") -> UsedValue:
    """Write a settled value as a finding cites it."""
    return UsedValue(key, subject, settled.value, settled.unit, settled.start, settled.source, settled.status)


def _key(instrument: Instrument, key: str) -> Key:
    if key in instrument.keys:
        return instrument.keys[key]
    message = say(
        "No value of {instrument} is called {key}.{near}{known}",
        instrument=instrument.name,
        key=repr(key),
        near=did_you_mean(key, tuple(instrument.keys)),
        known=_known(key, tuple(instrument.keys)),
    )
    raise InputError("unknown_key", message, "KEY")


def _subject(instrument: Instrument, key: Key, subject: str, at: dt.date) -> str:
    """Bring a subject into the form of the rows."""
    if key.subject == "party":
        return parse_party(subject, at, instrument=instrument)
    if key.subject == "pair":
        observing, arrow, observed = subject.partition(">")
        if not arrow:
            message = say("{subject} is not one Party over another; write it like DEU>UKR.", subject=repr(subject))
            raise InputError("unknown_subject", message, "--subject")
        return ">".join(parse_party(word.strip(), at, instrument=instrument) for word in (observing, observed))
    aliases = {folded(alias): meant for alias, meant in instrument.aliases[key.name].items()}
    subjects = {folded(one): one for one in instrument.subjects(key.name)}
    word = folded(subject)
    if found := subjects.get(folded(aliases.get(word, word))):
        return found
    if key.subject == "none":
        if not subject:
            return ""
        raise InputError("unknown_subject", say("{key} has no subject.", key=key.name), "--subject")
    message = say(
        "No {key} is stored for {subject}.{near}{known}",
        key=key.name,
        subject=repr(subject),
        near=did_you_mean(subject, tuple(subjects.values())),
        known=_known(subject, tuple(subjects.values())),
    )
    raise InputError("unknown_subject", message, "--subject")


def _known(word: str, known: Sequence[str]) -> Text:
    """Write all that is known, but only where nothing comes near: such lists are long."""
    if near(word, {folded(one) for one in known}):
        return say("")
    return say(" Known are: {known}.", known=", ".join(known))


def _holder(instrument: Instrument, key: Key, subject: str, at: dt.date, known: dt.date | None) -> str:
    """Return whose value it is: that of a group, where quotas are common."""
    if key.subject not in ("party", "pair"):
        return subject
    codes = (quota_holder(code, at, known, instrument=instrument) for code in subject.split(">"))
    return ">".join(codes)


def _qualifier(rows: Sequence[Entry], qualifier: str) -> str:
    """Find the qualifier as the rows write it."""
    stored = {folded(row.qualifier): row.qualifier for row in rows}
    if not qualifier or folded(qualifier) in stored:
        return stored.get(folded(qualifier), "")
    message = say(
        "no value is qualified {qualifier}; there are: {known}", qualifier=repr(qualifier), known=_list(stored)
    )
    raise InputError("unknown_qualifier", message, "--qualifier")


def _list(stored: dict[str, str]) -> str:
    return ", ".join(repr(word) for word in stored.values() if word)
