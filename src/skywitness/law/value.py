"""A value of the law on a day: what holds, what may hold, or that nothing does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import NotInForce, Outcome, Settled, Unsettled, as_json, resolve
from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.finding import UsedValue, Verdict
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.entry import Entry
from skywitness.law.groups import quota_holder
from skywitness.law.instrument import Instrument, Rows, load
from skywitness.law.key import Key
from skywitness.law.names import did_you_mean, folded, near
from skywitness.law.parties import is_party, parse_party
from skywitness.law.why import CONFIDENTIAL, details, why, why_not

__all__ = ["ValueAnswer", "find_key", "law_value", "outcome_of", "require", "undisclosed", "used"]

_SHORT: Final = 2
"""Parts of a name up to so many letters are in too many names to lead anywhere."""

_SHOWN: Final = 6

_KINDS: Final = {
    "party": say("State or group"),
    "pair": say("Party over another, such as DEU>UKR"),
    "airfield": say("airfield"),
    "sensor": say("sensor category"),
    "item": say("thing"),
}
"""What a value can belong to, in words."""


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
    provisions: tuple[str, ...] = ()

    @property
    def details(self) -> tuple[Text, ...]:
        """Sentences on whose act the value bounds, from which moment it is counted, and where it belongs."""
        return details(self.key, self.provisions)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it: ``value`` is null, with a verdict and candidates, when it is unsettled."""
        fields: dict[str, Any] = {
            **self.key.to_json(catalogue),
            "provisions": list(self.provisions),
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
            "note": of_data(self.outcome.note).render(catalogue) if self.outcome.note else "",
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
        "value": as_json(outcome.value),
        "unit": outcome.unit,
        "from": outcome.start.isoformat() if outcome.start else None,
        "to": outcome.end.isoformat() if outcome.end else None,
        "attested": [day.isoformat() for day in outcome.attested],
        "source": outcome.source,
        "status": outcome.status,
        "confidence": outcome.best.confidence,
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
    described = find_key(source, key)
    asked = _subject(source, described, subject, at)
    holder = _holder(source, described, asked, at, known)
    rows = source.of(described.name, holder)
    wanted = _qualifier(rows, qualifier)
    outcome = outcome_of(rows, at, known, wanted)
    if isinstance(outcome, NotInForce):
        if not undisclosed(source, described, holder, at, known):
            others = {row.qualifier for row in rows} - {wanted}
            if not wanted and others and outcome.begins is None and outcome.ended is None:
                raise _unqualified(described, holder, others)
            listed = "" if rows else distributed_by(source, described, at, known)
            raise NotInForceError("not_in_force", why_not(described, holder, outcome, listed))
        outcome = Unsettled((), exhaustive=False, note=CONFIDENTIAL)
    best = outcome.best if isinstance(outcome, Settled) else outcome.candidates[0] if outcome.candidates else None
    row = next((row for row in rows if best and row.qualifier == wanted and row.dated.claim == best.claim), None)
    return ValueAnswer(
        key=described,
        subject=asked,
        holder=holder,
        qualifier=wanted,
        at=at,
        outcome=outcome,
        why=why(described, asked, holder, outcome),
        qualifiers=tuple(sorted({row.qualifier for row in rows} - {wanted})),
        shared=row.shared if row else 0,
        shared_with=row.shared_with if row else (),
        provisions=row.provisions if row else described.provisions,
    )


def _unqualified(key: Key, subject: str, others: Set[str]) -> InputError:
    """Refuse to say that nothing is stored where every value has a qualifier, and none was told."""
    told = {"key": key.name, "subject": subject, "known": ", ".join(sorted(others))}
    message = say("Every value of {key} for {subject} has a qualifier; name one of {known}.", **told)
    return InputError("unknown_qualifier", message, "qualifier")


def undisclosed(instrument: Instrument, key: Key, pair: str, at: dt.date, known: dt.date | None = None) -> bool:
    """Tell whether one Party over another may hold a value that is kept secret: a distribution after the public ones.

    Quotas are distributed every year (Art. III.I.7) and not published.  That none is stored for a day after the first
    distribution is therefore no sign that there was none, as long as both are Parties.
    """
    if key.subject != "pair":
        return False
    two = pair.split(">")
    ends = [row.dated.end for one in instrument.subjects(key.name) for row in instrument.of(key.name, one)]
    public_until = max((end for end in ends if end is not None), default=dt.date.max)
    return (
        at >= public_until
        and len(set(two)) == len(two)
        and all(is_party(code, at, known, instrument=instrument) for code in two)
    )


def distributed_by(instrument: Instrument, key: Key, at: dt.date, known: dt.date | None = None) -> str:
    """Name the source of the distribution that is public for a day, which leaves out whoever it does not name."""
    if key.subject != "pair":
        return ""
    for pair in instrument.subjects(key.name):
        outcome = outcome_of(instrument.of(key.name, pair), at, known)
        if isinstance(outcome, Settled):
            return outcome.source
    return ""


def outcome_of(rows: Sequence[Entry], at: dt.date, known: dt.date | None = None, qualifier: str = "") -> Outcome:
    """Resolve the rows of one key and subject that carry exactly this qualifier."""
    if isinstance(rows, Rows):
        return rows.outcome(at, known, qualifier)
    return resolve((row.dated for row in rows if row.qualifier == qualifier), at, known)


def require(outcome: Outcome, key: str, subject: str = "", *, instrument: Instrument | None = None) -> Settled:
    """Return a settled outcome.

    :raises NotInForceError: when nothing is in force.
    :raises InputError: of kind ``unsettled`` when several values may hold.
    """
    if isinstance(outcome, Settled):
        return outcome
    described = find_key(instrument or load(), key)
    if isinstance(outcome, NotInForce):
        raise NotInForceError("not_in_force", why_not(described, subject, outcome))
    raise InputError("unsettled", why(described, subject, subject, outcome))


def used(settled: Settled, key: str, subject: str = "") -> UsedValue:
    """Write a settled value as a finding cites it."""
    return UsedValue(key, subject, settled.value, settled.unit, settled.start, settled.source, settled.status)


def find_key(instrument: Instrument, word: str) -> Key:
    """Return a kind of value by its name; case, spaces and hyphens do not matter.

    :raises InputError: of kind ``unknown_key``, with those that come near, or all when none does.
    """
    name = re.sub(r"[\s-]+", "_", folded(word))
    if name in instrument.keys:
        return instrument.keys[name]
    known = tuple(instrument.keys)
    close = _alike(name, known)
    message = say(
        "No value of {instrument} is called {key}.{near} {command} lists them all.",
        instrument=instrument.name,
        key=repr(word),
        near=say(" Did you mean {words}?", words=", ".join(close)) if close else say(""),
        command=f"skywitness law values {instrument.name}",
    )
    raise InputError("unknown_key", message, "key")


def _alike(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return names that look like the one given, then those that hold a part of it: ``language`` is in two."""
    parts = [part for part in name.split("_") if len(part) > _SHORT]
    holds = [one for one in known if any(part.removesuffix("s") in one for part in parts)]
    return tuple(dict.fromkeys([*near(name, known), *holds]))[:_SHOWN]


def _subject(instrument: Instrument, key: Key, subject: str, at: dt.date) -> str:
    """Bring a subject into the form of the rows."""
    if key.subject != "none" and not subject:
        message = say(
            "{key} is a value of one {kind}; name the subject.{known}",
            key=key.name,
            kind=_KINDS[key.subject],
            known=_known("", instrument.subjects(key.name)),
        )
        raise InputError("missing_subject", message, "subject")
    if key.subject == "party":
        return parse_party(subject, at, instrument=instrument)
    if key.subject == "pair":
        return _pair(instrument, key, subject, at)
    aliases = {folded(alias): meant for alias, meant in instrument.aliases[key.name].items()}
    subjects = {folded(one): one for one in instrument.subjects(key.name)}
    word = folded(subject)
    if found := subjects.get(folded(aliases.get(word, word))):
        return found
    if key.subject == "none":
        if not subject:
            return ""
        raise InputError("unknown_subject", say("{key} has no subject.", key=key.name), "subject")
    named = _airfield_names(subjects.values()) if key.subject == "airfield" else {}
    if found := next((code for name, code in named.items() if folded(name) == word), ""):
        return found
    known = (*subjects.values(), *named)
    message = say(
        "No {key} is stored for {subject}.{near}{known}",
        key=key.name,
        subject=repr(subject),
        near=did_you_mean(subject, known),
        known=_known(subject, tuple(subjects.values()), known),
    )
    raise InputError("unknown_subject", message, "subject")


def _pair(instrument: Instrument, key: Key, subject: str, at: dt.date) -> str:
    """Read one Party over another; a Party by itself is answered with the pairs that it stands in."""
    observing, arrow, observed = subject.partition(">")
    if arrow:
        return ">".join(parse_party(word.strip(), at, instrument=instrument) for word in (observing, observed))
    holder = quota_holder(parse_party(subject, at, instrument=instrument), at, instrument=instrument)
    stored = [pair for pair in instrument.subjects(key.name) if holder in pair.split(">")]
    message = say(
        "{subject} is not one Party over another; write it like DEU>UKR.{known}",
        subject=repr(subject),
        known=_known("", stored),
    )
    raise InputError("unknown_subject", message, "subject")


def _airfield_names(idents: Iterable[str]) -> dict[str, str]:
    """Lead from the names that the list of sites has for airfields to their codes: people say Kubinka."""
    from skywitness.law.sites import sites  # only when no code is found

    wanted = set(idents)
    places = [place for place in sites() if place.id in wanted]
    return {name: place.id for place in places for name in (place.name, *place.formerly, *place.also)}


def _known(word: str, known: Sequence[str], alike: Sequence[str] = ()) -> Text:
    """Write all that is known, but only where nothing comes near, in it or in ``alike``: such lists are long."""
    if not known or (word and near(word, {folded(one) for one in alike or known})):
        return say("")
    return say(" Known are: {known}.", known=", ".join(known))


def _holder(instrument: Instrument, key: Key, subject: str, at: dt.date, known: dt.date | None) -> str:
    """Return whose value it is: that of a group, where quotas are common."""
    if not key.common:
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
    raise InputError("unknown_qualifier", message, "qualifier")


def _list(stored: dict[str, str]) -> str:
    return ", ".join(repr(word) for word in stored.values() if word)
